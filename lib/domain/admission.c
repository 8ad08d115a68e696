#include "domain/admission.h"

#include <string.h>

#include "base/buf.h"
#include "domain/access.h"
#include "domain/clock.h"
#include "domain/policy_words.h"
#include "domain/values.h"
#include "store/ref.h"

struct telling {
	const struct cs_view *v;
	const char *other; /* reference of the ticket the view is about; NULL: the one in question */
	struct cs_facts *out;
	struct cs_arena *a;
};

static void tell(const struct telling *t, const char *text, const char *field)
{
	struct cs_facts *l = t->out;

	if (t->other) {
		text = cs_arena_printf(t->a, "%s: %s", t->other, text);
		field = NULL;
	}
	for (size_t i = 0; i < l->count; i++)
		if (strcmp(l->fact[i].text, text) == 0)
			return;
	l->fact = cs_arena_grow(t->a, l->fact, l->count, &l->size, sizeof *l->fact);
	l->fact[l->count++] = (struct cs_fact){text, field};
}

static enum cs_field_type type_of(const struct cs_view *v, const char *name)
{
	const struct cs_field *f = cs_kind_field(v->kind, name);
	const struct cs_word *w = f ? NULL : cs_word_find(name);

	return f ? f->type : w ? w->type : CS_FIELD_TEXT;
}

static void tell_field(const struct telling *t, const char *name)
{
	struct cs_value x = cs_view_value(t->v, name);
	const struct cs_field *f = cs_kind_field(t->v->kind, name);
	enum cs_field_type type = type_of(t->v, name);

	if (x.type == CS_V_NONE)
		tell(t, cs_arena_printf(t->a, "%s is unset", name), name);
	else if (type == CS_FIELD_TEXT || (f && f->personal))
		tell(t, cs_arena_printf(t->a, "%s is set", name), NULL);
	else
		tell(t, cs_arena_printf(t->a, "%s = %s", name, cs_value_show(t->v->s, type, &x, t->a)), NULL);
}

static void tell_clock(const struct telling *t, const char *name)
{
	const struct cs_clock_row *r = cs_image_clock(t->v->im, name);
	const char *how = !r                        ? "has not started"
			  : r->verdict              ? r->verdict
			  : r->paused_at != CS_NULL ? "stands still"
						    : "is running";
	const char *late = !r || r->verdict                               ? ""
			   : r->due_at != CS_NULL && t->v->at > r->due_at ? ", past its due"
			   : r->missed_due != CS_NULL ? ", late: its due was moved once it had passed"
						      : "";

	tell(t, cs_arena_printf(t->a, "clock %s %s%s", name, how, late), NULL);
}

/* "refuse 2026-10-20 10:00, 30cd end 2026-11-20 00:00, over". */
static void tell_since(const struct telling *t, const struct cs_cond *c, enum cs_truth truth)
{
	const struct cs_zone *z = t->v->policy->zone;
	struct cs_count count = {.zone = z};
	char from[40], to[40], span[40];
	cs_time end;

	if (!cs_view_step_at(t->v, c->name, &count.from))
		tell(t, cs_arena_printf(t->a, "%s not taken", c->name), NULL);
	else if (truth == CS_UNKNOWN || cs_count_end(&count, &c->span, &end, NULL) < 0)
		tell(t,
		     cs_arena_printf(t->a, "%s %s, the rules set no time", c->name,
				     cs_time_text_minute(z, count.from, from)),
		     NULL);
	else
		tell(t,
		     cs_arena_printf(t->a, "%s %s, %s end %s, %s", c->name, cs_time_text_minute(z, count.from, from),
				     cs_span_text(&c->span, span), cs_time_text_minute(z, end, to),
				     (truth == CS_TRUE) == c->within ? "not over" : "over"),
		     NULL);
}

/* Forms that say nothing of fields, by what they come to. */
static void tell_other(const struct telling *t, const struct cs_cond *c)
{
	enum cs_truth truth = cs_cond_eval(t->v, c);
	const char *no = truth == CS_TRUE ? "" : truth == CS_FALSE ? "not " : "perhaps ";

	switch (c->op) {
	case CS_COND_DONE: tell(t, cs_arena_printf(t->a, "%s %staken", c->name, no), NULL); break;
	case CS_COND_SINCE: tell_since(t, c, truth); break;
	case CS_COND_EVIDENCE: tell(t, cs_arena_printf(t->a, "evidence %s %sgiven", c->name, no), NULL); break;
	case CS_COND_PARTY:
		if (c->principal || c->row)
			tell(t, cs_arena_printf(t->a, "who is %s %shas what is demanded", c->name, no), NULL);
		else
			tell(t, cs_arena_printf(t->a, "%s is %s", truth == CS_TRUE ? "somebody" : "nobody", c->name),
			     NULL);
		break;
	case CS_COND_LIST: tell(t, cs_arena_printf(t->a, "rows of %s %sas demanded", c->name, no), NULL); break;
	case CS_COND_OWED: tell(t, cs_arena_printf(t->a, "%s %sowed", c->name, no), NULL); break;
	case CS_COND_COUNT: tell(t, cs_arena_printf(t->a, "%sas often as demanded", no), NULL); break;
	default: tell(t, cs_arena_printf(t->a, "%s %sallowed", c->name, no), NULL); break;
	}
}

