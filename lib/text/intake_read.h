/* Rows of a CSV or JSON-lines file as rows to take in (domain/intake.h). No rules here. */
#ifndef CS_TEXT_INTAKE_READ_H
#define CS_TEXT_INTAKE_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "domain/intake.h"
#include "domain/session.h"
#include "text/intake_map.h"

struct cs_intake_reader;

/* How the file is to be read. map may be NULL; encoding NULL: the map's, else UTF-8. raw: keep each row as it stands. */
struct cs_intake_form {
	bool jsonl;
	const struct cs_map *map;
	const char *encoding;
	bool history; /* then opened_at must be there */
	bool raw;
};
struct cs_intake_line {
	const char *bad; /* why it cannot be used; NULL: row is good */
	uint64_t line, byte;
	bool broken;     /* not even its cells could be told apart */
	const char *raw; /* decoded, without its last newline; NULL unless asked for */
	size_t raw_len;
	struct cs_intake row;
};

/* Reads the header. fd stays the caller's. CS_BADDATA: the header cannot be used; CS_USAGE: unknown encoding. */
int cs_intake_reader_open(int fd, const struct cs_intake_form *form, struct cs_session *s, struct cs_intake_reader **out, struct cs_err *e);
void cs_intake_reader_free(struct cs_intake_reader *r);
/* 1: the next row, good or bad, everything in the arena; 0: the end; -1: CS_IO. */
int cs_intake_reader_next(struct cs_intake_reader *r, struct cs_arena *a, struct cs_intake_line *out, struct cs_err *e);

const char *cs_intake_reader_header(const struct cs_intake_reader *r); /* as it stands; NULL: the file has none */
char cs_intake_reader_delimiter(const struct cs_intake_reader *r);
bool cs_intake_reader_has_key(const struct cs_intake_reader *r); /* a source_key column; JSON lines: perhaps */
/* Local times that clock changes made ambiguous (the earlier was taken) or skipped (moved on by the gap). */
void cs_intake_reader_doubts(const struct cs_intake_reader *r, uint64_t *twice, uint64_t *skipped);

#endif
