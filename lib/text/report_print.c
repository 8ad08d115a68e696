/* Printing reports. */
#include "text/report_print.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const char head_name[] = "head";

static const struct cs_column tidy_columns[] = {
	{.name = "report"}, {.name = "period"}, {.name = "unit"},
	{.name = "table"},  {.name = "row"},    {.name = "row2"},
	{.name = "row3"},   {.name = "column"}, {.name = "value"},
};
enum { TIDY_COLUMNS = sizeof tidy_columns / sizeof *tidy_columns, FIRST_KEY = 4 };

int cs_report_style_check(const struct cs_report_def *def, const struct cs_report_style *style,
			  struct cs_err *e)
{
	struct cs_buf names = {0};
	int rc;

	if (style->excel && style->format != CS_FORMAT_CSV)
		return cs_fail(e, CS_USAGE, "--excel is for --format csv");
	if (!style->table || strcmp(style->table, cs_report_corrections.name) == 0)
		return 0;
	for (size_t i = 0; i < def->shape_count; i++) {
		if (strcmp(def->shape[i]->name, style->table) == 0) {
			cs_buf_free(&names);
			return 0;
		}
		cs_buf_printf(&names, " %s", def->shape[i]->name);
	}
	rc = cs_fail(e, CS_USAGE, "report %s has no table '%.60s'; there are:%s corrections",
		     def->name, style->table, cs_buf_str(&names));
	cs_buf_free(&names);
	return rc;
}

/* --- cells ----------------------------------------------------------------------------------- */

static bool no_data(enum cs_figure is, const struct cs_value *v)
{
	return v->type == CS_V_NONE && is != CS_FIGURE_TEXT && is != CS_FIGURE_KEY && is != CS_FIGURE_WRITTEN;
}

/* For other programs: whole seconds, plain numbers. JSON says null where the others say "no
   data". */
static struct cs_cell plain_cell(enum cs_figure is, const struct cs_value *v, bool json)
{
	if (v->type == CS_V_TEXT)
		return cs_cell_text(v->s);
	if (v->type == CS_V_NONE)
		return json || !no_data(is, v) ? cs_cell_null() : cs_cell_text("no data");
	return is == CS_FIGURE_PERCENT || is == CS_FIGURE_HUNDREDTHS ? cs_cell_fixed(v->i, 2)
								     : cs_cell_int(v->i);
}

static const char *span_text(struct cs_arena *a, int64_t seconds)
{
	long long days = (long long)(seconds / 86400);
	int rest = (int)(seconds % 86400);

	if (days)
		return cs_arena_printf(a, "%lldd %02d:%02d:%02d", days, rest / 3600, rest / 60 % 60, rest % 60);
	return cs_arena_printf(a, "%02d:%02d:%02d", rest / 3600, rest / 60 % 60, rest % 60);
}

/* For people. */
static struct cs_cell table_cell(struct cs_arena *a, enum cs_figure is, const struct cs_value *v)
{
	if (v->type == CS_V_NONE)
		return cs_cell_text(no_data(is, v) ? "no data" : "-");
	if (is == CS_FIGURE_SECONDS)
		return cs_cell_text(span_text(a, v->i));
	if (is == CS_FIGURE_PERCENT)
		return cs_cell_text(cs_arena_printf(a, "%s%%", cs_report_cell_text(a, is, v)));
	return plain_cell(is, v, false);
}

/* "response_mean_s" is headed "response mean". */
static const char *title_of(struct cs_arena *a, const struct cs_report_column *c)
{
	size_t n = strlen(c->name);
	char *title;

	if (c->is == CS_FIGURE_SECONDS && n > 2 && strcmp(c->name + n - 2, "_s") == 0)
		n -= 2;
	title = cs_arena_strndup(a, c->name, n);
	for (char *p = title; *p; p++)
		if (*p == '_')
			*p = ' ';
	return title;
}

/* --- one wide table -------------------------------------------------------------------------- */

static int print_wide(const struct cs_report_table *t, enum cs_format format, bool excel,
		      struct cs_buf *to, struct cs_err *e)
{
	const struct cs_report_shape *shape = t->shape;
	struct cs_arena a = {0};
	size_t n = shape->column_count;
	struct cs_column *columns = cs_arena_alloc(&a, n * sizeof *columns);
	struct cs_cell *cells = cs_arena_alloc(&a, n * sizeof *cells);
	bool json = format == CS_FORMAT_JSON || format == CS_FORMAT_JSONL;
	struct cs_out *out;
	int rc;

	for (size_t i = 0; i < n; i++)
		columns[i] = (struct cs_column){.name = shape->column[i].name,
						.title = title_of(&a, &shape->column[i]),
						.right = shape->column[i].is > CS_FIGURE_TEXT &&
							 shape->column[i].is != CS_FIGURE_WRITTEN};
	out = cs_out_open_buf(to, format, columns, n);
	if (excel)
		cs_out_set_excel(out);
	for (size_t k = 0; k < t->row_count; k++) {
		for (size_t i = 0; i < n; i++) {
			const struct cs_value *v = &t->cell[k * n + i];

			cells[i] = format == CS_FORMAT_TABLE
					   ? table_cell(&a, shape->column[i].is, v)
					   : plain_cell(shape->column[i].is, v, json);
		}
		cs_out_row(out, cells);
	}
	rc = cs_out_close(out, e);
	cs_arena_free(&a);
	return rc;
}

