/* The columns of an import: cs-csv(5) lists their English and Chinese headings. */
#ifndef CS_TEXT_INTAKE_COLUMNS_H
#define CS_TEXT_INTAKE_COLUMNS_H

#include <stdbool.h>

#include "base/mem.h"
#include "base/near.h"
#include "domain/policy.h"

enum cs_intake_standard {
	CS_COL_SOURCE_KEY,
	CS_COL_KIND,
	CS_COL_CHANNEL,
	CS_COL_CATEGORY,
	CS_COL_SUBJECT,
	CS_COL_BODY,
	CS_COL_CUSTOMER,
	CS_COL_CUSTOMER_KEY,
	CS_COL_PHONE,
	CS_COL_PREMISES,
	CS_COL_CAPACITY,
	CS_COL_FOR,
	CS_COL_FOR_PHONE,
	CS_COL_UNIT,
	CS_COL_PRIORITY,
	CS_COL_OPENED_AT,
	CS_COL_DUE_AT,
	CS_COL_CLOSED_AT,
	CS_COL_STATE,
	CS_COL_RESULT,
	CS_COL_SCORE,
	CS_COL_COUNT
};

/* What a column holds. id: of the field or step; name: the heading of a kept column. */
enum cs_intake_what { CS_INTAKE_STANDARD, CS_INTAKE_FIELD, CS_INTAKE_STEP, CS_INTAKE_KEEP, CS_INTAKE_IGNORE };
struct cs_intake_target {
	enum cs_intake_what what;
	enum cs_intake_standard standard;
	const char *id;
};

/* The English name of a standard column, or its first Chinese one. */
const char *cs_intake_column_name(enum cs_intake_standard c, bool chinese);
/* All of them, for messages; in the arena. */
const char *cs_intake_column_names(bool chinese, struct cs_arena *a);
/* The section of the rules in which the column's codes are declared (domain/names.h); NULL: it has no codes. */
const char *cs_intake_column_section(enum cs_intake_standard c);
/* What a heading means: a standard column, a field of some kind ("reply_text", or its label), a step's time ("reply_at",
   or its label and 时间). p NULL: any other word is taken for a field or step. false: nothing. */
bool cs_intake_heading(const struct cs_policy *p, const char *heading, struct cs_intake_target *out);
/* Tries every heading there is, for "did you mean". */
void cs_intake_heading_near(const struct cs_policy *p, struct cs_near *n);

#endif
