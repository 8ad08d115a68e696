/* Texts as characters that can be compared. */
#include "domain/redact_scan.h"

#include <string.h>

#include "base/utf8.h"

enum {
	WORD_LONGEST = 12, /* of those that are looked for before a place */
	LISTS = 128        /* more than there are, so that few share a place */
};

bool cs_glyph_is_latin(uint32_t cp)
{
	return cp >= 'a' && cp <= 'z';
}

bool cs_glyph_is_han(uint32_t cp)
{
	return (cp >= 0x3400 && cp <= 0x9FFF) || (cp >= 0xF900 && cp <= 0xFAFF) || (cp >= 0x20000 && cp <= 0x3FFFF) ||
	       cp == 0x3007;
}

bool cs_glyph_is_arabic(const struct cs_scan *s, size_t i)
{
	uint32_t cp = cs_glyph_at(s, i);

	return cp >= '0' && cp <= '9';
}

bool cs_glyph_is_word(const struct cs_scan *s, size_t i)
{
	return cs_glyph_is_latin(cs_glyph_at(s, i)) || cs_glyph_is_arabic(s, i);
}

/* Joiners, marks of direction, soft hyphens: nobody sees them. */
static bool has_no_width(uint32_t cp)
{
	return (cp >= 0x200B && cp <= 0x200F) || (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2060 && cp <= 0x2064) ||
	       cp == 0xFEFF || cp == 0x00AD;
}

static uint32_t fold(uint32_t cp)
{
	if (cp >= 0xFF01 && cp <= 0xFF5E)
		cp -= 0xFEE0;
	if (cp == 0x3000 || cp == 0x00A0 || cp == '\t' || cp == '\n' || cp == '\r' || (cp >= 0x2000 && cp <= 0x200A))
		return ' ';
	if ((cp >= 0x2010 && cp <= 0x2015) || cp == 0x2212 || cp == 0xFE63)
		return '-';
	return cp >= 'A' && cp <= 'Z' ? cp - 'A' + 'a' : cp;
}

static int digit_of(uint32_t cp)
{
	static const uint32_t han[10][3] = {{0x96F6, 0x3007, 0x25CB}, /* 零〇○ */
					    {0x4E00, 0x58F9, 0x5E7A}, /* 一壹幺 */
					    {0x4E8C, 0x8D30},         /* 二贰 */
					    {0x4E09, 0x53C1},         /* 三叁 */
					    {0x56DB, 0x8086},         /* 四肆 */
					    {0x4E94, 0x4F0D},         /* 五伍 */
					    {0x516D, 0x9646},         /* 六陆 */
					    {0x4E03, 0x67D2},         /* 七柒 */
					    {0x516B, 0x634C},         /* 八捌 */
					    {0x4E5D, 0x7396}};        /* 九玖 */

	if (cp >= '0' && cp <= '9')
		return (int)(cp - '0');
	if (cp < 0x2000)
		return -1;
	for (int i = 0; i < 10; i++)
		if (cp == han[i][0] || cp == han[i][1] || cp == han[i][2])
			return i;
	return -1;
}

void cs_scan_read(struct cs_scan *s, const char *text, struct cs_arena *a)
{
	const char *p = text;

	*s = (struct cs_scan){.arena = a};
	s->lists = cs_arena_alloc(a, LISTS * sizeof(*s->lists));
	s->g = cs_arena_alloc(a, (strlen(text) + 1) * sizeof *s->g);
	while (*p) {
		size_t at = (size_t)(p - text);
		uint32_t raw = cs_utf8_next(&p), cp = fold(raw);

		if (has_no_width(cp))
			continue;
		s->g[s->n++] =
			(struct cs_glyph){.cp = cp,
					  .at = at,
					  .digit = digit_of(cp),
					  .is_capital = cs_glyph_is_latin(cp) && raw != cp && raw != cp + 0xFEE0};
	}
	s->g[s->n].at = strlen(text);
}

void cs_scan_mark(struct cs_scan *s, enum cs_redact_kind kind, size_t from, size_t to)
{
	s->found = cs_arena_grow(s->arena, s->found, s->count, &s->size, sizeof *s->found);
	s->found[s->count++] = (struct cs_span_found){from, to, kind};
}

size_t cs_scan_blanks(const struct cs_scan *s, size_t i)
{
	while (cs_glyph_at(s, i) == ' ')
		i++;
	return i;
}

/* --- lists of words -------------------------------------------------------------------------- */

struct word {
	const uint32_t *cp;
	size_t length;
};
/* A list, read once: that none of its words begins with a character, or ends with it, is told by one bit. */
struct cs_word_list {
	const char *words;     /* the list as it is written, by which it is known again */
	uint64_t begins, ends; /* a bit for each character; characters may share one */
	uint32_t lengths;      /* bit n: there is a word of n characters */
	struct word *word;
	size_t count;
	struct cs_word_list *next;
};

static uint64_t bit(uint32_t cp)
{
	return UINT64_C(1) << ((cp ^ (cp >> 6)) & 63);
}

static void add_word(struct cs_word_list *l, const uint32_t *cp, size_t length)
{
	if (length == 0)
		return;
	l->begins |= bit(cp[0]);
	l->ends |= bit(cp[length - 1]);
	l->lengths |= length <= WORD_LONGEST ? UINT32_C(1) << length : 0;
	l->word[l->count++] = (struct word){cp, length};
}

static struct cs_word_list *read_list(struct cs_arena *a, const char *words)
{
	size_t most = strlen(words) + 1;
	uint32_t *cp = cs_arena_alloc(a, most * sizeof *cp), *from = cp, *at = cp;
	struct cs_word_list *l = cs_arena_alloc(a, sizeof *l);

	*l = (struct cs_word_list){.words = words, .word = cs_arena_alloc(a, most * sizeof *l->word)};
	while (*words) {
		*at = cs_utf8_next(&words);
		if (*at++ != ' ')
			continue;
		add_word(l, from, (size_t)(at - 1 - from));
		from = at;
	}
	add_word(l, from, (size_t)(at - from));
	return l;
}

/* The same text each time it comes from the same place. */
static const struct cs_word_list *list_of(const struct cs_scan *s, const char *words)
{
	struct cs_word_list **at = &s->lists[((uintptr_t)words ^ ((uintptr_t)words >> 7)) % LISTS];

	while (*at && (*at)->words != words)
		at = &(*at)->next;
	if (!*at)
		*at = read_list(s->arena, words);
	return *at;
}

static size_t longest_at(const struct cs_scan *s, size_t i, const struct cs_word_list *l)
{
	uint32_t first = cs_glyph_at(s, i);
	size_t best = 0;

	for (size_t w = 0; (l->begins & bit(first)) && w < l->count; w++) {
		size_t n = 1;

		if (l->word[w].cp[0] != first)
			continue;
		while (n < l->word[w].length && l->word[w].cp[n] == cs_glyph_at(s, i + n))
			n++;
		if (n == l->word[w].length && n > best)
			best = n;
	}
	return best;
}

size_t cs_scan_word(const struct cs_scan *s, size_t i, const char *words)
{
	return longest_at(s, i, list_of(s, words));
}

size_t cs_scan_word_before(const struct cs_scan *s, size_t i, const char *words)
{
	const struct cs_word_list *l = list_of(s, words);

	if (i == 0 || !(l->ends & bit(cs_glyph_at(s, i - 1))))
		return 0;
	for (size_t n = 1; n <= WORD_LONGEST && n <= i; n++)
		if ((l->lengths >> n & 1) && longest_at(s, i - n, l) == n)
			return n;
	return 0;
}
