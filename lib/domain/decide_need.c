/* Who may take a step and what it needs; what is missing is said with the way to give it. */
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "domain/admission.h"
#include "domain/decide.h"
#include "domain/decision.h"
#include "domain/party.h"
#include "domain/policy_words.h"

int cs_decide_by(struct cs_decision *d, struct cs_err *e)
{
	const struct cs_whos *list = &d->step->by;
	struct cs_buf b = {0};
	char word[CS_WHO_WORDS];

	if (cs_decide_may(&d->v, d->step, d->ev.actor)) {
		if (!cs_whos_have(&d->v, &d->step->not_by, d->ev.actor))
			return 0;
		list = &d->step->not_by;
	}
	for (size_t i = 0; i < list->count; i++)
		cs_buf_printf(&b, "%s%s", i ? ", " : "", cs_who_words(d->v.policy, &list->who[i], word));
	cs_fail(e, CS_REFUSED, "%s: %s: %s", d->step->id, list == &d->step->by ? "only for" : "never by",
		cs_buf_str(&b));
	cs_buf_free(&b);
	return -1;
}

static bool given(const struct cs_decision *d, const char *word)
{
	const struct cs_ticket_row *t = &d->after.t;

	if (cs_given_has(d->req->set, d->req->set_count, word))
		return true;
	if (strcmp(word, "note") == 0)
		return d->req->note && !cs_utf8_blank(d->req->note);
	if (strcmp(word, "evidence") == 0)
		return d->req->evidence_count > 0;
	if (strcmp(word, "body") == 0)
		return cs_effects_text(d->out, "body") != NULL;
	if (strcmp(word, "phone") == 0)
		return d->has_phone;
	if (strcmp(word, "party") == 0)
		return d->v.kind->anonymous ||
		       (d->step == d->v.kind->register_step ? t->customer != CS_NULL : d->req->party_count > 0);
	if (strcmp(word, "premises") == 0)
		return t->premises != CS_NULL;
	if (cs_kind_field(d->v.kind, word))
		return false; /* what a step needs is given with that step */
	return cs_view_value(&d->v, word).type != CS_V_NONE;
}

static const char *value_of_type(enum cs_field_type type)
{
	static const char *const value[] = {
		[CS_FIELD_TEXT] = "TEXT",   [CS_FIELD_INT] = "NUMBER",  [CS_FIELD_MONEY] = "AMOUNT",
		[CS_FIELD_TIME] = "TIME",   [CS_FIELD_DATE] = "DATE",   [CS_FIELD_BOOL] = "yes|no",
		[CS_FIELD_CODE] = "CODE",   [CS_FIELD_REF] = "REF",     [CS_FIELD_STAFF] = "LOGIN",
		[CS_FIELD_UNIT] = "UNIT",
	};

	return value[type];
}

/* The column as the file has it. */
const char *cs_decide_heading(const struct cs_decision *d, const char *name)
{
	for (size_t i = 0; i < d->req->heading_count; i++)
		if (strcmp(d->req->heading[i].name, name) == 0)
			return d->req->heading[i].text;
	return name;
}

/* Words that a registration has options and columns of their own for. */
static bool say_option(const struct cs_decision *d, const char *word, struct cs_buf *out)
{
	static const struct {
		const char *word, *option, *other;
	} options[] = {
		{"party", "customer", "phone"}, {"phone", "phone", NULL},       {"premises", "premises", NULL},
		{"body", "body", NULL},         {"subject", "subject", NULL},   {"channel", "channel", NULL},
		{"category", "category", NULL}, {"accepting", "accepting", NULL}, {"place", "unit", NULL},
	};
	const char *dash = d->req->from_row ? "" : "--";
	size_t first = d->step == d->v.kind->register_step || strcmp(word, "party") == 0 ? 0 : sizeof options;

	for (size_t i = first; i < sizeof options / sizeof *options; i++) {
		if (strcmp(options[i].word, word) != 0)
			continue;
		cs_buf_printf(out, " (%s%s%s", d->req->from_row ? "column " : "", dash,
			      cs_decide_heading(d, options[i].option));
		if (options[i].other)
			cs_buf_printf(out, " or %s%s", dash, cs_decide_heading(d, options[i].other));
		cs_buf_putc(out, ')');
		return true;
	}
	return false;
}

