/* Counters beside the tickets that drew from them: each stands at the highest number of its day. */
#include <stdio.h>

#include "base/time.h"
#include "domain/checking.h"
#include "store/counter.h"
#include "store/ref.h"

static void fault(struct cs_check *c, const char *prefix, int32_t day, int64_t stored, int64_t highest)
{
	int year, month, mday;

	cs_day_date(day, &year, &month, &mday);
	cs_check_fault(c, "counter %s %04d-%02d-%02d: stored %lld, the highest reference is %lld", prefix, year, month,
		       mday, (long long)stored, (long long)highest);
}

/* Of every prefix and day of which there is a ticket; references begin with the day, so each is met once. */
static int check_used(struct cs_check *c, struct cs_err *e)
{
	int64_t id = 0, highest = 0, next, n;
	char prefix[4];
	int32_t day;
	int rc;

	while ((rc = cs_counter_used(c->db, id, &id, e)) == 1) {
		cs_ref_split(id, prefix, &day);
		if (cs_ref_make(prefix, day, 1) == 0) { /* said with the ticket */
			id = cs_ref_end(id);
			continue;
		}
		if (cs_counter_highest(c->db, prefix, day, &highest, e) < 0 ||
		    cs_counter_next(c->db, prefix, day, &next, e) < 0)
			return -1;
		n = cs_ref_split(highest, prefix, &day);
		if (next - 1 != n)
			fault(c, prefix, day, next - 1, n);
		id = cs_ref_end(id);
	}
	return rc;
}

static int check_unused(struct cs_check *c, struct cs_err *e)
{
	struct cs_stmt *walk = cs_counter_walk(c->db, e);
	const char *prefix;
	int64_t last, highest;
	int32_t day;
	int rc = -1, used;

	while (walk && (rc = cs_counter_walk_next(walk, &prefix, &day, &last, e)) == 1) {
		used = cs_counter_highest(c->db, prefix, day, &highest, e);
		if (used == 0)
			fault(c, prefix, day, last, 0);
		if (used < 0) {
			cs_stmt_done(walk);
			return -1;
		}
	}
	return rc;
}

int cs_check_counters(struct cs_check *c, struct cs_err *e)
{
	return check_used(c, e) < 0 ? -1 : check_unused(c, e);
}