static void facts(const struct telling *t, const struct cs_cond *c);

/* Which of those linked make it so. */
static void tell_linked(const struct telling *t, const struct cs_cond *c)
{
	struct cs_view_linked found;
	struct telling there = *t;
	struct cs_image im;
	struct cs_view v;
	char ref[CS_REF_SIZE];

	if (cs_view_linked(t->v, c, &found, NULL) < 0 || found.count == 0) {
		tell(t,
		     cs_arena_printf(t->a, found.open ? "of some linked by %s it is not known" : "none linked by %s",
				     c->name),
		     NULL);
		return;
	}
	for (size_t i = 0; i < found.count; i++) {
		tell(t, cs_arena_printf(t->a, "%s of %s", c->name, cs_ref_text(found.ticket[i], ref)), NULL);
		if (c->sub_count == 0 || cs_view_other(t->v, found.ticket[i], &im, &v, NULL) != 1 ||
		    cs_access_kept(t->v->s, &im))
			continue;
		there.v = &v;
		there.other = cs_arena_strdup(t->a, ref);
		facts(&there, c->sub[0]);
	}
}

static void tell_via(const struct telling *t, const struct cs_cond *c)
{
	struct cs_image im;
	struct cs_view v;
	char ref[CS_REF_SIZE];
	struct telling there = *t;
	const char *said;

	switch (cs_view_via(t->v, c->name, &im, &v, NULL)) {
	case 1: break;
	case 2: tell(t, cs_arena_printf(t->a, "%s = none", c->name), NULL); return;
	default: tell(t, cs_arena_printf(t->a, "%s is unset", c->name), c->name); return;
	}
	there.v = &v;
	there.other = cs_arena_strdup(t->a, cs_ref_text(im.t.id, ref));
	said = cs_view_value(t->v, c->name).s;
	tell(t,
	     strcmp(said, there.other) == 0
		     ? cs_arena_printf(t->a, "%s = %s", c->name, said)
		     : cs_arena_printf(t->a, "%s = %s, merged into %s", c->name, said, there.other),
	     NULL);
	facts(&there, c->sub[0]);
}

/* all: decided by the first false member, any: by the first true one; else all members of the outcome's own truth. */
static void members(const struct telling *t, const struct cs_cond *c, enum cs_truth decides)
{
	enum cs_truth whole = cs_cond_eval(t->v, c);

	for (size_t i = 0; i < c->sub_count; i++) {
		if (cs_cond_eval(t->v, c->sub[i]) != whole)
			continue;
		facts(t, c->sub[i]);
		if (whole == decides)
			return;
	}
}

static void facts(const struct telling *t, const struct cs_cond *c)
{
	switch (c->op) {
	case CS_COND_FIELD:
		tell_field(t, c->name);
		if (c->test == CS_TEST_EQUALS)
			tell_field(t, c->other);
		break;
	case CS_COND_ALL: members(t, c, CS_FALSE); break;
	case CS_COND_ANY: members(t, c, CS_TRUE); break;
	case CS_COND_NOT: facts(t, c->sub[0]); break;
	case CS_COND_CLOCK: tell_clock(t, c->name); break;
	case CS_COND_VIA: tell_via(t, c); break;
	case CS_COND_LINKED: tell_linked(t, c); break;
	default: tell_other(t, c); break;
	}
}

void cs_facts_of(const struct cs_view *v, const struct cs_cond *c, struct cs_facts *out)
{
	const struct telling t = {v, NULL, out, v->im->arena};

	if (c)
		facts(&t, c);
}

const char *cs_facts_text(const struct cs_facts *f, struct cs_arena *a)
{
	struct cs_buf b = {0};
	const char *text;

	for (size_t i = 0; i < f->count; i++)
		cs_buf_printf(&b, "%s%s", i ? "; " : "", f->fact[i].text);
	text = cs_arena_strdup(a, cs_buf_str(&b));
	cs_buf_free(&b);
	return text;
}
