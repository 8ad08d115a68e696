/* One cell of an import: text into the value that its column holds. */
#ifndef CS_TEXT_INTAKE_CELL_H
#define CS_TEXT_INTAKE_CELL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "domain/intake.h"
#include "domain/session.h"
#include "text/intake_columns.h"
#include "text/intake_map.h"

struct cs_intake_column {
	size_t cell;   /* which of the row's */
	size_t number; /* its own, from 1 */
	struct cs_intake_target target;
	const struct cs_map_values *values; /* translation; NULL none */
	bool no_due;          /* an empty due time says: none */
	const char *constant; /* of a constant */
	const char *key;      /* of a JSON member */
	const char *heading;  /* as it stands in the file; NULL: it has none */
};

/* Remembers codes looked up and counts local times in doubt. times: strptime patterns; NULL or none: the standard forms. */
struct cs_cells;
struct cs_cells *cs_cells_open(struct cs_session *s, const struct cs_zone *zone, const struct cs_ids *times);
void cs_cells_free(struct cs_cells *c);
void cs_cells_doubts(const struct cs_cells *c, uint64_t *twice, uint64_t *skipped);

/* Makes room in a row for as many fields, steps and kept cells. */
void cs_cells_room(struct cs_intake *row, size_t columns, struct cs_arena *a);
/* Puts the cell into the row; an empty one (or blanks) says nothing. CS_REFUSED, CS_USAGE: "COLUMN: why". */
int cs_cell_put(struct cs_cells *c, const struct cs_intake_column *col, const char *text, struct cs_arena *a, struct cs_intake *row, struct cs_err *e);

#endif
