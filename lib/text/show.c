/* One ticket whole. Every line: reference, part, item, value, time, detail. */
#include "text/show.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "domain/access.h"
#include "domain/crossing.h"
#include "domain/duty.h"
#include "domain/party.h"
#include "domain/policy_words.h"
#include "domain/values.h"
#include "store/list.h"
#include "store/owed.h"
#include "store/matter.h"
#include "store/ref.h"
#include "text/desk.h"
#include "text/hidden.h"
#include "text/story.h"

const struct cs_column cs_show_columns[] = {
	{.name = "ref"}, {.name = "part"}, {.name = "item"}, {.name = "value"}, {.name = "at"}, {.name = "detail"},
};
const size_t cs_show_column_count = sizeof cs_show_columns / sizeof *cs_show_columns;

struct shown {
	struct cs_session *s;
	const struct cs_image *im;
	const struct cs_kind *kind;
	struct cs_out *out;
	struct cs_arena *a;
	char ref[CS_REF_SIZE];
};

static void put(struct shown *w, const char *part, const char *item, const char *value, cs_time at, const char *detail)
{
	char when[32];

	cs_out_row(w->out,
		   (struct cs_cell[]){
			   cs_cell_text(w->ref),
			   cs_cell_text(part),
			   cs_cell_text(item),
			   cs_cell_text(cs_hide_kept(w->s, value, w->a)),
			   at == CS_NULL ? cs_cell_null() : cs_cell_text(cs_time_text(cs_session_zone(w->s), at, when)),
			   cs_cell_text(detail && *detail ? cs_hide_kept(w->s, detail, w->a) : NULL),
		   });
}

static const char *time_text(struct shown *w, cs_time t)
{
	char buf[32];

	return t == CS_NULL ? "-" : cs_arena_strdup(w->a, cs_time_text(cs_session_zone(w->s), t, buf));
}

static const char *login(struct shown *w, int64_t staff)
{
	const struct cs_staff_row *p = cs_org_staff(&w->s->org, staff);

	return p ? p->login : NULL;
}

static const char *unit(struct shown *w, int64_t id)
{
	const struct cs_unit_row *u = cs_org_unit(&w->s->org, id);

	return u ? u->code : NULL;
}

static void fact(struct shown *w, const char *item, const char *value)
{
	if (value)
		put(w, "fact", item, value, CS_NULL, NULL);
}

static void fact_time(struct shown *w, const char *item, cs_time t)
{
	if (t != CS_NULL)
		put(w, "fact", item, NULL, t, NULL);
}

static void fact_number(struct shown *w, const char *item, int64_t n)
{
	if (n != CS_NULL)
		fact(w, item, cs_arena_printf(w->a, "%lld", (long long)n));
}

static void put_facts(struct shown *w)
{
	const struct cs_ticket_row *t = &w->im->t;
	char ref[CS_REF_SIZE];

	fact(w, "kind", t->kind);
	fact(w, "state", t->state);
	fact(w, "is", t->state_is);
	fact(w, "waits", t->waits);
	fact_number(w, "cycle", t->cycle);
	fact(w, "subject", t->subject);
	fact(w, "channel", t->channel);
	fact(w, "category", t->category);
	fact(w, "specialty", t->specialty);
	fact(w, "importance", t->importance);
	fact(w, "importance_peak", t->importance_peak);
	fact_time(w, "rated_again", t->wake_at);
	fact(w, "validity", t->validity);
	fact(w, "priority", t->priority);
	fact_number(w, "level", t->level);
	fact(w, "place", unit(w, t->place));
	fact(w, "accepting", unit(w, t->accepting));
	fact(w, "handling", unit(w, t->handling));
	fact(w, "causing", unit(w, t->causing));
	fact(w, "assignee", login(w, t->assignee));
	fact(w, "responsible", login(w, t->responsible));
	fact(w, "first", login(w, t->first));
	fact_time(w, "opened", t->opened_at);
	fact_time(w, "responded", t->responded_at);
	fact_time(w, "due", t->due_at);
	fact_time(w, "done", t->done_at);
	fact_time(w, "closed", t->closed_at);
	if (t->late != CS_NULL)
		fact(w, "late", t->late == 0 ? "no" : t->late == CS_LATE_RUNNING ? "yes, and still running" : "yes");
	if (t->imported == 1)
		fact(w, "imported", "yes");
	if (t->matter != CS_NULL)
		fact(w, "matter", cs_ref_text(t->matter, ref));
	if (t->merged_into != CS_NULL)
		fact(w, "merged_into", cs_ref_text(t->merged_into, ref));
}

