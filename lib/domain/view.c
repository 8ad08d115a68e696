/* Values and conditions over a ticket. */
#include "domain/view.h"

#include <string.h>

#include "domain/clock.h"
#include "domain/party.h"
#include "domain/past.h"
#include "domain/policy_words.h"
#include "store/list.h"
#include "store/owed.h"
#include "store/ref.h"

static const struct cs_value none;

int cs_view_customer(const struct cs_view *v, struct cs_person_row *out)
{
	if (v->im->t.customer == CS_NULL)
		return 0;
	return cs_table_find(v->s->db, &cs_person_table, v->im->t.customer, v->im->arena, out, NULL);
}

static struct cs_value customer_value(const struct cs_view *v, const char *column)
{
	struct cs_person_row p;

	if (cs_view_customer(v, &p) != 1)
		return none;
	return CS_S(strcmp(column, "tier") == 0 ? p.tier : p.weight);
}

/* It lies on the ticket from before, though the step in hand takes it. */
static bool left_over(const struct cs_view *v, const char *name)
{
	return v->taking && cs_ids_has(&v->taking->takes, name) && !cs_given_has(v->set, v->set_count, name);
}

static bool row_left_over(const struct cs_view *v, const struct cs_ticket_row_row *row)
{
	const struct cs_list *l = v->taking ? cs_kind_list(v->kind, row->list) : NULL;

	if (!l || !cs_ids_has(&v->taking->takes, row->list))
		return false;
	for (size_t i = 0; i < v->row_count; i++)
		if (strcmp(v->row[i].list, row->list) == 0 && strcmp(v->row[i].key, row->key) == 0)
			return false;
	return true;
}

struct cs_value cs_view_value(const struct cs_view *v, const char *name)
{
	const struct cs_ticket_row *t = &v->im->t;
	const struct cs_value *own = v->unit ? NULL : cs_image_own(v->im, name);
	const struct cs_channel *channel;

	if (v->unit)
		return CS_S(strcmp(name, "level") == 0 ? v->unit->level : v->unit->function);
	if (left_over(v, name))
		return none;
	if (own)
		return *own;
	if (!cs_word_find(name))
		return none;
	if (strcmp(name, "open") == 0)
		return CS_I((int64_t)cs_image_in_stock(v->im));
	if (strcmp(name, "channel.group") == 0) {
		channel = t->channel ? cs_policy_channel(v->policy, t->channel) : NULL;
		return CS_S(channel ? channel->group : NULL);
	}
	if (strncmp(name, "customer.", 9) == 0)
		return customer_value(v, name + 9);
	if (strcmp(name, "party") == 0)
		return CS_I(t->customer);
	for (size_t i = 0; i < cs_ticket_table.column_count; i++) {
		const struct cs_table_column *c = &cs_ticket_table.column[i];

		if (strcmp(c->name, name) == 0)
			return c->type == CS_COL_INT ? CS_I(cs_row_int(c, t)) : CS_S(cs_row_text(c, t));
	}
	return none;
}

static bool same(const struct cs_value *a, const struct cs_value *b)
{
	if (a->type != b->type)
		return false;
	return a->type == CS_V_INT ? a->i == b->i : strcmp(a->s, b->s) == 0;
}

static enum cs_truth test(const struct cs_view *v, const struct cs_cond *c, const struct cs_value *x)
{
	struct cs_value other;

	if (c->test == CS_TEST_SET)
		return (x->type != CS_V_NONE) == (c->value[0].i == 1) ? CS_TRUE : CS_FALSE;
	if (x->type == CS_V_NONE)
		return CS_UNKNOWN;
	switch (c->test) {
	case CS_TEST_AT_LEAST:
	case CS_TEST_AT_MOST:
		if (c->number_undecided || x->type != CS_V_INT)
			return CS_UNKNOWN;
		return (c->test == CS_TEST_AT_LEAST ? x->i >= c->number : x->i <= c->number) ? CS_TRUE : CS_FALSE;
	case CS_TEST_EQUALS:
		other = cs_view_value(v, c->other);
		return other.type == CS_V_NONE ? CS_UNKNOWN : same(x, &other) ? CS_TRUE : CS_FALSE;
	default:
		for (size_t i = 0; i < c->value_count; i++)
			if (same(x, &c->value[i]))
				return CS_TRUE;
		return CS_FALSE;
	}
}

