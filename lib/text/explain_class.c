/* Classes explained. */
#include "text/explain_class.h"

#include <string.h>

#include "base/buf.h"
#include "domain/admission.h"
#include "domain/clock.h"
#include "domain/effect.h"
#include "domain/importance.h"
#include "domain/policy_words.h"
#include "domain/values.h"
#include "store/event.h"
#include "store/ref.h"

struct telling {
	struct cs_session *s;
	const struct cs_importance_study *study;
	struct cs_buf out;
};

static const char *when(const struct telling *t, cs_time at, char *buf)
{
	return cs_time_text(cs_session_zone(t->s), at, buf);
}

static bool same(const struct cs_value *a, const struct cs_value *b)
{
	return a->type == b->type && (a->type == CS_V_TEXT ? strcmp(a->s, b->s) == 0 : a->i == b->i);
}

/* Since when the field has its value, and by whom: by the event that gave it. What cannot be read cs-check tells. */
static void tell_given(struct telling *t, const char *field)
{
	const struct cs_view *v = &t->study->v;
	struct cs_stmt *events = cs_event_of(t->s->db, "ticket", v->im->t.id, NULL);
	const struct cs_staff_row *by;
	struct cs_value last = {0};
	cs_time at = CS_TIME_NONE;
	int64_t actor = CS_NULL;
	struct cs_event ev;
	char from[40];

	while (events && cs_event_next(events, &ev, NULL) == 1) {
		struct cs_effects l = {.arena = v->im->arena};

		if (cs_effects_read(&l, ev.facts, NULL, NULL) < 0)
			continue;
		for (size_t i = 0; i < l.count; i++) {
			const struct cs_effect *f = &l.effect[i];

			if (f->op != CS_OP_FIELD || strcmp(cs_arg_text(f, 0), field) != 0 || same(&f->arg[1], &last))
				continue;
			last = f->arg[1];
			at = ev.at;
			actor = ev.actor;
		}
	}
	if (last.type == CS_V_NONE)
		return;
	by = cs_org_staff(&t->s->org, actor);
	cs_buf_printf(&t->out, " since %s by %s", when(t, at, from), by ? by->login : "the system");
}

static void tell_field(struct telling *t, const struct cs_cond *c)
{
	const struct cs_view *v = &t->study->v;
	const struct cs_field *f = cs_kind_field(v->kind, c->name);
	const struct cs_word *w = f ? NULL : cs_word_find(c->name);
	const enum cs_field_type type = f ? f->type : w ? w->type : CS_FIELD_TEXT;
	const struct cs_value x = cs_view_value(v, c->name), wanted = {CS_V_INT, c->number, NULL};

	cs_buf_printf(&t->out, "%s %s", c->name,
		      x.type == CS_V_NONE ? "not known" : cs_value_show(t->s, type, &x, v->im->arena));
	if (x.type == CS_V_INT && (c->test == CS_TEST_AT_LEAST || c->test == CS_TEST_AT_MOST) && !c->number_undecided)
		cs_buf_printf(&t->out, " (%s or %s wanted)", cs_value_show(t->s, type, &wanted, v->im->arena),
			      c->test == CS_TEST_AT_LEAST ? "more" : "less");
	if (f && x.type != CS_V_NONE)
		tell_given(t, c->name);
}

static void tell_facts(struct telling *t, const struct cs_cond *c)
{
	struct cs_facts facts = {0};

	cs_facts_of(&t->study->v, c, &facts);
	cs_buf_puts(&t->out, cs_facts_text(&facts, t->study->v.im->arena));
}

static void tell_since(struct telling *t, const struct cs_cond *c)
{
	struct cs_count count = {.zone = t->study->v.policy->zone};
	char from[40], to[40], span[40];
	cs_time end;

	if (!cs_view_step_at(&t->study->v, c->name, &count.from) || cs_count_end(&count, &c->span, &end, NULL) < 0)
		cs_buf_printf(&t->out, "since %s: not known", c->name);
	else
		cs_buf_printf(&t->out, "since %s %s, %s end %s", c->name, when(t, count.from, from),
			      cs_span_text(&c->span, span), when(t, end, to));
}

/* The same person has the same number, in the order of their first times; who is not known is another each time. */
static size_t *number_all(const struct cs_voices *l)
{
	size_t *number = cs_arena_alloc(l->arena, (l->count + 1) * sizeof *number), people = 0;

	for (size_t i = 0; i < l->count; i++) {
		size_t k = 0;

		while (k < i && (l->voice[i].person == CS_NULL || l->voice[k].person != l->voice[i].person))
			k++;
		number[i] = k < i ? number[k] : ++people;
	}
	return number;
}

static bool counts(const struct telling *t, const struct cs_cond *c, const struct cs_voice *v)
{
	const cs_time until = cs_voice_until(v, &c->tally, t->study->v.policy->zone);

	return cs_ids_has(&c->tally.steps, v->step) && (until == CS_TIME_NONE || until >= t->s->now);
}