/* Which rules made the class, in words. */
static void put_rules(struct shown *w)
{
	char *rest = NULL, *list = cs_arena_strdup(w->a, w->im->t.importance_rules ? w->im->t.importance_rules : "");

	for (char *id = strtok_r(list, ",", &rest); id; id = strtok_r(NULL, ",", &rest)) {
		const struct cs_importance_rule *r = w->s->policy ? cs_policy_importance_rule(w->s->policy, id) : NULL;
		const char *path = r ? cs_arena_printf(w->a, "importance/sets/%s/%s", r->set, id) : id;

		put(w, "importance", id, r ? r->class : NULL, CS_NULL,
		    r ? cs_arena_printf(w->a, "%s, %s", cs_policy_label(w->s->policy, "en", path),
					cs_policy_label(w->s->policy, "zh", path))
		      : "not in the rules in force");
	}
}

static void put_fields(struct shown *w)
{
	for (size_t i = 0; i < w->im->own_count; i++) {
		const struct cs_own *o = &w->im->own[i];
		const struct cs_field *f = w->kind ? cs_kind_field(w->kind, o->id) : NULL;

		if (o->value.type != CS_V_NONE)
			put(w, "field", o->id, cs_value_show(w->s, f ? f->type : CS_FIELD_INT, &o->value, w->a),
			    CS_NULL, NULL);
	}
}

/* ", acts for NAME" */
static const char *acts_for(struct shown *w, const struct cs_party_row *p)
{
	struct cs_person_row of = {0};

	if (p->principal == CS_NULL || cs_table_find(w->s->db, &cs_person_table, p->principal, w->a, &of, NULL) != 1)
		return "";
	return cs_arena_printf(w->a, ", acts for %s", of.name ? of.name : "(erased)");
}

/* Each time somebody complained again. */
static int put_appeals(struct shown *w, struct cs_err *e)
{
	for (size_t i = 0; i < cs_image_count(w->im, CS_P_APPEAL); i++) {
		const struct cs_appeal_row *r = cs_image_at(w->im, CS_P_APPEAL, i);
		struct cs_person_row person = {0};

		if (r->person != CS_NULL && cs_table_find(w->s->db, &cs_person_table, r->person, w->a, &person, e) < 0)
			return -1;
		put(w, "appeal", r->step, person.name, r->at, NULL);
	}
	return 0;
}

static int put_parties(struct shown *w, struct cs_err *e)
{
	for (size_t i = 0; i < cs_image_count(w->im, CS_P_PARTY); i++) {
		const struct cs_party_row *p = cs_image_at(w->im, CS_P_PARTY, i);
		struct cs_person_row person = {0};
		int rc = p->person == CS_NULL ? 0
					      : cs_table_find(w->s->db, &cs_person_table, p->person, w->a, &person, e);

		if (rc < 0)
			return -1;
		put(w, "party", p->capacity, rc == 1 ? person.name : NULL, CS_NULL,
		    cs_arena_printf(w->a, "%s%s%s%s%s%s%s%s", rc == 1 && person.phone ? "phone " : "",
				    rc == 1 && person.phone ? person.phone : "",
				    rc == 1 && person.tier ? ", tier " : "", rc == 1 && person.tier ? person.tier : "",
				    p->name ? ", gave the name " : "", p->name ? p->name : "", acts_for(w, p),
				    p->until == CS_NULL ? "" : ", ended"));
	}
	return 0;
}