/* --- all tables, for people ------------------------------------------------------------------ */

static int print_page(const struct cs_report *r, struct cs_buf *to, struct cs_err *e)
{
	for (size_t i = 0; i < r->fact_count; i++)
		cs_buf_printf(to, "%-12s%s\n", r->fact[i].name, r->fact[i].value);
	for (size_t i = 0; i < r->table_count; i++) {
		cs_buf_printf(to, "\n%s: %s\n", r->table[i].shape->name, r->table[i].shape->about);
		if (print_wide(&r->table[i], CS_FORMAT_TABLE, false, to, e) < 0)
			return -1;
	}
	if (!r->corrections.row_count)
		return 0;
	cs_buf_printf(to, "\n%s: %s\n", r->corrections.shape->name, r->corrections.shape->about);
	return print_wide(&r->corrections, CS_FORMAT_TABLE, false, to, e);
}

/* --- one tidy table -------------------------------------------------------------------------- */

static void tidy_table(struct cs_out *out, struct cs_cell *cells, const struct cs_report_table *t)
{
	const struct cs_report_shape *shape = t->shape;
	size_t n = shape->column_count;

	cells[3] = cs_cell_text(shape->name);
	for (size_t k = 0; k < t->row_count; k++) {
		for (size_t i = 0; i < CS_REPORT_KEYS; i++)
			cells[FIRST_KEY + i] = i < shape->key_count
						       ? cs_cell_text(t->cell[k * n + i].s)
						       : cs_cell_null();
		for (size_t i = shape->key_count; i < n; i++) {
			cells[TIDY_COLUMNS - 2] = cs_cell_text(shape->column[i].name);
			cells[TIDY_COLUMNS - 1] =
				plain_cell(shape->column[i].is, &t->cell[k * n + i], false);
			cs_out_row(out, cells);
		}
	}
}

static int print_tidy(const struct cs_report *r, enum cs_format format, bool excel,
		      struct cs_buf *to, struct cs_err *e)
{
	struct cs_out *out = cs_out_open_buf(to, format, tidy_columns, TIDY_COLUMNS);
	struct cs_cell cells[TIDY_COLUMNS] = {{0}};

	if (excel)
		cs_out_set_excel(out);
	cells[0] = cs_cell_text(r->def->name);
	cells[1] = cs_cell_text(r->period);
	cells[2] = cs_cell_text(r->unit ? r->unit : "*");
	cells[3] = cs_cell_text(head_name);
	for (size_t i = 0; i < r->fact_count; i++) {
		cells[TIDY_COLUMNS - 2] = cs_cell_text(r->fact[i].name);
		cells[TIDY_COLUMNS - 1] = cs_cell_text(r->fact[i].value);
		cs_out_row(out, cells);
	}
	for (size_t i = 0; i < r->table_count; i++)
		tidy_table(out, cells, &r->table[i]);
	if (r->corrections.row_count)
		tidy_table(out, cells, &r->corrections);
	return cs_out_close(out, e);
}

/* --- JSON ------------------------------------------------------------------------------------ */

static void json_value(const struct cs_value *v, enum cs_figure is, struct cs_arena *a,
		       struct cs_buf *to)
{
	if (v->type == CS_V_INT)
		cs_buf_puts(to, cs_report_cell_text(a, is, v));
	else
		cs_buf_json(to, v->type == CS_V_TEXT ? v->s : NULL);
}

/* The members of one row's object, without its braces. */
static void json_row(const struct cs_report_table *t, size_t row, struct cs_arena *a,
		     struct cs_buf *to)
{
	for (size_t i = 0; i < t->shape->column_count; i++) {
		if (i)
			cs_buf_putc(to, ',');
		cs_buf_json(to, t->shape->column[i].name);
		cs_buf_putc(to, ':');
		json_value(&t->cell[row * t->shape->column_count + i], t->shape->column[i].is, a,
			   to);
	}
}

static void json_facts(const struct cs_report *r, struct cs_buf *to)
{
	for (size_t i = 0; i < r->fact_count; i++) {
		if (i)
			cs_buf_putc(to, ',');
		cs_buf_json(to, r->fact[i].name);
		cs_buf_putc(to, ':');
		cs_buf_json(to, r->fact[i].value);
	}
}

static void json_table(const struct cs_report_table *t, struct cs_arena *a, struct cs_buf *to)
{
	cs_buf_putc(to, '[');
	for (size_t k = 0; k < t->row_count; k++) {
		cs_buf_puts(to, k ? ",\n{" : "\n{");
		json_row(t, k, a, to);
		cs_buf_putc(to, '}');
	}
	cs_buf_puts(to, "]");
}

