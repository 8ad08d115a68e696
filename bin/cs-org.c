/* cs-org: units, staff, posts and trainings. */
#include <stdint.h>
#include <string.h>

#include "text/desk.h"
#include "text/org_form.h"
#include "text/org_import.h"
#include "text/org_remark.h"

static const char *name, *level, *parent, *function, *households, *closed, *unit, *phone, *joined,
	*left, *from, *to, *deputy, *until, *note, *encoding;
static bool as_deputy, past, strict;
#define OPT(n, v, a, h) \
	{ \
		.name = (n), .arg = (a), .help = (h), .text = &(v) \
	}
#define COMMON_OPTIONS \
	OPT("name", name, "N", "unit, staff: name"), \
		OPT("level", level, "L", "unit: a level of the rules (hq, project, ...)"), \
		OPT("parent", parent, "CODE", "unit: the unit above"), \
		OPT("function", function, "F", "unit: what a department does"), \
		OPT("households", households, "N", "unit: households in it"), \
		OPT("unit", unit, "CODE", "staff, post: where"), \
		OPT("phone", phone, "P", "staff: phone"), \
		OPT("joined", joined, "DATE", "staff: first day (default: today)"), \
		OPT("from", from, "DATE", "post: first day (default: today)"), \
		OPT("to", to, "DATE", "post: last day"), \
		OPT("until", until, "DATE", "record: last day of validity"), \
		OPT("note", note, "TEXT", "record: note")
static const struct cs_opt add_options[] = {
	COMMON_OPTIONS,
	{.name = "deputy", .help = "post: as deputy", .flag = &as_deputy},
	{0},
};
static const struct cs_opt change_options[] = {
	COMMON_OPTIONS,
	OPT("closed", closed, "DATE", "unit: last day"),
	OPT("left", left, "DATE", "staff: last day; ends every post"),
	OPT("deputy", deputy, "yes|no", "post: as deputy"),
	{0},
};
static const char *list_at;
static const struct cs_opt list_options[] = {
	OPT("at", list_at, "TIME", "as it was then (default: now)"),
	OPT("unit", unit, "CODE", "of this unit and those below"),
	{.name = "past", .help = "also what has ended", .flag = &past},
	{0},
};
static const struct cs_opt import_options[] = {
	OPT("encoding", encoding, "NAME", "of the file, as iconv names it (else utf-8)"),
	{.name = "strict", .help = "all rows or none", .flag = &strict},
	{0},
};
static const struct {
	const char *field;
	const char **value;
} given[] = {
	{"name", &name},
	{"level", &level},
	{"parent", &parent},
	{"function", &function},
	{"households", &households},
	{"closed", &closed},
	{"unit", &unit},
	{"phone", &phone},
	{"joined", &joined},
	{"left", &left},
	{"from", &from},
	{"to", &to},
	{"deputy", &deputy},
	{"until", &until},
	{"note", &note},
};

/* --- printing ---------------------------------------------------------------- */

static size_t columns_of(const struct cs_org_form *f, bool with_id, struct cs_column *columns)
{
	size_t n = 0;

	if (with_id)
		columns[n++] = (struct cs_column){.name = "id", .right = true};
	for (size_t i = 0; i < f->count; i++)
		columns[n++] = (struct cs_column){.name = f->field[i].name,
						  .right = f->field[i].type == CS_ORG_COUNT};
	return n;
}

static int print_row(const struct cs_session *s, const struct cs_org_form *f, bool with_id,
		     const void *row, struct cs_out *out)
{
	struct cs_cell cells[CS_ORG_FIELDS_MAX + 1];
	char buf[CS_ORG_FIELDS_MAX][32];
	int64_t id;

	memcpy(&id, row, sizeof id); /* every row begins with its id */
	cells[0] = cs_cell_int(id);
	cs_org_form_cells(s, f, row, cells + with_id, buf);
	return cs_out_row(out, cells);
}

/* --- add and change ------------------------------------------------------------ */

static int set_options(struct cs_session *s, const struct cs_org_form *f, void *row,
		       struct cs_err *e)
{
	for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
		const struct cs_org_field *field = cs_org_form_field(f, given[i].field);

