/* Decide: whether a step may be taken and what it does. */
#include "domain/decide.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "domain/approval.h"
#include "domain/decision.h"
#include "domain/fold.h"
#include "domain/names.h"
#include "domain/party.h"
#include "domain/policy_words.h"
#include "domain/publication.h"
#include "domain/similar.h"
#include "domain/values.h"
#include "store/find.h"
#include "store/ref.h"

/* A step that names nobody is for all staff. */
bool cs_decide_may(const struct cs_view *v, const struct cs_step *st, int64_t staff)
{
	return st->by.count == 0 || cs_whos_have(v, &st->by, staff);
}

/* What the state allows, to whoever may. */
static const char *list_steps(const struct cs_image *im, const struct cs_kind *k, struct cs_arena *a)
{
	struct cs_buf b = {0};
	const char *text;

	for (size_t i = 0; i < k->step_count; i++) {
		const struct cs_step *st = &k->step[i];
		if (st->from_any || cs_ids_has(&st->from, im->t.state))
			cs_buf_printf(&b, "%s%s", b.len ? ", " : "", st->id);
	}
	text = cs_arena_strdup(a, cs_buf_str(&b));
	cs_buf_free(&b);
	return text;
}

static int refuse_state(struct cs_decision *d, struct cs_err *e)
{
	const char *allowed = list_steps(&d->after, d->v.kind, d->after.arena);

	return cs_fail(e, CS_REFUSED, "%s: the ticket is in state %s, which allows: %s", d->step->id, d->after.t.state,
		       *allowed ? allowed : "nothing");
}

static bool from_here(const struct cs_decision *d)
{
	return d->step->from_any || cs_ids_has(&d->step->from, d->after.t.state);
}

static bool cond_names(const struct cs_cond *c, const char *name)
{
	if (!c)
		return false;
	if (c->op == CS_COND_FIELD && (strcmp(c->name, name) == 0 || (c->other && strcmp(c->other, name) == 0)))
		return true;
	for (size_t i = 0; i < c->sub_count; i++)
		if (c->op != CS_COND_LIST && c->op != CS_COND_VIA && c->op != CS_COND_LINKED &&
		    cond_names(c->sub[i], name))
			return true;
	return false;
}

/* A rule of admission that may allow the step needs it. */
static bool admission_needs(const struct cs_decision *d, const char *name)
{
	const struct cs_need *gate = cs_step_gate(d->step);

	for (size_t i = 0; gate && i < d->v.kind->admission_count; i++) {
		const struct cs_admission_rule *r = &d->v.kind->admission[i];

		for (size_t j = 0; j < r->need_count && cs_ids_has(&r->allow, gate->cond->name); j++)
			if ((r->need[j].word && strcmp(r->need[j].word, name) == 0) ||
			    cond_names(r->need[j].cond, name))
				return true;
	}
	return false;
}

/* A step takes what it needs, what its conditions ask, what it moves a clock to, and what it says it takes. */
static bool takes(const struct cs_decision *d, const char *name)
{
	const struct cs_step *st = d->step;

	if (cs_ids_has(&st->takes, name) || d->req->history)
		return true;
	if (st == d->v.kind->register_step && cs_kind_field(d->v.kind, name))
		return true;
	for (size_t i = 0; i < st->need_count; i++)
		if ((st->need[i].word && strcmp(st->need[i].word, name) == 0) || cond_names(st->need[i].cond, name))
			return true;
	for (size_t i = 0; i < st->move_count; i++)
		if (strcmp(st->move[i].field, name) == 0)
			return true;
	return admission_needs(d, name);
}

static bool is_due_field(const struct cs_kind *k, const char *field)
{
	for (size_t i = 0; i < k->clock_count; i++)
		for (size_t j = 0; j < k->clock[i].rule_count; j++)
			if (k->clock[i].rule[j].due_field && strcmp(k->clock[i].rule[j].due_field, field) == 0)
				return true;
	for (size_t i = 0; i < k->step_count; i++)
		for (size_t j = 0; j < k->step[i].move_count; j++)
			if (strcmp(k->step[i].move[j].field, field) == 0)
				return true;
	return false;
}

/* A day alone does not say when; history says what is known. */
static int check_time_of_day(const struct cs_decision *d, const char *name, const struct cs_field *f,
			     const struct cs_given *g, const struct cs_value *v, struct cs_err *e)
{
	char plain[128];

	if (d->req->history || v->type != CS_V_INT || f->type != CS_FIELD_TIME ||
	    strpbrk(cs_utf8_plain(g->text, plain, sizeof plain), ":@"))
		return 0;
	return cs_fail(e, CS_REFUSED, "%s: '%s' needs a time of day, such as 18:00", name, g->text);
}

