/* Text of a named encoding into UTF-8, line by line, with the place of every fault. */
#ifndef CS_TEXT_ENCODING_H
#define CS_TEXT_ENCODING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

struct cs_decoder;

/* Any name iconv knows ("gb18030", "UTF-16LE"); case does not matter. CS_USAGE for others. */
int cs_decoder_open(const char *name, struct cs_decoder **out, struct cs_err *e);
void cs_decoder_free(struct cs_decoder *d);
const char *cs_decoder_name(const struct cs_decoder *d); /* as given */
bool cs_decoder_is_utf8(const struct cs_decoder *d);

/* Appends the UTF-8 of the beginning of in to out: to the end of the first line, newline
   included, or of all that is complete. Returns the bytes used; 0 means more input is needed.
   `last`: no more will come; a cut sequence is then a fault. *bad gets the offset in `in` of
   the first illegal sequence, SIZE_MAX if there is none; each becomes U+FFFD. A byte order
   mark at the very beginning is dropped. */
size_t cs_decoder_line(struct cs_decoder *d, const char *in, size_t len, bool last,
		       struct cs_buf *out, size_t *bad);

/* The way back. What the encoding lacks becomes '?'. Names as above. */
struct cs_encoder;
int cs_encoder_open(const char *name, struct cs_encoder **out, struct cs_err *e);
/* Appends len bytes of valid UTF-8 to out; in NULL: what ends the file. */
void cs_encoder_put(struct cs_encoder *c, const char *in, size_t len, struct cs_buf *out);
void cs_encoder_free(struct cs_encoder *c);

/* A whole text at once. CS_USAGE: unknown encoding; CS_BADDATA: "byte N is not NAME". */
int cs_decode(const char *name, const char *in, size_t len, struct cs_buf *out, struct cs_err *e);

#endif
