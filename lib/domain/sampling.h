/* Inside of sampling: only sample*.c include this. */
#ifndef CS_DOMAIN_SAMPLING_H
#define CS_DOMAIN_SAMPLING_H

#include "base/hash.h"
#include "domain/sample.h"

/* Roles of what was drawn. A member that is replaced keeps its place; the first replacement left
   becomes a member. */
#define CS_ROLE_MEMBER "member"
#define CS_ROLE_REPLACEMENT "replacement"
#define CS_ROLE_REPLACED "replaced"

void cs_frame_digest(const char *text, char hex[2 * CS_HASH_SIZE + 1]);
/* Nobody can choose it: it follows from what was recorded up to now, the rule, the period and the
   unit. */
const char *cs_draw_seed(const unsigned char head[CS_HASH_SIZE], const char *name,
			 const char *period, int64_t unit, struct cs_arena *a);

#endif