/* " (--set reply_text=TEXT)": how to give what is needed. */
static void say_how(const struct cs_decision *d, const char *word, struct cs_buf *out)
{
	const struct cs_field *f = cs_kind_field(d->v.kind, word);
	const struct cs_word *w = cs_word_find(word);

	if (!f && say_option(d, word, out))
		return;
	if (d->req->from_row && f)
		cs_buf_printf(out, " (column %s)", cs_decide_heading(d, word));
	if (d->req->from_row)
		return;
	if (strcmp(word, "note") == 0)
		cs_buf_puts(out, " (--note TEXT)");
	else if (strcmp(word, "evidence") == 0)
		cs_buf_puts(out, " (--evidence KIND)");
	else if (f || (w && (w->use & CS_WORD_TAKE)))
		cs_buf_printf(out, " (--set %s=%s)", word, value_of_type(f ? f->type : w->type));
}

/* Of several that would do, the only one that the caller can still give. */
static const struct cs_cond *to_give(const struct cs_cond *any)
{
	const struct cs_cond *only = NULL;

	for (size_t i = 0; i < any->sub_count; i++) {
		if (any->sub[i]->op == CS_COND_DONE)
			continue;
		if (only)
			return any;
		only = any->sub[i];
	}
	return only ? only : any;
}

/* The one word that the need wants: by itself, or as a condition that it is set. NULL: it wants more than that. */
static const char *wanted(const struct cs_need *n)
{
	const struct cs_cond *c = n->cond;

	if (n->word)
		return n->word;
	if (c->op == CS_COND_ANY)
		c = to_give(c);
	return c->op == CS_COND_FIELD && c->test == CS_TEST_SET && c->value[0].i == 1 ? c->name : NULL;
}

static struct cs_view seen_by(const struct cs_decision *d)
{
	struct cs_view before = d->v;

	before.step = NULL; /* {"done": STEP} asks for an earlier one */
	before.taking = d->step;
	before.set = d->req->set;
	before.set_count = d->req->set_count;
	before.row = d->row;
	before.row_count = d->row_count;
	return before;
}

static void say_rows(const struct cs_view *v, const struct cs_cond *c, struct cs_buf *out)
{
	bool any = false;

	for (size_t i = 0; i < cs_image_count(v->im, CS_P_ROW); i++) {
		const struct cs_ticket_row_row *row = cs_image_at(v->im, CS_P_ROW, i);

		if (strcmp(row->list, c->name) != 0 || cs_view_row_truth(v, row, c->sub[0]) == CS_TRUE)
			continue;
		cs_buf_printf(out, "%s%s", any ? ", " : ": ",
			      cs_row_words(v->s, cs_kind_list(v->kind, row->list), row->key, v->im->arena));
		any = true;
	}
}

static void say_parties(const struct cs_view *v, const struct cs_cond *c, struct cs_buf *out)
{
	bool any = false;

	for (size_t i = 0; i < cs_image_count(v->im, CS_P_PARTY); i++) {
		const struct cs_party_row *p = cs_image_at(v->im, CS_P_PARTY, i);

		if (cs_view_party_truth(v, c, p) == CS_TRUE)
			continue;
		cs_buf_printf(out, "%s%s", any ? ", " : ": ", cs_person_called(v->s, p->person, v->im->arena));
		any = true;
	}
}

/* Behind the sentence of the rules: the rows and the people of whom it does not hold, the time that is over or not
   yet. */
static void say_why(const struct cs_view *v, const struct cs_cond *c, struct cs_buf *out)
{
	struct cs_facts facts = {0};
	cs_time at;

	if (c->op == CS_COND_LIST && c->every && c->sub_count)
		say_rows(v, c, out);
	else if (c->op == CS_COND_PARTY)
		say_parties(v, c, out);
	else if (c->op == CS_COND_SINCE && cs_view_step_at(v, c->name, &at)) {
		cs_facts_of(v, c, &facts);
		cs_buf_printf(out, " (%s)", cs_facts_text(&facts, v->im->arena));
	} else if (c->op == CS_COND_ALL || c->op == CS_COND_ANY)
		for (size_t i = 0; i < c->sub_count; i++)
			if (cs_cond_eval(v, c->sub[i]) != CS_TRUE)
				say_why(v, c->sub[i], out);
}

