/* JSON lines: every line comes with its place, none is lost, each is one value or refused. */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "text/lines.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int holds)
{
	if (!holds)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cs_lines *l = cs_lines_open(-1, (const char *)data, size);
	uint64_t number = 0, byte = 0;
	struct cs_line line = {0};

	while (cs_lines_next(l, &line, NULL) == 1) {
		struct cs_json *doc = NULL;
		struct cs_err e = {0};

		must(line.number == ++number && line.byte >= byte && line.byte + line.len <= size);
		must(memcmp(data + line.byte, line.text, line.len) == 0 &&
		     !memchr(line.text, '\n', line.len));
		must(!line.cut || line.byte + line.len + 1 >= size);
		byte = line.byte + line.len + 1;
		must(cs_json_parse(line.text, line.len, &doc, &e) == 0 ? doc != NULL
								       : *e.text != '\0');
		cs_json_free(doc);
	}
	cs_lines_free(l);
	return 0;
}
