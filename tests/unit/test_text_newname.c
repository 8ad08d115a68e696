/* A new name is given once, and never takes another file's place. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "text/newname.h"

static void put(const char *path, char c)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputc(c, f);
	fclose(f);
}

static int first_of(const char *path)
{
	FILE *f = fopen(path, "r");
	int c = f ? getc(f) : EOF;

	if (f)
		fclose(f);
	return c;
}

static void test_newname(void **state)
{
	char folder[] = "/tmp/csdesk-newname-XXXXXX";

	(void)state;
	assert_non_null(mkdtemp(folder));
	assert_int_equal(chdir(folder), 0);
	put("a", 'a');
	assert_int_equal(cs_newname("a", "b"), 0);
	assert_int_equal(access("a", F_OK), -1);
	assert_int_equal(first_of("b"), 'a');
	put("c", 'c');
	assert_int_equal(cs_newname("c", "b"), -1);
	assert_int_equal(errno, EEXIST);
	assert_int_equal(first_of("b"), 'a');
	assert_int_equal(first_of("c"), 'c');
	assert_int_equal(cs_newname("nosuch", "d"), -1);
	assert_int_equal(errno, ENOENT);
	unlink("b");
	unlink("c");
	assert_int_equal(rmdir(folder), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_newname),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
