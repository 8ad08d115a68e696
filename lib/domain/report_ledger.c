/* The complaint ledger (客户投诉台帐, S3-4-33, S3-10-1): a line for every complaint that came in, with the nine fields
   of S4-4-1 and what became of it. Refused and merged ones are complaints too. */
#include <string.h>

#include "domain/access.h"
#include "domain/policy_words.h"
#include "domain/report_case.h"
#include "domain/values.h"
#include "domain/view.h"
#include "store/customer.h"
#include "store/ref.h"

#define COLUMNS(list) (list), sizeof(list) / sizeof *(list)

enum {
	TICKET,
	DATE,
	TIME,
	PROJECT,
	PREMISES,
	PHONE,
	COMPLAINANT,
	CHANNEL,
	CONTENT,
	WISH,
	CLASS,
	CATEGORY,
	IMPORTANCE,
	VALIDITY,
	UNIT,
	RECEPTIONIST,
	RECORDER,
	RESPONSIBLE,
	REPLY,
	RESULT,
	STATE,
	DUE_AT,
	LATE,
	DONE_AT,
	CLOSED_AT,
	SCORE,
	MATTER,
	MERGED_INTO
};
static const struct cs_report_column columns[] = {
	[TICKET] = {"ticket", CS_FIGURE_KEY},
	[DATE] = {"date", CS_FIGURE_TEXT},
	[TIME] = {"time", CS_FIGURE_TEXT},
	[PROJECT] = {"project", CS_FIGURE_TEXT},
	[PREMISES] = {"premises", CS_FIGURE_WRITTEN},
	[PHONE] = {"phone", CS_FIGURE_WRITTEN},
	[COMPLAINANT] = {"complainant", CS_FIGURE_WRITTEN},
	[CHANNEL] = {"channel", CS_FIGURE_TEXT},
	[CONTENT] = {"content", CS_FIGURE_WRITTEN},
	[WISH] = {"wish", CS_FIGURE_WRITTEN},
	[CLASS] = {"class", CS_FIGURE_TEXT},
	[CATEGORY] = {"category", CS_FIGURE_TEXT},
	[IMPORTANCE] = {"importance", CS_FIGURE_TEXT},
	[VALIDITY] = {"validity", CS_FIGURE_TEXT},
	[UNIT] = {"unit", CS_FIGURE_TEXT},
	[RECEPTIONIST] = {"receptionist", CS_FIGURE_TEXT},
	[RECORDER] = {"recorder", CS_FIGURE_TEXT},
	[RESPONSIBLE] = {"responsible", CS_FIGURE_TEXT},
	[REPLY] = {"reply", CS_FIGURE_WRITTEN},
	[RESULT] = {"result", CS_FIGURE_WRITTEN},
	[STATE] = {"state", CS_FIGURE_TEXT},
	[DUE_AT] = {"due_at", CS_FIGURE_TEXT},
	[LATE] = {"late", CS_FIGURE_TEXT},
	[DONE_AT] = {"done_at", CS_FIGURE_TEXT},
	[CLOSED_AT] = {"closed_at", CS_FIGURE_TEXT},
	[SCORE] = {"score", CS_FIGURE_COUNT},
	[MATTER] = {"matter", CS_FIGURE_TEXT},
	[MERGED_INTO] = {"merged_into", CS_FIGURE_TEXT},
};
static const struct cs_report_shape ledger_shape = {"ledger", "the complaints of the period, by their references",
						    COLUMNS(columns), 1};
static const struct cs_report_shape *const shapes[] = {&ledger_shape};

enum { OWN = sizeof columns / sizeof *columns }; /* those behind are the rules' (reports/ledger) */

struct ledger {
	struct cs_session *s;
	struct cs_report *r;
};

bool cs_report_ledger_has(const char *column)
{
	for (size_t i = 0; i < OWN; i++)
		if (strcmp(columns[i].name, column) == 0)
			return true;
	return false;
}