/* A time that a clock counts to: nobody promises the past. */
static int check_promise(const struct cs_decision *d, const struct cs_field *f, const struct cs_given *g,
			 const struct cs_value *v, struct cs_err *e)
{
	const struct cs_zone *z = d->v.policy->zone;
	char at[40];

	if (d->req->history || v->type != CS_V_INT || !is_due_field(d->v.kind, f->id))
		return 0;
	if (f->type == CS_FIELD_TIME ? v->i < d->ev.at : v->i < cs_time_day(z, d->ev.at))
		return cs_fail(e, CS_REFUSED, "%s: '%s' lies before the step itself, at %s", f->id, g->text,
			       cs_time_text_minute(z, d->ev.at, at));
	return 0;
}

static bool is_start_field(const struct cs_kind *k, const char *field)
{
	for (size_t i = 0; i < k->clock_count; i++)
		for (size_t j = 0; j < k->clock[i].rule_count; j++)
			if (k->clock[i].rule[j].at && strcmp(k->clock[i].rule[j].at, field) == 0)
				return true;
	return false;
}

/* A time that a clock counts from: what has not come in yet cannot have come in. */
static int check_start(const struct cs_decision *d, const struct cs_field *f, const struct cs_given *g,
		       const struct cs_value *v, struct cs_err *e)
{
	char at[40];

	if (d->req->history || v->type != CS_V_INT || f->type != CS_FIELD_TIME || v->i <= d->ev.at ||
	    !is_start_field(d->v.kind, f->id))
		return 0;
	return cs_fail(e, CS_REFUSED, "%s: '%s' lies after the step itself, at %s", f->id, g->text,
		       cs_time_text_minute(d->v.policy->zone, d->ev.at, at));
}

/* Nobody who has left and no unit that is closed gets work. */
static int check_there(const struct cs_decision *d, const char *name, enum cs_field_type type, const struct cs_value *v,
		       struct cs_err *e)
{
	const struct cs_unit_row *u = type == CS_FIELD_UNIT ? cs_org_unit(&d->s->org, v->i) : NULL;
	const struct cs_staff_row *p = type == CS_FIELD_STAFF ? cs_org_staff(&d->s->org, v->i) : NULL;

	if (d->req->history)
		return 0;
	if (u && u->closed_at != CS_NULL && u->closed_at <= d->ev.at && strcmp(name, "handling") == 0)
		return cs_fail(e, CS_REFUSED, "%s: unit %s is closed", name, u->code);
	if (p && !cs_staff_active(p, d->ev.at))
		return cs_fail(e, CS_REFUSED, "%s: %s is not on the staff then", name, p->login);
	return 0;
}

static void put_key(struct cs_decision *d, const struct cs_field *f, const struct cs_value *v)
{
	const bool apart = f->type == CS_FIELD_TEXT || f->personal;

	if (f->find)
		cs_emit(d, CS_OP_KEY, CS_S(f->id),
			CS_S(apart || v->type == CS_V_NONE ? NULL : cs_value_show(d->s, f->type, v, d->after.arena)));
}

static int set_own(struct cs_decision *d, const struct cs_field *f, const struct cs_given *g, struct cs_err *e)
{
	struct cs_arena *a = d->after.arena;
	struct cs_value v;

	if (cs_value_of_field(d->s, f, g->text, a, &v, e) < 0)
		return cs_fail_in(e, "%s", f->id);
	if (check_time_of_day(d, f->id, f, g, &v, e) < 0 || check_promise(d, f, g, &v, e) < 0 ||
	    check_start(d, f, g, &v, e) < 0 || check_there(d, f->id, f->type, &v, e) < 0)
		return -1;
	if (f->type == CS_FIELD_TEXT || f->personal) {
		cs_effects_private(d->out, cs_arena_printf(a, "text.%s", f->id),
				   v.type == CS_V_INT ? cs_arena_strdup(a, g->text) : v.s);
		cs_emit(d, CS_OP_TEXT, CS_S(f->id));
	} else
		cs_emit(d, CS_OP_FIELD, CS_S(f->id), v);
	put_key(d, f, &v);
	return 0;
}

