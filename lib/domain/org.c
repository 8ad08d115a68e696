/* The organisation in memory. */
#include "domain/org.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/near.h"
#include "base/utf8.h"

int cs_org_load(struct cs_db *db, struct cs_org *out, struct cs_err *e)
{
	void *unit = NULL, *staff = NULL, *post = NULL;

	memset(out, 0, sizeof *out);
	if (cs_table_all(db, &cs_unit_table, &out->arena, &unit, &out->unit_count, e) < 0 ||
	    cs_table_all(db, &cs_staff_table, &out->arena, &staff, &out->staff_count, e) < 0 ||
	    cs_table_all(db, &cs_post_table, &out->arena, &post, &out->post_count, e) < 0) {
		cs_org_free(out);
		return -1;
	}
	out->unit = unit;
	out->staff = staff;
	out->post = post;
	return 0;
}

/* Grows by one row or replaces the one with this id; texts are copied. */
static void put(struct cs_org *o, const struct cs_table *t, void **rows, size_t *count, size_t *size, const void *row)
{
	char *list = *rows, *at = NULL;

	for (size_t i = 0; i < *count && !at; i++)
		if (cs_row_order(t, list + i * t->row_size, row) == 0)
			at = list + i * t->row_size;
	if (!at) {
		*size = *size ? *size : *count;
		list = cs_arena_grow(&o->arena, list, *count, size, t->row_size);
		*rows = list;
		at = list + (*count)++ * t->row_size;
	}
	memcpy(at, row, t->row_size);
	for (size_t i = 0; i < t->column_count; i++)
		if (t->column[i].type == CS_COL_TEXT) {
			const char *text = cs_arena_strdup(&o->arena, cs_row_text(&t->column[i], row));

			memcpy(at + t->column[i].offset, &text, sizeof text);
		}
}

void cs_org_put(struct cs_org *o, const struct cs_table *t, const void *row)
{
	void *rows;

	if (t == &cs_unit_table) {
		rows = o->unit;
		put(o, t, &rows, &o->unit_count, &o->unit_size, row);
		o->unit = rows;
	} else if (t == &cs_staff_table) {
		rows = o->staff;
		put(o, t, &rows, &o->staff_count, &o->staff_size, row);
		o->staff = rows;
	} else if (t == &cs_post_table) {
		rows = o->post;
		put(o, t, &rows, &o->post_count, &o->post_size, row);
		o->post = rows;
	}
}

void cs_org_free(struct cs_org *o)
{
	if (!o)
		return;
	cs_arena_free(&o->arena);
	memset(o, 0, sizeof *o);
}