static enum cs_truth negate(enum cs_truth t)
{
	return t == CS_UNKNOWN ? CS_UNKNOWN : t == CS_TRUE ? CS_FALSE : CS_TRUE;
}

/* all: the first false decides; any: the first true. */
static enum cs_truth combine(const struct cs_view *v, const struct cs_cond *c, enum cs_truth decides)
{
	enum cs_truth result = negate(decides);

	for (size_t i = 0; i < c->sub_count; i++) {
		enum cs_truth t = cs_cond_eval(v, c->sub[i]);

		if (t == decides)
			return decides;
		if (t == CS_UNKNOWN)
			result = CS_UNKNOWN;
	}
	return result;
}

bool cs_view_step_at(const struct cs_view *v, const char *step, cs_time *at)
{
	struct cs_event ev;

	if (v->step && strcmp(v->step, step) == 0) {
		*at = v->as_of ? v->step_at : v->at;
		return true;
	}
	if (v->kind && v->im->t.opened_at != CS_NULL && strcmp(v->kind->register_step->id, step) == 0) {
		*at = v->im->t.opened_at;
		return true;
	}
	if (!v->im->exists || cs_event_last_step(v->s->db, v->im->t.id, step, v->im->t.cycle_event, &ev, NULL) != 1)
		return false;
	*at = ev.at;
	return true;
}

const char *cs_view_last_step(const struct cs_view *v, const struct cs_ids *steps, cs_time *at)
{
	const char *last = NULL;
	cs_time when;

	for (size_t i = 0; i < steps->count; i++)
		if (cs_view_step_at(v, steps->id[i], &when) && (!last || when >= *at)) {
			last = steps->id[i];
			*at = when;
		}
	return last;
}

static enum cs_truth since(const struct cs_view *v, const struct cs_cond *c)
{
	struct cs_count count = {.zone = v->policy->zone};
	cs_time end;

	if (c->span.unit == CS_SPAN_NONE || !cs_view_step_at(v, c->name, &count.from) ||
	    (v->as_of && count.from > v->at))
		return CS_UNKNOWN;
	if (cs_count_end(&count, &c->span, &end, NULL) < 0)
		return CS_UNKNOWN;
	return (v->at <= end) == c->within ? CS_TRUE : CS_FALSE;
}

static enum cs_truth clock_then(const struct cs_view *v, const struct cs_cond *c)
{
	int is = cs_past_clock(v->im, c->name, c->clock_is, v->at, v->just_before);

	return is < 0 ? CS_UNKNOWN : is ? CS_TRUE : CS_FALSE;
}

static enum cs_truth clock_state(const struct cs_view *v, const struct cs_cond *c)
{
	const struct cs_clock_row *r = cs_image_clock(v->im, c->name);
	bool running, late;

	if (v->as_of)
		return clock_then(v, c);
	if (!r)
		return CS_UNKNOWN;
	running = !r->verdict;
	late = running ? r->missed_due != CS_NULL || (r->due_at != CS_NULL && v->at > r->due_at)
		       : strcmp(r->verdict, "late") == 0;
	switch (c->clock_is) {
	case CS_CLOCK_RUNNING: return running && r->paused_at == CS_NULL ? CS_TRUE : CS_FALSE;
	case CS_CLOCK_PAUSED: return running && r->paused_at != CS_NULL ? CS_TRUE : CS_FALSE;
	case CS_CLOCK_MET: return !running && strcmp(r->verdict, "met") == 0 ? CS_TRUE : CS_FALSE;
	case CS_CLOCK_LATE: return late ? CS_TRUE : CS_FALSE;
	case CS_CLOCK_VOID: return !running && strcmp(r->verdict, "void") == 0 ? CS_TRUE : CS_FALSE;
	}
	return CS_UNKNOWN;
}

static enum cs_truth evidence(const struct cs_view *v, const struct cs_cond *c)
{
	for (size_t i = 0; i < v->evidence_count; i++)
		if (strcmp(c->name, "any") == 0 || strcmp(v->evidence[i].kind, c->name) == 0)
			return CS_TRUE;
	return CS_FALSE;
}

static bool in_capacity(const struct cs_cond *c, const struct cs_party_row *p)
{
	return p->until == CS_NULL && strcmp(p->capacity, c->name) == 0;
}

