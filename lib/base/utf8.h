/* UTF-8: validity, code points, display width, clean-up of typed text. */
#ifndef CS_BASE_UTF8_H
#define CS_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Offset of the first byte that starts no well-formed sequence (RFC 3629: no overlong
   form, no surrogate, nothing above U+10FFFF, no cut sequence); len when all is well. */
size_t cs_utf8_check(const char *s, size_t len);

/* Everything below wants valid, NUL-terminated UTF-8. */

/* The code point at *s, and moves *s behind it; 0 at the end, where *s stays. */
uint32_t cs_utf8_next(const char **s);
/* Writes 1..4 bytes (no NUL) for a code point; returns how many. */
size_t cs_utf8_put(char *out, uint32_t cp);

/* Columns on a terminal, whatever the locale: East Asian wide and full-width characters
   count two, combining marks, format characters and controls none, all others one
   (Unicode UAX 11; ambiguous characters are narrow). */
int cs_utf8_width_of(uint32_t cp);
size_t cs_utf8_width(const char *s);
/* Bytes of the longest beginning of s that takes at most `columns`, trailing marks
   included; *used (may be NULL) gets the columns it takes. */
size_t cs_utf8_cut(const char *s, size_t columns, size_t *used);

/* In place; the text never grows. Full-width forms U+FF01..FF5E become ASCII, U+3000 a blank. */
void cs_utf8_fold_width(char *s);
/* What a clerk typed, in plain forms: s itself, or where it has other than ASCII a copy in buf with full-width forms
   folded and no blanks around. s too when buf is too small. */
const char *cs_utf8_plain(const char *s, char *buf, size_t size);
/* In place: removes blanks (space, tab, newline, U+00A0, U+3000) at both ends. */
void cs_utf8_trim(char *s);
/* Nothing, or nothing but blanks. */
bool cs_utf8_blank(const char *s);
/* In place: trims, and makes every run of blanks one space. */
void cs_utf8_collapse(char *s);
/* In place: removes every blank. */
void cs_utf8_unblank(char *s);

#endif
