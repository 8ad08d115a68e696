/* Who may read which ticket. */
#include "domain/access.h"

#include <string.h>

#include "base/buf.h"
#include "domain/record.h"
#include "store/ref.h"

static struct cs_view view_of(struct cs_session *s, const struct cs_image *im)
{
	return (struct cs_view){.s = s,
				.policy = s->policy,
				.kind = s->policy ? cs_policy_kind(s->policy, im->t.kind) : NULL,
				.im = im,
				.at = s->now,
				.step_actor = s->actor};
}

/* Unknown counts as holding: what cannot be told is not shown. */
static bool covers(const struct cs_view *v, const struct cs_access_rule *r)
{
	if (r->each.kinds.count && !cs_ids_has(&r->each.kinds, v->im->t.kind))
		return false;
	return cs_cond_eval(v, r->each.where) != CS_FALSE;
}

bool cs_access_secret(const struct cs_view *v)
{
	for (size_t i = 0; i < v->policy->access_count; i++)
		if (covers(v, &v->policy->access[i]))
			return true;
	return false;
}

const struct cs_access_rule *cs_access_kept(struct cs_session *s, const struct cs_image *im)
{
	struct cs_view v = view_of(s, im);

	for (size_t i = 0; s->policy && i < s->policy->access_count; i++) {
		const struct cs_access_rule *r = &s->policy->access[i];

		if (covers(&v, r) && (cs_who_about(&v, s->actor) || !cs_whos_have(&v, &r->by, s->actor)))
			return r;
	}
	return NULL;
}

bool cs_access_bound(const struct cs_session *s, const char *kind)
{
	for (size_t i = 0; s->policy && i < s->policy->access_count; i++) {
		const struct cs_ids *kinds = &s->policy->access[i].each.kinds;

		if (kinds->count == 0 || cs_ids_has(kinds, kind))
			return true;
	}
	return false;
}

static bool is_kept(struct cs_session *s, const struct cs_image *im)
{
	return cs_access_kept(s, im) != NULL;
}

static bool is_secret(struct cs_session *s, const struct cs_image *im)
{
	const struct cs_view v = view_of(s, im);

	return cs_access_secret(&v);
}

/* Of a ticket that is not loaded. */
static int ask_row(struct cs_session *s, const char *kind, int64_t ticket,
		   bool (*holds)(struct cs_session *s, const struct cs_image *im), struct cs_arena *a, struct cs_err *e)
{
	struct cs_image im;

	if (!cs_access_bound(s, kind))
		return 0;
	return cs_image_get(&im, s->db, ticket, a, e) < 0 ? -1 : holds(s, &im);
}

int cs_access_kept_row(struct cs_session *s, const char *kind, int64_t ticket, struct cs_arena *a, struct cs_err *e)
{
	return ask_row(s, kind, ticket, is_kept, a, e);
}

int cs_access_secret_row(struct cs_session *s, const char *kind, int64_t ticket, struct cs_arena *a, struct cs_err *e)
{
	return ask_row(s, kind, ticket, is_secret, a, e);
}

/* Of a ticket of which nothing but its id is known; 0 where there is none. */
static int ask_id(struct cs_session *s, int64_t ticket, bool (*holds)(struct cs_session *s, const struct cs_image *im),
		  struct cs_err *e)
{
	struct cs_arena a = {0};
	struct cs_ticket_row t;
	int rc;

	if (!s->policy || s->policy->access_count == 0)
		return 0;
	rc = cs_table_find(s->db, &cs_ticket_table, ticket, &a, &t, e);
	if (rc == 1)
		rc = ask_row(s, t.kind, ticket, holds, &a, e);
	cs_arena_free(&a);
	return rc;
}

int cs_access_kept_id(struct cs_session *s, int64_t ticket, struct cs_err *e)
{
	return ask_id(s, ticket, is_kept, e);
}

int cs_access_secret_id(struct cs_session *s, int64_t ticket, struct cs_err *e)
{
	return ask_id(s, ticket, is_secret, e);
}

const struct cs_access_rule *cs_access_logged(struct cs_session *s, const struct cs_image *im)
{
	struct cs_view v = view_of(s, im);

	for (size_t i = 0; s->policy && i < s->policy->access_count; i++)
		if (s->policy->access[i].log && covers(&v, &s->policy->access[i]))
			return &s->policy->access[i];
	return NULL;
}

const char *cs_access_ref(struct cs_session *s, int64_t ticket, char buf[CS_REF_SIZE])
{
	return cs_access_kept_id(s, ticket, NULL) != 0 ? CS_KEPT_BACK : cs_ref_text(ticket, buf);
}

int64_t cs_access_named(struct cs_session *s, int64_t ticket, int64_t asked)
{
	return ticket == asked || cs_access_kept_id(s, ticket, NULL) == 0 ? ticket : asked;
}

static int refuse(struct cs_session *s, const char *name, const struct cs_access_rule *rule, struct cs_err *e)
{
	struct cs_buf who = {0};
	char word[CS_WHO_WORDS];

	for (size_t i = 0; i < rule->by.count; i++)
		cs_buf_printf(&who, "%s%s", i ? ", " : "", cs_who_words(s->policy, &rule->by.who[i], word));
	cs_fail(e, CS_DENIED, "%s: only for %s to read", name, cs_buf_str(&who));
	cs_buf_free(&who);
	return -1;
}

int cs_access_refuse(struct cs_session *s, const struct cs_image *im, const struct cs_access_rule *rule,
		     struct cs_err *e)
{
	char ref[CS_REF_SIZE];

	return refuse(s, cs_ref_text(im->t.id, ref), rule, e);
}

int cs_access_refuse_other(struct cs_session *s, const struct cs_access_rule *rule, struct cs_err *e)
{
	return refuse(s, CS_KEPT_BACK, rule, e);
}

int cs_access_record(struct cs_session *s, int64_t ticket, const struct cs_access_rule *rule, const char *why,
		     struct cs_err *e)
{
	struct cs_effects l = {.arena = &s->work};
	struct cs_access_row row = {.ticket = ticket, .rule = rule->id, .staff = s->actor, .at = s->now, .why = why};

	if (cs_record_id(s->db, &l, &cs_access_table, &row.id, e) < 0)
		return -1;
	cs_record_row(&l, &cs_access_table, NULL, &row);
	return cs_session_record(s, NULL, (struct cs_deed){"access", row.id, "read", s->now, s->actor}, &l, e);
}