static enum cs_truth row_truth(const struct cs_view *v, const struct cs_ticket_row_row *row, const struct cs_cond *c);

/* Whose row it is: one that names nobody is of whoever had the capacity first. */
static int64_t row_owner(const struct cs_view *v, const struct cs_ticket_row_row *row, const char *capacity)
{
	const int64_t person = cs_row_person(row->key);

	return person == CS_NULL ? cs_party_first(v->im, capacity) : person;
}

enum cs_truth cs_view_party_truth(const struct cs_view *v, const struct cs_cond *c, const struct cs_party_row *p)
{
	enum cs_truth has = CS_FALSE;

	if (!in_capacity(c, p))
		return CS_TRUE;
	if (c->principal && p->principal == CS_NULL)
		return CS_FALSE;
	if (!c->row || p->via != CS_NULL)
		return CS_TRUE;
	for (size_t i = 0; has != CS_TRUE && i < cs_image_count(v->im, CS_P_ROW); i++) {
		const struct cs_ticket_row_row *r = cs_image_at(v->im, CS_P_ROW, i);
		enum cs_truth t;

		if (strcmp(r->list, c->row) != 0 || row_owner(v, r, c->name) != p->person ||
		    !cs_row_speaks_for(r->key, p->principal))
			continue;
		t = c->sub_count ? row_truth(v, r, c->sub[0]) : CS_TRUE;
		has = t == CS_FALSE ? has : t;
	}
	return has;
}

static enum cs_truth party(const struct cs_view *v, const struct cs_cond *c)
{
	enum cs_truth there = CS_FALSE;
	bool unknown = false;

	for (size_t i = 0; i < cs_image_count(v->im, CS_P_PARTY); i++) {
		const struct cs_party_row *p = cs_image_at(v->im, CS_P_PARTY, i);
		enum cs_truth t = cs_view_party_truth(v, c, p);

		if (t == CS_FALSE)
			return CS_FALSE;
		unknown = unknown || t == CS_UNKNOWN;
		there = in_capacity(c, p) ? CS_TRUE : there;
	}
	return unknown ? CS_UNKNOWN : there;
}

/* The row's cells hide the ticket's fields of the same name. */
static enum cs_truth row_truth(const struct cs_view *v, const struct cs_ticket_row_row *row, const struct cs_cond *c)
{
	struct cs_value x;
	enum cs_truth result, decides = c->op == CS_COND_ALL ? CS_FALSE : CS_TRUE;

	switch (c->op) {
	case CS_COND_FIELD:
		x = cs_image_cell(v->im, row, c->name);
		return test(v, c, &x);
	case CS_COND_NOT: return negate(row_truth(v, row, c->sub[0]));
	case CS_COND_ALL:
	case CS_COND_ANY:
		result = negate(decides);
		for (size_t i = 0; i < c->sub_count; i++) {
			enum cs_truth t = row_truth(v, row, c->sub[i]);

			if (t == decides)
				return decides;
			if (t == CS_UNKNOWN)
				result = CS_UNKNOWN;
		}
		return result;
	default: return cs_cond_eval(v, c);
	}
}

enum cs_truth cs_view_row_truth(const struct cs_view *v, const struct cs_ticket_row_row *row, const struct cs_cond *c)
{
	return c ? row_truth(v, row, c) : CS_TRUE;
}

/* Whether some or every row of the list is as the condition says; how many rows it has. */
static enum cs_truth rows_truth(const struct cs_view *v, const struct cs_cond *c, int64_t *rows)
{
	int64_t yes = 0, unknown = 0;

	for (size_t i = 0; i < cs_image_count(v->im, CS_P_ROW); i++) {
		const struct cs_ticket_row_row *r = cs_image_at(v->im, CS_P_ROW, i);
		enum cs_truth t;

		if (strcmp(r->list, c->name) != 0 || row_left_over(v, r))
			continue;
		++*rows;
		t = c->sub_count ? row_truth(v, r, c->sub[0]) : CS_TRUE;
		yes += t == CS_TRUE;
		unknown += t == CS_UNKNOWN;
	}
	if (!c->sub_count)
		return CS_TRUE;
	if (c->every)
		return yes == *rows ? CS_TRUE : yes + unknown == *rows ? CS_UNKNOWN : CS_FALSE;
	return yes > 0 ? CS_TRUE : unknown > 0 ? CS_UNKNOWN : CS_FALSE;
}

