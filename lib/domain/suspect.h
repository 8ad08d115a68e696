/* Suspects: tickets that one may repeat, with a score and why (S0-4-7, S3-4-7, S3-4-9). Nothing is decided here. */
#ifndef CS_DOMAIN_SUSPECT_H
#define CS_DOMAIN_SUSPECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "domain/session.h"
#include "domain/suspect_pool.h"
#include "store/similar.h"

enum { CS_SUSPECT_WORDS = 5 };

struct cs_suspect {
	int64_t ticket;
	int score;
	bool same[CS_SAME_COUNT];
	const char *word[CS_SUSPECT_WORDS]; /* both texts have, the longest first; none once one of them is erased */
	size_t word_count;
};
struct cs_suspects {
	struct cs_suspect *list; /* the highest score first, of equals the newest */
	size_t count;
	size_t found;    /* all that reach the score, also those past the limit */
	size_t compared; /* candidates */
	bool cut;        /* there were more candidates: older ones were not looked at */
};

/* What a ticket may repeat: of the kinds that the rules compare, opened within the window up to the ticket's own opening.
   score CS_NULL: from the rules' own on. Those stated to be the same matter, merged ones too, are not among them. At most `limit` are listed. pool may be NULL. Empty where the rules leave a number
   undecided, for a ticket that is kept from the acting person (others so kept are not among them), and for a ticket that
   was registered while they did not compare its kind. All in s->work. */
int cs_suspects_find(struct cs_session *s, int64_t ticket, int64_t score, size_t limit, struct cs_suspect_pool *pool,
		     struct cs_suspects *out, struct cs_err *e);
/* Do the rules in force compare tickets of this kind? */
bool cs_suspects_kind(const struct cs_session *s, const char *kind);

#endif
