/* Values of a step from the command line. */
#include "text/given.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"

/* Splits NAME=VALUE in place; -1 when there is no name or no '='. */
static int split(char *text, struct cs_given *out)
{
	char *eq = strchr(text, '=');

	if (!eq || eq == text)
		return -1;
	*eq = '\0';
	*out = (struct cs_given){text, eq + 1};
	return 0;
}

int cs_given_set(struct cs_request *req, const struct cs_texts *set, struct cs_arena *a, struct cs_err *e)
{
	struct cs_given *list = cs_arena_alloc(a, (req->set_count + set->count + 1) * sizeof *list);
	size_t n = req->set_count;

	if (n)
		memcpy(list, req->set, n * sizeof *list);
	for (size_t i = 0; i < set->count; i++) {
		if (split(cs_arena_strdup(a, set->item[i]), &list[n]) < 0)
			return cs_fail(e, CS_USAGE, "--set %s: write FIELD=VALUE", set->item[i]);
		for (size_t k = 0; k < n; k++)
			if (strcmp(list[k].name, list[n].name) == 0)
				return cs_fail(e, CS_USAGE, "--set %s: given twice", list[n].name);
		n++;
	}
	req->set = list;
	req->set_count = n;
	return 0;
}

/* The next piece up to a comma, "\," standing for one; moves *at behind it. NULL at the end. */
static char *piece(char **at)
{
	char *start = *at, *to = start, *from = start;

	if (!start)
		return NULL;
	while (*from && *from != ',') {
		if (from[0] == '\\' && from[1] == ',')
			from++;
		*to++ = *from++;
	}
	*at = *from ? from + 1 : NULL;
	*to = '\0';
	return start;
}

static int read_row(const char *text, struct cs_arena *a, struct cs_given_row *out, struct cs_err *e)
{
	char *list = cs_arena_strdup(a, text), *at = strchr(list, ':'), *cell;
	struct cs_given *cells = cs_arena_alloc(a, (strlen(text) + 1) * sizeof *cells);
	size_t n = 0;

	if (!at || at == list)
		return cs_fail(e, CS_USAGE, "--row %s: write LIST:FIELD=VALUE,FIELD=VALUE", text);
	*at++ = '\0';
	while ((cell = piece(&at)))
		if (split(cell, &cells[n++]) < 0)
			return cs_fail(e, CS_USAGE, "--row %s: write FIELD=VALUE after the colon (a comma in a value as \\,)", text);
	*out = (struct cs_given_row){list, cells, n};
	return 0;
}

int cs_given_rows(struct cs_request *req, const struct cs_texts *rows, struct cs_arena *a, struct cs_err *e)
{
	struct cs_given_row *list = cs_arena_alloc(a, (rows->count + 1) * sizeof *list);

	for (size_t i = 0; i < rows->count; i++)
		if (read_row(rows->item[i], a, &list[i], e) < 0)
			return -1;
	req->row = list;
	req->row_count = rows->count;
	return 0;
}

/* The digest shows later that the file kept is the one that was seen. */
static const char *digest_file(const char *path, struct cs_arena *a, struct cs_err *e)
{
	FILE *f = fopen(path, "rb");
	unsigned char sum[CS_HASH_SIZE];
	char part[65536], *hex = cs_arena_alloc(a, 2 * CS_HASH_SIZE + 1);
	struct cs_hash h;
	size_t n;
	int failed;

	if (!f) {
		cs_fail(e, errno == ENOENT ? CS_NOTFOUND : CS_IO, "--evidence: %s: %s", path, strerror(errno));
		return NULL;
	}
	cs_hash_init(&h);
	while ((n = fread(part, 1, sizeof part, f)) > 0)
		cs_hash_bytes(&h, part, n);
	failed = ferror(f) ? errno : 0;
	fclose(f);
	cs_hash_end(&h, sum);
	if (failed) {
		cs_fail(e, CS_IO, "--evidence: %s: %s", path, strerror(failed));
		return NULL;
	}
	return cs_hex(sum, sizeof sum, hex);
}

static int read_evidence(const char *text, struct cs_arena *a, struct cs_given_evidence *out, struct cs_err *e)
{
	char *at = cs_arena_strdup(a, text), *first = piece(&at), *more;
	struct cs_given g;

	memset(out, 0, sizeof *out);
	out->kind = first;
	if (split(first, &g) == 0) {
		out->kept = g.text;
		out->digest = digest_file(g.text, a, e);
		if (!out->digest)
			return -1;
	}
	while ((more = piece(&at))) {
		if (split(more, &g) < 0 || strcmp(g.name, "signer") != 0 || out->signer || !*g.text)
			return cs_fail(e, CS_USAGE, "--evidence %s: write KIND[=FILE][,signer=NAME]", text);
		out->signer = g.text;
	}
	return *out->kind ? 0 : cs_fail(e, CS_USAGE, "--evidence %s: write KIND[=FILE][,signer=NAME]", text);
}

int cs_given_evidence(struct cs_request *req, const struct cs_texts *evidence, struct cs_arena *a, struct cs_err *e)
{
	struct cs_given_evidence *list = cs_arena_alloc(a, (evidence->count + 1) * sizeof *list);

	for (size_t i = 0; i < evidence->count; i++)
		if (read_evidence(evidence->item[i], a, &list[i], e) < 0)
			return -1;
	req->evidence = list;
	req->evidence_count = evidence->count;
	return 0;
}
