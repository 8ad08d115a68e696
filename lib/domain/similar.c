/* Likeness of texts: sets of hashed character pairs and words. */
#include "domain/similar.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"

enum { WORD_MAX = 64, SHARED_BYTES = 4000 };

/* --- plain form: words of small letters and digits, runs of Han, one blank between them ------- */

/* Written without blanks between words: Han, kana, and what else is wide. */
static bool is_han(uint32_t cp)
{
	if (cp >= 0x4E00 && cp <= 0x9FFF)
		return true;
	return cp >= 0x2E80 && cs_utf8_width_of(cp) == 2;
}

static uint32_t fold(uint32_t cp)
{
	if (cp >= 0xFF01 && cp <= 0xFF5E)
		cp -= 0xFF01 - 0x21;
	if (cp >= 'A' && cp <= 'Z')
		return cp + ('a' - 'A');
	/* Latin-1, Greek and Cyrillic capitals; x00D7 is the multiplication sign. */
	if ((cp >= 0xC0 && cp <= 0xDE && cp != 0xD7) || (cp >= 0x391 && cp <= 0x3A9) || (cp >= 0x410 && cp <= 0x42F))
		return cp + 0x20;
	return cp;
}

static bool is_letter(uint32_t cp)
{
	if (cp >= 0x4E00 && cp <= 0x9FFF)
		return true;
	if (cp < 0x80)
		return (cp >= 'a' && cp <= 'z') || (cp >= '0' && cp <= '9');
	if (cp < 0xC0 || cp == 0xD7 || cp == 0xF7)
		return false;
	/* General punctuation to dingbats, CJK punctuation and signs, what is left of full-width forms, pictures. */
	return !(cp >= 0x2000 && cp <= 0x2BFF) && !(cp >= 0x3000 && cp <= 0x3004) && !(cp >= 0x3008 && cp <= 0x3020) &&
	       !(cp >= 0x3030 && cp <= 0x303F) && cp != 0x30FB && !(cp >= 0xFE10 && cp <= 0xFE6F) &&
	       !(cp >= 0xFF00 && cp <= 0xFF65) && !(cp >= 0xE000 && cp <= 0xF8FF) && !(cp >= 0x1F000 && cp <= 0x1FAFF);
}

/* English words that every text has. */
static bool is_filler(const char *w, size_t n)
{
	static const char list[] =
		" a an and are as at be been but by can do for from had has have he her his i if in is it its "
		"me my no not of on or our she so than that the their them then there they this to too up us "
		"was we were what when which who will with would you your ";
	char word[12] = " ";

	if (n > sizeof word - 3)
		return false;
	memcpy(word + 1, w, n);
	memcpy(word + 1 + n, " ", 2);
	return strstr(list, word) != NULL;
}

/* One piece after the other: a word, or a run of Han characters. */
struct pieces {
	const char *at;
	char word[WORD_MAX]; /* a longer one is cut into several */
	size_t len;
	bool han;
};

/* The next character that is told: marks without width are not. */
static uint32_t next_char(const char **at)
{
	uint32_t cp;

	do
		cp = cs_utf8_next(at);
	while (cp >= 0x300 && !(cp >= 0x4E00 && cp <= 0x9FFF) && cs_utf8_width_of(cp) == 0);
	return fold(cp);
}

static bool next_piece(struct pieces *p)
{
	const char *before;
	uint32_t cp;

	do {
		before = p->at;
		cp = next_char(&p->at);
	} while (cp && !is_letter(cp));
	p->len = 0;
	p->han = cp && is_han(cp);
	while (cp && is_letter(cp) && is_han(cp) == p->han && p->len + 4 < WORD_MAX) {
		p->len += cs_utf8_put(p->word + p->len, cp);
		before = p->at;
		cp = next_char(&p->at);
	}
	p->at = before;
	p->word[p->len] = '\0';
	return p->len > 0;
}

/* 03 is 3. */
static const char *bare(struct pieces *p)
{
	const char *w = p->word;

	if (strspn(w, "0123456789") != p->len)
		return w;
	while (*w == '0' && w[1])
		w++;
	p->len -= (size_t)(w - p->word);
	return w;
}

/* --- likeness --------------------------------------------------------------------------------- */

static uint16_t hash(const char *s, size_t n)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325); /* FNV-1a, mixed so that all bits tell */

	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)s[i]) * UINT64_C(0x100000001b3);
	h ^= h >> 32;
	h *= UINT64_C(0xd6e8feb86659fd93);
	return (uint16_t)(h >> 48);
}

