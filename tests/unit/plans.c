#include "plans.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

void test_plan(struct cs_db *db, const char *sql, const char *allowed)
{
	/* Statements are kept by the address of their text. */
	static char explain[32][1024];
	static size_t used;
	char *text = explain[used++];
	struct cs_err e = {0};
	struct cs_stmt *s;
	int lines = 0;

	assert_true(used <= sizeof explain / sizeof *explain);
	snprintf(text, sizeof explain[0], "EXPLAIN QUERY PLAN %s", sql);
	s = cs_db_prepare(db, text, &e);
	if (!s)
		fail_msg("%s", e.text);
	while (cs_step(s, &e) == 1) {
		const char *line = cs_col_text(s, 3);

		lines++;
		if ((strstr(line, "SCAN") && !(allowed && strstr(line, allowed))) ||
		    strstr(line, "TEMP B-TREE"))
			fail_msg("%s: %s", sql, line);
	}
	assert_true(lines > 0);
}
