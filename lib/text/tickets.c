/* Acting on many tickets: savepoints, batches by time, output of what is committed. */
#include "text/tickets.h"

#include <stdlib.h>
#include <string.h>

#include "store/ref.h"
#include "text/desk.h"
#include "text/process.h"

enum { BULK_FROM = 1000 }; /* tickets from which a larger cache pays */

void cs_tickets_row(struct cs_tickets *t, const struct cs_cell *cells)
{
	struct cs_cell *to;

	t->cell = cs_arena_grow(&t->rows, t->cell, t->row_count, &t->row_size, t->column_count * sizeof *t->cell);
	to = t->cell + t->row_count++ * t->column_count;
	for (size_t i = 0; i < t->column_count; i++) {
		to[i] = cells[i];
		to[i].text = cs_arena_strdup(&t->rows, cells[i].text);
	}
}

static void clear_rows(struct cs_tickets *t)
{
	cs_arena_reset(&t->rows);
	t->cell = NULL;
	t->row_count = t->row_size = 0;
}

static void put_rows(struct cs_tickets *t, struct cs_out *out)
{
	for (size_t i = 0; i < t->row_count; i++)
		cs_out_row(out, t->cell + i * t->column_count);
	clear_rows(t);
}

/* Reasons that concern one ticket; all others end the run. */
static bool refuses(const struct cs_err *e)
{
	return e->code == CS_REFUSED || e->code == CS_USAGE || e->code == CS_NOTFOUND || e->code == CS_DENIED ||
	       e->code == CS_BADDATA;
}

/* One ticket under a savepoint: 0 done or refused (and named), -1. */
static int act_on_one(struct cs_tickets *t, const char *ref, int64_t ticket, struct cs_err *e)
{
	size_t rows = t->row_count;
	struct cs_chain mark;
	struct cs_err why = {0};

	if (ticket == 0) {
		cs_ref_parse(ref, &why);
	} else {
		if (cs_session_mark(t->s, &mark, e) < 0)
			return -1;
		cs_arena_reset(&t->s->work);
		if (t->act(t, ticket, &why) >= 0) {
			t->done++;
			return cs_session_keep(t->s, e);
		}
		if (!refuses(&why)) {
			*e = why;
			return -1;
		}
		t->row_count = rows;
		if (cs_session_undo(t->s, &mark, e) < 0)
			return -1;
	}
	t->refused++;
	t->wrong += why.code == CS_USAGE;
	cs_msg("%s: %s", ref, why.text);
	return 0;
}

static int verdict(const struct cs_tickets *t)
{
	if (t->refused == 0)
		return 0;
	return t->wrong == t->refused && t->done == 0 ? cs_err_exit(CS_USAGE) : cs_err_exit(CS_REFUSED);
}

/* --key and --all: all in one transaction, the answer printed (and kept under the key) as a whole. */
static int run_at_once(struct cs_tickets *t, const struct cs_texts *refs, const struct cs_ref *list, size_t n,
		       struct cs_err *e)
{
	struct cs_call call = {.cli = t->cli, .s = t->s};
	bool repeated = false;
	int rc = -1;

	if (cs_call_begin(&call, refs, &repeated, e) < 0 || repeated || cs_desk_at(t->cli, t->s, &t->at, e) < 0) {
		rc = repeated ? 0 : -1;
		goto out;
	}
	for (size_t i = 0; i < n; i++) {
		if (act_on_one(t, refs->item[list[i].place], list[i].id, e) < 0)
			goto out;
		if (cs_process_interrupted()) {
			cs_fail(e, CS_BUSY, "ended by a signal; nothing was changed");
			goto out;
		}
	}
	rc = verdict(t);
	if (t->done == 0)
		goto out;
	if (t->refused && t->cli->common.all) {
		cs_msg("%zu of %zu tickets refused; nothing was changed (--all)", t->refused, n);
		goto out;
	}
	cs_call_columns(&call, t->column, t->column_count);
	put_rows(t, call.out);
	if (cs_call_commit(&call, e) < 0)
		rc = -1;
out:
	cs_call_end(&call);
	return rc;
}

/* Takes tickets from *at on until the lock was held long enough. */
static int run_batch(struct cs_tickets *t, const struct cs_texts *refs, const struct cs_ref *list, size_t n, size_t *at,
		     struct cs_err *e)
{
	if (cs_batch_begin(&t->batch, t->s, e) < 0)
		return -1;
	if (cs_desk_at(t->cli, t->s, &t->at, e) < 0)
		goto fail;
	do {
		if (act_on_one(t, refs->item[list[*at].place], list[*at].id, e) < 0)
			goto fail;
		++*at;
	} while (*at < n && !cs_batch_full(&t->batch));
	if (cs_session_commit(t->s, e) < 0)
		goto fail;
	t->printed = t->done;
	put_rows(t, t->out);
	cs_out_flush(t->out);
	return 0;
fail:
	cs_session_rollback(t->s);
	clear_rows(t);
	return -1;
}

static int run_in_batches(struct cs_tickets *t, const struct cs_texts *refs, const struct cs_ref *list, size_t n,
			  struct cs_err *e)
{
	size_t at = 0;

	if (n >= BULK_FROM && cs_db_bulk(t->s->db, e) < 0)
		return -1;
	while (at < n) {
		if (run_batch(t, refs, list, n, &at, e) < 0)
			return -1;
		if (at < n && cs_batch_pause(&t->batch, t->s, e) < 0)
			return -1;
	}
	return verdict(t);
}

static int finish(struct cs_tickets *t, int rc, size_t n, struct cs_err *e)
{
	struct cs_err lost = {0};

	if (cs_out_close(t->out, &lost) < 0 && rc >= 0) {
		*e = lost;
		rc = -1;
	}
	t->out = NULL;
	if (rc < 0 && t->printed && !t->s->dry_run)
		cs_msg("%zu of %zu tickets are done and committed", t->printed, n);
	return rc;
}

int cs_tickets_run(struct cs_tickets *t, const struct cs_texts *refs, struct cs_err *e)
{
	size_t n;
	struct cs_ref *list = cs_refs_choose(refs, &n);
	int rc;

	if (t->cli->common.key || t->cli->common.all) {
		rc = run_at_once(t, refs, list, n, e);
	} else {
		t->out = cs_out_open(stdout, t->cli->common.format, t->column, t->column_count);
		cs_out_set_writer(t->out);
		rc = finish(t, run_in_batches(t, refs, list, n, e), n, e);
	}
	cs_arena_free(&t->rows);
	free(list);
	return rc;
}
