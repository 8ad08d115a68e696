/* The event of a closed report: it carries the digest of the figures that stand in a table. */
#ifndef CS_DOMAIN_CLOSING_H
#define CS_DOMAIN_CLOSING_H

#include "base/err.h"
#include "base/mem.h"
#include "domain/effect.h"
#include "store/report_close.h"

extern const char cs_closing_about[], cs_closing_step[];

/* What the event says of the row; its digest is put into l's arena. */
void cs_closing_put(struct cs_effects *l, const struct cs_report_close_row *row);
/* Is the row what its event says? 1; 0: no, and *why (in the arena) says what is wrong; -1. */
int cs_closing_check(struct cs_db *db, const struct cs_report_close_row *row, struct cs_arena *a, const char **why,
		     struct cs_err *e);

#endif
