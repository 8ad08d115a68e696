/* The ticket whole in memory. */
#include "domain/image.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "store/ref.h"

void cs_image_init(struct cs_image *im, struct cs_arena *a)
{
	memset(im, 0, sizeof *im);
	im->arena = a;
	cs_table_blank(&cs_ticket_table, &im->t);
}

/* Members of a JSON object of numbers and texts; damaged JSON counts as empty (cs-check reports it). */
static void read_object(struct cs_image *im, const char *text, bool is_text)
{
	struct cs_json *doc = NULL;
	const struct cs_json_node *m;

	if (!text || cs_json_parse(text, strlen(text), &doc, NULL) < 0)
		return;
	for (m = cs_json_first(cs_json_root(doc)); m; m = cs_json_next(m)) {
		struct cs_value v = {0};

		if (cs_json_text(m))
			v = (struct cs_value){CS_V_TEXT, 0, cs_arena_strdup(im->arena, cs_json_text(m))};
		else if (cs_json_int(m, &v.i) == 0)
			v.type = CS_V_INT;
		cs_image_set_own(im, cs_arena_strdup(im->arena, cs_json_key(m)), &v, is_text);
	}
	cs_json_free(doc);
}

int cs_image_load(struct cs_image *im, struct cs_db *db, int64_t ticket, struct cs_err *e)
{
	int rc = cs_table_find(db, &cs_ticket_table, ticket, im->arena, &im->t, e);

	if (rc != 1)
		return rc;
	for (size_t p = CS_P_TICKET + 1; p < CS_P_COUNT; p++) {
		void *rows;
		size_t n;

		if (cs_table_load(db, cs_tables[p], ticket, im->arena, &rows, &n, e) < 0)
			return -1;
		im->part[p].row = rows;
		im->part[p].count = im->part[p].size = n;
		im->part[p].dirty = cs_arena_alloc(im->arena, n + 1);
	}
	read_object(im, im->t.fields, false);
	read_object(im, im->t.texts, true);
	im->exists = true;
	im->dirty = false;
	return 1;
}

int cs_image_get(struct cs_image *im, struct cs_db *db, int64_t ticket, struct cs_arena *a, struct cs_err *e)
{
	char ref[CS_REF_SIZE];
	int rc;

	cs_image_init(im, a);
	rc = cs_image_load(im, db, ticket, e);
	if (rc == 0)
		cs_fail(e, CS_NOTFOUND, "no such ticket: %s", cs_ref_text(ticket, ref));
	return rc == 1 ? 0 : -1;
}

static const char *write_object(struct cs_image *im, bool is_text)
{
	struct cs_buf b = {0};
	const char *text = NULL;

	for (size_t i = 0; i < im->own_count; i++) {
		const struct cs_own *o = &im->own[i];

		if (o->is_text != is_text || o->value.type == CS_V_NONE)
			continue;
		cs_buf_putc(&b, b.len ? ',' : '{');
		cs_buf_json(&b, o->id);
		cs_buf_putc(&b, ':');
		if (o->value.type == CS_V_INT)
			cs_buf_int(&b, o->value.i);
		else
			cs_buf_json(&b, o->value.s);
	}
	if (b.len) {
		cs_buf_putc(&b, '}');
		text = cs_arena_strndup(im->arena, b.data, b.len);
	}
	cs_buf_free(&b);
	return text;
}

static const struct cs_table *sort_table;
static int by_key(const void *a, const void *b)
{
	return cs_row_order(sort_table, a, b);
}

void cs_image_settle(struct cs_image *im)
{
	im->t.fields = write_object(im, false);
	im->t.texts = write_object(im, true);
	for (size_t p = CS_P_TICKET + 1; p < CS_P_COUNT; p++)
		if (im->part[p].count > 1) {
			sort_table = cs_tables[p];
			qsort(im->part[p].row, im->part[p].count, cs_tables[p]->row_size, by_key);
		}
}

