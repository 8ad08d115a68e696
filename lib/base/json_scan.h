/* The strict scan behind cs_json_parse: one JSON value in text, every fault with its place. */
#ifndef CS_BASE_JSON_SCAN_H
#define CS_BASE_JSON_SCAN_H

#include <stddef.h>

#include "base/err.h"

struct cs_json_scan {
	const char *s;
	size_t len, pos;
	size_t keys;     /* object keys met so far, in order of the text */
	size_t want_key; /* remember where this one stands … */
	size_t key_at;   /* … here */
	struct cs_err *e;
};

/* CS_BADDATA, "LINE:COLUMN: " and the text; `at` is a byte of the scanned text. Returns -1. */
int cs_json_scan_fault(const struct cs_json_scan *sc, size_t at, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* The whole text is one value as cs_json_parse wants it, but for keys given twice. */
int cs_json_scan_document(struct cs_json_scan *sc);
/* Where the key with this number (from 1, in order of the text) stands in a text found good. */
size_t cs_json_scan_key(const struct cs_json_scan *done, size_t number);

#endif
