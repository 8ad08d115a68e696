/* The first transaction of a database. */
#include "domain/create.h"

#include <stdlib.h>

#include "base/hash.h"
#include "domain/edition.h"
#include "domain/record.h"
#include "domain/session.h"

static int put_meta(struct cs_session *s, const struct cs_create *spec, struct cs_err *e)
{
	unsigned char id[16];

	if (spec->seed)
		cs_random_seed(spec->seed, 0);
	cs_random_bytes(id, sizeof id);
	cs_hex(id, sizeof id, s->meta.database_id);
	s->meta.rehearsal = spec->rehearsal;
	s->meta.seed = spec->seed;
	s->meta.created_at = spec->now;
	return cs_meta_create(s->db, &s->meta, e);
}

/* Nobody is on the staff yet, so the system itself enters the first person. */
static int put_admin(struct cs_session *s, const struct cs_create *spec, struct cs_err *e)
{
	struct cs_effects l = {.arena = &s->work};
	struct cs_staff_row person;
	struct cs_post_row post;

	cs_table_blank(&cs_staff_table, &person);
	person.id = 1;
	person.login = spec->admin;
	person.name = spec->admin_name;
	person.joined_at = spec->since;
	cs_record_row(&l, &cs_staff_table, NULL, &person);
	if (cs_session_record(s, NULL, (struct cs_deed){"staff", 1, "add", spec->now, CS_NULL}, &l, e) < 0)
		return -1;
	cs_effects_clear(&l);
	cs_table_blank(&cs_post_table, &post);
	post.id = 1;
	post.post = CS_POST_ADMIN;
	post.staff = 1;
	post.deputy = 0;
	post.from_at = spec->since;
	cs_record_row(&l, &cs_post_table, NULL, &post);
	if (cs_session_record(s, NULL, (struct cs_deed){"post", 1, "add", spec->now, CS_NULL}, &l, e) < 0)
		return -1;
	return cs_meta_org_changed(s->db, e);
}

static int fill(struct cs_session *s, const struct cs_create *spec, struct cs_err *e)
{
	enum cs_edition_done done;

	s->now = spec->now;
	s->login = spec->login;
	s->staff = s->actor = s->edition = CS_NULL;
	s->writes = true;
	if (cs_db_begin(s->db, e) < 0 || put_meta(s, spec, e) < 0 ||
	    cs_chain_load(s->db, s->meta.database_id, &s->chain, e) < 0)
		return -1;
	if (spec->seed)
		cs_random_seed(spec->seed, 1);
	if (put_admin(s, spec, e) < 0 || cs_edition_load(s, spec->text, spec->len, NULL, &done, e) < 0)
		return -1;
	return cs_session_commit(s, e);
}

int cs_create_database(const char *path, const struct cs_create *spec, enum cs_created *what,
		       struct cs_err *e)
{
	struct cs_session *s = cs_alloc(sizeof *s);
	int before, rc = cs_db_create(path, &s->db, &before, e);

	if (rc == 0)
		rc = cs_meta_find(s->db, &s->life, &s->meta, e);
	if (rc == 1) {
		*what = before < cs_db_schema_version() ? CS_CREATED_MIGRATED : CS_CREATED_CURRENT;
		rc = s->meta.rehearsal || !spec->rehearsal
			     ? 0
			     : cs_fail(e, CS_CONFIG, "%s: is a live database already", path);
	} else if (rc == 0) {
		*what = CS_CREATED_NEW;
		rc = fill(s, spec, e);
	}
	cs_session_close(s);
	return rc;
}
