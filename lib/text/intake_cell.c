/* Cells. */
#include "text/intake_cell.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "domain/names.h"

enum { SLOTS = 1024, SLOT_TEXT = 64 };

/* A code looked up before: the same few come again and again. */
struct slot {
	size_t column;
	char text[SLOT_TEXT];
	const char *id;
	int64_t unit;
};
struct cs_cells {
	struct cs_session *s;
	const struct cs_zone *zone;
	const struct cs_ids *times;
	uint64_t twice, skipped;
	int64_t org_version;
	struct slot slot[SLOTS];
};

struct cs_cells *cs_cells_open(struct cs_session *s, const struct cs_zone *zone,
			       const struct cs_ids *times)
{
	struct cs_cells *c = cs_alloc(sizeof *c);

	c->s = s;
	c->zone = zone;
	c->times = times && times->count ? times : NULL;
	return c;
}

void cs_cells_free(struct cs_cells *c)
{
	free(c);
}

void cs_cells_doubts(const struct cs_cells *c, uint64_t *twice, uint64_t *skipped)
{
	*twice = c->twice;
	*skipped = c->skipped;
}

void cs_cells_room(struct cs_intake *row, size_t columns, struct cs_arena *a)
{
	row->req.set = cs_arena_alloc(a, columns * sizeof *row->req.set);
	row->step = cs_arena_alloc(a, columns * sizeof *row->step);
	row->keep = cs_arena_alloc(a, columns * sizeof *row->keep);
}

/* --- times ------------------------------------------------------------------------------------ */

static bool digits(const char **p, size_t n, int *out)
{
	*out = 0;
	for (; n > 0; n--, (*p)++) {
		if (**p < '0' || **p > '9')
			return false;
		*out = *out * 10 + (**p - '0');
	}
	return true;
}

static bool mark(const char **p, const char *of)
{
	return **p && strchr(of, **p) ? (*p)++, true : false;
}

/* 2026-11-21[ 09:30[:15]], also with T: the forms whose local time may be in doubt, and the common
   ones. */
static bool read_plain(const char *s, struct cs_civil *out)
{
	*out = (struct cs_civil){0};
	if (!digits(&s, 4, &out->year) || !mark(&s, "-") || !digits(&s, 2, &out->month) ||
	    !mark(&s, "-") || !digits(&s, 2, &out->day) ||
	    !cs_date_valid(out->year, out->month, out->day))
		return false;
	if (!*s)
		return true;
	if (!mark(&s, " T") || !digits(&s, 2, &out->hour) || !mark(&s, ":") ||
	    !digits(&s, 2, &out->minute))
		return false;
	if (*s && (!mark(&s, ":") || !digits(&s, 2, &out->second)))
		return false;
	return !*s && out->hour < 24 && out->minute < 60 && out->second < 60;
}

static void count_doubt(struct cs_cells *c, enum cs_local how)
{
	c->twice += how == CS_LOCAL_TWICE;
	c->skipped += how == CS_LOCAL_SKIPPED;
}

static int read_time(struct cs_cells *c, const char *text, cs_time *out, struct cs_err *e)
{
	enum cs_local how = CS_LOCAL_ONCE;
	struct cs_civil civil;
	char shown[CS_ERR_SHOWN], plain[128];
	const char *typed;

	typed = cs_utf8_plain(text, plain, sizeof plain);
	if (!c->times && read_plain(typed, &civil)) {
		*out = cs_time_from_civil(c->zone, &civil, &how);
		count_doubt(c, how);
		return 0;
	}
	if (!c->times && cs_time_parse(typed, c->zone, out, e) == 0)
		return 0;
	if (!c->times) {
		const struct cs_err why = *e;

		return cs_fail(e, why.code, "%s; a map's word times reads other forms", why.text);
	}
	for (size_t i = 0; i < c->times->count; i++)
		if (cs_time_parse_format(text, c->times->id[i], c->zone, out, &how, NULL) == 0 ||
		    (typed != text && cs_time_parse_format(typed, c->times->id[i], c->zone, out, &how, NULL) == 0)) {
			count_doubt(c, how);
			return 0;
		}
	return cs_fail(e, CS_REFUSED, "'%s' fits none of the map's times (as %s)",
		       cs_err_show(text, shown), c->times->id[0]);
}

/* --- codes ------------------------------------------------------------------------------------ */

static struct slot *slot_of(struct cs_cells *c, size_t column, const char *text)
{
	uint32_t h = 2166136261u ^ (uint32_t)column * 16777619u;

	for (const char *p = text; *p; p++)
		h = (h ^ (unsigned char)*p) * 16777619u;
	return &c->slot[(h ^ h >> 15) % SLOTS];
}

/* A code of ours or a unit for the text of a cell, translated first where the map says so. */
static int look_up(struct cs_cells *c, const struct cs_intake_column *col, const char *text,
		   const char **id, int64_t *unit, struct cs_err *e)
{
	const char *section = cs_intake_column_section(col->target.standard);
	struct slot *slot = slot_of(c, col->number, text);
	const struct cs_unit_row *u;
	size_t len = strlen(text);

	if (c->org_version != c->s->meta.org_version) { /* units may have changed since */
		memset(c->slot, 0, sizeof c->slot);
		c->org_version = c->s->meta.org_version;
	}
	if (slot->column == col->number && strcmp(slot->text, text) == 0) {
		*id = slot->id;
		*unit = slot->unit;
		return 0;
	}
	*id = NULL;
	*unit = CS_NULL;
	if (section) {
		*id = cs_name_find(c->s->policy, section,
				   col->values ? cs_map_value(col->values, text) : text, e);
		if (!*id)
			return -1;
	} else {
		u = cs_org_find_unit(&c->s->org,
				     col->values ? cs_map_value(col->values, text) : text, e);
		if (!u)
			return -1;
		*unit = u->id;
	}
	if (len < SLOT_TEXT) {
		slot->column = col->number;
		memcpy(slot->text, text, len + 1);
		slot->id = *id;
		slot->unit = *unit;
	}
	return 0;
}

