/* Closed reports: their figures as they were printed. */
#ifndef CS_STORE_REPORT_CLOSE_H
#define CS_STORE_REPORT_CLOSE_H

#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "store/db.h"

struct cs_report_close_row {
	int64_t id;
	const char *name, *period; /* period: its canonical label */
	int64_t unit;              /* CS_NULL: all */
	int64_t closed_at, edition, last_event;
	const char *chain_head, *figures;
};
/* 1 found (texts in the arena), 0 none, -1. */
int cs_report_close_find(struct cs_db *db, const char *name, const char *period, int64_t unit,
			 struct cs_arena *a, struct cs_report_close_row *out, struct cs_err *e);
/* The first row with a higher id, likewise. */
int cs_report_close_next(struct cs_db *db, int64_t after, struct cs_arena *a,
			 struct cs_report_close_row *out, struct cs_err *e);
int cs_report_close_add(struct cs_db *db, struct cs_report_close_row *row,
			struct cs_err *e); /* fills id */

#endif
