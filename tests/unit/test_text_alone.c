/* One run at a time: the lock is kept, and another process is turned away. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "text/alone.h"

static char path[] = "/tmp/csdesk-alone-XXXXXX";

/* The code that another process gets. */
static int code_elsewhere(void)
{
	struct cs_err e = {0};
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		cs_alone(path, "cs-other", &e);
		if (e.code == CS_BUSY && !strstr(e.text, "cs-other is at work"))
			_exit(99);
		_exit((int)e.code);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void test_alone(void **state)
{
	struct cs_err e = {0};
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	assert_int_equal(code_elsewhere(), CS_OK); /* its end gave the lock back */
	assert_int_equal(cs_alone(path, "cs-this", &e), 0);
	assert_int_equal(code_elsewhere(), CS_BUSY);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(code_elsewhere(), CS_NOTFOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_alone)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
