/* Allocation that ends the program when memory is out, and an arena. */
#include "base/mem.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Below the size from which malloc asks the system for each block. */
enum { BLOCK_SIZE = 120 * 1024 };

struct cs_arena_block {
	struct cs_arena_block *next;
	size_t size;
	alignas(max_align_t) unsigned char data[];
};

void cs_oom(void)
{
	static const char text[] = "csdesk: out of memory\n";
	ssize_t n = write(STDERR_FILENO, text, sizeof text - 1);

	(void)n;
	_exit(70);
}

void *cs_alloc(size_t size)
{
	void *p = calloc(1, size ? size : 1);

	if (!p)
		cs_oom();
	return p;
}

void *cs_realloc(void *p, size_t size)
{
	p = realloc(p, size ? size : 1);
	if (!p)
		cs_oom();
	return p;
}

char *cs_strdup(const char *s)
{
	return s ? cs_strndup(s, strlen(s)) : NULL;
}

char *cs_strndup(const char *s, size_t n)
{
	char *p = cs_alloc(n + 1);

	memcpy(p, s, n);
	return p;
}

static void *take(struct cs_arena *a, size_t size)
{
	const size_t unit = alignof(max_align_t);
	unsigned char *p;

	if (size > SIZE_MAX - 2 * unit - sizeof(struct cs_arena_block))
		cs_oom();
	size = (size + unit - 1) / unit * unit;
	if (!a->current || a->current->size - a->used < size) {
		struct cs_arena_block *b = a->current ? a->current->next : a->first;

		if (!b || b->size < size) {
			size_t room = size > BLOCK_SIZE ? size : BLOCK_SIZE;
			struct cs_arena_block *fresh = malloc(sizeof *fresh + room);

			if (!fresh)
				cs_oom();
			fresh->size = room;
			fresh->next = b;
			if (a->current)
				a->current->next = fresh;
			else
				a->first = fresh;
			b = fresh;
		}
		a->current = b;
		a->used = 0;
	}
	p = a->current->data + a->used;
	a->used += size;
	return p;
}

void *cs_arena_alloc(struct cs_arena *a, size_t size)
{
	return memset(take(a, size), 0, size);
}

char *cs_arena_strndup(struct cs_arena *a, const char *s, size_t n)
{
	char *p = take(a, n + 1);

	memcpy(p, s, n);
	p[n] = '\0';
	return p;
}

char *cs_arena_strdup(struct cs_arena *a, const char *s)
{
	return s ? cs_arena_strndup(a, s, strlen(s)) : NULL;
}

char *cs_arena_printf(struct cs_arena *a, const char *fmt, ...)
{
	va_list ap, again;
	char *p;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	p = cs_arena_alloc(a, (size_t)(n < 0 ? 0 : n) + 1);
	vsnprintf(p, (size_t)(n < 0 ? 0 : n) + 1, fmt, again);
	va_end(again);
	return p;
}

void *cs_arena_grow(struct cs_arena *a, void *p, size_t count, size_t *size, size_t item_size)
{
	void *q;

	if (count < *size)
		return p;
	*size = *size ? *size * 2 : 8;
	q = cs_arena_alloc(a, *size * item_size);
	if (count)
		memcpy(q, p, count * item_size);
	return q;
}

void cs_arena_reset(struct cs_arena *a)
{
	struct cs_arena_block *b = a->first ? a->first->next : NULL;

	while (b) {
		struct cs_arena_block *next = b->next;

		free(b);
		b = next;
	}
	if (a->first)
		a->first->next = NULL;
	a->current = a->first;
	a->used = 0;
}

void cs_arena_free(struct cs_arena *a)
{
	cs_arena_reset(a);
	free(a->first);
	memset(a, 0, sizeof *a);
}