static int put_premises(struct shown *w, struct cs_err *e)
{
	struct cs_premises_row home = {0};
	int rc = 0;

	if (w->im->t.premises != CS_NULL)
		rc = cs_table_find(w->s->db, &cs_premises_table, w->im->t.premises, w->a, &home, e);
	if (rc == 1)
		put(w, "premises", unit(w, home.unit), home.address, CS_NULL, NULL);
	return rc < 0 ? -1 : 0;
}

/* "2d 3h 05m", of a length of time. */
static const char *length(struct cs_arena *a, int64_t seconds)
{
	int64_t d = seconds / 86400, h = seconds / 3600 % 24, m = seconds / 60 % 60;

	if (d)
		return cs_arena_printf(a, "%lldd %lldh %02lldm", (long long)d, (long long)h, (long long)m);
	return h ? cs_arena_printf(a, "%lldh %02lldm", (long long)h, (long long)m)
		 : cs_arena_printf(a, "%lldm", (long long)m);
}

/* What stopped each run of a clock, in the order of the history. */
struct stop {
	const char *clock, *step; /* step NULL: it has not been stopped */
	int64_t cycle, run;
	bool annulled;
};
struct stops {
	struct stop *list;
	size_t count, size;
	int64_t cycle;
};

static void note_stop(struct shown *w, struct stops *s, const struct cs_event *ev, const struct cs_effect *f)
{
	const char *clock = cs_arg_text(f, 0);

	if (f->op == CS_OP_CYCLE) {
		s->cycle = cs_arg_int(f, 0);
	} else if (f->op == CS_OP_CLOCK && clock) {
		s->list = cs_arena_grow(w->a, s->list, s->count, &s->size, sizeof *s->list);
		s->list[s->count++] = (struct stop){clock, NULL, s->cycle, cs_arg_int(f, 1), false};
	}
	for (size_t i = s->count; clock && i-- > 0;) {
		struct stop *run = &s->list[i];

		if (strcmp(run->clock, clock) != 0)
			continue;
		if (f->op == CS_OP_ANNUL && run->cycle == cs_arg_int(f, 1) && run->run == cs_arg_int(f, 2))
			run->annulled = true;
		if (f->op == CS_OP_STOP && !run->annulled) {
			run->step = cs_arena_strdup(w->a, ev->step);
			break;
		}
	}
}

static int find_stops(struct shown *w, struct stops *s, struct cs_err *e)
{
	struct cs_stmt *walk = cs_event_of(w->s->db, "ticket", w->im->t.id, e);
	struct cs_event ev;
	int rc = walk ? 0 : -1;

	s->cycle = 1;
	while (rc == 0 && (rc = cs_event_next(walk, &ev, e)) == 1) {
		struct cs_effects l = {.arena = w->a};

		rc = cs_effects_read(&l, ev.facts, NULL, e);
		if (rc < 0)
			cs_stmt_done(walk);
		for (size_t i = 0; rc == 0 && i < l.count; i++)
			note_stop(w, s, &ev, &l.effect[i]);
	}
	return rc;
}

static const char *stopped_by(const struct stops *s, const struct cs_clock_row *c)
{
	for (size_t i = s->count; i-- > 0;)
		if (strcmp(s->list[i].clock, c->clock) == 0 && s->list[i].cycle == c->cycle && s->list[i].run == c->run)
			return s->list[i].step;
	return NULL;
}

/* It ran more than once in the cycle. */
static bool has_runs(const struct shown *w, const struct cs_clock_row *c)
{
	for (size_t i = 0; i < cs_image_count(w->im, CS_P_CLOCK); i++) {
		const struct cs_clock_row *r = cs_image_at(w->im, CS_P_CLOCK, i);

		if (r != c && r->annulled != 1 && r->cycle == c->cycle && strcmp(r->clock, c->clock) == 0)
			return true;
	}
	return false;
}

