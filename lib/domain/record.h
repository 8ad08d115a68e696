/* Writing rows that are not a ticket's (units, people, persons, premises, ...) as effects. */
#ifndef CS_DOMAIN_RECORD_H
#define CS_DOMAIN_RECORD_H

#include <stdint.h>

#include "base/err.h"
#include "domain/effect.h"
#include "store/db.h"
#include "store/rows.h"

/* An id for a new row: free in the table and not drawn by an effect that is in l already. */
int cs_record_id(struct cs_db *db, const struct cs_effects *l, const struct cs_table *t,
		 int64_t *id, struct cs_err *e);
/* One column each; effects of one row must stand together. Texts are borrowed for the life of
   l's arena. CS_NULL and NULL empty the column. */
void cs_record_int(struct cs_effects *l, const struct cs_table *t, int64_t id, const char *column,
		   int64_t v);
void cs_record_code(struct cs_effects *l, const struct cs_table *t, int64_t id, const char *column,
		    const char *code);
void cs_record_text(struct cs_effects *l, const struct cs_table *t, int64_t id, const char *column,
		    const char *text); /* erasable */
/* Every column in which `now` differs from `was` (NULL: a new row, columns that are NULL are
   left out); personal columns as erasable texts. Returns how many. */
size_t cs_record_row(struct cs_effects *l, const struct cs_table *t, const void *was,
		     const void *now);

#endif
