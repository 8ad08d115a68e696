/* Reports on paper and for other programs: aligned tables, one tidy table, JSON. */
#ifndef CS_TEXT_REPORT_PRINT_H
#define CS_TEXT_REPORT_PRINT_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "domain/report.h"
#include "text/out.h"

struct cs_report_style {
	enum cs_format format;
	const char *
		table; /* this one alone, a column of the table a column of the output; NULL: all */
	bool excel;    /* CSV for spreadsheets */
};
/* CS_USAGE: no such table, or excel without CSV. */
int cs_report_style_check(const struct cs_report_def *def, const struct cs_report_style *style,
			  struct cs_err *e);
/* Appends the report. Lists of tickets are printed as such in text, so that they feed other
   programs. */
int cs_report_print(const struct cs_report *r, const struct cs_report_style *style,
		    struct cs_buf *out, struct cs_err *e);
/* Does this output hold the report's head? Else *line says the same in one line; free() it. */
bool cs_report_has_head(const struct cs_report *r, const struct cs_report_style *style,
			char **line);
/* The names and tables of all reports. */
int cs_report_print_list(enum cs_format format, struct cs_err *e);

#endif