static int set_word(struct cs_decision *d, const struct cs_word *w, const struct cs_given *g, struct cs_err *e)
{
	struct cs_arena *a = d->after.arena;
	struct cs_value v;

	if (cs_value_of_word(d->s, d->v.kind, w, g->text, a, &v, e) < 0)
		return cs_fail_in(e, "%s", w->name);
	if (check_there(d, w->name, w->type, &v, e) < 0)
		return -1;
	if (strcmp(w->name, "subject") == 0) {
		cs_effects_private(d->out, "subject", v.s);
		return cs_emit_none(d, CS_OP_SUBJECT);
	}
	cs_emit(d, CS_OP_SET, CS_S(w->name), v);
	if (strcmp(w->name, "category") == 0 && !cs_given_has(d->req->set, d->req->set_count, "specialty")) {
		const struct cs_category *c = v.s ? cs_policy_category(d->v.policy, v.s) : NULL;

		cs_emit(d, CS_OP_SET, CS_S("specialty"), CS_S(c ? c->specialty : NULL));
	}
	return 0;
}

int cs_decide_set(struct cs_decision *d, const struct cs_given *g, struct cs_err *e)
{
	const struct cs_field *f = cs_kind_field(d->v.kind, g->name);
	const struct cs_word *w = f ? NULL : cs_word_find(g->name);

	if (!f && (!w || !(w->use & CS_WORD_TAKE)))
		return cs_fail(e, CS_USAGE, "kind %s has no field '%s'", d->v.kind->id, g->name);
	if (f && f->is.how)
		return cs_fail(e, CS_REFUSED, "%s follows from the rows of %s: give those (--row %s:...)", f->id,
			       f->is.list, f->is.list);
	if (!takes(d, g->name))
		return cs_fail(e, CS_REFUSED, "%s does not take %s", d->step->id, g->name);
	if (f && f->by.count && !d->req->history && !cs_whos_have(&d->v, &f->by, d->ev.actor))
		return cs_fail(e, CS_REFUSED, "%s: not yours to set", f->id);
	return f ? set_own(d, f, g, e) : set_word(d, w, g, e);
}

/* What held before this step and no longer does: a quote takes back the consent to the one before. */
static void clear_fields(struct cs_decision *d)
{
	const struct cs_value none = {CS_V_NONE, 0, NULL};

	for (size_t i = 0; i < d->step->clears.count; i++) {
		const char *id = d->step->clears.id[i];
		const struct cs_value *v = cs_image_own(&d->after, id);

		if (!v || v->type == CS_V_NONE || cs_given_has(d->req->set, d->req->set_count, id))
			continue;
		cs_emit(d, CS_OP_FIELD, CS_S(id), none);
		put_key(d, cs_kind_field(d->v.kind, id), &none);
	}
}

static const struct cs_field *list_field(const struct cs_list *l, const char *name)
{
	for (size_t i = 0; i < l->field_count; i++)
		if (strcmp(l->field[i].id, name) == 0)
			return &l->field[i];
	return NULL;
}

/* Told apart by one who takes part, too, where the row names one. NULL: refused. */
static const char *key_of_party(const struct cs_decision *d, const struct cs_list *l, const struct cs_given_row *row,
				const char *key, struct cs_err *e)
{
	for (size_t i = 0; l->per_party && i < row->cell_count; i++) {
		if (strcmp(row->cell[i].name, CS_ROW_PARTY) != 0)
			continue;
		if (d->step != d->v.kind->register_step)
			return cs_row_key_of(d->s, &d->after, l, key, row->cell[i].text, e);
		cs_fail(e, CS_REFUSED, "%s: party: a row of somebody is given once he takes part, with a later step",
			l->id);
		return NULL;
	}
	return key;
}

/* What tells the row apart, however it was typed: 01 is the line 1. NULL: refused. */
static const char *row_key(const struct cs_decision *d, const struct cs_list *l, const struct cs_given_row *row,
			   struct cs_err *e)
{
	const struct cs_field *f = list_field(l, l->key);
	struct cs_arena *a = d->after.arena;
	struct cs_value v;

	for (size_t i = 0; i < row->cell_count; i++) {
		const char *key;

		if (strcmp(row->cell[i].name, l->key) != 0)
			continue;
		if (!f || cs_value_of_field(d->s, f, row->cell[i].text, a, &v, e) < 0) {
			cs_fail_in(e, "%s.%s", l->id, l->key);
			return NULL;
		}
		key = cs_value_show(d->s, f->type, &v, a);
		if (*key && !strchr(key, '.'))
			return key_of_party(d, l, row, key, e);
	}
	cs_fail(e, CS_USAGE, "a row of %s needs its key %s (without a point)", l->id, l->key);
	return NULL;
}

