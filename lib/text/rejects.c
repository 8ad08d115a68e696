/* Refused rows. */
#include "text/rejects.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "text/csv_write.h"
#include "text/encoding.h"

#define PREFIX "reject_"
static const char *const names[] = {PREFIX "line", PREFIX "byte", PREFIX "reason"};
enum { NAMES = sizeof names / sizeof *names };

struct cs_rejects {
	FILE *f;
	char *path;
	bool jsonl;
	char delimiter;
	bool own;   /* made here: removed when no row comes */
	bool any;
	bool again; /* the input has our columns already, in front */
	struct cs_encoder *encoder;
	struct cs_buf line, encoded;
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
		cs_buf_add(&r->line, ours.data, ours.len);
	cs_buf_printf(&r->line, "%s\n", header);
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

	cs_buf_printf(&r->line, "%" PRIu64 "%c%" PRIu64 "%c", line, r->delimiter, byte,
		      r->delimiter);
	cs_csv_put(&r->line, reason, r->delimiter, false);
	cs_buf_putc(&r->line, r->delimiter);
	if (broken || !cells)
		cs_csv_put(&r->line, text, r->delimiter, false);
	else
		cs_buf_puts(&r->line, text);
	free(text);
}

/* --- JSON lines ------------------------------------------------------------------------------- */

static void put_members(struct cs_rejects *r, const struct cs_json_node *object)
{
	for (const struct cs_json_node *m = cs_json_first(object); m; m = cs_json_next(m)) {
		if (strncmp(cs_json_key(m), PREFIX, sizeof PREFIX - 1) == 0)
			continue;
		cs_buf_json(&r->line, cs_json_key(m));
		cs_buf_putc(&r->line, ':');
		cs_json_write(m, &r->line);
		cs_buf_putc(&r->line, ',');
	}
}

static void put_json(struct cs_rejects *r, const char *raw, uint64_t line, uint64_t byte,
		     const char *reason)
{
	struct cs_json *doc = NULL;
	struct cs_err unused = {0};
	char *text;

	cs_buf_putc(&r->line, '{');
	if (cs_json_parse(raw, strlen(raw), &doc, &unused) == 0 &&
	    cs_json_type(cs_json_root(doc)) == CS_JSON_OBJECT) {
		put_members(r, cs_json_root(doc));
	} else {
		text = readable(raw);
		cs_buf_printf(&r->line, "\"%stext\":", PREFIX);
		cs_buf_json(&r->line, text);
		cs_buf_putc(&r->line, ',');
		free(text);
	}
	cs_json_free(doc);
	cs_buf_printf(&r->line, "\"%s\":%" PRIu64 ",\"%s\":%" PRIu64 ",\"%s\":", names[0], line,
		      names[1], byte, names[2]);
	cs_buf_json(&r->line, reason);
	cs_buf_putc(&r->line, '}');
}

/* --- the file --------------------------------------------------------------------------------- */

static void write_line(struct cs_rejects *r)
{
	cs_buf_clear(&r->encoded);
	cs_encoder_put(r->encoder, cs_buf_str(&r->line), r->line.len, &r->encoded);
	fwrite(cs_buf_str(&r->encoded), 1, r->encoded.len, r->f);
	cs_buf_clear(&r->line);
}

static FILE *create(const char *path, bool *own, struct cs_err *e)
{
	FILE *f = fopen(path, "wx");
	struct stat st;

	*own = f != NULL;
	if (!f && errno == EEXIST && stat(path, &st) == 0) {
		if (S_ISREG(st.st_mode)) {
			cs_fail(e, CS_USAGE,
				"--rejects %s: there is such a file; it is not written over", path);
			return NULL;
		}
		f = fopen(path, "w");
	}
	if (!f)
		cs_fail(e, CS_IO, "--rejects %s: %s", path, strerror(errno));
	return f;
}

int cs_rejects_open(const char *path, const struct cs_rejects_form *form, struct cs_rejects **out,
		    struct cs_err *e)
{
	struct cs_encoder *encoder = NULL;
	struct cs_rejects *r;
	bool own;
	FILE *f;

	*out = NULL;
	if (cs_encoder_open(form->encoding ? form->encoding : "UTF-8", &encoder, e) < 0)
		return -1;
	f = create(path, &own, e);
	if (!f) {
		cs_encoder_free(encoder);
		return -1;
	}
	r = cs_alloc(sizeof *r);
	r->f = f;
	r->own = own;
	r->path = cs_strdup(path);
	r->jsonl = form->jsonl;
	r->delimiter = form->delimiter;
	r->encoder = encoder;
	if (!r->jsonl) {
		put_header(r, form->header);
		write_line(r);
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
	cs_buf_putc(&r->line, '\n');
	write_line(r);
	r->any = true;
}

int cs_rejects_close(struct cs_rejects *r, struct cs_err *e)
{
	int rc = 0, failed;

	if (!r)
		return 0;
	cs_buf_clear(&r->encoded);
	cs_encoder_put(r->encoder, NULL, 0, &r->encoded);
	fwrite(cs_buf_str(&r->encoded), 1, r->encoded.len, r->f);
	failed = ferror(r->f);
	if (fclose(r->f) != 0 || failed)
		rc = cs_fail(e, CS_IO, "--rejects %s: %s", r->path,
			     errno ? strerror(errno) : "not everything was written");
	if (r->own && !r->any)
		remove(r->path);
	free(r->path);
	cs_encoder_free(r->encoder);
	cs_buf_free(&r->line);
	cs_buf_free(&r->encoded);
	free(r);
	return rc;
}