static void clock_detail(struct shown *w, const struct cs_clock_row *c, const struct stops *stops, struct cs_buf *b)
{
	const char *by = stopped_by(stops, c);
	const struct cs_crossing *list;
	cs_time now = w->s->now;
	size_t n;

	if (has_runs(w, c))
		cs_buf_printf(b, "run %lld, ", (long long)c->run);
	cs_buf_printf(b, "from %s", time_text(w, c->start_at));
	if (c->stop_at != CS_NULL)
		cs_buf_printf(b, ", stopped %s%s%s", time_text(w, c->stop_at), by ? " by " : "", by ? by : "");
	if (c->paused_at != CS_NULL)
		cs_buf_printf(b, ", stands still since %s", time_text(w, c->paused_at));
	else if (!c->verdict && c->due_at != CS_NULL)
		cs_buf_printf(b, now <= c->due_at ? ", %s left" : ", %s over",
			      length(w->a, now <= c->due_at ? c->due_at - now : now - c->due_at));
	if (c->due_set == 1)
		cs_buf_puts(b, ", due as stated");
	if (c->annulled == 1)
		cs_buf_puts(b, ", of a merge that was undone: counts for nothing");
	if (c->held_at != CS_NULL)
		cs_buf_puts(b, ", held by a merge");
	if (c->extended != CS_NULL)
		cs_buf_printf(b, ", extended %lld times", (long long)c->extended);
	list = cs_crossings_read(w->a, c->crossings, &n);
	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i].id, CS_CROSS_DUE) != 0)
			cs_buf_printf(b, ", %s %s", list[i].id,
				      list[i].at == CS_TIME_NONE ? "-" : time_text(w, list[i].at));
}

static int put_clocks(struct shown *w, struct cs_err *e)
{
	struct stops stops = {0};

	if (find_stops(w, &stops, e) < 0)
		return -1;
	for (size_t i = 0; i < cs_image_count(w->im, CS_P_CLOCK); i++) {
		const struct cs_clock_row *c = cs_image_at(w->im, CS_P_CLOCK, i);
		const char *value = c->verdict;
		struct cs_buf b = {0};

		if (!value)
			value = c->paused_at != CS_NULL                         ? "paused"
				: c->due_at != CS_NULL && w->s->now > c->due_at ? "overdue"
										: "running";
		if (c->cycle != w->im->t.cycle)
			cs_buf_printf(&b, "cycle %lld, ", (long long)c->cycle);
		clock_detail(w, c, &stops, &b);
		if (!c->verdict && c->missed_due != CS_NULL)
			cs_buf_printf(&b, ", late: missed %s", time_text(w, c->missed_due));
		put(w, "clock", c->clock, value, c->due_at, cs_buf_str(&b));
		cs_buf_free(&b);
	}
	for (size_t i = 0; i < cs_image_count(w->im, CS_P_RUNG); i++) {
		const struct cs_rung_row *r = cs_image_at(w->im, CS_P_RUNG, i);

		put(w, "rung", cs_arena_printf(w->a, "%s/%s", r->clock, r->rung), login(w, r->to_staff), r->at,
		    cs_arena_printf(w->a, "cycle %lld%s%s", (long long)r->cycle, r->moot == 1 ? ", moot" : "",
				    r->imported == 1 ? ", imported" : ""));
	}
	return 0;
}

