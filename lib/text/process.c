/* The process around a program: messages, signals, standard descriptors, the last byte. */
#include "text/process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/utf8.h"

static const char *program_name = "csdesk";
static bool quiet_wanted, holding;
static struct cs_buf held;
static volatile sig_atomic_t interrupted;

void cs_msg_program(const char *name)
{
	program_name = name;
}

void cs_msg_quiet(bool quiet)
{
	quiet_wanted = quiet;
}

static void put_message(const char *fmt, va_list ap) __attribute__((format(printf, 1, 0)));

static void put_out(struct cs_buf *b)
{
	size_t done = 0;

	while (done < b->len) {
		ssize_t n = write(STDERR_FILENO, b->data + done, b->len - done);

		if (n < 0 && errno != EINTR)
			break;
		done += n > 0 ? (size_t)n : 0;
	}
	cs_buf_free(b);
}

void cs_msg_hold(bool hold)
{
	holding = hold;
	if (!hold)
		put_out(&held);
}

static void put_message(const char *fmt, va_list ap)
{
	struct cs_buf line = {0};
	char *text = NULL;

	if (vasprintf(&text, fmt, ap) < 0)
		cs_oom();
	cs_buf_printf(&line, "%s: %s\n", program_name, text);
	for (size_t i = 0; i + 1 < line.len; i++)
		if ((unsigned char)line.data[i] < 0x20 || line.data[i] == 0x7F)
			line.data[i] = '?';
	/* A word of the command line or a file's name may be in any encoding. */
	for (size_t bad; (bad = cs_utf8_check(line.data, line.len)) < line.len;)
		line.data[bad] = '?';
	free(text);
	if (!holding) {
		put_out(&line);
		return;
	}
	cs_buf_add(&held, line.data, line.len);
	cs_buf_free(&line);
}

void cs_msg(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put_message(fmt, ap);
	va_end(ap);
}

void cs_note(const char *fmt, ...)
{
	va_list ap;

	if (quiet_wanted)
		return;
	va_start(ap, fmt);
	put_message(fmt, ap);
	va_end(ap);
}

void cs_note_lines(const char *before, const char *text)
{
	for (size_t n; *text; text += n + (text[n] == '\n')) {
		n = strcspn(text, "\n");
		cs_note("%s%.*s", before ? before : "", (int)n, text);
	}
}

void cs_process_guard(void)
{
	for (int fd = 0; fd <= 2; fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF &&
		    open("/dev/null", fd ? O_RDONLY : O_WRONLY) != fd)
			_exit(cs_err_exit(CS_IO));
	signal(SIGPIPE, SIG_DFL);
}

static void on_signal(int signal_number)
{
	(void)signal_number;
	interrupted = 1;
}

static void on_pipe(int signal_number)
{
	(void)signal_number;
}

/* A shell has what it starts in the background ignore SIGINT: that is meant for others. */
static void catch_unless_ignored(int signal_number, const struct sigaction *action)
{
	struct sigaction old;

	if (sigaction(signal_number, NULL, &old) == 0 && old.sa_handler != SIG_IGN)
		sigaction(signal_number, action, NULL);
}

/* Without SA_RESTART a read that waits for input ends; SA_RESETHAND lets a second signal
   end the process. Handlers, unlike SIG_IGN, do not pass to programs started later. */
void cs_process_catch(void)
{
	struct sigaction stop = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND};
	struct sigaction pipe = {.sa_handler = on_pipe, .sa_flags = SA_RESTART};

	sigemptyset(&stop.sa_mask);
	sigemptyset(&pipe.sa_mask);
	catch_unless_ignored(SIGINT, &stop);
	catch_unless_ignored(SIGTERM, &stop);
	sigaction(SIGPIPE, &pipe, NULL);
}

bool cs_process_interrupted(void)
{
	return interrupted != 0;
}

int cs_process_ended(struct cs_err *e)
{
	return cs_fail(e, CS_BUSY, "ended by a signal");
}

int cs_process_io_failed(struct cs_err *e)
{
	return errno == EINTR ? cs_fail(e, CS_BUSY, "ended by a signal while it waited")
			      : cs_fail(e, CS_IO, "%s", strerror(errno));
}

int cs_process_finish(int status)
{
	bool failed = ferror(stdout) != 0;

	errno = 0;
	if (fflush(stdout) == 0 && !failed && fclose(stdout) == 0)
		return status;
	cs_msg("standard output: %s", errno ? strerror(errno) : "not everything was written");
	return cs_err_exit(CS_IO);
}
