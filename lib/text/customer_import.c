/* Importing customers. */
#include <stdlib.h>

#include "domain/customer_change.h"
#include "text/batch.h"
#include "text/customer_text.h"
#include "text/desk.h"
#include "text/process.h"
#include "text/sheet.h"

enum { AHEAD_ROWS = 4096 };

struct import {
	const struct cs_cli *cli;
	struct cs_session *s;
	struct cs_sheet *sheet;
	const char *source;
	struct cs_arena rows; /* read before the lock is taken */
	struct cs_sheet_row row[AHEAD_ROWS];
	size_t count;
	struct cs_batch batch;
	size_t added, changed, same, refused;
};

static const char *cell(const struct cs_sheet_row *row, int column)
{
	const char *text = row->value[column];

	return text && *text ? text : NULL;
}

/* 1: there are rows, 0: the end, -1. */
static int read_rows(struct import *im, struct cs_err *e)
{
	int rc = 1;

	cs_arena_reset(&im->rows);
	for (im->count = 0; im->count < AHEAD_ROWS; im->count++) {
		struct cs_sheet_row row;
		const char **value;

		rc = cs_sheet_next(im->sheet, &row, e);
		if (rc != 1)
			break;
		value = cs_arena_alloc(&im->rows, CS_CC_COUNT * sizeof(*value));
		for (int i = 0; !row.bad && i < CS_CC_COUNT; i++)
			value[i] = cs_arena_strdup(&im->rows, row.value[i]);
		im->row[im->count] =
			(struct cs_sheet_row){row.line, cs_arena_strdup(&im->rows, row.bad), value};
	}
	return rc < 0 ? -1 : im->count > 0;
}

static int read_day(const struct cs_session *s, const char *name, const char *text, bool until,
		    int64_t *out, struct cs_err *e)
{
	*out = CS_NULL;
	return text && cs_desk_read_day(s, text, until, out, e) < 0 ? cs_fail_in(e, "%s", name) : 0;
}

static int enter(struct import *im, const struct cs_sheet_row *row, bool *is_new, bool *changed,
		 struct cs_err *e)
{
	const char *unit = cell(row, CS_CC_UNIT);
	struct cs_customer_spec spec = {
		.source = cell(row, CS_CC_SOURCE) ? cell(row, CS_CC_SOURCE) : im->source,
		.key = cell(row, CS_CC_KEY),
		.name = cell(row, CS_CC_NAME),
		.phone = cell(row, CS_CC_PHONE),
		.address = cell(row, CS_CC_PREMISES),
		.unit = CS_NULL,
	};
	const struct cs_customer_change change = {
		.name = spec.name,
		.phone = spec.phone,
		.tier = cell(row, CS_CC_TIER),
		.weight = cell(row, CS_CC_WEIGHT),
		.manager = cell(row, CS_CC_MANAGER),
	};
	struct cs_tenure_change tenure = {.capacity = cell(row, CS_CC_CAPACITY)};
	const struct cs_unit_row *u;
	struct cs_customer who;

	if (spec.key && !spec.source)
		return cs_fail(e, CS_REFUSED,
			       "a customer_key without source (give --source or a column)");
	if (!spec.phone && !spec.key && !(spec.name && spec.address))
		return cs_fail(
			e, CS_REFUSED,
			"neither phone nor customer_key nor name and premises: nobody could be "
			"known again by this");
	if (unit) {
		u = cs_org_find_unit(&im->s->org, unit, e);
		if (!u)
			return -1;
		spec.unit = u->id;
	}
	if (read_day(im->s, "from", cell(row, CS_CC_FROM), false, &tenure.from_at, e) < 0 ||
	    read_day(im->s, "to", cell(row, CS_CC_TO), true, &tenure.to_at, e) < 0 ||
	    cs_customer_enter(im->s, &spec, &change, &tenure, im->s->now, &who, changed, e) < 0)
		return -1;
	*is_new = who.person_new;
	return 0;
}

