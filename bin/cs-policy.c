/* cs-policy: checks rules, takes them into force, shows and explains them. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "domain/edition.h"
#include "domain/policy_explain.h"
#include "domain/reclock.h"
#include "store/running.h"
#include "text/batch.h"
#include "text/desk.h"
#include "text/policy_file.h"
#include "text/process.h"

enum { RECLOCK_AHEAD = 4096 };

static const char *approved_by, *lang;
static bool reclock;
static const struct cs_opt load_options[] = {
	{.name = "approved-by",
	 .arg = "TEXT",
	 .help = "who approved these rules",
	 .text = &approved_by},
	{.name = "reclock",
	 .help = "count running clocks by the new edition from now on",
	 .flag = &reclock},
	{0},
};
static const struct cs_opt explain_options[] = {
	{.name = "lang", .arg = "L", .help = "language of the labels (default: zh)", .text = &lang},
	{0},
};

/* --- check ---------------------------------------------------------------------- */

static const struct cs_column checked_columns[] = {
	{.name = "file"}, {.name = "policy"}, {.name = "edition"}, {.name = "undecided"}};

/* A day in a year without holiday data would be guessed: the edition's own year and the next
   should be there. */
static void warn_holidays(const char *file, const struct cs_policy *p)
{
	int year = (int)strtol(p->edition, NULL, 10);

	for (size_t i = 0; i < p->calendar_count; i++)
		for (int y = year; y <= year + 1; y++)
			if (cs_calendar_unknown(&p->calendar[i], cs_day_from_date(y, 1, 1)))
				cs_note("%s: /calendars/%s: no holidays of %d are known; its "
					"days would count by the week alone",
					file, p->calendar[i].id, y);
}

/* Given under another id than the calendars name, as a new year easily is. */
static void warn_unused(const char *file, const struct cs_policy *p)
{
	for (size_t i = 0; i < p->holidays_count; i++) {
		bool used = false;

		for (size_t k = 0; k < p->calendar_count; k++)
			used = used || p->calendar[k].holidays == &p->holidays[i];
		if (!used)
			cs_note("%s: /holidays/%s: no calendar uses them", file, p->holidays[i].name);
	}
}

static char *undecided(struct cs_arena *a, const struct cs_policy *p)
{
	char *list = NULL;

	for (size_t i = 0; i < p->param_count; i++)
		if (!p->param[i].decided)
			list = cs_arena_printf(a, "%s%s%s", list ? list : "", list ? "," : "",
					       p->param[i].id);
	return list;
}

/* 0 good, 1 faulty, -1 could not be read. */
static int check_file(const char *file, struct cs_out *out, struct cs_err *e)
{
	struct cs_faults faults = {0};
	struct cs_policy *p = NULL;
	struct cs_arena a = {0};
	int rc = cs_policy_file_build(file, &faults, NULL, &p, e);

	cs_policy_file_complain(&faults);
	if (rc < 0 && faults.count)
		rc = 1;
	if (rc == 0) {
		warn_holidays(file, p);
		warn_unused(file, p);
		cs_out_row(out, (struct cs_cell[]){cs_cell_text(file), cs_cell_text(p->id),
						   cs_cell_text(p->edition),
						   cs_cell_text(undecided(&a, p))});
	}
	cs_arena_free(&a);
	cs_policy_free(p);
	cs_faults_free(&faults);
	return rc;
}

static int run_check(struct cs_cli *cli, struct cs_err *e)
{
	struct cs_out *out = cs_out_open(stdout, cli->common.format, checked_columns, 4);
	size_t faulty = 0;
	int rc = 0;

	for (size_t i = 0; i < cli->operands.count && rc >= 0; i++) {
		rc = check_file(cli->operands.item[i], out, e);
		faulty += rc == 1;
	}
	if (cs_out_close(out, rc >= 0 ? e : NULL) < 0 || rc < 0)
		return -1;
	return faulty ? cs_fail(e, CS_CONFIG, "%zu of %zu policies cannot be used", faulty,
				cli->operands.count)
		      : 0;
}

/* --- load ------------------------------------------------------------------------- */

static const struct cs_column loaded_columns[] = {
	{.name = "policy"}, {.name = "edition"}, {.name = "digest"}, {.name = "done"}};

/* The date of an edition is its name; from when on it rules is when it is loaded. */
static void remark_date(const struct cs_session *s, const struct cs_policy *p)
{
	int32_t day;

	if (cs_date_parse(p->edition, &day, NULL) == 0 && cs_day_start(p->zone, day) > s->now)
		cs_note("edition %s is in force at once, not from that day on", p->edition);
}

/* Two texts of one name are told apart by their numbers alone. */
static int remark_name(struct cs_session *s, const struct cs_policy *p, struct cs_err *e)
{
	const char *title;
	int64_t other;

	if (cs_edition_title(s->db, s->edition, &s->work, &title, &other, e) < 0)
		return -1;
	if (other != CS_NULL)
		cs_note("editions %lld and %lld are both called %s %s; reports name this one with its number",
			(long long)other, (long long)s->edition, p->id, p->edition);
	return 0;
}