static enum cs_truth list(const struct cs_view *v, const struct cs_cond *c)
{
	int64_t rows = 0;
	enum cs_truth t = rows_truth(v, c, &rows);

	if (c->number > rows)
		return CS_FALSE;
	return c->number_undecided && t == CS_TRUE ? CS_UNKNOWN : t;
}

static enum cs_truth count(const struct cs_view *v, const struct cs_cond *c)
{
	struct cs_voices *voices = v->voices, own;

	if (c->number_undecided || (c->tally.has_within && c->tally.within.unit == CS_SPAN_NONE))
		return CS_UNKNOWN;
	if (!voices) {
		voices = &own;
		if (cs_voices_read(&own, v->s->db, v->im, v->kind->register_step->id, NULL) < 0)
			return CS_UNKNOWN;
	}
	return cs_voices_count(voices, &c->tally, v->policy->zone, v->at) >= c->number ? CS_TRUE : CS_FALSE;
}

static enum cs_truth owed(const struct cs_view *v, const struct cs_cond *c)
{
	for (size_t i = 0; i < cs_image_count(v->im, CS_P_OWED); i++) {
		const struct cs_owed_row *o = cs_image_at(v->im, CS_P_OWED, i);

		if (cs_owed_open(o) && o->owed_at <= v->at && strcmp(o->duty, c->name) == 0)
			return CS_TRUE;
	}
	return CS_FALSE;
}

int cs_view_via(const struct cs_view *v, const char *field, struct cs_image *im, struct cs_view *out, struct cs_err *e)
{
	struct cs_value ref = cs_view_value(v, field);
	int64_t id;
	int rc;

	if (ref.type != CS_V_TEXT)
		return 0;
	if (strcmp(ref.s, "none") == 0)
		return 2;
	id = cs_ref_parse(ref.s, e);
	if (!id)
		return -1;
	cs_image_init(im, v->im->arena);
	rc = cs_image_load(im, v->s->db, id, e);
	while (rc == 1 && im->t.merged_into != CS_NULL) { /* who survived answers for it */
		id = im->t.merged_into;
		cs_image_init(im, v->im->arena);
		rc = cs_image_load(im, v->s->db, id, e);
	}
	if (rc != 1)
		return rc;
	*out = (struct cs_view){
		.s = v->s, .policy = v->policy, .kind = cs_policy_kind(v->policy, im->t.kind), .im = im, .at = v->at};
	return out->kind ? 1 : 0;
}

/* Unset is unknown; "looked, there is none" is an answer: nothing can be said of it. */
static enum cs_truth via(const struct cs_view *v, const struct cs_cond *c)
{
	struct cs_image im;
	struct cs_view other;

	switch (cs_view_via(v, c->name, &im, &other, NULL)) {
	case 1: return cs_cond_eval(&other, c->sub[0]);
	case 2: return CS_FALSE;
	default: return CS_UNKNOWN;
	}
}

int cs_view_other(const struct cs_view *v, int64_t ticket, struct cs_image *im, struct cs_view *out, struct cs_err *e)
{
	int rc;

	cs_image_init(im, v->im->arena);
	rc = cs_image_load(im, v->s->db, ticket, e);
	if (rc != 1)
		return rc;
	*out = (struct cs_view){
		.s = v->s, .policy = v->policy, .kind = cs_policy_kind(v->policy, im->t.kind), .im = im, .at = v->at};
	return out->kind ? 1 : 0;
}

/* What the condition says of one ticket that is linked. */
static void ask_linked(const struct cs_view *v, const struct cs_cond *c, int64_t ticket, struct cs_view_linked *out)
{
	struct cs_image im;
	struct cs_view other;
	enum cs_truth t = CS_TRUE;

	if (c->sub_count)
		t = cs_view_other(v, ticket, &im, &other, NULL) == 1 ? cs_cond_eval(&other, c->sub[0]) : CS_UNKNOWN;
	out->open += t == CS_UNKNOWN;
	if (t != CS_TRUE)
		return;
	out->ticket = cs_arena_grow(v->im->arena, out->ticket, out->count, &out->size, sizeof *out->ticket);
	out->ticket[out->count++] = ticket;
}

