/* Time that a test makes, for what works in batches by time: the monotonic clock moves on by so much at each look,
   pauses take none, a signal comes at a look. To be included by a test program itself, in one file: it takes the
   place of the C library's functions there. */
#ifndef CS_TESTS_TICKS_H
#define CS_TESTS_TICKS_H

#include <signal.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* each_ms 0: the machine's own. longest_ms: between two pauses. */
static struct {
	int64_t each_ms, now_ms, since_ms, longest_ms;
	unsigned looks, pauses, signal_at;
} ticks;

int clock_gettime(clockid_t id, struct timespec *t)
{
	if (id != CLOCK_MONOTONIC || ticks.each_ms == 0)
		return (int)syscall(SYS_clock_gettime, id, t);
	if (++ticks.looks == ticks.signal_at)
		raise(SIGTERM);
	ticks.now_ms += ticks.each_ms;
	if (ticks.now_ms - ticks.since_ms > ticks.longest_ms)
		ticks.longest_ms = ticks.now_ms - ticks.since_ms;
	t->tv_sec = (time_t)(ticks.now_ms / 1000);
	t->tv_nsec = (long)(ticks.now_ms % 1000) * 1000000;
	return 0;
}

int nanosleep(const struct timespec *want, struct timespec *left)
{
	(void)want;
	(void)left;
	ticks.pauses++;
	ticks.since_ms = ticks.now_ms;
	return 0;
}

#endif
