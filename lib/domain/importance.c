/* Rules of importance over time. */
#include "domain/importance.h"

#include <string.h>

#include "base/buf.h"
#include "domain/clock.h"

bool cs_importance_rates(const struct cs_policy *p, const char *kind)
{
	return p && kind && cs_ids_has(&p->importance.kinds, kind);
}

static bool is_timed(const struct cs_cond *c)
{
	if (c->op == CS_COND_SINCE || c->op == CS_COND_CLOCK || c->op == CS_COND_COUNT || c->op == CS_COND_DONE)
		return true;
	for (size_t i = 0; i < c->sub_count; i++)
		if (is_timed(c->sub[i]))
			return true;
	return false;
}

static bool counts(const struct cs_cond *c)
{
	if (c->op == CS_COND_COUNT)
		return true;
	for (size_t i = 0; i < c->sub_count; i++)
		if (counts(c->sub[i]))
			return true;
	return false;
}

static void since_moments(const struct cs_view *v, const struct cs_cond *c, struct cs_moments *m)
{
	struct cs_count count = {.zone = v->policy->zone};
	cs_time end;

	if (c->span.unit == CS_SPAN_NONE || !cs_view_step_at(v, c->name, &count.from))
		return;
	cs_moments_add(m, v->im->arena, count.from);
	if (cs_count_end(&count, &c->span, &end, NULL) == 0 && end != CS_TIME_NONE)
		cs_moments_add(m, v->im->arena, end + 1);
}

/* From which it comes to the number, or does no longer. */
static void count_moments(const struct cs_importance_study *s, const struct cs_cond *c, struct cs_moments *m)
{
	const struct cs_tally_course *t = cs_voices_course(s->voices, &c->tally, s->v.policy->zone);
	bool reached = false;

	for (size_t i = 0; i < t->count; i++) {
		if ((t->step[i].n >= c->number) == reached)
			continue;
		reached = !reached;
		cs_moments_add(m, s->v.im->arena, t->step[i].at);
	}
}

static void moments_of(const struct cs_importance_study *s, const struct cs_cond *c, struct cs_moments *m)
{
	cs_time at;

	switch (c->op) {
	case CS_COND_SINCE: since_moments(&s->v, c, m); break;
	case CS_COND_CLOCK: cs_past_moments(s->v.im, c->name, m); break;
	case CS_COND_COUNT: count_moments(s, c, m); break;
	case CS_COND_DONE:
		if (cs_view_step_at(&s->v, c->name, &at))
			cs_moments_add(m, s->v.im->arena, at);
		break;
	default:
		for (size_t i = 0; i < c->sub_count; i++)
			moments_of(s, c->sub[i], m);
		break;
	}
}

static enum cs_truth truth_at(const struct cs_importance_study *s, const struct cs_cond *c, cs_time at,
			      bool just_before)
{
	struct cs_view v = s->v;

	v.at = at;
	v.just_before = just_before;
	v.voices = s->voices;
	return cs_cond_eval(&v, c);
}

/* Since when a latched rule holds, or cannot be decided. */
static void latch(const struct cs_importance_study *s, struct cs_importance_course *c)
{
	for (size_t i = 0; i < c->moment.count && c->holds == CS_TIME_NONE; i++) {
		enum cs_truth t = truth_at(s, c->rule->when, c->moment.at[i], true);

		if (t == CS_TRUE)
			c->holds = c->moment.at[i];
		else if (t == CS_UNKNOWN && c->unknown == CS_TIME_NONE)
			c->unknown = c->moment.at[i];
	}
}

/* It waits for a parameter that is undecided: off, whatever else is known. */
static bool is_off(const struct cs_cond *c)
{
	size_t off = 0;

	switch (c->op) {
	case CS_COND_SINCE: return c->span.unit == CS_SPAN_NONE;
	case CS_COND_COUNT: return c->number_undecided || (c->tally.has_within && c->tally.within.unit == CS_SPAN_NONE);
	case CS_COND_FIELD:
	case CS_COND_LIST: return c->number_undecided;
	default: break;
	}
	for (size_t i = 0; i < c->sub_count; i++)
		off += is_off(c->sub[i]);
	return c->op == CS_COND_ANY ? off == c->sub_count : off > 0;
}

static void study_rule(struct cs_importance_study *s, struct cs_importance_course *c)
{
	struct cs_arena *a = s->v.im->arena;

	c->holds = c->unknown = CS_TIME_NONE;
	c->timed = !is_off(c->rule->when) && is_timed(c->rule->when);
	if (!c->timed) {
		c->fixed = is_off(c->rule->when) ? CS_FALSE : truth_at(s, c->rule->when, s->v.at, false);
		return;
	}
	cs_moments_add(&c->moment, a, s->v.im->t.opened_at);
	moments_of(s, c->rule->when, &c->moment);
	cs_moments_sort(&c->moment);
	for (size_t i = 0; i < c->moment.count; i++)
		cs_moments_add(&s->moment, a, c->moment.at[i]);
	if (c->rule->latch)
		latch(s, c);
}

