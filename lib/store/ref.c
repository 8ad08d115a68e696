/* References and their numbers. */
#include "store/ref.h"

#include <stdio.h>
#include <string.h>

#include "base/time.h"
#include "base/utf8.h"

enum { NUMBER_BITS = 21, PREFIX_BITS = 15, DAY_BASE = 40000, TYPED_MAX = 96 };

static int64_t prefix_code(const char *s, size_t n)
{
	int64_t code = 0;

	if (n < 1 || n > 3)
		return 0;
	for (size_t i = 0; i < 3; i++) {
		if (i < n && (s[i] < 'A' || s[i] > 'Z'))
			return 0;
		code = code * 27 + (i < n ? s[i] - 'A' + 1 : 0);
	}
	return code;
}

int64_t cs_ref_make(const char *prefix, int32_t day, int64_t n)
{
	int64_t code = prefix_code(prefix, strlen(prefix));

	if (code == 0 || day < -DAY_BASE || day > 90000 || n < 1 || n >= INT64_C(1) << NUMBER_BITS)
		return 0;
	return ((int64_t)(day + DAY_BASE) << (PREFIX_BITS + NUMBER_BITS)) | code << NUMBER_BITS | n;
}

int64_t cs_ref_first(int32_t day)
{
	return (int64_t)(day + DAY_BASE) << (PREFIX_BITS + NUMBER_BITS);
}

int64_t cs_ref_end(int64_t id)
{
	return ((id >> NUMBER_BITS) + 1) << NUMBER_BITS;
}

static int64_t parse(const char *s)
{
	size_t letters = strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"), digits;
	const char *d = s + letters;
	int date = 0; /* YYYYMMDD */
	int64_t n = 0;
	char prefix[4] = "";

	if (letters < 1 || letters > 3 || strspn(d, "0123456789") != 8 || d[8] != '-')
		return 0;
	digits = strspn(d + 9, "0123456789");
	if (digits < 4 || digits > 8 || d[9 + digits] || (digits > 4 && d[9] == '0'))
		return 0;
	for (size_t i = 0; i < digits; i++)
		n = n * 10 + (d[9 + i] - '0');
	for (size_t i = 0; i < 8; i++)
		date = date * 10 + (d[i] - '0');
	if (!cs_date_valid(date / 10000, date / 100 % 100, date % 100))
		return 0;
	for (size_t i = 0; i < letters; i++)
		prefix[i] = s[i] >= 'a' ? (char)(s[i] - 'a' + 'A') : s[i];
	return cs_ref_make(prefix, cs_day_from_date(date / 10000, date / 100 % 100, date % 100), n);
}

int64_t cs_ref_parse(const char *s, struct cs_err *e)
{
	char plain[TYPED_MAX];
	int64_t id = parse(cs_utf8_plain(s, plain, sizeof plain));

	if (id == 0)
		cs_fail(e, CS_USAGE, "'%.60s' is no ticket reference (R20261121-0042 is one)", s);
	return id;
}

int64_t cs_ref_code(int64_t id)
{
	return id >> NUMBER_BITS & ((1 << PREFIX_BITS) - 1);
}

int64_t cs_ref_split(int64_t id, char prefix[4], int32_t *day)
{
	int64_t code = cs_ref_code(id);
	const int64_t digit[3] = {code / 729, code / 27 % 27, code % 27};
	size_t letters = 0;

	memset(prefix, 0, 4);
	for (int i = 0; i < 3; i++)
		if (digit[i] > 0)
			prefix[letters++] = (char)('A' + digit[i] - 1);
	*day = (int32_t)(id >> (PREFIX_BITS + NUMBER_BITS)) - DAY_BASE;
	return id & ((1 << NUMBER_BITS) - 1);
}

char *cs_ref_text(int64_t id, char buf[CS_REF_SIZE])
{
	int year, month, mday;
	int32_t day;
	char prefix[4];
	int64_t n = cs_ref_split(id, prefix, &day);

	cs_day_date(day, &year, &month, &mday);
	snprintf(buf, CS_REF_SIZE, "%s%04d%02d%02d-%04lld", prefix, year, month, mday, (long long)n);
	return buf;
}
