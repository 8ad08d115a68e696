/* Any bytes as JSON and as JSON lines: no crash, and what is accepted is written and read back
   the same. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void want(int truth)
{
	if (!truth)
		abort();
}

static void one(const char *s, size_t len)
{
	struct cs_json *doc = NULL, *back = NULL;
	struct cs_buf first = {0}, second = {0};
	struct cs_err e = {0};

	if (cs_json_parse(s, len, &doc, &e)) {
		want(e.code == CS_BADDATA && e.text[0] >= '1' && e.text[0] <= '9' && !doc);
		return;
	}
	cs_json_write(cs_json_root(doc), &first);
	want(cs_json_parse(first.data, first.len, &back, &e) == 0);
	want(cs_json_equal(cs_json_root(doc), cs_json_root(back)));
	cs_json_write(cs_json_root(back), &second);
	want(first.len == second.len && memcmp(first.data, second.data, first.len) == 0);
	cs_json_free(doc);
	cs_json_free(back);
	cs_buf_free(&first);
	cs_buf_free(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *s = (const char *)data, *end = s + size;

	one(s, size);
	while (s < end) {
		const char *nl = memchr(s, '\n', (size_t)(end - s));

		one(s, (size_t)((nl ? nl : end) - s));
		s = nl ? nl + 1 : end;
	}
	return 0;
}