static int set_row(struct cs_decision *d, const struct cs_given_row *row, struct cs_err *e)
{
	const struct cs_list *l = cs_kind_list(d->v.kind, row->list);
	struct cs_arena *a = d->after.arena;
	const char *key;

	if (!l)
		return cs_fail(e, CS_USAGE, "kind %s has no list '%s'", d->v.kind->id, row->list);
	if (!takes(d, l->id))
		return cs_fail(e, CS_REFUSED, "%s does not take rows of %s", d->step->id, l->id);
	key = row_key(d, l, row, e);
	if (!key)
		return -1;
	for (size_t i = 0; i < d->row_count; i++)
		if (strcmp(d->row[i].list, l->id) == 0 && strcmp(d->row[i].key, key) == 0)
			return cs_fail(e, CS_USAGE, "row %s of %s is given twice", key, l->id);
	d->row[d->row_count++] = (struct cs_row_key){l->id, key};
	for (size_t i = 0; i < row->cell_count; i++) {
		const struct cs_field *f = list_field(l, row->cell[i].name);
		struct cs_value v;

		if (!f && l->per_party && strcmp(row->cell[i].name, CS_ROW_PARTY) == 0)
			continue; /* in the key */
		if (!f)
			return cs_fail(e, CS_USAGE, "list %s has no field '%s'", l->id, row->cell[i].name);
		if (cs_value_of_field(d->s, f, row->cell[i].text, a, &v, e) < 0)
			return cs_fail_in(e, "%s.%s", l->id, f->id);
		if (check_time_of_day(d, cs_arena_printf(a, "%s.%s", l->id, f->id), f, &row->cell[i], &v, e) < 0)
			return -1;
		if (f->type == CS_FIELD_TEXT || f->personal) {
			cs_effects_private(d->out, cs_arena_printf(a, "cell.%s.%s.%s", l->id, key, f->id),
					   cs_arena_strdup(a, row->cell[i].text));
			cs_emit(d, CS_OP_CELL_TEXT, CS_S(l->id), CS_S(key), CS_S(f->id));
		} else
			cs_emit(d, CS_OP_CELL, CS_S(l->id), CS_S(key), CS_S(f->id), v);
	}
	return 0;
}

/* The kinds by their ids, for the conditions too. */
static int read_evidence(struct cs_decision *d, struct cs_err *e)
{
	size_t n = d->req->evidence_count;
	struct cs_given_evidence *list = cs_arena_alloc(d->after.arena, (n + 1) * sizeof *list);

	for (size_t i = 0; i < n; i++) {
		list[i] = d->req->evidence[i];
		list[i].kind = cs_name_find(d->v.policy, "evidence", list[i].kind, e);
		if (!list[i].kind)
			return -1;
	}
	d->v.evidence = list;
	d->v.evidence_count = n;
	return 0;
}

static int put_evidence(struct cs_decision *d, struct cs_err *e)
{
	struct cs_arena *a = d->after.arena;

	for (size_t i = 0; i < d->v.evidence_count; i++) {
		const struct cs_given_evidence *g = &d->v.evidence[i];
		const struct cs_evidence_kind *kind = cs_policy_evidence(d->v.policy, g->kind);
		int64_t seq = cs_image_next_seq(&d->after, CS_P_EVIDENCE);
		const struct cs_staff_row *worker = NULL;
		struct cs_err why = {0};

		if ((kind->signer_customer || kind->signer_staff) && (!g->signer || cs_utf8_blank(g->signer)) &&
		    !d->req->history)
			return cs_fail(e, CS_REFUSED, "evidence %s: say who signed (%s,signer=NAME)", g->kind, g->kind);
		if (kind->signer_staff && g->signer && !d->req->history) {
			worker = cs_org_find_staff(&d->s->org, g->signer, &why);
			if (!worker)
				return cs_fail(e, CS_REFUSED, "evidence %s: one of the staff signs it; %s", g->kind,
					       why.text);
			if (!cs_staff_active(worker, d->ev.at))
				return cs_fail(e, CS_REFUSED, "evidence %s: %s is not on the staff then", g->kind,
					       worker->login);
		}
		cs_effects_private(d->out, cs_arena_printf(a, "evidence.%lld.signer", (long long)seq),
				   cs_arena_strdup(a, worker ? worker->login : g->signer));
		cs_effects_private(d->out, cs_arena_printf(a, "evidence.%lld.kept", (long long)seq),
				   cs_arena_strdup(a, g->kept));
		cs_emit(d, CS_OP_EVIDENCE, CS_I(seq), CS_S(kind->id), CS_S(cs_arena_strdup(a, g->digest)));
	}
	return 0;
}

