/* Drawing again: is a stored sample what its frame and seed give; how has the world moved since. */
#include <stdlib.h>
#include <string.h>

#include "domain/sample.h"
#include "domain/sampling.h"
#include "store/draw.h"
#include "store/ref.h"

/* A draw as it is stored; all in the arena. */
struct stored {
	struct cs_draw_row row;
	struct cs_sample_spec spec;
	struct cs_frame frame;
};

static int load(struct cs_session *s, int64_t draw, struct cs_arena *a, struct stored *d,
		struct cs_err *e)
{
	int rc = cs_table_find(s->db, &cs_draw_table, draw, a, &d->row, e);

	if (rc <= 0)
		return rc < 0 ? -1 : cs_fail(e, CS_NOTFOUND, "no draw %lld", (long long)draw);
	d->frame = (struct cs_frame){.arena = a};
	if (cs_frame_read(&d->frame, d->row.frame, e) < 0 ||
	    cs_sample_spec_read(d->row.spec, a, &d->spec, e) < 0)
		return cs_fail_in(e, "draw %lld", (long long)draw);
	return 0;
}

static void check_frame(struct stored *d, struct cs_arena *a, struct cs_faults *faults)
{
	struct cs_frame sorted = {.arena = a};
	char digest[2 * CS_HASH_SIZE + 1];

	cs_frame_digest(d->row.frame, digest);
	if (strcmp(digest, d->row.frame_digest) != 0)
		cs_faults_add(
			faults,
			"the stored frame is not the one that was drawn from (its digest differs)");
	for (size_t i = 0; i < d->frame.count; i++)
		cs_frame_add(&sorted, d->frame.item[i].ticket, d->frame.item[i].stratum);
	cs_frame_sort(&sorted);
	if (strcmp(cs_frame_text(&sorted), d->row.frame) != 0)
		cs_faults_add(faults,
			      "the stored frame is not in its order, or names a ticket twice");
	d->frame = sorted;
	if (d->row.frame_count != (int64_t)sorted.count)
		cs_faults_add(faults, "%lld tickets are said to be in the frame, %zu are",
			      (long long)d->row.frame_count, sorted.count);
}

/* The seed follows from the chain as it was just before the draw was recorded. */
static int check_seed(struct cs_session *s, const struct cs_draw_row *row, struct cs_arena *a,
		      struct cs_faults *faults, struct cs_err *e)
{
	struct cs_stmt *walk = cs_event_of(s->db, "draw", row->id, e);
	struct cs_event own = {.id = 0}, before;
	unsigned char head[CS_HASH_SIZE];
	char hex[2 * CS_HASH_SIZE + 1];
	int rc = walk ? cs_event_next(walk, &own, e) : -1;

	cs_stmt_done(walk);
	if (rc < 0)
		return -1;
	if (rc == 0) {
		cs_faults_add(faults, "no event tells of this draw");
		return 0;
	}
	rc = cs_event_get(s->db, own.id - 1, a, &before, e);
	if (rc < 0)
		return -1;
	if (rc == 1)
		memcpy(head, before.chain, sizeof head);
	else
		cs_chain_genesis(s->meta.database_id, head);
	if (strcmp(cs_hex(head, sizeof head, hex), row->chain_head) != 0)
		cs_faults_add(faults, "the stored chain head is not the one before the draw");
	if (!row->seed_given &&
	    strcmp(cs_draw_seed(head, row->name, row->period, row->unit, a), row->seed) != 0)
		cs_faults_add(faults, "the seed does not follow from chain head, rule and period");
	return 0;
}

static bool replaces(const struct cs_draw_item *item)
{
	return strncmp(item->reason, "replaces ", 9) == 0;
}

/* What may have become of a ticket that was drawn as a member or as a replacement. */
static bool role_fits(const struct cs_draw_item *item, bool member)
{
	if (strcmp(item->role, CS_ROLE_REPLACED) == 0)
		return member || replaces(item);
	if (strcmp(item->role, CS_ROLE_MEMBER) == 0)
		return member ? !replaces(item) : replaces(item);
	return !member && !replaces(item);
}

