/* From the command line to the desk: who calls, when, and a writer's call with its answer. */
#ifndef CS_TEXT_DESK_H
#define CS_TEXT_DESK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/time.h"
#include "domain/session.h"
#include "text/cli.h"
#include "text/out.h"

/* Opens the database of the command line for the login of this process; time from --now, CS_NOW
   or the machine (design section 8), the acting person from --as. CS_DENIED: a uid without
   login, and as cs_session_open. A given time before the last event is remarked. Caller closes with cs_session_close. */
int cs_desk_open(const struct cs_cli *cli, enum cs_db_mode mode, enum cs_right right,
		 struct cs_session **out, struct cs_err *e);
/* Where CS_STATS is set: what the engine did, "vm-steps N, scan-steps N", to stderr. NULL is
   fine. */
void cs_desk_stats(const struct cs_session *s);
/* --at, else now. CS_USAGE: no time, or in the future. Inside the transaction, so that now is
   the present. */
int cs_desk_at(const struct cs_cli *cli, const struct cs_session *s, cs_time *at, struct cs_err *e);
/* A reference as number. CS_USAGE: none by its form; CS_NOTFOUND: no such ticket. */
int cs_desk_ref(struct cs_session *s, const char *text, int64_t *ticket, struct cs_err *e);

/* A day or time as the beginning of something, or (until) as its end: a day alone lasts to its
   last second, so that the end is the next midnight. CS_USAGE. */
int cs_desk_read_day(const struct cs_session *s, const char *text, bool until, cs_time *out,
		     struct cs_err *e);
/* Cells: local time to the minute (buf 32 bytes), a beginning or end as cs_desk_read_day reads
   it, unit code, login. CS_NULL gives an empty cell. */
struct cs_cell cs_desk_time_cell(const struct cs_session *s, cs_time t, char *buf);
struct cs_cell cs_desk_day_cell(const struct cs_session *s, cs_time t, bool until, char *buf);
struct cs_cell cs_desk_unit_cell(const struct cs_session *s, int64_t unit);
struct cs_cell cs_desk_staff_cell(const struct cs_session *s, int64_t staff);
/* To the minute; CS_NULL: "". */
char *cs_desk_time_text(const struct cs_session *s, cs_time t, char *buf);

/* One call of a writer: a transaction and what it prints, which goes out once it is committed.
   Begin, change and put rows, commit; end in every case (it undoes what was not committed):
	struct cs_call c = {.cli = cli, .s = s};
	bool repeated;
	if (cs_call_begin(&c, &refs, &repeated, e) == 0 && !repeated && change(&c, e) == 0)
		rc = cs_call_commit(&c, e);
	cs_call_end(&c);
   input: what was read from stdin, part of what --key stands for; NULL when nothing was. */
struct cs_call {
	const struct cs_cli *cli;
	struct cs_session *s;
	struct cs_buf answer; /* put text here, or rows through out */
	struct cs_out *out;   /* cs_call_columns */
	char digest[2 * CS_HASH_SIZE + 1];
};
/* Brings now up to date, takes the lock. *repeated: this --key was used before; the first answer
   has been printed and there is nothing to do (exit 0). CS_USAGE: the key belongs to another
   call. */
int cs_call_begin(struct cs_call *c, const struct cs_texts *input, bool *repeated,
		  struct cs_err *e);
/* Opens c->out in the format of the command line, into the answer. */
void cs_call_columns(struct cs_call *c, const struct cs_column *columns, size_t count);
/* Stores the answer under the key, commits, prints. A dry run prints only. When the answer
   cannot be printed the message says that the work is done, and the program ends with 74. */
int cs_call_commit(struct cs_call *c, struct cs_err *e);
void cs_call_end(struct cs_call *c);

#endif
