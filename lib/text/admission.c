#include "text/admission.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "domain/access.h"
#include "domain/admission.h"
#include "domain/approval.h"
#include "domain/counting.h"
#include "domain/decide.h"
#include "domain/fold.h"
#include "domain/policy_words.h"
#include "store/ref.h"
#include "text/decided.h"
#include "text/desk.h"
#include "text/hidden.h"
#include "text/explain_due.h"

static const struct cs_column columns[] = {
	{.name = "ref"}, {.name = "part"}, {.name = "item"}, {.name = "value"}, {.name = "at"}, {.name = "detail"},
};

struct explained {
	struct cs_session *s;
	struct cs_view v;
	struct cs_image im;
	struct cs_out *out;
	struct cs_arena *a;
	char ref[CS_REF_SIZE];
	const char *clock; /* whose stretches are being put */
	bool days;
};

static void put(struct explained *x, const char *part, const char *item, const char *value, cs_time at,
		const char *detail)
{
	char when[40];

	cs_out_row(x->out,
		   (struct cs_cell[]){
			   cs_cell_text(x->ref),
			   cs_cell_text(part),
			   cs_cell_text(item),
			   cs_cell_text(cs_hide_kept(x->s, value, x->a)),
			   at == CS_NULL ? cs_cell_null() : cs_cell_text(cs_time_text(cs_session_zone(x->s), at, when)),
			   cs_cell_text(detail && *detail ? cs_hide_kept(x->s, detail, x->a) : NULL),
		   });
}

/* "a, b", in the arena. */
static const char *listed(struct explained *x, const struct cs_ids *ids)
{
	struct cs_buf b = {0};
	const char *text;

	for (size_t i = 0; i < ids->count; i++)
		cs_buf_printf(&b, "%s%s", i ? ", " : "", ids->id[i]);
	text = cs_arena_strdup(x->a, cs_buf_str(&b));
	cs_buf_free(&b);
	return text;
}

static const char *people(struct explained *x, const struct cs_whos *who)
{
	char word[CS_WHO_WORDS];
	struct cs_buf b = {0};
	const char *text;

	for (size_t i = 0; i < who->count; i++)
		cs_buf_printf(&b, "%s%s", i ? ", " : "by ", cs_who_words(x->v.policy, &who->who[i], word));
	text = cs_arena_strdup(x->a, cs_buf_str(&b));
	cs_buf_free(&b);
	return text;
}

static bool from_here(const struct explained *x, const struct cs_step *st)
{
	return st->from_any || cs_ids_has(&st->from, x->im.t.state);
}

/* --- what was decided already ----------------------------------------------------------------- */

static void decided(void *arg, const struct cs_decided_line *l)
{
	put(arg, l->what, l->step, l->by, l->at, l->detail);
}

/* --- the rules -------------------------------------------------------------------------------- */

static const char *type_text(const struct cs_field *f, struct explained *x)
{
	switch (f->type) {
	case CS_FIELD_BOOL: return "yes|no";
	case CS_FIELD_REF: return f->none ? "REF|none" : "REF";
	case CS_FIELD_CODE: return f->codes.count < 8 ? listed(x, &f->codes) : "CODE";
	case CS_FIELD_TIME: return "TIME";
	case CS_FIELD_DATE: return "DATE";
	case CS_FIELD_STAFF: return "LOGIN";
	case CS_FIELD_UNIT: return "UNIT";
	case CS_FIELD_INT: return "NUMBER";
	case CS_FIELD_MONEY: return "AMOUNT";
	case CS_FIELD_TEXT: break;
	}
	return "TEXT";
}

static bool gives(const struct cs_step *st, const char *field)
{
	for (size_t i = 0; i < st->need_count; i++)
		if (st->need[i].word && strcmp(st->need[i].word, field) == 0)
			return true;
	return cs_ids_has(&st->takes, field);
}