int cs_decide_evidence(struct cs_decision *d, struct cs_err *e)
{
	return d->req->evidence_count && read_evidence(d, e) < 0 ? -1 : put_evidence(d, e);
}

void cs_decide_note(struct cs_decision *d)
{
	char *note = cs_arena_strdup(d->after.arena, d->req->note);

	if (!note)
		return;
	cs_utf8_trim(note);
	if (*note)
		cs_effects_private(d->out, "note", note);
}

static int set_all(struct cs_decision *d, struct cs_err *e)
{
	if (d->req->evidence_count && read_evidence(d, e) < 0)
		return -1;
	clear_fields(d);
	for (size_t i = 0; i < d->req->set_count; i++)
		if (cs_decide_set(d, &d->req->set[i], e) < 0)
			return -1;
	if (d->req->row_count)
		d->row = cs_arena_alloc(d->after.arena, d->req->row_count * sizeof *d->row);
	for (size_t i = 0; i < d->req->row_count; i++)
		if (set_row(d, &d->req->row[i], e) < 0)
			return -1;
	if (d->row_count && cs_decide_derived(d, e) < 0)
		return -1;
	cs_decide_note(d);
	return cs_decide_parties(d, e) < 0 ? -1 : put_evidence(d, e);
}

/* Handed to another unit without naming a person: who had it there has it no longer. */
static void release_assignee(struct cs_decision *d, const struct cs_image *before)
{
	const struct cs_ticket_row *t = &d->after.t;

	if (t->handling == before->t.handling || t->assignee == CS_NULL || t->assignee != before->t.assignee)
		return;
	if (!cs_org_in(&d->s->org, t->assignee, t->handling, d->ev.at))
		cs_emit(d, CS_OP_SET, CS_S("assignee"), CS_I(CS_NULL));
}

/* The ticket is out of stock, or this step takes it out: it keeps nothing from others. */
static bool leaves_stock(const struct cs_decision *d)
{
	const struct cs_state *to =
		d->step->to == CS_TO_STATE ? cs_kind_state(d->v.kind, d->step->to_state) : NULL;

	if (d->step->to == CS_TO_SAME && d->after.t.state)
		return d->after.t.done_at != CS_NULL;
	return to && (to->is == CS_IS_DONE || to->is == CS_IS_CLOSED);
}

/* No second ticket in stock with the same value (a wheelchair is lent once). */
static int check_exclusive(struct cs_decision *d, struct cs_err *e)
{
	if (leaves_stock(d))
		return 0;
	for (size_t i = 0; i < d->v.kind->exclusive.count; i++) {
		const char *field = d->v.kind->exclusive.id[i];
		const struct cs_field *f = cs_kind_field(d->v.kind, field);
		struct cs_value v = cs_view_value(&d->v, field);
		int64_t other = 0;
		char ref[CS_REF_SIZE];

		if (!f || v.type == CS_V_NONE)
			continue;
		if (cs_find_exclusive(d->s->db, d->v.kind->id, field,
				      cs_value_show(d->s, f->type, &v, d->after.arena), d->after.t.id, &other, e) < 0)
			return -1;
		if (other)
			return cs_fail(e, CS_REFUSED, "%s is taken by %s", field, cs_ref_text(other, ref));
	}
	return 0;
}

static const char *is_word(enum cs_is is)
{
	static const char *const words[] = {"open", "waiting", "standing", "done", "closed"};

	return words[is];
}

void cs_decide_enter(struct cs_decision *d, const char *state)
{
	const struct cs_state *st = cs_kind_state(d->v.kind, state);

	if (d->after.t.state && strcmp(d->after.t.state, state) == 0)
		return;
	cs_emit(d, CS_OP_STATE, CS_S(st->id), CS_S(is_word(st->is)), CS_S(st->waits));
}

/* Out of done or closed into work again: a reopening, a new cycle. */
static bool change_state(struct cs_decision *d)
{
	const char *to = d->step->to == CS_TO_STATE   ? d->step->to_state
			 : d->step->to == CS_TO_FIRST ? d->v.kind->first_state
						      : d->after.t.state;
	bool was_done = d->after.t.done_at != CS_NULL;
	const struct cs_state *st = cs_kind_state(d->v.kind, to);
	bool reopened = was_done && (st->is == CS_IS_OPEN || st->is == CS_IS_WAITING);

	if (reopened) {
		cs_decide_drop_callbacks(d, "reopened");
		cs_decide_end_cycle(d);
		cs_emit(d, CS_OP_CYCLE, CS_I(d->after.t.cycle + 1));
		cs_emit(d, CS_OP_SET, CS_S("level"), CS_I(0));
	}
	cs_decide_enter(d, to);
	return reopened;
}

