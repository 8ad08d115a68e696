/* From the text of an edition to its compiled form; looking things up in it. */
#include <stdlib.h>
#include <string.h>

#include "domain/policy_build.h"

const char *const cs_measure_names[] = {
	"response_timely", "callback_rate", "satisfied_rate", "valid_complaints_per_household",
	"duty_coverage",   "segmentation",
};
const size_t cs_measure_count = sizeof cs_measure_names / sizeof *cs_measure_names;

static void every_kind(struct cs_pol *b)
{
	const struct cs_json_node *kinds = cs_json_get(b->root, "kinds");

	if (cs_json_type(kinds) != CS_JSON_OBJECT)
		return;
	b->all.kind = cs_pol_array(b, cs_json_count(kinds), sizeof(*b->all.kind));
	for (const struct cs_json_node *m = cs_json_first(kinds); m; m = cs_json_next(m))
		b->all.kind[b->all.kind_count++] = m;
}

int cs_policy_compile(const char *text, size_t len, struct cs_faults *faults,
		      struct cs_policy **out, struct cs_err *e)
{
	struct cs_policy *p = cs_alloc(sizeof *p);
	struct cs_pol b = {.p = p, .faults = faults, .e = e};
	size_t before = faults ? faults->count : 0;

	*out = NULL;
	if ((faults ? cs_json_parse(text, len, &p->doc, e) : cs_json_parse_trusted(text, len, "labels", &p->doc, e)) !=
	    0) {
		if (faults && e)
			cs_faults_add(faults, "%s", e->text);
		cs_policy_free(p);
		return cs_fail_in(e, "policy");
	}
	b.doc = p->doc;
	b.root = cs_json_root(p->doc);
	every_kind(&b);
	if (faults)
		b.param_used = cs_pol_array(&b, cs_json_count(cs_json_get(b.root, "params")) + 1,
					    sizeof *b.param_used);
	cs_pol_object(&b, b.root, CS_L_POLICY, p);
	if (faults)
		cs_pol_check(&b);
	if (b.failed) {
		cs_policy_free(p);
		return faults ? cs_fail(e, CS_CONFIG, "the policy has %zu faults",
					faults->count - before)
			      : cs_fail_in(e, "policy");
	}
	if (!p->id || !p->edition || !p->zone) { /* an edition altered in the database */
		cs_policy_free(p);
		return cs_fail(e, CS_CONFIG, "policy: it has no id, edition or zone");
	}
	*out = p;
	return 0;
}

void cs_policy_free(struct cs_policy *p)
{
	if (!p)
		return;
	cs_pol_labels_free(p->labels);
	cs_json_free(p->doc);
	cs_arena_free(&p->arena);
	free(p);
}

bool cs_ids_has(const struct cs_ids *ids, const char *id)
{
	return cs_ids_index(ids, id) >= 0;
}

int cs_ids_index(const struct cs_ids *ids, const char *id)
{
	for (size_t i = 0; i < ids->count; i++)
		if (strcmp(ids->id[i], id) == 0)
			return (int)i;
	return -1;
}

/* While a policy is being read, members that are still to come have no id. */
#define FIND(array, count, wanted) \
	for (size_t i = 0; i < (count); i++) \
		if ((array)[i].id && strcmp((array)[i].id, wanted) == 0) \
			return &(array)[i]; \
	return NULL

const struct cs_kind *cs_policy_kind(const struct cs_policy *p, const char *id)
{
	FIND(p->kind, p->kind_count, id);
}

const struct cs_channel *cs_policy_channel(const struct cs_policy *p, const char *id)
{
	FIND(p->channel, p->channel_count, id);
}

const struct cs_category *cs_policy_category(const struct cs_policy *p, const char *id)
{
	FIND(p->category, p->category_count, id);
}

const struct cs_post_rule *cs_policy_post(const struct cs_policy *p, const char *id)
{
	FIND(p->post, p->post_count, id);
}

const struct cs_callback_rule *cs_policy_callback(const struct cs_policy *p, const char *id)
{
	FIND(p->callback, p->callback_count, id);
}

const struct cs_sample_rule *cs_policy_sample(const struct cs_policy *p, const char *id)
{
	FIND(p->sample, p->sample_count, id);
}

const struct cs_duty *cs_policy_duty(const struct cs_policy *p, const char *id)
{
	FIND(p->duty, p->duty_count, id);
}

const struct cs_form *cs_policy_form(const struct cs_policy *p, const char *id)
{
	FIND(p->form, p->form_count, id);
}

const struct cs_evidence_kind *cs_policy_evidence(const struct cs_policy *p, const char *id)
{
	FIND(p->evidence, p->evidence_count, id);
}

const struct cs_happening_kind *cs_policy_happening(const struct cs_policy *p, const char *id)
{
	FIND(p->happening, p->happening_count, id);
}

const struct cs_ids *cs_policy_codes(const struct cs_policy *p, const char *id)
{
	for (size_t i = 0; i < p->codes_count; i++)
		if (strcmp(p->codes[i].id, id) == 0)
			return &p->codes[i].value;
	return NULL;
}

const struct cs_param *cs_policy_param(const struct cs_policy *p, const char *id)
{
	FIND(p->param, p->param_count, id);
}

const struct cs_calendar *cs_policy_calendar(const struct cs_policy *p, const char *id)
{
	FIND(p->calendar, p->calendar_count, id);
}

const struct cs_field *cs_kind_field(const struct cs_kind *k, const char *id)
{
	FIND(k->field, k->field_count, id);
}

const struct cs_field *cs_kind_field_as(const struct cs_kind *k, const char *as)
{
	for (size_t i = 0; i < k->field_count; i++)
		if (k->field[i].as && strcmp(k->field[i].as, as) == 0)
			return &k->field[i];
	return NULL;
}

const struct cs_list *cs_kind_list(const struct cs_kind *k, const char *id)
{
	FIND(k->list, k->list_count, id);
}

const struct cs_state *cs_kind_state(const struct cs_kind *k, const char *id)
{
	FIND(k->state, k->state_count, id);
}

const struct cs_step *cs_kind_step(const struct cs_kind *k, const char *id)
{
	FIND(k->step, k->step_count, id);
}

const struct cs_need *cs_step_gate(const struct cs_step *st)
{
	for (size_t i = 0; i < st->need_count; i++)
		if (st->need[i].cond && st->need[i].cond->op == CS_COND_ADMISSION)
			return &st->need[i];
	return NULL;
}

bool cs_step_withdraws(const struct cs_kind *k, const struct cs_step *st)
{
	const struct cs_state *to = st->to == CS_TO_STATE ? cs_kind_state(k, st->to_state) : NULL;

	return to && to->is == CS_IS_CLOSED && k->main_clock && cs_ids_has(&k->main_clock->void_by, st->id);
}

const struct cs_clock *cs_kind_clock(const struct cs_kind *k, const char *id)
{
	FIND(k->clock, k->clock_count, id);
}

const struct cs_rung *cs_clock_rung(const struct cs_clock *c, const char *id)
{
	FIND(c->rung, c->rung_count, id);
}