int cs_image_save(struct cs_image *im, struct cs_db *db, struct cs_err *e)
{
	int (*save_row)(struct cs_db *, const struct cs_table *, const void *, struct cs_err *) =
		im->exists ? cs_table_save : cs_table_add;

	if (!im->dirty)
		return 0;
	im->t.fields = write_object(im, false);
	im->t.texts = write_object(im, true);
	if (save_row(db, &cs_ticket_table, &im->t, e) < 0)
		return -1;
	for (size_t p = CS_P_TICKET + 1; p < CS_P_COUNT; p++)
		for (size_t i = 0; i < im->part[p].count; i++) {
			if (!im->part[p].dirty[i])
				continue;
			if (save_row(db, cs_tables[p], im->part[p].row + i * cs_tables[p]->row_size, e) < 0)
				return -1;
			im->part[p].dirty[i] = 0;
		}
	im->exists = true;
	im->dirty = false;
	return 0;
}

void cs_image_copy(struct cs_image *to, const struct cs_image *from)
{
	*to = *from;
	for (size_t p = CS_P_TICKET + 1; p < CS_P_COUNT; p++) {
		size_t n = from->part[p].count;

		to->part[p].size = n;
		to->part[p].row = cs_arena_alloc(from->arena, n * cs_tables[p]->row_size);
		to->part[p].dirty = cs_arena_alloc(from->arena, n + 1);
		if (n)
			memcpy(to->part[p].row, from->part[p].row, n * cs_tables[p]->row_size);
	}
	to->own_size = from->own_count;
	to->own = cs_arena_alloc(from->arena, from->own_count * sizeof *to->own);
	if (from->own_count)
		memcpy(to->own, from->own, from->own_count * sizeof *to->own);
}

void *cs_image_at(const struct cs_image *im, enum cs_part_id part, size_t i)
{
	return im->part[part].row + i * cs_tables[part]->row_size;
}

void *cs_image_add(struct cs_image *im, enum cs_part_id part)
{
	struct cs_part *p = &im->part[part];
	size_t old = p->size;
	unsigned char *dirty;
	void *row;

	p->row = cs_arena_grow(im->arena, p->row, p->count, &p->size, cs_tables[part]->row_size);
	if (p->size != old) {
		dirty = cs_arena_alloc(im->arena, p->size);
		if (p->count)
			memcpy(dirty, p->dirty, p->count);
		p->dirty = dirty;
	}
	row = p->row + p->count * cs_tables[part]->row_size;
	cs_table_blank(cs_tables[part], row);
	p->dirty[p->count++] = 1;
	im->dirty = true;
	return row;
}

void cs_image_touch(struct cs_image *im, enum cs_part_id part, const void *row)
{
	size_t at = (size_t)((const char *)row - im->part[part].row) / cs_tables[part]->row_size;

	im->part[part].dirty[at] = 1;
	im->dirty = true;
}

const struct cs_value *cs_image_own(const struct cs_image *im, const char *field)
{
	for (size_t i = 0; i < im->own_count; i++)
		if (strcmp(im->own[i].id, field) == 0)
			return im->own[i].value.type == CS_V_NONE ? NULL : &im->own[i].value;
	return NULL;
}

void cs_image_set_own(struct cs_image *im, const char *field, const struct cs_value *v, bool is_text)
{
	size_t at = 0;

	while (at < im->own_count && strcmp(im->own[at].id, field) < 0)
		at++;
	if (at == im->own_count || strcmp(im->own[at].id, field) != 0) {
		im->own = cs_arena_grow(im->arena, im->own, im->own_count, &im->own_size, sizeof *im->own);
		memmove(im->own + at + 1, im->own + at, (im->own_count - at) * sizeof *im->own);
		im->own_count++;
	}
	im->own[at] = (struct cs_own){field, *v, is_text};
	im->dirty = true;
}

static struct cs_value cell_in(struct cs_arena *a, const char *text, const char *field)
{
	struct cs_json *doc = NULL;
	const struct cs_json_node *m;
	struct cs_value v = {0};

	if (!text || cs_json_parse(text, strlen(text), &doc, NULL) < 0)
		return v;
	m = cs_json_get(cs_json_root(doc), field);
	if (cs_json_text(m))
		v = (struct cs_value){CS_V_TEXT, 0, cs_arena_strdup(a, cs_json_text(m))};
	else if (m && cs_json_int(m, &v.i) == 0)
		v.type = CS_V_INT;
	cs_json_free(doc);
	return v;
}

struct cs_value cs_own_value(const char *fields, const char *texts, const char *field, struct cs_arena *a)
{
	struct cs_value v = cell_in(a, fields, field);

