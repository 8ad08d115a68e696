/* Erasure. */
#include "domain/erase.h"

#include <string.h>

#include "domain/fold.h"
#include "domain/ladder.h"
#include "domain/record.h"
#include "store/customer.h"
#include "store/meta.h"
#include "store/personal.h"

const char cs_erase_step[] = "erase", cs_erase_cleared[] = "cleared";

struct record_id {
	const struct cs_table *table;
	int64_t id;
};
struct erasing {
	struct cs_session *s;
	struct cs_arena a;
	int64_t person;
	struct cs_person_row row;
	struct cs_id_list tickets, places; /* places: premises to be cleared */
	struct cs_id_list cleared;         /* events */
	struct record_id *others;          /* whose texts stand in the events that are cleared */
	size_t other_count, other_size;
	struct cs_erasure done;
};

static int choose_premises(struct erasing *x, struct cs_err *e)
{
	struct cs_id_list all;

	if (cs_person_premises(x->s->db, x->person, &x->a, &all, e) < 0)
		return -1;
	for (size_t i = 0; i < all.count; i++) {
		int shared = cs_premises_shared(x->s->db, all.id[i], x->person, e);

		struct cs_premises_row row = {.erased_at = CS_NULL};

		if (shared < 0 || cs_table_find(x->s->db, &cs_premises_table, all.id[i], &x->a, &row, e) < 0)
			return -1;
		if (shared || row.erased_at != CS_NULL)
			continue;
		x->places.id = cs_arena_grow(&x->a, x->places.id, x->places.count, &x->places.size,
					     sizeof *x->places.id);
		x->places.id[x->places.count++] = all.id[i];
	}
	x->done.premises = x->places.count;
	return 0;
}

static bool goes(const struct erasing *x, const struct cs_table *t, int64_t id)
{
	if (t == &cs_person_table)
		return id == x->person;
	for (size_t i = 0; t == &cs_premises_table && i < x->places.count; i++)
		if (x->places.id[i] == id)
			return true;
	return false;
}

/* Notes whose texts the event holds besides those that go. */
static void note_others(struct erasing *x, const struct cs_effects *l)
{
	for (size_t i = 0; i < l->count; i++) {
		const struct cs_effect *f = &l->effect[i];
		const struct cs_table *t =
			f->op == CS_OP_RECORD_TEXT ? cs_fold_table(cs_arg_text(f, 0)) : NULL;
		int64_t id = cs_arg_int(f, 1);
		size_t k = 0;

		if (!t || goes(x, t, id))
			continue;
		while (k < x->other_count && (x->others[k].table != t || x->others[k].id != id))
			k++;
		if (k < x->other_count)
			continue;
		x->others = cs_arena_grow(&x->a, x->others, x->other_count, &x->other_size,
					  sizeof *x->others);
		x->others[x->other_count++] = (struct record_id){t, id};
	}
}

/* Clears the private parts of all events about one subject. */
static int clear_events(struct erasing *x, const char *about, int64_t subject, struct cs_err *e)
{
	struct cs_stmt *walk = cs_event_of(x->s->db, about, subject, e);
	struct cs_effects l = {.arena = &x->s->work};
	struct cs_id_list *ids = &x->cleared;
	size_t first = ids->count;
	struct cs_event ev;
	int rc;

	while ((rc = walk ? cs_event_next(walk, &ev, e) : -1) == 1) {
		if (!ev.private_part)
			continue;
		ids->id = cs_arena_grow(&x->a, ids->id, ids->count, &ids->size, sizeof *ids->id);
		ids->id[ids->count++] = ev.id;
		if (cs_effects_read(&l, ev.facts, NULL, e) < 0) {
			cs_stmt_done(walk);
			return cs_fail_in(e, "event %lld", (long long)ev.id);
		}
		note_others(x, &l);
		cs_arena_reset(&x->s->work);
	}
	for (size_t i = first; rc == 0 && i < ids->count; i++)
		rc = cs_event_erase(x->s->db, ids->id[i], e);
	x->done.events = ids->count;
	return rc;
}

