/* Tables of figures: filling them, their byte form, and what differs between two. */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "domain/report.h"

enum { FIGURES_VERSION = 1 };

static const char *const figure_words[] = {"key", "text", "count", "seconds", "percent", "hundredths", "written"};
enum { FIGURE_WORDS = sizeof figure_words / sizeof *figure_words };

#define COLUMNS(list) (list), sizeof(list) / sizeof *(list)

static const struct cs_report_column correction_columns[] = {
	{"table", CS_FIGURE_KEY},   {"row", CS_FIGURE_KEY},   {"column", CS_FIGURE_KEY},
	{"stored", CS_FIGURE_TEXT}, {"live", CS_FIGURE_TEXT},
};
const struct cs_report_shape cs_report_corrections = {
	"corrections",
	"figures of a closed report that are others today",
	COLUMNS(correction_columns),
	3,
};

struct cs_report_table *cs_report_add(struct cs_report *r, const struct cs_report_shape *shape)
{
	struct cs_report_table *t = &r->table[r->table_count++];

	*t = (struct cs_report_table){.shape = shape};
	return t;
}

struct cs_value *cs_report_row(struct cs_report *r, struct cs_report_table *t)
{
	size_t n = t->shape->column_count;

	t->cell = cs_arena_grow(&r->arena, t->cell, t->row_count, &t->size, n * sizeof *t->cell);
	memset(&t->cell[t->row_count * n], 0, n * sizeof *t->cell);
	return &t->cell[t->row_count++ * n];
}

struct cs_value *cs_report_keyed(struct cs_report *r, struct cs_report_table *t,
				 const char *const *key)
{
	size_t n = t->shape->column_count, keys = t->shape->key_count;
	struct cs_value *cell;

	for (size_t i = 0; i < t->row_count; i++) {
		size_t k = 0;

		cell = &t->cell[i * n];
		while (k < keys && strcmp(cell[k].s, key[k] ? key[k] : "-") == 0)
			k++;
		if (k == keys)
			return cell;
	}
	cell = cs_report_row(r, t);
	for (size_t k = 0; k < n; k++)
		cell[k] = k < keys ? cs_report_key(cs_arena_strdup(&r->arena, key[k])) : CS_I(0);
	return cell;
}

void cs_report_keep(struct cs_report *r)
{
	for (size_t i = 0; i < r->table_count; i++)
		for (size_t k = 0; k < r->table[i].row_count * r->table[i].shape->column_count; k++)
			if (r->table[i].cell[k].type == CS_V_TEXT)
				r->table[i].cell[k].s =
					cs_arena_strdup(&r->arena, r->table[i].cell[k].s);
}

static _Thread_local size_t sort_keys;

static int by_keys(const void *a, const void *b)
{
	const struct cs_value *x = a, *y = b;
	int order = 0;

	for (size_t i = 0; i < sort_keys && order == 0; i++)
		order = strcmp(x[i].s ? x[i].s : "", y[i].s ? y[i].s : "");
	return order;
}

void cs_report_sort(struct cs_report_table *t, size_t first)
{
	size_t n = t->shape->column_count;

	sort_keys = t->shape->key_count;
	if (t->row_count > first + 1)
		qsort(&t->cell[first * n], t->row_count - first, n * sizeof *t->cell, by_keys);
}

struct cs_value cs_report_percent(int64_t num, int64_t den)
{
	return den > 0 ? CS_I(num * 10000 / den) : (struct cs_value){0};
}

struct cs_value cs_report_key(const char *code)
{
	return CS_S(code ? code : "-");
}

void cs_report_free(struct cs_report *r)
{
	cs_arena_free(&r->arena);
	*r = (struct cs_report){0};
}

/* --- the byte form --------------------------------------------------------------------------- */

static void write_value(const struct cs_value *v, enum cs_figure is, struct cs_buf *out)
{
	if (is == CS_FIGURE_WRITTEN)
		cs_buf_json(out, NULL);
	else if (v->type == CS_V_INT)
		cs_buf_int(out, v->i);
	else
		cs_buf_json(out, v->type == CS_V_TEXT ? v->s : NULL);
}

static void write_table(const struct cs_report_table *t, struct cs_buf *out)
{
	size_t n = t->shape->column_count;

	cs_buf_puts(out, "{\"table\":");
	cs_buf_json(out, t->shape->name);
	cs_buf_puts(out, ",\"about\":");
	cs_buf_json(out, t->shape->about);
	cs_buf_puts(out, ",\"columns\":[");
	for (size_t i = 0; i < n; i++) {
		cs_buf_puts(out, i ? ",[" : "[");
		cs_buf_json(out, t->shape->column[i].name);
		cs_buf_printf(out, ",\"%s\"]", figure_words[t->shape->column[i].is]);
	}
	cs_buf_puts(out, "],\"rows\":[");
	for (size_t i = 0; i < t->row_count * n; i++) {
		cs_buf_puts(out, i % n ? "," : i ? ",[" : "[");
		write_value(&t->cell[i], t->shape->column[i % n].is, out);
		if (i % n == n - 1)
			cs_buf_putc(out, ']');
	}
	cs_buf_puts(out, "]}");
}