/* The field of the first kind of complaint that has it; NULL: none, it is one of the words for who complains. */
static const struct cs_field *field_of(const struct cs_session *s, const char *name)
{
	const struct cs_ids *kinds = &s->policy->reports.complaints;
	const struct cs_field *f = NULL;

	for (size_t i = 0; !f && i < kinds->count; i++) {
		const struct cs_kind *k = cs_policy_kind(s->policy, kinds->id[i]);

		f = k ? cs_kind_field(k, name) : NULL;
	}
	return f;
}

/* What people wrote is kept in no figure: it is looked up when the ledger is printed. */
static enum cs_figure figure_of(const struct cs_session *s, const char *name)
{
	const struct cs_field *f = field_of(s, name);
	bool written = f ? f->type == CS_FIELD_TEXT || f->personal : strcmp(name, CS_LEDGER_PRINCIPAL) == 0;

	return written ? CS_FIGURE_WRITTEN : CS_FIGURE_TEXT;
}

static const struct cs_report_shape *shape_of(const struct cs_session *s, struct cs_report *r)
{
	const struct cs_ids *more = &s->policy->reports.ledger;
	struct cs_report_column *column = cs_arena_alloc(&r->arena, (OWN + more->count) * sizeof *column);
	struct cs_report_shape *shape = cs_arena_alloc(&r->arena, sizeof *shape);

	memcpy(column, columns, sizeof columns);
	for (size_t i = 0; i < more->count; i++)
		column[OWN + i] =
			(struct cs_report_column){cs_arena_strdup(&r->arena, more->id[i]), figure_of(s, more->id[i])};
	*shape = ledger_shape;
	shape->column = column;
	shape->column_count = OWN + more->count;
	return shape;
}

static const char *late_word(const struct ledger *l, const struct cs_fig_case *c)
{
	if (c->late != CS_NULL && c->late != CS_LATE_RUNNING)
		return c->late ? "yes" : "no";
	if (c->done_at == CS_NULL && c->due_at != CS_NULL && c->due_at < l->s->now)
		return "overdue";
	return c->late == CS_LATE_RUNNING ? "yes" : NULL;
}

/* Another ticket; of one that is kept from somebody it is not said that there is one. */
static int put_ref(struct ledger *l, int64_t ticket, struct cs_value *cell, struct cs_err *e)
{
	int secret = ticket == CS_NULL ? 1 : cs_access_secret_id(l->s, ticket, e);

	if (secret == 0)
		*cell = cs_case_ref(l->r, ticket);
	return secret < 0 ? -1 : 0;
}

static int put_value(struct ledger *l, const struct cs_view *v, const char *name, struct cs_value *cell,
		     struct cs_err *e)
{
	const struct cs_field *f = cs_kind_field(v->kind, name);
	const struct cs_value value = f ? cs_view_value(v, name) : (struct cs_value){0};
	const struct cs_party_row *first = cs_image_count(v->im, CS_P_PARTY) ? cs_image_at(v->im, CS_P_PARTY, 0) : NULL;
	int64_t other = f && f->type == CS_FIELD_REF && value.type == CS_V_TEXT ? cs_ref_parse(value.s, NULL) : 0;

	if (other)
		return put_ref(l, other, cell, e);
	if (strcmp(name, CS_LEDGER_CAPACITY) == 0 && first && first->seq == 1)
		*cell = cs_case_code(l->r, first->capacity);
	else if (value.type != CS_V_NONE)
		*cell = cs_case_code(l->r, cs_value_show(l->s, f->type, &value, &l->s->work));
	return 0;
}

/* What the rules add, as far as it is a figure. */
static int put_more(struct ledger *l, const struct cs_fig_case *c, struct cs_value *cell, struct cs_err *e)
{
	const struct cs_report_shape *shape = l->r->table[0].shape;
	struct cs_image im;
	struct cs_view v = {.s = l->s, .policy = l->s->policy, .im = &im, .at = l->s->now};
	int rc = 0;

	v.kind = cs_policy_kind(l->s->policy, c->kind);
	if (shape->column_count == OWN || !v.kind)
		return 0;
	if (cs_image_get(&im, l->s->db, c->id, &l->s->work, e) < 0)
		return -1;
	for (size_t i = OWN; rc == 0 && i < shape->column_count; i++)
		if (shape->column[i].is != CS_FIGURE_WRITTEN)
			rc = put_value(l, &v, shape->column[i].name, &cell[i], e);
	return rc;
}

