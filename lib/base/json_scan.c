/* The strict scan of JSON text: finds every fault with its place. */
#include "base/json_scan.h"

#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_limits.h"
#include "base/utf8.h"

enum { NUMBER_MAX = 60 }; /* cJSON cuts numbers at 63 characters */

#define VALUE "a value (text, number, list, object, true, false, null)"

/* Lines and characters are counted only now. */
int cs_json_scan_fault(const struct cs_json_scan *sc, size_t at, const char *fmt, ...)
{
	size_t line = 1, column = 1;
	char text[300];
	va_list ap;

	for (size_t i = 0; i < at; i++) {
		unsigned char c = (unsigned char)sc->s[i];

		if (c == '\n') {
			line++;
			column = 1;
		} else if ((c & 0xC0) != 0x80) {
			column++;
		}
	}
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	return cs_fail(sc->e, CS_BADDATA, "%zu:%zu: %s", line, column, text);
}

static int peek(const struct cs_json_scan *sc)
{
	return sc->pos < sc->len ? (unsigned char)sc->s[sc->pos] : -1;
}

static void skip_blanks(struct cs_json_scan *sc)
{
	while (sc->pos < sc->len) {
		char c = sc->s[sc->pos];

		if (c != ' ' && c != '\n' && c != '\t' && c != '\r')
			break;
		sc->pos++;
	}
}

/* Names what stands at the position, for "wanted X, found Y". */
static int unexpected(const struct cs_json_scan *sc, const char *wanted)
{
	int c = peek(sc);

	if (c < 0)
		return cs_json_scan_fault(sc, sc->pos, "the text ends here, %s expected", wanted);
	if (c <= 0x20 || c == 0x7F)
		return cs_json_scan_fault(sc, sc->pos, "%s expected, found byte 0x%02x", wanted, (unsigned)c);
	if (c < 0x7F)
		return cs_json_scan_fault(sc, sc->pos, "%s expected, found '%c'", wanted, c);
	return cs_json_scan_fault(sc, sc->pos, "%s expected", wanted);
}

/* Four hexadecimal digits behind \u; -1 if they are not there. */
static int32_t hex4(const struct cs_json_scan *sc, size_t at)
{
	int32_t v = 0;

	if (sc->len - at < 4)
		return -1;
	for (size_t i = at; i < at + 4; i++) {
		char c = sc->s[i];

		v *= 16;
		if (c >= '0' && c <= '9')
			v += c - '0';
		else if (c >= 'a' && c <= 'f')
			v += c - 'a' + 10;
		else if (c >= 'A' && c <= 'F')
			v += c - 'A' + 10;
		else
			return -1;
	}
	return v;
}

static int scan_escape(struct cs_json_scan *sc)
{
	size_t start = sc->pos;
	int32_t high, low;

	sc->pos++;
	if (sc->pos >= sc->len || !strchr("\"\\/bfnrtu", peek(sc)) || !peek(sc))
		return cs_json_scan_fault(
			sc, start,
			"unknown escape; allowed are \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX");
	if (sc->s[sc->pos++] != 'u')
		return 0;
	high = hex4(sc, sc->pos);
	if (high < 0)
		return cs_json_scan_fault(sc, start, "\\u wants four hexadecimal digits");
	if (high == 0)
		return cs_json_scan_fault(sc, start, "\\u0000 is not allowed in text");
	sc->pos += 4;
	if (high < 0xD800 || high > 0xDFFF)
		return 0;
	if (high > 0xDBFF || sc->len - sc->pos < 6 || sc->s[sc->pos] != '\\' ||
	    sc->s[sc->pos + 1] != 'u')
		return cs_json_scan_fault(sc, start, "half of a surrogate pair");
	low = hex4(sc, sc->pos + 2);
	if (low < 0xDC00 || low > 0xDFFF)
		return cs_json_scan_fault(sc, start, "half of a surrogate pair");
	sc->pos += 6;
	return 0;
}

static int scan_string(struct cs_json_scan *sc)
{
	size_t start = sc->pos++;

	while (sc->pos < sc->len) {
		unsigned char c = (unsigned char)sc->s[sc->pos];

		if (c == '"') {
			sc->pos++;
			return 0;
		}
		if (c < 0x20)
			return cs_json_scan_fault(sc, sc->pos,
				     "byte 0x%02x inside a text; write it as an escape", c);
		if (c != '\\')
			sc->pos++;
		else if (scan_escape(sc))
			return -1;
	}
	return cs_json_scan_fault(sc, start, "this text has no closing quote");
}

static size_t scan_digits(struct cs_json_scan *sc)
{
	size_t start = sc->pos;

	while (sc->pos < sc->len && sc->s[sc->pos] >= '0' && sc->s[sc->pos] <= '9')
		sc->pos++;
	return sc->pos - start;
}

