/* Counters beside the references drawn from them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "domain/checking.h"
#include "faults.h"

static int begin(void **state)
{
	(void)state;
	desk_begin();
	desk_register("request", "eng.leak", NULL, NULL);
	desk_register("request", "eng.leak", NULL, NULL);
	desk_register("complaint", "eng.leak", NULL, NULL);
	desk_time("2026-11-03 09:00");
	desk_register("request", "eng.leak", NULL, NULL);
	return 0;
}

static int end(void **state)
{
	(void)state;
	desk_end();
	return 0;
}

static void counters(void **state)
{
	static const struct {
		const char *sql, *want;
	} cases[] = {
		{"UPDATE meta SET mode = mode", ""},
		{"UPDATE counter SET last = 9 WHERE prefix = 'R' AND last = 2",
		 "counter R 2026-11-02: stored 9, the highest reference is 2\n"},
		{"UPDATE counter SET last = 1 WHERE prefix = 'R' AND last = 2",
		 "counter R 2026-11-02: stored 1, the highest reference is 2\n"},
		{"DELETE FROM counter WHERE prefix = 'C'",
		 "counter C 2026-11-02: stored 0, the highest reference is 1\n"},
		{"DELETE FROM counter WHERE prefix = 'R'",
		 "counter R 2026-11-02: stored 0, the highest reference is 2\n"
		 "counter R 2026-11-03: stored 0, the highest reference is 1\n"},
		{"INSERT INTO counter VALUES ('RA', 20759, 1)",
		 "counter RA 2026-11-02: stored 1, the highest reference is 0\n"},
		{"INSERT INTO counter VALUES ('C', 20760, 3)",
		 "counter C 2026-11-03: stored 3, the highest reference is 0\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_check c;
		struct cs_err e = {0};

		if (i) {
			end(NULL);
			begin(NULL);
		}
		faults_make(cases[i].sql);
		c = faults_job();
		assert_int_equal(cs_check_counters(&c, &e), 0);
		faults_are(cases[i].want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(counters, begin, end)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
