/* Samples on the command line. */
#include "text/draws.h"

#include <string.h>

#include "base/utf8.h"
#include "domain/names.h"
#include "store/draw.h"
#include "store/ref.h"
#include "text/desk.h"
#include "text/process.h"

static int by_number(struct cs_session *s, const char *text, int64_t *id, struct cs_err *e)
{
	struct cs_draw_row row;
	char plain[64];
	int rc;

	text = cs_utf8_plain(text, plain, sizeof plain);
	*id = 0;
	for (const char *p = text; *p; p++) {
		if (*p < '0' || *p > '9' || *id > INT64_MAX / 100)
			return cs_fail(
				e, CS_USAGE,
				"'%.60s' is no number of a draw; RULE PERIOD names one by its rule",
				text);
		*id = *id * 10 + (*p - '0');
	}
	rc = cs_table_find(s->db, &cs_draw_table, *id, &s->work, &row, e);
	return rc == 0  ? cs_fail(e, CS_NOTFOUND, "no draw %s (cs-sample list)", text)
	       : rc < 0 ? -1
			: 0;
}

int cs_draws_choose(struct cs_session *s, const struct cs_texts *operands, int64_t unit,
		    int64_t *id, struct cs_err *e)
{
	struct cs_period p;
	const char *name;
	int rc;

	if (operands->count == 1) {
		if (unit != CS_NULL)
			return cs_fail(e, CS_USAGE, "--unit belongs to RULE PERIOD");
		return by_number(s, operands->item[0], id, e);
	}
	name = cs_name_find(s->policy, "samples", operands->item[0], NULL);
	name = name ? name : operands->item[0]; /* drawn by rules that had it */
	if (cs_period_parse(operands->item[1], cs_session_zone(s), &p, e) < 0)
		return -1;
	rc = cs_draw_last(s->db, name, p.label, unit, id, e);
	if (rc == 0 && !cs_name_find(s->policy, "samples", name, e))
		return -1;
	return rc == 0  ? cs_fail(e, CS_NOTFOUND, "%s was not drawn for %s%s", name, p.label,
                                 unit == CS_NULL ? "" : " in this unit")
	       : rc < 0 ? -1
			: 0;
}

int cs_draws_frame(struct cs_session *s, const struct cs_texts *refs, const char *per,
		   struct cs_frame *out, size_t *refused, size_t *wrong, struct cs_err *e)
{
	*refused = *wrong = 0;
	for (size_t i = 0; i < refs->count; i++) {
		struct cs_err why = {0};
		const char *stratum = NULL;
		int64_t ticket = cs_ref_parse(refs->item[i], &why);

		cs_arena_reset(&s->work);
		if (ticket && cs_sample_stratum(s, ticket, per, &stratum, &why) == 0) {
			cs_frame_add(out, ticket, cs_arena_strdup(out->arena, stratum));
			continue;
		}
		if (why.code != CS_USAGE && why.code != CS_NOTFOUND) {
			*e = why;
			return -1;
		}
		cs_msg("%s: %s", refs->item[i], why.text);
		++*refused;
		*wrong += ticket == 0;
	}
	cs_frame_sort(out);
	return 0;
}

/* --- one draw --------------------------------------------------------------------------------- */

const struct cs_column cs_draws_item_columns[] = {
	{.name = "ref"},  {.name = "stratum"}, {.name = "place", .right = true},
	{.name = "role"}, {.name = "reason"},  {.name = "why"},
};
const size_t cs_draws_item_count = sizeof cs_draws_item_columns / sizeof *cs_draws_item_columns;

/* Why a member was replaced, as whoever did it said. */
struct reason {
	int64_t ticket;
	const char *text;
};
struct reasons {
	struct cs_arena *arena;
	struct reason *item;
	size_t count, size;
};

static int read_reason(struct reasons *r, const struct cs_event *ev, struct cs_err *e)
{
	struct cs_effects l = {.arena = r->arena};

	if (strcmp(ev->step, "replace") != 0)
		return 0;
	if (cs_effects_read(&l, ev->facts, ev->private_part, e) < 0)
		return cs_fail_in(e, "event %lld", (long long)ev->id);
	if (l.count == 0)
		return 0;
	r->item = cs_arena_grow(r->arena, r->item, r->count, &r->size, sizeof *r->item);
	r->item[r->count++] =
		(struct reason){cs_arg_int(&l.effect[0], 3), cs_effects_text(&l, "reason")};
	return 0;
}

static int read_reasons(struct cs_session *s, int64_t draw, struct reasons *r, struct cs_err *e)
{
	struct cs_stmt *walk = cs_event_of(s->db, "draw", draw, e);
	struct cs_event ev;
	int rc = walk ? 0 : -1;

	while (walk && (rc = cs_event_next(walk, &ev, e)) == 1)
		if (read_reason(r, &ev, e) < 0) {
			cs_stmt_done(walk);
			return -1;
		}
	return rc;
}