/* A set of hashes, and how many are in it. */
struct hashes {
	uint64_t bits[65536 / 64];
	int64_t count;
};

static void mark(struct hashes *set, uint16_t h)
{
	uint64_t *word = &set->bits[h >> 6], bit = UINT64_C(1) << (h & 63);

	set->count += !(*word & bit);
	*word |= bit;
}

static size_t sequence(const char *s)
{
	const char *end = s;

	cs_utf8_next(&end);
	return (size_t)(end - s);
}

/* A run longer than a piece goes on in the next one: `last` is the character before. */
static void mark_han(struct hashes *set, const struct pieces *p, char last[8], bool joined)
{
	const char *s = p->word;
	size_t first = sequence(s), n = strlen(last);
	char pair[12];

	if (joined && n) {
		memcpy(pair, last, n); /* NOLINT(bugprone-not-null-terminated-result): hashed by its length */
		memcpy(pair + n, s, first);
		mark(set, hash(pair, n + first));
	}
	if (first == p->len && !joined)
		mark(set, hash(s, first));
	for (const char *next = s + first; *next; s = next, next += first) {
		size_t before = (size_t)(next - s);

		first = sequence(next);
		mark(set, hash(s, before + first));
	}
	n = strlen(s);
	memcpy(last, s, n + 1);
}

static void mark_text(struct hashes *set, const char *text)
{
	struct pieces p = {.at = text ? text : ""};
	char last[8] = "";
	bool cut = false;

	while (next_piece(&p)) {
		if (p.han) {
			mark_han(set, &p, last, cut);
			cut = p.len + 4 >= WORD_MAX;
			continue;
		}
		cut = false;
		if (!is_filler(p.word, p.len)) {
			const char *w = bare(&p);

			mark(set, hash(w, p.len));
		}
	}
}

void cs_likeness_of(const char *subject, const char *body, struct cs_likeness *out)
{
	struct hashes set = {{0}, 0};

	memset(out, 0, sizeof *out);
	mark_text(&set, subject);
	mark_text(&set, body);
	out->total = (uint32_t)set.count;
	for (unsigned i = 0; out->count < CS_LIKENESS_MOST && out->count < set.count; i++)
		for (uint64_t w = set.bits[i]; w && out->count < CS_LIKENESS_MOST; w &= w - 1)
			out->gram[out->count++] = (uint16_t)(i * 64 + (unsigned)__builtin_ctzll(w));
}

/* In the order of ASCII, so that texts sort as their numbers do. */
static const char digits[] = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

char *cs_likeness_text(const struct cs_likeness *l, char buf[CS_LIKENESS_TEXT])
{
	char *out = buf;

	for (size_t i = 0; i < l->count; i++) {
		*out++ = digits[l->gram[i] >> 12];
		*out++ = digits[l->gram[i] >> 6 & 63];
		*out++ = digits[l->gram[i] & 63];
	}
	*out = '\0';
	return buf;
}

static int value(char c)
{
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 38;
	if (c >= 'A' && c <= 'Z')
		return c - 'A' + 11;
	if (c >= '0' && c <= '9')
		return c - '0' + 1;
	return c == '-' ? 0 : c == '_' ? 37 : -1;
}

void cs_likeness_read(const char *text, int64_t total, struct cs_likeness *out)
{
	size_t n = text ? strlen(text) / 3 : 0;

	out->total = 0;
	out->count = 0;
	if (!text || n > CS_LIKENESS_MOST || text[3 * n] || total < (int64_t)n || total > UINT16_MAX + 1)
		return;
	for (size_t i = 0; i < n; i++, text += 3) {
		int a = value(text[0]), b = value(text[1]), c = value(text[2]);
		int gram = a << 12 | b << 6 | c;

		if ((a | b | c) < 0 || gram > UINT16_MAX || (i && gram <= out->gram[i - 1]))
			return;
		out->gram[i] = (uint16_t)gram;
	}
	out->count = (uint16_t)n;
	out->total = (uint32_t)total;
}

void cs_probe_set(struct cs_probe *p, const struct cs_likeness *of)
{
	for (size_t i = 0; i < p->of.count; i++)
		p->bits[p->of.gram[i] >> 6] = 0;
	p->of = *of;
	for (size_t i = 0; i < of->count; i++)
		p->bits[of->gram[i] >> 6] |= UINT64_C(1) << (of->gram[i] & 63);
}