static int load(struct cs_call *c, const struct cs_policy *p, const struct cs_buf *text,
		struct cs_err *e)
{
	char digest[2 * CS_HASH_SIZE + 1];
	static const char *const words[] = {
		[CS_EDITION_SAME] = "in force already",
		[CS_EDITION_LOADED] = "loaded",
		[CS_EDITION_APPROVED] = "approved",
	};
	enum cs_edition_done done;
	bool repeated;

	if (cs_call_begin(c, NULL, &repeated, e) < 0)
		return -1;
	if (repeated)
		return 0;
	if (cs_edition_load(c->s, cs_buf_str(text), text->len, approved_by, &done, e) < 0)
		return -1;
	if (done == CS_EDITION_LOADED) {
		remark_date(c->s, p);
		if (remark_name(c->s, p, e) < 0)
			return -1;
	}
	cs_call_columns(c, loaded_columns, 4);
	cs_out_row(c->out, (struct cs_cell[]){cs_cell_text(p->id), cs_cell_text(p->edition),
					      cs_cell_text(cs_edition_digest(cs_buf_str(text), text->len, digest)),
					      cs_cell_text(words[done])});
	return cs_call_commit(c, e);
}

static int reclock_batches(struct cs_session *s, const int64_t *id, size_t n,
			   int (*one)(struct cs_session *s, int64_t id, struct cs_reclocked *done, struct cs_err *e),
			   struct cs_reclocked *done, struct cs_err *e)
{
	struct cs_batch b = {0};
	size_t i = 0;

	while (i < n && !cs_process_interrupted()) {
		if (cs_batch_begin(&b, s, e) < 0)
			return -1;
		do {
			cs_arena_reset(&s->work);
			if (one(s, id[i++], done, e) < 0)
				return -1;
		} while (i < n && !cs_batch_full(&b));
		if (cs_session_commit(s, e) < 0)
			return -1;
		if (!cs_process_interrupted() && cs_batch_pause(&b, s, e) < 0)
			return -1;
	}
	return 0;
}

/* Looked for without the lock, counted in batches, so that the desk goes on; a run that was interrupted is simply made
   again. */
static int reclock_all(struct cs_session *s, struct cs_err *e)
{
	struct cs_reclocked done = {0};
	struct cs_arena a = {0};
	int64_t *id, after = 0;
	size_t n;
	int rc;

	do {
		cs_arena_reset(&a);
		rc = cs_running_elsewhere(s->db, s->edition, after, RECLOCK_AHEAD, &a, &id, &n, e);
		if (rc == 0)
			rc = reclock_batches(s, id, n, cs_reclock_ticket, &done, e);
		if (n)
			after = id[n - 1];
	} while (rc == 0 && n == RECLOCK_AHEAD && !cs_process_interrupted());
	if (rc == 0 && cs_running_units(s->db, s->edition, &a, &id, &n, e) < 0)
		rc = -1;
	if (rc == 0)
		rc = reclock_batches(s, id, n, cs_reclock_unit, &done, e);
	cs_arena_free(&a);
	if (rc < 0)
		return -1;
	cs_note("%zu running clocks counted anew", done.clocks - done.held);
	if (done.held)
		cs_note("%zu clocks that a merge holds counted anew, as if it did not", done.held);
	if (done.duties)
		cs_note("%zu duties counted anew", done.duties);
	if (done.kept)
		cs_msg("%zu running clocks keep their edition: no rule of the new one applies to them", done.kept);
	return cs_process_interrupted() ? cs_fail(e, CS_BUSY,
						  "ended by a signal; load the same edition with --reclock again for "
						  "the rest")
					: 0;
}

static int run_load(struct cs_cli *cli, struct cs_err *e)
{
	struct cs_faults faults = {0};
	struct cs_call c = {.cli = cli};
	struct cs_policy *p = NULL;
	struct cs_buf text = {0};
	int rc;

	if (reclock && cli->common.dry_run)
		return cs_fail(
			e, CS_USAGE,
			"--reclock has no dry run: it counts by an edition that is in force");
	if (approved_by && cs_utf8_blank(approved_by))
		return cs_fail(e, CS_USAGE, "--approved-by: say who");
	rc = cs_policy_file_build(cli->operands.item[0], &faults, &text, &p, e);
	cs_policy_file_complain(&faults);
	if (rc == 0)
		rc = cs_desk_open(cli, CS_DB_WRITE, CS_RIGHT_ADMIN, &c.s, e);
	if (rc == 0) {
		warn_holidays(cli->operands.item[0], p);
		warn_unused(cli->operands.item[0], p);
		rc = load(&c, p, &text, e);
		cs_call_end(&c);
	}
	if (rc == 0 && reclock)
		rc = reclock_all(c.s, e);
	cs_session_close(c.s);
	cs_policy_free(p);
	cs_buf_free(&text);
	cs_faults_free(&faults);
	return rc;
}

/* --- list, show, explain ------------------------------------------------------------- */

static const struct cs_column list_columns[] = {
	{.name = "number", .right = true},
	{.name = "policy"},
	{.name = "edition"},
	{.name = "digest"},
	{.name = "loaded"},
	{.name = "loaded_by"},
	{.name = "approved_by"},
	{.name = "in_force"},
};

