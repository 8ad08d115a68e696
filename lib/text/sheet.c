/* CSV by heading. */
#include "text/sheet.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/near.h"
#include "base/utf8.h"
#include "text/csv.h"
#include "text/spool.h"

struct cs_sheet {
	const char *name;
	int fd;
	struct cs_csv *csv;
	const struct cs_sheet_column *columns;
	size_t count, width;
	size_t *place; /* of each field of the file: which column */
	const char **value;
	struct cs_buf bad;
};

static int fail_heading(const struct cs_sheet *sh, const char *field, const char *hint,
			struct cs_err *e)
{
	struct cs_near near = {.wanted = field};
	struct cs_buf all = {0};
	char shown[CS_ERR_SHOWN];

	for (size_t i = 0; i < sh->count; i++) {
		cs_near_try(&near, sh->columns[i].head.name);
		cs_buf_printf(&all, "%s%s", i ? ", " : "", sh->columns[i].head.name);
	}
	cs_err_show(field, shown);
	if (near.best)
		cs_fail(e, CS_BADDATA, "%s:1: no column '%s' is known here; did you mean '%s'?",
			sh->name, shown, near.best);
	else
		cs_fail(e, CS_BADDATA, "%s:1: no column '%s' is known here; there are %s%s",
			sh->name, shown, cs_buf_str(&all), hint);
	cs_buf_free(&all);
	return -1;
}

static size_t find_column(const struct cs_sheet *sh, const char *field)
{
	size_t i = 0;

	while (i < sh->count && !cs_heading_is(&sh->columns[i].head, field))
		i++;
	return i;
}

static int place_fields(struct cs_sheet *sh, char *const *field, struct cs_err *e)
{
	size_t known = 0;

	for (size_t i = 0; i < sh->width; i++) {
		sh->place[i] = find_column(sh, field[i]);
		known += sh->place[i] < sh->count;
	}
	for (size_t i = 0; i < sh->width; i++) {
		if (sh->place[i] == sh->count)
			return fail_heading(sh, field[i],
					    known ? "" : cs_heading_hint(field[0], sh->width), e);
		for (size_t k = 0; k < i; k++)
			if (sh->place[k] == sh->place[i])
				return cs_fail(e, CS_BADDATA, "%s:1: column '%s' stands there twice",
					       sh->name, field[i]);
	}
	return 0;
}

static int need_columns(const struct cs_sheet *sh, struct cs_err *e)
{
	for (size_t i = 0; i < sh->count; i++) {
		bool there = !sh->columns[i].needed;

		for (size_t k = 0; k < sh->width; k++)
			there |= sh->place[k] == i;
		if (!there)
			return cs_fail(e, CS_BADDATA, "%s:1: column '%s' is missing", sh->name,
				       sh->columns[i].head.name);
	}
	return 0;
}

static int read_heading(struct cs_sheet *sh, struct cs_err *e)
{
	struct cs_arena a = {0};
	struct cs_csv_row row;
	char **field;
	int rc = cs_csv_next(sh->csv, &row, e);

	if (rc < 0)
		return -1;
	if (rc == 0)
		return cs_fail(e, CS_BADDATA, "%s: no heading: the file is empty", sh->name);
	if (row.bad)
		return cs_fail(e, CS_BADDATA, "%s:1: the heading cannot be read: %s", sh->name,
			       row.bad);
	if (row.cut)
		return cs_fail(e, CS_BADDATA, "%s:1: the file ends in the heading", sh->name);
	sh->width = row.count;
	sh->place = cs_alloc(row.count * sizeof *sh->place);
	field = cs_arena_alloc(&a, row.count * sizeof *field);
	for (size_t i = 0; i < row.count; i++) {
		field[i] = cs_arena_strdup(&a, row.field[i]);
		cs_utf8_trim(field[i]);
	}
	rc = place_fields(sh, field, e) < 0 || need_columns(sh, e) < 0 ? -1 : 0;
	cs_arena_free(&a);
	return rc;
}

/* Of a file in another encoding some rows may look like UTF-8 by chance and say something else: one row that does not
   spoils all. */
static int check_encoding(struct cs_sheet *sh, const char *encoding, struct cs_err *e)
{
	struct cs_csv *csv = NULL;
	struct cs_csv_row row;
	int rc = cs_spool(&sh->fd, sh->name, e) < 0 || cs_csv_open(sh->fd, encoding, ',', &csv, e) < 0
			 ? -1
			 : 1;

	while (rc == 1 && (rc = cs_csv_next(csv, &row, e)) == 1)
		if (row.misread)
			rc = cs_fail(e, CS_BADDATA, "%s:%llu: %s (--encoding says which it is)",
				     sh->name, (unsigned long long)row.line, row.bad);
	cs_csv_free(csv);
	if (rc == 0 && lseek(sh->fd, 0, SEEK_SET) < 0)
		rc = cs_fail(e, CS_IO, "%s: %s", sh->name, strerror(errno));
	return rc;
}

int cs_sheet_open(const char *path, const char *encoding, const struct cs_sheet_column *columns,
		  size_t count, struct cs_sheet **out, struct cs_err *e)
{
	struct cs_sheet *sh = cs_alloc(sizeof *sh);
	bool standard = strcmp(path, "-") == 0;

	*out = NULL;
	sh->name = standard ? "standard input" : path;
	sh->columns = columns;
	sh->count = count;
	sh->value = cs_alloc(count * sizeof *sh->value);
	sh->fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	if (sh->fd < 0) {
		cs_fail(e,
			errno == ENOENT || errno == ENOTDIR ? CS_NOTFOUND
			: errno == EACCES                   ? CS_DENIED
							    : CS_IO,
			"%s: %s", path, strerror(errno));
		cs_sheet_close(sh);
		return -1;
	}
	if (check_encoding(sh, encoding, e) < 0 ||
	    cs_csv_open(sh->fd, encoding, ',', &sh->csv, e) < 0 || read_heading(sh, e) < 0) {
		cs_sheet_close(sh);
		return -1;
	}
	*out = sh;
	return 0;
}

void cs_sheet_close(struct cs_sheet *sh)
{
	if (!sh)
		return;
	cs_csv_free(sh->csv);
	if (sh->fd > STDIN_FILENO)
		close(sh->fd);
	free(sh->place);
	free(sh->value);
	cs_buf_free(&sh->bad);
	free(sh);
}

const char *cs_sheet_name(const struct cs_sheet *sh)
{
	return sh->name;
}

int cs_sheet_next(struct cs_sheet *sh, struct cs_sheet_row *row, struct cs_err *e)
{
	struct cs_csv_row csv;
	int rc = cs_csv_next(sh->csv, &csv, e);

	if (rc != 1)
		return rc;
	*row = (struct cs_sheet_row){.line = csv.line, .bad = csv.bad, .value = sh->value};
	if (!csv.bad && csv.cut) {
		row->bad = "the file ends here without a newline; was it cut?";
	} else if (!csv.bad && csv.count != sh->width) {
		cs_buf_clear(&sh->bad);
		cs_buf_printf(&sh->bad, "%zu fields, the heading has %zu", csv.count, sh->width);
		row->bad = cs_buf_str(&sh->bad);
	}
	if (row->bad)
		return 1;
	for (size_t i = 0; i < sh->count; i++)
		sh->value[i] = NULL;
	for (size_t i = 0; i < sh->width; i++)
		sh->value[sh->place[i]] = csv.field[i];
	return 1;
}
