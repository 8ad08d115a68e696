/* cs-callback: contacts to make and made. */
#include <stdlib.h>
#include <string.h>

#include "domain/access.h"
#include "domain/callback.h"
#include "domain/merge.h"
#include "domain/names.h"
#include "store/callback.h"
#include "text/contacts.h"
#include "text/desk.h"
#include "text/process.h"
#include "text/tickets.h"

static struct cs_contacts wanted;
static const char *unit_name, *method, *purpose;
static bool everything;

/* --- due and list -------------------------------------------------------------- */

static int run_list(struct cs_cli *cli, struct cs_err *e)
{
	struct cs_session *s = NULL;
	struct cs_out *out;
	int rc = -1;

	wanted.unit_name = unit_name;
	wanted.method = method;
	wanted.purpose = purpose;
	wanted.ref = cli->operands.count ? cli->operands.item[0] : NULL;
	if (cs_desk_open(cli, CS_DB_READ, CS_RIGHT_STAFF, &s, e) == 0 &&
	    cs_session_need_policy(s, e) == 0 && cs_contacts_choose(s, &wanted, e) == 0 &&
	    cs_db_begin_read(s->db, e) == 0) {
		out = cs_out_open(stdout, cli->common.format, cs_contacts_columns,
				  cs_contacts_count);
		rc = cs_contacts_list(s, &wanted, out, e);
		if (cs_out_close(out, rc < 0 ? NULL : e) < 0)
			rc = -1;
	}
	cs_session_close(s);
	return rc < 0 ? -1 : 0;
}

static int run_due(struct cs_cli *cli, struct cs_err *e)
{
	wanted.now = !everything;
	return run_list(cli, e);
}

/* --- record ---------------------------------------------------------------------- */

static const char *outcome, *note, *problem, *causing;
static int64_t score;
static struct cs_texts answers;
static const struct cs_column record_columns[] = {
	{.name = "ref"},      {.name = "contact", .right = true},
	{.name = "state"},    {.name = "method"},
	{.name = "reworked"}, {.name = "problem"},
};

/* Copies: the words of the command line also make the digest of --key. */
static const struct cs_given *read_answers(struct cs_arena *a, struct cs_err *e)
{
	struct cs_given *list = cs_arena_alloc(a, (answers.count + 1) * sizeof *list);

	for (size_t i = 0; i < answers.count; i++) {
		char *text = cs_arena_strdup(a, answers.item[i]), *equals = strchr(text, '=');

		if (!equals || equals == text || !equals[1]) {
			cs_fail(e, CS_USAGE, "--answer %s: QUESTION=ANSWER is wanted",
				answers.item[i]);
			return NULL;
		}
		*equals = '\0';
		list[i] = (struct cs_given){text, equals + 1};
	}
	return list;
}

/* Contacts of a merged ticket are those of the one that survived. */
static int survivor(struct cs_session *s, int64_t *ticket, struct cs_err *e)
{
	char ref[CS_REF_SIZE], other[CS_REF_SIZE];
	int64_t asked = *ticket;
	struct cs_err why = {0};

	if (cs_merge_survivor(s, asked, ticket, &why) < 0) {
		*ticket = asked;
		if (why.code == CS_NOTFOUND)
			return 0; /* told where it is loaded */
		*e = why;
		return -1;
	}
	if (*ticket != asked)
		cs_note("%s is merged: its contacts are those of %s", cs_ref_text(asked, ref),
			cs_access_ref(s, *ticket, other));
	return 0;
}