		if (!*given[i].value)
			continue;
		if (!field)
			return cs_fail(e, CS_USAGE, "--%s says nothing about a %s", given[i].field,
				       f->one);
		if (cs_org_form_set(s, &s->work, field, *given[i].value, f->table, row, e) < 0)
			return -1;
	}
	return 0;
}

static int set_named(struct cs_session *s, const struct cs_org_form *f, size_t field,
		     const char *text, void *row, struct cs_err *e)
{
	return cs_org_form_set(s, &s->work, &f->field[field], text, f->table, row, e);
}

static int put(struct cs_call *c, const struct cs_org_form *f, union cs_org_row *row, cs_time at,
	       struct cs_err *e)
{
	struct cs_column columns[CS_ORG_FIELDS_MAX + 1];
	bool changed;

	if (cs_org_enter(c->s, f, row, at, &changed, e) < 0)
		return -1;
	cs_call_columns(c, columns, columns_of(f, f->shows_id, columns));
	print_row(c->s, f, f->shows_id, row, c->out);
	return cs_call_commit(c, e);
}

static int add_row(struct cs_call *c, const struct cs_org_form *f, struct cs_err *e)
{
	const struct cs_texts *words = &c->cli->operands;
	size_t wanted = f->shows_id ? 3 : 2;
	union cs_org_row row;
	cs_time at;

	if (words->count != wanted)
		return cs_fail(e, CS_USAGE, "add %s wants %s", f->one,
			       f->shows_id ? "a name and a login" : "one name");
	cs_table_blank(f->table, &row);
	if (cs_desk_at(c->cli, c->s, &at, e) < 0 ||
	    set_named(c->s, f, 0, words->item[1], &row, e) < 0 ||
	    (wanted == 3 && set_named(c->s, f, 1, words->item[2], &row, e) < 0) ||
	    set_options(c->s, f, &row, e) < 0)
		return -1;
	if (as_deputy && f->what != CS_ORG_POSTS)
		return cs_fail(e, CS_USAGE, "--deputy says nothing about a %s", f->one);
	if (f->what == CS_ORG_POSTS)
		row.post.deputy = as_deputy;
	if (f->what == CS_ORG_RECORDS)
		row.record.at = at;
	cs_org_form_defaults(c->s, f, &row);
	return put(c, f, &row, at, e);
}

static int change_row(struct cs_call *c, const struct cs_org_form *f, struct cs_err *e)
{
	const struct cs_texts *words = &c->cli->operands;
	union cs_org_row row;
	cs_time at;

	if (words->count != 2)
		return cs_fail(e, CS_USAGE, "change %s wants %s", f->one,
			       f->shows_id ? "its number" : "one name");
	if (cs_desk_at(c->cli, c->s, &at, e) < 0 ||
	    cs_org_form_get(c->s, f, words->item[1], &row, e) < 0 ||
	    set_options(c->s, f, &row, e) < 0)
		return -1;
	if (f->what == CS_ORG_STAFF && row.staff.joined_at == CS_NULL)
		return cs_fail(e, CS_USAGE, "--joined cannot be emptied");
	if (f->what == CS_ORG_POSTS && row.post.from_at == CS_NULL)
		return cs_fail(e, CS_USAGE, "--from cannot be emptied");
	return put(c, f, &row, at, e);
}

static int write_one(struct cs_cli *cli,
		     int (*change)(struct cs_call *, const struct cs_org_form *, struct cs_err *),
		     struct cs_err *e)
{
	const struct cs_org_form *f = cs_org_form_find(cli->operands.item[0], e);
	struct cs_call c = {.cli = cli};
	bool repeated;
	int rc = -1;

	if (!f || cs_desk_open(cli, CS_DB_WRITE, CS_RIGHT_ADMIN, &c.s, e) < 0)
		return -1;
	if (cs_call_begin(&c, NULL, &repeated, e) == 0)
		rc = repeated ? 0 : change(&c, f, e);
	cs_call_end(&c);
	cs_session_close(c.s);
	return rc;
}

static int run_add(struct cs_cli *cli, struct cs_err *e)
{
	return write_one(cli, add_row, e);
}

