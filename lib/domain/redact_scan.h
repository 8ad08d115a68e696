/* Inside of redaction: a text as characters that can be compared, and what was found in it. Only redact*.c include this. */
#ifndef CS_DOMAIN_REDACT_SCAN_H
#define CS_DOMAIN_REDACT_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "domain/redact_kind.h"

/* A character: full width, dashes, blanks and capitals folded; those without width are left out. */
struct cs_glyph {
	uint32_t cp;
	size_t at; /* its byte in the text */
	int digit; /* 0..9 of a digit in any script, else -1 */
	bool is_capital;
};
struct cs_span_found {
	size_t from, to; /* glyphs, to not included */
	enum cs_redact_kind kind;
};
struct cs_word_list; /* decoded */
struct cs_scan {
	struct cs_arena *arena;
	struct cs_glyph *g; /* n of them, and one with cp 0 behind */
	size_t n;
	struct cs_span_found *found;
	size_t count, size;
	struct cs_word_list **lists; /* that have been asked for */
};
void cs_scan_read(struct cs_scan *s, const char *text, struct cs_arena *a);
void cs_scan_mark(struct cs_scan *s, enum cs_redact_kind kind, size_t from, size_t to);

/* Of one glyph: i may be one behind the last. */
static inline uint32_t cs_glyph_at(const struct cs_scan *s, size_t i)
{
	return i < s->n ? s->g[i].cp : 0;
}
bool cs_glyph_is_latin(uint32_t cp); /* a letter A to Z, folded to small ones */
bool cs_glyph_is_han(uint32_t cp);
bool cs_glyph_is_arabic(const struct cs_scan *s, size_t i); /* 0 to 9, of whatever width */
bool cs_glyph_is_word(const struct cs_scan *s, size_t i);   /* a Latin letter or 0 to 9 */
/* Does one of these words (with blanks between) stand at i, or end before it? The length in glyphs of the longest at i,
   of the shortest before it; 0 none. `words` stays where and as it is while the scan lives: it is decoded once. */
size_t cs_scan_word(const struct cs_scan *s, size_t i, const char *words);
size_t cs_scan_word_before(const struct cs_scan *s, size_t i, const char *words);
size_t cs_scan_blanks(const struct cs_scan *s, size_t i); /* i behind the blanks at i */

/* Each marks what it finds. */
void cs_scan_numbers(struct cs_scan *s);                         /* phones, identity, plates, cards, mail */
void cs_scan_premises(struct cs_scan *s);                        /* buildings, rooms */
void cs_scan_known_room(struct cs_scan *s, const char *address); /* the room of an address, standing alone */
void cs_scan_known_parts(struct cs_scan *s, const char *address); /* 12-3-8 as 12栋3单元8号 */
void cs_scan_rooms_listed(struct cs_scan *s);                     /* 301、302 beside 303室 that was found */

#endif
