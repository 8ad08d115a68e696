/* Memory that is there or ends the program (exit 70), and an arena. */
#ifndef CS_BASE_MEM_H
#define CS_BASE_MEM_H

#include <stddef.h>

/* Out of memory: one line to stderr, exit 70. The one place below bin/ that ends the process. */
void cs_oom(void) __attribute__((noreturn));
void *cs_alloc(size_t size);             /* zeroed; release with free() */
void *cs_realloc(void *p, size_t size);  /* as realloc(); never NULL */
char *cs_strdup(const char *s);          /* NULL stays NULL */
char *cs_strndup(const char *s, size_t n);

/* An arena hands out zeroed memory that is released all at once. Zero-initialise.
   reset keeps the first block for the next use. */
struct cs_arena_block;
struct cs_arena {
	struct cs_arena_block *first, *current;
	size_t used;
};
void *cs_arena_alloc(struct cs_arena *a, size_t size);
char *cs_arena_strdup(struct cs_arena *a, const char *s); /* NULL stays NULL */
char *cs_arena_strndup(struct cs_arena *a, const char *s, size_t n);
char *cs_arena_printf(struct cs_arena *a, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* Grows an array that lives in the arena: returns p or a doubled copy with room for count + 1. */
void *cs_arena_grow(struct cs_arena *a, void *p, size_t count, size_t *size, size_t item_size);
void cs_arena_reset(struct cs_arena *a);
void cs_arena_free(struct cs_arena *a);

#endif
