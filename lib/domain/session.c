/* Sessions: opening, transactions, editions, recording. */
#include "domain/session.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "domain/fold.h"

/* Unknown, not yet there, or gone: the clock may stand elsewhere than the caller thinks. */
static int fail_absent(const struct cs_session *s, const char *option, const char *login, const struct cs_staff_row *p,
		       struct cs_err *e)
{
	char now[32], day[32];

	if (!p)
		return cs_fail(e, CS_DENIED, "%s%s is not on the staff (cs-org add staff enters people)", option,
			       login);
	cs_time_text(cs_session_zone(s), s->now, now);
	cs_date_text(cs_time_day(cs_session_zone(s), s->now < p->joined_at ? p->joined_at : p->left_at - 1), day);
	return cs_fail(e, CS_DENIED, "%s%s is not on the staff at %s, but %s %s", option, login, now,
		       s->now < p->joined_at ? "from" : "until", day);
}

static int identify(struct cs_session *s, enum cs_right right, const struct cs_caller *who, struct cs_err *e)
{
	const struct cs_staff_row *me = who->login ? cs_org_login(&s->org, who->login) : NULL, *other;

	if (!who->login)
		return cs_fail(e, CS_DENIED, "the caller has no login name; enter one with cs-org");
	if (!cs_staff_active(me, s->now))
		return fail_absent(s, "", who->login, me, e);
	s->login = cs_arena_strdup(&s->life, who->login);
	s->staff = s->actor = me->id;
	s->admin = cs_org_holds(&s->org, me->id, CS_POST_ADMIN, CS_NULL, s->now);
	if (right == CS_RIGHT_ADMIN && !s->admin)
		return cs_fail(e, CS_DENIED, "%s does not hold the post admin", who->login);
	if (!who->as)
		return 0;
	if (!s->admin)
		return cs_fail(e, CS_DENIED, "--as %s: only the post admin acts for others", who->as);
	if (who->reads && !s->meta.rehearsal)
		return cs_fail(e, CS_DENIED,
			       "--as %s: in a live database each reads as himself; what another sees is shown in a "
			       "rehearsal (cs-init --rehearsal)",
			       who->as);
	other = cs_org_login(&s->org, who->as);
	if (!cs_staff_active(other, s->now))
		return fail_absent(s, "--as ", who->as, other, e);
	s->actor = other->id;
	s->admin = cs_org_holds(&s->org, other->id, CS_POST_ADMIN, CS_NULL, s->now);
	if (right == CS_RIGHT_ADMIN && !s->admin)
		return cs_fail(e, CS_DENIED, "--as %s: %s does not hold the post admin", who->as, who->as);
	return 0;
}

static int refresh(struct cs_session *s, bool first, struct cs_err *e)
{
	int64_t edition, org;

	if (cs_meta_versions(s->db, &edition, &org, e) < 0)
		return -1;
	if (first || org != s->meta.org_version) {
		struct cs_org fresh;

		if (cs_org_load(s->db, &fresh, e) < 0)
			return -1;
		cs_org_free(&s->org);
		s->org = fresh;
		s->meta.org_version = org;
	}
	if (edition != 0 && edition != s->edition) {
		s->policy = cs_session_policy(s, edition, e);
		if (!s->policy)
			return -1;
		s->edition = edition;
	}
	return 0;
}

static int set_clock(struct cs_session *s, const struct cs_caller *who, struct cs_err *e)
{
	s->now = who->now;
	s->now_given = who->now_text != NULL;
	if (!s->now_given)
		return 0;
	if (s->writes && !s->meta.rehearsal && !s->dry_run)
		return cs_fail(e, CS_DENIED,
			       "the clock of a live database cannot be set; --now (CS_NOW) is for rehearsal databases, "
			       "readers and dry runs");
	if (cs_time_parse(who->now_text, cs_session_zone(s), &s->now, e) < 0)
		return cs_fail_in(e, "--now (CS_NOW)");
	return 0;
}

int cs_session_open(const char *path, enum cs_db_mode mode, enum cs_right right, const struct cs_caller *who,
		    struct cs_session **out, struct cs_err *e)
{
	struct cs_session *s = cs_alloc(sizeof *s);

	*out = NULL;
	s->dry_run = who->dry_run;
	s->writes = mode == CS_DB_WRITE;
	s->edition = CS_NULL;
	/* One snapshot: rules and organisation of the same moment, and the file is locked once. */
	if (cs_db_open(path, mode, &s->db, e) < 0 || cs_db_begin_read(s->db, e) < 0 ||
	    cs_meta_load(s->db, &s->life, &s->meta, e) < 0)
		goto fail;
	if (refresh(s, true, e) < 0 || set_clock(s, who, e) < 0 || identify(s, right, who, e) < 0)
		goto fail;
	cs_db_rollback(s->db);
	*out = s;
	return 0;
fail:
	cs_session_close(s);
	return -1;
}