static int put_duties(struct shown *w, struct cs_err *e)
{
	for (size_t i = 0; i < cs_image_count(w->im, CS_P_OWED); i++) {
		const struct cs_owed_row *o = cs_image_at(w->im, CS_P_OWED, i);
		const struct cs_duty *rule = cs_policy_duty(w->s->policy, o->duty);
		const char *state = cs_owed_state(o), *owner;
		const bool why = o->why && strcmp(o->why, state) != 0;
		const cs_time ended = cs_owed_end(o);
		char words[CS_WHO_WORDS];
		int64_t by;

		if (cs_duty_owner(w->s, o, w->a, &by, e) < 0)
			return -1;
		owner = login(w, by);
		if (!owner) /* by the rule: it is the system's, or a post that is vacant */
			owner = rule ? cs_who_words(w->s->policy, &rule->owner, words) : "nobody";
		put(w, "duty", o->duty, state, ended != CS_NULL ? ended : o->due_at,
		    cs_arena_printf(w->a, "since %s, by %s%s%s%s%s", time_text(w, o->owed_at), owner,
				    cs_owed_late(o, w->s->now) ? ", late" : "", why ? ", " : "", why ? o->why : "",
				    o->evidence ? ", kept" : ""));
	}
	return 0;
}

/* The last try of a contact; NULL: none. */
static const struct cs_attempt_row *last_attempt(const struct shown *w, int64_t callback)
{
	const struct cs_attempt_row *last = NULL;

	for (size_t i = 0; i < cs_image_count(w->im, CS_P_ATTEMPT); i++) {
		const struct cs_attempt_row *a = cs_image_at(w->im, CS_P_ATTEMPT, i);

		if (a->callback == callback && (!last || a->seq > last->seq))
			last = a;
	}
	return last;
}

/* Who made it, once it is over; before that, for whom it is planned. */
static void put_caller(struct shown *w, const struct cs_callback_row *c, struct cs_buf *b)
{
	const struct cs_attempt_row *made = c->done_at == CS_NULL ? NULL : last_attempt(w, c->seq);
	const char *who = login(w, made ? made->staff : c->caller);

	cs_buf_printf(b, "%lld: by %s", (long long)c->seq, made ? made->method : c->method);
	if (who && (made || c->done_at == CS_NULL))
		cs_buf_printf(b, made ? ", made by %s" : ", for %s", who);
}

/* ", QUESTION=ANSWER" for each; what is no list of them as it is. */
static void put_answers(const char *answers, struct cs_buf *b)
{
	struct cs_json *doc = NULL;

	if (!answers)
		return;
	if (cs_json_parse(answers, strlen(answers), &doc, NULL) < 0) {
		cs_buf_printf(b, ", %s", answers);
		return;
	}
	for (const struct cs_json_node *n = cs_json_first(cs_json_root(doc)); n; n = cs_json_next(n)) {
		cs_buf_printf(b, ", %s=", cs_json_key(n) ? cs_json_key(n) : "");
		if (cs_json_text(n))
			cs_buf_puts(b, cs_json_text(n));
		else
			cs_json_write(n, b);
	}
	cs_json_free(doc);
}

static void put_callbacks(struct shown *w)
{
	for (size_t i = 0; i < cs_image_count(w->im, CS_P_CALLBACK); i++) {
		const struct cs_callback_row *c = cs_image_at(w->im, CS_P_CALLBACK, i);
		struct cs_buf b = {0};

		put_caller(w, c, &b);
		if (c->happening && strcmp(c->state, "waiting") == 0)
			cs_buf_printf(&b, ", after %s", c->happening);
		if (c->done_at == CS_NULL && c->from_at != CS_NULL)
			cs_buf_printf(&b, ", not before %s", time_text(w, c->from_at));
		if (c->outcome)
			cs_buf_printf(&b, ", %s", c->outcome);
		if (c->score != CS_NULL)
			cs_buf_printf(&b, ", score %lld", (long long)c->score);
		put_answers(c->answers, &b);
		put(w, "callback", c->purpose, c->state, c->done_at != CS_NULL ? c->done_at : c->due_at,
		    cs_buf_str(&b));
		cs_buf_free(&b);
	}
}