static int check_close(struct cs_decision *d, struct cs_err *e)
{
	const struct cs_state *st = d->step->to == CS_TO_STATE ? cs_kind_state(d->v.kind, d->step->to_state) : NULL;

	if (!st || st->is != CS_IS_CLOSED || strcmp(d->step->id, CS_STEP_MERGE) == 0 ||
	    cs_step_withdraws(d->v.kind, d->step))
		return 0;
	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_CALLBACK); i++) {
		const struct cs_callback_row *c = cs_image_at(&d->after, CS_P_CALLBACK, i);
		const struct cs_callback_rule *rule = c->rule ? cs_policy_callback(d->v.policy, c->rule) : NULL;

		if (rule && rule->holds && cs_callback_to_make(c))
			return cs_fail(e, CS_REFUSED, "%s: call-back %lld (%s) is still to be made", d->step->id,
				       (long long)c->seq, c->purpose);
	}
	return 0;
}

/* What every step does once it is allowed: the order matters, each part sees what the earlier did. before: the
   ticket as it was; NULL at registration. */
static int carry_out(struct cs_decision *d, const struct cs_image *before, struct cs_err *e)
{
	bool new_cycle = d->step == d->v.kind->register_step ? false : change_state(d);
	bool closes = before && strcmp(d->after.t.state_is, is_word(CS_IS_CLOSED)) == 0 &&
		      strcmp(before->t.state_is, is_word(CS_IS_CLOSED)) != 0 && strcmp(d->step->id, CS_STEP_MERGE) != 0;

	if (d->step->responds && d->after.t.responded_at == CS_NULL)
		cs_emit(d, CS_OP_SET, CS_S("responded_at"), CS_I(d->ev.at));
	if (cs_decide_publication(d, e) < 0 || cs_decide_clocks(d, new_cycle, e) < 0 || cs_decide_pauses(d, e) < 0 ||
	    cs_decide_importance(d, before, e) < 0)
		return -1;
	if (cs_step_withdraws(d->v.kind, d->step))
		cs_decide_drop_callbacks(d, "withdrawn");
	if (new_cycle || closes)
		cs_decide_drop_approvals(d);
	if (d->req->history) {
		if (strcmp(d->after.t.state_is, is_word(CS_IS_CLOSED)) == 0 && cs_decide_closed_before(d, e) < 0)
			return -1;
		cs_decide_waive(d);
		return 0;
	}
	return cs_decide_callbacks(d, e) < 0 || cs_decide_duties(d, e) < 0 || cs_decide_tell(d, e) < 0 ? -1 : 0;
}

static int check_time(const struct cs_decision *d, struct cs_err *e)
{
	char at[40], last[40];
	const struct cs_zone *z = d->v.policy->zone;

	if (d->ev.at > d->s->now)
		return cs_fail(e, CS_REFUSED, "%s: %s lies in the future", d->step->id, cs_time_text(z, d->ev.at, at));
	if (d->ev.at < 0)
		return cs_fail(e, CS_REFUSED, "%s: %s lies before 1970", d->step->id, cs_time_text(z, d->ev.at, at));
	if (d->after.t.state && d->ev.at < d->after.t.last_at)
		return cs_fail(e, CS_REFUSED, "%s: at %s is before the ticket's last step at %s", d->step->id,
			       cs_time_text(z, d->ev.at, at), cs_time_text(z, d->after.t.last_at, last));
	return 0;
}

int cs_decide_step(struct cs_session *s, const struct cs_image *im, const struct cs_request *req,
		   struct cs_effects *out, struct cs_err *e)
{
	const struct cs_kind *k = cs_session_kind(s, im, e);
	struct cs_decision d;
	char ref[CS_REF_SIZE];
	int rc;