void cs_session_close(struct cs_session *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->edition_count; i++)
		cs_policy_free(s->editions[i].policy);
	free(s->editions);
	cs_org_free(&s->org);
	cs_arena_free(&s->work);
	cs_arena_free(&s->life);
	cs_session_rollback(s);
	cs_db_close(s->db);
	free(s);
}

static void tell_lock(const struct cs_session *s, bool on)
{
	if (s->locked)
		s->locked(on);
}

int cs_session_begin(struct cs_session *s, struct cs_err *e)
{
	if (cs_db_begin(s->db, e) < 0)
		return -1;
	tell_lock(s, true);
	if (cs_chain_load(s->db, s->meta.database_id, &s->chain, e) < 0 || refresh(s, false, e) < 0) {
		cs_session_rollback(s);
		return -1;
	}
	if (s->chain.recorded_at != CS_NULL && s->now < s->chain.recorded_at)
		s->now = s->chain.recorded_at;
	if (s->meta.seed)
		cs_random_seed(s->meta.seed, (uint64_t)s->chain.last_id);
	return 0;
}

int cs_session_commit(struct cs_session *s, struct cs_err *e)
{
	int rc = s->dry_run ? -1 : cs_db_commit(s->db, e);

	if (rc < 0)
		cs_db_rollback(s->db);
	tell_lock(s, false);
	return s->dry_run ? 0 : rc;
}

void cs_session_rollback(struct cs_session *s)
{
	cs_db_rollback(s->db);
	tell_lock(s, false);
}

int cs_session_mark(struct cs_session *s, struct cs_chain *mark, struct cs_err *e)
{
	*mark = s->chain;
	return cs_db_savepoint(s->db, e);
}

int cs_session_keep(struct cs_session *s, struct cs_err *e)
{
	return cs_db_release(s->db, e);
}

int cs_session_undo(struct cs_session *s, const struct cs_chain *mark, struct cs_err *e)
{
	s->chain = *mark;
	return cs_db_rollback_to(s->db, e);
}

const struct cs_policy *cs_session_policy(struct cs_session *s, int64_t edition, struct cs_err *e)
{
	struct cs_edition ed;
	struct cs_policy *p = NULL;
	struct cs_arena a = {0};
	int rc;

	for (size_t i = 0; i < s->edition_count; i++)
		if (s->editions[i].id == edition)
			return s->editions[i].policy;
	rc = cs_edition_get(s->db, edition, &a, &ed, e);
	if (rc == 0)
		cs_fail(e, CS_IO, "edition %lld of the rules is not in the database; run cs-check", (long long)edition);
	if (rc == 1 && cs_policy_compile(ed.text, strlen(ed.text), NULL, &p, e) < 0)
		cs_fail_in(e, "edition %lld", (long long)edition);
	cs_arena_free(&a);
	if (!p)
		return NULL;
	s->editions = cs_realloc(s->editions, (s->edition_count + 1) * sizeof *s->editions);
	s->editions[s->edition_count++] = (struct cs_session_edition){edition, p};
	return p;
}

int cs_session_need_policy(const struct cs_session *s, struct cs_err *e)
{
	return s->policy ? 0
			 : cs_fail(e, CS_CONFIG, "no rules are loaded (cs-policy load takes an edition into force)");
}

const struct cs_zone *cs_session_zone(const struct cs_session *s)
{
	return s->policy ? s->policy->zone : cs_zone_utc();
}

const struct cs_kind *cs_session_kind(const struct cs_session *s, const struct cs_image *im, struct cs_err *e)
{
	const struct cs_kind *k = s->policy ? cs_policy_kind(s->policy, im->t.kind) : NULL;

	if (!k)
		cs_fail(e, CS_CONFIG, "kind '%s' is not in the rules in force", im->t.kind ? im->t.kind : "");
	return k;
}

struct cs_event cs_session_event(const struct cs_session *s, struct cs_deed deed)
{
	return (struct cs_event){
		.about = deed.about,
		.subject = deed.subject,
		.at = deed.at,
		.recorded_at = s->now,
		.login = s->login,
		.actor = deed.actor,
		.step = deed.step,
		.edition = s->edition,
	};
}

int cs_session_record(struct cs_session *s, struct cs_image *im, struct cs_deed deed, const struct cs_effects *l,
		      struct cs_err *e)
{
	struct cs_buf facts = {0}, private_part = {0};
	struct cs_event ev = cs_session_event(s, deed);
	int rc = 0;

	cs_effects_write_facts(l, &facts);
	cs_effects_write_private(l, &private_part);
	ev.facts = facts.data;
	ev.private_part = private_part.len ? private_part.data : NULL;
	rc = cs_event_append(s->db, &s->chain, &ev, e);
	if (rc == 0 && im)
		rc = cs_fold_ticket(im, &ev, l, e);
	if (rc == 0)
		rc = cs_fold_rest(s->db, &ev, l, e);
	cs_buf_free(&facts);
	cs_buf_free(&private_part);
	return rc;
}
