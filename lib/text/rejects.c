/* Refused rows. */
#include "text/rejects.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "text/csv_write.h"
#include "text/encoding.h"
#include "text/newname.h"
#include "text/process.h"

#define PREFIX "reject_"
static const char *const names[] = {PREFIX "line", PREFIX "byte", PREFIX "reason"};
enum { NAMES = sizeof names / sizeof *names };

struct cs_rejects {
	FILE *f;
	char *path;
	char *partial; /* its name until it is whole; NULL: a device or pipe */
	bool jsonl;
	char delimiter;
	bool any;
	bool again; /* the input has our columns already, in front */
	struct cs_encoder *encoder;
	struct cs_buf rows, encoded; /* of the batch in hand, in UTF-8; for the encoder */
};

/* --- CSV -------------------------------------------------------------------------------------- */

/* What stands behind the first n cells; NULL where that cannot be told. */
static const char *behind(const char *row, size_t n, char delimiter)
{
	bool quoted = false;

	for (const char *p = row; *p; p++) {
		if (*p == '"')
			quoted = !quoted;
		else if (*p == delimiter && !quoted && --n == 0)
			return p + 1;
	}
	return NULL;
}

static void put_names(struct cs_buf *out, char delimiter)
{
	for (size_t i = 0; i < NAMES; i++)
		cs_buf_printf(out, "%s%c", names[i], delimiter);
}

static void put_header(struct cs_rejects *r, const char *header)
{
	struct cs_buf ours = {0};

	put_names(&ours, r->delimiter);
	r->again = strncmp(header, cs_buf_str(&ours), ours.len) == 0;
	if (!r->again)
		cs_buf_add(&r->rows, ours.data, ours.len);
	cs_buf_printf(&r->rows, "%s\n", header);
	cs_buf_free(&ours);
}

/* What is not UTF-8 was perhaps the reason; the file must be readable all the same. */
static char *readable(const char *raw)
{
	char *text = cs_strdup(raw);
	size_t len = strlen(text), at;

	while ((at = cs_utf8_check(text, len)) < len)
		text[at] = '?';
	return text;
}

static void put_csv(struct cs_rejects *r, const char *raw, bool broken, uint64_t line,
		    uint64_t byte, const char *reason)
{
	const char *cells = r->again ? behind(raw, NAMES, r->delimiter) : raw;
	char *text = readable(cells ? cells : raw);

	cs_buf_printf(&r->rows, "%" PRIu64 "%c%" PRIu64 "%c", line, r->delimiter, byte, r->delimiter);
	cs_csv_put(&r->rows, reason, r->delimiter, false);
	cs_buf_putc(&r->rows, r->delimiter);
	if (broken || !cells)
		cs_csv_put(&r->rows, text, r->delimiter, false);
	else
		cs_buf_puts(&r->rows, text);
	free(text);
}

/* --- JSON lines ------------------------------------------------------------------------------- */

static void put_members(struct cs_rejects *r, const struct cs_json_node *object)
{
	for (const struct cs_json_node *m = cs_json_first(object); m; m = cs_json_next(m)) {
		if (strncmp(cs_json_key(m), PREFIX, sizeof PREFIX - 1) == 0)
			continue;
		cs_buf_json(&r->rows, cs_json_key(m));
		cs_buf_putc(&r->rows, ':');
		cs_json_write(m, &r->rows);
		cs_buf_putc(&r->rows, ',');
	}
}

static void put_json(struct cs_rejects *r, const char *raw, uint64_t line, uint64_t byte,
		     const char *reason)
{
	struct cs_json *doc = NULL;
	struct cs_err unused = {0};
	char *text;

	cs_buf_putc(&r->rows, '{');
	if (cs_json_parse(raw, strlen(raw), &doc, &unused) == 0 &&
	    cs_json_type(cs_json_root(doc)) == CS_JSON_OBJECT) {
		put_members(r, cs_json_root(doc));
	} else {
		text = readable(raw);
		cs_buf_printf(&r->rows, "\"%stext\":", PREFIX);
		cs_buf_json(&r->rows, text);
		cs_buf_putc(&r->rows, ',');
		free(text);
	}
	cs_json_free(doc);
	cs_buf_printf(&r->rows, "\"%s\":%" PRIu64 ",\"%s\":%" PRIu64 ",\"%s\":", names[0], line, names[1], byte,
		      names[2]);
	cs_buf_json(&r->rows, reason);
	cs_buf_putc(&r->rows, '}');
}

