/* Tables meta and policy. */
#include "store/meta.h"

#include <stdio.h>
#include <string.h>

#include "store/table.h"

static const char sql_create[] =
	"INSERT INTO meta (id, database_id, mode, seed, created_at) VALUES (1, :database_id, :mode, :seed, "
	":created_at)";
static const char sql_load[] = "SELECT database_id, mode, seed, created_at, org_version FROM meta WHERE id = 1";
static const char sql_org[] = "UPDATE meta SET org_version = org_version + 1 WHERE id = 1";
static const char sql_unswept[] = "SELECT unswept FROM meta WHERE id = 1";
static const char sql_erased[] = "UPDATE meta SET unswept = :event WHERE id = 1";
static const char sql_swept[] = "UPDATE meta SET unswept = NULL WHERE id = 1 AND unswept = :event";
static const char sql_duty_day[] = "SELECT duty_day FROM meta WHERE id = 1";
static const char sql_set_duty_day[] = "UPDATE meta SET duty_day = :day WHERE id = 1";
static const char sql_versions[] = "SELECT ifnull((SELECT max(id) FROM policy), 0), org_version FROM meta WHERE id = 1";
static const char sql_edition_add[] =
	"INSERT INTO policy (name, edition, digest, text, loaded_at, loaded_by, approved_by) "
	"VALUES (:name, :edition, :digest, :text, :loaded_at, :loaded_by, :approved_by)";
static const char sql_edition_approve[] = "UPDATE policy SET approved_by = :approved_by WHERE id = :id";
static const char sql_edition_get[] =
	"SELECT id, name, edition, digest, loaded_at, loaded_by, approved_by, text FROM policy WHERE id = :id";
static const char sql_edition_list[] =
	"SELECT id, name, edition, digest, loaded_at, loaded_by, approved_by FROM policy ORDER BY id";

int cs_meta_create(struct cs_db *db, const struct cs_meta *m, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_create, e);

	if (!s)
		return -1;
	cs_bind_text(s, ":database_id", m->database_id);
	cs_bind_text(s, ":mode", m->rehearsal ? "rehearsal" : "live");
	cs_bind_text(s, ":seed", m->seed);
	cs_bind_int(s, ":created_at", m->created_at);
	return cs_run(s, e);
}

int cs_meta_find(struct cs_db *db, struct cs_arena *a, struct cs_meta *out, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_load, e);
	int rc = s ? cs_step(s, e) : -1;
	const char *id;

	if (rc != 1)
		return rc;
	id = cs_col_text(s, 0);
	snprintf(out->database_id, sizeof out->database_id, "%s", id ? id : "");
	out->rehearsal = strcmp(cs_col_text(s, 1), "rehearsal") == 0;
	out->seed = cs_arena_strdup(a, cs_col_text(s, 2));
	out->created_at = cs_col_int(s, 3);
	out->org_version = cs_col_int(s, 4);
	cs_stmt_done(s);
	return 1;
}

int cs_meta_load(struct cs_db *db, struct cs_arena *a, struct cs_meta *out, struct cs_err *e)
{
	int rc = cs_meta_find(db, a, out, e);

	if (rc == 0)
		return cs_fail(e, CS_CONFIG, "the making of the database was interrupted; run cs-init on it again");
	return rc < 0 ? -1 : 0;
}

int cs_meta_org_changed(struct cs_db *db, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_org, e);

	return s ? cs_run(s, e) : -1;
}

static int set_unswept(struct cs_db *db, const char *sql, int64_t event, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql, e);

	if (!s)
		return -1;
	cs_bind_int(s, ":event", event);
	return cs_run(s, e);
}

int cs_meta_erased(struct cs_db *db, int64_t event, struct cs_err *e)
{
	return set_unswept(db, sql_erased, event, e);
}

int cs_meta_swept(struct cs_db *db, int64_t event, struct cs_err *e)
{
	return set_unswept(db, sql_swept, event, e);
}

int cs_meta_unswept(struct cs_db *db, int64_t *event, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_unswept, e);

	if (!s || cs_step(s, e) != 1)
		return -1;
	*event = cs_col_int(s, 0);
	cs_stmt_done(s);
	return 0;
}

int cs_meta_duty_day(struct cs_db *db, int64_t *day, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_duty_day, e);

	if (!s || cs_step(s, e) != 1)
		return -1;
	*day = cs_col_number(s, 0);
	cs_stmt_done(s);
	return 0;
}

int cs_meta_set_duty_day(struct cs_db *db, int64_t day, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_set_duty_day, e);

	if (!s)
		return -1;
	cs_bind_int(s, ":day", day);
	return cs_run(s, e);
}

int cs_meta_versions(struct cs_db *db, int64_t *edition, int64_t *org, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_versions, e);

	if (!s || cs_step(s, e) != 1)
		return -1;
	*edition = cs_col_int(s, 0);
	*org = cs_col_int(s, 1);
	cs_stmt_done(s);
	return 0;
}

int cs_edition_add(struct cs_db *db, struct cs_edition *ed, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_edition_add, e);

	if (!s)
		return -1;
	cs_bind_text(s, ":name", ed->name);
	cs_bind_text(s, ":edition", ed->edition);
	cs_bind_text(s, ":digest", ed->digest);
	cs_bind_text(s, ":text", ed->text);
	cs_bind_int(s, ":loaded_at", ed->loaded_at);
	cs_bind_text(s, ":loaded_by", ed->loaded_by);
	cs_bind_text(s, ":approved_by", ed->approved_by);
	if (cs_run(s, e) < 0)
		return -1;
	ed->id = cs_db_last_id(db);
	return 0;
}

int cs_edition_approve(struct cs_db *db, int64_t id, const char *approved_by, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_edition_approve, e);

	if (!s)
		return -1;
	cs_bind_text(s, ":approved_by", approved_by);
	cs_bind_int(s, ":id", id);
	return cs_run(s, e);
}

static void read_edition(struct cs_stmt *s, struct cs_arena *a, struct cs_edition *out)
{
	memset(out, 0, sizeof *out);
	out->id = cs_col_int(s, 0);
	out->name = cs_arena_strdup(a, cs_col_text(s, 1));
	out->edition = cs_arena_strdup(a, cs_col_text(s, 2));
	out->digest = cs_arena_strdup(a, cs_col_text(s, 3));
	out->loaded_at = cs_col_int(s, 4);
	out->loaded_by = cs_arena_strdup(a, cs_col_text(s, 5));
	out->approved_by = cs_arena_strdup(a, cs_col_text(s, 6));
}

int cs_edition_get(struct cs_db *db, int64_t id, struct cs_arena *a, struct cs_edition *out, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_edition_get, e);
	int rc;

	if (!s)
		return -1;
	cs_bind_int(s, ":id", id);
	rc = cs_step(s, e);
	if (rc == 1) {
		read_edition(s, a, out);
		out->text = cs_arena_strdup(a, cs_col_text(s, 7));
	}
	cs_stmt_done(s);
	return rc;
}

int cs_edition_list(struct cs_db *db, struct cs_arena *a, struct cs_edition **out, size_t *count, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_edition_list, e);
	size_t size = 0;
	int rc;

	*out = NULL;
	*count = 0;
	if (!s)
		return -1;
	while ((rc = cs_step(s, e)) == 1) {
		*out = cs_arena_grow(a, *out, *count, &size, sizeof **out);
		read_edition(s, a, &(*out)[(*count)++]);
	}
	return rc;
}