static int record(struct cs_call *c, struct cs_call_result *r, const char *ref, struct cs_err *e)
{
	struct cs_session *s = c->s;
	const struct cs_unit_row *unit = causing ? cs_org_find_unit(&s->org, causing, e) : NULL;
	struct cs_call_done done;
	char own[CS_REF_SIZE], other[CS_REF_SIZE];
	struct cs_image im;
	const int64_t asked = cs_ref_parse(ref, e);
	int64_t ticket = asked;
	int rc;

	if (ticket == 0 || (causing && !unit) || cs_desk_at(c->cli, s, &r->at, e) < 0)
		return -1;
	r->causing = unit ? unit->id : CS_NULL;
	if (r->seq == 0 && survivor(s, &ticket, e) < 0)
		return -1;
	cs_image_init(&im, &s->work);
	rc = cs_image_load(&im, s->db, ticket, e);
	if (rc == 0)
		rc = cs_fail(e, CS_REFUSED, "no such ticket");
	if (rc < 0 || cs_callback_record(s, &im, r, &done, e) < 0)
		return cs_fail_in(e, "%s", ref);
	if (cs_image_save(&im, s->db, e) < 0)
		return -1;
	if (done.outside_window)
		cs_msg("%s: recorded, but the call was made in quiet hours", ref);
	if (done.low && !done.reworked)
		cs_msg("%s: the score is low, but the ticket is closed; only a reopening brings "
		"it back",
		       ref);
	cs_call_columns(c, record_columns, sizeof record_columns / sizeof *record_columns);
	return cs_out_row(c->out, (struct cs_cell[]){cs_cell_text(cs_ref_text(cs_access_named(s, ticket, asked), own)),
						     cs_cell_int(done.seq), cs_cell_text(done.state),
						     cs_cell_text(done.method), cs_cell_bool(done.reworked),
						     done.problem ? cs_cell_text(cs_ref_text(done.problem, other))
								  : cs_cell_null()});
}

static int run_record(struct cs_cli *cli, struct cs_err *e)
{
	struct cs_call_result r = {.score = score,
				   .answer_count = answers.count,
				   .note = note,
				   .method = method,
				   .problem = problem};
	struct cs_call c = {.cli = cli};
	struct cs_arena arena = {0};
	char ref[CS_REF_SIZE];
	bool repeated;
	int rc = -1;

	r.answer = read_answers(&arena, e);
	if (r.answer && !outcome)
		cs_fail(e, CS_USAGE,
			"--outcome is missing (reached, unreachable, inconvenient or refused)");
	else if (r.answer && causing && !problem)
		cs_fail(e, CS_USAGE, "--causing goes with --problem");
	else if (r.answer && cs_call_outcome_parse(outcome, &r.outcome, e) == 0 &&
		 cs_contact_parse(cli->operands.item[0], ref, &r.seq, e) == 0 &&
		 cs_desk_open(cli, CS_DB_WRITE, CS_RIGHT_STAFF, &c.s, e) == 0 &&
		 cs_session_need_policy(c.s, e) == 0 && cs_call_begin(&c, NULL, &repeated, e) == 0)
		rc = repeated ? 0 : record(&c, &r, ref, e) < 0 ? -1 : cs_call_commit(&c, e);
	cs_call_end(&c);
	cs_session_close(c.s);
	cs_texts_free(&answers);
	cs_arena_free(&arena);
	return rc;
}

/* --- plan and event --------------------------------------------------------------- */

static const struct cs_column plan_columns[] = {
	{.name = "ref"}, {.name = "contact", .right = true}, {.name = "planned"}};

static int plan_one(struct cs_tickets *t, int64_t ticket, struct cs_err *e)
{
	const int64_t *draw = t->arg, asked = ticket;
	struct cs_image im;
	char ref[CS_REF_SIZE];
	int64_t seq;
	int rc;

	if (survivor(t->s, &ticket, e) < 0)
		return -1;
	cs_image_init(&im, &t->s->work);
	rc = cs_image_load(&im, t->s->db, ticket, e);
	if (rc == 0)
		return cs_fail(e, CS_NOTFOUND, "no such ticket");
	rc = rc < 0 ? -1 : cs_callback_plan(t->s, &im, purpose, *draw, &seq, e);
	if (rc < 0 || cs_image_save(&im, t->s->db, e) < 0)
		return -1;
	cs_tickets_row(t, (struct cs_cell[]){cs_cell_text(cs_ref_text(cs_access_named(t->s, ticket, asked), ref)),
					     cs_cell_int(seq), cs_cell_bool(rc == 1)});
	return 0;
}

