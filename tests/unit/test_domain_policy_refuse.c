/* Policies that must be refused: tests/refuse/policy/NAME.json with the faults wanted in NAME.expect, one a
   line; a line that ends in * is the beginning of one, a line of * alone stands for any others. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "policy_files.h"

#define FOLDER "tests/refuse/policy"

enum { LEAST_CASES = 60 };

static bool fits(const char *line, const char *fault)
{
	size_t len = strlen(line);

	return len && line[len - 1] == '*' ? strncmp(line, fault, len - 1) == 0 : strcmp(line, fault) == 0;
}

/* Each wanted line has its fault, in this order or another; each fault its line. */
static bool same(char *expect, const struct cs_faults *faults, const char *name)
{
	bool *met = calloc(faults->count + 1, sizeof *met), others = false, good = true;

	assert_non_null(met);
	for (char *line = strtok(expect, "\n"); line; line = strtok(NULL, "\n")) {
		size_t i = 0;

		if (strcmp(line, "*") == 0) {
			others = true;
			continue;
		}
		while (i < faults->count && (met[i] || !fits(line, faults->item[i])))
			i++;
		if (i < faults->count) {
			met[i] = true;
		} else {
			print_message("%s: wanted:  %s\n", name, line);
			good = false;
		}
	}
	for (size_t i = 0; i < faults->count; i++)
		if (!met[i] && !others) {
			print_message("%s: instead: %s\n", name, faults->item[i]);
			good = false;
		}
	free(met);
	return good;
}

static bool case_holds(const char *file)
{
	struct cs_faults faults = {0};
	struct cs_policy *p = NULL;
	struct cs_err e = {0};
	char path[400];
	size_t len, ignored;
	char *text, *expect;
	bool good;

	snprintf(path, sizeof path, FOLDER "/%s", file);
	text = read_tree_file(path, &len);
	snprintf(path, sizeof path, FOLDER "/%.*s.expect", (int)strlen(file) - 5, file);
	expect = read_tree_file(path, &ignored);
	assert_int_equal(cs_policy_build("case.json", text, len, &shipped, &faults, NULL, &p, &e), -1);
	assert_null(p);
	assert_int_equal(e.code, CS_CONFIG);
	good = same(expect, &faults, file);
	cs_faults_free(&faults);
	free(expect);
	free(text);
	return good;
}

static void each_is_refused_with_its_faults(void **state)
{
	const char *root = getenv("CS_ROOT");
	char path[1024];
	size_t cases = 0, wrong = 0;
	struct dirent *entry;
	DIR *dir;

	(void)state;
	snprintf(path, sizeof path, "%s/" FOLDER, root ? root : ".");
	dir = opendir(path);
	assert_non_null(dir);
	while ((entry = readdir(dir))) {
		size_t len = strlen(entry->d_name);

		if (len < 6 || strcmp(entry->d_name + len - 5, ".json") != 0)
			continue;
		cases++;
		wrong += !case_holds(entry->d_name);
	}
	closedir(dir);
	assert_true(cases >= LEAST_CASES);
	assert_int_equal(wrong, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_is_refused_with_its_faults),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
