/* likeness SUBJECTS COLUMN PAIRS: how well likeness tells the same matter. SUBJECTS is a CSV file with a heading,
   whose COLUMN (from 1) is compared; PAIRS a CSV file with a heading: two numbers of rows (from 1, the heading not
   counted) and 1 for the same matter or 0. PAIRS may also be "-": then SUBJECTS itself has pairs, texts in COLUMN and
   the next, the judgement in the one after. Prints precision and recall at scores from 20 to 80, and of texts with 10,
   20 and 30 % of their characters changed (replaced, left out or put in, repeatably) how many still reach the score.
   Pairs of equal texts are left out: any measure finds them. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "domain/similar.h"
#include "text/csv.h"

enum { STEP = 5, FROM = 20, TO = 80, KINDS = 3 };

static struct cs_err err;
static uint64_t seed = 20261121;

struct rows {
	char ***cell;
	size_t *width, count, size;
};

static unsigned draw(size_t below)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned)((seed >> 33) % below);
}

static int read_rows(const char *path, struct rows *out)
{
	struct cs_csv_row row;
	struct cs_csv *csv = NULL;
	int fd = open(path, O_RDONLY), rc = fd < 0 ? -1 : cs_csv_open(fd, NULL, ',', &csv, &err);

	if (rc == 0)
		rc = cs_csv_next(csv, &row, &err); /* the heading */
	while (rc > 0 && (rc = cs_csv_next(csv, &row, &err)) > 0) {
		if (row.bad)
			continue;
		if (out->count == out->size) {
			out->size = out->size ? 2 * out->size : 256;
			out->cell = cs_realloc(out->cell, out->size * sizeof *out->cell);
			out->width = cs_realloc(out->width, out->size * sizeof *out->width);
		}
		out->cell[out->count] = cs_alloc((row.count + 1) * sizeof **out->cell);
		for (size_t i = 0; i < row.count; i++)
			out->cell[out->count][i] = cs_strdup(row.field[i]);
		out->width[out->count++] = row.count;
	}
	cs_csv_free(csv);
	if (fd >= 0)
		close(fd);
	if (rc < 0)
		fprintf(stderr, "likeness: %s: %s\n", path, *err.text ? err.text : "cannot be read");
	return rc;
}

static int score(const char *a, const char *b)
{
	static struct cs_probe probe;
	struct cs_likeness one, other;

	cs_likeness_of(a, NULL, &one);
	cs_likeness_of(b, NULL, &other);
	cs_probe_set(&probe, &one);
	return cs_probe_score(&probe, &other);
}

/* n edits; what is put in comes from the other text. */
static char *edited(const char *text, const char *other, unsigned share)
{
	size_t count = 0, more = 0, edits;
	uint32_t cp, *list = cs_alloc((strlen(text) * 2 + 64) * sizeof *list), *stock;
	char *out = cs_alloc(strlen(text) * 8 + 256), *at = out;

	while ((cp = cs_utf8_next(&text)) != 0)
		list[count++] = cp;
	stock = cs_alloc((strlen(other) + 2) * sizeof *stock);
	while ((cp = cs_utf8_next(&other)) != 0)
		stock[more++] = cp;
	edits = (count * share + 50) / 100;
	for (size_t i = 0; i < (edits ? edits : 1) && count > 1 && more > 0; i++) {
		unsigned where = draw(count), how = draw(KINDS);

		if (how == 0) {
			list[where] = stock[draw(more)];
		} else if (how == 1) {
			memmove(list + where, list + where + 1, (--count - where) * sizeof *list);
		} else {
			memmove(list + where + 1, list + where, (count++ - where) * sizeof *list);
			list[where] = stock[draw(more)];
		}
	}
	for (size_t i = 0; i < count; i++)
		at += cs_utf8_put(at, list[i]);
	free(list);
	free(stock);
	return out;
}

struct tally {
	size_t right[101], wrong[101], same, other, equal;
};

static void judge(struct tally *t, const char *a, const char *b, const char *same)
{
	int s = score(a, b);

	if (strcmp(a, b) == 0) {
		t->equal++;
		return;
	}
	if (atoi(same) == 1) {
		t->same++;
		t->right[s]++;
	} else {
		t->other++;
		t->wrong[s]++;
	}
}

static size_t from(const size_t *list, int s)
{
	size_t n = 0;

	for (; s <= 100; s++)
		n += list[s];
	return n;
}

static const char *text_at(const struct rows *r, const char *number, size_t column)
{
	long n = atol(number);

	return n >= 1 && (size_t)n <= r->count && r->width[n - 1] > column ? r->cell[n - 1][column] : "";
}

int main(int argc, char **argv)
{
	static const unsigned share[] = {10, 20, 30};
	struct rows subjects = {0}, pairs = {0};
	struct tally t = {0};
	size_t reached[3][101] = {{0}}, column = argc == 4 ? (size_t)atol(argv[2]) - 1 : 0;
	bool own = argc == 4 && strcmp(argv[3], "-") == 0;

	if (argc != 4 || column > 100) {
		fprintf(stderr, "usage: likeness SUBJECTS COLUMN PAIRS|-\n");
		return 64;
	}
	if (read_rows(argv[1], &subjects) < 0 || (!own && read_rows(argv[3], &pairs) < 0))
		return 66;
	for (size_t i = 0; own && i < subjects.count; i++)
		if (subjects.width[i] > column + 2)
			judge(&t, subjects.cell[i][column], subjects.cell[i][column + 1], subjects.cell[i][column + 2]);
	for (size_t i = 0; i < pairs.count; i++)
		if (pairs.width[i] > 2)
			judge(&t, text_at(&subjects, pairs.cell[i][0], column),
			      text_at(&subjects, pairs.cell[i][1], column), pairs.cell[i][2]);
	for (size_t i = 0; i < subjects.count; i++)
		for (size_t k = 0; k < 3 && subjects.width[i] > column; k++) {
			const char *text = subjects.cell[i][column];
			size_t other = draw(subjects.count);
			char *copy = edited(text, subjects.width[other] > column ? subjects.cell[other][column] : text,
					    share[k]);

			reached[k][score(text, copy)]++;
			free(copy);
		}
	printf("pairs: %zu of the same matter, %zu of others, %zu of equal texts left out; texts: %zu\n", t.same,
	       t.other, t.equal, subjects.count);
	printf("score\tprecision\trecall\tedited 10%%\t20%%\t30%%\n");
	for (int s = FROM; s <= TO; s += STEP) {
		size_t right = from(t.right, s), wrong = from(t.wrong, s);

		printf("%d\t%.3f\t%.3f", s, right + wrong ? (double)right / (double)(right + wrong) : 1.0,
		       t.same ? (double)right / (double)t.same : 0.0);
		for (size_t k = 0; k < 3; k++)
			printf("\t%.3f", subjects.count ? (double)from(reached[k], s) / (double)subjects.count : 0.0);
		putchar('\n');
	}
	return 0;
}
