/* What can be read twice. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

#include "text/spool.h"

static void check_twice(int fd, const char *text)
{
	char got[64];

	for (int i = 0; i < 2; i++) {
		ssize_t n = read(fd, got, sizeof got - 1);

		assert_int_equal(n, strlen(text));
		got[n] = '\0';
		assert_string_equal(got, text);
		assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	}
}

static void a_pipe_is_copied(void **state)
{
	struct cs_err e = {0};
	int ends[2], fd;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "a\nb\n", 4), 4);
	close(ends[1]);
	fd = ends[0];
	assert_int_equal(cs_spool(&fd, "x", &e), 0);
	check_twice(fd, "a\nb\n");
	close(fd);
}

static void a_file_is_left_alone(void **state)
{
	struct cs_err e = {0};
	FILE *f = tmpfile();
	int fd, was;

	(void)state;
	assert_non_null(f);
	fputs("abc", f);
	rewind(f);
	fd = was = fileno(f);
	assert_int_equal(cs_spool(&fd, "x", &e), 0);
	assert_int_equal(fd, was);
	check_twice(fd, "abc");
	fclose(f);
}

static void what_cannot_be_read(void **state)
{
	struct cs_err e = {0};
	int ends[2], fd;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	close(ends[0]);
	fd = ends[1]; /* for writing only */
	assert_int_equal(cs_spool(&fd, "name", &e), -1);
	assert_int_equal(e.code, CS_IO);
	assert_non_null(strstr(e.text, "name: "));
	close(fd);
}

static void refused_copy(const char *why)
{
	struct cs_err e = {0};
	int ends[2], fd;

	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "0123456789", 10), 10);
	close(ends[1]);
	fd = ends[0];
	assert_int_equal(cs_spool(&fd, "x", &e), -1);
	assert_int_equal(fd, ends[0]);
	assert_int_equal(e.code, CS_IO);
	assert_string_equal(e.text, why);
	close(fd);
}

/* Room for a part of what is written at once: the reason is said, not what went wrong some time before. */
static void what_finds_no_room(void **state)
{
	struct rlimit was, less;

	(void)state;
	unsetenv("TMPDIR");
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &was), 0);
	less = was;
	less.rlim_cur = 4;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &less), 0);
	refused_copy("x: cannot keep a copy to read twice in /tmp (TMPDIR): File too large");
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &was), 0);
}

static void the_folder_is_tmpdir(void **state)
{
	(void)state;
	assert_int_equal(setenv("TMPDIR", "/nonexistent/folder", 1), 0);
	refused_copy("x: cannot keep a copy to read twice in /nonexistent/folder (TMPDIR): No such file or directory");
	assert_int_equal(setenv("TMPDIR", "", 1), 0);
	a_pipe_is_copied(state);
	unsetenv("TMPDIR");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pipe_is_copied),     cmocka_unit_test(a_file_is_left_alone),
		cmocka_unit_test(what_cannot_be_read),  cmocka_unit_test(what_finds_no_room),
		cmocka_unit_test(the_folder_is_tmpdir),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
