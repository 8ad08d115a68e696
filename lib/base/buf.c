/* Growable byte buffer. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static void reserve(struct cs_buf *b, size_t more)
{
	size_t want;

	if (more >= SIZE_MAX / 2 - b->len)
		cs_oom();
	want = b->len + more + 1;
	if (want <= b->size)
		return;
	b->size = b->size * 2 > want ? b->size * 2 : want < 64 ? 64 : want;
	b->data = cs_realloc(b->data, b->size);
}

void cs_buf_add(struct cs_buf *b, const void *p, size_t n)
{
	reserve(b, n);
	if (n)
		memcpy(b->data + b->len, p, n);
	b->len += n;
	b->data[b->len] = '\0';
}

void cs_buf_puts(struct cs_buf *b, const char *s)
{
	cs_buf_add(b, s, strlen(s));
}

void cs_buf_putc(struct cs_buf *b, char c)
{
	cs_buf_add(b, &c, 1);
}

void cs_buf_int(struct cs_buf *b, int64_t v)
{
	char digits[24];
	size_t i = sizeof digits;
	uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;

	do
		digits[--i] = (char)('0' + u % 10);
	while (u /= 10);
	if (v < 0)
		digits[--i] = '-';
	cs_buf_add(b, digits + i, sizeof digits - i);
}

void cs_buf_printf(struct cs_buf *b, const char *fmt, ...)
{
	va_list ap, again;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n > 0) {
		reserve(b, (size_t)n);
		vsnprintf(b->data + b->len, (size_t)n + 1, fmt, again);
		b->len += (size_t)n;
	}
	va_end(again);
}

void cs_buf_json(struct cs_buf *b, const char *s)
{
	static const char hex[] = "0123456789abcdef";
	const char *run;

	if (!s) {
		cs_buf_puts(b, "null");
		return;
	}
	cs_buf_putc(b, '"');
	for (run = s; *s; s++) {
		unsigned char c = (unsigned char)*s;

		if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7F)
			continue;
		cs_buf_add(b, run, (size_t)(s - run));
		run = s + 1;
		switch (c) {
		case '"': cs_buf_add(b, "\\\"", 2); break;
		case '\\': cs_buf_add(b, "\\\\", 2); break;
		case '\n': cs_buf_add(b, "\\n", 2); break;
		case '\r': cs_buf_add(b, "\\r", 2); break;
		case '\t': cs_buf_add(b, "\\t", 2); break;
		default: {
			char u[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};

			cs_buf_add(b, u, sizeof u);
		}
		}
	}
	cs_buf_add(b, run, (size_t)(s - run));
	cs_buf_putc(b, '"');
}

const char *cs_buf_str(const struct cs_buf *b)
{
	return b->len ? b->data : "";
}

char *cs_buf_take(struct cs_buf *b)
{
	char *p = b->len ? b->data : cs_strdup("");

	if (!b->len)
		free(b->data);
	memset(b, 0, sizeof *b);
	return p;
}

void cs_buf_clear(struct cs_buf *b)
{
	b->len = 0;
	if (b->data)
		b->data[0] = '\0';
}

void cs_buf_free(struct cs_buf *b)
{
	if (!b)
		return;
	free(b->data);
	memset(b, 0, sizeof *b);
}
