/* Customers as rows: for lists, for CSV, one whole. */
#ifndef CS_TEXT_CUSTOMER_TEXT_H
#define CS_TEXT_CUSTOMER_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "domain/session.h"
#include "store/rows.h"
#include "text/cli.h"
#include "text/heading.h"
#include "text/out.h"

/* A list: one row per customer, with the premises held at `at` that come first. */
extern const struct cs_column cs_customer_columns[];
extern const size_t cs_customer_column_count;
int cs_customer_print(struct cs_session *s, const struct cs_person_row *p, cs_time at,
		      struct cs_out *out, struct cs_err *e);

/* CSV: one row per customer and premises; the columns that import reads. */
enum {
	CS_CC_SOURCE,
	CS_CC_KEY,
	CS_CC_NAME,
	CS_CC_PHONE,
	CS_CC_PREMISES,
	CS_CC_UNIT,
	CS_CC_CAPACITY,
	CS_CC_FROM,
	CS_CC_TO,
	CS_CC_TIER,
	CS_CC_WEIGHT,
	CS_CC_MANAGER,
	CS_CC_COUNT
};
extern const struct cs_column cs_customer_csv[CS_CC_COUNT];
extern const struct cs_heading cs_customer_headings[CS_CC_COUNT];
int cs_customer_print_csv(struct cs_session *s, const struct cs_person_row *p, struct cs_out *out,
			  struct cs_err *e);

/* Field and value, with premises and tickets. */
int cs_customer_show(struct cs_session *s, const struct cs_person_row *p, struct cs_out *out,
		     struct cs_err *e);

/* Remarks, of a new customer with a phone, those of the same name and premises who are known without one: the
   phone made this one another. */
int cs_customer_remark_new(struct cs_session *s, int64_t person, struct cs_err *e);

/* Reads CSV in batches: a row that is refused is named and left out; strict keeps nothing then.
   source: where keys come from when the file has no column for it. Returns 0, 1 when rows were
   refused, or -1. */
int cs_customer_import(const struct cs_cli *cli, const char *path, const char *encoding,
		       const char *source, bool strict, struct cs_err *e);

#endif
