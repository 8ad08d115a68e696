/* Four registers, one store (S3-4-5): the monthly complaint record, the customer information record, the complaint
   ledger and the tickets of the system, each found in its own way, have the same complaints; where not, why. */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "domain/effect.h"
#include "domain/report_case.h"
#include "domain/report_stock.h"
#include "store/list.h"
#include "store/ref.h"
#include "store/report_close.h"

#define COLUMNS(list) (list), sizeof(list) / sizeof *(list)

static const struct cs_report_column register_columns[] = {
	{"register", CS_FIGURE_KEY}, {"complaints", CS_FIGURE_COUNT}, {"agrees", CS_FIGURE_TEXT},
	{"digest", CS_FIGURE_TEXT},  {"closed", CS_FIGURE_TEXT},      {"from", CS_FIGURE_TEXT},
};
static const struct cs_report_shape register_shape = {
	"registers",
	"how many complaints each has, and the digest of their references; agrees: the same as the tickets",
	COLUMNS(register_columns), 1};
static const struct cs_report_column difference_columns[] = {
	{"ticket", CS_FIGURE_KEY}, {"register", CS_FIGURE_KEY}, {"is", CS_FIGURE_TEXT}, {"why", CS_FIGURE_TEXT}};
static const struct cs_report_shape difference_shape = {"differences", "what a register has otherwise than the tickets",
							COLUMNS(difference_columns), 2};
static const struct cs_report_shape *const shapes[] = {&register_shape, &difference_shape};

enum { TICKETS, RECORD, INFORMATION, LEDGER, REGISTERS };
static const struct {
	const char *name, *from;
} registers[REGISTERS] = {
	[TICKETS] = {"tickets", "the tickets as they stand"},
	[RECORD] = {"record", "the stock that the monthly figures count"},
	[INFORMATION] = {"information", "the registrations in the history, day by day"},
	[LEDGER] = {"ledger", "the ledger of the period"},
};

struct reconcile {
	struct cs_session *s;
	const struct cs_report_ask *ask;
	struct cs_report *r;
	struct cs_id_list list[REGISTERS];
	cs_time ledger_at;    /* when it was closed; CS_NULL: counted now */
	int64_t ledger_event; /* the last one it knew */
};

static void take(struct reconcile *x, int which, int64_t ticket)
{
	struct cs_id_list *l = &x->list[which];

	l->id = cs_arena_grow(&x->r->arena, l->id, l->count, &l->size, sizeof *l->id);
	l->id[l->count++] = ticket;
}

static bool in_period(const struct reconcile *x, cs_time at)
{
	return at >= x->ask->period.from && at < x->ask->period.to;
}

/* --- four ways ------------------------------------------------------------------------------- */

static int add_case(void *arg, const struct cs_fig_case *c, struct cs_err *e)
{
	(void)e;
	take(arg, TICKETS, c->id);
	return 0;
}

static int read_tickets(struct reconcile *x, struct cs_err *e)
{
	const struct cs_case_taker to = {add_case, x};

	return cs_cases_opened(x->s, x->ask, &x->ask->period, &x->s->policy->reports.complaints, &to, e);
}

/* Where it came in counts, wherever it was moved since. */
static int add_stock(struct cs_stock_count *c, const struct cs_fig_ticket *t, void *arg)
{
	struct reconcile *x = arg;
	const struct cs_fig_stay *first = t->stay_count ? &t->stay[0] : NULL;

	if (first && first->entered == CS_FIG_OPENED && in_period(x, first->from_at) &&
	    cs_stock_covers(c, first->unit, t->place) &&
	    cs_ids_has(&c->s->policy->reports.complaints, c->codes.text[t->kind]))
		take(x, RECORD, t->id);
	return 0;
}

static int read_record(struct reconcile *x, struct cs_err *e)
{
	struct cs_stock_count c = {.s = x->s, .ask = x->ask};
	int rc = cs_stock_walk(x->s, &c, x->ask->period.from, x->ask->period.to, 0, add_stock, x, e);

	cs_stock_free(&c);
	return rc;
}

static bool says(const struct cs_effect *f, const char *column)
{
	return f->op == CS_OP_SET && cs_arg_text(f, 0) && strcmp(cs_arg_text(f, 0), column) == 0;
}