static int print_editions(struct cs_session *s, struct cs_out *out, struct cs_err *e)
{
	struct cs_edition *ed;
	size_t n;

	if (cs_edition_list(s->db, &s->work, &ed, &n, e) < 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		char when[32];

		cs_out_row(out, (struct cs_cell[]){cs_cell_int(ed[i].id), cs_cell_text(ed[i].name),
						   cs_cell_text(ed[i].edition),
						   cs_cell_text(ed[i].digest),
						   cs_desk_time_cell(s, ed[i].loaded_at, when),
						   cs_cell_text(ed[i].loaded_by),
						   cs_cell_text(ed[i].approved_by),
						   cs_cell_bool(ed[i].id == s->edition)});
	}
	return 0;
}

static int run_list(struct cs_cli *cli, struct cs_err *e)
{
	struct cs_session *s = NULL;
	struct cs_out *out;
	int rc;

	if (cs_desk_open(cli, CS_DB_READ, CS_RIGHT_STAFF, &s, e) < 0)
		return -1;
	out = cs_out_open(stdout, cli->common.format, list_columns,
			  sizeof list_columns / sizeof *list_columns);
	rc = print_editions(s, out, e);
	if (cs_out_close(out, rc == 0 ? e : NULL) < 0)
		rc = -1;
	cs_session_close(s);
	return rc;
}

/* By its number, or the last one loaded under this date. */
static int find_edition(struct cs_session *s, const char *text, int64_t *id, struct cs_err *e)
{
	struct cs_edition *ed;
	char number[24], shown[CS_ERR_SHOWN];
	size_t n;

	int64_t before = CS_NULL;

	*id = CS_NULL;
	if (cs_edition_list(s->db, &s->work, &ed, &n, e) < 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		snprintf(number, sizeof number, "%lld", (long long)ed[i].id);
		if (strcmp(text, number) != 0 && strcmp(text, ed[i].edition) != 0)
			continue;
		before = *id;
		*id = ed[i].id;
	}
	if (before != CS_NULL)
		cs_note("edition %lld is shown; %lld is of %s too", (long long)*id, (long long)before, text);
	return *id == CS_NULL ? cs_fail(e, CS_USAGE, "no edition '%s' is loaded (cs-policy list)",
					cs_err_show(text, shown))
			      : 0;
}

static int run_show(struct cs_cli *cli, struct cs_err *e)
{
	struct cs_session *s = NULL;
	struct cs_edition ed = {0};
	int64_t id;
	int rc;

	if (cs_desk_open(cli, CS_DB_READ, CS_RIGHT_STAFF, &s, e) < 0)
		return -1;
	id = s->edition;
	rc = cli->operands.count ? find_edition(s, cli->operands.item[0], &id, e)
				 : cs_session_need_policy(s, e);
	if (rc == 0)
		rc = cs_edition_get(s->db, id, &s->work, &ed, e);
	if (rc == 1)
		printf("%s\n", ed.text);
	else if (rc == 0)
		rc = cs_fail(e, CS_IO, "edition %lld is not there; run cs-check", (long long)id);
	cs_session_close(s);
	return rc < 0 ? -1 : 0;
}

static void print_line(const char *text, void *arg)
{
	(void)arg;
	puts(text);
}

static int run_explain(struct cs_cli *cli, struct cs_err *e)
{
	struct cs_session *s = NULL;
	int rc;

	if (cs_desk_open(cli, CS_DB_READ, CS_RIGHT_STAFF, &s, e) < 0)
		return -1;
	rc = cs_session_need_policy(s, e);
	if (rc == 0)
		rc = cs_policy_explain(s->policy, lang ? lang : "zh", cli->operands.item[0],
				       print_line, NULL, e);
	cs_session_close(s);
	return rc;
}

static const struct cs_command commands[] = {
	{"check", "NAME|FILE...", "Check policies; every fault is named with its place.",
	 CS_TAKES_FORMAT, false, 1, SIZE_MAX, NULL, run_check},
	{"load", "[--approved-by TEXT] [--reclock] NAME|FILE", "Take an edition into force.",
	 CS_TAKES_DB | CS_TAKES_FORMAT | CS_TAKES_NOW | CS_TAKES_DRY_RUN | CS_TAKES_AS |
		 CS_TAKES_KEY,
	 true, 1, 1, load_options, run_load},
	{"list", "", "List the editions that were loaded.", CS_TAKES_READER, false, 0, 0, NULL,
	 run_list},
	{"show", "[EDITION]", "Print the text of an edition (default: the one in force).",
	 CS_TAKES_DB | CS_TAKES_NOW, false, 0, 1, NULL, run_show},
	{"explain", "[--lang L] PATH|ID", "Explain a rule in words.", CS_TAKES_DB | CS_TAKES_NOW,
	 false, 1, 1, explain_options, run_explain},
};
static const struct cs_program program = {"cs-policy",
					  "check rules, take them into force, explain them",
					  commands, sizeof commands / sizeof *commands};

int main(int argc, char **argv)
{
	return cs_cli_main(&program, argc, argv);
}
