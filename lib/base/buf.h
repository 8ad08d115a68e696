/* A growable byte buffer. Always NUL-terminated once something was put in. */
#ifndef CS_BASE_BUF_H
#define CS_BASE_BUF_H

#include <stddef.h>
#include <stdint.h>

/* Zero-initialise; release with cs_buf_free. data may be NULL while len is 0. */
struct cs_buf {
	char *data;
	size_t len, size;
};

void cs_buf_add(struct cs_buf *b, const void *p, size_t n);
void cs_buf_puts(struct cs_buf *b, const char *s);
void cs_buf_putc(struct cs_buf *b, char c);
void cs_buf_int(struct cs_buf *b, int64_t v); /* decimal */
void cs_buf_printf(struct cs_buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* A JSON string with its quotes; s must be valid UTF-8; NULL writes null. */
void cs_buf_json(struct cs_buf *b, const char *s);
const char *cs_buf_str(const struct cs_buf *b); /* "" when empty; valid until the next put */
char *cs_buf_take(struct cs_buf *b); /* hands over the string, empties the buffer; free() it */
void cs_buf_clear(struct cs_buf *b);            /* keeps the memory */
void cs_buf_free(struct cs_buf *b);

#endif
