/* Errors as values: formatting, prefixing, exit codes, fault lists. */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* A text cut in the middle of a UTF-8 sequence loses that sequence. */
static void trim_utf8(char *s, size_t size)
{
	size_t n = strlen(s), i = n, want;
	unsigned char lead;

	if (n + 1 < size)
		return;
	while (i > 0 && ((unsigned char)s[i - 1] & 0xC0) == 0x80)
		i--;
	if (i == 0)
		return;
	lead = (unsigned char)s[i - 1];
	want = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
	if (n - (i - 1) < want)
		s[i - 1] = '\0';
}

void cs_err_set(struct cs_err *e, enum cs_code code, const char *fmt, ...)
{
	va_list ap;

	if (!e)
		return;
	e->code = code;
	va_start(ap, fmt);
	vsnprintf(e->text, sizeof e->text, fmt, ap);
	va_end(ap);
	trim_utf8(e->text, sizeof e->text);
}

void cs_err_within(struct cs_err *e, const char *fmt, ...)
{
	char old[520], head[500];
	va_list ap;

	if (!e)
		return;
	snprintf(old, sizeof old, "%.519s", e->text);
	trim_utf8(old, sizeof old);
	va_start(ap, fmt);
	vsnprintf(head, sizeof head, fmt, ap);
	va_end(ap);
	trim_utf8(head, sizeof head);
	snprintf(e->text, sizeof e->text, "%s: %s", head, old);
}

char *cs_err_show(const char *s, char *buf)
{
	size_t n = 0;

	for (; n < 60 && s[n]; n++)
		buf[n] = (unsigned char)s[n] < 0x20 || s[n] == 0x7F ? '?' : s[n];
	buf[n] = '\0';
	if (s[n])
		trim_utf8(buf, n + 1);
	return buf;
}

int cs_err_exit(enum cs_code code)
{
	switch (code) {
	case CS_OK: return 0;
	case CS_REFUSED: return 1;
	case CS_USAGE: return 64;
	case CS_BADDATA: return 65;
	case CS_NOTFOUND: return 66;
	case CS_INTERNAL: return 70;
	case CS_IO: return 74;
	case CS_BUSY: return 75;
	case CS_DENIED: return 77;
	case CS_CONFIG: return 78;
	}
	return 70;
}

void cs_faults_add(struct cs_faults *f, const char *fmt, ...)
{
	va_list ap;
	char *text = NULL;

	va_start(ap, fmt);
	if (vasprintf(&text, fmt, ap) < 0)
		cs_oom();
	va_end(ap);
	if (f->count == f->size) {
		f->size = f->size ? f->size * 2 : 16;
		f->item = cs_realloc(f->item, f->size * sizeof *f->item);
	}
	f->item[f->count++] = text;
}

void cs_faults_free(struct cs_faults *f)
{
	if (!f)
		return;
	for (size_t i = 0; i < f->count; i++)
		free(f->item[i]);
	free(f->item);
	memset(f, 0, sizeof *f);
}
