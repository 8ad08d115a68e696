/* Which tickets are overdue: their main clock runs and is past its due (design section 10). */
#ifndef CS_DOMAIN_REPORT_OVERDUE_H
#define CS_DOMAIN_REPORT_OVERDUE_H

#include "domain/report_stock.h"

struct cs_overdue {
	const struct cs_fig_stay *stay; /* in stock here */
	cs_time due_at;
	int rung; /* the highest that has fired, a code; 0 none */
};
/* By what happened before the end of the period; false when the ticket is not in stock there, or its
   due does not lie before the edge of what is asked. */
bool cs_overdue_at(struct cs_stock_count *c, const struct cs_fig_ticket *t, struct cs_overdue *out);

#endif
