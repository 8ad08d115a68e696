/* One canonical text for what a clerk types: phones, premises, names. */
#ifndef CS_BASE_NORMAL_H
#define CS_BASE_NORMAL_H

#include <stdbool.h>

/* All three work in place on valid UTF-8 (the text never grows), fold full-width forms
   first, change nothing when applied again, and return false when nothing usable is left. */

/* Digits, after a leading + where there was one; +86 and 0086 are dropped, as are blanks,
   dashes, dots and brackets; an extension (转, x, ext) stays as x and its digits. False, and the
   text emptied: any other character (a masked number must not become somebody else's),
   fewer than 3 or more than 20 digits, nothing but zeros. */
bool cs_text_normal_phone(char *s);

/* 3栋2单元501室, 3号楼2门501, 3#2-501, 03-2-501 all become 3-2-501; 3幢501 becomes 3-501;
   text before the building stays (阳光花园3-2-501). What is not recognised keeps its
   characters, folded and without blanks. False only when it is empty. */
bool cs_text_normal_premises(char *s);

/* Single blanks between words, none between or beside Han characters. False when empty. */
bool cs_text_normal_name(char *s);

#endif