/* Each time that counts now, by whom of the people (numbered), and how many that makes of those wanted. */
static void tell_count(struct telling *t, const struct cs_cond *c)
{
	struct cs_voices *l = t->study->voices;
	const size_t *number = number_all(l);
	char ref[CS_REF_SIZE], at[40], span[40];
	size_t n = 0;

	for (size_t i = 0; i < l->count; i++) {
		const struct cs_voice *v = &l->voice[i];

		if (!counts(t, c, v))
			continue;
		cs_buf_printf(&t->out, "%s%s %s (%s) by ", n++ ? ", " : "", cs_ref_text(v->ticket, ref),
			      when(t, v->at, at), v->step);
		if (v->person == CS_NULL)
			cs_buf_puts(&t->out, "nobody known");
		else
			cs_buf_printf(&t->out, "person %zu", number[i]);
	}
	cs_buf_printf(&t->out, "%s%lld%s", n ? ": " : "",
		      (long long)cs_voices_count(l, &c->tally, t->study->v.policy->zone, t->s->now),
		      c->tally.how == CS_TALLY_SAME       ? " of one"
		      : c->tally.how == CS_TALLY_DISTINCT ? " different ones"
							  : "");
	if (c->tally.has_within)
		cs_buf_printf(&t->out, " within %s", cs_span_text(&c->tally.within, span));
	cs_buf_printf(&t->out, ", %lld wanted", (long long)c->number);
}

static void tell(struct telling *t, const struct cs_cond *c)
{
	switch (c->op) {
	case CS_COND_FIELD: tell_field(t, c); return;
	case CS_COND_SINCE: tell_since(t, c); return;
	case CS_COND_COUNT: tell_count(t, c); return;
	case CS_COND_NOT:
		cs_buf_puts(&t->out, "not ");
		tell(t, c->sub[0]);
		return;
	case CS_COND_ALL:
	case CS_COND_ANY:
		for (size_t i = 0; i < c->sub_count; i++) {
			cs_buf_puts(&t->out, i == 0 ? "" : c->op == CS_COND_ALL ? "; " : " or ");
			tell(t, c->sub[i]);
		}
		return;
	default: tell_facts(t, c); return;
	}
}

/* Since when it is as it is at `at`: a latched rule as studied, another from the last moment that it changed. */
static cs_time since(const struct cs_importance_study *s, size_t i, cs_time at)
{
	const struct cs_importance_course *c = &s->course[i];
	enum cs_truth now = cs_importance_holds(s, i, at);
	cs_time from = CS_TIME_NONE;

	if (!c->timed)
		return CS_TIME_NONE;
	if (c->rule->latch)
		return now == CS_TRUE ? c->holds : c->unknown;
	for (size_t k = c->moment.count; k-- > 0;) {
		if (c->moment.at[k] > at)
			continue;
		if (cs_importance_holds(s, i, c->moment.at[k]) != now)
			break;
		from = c->moment.at[k];
	}
	return from;
}

/* What time alone will change, as the facts are known now. */
static void tell_wake(struct telling *t, cs_time at, void (*line)(void *arg, const struct cs_class_line *l), void *arg)
{
	struct cs_importance_result then;
	bool any = false;

	cs_importance_at(t->study, at, &then);
	cs_buf_clear(&t->out);
	cs_buf_puts(&t->out, "rated again");
	for (size_t i = 0; i < t->study->count; i++) {
		const enum cs_truth now = cs_importance_holds(t->study, i, t->s->now),
				    next = cs_importance_holds(t->study, i, at);

		if (now == next)
			continue;
		cs_buf_printf(&t->out, "%s%s %s", any ? ", " : ": then ", t->study->course[i].rule->id,
			      next == CS_TRUE      ? "holds"
			      : next == CS_UNKNOWN ? "is open"
						   : "holds no more");
		any = true;
	}
	line(arg, &(struct cs_class_line){"to come", at, then.class,
					  cs_arena_strdup(t->study->v.im->arena, cs_buf_str(&t->out))});
}

int cs_explain_class(struct cs_session *s, const struct cs_image *im,
		     void (*line)(void *arg, const struct cs_class_line *l), void *arg, struct cs_err *e)
{
	struct cs_view v = {.s = s, .policy = s->policy, .im = im, .at = s->now};
	struct cs_importance_study study;
	struct cs_importance_result now;
	struct telling t = {.s = s, .study = &study};

	v.kind = s->policy && im->t.kind ? cs_policy_kind(s->policy, im->t.kind) : NULL;
	if (!v.kind || !cs_importance_rates(s->policy, im->t.kind))
		return 0;
	if (cs_importance_study(&study, &v, e) < 0)
		return -1;
	cs_importance_at(&study, s->now, &now);
	line(arg, &(struct cs_class_line){now.class, CS_TIME_NONE, now.class,
					  im->t.importance_peak
						  ? cs_arena_printf(im->arena, "highest ever %s", im->t.importance_peak)
						  : NULL});
	for (size_t i = 0; i < study.count; i++) {
		enum cs_truth truth = cs_importance_holds(&study, i, s->now);
		const struct cs_importance_rule *r = study.course[i].rule;

		if (truth == CS_FALSE)
			continue;
		cs_buf_clear(&t.out);
		tell(&t, r->when);
		for (size_t k = 0; k < r->source.count; k++)
			cs_buf_printf(&t.out, "%s%s%s", k ? ", " : " [", r->source.id[k],
				      k + 1 == r->source.count ? "]" : "");
		line(arg, &(struct cs_class_line){
				  cs_arena_printf(im->arena, "%s %s", truth == CS_TRUE ? "holds" : "open", r->id),
				  since(&study, i, s->now), r->class, cs_arena_strdup(im->arena, cs_buf_str(&t.out))});
	}
	if (im->t.wake_at != CS_NULL)
		tell_wake(&t, im->t.wake_at, line, arg);
	cs_buf_free(&t.out);
	return 0;
}
