/* Admission: the gate in front of the steps that decide about a ticket. */
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "domain/admission.h"
#include "domain/decision.h"
#include "store/ref.h"

static const char ground_field[] = "ground";

static bool carries_ground(const struct cs_step *st)
{
	for (size_t i = 0; i < st->need_count; i++)
		if (st->need[i].word && strcmp(st->need[i].word, ground_field) == 0)
			return true;
	return cs_ids_has(&st->takes, ground_field);
}

/* The ground typed with the step is another than the rule's. */
static bool other_ground(const struct cs_decision *d, const struct cs_admission_rule *rule)
{
	const struct cs_value *v = cs_image_own(&d->after, ground_field);

	return rule->ground && cs_given_has(d->req->set, d->req->set_count, ground_field) && v &&
	       strcmp(v->s, rule->ground) != 0;
}

static void say_sources(const struct cs_admission_rule *rule, struct cs_buf *out)
{
	for (size_t i = 0; i < rule->source.count; i++)
		cs_buf_printf(out, "%s%s%s", i ? " " : " (", rule->source.id[i],
			      i + 1 == rule->source.count ? ")" : "");
}

/* What the rules say instead, and who may decide otherwise. */
static int refuse(const struct cs_decision *d, const struct cs_view *v, const struct cs_admission_rule *rule,
		  enum cs_truth t, struct cs_err *e)
{
	const struct cs_whos *who = &d->v.kind->override;
	const struct cs_need *gate = cs_step_gate(d->step);
	struct cs_facts facts = {0};
	struct cs_buf b = {0};
	char ref[CS_REF_SIZE], word[CS_WHO_WORDS];

	if (!rule) {
		cs_buf_puts(&b, "no rule of admission holds");
	} else if (t == CS_UNKNOWN) {
		cs_facts_of(v, rule->when, &facts);
		cs_buf_printf(&b, "rule '%s' is still open", rule->id);
		say_sources(rule, &b);
		cs_buf_printf(&b, ": %s", cs_facts_text(&facts, d->after.arena));
	} else {
		cs_buf_printf(&b, "rule '%s' decides here", rule->id);
		say_sources(rule, &b);
		cs_buf_puts(&b, " and allows");
		for (size_t i = 0; i < rule->allow.count; i++)
			cs_buf_printf(&b, "%s %s", i ? "," : "", rule->allow.id[i]);
		if (rule->ground)
			cs_buf_printf(&b, " with the ground %s", rule->ground);
	}
	if (gate->say)
		cs_buf_printf(&b, "; %s", gate->say);
	cs_buf_printf(&b, " (cs-decide explain %s)", cs_ref_text(d->after.t.id, ref));
	for (size_t i = 0; i < who->count; i++)
		cs_buf_printf(&b, "%s%s", i ? ", " : "; against it, --override REASON by: ",
			      cs_who_words(d->v.policy, &who->who[i], word));
	cs_fail(e, CS_REFUSED, "%s: %s", d->step->id, cs_buf_str(&b));
	cs_buf_free(&b);
	return -1;
}

/* The rule's own ground, where none was typed. */
static int give_ground(struct cs_decision *d, const struct cs_admission_rule *rule, struct cs_err *e)
{
	struct cs_arena *a = d->after.arena;
	struct cs_request *whole;
	struct cs_given *set;
	size_t n = d->req->set_count;

	if (!rule->ground || !carries_ground(d->step) || cs_given_has(d->req->set, n, ground_field))
		return 0;
	whole = cs_arena_alloc(a, sizeof *whole);
	set = cs_arena_alloc(a, (n + 1) * sizeof *set);
	if (n)
		memcpy(set, d->req->set, n * sizeof *set);
	set[n] = (struct cs_given){ground_field, rule->ground};
	*whole = *d->req;
	whole->set = set;
	whole->set_count = n + 1;
	d->req = whole;
	return cs_decide_set(d, &set[n], e);
}

/* The facts as they are now, beside the decision: what is found out later changes them, not what was decided. */
static void note_facts(struct cs_decision *d, const struct cs_view *v, const struct cs_admission_rule *rule)
{
	struct cs_facts facts = {0};

	if (rule)
		cs_facts_of(v, rule->when, &facts);
	if (facts.count)
		cs_emit(d, CS_OP_NOTE, CS_S(CS_NOTE_FACTS), CS_S(cs_facts_text(&facts, d->after.arena)));
}

static int overrule(struct cs_decision *d, const struct cs_admission_rule *rule, enum cs_truth t, struct cs_err *e)
{
	const struct cs_whos *who = &d->v.kind->override;
	struct cs_arena *a = d->after.arena;
	struct cs_buf b = {0};
	char *reason = cs_arena_strdup(a, d->req->override);

	cs_utf8_trim(reason);
	if (!*reason)
		return cs_fail(e, CS_REFUSED, "%s: --override: the reason is wanted", d->step->id);
	if (!cs_whos_have(&d->v, who, d->ev.actor)) {
		for (size_t i = 0; i < who->count; i++) {
			char word[CS_WHO_WORDS];

			cs_buf_printf(&b, "%s%s",
				      i ? ", " : "only for: ", cs_who_words(d->v.policy, &who->who[i], word));
		}
		cs_fail(e, CS_REFUSED, "%s: --override: %s", d->step->id, b.len ? cs_buf_str(&b) : "nobody may");
		cs_buf_free(&b);
		return -1;
	}
	cs_effects_private(d->out, "override", reason);
	cs_emit(d, CS_OP_NOTE, CS_S(t == CS_UNKNOWN ? CS_NOTE_OPEN : CS_NOTE_AGAINST), CS_S(rule ? rule->id : "-"));
	return 0;
}

int cs_decide_gate(struct cs_decision *d, struct cs_err *e)
{
	const struct cs_need *gate = cs_step_gate(d->step);
	const struct cs_admission_rule *rule;
	struct cs_view before = d->v;
	enum cs_truth t;

	if (!gate)
		return d->req->override
			       ? cs_fail(e, CS_REFUSED, "%s: --override: the step needs no admission", d->step->id)
			       : 0;
	before.step = NULL;
	rule = cs_view_admission(&before, &t);
	if (t != CS_TRUE || !cs_ids_has(&rule->allow, gate->cond->name) || other_ground(d, rule)) {
		if (!d->req->override)
			return refuse(d, &before, rule, t, e);
		if (overrule(d, rule, t, e) < 0)
			return -1;
		note_facts(d, &before, rule);
		return 0;
	}
	if (d->req->override)
		return cs_fail(e, CS_REFUSED, "%s: --override: rule '%s' allows the step; nothing is to be overridden",
			       d->step->id, rule->id);
	d->rule = rule;
	cs_emit(d, CS_OP_NOTE, CS_S(CS_NOTE_ADMISSION), CS_S(rule->id));
	note_facts(d, &before, rule);
	return give_ground(d, rule, e);
}