/* Every step that gives the field, first those that can be taken now. */
static void put_ask(struct explained *x, const char *field)
{
	const struct cs_field *f = cs_kind_field(x->v.kind, field);
	bool any = false;

	for (int now = 1; now >= 0; now--)
		for (size_t i = 0; i < x->v.kind->step_count; i++) {
			const struct cs_step *st = &x->v.kind->step[i];
			const char *how;

			if (!gives(st, field) || from_here(x, st) != (now == 1) || st == x->v.kind->register_step ||
			    (now == 0 && any))
				continue;
			how = now && strcmp(st->id, CS_STEP_LINK) == 0 && strcmp(field, CS_LINK_SAME) == 0
				      ? cs_arena_printf(x->a, "cs-decide link --same-as %s %s",
							f ? type_text(f, x) : "REF", x->ref)
			      : now ? cs_arena_printf(x->a, "cs-progress %s %s --set %s=%s", st->id, x->ref, field,
						      f ? type_text(f, x) : "VALUE")
				    : cs_arena_printf(x->a, "%s, from: %s", st->id, listed(x, &st->from));
			put(x, "ask", field, f ? type_text(f, x) : NULL, CS_NULL,
			    cs_arena_printf(x->a, "%s, %s", how, people(x, f && f->by.count ? &f->by : &st->by)));
			any = true;
		}
	if (!any)
		put(x, "ask", field, f ? type_text(f, x) : NULL, CS_NULL, "no step gives it");
}

static const char *with_source(struct explained *x, const char *text, const struct cs_admission_rule *r)
{
	return r->source.count ? cs_arena_printf(x->a, "%s%s[%s]", text, *text ? " " : "", listed(x, &r->source))
			       : text;
}

static void put_allowed(struct explained *x, const struct cs_admission_rule *r)
{
	for (size_t i = 0; i < x->v.kind->step_count; i++) {
		const struct cs_step *st = &x->v.kind->step[i];
		const struct cs_need *gate = cs_step_gate(st);

		if (!gate || !cs_ids_has(&r->allow, gate->cond->name))
			continue;
		put(x, "allow", st->id, from_here(x, st) ? "now" : "later", CS_NULL,
		    from_here(x, st) ? people(x, &st->by)
				     : cs_arena_printf(x->a, "from: %s; %s", listed(x, &st->from), people(x, &st->by)));
	}
}

static void put_ground(struct explained *x, const char *code)
{
	const struct cs_field *f = cs_kind_field(x->v.kind, "ground");
	const char *path = f && f->code_list ? cs_arena_printf(x->a, "codes/%s/%s", f->code_list, code) : code;

	put(x, "ground", code, NULL, CS_NULL,
	    cs_arena_printf(x->a, "%s / %s", cs_policy_label(x->v.policy, "en", path),
			    cs_policy_label(x->v.policy, "zh", path)));
}

static void put_rules(struct explained *x)
{
	const struct cs_kind *k = x->v.kind;
	enum cs_truth t;
	const struct cs_admission_rule *decides = cs_view_admission(&x->v, &t);

	for (size_t i = 0; i < k->admission_count; i++) {
		const struct cs_admission_rule *r = &k->admission[i];
		struct cs_facts facts = {0};
		const char *text;

		cs_facts_of(&x->v, r->when, &facts);
		text = with_source(x, cs_facts_text(&facts, x->a), r);
		if (r != decides) {
			put(x, "passed", r->id, "does not hold", CS_NULL, text);
			continue;
		}
		put(x, t == CS_TRUE ? "rule" : "open", r->id, t == CS_TRUE ? "holds" : "cannot be told yet", CS_NULL,
		    text);
		for (size_t j = 0; j < facts.count; j++)
			if (t == CS_UNKNOWN && facts.fact[j].field)
				put_ask(x, facts.fact[j].field);
		if (t == CS_TRUE && r->ground)
			put_ground(x, r->ground);
		if (t == CS_TRUE)
			put_allowed(x, r);
		break;
	}
	if (k->override.count)
		put(x, "override", NULL, NULL, CS_NULL,
		    cs_arena_printf(x->a, "--override REASON, %s", people(x, &k->override)));
}

/* --- what can be done ------------------------------------------------------------------------- */

