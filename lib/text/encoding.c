/* Text of a named encoding into UTF-8 (the sole user of iconv). */
#include "text/encoding.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/utf8.h"

#define REPLACEMENT "\xEF\xBF\xBD"
#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

struct cs_decoder {
	char *name;
	bool utf8; /* needs no conversion, only a look */
	bool begun;
	iconv_t cd;
};

static bool is_utf8(const char *name)
{
	return strcasecmp(name, "UTF-8") == 0 || strcasecmp(name, "UTF8") == 0;
}

/* iconv reads "" as the locale's encoding and takes options behind a slash. */
static bool is_name(const char *name)
{
	return *name && !strchr(name, '/');
}

static int unknown(const char *name, struct cs_err *e)
{
	return cs_fail(e, CS_USAGE, "unknown encoding '%s'; iconv -l lists the names", name);
}

int cs_decoder_open(const char *name, struct cs_decoder **out, struct cs_err *e)
{
	struct cs_decoder *d = cs_alloc(sizeof *d);

	*out = NULL;
	d->name = cs_strdup(name);
	d->utf8 = is_utf8(name);
	d->cd = d->utf8 || !is_name(name) ? (iconv_t)-1 : iconv_open("UTF-8", name);
	if (d->utf8 || d->cd != (iconv_t)-1) {
		*out = d;
		return 0;
	}
	cs_decoder_free(d);
	return unknown(name, e);
}

void cs_decoder_free(struct cs_decoder *d)
{
	if (!d)
		return;
	if (d->cd != (iconv_t)-1)
		iconv_close(d->cd);
	free(d->name);
	free(d);
}

const char *cs_decoder_name(const struct cs_decoder *d)
{
	return d->name;
}

bool cs_decoder_is_utf8(const struct cs_decoder *d)
{
	return d->utf8;
}

static void note_fault(size_t *bad, size_t at, struct cs_buf *out)
{
	if (*bad == SIZE_MAX)
		*bad = at;
	cs_buf_puts(out, REPLACEMENT);
}

/* A sequence that the end of p may have cut: lead byte and the right kind of followers. */
static bool may_continue(const char *p, size_t left)
{
	unsigned char lead = (unsigned char)p[0];
	size_t n = lead >= 0xF0 && lead <= 0xF4 ? 4 : lead >= 0xE0 ? 3 : 2;

	if (lead < 0xC2 || lead > 0xF4 || left >= n)
		return false;
	for (size_t i = 1; i < left; i++)
		if (((unsigned char)p[i] & 0xC0) != 0x80)
			return false;
	return true;
}

static size_t utf8_line(const char *in, size_t len, bool last, struct cs_buf *out, size_t *bad)
{
	size_t at = 0;

	while (at < len) {
		size_t good = cs_utf8_check(in + at, len - at);

		cs_buf_add(out, in + at, good);
		at += good;
		if (at == len || (!last && may_continue(in + at, len - at)))
			break;
		note_fault(bad, at, out);
		at++;
	}
	return at;
}

/* Converts in[0..len) as far as it goes; iconv itself moves *in on. */
static void convert(iconv_t cd, char **in, size_t *len, struct cs_buf *out)
{
	char room[4096];

	for (;;) {
		char *o = room;
		size_t left = sizeof room;
		size_t n = *in ? iconv(cd, in, len, &o, &left)
			       : iconv(cd, NULL, NULL, &o, &left);
		int error = errno;

		cs_buf_add(out, room, sizeof room - left);
		errno = error;
		if (n != (size_t)-1)
			errno = 0;
		else if (errno == E2BIG)
			continue;
		return;
	}
}

/* The part up to a byte 0x0A is converted by itself, so that line and byte numbers meet.
   Where that byte is half of a character (UTF-16), a byte more is taken until it is whole. */