	if (!k)
		return -1;
	cs_decision_begin(&d, s, im, k, s->policy, (struct cs_deed){"ticket", im->t.id, req->step, req->at, s->actor},
			  out);
	d.req = req;
	if (!d.step || d.step == k->register_step)
		return cs_fail(e, CS_USAGE, "kind %s has no step '%s' (in state %s there are: %s)", k->id, req->step,
			       im->t.state, list_steps(im, k, im->arena));
	if (!from_here(&d))
		return refuse_state(&d, e);
	if (check_time(&d, e) < 0)
		return -1;
	if (!req->history && (cs_decide_by(&d, e) < 0 || cs_decide_waits(&d, e) < 0))
		return -1;
	if (d.step && cs_approval_is_answer(d.step->id) && !req->history && cs_decide_answer(&d, e) < 0)
		return -1;
	if (set_all(&d, e) < 0)
		return -1;
	release_assignee(&d, im);
	if (cs_decide_same_as(&d, e) < 0)
		return -1;
	if (req->through)
		cs_emit(&d, CS_OP_NOTE, CS_S(CS_NOTE_THROUGH),
			CS_S(cs_arena_strdup(out->arena, cs_ref_text(req->through, ref))));
	if (!req->history && (cs_decide_gate(&d, e) < 0 || cs_decide_needs(&d, e) < 0 || check_close(&d, e) < 0 ||
			      check_exclusive(&d, e) < 0))
		return -1;
	rc = cs_decide_approval(&d, im, e);
	if (rc != 0)
		return rc;
	if (strcmp(d.step->id, CS_STEP_MERGE) == 0)
		return cs_decide_merge(&d, e);
	if (strcmp(d.step->id, CS_STEP_UNMERGE) == 0)
		return cs_decide_unmerge(&d, e);
	cs_decide_priority(&d, im);
	return carry_out(&d, im, e);
}

static void register_columns(struct cs_decision *d, const struct cs_registration *reg)
{
	struct cs_arena *a = d->after.arena;
	const struct cs_category *c = reg->category ? cs_policy_category(d->v.policy, reg->category) : NULL;
	const struct cs_staff_row *me = cs_org_staff(&d->s->org, d->ev.actor);
	const struct {
		const char *column;
		int64_t v;
	} ints[] = {
		{"place", reg->place},
		{"accepting", reg->accepting != CS_NULL ? reg->accepting : me ? me->unit : CS_NULL},
		{"first", reg->first != CS_NULL ? reg->first : d->ev.actor},
		{"causing", reg->causing ? reg->causing : CS_NULL},
		{"customer", reg->customer},
		{"premises", reg->premises},
		{"run", reg->run},
	};

	cs_emit(d, CS_OP_SET, CS_S("kind"), CS_S(d->v.kind->id));
	for (size_t i = 0; i < sizeof ints / sizeof *ints; i++)
		if (ints[i].v != CS_NULL)
			cs_emit(d, CS_OP_SET, CS_S(ints[i].column), CS_I(ints[i].v));
	if (reg->channel)
		cs_emit(d, CS_OP_SET, CS_S("channel"), CS_S(cs_arena_strdup(a, reg->channel)));
	if (c) {
		cs_emit(d, CS_OP_SET, CS_S("category"), CS_S(c->id));
		cs_emit(d, CS_OP_SET, CS_S("specialty"), CS_S(c->specialty));
	}
	if (d->req->history)
		cs_emit(d, CS_OP_SET, CS_S("imported"), CS_I(1));
	if (reg->subject && !cs_utf8_blank(reg->subject)) {
		cs_effects_private(d->out, "subject", cs_arena_strdup(a, reg->subject));
		cs_emit_none(d, CS_OP_SUBJECT);
	}
	if (reg->body && !cs_utf8_blank(reg->body))
		cs_effects_private(d->out, "body", cs_arena_strdup(a, reg->body));
	if (reg->customer != CS_NULL)
		cs_emit(d, CS_OP_PARTY, CS_I(1), CS_I(reg->customer),
			CS_S(reg->capacity ? cs_arena_strdup(a, reg->capacity) : "customer"));
	if (reg->customer != CS_NULL && reg->called) {
		cs_effects_private(d->out, "party.1.name", cs_arena_strdup(a, reg->called));
		cs_emit(d, CS_OP_PARTY_NAME, CS_I(1));
	}
	if (reg->customer != CS_NULL && reg->principal && reg->principal != CS_NULL)
		cs_emit(d, CS_OP_PRINCIPAL, CS_I(1), CS_I(reg->principal));
}