static int run_plan(struct cs_cli *cli, struct cs_err *e)
{
	int64_t draw = CS_NULL;
	struct cs_texts refs = {0};
	struct cs_tickets t = {.cli = cli,
			       .column = plan_columns,
			       .column_count = 3,
			       .act = plan_one,
			       .arg = &draw};
	int rc = -1;

	if (cs_cli_refs(cli, 0, &refs, e) == 0 &&
	    cs_desk_open(cli, CS_DB_WRITE, CS_RIGHT_STAFF, &t.s, e) == 0 &&
	    cs_session_need_policy(t.s, e) == 0) {
		const char *named = purpose;

		if (named)
			purpose = cs_name_find(t.s->policy, "codes/purpose", named, e);
		if (!named || purpose)
			rc = cs_tickets_run(&t, &refs, e);
	}
	cs_session_close(t.s);
	cs_texts_free(&refs);
	return rc;
}

static int release_all(struct cs_call *c, const char *happening, int64_t unit, cs_time at,
		       struct cs_err *e)
{
	struct cs_session *s = c->s;
	int64_t ticket = INT64_MIN;
	char ref[CS_REF_SIZE];
	int rc;

	cs_call_columns(c, plan_columns, 2);
	while ((rc = cs_callback_next_waiting(s->db, happening, ticket, &ticket, e)) == 1) {
		struct cs_image im;
		size_t released = 0;

		cs_arena_reset(&s->work);
		cs_image_init(&im, &s->work);
		if (cs_image_load(&im, s->db, ticket, e) != 1)
			return -1;
		if (!cs_org_below(&s->org, cs_happening_unit(&im), unit))
			continue;
		if (cs_callback_release(s, &im, happening, at, &released, e) < 0 ||
		    cs_image_save(&im, s->db, e) < 0)
			return -1;
		if (released)
			cs_out_row(c->out, (struct cs_cell[]){cs_cell_text(cs_access_ref(s, ticket, ref)),
							      cs_cell_int((int64_t)released)});
	}
	return rc;
}

static int event(struct cs_call *c, const char *happening, struct cs_err *e)
{
	const struct cs_unit_row *unit = cs_org_find_unit(&c->s->org, unit_name, e);
	cs_time at;
	int rc;

	if (unit)
		happening = cs_name_find(c->s->policy, "happenings", happening, e);
	if (!happening || !unit || cs_desk_at(c->cli, c->s, &at, e) < 0)
		return -1;
	rc = cs_happening_enter(c->s, happening, unit->id, at, e);
	if (rc < 0)
		return -1;
	if (rc == 0)
		cs_msg("%s was entered for %s that day already", happening, unit->code);
	return rc == 0 ? 0 : release_all(c, happening, unit->id, at, e);
}

static int run_event(struct cs_cli *cli, struct cs_err *e)
{
	struct cs_call c = {.cli = cli};
	bool repeated;
	int rc = -1;

	if (!unit_name)
		return cs_fail(e, CS_USAGE, "--unit is missing: where it came to pass");
	if (cs_desk_open(cli, CS_DB_WRITE, CS_RIGHT_STAFF, &c.s, e) == 0 &&
	    cs_session_need_policy(c.s, e) == 0 && cs_call_begin(&c, NULL, &repeated, e) == 0)
		rc = repeated                                  ? 0
		     : event(&c, cli->operands.item[0], e) < 0 ? -1
							       : cs_call_commit(&c, e);
	cs_call_end(&c);
	cs_session_close(c.s);
	return rc;
}

/* --- the program ---------------------------------------------------------------------- */

#define UNIT \
	{ \
		.name = "unit", .arg = "UNIT", .help = "in this unit and those below", \
		.text = &unit_name \
	}
#define METHOD {.name = "method", .arg = "M", .help = "phone, visit, ...", .text = &method}
#define PURPOSE {.name = "purpose", .arg = "P", .help = "what the contact is for", .text = &purpose}
#define CALLER \
	{ \
		.name = "caller", .arg = "LOGIN|me", .help = "who is to make it", \
		.text = &wanted.caller_name \
	}