static void print_json(const struct cs_report *r, struct cs_buf *to)
{
	struct cs_arena a = {0};

	cs_buf_puts(to, "{\"head\":{");
	json_facts(r, to);
	cs_buf_puts(to, "},\n\"tables\":{");
	for (size_t i = 0; i < r->table_count; i++) {
		cs_buf_puts(to, i ? ",\n" : "\n");
		cs_buf_json(to, r->table[i].shape->name);
		cs_buf_putc(to, ':');
		json_table(&r->table[i], &a, to);
	}
	cs_buf_puts(to, "},\n\"corrections\":");
	json_table(&r->corrections, &a, to);
	cs_buf_puts(to, "}\n");
	cs_arena_free(&a);
}

static void jsonl_table(const struct cs_report_table *t, struct cs_arena *a, struct cs_buf *to)
{
	bool own = t->shape == &cs_report_corrections; /* which has a column "table" already */

	for (size_t k = 0; k < t->row_count; k++) {
		cs_buf_puts(to, own ? "{\"corrections\":{" : "{\"table\":");
		if (!own) {
			cs_buf_json(to, t->shape->name);
			cs_buf_putc(to, ',');
		}
		json_row(t, k, a, to);
		cs_buf_puts(to, own ? "}}\n" : "}\n");
	}
}

static void print_jsonl(const struct cs_report *r, struct cs_buf *to)
{
	struct cs_arena a = {0};

	cs_buf_puts(to, "{\"table\":\"head\",");
	json_facts(r, to);
	cs_buf_puts(to, "}\n");
	for (size_t i = 0; i < r->table_count; i++)
		jsonl_table(&r->table[i], &a, to);
	if (r->corrections.row_count)
		jsonl_table(&r->corrections, &a, to);
	cs_arena_free(&a);
}

/* --- the choice ------------------------------------------------------------------------------ */

/* The table asked for; corrections are empty where there are none. */
static struct cs_report_table chosen(const struct cs_report *r, const char *name)
{
	struct cs_report_table none = {.shape = &cs_report_corrections};

	for (size_t i = 0; name && i < r->table_count; i++)
		if (strcmp(r->table[i].shape->name, name) == 0)
			return r->table[i];
	return r->corrections.shape ? r->corrections : none;
}

/* The table that is printed alone, by choice or because text about tickets begins with the
   reference. */
static const char *alone(const struct cs_report *r, const struct cs_report_style *style)
{
	if (!style->table && r->def->tickets && style->format == CS_FORMAT_TEXT)
		return r->table[0].shape->name;
	return style->table;
}

bool cs_report_has_head(const struct cs_report *r, const struct cs_report_style *style, char **line)
{
	struct cs_buf text = {0};

	*line = NULL;
	if (!alone(r, style))
		return true;
	for (size_t i = 0; i < r->fact_count; i++)
		cs_buf_printf(&text, "%s%s %s", i ? ", " : "", r->fact[i].name, r->fact[i].value);
	*line = cs_buf_take(&text);
	return false;
}

int cs_report_print(const struct cs_report *r, const struct cs_report_style *style,
		    struct cs_buf *out, struct cs_err *e)
{
	const char *name = alone(r, style);
	struct cs_report_table one;

	if (name) {
		one = chosen(r, name);
		return print_wide(&one, style->format, style->excel, out, e);
	}
	switch (style->format) {
	case CS_FORMAT_TABLE: return print_page(r, out, e);
	case CS_FORMAT_TEXT:
	case CS_FORMAT_CSV: return print_tidy(r, style->format, style->excel, out, e);
	case CS_FORMAT_JSON: print_json(r, out); return 0;
	case CS_FORMAT_JSONL: print_jsonl(r, out); return 0;
	}
	return 0;
}

int cs_report_print_list(enum cs_format format, struct cs_err *e)
{
	static const struct cs_column columns[] = {
		{.name = "report"}, {.name = "table"}, {.name = "columns"}, {.name = "about"}};
	struct cs_out *out = cs_out_open(stdout, format, columns, sizeof columns / sizeof *columns);
	struct cs_buf names = {0};
	int rc;

	for (size_t i = 0; i < cs_report_count; i++) {
		const struct cs_report_def *def = cs_reports[i];

		for (size_t k = 0; k < def->shape_count; k++) {
			const struct cs_report_shape *shape = def->shape[k];

			cs_buf_clear(&names);
			for (size_t n = 0; n < shape->column_count; n++)
				cs_buf_printf(&names, "%s%s", n ? " " : "", shape->column[n].name);
			if (cs_out_row(out, (struct cs_cell[]){cs_cell_text(def->name),
							       cs_cell_text(shape->name),
							       cs_cell_text(cs_buf_str(&names)),
							       cs_cell_text(shape->about)}) < 0)
				goto done;
		}
	}
done:
	rc = cs_out_close(out, e);
	cs_buf_free(&names);
	return rc;
}
