/* Reading rows: the header bound to columns, cells turned into values. */
#include "text/intake_read.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "text/csv.h"
#include "text/heading.h"
#include "text/intake_cell.h"
#include "text/intake_columns.h"
#include "text/lines.h"

enum { JSON_COLUMNS_MAX = 512 };

struct cs_intake_reader {
	struct cs_session *s;
	const struct cs_map *map;
	bool keep_raw;
	struct cs_csv *csv;
	struct cs_lines *lines;
	struct cs_arena life;
	struct cs_intake_column *column; /* of the file, in its order */
	size_t count, size;
	struct cs_intake_column *constant;
	size_t constant_count;
	struct cs_cells *cells;
	char *header;
	bool has_key;
	size_t cells_a_row; /* of the header */
	struct cs_given *heading; /* what its columns are called in messages */
	size_t heading_count;
};

/* --- the header ------------------------------------------------------------------------------- */

static int unusable(struct cs_err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static int unusable(struct cs_err *e, const char *fmt, ...)
{
	char text[700];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	return cs_fail(e, CS_BADDATA, "header: %s", text);
}

static bool is_ascii(const char *s)
{
	while (*s && (unsigned char)*s < 0x80)
		s++;
	return !*s;
}

static const struct cs_map_values *values_of(const struct cs_map *m,
					     const struct cs_intake_target *t)
{
	if (!m)
		return NULL;
	if (t->what == CS_INTAKE_STANDARD && t->standard == CS_COL_STATE)
		return m->states.column ? &m->states : NULL;
	for (size_t i = 0; i < m->value_count; i++)
		if (t->id && strcmp(m->values[i].column, t->id) == 0)
			return &m->values[i];
	return NULL;
}

static void bind(struct cs_intake_reader *r, size_t cell, const char *heading, const struct cs_intake_target *t)
{
	struct cs_intake_column *c;

	r->column = cs_arena_grow(&r->life, r->column, r->count, &r->size, sizeof *r->column);
	c = &r->column[r->count++];
	*c = (struct cs_intake_column){
		.cell = cell, .number = r->count, .target = *t, .values = values_of(r->map, t), .heading = heading};
	c->no_due = r->map && r->map->has_columns && t->what == CS_INTAKE_STANDARD &&
		    t->standard == CS_COL_DUE_AT;
	if (t->what == CS_INTAKE_STANDARD && t->standard == CS_COL_SOURCE_KEY)
		r->has_key = true;
}

static bool same_target(const struct cs_intake_target *a, const struct cs_intake_target *b)
{
	if (a->what != b->what)
		return false;
	return a->what == CS_INTAKE_STANDARD ? a->standard == b->standard
					     : strcmp(a->id, b->id) == 0;
}

static bool is_bound(const struct cs_intake_reader *r, const struct cs_intake_target *t)
{
	for (size_t i = 0; i < r->count; i++)
		if (same_target(&r->column[i].target, t))
			return true;
	return false;
}

static int bind_standard(struct cs_intake_reader *r, const struct cs_ids *heads, struct cs_err *e)
{
	struct cs_intake_target t;
	size_t known = 0;

	for (size_t i = 0; i < heads->count; i++)
		known += cs_intake_heading(r->s->policy, heads->id[i], &t);
	for (size_t i = 0; i < heads->count; i++) {
		struct cs_near near = {.wanted = heads->id[i]};
		char shown[CS_ERR_SHOWN];

		if (!*heads->id[i])
			return unusable(e, "column %zu has no heading", i + 1);
		if (r->map && cs_ids_has(&r->map->keep, heads->id[i])) {
			t = (struct cs_intake_target){CS_INTAKE_KEEP, CS_COL_COUNT, heads->id[i]};
		} else if (!cs_intake_heading(r->s->policy, heads->id[i], &t)) {
			cs_intake_heading_near(r->s->policy, &near);
			if (near.best)
				return unusable(e, "there is no column '%s'; did you mean '%s'?",
						cs_err_show(heads->id[i], shown), near.best);
			return unusable(e, "there is no column '%s' (there are %s and the kinds' fields)%s",
					cs_err_show(heads->id[i], shown),
					cs_intake_column_names(!is_ascii(heads->id[i]), &r->life),
					known ? "" : cs_heading_hint(heads->id[0], heads->count));
		}
		if (t.what != CS_INTAKE_IGNORE && is_bound(r, &t))
			return unusable(e, "column %zu is '%s' once more", i + 1,
					cs_err_show(heads->id[i], shown));
		bind(r, i, heads->id[i], &t);
	}
	return 0;
}

static int find_heading(const struct cs_ids *heads, const char *heading, size_t *at,
			struct cs_err *e)
{
	size_t n = 0;
	char shown[CS_ERR_SHOWN];

	for (size_t i = heads->count; i-- > 0;)
		if (strcmp(heads->id[i], heading) == 0) {
			*at = i;
			n++;
		}
	if (n == 1)
		return 0;
	return unusable(e, "%s heading '%s'%s", n ? "more than one" : "no",
			cs_err_show(heading, shown),
			n ? "" : ", which the map names; is the encoding right?");
}

static int bind_mapped(struct cs_intake_reader *r, const struct cs_ids *heads, struct cs_err *e)
{
	const struct cs_map *m = r->map;
	struct cs_intake_target t;
	size_t at = 0;

	for (size_t i = 0; i < m->columns.count; i++) {
		if (find_heading(heads, m->columns.pair[i].text, &at, e) < 0)
			return -1;
		if (!cs_intake_heading(r->s->policy, m->columns.pair[i].name, &t))
			return unusable(e, "no column '%s'", m->columns.pair[i].name);
		bind(r, at, heads->id[at], &t);
	}
	for (size_t i = 0; i < m->keep.count; i++) {
		if (find_heading(heads, m->keep.id[i], &at, e) < 0)
			return -1;
		t = (struct cs_intake_target){CS_INTAKE_KEEP, CS_COL_COUNT, m->keep.id[i]};
		bind(r, at, heads->id[at], &t);
	}
	return 0;
}

static int bind_constants(struct cs_intake_reader *r, struct cs_err *e)
{
	const struct cs_map *m = r->map;

	if (!m || !m->constants.count)
		return 0;
	r->constant = cs_arena_alloc(&r->life, m->constants.count * sizeof *r->constant);
	for (size_t i = 0; i < m->constants.count; i++) {
		struct cs_intake_column *c = &r->constant[i];

		c->number = JSON_COLUMNS_MAX + r->count + i + 1;
		if (!cs_intake_heading(r->s->policy, m->constants.pair[i].name, &c->target))
			return unusable(e, "no column '%s'", m->constants.pair[i].name);
		if (is_bound(r, &c->target))
			return unusable(e, "'%s' is a constant of the map and a column of the file",
					m->constants.pair[i].name);
		c->constant = m->constants.pair[i].text;
	}
	r->constant_count = m->constants.count;
	return 0;
}

static int read_header(struct cs_intake_reader *r, struct cs_err *e)
{
	struct cs_csv_row row;
	struct cs_ids heads = {0};
	int rc = cs_csv_next(r->csv, &row, e);

	if (rc < 0)
		return -1;
	if (rc == 0)
		return unusable(e, "the file is empty");
	if (row.bad)
		return unusable(e, "%s", row.bad);
	if (row.cut)
		return unusable(e, "the file ends in it");
	heads.id = cs_arena_alloc(&r->life, (row.count + 1) * sizeof *heads.id);
	for (size_t i = 0; i < row.count; i++) {
		char *head = cs_arena_strdup(&r->life, row.field[i]);

		cs_utf8_trim(head);
		heads.id[heads.count++] = head;
	}
	r->header = cs_arena_strndup(&r->life, row.raw, row.raw_len);
	r->cells_a_row = heads.count;
	return r->map && r->map->has_columns ? bind_mapped(r, &heads, e)
					     : bind_standard(r, &heads, e);
}

/* Columns go by their headings; those that a file with Chinese headings does not have, by their Chinese names. */
static void name_columns(struct cs_intake_reader *r)
{
	const struct cs_policy *p = r->s->policy;
	const struct cs_label *label;
	size_t fields = 0, labels = 0;
	bool chinese = false;

	for (size_t i = 0; i < p->kind_count; i++)
		fields += p->kind[i].field_count;
	r->heading = cs_arena_alloc(&r->life, (r->count + CS_COL_COUNT + fields) * sizeof *r->heading);
	for (size_t i = 0; i < r->count; i++) {
		if (r->column[i].target.what == CS_INTAKE_STANDARD || r->column[i].target.what == CS_INTAKE_FIELD)
			r->heading[r->heading_count++] =
				(struct cs_given){r->column[i].target.id, r->column[i].heading};
		chinese = chinese || (r->column[i].heading && !is_ascii(r->column[i].heading));
	}
	for (size_t i = 0; chinese && i < CS_COL_COUNT; i++)
		r->heading[r->heading_count++] =
			(struct cs_given){cs_intake_column_name((enum cs_intake_standard)i, false),
					  cs_intake_column_name((enum cs_intake_standard)i, true)};
	label = chinese ? cs_policy_labels(p, &labels) : NULL;
	for (size_t i = 0; i < labels && fields > 0; i++)
		if (strncmp(label[i].path, "fields/", 7) == 0 && !is_ascii(label[i].text)) {
			r->heading[r->heading_count++] = (struct cs_given){label[i].path + 7, label[i].text};
			fields--;
		}
}

static int need_column(const struct cs_intake_reader *r, enum cs_intake_standard c,
		       struct cs_err *e)
{
	const struct cs_intake_target t = {CS_INTAKE_STANDARD, c, NULL};

	for (size_t i = 0; i < r->constant_count; i++)
		if (same_target(&r->constant[i].target, &t))
			return 0;
	if (r->lines || is_bound(r, &t))
		return 0;
	return unusable(e, "column '%s' is missing%s", cs_intake_column_name(c, false),
			r->map ? ", and no constant of the map either" : "");
}

int cs_intake_reader_open(int fd, const struct cs_intake_form *form, struct cs_session *s,
			  struct cs_intake_reader **out, struct cs_err *e)
{
	struct cs_intake_reader *r = cs_alloc(sizeof *r);
	const struct cs_map *m = form->map;
	const char *encoding = form->encoding ? form->encoding : m ? m->encoding : NULL;
	int rc = 0;

	*out = NULL;
	r->s = s;
	r->map = m;
	r->keep_raw = form->raw;
	r->cells =
		cs_cells_open(s, m && m->zone ? m->zone : cs_session_zone(s), m ? &m->times : NULL);
	if (form->jsonl)
		r->lines = cs_lines_open(fd, NULL, 0);
	else
		rc = cs_csv_open(fd, encoding, m ? m->delimiter : ',', &r->csv, e) < 0
			     ? -1
			     : read_header(r, e);
	if (rc == 0)
		rc = bind_constants(r, e);
	if (rc == 0)
		rc = need_column(r, CS_COL_KIND, e) < 0 ||
				     (form->history && need_column(r, CS_COL_OPENED_AT, e) < 0)
			     ? -1
			     : 0;
	if (rc < 0) {
		cs_intake_reader_free(r);
		return -1;
	}
	if (r->csv && s->policy)
		name_columns(r);
	*out = r;
	return 0;
}

void cs_intake_reader_free(struct cs_intake_reader *r)
{
	if (!r)
		return;
	cs_csv_free(r->csv);
	cs_lines_free(r->lines);
	cs_cells_free(r->cells);
	cs_arena_free(&r->life);
	free(r);
}

/* --- rows ------------------------------------------------------------------------------------- */

static int put_constants(struct cs_intake_reader *r, struct cs_arena *a, struct cs_intake *row,
			 struct cs_err *e)
{
	for (size_t i = 0; i < r->constant_count; i++)
		if (cs_cell_put(r->cells, &r->constant[i], r->constant[i].constant, a, row, e) < 0)
			return -1;
	return 0;
}

static void start_row(struct cs_arena *a, size_t columns, struct cs_intake_line *out)
{
	out->row = (struct cs_intake){.place = CS_NULL,
				      .accepting = CS_NULL,
				      .opened_at = CS_TIME_NONE,
				      .due_at = CS_TIME_NONE,
				      .closed_at = CS_TIME_NONE,
				      .score = CS_NULL};
	cs_cells_room(&out->row, columns, a);
}

static void set_bad(struct cs_intake_line *out, struct cs_arena *a, const char *why)
{
	out->bad = cs_arena_strdup(a, why);
}

static int next_csv(struct cs_intake_reader *r, struct cs_arena *a, struct cs_intake_line *out,
		    struct cs_err *e)
{
	struct cs_csv_row row;
	struct cs_err why = {0};
	int rc = cs_csv_next(r->csv, &row, e);

	if (rc != 1)
		return rc;
	*out = (struct cs_intake_line){.line = row.line, .byte = row.byte};
	if (r->keep_raw) {
		out->raw = cs_arena_strndup(a, row.raw, row.raw_len);
		out->raw_len = row.raw_len;
	}
	out->broken = row.bad != NULL || row.cut;
	if (row.bad)
		set_bad(out, a, row.bad);
	else if (row.cut)
		set_bad(out, a, "the file ends here without a newline; was it cut?");
	else if (row.count != r->cells_a_row)
		set_bad(out, a,
			cs_arena_printf(a, "%zu cells, the header has %zu", row.count,
					r->cells_a_row));
	if (out->bad)
		return 1;
	start_row(a, r->count + r->constant_count, out);
	out->row.req.heading = r->heading;
	out->row.req.heading_count = r->heading_count;
	for (size_t i = 0; i < r->count; i++)
		if (cs_cell_put(r->cells, &r->column[i], row.field[r->column[i].cell], a, &out->row,
				&why) < 0)
			break;
	if (!*why.text)
		put_constants(r, a, &out->row, &why);
	if (*why.text)
		set_bad(out, a, why.text);
	return 1;
}

/* The column of a JSON key; they mostly come in the same order. */
static struct cs_intake_column *json_column(struct cs_intake_reader *r, const char *key,
					    size_t guess, struct cs_err *e)
{
	struct cs_intake_target t;
	struct cs_near near = {.wanted = key};
	char shown[CS_ERR_SHOWN];

	if (guess < r->count && strcmp(r->column[guess].key, key) == 0)
		return &r->column[guess];
	for (size_t i = 0; i < r->count; i++)
		if (strcmp(r->column[i].key, key) == 0)
			return &r->column[i];
	if (r->count < JSON_COLUMNS_MAX && cs_intake_heading(r->s->policy, key, &t)) {
		bind(r, r->count, NULL, &t);
		r->column[r->count - 1].key = cs_arena_strdup(&r->life, key);
		return &r->column[r->count - 1];
	}
	cs_intake_heading_near(r->s->policy, &near);
	cs_fail(e, CS_REFUSED, "there is no column '%s'%s%s%s", cs_err_show(key, shown),
		near.best ? "; did you mean '" : "", near.best ? near.best : "",
		near.best ? "'?" : "");
	return NULL;
}

static const char *json_text(const struct cs_json_node *n, struct cs_arena *a)
{
	struct cs_buf b = {0};
	const char *text;

	switch (cs_json_type(n)) {
	case CS_JSON_STRING: return cs_json_text(n);
	case CS_JSON_NULL: return "";
	case CS_JSON_BOOL:
	case CS_JSON_NUMBER:
		cs_json_write(n, &b);
		text = cs_arena_strdup(a, cs_buf_str(&b));
		cs_buf_free(&b);
		return text;
	default: return NULL;
	}
}

static int read_object(struct cs_intake_reader *r, const struct cs_json_node *root,
		       struct cs_arena *a, struct cs_intake_line *out, struct cs_err *e)
{
	const struct cs_json_node *m;
	bool seen[JSON_COLUMNS_MAX] = {false};
	size_t at = 0;

	if (cs_json_type(root) != CS_JSON_OBJECT)
		return cs_fail(e, CS_REFUSED, "%s, wanted: an object",
			       cs_json_type_name(cs_json_type(root)));
	start_row(a, cs_json_count(root), out);
	for (m = cs_json_first(root); m; m = cs_json_next(m)) {
		struct cs_intake_column *c = json_column(r, cs_json_key(m), at++, e);
		const char *text = json_text(m, a);
		char shown[CS_ERR_SHOWN];

		if (!c)
			return -1;
		for (size_t i = 0; i < r->count; i++)
			if (seen[i] && same_target(&r->column[i].target, &c->target))
				return cs_fail(e, CS_REFUSED, "'%s' stands there twice",
					       cs_err_show(cs_json_key(m), shown));
		seen[c - r->column] = true;
		if (!text)
			return cs_fail(e, CS_REFUSED, "%s: a list or object, wanted: one value",
				       cs_err_show(cs_json_key(m), shown));
		if (strlen(text) > CS_CSV_FIELD_MAX)
			return cs_fail(e, CS_REFUSED, "%s: more than 1 MiB",
				       cs_err_show(cs_json_key(m), shown));
		if (cs_cell_put(r->cells, c, text, a, &out->row, e) < 0)
			return -1;
	}
	return 0;
}

static bool is_blank(const struct cs_line *l)
{
	size_t i = 0;

	while (i < l->len && (l->text[i] == ' ' || l->text[i] == '\t'))
		i++;
	return i == l->len;
}

static int next_json(struct cs_intake_reader *r, struct cs_arena *a, struct cs_intake_line *out,
		     struct cs_err *e)
{
	struct cs_json *doc = NULL;
	struct cs_err why = {0};
	struct cs_line l;
	int rc;

	do {
		rc = cs_lines_next(r->lines, &l, e);
		if (rc != 1)
			return rc;
	} while (is_blank(&l) && !l.cut);
	if (is_blank(&l))
		return 0;
	*out = (struct cs_intake_line){.line = l.number, .byte = l.byte, .broken = true};
	if (r->keep_raw) {
		out->raw = cs_arena_strndup(a, l.text, l.len);
		out->raw_len = l.len;
	}
	if (l.too_long)
		set_bad(out, a, "a line of more than 8 MiB");
	else if (l.cut)
		set_bad(out, a, "the file ends here without a newline; was it cut?");
	else if (cs_json_parse(l.text, l.len, &doc, &why) < 0)
		set_bad(out, a,
			strncmp(why.text, "1:", 2) == 0
				? cs_arena_printf(a, "column %s", why.text + 2)
				: why.text);
	else if (read_object(r, cs_json_root(doc), a, out, &why) < 0)
		set_bad(out, a, why.text);
	cs_json_free(doc);
	return 1;
}

int cs_intake_reader_next(struct cs_intake_reader *r, struct cs_arena *a,
			  struct cs_intake_line *out, struct cs_err *e)
{
	return r->csv ? next_csv(r, a, out, e) : next_json(r, a, out, e);
}

const char *cs_intake_reader_header(const struct cs_intake_reader *r)
{
	return r->header;
}

char cs_intake_reader_delimiter(const struct cs_intake_reader *r)
{
	return r->map ? r->map->delimiter : ',';
}

bool cs_intake_reader_has_key(const struct cs_intake_reader *r)
{
	return r->has_key || r->lines;
}

void cs_intake_reader_doubts(const struct cs_intake_reader *r, uint64_t *twice, uint64_t *skipped)
{
	cs_cells_doubts(r->cells, twice, skipped);
}
