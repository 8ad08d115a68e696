/* Samples on the command line: which draw is meant, frames from references, what is printed of
   them. */
#ifndef CS_TEXT_DRAWS_H
#define CS_TEXT_DRAWS_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "domain/sample.h"
#include "domain/session.h"
#include "text/cli.h"
#include "text/out.h"
#include "text/refs.h"

/* Operands DRAW (a number), or RULE PERIOD with the unit (CS_NULL: none): the newest such draw.
   CS_NOTFOUND; CS_USAGE. */
int cs_draws_choose(struct cs_session *s, const struct cs_texts *operands, int64_t unit,
		    int64_t *id, struct cs_err *e);

/* The tickets given as a frame, strata by `per`. Refused ones are named; *refused counts them,
   *wrong those that are no references at all. Resets s->work. */
int cs_draws_frame(struct cs_session *s, const struct cs_texts *refs, const char *per,
		   struct cs_frame *out, size_t *refused, size_t *wrong, struct cs_err *e);

/* Each writes its rows to out: the tickets of a draw with their roles; all draws; how many would be
   drawn of a frame; how a frame has changed. */
extern const struct cs_column cs_draws_item_columns[], cs_draws_list_columns[],
	cs_draws_estimate_columns[], cs_draws_change_columns[];
extern const size_t cs_draws_item_count, cs_draws_list_count, cs_draws_estimate_count,
	cs_draws_change_count;
int cs_draws_items(struct cs_session *s, int64_t draw, struct cs_out *out, struct cs_err *e);
int cs_draws_list(struct cs_session *s, struct cs_out *out, struct cs_err *e);
void cs_draws_estimate(const struct cs_frame *f, const struct cs_sample_spec *spec,
		       struct cs_out *out);
void cs_draws_changes(const struct cs_frame_change *list, size_t count, struct cs_out *out);

#endif