/* --- columns ---------------------------------------------------------------------------------- */

static int read_score(const char *text, int64_t *out, struct cs_err *e)
{
	char *end, plain[64], shown[CS_ERR_SHOWN];

	text = cs_utf8_plain(text, plain, sizeof plain);
	*out = strtoll(text, &end, 10);
	if (*end || strlen(text) > 9 || *text < '0' || *text > '9')
		return cs_fail(e, CS_REFUSED, "'%s' is no whole number", cs_err_show(text, shown));
	return 0;
}

static int put_standard(struct cs_cells *c, const struct cs_intake_column *col, const char *text,
			struct cs_intake *row, struct cs_err *e)
{
	const char *unused_id;
	int64_t unused_unit;

	switch (col->target.standard) {
	case CS_COL_SOURCE_KEY: row->key = text; return 0;
	case CS_COL_KIND: return look_up(c, col, text, &row->kind, &unused_unit, e);
	case CS_COL_CHANNEL: return look_up(c, col, text, &row->channel, &unused_unit, e);
	case CS_COL_CATEGORY: return look_up(c, col, text, &row->category, &unused_unit, e);
	case CS_COL_PRIORITY: return look_up(c, col, text, &row->priority, &unused_unit, e);
	case CS_COL_UNIT: return look_up(c, col, text, &unused_id, &row->place, e);
	case CS_COL_SUBJECT: row->subject = text; return 0;
	case CS_COL_BODY: row->body = text; return 0;
	case CS_COL_CUSTOMER: row->customer = text; return 0;
	case CS_COL_CUSTOMER_KEY: row->customer_key = text; return 0;
	case CS_COL_PHONE: row->phone = text; return 0;
	case CS_COL_PREMISES: row->premises = text; return 0;
	case CS_COL_CAPACITY: return look_up(c, col, text, &row->capacity, &unused_unit, e);
	case CS_COL_FOR: row->of = text; return 0;
	case CS_COL_FOR_PHONE: row->of_phone = text; return 0;
	case CS_COL_STATE: row->state = text; return 0;
	case CS_COL_RESULT: row->result = text; return 0;
	case CS_COL_OPENED_AT: return read_time(c, text, &row->opened_at, e);
	case CS_COL_DUE_AT: return read_time(c, text, &row->due_at, e);
	case CS_COL_CLOSED_AT: return read_time(c, text, &row->closed_at, e);
	case CS_COL_SCORE: return read_score(text, &row->score, e);
	case CS_COL_COUNT: break;
	}
	return cs_fail(e, CS_INTERNAL, "no such column");
}

/* The arrays of the row were made by cs_cells_room with room for every column; they are const for
   everybody else. */
static void put_given(const struct cs_given *list, size_t *count, const char *name,
		      const char *text)
{
	struct cs_given *to = (struct cs_given *)(uintptr_t)list;

	to[(*count)++] = (struct cs_given){name, text};
}

static int put_step(struct cs_cells *c, const struct cs_intake_column *col, const char *text,
		    struct cs_intake *row, struct cs_err *e)
{
	struct cs_intake_step *to = (struct cs_intake_step *)(uintptr_t)row->step;

	to[row->step_count].step = col->target.id;
	return read_time(c, text, &to[row->step_count++].at, e);
}

int cs_cell_put(struct cs_cells *c, const struct cs_intake_column *col, const char *text,
		struct cs_arena *a, struct cs_intake *row, struct cs_err *e)
{
	const bool codes = col->target.what == CS_INTAKE_STANDARD &&
			   (cs_intake_column_section(col->target.standard) ||
			    col->target.standard == CS_COL_UNIT);
	char *own;
	int rc = 0;

	if (col->target.what == CS_INTAKE_IGNORE)
		return 0;
	own = cs_arena_strdup(a, text);
	cs_utf8_trim(own);
	if (!*own) {
		row->no_due = row->no_due || col->no_due;
		return 0;
	}
	text = own;
	if (col->values && !codes)
		text = cs_map_value(col->values, own);
	switch (col->target.what) {
	case CS_INTAKE_STANDARD: rc = put_standard(c, col, text, row, e); break;
	case CS_INTAKE_FIELD:
		put_given(row->req.set, &row->req.set_count, col->target.id, text);
		break;
	case CS_INTAKE_STEP: rc = put_step(c, col, text, row, e); break;
	case CS_INTAKE_KEEP: put_given(row->keep, &row->keep_count, col->target.id, text); break;
	case CS_INTAKE_IGNORE: break;
	}
	if (rc < 0)
		return cs_fail_in(e, "%s%s", col->heading ? col->heading : col->target.id,
				  !col->heading && col->target.what == CS_INTAKE_STEP ? "_at" : "");
	return 0;
}
