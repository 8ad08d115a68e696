/* Marks of the chain. */
#include "text/marks.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

int cs_mark_parse(const char *count, const char *head, struct cs_chain_mark *out, struct cs_err *e)
{
	size_t digits = strspn(count, "0123456789");

	if (digits == 0 || digits > 18 || count[digits])
		return cs_fail(e, CS_USAGE, "'%s' is no count of events", count);
	out->count = strtoll(count, NULL, 10);
	if (cs_unhex(head, out->head, CS_HASH_SIZE) < 0)
		return cs_fail(e, CS_USAGE, "'%s' is no head of a chain (64 hex digits)", head);
	return 0;
}

static int read_line(char *line, struct cs_chain_mark *out, struct cs_err *e)
{
	static const char blank[] = " \t\r\n";
	const char *count = NULL, *head = NULL;

	if (line[strspn(line, blank)] == '\0' || line[0] == '#')
		return 0;
	for (char *word = strtok(line, blank); word; word = strtok(NULL, blank)) {
		count = head;
		head = word;
	}
	if (head && strcmp(head, "#") == 0)
		return 0;
	if (!count)
		return cs_fail(e, CS_USAGE, "wants count and head");
	return cs_mark_parse(count, head, out, e) < 0 ? -1 : 1;
}

int cs_marks_read(const char *path, struct cs_chain_mark **out, size_t *count, struct cs_err *e)
{
	FILE *f = fopen(path, "r");
	char *line = NULL;
	size_t size = 0, n = 0;
	int rc = 0;

	*out = NULL;
	*count = 0;
	if (!f)
		return cs_fail(e, errno == ENOENT ? CS_NOTFOUND : CS_IO, "%s: %s", path,
			       strerror(errno));
	while (rc >= 0 && getline(&line, &size, f) >= 0) {
		n++;
		*out = cs_realloc(*out, (*count + 1) * sizeof **out);
		rc = read_line(line, &(*out)[*count], e);
		*count += rc == 1;
	}
	if (rc < 0) {
		cs_fail_in(e, "%s:%zu", path, n);
		e->code = CS_BADDATA;
	} else if (ferror(f))
		rc = cs_fail(e, CS_IO, "%s: %s", path, strerror(errno));
	else if (*count == 0)
		rc = cs_fail(e, CS_BADDATA, "%s: no count and head in it", path);
	free(line);
	fclose(f);
	if (rc < 0) {
		free(*out);
		*out = NULL;
		*count = 0;
	}
	return rc < 0 ? -1 : 0;
}
