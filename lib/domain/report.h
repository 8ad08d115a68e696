/* Reports: figures in tables, without a word about how they are printed (design sections 8 and
   10, requirements 9.1 and 10.1). A report is computed, or read back as it was closed. */
#ifndef CS_DOMAIN_REPORT_H
#define CS_DOMAIN_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/time.h"
#include "base/value.h"
#include "domain/session.h"
#include "store/rows.h"

/* What a column holds. Figures are whole numbers; none where nothing can be said (a zero
   denominator). */
enum cs_figure {
	CS_FIGURE_KEY, /* text that tells the rows apart; such columns come first */
	CS_FIGURE_TEXT,
	CS_FIGURE_COUNT,
	CS_FIGURE_SECONDS,
	CS_FIGURE_PERCENT, /* hundredths of a percent, cut */
	CS_FIGURE_HUNDREDTHS,
	CS_FIGURE_WRITTEN /* what people wrote, names, addresses: never stored, looked up when it is printed */
};
enum { CS_REPORT_KEYS = 3 };
struct cs_report_column {
	const char *name;
	enum cs_figure is;
};
struct cs_report_shape {
	const char *name, *about;
	const struct cs_report_column *column;
	size_t column_count, key_count;
};
struct cs_report_table {
	const struct cs_report_shape *shape;
	struct cs_value *cell; /* row after row */
	size_t row_count, size;
};
struct cs_report_fact { /* of the report's head */
	const char *name, *value;
};
enum { CS_REPORT_FACTS = 16, CS_REPORT_TABLES = 8 };
struct cs_report {
	struct cs_arena arena; /* all texts and cells */
	const struct cs_report_def *def;
	const char *period, *unit; /* labels; unit NULL: all */
	struct cs_report_fact fact[CS_REPORT_FACTS];
	size_t fact_count;
	struct cs_report_table table[CS_REPORT_TABLES];
	size_t table_count;
	struct cs_report_table
		corrections; /* of a closed report: what would be counted otherwise today */
	bool closed;
};

/* What to report on. unit NULL: everything. What happened before the end of the period counts, also at
   this very second; whether a due is passed is asked at `edge`: that end, or now. */
struct cs_report_ask {
	struct cs_period period;
	const struct cs_unit_row *unit;
	cs_time edge;
};
struct cs_report_def {
	const char *name, *about;
	const struct cs_report_shape *const *shape; /* its tables */
	size_t shape_count;
	bool needs_period; /* else the present day */
	bool tickets;      /* its first table is a list of tickets */
	int (*count)(struct cs_session *s, const struct cs_report_ask *ask, struct cs_report *r,
		     struct cs_err *e);
	/* Fills the written columns with what they held after the event `upto` (NULL: it has none). */
	int (*fill)(struct cs_session *s, struct cs_report *r, int64_t upto, struct cs_err *e);
	/* What must be there before it is closed (NULL: nothing more); as cs_report_ready. */
	int (*ready)(struct cs_session *s, const struct cs_report_ask *ask,
		     struct cs_faults *remarks, struct cs_err *e);
};
extern const struct cs_report_def *const cs_reports[];
extern const size_t cs_report_count;
extern const struct cs_report_shape cs_report_corrections;
const struct cs_report_def *cs_report_find(const char *name); /* NULL: none */

/* Reads period (may be NULL where none is needed) and unit (NULL: all) as typed. CS_USAGE. */
int cs_report_ask(struct cs_session *s, const struct cs_report_def *def, const char *period,
		  const char *unit, struct cs_report_ask *ask, struct cs_err *e);
/* Counts. In a read transaction, so that all tables speak of one moment. Free with
   cs_report_free in every case. */
int cs_report_make(struct cs_session *s, const struct cs_report_def *def,
		   const struct cs_report_ask *ask, struct cs_report *r, struct cs_err *e);
/* The report as it was closed: 1, 0 not closed, -1. CS_IO when its figures are not those that
   were recorded. `live` (may be NULL) adds the corrections: every figure that is another today. */