/* Until when the step can be taken, or from when on, by its needs. */
static void say_times(struct explained *x, const struct cs_cond *c, struct cs_buf *out)
{
	struct cs_facts facts = {0};
	cs_time at;

	if (c->op == CS_COND_SINCE && cs_cond_eval(&x->v, c) == CS_TRUE && cs_view_step_at(&x->v, c->name, &at)) {
		cs_facts_of(&x->v, c, &facts);
		cs_buf_printf(out, "; %s", cs_facts_text(&facts, x->a));
	}
	for (size_t i = 0; (c->op == CS_COND_ALL || c->op == CS_COND_ANY) && i < c->sub_count; i++)
		say_times(x, c->sub[i], out);
}

/* Its approval where it was put to one, else what has to be given with it. */
static void say_lacks(struct explained *x, const struct cs_step *st, struct cs_buf *out)
{
	const struct cs_approval_row *put_to = st->stage_count ? cs_approval_open(&x->im, st->id) : NULL;
	const size_t n = strlen(st->id);
	const char *lacks;

	if (put_to) {
		bool given = strcmp(put_to->state, "given") == 0;

		cs_buf_printf(out, "; %s",
			      given ? cs_explain_approved(x->s, &x->im, put_to->seq, x->a)
				    : cs_approval_waits(x->s, put_to, x->a));
		cs_buf_puts(out, given ? ": to be taken again" : "");
		return;
	}
	lacks = cs_decide_lacks(x->s, &x->im, x->v.kind, st, NULL);
	if (lacks && strncmp(lacks, st->id, n) == 0)
		lacks += n + 1 + (lacks[n] == ':');
	if (lacks)
		cs_buf_printf(out, "; %s", lacks);
}

/* The steps that the present state lets be taken, but for those that every state does. rules: those that need admission
   were told with its rules. */
static void put_next(struct explained *x, bool rules)
{
	for (size_t i = 0; i < x->v.kind->step_count; i++) {
		const struct cs_step *st = &x->v.kind->step[i];
		struct cs_buf b = {0};

		if (st->from_any || !from_here(x, st) || (rules && cs_step_gate(st)))
			continue;
		cs_buf_puts(&b, st->by.count ? people(x, &st->by) : "by anybody");
		for (size_t j = 0; j < st->need_count; j++)
			if (st->need[j].cond)
				say_times(x, st->need[j].cond, &b);
		say_lacks(x, st, &b);
		put(x, "next", st->id, NULL, CS_NULL, cs_arena_strdup(x->a, cs_buf_str(&b)));
		cs_buf_free(&b);
	}
}

/* Nothing decided yet, or something can be decided now. */
static bool is_open(const struct explained *x, bool stands)
{
	for (size_t i = 0; i < x->v.kind->step_count; i++)
		if (cs_step_gate(&x->v.kind->step[i]) && from_here(x, &x->v.kind->step[i]) &&
		    !x->v.kind->step[i].from_any)
			return true;
	return !stands && cs_image_in_stock(&x->im);
}

/* --- the clocks ------------------------------------------------------------------------------- */

static void stretch(const struct cs_stretch *st, void *arg)
{
	static const char *const words[] = {
		[CS_STRETCH_COUNTED] = "counted", [CS_STRETCH_PAUSED] = "paused",       [CS_STRETCH_CLOSED] = "closed",
		[CS_STRETCH_HOLIDAY] = "holiday", [CS_STRETCH_FIRST_DAY] = "first day",
	};
	struct explained *x = arg;
	char until[40], amount[40];

	snprintf(amount, sizeof amount, x->days ? "%lldd" : "%llds", (long long)st->counted);
	put(x, words[st->kind], x->clock,
	    st->kind == CS_STRETCH_COUNTED || st->kind == CS_STRETCH_FIRST_DAY ? amount : NULL, st->from,
	    cs_arena_printf(x->a, "until %s", cs_time_text(cs_session_zone(x->s), st->to, until)));
}