/* Of one that is a sample all hashes up to its largest are known; of a whole one all. */
static uint16_t known_to(const struct cs_likeness *l)
{
	return l->total > l->count ? l->gram[l->count - 1] : UINT16_MAX;
}

static size_t up_to(const struct cs_likeness *l, uint16_t most)
{
	size_t n = l->count;

	while (n > 0 && l->gram[n - 1] > most)
		n--;
	return n;
}

int cs_probe_score(const struct cs_probe *p, const struct cs_likeness *other)
{
	uint16_t a_to, b_to, to;
	size_t a, b, both = 0;
	double shared;

	if (p->of.count == 0 || other->count == 0)
		return 0;
	a_to = known_to(&p->of);
	b_to = known_to(other);
	to = a_to < b_to ? a_to : b_to;
	b = up_to(other, to);
	for (size_t i = 0; i < b; i++)
		both += p->bits[other->gram[i] >> 6] >> (other->gram[i] & 63) & 1;
	if (both == 0)
		return 0;
	a = up_to(&p->of, to);
	/* As large a share of all as of the part that is known of both. */
	shared = (double)both * ((double)p->of.total + (double)other->total) / (double)(a + b);
	shared = 100 * shared / sqrt((double)p->of.total * (double)other->total);
	return shared >= 100 ? 100 : (int)(shared + 0.5);
}

/* --- what they share -------------------------------------------------------------------------- */

/* All pieces with a blank before and after each; runs of Han that were cut are joined. */
static char *plain(const char *text, struct cs_arena *a)
{
	struct pieces p = {.at = text ? text : ""};
	size_t n = strlen(p.at) < SHARED_BYTES ? strlen(p.at) : SHARED_BYTES;
	char *out = cs_arena_alloc(a, 2 * n + 2 * WORD_MAX), *at = out;
	bool cut = false;

	*at++ = ' ';
	while (at < out + n + 1 && next_piece(&p)) {
		bool han = p.han;
		size_t len = p.len;
		const char *w = p.han ? p.word : bare(&p);

		if (han && cut)
			at--;
		cut = han && len + 4 >= WORD_MAX;
		memcpy(at, w, p.len);
		at += p.len;
		*at++ = ' ';
	}
	*at = '\0';
	return out;
}

struct shared {
	const char **out;
	size_t count, most;
	struct cs_arena *a;
};

static void keep(struct shared *l, const char *s, size_t n)
{
	size_t at = 0;

	for (size_t i = 0; i < l->count; i++)
		if (strlen(l->out[i]) >= n && memmem(l->out[i], strlen(l->out[i]), s, n))
			return;
	while (at < l->count && strlen(l->out[at]) >= n)
		at++;
	if (at == l->most)
		return;
	if (l->count < l->most)
		l->count++;
	memmove(l->out + at + 1, l->out + at, (l->count - at - 1) * sizeof *l->out);
	l->out[at] = cs_arena_strndup(l->a, s, n);
}

/* The longest stretches of one run that stand in the other text. */
static void share_run(struct shared *l, const char *run, size_t len, const char *other)
{
	for (const char *from = run, *end = run + len; from < end;) {
		const char *to = from;
		size_t chars = 0;

		while (to < end) {
			size_t next = sequence(to);

			if (!memmem(other, strlen(other), from, (size_t)(to - from) + next))
				break;
			to += next;
			chars++;
		}
		if (chars >= 2)
			keep(l, from, (size_t)(to - from));
		/* The last character may begin the next stretch. */
		from += chars >= 2 ? (size_t)(to - from) : sequence(from);
	}
}

static bool begins_han(const char *s)
{
	return is_han(cs_utf8_next(&s));
}

size_t cs_similar_shared(const char *a, const char *b, struct cs_arena *arena, const char **out, size_t most)
{
	const char *one = plain(a, arena), *other = plain(b, arena);
	struct shared l = {out, 0, most, arena};

	for (const char *w = one + 1; *w;) {
		size_t n = strcspn(w, " ");

		if (begins_han(w))
			share_run(&l, w, n, other);
		else if (!is_filler(w, n) && memmem(other, strlen(other), w - 1, n + 2))
			keep(&l, w, n);
		w += n + 1;
	}
	return l.count;
}