void cs_report_write(const struct cs_report *r, struct cs_buf *out)
{
	cs_buf_printf(out, "{\"version\":%d,\"period\":", FIGURES_VERSION);
	cs_buf_json(out, r->period);
	cs_buf_puts(out, ",\"unit\":");
	cs_buf_json(out, r->unit);
	cs_buf_puts(out, ",\"facts\":[");
	for (size_t i = 0; i < r->fact_count; i++) {
		cs_buf_puts(out, i ? ",[" : "[");
		cs_buf_json(out, r->fact[i].name);
		cs_buf_putc(out, ',');
		cs_buf_json(out, r->fact[i].value);
		cs_buf_putc(out, ']');
	}
	cs_buf_puts(out, "],\"tables\":[");
	for (size_t i = 0; i < r->table_count; i++) {
		if (i)
			cs_buf_putc(out, ',');
		write_table(&r->table[i], out);
	}
	cs_buf_puts(out, "]}");
}

static const char *text_in(struct cs_report *r, const struct cs_json_node *n)
{
	return cs_arena_strdup(&r->arena, cs_json_text(n));
}

static int read_columns(struct cs_report *r, const struct cs_json_node *list,
			struct cs_report_shape *shape)
{
	struct cs_report_column *column =
		cs_arena_alloc(&r->arena, (cs_json_count(list) + 1) * sizeof *column);
	const struct cs_json_node *m;

	shape->column = column;
	for (m = cs_json_first(list); m; m = cs_json_next(m), column++) {
		const char *word = cs_json_text(cs_json_next(cs_json_first(m)));
		size_t is = 0;

		column->name = text_in(r, cs_json_first(m));
		while (word && is < FIGURE_WORDS && strcmp(word, figure_words[is]) != 0)
			is++;
		if (!column->name || !word || is == FIGURE_WORDS)
			return -1;
		column->is = (enum cs_figure)is;
		shape->key_count += is == CS_FIGURE_KEY;
		shape->column_count++;
	}
	return shape->column_count && shape->key_count <= CS_REPORT_KEYS ? 0 : -1;
}

static int read_rows(struct cs_report *r, const struct cs_json_node *list,
		     struct cs_report_table *t)
{
	for (const struct cs_json_node *m = cs_json_first(list); m; m = cs_json_next(m)) {
		struct cs_value *cell = cs_report_row(r, t);
		size_t i = 0;

		if (cs_json_count(m) != t->shape->column_count)
			return -1;
		for (const struct cs_json_node *v = cs_json_first(m); v; v = cs_json_next(v), i++) {
			int64_t number;

			if (cs_json_type(v) == CS_JSON_STRING)
				cell[i] = CS_S(text_in(r, v));
			else if (cs_json_int(v, &number) == 0)
				cell[i] = CS_I(number);
			if (i < t->shape->key_count && cell[i].type != CS_V_TEXT)
				return -1;
		}
	}
	return 0;
}

static int read_table(struct cs_report *r, const struct cs_json_node *n)
{
	struct cs_report_shape *shape = cs_arena_alloc(&r->arena, sizeof *shape);

	shape->name = text_in(r, cs_json_get(n, "table"));
	shape->about = text_in(r, cs_json_get(n, "about"));
	if (r->table_count == CS_REPORT_TABLES || !shape->name ||
	    read_columns(r, cs_json_get(n, "columns"), shape) < 0)
		return -1;
	return read_rows(r, cs_json_get(n, "rows"), cs_report_add(r, shape));
}

static int read_all(struct cs_report *r, const struct cs_json_node *root)
{
	const struct cs_json_node *m;

	r->period = text_in(r, cs_json_get(root, "period"));
	r->unit = text_in(r, cs_json_get(root, "unit"));
	for (m = cs_json_first(cs_json_get(root, "facts")); m; m = cs_json_next(m)) {
		struct cs_report_fact *f = &r->fact[r->fact_count];

		if (++r->fact_count > CS_REPORT_FACTS)
			return -1;
		f->name = text_in(r, cs_json_first(m));
		f->value = text_in(r, cs_json_next(cs_json_first(m)));
		if (!f->name || !f->value)
			return -1;
	}
	for (m = cs_json_first(cs_json_get(root, "tables")); m; m = cs_json_next(m))
		if (read_table(r, m) < 0)
			return -1;
	return r->period && r->table_count ? 0 : -1;
}

int cs_report_read(const char *text, struct cs_report *r, struct cs_err *e)
{
	struct cs_json *doc = NULL;
	int64_t version;
	int rc = cs_json_parse(text, strlen(text), &doc, e);

	if (rc < 0)
		return cs_fail(e, CS_IO, "the stored figures cannot be read; run cs-check");
	if (cs_json_int(cs_json_get(cs_json_root(doc), "version"), &version) < 0 ||
	    version != FIGURES_VERSION)
		rc = cs_fail(e, CS_CONFIG,
			     "the stored figures are of a version that this program does not know");
	else if (read_all(r, cs_json_root(doc)) < 0)
		rc = cs_fail(e, CS_IO, "the stored figures are damaged; run cs-check");
	cs_json_free(doc);
	return rc;
}

