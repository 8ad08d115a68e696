/* Classes explained. */
#include "text/explain_class.h"

#include <string.h>

#include "base/buf.h"
#include "domain/clock.h"
#include "domain/importance.h"
#include "domain/policy_words.h"
#include "domain/values.h"
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

static void tell_field(struct telling *t, const struct cs_cond *c)
{
	const struct cs_view *v = &t->study->v;
	const struct cs_field *f = cs_kind_field(v->kind, c->name);
	const struct cs_word *w = f ? NULL : cs_word_find(c->name);
	struct cs_value x = cs_view_value(v, c->name);

	cs_buf_printf(&t->out, "%s %s", c->name,
		      x.type == CS_V_NONE ? "not known"
					  : cs_value_show(t->s,
							  f   ? f->type
							  : w ? w->type
							      : CS_FIELD_TEXT,
							  &x, v->im->arena));
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

/* Who counts, each with the time until which he does. */
static void tell_count(struct telling *t, const struct cs_cond *c)
{
	const struct cs_voices *l = &t->study->voices;
	char ref[CS_REF_SIZE], at[40];
	size_t n = 0;

	for (size_t i = 0; i < l->count; i++) {
		const struct cs_voice *v = &l->voice[i];

		if (!cs_ids_has(&c->tally.steps, v->step))
			continue;
		cs_buf_printf(&t->out, "%s%s %s", n++ ? ", " : "", cs_ref_text(v->ticket, ref), when(t, v->at, at));
		if (v->seq)
			cs_buf_printf(&t->out, " (%s)", v->step);
		if (v->person == CS_NULL)
			cs_buf_puts(&t->out, " by nobody known");
	}
	cs_buf_printf(&t->out, ": %s%s%lld or more wanted",
		      c->tally.how == CS_TALLY_SAME       ? "of one, "
		      : c->tally.how == CS_TALLY_DISTINCT ? "different ones, "
							  : "",
		      c->tally.has_within ? "within the window, " : "", (long long)c->number);
}

static void tell(struct telling *t, const struct cs_cond *c)
{
	switch (c->op) {
	case CS_COND_FIELD: tell_field(t, c); return;
	case CS_COND_SINCE: tell_since(t, c); return;
	case CS_COND_COUNT: tell_count(t, c); return;
	case CS_COND_CLOCK: cs_buf_printf(&t->out, "clock %s", c->name); return;
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
	default: cs_buf_puts(&t->out, c->name ? c->name : "other facts"); return;
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
		line(arg, &(struct cs_class_line){
				  cs_arena_printf(im->arena, "%s %s", truth == CS_TRUE ? "holds" : "open", r->id),
				  since(&study, i, s->now), r->class, cs_arena_strdup(im->arena, cs_buf_str(&t.out))});
	}
	if (im->t.wake_at != CS_NULL)
		line(arg, &(struct cs_class_line){"to come", im->t.wake_at, NULL, "rated again"});
	cs_buf_free(&t.out);
	return 0;
}
