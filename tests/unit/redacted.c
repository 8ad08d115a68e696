#include "redacted.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/redact.h"

static const char *found(const char *text, struct cs_arena *a)
{
	struct cs_redact_known nothing = {0};
	struct cs_redacted r;
	const char *list = "";

	cs_redact(text, &nothing, a, &r);
	for (size_t i = 0; i < r.count; i++)
		list = cs_arena_printf(a, "%s%s%s:%s", list, i ? "|" : "", cs_redact_word(r.item[i].kind),
				       r.item[i].text);
	return list;
}

void redacted_expect(const struct redacted_text *t, size_t count)
{
	struct cs_arena arena = {0};

	for (size_t i = 0; i < count; i++) {
		const char *got = found(t[i].text, &arena);

		if (strcmp(got, t[i].want) != 0)
			fail_msg("%s: got %s, expected %s", t[i].text, got, t[i].want);
	}
	cs_arena_free(&arena);
}
