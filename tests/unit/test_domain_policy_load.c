/* The loader: types, unknown and missing words; each refused policy belongs to a test. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <dirent.h>

#include "policy_files.h"

static void refused_with_these_words(void **state)
{
	(void)state;
	refuse_cases("load", 11);
}

/* A case whose prefix no test knows would never be run. */
static void every_case_has_its_test(void **state)
{
	static const char *const known[] = {"check",    "cond",  "duty",  "graph", "importance",
					    "kind",     "label", "load",  "merge", "ref",
					    "reserved", "rule",  "table", "value", "who"};
	const char *root = getenv("CS_ROOT");
	struct dirent *entry;
	char path[1024];
	DIR *dir;

	(void)state;
	snprintf(path, sizeof path, "%s/tests/refuse/policy", root ? root : ".");
	dir = opendir(path);
	assert_non_null(dir);
	while ((entry = readdir(dir))) {
		size_t len = strcspn(entry->d_name, "-"), i = 0;

		if (entry->d_name[0] == '.')
			continue;
		while (i < sizeof known / sizeof *known &&
		       (strlen(known[i]) != len || strncmp(known[i], entry->d_name, len) != 0))
			i++;
		if (i == sizeof known / sizeof *known)
			fail_msg("%s: no test runs it", entry->d_name);
	}
	closedir(dir);
}

/* Without the checker only what would make the structures unsound is refused. */
static void a_trusted_text_still_has_its_shape(void **state)
{
#define HEAD \
	"{\"policy\":\"x\",\"edition\":\"2026-01-01\"," \
	"\"assign\":[{\"to\":\"any\"}],\"labels\":{}," \
	"\"priority\":{\"scale\":[\"a\"],\"start\":\"a\"},"
	static const struct {
		const char *text, *message;
	} rows[] = {
		{"", "policy: 1:1:"},
		{"[]", "policy: /: object expected, found list"},
		{"{}", "policy: /: 'policy' is missing"},
		{"{\"policy\":\"x\",\"edition\":\"2026-13-01\",\"zone\":\"UTC\"}",
		 "policy: /edition:"},
		{HEAD "\"zone\":\"Mars/Base\",\"kinds\":{}}", "policy: /zone:"},
		{HEAD
		 "\"zone\":\"UTC\",\"kinds\":{\"k\":{\"prefix\":\"K\",\"states\":{},\"steps\":{},"
		 "\"clocks\":{}}}}",
		 "policy: /kinds/k: a kind has one main clock"},
		{HEAD "\"zone\":\"UTC\",\"kinds\":{},\"posts\":{\"p\":{\"servs\":\"x\"}}}",
		 "policy: /posts/p/servs: unknown word 'servs' in post"},
		{HEAD "\"zone\":\"UTC\",\"kinds\":{},\"posts\":{\"p\":{}}}",
		 "policy: /posts/p: 'serves' is missing"},
		{HEAD "\"zone\":\"UTC\",\"kinds\":{},\"channels\":{\"p\":{\"group\":7}}}",
		 "policy: /channels/p/group: text expected, found number"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct cs_policy *p = NULL;
		struct cs_err e = {0};
		int rc = cs_policy_compile(rows[i].text, strlen(rows[i].text), NULL, &p, &e);

		assert_int_equal(rc, -1);
		assert_null(p);
		if (strncmp(e.text, rows[i].message, strlen(rows[i].message)) != 0)
			fail_msg("%s\nwanted %s", e.text, rows[i].message);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refused_with_these_words),
		cmocka_unit_test(every_case_has_its_test),
		cmocka_unit_test(a_trusted_text_still_has_its_shape),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
