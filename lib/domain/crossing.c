/* Lists of crossings. */
#include "domain/crossing.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

/* "-" alone, not the sign of a time before 1970. */
static bool stands(const char *time)
{
	return time[0] == '-' && (time[1] == ',' || time[1] == '+' || !time[1]);
}

struct cs_crossing *cs_crossings_read(struct cs_arena *a, const char *text, size_t *count)
{
	struct cs_crossing *list = NULL;
	size_t size = 0;

	*count = 0;
	while (text && *text) {
		const char *at = strchr(text, '@'), *end = strchr(text, ',');
		struct cs_crossing c = {NULL, CS_TIME_NONE, 0};
		char *rest;

		if (!at || (end && at > end))
			break;
		c.id = cs_arena_strndup(a, text, (size_t)(at - text));
		rest = (char *)at + 1;
		if (stands(rest))
			rest++;
		else
			c.at = strtoll(rest, &rest, 10);
		if (*rest == '+')
			c.used = strtoll(rest + 1, NULL, 10);
		list = cs_arena_grow(a, list, *count, &size, sizeof *list);
		list[(*count)++] = c;
		text = end ? end + 1 : NULL;
	}
	return list;
}

static void sort(struct cs_crossing *list, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		struct cs_crossing c = list[i];
		size_t k = i;

		while (k > 0 && c.at != CS_TIME_NONE && (list[k - 1].at == CS_TIME_NONE || list[k - 1].at > c.at)) {
			list[k] = list[k - 1];
			k--;
		}
		list[k] = c;
	}
}

const char *cs_crossings_write(struct cs_arena *a, struct cs_crossing *list, size_t count)
{
	struct cs_buf b = {0};
	const char *text = NULL;

	sort(list, count);
	for (size_t i = 0; i < count; i++) {
		if (i)
			cs_buf_putc(&b, ',');
		cs_buf_puts(&b, list[i].id);
		cs_buf_putc(&b, '@');
		if (list[i].at == CS_TIME_NONE)
			cs_buf_putc(&b, '-');
		else
			cs_buf_int(&b, list[i].at);
		if (list[i].used) {
			cs_buf_putc(&b, '+');
			cs_buf_int(&b, list[i].used);
		}
	}
	if (b.len)
		text = cs_arena_strndup(a, b.data, b.len);
	cs_buf_free(&b);
	return text;
}

const char *cs_crossings_without(struct cs_arena *a, const char *text, const char *id)
{
	size_t count, kept = 0;
	struct cs_crossing *list = cs_crossings_read(a, text, &count);

	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i].id, id) != 0)
			list[kept++] = list[i];
	return cs_crossings_write(a, list, kept);
}

const char *cs_crossings_with(struct cs_arena *a, const char *text, const char *id, int64_t used)
{
	const char *one = used ? cs_arena_printf(a, "%s@-+%lld", id, (long long)used) : cs_arena_printf(a, "%s@-", id);
	bool first = strcmp(id, CS_CROSS_DUE) == 0;

	return text ? cs_arena_printf(a, "%s,%s", first ? one : text, first ? text : one) : one;
}

const char *cs_crossings_before(struct cs_arena *a, const char *text, cs_time at, const char **rest)
{
	size_t count, came = 0, left = 0;
	struct cs_crossing *list = cs_crossings_read(a, text, &count);
	struct cs_crossing *others = cs_arena_alloc(a, (count + 1) * sizeof *others);

	for (size_t i = 0; i < count; i++)
		if (list[i].at != CS_TIME_NONE && list[i].at < at && strcmp(list[i].id, CS_CROSS_DUE) != 0)
			list[came++] = list[i];
		else
			others[left++] = list[i];
	*rest = cs_crossings_write(a, others, left);
	return cs_crossings_write(a, list, came);
}

const char *cs_crossings_join(struct cs_arena *a, const char *text, const char *more)
{
	size_t first, second, count = 0;
	struct cs_crossing *list = cs_crossings_read(a, text, &first), *others = cs_crossings_read(a, more, &second);
	struct cs_crossing *both = cs_arena_alloc(a, (first + second + 1) * sizeof *both);

	for (; count < first; count++)
		both[count] = list[count];
	for (size_t i = 0; i < second; i++)
		if (!cs_crossings_have(text, others[i].id))
			both[count++] = others[i];
	return cs_crossings_write(a, both, count);
}

const char *cs_crossings_left(struct cs_arena *a, const char *text, const char *there, cs_time change)
{
	size_t count, kept = 0;
	struct cs_crossing *list = cs_crossings_read(a, text, &count);

	for (size_t i = 0; i < count; i++)
		if (list[i].at >= change || cs_crossings_have(there, list[i].id))
			list[kept++] = list[i];
	return cs_crossings_write(a, list, kept);
}

bool cs_crossings_have(const char *text, const char *id)
{
	size_t n = strlen(id);

	for (; text && *text; text = strchr(text, ',') ? strchr(text, ',') + 1 : NULL)
		if (strncmp(text, id, n) == 0 && text[n] == '@')
			return true;
	return false;
}

cs_time cs_crossings_next(const char *text)
{
	const char *at = text ? strchr(text, '@') : NULL;

	/* sorted: the first is the earliest */
	return !at || stands(at + 1) ? CS_TIME_NONE : strtoll(at + 1, NULL, 10);
}
