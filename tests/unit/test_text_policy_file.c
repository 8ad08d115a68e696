/* Policies by name and by path. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <unistd.h>

#include "text/policy_file.h"

static void put(const char *name, const char *text)
{
	FILE *f = fopen(name, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static int build(const char *name, const char *id, struct cs_err *e)
{
	struct cs_faults faults = {0};
	struct cs_buf edition = {0};
	struct cs_policy *p = NULL;
	int rc = cs_policy_file_build(name, &faults, &edition, &p, e);

	if (rc == 0) {
		assert_string_equal(p->id, id);
		assert_true(edition.len > 1000);
	}
	if (rc < 0 && faults.count)
		snprintf(e->text, sizeof e->text, "%s", faults.item[0]);
	cs_policy_free(p);
	cs_buf_free(&edition);
	cs_faults_free(&faults);
	return rc;
}

static void names_and_paths(void **state)
{
	static const char other[] =
		"{\"policy\":\"acme\",\"edition\":\"2026-12-01\",\"extends\":\"base\"}";
	static const char base[] =
		"{\"policy\":\"base\",\"edition\":\"2026-12-01\",\"extends\":\"property\"}";
	static const char faulty[] =
		"{\"policy\":\"acme\",\"edition\":\"2026-12-01\",\"extends\":\"property\","
		"\"zone\":\"Asia/Shanghi\"}";
	char folder[] = "/tmp/csdesk-rules-XXXXXX", before[4096];
	struct cs_err e = {0};

	(void)state;
	assert_non_null(getcwd(before, sizeof before));
	if (!getenv("CS_DATADIR")) {
		char data[4200];

		snprintf(data, sizeof data, "%s/lib", before);
		setenv("CS_DATADIR", data, 1);
	}
	assert_non_null(mkdtemp(folder));
	assert_int_equal(chdir(folder), 0);
	put("acme.json", other);
	put("base.json", base);
	put("bad.json", faulty);
	assert_int_equal(build("property", "property", &e), 0);
	assert_int_equal(build("acme.json", "acme", &e), 0); /* what it extends lies beside it */
	assert_int_equal(build("./acme.json", "acme", &e), 0);
	assert_int_equal(build("acme", NULL, &e), -1); /* a word is a shipped one */
	assert_int_equal(e.code, CS_NOTFOUND);
	assert_int_equal(build("./none.json", NULL, &e), -1);
	assert_int_equal(e.code, CS_NOTFOUND);
	assert_int_equal(build("bad.json", NULL, &e), -1);
	assert_int_equal(e.code, CS_CONFIG);
	assert_non_null(strstr(e.text, "bad.json: /zone: "));
	assert_int_equal(build(".", NULL, &e), -1);
	unlink("acme.json");
	assert_int_equal(build("base.json", "base", &e), 0);
	unlink("base.json");
	unlink("bad.json");
	assert_int_equal(chdir(before), 0);
	rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(names_and_paths)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
