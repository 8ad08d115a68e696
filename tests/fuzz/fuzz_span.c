/* Spans: what is read must read back from what is written. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/span.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int holds)
{
	if (!holds)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *s = cs_strndup((const char *)data, size), text[32], again[32];
	struct cs_span span = {0}, back = {0};
	struct cs_err e = {0};

	if (cs_span_parse(s, true, &span, &e) != 0) {
		must(e.code == CS_USAGE && *e.text);
		must(cs_span_parse(s, false, &span, NULL) != 0);
	} else {
		must(cs_span_parse(cs_span_text(&span, text), true, &back, NULL) == 0);
		must(back.unit == span.unit && back.n == span.n);
		must(strcmp(cs_span_text(&back, again), text) == 0 && strlen(text) < sizeof text);
		must(cs_span_compare(&span, &back) == 0);
		must((cs_span_parse(s, false, &back, NULL) == 0) == (span.unit != CS_SPAN_PERCENT));
	}
	free(s);
	return 0;
}
