/* The organisation in memory: units, people, who holds which post (requirements section 1). */
#ifndef CS_DOMAIN_ORG_H
#define CS_DOMAIN_ORG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/time.h"
#include "store/db.h"
#include "store/rows.h"

/* A snapshot; rows sorted by id. Owned by the caller, cs_org_free. */
struct cs_org {
	struct cs_arena arena;
	struct cs_unit_row *unit;
	size_t unit_count, unit_size;
	struct cs_staff_row *staff;
	size_t staff_count, staff_size;
	struct cs_post_row *post;
	size_t post_count, post_size;
};
/* The post that may do everything but the policy's steps (design section 8). */
#define CS_POST_ADMIN "admin"

int cs_org_load(struct cs_db *db, struct cs_org *out, struct cs_err *e);
void cs_org_free(struct cs_org *o);
/* Brings a row of unit, staff or post that was recorded into the snapshot (new ones have the largest id). Rows found
   before stay readable, but are no longer those of the snapshot. */
void cs_org_put(struct cs_org *o, const struct cs_table *t, const void *row);

/* NULL when there is none. id CS_NULL finds nothing. */
const struct cs_unit_row *cs_org_unit(const struct cs_org *o, int64_t id);
const struct cs_staff_row *cs_org_staff(const struct cs_org *o, int64_t id);
const struct cs_staff_row *cs_org_login(const struct cs_org *o, const char *login);
/* A person as people write them: by login, else by name. CS_USAGE: none (the nearest is named) or several of that name
   (their logins are listed). NULL on failure. */
const struct cs_staff_row *cs_org_find_staff(const struct cs_org *o, const char *text, struct cs_err *e);
/* A unit as a person writes it: its code, else its name or the last part of its code where only one unit has
   that. CS_USAGE: none or several (the message lists them). NULL on failure. */
const struct cs_unit_row *cs_org_find_unit(const struct cs_org *o, const char *text, struct cs_err *e);
/* unit is `top` or lies below it. */
bool cs_org_below(const struct cs_org *o, int64_t unit, int64_t top);
/* The unit itself or the nearest above it that has this level; NULL none. */
const struct cs_unit_row *cs_org_up(const struct cs_org *o, int64_t unit, const char *level);
/* The department with this function that serves the unit `from`: in it, else in the nearest unit above, but never one of
   another project (a unit of a level that `from` itself lies in). NULL: none, or several far below and none nearer. */
const struct cs_unit_row *cs_org_department(const struct cs_org *o, int64_t from, const char *function);

bool cs_staff_active(const struct cs_staff_row *s, cs_time at);
/* Does this person hold the post at that time, in `unit` or above it (CS_NULL: anywhere)? */
bool cs_org_holds(const struct cs_org *o, int64_t staff, const char *post, int64_t unit, cs_time at);
/* Who holds the post at `unit` or the nearest unit above; not a deputy if there is anyone else. CS_NULL: vacant. */
int64_t cs_org_holder(const struct cs_org *o, const char *post, int64_t unit, cs_time at);
/* The person belongs to `unit` or below: by their own unit or a post there. */
bool cs_org_in(const struct cs_org *o, int64_t staff, int64_t unit, cs_time at);

#endif