static int run_change(struct cs_cli *cli, struct cs_err *e)
{
	return write_one(cli, change_row, e);
}

/* --- list, export, show ------------------------------------------------------------ */

static int print_rows(struct cs_session *s, const struct cs_org_form *f, bool with_id, bool all,
		      cs_time at, int64_t top, struct cs_out *out, struct cs_err *e)
{
	const void **rows;
	size_t n;

	if (cs_org_form_rows(s, f, &s->work, &rows, &n, e) < 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		if (!all && !cs_org_form_holds(f, rows[i], at))
			continue;
		if (top != CS_NULL && !cs_org_below(&s->org, cs_org_form_unit(s, f, rows[i]), top))
			continue;
		if (print_row(s, f, with_id, rows[i], out) < 0)
			break;
	}
	return 0;
}

static int run_list(struct cs_cli *cli, struct cs_err *e)
{
	const struct cs_org_form *f = cs_org_form_find(cli->operands.item[0], e);
	struct cs_column columns[CS_ORG_FIELDS_MAX + 1];
	const struct cs_unit_row *top = NULL;
	struct cs_session *s = NULL;
	struct cs_out *out;
	cs_time at;
	int rc = -1;

	if (!f || cs_desk_open(cli, CS_DB_READ, CS_RIGHT_STAFF, &s, e) < 0)
		return -1;
	at = s->now;
	if (list_at && cs_time_parse(list_at, cs_session_zone(s), &at, e) < 0) {
		cs_fail_in(e, "--at");
		goto out;
	}
	top = unit ? cs_org_find_unit(&s->org, unit, e) : NULL;
	if (unit && !top)
		goto out;
	out = cs_out_open(stdout, cli->common.format, columns, columns_of(f, f->shows_id, columns));
	rc = print_rows(s, f, f->shows_id, past, at, top ? top->id : CS_NULL, out, e);
	if (cs_out_close(out, rc == 0 ? e : NULL) < 0)
		rc = -1;
out:
	cs_session_close(s);
	return rc;
}

static int run_export(struct cs_cli *cli, struct cs_err *e)
{
	const struct cs_org_form *f = cs_org_form_find(cli->operands.item[0], e);
	struct cs_column columns[CS_ORG_FIELDS_MAX + 1];
	struct cs_session *s = NULL;
	struct cs_out *out;
	int rc;

	if (!f || cs_desk_open(cli, CS_DB_READ, CS_RIGHT_STAFF, &s, e) < 0)
		return -1;
	out = cs_out_open(stdout, CS_FORMAT_CSV, columns, columns_of(f, false, columns));
	rc = print_rows(s, f, false, true, s->now, CS_NULL, out, e);
	if (cs_out_close(out, rc == 0 ? e : NULL) < 0)
		rc = -1;
	cs_session_close(s);
	return rc;
}

/* One thing whole: its own values, then what belongs to it. */
static int print_facts(struct cs_session *s, const struct cs_org_form *f, const void *row,
		       const char *prefix, struct cs_out *out)
{
	struct cs_cell cells[CS_ORG_FIELDS_MAX];
	char buf[CS_ORG_FIELDS_MAX][32], label[64];

	cs_org_form_cells(s, f, row, cells, buf);
	for (size_t i = 0; i < f->count; i++) {
		if (cells[i].type == CS_CELL_NULL)
			continue;
		snprintf(label, sizeof label, "%s%s", prefix, f->field[i].name);
		if (cs_out_row(out, (struct cs_cell[]){cs_cell_text(label), cells[i]}) < 0)
			return -1;
	}
	return 0;
}

static int show_posts(struct cs_session *s, int64_t staff, int64_t of_unit, struct cs_out *out)
{
	const struct cs_org_form *f = cs_org_form_find("posts", NULL);
	char prefix[32];

	for (size_t i = 0; i < s->org.post_count; i++) {
		const struct cs_post_row *p = &s->org.post[i];

		if ((staff != CS_NULL ? p->staff != staff : p->unit != of_unit) ||
		    !cs_org_form_holds(f, p, s->now))
			continue;
		snprintf(prefix, sizeof prefix, "post %lld ", (long long)p->id);
		if (print_facts(s, f, p, prefix, out) < 0)
			return -1;
	}
	return 0;
}