static void moved(void *arg, const struct cs_due_line *l)
{
	struct explained *x = arg;

	put(x, l->what, x->clock, l->step, l->due, l->note);
}

static int put_clock(struct explained *x, const struct cs_clock_row *c, struct cs_err *e)
{
	struct cs_counting how;
	struct cs_due_moves moves;
	const char *basis;
	char from[40];

	if (cs_clock_counting(x->s, &x->im, c, &how, e) < 0 || cs_due_moves(x->s, &x->im, c, &moves, e) < 0)
		return -1;
	x->clock = c->clock;
	x->days = how.rule->limit.unit == CS_SPAN_WORKDAYS || how.rule->limit.unit == CS_SPAN_DAYS ||
		  how.rule->limit.unit == CS_SPAN_MONTHS;
	basis = cs_explain_basis(c, &how, x->a);
	if (c->due_set != 1 && basis)
		basis = cs_arena_printf(x->a, "%s from %s", basis,
					cs_time_text(cs_session_zone(x->s), c->start_at, from));
	put(x, "clock", c->clock,
	    c->paused_at != CS_NULL ? "paused"
	    : x->s->now > c->due_at ? "overdue"
				    : "running",
	    c->due_at,
	    cs_arena_printf(x->a, "due; %s; stopped by %s",
			    moves.count ? cs_arena_printf(x->a, "moved by %s", moves.move[moves.count - 1].step)
			    : basis     ? basis
					: "no limit",
			    listed(x, &how.clock->stop)));
	cs_explain_due(x->s, &x->im, c, &how, &moves, moved, x);
	if (how.rule->limit.unit != CS_SPAN_NONE && (c->due_set != 1 || moves.count) && moves.first > how.count.from)
		cs_count_explain(&how.count, &how.rule->limit, moves.first, stretch, x);
	if (how.guessed_year)
		put(x, "guessed", c->clock, NULL, CS_NULL, cs_explain_guessed(how.guessed_year, x->a));
	return 0;
}

static int put_clocks(struct explained *x, struct cs_err *e)
{
	for (size_t i = 0; i < cs_image_count(&x->im, CS_P_CLOCK); i++) {
		const struct cs_clock_row *c = cs_image_at(&x->im, CS_P_CLOCK, i);

		if (c->cycle == x->im.t.cycle && !c->verdict && c->due_at != CS_NULL && put_clock(x, c, e) < 0)
			return -1;
	}
	return 0;
}

int cs_admission_explain(struct cs_session *s, const char *ref, enum cs_format format, struct cs_err *e)
{
	struct explained x = {.s = s, .a = &s->work};
	const struct cs_access_rule *kept;
	bool stands, open;
	int64_t ticket;
	int rc = -1;

	if (cs_desk_ref(s, ref, &ticket, e) < 0 || cs_image_get(&x.im, s->db, ticket, &s->work, e) < 0)
		return -1;
	kept = cs_access_kept(s, &x.im);
	if (kept)
		return cs_access_refuse(s, &x.im, kept, e);
	x.v = (struct cs_view){.s = s, .policy = s->policy, .im = &x.im, .at = s->now};
	x.v.kind = cs_session_kind(s, &x.im, e);
	if (!x.v.kind)
		return -1;
	cs_ref_text(ticket, x.ref);
	if (x.v.kind->admission_count == 0)
		return cs_fail(e, CS_REFUSED, "%s: the rules have no admission for the kind %s", x.ref, x.v.kind->id);
	x.out = cs_out_open(stdout, format, columns, sizeof columns / sizeof *columns);
	put(&x, "state", x.im.t.state, x.im.t.state_is, CS_NULL,
	    x.im.t.waits ? cs_arena_printf(x.a, "waits for %s", x.im.t.waits) : NULL);
	if (cs_decided(s, &x.im, x.v.kind, decided, &x, &stands, e) == 0) {
		open = is_open(&x, stands);
		if (open)
			put_rules(&x);
		put_next(&x, open);
		rc = put_clocks(&x, e);
	}
	return cs_out_close(x.out, rc < 0 ? NULL : e) < 0 ? -1 : rc;
}
