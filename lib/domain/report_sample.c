/* Which samples the indicators have, and whether they are ready to be frozen. */
#include "domain/report_sample.h"

#include <string.h>

#include "base/json.h"
#include "domain/sample.h"
#include "store/figures_call.h"
#include "store/ref.h"

static bool covers(const struct cs_period *outer, const struct cs_period *inner)
{
	return inner->from >= outer->from && inner->to <= outer->to;
}

static bool same_period(const struct cs_period *a, const struct cs_period *b)
{
	return a->from == b->from && a->to == b->to;
}

int cs_report_draws(struct cs_session *s, const struct cs_period *within, const char *rule,
		    struct cs_arena *a, struct cs_report_draw **out, size_t *count,
		    struct cs_err *e)
{
	struct cs_stmt *walk = cs_fig_draws(s->db, rule, e);
	struct cs_fig_draw d;
	struct cs_period p;
	size_t size = 0;
	int rc = -1;

	*out = NULL;
	*count = 0;
	while (walk && (rc = cs_fig_draw_next(walk, &d, e)) == 1) {
		if (!d.period || cs_period_parse(d.period, cs_session_zone(s), &p, NULL) < 0 ||
		    !covers(within, &p))
			continue;
		if (*count && same_period(&(*out)[*count - 1].period, &p) &&
		    (*out)[*count - 1].unit == d.unit)
			--*count;
		*out = cs_arena_grow(a, *out, *count, &size, sizeof **out);
		(*out)[(*count)++] = (struct cs_report_draw){d.id, d.unit, p};
	}
	return rc;
}

/* One sample rule in one period, and what was drawn by it. */
struct lot {
	struct cs_session *s;
	const struct cs_report_ask *ask;
	const struct cs_sample_rule *rule;
	struct cs_period period;
	const struct cs_report_draw *draw; /* of the rule, maybe of other periods too */
	size_t draw_count;
	struct cs_arena *arena;
};

static bool is_drawn(const struct lot *l, const struct cs_report_draw *d)
{
	return same_period(&d->period, &l->period);
}

bool cs_report_draw_holds(const struct cs_session *s, const struct cs_report_ask *ask, const struct cs_report_draw *d)
{
	return d->unit == CS_NULL || (ask->unit && cs_org_below(&s->org, ask->unit->id, d->unit));
}

static bool drawn_whole(const struct lot *l)
{
	for (size_t i = 0; i < l->draw_count; i++) {
		const struct cs_report_draw *d = &l->draw[i];

		if (is_drawn(l, d) && cs_report_draw_holds(l->s, l->ask, d))
			return true;
	}
	return false;
}

/* What could be drawn and no draw was made from. */
static int find_undrawn(const struct lot *l, struct cs_frame *out, bool *in_part, struct cs_err *e)
{
	*in_part = false;
	if (cs_sample_frame(l->s, l->rule, &l->period, l->ask->unit ? l->ask->unit->id : CS_NULL,
			    out, e) < 0)
		return -1;
	for (size_t i = 0; i < l->draw_count && out->count; i++) {
		struct cs_frame of_unit = {.arena = l->arena};

		if (!is_drawn(l, &l->draw[i]))
			continue;
		*in_part = true;
		if (cs_sample_frame(l->s, l->rule, &l->period, l->draw[i].unit, &of_unit, e) < 0)
			return -1;
		cs_frame_subtract(out, &of_unit);
	}
	return 0;
}

static int check_drawn(const struct lot *l, struct cs_err *e)
{
	struct cs_frame undrawn = {.arena = l->arena};
	struct cs_sample_spec spec;
	const char *rule = l->rule->id, *period = l->period.label;
	char ref[CS_REF_SIZE];
	bool in_part;

	/* What the rules leave undecided cannot be drawn. */
	if (drawn_whole(l) || cs_sample_spec_of(l->rule, &spec, NULL) < 0)
		return 0;
	if (find_undrawn(l, &undrawn, &in_part, e) < 0)
		return -1;
	if (undrawn.count == 0)
		return 0;
	if (in_part)
		return cs_fail(e, CS_REFUSED,
			       "sample %s of %s was not drawn for every unit, not for that of %s; "
			       "first: cs-sample draw %s %s --unit UNIT, and its contacts",
			       rule, period, cs_ref_text(undrawn.item[0].ticket, ref), rule,
			       period);
	return cs_fail(e, CS_REFUSED,
		       "sample %s was not drawn for %s; first: cs-sample draw %s %s, and its "
		       "contacts",
		       rule, period, rule, period);
}