static int add_entry(struct reconcile *x, const struct cs_fig_entry *entry, struct cs_err *e)
{
	struct cs_effects l = {.arena = &x->s->work};
	int64_t accepting = CS_NULL, handling = CS_NULL, place = CS_NULL;
	const char *kind = NULL;

	if (!in_period(x, entry->at))
		return 0;
	if (cs_effects_read(&l, entry->facts, NULL, e) < 0)
		return cs_fail_in(e, "event %lld", (long long)entry->event);
	for (size_t i = 0; i < l.count; i++) {
		const struct cs_effect *f = &l.effect[i];

		if (says(f, "kind"))
			kind = cs_arg_text(f, 1);
		else if (says(f, "accepting"))
			accepting = cs_arg_int(f, 1);
		else if (says(f, "place"))
			place = cs_arg_int(f, 1);
		else if (says(f, "handling"))
			handling = cs_arg_int(f, 1);
	}
	if (kind && cs_ids_has(&x->s->policy->reports.complaints, kind) &&
	    cs_report_covers(x->s, x->ask, handling != CS_NULL ? handling : accepting, place))
		take(x, INFORMATION, entry->ticket);
	cs_arena_reset(&x->s->work);
	return 0;
}

static int read_information(struct reconcile *x, struct cs_err *e)
{
	const struct cs_zone *z = cs_session_zone(x->s);
	struct cs_stmt *walk = cs_fig_entries(x->s->db, cs_ref_first(cs_time_day(z, x->ask->period.from) - 1),
					      cs_ref_first(cs_time_day(z, x->ask->period.to) + 2), e);
	struct cs_fig_entry entry;
	int rc = walk ? 0 : -1;

	while (rc == 0 && (rc = cs_fig_entry_next(walk, &entry, e)) == 1)
		rc = add_entry(x, &entry, e);
	cs_stmt_done(walk);
	return rc;
}

/* As it was closed, where it was: that is what was handed over. */
static int read_ledger(struct reconcile *x, struct cs_err *e)
{
	const struct cs_report_def *def = &cs_report_ledger;
	struct cs_report_close_row row;
	struct cs_report ledger = {.def = def};
	const struct cs_report_table *t = &ledger.table[0];
	int rc = cs_report_close_find(x->s->db, def->name, x->ask->period.label,
				      x->ask->unit ? x->ask->unit->id : CS_NULL, &x->r->arena, &row, e);

	x->ledger_at = rc == 1 ? row.closed_at : CS_NULL;
	x->ledger_event = rc == 1 ? row.last_event : INT64_MAX;
	if (rc == 1)
		rc = cs_report_closed(x->s, def, x->ask, NULL, &ledger, e) < 0 ? -1 : 0;
	else if (rc == 0)
		rc = def->count(x->s, x->ask, &ledger, e);
	for (size_t i = 0; rc == 0 && i < t->row_count; i++) {
		int64_t ticket = cs_ref_parse(t->cell[i * t->shape->column_count].s, e);

		rc = ticket ? 0 : -1;
		take(x, LEDGER, ticket);
	}
	cs_report_free(&ledger);
	return rc;
}

/* --- comparing ------------------------------------------------------------------------------- */

static const char *digest(struct cs_arena *a, const struct cs_id_list *l)
{
	unsigned char sum[CS_HASH_SIZE];
	char hex[2 * CS_HASH_SIZE + 1], ref[CS_REF_SIZE];
	struct cs_hash h;

	cs_hash_init(&h);
	for (size_t i = 0; i < l->count; i++)
		cs_hash_text(&h, cs_ref_text(l->id[i], ref));
	cs_hash_end(&h, sum);
	return cs_arena_strdup(a, cs_hex(sum, sizeof sum, hex));
}

static const char *unit_text(const struct reconcile *x, int64_t unit)
{
	const char *code = cs_report_unit_code(x->s, unit);

	return code ? code : "no unit";
}