/* --- what differs ---------------------------------------------------------------------------- */

const char *cs_report_cell_text(struct cs_arena *a, enum cs_figure is, const struct cs_value *v)
{
	if (v->type == CS_V_TEXT)
		return v->s;
	if (v->type == CS_V_NONE)
		return is == CS_FIGURE_TEXT || is == CS_FIGURE_WRITTEN ? "-" : "no data";
	if (is == CS_FIGURE_PERCENT || is == CS_FIGURE_HUNDREDTHS)
		return cs_arena_printf(a, "%s%lld.%02lld", v->i < 0 ? "-" : "", llabs(v->i) / 100, llabs(v->i) % 100);
	return cs_arena_printf(a, "%lld", (long long)v->i);
}

const char *cs_report_row_text(struct cs_arena *a, const struct cs_report_table *t,
			       const struct cs_value *row)
{
	const char *text = row[0].s;

	for (size_t i = 1; i < t->shape->key_count; i++)
		text = cs_arena_printf(a, "%s/%s", text, row[i].s);
	return text;
}

static const struct cs_value *find_row(const struct cs_report_table *t, const struct cs_value *key)
{
	size_t n = t->shape->column_count;

	for (size_t i = 0; i < t->row_count; i++) {
		size_t k = 0;

		while (k < t->shape->key_count && t->cell[i * n + k].s &&
		       strcmp(t->cell[i * n + k].s, key[k].s) == 0)
			k++;
		if (k == t->shape->key_count)
			return &t->cell[i * n];
	}
	return NULL;
}

static const struct cs_report_table *find_table(const struct cs_report *r, const char *name)
{
	for (size_t i = 0; i < r->table_count; i++)
		if (strcmp(r->table[i].shape->name, name) == 0)
			return &r->table[i];
	return NULL;
}

static size_t find_column(const struct cs_report_shape *shape, const char *name)
{
	size_t i = 0;

	while (i < shape->column_count && strcmp(shape->column[i].name, name) != 0)
		i++;
	return i;
}

static bool same_value(const struct cs_value *a, const struct cs_value *b)
{
	return a->type == b->type && (a->type != CS_V_INT || a->i == b->i) &&
	       (a->type != CS_V_TEXT || strcmp(a->s, b->s) == 0);
}

/* One correction for each figure of `row` that `other` does not have so; NULL: there is no such
   row any more. A row that is new counts column by column where it is not zero. */
static void diff_row(struct cs_report *r, const struct cs_report_table *t,
		     const struct cs_value *row, const struct cs_report_table *other_table,
		     const struct cs_value *other, bool row_is_live)
{
	for (size_t i = t->shape->key_count; i < t->shape->column_count; i++) {
		const struct cs_report_column *c = &t->shape->column[i];
		size_t at = other_table ? find_column(other_table->shape, c->name) : 0;
		const struct cs_value *v =
			other && at < other_table->shape->column_count ? &other[at] : NULL;
		struct cs_value *cell;
		const char *mine, *theirs;

		if (c->is == CS_FIGURE_WRITTEN)
			continue;
		if (v ? same_value(&row[i], v)
		      : row[i].type == CS_V_NONE || (row[i].type == CS_V_INT && row[i].i == 0))
			continue;
		mine = cs_report_cell_text(&r->arena, c->is, &row[i]);
		theirs = v ? cs_report_cell_text(&r->arena, c->is, v) : NULL;
		cell = cs_report_row(r, &r->corrections);
		cell[0] = CS_S(t->shape->name);
		cell[1] = CS_S(cs_report_row_text(&r->arena, t, row));
		cell[2] = CS_S(c->name);
		cell[3] = CS_S(row_is_live ? theirs : mine);
		cell[4] = CS_S(row_is_live ? mine : theirs);
	}
}

void cs_report_diff(struct cs_report *r, const struct cs_report *live)
{
	r->corrections = (struct cs_report_table){.shape = &cs_report_corrections};
	for (size_t i = 0; i < r->table_count; i++) {
		const struct cs_report_table *t = &r->table[i],
					     *now = find_table(live, t->shape->name);
		size_t n = t->shape->column_count;

		if (now && now->shape->key_count != t->shape->key_count)
			now = NULL;
		for (size_t k = 0; k < t->row_count; k++)
			diff_row(r, t, &t->cell[k * n], now,
				 now ? find_row(now, &t->cell[k * n]) : NULL, false);
		n = now ? now->shape->column_count : 0;
		for (size_t k = 0; now && k < now->row_count; k++)
			if (!find_row(t, &now->cell[k * n]))
				diff_row(r, now, &now->cell[k * n], NULL, NULL, true);
	}
}
