/* A map: how to read a foreign CSV file without editing it. The language is closed; cs-csv(5) describes it. */
#ifndef CS_TEXT_INTAKE_MAP_H
#define CS_TEXT_INTAKE_MAP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/time.h"
#include "domain/policy.h"

struct cs_map_pair { /* name: of a standard column, field or step time; or a foreign value */
	const char *name, *text;
};
struct cs_map_pairs {
	struct cs_map_pair *pair;
	size_t count;
};
struct cs_map_values {
	const char *column;
	struct cs_map_pairs of;
	const char *other; /* for any value that is not in it ("*"); NULL: it stays */
};
struct cs_map {
	const char *source, *encoding; /* NULL: not said */
	char delimiter;                /* ',' unless said */
	bool history;
	const struct cs_zone *zone;    /* NULL: the rules' zone */
	struct cs_ids times;           /* strptime patterns, tried in order; none: the standard forms */
	bool has_columns;              /* false: the headings are standard */
	struct cs_map_pairs columns;   /* name -> foreign heading */
	struct cs_map_pairs constants;
	struct cs_map_values *values;
	size_t value_count;
	struct cs_map_values states;   /* column "state" */
	struct cs_ids keep, closes_with;
	struct cs_json *doc;           /* owns the strings */
	struct cs_arena arena;         /* owns the arrays */
};

/* Reads a map and checks it against the rules (p NULL: against its own shape only). Every fault is added as
   "/json/pointer: what is wrong, what is allowed"; -1 (CS_BADDATA) if there is any. Owner: caller, cs_map_free. */
int cs_map_read(const char *text, size_t len, const struct cs_policy *p, struct cs_faults *faults, struct cs_map **out, struct cs_err *e);
void cs_map_free(struct cs_map *m);
/* The value that stands for the foreign one: text itself where the map says nothing of it. */
const char *cs_map_value(const struct cs_map_values *v, const char *text);

#endif
