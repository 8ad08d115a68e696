/* Numbers that lead to a person: phones, identity, plates, cards, messengers; and mail. */
#include <string.h>

#include "base/utf8.h"
#include "domain/redact_scan.h"

enum { DIGITS_MAX = 64, DIGITS_FOUND = 24 }; /* of a run; of anything that is looked for */

/* A run of digits, each perhaps behind one or two separators. */
struct run {
	size_t to;                /* glyph behind the last one */
	size_t place[DIGITS_MAX]; /* glyph of each */
	int digit[DIGITS_MAX];
	size_t count;
	bool has_plus, ends_x;
};

static bool is_separator(uint32_t cp)
{
	return cp == ' ' || cp == '-' || cp == '.' || cp == '(' || cp == ')';
}

/* Of lists and of sums too: between the groups of a phone only. */
static bool is_comma(uint32_t cp)
{
	return cp == ',' || cp == '_';
}

static bool has_comma(const struct cs_scan *s, const struct run *r, size_t k, size_t n)
{
	for (size_t i = r->place[k]; i < r->place[k + n - 1]; i++)
		if (is_comma(s->g[i].cp))
			return true;
	return false;
}

static void read_run(const struct cs_scan *s, size_t i, struct run *r)
{
	size_t gap = 0;

	*r = (struct run){.to = i, .has_plus = i > 0 && s->g[i - 1].cp == '+'};
	for (; i < s->n && r->count < DIGITS_MAX; i++) {
		if (s->g[i].digit >= 0) {
			r->place[r->count] = i;
			r->digit[r->count++] = s->g[i].digit;
			r->to = i + 1;
			gap = 0;
		} else if (is_comma(s->g[i].cp) ? gap++ > 0 : !is_separator(s->g[i].cp) || ++gap > 2) {
			break;
		}
	}
	r->ends_x = cs_glyph_at(s, r->to) == 'x' && !cs_glyph_is_word(s, r->to + 1);
}

static bool begins(const struct run *r, size_t at, const char *digits)
{
	for (; *digits; digits++, at++)
		if (at >= r->count || r->digit[at] != *digits - '0')
			return false;
	return true;
}

/* How many digits stand together from place k on. */
static size_t group(const struct run *r, size_t k)
{
	size_t n = 1;

	while (k + n < r->count && r->place[k + n] == r->place[k + n - 1] + 1)
		n++;
	return n;
}

/* n digits from k on are there, and none is joined to the last. */
static bool whole(const struct run *r, size_t k, size_t n)
{
	return k + n == r->count || (k + n < r->count && r->place[k + n] != r->place[k + n - 1] + 1);
}

static bool after_words(const struct cs_scan *s, size_t i, const char *words)
{
	while (i > 0 && (s->g[i - 1].cp == ' ' || s->g[i - 1].cp == ':' || s->g[i - 1].cp == '.' ||
			 s->g[i - 1].cp == '+' || s->g[i - 1].cp == 0x662F || s->g[i - 1].cp == 0x4E3A)) /* 是, 为 */
		i--;
	return cs_scan_word_before(s, i, words) > 0;
}

/* --- phones ---------------------------------------------------------------------------------- */

#define PHONE_WORDS "电话 手机 座机 号码 致电 拨打 联系方式 联系人 tel phone mobile call fax 传真 "

/* 转 801, ext. 12 behind a number: where it ends. */
static size_t extension(const struct cs_scan *s, size_t i)
{
	size_t k = cs_scan_blanks(s, i), n = cs_scan_word(s, k, "转 分机 ext ext. x "), digits = 0;

	if (!n)
		return i;
	k = cs_scan_blanks(s, k + n);
	while (cs_glyph_is_arabic(s, k + digits))
		digits++;
	return digits >= 1 && digits <= 6 ? k + digits : i;
}