static void put_approvals(struct shown *w)
{
	for (size_t i = 0; i < cs_image_count(w->im, CS_P_APPROVAL); i++) {
		const struct cs_approval_row *r = cs_image_at(w->im, CS_P_APPROVAL, i);
		const char *asker = login(w, r->asker), *staff = login(w, r->staff);

		put(w, "approval", r->step, r->state, r->at != CS_NULL ? r->at : r->asked_at,
		    cs_arena_printf(w->a, "%s, asked by %s%s%s", r->word, asker ? asker : "nobody",
				    r->staff == CS_NULL                 ? ""
				    : strcmp(r->state, "rejected") == 0 ? ", refused by "
									: ", given by ",
				    staff ? staff : ""));
	}
}

static void put_evidence(struct shown *w)
{
	for (size_t i = 0; i < cs_image_count(w->im, CS_P_EVIDENCE); i++) {
		const struct cs_evidence_row *v = cs_image_at(w->im, CS_P_EVIDENCE, i);

		put(w, "evidence", v->kind, v->signer, CS_NULL,
		    cs_arena_printf(w->a, "%s%s%s", v->kept ? v->kept : "", v->kept && v->digest ? ", " : "",
				    v->digest ? v->digest : ""));
	}
}

/* ",CELL=VALUE" for each of a row that no list of the kind describes: a decision, parts of a form. */
static void put_cells(const char *cells, struct cs_buf *b)
{
	struct cs_json *doc = NULL;

	if (!cells || cs_json_parse(cells, strlen(cells), &doc, NULL) < 0)
		return;
	for (const struct cs_json_node *n = cs_json_first(cs_json_root(doc)); n; n = cs_json_next(n)) {
		if (cs_json_is_null(n))
			continue;
		cs_buf_printf(b, "%s%s=", b->len ? "," : "", cs_json_key(n) ? cs_json_key(n) : "");
		if (cs_json_text(n))
			cs_buf_puts(b, cs_json_text(n));
		else
			cs_json_write(n, b);
	}
	cs_json_free(doc);
}

static void put_rows(struct shown *w)
{
	for (size_t i = 0; i < cs_image_count(w->im, CS_P_ROW); i++) {
		const struct cs_ticket_row_row *r = cs_image_at(w->im, CS_P_ROW, i);
		const struct cs_list *l = w->kind ? cs_kind_list(w->kind, r->list) : NULL;
		const bool of = l && l->per_party && cs_row_person(r->key) != CS_NULL;
		struct cs_buf b = {0};

		if (of)
			cs_buf_printf(&b, "party=%s", cs_person_called(w->s, cs_row_person(r->key), w->a));
		for (size_t k = 0; l && k < l->field_count; k++) {
			struct cs_value v = cs_image_cell(w->im, r, l->field[k].id);

			if (v.type != CS_V_NONE && strcmp(l->field[k].id, l->key) != 0)
				cs_buf_printf(&b, "%s%s=%s", b.len ? "," : "", l->field[k].id,
					      cs_value_show(w->s, l->field[k].type, &v, w->a));
		}
		if (!l) {
			put_cells(r->fields, &b);
			put_cells(r->texts, &b);
		}
		put(w, "row", cs_arena_printf(w->a, "%s/%s", r->list, of ? cs_row_key(r->key, w->a) : r->key),
		    cs_buf_str(&b), CS_NULL, NULL);
		cs_buf_free(&b);
	}
	for (size_t i = 0; i < cs_image_count(w->im, CS_P_LINK); i++) {
		const struct cs_link_row *l = cs_image_at(w->im, CS_P_LINK, i);
		char ref[CS_REF_SIZE];

		put(w, "link", l->link, cs_ref_text(l->other, ref), CS_NULL, l->until == CS_NULL ? NULL : "ended");
	}
}