/* History says what was promised, however odd; nobody promises today what is past already. */
static int check_due(const struct cs_decision *d, const struct cs_registration *reg, struct cs_err *e)
{
	const struct cs_zone *z = d->v.policy->zone;
	char due[40], at[40];

	if (d->req->history || reg->due_at == CS_TIME_NONE || reg->due_at >= d->ev.at)
		return 0;
	return cs_fail(e, CS_REFUSED, "due: %s lies before %s, when it came in", cs_time_text(z, reg->due_at, due),
		       cs_time_text(z, d->ev.at, at));
}

static int check_codes(const struct cs_decision *d, const struct cs_registration *reg, struct cs_err *e)
{
	const struct cs_policy *p = d->v.policy;

	if (reg->channel && !cs_policy_channel(p, reg->channel))
		return cs_fail(e, CS_USAGE, "no channel '%s'", reg->channel);
	if (reg->category && !cs_policy_category(p, reg->category))
		return cs_fail(e, CS_USAGE, "no category '%s'", reg->category);
	if (reg->priority && !cs_ids_has(&p->priority.scale, reg->priority))
		return cs_fail(e, CS_USAGE, "no priority '%s'", reg->priority);
	if (!reg->capacity)
		return 0;
	if (cs_decide_capacity(d, reg->capacity, e) < 0)
		return -1;
	return reg->customer == CS_NULL ? 0 : cs_decide_for_whom(d, reg->capacity, reg->principal, e);
}

static void start_values(struct cs_decision *d)
{
	for (size_t i = 0; i < d->v.kind->field_count; i++) {
		const struct cs_field *f = &d->v.kind->field[i];

		if (f->start.type == CS_V_NONE)
			continue;
		cs_emit(d, CS_OP_FIELD, CS_S(f->id), f->start);
		if (f->find)
			cs_emit(d, CS_OP_KEY, CS_S(f->id),
				CS_S(cs_value_show(d->s, f->type, &f->start, d->after.arena)));
	}
}

/* Who answers for it from the start, where the rules name a person (S3-4-3); else whoever took it in. */
static void set_responsible(struct cs_decision *d)
{
	struct cs_target t = cs_responsible_find(&d->v);

	if (t.kind != CS_TARGET_STAFF)
		t.id = d->after.t.first;
	if (t.id != CS_NULL)
		cs_emit(d, CS_OP_SET, CS_S("responsible"), CS_I(t.id));
}

int cs_decide_register(struct cs_session *s, int64_t ticket, const struct cs_registration *reg,
		       const struct cs_request *req, struct cs_effects *out, struct cs_err *e)
{
	const struct cs_kind *k = s->policy ? cs_policy_kind(s->policy, reg->kind) : NULL;
	struct cs_image blank;
	struct cs_decision d;

	if (!k)
		return s->policy ? cs_fail(e, CS_USAGE, "no kind '%s'", reg->kind) : cs_session_need_policy(s, e);
	cs_image_init(&blank, out->arena);
	cs_decision_begin(&d, s, &blank, k, s->policy,
			  (struct cs_deed){"ticket", ticket, k->register_step->id, req->at, s->actor}, out);
	d.req = req;
	d.after.t.id = ticket;
	d.after.t.opened_at = d.after.t.last_at = req->at;
	d.after.t.cycle = 1;
	d.after.t.cycle_event = d.ev.id;
	d.after.t.level = d.after.t.stays = d.after.t.imported = 0;
	if (check_time(&d, e) < 0 || check_due(&d, reg, e) < 0 || check_codes(&d, reg, e) < 0)
		return -1;
	register_columns(&d, reg);
	/* Nothing in this decision asks for it: it is not looked ahead. */
	if (cs_ids_has(&s->policy->similar.kinds, k->id))
		cs_put(out, CS_OP_LIKENESS, CS_I(CS_LIKENESS_VERSION));
	start_values(&d);
	if (set_all(&d, e) < 0)
		return -1;
	if (reg->priority)
		cs_emit(&d, CS_OP_SET, CS_S("priority"), CS_S(cs_arena_strdup(out->arena, reg->priority)));
	if (cs_decide_same_as(&d, e) < 0)
		return -1;
	cs_decide_priority(&d, NULL);
	d.has_phone = reg->has_phone;
	if (!req->history && (cs_decide_by(&d, e) < 0 || cs_decide_needs(&d, e) < 0 || check_exclusive(&d, e) < 0))
		return -1;
	set_responsible(&d);
	cs_decide_enter(&d, k->first_state);
	if (carry_out(&d, NULL, e) < 0)
		return -1;
	return reg->no_due || reg->due_at != CS_TIME_NONE ? cs_decide_stated_due(&d, reg->due_at, reg->no_due, e) : 0;
}
