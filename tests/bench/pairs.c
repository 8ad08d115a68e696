/* pairs BLOCKS FILE: runs the commands of FILE, odd lines A, even lines B, in turn; prints the median
   milliseconds of a whole
   process of A and of B, the median over BLOCKS equal stretches of A's median to B's, and the median milliseconds of
   processor time of A and of B (which other load on the machine disturbs less). A line is the file for standard
   input, the program and its arguments, tabs between. A command that does not end with 0 ends it all. */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { WORDS = 64, PAIRS = 10000 };

struct took {
	double wall[PAIRS], cpu[PAIRS];
};

static struct took took[2];

static double milliseconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int spawn(char **word, pid_t *pid)
{
	posix_spawn_file_actions_t files;
	int rc;

	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, STDIN_FILENO, word[0], O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	rc = posix_spawnp(pid, word[1], &files, NULL, word + 1, environ);
	posix_spawn_file_actions_destroy(&files);
	return rc;
}

static int run(char *line, double *wall, double *cpu)
{
	char *word[WORDS + 1] = {NULL};
	size_t n = 0;
	struct rusage used = {0};
	double began;
	int status = 0, rc;
	pid_t pid;

	line[strcspn(line, "\n")] = '\0';
	for (char *p = strtok(line, "\t"); p && n < WORDS; p = strtok(NULL, "\t"))
		word[n++] = p;
	if (n < 2)
		return fprintf(stderr, "pairs: a line names no program\n"), -1;
	began = milliseconds();
	rc = spawn(word, &pid);
	if (rc != 0)
		return fprintf(stderr, "pairs: %s: %s\n", word[1], strerror(rc)), -1;
	while (wait4(pid, &status, 0, &used) < 0 && errno == EINTR)
		;
	*wall = milliseconds() - began;
	*cpu = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e3 +
	       (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e3;
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		return fprintf(stderr, "pairs: %s ended with status %d\n", word[1], status), -1;
	return 0;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(const double *v, size_t n)
{
	static double sorted[PAIRS];

	memcpy(sorted, v, n * sizeof *v);
	qsort(sorted, n, sizeof *sorted, by_size);
	return n % 2 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
}

int main(int argc, char **argv)
{
	size_t blocks = argc == 3 ? strtoul(argv[1], NULL, 10) : 0, n = 0, per;
	FILE *f = argc == 3 ? fopen(argv[2], "r") : NULL;
	char *line = NULL;
	size_t size = 0;
	double ratio[PAIRS];

	if (!f || blocks == 0 || blocks > PAIRS)
		return fprintf(stderr, "pairs: usage: pairs BLOCKS FILE\n"), 64;
	for (; n / 2 < PAIRS && getline(&line, &size, f) > 0; n++)
		if (run(line, &took[n % 2].wall[n / 2], &took[n % 2].cpu[n / 2]) < 0)
			return 1;
	free(line);
	fclose(f);
	per = n / 2 / blocks;
	if (per == 0)
		return fprintf(stderr, "pairs: fewer pairs than blocks\n"), 1;
	for (size_t i = 0; i < blocks; i++)
		ratio[i] = median(took[0].wall + i * per, per) / median(took[1].wall + i * per, per);
	printf("%.3f %.3f %.3f %.3f %.3f\n", median(took[0].wall, n / 2), median(took[1].wall, n / 2),
	       median(ratio, blocks), median(took[0].cpu, n / 2), median(took[1].cpu, n / 2));
	return 0;
}