static const struct cs_opt due_options[] = {
	UNIT,
	METHOD,
	PURPOSE,
	CALLER,
	{.name = "all-open",
	 .help = "also those that may not be called now, or not by the caller",
	 .flag = &everything},
	{0},
};
static const struct cs_opt list_options[] = {
	UNIT,
	METHOD,
	PURPOSE,
	CALLER,
	{.name = "period",
	 .arg = "P",
	 .help = "ended in this period (else those still open)",
	 .text = &wanted.period},
	{.name = "state",
	 .arg = "S",
	 .help = "open, waiting, done, exempt, refused or dropped",
	 .text = &wanted.state},
	{0},
};
static const struct cs_opt record_options[] = {
	{.name = "outcome",
	 .arg = "O",
	 .help = "reached, unreachable, inconvenient or refused",
	 .text = &outcome},
	{.name = "score",
	 .arg = "N",
	 .help = "1 (very dissatisfied) to 5 (very satisfied)",
	 .number = &score,
	 .min = 1,
	 .max = 5},
	{.name = "answer",
	 .arg = "QUESTION=ANSWER",
	 .help = "what the customer said",
	 .list = &answers},
	{.name = "note", .arg = "TEXT", .help = "a remark", .text = &note},
	METHOD,
	{.name = "problem",
	 .arg = "TEXT",
	 .help = "opens a ticket for what was found",
	 .text = &problem},
	{.name = "causing",
	 .arg = "UNIT",
	 .help = "whose problem it is (else the handling unit)",
	 .text = &causing},
	{0},
};
static const struct cs_opt plan_options[] = {PURPOSE, {0}};
static const struct cs_opt event_options[] = {
	{.name = "unit",
	 .arg = "UNIT",
	 .help = "where it came to pass (and below)",
	 .text = &unit_name},
	{0},
};
static const struct cs_command commands[] = {
	{.name = "due",
	 .synopsis = "[-q] [-d PATH] [-f F] [--as LOGIN] [--now TIME] [--unit UNIT] [--method M] [--purpose P] "
		     "[--caller LOGIN|me] [--all-open]",
	 .about = "Lists the contacts that may be made now, the most urgent first.",
	 .takes = CS_TAKES_VIEWER,
	 .options = due_options,
	 .run = run_due},
	{.name = "list",
	 .synopsis = "[-q] [-d PATH] [-f F] [--as LOGIN] [--now TIME] [--unit UNIT] [--method M] [--purpose P] "
		     "[--caller LOGIN|me] [--period P] [--state S] [REF]",
	 .about = "Lists contacts, those still open, those ended in a period or all of one ticket.",
	 .takes = CS_TAKES_VIEWER,
	 .operands_max = 1,
	 .options = list_options,
	 .run = run_list},
	{.name = "record",
	 .synopsis = "[-nq] [-d PATH] [-f F] [--as LOGIN] [--at TIME] [--now TIME] [--key K] "
		     "--outcome O [--score N] [--answer QUESTION=ANSWER]... "
		     "[--note TEXT] [--method M] [--problem TEXT] [--causing UNIT] REF[/NUMBER]",
	 .about = "Records one try and what came of it.",
	 .takes = CS_TAKES_WRITER,
	 .writes = true,
	 .operands_min = 1,
	 .operands_max = 1,
	 .options = record_options,
	 .run = run_record},
	{.name = "plan",
	 .synopsis = "[-nq] [-d PATH] [-f F] [--as LOGIN] [--now TIME] [--key K] [--all] [--purpose "
		     "P] REF...|-",
	 .about = "Plans a contact for each ticket that has none open for that purpose.",
	 .takes = (CS_TAKES_WRITER | CS_TAKES_ALL) & ~CS_TAKES_AT,
	 .writes = true,
	 .operands_min = 1,
	 .operands_max = SIZE_MAX,
	 .options = plan_options,
	 .run = run_plan},
	{.name = "event",
	 .synopsis = "[-nq] [-d PATH] [-f F] [--as LOGIN] [--at TIME] [--now TIME] [--key K] --unit "
		     "UNIT HAPPENING",
	 .about = "Enters what came to pass (the first rain) and opens the contacts that waited "
		  "for it.",
	 .takes = CS_TAKES_WRITER,
	 .writes = true,
	 .operands_min = 1,
	 .operands_max = 1,
	 .options = event_options,
	 .run = run_event},
};

int main(int argc, char **argv)
{
	static const struct cs_program program = {"cs-callback", "Contacts to make and made.",
						  commands, sizeof commands / sizeof *commands};

	return cs_cli_main(&program, argc, argv);
}
