/* Importing units, staff, posts and records. */
#include "text/org_import.h"

#include <string.h>

#include "text/desk.h"
#include "text/org_remark.h"
#include "text/process.h"
#include "text/sheet.h"

struct import {
	struct cs_call call;
	const struct cs_org_form *form;
	struct cs_sheet *sheet;
	struct cs_arena rows; /* read before the lock is taken */
	struct cs_sheet_row *row;
	size_t count, size;
	size_t added, changed, same, refused;
	bool strict;
};

static void keep_row(struct import *im, const struct cs_sheet_row *row)
{
	struct cs_sheet_row *own;
	const char **value = cs_arena_alloc(&im->rows, im->form->count * sizeof(*value));

	im->row = cs_arena_grow(&im->rows, im->row, im->count, &im->size, sizeof *im->row);
	own = &im->row[im->count++];
	own->line = row->line;
	own->bad = cs_arena_strdup(&im->rows, row->bad);
	own->value = value;
	for (size_t i = 0; !row->bad && i < im->form->count; i++)
		value[i] = cs_arena_strdup(&im->rows, row->value[i]);
}

static int read_rows(struct import *im, struct cs_err *e)
{
	struct cs_sheet_row row;
	int rc;

	while ((rc = cs_sheet_next(im->sheet, &row, e)) == 1)
		keep_row(im, &row);
	return rc;
}

static int set_cell(struct import *im, size_t field, const char *text, union cs_org_row *row,
		    struct cs_err *e)
{
	return cs_org_form_set(im->call.s, &im->call.s->work, &im->form->field[field], text,
			       im->form->table, row, e);
}

/* An empty cell empties its column, but for the first day of something that is there. */
static int fill(struct import *im, const struct cs_sheet_row *row, union cs_org_row *out,
		struct cs_err *e)
{
	struct cs_session *s = im->call.s;
	const struct cs_org_form *f = im->form;
	int found = 0;

	cs_table_blank(f->table, out);
	for (size_t i = 0; i < f->count; i++)
		if (f->field[i].key && row->value[i] && set_cell(im, i, row->value[i], out, e) < 0)
			return -1;
	if (f->what == CS_ORG_POSTS && out->post.from_at == CS_NULL &&
	    cs_org_staff(&s->org, out->post.staff))
		out->post.from_at = cs_org_staff(&s->org, out->post.staff)->joined_at;
	found = cs_org_form_match(s, f, out, e);
	if (found < 0)
		return -1;
	for (size_t i = 0; i < f->count; i++) {
		bool keep = f->field[i].key ||
			    (f->field[i].type == CS_ORG_FROM && row->value[i] && !*row->value[i]);

		if (row->value[i] && !keep && set_cell(im, i, row->value[i], out, e) < 0)
			return -1;
	}
	cs_org_form_defaults(s, f, out);
	return found;
}

/* 0, or -1 when nothing can go on; a refused row is named and counted. */
static int take_row(struct import *im, const struct cs_sheet_row *row, struct cs_err *e)
{
	struct cs_session *s = im->call.s;
	union cs_org_row now;
	bool changed = false;
	int found = 0, rc = -1;

	if (row->bad)
		cs_fail(e, CS_REFUSED, "%s", row->bad);
	else
		rc = found = fill(im, row, &now, e);
	if (rc >= 0)
		rc = cs_org_enter(s, im->form, &now, s->now, &changed, e);
	cs_arena_reset(&s->work);
	if (rc < 0 && e->code != CS_REFUSED && e->code != CS_USAGE)
		return -1;
	if (rc < 0) {
		cs_msg("%s:%llu: %s", cs_sheet_name(im->sheet), (unsigned long long)row->line,
		       e->text);
		im->refused++;
	} else if (!changed) {
		im->same++;
	} else if (found) {
		im->changed++;
	} else {
		im->added++;
	}
	return 0;
}

static int take_rows(struct import *im, struct cs_err *e)
{
	bool repeated;

	if (cs_call_begin(&im->call, NULL, &repeated, e) < 0)
		return -1;
	for (size_t i = 0; i < im->count; i++)
		if (take_row(im, &im->row[i], e) < 0)
			return -1;
	if (im->strict && im->refused) {
		cs_note("%zu of %zu rows refused; nothing was changed (--strict)", im->refused,
			im->count);
		return 1;
	}
	if (cs_call_commit(&im->call, e) < 0)
		return -1;
	cs_note("%zu %s added, %zu changed, %zu as they were, %zu refused", im->added,
		im->form->many, im->changed, im->same, im->refused);
	return im->refused > 0;
}

int cs_org_import(const struct cs_cli *cli, const struct cs_org_form *form, const char *path,
		  const char *encoding, bool strict, struct cs_err *e)
{
	struct cs_sheet_column columns[CS_ORG_FIELDS_MAX] = {{{0}, false}};
	struct import im = {.call = {.cli = cli}, .form = form, .strict = strict};
	int rc = -1;

	for (size_t i = 0; i < form->count; i++) {
		columns[i] = (struct cs_sheet_column){{form->field[i].name, {NULL}}, form->field[i].key};
		memcpy(columns[i].head.zh, form->field[i].zh, sizeof columns[i].head.zh);
	}
	if (cs_desk_open(cli, CS_DB_WRITE, CS_RIGHT_ADMIN, &im.call.s, e) < 0)
		return -1;
	if (cs_sheet_open(path, encoding, columns, form->count, &im.sheet, e) == 0 && read_rows(&im, e) == 0)
		rc = take_rows(&im, e);
	cs_call_end(&im.call);
	cs_session_close(im.call.s);
	cs_sheet_close(im.sheet);
	cs_arena_free(&im.rows);
	return rc;
}
