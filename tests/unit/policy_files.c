/* The shipped policies and the refused ones, read for tests. */
#include "policy_files.h"

#include <dirent.h>
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char *read_all(const char *path, size_t *len)
{
	const char *root = getenv("CS_ROOT");
	char full[1024], *text;
	long size;
	FILE *f;

	snprintf(full, sizeof full, "%s/%s", root ? root : ".", path);
	f = fopen(full, "rb");
	if (!f)
		return NULL;
	assert_int_equal(fseek(f, 0, SEEK_END), 0);
	size = ftell(f);
	assert_true(size >= 0);
	rewind(f);
	text = malloc((size_t)size + 1);
	assert_non_null(text);
	*len = fread(text, 1, (size_t)size, f);
	text[*len] = 0;
	fclose(f);
	return text;
}

char *read_tree_file(const char *path, size_t *len)
{
	char *text = read_all(path, len);

	if (!text)
		fail_msg("%s: %s", path, strerror(errno));
	return text;
}

static int load(const char *name, char **text, size_t *len, void *arg, struct cs_err *e)
{
	char path[200];

	(void)arg;
	snprintf(path, sizeof path, "lib/policy/%s.json", name);
	*text = read_all(path, len);
	if (!*text) {
		snprintf(path, sizeof path, "tests/data/policies/%s.json", name);
		*text = read_all(path, len);
	}
	return *text ? 0 : cs_fail(e, CS_NOTFOUND, "no policy '%s'", name);
}

const struct cs_policy_loader shipped = {.load = load};

static struct cs_policy *build(const char *name, const char *text, size_t len)
{
	struct cs_faults faults = {0};
	struct cs_policy *p = NULL;
	struct cs_err e;

	if (cs_policy_build(name, text, len, &shipped, &faults, NULL, &p, &e) != 0)
		fail_msg("%s: %s", e.text, faults.count ? faults.item[0] : "");
	cs_faults_free(&faults);
	return p;
}

struct cs_policy *good_policy(const char *path)
{
	size_t len = 0;
	char *text = read_tree_file(path, &len);
	struct cs_policy *p = build(path, text, len);

	free(text);
	return p;
}

struct cs_policy *tiny_with(const char *members)
{
	static const char head[] =
		"{\"policy\": \"case\", \"edition\": \"2026-01-02\", \"extends\": \"tiny\", ";
	struct cs_policy *p;
	struct cs_buf text = {0};

	cs_buf_printf(&text, "%s%s}", head, members);
	p = build("case.json", text.data, text.len);
	cs_buf_free(&text);
	return p;
}

#define FOLDER "tests/refuse/policy"

static bool fits(const char *line, const char *fault)
{
	size_t len = strlen(line);

	return len && line[len - 1] == '*' ? strncmp(line, fault, len - 1) == 0
					   : strcmp(line, fault) == 0;
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
	size_t len = 0, ignored = 0;
	char *text, *expect;
	bool good;

	snprintf(path, sizeof path, FOLDER "/%s", file);
	text = read_tree_file(path, &len);
	snprintf(path, sizeof path, FOLDER "/%.*s.expect", (int)strlen(file) - 5, file);
	expect = read_tree_file(path, &ignored);
	assert_int_equal(cs_policy_build("case.json", text, len, &shipped, &faults, NULL, &p, &e),
			 -1);
	assert_null(p);
	assert_int_equal(e.code, CS_CONFIG);
	good = same(expect, &faults, file);
	cs_faults_free(&faults);
	free(expect);
	free(text);
	return good;
}

void refuse_cases(const char *prefix, size_t least)
{
	const char *root = getenv("CS_ROOT");
	char path[1024];
	size_t cases = 0, wrong = 0;
	struct dirent *entry;
	DIR *dir;

	snprintf(path, sizeof path, "%s/" FOLDER, root ? root : ".");
	dir = opendir(path);
	assert_non_null(dir);
	while ((entry = readdir(dir))) {
		size_t len = strlen(entry->d_name), head = strlen(prefix);

		if (len < head + 6 || strcmp(entry->d_name + len - 5, ".json") != 0 ||
		    strncmp(entry->d_name, prefix, head) != 0 || entry->d_name[head] != '-')
			continue;
		cases++;
		wrong += !case_holds(entry->d_name);
	}
	closedir(dir);
	assert_true(cases >= least);
	assert_int_equal(wrong, 0);
}