/* One need that is not met: a word behind "needs", or a sentence of its own. */
static void say_need(const struct cs_decision *d, const struct cs_need *n, struct cs_buf *words,
		     struct cs_buf *sentences)
{
	bool of_rule = d->rule && n >= d->rule->need && n < d->rule->need + d->rule->need_count;
	const struct cs_view before = seen_by(d);
	const char *word = wanted(n);
	struct cs_buf *out = n->say || (!word && n->cond->op != CS_COND_EVIDENCE) ? sentences : words;

	cs_buf_puts(out, out->len == 0 ? "" : out == words ? ", " : "; ");
	if (n->say)
		cs_buf_puts(out, n->say);
	else if (word)
		cs_buf_puts(out, word);
	else if (n->cond->op == CS_COND_EVIDENCE)
		cs_buf_printf(out, "evidence (--evidence %s)",
			      strcmp(n->cond->name, "any") == 0 ? "KIND" : n->cond->name);
	else if (of_rule)
		cs_buf_printf(out, "need %zu of rule '%s' is not met (cs-policy explain kinds/%s/admission/%s)",
			      (size_t)(n - d->rule->need) + 1, d->rule->id, d->v.kind->id, d->rule->id);
	else
		cs_buf_printf(out,
			      "need %zu of the step in the rules is not met (cs-policy explain kinds/%s/steps/%s)",
			      (size_t)(n - d->step->need) + 1, d->v.kind->id, d->step->id);
	if (word)
		say_how(d, word, out);
	else if (n->cond && n->say)
		say_why(&before, n->cond, out);
}

static enum cs_truth met(const struct cs_decision *d, const struct cs_need *n)
{
	const struct cs_view before = seen_by(d);

	if (n->word)
		return given(d, n->word) ? CS_TRUE : CS_FALSE;
	if (n->cond->op == CS_COND_ADMISSION)
		return CS_TRUE; /* cs_decide_gate let it pass */
	return cs_cond_eval(&before, n->cond);
}

/* A rule of admission may demand what the step itself does: that is said once. */
static bool step_wants(const struct cs_decision *d, const char *word)
{
	for (size_t i = 0; word && i < d->step->need_count; i++)
		if (d->step->need[i].word && strcmp(d->step->need[i].word, word) == 0)
			return true;
	return false;
}

/* A condition that cannot be told yet is not met, but it is named only where nothing else is missing: what
   it asks about may be just that. */
int cs_decide_needs(struct cs_decision *d, struct cs_err *e)
{
	const enum cs_truth unmet[] = {CS_FALSE, CS_UNKNOWN};
	struct cs_buf words = {0}, sentences = {0};
	int rc = 0;

	for (size_t k = 0; k < 2 && words.len + sentences.len == 0; k++) {
		for (size_t i = 0; i < d->step->need_count; i++)
			if (met(d, &d->step->need[i]) == unmet[k])
				say_need(d, &d->step->need[i], &words, &sentences);
		for (size_t i = 0; d->rule && i < d->rule->need_count; i++)
			if (met(d, &d->rule->need[i]) == unmet[k] && !step_wants(d, d->rule->need[i].word))
				say_need(d, &d->rule->need[i], &words, &sentences);
	}
	if (words.len)
		rc = cs_fail(e, CS_REFUSED, "%s needs %s%s%s", d->step->id, cs_buf_str(&words),
			     sentences.len ? "; " : "", cs_buf_str(&sentences));
	else if (sentences.len)
		rc = cs_fail(e, CS_REFUSED, "%s: %s", d->step->id, cs_buf_str(&sentences));
	cs_buf_free(&words);
	cs_buf_free(&sentences);
	return rc;
}

const char *cs_decide_lacks(struct cs_session *s, const struct cs_image *im, const struct cs_kind *k,
			    const struct cs_step *st, const struct cs_admission_rule *rule)
{
	const struct cs_request nothing = {.step = st->id};
	struct cs_effects out = {.arena = im->arena};
	struct cs_decision d;
	struct cs_err why = {0};

	cs_decision_begin(&d, s, im, k, s->policy, (struct cs_deed){"ticket", im->t.id, st->id, s->now, s->actor},
			  &out);
	d.req = &nothing;
	d.rule = rule;
	return cs_decide_needs(&d, &why) < 0 ? cs_arena_strdup(im->arena, why.text) : NULL;
}