static int put_case(void *arg, const struct cs_fig_case *c, struct cs_err *e)
{
	struct ledger *l = arg;
	struct cs_report *r = l->r;
	struct cs_value *cell;
	struct cs_fig_entry entry;
	int64_t score;
	char when[32];
	int rc = cs_fig_entry(l->s->db, c->id, &entry, e);
	int secret = cs_access_secret_row(l->s, c->kind, c->id, &l->s->work, e);

	if (rc < 0 || secret < 0 || cs_fig_score(l->s->db, c->id, &score, e) < 0)
		return -1;
	cell = cs_report_row(r, &r->table[0]);
	cs_time_text_minute(cs_session_zone(l->s), c->opened_at, when);
	cell[TICKET] = cs_case_ref(r, c->id);
	cell[DATE] = CS_S(cs_arena_strndup(&r->arena, when, 10));
	cell[TIME] = CS_S(cs_arena_strdup(&r->arena, when + 11));
	cell[PROJECT] = cs_case_unit(l->s, cs_report_level_unit(l->s, c->unit, c->place));
	cell[CHANNEL] = cs_case_code(r, c->channel);
	cell[UNIT] = cs_case_unit(l->s, c->unit);
	if (!secret) { /* what it is about, and who has to do with it */
		cell[CLASS] = cs_case_code(r, c->specialty);
		cell[CATEGORY] = cs_case_code(r, c->category);
		cell[IMPORTANCE] = cs_case_code(r, c->importance);
		cell[VALIDITY] = cs_case_code(r, c->validity);
		cell[RECEPTIONIST] = cs_case_login(l->s, c->first);
		cell[RECORDER] = cs_case_login(l->s, rc == 1 ? entry.actor : CS_NULL);
		cell[RESPONSIBLE] = cs_case_login(l->s, c->responsible);
	}
	cell[STATE] = cs_case_code(r, c->state);
	cell[DUE_AT] = cs_case_time(l->s, r, c->due_at);
	cell[LATE] = CS_S(late_word(l, c));
	cell[DONE_AT] = cs_case_time(l->s, r, c->done_at);
	cell[CLOSED_AT] = cs_case_time(l->s, r, c->closed_at);
	cell[SCORE] = CS_I(score);
	if (put_ref(l, c->matter, &cell[MATTER], e) < 0 || put_ref(l, c->merged_into, &cell[MERGED_INTO], e) < 0 ||
	    (!secret && put_more(l, c, cell, e) < 0))
		return -1;
	cs_arena_reset(&l->s->work);
	return 0;
}

static int count_ledger(struct cs_session *s, const struct cs_report_ask *ask, struct cs_report *r, struct cs_err *e)
{
	struct ledger l = {s, r};
	const struct cs_case_taker to = {put_case, &l};

	if (cs_report_need_complaints(s, r->def, e) < 0)
		return -1;
	cs_report_add_level(s, r, shape_of(s, r));
	if (cs_cases_opened(s, ask, &ask->period, &s->policy->reports.complaints, &to, e) < 0)
		return -1;
	cs_report_keep(r);
	return 0;
}

/* --- what stands on the ticket alone --------------------------------------------------------- */

/* Who complains, by the name they gave with this ticket. */
static int put_person(struct cs_session *s, struct cs_report *r, const struct cs_ticket_row *t,
		      const struct cs_case_texts *texts, struct cs_value *cell, struct cs_err *e)
{
	struct cs_person_row person = {0};
	struct cs_premises_row home = {0};
	const char *called = cs_case_text(texts, "party.1.name");

	if ((t->customer != CS_NULL &&
	     cs_table_find(s->db, &cs_person_table, t->customer, &r->arena, &person, e) < 0) ||
	    (t->premises != CS_NULL && cs_table_find(s->db, &cs_premises_table, t->premises, &r->arena, &home, e) < 0))
		return -1;
	cell[COMPLAINANT] = CS_S(called ? called : person.name);
	cell[PHONE] = CS_S(person.phone);
	cell[PREMISES] = CS_S(home.address);
	return 0;
}