/* The ticket as its events tell it now, without the texts that are gone. */
static int fold_anew(struct erasing *x, int64_t ticket, struct cs_err *e)
{
	struct cs_stmt *walk = cs_event_of(x->s->db, "ticket", ticket, e);
	struct cs_effects l = {.arena = &x->s->work};
	struct cs_image im;
	struct cs_event ev;
	int rc;

	cs_image_init(&im, &x->s->work);
	while ((rc = walk ? cs_event_next(walk, &ev, e) : -1) == 1) {
		if (cs_effects_read(&l, ev.facts, ev.private_part, e) == 0 &&
		    cs_fold_ticket(&im, &ev, &l, e) == 0)
			continue;
		cs_stmt_done(walk);
		return cs_fail_in(e, "event %lld", (long long)ev.id);
	}
	im.exists = true; /* its rows are there, to be replaced */
	if (rc == 0)
		rc = cs_image_save(&im, x->s->db, e);
	cs_arena_reset(&x->s->work);
	return rc;
}

static bool is_to_make(const struct cs_callback_row *c, int64_t person)
{
	return c->person == person && cs_callback_to_make(c);
}

/* Contacts to be made with the person have nobody left to be made with; those with others stay. */
static int end_contacts(struct erasing *x, int64_t ticket, cs_time at, struct cs_err *e)
{
	struct cs_effects l = {.arena = &x->s->work};
	struct cs_image im;
	int rc = 0;

	cs_image_init(&im, &x->s->work);
	if (cs_image_load(&im, x->s->db, ticket, e) < 0)
		return -1;
	for (size_t i = 0; i < cs_image_count(&im, CS_P_CALLBACK); i++) {
		const struct cs_callback_row *c = cs_image_at(&im, CS_P_CALLBACK, i);

		if (is_to_make(c, x->person))
			cs_put(&l, CS_OP_CALL_END, CS_I(c->seq), CS_S("dropped"), CS_S("erased"));
	}
	if (l.count) {
		at = at < im.t.last_at ? im.t.last_at : at;
		rc = cs_ladder_settle(x->s, &im, x->s->now, NULL, e) < 0 ||
				     cs_session_record(x->s, &im,
						       (struct cs_deed){"ticket", ticket, "erase", at, x->s->actor}, &l,
						       e) < 0 ||
				     cs_image_save(&im, x->s->db, e) < 0
			     ? -1
			     : 0;
	}
	cs_arena_reset(&x->s->work);
	return rc;
}

static int clear_ticket(struct erasing *x, int64_t ticket, cs_time at, struct cs_err *e)
{
	size_t before = x->cleared.count;

	if (end_contacts(x, ticket, at, e) < 0 || clear_events(x, "ticket", ticket, e) < 0)
		return -1;
	if (x->row.erased_at != CS_NULL && x->cleared.count == before)
		return 0;
	x->done.tickets++;
	return fold_anew(x, ticket, e) < 0 ? -1 : cs_personal_clear(x->s->db, x->s->meta.database_id, ticket, e);
}

/* What others had in the cleared events is said again, each in an event of its own. */
static int keep_others(struct erasing *x, cs_time at, struct cs_err *e)
{
	for (size_t i = 0; i < x->other_count; i++) {
		const struct cs_table *t = x->others[i].table;
		struct cs_effects l = {.arena = &x->s->work};
		void *row = cs_arena_alloc(&x->s->work, t->row_size);

		if (cs_table_find(x->s->db, t, x->others[i].id, &x->s->work, row, e) < 0)
			return -1;
		for (size_t k = 0; k < t->column_count; k++)
			if (t->column[k].personal)
				cs_record_text(&l, t, x->others[i].id, t->column[k].name,
					       cs_row_text(&t->column[k], row));
		if (l.count &&
		    cs_session_record(x->s, NULL, (struct cs_deed){t->name, x->others[i].id, "keep", at, CS_NULL}, &l,
				      e) < 0)
			return -1;
		cs_arena_reset(&x->s->work);
	}
	return 0;
}

