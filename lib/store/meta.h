/* The one row that says what database this is, and the editions of the rules in it. */
#ifndef CS_STORE_META_H
#define CS_STORE_META_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "store/db.h"

struct cs_meta {
	char database_id[33];
	bool rehearsal;
	const char *seed; /* NULL: random; in the arena */
	int64_t created_at, org_version;
};

/* A row of table policy; text only where it was asked for. */
struct cs_edition {
	int64_t id;
	const char *name, *edition, *digest, *text;
	int64_t loaded_at;
	const char *loaded_by, *approved_by; /* approved_by may be NULL */
};

int cs_meta_create(struct cs_db *db, const struct cs_meta *m, struct cs_err *e);
/* 1: found; 0: the making of the database was interrupted; -1. cs_meta_load takes that for an error. */
int cs_meta_find(struct cs_db *db, struct cs_arena *a, struct cs_meta *out, struct cs_err *e);
int cs_meta_load(struct cs_db *db, struct cs_arena *a, struct cs_meta *out, struct cs_err *e);
int cs_meta_org_changed(struct cs_db *db, struct cs_err *e); /* org_version + 1 */
/* The event of the last erasure since the file was rewritten (cs_db_sweep), 0 none; noted with the erasure, and
   struck out, unless another came meanwhile. */
int cs_meta_unswept(struct cs_db *db, int64_t *event, struct cs_err *e);
int cs_meta_erased(struct cs_db *db, int64_t event, struct cs_err *e);
int cs_meta_swept(struct cs_db *db, int64_t event, struct cs_err *e);
/* The last local day whose duties of units have arisen; CS_NULL: none yet. Set with what arose. */
int cs_meta_duty_day(struct cs_db *db, int64_t *day, struct cs_err *e);
int cs_meta_set_duty_day(struct cs_db *db, int64_t day, struct cs_err *e);
/* The versions that a running program compares: number of the last edition (0: none) and of the organisation. */
int cs_meta_versions(struct cs_db *db, int64_t *edition, int64_t *org, struct cs_err *e);

int cs_edition_add(struct cs_db *db, struct cs_edition *ed, struct cs_err *e); /* fills id */
int cs_edition_approve(struct cs_db *db, int64_t id, const char *approved_by, struct cs_err *e);
/* With its text: 1 found, 0, -1. */
int cs_edition_get(struct cs_db *db, int64_t id, struct cs_arena *a, struct cs_edition *out, struct cs_err *e);
/* All, oldest first, without texts; an array in the arena. */
int cs_edition_list(struct cs_db *db, struct cs_arena *a, struct cs_edition **out, size_t *count, struct cs_err *e);

#endif
