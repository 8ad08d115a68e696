/* The shipped policies, read for tests. */
#include "policy_files.h"

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

const struct cs_policy_loader shipped = {load, NULL};
