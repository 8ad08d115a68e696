/* The event of a closed report. */
#include "domain/closing.h"

#include <string.h>

#include "base/hash.h"
#include "store/event.h"

const char cs_closing_about[] = "report", cs_closing_step[] = "close";

static const char *digest_of(const char *figures, struct cs_arena *a)
{
	unsigned char sum[CS_HASH_SIZE];
	char hex[2 * CS_HASH_SIZE + 1];
	struct cs_hash h;

	cs_hash_init(&h);
	cs_hash_text(&h, figures);
	cs_hash_end(&h, sum);
	return cs_arena_strdup(a, cs_hex(sum, sizeof sum, hex));
}

void cs_closing_put(struct cs_effects *l, const struct cs_report_close_row *row)
{
	cs_put(l, CS_OP_NOTE, CS_S("report"), CS_S(row->name));
	cs_put(l, CS_OP_NOTE, CS_S("period"), CS_S(row->period));
	cs_put(l, CS_OP_NOTE, CS_S("unit"), CS_I(row->unit));
	cs_put(l, CS_OP_NOTE, CS_S("figures"), CS_S(digest_of(row->figures, l->arena)));
}

static bool same(const struct cs_effect *f, const struct cs_effect *g)
{
	const char *a = cs_arg_text(f, 1), *b = cs_arg_text(g, 1);

	return cs_arg_int(f, 1) == cs_arg_int(g, 1) && (a && b ? strcmp(a, b) == 0 : a == b);
}

/* The column that is not what the event says. */
static const char *differs(const struct cs_event *ev, const struct cs_effects *said, const struct cs_effects *stored,
			   const struct cs_report_close_row *row)
{
	for (size_t i = 0; i < stored->count; i++)
		if (i >= said->count || !same(&said->effect[i], &stored->effect[i]))
			return cs_arg_text(&stored->effect[i], 0);
	if (ev->at != row->closed_at)
		return "closed_at";
	if (ev->edition != row->edition)
		return "edition";
	return ev->id - 1 != row->last_event ? "last_event" : NULL;
}

/* The head is the chain value of the last event before the closing. */
static int head_differs(struct cs_db *db, const struct cs_report_close_row *row, struct cs_arena *a, struct cs_err *e)
{
	char hex[2 * CS_HASH_SIZE + 1];
	struct cs_event last;
	int rc = cs_event_get(db, row->last_event, a, &last, e);

	return rc < 0 ? -1 : rc == 0 || strcmp(cs_hex(last.chain, CS_HASH_SIZE, hex), row->chain_head) != 0;
}

int cs_closing_check(struct cs_db *db, const struct cs_report_close_row *row, struct cs_arena *a, const char **why,
		     struct cs_err *e)
{
	struct cs_stmt *walk = cs_event_of(db, cs_closing_about, row->id, e);
	struct cs_effects said = {.arena = a}, stored = {.arena = a};
	const char *column = NULL;
	struct cs_event ev;
	int rc = walk ? cs_event_next(walk, &ev, e) : -1;
	bool found = rc == 1 && strcmp(ev.step, cs_closing_step) == 0 &&
		     cs_effects_read(&said, ev.facts, NULL, NULL) == 0;

	cs_closing_put(&stored, row);
	if (found)
		column = differs(&ev, &said, &stored, row);
	cs_stmt_done(walk);
	if (rc >= 0 && found && !column)
		rc = head_differs(db, row, a, e);
	if (rc < 0)
		return -1;
	if (found && !column && rc == 1)
		column = "chain_head";
	*why = !found   ? "nobody recorded it"
	       : column ? cs_arena_printf(a, "%s: not what the history says", column)
			: NULL;
	return !*why;
}