/* The value of a well-formed number must survive in a double. */
static int check_number(const struct cs_json_scan *sc, size_t start, bool whole)
{
	char text[NUMBER_MAX + 1];
	size_t n = sc->pos - start;
	double v;

	if (n > NUMBER_MAX)
		return cs_json_scan_fault(sc, start, "a number of more than %d characters", NUMBER_MAX);
	if (whole && n <= 15)
		return 0;
	memcpy(text, sc->s + start, n);
	text[n] = '\0';
	v = strtod(text, NULL);
	if (!isfinite(v))
		return cs_json_scan_fault(sc, start, "number %s is too large", text);
	if (fabs(v) < 2.3e-308 && strcspn(text, "123456789") < strcspn(text, "eE"))
		return cs_json_scan_fault(sc, start, "number %s is too small to be told from zero", text);
	if (whole && fabs(v) > (double)CS_JSON_INT_MAX)
		return cs_json_scan_fault(
			sc, start,
			"whole number %s is beyond %lld, so not exact; write it as text",
			text, (long long)CS_JSON_INT_MAX);
	return 0;
}

static int scan_number(struct cs_json_scan *sc)
{
	size_t start = sc->pos;
	bool whole = true;

	if (peek(sc) == '-')
		sc->pos++;
	if (peek(sc) == '0') {
		sc->pos++;
		if (peek(sc) >= '0' && peek(sc) <= '9')
			return cs_json_scan_fault(sc, start, "a number does not begin with 0");
	} else if (!scan_digits(sc)) {
		return unexpected(sc, "a digit");
	}
	if (peek(sc) == '.') {
		whole = false;
		sc->pos++;
		if (!scan_digits(sc))
			return unexpected(sc, "a digit");
	}
	if (peek(sc) == 'e' || peek(sc) == 'E') {
		whole = false;
		sc->pos++;
		if (peek(sc) == '+' || peek(sc) == '-')
			sc->pos++;
		if (!scan_digits(sc))
			return unexpected(sc, "a digit");
	}
	return check_number(sc, start, whole);
}

static int scan_word(struct cs_json_scan *sc, const char *word)
{
	size_t n = strlen(word);

	if (sc->len - sc->pos < n || memcmp(sc->s + sc->pos, word, n) != 0)
		return unexpected(sc, VALUE);
	sc->pos += n;
	return 0;
}

static int scan_value(struct cs_json_scan *sc, int depth);

static int scan_member(struct cs_json_scan *sc, int depth)
{
	skip_blanks(sc);
	if (peek(sc) != '"')
		return unexpected(sc, "a key in double quotes");
	if (++sc->keys == sc->want_key)
		sc->key_at = sc->pos;
	if (scan_string(sc))
		return -1;
	skip_blanks(sc);
	if (peek(sc) != ':')
		return unexpected(sc, "':'");
	sc->pos++;
	return scan_value(sc, depth);
}

/* A list or an object: both are commas between two brackets. */
static int scan_group(struct cs_json_scan *sc, int depth, bool object)
{
	int close = object ? '}' : ']';

	if (depth > CS_JSON_DEPTH)
		return cs_json_scan_fault(sc, sc->pos, "nested deeper than %d levels", CS_JSON_DEPTH);
	sc->pos++;
	skip_blanks(sc);
	if (peek(sc) == close) {
		sc->pos++;
		return 0;
	}
	for (;;) {
		if (object ? scan_member(sc, depth) : scan_value(sc, depth))
			return -1;
		skip_blanks(sc);
		if (peek(sc) == close) {
			sc->pos++;
			return 0;
		}
		if (peek(sc) != ',')
			return unexpected(sc, object ? "',' or '}'" : "',' or ']'");
		sc->pos++;
	}
}

static int scan_value(struct cs_json_scan *sc, int depth)
{
	skip_blanks(sc);
	switch (peek(sc)) {
	case '{': return scan_group(sc, depth + 1, true);
	case '[': return scan_group(sc, depth + 1, false);
	case '"': return scan_string(sc);
	case 't': return scan_word(sc, "true");
	case 'f': return scan_word(sc, "false");
	case 'n': return scan_word(sc, "null");
	case '-': case '0': case '1': case '2': case '3': case '4':
	case '5': case '6': case '7': case '8': case '9': return scan_number(sc);
	default: return unexpected(sc, VALUE);
	}
}

int cs_json_scan_document(struct cs_json_scan *sc)
{
	size_t bad = cs_utf8_check(sc->s, sc->len);

	if (bad < sc->len)
		return cs_json_scan_fault(sc, bad, "byte 0x%02x is not UTF-8", (unsigned char)sc->s[bad]);
	if (scan_value(sc, 0))
		return -1;
	skip_blanks(sc);
	if (sc->pos < sc->len)
		return cs_json_scan_fault(sc, sc->pos, "text after the end of the value");
	return 0;
}

size_t cs_json_scan_key(const struct cs_json_scan *done, size_t number)
{
	struct cs_json_scan again = {.s = done->s, .len = done->len, .e = done->e, .want_key = number};

	scan_value(&again, 0);
	return again.key_at;
}