	return v.type == CS_V_NONE ? cell_in(a, texts, field) : v;
}

struct cs_value cs_image_cell(const struct cs_image *im, const struct cs_ticket_row_row *row, const char *field)
{
	return cs_own_value(row->fields, row->texts, field, im->arena);
}

/* The object with one member set, members sorted by key as write_object leaves them. */
static const char *with_member(struct cs_image *im, const char *text, const char *field, const struct cs_value *v)
{
	struct cs_image scratch;

	cs_image_init(&scratch, im->arena);
	read_object(&scratch, text, false);
	cs_image_set_own(&scratch, field, v, false);
	return write_object(&scratch, false);
}

void cs_image_set_cell(struct cs_image *im, struct cs_ticket_row_row *row, const char *field, const struct cs_value *v,
		       bool is_text)
{
	if (is_text)
		row->texts = with_member(im, row->texts, field, v);
	else
		row->fields = with_member(im, row->fields, field, v);
	cs_image_touch(im, CS_P_ROW, row);
}

struct cs_ticket_row_row *cs_image_list_row(const struct cs_image *im, const char *list, const char *key)
{
	for (size_t i = 0; i < cs_image_count(im, CS_P_ROW); i++) {
		struct cs_ticket_row_row *r = cs_image_at(im, CS_P_ROW, i);

		if (strcmp(r->list, list) == 0 && strcmp(r->key, key) == 0)
			return r;
	}
	return NULL;
}

struct cs_clock_row *cs_image_clock(const struct cs_image *im, const char *clock)
{
	struct cs_clock_row *last = NULL;

	for (size_t i = 0; i < cs_image_count(im, CS_P_CLOCK); i++) {
		struct cs_clock_row *c = cs_image_at(im, CS_P_CLOCK, i);

		if (c->cycle == im->t.cycle && c->annulled != 1 && strcmp(c->clock, clock) == 0 &&
		    (!last || c->run > last->run))
			last = c;
	}
	return last;
}

struct cs_clock_row *cs_image_run(const struct cs_image *im, const char *clock, int64_t cycle, int64_t run)
{
	for (size_t i = 0; i < cs_image_count(im, CS_P_CLOCK); i++) {
		struct cs_clock_row *c = cs_image_at(im, CS_P_CLOCK, i);

		if (c->cycle == cycle && c->run == run && strcmp(c->clock, clock) == 0)
			return c;
	}
	return NULL;
}

struct cs_callback_row *cs_image_callback(const struct cs_image *im, int64_t seq)
{
	for (size_t i = 0; i < cs_image_count(im, CS_P_CALLBACK); i++) {
		struct cs_callback_row *c = cs_image_at(im, CS_P_CALLBACK, i);

		if (c->seq == seq)
			return c;
	}
	return NULL;
}

int64_t cs_image_next_seq(const struct cs_image *im, enum cs_part_id part)
{
	const struct cs_table *t = cs_tables[part];
	int64_t next = 1;

	for (size_t c = 0; c < t->column_count; c++)
		if (strcmp(t->column[c].name, "seq") == 0)
			for (size_t i = 0; i < im->part[part].count; i++) {
				int64_t seq = cs_row_int(&t->column[c], cs_image_at(im, part, i));

				next = seq >= next ? seq + 1 : next;
			}
	return next;
}

int64_t cs_image_unit(const struct cs_image *im)
{
	return im->t.handling != CS_NULL ? im->t.handling : im->t.accepting;
}

const char *cs_image_called(const struct cs_image *im, int64_t person)
{
	for (size_t i = 0; i < cs_image_count(im, CS_P_PARTY); i++) {
		const struct cs_party_row *p = cs_image_at(im, CS_P_PARTY, i);

		if (p->person != CS_NULL && p->person == person && p->name)
			return p->name;
	}
	return NULL;
}

bool cs_callback_to_make(const struct cs_callback_row *c)
{
	return strcmp(c->state, "open") == 0 || strcmp(c->state, "waiting") == 0;
}

bool cs_image_in_stock(const struct cs_image *im)
{
	return im->t.state_is && (strcmp(im->t.state_is, "open") == 0 || strcmp(im->t.state_is, "waiting") == 0);
}