int cs_draws_items(struct cs_session *s, int64_t draw, struct cs_out *out, struct cs_err *e)
{
	struct reasons reasons = {.arena = &s->work};
	struct cs_draw_item *item;
	char ref[CS_REF_SIZE];
	size_t n;

	if (cs_draw_items(s->db, draw, &s->work, &item, &n, e) < 0 ||
	    read_reasons(s, draw, &reasons, e) < 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		const char *why = NULL;

		for (size_t k = 0; k < reasons.count; k++)
			if (reasons.item[k].ticket == item[i].ticket)
				why = reasons.item[k].text;
		cs_out_row(out, (struct cs_cell[]){
					cs_cell_text(cs_ref_text(item[i].ticket, ref)),
					cs_cell_text(item[i].stratum), cs_cell_int(item[i].place),
					cs_cell_text(item[i].role), cs_cell_text(item[i].reason),
					cs_cell_text(why)});
	}
	return 0;
}

/* --- all draws -------------------------------------------------------------------------------- */

const struct cs_column cs_draws_list_columns[] = {
	{.name = "draw", .right = true},
	{.name = "rule"},
	{.name = "period"},
	{.name = "unit"},
	{.name = "at"},
	{.name = "by"},
	{.name = "again", .right = true},
	{.name = "why"},
	{.name = "frame", .right = true},
	{.name = "members", .right = true},
	{.name = "spec"},
	{.name = "seed"},
	{.name = "seed_given"},
};
const size_t cs_draws_list_count = sizeof cs_draws_list_columns / sizeof *cs_draws_list_columns;

static int list_one(struct cs_session *s, const struct cs_draw_row *d, struct cs_out *out,
		    struct cs_err *e)
{
	struct cs_stmt *walk = cs_event_of(s->db, "draw", d->id, e);
	struct cs_effects l = {.arena = &s->work};
	struct cs_draw_item *item;
	struct cs_event ev = {.actor = CS_NULL};
	int64_t members = 0;
	char at[32];
	size_t n;
	int rc = walk ? cs_event_next(walk, &ev, e) : -1;

	if (rc == 1)
		rc = cs_effects_read(&l, ev.facts, ev.private_part, e);
	cs_stmt_done(walk);
	if (rc < 0 || cs_draw_items(s->db, d->id, &s->work, &item, &n, e) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		members += strcmp(item[i].role, "member") == 0;
	cs_out_row(out, (struct cs_cell[]){cs_cell_int(d->id), cs_cell_text(d->name),
					   cs_cell_text(d->period), cs_desk_unit_cell(s, d->unit),
					   cs_desk_time_cell(s, d->at, at),
					   cs_desk_staff_cell(s, ev.actor), cs_cell_int(d->again),
					   cs_cell_text(cs_effects_text(&l, "again")),
					   cs_cell_int(d->frame_count), cs_cell_int(members),
					   cs_cell_json(d->spec), cs_cell_text(d->seed),
					   cs_cell_bool(d->seed_given == 1)});
	return 0;
}

int cs_draws_list(struct cs_session *s, struct cs_out *out, struct cs_err *e)
{
	struct cs_stmt *walk = cs_table_walk(s->db, &cs_draw_table, 1, e);
	struct cs_draw_row row;
	int rc = walk ? 0 : -1;

	while (walk && (rc = cs_table_next(walk, &cs_draw_table, &s->work, &row, e)) == 1) {
		if (list_one(s, &row, out, e) < 0) {
			cs_stmt_done(walk);
			return -1;
		}
		cs_arena_reset(&s->work);
	}
	return rc;
}

/* --- frames ----------------------------------------------------------------------------------- */

const struct cs_column cs_draws_estimate_columns[] = {
	{.name = "stratum"}, {.name = "frame", .right = true}, {.name = "drawn", .right = true}};
const size_t cs_draws_estimate_count = sizeof cs_draws_estimate_columns /
				       sizeof *cs_draws_estimate_columns;

void cs_draws_estimate(const struct cs_frame *f, const struct cs_sample_spec *spec,
		       struct cs_out *out)
{
	for (size_t from = 0, to; from < f->count; from = to) {
		for (to = from;
		     to < f->count && strcmp(f->item[to].stratum, f->item[from].stratum) == 0; to++)
			;
		cs_out_row(out, (struct cs_cell[]){
					cs_cell_text(f->item[from].stratum),
					cs_cell_int((int64_t)(to - from)),
					cs_cell_int(cs_sample_size(spec, (int64_t)(to - from)))});
	}
}

const struct cs_column cs_draws_change_columns[] = {
	{.name = "ref"}, {.name = "change"}, {.name = "was"}, {.name = "now"}};
const size_t cs_draws_change_count = sizeof cs_draws_change_columns /
				     sizeof *cs_draws_change_columns;

void cs_draws_changes(const struct cs_frame_change *list, size_t count, struct cs_out *out)
{
	char ref[CS_REF_SIZE];

	for (size_t i = 0; i < count; i++)
		cs_out_row(out, (struct cs_cell[]){cs_cell_text(cs_ref_text(list[i].ticket, ref)),
						   cs_cell_text(!list[i].was   ? "new"
								: !list[i].now ? "gone"
									       : "moved"),
						   cs_cell_text(list[i].was),
						   cs_cell_text(list[i].now)});
}