static int take_row(struct import *im, const struct cs_sheet_row *row, struct cs_err *e)
{
	bool changed = false, is_new = false;
	struct cs_chain mark;
	int rc;

	if (cs_session_mark(im->s, &mark, e) < 0)
		return -1;
	rc = row->bad ? cs_fail(e, CS_REFUSED, "%s", row->bad)
		      : enter(im, row, &is_new, &changed, e);
	cs_arena_reset(&im->s->work);
	if (rc < 0 && e->code != CS_REFUSED && e->code != CS_USAGE)
		return -1;
	if (rc < 0) {
		cs_msg("%s:%llu: %s", cs_sheet_name(im->sheet), (unsigned long long)row->line,
		       e->text);
		im->refused++;
		return cs_session_undo(im->s, &mark, e);
	}
	im->added += is_new;
	im->changed += changed && !is_new;
	im->same += !changed;
	return cs_session_keep(im->s, e);
}

/* What was read, in as many transactions as it takes. */
static int take_batches(struct import *im, struct cs_err *e)
{
	size_t i = 0;

	while (i < im->count && !cs_process_interrupted()) {
		if (cs_batch_begin(&im->batch, im->s, e) < 0)
			return -1;
		do {
			if (take_row(im, &im->row[i++], e) < 0)
				return -1;
		} while (i < im->count && !cs_batch_full(&im->batch));
		if (cs_session_commit(im->s, e) < 0)
			return -1;
		if (!cs_process_interrupted() && cs_batch_pause(&im->batch, im->s, e) < 0)
			return -1;
	}
	return 0;
}

static int take_all(struct import *im, struct cs_err *e)
{
	int rc;

	while ((rc = read_rows(im, e)) == 1 && (rc = take_batches(im, e)) == 0 && !cs_process_interrupted())
		;
	return rc < 0 ? -1 : 0;
}

/* In one transaction: --strict. The file is whole already (text/sheet.h), so nobody waits for it with the lock held.
   Once a row is refused nothing stays: then the rest is looked at in transactions of its own, and what is said in
   each is not kept until the last. */
static int take_whole(struct import *im, struct cs_err *e)
{
	int rc;

	if (cs_batch_begin(&im->batch, im->s, e) < 0)
		return -1;
	while ((rc = read_rows(im, e)) == 1 && !cs_process_interrupted()) {
		for (size_t i = 0; i < im->count; i++)
			if (take_row(im, &im->row[i], e) < 0)
				return -1;
		if (!im->refused)
			continue;
		cs_session_rollback(im->s);
		if (cs_batch_begin(&im->batch, im->s, e) < 0)
			return -1;
	}
	if (rc < 0)
		return -1;
	if (cs_process_interrupted())
		return cs_fail(e, CS_BUSY, "ended by a signal; nothing was changed");
	if (im->refused) {
		cs_session_rollback(im->s);
		return 0;
	}
	return cs_session_commit(im->s, e);
}

int cs_customer_import(const struct cs_cli *cli, const char *path, const char *encoding,
		       const char *source, bool strict, struct cs_err *e)
{
	struct cs_sheet_column columns[CS_CC_COUNT];
	struct import *im = cs_alloc(sizeof *im);
	int rc = -1;

	im->cli = cli;
	im->source = source;
	for (int i = 0; i < CS_CC_COUNT; i++)
		columns[i] = (struct cs_sheet_column){cs_customer_headings[i], false};
	if (cs_desk_open(cli, CS_DB_WRITE, CS_RIGHT_ADMIN, &im->s, e) == 0 &&
	    cs_sheet_open(path, encoding, columns, CS_CC_COUNT, &im->sheet, e) == 0)
		rc = strict ? take_whole(im, e) : take_all(im, e);
	if (rc == 0 && strict && im->refused)
		cs_note("%zu rows refused; nothing was changed (--strict)", im->refused);
	else if (rc == 0)
		cs_note("%zu customers added, %zu changed, %zu as they were, %zu refused",
			im->added, im->changed, im->same, im->refused);
	if (rc == 0 && cs_process_interrupted())
		rc = cs_fail(e, CS_BUSY, "ended by a signal; run the import again, it takes up what is missing");
	else if (rc == 0)
		rc = im->refused > 0;
	cs_session_close(im->s);
	cs_sheet_close(im->sheet);
	cs_arena_free(&im->rows);
	free(im);
	return rc;
}
