/* Texts as characters that can be compared. */
#include "domain/redact_scan.h"

#include <string.h>

#include "base/utf8.h"

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
	static const char *const han[10] = {"零〇○", "一壹幺", "二贰", "三叁", "四肆",
					    "五伍",  "六陆",   "七柒", "八捌", "九玖"};
	char text[8];

	if (cp >= '0' && cp <= '9')
		return (int)(cp - '0');
	if (cp < 0x2000)
		return -1;
	text[cs_utf8_put(text, cp)] = '\0';
	for (int i = 0; i < 10; i++)
		if (strstr(han[i], text))
			return i;
	return -1;
}

void cs_scan_read(struct cs_scan *s, const char *text, struct cs_arena *a)
{
	const char *p = text;

	*s = (struct cs_scan){.arena = a};
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

/* The word, up to a blank, at i; *next behind it. */
static size_t word_at(const struct cs_scan *s, size_t i, const char *word, const char **next)
{
	size_t n = 0;
	bool same = true;

	while (*word && *word != ' ') {
		uint32_t cp = cs_utf8_next(&word);

		same = same && cs_glyph_at(s, i + n) == cp;
		n++;
	}
	*next = *word ? word + 1 : word;
	return same ? n : 0;
}

size_t cs_scan_word(const struct cs_scan *s, size_t i, const char *words)
{
	size_t best = 0;

	while (*words) {
		size_t n = word_at(s, i, words, &words);

		best = n > best ? n : best;
	}
	return best;
}

size_t cs_scan_word_before(const struct cs_scan *s, size_t i, const char *words)
{
	enum { LONGEST = 12 };

	for (size_t n = 1; n <= LONGEST && n <= i; n++)
		if (cs_scan_word(s, i - n, words) == n)
			return n;
	return 0;
}
