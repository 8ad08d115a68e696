/* Lists of texts, and the ticket references that programs pass to each other. */
#include "text/refs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "store/ref.h"
#include "text/process.h"

enum { LINE_MAX_BYTES = 1 << 20 };

void cs_texts_add(struct cs_texts *t, const char *s, size_t len)
{
	if (t->count == t->size) {
		t->size = t->size ? t->size * 2 : 16;
		t->item = cs_realloc(t->item, t->size * sizeof *t->item);
	}
	t->item[t->count++] = cs_strndup(s, len);
}

void cs_texts_free(struct cs_texts *t)
{
	if (!t)
		return;
	for (size_t i = 0; i < t->count; i++)
		free(t->item[i]);
	free(t->item);
	memset(t, 0, sizeof *t);
}

/* One line without its newline: 1, 0 at the end of the input, -1 with e filled. */
static int read_line(FILE *in, const char *name, size_t number, struct cs_buf *line,
		     struct cs_err *e)
{
	int c;

	cs_buf_clear(line);
	errno = 0;
	while ((c = getc_unlocked(in)) != EOF && c != '\n') {
		if (line->len == LINE_MAX_BYTES)
			return cs_fail(e, CS_BADDATA, "%s:%zu: a line of more than 1 MiB", name,
				       number);
		cs_buf_putc(line, (char)c);
	}
	if (c == '\n')
		return 1;
	if (ferror(in)) {
		cs_process_io_failed(e);
		return cs_fail_in(e, "%s", name);
	}
	if (!line->len)
		return 0;
	return cs_fail(e, CS_BADDATA,
		       "%s:%zu: the last line does not end with a newline, it may have been cut",
		       name, number);
}

static int take_line(const struct cs_buf *line, const char *name, size_t number,
		     struct cs_texts *refs, struct cs_err *e)
{
	const char *s = cs_buf_str(line);
	size_t len = line->len, bad, start, n;

	if (memchr(s, '\0', len))
		return cs_fail(e, CS_BADDATA, "%s:%zu: a NUL byte", name, number);
	bad = cs_utf8_check(s, len);
	if (bad < len)
		return cs_fail(e, CS_BADDATA, "%s:%zu: byte 0x%02x is not UTF-8", name, number,
			       (unsigned char)s[bad]);
	start = strspn(s, " \t\r");
	if (start == len)
		return 0;
	n = strcspn(s, "\t ,\r");
	if (!n)
		return cs_fail(e, CS_BADDATA, "%s:%zu: no reference at the beginning of the line",
			       name, number);
	cs_texts_add(refs, s, n);
	return 0;
}

int cs_refs_read(FILE *in, const char *name, struct cs_texts *refs, struct cs_err *e)
{
	struct cs_buf line = {0};
	int got = 0;

	for (size_t number = 1; (got = read_line(in, name, number, &line, e)) > 0; number++) {
		if (take_line(&line, name, number, refs, e)) {
			got = -1;
			break;
		}
	}
	cs_buf_free(&line);
	return got;
}

static int by_id(const void *a, const void *b)
{
	const struct cs_ref *x = a, *y = b;

	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	return x->place < y->place ? -1 : x->place > y->place;
}

static int by_place(const void *a, const void *b)
{
	const struct cs_ref *x = a, *y = b;

	return x->place < y->place ? -1 : x->place > y->place;
}

struct cs_ref *cs_refs_choose(const struct cs_texts *refs, size_t *count)
{
	struct cs_ref *list = cs_alloc((refs->count + 1) * sizeof *list);
	size_t n = 0;

	for (size_t i = 0; i < refs->count; i++)
		list[i] = (struct cs_ref){cs_ref_parse(refs->item[i], NULL), i};
	qsort(list, refs->count, sizeof *list, by_id);
	for (size_t i = 0; i < refs->count; i++)
		if (n == 0 || list[i].id == 0 || list[i].id != list[n - 1].id)
			list[n++] = list[i];
	qsort(list, n, sizeof *list, by_place);
	*count = n;
	return list;
}