static void compare(const struct cs_draw_item *item, size_t n, const struct cs_drawn *drawn,
		    size_t count, struct cs_faults *faults)
{
	size_t out = 0, in = 0;
	char ref[CS_REF_SIZE];

	if (n != count)
		cs_faults_add(faults, "%zu tickets are stored, drawing again gives %zu", n, count);
	for (size_t i = 0; i < n && i < count; i++) {
		out += strcmp(item[i].role, CS_ROLE_REPLACED) == 0;
		in += replaces(&item[i]);
		if (item[i].ticket != drawn[i].ticket || item[i].place != drawn[i].place ||
		    strcmp(item[i].stratum, drawn[i].stratum) != 0)
			cs_faults_add(
				faults,
				"stratum %s, place %lld: %s is stored, drawing again gives another",
				item[i].stratum, (long long)item[i].place,
				cs_ref_text(item[i].ticket, ref));
		else if (!role_fits(&item[i], drawn[i].member))
			cs_faults_add(faults,
				      "stratum %s, place %lld: %s is stored as %s, drawn as %s",
				      item[i].stratum, (long long)item[i].place,
				      cs_ref_text(item[i].ticket, ref), item[i].role,
				      drawn[i].member ? CS_ROLE_MEMBER : CS_ROLE_REPLACEMENT);
	}
	if (out != in)
		cs_faults_add(faults, "%zu members were replaced by %zu", out, in);
}

int cs_draw_verify(struct cs_session *s, int64_t draw, struct cs_faults *faults, struct cs_err *e)
{
	struct cs_draw_item *item;
	struct cs_drawn *drawn;
	struct stored d;
	size_t n, count;

	if (load(s, draw, &s->work, &d, e) < 0 ||
	    cs_draw_items(s->db, draw, &s->work, &item, &n, e) < 0)
		return -1;
	check_frame(&d, &s->work, faults);
	if (check_seed(s, &d.row, &s->work, faults, e) < 0)
		return -1;
	drawn = cs_sample_draw(&d.frame, &d.spec, d.row.seed, &count);
	compare(item, n, drawn, count, faults);
	return 0;
}

/* --- today's frame ---------------------------------------------------------------------------- */

static int by_ticket(const void *a, const void *b)
{
	const struct cs_frame_item *x = a, *y = b;

	return (x->ticket > y->ticket) - (x->ticket < y->ticket);
}

static void differences(struct cs_frame *was, struct cs_frame *now, struct cs_arena *a,
			struct cs_frame_change **list, size_t *count)
{
	size_t size = 0, i = 0, k = 0;

	*list = NULL;
	*count = 0;
	if (was->count)
		qsort(was->item, was->count, sizeof *was->item, by_ticket);
	if (now->count)
		qsort(now->item, now->count, sizeof *now->item, by_ticket);
	while (i < was->count || k < now->count) {
		int order = i == was->count   ? 1
			    : k == now->count ? -1
					      : by_ticket(&was->item[i], &now->item[k]);
		struct cs_frame_change c = {0};

		if (order <= 0) {
			c.ticket = was->item[i].ticket;
			c.was = was->item[i++].stratum;
		}
		if (order >= 0) {
			c.ticket = now->item[k].ticket;
			c.now = now->item[k++].stratum;
		}
		if (order == 0 && strcmp(c.was, c.now) == 0)
			continue;
		*list = cs_arena_grow(a, *list, *count, &size, sizeof **list);
		(*list)[(*count)++] = c;
	}
}

/* A sample without a rule: its tickets are those that were given; only their strata can have
   changed. */
static int adhoc_today(struct cs_session *s, const struct stored *d, struct cs_frame *now,
		       struct cs_err *e)
{
	struct cs_err why = {0};
	const char *stratum;

	for (size_t i = 0; i < d->frame.count; i++) {
		cs_arena_reset(&s->work);
		if (cs_sample_stratum(s, d->frame.item[i].ticket,
				      d->spec.per ? d->spec.per : "none", &stratum, &why) == 0)
			cs_frame_add(now, d->frame.item[i].ticket,
				     cs_arena_strdup(now->arena, stratum));
		else if (why.code != CS_NOTFOUND) {
			*e = why;
			return -1;
		}
	}
	return 0;
}

int cs_draw_today(struct cs_session *s, int64_t draw, struct cs_arena *a,
		  struct cs_frame_change **list, size_t *count, struct cs_err *e)
{
	struct cs_frame now = {.arena = a};
	const struct cs_sample_rule *rule;
	struct cs_period period;
	struct stored d;
	int rc;

	if (load(s, draw, a, &d, e) < 0)
		return -1;
	if (strcmp(d.row.name, CS_DRAW_ADHOC) == 0) {
		rc = adhoc_today(s, &d, &now, e);
	} else {
		rule = cs_policy_sample(s->policy, d.row.name);
		if (!rule)
			return cs_fail(
				e, CS_REFUSED,
				"the rules in force know no sample %s; today's frame cannot be "
				"found",
				d.row.name);
		rc = cs_sample_period(s, rule, d.row.period, false, &period, e);
		if (rc == 0)
			rc = cs_sample_frame(s, rule, &period, d.row.unit, &now, e);
	}
	if (rc == 0)
		differences(&d.frame, &now, a, list, count);
	return rc;
}
