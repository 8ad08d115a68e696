/* How alike two matters are told: by the words of their texts, Chinese or English. Pure functions.
   Han characters count in pairs of neighbours, other scripts by words; full-width forms, case, punctuation, blanks,
   leading zeros and English function words make no difference. */
#ifndef CS_DOMAIN_SIMILAR_H
#define CS_DOMAIN_SIMILAR_H

#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"

/* Of a text that has more the smallest hashes stand for all: what two such samples share tells what the texts share.
   The kept form is for the version: another way to hash or to choose gets another number. */
enum { CS_LIKENESS_VERSION = 1, CS_LIKENESS_MOST = 64, CS_LIKENESS_TEXT = 3 * CS_LIKENESS_MOST + 1 };

struct cs_likeness {
	uint16_t gram[CS_LIKENESS_MOST]; /* hashes, ascending, each once */
	uint16_t count;                  /* of those kept */
	uint32_t total;                  /* of all; 0: no words */
};

/* Of subject and body together; either may be NULL. Valid UTF-8. */
void cs_likeness_of(const char *subject, const char *body, struct cs_likeness *out);
/* As it is kept: three characters each. Returns buf. */
char *cs_likeness_text(const struct cs_likeness *l, char buf[CS_LIKENESS_TEXT]);
/* Reads that form; what is no such text counts as one without words. NULL is fine. */
void cs_likeness_read(const char *text, int64_t total, struct cs_likeness *out);

/* One likeness, ready to be compared with many. 8 KiB. */
struct cs_probe {
	uint64_t bits[65536 / 64];
	struct cs_likeness of;
};
void cs_probe_set(struct cs_probe *p, const struct cs_likeness *of); /* zero-initialise before the first */
/* 0 to 100: what they share, by the geometric mean of their sizes (Ochiai); 0 where one has no words. */
int cs_probe_score(const struct cs_probe *p, const struct cs_likeness *other);

/* The words both texts have, the longest first, at most `most`, each once: stretches of two Han characters or more, whole
   words of other scripts. NULL texts are empty. Texts in the arena; returns how many. */
size_t cs_similar_shared(const char *a, const char *b, struct cs_arena *arena, const char **out, size_t most);

#endif
