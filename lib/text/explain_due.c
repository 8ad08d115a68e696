/* Dues explained. */
#include "text/explain_due.h"

#include <string.h>

#include "base/buf.h"

static const char *when(const struct cs_session *s, cs_time at, char *buf)
{
	return cs_time_text(cs_session_zone(s), at, buf);
}

static const char *login(const struct cs_session *s, int64_t staff)
{
	const struct cs_staff_row *p = cs_org_staff(&s->org, staff);

	return p ? p->login : "the system";
}

static const char *kept(struct cs_buf *b, struct cs_arena *a)
{
	const char *text = cs_arena_strdup(a, cs_buf_str(b));

	cs_buf_free(b);
	return text;
}

/* By a field, and how far from it. */
static const char *by_field(const struct cs_clock_rule *rule, struct cs_arena *a)
{
	char plus[40], minus[40];
	const bool later = rule->plus.unit != CS_SPAN_NONE, earlier = rule->minus.unit != CS_SPAN_NONE;

	return cs_arena_printf(a, "field %s%s%s%s%s", rule->due_field, later ? " + " : "",
			       later ? cs_span_text(&rule->plus, plus) : "", earlier ? " - " : "",
			       earlier ? cs_span_text(&rule->minus, minus) : "");
}

const char *cs_explain_basis(const struct cs_clock_row *row, const struct cs_counting *how, struct cs_arena *a)
{
	char limit[40];

	if (how->rule->due_field)
		return by_field(how->rule, a);
	if (row->due_set == 1)
		return "stated";
	return how->rule->limit.unit == CS_SPAN_NONE ? NULL
						     : cs_arena_strdup(a, cs_span_text(&how->rule->limit, limit));
}

const char *cs_explain_approved(const struct cs_session *s, const struct cs_image *im, int64_t seq, struct cs_arena *a)
{
	const struct cs_approval_row *used = NULL;
	struct cs_buf b = {0};
	char at[40];

	for (size_t i = 0; i < cs_image_count(im, CS_P_APPROVAL); i++) {
		const struct cs_approval_row *r = cs_image_at(im, CS_P_APPROVAL, i);

		if (r->seq == seq)
			used = r;
	}
	for (size_t i = 0; used && i < cs_image_count(im, CS_P_APPROVAL); i++) {
		const struct cs_approval_row *r = cs_image_at(im, CS_P_APPROVAL, i);

		if (r->asked == used->asked && r->staff != CS_NULL)
			cs_buf_printf(&b, "%s%s: %s %s", b.len ? ", " : "", r->word, login(s, r->staff),
				      when(s, r->at, at));
	}
	return kept(&b, a);
}

static const char *moved_by(struct cs_session *s, const struct cs_image *im, const struct cs_due_move *m)
{
	const char *approved = m->approved == CS_NULL ? "" : cs_explain_approved(s, im, m->approved, im->arena);
	struct cs_buf b = {0};
	char at[40], most[40], span[40], from[40];

	cs_buf_printf(&b, "event %lld at %s by %s", (long long)m->event, when(s, m->at, at), login(s, m->actor));
	if (*approved)
		cs_buf_printf(&b, "; %s", approved);
	if (m->most != CS_TIME_NONE)
		cs_buf_printf(&b, "; at most until %s (%s from %s)", when(s, m->most, most),
			      cs_span_text(&m->within, span), when(s, m->before, from));
	return kept(&b, im->arena);
}

void cs_explain_due(struct cs_session *s, const struct cs_image *im, const struct cs_clock_row *row,
		    const struct cs_counting *how, const struct cs_due_moves *moves,
		    void (*line)(void *arg, const struct cs_due_line *l), void *arg)
{
	const struct cs_clock_rule *rule = how->rule;
	const char *basis;
	char limit[40], from[40];

	if (moves->count == 0)
		return;
	basis = rule->due_field ? by_field(rule, im->arena)
		: rule->limit.unit != CS_SPAN_NONE
			? cs_arena_printf(im->arena, "%s from %s", cs_span_text(&rule->limit, limit),
					  when(s, row->start_at, from))
			: "no limit";
	line(arg, &(struct cs_due_line){"first due", NULL, row->start_at, moves->first, basis});
	for (size_t i = 0; i < moves->count; i++) {
		const struct cs_due_move *m = &moves->move[i];

		line(arg, &(struct cs_due_line){"moved", m->step, m->at, m->due, moved_by(s, im, m)});
	}
}

const char *cs_explain_guessed(int year, struct cs_arena *a)
{
	return cs_arena_printf(a, "the holidays of %d are not known: their days count by the week alone", year);
}
