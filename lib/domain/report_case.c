/* Tickets one by one, for the reports. */
#include "domain/report_case.h"

#include <string.h>

#include "domain/access.h"
#include "domain/effect.h"
#include "store/event.h"
#include "store/ref.h"

static bool wanted(const struct cs_session *s, const struct cs_report_ask *ask, const struct cs_ids *kinds,
		   const struct cs_fig_case *c)
{
	return (kinds->count == 0 || cs_ids_has(kinds, c->kind)) && cs_report_covers(s, ask, c->unit, c->place);
}

int cs_cases_opened(struct cs_session *s, const struct cs_report_ask *ask, const struct cs_period *p,
		    const struct cs_ids *kinds, const struct cs_case_taker *to, struct cs_err *e)
{
	const struct cs_zone *z = cs_session_zone(s);
	/* Imports count days in a zone of their own: a ticket's id may stand a day off. */
	struct cs_stmt *walk = cs_fig_cases(s->db, cs_ref_first(cs_time_day(z, p->from) - 1),
					    cs_ref_first(cs_time_day(z, p->to) + 2), e);
	struct cs_fig_case c;
	int rc = walk ? 0 : -1;

	while (rc == 0 && (rc = cs_fig_case_next(walk, &c, e)) == 1) {
		bool in = c.opened_at >= p->from && c.opened_at < p->to && wanted(s, ask, kinds, &c);

		rc = in ? to->each(to->arg, &c, e) : 0;
	}
	cs_stmt_done(walk);
	return rc;
}

int cs_cases_done(struct cs_session *s, const struct cs_report_ask *ask, const struct cs_ids *kinds,
		  const struct cs_case_taker *to, struct cs_err *e)
{
	struct cs_stmt *walk = cs_fig_cases_done(s->db, ask->period.from, ask->period.to, e);
	struct cs_fig_case c;
	int rc = walk ? 0 : -1;

	while (rc == 0 && (rc = cs_fig_case_next(walk, &c, e)) == 1)
		rc = wanted(s, ask, kinds, &c) ? to->each(to->arg, &c, e) : 0;
	cs_stmt_done(walk);
	return rc;
}

/* --- what was written ------------------------------------------------------------------------ */

static void keep(struct cs_case_texts *t, const struct cs_private *p, int64_t event)
{
	size_t i = 0;

	while (i < t->count && strcmp(t->item[i].key, p->key) != 0)
		i++;
	if (i == t->count) {
		t->item = cs_arena_grow(t->arena, t->item, t->count, &t->size, sizeof *t->item);
		t->count++;
	}
	t->item[i] = (struct cs_case_text){p->key, p->text, event};
}

int cs_case_read(struct cs_session *s, int64_t ticket, int64_t upto, struct cs_case_texts *out, struct cs_err *e)
{
	struct cs_stmt *walk = cs_event_of(s->db, "ticket", ticket, e);
	struct cs_effects l = {.arena = out->arena};
	struct cs_event ev;
	int rc = walk ? 0 : -1;

	while (rc == 0 && (rc = cs_event_next(walk, &ev, e)) == 1) {
		rc = 0;
		if (ev.id > upto)
			break;
		if (ev.private_part)
			rc = cs_effects_read(&l, ev.facts, ev.private_part, e);
		for (size_t i = 0; rc == 0 && ev.private_part && i < l.private_count; i++)
			keep(out, &l.private_text[i], ev.id);
	}
	cs_stmt_done(walk);
	return rc;
}

int cs_case_withheld(struct cs_session *s, const char *kind, int64_t ticket, struct cs_err *e)
{
	struct cs_arena a = {0};
	struct cs_image im;
	int rc = 0;

	if (!cs_access_bound(s, kind))
		return 0;
	cs_image_init(&im, &a);
	rc = cs_image_load(&im, s->db, ticket, e);
	if (rc == 1)
		rc = cs_access_kept(s, &im) || cs_access_logged(s, &im);
	cs_arena_free(&a);
	return rc;
}

const char *cs_case_text(const struct cs_case_texts *t, const char *key)
{
	for (size_t i = 0; i < t->count; i++)
		if (strcmp(t->item[i].key, key) == 0)
			return t->item[i].text;
	return NULL;
}

const char *cs_case_field(const struct cs_session *s, const struct cs_case_texts *t, const char *kind, const char *as)
{
	const struct cs_kind *k = cs_policy_kind(s->policy, kind);
	const struct cs_field *f = k ? cs_kind_field_as(k, as) : NULL;

	return f ? cs_case_text(t, cs_arena_printf(t->arena, "text.%s", f->id)) : NULL;
}

/* --- cells ----------------------------------------------------------------------------------- */

struct cs_value cs_case_ref(struct cs_report *r, int64_t ticket)
{
	const struct cs_value none = {0};
	char ref[CS_REF_SIZE];

	if (ticket == CS_NULL)
		return none;
	return CS_S(cs_arena_strdup(&r->arena, cs_ref_text(ticket, ref)));
}

struct cs_value cs_case_unit(const struct cs_session *s, int64_t unit)
{
	return CS_S(cs_report_unit_code(s, unit));
}

struct cs_value cs_case_login(const struct cs_session *s, int64_t staff)
{
	const struct cs_staff_row *p = cs_org_staff(&s->org, staff);

	return CS_S(p ? p->login : NULL);
}

struct cs_value cs_case_time(const struct cs_session *s, struct cs_report *r, cs_time t)
{
	const struct cs_value none = {0};
	char text[32];

	if (t == CS_NULL)
		return none;
	return CS_S(cs_arena_strdup(&r->arena, cs_time_text_minute(cs_session_zone(s), t, text)));
}

struct cs_value cs_case_code(struct cs_report *r, const char *code)
{
	return CS_S(cs_arena_strdup(&r->arena, code));
}