static bool is_mobile(const struct cs_scan *s, const struct run *r, size_t k)
{
	return whole(r, k, 11) && r->digit[k] == 1 && r->digit[k + 1] >= 3 &&
	       (!has_comma(s, r, k, 11) || (group(r, k) == 3 && group(r, k + 3) == 4));
}

/* Area code (010 and 02x of three digits, others of four) and seven or eight digits. */
static size_t landline(const struct run *r, size_t k)
{
	size_t area;

	if (k + 10 > r->count || r->digit[k] != 0 || r->digit[k + 1] == 0 || group(r, k) == 2)
		return 0;
	area = r->digit[k + 1] <= 2 ? 3 : 4;
	for (size_t n = 8; n >= 7; n--)
		if (whole(r, k, area + n) && r->digit[k + area] >= 2)
			return area + n;
	return 0;
}

/* What only the word before it makes a phone, or a plus. */
static size_t said_phone(const struct cs_scan *s, const struct run *r, size_t k)
{
	size_t rest = r->count - k;

	while (rest > 8 && has_comma(s, r, k, rest))
		rest--;
	if (k == 0 && r->has_plus && rest >= 8 && rest <= 15)
		return rest;
	for (size_t n = 8; n >= 7; n--)
		if (whole(r, k, n) && r->digit[k] >= 2 && after_words(s, r->place[k], PHONE_WORDS))
			return n;
	return whole(r, k, 4) && after_words(s, r->place[k], "尾号 后四位 末四位 ") ? 4 : 0;
}

static size_t phone(const struct cs_scan *s, const struct run *r, size_t k)
{
	size_t n;

	if (begins(r, k, "0086") && is_mobile(s, r, k + 4))
		return 15;
	if (begins(r, k, "86") && is_mobile(s, r, k + 2))
		return 13;
	if (is_mobile(s, r, k))
		return 11;
	n = landline(r, k);
	return n ? n : said_phone(s, r, k);
}

/* --- identity, cards ------------------------------------------------------------------------- */

static int number(const struct run *r, size_t at, size_t count)
{
	int n = 0;

	for (size_t i = 0; i < count; i++)
		n = n * 10 + r->digit[at + i];
	return n;
}

