/* Decisions told from their events. */
#include "text/decided.h"

#include <string.h>

#include "base/buf.h"
#include "domain/admission.h"
#include "domain/effect.h"
#include "domain/fold.h"
#include "domain/policy_words.h"
#include "domain/values.h"
#include "store/ref.h"

struct telling {
	struct cs_session *s;
	const struct cs_kind *kind;
	const struct cs_event *ev;
	struct cs_effects l;
	struct cs_buf out;
};

static const char *noted(const struct cs_effects *l, const char *word)
{
	for (size_t i = 0; i < l->count; i++) {
		const struct cs_effect *f = &l->effect[i];

		if (f->op == CS_OP_NOTE && cs_arg_text(f, 0) && strcmp(cs_arg_text(f, 0), word) == 0)
			return cs_arg_text(f, 1);
	}
	return NULL;
}

static bool enters(const struct cs_effects *l, const char *is)
{
	for (size_t i = 0; i < l->count; i++)
		if (l->effect[i].op == CS_OP_STATE && cs_arg_text(&l->effect[i], 1) &&
		    strcmp(cs_arg_text(&l->effect[i], 1), is) == 0)
			return true;
	return false;
}

static bool reopens(const struct cs_effects *l)
{
	for (size_t i = 0; i < l->count; i++)
		if (l->effect[i].op == CS_OP_CYCLE)
			return true;
	return false;
}

static void join(struct telling *t)
{
	if (t->out.len)
		cs_buf_puts(&t->out, "; ");
}

/* By the edition in force then. */
static void say_sources(struct telling *t, const char *rule)
{
	const struct cs_policy *p = t->ev->edition == CS_NULL ? NULL : cs_session_policy(t->s, t->ev->edition, NULL);
	const struct cs_kind *k = p ? cs_policy_kind(p, t->kind->id) : NULL;

	for (size_t i = 0; k && i < k->admission_count; i++) {
		const struct cs_admission_rule *r = &k->admission[i];

		for (size_t j = 0; strcmp(r->id, rule) == 0 && j < r->source.count; j++)
			cs_buf_printf(&t->out, "%s%s%s", j ? ", " : " [", r->source.id[j],
				      j + 1 == r->source.count ? "]" : "");
	}
}

static void say_rule(struct telling *t)
{
	const char *reason = cs_effects_text(&t->l, "override");
	const char *rule = noted(&t->l, CS_NOTE_ADMISSION), *against = noted(&t->l, CS_NOTE_AGAINST),
		   *open = noted(&t->l, CS_NOTE_OPEN), *facts = noted(&t->l, CS_NOTE_FACTS);

	if (rule)
		cs_buf_printf(&t->out, "rule %s", rule);
	else if (against)
		cs_buf_printf(&t->out, "against rule %s: %s", against, reason ? reason : "(erased)");
	else if (open)
		cs_buf_printf(&t->out, "before rule %s could be told: %s", open, reason ? reason : "(erased)");
	else
		return;
	if (facts)
		cs_buf_printf(&t->out, "; %s", facts);
	say_sources(t, rule ? rule : against ? against : open);
}

static void say_value(struct telling *t, const struct cs_effect *f)
{
	const char *name = cs_arg_text(f, 0);
	const struct cs_field *own = f->op == CS_OP_FIELD ? cs_kind_field(t->kind, name) : NULL;
	const struct cs_word *w = f->op == CS_OP_SET ? cs_word_find(name) : NULL;

	if (f->arg[1].type == CS_V_NONE || (!own && !(w && (w->use & CS_WORD_TAKE))))
		return;
	join(t);
	cs_buf_printf(&t->out, "%s %s", name, cs_value_show(t->s, own ? own->type : w->type, &f->arg[1], t->l.arena));
}

static void say_text(struct telling *t, const char *name, const char *key)
{
	const char *text = cs_effects_text(&t->l, key);

	join(t);
	cs_buf_printf(&t->out, "%s: %s", name, text ? text : "(erased)");
}

/* What was given with the step. */
static void say_given(struct telling *t)
{
	char ref[CS_REF_SIZE];

	for (size_t i = 0; i < t->l.count; i++) {
		const struct cs_effect *f = &t->l.effect[i];

		if (f->op == CS_OP_FIELD || f->op == CS_OP_SET)
			say_value(t, f);
		else if (f->op == CS_OP_TEXT)
			say_text(t, cs_arg_text(f, 0), cs_arena_printf(t->l.arena, "text.%s", cs_arg_text(f, 0)));
		else if (f->op == CS_OP_LINK && strcmp(cs_arg_text(f, 1), CS_LINK_MERGED) == 0) {
			join(t);
			cs_buf_printf(&t->out, "into %s", cs_ref_text(cs_arg_int(f, 2), ref));
		}
	}
	if (cs_effects_text(&t->l, "note"))
		say_text(t, "note", "note");
}

static const char *kind_of(const struct telling *t)
{
	const struct cs_step *st = cs_kind_step(t->kind, t->ev->step);

	if (noted(&t->l, CS_NOTE_ADMISSION) || noted(&t->l, CS_NOTE_AGAINST) || noted(&t->l, CS_NOTE_OPEN) ||
	    (st && cs_step_gate(st)))
		return "decided";
	if (strcmp(t->ev->step, CS_STEP_UNMERGE) == 0)
		return "undone";
	if (reopens(&t->l))
		return "reopened";
	return enters(&t->l, "closed") ? "closed" : NULL;
}

static int take_event(struct telling *t, void (*line)(void *arg, const struct cs_decided_line *l), void *arg,
		      bool *stands, struct cs_err *e)
{
	const struct cs_staff_row *actor = cs_org_staff(&t->s->org, t->ev->actor);
	const char *what;

	if (cs_effects_read(&t->l, t->ev->facts, t->ev->private_part, e) < 0)
		return cs_fail_in(e, "event %lld", (long long)t->ev->id);
	what = kind_of(t);
	if (!what || strcmp(t->ev->step, CS_STEP_ASK) == 0)
		return 0;
	*stands = strcmp(what, "decided") == 0 || strcmp(what, "closed") == 0;
	cs_buf_clear(&t->out);
	say_rule(t);
	say_given(t);
	line(arg, &(struct cs_decided_line){what, cs_arena_strdup(t->l.arena, t->ev->step), actor ? actor->login : NULL,
					    t->ev->at, cs_arena_strdup(t->l.arena, cs_buf_str(&t->out))});
	return 0;
}

int cs_decided(struct cs_session *s, const struct cs_image *im, const struct cs_kind *k,
	       void (*line)(void *arg, const struct cs_decided_line *l), void *arg, bool *stands, struct cs_err *e)
{
	struct cs_stmt *events = cs_event_of(s->db, "ticket", im->t.id, e);
	struct cs_event ev;
	struct telling t = {.s = s, .kind = k, .ev = &ev, .l = {.arena = im->arena}};
	int rc = -1;

	*stands = false;
	while (events && (rc = cs_event_next(events, &ev, e)) == 1)
		if (take_event(&t, line, arg, stands, e) < 0) {
			cs_stmt_done(events);
			rc = -1;
			break;
		}
	cs_buf_free(&t.out);
	return rc;
}
