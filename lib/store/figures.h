/* What the reports count: tickets with their stays, clocks, rungs and call-backs, read once in
   the order of their ids, each table through its primary key. */
#ifndef CS_STORE_FIGURES_H
#define CS_STORE_FIGURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "store/db.h"

/* Codes (kinds, categories, channels, clocks, ...) are numbered from 1 in the order they are
   met; 0 is NULL. */
struct cs_codes_seen {
	struct cs_arena arena;
	const char **text; /* text[0] is NULL */
	size_t count, size;
	uint32_t *slot;
	size_t slots;
};
int cs_code_number(struct cs_codes_seen *c, const char *text);
void cs_codes_free(struct cs_codes_seen *c);

enum cs_fig_entered { CS_FIG_OPENED, CS_FIG_REOPENED, CS_FIG_MOVED };
enum cs_fig_left { CS_FIG_OPEN, CS_FIG_DONE, CS_FIG_MOVED_ON, CS_FIG_MERGED };
enum cs_fig_verdict { CS_FIG_RUNNING, CS_FIG_MET, CS_FIG_LATE, CS_FIG_VOID };

/* In stock from from_at until to_at (INT64_MAX: still). to_at is never before from_at. CS_FIG_MERGED: it goes on as
   part of another ticket. */
struct cs_fig_stay {
	int64_t from_at, to_at, unit;
	enum cs_fig_entered entered;
	enum cs_fig_left left;
	int category, channel;
};
struct cs_fig_clock {
	int64_t cycle, run, start_at, due_at, stop_at; /* due_at, stop_at: CS_NULL none */
	int64_t missed_due;                            /* passed before it was moved; CS_NULL none */
	int clock;
	enum cs_fig_verdict verdict;
	bool extended; /* its due was moved by an extension */
};
struct cs_fig_rung {
	int64_t cycle, run, at;
	int clock, rung;
	bool moot, imported;
};
struct cs_fig_call {
	int64_t done_at, score; /* CS_NULL none */
	int purpose, state;
};
/* unit: handling, else accepting. The arrays live until the next call. */
struct cs_fig_ticket {
	int64_t id, unit, place, assignee, responsible, opened_at, responded_at, cycle;
	int kind, state, category, specialty;
	struct cs_fig_stay *stay; /* oldest first, the current one last */
	size_t stay_count;
	struct cs_fig_clock *clock;
	size_t clock_count;
	struct cs_fig_rung *rung;
	size_t rung_count;
	struct cs_fig_call *call;
	size_t call_count;
	int *link; /* of links to other tickets that hold, the code */
	size_t link_count;
};

enum { CS_FIG_CLOCKS = 1, CS_FIG_RUNGS = 2, CS_FIG_CALLS = 4, CS_FIG_LINKS = 8 };

struct cs_fig_walk;
/* Every ticket that was in stock at some time since `from`, was worked on, passed a rung, or had a
   call-back or clock that is asked for ended since then, and maybe more; ids below `lo` are found
   through indexes, those from lo to hi (not included) are read one after the other. So lo is the
   first id of the day of `from` and hi one behind the period. Within a read transaction. */
int cs_fig_open(struct cs_db *db, int64_t from, int64_t lo, int64_t hi, int what,
		struct cs_codes_seen *codes, struct cs_fig_walk **out, struct cs_err *e);
int cs_fig_next(struct cs_fig_walk *w, struct cs_fig_ticket *t, struct cs_err *e); /* 1, 0, -1 */
void cs_fig_close(struct cs_fig_walk *w);

/* Call-backs to be made by the instant `to`: open then and due before it, or without a due and
   allowed before it. */
struct cs_fig_due {
	int64_t unit, place;
	const char *kind;
};
struct cs_stmt *cs_fig_due_walk(struct cs_db *db, int64_t to, struct cs_err *e);
int cs_fig_due_next(struct cs_stmt *walk, struct cs_fig_due *out, struct cs_err *e);

/* The statements of this file: a test asks the engine whether each finds its rows through an
   index. */
extern const char *const cs_fig_statements[];
extern const size_t cs_fig_statement_count;

#endif