/* Those given, or in hand where the matter is rated ticket after ticket. */
static int read_voices(struct cs_importance_study *out, struct cs_err *e)
{
	const struct cs_view *v = &out->v;
	struct cs_voices *in_hand = v->voices ? v->voices : v->s->voices;
	const char *registers = v->kind->register_step->id;

	if (in_hand && in_hand->matter == v->im->t.matter && strcmp(in_hand->registers, registers) == 0) {
		out->voices = in_hand;
		return 0;
	}
	out->voices = cs_arena_alloc(v->im->arena, sizeof *out->voices);
	return cs_voices_read(out->voices, v->s->db, v->im, registers, e);
}

int cs_importance_study(struct cs_importance_study *out, const struct cs_view *v, struct cs_err *e)
{
	const struct cs_importance *im = &v->policy->importance;
	bool any = false;

	memset(out, 0, sizeof *out);
	out->v = *v;
	out->v.as_of = true;
	out->v.step_at = v->at;
	for (size_t i = 0; i < im->rule_count && !any; i++)
		any = counts(im->rule[i]->when);
	if (any && read_voices(out, e) < 0)
		return -1;
	out->count = im->rule_count;
	out->course = cs_arena_alloc(v->im->arena, im->rule_count * sizeof *out->course);
	for (size_t i = 0; i < im->rule_count; i++) {
		memset(&out->course[i], 0, sizeof out->course[i]);
		out->course[i].rule = im->rule[i];
		study_rule(out, &out->course[i]);
	}
	cs_moments_sort(&out->moment);
	return 0;
}

/* The moment by which a rule that cannot be decided is looked at: a latched one, since when that is so. */
struct look {
	cs_time at;
	bool just_before;
};
static struct look look_at(const struct cs_importance_course *c, cs_time at)
{
	bool latched = c->timed && c->rule->latch;

	return (struct look){latched ? c->unknown : at, latched};
}

enum cs_truth cs_importance_holds(const struct cs_importance_study *s, size_t course, cs_time at)
{
	const struct cs_importance_course *c = &s->course[course];

	if (!c->timed)
		return c->fixed;
	if (!c->rule->latch)
		return truth_at(s, c->rule->when, at, false);
	if (c->holds != CS_TIME_NONE && c->holds <= at)
		return CS_TRUE;
	return c->unknown != CS_TIME_NONE && c->unknown <= at ? CS_UNKNOWN : CS_FALSE;
}

static void add_open(const struct cs_importance_study *s, const char *field, struct cs_importance_result *out)
{
	const struct cs_importance *im = &s->v.policy->importance;

	for (size_t i = 0; i < im->unknown_count; i++) {
		size_t k = 0;

		if (strcmp(im->unknown[i].field, field) != 0)
			continue;
		while (k < out->open_count && out->open[k] != &im->unknown[i])
			k++;
		if (k < out->open_count)
			continue;
		if (!out->open)
			out->open = cs_arena_alloc(s->v.im->arena, im->unknown_count * sizeof(*out->open));
		out->open[out->open_count++] = &im->unknown[i];
	}
}

/* The fields that make it unknown, of all its parts that are. */
static void find_open(const struct cs_importance_study *s, const struct cs_cond *c, struct look look,
		      struct cs_importance_result *out)
{
	if (is_off(c) || truth_at(s, c, look.at, look.just_before) != CS_UNKNOWN)
		return;
	if (c->op == CS_COND_FIELD && !cs_importance_known(s, c->name))
		add_open(s, c->name, out);
	if (c->op == CS_COND_FIELD && c->other && !cs_importance_known(s, c->other))
		add_open(s, c->other, out);
	for (size_t i = 0; c->op != CS_COND_LIST && i < c->sub_count; i++)
		find_open(s, c->sub[i], look, out);
}

bool cs_importance_known(const struct cs_importance_study *s, const char *field)
{
	return cs_view_value(&s->v, field).type != CS_V_NONE;
}

void cs_importance_at(const struct cs_importance_study *s, cs_time at, struct cs_importance_result *out)
{
	const struct cs_ids *scale = &s->v.policy->importance.scale;
	struct cs_buf rules = {0};
	int best = 0;

	memset(out, 0, sizeof *out);
	for (size_t i = 0; i < s->count; i++) {
		int class = cs_ids_index(scale, s->course[i].rule->class);

		if (cs_importance_holds(s, i, at) != CS_TRUE)
			continue;
		cs_buf_printf(&rules, "%s%s", rules.len ? "," : "", s->course[i].rule->id);
		best = class > best ? class : best;
	}
	for (size_t i = 0; i < s->count; i++)
		if (cs_ids_index(scale, s->course[i].rule->class) > best && cs_importance_holds(s, i, at) == CS_UNKNOWN)
			find_open(s, s->course[i].rule->when, look_at(&s->course[i], at), out);
	out->class = scale->id[best];
	if (rules.len)
		out->rules = cs_arena_strdup(s->v.im->arena, rules.data);
	cs_buf_free(&rules);
}