bool cs_report_said(const char *answers, const char *question, bool *yes)
{
	struct cs_json *doc = NULL;
	const struct cs_json_node *n;
	bool said, flag;

	if (!answers || !question || cs_json_parse(answers, strlen(answers), &doc, NULL) < 0)
		return false;
	n = cs_json_get(cs_json_root(doc), question);
	said = n && !cs_json_is_null(n);
	*yes = said &&
	       ((cs_json_text(n) && strcmp(cs_json_text(n), "yes") == 0) || (cs_json_bool(n, &flag) == 0 && flag));
	cs_json_free(doc);
	return said;
}

/* A score, or the answer to what an indicator over this sample asks. */
static bool is_answer(const struct lot *l, const struct cs_fig_answer *c)
{
	const struct cs_policy *p = l->s->policy;
	bool yes;

	if (strcmp(c->state, "done") != 0)
		return false;
	for (size_t i = 0; i < p->indicator_count; i++)
		if (p->indicator[i].sample && strcmp(p->indicator[i].sample, l->rule->id) == 0 &&
		    cs_report_said(c->answers, p->indicator[i].question, &yes))
			return true;
	return c->score != CS_NULL;
}

/* 1 when no contact of the ticket, the sample's own or another, brought an answer. */
static int is_silent(const struct lot *l, int64_t ticket, struct cs_err *e)
{
	struct cs_stmt *walk = cs_fig_answers(l->s->db, ticket, e);
	struct cs_fig_answer c;
	bool silent = true;
	int rc = -1;

	while (walk && (rc = cs_fig_answer_next(walk, &c, e)) == 1)
		silent = silent && !is_answer(l, &c);
	return rc < 0 ? -1 : silent;
}

static int remark_silent(const struct lot *l, struct cs_faults *remarks, struct cs_err *e)
{
	size_t silent = 0, members = 0;

	for (size_t i = 0; i < l->draw_count; i++) {
		struct cs_stmt *walk;
		int64_t ticket, unit, place;
		int rc = -1, is;

		if (!is_drawn(l, &l->draw[i]))
			continue;
		walk = cs_fig_members(l->s->db, l->draw[i].id, e);
		while (walk && (rc = cs_fig_member_next(walk, &ticket, &unit, &place, e)) == 1) {
			if (!cs_report_covers(l->s, l->ask, unit, place))
				continue;
			is = is_silent(l, ticket, e);
			if (is < 0)
				return -1;
			silent += (size_t)is;
			members++;
		}
		if (rc < 0)
			return -1;
	}
	if (silent)
		cs_faults_add(
			remarks,
			"sample %s %s: of %zu members %zu have given no answer, "
			"to its contact or another, and count as "
			"not answered",
			l->rule->id, l->period.label, members, silent);
	return 0;
}

/* The rule's periods that lie within the one reported on. */
static int check_rule(struct lot *l, struct cs_faults *remarks, struct cs_err *e)
{
	const struct cs_zone *z = cs_session_zone(l->s);
	const struct cs_period *whole = &l->ask->period;

	cs_period_of(z, whole->from, l->rule->period, &l->period);
	if (l->period.from < whole->from)
		cs_period_of(z, l->period.to, l->rule->period, &l->period);
	for (; l->period.to <= whole->to;
	     cs_period_of(z, l->period.to, l->rule->period, &l->period))
		if (check_drawn(l, e) < 0 || remark_silent(l, remarks, e) < 0)
			return -1;
	return 0;
}

static bool is_named_before(const struct cs_policy *p, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (p->indicator[i].sample &&
		    strcmp(p->indicator[i].sample, p->indicator[at].sample) == 0)
			return true;
	return false;
}

int cs_report_samples_ready(struct cs_session *s, const struct cs_report_ask *ask,
			    struct cs_faults *remarks, struct cs_err *e)
{
	const struct cs_policy *p = s->policy;
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < p->indicator_count; i++) {
		struct cs_arena a = {0};
		struct lot l = {.s = s, .ask = ask, .arena = &a};
		struct cs_report_draw *draw;

		if (!p->indicator[i].sample || is_named_before(p, i))
			continue;
		l.rule = cs_policy_sample(p, p->indicator[i].sample);
		rc = cs_report_draws(s, &ask->period, l.rule->id, &a, &draw, &l.draw_count, e);
		l.draw = draw;
		if (rc == 0)
			rc = check_rule(&l, remarks, e);
		cs_arena_free(&a);
	}
	return rc;
}
