/* Tickets written straight into the tables of the desk (desk.h), for tests of figures. Times
   are local texts ("2026-10-05 09:00"), NULL for none. */
#ifndef CS_TESTS_REPORT_ROWS_H
#define CS_TESTS_REPORT_ROWS_H

#include "desk.h"
#include "domain/report.h"

/* Zero values are filled in: state by done and closed, unit p1.service, channel phone. */
struct rows_ticket {
	const char *kind, *opened, *responded, *done, *closed, *category, *channel;
	int64_t accepting, handling;
	const char *stay_at, *stay_by; /* of the current stay; else the opening */
	int64_t stays, responsible;
	const char *last; /* last step, else the latest of the others */
	const char *specialty, *importance, *validity;
	int late; /* of the main clock: 1 late, 2 met, 0 none */
	int64_t merged_into;
	int64_t place;
};
/* Returns the ticket's id: C or R by its kind, the day of its opening, numbered as they come. */
int64_t rows_ticket(const struct rows_ticket *t);
void rows_stay(int64_t ticket, int64_t seq, const char *entered, const char *left, const char *from,
	       const char *to, int64_t unit, const char *category);
/* verdict NULL: running. */
void rows_clock(int64_t ticket, const char *clock, int64_t cycle, int64_t run, const char *start,
		const char *due, const char *stop, const char *verdict);
/* Its first run in the cycle was of a merge that was undone. */
void rows_annul(int64_t ticket, const char *clock, int64_t cycle);
enum { ROWS_MOOT = 1, ROWS_IMPORTED = 2 };
void rows_rung(int64_t ticket, const char *clock, int64_t cycle, const char *rung, const char *when,
	       int flags);
/* score 0: none. draw 0: none. */
struct rows_call {
	int64_t ticket, seq;
	const char *state, *planned, *due, *done;
	int64_t score;
	const char *answers;
	int64_t draw;
};
void rows_put_call(const struct rows_call *c);
#define rows_call(...) rows_put_call(&(struct rows_call){__VA_ARGS__})
/* From the ticket to another; until NULL: it holds. */
void rows_link(int64_t ticket, const char *link, int64_t other, const char *until);
void rows_draw(int64_t id, const char *rule, const char *period, int64_t again);
void rows_member(int64_t draw, int64_t place, int64_t ticket, const char *role);

/* The report of the desk's present; unit NULL: all. Free it. Fails the test on an error. */
struct cs_report rows_report(const char *name, const char *period, const char *unit);
/* Closes it; and as it was closed, with corrections. Free what is returned. Fails the test on an error. */
void rows_close(const char *name, const char *period, const char *unit);
struct cs_report rows_closed(const char *name, const char *period, const char *unit);
/* A figure as plain text ("3", "85.71", "no data"); the keys with a slash between. Fails the
   test when there is none; NULL when the row is not there. */
const char *rows_figure(const struct cs_report *r, const char *table, const char *row,
			const char *column);
/* Compares the columns from the first figure on with texts, blanks between ("2 1 none": no
   data). */
void rows_expect(const struct cs_report *r, const char *table, const char *row,
		 const char *figures);

#endif