/* Links to this ticket; that two are the same is said of both. */
int cs_view_linked(const struct cs_view *v, const struct cs_cond *c, struct cs_view_linked *out, struct cs_err *e)
{
	struct cs_linked to = {0};

	*out = (struct cs_view_linked){0};
	if (v->linked)
		to = *v->linked;
	else if (cs_list_linked(v->s->db, v->im->t.id, v->im->arena, &to.row, &to.count, e) < 0)
		return -1;
	for (size_t i = 0; i < to.count; i++)
		if (to.row[i].until == CS_NULL && strcmp(to.row[i].link, c->name) == 0)
			ask_linked(v, c, to.row[i].ticket, out);
	for (size_t i = 0; strcmp(c->name, CS_LINK_SAME) == 0 && i < cs_image_count(v->im, CS_P_LINK); i++) {
		const struct cs_link_row *l = cs_image_at(v->im, CS_P_LINK, i);

		if (l->until == CS_NULL && strcmp(l->link, c->name) == 0)
			ask_linked(v, c, l->other, out);
	}
	return 0;
}

static enum cs_truth linked(const struct cs_view *v, const struct cs_cond *c)
{
	struct cs_view_linked found;
	int64_t yes, open;

	if (cs_view_linked(v, c, &found, NULL) < 0 || c->number_undecided)
		return CS_UNKNOWN;
	yes = (int64_t)found.count;
	open = (int64_t)found.open;
	if (c->test == CS_TEST_AT_LEAST)
		return yes >= c->number ? CS_TRUE : yes + open < c->number ? CS_FALSE : CS_UNKNOWN;
	return yes > c->number ? CS_FALSE : yes + open <= c->number ? CS_TRUE : CS_UNKNOWN;
}

const struct cs_admission_rule *cs_view_admission(const struct cs_view *v, enum cs_truth *t)
{
	for (size_t i = 0; i < v->kind->admission_count; i++) {
		*t = cs_cond_eval(v, v->kind->admission[i].when);
		if (*t != CS_FALSE)
			return &v->kind->admission[i];
	}
	*t = CS_FALSE;
	return NULL;
}

/* What lies on the ticket counts, also what the step in hand takes. */
static enum cs_truth admission(const struct cs_view *v, const struct cs_cond *c)
{
	struct cs_view whole = *v;
	const struct cs_admission_rule *rule;
	enum cs_truth t;

	whole.taking = NULL;
	rule = cs_view_admission(&whole, &t);
	return t != CS_TRUE ? t : cs_ids_has(&rule->allow, c->name) ? CS_TRUE : CS_FALSE;
}

enum cs_truth cs_cond_eval(const struct cs_view *v, const struct cs_cond *c)
{
	struct cs_value x;
	cs_time at;

	if (!c)
		return CS_TRUE;
	switch (c->op) {
	case CS_COND_FIELD:
		x = cs_view_value(v, c->name);
		return test(v, c, &x);
	case CS_COND_ALL: return combine(v, c, CS_FALSE);
	case CS_COND_ANY: return combine(v, c, CS_TRUE);
	case CS_COND_NOT: return negate(cs_cond_eval(v, c->sub[0]));
	case CS_COND_SINCE: return since(v, c);
	case CS_COND_DONE: return cs_view_step_at(v, c->name, &at) && (!v->as_of || at <= v->at) ? CS_TRUE : CS_FALSE;
	case CS_COND_CLOCK: return clock_state(v, c);
	case CS_COND_EVIDENCE: return evidence(v, c);
	case CS_COND_PARTY: return party(v, c);
	case CS_COND_LIST: return list(v, c);
	case CS_COND_VIA: return via(v, c);
	case CS_COND_LINKED: return linked(v, c);
	case CS_COND_ADMISSION: return admission(v, c);
	case CS_COND_COUNT: return count(v, c);
	case CS_COND_OWED: return owed(v, c);
	}
	return CS_UNKNOWN;
}

bool cs_scope_has(const struct cs_view *v, const struct cs_scope *scope)
{
	if (scope->kinds.count && !cs_ids_has(&scope->kinds, v->im->t.kind))
		return false;
	return cs_cond_eval(v, scope->where) == CS_TRUE;
}