static bool is_day(int month, int day)
{
	return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* 18 digits, or 17 and X; 15 of the older ones: the day of birth tells. */
static size_t identity(const struct run *r, size_t k)
{
	size_t n = k + 17 == r->count && r->ends_x ? 17 : whole(r, k, 18) ? 18 : whole(r, k, 15) ? 15 : 0;
	int year;

	if (!n || r->digit[k] == 0)
		return 0;
	if (n == 15)
		return is_day(number(r, k + 8, 2), number(r, k + 10, 2)) ? n : 0;
	year = number(r, k + 6, 4);
	return year >= 1900 && year <= 2099 && is_day(number(r, k + 10, 2), number(r, k + 12, 2)) ? n : 0;
}

/* The check digit of bank cards. */
static bool is_luhn(const struct run *r, size_t k, size_t n)
{
	int sum = 0;

	for (size_t i = 0; i < n; i++) {
		int d = r->digit[k + n - 1 - i] * (i % 2 ? 2 : 1);

		sum += d > 9 ? d - 9 : d;
	}
	return sum % 10 == 0;
}

static size_t card(const struct cs_scan *s, const struct run *r, size_t k)
{
	bool said = after_words(s, r->place[k], "卡号 账号 帐号 账户 帐户 银行卡 card account ");

	for (size_t n = DIGITS_FOUND; n >= 10; n--)
		if (whole(r, k, n) &&
		    (said || (n >= 16 && n <= 19 && r->digit[k] >= 3 && r->digit[k] <= 6 && is_luhn(r, k, n))))
			return n;
	return 0;
}

/* The first of them that fits from place k on; where it ends in the text. */
static size_t find(const struct cs_scan *s, const struct run *r, size_t k, enum cs_redact_kind *kind, size_t *to)
{
	size_t n = identity(r, k);

	*kind = CS_REDACT_IDENTITY;
	if (n) {
		*to = r->place[k + n - 1] + 1 + (n == 17);
		return n;
	}
	*kind = CS_REDACT_PHONE;
	n = phone(s, r, k);
	if (n) {
		*to = extension(s, r->place[k + n - 1] + 1);
		return n;
	}
	*kind = CS_REDACT_ACCOUNT;
	n = card(s, r, k);
	*to = n ? r->place[k + n - 1] + 1 : 0;
	return n;
}

/* With the plus before its n digits, or the bracket that opens before the first of its groups and closes behind
   that. */
static size_t from(const struct cs_scan *s, const struct run *r, size_t k, size_t n)
{
	size_t at = r->place[k], first = group(r, k);
	bool bracket = first < n && at > 0 && s->g[at - 1].cp == '(' &&
		       cs_glyph_at(s, r->place[k + first - 1] + 1) == ')';

	return at - (bracket || (k == 0 && r->has_plus));
}

static size_t scan_run(struct cs_scan *s, size_t i)
{
	struct run r;
	size_t k = 0;
	bool cut;

	read_run(s, i, &r);
	cut = r.count == DIGITS_MAX; /* it goes on behind what was read of it */
	while (k + 4 <= r.count && !(cut && k > 0 && r.count - k < DIGITS_FOUND)) {
		enum cs_redact_kind kind;
		size_t to, n = find(s, &r, k, &kind, &to);

		if (n)
			cs_scan_mark(s, kind, from(s, &r, k, n), to);
		k += n ? n : group(&r, k);
	}
	/* The rest begins another. */
	return cut && k < r.count ? r.place[k] : r.to;
}

/* E12345678, EA1234567: passports. */
static void scan_passport(struct cs_scan *s, size_t i)
{
	size_t letters = 1, digits = 0;

	if (!cs_scan_word(s, i, "e g d p h m ") || (i > 0 && cs_glyph_is_word(s, i - 1)))
		return;
	letters += cs_glyph_is_latin(cs_glyph_at(s, i + 1));
	while (cs_glyph_is_arabic(s, i + letters + digits))
		digits++;
	if (letters + digits == 9 && !cs_glyph_is_word(s, i + 9) &&
	    !(cs_glyph_at(s, i + 9) == '-' && cs_glyph_is_arabic(s, i + 10)))
		cs_scan_mark(s, CS_REDACT_IDENTITY, i, i + 9);
}

/* 港澳通行证C12345678, 台胞证12345678: what only the word before it makes one. */
static void scan_document(struct cs_scan *s, size_t i)
{
	size_t n = cs_scan_word(s, i, "通行证 台胞证 回乡证 护照 passport "), k = i + n, length = 0, digits = 0;

	if (!n)
		return;
	for (size_t word = 1; word; k += word) {
		k = cs_scan_blanks(s, k);
		word = cs_scan_word(s, k, "号码 号 no. 是 为 : ");
	}
	for (; cs_glyph_is_word(s, k + length); length++)
		digits += cs_glyph_is_arabic(s, k + length);
	if (length >= 7 && length <= 12 && digits >= 6)
		cs_scan_mark(s, CS_REDACT_IDENTITY, k, k + length);
}

/* --- plates ---------------------------------------------------------------------------------- */

static void scan_plate(struct cs_scan *s, size_t i)
{
	size_t k = i + 1, n = 0, digits = 0;

	if (!cs_scan_word(
		    s, i,
		    "京 津 沪 渝 冀 豫 云 辽 黑 湘 皖 鲁 新 苏 浙 赣 鄂 桂 甘 晋 蒙 陕 吉 闽 贵 粤 青 藏 川 宁 琼 "))
		return;
	k = cs_scan_blanks(s, k);
	if (!cs_glyph_is_latin(cs_glyph_at(s, k)))
		return;
	k++;
	while (is_separator(cs_glyph_at(s, k)) || cs_glyph_at(s, k) == 0x00B7 || cs_glyph_at(s, k) == 0x2022)
		k++;
	for (; cs_glyph_is_word(s, k + n); n++)
		digits += cs_glyph_is_arabic(s, k + n);
	n += n == 4 ? cs_scan_word(s, k + n, "挂 学 警 港 澳 领 ") : 0;
	if ((n == 5 || n == 6) && digits >= 2)
		cs_scan_mark(s, CS_REDACT_PLATE, i, k + n);
}

/* --- mail, messengers ------------------------------------------------------------------------ */

static bool is_local(const struct cs_scan *s, size_t i)
{
	uint32_t cp = cs_glyph_at(s, i);

	return cs_glyph_is_word(s, i) || cp == '.' || cp == '_' || cp == '-' || cp == '+' || cp == '%';
}

/* A name in Han before the rest of the address, or all of it; the words around it are none. */
static size_t han_local(const struct cs_scan *s, size_t i)
{
	enum { NAME_MOST = 4 };

	for (size_t n = 0; n < NAME_MOST && i > 0 && cs_glyph_is_han(s->g[i - 1].cp); n++, i--)
		if (cs_scan_word_before(s, i, "邮箱 邮件 信箱 地址 发 送 寄 至 到 给 是 为 和 与 及 在 "))
			break;
	return i;
}

static void scan_mail(struct cs_scan *s, size_t i)
{
	size_t from = i, to = i + 1, dots = 0;

	if (s->g[i].cp != '@')
		return;
	if (from > 0 && s->g[from - 1].cp == ' ')
		from--;
	to += cs_glyph_at(s, to) == ' ';
	while (from > 0 && is_local(s, from - 1))
		from--;
	if (from == i || !cs_glyph_is_word(s, from))
		from = han_local(s, from);
	while (cs_glyph_is_word(s, to) || cs_glyph_at(s, to) == '-' ||
	       (cs_glyph_at(s, to) == '.' && cs_glyph_is_word(s, to + 1)))
		dots += s->g[to++].cp == '.';
	if (from < i && dots && (is_local(s, from) || cs_glyph_is_han(s->g[from].cp)))
		cs_scan_mark(s, CS_REDACT_EMAIL, from, to);
}

static void scan_messenger(struct cs_scan *s, size_t i)
{
	size_t n = cs_scan_word(s, i, "微信号 微信 qq号 qq wechat "), k = i + n, length = 0;
	bool is_qq = cs_glyph_at(s, i) == 'q', digits = true;

	if (!n || (i > 0 && cs_glyph_is_word(s, i - 1) && cs_glyph_is_latin(s->g[i].cp)))
		return;
	k += cs_scan_word(s, k, "id 号 ");
	while (cs_glyph_at(s, k) == ' ' || cs_glyph_at(s, k) == ':' || cs_glyph_at(s, k) == 0x662F)
		k++;
	for (;
	     cs_glyph_is_word(s, k + length) || cs_glyph_at(s, k + length) == '_' || cs_glyph_at(s, k + length) == '-';
	     length++)
		digits = digits && cs_glyph_is_arabic(s, k + length);
	if (is_qq ? digits && length >= 5 && length <= 11
		  : length >= 6 && length <= 20 && (s->g[k - 1].cp != ' ' || s->g[i].cp != 'w'))
		cs_scan_mark(s, CS_REDACT_ACCOUNT, k, k + length);
}

void cs_scan_numbers(struct cs_scan *s)
{
	for (size_t i = 0; i < s->n; i++) {
		scan_passport(s, i);
		scan_document(s, i);
		scan_plate(s, i);
		scan_mail(s, i);
		scan_messenger(s, i);
	}
	for (size_t i = 0; i < s->n;)
		i = s->g[i].digit >= 0 ? scan_run(s, i) : i + 1;
}