int cs_report_closed(struct cs_session *s, const struct cs_report_def *def,
		     const struct cs_report_ask *ask, const struct cs_report *live,
		     struct cs_report *r, struct cs_err *e);
/* Whether the figures can be frozen. CS_REFUSED: the period is not over; a crossing that lies before
   its end has not been fired; a sample was not drawn. Adds to remarks what speaks against it and does
   not forbid it. In the transaction that counts. Resets s->work. */
int cs_report_ready(struct cs_session *s, const struct cs_report_def *def,
		    const struct cs_report_ask *ask, struct cs_faults *remarks, struct cs_err *e);
/* Stores the figures of r (cs_report_ready), with edition, last event and head of the chain, and records that;
   adds these facts to r. Within a write transaction. CS_REFUSED: the period is not over, or
   closed already. */
int cs_report_close(struct cs_session *s, const struct cs_report_ask *ask, struct cs_report *r,
		    struct cs_err *e);
void cs_report_free(struct cs_report *r);

/* --- for those who count --------------------------------------------------------------------- */

struct cs_report_table *cs_report_add(struct cs_report *r, const struct cs_report_shape *shape);
/* A new row of empty cells; valid until the next one. */
struct cs_value *cs_report_row(struct cs_report *r, struct cs_report_table *t);
/* The row with these keys (NULL: "-"); where there is none a new one with zeros. */
struct cs_value *cs_report_keyed(struct cs_report *r, struct cs_report_table *t,
				 const char *const *key);
/* Texts of all cells into the report's own memory. */
void cs_report_keep(struct cs_report *r);
/* Rows in the order of their keys from row `first` on. */
void cs_report_sort(struct cs_report_table *t, size_t first);
/* Hundredths of a percent, cut; nothing when den is 0. */
struct cs_value cs_report_percent(int64_t num, int64_t den);
/* A code as key: "-" for none. */
struct cs_value cs_report_key(const char *code);
/* Does the report cover a ticket with this unit (handling, else accepting; id or CS_NULL)? A department that serves
   several units of reports.level lies below none of them: then that of the place of the matter is covered too. */
bool cs_report_covers(const struct cs_session *s, const struct cs_report_ask *ask, int64_t unit, int64_t place);
const char *cs_report_unit_code(const struct cs_session *s, int64_t unit); /* NULL: none */
/* A table whose column "project" is called by the rules' reports.level: "branch" at an insurer. */
struct cs_report_table *cs_report_add_level(const struct cs_session *s, struct cs_report *r,
					    const struct cs_report_shape *shape);
/* The unit of the rules' reports.level (a project, a branch) that the unit lies in, else the place; the unit itself
   where neither does. */
int64_t cs_report_level_unit(const struct cs_session *s, int64_t unit, int64_t place);
/* Does the ledger have a column of this name whatever the rules say? */
bool cs_report_ledger_has(const char *column);
/* CS_CONFIG: the rules do not say which kinds are complaints. */
int cs_report_need_complaints(const struct cs_session *s, const struct cs_report_def *def, struct cs_err *e);

/* A figure as plain text: 85.71, seconds as a number, "no data". row_text: the keys with a
   slash between. */
const char *cs_report_cell_text(struct cs_arena *a, enum cs_figure is, const struct cs_value *v);
const char *cs_report_row_text(struct cs_arena *a, const struct cs_report_table *t,
			       const struct cs_value *row);
/* Fills r->corrections: what `live` counts otherwise. Its texts are copied or live's own. */
void cs_report_diff(struct cs_report *r, const struct cs_report *live);
/* The byte form that is stored, and back; written columns are left empty. */
void cs_report_write(const struct cs_report *r, struct cs_buf *out);
int cs_report_read(const char *text, struct cs_report *r, struct cs_err *e);

extern const struct cs_report_def cs_report_daily, cs_report_overdue, cs_report_monthly, cs_report_indicators,
	cs_report_weekly, cs_report_complaints, cs_report_ledger, cs_report_cases, cs_report_reconcile,
	cs_report_publication;

#endif
