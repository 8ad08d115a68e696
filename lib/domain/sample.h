/* Samples that an auditor can draw again (S3-5-9, S3-5-10, S0-5-7, S3-9-2). */
#ifndef CS_DOMAIN_SAMPLE_H
#define CS_DOMAIN_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "domain/policy.h"
#include "domain/session.h"

/* One ticket of the frame with its stratum. */
struct cs_frame_item {
	int64_t ticket;
	const char *stratum;
};
/* The frame: sorted by stratum and ticket, each ticket once. Texts and items in the arena. */
struct cs_frame {
	struct cs_arena *arena;
	struct cs_frame_item *item;
	size_t count, size;
};
void cs_frame_add(struct cs_frame *f, int64_t ticket, const char *stratum);
void cs_frame_sort(
	struct cs_frame *f); /* order and repetition of what was added do not matter afterwards */
/* Takes what `other` holds out of f; both are sorted. */
void cs_frame_subtract(struct cs_frame *f, const struct cs_frame *other);
/* One "REF<tab>STRATUM" a line, and back (CS_IO: damaged). */
const char *cs_frame_text(const struct cs_frame *f);
int cs_frame_read(struct cs_frame *f, const char *text, struct cs_err *e);

/* How many of a stratum of n: a count, or a percentage by integer arithmetic (round_up: any rest
   counts as one more), at least `least`, never more than there are (G23). */
struct cs_sample_spec {
	bool has_percent;
	int64_t percent, count, least;
	bool round_up;
	const char
		*per; /* what the strata are, for a draw without a rule; NULL: the rule says it */
};
int64_t cs_sample_size(const struct cs_sample_spec *spec, int64_t n);
/* {"percent":20,"round":"up","least":1,"per":"unit"} and back; texts in the arena. */
const char *cs_sample_spec_text(const struct cs_sample_spec *spec, struct cs_arena *a);
int cs_sample_spec_read(const char *text, struct cs_arena *a, struct cs_sample_spec *out,
			struct cs_err *e);
/* CS_REFUSED: the rules leave undecided how many. */
int cs_sample_spec_of(const struct cs_sample_rule *rule, struct cs_sample_spec *out,
		      struct cs_err *e);

/* One drawn: in each stratum the tickets stand in the order of the BLAKE2b of their reference keyed
   with the seed; the first are the members, as many again the replacements. */
struct cs_drawn {
	int64_t ticket, place;
	const char *stratum;
	bool member;
};
/* Pure: the same frame, spec and seed always give the same list; an array in the frame's arena. */
struct cs_drawn *cs_sample_draw(const struct cs_frame *f, const struct cs_sample_spec *spec,
				const char *seed, size_t *count);

/* The frame of a policy's rule for a period and a unit (CS_NULL: all). Resets s->work. */
int cs_sample_frame(struct cs_session *s, const struct cs_sample_rule *rule,
		    const struct cs_period *period, int64_t unit, struct cs_frame *out,
		    struct cs_err *e);
/* A period as the rule has them. CS_USAGE: another length; CS_REFUSED: not over yet (with `over`).
   */
int cs_sample_period(const struct cs_session *s, const struct cs_sample_rule *rule,
		     const char *text, bool over, struct cs_period *out, struct cs_err *e);
/* What strata may be. CS_USAGE: another word. */
int cs_sample_per_check(const struct cs_session *s, const char *per, struct cs_err *e);
/* The stratum of a ticket, in s->work or longer. CS_NOTFOUND: no such ticket. */
int cs_sample_stratum(struct cs_session *s, int64_t ticket, const char *per, const char **out,
		      struct cs_err *e);

/* Records a draw and its items as one event: *id. name: the rule or CS_DRAW_ADHOC; period may be
   NULL; seed NULL: derived from the chain's head, rule and period. again: why the same is drawn
   once more (CS_REFUSED: needed and missing, or nothing was drawn before). */
#define CS_DRAW_ADHOC "adhoc"
struct cs_draw_order {
	const char *name, *period, *seed, *again;
	int64_t unit;
	struct cs_sample_spec spec;
};
int cs_draw_record(struct cs_session *s, const struct cs_draw_order *order,
		   const struct cs_frame *f, int64_t *id, struct cs_err *e);
/* Plans a contact of this purpose for a member: *seq is it, or one that was open already; 0: the customer is erased. */
int cs_draw_contact(struct cs_session *s, int64_t draw, int64_t ticket, const char *purpose,
		    int64_t *seq, struct cs_err *e);
/* The member is replaced by the next free replacement of its stratum: *other; its own contact of
   this draw is dropped. CS_REFUSED: not a member, its contact was made, none left. */
int cs_draw_replace(struct cs_session *s, int64_t draw, int64_t ticket, const char *reason,
		    int64_t *other, struct cs_err *e);

/* Draws again from the stored frame and compares; adds each difference to faults (sample_verify.c).
   */
int cs_draw_verify(struct cs_session *s, int64_t draw, struct cs_faults *faults, struct cs_err *e);
/* How today's frame differs from the stored one, by ticket: was NULL: it would be in it now; now
   NULL: it would not. */
struct cs_frame_change {
	int64_t ticket;
	const char *was, *now;
};
/* *list lies in the arena a. CS_REFUSED: it cannot be asked any more (the rule is gone). Resets
   s->work. */
int cs_draw_today(struct cs_session *s, int64_t draw, struct cs_arena *a,
		  struct cs_frame_change **list, size_t *count, struct cs_err *e);

#endif