static size_t iconv_line(struct cs_decoder *d, const char *in, size_t len, bool last,
			 struct cs_buf *out, size_t *bad)
{
	const char *nl = memchr(in, '\n', len);
	const size_t line_end = nl ? (size_t)(nl - in) + 1 : len;
	size_t end = line_end, at = 0;

	while (at < end) {
		char *p = (char *)(uintptr_t)(in + at);
		size_t left = end - at;

		convert(d->cd, &p, &left, out);
		at = end - left;
		if (!left)
			break;
		if (errno == EINVAL && end < len) {
			end++;
		} else if (errno == EINVAL && !last) {
			break;
		} else {
			note_fault(bad, at, out);
			at++;
			if (at < line_end)
				end = line_end; /* what was taken more was no half of a character */
		}
	}
	if (last && at == len) {
		char *none = NULL;
		size_t left = 0;

		convert(d->cd, &none, &left, out);
	}
	return at;
}

size_t cs_decoder_line(struct cs_decoder *d, const char *in, size_t len, bool last,
		       struct cs_buf *out, size_t *bad)
{
	size_t before = out->len, used;
	const char *nl = memchr(in, '\n', len);

	*bad = SIZE_MAX;
	if (!len)
		return 0;
	if (d->utf8)
		used = utf8_line(in, nl ? (size_t)(nl - in) + 1 : len, last || nl, out, bad);
	else
		used = iconv_line(d, in, len, last, out, bad);
	if (!d->begun && out->len - before >= 3) {
		d->begun = true;
		if (memcmp(out->data + before, BYTE_ORDER_MARK, 3) == 0) {
			out->len -= 3;
			memmove(out->data + before, out->data + before + 3, out->len - before + 1);
		}
	}
	d->begun |= out->len > before;
	return used;
}

int cs_decode(const char *name, const char *in, size_t len, struct cs_buf *out, struct cs_err *e)
{
	struct cs_decoder *d = NULL;
	size_t at = 0, bad = SIZE_MAX;

	if (cs_decoder_open(name, &d, e) || !d)
		return -1;
	while (at < len && bad == SIZE_MAX) {
		size_t used = cs_decoder_line(d, in + at, len - at, true, out, &bad);

		if (bad != SIZE_MAX)
			bad += at;
		at += used;
	}
	cs_decoder_free(d);
	return bad == SIZE_MAX ? 0 : cs_fail(e, CS_BADDATA, "byte %zu is not %s", bad, name);
}

/* --- the way back ----------------------------------------------------------------------------- */

struct cs_encoder {
	iconv_t cd; /* (iconv_t)-1: UTF-8 */
};

int cs_encoder_open(const char *name, struct cs_encoder **out, struct cs_err *e)
{
	iconv_t cd = is_utf8(name) || !is_name(name) ? (iconv_t)-1 : iconv_open(name, "UTF-8");

	*out = NULL;
	if (cd == (iconv_t)-1 && !is_utf8(name))
		return unknown(name, e);
	*out = cs_alloc(sizeof **out);
	(*out)->cd = cd;
	return 0;
}

void cs_encoder_put(struct cs_encoder *c, const char *in, size_t len, struct cs_buf *out)
{
	const char *end = in ? in + len : NULL;
	char *p = (char *)(uintptr_t)in;
	size_t left = len;

	if (c->cd == (iconv_t)-1) {
		cs_buf_add(out, in ? in : "", in ? len : 0);
		return;
	}
	convert(c->cd, &p, &left, out);
	while (in && p < end) {
		const char *next = p;
		char mark[] = "?", *m = mark;
		size_t one = 1;

		cs_utf8_next(&next);
		convert(c->cd, &m, &one, out);
		p = (char *)(uintptr_t)(next > p ? next : p + 1); /* a NUL is passed over */
		left = (size_t)(end - p);
		convert(c->cd, &p, &left, out);
	}
}

void cs_encoder_free(struct cs_encoder *c)
{
	if (!c)
		return;
	if (c->cd != (iconv_t)-1)
		iconv_close(c->cd);
	free(c);
}
