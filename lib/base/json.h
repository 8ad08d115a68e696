/* JSON read strictly (RFC 8259, I-JSON numbers): one document, const handles into it. */
#ifndef CS_BASE_JSON_H
#define CS_BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/json_limits.h"

enum cs_json_type {
	CS_JSON_NONE, /* of the handle NULL: nothing there */
	CS_JSON_NULL,
	CS_JSON_BOOL,
	CS_JSON_NUMBER,
	CS_JSON_STRING,
	CS_JSON_ARRAY,
	CS_JSON_OBJECT
};

struct cs_json;      /* a document; owns all its nodes and texts */
struct cs_json_node; /* a value in it; lives as long as the document */

/* Reads exactly one value. Refused with CS_BADDATA and "LINE:COLUMN: why" (column in
   characters): invalid UTF-8, anything after the value, a key twice in one object, \u0000,
   half surrogate pairs, 01, +1, .5, 1e400 (infinite), 1e-400 (zero), integers beyond
   CS_JSON_INT_MAX, numbers of more than 60 characters, more than CS_JSON_DEPTH levels.
   A leading byte order mark is skipped. */
int cs_json_parse(const char *text, size_t len, struct cs_json **out, struct cs_err *e);
/* The same for a text that cs_json_parse took before (a stored edition), in an eighth of the time: looks
   only for what it needs to go on. A damaged text is refused as above or reads as another value. The
   root's member `later` (may be NULL) is left an empty object until cs_json_later asks for it. */
int cs_json_parse_trusted(const char *text, size_t len, const char *later, struct cs_json **out, struct cs_err *e);
const struct cs_json_node *cs_json_later(struct cs_json *doc); /* NULL: nothing was left for later */
void cs_json_free(struct cs_json *doc);
const struct cs_json_node *cs_json_root(const struct cs_json *doc);

/* Every function below takes NULL as "nothing there". */

enum cs_json_type cs_json_type(const struct cs_json_node *n);
const char *cs_json_type_name(enum cs_json_type type); /* "text", "number", "list", "object", … */

/* The member of this exact key; NULL if there is none or n is no object. */
const struct cs_json_node *cs_json_get(const struct cs_json_node *n, const char *key);
/* Members of an object or items of an array, in the order of the text:
   for (m = cs_json_first(n); m; m = cs_json_next(m)). NULL for other types. */
const struct cs_json_node *cs_json_first(const struct cs_json_node *n);
const struct cs_json_node *cs_json_next(const struct cs_json_node *n);
const char *cs_json_key(const struct cs_json_node *n); /* key of a member, else NULL */
size_t cs_json_count(const struct cs_json_node *n);    /* members or items, else 0 */

const char *cs_json_text(const struct cs_json_node *n); /* NULL if it is no string */
/* 0 and *out, or -1 (type or range); no message: the caller knows the place. */
int cs_json_int(const struct cs_json_node *n,
		int64_t *out); /* exact whole numbers only; 1.0 is 1 */
int cs_json_double(const struct cs_json_node *n, double *out);
int cs_json_bool(const struct cs_json_node *n, bool *out);
bool cs_json_is_null(const struct cs_json_node *n); /* the value null, not a missing one */
bool cs_json_equal(const struct cs_json_node *a,
		   const struct cs_json_node *b); /* order of members counts not */

/* Appends the JSON pointer of n (RFC 6901): "/kinds/complaint/steps/0"; nothing for the
   root. Walks the document: for messages. */
void cs_json_pointer(const struct cs_json *doc, const struct cs_json_node *n, struct cs_buf *out);
/* Appends one key or index as a pointer step: '/' and the key with ~ and / escaped. */
void cs_json_pointer_step(const char *key, struct cs_buf *out);

/* Appends n as JSON without blanks, members in order of the text; the same value always
   gives the same bytes, and reads back as the same value. NULL writes null. */
void cs_json_write(const struct cs_json_node *n, struct cs_buf *out);

#endif
