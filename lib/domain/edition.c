/* Loading editions. */
#include "domain/edition.h"

#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "store/states.h"

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

static int same_as_in_force(struct cs_session *s, const char *digest, struct cs_err *e)
{
	struct cs_arena a = {0};
	struct cs_edition now;
	int rc = s->edition == CS_NULL ? 0 : cs_edition_get(s->db, s->edition, &a, &now, e);

	if (rc == 1)
		rc = strcmp(now.digest, digest) == 0;
	cs_arena_free(&a);
	return rc;
}

static int store(struct cs_session *s, const char *text, const char *digest,
		 const char *approved_by, const struct cs_policy *p, struct cs_err *e)
{
	struct cs_effects l = {.arena = &s->work};
	struct cs_edition ed = {
		.name = p->id,
		.edition = p->edition,
		.digest = digest,
		.text = text,
		.loaded_at = s->now,
		.loaded_by = s->login,
		.approved_by = approved_by,
	};

	if (cs_edition_add(s->db, &ed, e) < 0)
		return -1;
	cs_put(&l, CS_OP_NOTE, CS_S("policy"), CS_S(ed.name));
	cs_put(&l, CS_OP_NOTE, CS_S("edition"), CS_S(ed.edition));
	cs_put(&l, CS_OP_NOTE, CS_S("digest"), CS_S(digest));
	cs_effects_private(&l, "approved_by", approved_by);
	if (cs_session_record(s, NULL, (struct cs_deed){"policy", ed.id, "load", s->now, s->actor}, &l, e) < 0)
		return -1;
	s->policy = cs_session_policy(s, ed.id, e);
	s->edition = ed.id;
	return s->policy ? 0 : -1;
}

int cs_edition_load(struct cs_session *s, const char *text, size_t len, const char *approved_by,
		    bool *loaded, struct cs_err *e)
{
	char digest[2 * CS_HASH_SIZE + 1];
	struct cs_policy *p = NULL;
	int rc;

	*loaded = false;
	rc = same_as_in_force(s, cs_edition_digest(text, len, digest), e);
	if (rc != 0)
		return rc < 0 ? -1 : 0;
	rc = cs_policy_compile(text, len, NULL, &p, e);
	if (rc == 0)
		rc = refuse_dropped_states(s, p, e);
	if (rc == 0)
		rc = store(s, text, digest, approved_by, p, e);
	*loaded = rc == 0;
	cs_policy_free(p);
	return rc;
}
