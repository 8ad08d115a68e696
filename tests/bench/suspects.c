/* suspects DB COUNT: looks for the suspects of COUNT complaints of the database, spread over the newest tenth of them,
   one after the other. Prints how many a second, the median and the 95th percentile in milliseconds, all of processor
   time (which other load on the machine disturbs less), the 95th percentile by the clock, the mean of candidates and of
   suspects found. */
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "domain/suspect.h"

enum { MOST = 100000, LISTED = 5 };

static const char sql_ids[] =
	"SELECT ticket FROM likeness ORDER BY ticket DESC LIMIT (SELECT count(*) / 10 + 1 FROM likeness)";

static double now(clockid_t which)
{
	struct timespec t;

	clock_gettime(which, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static size_t read_ids(struct cs_session *s, int64_t **ids, struct cs_err *e)
{
	struct cs_stmt *q = cs_db_prepare(s->db, sql_ids, e);
	size_t n = 0, size = 1024;

	*ids = cs_alloc(size * sizeof **ids);
	while (q && cs_step(q, e) == 1) {
		if (n == size) {
			size *= 2;
			*ids = cs_realloc(*ids, size * sizeof **ids);
		}
		(*ids)[n++] = cs_col_int(q, 0);
	}
	return n;
}

int main(int argc, char **argv)
{
	const struct passwd *me = getpwuid(getuid());
	struct cs_caller who = {.login = me ? me->pw_name : NULL};
	size_t count = argc > 2 ? (size_t)atol(argv[2]) : 0, n, compared = 0, found = 0;
	static double took[MOST], by_clock[MOST];
	struct cs_session *s = NULL;
	struct cs_err e = {0};
	int64_t *ids;
	double start;

	who.now = time(NULL);
	if (count < 1 || count > MOST) {
		fprintf(stderr, "usage: suspects DB COUNT\n");
		return 64;
	}
	if (cs_session_open(argv[1], CS_DB_READ, CS_RIGHT_STAFF, &who, &s, &e) < 0 ||
	    (n = read_ids(s, &ids, &e)) == 0) {
		fprintf(stderr, "suspects: %s\n", *e.text ? e.text : "nothing to compare");
		return 1;
	}
	start = now(CLOCK_PROCESS_CPUTIME_ID);
	for (size_t i = 0; i < count; i++) {
		struct cs_suspects l;
		double from = now(CLOCK_PROCESS_CPUTIME_ID), clock_from = now(CLOCK_MONOTONIC);

		cs_arena_reset(&s->work);
		if (cs_suspects_find(s, ids[i * 7919 % n], CS_NULL, LISTED, NULL, &l, &e) < 0) {
			fprintf(stderr, "suspects: %s\n", e.text);
			return 1;
		}
		took[i] = now(CLOCK_PROCESS_CPUTIME_ID) - from;
		by_clock[i] = now(CLOCK_MONOTONIC) - clock_from;
		compared += l.compared;
		found += l.found;
	}
	start = now(CLOCK_PROCESS_CPUTIME_ID) - start;
	qsort(took, count, sizeof *took, by_size);
	qsort(by_clock, count, sizeof *by_clock, by_size);
	printf("%.0f %.3f %.3f %.3f %.1f %.2f\n", (double)count * 1e3 / start, took[count / 2], took[count * 95 / 100],
	       by_clock[count * 95 / 100], (double)compared / (double)count, (double)found / (double)count);
	free(ids);
	cs_session_close(s);
	return 0;
}
