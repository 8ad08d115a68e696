/* References of tickets that are kept back. */
#include "text/hidden.h"

#include <stdbool.h>
#include <string.h>

#include "base/buf.h"
#include "domain/access.h"
#include "store/ref.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static size_t digits(const char *text)
{
	size_t n = 0;

	while (is_digit(text[n]))
		n++;
	return n;
}

/* How long the reference is that stands there; 0: none does. */
static size_t ref_at(const char *text, const char *at)
{
	size_t letters = 0, day, number;

	if (at > text && (is_letter(at[-1]) || is_digit(at[-1])))
		return 0;
	while (at[letters] >= 'A' && at[letters] <= 'Z')
		letters++;
	day = letters >= 1 && letters <= 3 ? digits(at + letters) : 0;
	if (day != 8 || at[letters + day] != '-')
		return 0;
	number = digits(at + letters + day + 1);
	return number >= 4 && !is_letter(at[letters + day + 1 + number]) ? letters + day + 1 + number : 0;
}

static bool is_kept(struct cs_session *s, const char *at, size_t len)
{
	char ref[CS_REF_SIZE];
	int64_t id;

	if (len >= sizeof ref)
		return false;
	memcpy(ref, at, len);
	ref[len] = '\0';
	id = cs_ref_parse(ref, NULL);
	return id && cs_access_kept_id(s, id, NULL) != 0;
}

const char *cs_hide_kept(struct cs_session *s, const char *text, struct cs_arena *a)
{
	struct cs_buf b = {0};
	const char *told = text, *out = text;

	if (!text || !s->policy || s->policy->access_count == 0)
		return text;
	for (const char *at = text; *at;) {
		size_t len = ref_at(text, at);

		if (len && is_kept(s, at, len)) {
			cs_buf_add(&b, told, (size_t)(at - told));
			cs_buf_puts(&b, CS_KEPT_BACK);
			told = at + len;
		}
		at += len ? len : 1;
	}
	if (told != text) {
		cs_buf_puts(&b, told);
		out = cs_arena_strdup(a, cs_buf_str(&b));
	}
	cs_buf_free(&b);
	return out;
}
