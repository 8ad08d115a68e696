/* Redaction: whatever the text, what is left is valid, in order, and names no party. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "domain/redact.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *names[] = {"王芳"}, *phones[] = {"13800138000"}, *premises[] = {"3-2-501"};
	const struct cs_redact_known known = {{names, 1, 1}, {phones, 1, 1}, {premises, 1, 1}};
	struct cs_arena a = {0};
	char *text = cs_arena_strndup(&a, (const char *)data, size);
	struct cs_redacted r;
	size_t at = 0;

	if (cs_utf8_check(text, strlen(text)) == strlen(text)) {
		cs_redact(text, &known, &a, &r);
		if (cs_utf8_check(r.text, strlen(r.text)) != strlen(r.text) || strstr(r.text, names[0]))
			abort();
		for (size_t i = 0; i < r.count; i++) {
			const struct cs_redact_item *item = &r.item[i];

			if (item->at < at || strncmp(text + item->at, item->text, strlen(item->text)) != 0)
				abort();
			at = item->at + strlen(item->text);
		}
	}
	cs_arena_free(&a);
	return 0;
}