/* Why the tickets and another register differ about this one. */
static int reason(struct reconcile *x, int which, int64_t ticket, bool missing, const char **why, struct cs_err *e)
{
	struct cs_fig_entry entry;
	struct cs_ticket_row t;
	char when[32];
	int have = cs_table_find(x->s->db, &cs_ticket_table, ticket, &x->r->arena, &t, e);
	int rc = have < 0 ? -1 : cs_fig_entry(x->s->db, ticket, &entry, e);
	int64_t unit = have == 1 ? (t.handling != CS_NULL ? t.handling : t.accepting) : CS_NULL;

	*why = "unexplained: run cs-check";
	if (rc < 0)
		return -1;
	if (have == 0)
		*why = "there is no such ticket: run cs-check";
	else if (rc == 0)
		*why = "the history does not have it: run cs-check";
	else if (which == LEDGER && missing && entry.event > x->ledger_event)
		*why = cs_arena_printf(&x->r->arena, "entered %s, after the ledger was closed",
				       cs_time_text_minute(cs_session_zone(x->s), entry.recorded_at, when));
	else if (x->ask->unit)
		*why = cs_arena_printf(&x->r->arena, "moved: it is with %s now", unit_text(x, unit));
	return 0;
}

static int put_difference(struct reconcile *x, int which, int64_t ticket, bool missing, struct cs_err *e)
{
	struct cs_value *cell;
	const char *why;

	if (reason(x, which, ticket, missing, &why, e) < 0)
		return -1;
	cell = cs_report_row(x->r, &x->r->table[1]);
	cell[0] = cs_case_ref(x->r, ticket);
	cell[1] = CS_S(registers[which].name);
	cell[2] = CS_S(missing ? "missing" : "besides");
	cell[3] = CS_S(why);
	return 0;
}

/* Both ascending. */
static int compare(struct reconcile *x, int which, size_t *count, struct cs_err *e)
{
	const struct cs_id_list *a = &x->list[TICKETS], *b = &x->list[which];
	size_t i = 0, k = 0;

	while (i < a->count || k < b->count) {
		bool missing = k == b->count || (i < a->count && a->id[i] < b->id[k]);
		bool besides = !missing && (i == a->count || b->id[k] < a->id[i]);

		if (missing || besides) {
			if (put_difference(x, which, missing ? a->id[i] : b->id[k], missing, e) < 0)
				return -1;
			++*count;
		}
		i += !besides;
		k += !missing;
	}
	return 0;
}

static int put_register(struct reconcile *x, int which, struct cs_err *e)
{
	size_t differences = 0;
	struct cs_value *cell;

	if (compare(x, which, &differences, e) < 0)
		return -1;
	cell = cs_report_row(x->r, &x->r->table[0]);
	cell[0] = CS_S(registers[which].name);
	cell[1] = CS_I((int64_t)x->list[which].count);
	cell[2] = CS_S(differences ? "no" : "yes");
	cell[3] = CS_S(digest(&x->r->arena, &x->list[which]));
	cell[4] = cs_case_time(x->s, x->r, which == LEDGER ? x->ledger_at : CS_NULL);
	cell[5] = CS_S(which == LEDGER && x->ledger_at != CS_NULL ? "the ledger as it was closed"
								  : registers[which].from);
	return 0;
}

static int count_registers(struct cs_session *s, const struct cs_report_ask *ask, struct cs_report *r, struct cs_err *e)
{
	struct reconcile x = {.s = s, .ask = ask, .r = r};

	if (cs_report_need_complaints(s, r->def, e) < 0)
		return -1;
	cs_report_add(r, &register_shape);
	cs_report_add(r, &difference_shape);
	if (read_tickets(&x, e) < 0 || read_record(&x, e) < 0 || read_information(&x, e) < 0 || read_ledger(&x, e) < 0)
		return -1;
	for (int i = 0; i < REGISTERS; i++) {
		cs_id_list_sort(&x.list[i]);
		if (put_register(&x, i, e) < 0)
			return -1;
	}
	cs_report_sort(&r->table[1], 0);
	return 0;
}

const struct cs_report_def cs_report_reconcile = {
	.name = "reconcile",
	.about = "the four registers of complaints: how many each has, whether they are the same, and why not",
	.shape = shapes,
	.shape_count = sizeof shapes / sizeof *shapes,
	.needs_period = true,
	.count = count_registers,
};