/* What others say of this one: caused_by REF reads there as here, from the other end. */
static int put_linked(struct shown *w, struct cs_err *e)
{
	struct cs_link_row *l;
	char ref[CS_REF_SIZE];
	size_t n;

	if (cs_list_linked(w->s->db, w->im->t.id, w->a, &l, &n, e) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		put(w, "linked", strcmp(l[i].link, CS_LINK_MERGED) == 0 ? "absorbed" : l[i].link,
		    cs_ref_text(l[i].ticket, ref), CS_NULL, l[i].until == CS_NULL ? NULL : "ended");
	return 0;
}

/* The others of the same matter, merged ones too, that may be read. */
static int put_siblings(struct shown *w, struct cs_err *e)
{
	struct cs_id_list ids = {0};
	char ref[CS_REF_SIZE], into[CS_REF_SIZE];

	if (w->im->t.matter == CS_NULL)
		return 0;
	if (cs_matter_tickets(w->s->db, w->im->t.matter, w->a, &ids, e) < 0)
		return -1;
	for (size_t i = 0; i < ids.count; i++) {
		struct cs_ticket_row t;
		int kept;

		if (ids.id[i] == w->im->t.id)
			continue;
		if (cs_table_find(w->s->db, &cs_ticket_table, ids.id[i], w->a, &t, e) != 1)
			return -1;
		kept = cs_access_kept_row(w->s, t.kind, t.id, w->a, e);
		if (kept < 0)
			return -1;
		if (kept == 0)
			put(w, "matter", t.state, cs_ref_text(t.id, ref), t.opened_at,
			    t.merged_into == CS_NULL
				    ? NULL
				    : cs_arena_printf(w->a, "merged into %s", cs_ref_text(t.merged_into, into)));
	}
	return 0;
}

static int put_readers(struct shown *w, struct cs_err *e)
{
	struct cs_access_row *r;
	size_t n;

	if (cs_list_access(w->s->db, w->im->t.id, w->a, &r, &n, e) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		put(w, "access", r[i].rule, login(w, r[i].staff), r[i].at, r[i].why);
	return 0;
}

static int put_event(struct shown *w, const struct cs_event *ev, struct cs_err *e)
{
	const char *actor = login(w, ev->actor);
	struct cs_buf b = {0};
	int rc;

	if (ev->recorded_at != ev->at)
		cs_buf_printf(&b, "recorded %s: ", time_text(w, ev->recorded_at));
	if (!actor)
		actor = "system";
	rc = cs_story_event(w->s, w->kind, ev, w->a, &b, e);
	if (strcmp(ev->login, actor) != 0 && ev->actor != CS_NULL)
		actor = cs_arena_printf(w->a, "%s (%s)", actor, ev->login);
	if (rc == 0)
		put(w, "event", ev->step, actor, ev->at, cs_buf_str(&b));
	cs_buf_free(&b);
	return rc;
}

static int put_history(struct shown *w, struct cs_err *e)
{
	struct cs_stmt *walk = cs_event_of(w->s->db, "ticket", w->im->t.id, e);
	struct cs_event ev;
	int rc = walk ? 0 : -1;

	while (rc == 0 && (rc = cs_event_next(walk, &ev, e)) == 1) {
		rc = put_event(w, &ev, e);
		if (rc < 0)
			cs_stmt_done(walk);
	}
	return rc;
}

int cs_show_ticket(struct cs_session *s, const struct cs_image *im, struct cs_out *out, struct cs_err *e)
{
	struct shown w = {.s = s, .im = im, .out = out, .a = im->arena};

	w.kind = s->policy ? cs_policy_kind(s->policy, im->t.kind) : NULL;
	cs_ref_text(im->t.id, w.ref);
	put_facts(&w);
	put_rules(&w);
	put_fields(&w);
	if (put_parties(&w, e) < 0 || put_appeals(&w, e) < 0 || put_premises(&w, e) < 0)
		return -1;
	if (put_clocks(&w, e) < 0)
		return -1;
	if (put_duties(&w, e) < 0)
		return -1;
	put_callbacks(&w);
	put_approvals(&w);
	put_evidence(&w);
	put_rows(&w);
	return put_linked(&w, e) < 0 || put_siblings(&w, e) < 0 || put_readers(&w, e) < 0 ? -1 : put_history(&w, e);
}