/* --- the file --------------------------------------------------------------------------------- */

static void put_encoded(struct cs_rejects *r, const char *text, size_t len)
{
	cs_buf_clear(&r->encoded);
	cs_encoder_put(r->encoder, text, len, &r->encoded);
	fwrite(cs_buf_str(&r->encoded), 1, r->encoded.len, r->f);
}

/* A file is written under another name; what is none is opened itself. */
static FILE *create(struct cs_rejects *r, const char *path, struct cs_err *e)
{
	struct stat st;
	const bool there = stat(path, &st) == 0;
	FILE *f;

	if (there ? S_ISREG(st.st_mode) : lstat(path, &st) == 0) {
		cs_fail(e, CS_USAGE, "--rejects %s: there is such a file; it is not written over", path);
		return NULL;
	}
	if (!there && asprintf(&r->partial, "%s.%ld.partial", path, (long)getpid()) < 0)
		cs_oom();
	f = r->partial ? fopen(r->partial, "wxe") : fopen(path, "we");
	if (!f) {
		cs_process_io_failed(e);
		cs_fail_in(e, "--rejects %s", path);
	}
	return f;
}

static void free_rejects(struct cs_rejects *r)
{
	free(r->path);
	free(r->partial);
	cs_encoder_free(r->encoder);
	cs_buf_free(&r->rows);
	cs_buf_free(&r->encoded);
	free(r);
}

int cs_rejects_open(const char *path, const struct cs_rejects_form *form, struct cs_rejects **out,
		    struct cs_err *e)
{
	struct cs_rejects *r = cs_alloc(sizeof *r);

	*out = NULL;
	r->path = cs_strdup(path);
	r->jsonl = form->jsonl;
	r->delimiter = form->delimiter;
	if (cs_encoder_open(form->encoding ? form->encoding : "UTF-8", &r->encoder, e) < 0 ||
	    !(r->f = create(r, path, e))) {
		free_rejects(r);
		return -1;
	}
	if (!r->jsonl) {
		put_header(r, form->header);
		cs_rejects_write(r);
	}
	*out = r;
	return 0;
}

void cs_rejects_put(struct cs_rejects *r, const char *raw, bool broken, uint64_t line,
		    uint64_t byte, const char *reason)
{
	if (r->jsonl)
		put_json(r, raw ? raw : "", line, byte, reason);
	else
		put_csv(r, raw ? raw : "", broken, line, byte, reason);
	cs_buf_putc(&r->rows, '\n');
	r->any = true;
}

void cs_rejects_write(struct cs_rejects *r)
{
	put_encoded(r, cs_buf_str(&r->rows), r->rows.len);
	cs_buf_clear(&r->rows);
}

static int end_file(struct cs_rejects *r, struct cs_err *e)
{
	int failed;

	errno = 0;
	put_encoded(r, NULL, 0);
	failed = ferror(r->f);
	if (fclose(r->f) == 0 && !failed)
		return 0;
	return cs_fail(e, CS_IO, "--rejects %s: %s", r->path, errno ? strerror(errno) : "not everything was written");
}

/* What took the name meanwhile is not written over either; then the rows stay where they are. */
static int give_name(const struct cs_rejects *r, struct cs_err *e)
{
	return cs_newname(r->partial, r->path) == 0 ? 0
						    : cs_fail(e, CS_IO, "--rejects %s: %s; the refused rows are in %s",
							      r->path, strerror(errno), r->partial);
}

int cs_rejects_close(struct cs_rejects *r, bool whole, struct cs_err *e)
{
	int rc;

	if (!r)
		return 0;
	rc = end_file(r, e);
	if (r->partial && whole && rc == 0 && r->any)
		rc = give_name(r, e);
	else if (r->partial)
		unlink(r->partial);
	free_rejects(r);
	return rc;
}
