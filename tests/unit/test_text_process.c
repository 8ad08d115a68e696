/* Messages, signals and the end of a process, each tried in a child process. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "text/cli.h"
#include "text/process.h"

static char messages[8192];

/* Runs fn in a child; returns what wait(2) says, its stderr is in messages. */
static int child(int (*fn)(void))
{
	int fd[2], status = -1;
	size_t len = 0;
	ssize_t n;
	pid_t pid;

	assert_int_equal(pipe(fd), 0);
	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		dup2(fd[1], STDERR_FILENO);
		close(fd[0]);
		close(fd[1]);
		_exit(fn());
	}
	close(fd[1]);
	while (len < sizeof messages - 1 &&
	       (n = read(fd[0], messages + len, sizeof messages - 1 - len)) > 0)
		len += (size_t)n;
	messages[len] = '\0';
	close(fd[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static int print_some(struct cs_cli *cli, struct cs_err *e)
{
	(void)cli;
	(void)e;
	printf("R1\n");
	return 1;
}

static int refuse(struct cs_cli *cli, struct cs_err *e)
{
	(void)cli;
	return cs_fail(e, CS_NOTFOUND, "no ticket 'R1\n2'");
}

static int broken_pipe(struct cs_cli *cli, struct cs_err *e)
{
	int fd[2];
	FILE *f;
	const struct cs_column one = {.name = "ref"};
	struct cs_cell cell = cs_cell_text("R1");
	struct cs_out *out;

	(void)cli;
	if (pipe(fd) || close(fd[0]))
		return 99;
	f = fdopen(fd[1], "w");
	out = cs_out_open(f, CS_FORMAT_TEXT, &one, 1);
	cs_out_row(out, &cell);
	return cs_out_close(out, e);
}

static int run(int (*work)(struct cs_cli *, struct cs_err *), bool writes, const char *operand)
{
	char *argv[] = {(char *)(uintptr_t)"x", (char *)(uintptr_t)operand, NULL};
	const struct cs_command one = {.writes = writes, .operands_max = 1, .run = work};
	const struct cs_program program = {.name = "cs-try", .commands = &one, .count = 1};

	return cs_cli_main(&program, operand ? 2 : 1, argv);
}

static int to(const char *path)
{
	int fd = open(path, O_WRONLY);

	return dup2(fd, STDOUT_FILENO);
}

static int ends_with_its_status(void)
{
	return to("/dev/null") < 0 ? 99 : run(print_some, false, NULL);
}
static int full(void) { return to("/dev/full") < 0 ? 99 : run(print_some, false, NULL); }
static int help_full(void) { return to("/dev/full") < 0 ? 99 : run(print_some, false, "--help"); }
static int closed(void) { return close(STDOUT_FILENO) ? 99 : run(print_some, false, NULL); }
static int refused(void) { return run(refuse, false, NULL); }
static int reader_pipe(void)
{
	return signal(SIGPIPE, SIG_IGN) == SIG_ERR ? 99 : run(broken_pipe, false, NULL);
}
static int writer_pipe(void) { return run(broken_pipe, true, NULL); }

static void exit_codes(void **state)
{
	static const struct {
		int (*fn)(void);
		int exit;
		const char *message;
	} cases[] = {
		{ends_with_its_status, 1, ""},
		{full, 74, "cs-try: standard output: No space left on device\n"},
		{help_full, 74, "cs-try: standard output: No space left on device\n"},
		{closed, 74, "cs-try: standard output: Bad file descriptor\n"},
		{refused, 66, "cs-try: no ticket 'R1?2'\n"},
		{writer_pipe, 74, "cs-try: output: nobody reads it any more\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int status = child(cases[i].fn);

		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), cases[i].exit);
		assert_string_equal(messages, cases[i].message);
	}
}

static void readers_die_of_a_closed_pipe(void **state)
{
	int status = child(reader_pipe);

	(void)state;
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGPIPE);
}

static int first_signal(void)
{
	cs_process_catch();
	if (cs_process_interrupted() || raise(SIGTERM) || !cs_process_interrupted())
		return 99;
	return 7;
}

static int second_signal(void)
{
	cs_process_catch();
	raise(SIGINT);
	raise(SIGINT);
	return 99;
}

/* As a shell leaves SIGINT for what it starts in the background. */
static int ignored_signal(void)
{
	if (signal(SIGINT, SIG_IGN) == SIG_ERR)
		return 99;
	cs_process_catch();
	raise(SIGINT);
	raise(SIGINT);
	if (cs_process_interrupted())
		return 98;
	raise(SIGTERM);
	return cs_process_interrupted() ? 7 : 97;
}

static void signals(void **state)
{
	int status = child(first_signal);

	(void)state;
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 7);
	status = child(second_signal);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT);
	status = child(ignored_signal);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 7);
}

/* Design section 9: what a signal ended is to be tried again (75), other faults of reading are 74. */
static void codes(void **state)
{
	struct cs_err e = {0};

	(void)state;
	assert_int_equal(cs_process_ended(&e), -1);
	assert_int_equal(e.code, CS_BUSY);
	errno = EINTR;
	assert_int_equal(cs_process_io_failed(&e), -1);
	assert_int_equal(e.code, CS_BUSY);
	errno = EIO;
	assert_int_equal(cs_process_io_failed(&e), -1);
	assert_int_equal(e.code, CS_IO);
	assert_string_equal(e.text, strerror(EIO));
}

static int quiet_notes(void)
{
	cs_msg_program("cs-try");
	cs_note("%d rows", 3);
	cs_msg_quiet(true);
	cs_note("unheard");
	cs_msg("heard\t%s", "\x1B[1m");
	return 0;
}

/* Design section 7: not a byte while the lock is held, however much there is to say. */
static int held_messages(void)
{
	char path[] = "/tmp/csdesk-held-XXXXXX";
	int fd = mkstemp(path);

	if (fd < 0 || unlink(path) || dup2(fd, STDERR_FILENO) < 0)
		return 99;
	cs_msg_hold(true);
	for (int i = 0; i < 6000; i++)
		cs_msg("%01000d", i); /* 6 MB */
	if (lseek(fd, 0, SEEK_END) != 0)
		return 98;
	cs_msg_hold(false);
	return lseek(fd, 0, SEEK_END) < 6000000 ? 97 : 7;
}

static void messages_are_held(void **state)
{
	int status = child(held_messages);

	(void)state;
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 7);
}

static void messages_are_single_lines(void **state)
{
	(void)state;
	child(quiet_notes);
	assert_string_equal(messages, "cs-try: 3 rows\ncs-try: heard??[1m\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(exit_codes),
		cmocka_unit_test(readers_die_of_a_closed_pipe),
		cmocka_unit_test(signals),
		cmocka_unit_test(codes),
		cmocka_unit_test(messages_are_single_lines),
		cmocka_unit_test(messages_are_held),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
