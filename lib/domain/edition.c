/* Loading editions. */
#include "domain/edition.h"

#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "domain/duty.h"
#include "store/states.h"

const char cs_edition_approver[] = "approved_by";

char *cs_edition_digest(const char *text, size_t len, char *out)
{
	unsigned char sum[CS_HASH_SIZE];
	struct cs_hash h;

	cs_hash_init(&h);
	cs_hash_bytes(&h, text, len);
	cs_hash_end(&h, sum);
	return cs_hex(sum, sizeof sum, out);
}

static bool drops_states(const struct cs_policy *before, const struct cs_policy *p)
{
	for (size_t i = 0; i < before->kind_count; i++) {
		const struct cs_kind *was = &before->kind[i], *k = cs_policy_kind(p, was->id);

		for (size_t j = 0; j < was->state_count; j++)
			if (!k || !cs_kind_state(k, was->state[j].id))
				return true;
	}
	return false;
}

/* Tickets are in states of the edition in force: they are looked at only where one of those is gone. */
static int refuse_dropped_states(struct cs_session *s, const struct cs_policy *p, struct cs_err *e)
{
	struct cs_arena a = {0};
	struct cs_state_use *use;
	struct cs_buf gone = {0};
	size_t count, n = 0;
	int rc;

	if (!s->policy || !drops_states(s->policy, p))
		return 0;
	rc = cs_states_in_use(s->db, &a, &use, &count, e);
	for (size_t i = 0; rc == 0 && i < count; i++) {
		const struct cs_kind *k = cs_policy_kind(p, use[i].kind);

		if (k && cs_kind_state(k, use[i].state))
			continue;
		if (n++ < 8)
			cs_buf_printf(&gone, "%s%lld %s %s '%s'", n > 1 ? ", " : "",
				      (long long)use[i].tickets, use[i].kind,
				      k ? "in state" : "(the kind is gone) in state", use[i].state);
	}
	if (n > 0)
		rc = cs_fail(e, CS_REFUSED, "edition %s %s drops what tickets are in: %s", p->id,
			     p->edition, cs_buf_str(&gone));
	cs_buf_free(&gone);
	cs_arena_free(&a);
	return rc;
}

static int store(struct cs_session *s, const char *text, const char *digest,
		 const char *approved_by, const struct cs_policy *p, struct cs_err *e)
{
	const struct cs_staff_row *by = cs_org_staff(&s->org, s->actor);
	struct cs_effects l = {.arena = &s->work};
	struct cs_edition ed = {
		.name = p->id,
		.edition = p->edition,
		.digest = digest,
		.text = text,
		.loaded_at = s->now,
		.loaded_by = by ? by->login : s->login,
		.approved_by = approved_by,
	};

	if (cs_edition_add(s->db, &ed, e) < 0)
		return -1;
	cs_put(&l, CS_OP_NOTE, CS_S("policy"), CS_S(ed.name));
	cs_put(&l, CS_OP_NOTE, CS_S("edition"), CS_S(ed.edition));
	cs_put(&l, CS_OP_NOTE, CS_S("digest"), CS_S(digest));
	cs_effects_private(&l, cs_edition_approver, approved_by);
	if (cs_session_record(s, NULL, (struct cs_deed){"policy", ed.id, "load", s->now, s->actor}, &l, e) < 0)
		return -1;
	s->policy = cs_session_policy(s, ed.id, e);
	s->edition = ed.id;
	return s->policy ? 0 : -1;
}

/* The edition in force gets the approval it was loaded without. */
static int approve(struct cs_session *s, const struct cs_edition *now, const char *approved_by,
		   enum cs_edition_done *done, struct cs_err *e)
{
	struct cs_effects l = {.arena = &s->work};

	if (!approved_by || (now->approved_by && strcmp(now->approved_by, approved_by) == 0))
		return 0;
	if (now->approved_by)
		return cs_fail(e, CS_REFUSED, "edition %s %s is approved by %s", now->name, now->edition,
			       now->approved_by);
	cs_put(&l, CS_OP_NOTE, CS_S("digest"), CS_S(now->digest));
	cs_effects_private(&l, cs_edition_approver, approved_by);
	*done = CS_EDITION_APPROVED;
	return cs_edition_approve(s->db, now->id, approved_by, e) < 0
		       ? -1
		       : cs_session_record(s, NULL, (struct cs_deed){"policy", now->id, "approve", s->now, s->actor},
					   &l, e);
}

int cs_edition_load(struct cs_session *s, const char *text, size_t len, const char *approved_by,
		    enum cs_edition_done *done, struct cs_err *e)
{
	struct cs_edition now = {.digest = ""};
	char digest[2 * CS_HASH_SIZE + 1];
	struct cs_policy *p = NULL;
	int rc;

	*done = CS_EDITION_SAME;
	cs_edition_digest(text, len, digest);
	if (s->edition != CS_NULL && cs_edition_get(s->db, s->edition, &s->work, &now, e) < 0)
		return -1;
	if (strcmp(now.digest, digest) == 0)
		return approve(s, &now, approved_by, done, e);
	rc = cs_policy_compile(text, len, NULL, &p, e);
	if (rc == 0)
		rc = refuse_dropped_states(s, p, e);
	if (rc == 0)
		rc = store(s, text, digest, approved_by, p, e);
	if (rc == 0)
		rc = cs_duty_changed(s, "policy", CS_NULL, s->now, e);
	if (rc == 0)
		*done = CS_EDITION_LOADED;
	cs_policy_free(p);
	return rc;
}

int cs_edition_title(struct cs_db *db, int64_t id, struct cs_arena *a, const char **title, int64_t *namesake,
		     struct cs_err *e)
{
	const struct cs_edition *own = NULL;
	struct cs_edition *ed;
	size_t n;

	*namesake = CS_NULL;
	if (cs_edition_list(db, a, &ed, &n, e) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (ed[i].id == id)
			own = &ed[i];
	if (!own)
		return cs_fail(e, CS_IO, "edition %lld is not there; run cs-check", (long long)id);
	for (size_t i = 0; i < n && ed[i].id < id; i++)
		if (strcmp(ed[i].name, own->name) == 0 && strcmp(ed[i].edition, own->edition) == 0)
			*namesake = ed[i].id;
	*title = *namesake == CS_NULL
			 ? cs_arena_printf(a, "%s %s", own->name, own->edition)
			 : cs_arena_printf(a, "%s %s (number %lld)", own->name, own->edition, (long long)id);
	return 0;
}
