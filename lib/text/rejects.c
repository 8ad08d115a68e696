/* Refused rows. */
#include "text/rejects.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "text/csv_write.h"

struct cs_rejects {
	FILE *f;
	char *path;
	size_t columns;
	char delimiter;
	bool headless; /* rows are no CSV: each becomes one cell */
	struct cs_buf line;
};

int cs_rejects_open(const char *path, const char *header, size_t columns, char delimiter,
		    struct cs_rejects **out, struct cs_err *e)
{
	FILE *f = fopen(path, "w");
	struct cs_rejects *r;

	*out = NULL;
	if (!f)
		return cs_fail(e, CS_IO, "--rejects %s: %s", path, strerror(errno));
	r = cs_alloc(sizeof *r);
	r->f = f;
	r->path = cs_strdup(path);
	r->columns = columns;
	r->delimiter = delimiter;
	r->headless = header == NULL;
	fprintf(f, "%s%creject_line%creject_byte%creject_reason\n", header ? header : "row",
		delimiter, delimiter, delimiter);
	*out = r;
	return 0;
}

/* What is not UTF-8 was perhaps the reason; the file must be readable all the same. */
static void put_broken(struct cs_rejects *r, const char *raw)
{
	char *text = cs_strdup(raw);
	size_t len = strlen(text), at;

	while ((at = cs_utf8_check(text, len)) < len)
		text[at] = '?';
	cs_csv_put(&r->line, text, r->delimiter, false);
	free(text);
}

void cs_rejects_put(struct cs_rejects *r, const char *raw, bool broken, uint64_t line,
		    uint64_t byte, const char *reason)
{
	size_t cells = raw && !broken && !r->headless ? r->columns : 1;

	cs_buf_clear(&r->line);
	if (cells == 1)
		put_broken(r, raw ? raw : "");
	else
		cs_buf_puts(&r->line, raw);
	for (; cells < r->columns; cells++)
		cs_buf_putc(&r->line, r->delimiter);
	cs_buf_printf(&r->line, "%c%" PRIu64 "%c%" PRIu64 "%c", r->delimiter, line, r->delimiter,
		      byte, r->delimiter);
	cs_csv_put(&r->line, reason, r->delimiter, false);
	cs_buf_putc(&r->line, '\n');
	fwrite(r->line.data, 1, r->line.len, r->f);
}

int cs_rejects_close(struct cs_rejects *r, struct cs_err *e)
{
	int rc = 0, failed;

	if (!r)
		return 0;
	failed = ferror(r->f);
	if (fclose(r->f) != 0 || failed)
		rc = cs_fail(e, CS_IO, "--rejects %s: %s", r->path,
			     errno ? strerror(errno) : "not everything was written");
	free(r->path);
	cs_buf_free(&r->line);
	free(r);
	return rc;
}