const struct cs_unit_row *cs_org_unit(const struct cs_org *o, int64_t id)
{
	size_t lo = 0, hi = o->unit_count;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (o->unit[mid].id == id)
			return &o->unit[mid];
		if (o->unit[mid].id < id)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

const struct cs_staff_row *cs_org_staff(const struct cs_org *o, int64_t id)
{
	size_t lo = 0, hi = o->staff_count;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (o->staff[mid].id == id)
			return &o->staff[mid];
		if (o->staff[mid].id < id)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

const struct cs_staff_row *cs_org_login(const struct cs_org *o, const char *login)
{
	for (size_t i = 0; i < o->staff_count; i++)
		if (strcmp(o->staff[i].login, login) == 0)
			return &o->staff[i];
	return NULL;
}

/* Full-width letters and blanks around say the same. */
static char *folded(const char *text)
{
	char *s = cs_strdup(text);

	cs_utf8_fold_width(s);
	cs_utf8_trim(s);
	return s;
}

/* Of the texts that were tried the nearest belongs to this one. */
static bool tried(struct cs_near *near, const char *text)
{
	const char *was = near->best;

	cs_near_try(near, text);
	return near->best != was;
}

static int fail_person(const struct cs_org *o, const char *text, struct cs_err *e)
{
	struct cs_near near = {.wanted = text};
	const struct cs_staff_row *best = NULL;
	char shown[CS_ERR_SHOWN];

	for (size_t i = 0; i < o->staff_count; i++) {
		bool login = tried(&near, o->staff[i].login);

		if (tried(&near, o->staff[i].name) || login)
			best = &o->staff[i];
	}
	cs_err_show(text, shown);
	if (best)
		return cs_fail(e, CS_USAGE, "nobody on the staff has the login or name '%s'; did you mean %s (%s)?",
			       shown, best->login, best->name);
	return cs_fail(e, CS_USAGE, "nobody on the staff has the login or name '%s' (cs-org list staff)", shown);
}

const struct cs_staff_row *cs_org_find_staff(const struct cs_org *o, const char *text, struct cs_err *e)
{
	const struct cs_staff_row *found = cs_org_login(o, text);
	struct cs_buf several = {0};
	char *plain, shown[CS_ERR_SHOWN];
	size_t n = 0;

	if (found)
		return found;
	plain = folded(text);
	found = cs_org_login(o, plain);
	for (size_t i = 0; !found && *plain && i < o->staff_count; i++)
		n += strcmp(o->staff[i].name, plain) == 0;
	for (size_t i = 0; n > 0 && i < o->staff_count; i++)
		if (strcmp(o->staff[i].name, plain) == 0) {
			found = &o->staff[i];
			cs_buf_printf(&several, "%s%s", several.len ? ", " : "", found->login);
		}
	if (!found)
		fail_person(o, plain, e);
	if (n > 1) {
		cs_fail(e, CS_USAGE, "'%s' is the name of several: %s; say the login", cs_err_show(text, shown),
			cs_buf_str(&several));
		found = NULL;
	}
	cs_buf_free(&several);
	free(plain);
	return found;
}

static int fail_unit(const struct cs_org *o, const char *text, struct cs_err *e)
{
	struct cs_near near = {.wanted = text};
	const struct cs_unit_row *best = NULL;
	char shown[CS_ERR_SHOWN];

	for (size_t i = 0; i < o->unit_count; i++) {
		bool code = tried(&near, o->unit[i].code);

		if (tried(&near, o->unit[i].name) || code)
			best = &o->unit[i];
	}
	cs_err_show(text, shown);
	if (best)
		return cs_fail(e, CS_USAGE, "no unit '%s'; did you mean %s (%s)?", shown, best->code, best->name);
	return cs_fail(e, CS_USAGE, "no unit '%s' (cs-org list units shows them)", shown);
}

static bool unit_called(const struct cs_unit_row *u, const char *text)
{
	const char *dot = strrchr(u->code, '.');

	return strcmp(u->name, text) == 0 || (dot && strcmp(dot + 1, text) == 0);
}

const struct cs_unit_row *cs_org_find_unit(const struct cs_org *o, const char *text, struct cs_err *e)
{
	const struct cs_unit_row *found = NULL;
	struct cs_buf several = {0};
	size_t n = 0;

	for (size_t i = 0; i < o->unit_count; i++)
		if (strcmp(o->unit[i].code, text) == 0)
			return &o->unit[i];
	for (size_t i = 0; i < o->unit_count; i++)
		if (unit_called(&o->unit[i], text)) {
			found = &o->unit[i];
			if (n++ < 8)
				cs_buf_printf(&several, "%s%s", n > 1 ? ", " : "", found->code);
		}
	if (n == 0)
		fail_unit(o, text, e);
	if (n > 1) {
		cs_fail(e, CS_USAGE, "unit '%s' fits several: %s; say one in full", text, cs_buf_str(&several));
		found = NULL;
	}
	cs_buf_free(&several);
	return found;
}

/* A tree with a cycle (a damaged file) must not hang anybody. */
enum { MAX_DEPTH = 64 };

bool cs_org_below(const struct cs_org *o, int64_t unit, int64_t top)
{
	const struct cs_unit_row *u = cs_org_unit(o, unit);

	for (int depth = 0; u && depth < MAX_DEPTH; depth++, u = cs_org_unit(o, u->parent))
		if (u->id == top)
			return true;
	return false;
}

const struct cs_unit_row *cs_org_up(const struct cs_org *o, int64_t unit, const char *level)
{
	const struct cs_unit_row *u = cs_org_unit(o, unit);

	for (int depth = 0; u && depth < MAX_DEPTH; depth++, u = cs_org_unit(o, u->parent))
		if (strcmp(u->level, level) == 0)
			return u;
	return NULL;
}

/* The way from `unit` up to below `top` passes a unit of this level. */
static bool passes_level(const struct cs_org *o, int64_t unit, int64_t top, const char *level)
{
	const struct cs_unit_row *u = cs_org_unit(o, unit);

	for (int depth = 0; u && u->id != top && depth < MAX_DEPTH; depth++, u = cs_org_unit(o, u->parent))
		if (strcmp(u->level, level) == 0)
			return true;
	return false;
}

/* `unit` lies below `top`, but in another unit of a level that `from` lies in: in the other project, the other area. */
static bool is_elsewhere(const struct cs_org *o, int64_t unit, int64_t from, int64_t top)
{
	const struct cs_unit_row *u = cs_org_unit(o, from);

	for (int depth = 0; u && u->id != top && depth < MAX_DEPTH; depth++, u = cs_org_unit(o, u->parent))
		if (!u->function && passes_level(o, unit, top, u->level))
			return true;
	return false;
}

const struct cs_unit_row *cs_org_department(const struct cs_org *o, int64_t from, const char *function)
{
	const struct cs_unit_row *top = cs_org_unit(o, from);

	for (int depth = 0; top && depth < MAX_DEPTH; depth++, top = cs_org_unit(o, top->parent)) {
		const struct cs_unit_row *found = NULL;
		size_t count = 0;

		for (size_t i = 0; i < o->unit_count; i++) {
			const struct cs_unit_row *u = &o->unit[i];

			if (!u->function || u->closed_at != CS_NULL || strcmp(u->function, function) != 0 ||
			    !cs_org_below(o, u->id, top->id))
				continue;
			if (u->id == top->id || u->parent == top->id)
				return u;
			if (is_elsewhere(o, u->parent, from, top->id))
				continue;
			found = u;
			count++;
		}
		if (count > 0)
			return count == 1 ? found : NULL;
	}
	return NULL;
}

bool cs_staff_active(const struct cs_staff_row *s, cs_time at)
{
	return s && s->joined_at <= at && (s->left_at == CS_NULL || at < s->left_at);
}

static bool in_force(const struct cs_org *o, const struct cs_post_row *p, cs_time at)
{
	return p->from_at <= at && (p->to_at == CS_NULL || at < p->to_at) &&
	       cs_staff_active(cs_org_staff(o, p->staff), at);
}

bool cs_org_holds(const struct cs_org *o, int64_t staff, const char *post, int64_t unit, cs_time at)
{
	for (size_t i = 0; i < o->post_count; i++) {
		const struct cs_post_row *p = &o->post[i];

		if (p->staff == staff && strcmp(p->post, post) == 0 && in_force(o, p, at) &&
		    (unit == CS_NULL || p->unit == CS_NULL || cs_org_below(o, unit, p->unit)))
			return true;
	}
	return false;
}

int64_t cs_org_holder(const struct cs_org *o, const char *post, int64_t unit, cs_time at)
{
	const struct cs_unit_row *u = cs_org_unit(o, unit);

	for (int depth = 0; u && depth < MAX_DEPTH; depth++, u = cs_org_unit(o, u->parent)) {
		int64_t deputy = CS_NULL;

		for (size_t i = 0; i < o->post_count; i++) {
			const struct cs_post_row *p = &o->post[i];

			if (p->unit != u->id || strcmp(p->post, post) != 0 || !in_force(o, p, at))
				continue;
			if (p->deputy != 1)
				return p->staff;
			if (deputy == CS_NULL)
				deputy = p->staff;
		}
		if (deputy != CS_NULL)
			return deputy;
	}
	return CS_NULL;
}

bool cs_org_in(const struct cs_org *o, int64_t staff, int64_t unit, cs_time at)
{
	const struct cs_staff_row *s = cs_org_staff(o, staff);

	if (unit == CS_NULL || !s)
		return false;
	if (cs_org_below(o, s->unit, unit))
		return true;
	for (size_t i = 0; i < o->post_count; i++)
		if (o->post[i].staff == staff && in_force(o, &o->post[i], at) && cs_org_below(o, o->post[i].unit, unit))
			return true;
	return false;
}
