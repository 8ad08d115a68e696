/* References of tickets that are kept back. */
#include "text/hidden.h"

#include <stdbool.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "domain/access.h"
#include "store/ref.h"

enum { DAY_DIGITS = 8, NUMBER_DIGITS = 4 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* The character there, a full-width one in its plain form; *at goes behind it. 0: none a reference is made of. */
static char take(const char **at)
{
	uint32_t c = cs_utf8_next(at);

	if (c >= 0xFF01 && c <= 0xFF5E)
		c -= 0xFEE0;
	return (char)(c < 0x80 && (is_letter((char)c) || is_digit((char)c) || c == '-') ? c : 0);
}

/* Up to `most` characters of one sort, put behind one another; *at goes behind them. */
static size_t run_of(const char **at, bool (*sort)(char c), size_t most, char *out)
{
	size_t n = 0;

	for (const char *next = *at; n < most; *at = next) {
		out[n] = take(&next);
		if (!sort(out[n]))
			break;
		n++;
	}
	return n;
}

/* How many bytes the reference takes that begins there, whatever stands around it; 0: none. ref: its plain form. */
static size_t ref_at(const char *begin, char ref[CS_REF_SIZE])
{
	const char *at = begin, *after;
	size_t letters, n, digits;

	letters = n = run_of(&at, is_letter, 3, ref);
	if (letters == 0 || run_of(&at, is_digit, DAY_DIGITS, ref + n) != DAY_DIGITS || take(&at) != '-')
		return 0;
	n += DAY_DIGITS;
	ref[n++] = '-';
	after = at;
	digits = run_of(&at, is_digit, CS_REF_SIZE - 1 - n, ref + n);
	if (digits > NUMBER_DIGITS && ref[n] == '0') { /* a number so long begins with no 0: what follows is another */
		at = after;
		digits = run_of(&at, is_digit, NUMBER_DIGITS, ref + n);
	}
	ref[n + digits] = '\0';
	return digits >= NUMBER_DIGITS ? (size_t)(at - begin) : 0;
}

/* The bytes of a kept-back reference that begins there; 0: none does. */
static size_t kept_at(struct cs_session *s, const char *at)
{
	char ref[CS_REF_SIZE];
	size_t len = ref_at(at, ref);
	int64_t id = len ? cs_ref_parse(ref, NULL) : 0;

	return id && cs_access_kept_id(s, id, NULL) != 0 ? len : 0;
}

const char *cs_hide_kept(struct cs_session *s, const char *text, struct cs_arena *a)
{
	struct cs_buf b = {0};
	const char *told = text, *out = text;

	if (!text || !s->policy || s->policy->access_count == 0)
		return text;
	for (const char *at = text; *at;) {
		size_t len = kept_at(s, at);

		if (len) {
			cs_buf_add(&b, told, (size_t)(at - told));
			cs_buf_puts(&b, CS_KEPT_BACK);
			told = at += len;
		} else {
			cs_utf8_next(&at);
		}
	}
	if (told != text) {
		cs_buf_puts(&b, told);
		out = cs_arena_strdup(a, cs_buf_str(&b));
	}
	cs_buf_free(&b);
	return out;
}
