/* Child processes. */
#include "text/child.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* A file in memory: the text is whole before the command starts, and neither can wait for the
   other. */
static int input_file(const struct cs_buf *input, struct cs_err *e)
{
	int fd = memfd_create("notice", MFD_CLOEXEC);
	size_t done = 0;

	while (fd >= 0 && done < input->len) {
		ssize_t n = write(fd, input->data + done, input->len - done);

		if (n < 0 && errno != EINTR)
			break;
		done += n > 0 ? (size_t)n : 0;
	}
	if (fd >= 0 && done == input->len && lseek(fd, 0, SEEK_SET) == 0)
		return fd;
	cs_fail(e, CS_IO, "input of the command: %s", strerror(errno));
	if (fd >= 0)
		close(fd);
	return -1;
}

static void become(const char *command, int input, const struct cs_child_env *env, size_t env_count)
{
	setpgid(0, 0);
	for (size_t i = 0; i < env_count; i++) {
		if (env[i].value)
			setenv(env[i].name, env[i].value, 1);
		else
			unsetenv(env[i].name);
	}
	if (dup2(input, STDIN_FILENO) < 0 || dup2(STDERR_FILENO, STDOUT_FILENO) < 0)
		_exit(127);
	execl("/bin/sh", "sh", "-c", command, (char *)NULL);
	_exit(127);
}

static long elapsed_ms(const struct timespec *since)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (now.tv_sec - since->tv_sec) * 1000 + (now.tv_nsec - since->tv_nsec) / 1000000;
}

/* waitpid with an end: short naps that grow to 20 ms. 1 ended, 0 it took too long, -1. */
static int wait_for(pid_t pid, long timeout_ms, int *status)
{
	struct timespec since, nap = {0, 500000};

	clock_gettime(CLOCK_MONOTONIC, &since);
	for (;;) {
		pid_t got = waitpid(pid, status, WNOHANG);

		if (got == pid)
			return 1;
		if (got < 0 && errno != EINTR)
			return -1;
		if (elapsed_ms(&since) >= timeout_ms)
			return 0;
		nanosleep(&nap, NULL);
		nap.tv_nsec = nap.tv_nsec < 20000000 ? nap.tv_nsec * 2 : nap.tv_nsec;
	}
}

int cs_child_run(const char *command, const struct cs_buf *input, const struct cs_child_env *env,
		 size_t env_count, long timeout_ms, struct cs_buf *why, struct cs_err *e)
{
	int fd = input_file(input, e), status = 0, rc;
	pid_t pid;

	if (fd < 0)
		return -1;
	pid = fork();
	if (pid == 0)
		become(command, fd, env, env_count);
	close(fd);
	if (pid < 0)
		return cs_fail(e, CS_IO, "the command cannot be started: %s", strerror(errno));
	setpgid(pid, pid);
	rc = wait_for(pid, timeout_ms, &status);
	if (rc == 0) {
		kill(-pid, SIGKILL);
		while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
			;
		cs_buf_printf(why, "the command was killed after %ld s", timeout_ms / 1000);
		return 1;
	}
	if (rc < 0)
		return cs_fail(e, CS_IO, "the command cannot be waited for: %s", strerror(errno));
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return 0;
	if (WIFEXITED(status))
		cs_buf_printf(why, "the command ended with %d", WEXITSTATUS(status));
	else
		cs_buf_printf(why, "the command was ended by signal %d", WTERMSIG(status));
	return 1;
}
