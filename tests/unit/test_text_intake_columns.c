/* Headings in both languages, over the shipped rules. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/policy_merge.h"
#include "policy_files.h"
#include "text/intake_columns.h"

static struct cs_policy *policy;

static int load(void **state)
{
	struct cs_faults faults = {0};
	struct cs_err e = {0};
	size_t len;
	char *text = read_tree_file("lib/policy/property.json", &len);

	(void)state;
	if (cs_policy_build("property.json", text, len, &shipped, &faults, NULL, &policy, &e) < 0)
		fail_msg("%s", e.text);
	cs_faults_free(&faults);
	free(text);
	return 0;
}

static int unload(void **state)
{
	(void)state;
	cs_policy_free(policy);
	return 0;
}

static void test_headings(void **state)
{
	static const struct {
		const char *heading;
		enum cs_intake_what what;
		const char *id; /* NULL: no column */
	} cases[] = {
		{"source_key", CS_INTAKE_STANDARD, "source_key"},
		{"编号", CS_INTAKE_STANDARD, "source_key"},
		{"受理时间", CS_INTAKE_STANDARD, "opened_at"},
		{"处理结果", CS_INTAKE_STANDARD, "result"},
		{"urgent", CS_INTAKE_FIELD, "urgent"},
		{"紧急", CS_INTAKE_FIELD, "urgent"},
		{"预约时间", CS_INTAKE_FIELD, "appointment"},
		{"reply_at", CS_INTAKE_STEP, "reply"},
		{"答复时间", CS_INTAKE_STEP, "reply"},
		{"closed_at", CS_INTAKE_STANDARD, "closed_at"},
		{"close_at", CS_INTAKE_STEP, "close"},
		{"reject_line", CS_INTAKE_IGNORE, "reject_line"},
		{"register_at", CS_INTAKE_STEP, NULL},
		{"dance_at", CS_INTAKE_STEP, NULL},
		{"_at", CS_INTAKE_STEP, NULL},
		{"", CS_INTAKE_STEP, NULL},
		{"Kind", CS_INTAKE_STEP, NULL},
		{"时间", CS_INTAKE_STEP, NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_intake_target t;

		assert_int_equal(cs_intake_heading(policy, cases[i].heading, &t),
				 cases[i].id != NULL);
		if (!cases[i].id)
			continue;
		assert_int_equal(t.what, cases[i].what);
		assert_string_equal(t.id, cases[i].id);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_headings),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