static int end_tenures(struct erasing *x, struct cs_effects *l, cs_time at, struct cs_err *e)
{
	struct cs_tenure_row *t;
	size_t n;

	if (cs_person_tenures(x->s->db, x->person, &x->a, &t, &n, e) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (t[i].to_at == CS_NULL || t[i].to_at > at)
			cs_record_int(l, &cs_tenure_table, t[i].id, "to_at", at);
	return 0;
}

static void empty(struct cs_effects *l, const struct cs_table *t, int64_t id, cs_time at)
{
	for (size_t i = 0; i < t->column_count; i++)
		if (t->column[i].personal)
			cs_record_text(l, t, id, t->column[i].name, NULL);
	cs_record_int(l, t, id, "erased_at", at);
}

static int record_erasure(struct erasing *x, const char *reason, cs_time at, struct cs_err *e)
{
	struct cs_effects l = {.arena = &x->a};

	if (x->row.erased_at == CS_NULL)
		empty(&l, &cs_person_table, x->person, at);
	for (size_t i = 0; i < x->places.count; i++)
		empty(&l, &cs_premises_table, x->places.id[i], at);
	if (end_tenures(x, &l, at, e) < 0)
		return -1;
	cs_put(&l, CS_OP_NOTE, CS_S("reason"), CS_S(reason));
	for (size_t i = 0; i < x->cleared.count; i++)
		cs_put(&l, CS_OP_NOTE, CS_S(cs_erase_cleared), CS_I(x->cleared.id[i]));
	cs_put(&l, CS_OP_NOTE, CS_S("tickets"), CS_I((int64_t)x->done.tickets));
	if (cs_session_record(x->s, NULL, (struct cs_deed){"person", x->person, cs_erase_step, at, x->s->actor}, &l,
			      e) < 0)
		return -1;
	return cs_meta_erased(x->s->db, x->s->chain.last_id, e);
}

static int erase(struct erasing *x, const char *reason, cs_time at, struct cs_err *e)
{
	int rc = cs_table_find(x->s->db, &cs_person_table, x->person, &x->a, &x->row, e);

	if (rc == 0)
		return cs_fail(e, CS_NOTFOUND, "no customer %lld", (long long)x->person);
	if (rc < 0 || cs_person_tickets(x->s->db, x->person, &x->a, &x->tickets, e) < 0 ||
	    choose_premises(x, e) < 0 || clear_events(x, "person", x->person, e) < 0)
		return -1;
	for (size_t i = 0; i < x->places.count; i++)
		if (clear_events(x, "premises", x->places.id[i], e) < 0)
			return -1;
	for (size_t i = 0; i < x->tickets.count; i++)
		if (clear_ticket(x, x->tickets.id[i], at, e) < 0)
			return -1;
	if (x->row.erased_at != CS_NULL && x->cleared.count == 0 && x->places.count == 0)
		return 0;
	return keep_others(x, at, e) < 0 ? -1 : record_erasure(x, reason, at, e);
}

int cs_erase_person(struct cs_session *s, int64_t person, const char *reason, cs_time at,
		    struct cs_erasure *out, struct cs_err *e)
{
	struct erasing x = {.s = s, .person = person};
	int rc;

	if (!*reason || strlen(reason) > 64 ||
	    strspn(reason, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") !=
		    strlen(reason))
		return cs_fail(
			e, CS_USAGE,
			"the reason is a code (letters, digits, _ and -): what is written stays "
			"for ever");
	rc = erase(&x, reason, at, e);
	*out = x.done;
	cs_arena_free(&x.a);
	return rc;
}
