/* One canonical text for what a clerk types: phones, premises, names. */
#include "base/normal.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_dash(uint32_t cp)
{
	return cp == '-' || (cp >= 0x2010 && cp <= 0x2015) || cp == 0x2212;
}

/* Length of the first of the words that s begins with, 0 if none. */
static size_t starts_with(const char *s, const char *const *words)
{
	for (; *words; words++)
		if (strncmp(s, *words, strlen(*words)) == 0)
			return strlen(*words);
	return 0;
}

/* --- phones --------------------------------------------------------------- */

enum { PHONE_MIN = 3, PHONE_MAX = 20 };

/* Copies digits, one leading + and one x over s; false on any other character. */
static bool keep_phone(char *s)
{
	static const char *const extension[] = {"转", "ext.", "ext", "EXT", "Ext", "x", "X", NULL};
	const char *in = s;
	char *out = s;
	bool extended = false;

	while (*in) {
		const char *before = in;
		size_t n = starts_with(in, extension);
		uint32_t cp;

		if (n && out != s && is_digit(out[-1]) && !extended) {
			extended = true;
			*out++ = 'x';
			in += n;
			continue;
		}
		cp = cs_utf8_next(&in);
		if (is_digit(*before) || (cp == '+' && out == s))
			*out++ = *before;
		else if (!is_dash(cp) && (cp == 0 || cp > 0x7F || !strchr("().", (int)cp)))
			return false;
	}
	*out = '\0';
	return out == s || out[-1] != 'x';
}

bool cs_text_normal_phone(char *s)
{
	static const char *const china[] = {"+86", "0086", NULL};
	size_t digits = 0, zeros = 0, drop;

	cs_utf8_fold_width(s);
	cs_utf8_unblank(s);
	if (!keep_phone(s)) {
		*s = '\0';
		return false;
	}
	while ((drop = starts_with(s, china)) != 0)
		memmove(s, s + drop, strlen(s + drop) + 1);
	for (const char *p = s; *p && *p != 'x'; p++) {
		digits += is_digit(*p);
		zeros += *p == '0';
	}
	if (digits >= PHONE_MIN && digits <= PHONE_MAX && strlen(s) - digits <= PHONE_MAX &&
	    zeros < digits)
		return true;
	*s = '\0';
	return false;
}

/* --- premises ------------------------------------------------------------- */

enum { PART_MAX = 8 };

struct part {
	const char *text;
	size_t len;
};

/* Building, unit and room number: up to eight letters and digits, leading zeros left out. */
static const char *take_part(const char *s, bool wants_digit, struct part *out)
{
	const char *end = s;
	bool digit = false;

	for (; is_digit(*end) || is_letter(*end); end++)
		digit |= is_digit(*end);
	if (end == s || end - s > PART_MAX || (wants_digit && !digit))
		return NULL;
	while (*s == '0' && s + 1 < end && is_digit(s[1]))
		s++;
	*out = (struct part){.text = s, .len = (size_t)(end - s)};
	return end;
}

/* One of the words, a dash, or a word and a dash; NULL if neither. */
static const char *take_mark(const char *s, const char *const *words)
{
	size_t n = starts_with(s, words);

	if (s[n] == '-')
		n++;
	return n ? s + n : NULL;
}

/* Reads the whole of s as building, perhaps unit, room; returns the number of parts or 0. */
static size_t read_premises(const char *s, struct part part[3])
{
	static const char *const building[] = {"号楼", "#楼", "栋", "幢", "座", "号", "#", NULL};
	static const char *const unit[] = {"单元", "门", NULL};
	static const char *const room[] = {"室", "号", "房", "户", NULL};
	const char *next;
	size_t count = 2;

	s = take_part(s, false, &part[0]);
	if (!s)
		return 0;
	s = take_mark(s, building);
	if (!s)
		return 0;
	s = take_part(s, true, &part[1]);
	if (!s)
		return 0;
	next = take_mark(s, unit);
	if (next) {
		s = take_part(next, true, &part[2]);
		if (!s)
			return 0;
		count = 3;
	}
	s += starts_with(s, room);
	return *s ? 0 : count;
}

static void fold_dashes(char *s)
{
	const char *in = s;
	char *out = s;
	uint32_t cp;

	while ((cp = cs_utf8_next(&in)) != 0)
		out += cs_utf8_put(out, is_dash(cp) ? '-' : cp);
	*out = '\0';
}

bool cs_text_normal_premises(char *s)
{
	char *start = s, *out;
	struct part part[3];
	size_t count = 0;

	cs_utf8_fold_width(s);
	cs_utf8_unblank(s);
	fold_dashes(s);
	/* The building may follow the name of the place; never begin inside a longer number. */
	for (; *start; start++) {
		if (start > s && (is_digit(start[-1]) || is_letter(start[-1]) || start[-1] == '-'))
			continue;
		count = read_premises(start, part);
		if (count)
			break;
	}
	out = start;
	for (size_t i = 0; i < count; i++) {
		if (i)
			*out++ = '-';
		for (size_t k = 0; k < part[i].len; k++) {
			char c = part[i].text[k];

			*out++ = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
		}
	}
	*out = '\0';
	return *s != '\0';
}

/* --- names ---------------------------------------------------------------- */

static bool is_han(uint32_t cp)
{
	return (cp >= 0x3400 && cp <= 0x9FFF) || (cp >= 0xF900 && cp <= 0xFAFF) ||
	       (cp >= 0x20000 && cp <= 0x3FFFF) || cp == 0x3007;
}

bool cs_text_normal_name(char *s)
{
	const char *in = s;
	char *out = s;
	uint32_t before = 0, cp;

	cs_utf8_fold_width(s);
	cs_utf8_collapse(s);
	while ((cp = cs_utf8_next(&in)) != 0) {
		const char *peek = in;

		if (cp == ' ' && (is_han(before) || is_han(cs_utf8_next(&peek))))
			continue;
		out += cs_utf8_put(out, cp);
		before = cp;
	}
	*out = '\0';
	return *s != '\0';
}