/* For whom an agent complains. */
static int put_principal(struct cs_session *s, struct cs_report *r, int64_t ticket, struct cs_value *cell,
			 struct cs_err *e)
{
	struct cs_person_row person = {0};
	const struct cs_party_row *party;
	void *rows;
	size_t n;

	if (cs_table_load(s->db, &cs_party_table, ticket, &r->arena, &rows, &n, e) < 0)
		return -1;
	party = rows;
	if (n == 0 || party->seq != 1 || party->principal == CS_NULL)
		return 0;
	if (cs_table_find(s->db, &cs_person_table, party->principal, &r->arena, &person, e) < 0)
		return -1;
	*cell = CS_S(person.name);
	return 0;
}

static int write_more(struct cs_session *s, struct cs_report *r, int64_t ticket, const struct cs_case_texts *texts,
		      struct cs_value *cell, struct cs_err *e)
{
	const struct cs_report_shape *shape = r->table[0].shape;

	for (size_t i = OWN; i < shape->column_count; i++) {
		const char *name = shape->column[i].name;

		if (shape->column[i].is != CS_FIGURE_WRITTEN)
			continue;
		if (strcmp(name, CS_LEDGER_PRINCIPAL) != 0)
			cell[i] = CS_S(cs_case_text(texts, cs_arena_printf(&r->arena, "text.%s", name)));
		else if (put_principal(s, r, ticket, &cell[i], e) < 0)
			return -1;
	}
	return 0;
}

/* One that another version of the ledger closed has other columns. */
static bool is_ours(const struct cs_report_shape *shape)
{
	bool same = shape->column_count >= OWN;

	for (size_t i = 0; same && i < OWN; i++)
		same = i == PROJECT || strcmp(shape->column[i].name, columns[i].name) == 0;
	return same;
}

static int write_ledger(struct cs_session *s, struct cs_report *r, int64_t upto, struct cs_err *e)
{
	struct cs_report_table *table = &r->table[0];
	size_t n = table->shape->column_count;

	for (size_t k = 0; k < table->row_count && is_ours(table->shape); k++) {
		struct cs_value *cell = &table->cell[k * n];
		struct cs_case_texts texts = {.arena = &r->arena};
		int64_t ticket = cs_ref_parse(cell[TICKET].s, e);
		struct cs_ticket_row t;
		int rc = ticket ? cs_table_find(s->db, &cs_ticket_table, ticket, &r->arena, &t, e) : -1;

		if (rc == 1 && (rc = cs_case_withheld(s, t.kind, ticket, e)) >= 0)
			rc = !rc;
		if (rc < 0 || (rc == 1 && (cs_case_read(s, ticket, upto, &texts, e) < 0 ||
					   put_person(s, r, &t, &texts, cell, e) < 0 ||
					   write_more(s, r, ticket, &texts, cell, e) < 0)))
			return -1;
		if (rc == 0)
			continue;
		cell[CONTENT] = CS_S(cs_case_text(&texts, "body"));
		if (cell[CONTENT].type == CS_V_NONE)
			cell[CONTENT] = CS_S(cs_case_text(&texts, "subject"));
		cell[WISH] = CS_S(cs_case_field(s, &texts, t.kind, "wish"));
		cell[REPLY] = CS_S(cs_case_field(s, &texts, t.kind, "reply"));
		cell[RESULT] = CS_S(cs_case_field(s, &texts, t.kind, "result"));
	}
	return 0;
}

const struct cs_report_def cs_report_ledger = {
	.name = "ledger",
	.about = "every complaint of the period with the nine fields of its record, class, reply, result and score",
	.shape = shapes,
	.shape_count = sizeof shapes / sizeof *shapes,
	.needs_period = true,
	.tickets = true,
	.count = count_ledger,
	.fill = write_ledger,
};