static int show_records(struct cs_session *s, int64_t staff, struct cs_out *out, struct cs_err *e)
{
	const struct cs_org_form *f = cs_org_form_find("records", NULL);
	const void **rows;
	char prefix[32];
	size_t n;

	if (cs_org_form_rows(s, f, &s->work, &rows, &n, e) < 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		const struct cs_staff_record_row *r = rows[i];

		if (r->staff != staff)
			continue;
		snprintf(prefix, sizeof prefix, "record %lld ", (long long)r->id);
		print_facts(s, f, r, prefix, out);
	}
	return 0;
}

static int show(struct cs_session *s, const char *text, struct cs_out *out, struct cs_err *e)
{
	const struct cs_staff_row *p = cs_org_login(&s->org, text);
	const struct cs_unit_row *u = p ? NULL : cs_org_find_unit(&s->org, text, e);

	if (p) {
		print_facts(s, cs_org_form_find("staff", NULL), p, "", out);
		show_posts(s, p->id, CS_NULL, out);
		return show_records(s, p->id, out, e);
	}
	if (!u)
		return cs_fail_in(e, "neither a login nor a unit");
	print_facts(s, cs_org_form_find("units", NULL), u, "", out);
	return show_posts(s, CS_NULL, u->id, out);
}

static int run_show(struct cs_cli *cli, struct cs_err *e)
{
	static const struct cs_column columns[] = {{.name = "field"}, {.name = "value"}};
	struct cs_session *s = NULL;
	struct cs_out *out;
	int rc;

	if (cs_desk_open(cli, CS_DB_READ, CS_RIGHT_STAFF, &s, e) < 0)
		return -1;
	out = cs_out_open(stdout, cli->common.format, columns, 2);
	rc = show(s, cli->operands.item[0], out, e);
	if (rc == 0)
		rc = cs_out_close(out, e);
	else
		cs_out_close(out, NULL);
	cs_session_close(s);
	return rc;
}

static int run_import(struct cs_cli *cli, struct cs_err *e)
{
	const struct cs_org_form *f = cs_org_form_find(cli->operands.item[0], e);

	return f ? cs_org_import(cli, f, cli->operands.item[1], encoding, strict, e) : -1;
}

static const struct cs_command commands[] = {
	{"add",
	 "unit CODE [options]\nstaff LOGIN [options]\npost POST LOGIN [options]\nrecord RECORD "
	 "LOGIN [options]",
	 "Enter a unit, a person, a post or a training.", CS_TAKES_WRITER, true, 2, 3, add_options,
	 run_add},
	{"change",
	 "unit CODE [options]\nstaff LOGIN [options]\npost ID [options]\nrecord ID [options]",
	 "Change what is entered; an empty value empties.", CS_TAKES_WRITER, true, 2, 2,
	 change_options, run_change},
	{"list", "[--unit CODE] [--at TIME] [--past] units|staff|posts|records",
	 "List what holds now, or held at a time.", CS_TAKES_READER, false, 1, 1, list_options,
	 run_list},
	{"show", "CODE|LOGIN", "Show a unit or a person with posts and records.", CS_TAKES_READER,
	 false, 1, 1, NULL, run_show},
	{"import", "[--encoding NAME] [--strict] units|staff|posts|records FILE|-",
	 "Enter and change by a CSV file as export writes it.",
	 (CS_TAKES_WRITER | CS_TAKES_DRY_RUN) & ~(CS_TAKES_FORMAT | CS_TAKES_KEY | CS_TAKES_AT),
	 true, 2, 2, import_options, run_import},
	{"export", "units|staff|posts|records", "Write everything as CSV, what has ended too.",
	 CS_TAKES_DB | CS_TAKES_NOW, false, 1, 1, NULL, run_export},
};
static const struct cs_program program = {"cs-org", "units, staff, posts and trainings", commands,
					  sizeof commands / sizeof *commands};

int main(int argc, char **argv)
{
	return cs_cli_main(&program, argc, argv);
}
