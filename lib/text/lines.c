/* Lines. */
#include "text/lines.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "text/process.h"

enum { BLOCK = 256 * 1024 };

struct cs_lines {
	int fd;
	const char *text;
	size_t text_len;
	char *block;
	size_t start, end, size, looked; /* looked: no newline before this */
	bool eof;
	uint64_t number, byte; /* of block[start] */
};

struct cs_lines *cs_lines_open(int fd, const char *text, size_t len)
{
	struct cs_lines *l = cs_alloc(sizeof *l);

	l->fd = fd;
	l->text = text;
	l->text_len = len;
	l->size = BLOCK;
	l->block = cs_alloc(BLOCK);
	l->number = 1;
	return l;
}

void cs_lines_free(struct cs_lines *l)
{
	if (!l)
		return;
	free(l->block);
	free(l);
}

static int fill(struct cs_lines *l, struct cs_err *e)
{
	size_t room;
	ssize_t n;

	memmove(l->block, l->block + l->start, l->end - l->start);
	l->end -= l->start;
	l->looked -= l->start;
	l->start = 0;
	if (l->size - l->end < BLOCK / 2) {
		l->size *= 2;
		l->block = cs_realloc(l->block, l->size);
	}
	room = l->size - l->end;
	if (l->fd < 0) {
		n = (ssize_t)(l->text_len < room ? l->text_len : room);
		if (n)
			memcpy(l->block + l->end, l->text, (size_t)n);
		l->text += n;
		l->text_len -= (size_t)n;
	} else {
		n = read(l->fd, l->block + l->end, room);
	}
	if (n < 0)
		return cs_process_io_failed(e);
	l->eof = n == 0;
	l->end += (size_t)n;
	if (l->byte == 0 && l->start == 0 && l->end >= 3 &&
	    memcmp(l->block, "\xEF\xBB\xBF", 3) == 0) {
		l->start = l->looked = 3;
		l->byte = 3;
	}
	return 0;
}

/* Forgets the middle of a line that is too long, so that it does not fill the memory. */
static void shorten(struct cs_lines *l, bool *too_long)
{
	if (l->end - l->start <= CS_LINE_MAX)
		return;
	*too_long = true;
	l->byte += l->end - l->start - CS_LINE_MAX;
	l->end = l->start + CS_LINE_MAX;
	l->looked = l->end;
}

int cs_lines_next(struct cs_lines *l, struct cs_line *out, struct cs_err *e)
{
	uint64_t byte;
	bool too_long = false;
	const char *nl;

	if (l->start == 0 && l->end == 0 && !l->eof && fill(l, e) < 0)
		return -1;
	byte = l->byte;
	while (!(nl = memchr(l->block + l->looked, '\n', l->end - l->looked)) && !l->eof) {
		l->looked = l->end;
		shorten(l, &too_long);
		if (fill(l, e) < 0)
			return -1;
	}
	if (!nl && l->start == l->end)
		return 0;
	*out = (struct cs_line){
		.text = l->block + l->start, .number = l->number++, .byte = byte, .cut = !nl};
	out->len = (nl ? (size_t)(nl - l->block) : l->end) - l->start;
	out->too_long = too_long || out->len > CS_LINE_MAX;
	l->byte += out->len + (nl != NULL);
	l->start += out->len + (nl != NULL);
	l->looked = l->start;
	if (out->len && out->text[out->len - 1] == '\r')
		out->len--;
	return 1;
}
