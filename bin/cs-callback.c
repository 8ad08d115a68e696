/* cs-callback: contacts to make and made. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/callback.h"
#include "store/callback.h"
#include "store/ref.h"
#include "text/desk.h"
#include "text/process.h"
#include "text/tickets.h"

/* A contact is named REF/NUMBER: the reference stays the first field, so that the line feeds any program that
   reads up to a blank; programs of tickets take the part before the slash from column two. */
enum { CONTACT_SIZE = CS_REF_SIZE + 24 };

static const char *unit_name, *method, *caller, *purpose, *period, *state;
static bool everything;

/* --- due and list -------------------------------------------------------------- */

struct listing {
	struct cs_session *s;
	struct cs_out *out;
	int64_t unit, caller;
	bool due_only;
};
static const struct cs_column list_columns[] = {
	{.name = "ref"},    {.name = "contact", .right = true}, {.name = "purpose"}, {.name = "method"},
	{.name = "caller"}, {.name = "from"},	{.name = "due"},     {.name = "late"},
	{.name = "tries", .right = true}, {.name = "customer"}, {.name = "phone"}, {.name = "premises"},
	{.name = "ask"},    {.name = "state"},	{.name = "outcome"}, {.name = "score", .right = true},
	{.name = "done"},
};

static const char *ask_text(const struct cs_callback_rule *rule, struct cs_arena *a)
{
	const char *text = "";

	for (size_t i = 0; rule && i < rule->ask.count; i++)
		text = cs_arena_printf(a, "%s%s%s", text, i ? " " : "", rule->ask.id[i]);
	return text;
}

static bool wanted(const struct listing *l, const struct cs_image *im, const struct cs_view *v, const struct cs_callback_rule *rule,
		   const struct cs_callback_row *c)
{
	if (l->unit != CS_NULL && !cs_org_below(&l->s->org, cs_image_unit(im), l->unit) && !cs_org_below(&l->s->org, im->t.place, l->unit))
		return false;
	if ((method && strcmp(c->method, method) != 0) || (purpose && strcmp(c->purpose, purpose) != 0) ||
	    (state && strcmp(c->state, state) != 0) || (l->caller != CS_NULL && c->caller != l->caller))
		return false;
	if (!l->due_only || everything)
		return true;
	return (c->from_at == CS_NULL || c->from_at <= l->s->now) && !cs_callback_excludes(c->not_by, l->s->actor) &&
	       cs_callback_allowed(v, rule, c->method, l->s->now);
}

static int list_one(struct listing *l, const struct cs_callback_row *c, struct cs_err *e)
{
	struct cs_session *s = l->s;
	const struct cs_callback_rule *rule = c->rule ? cs_policy_callback(s->policy, c->rule) : NULL;
	struct cs_person_row person;
	struct cs_premises_row premises;
	struct cs_image im;
	struct cs_view v = {.s = s, .policy = s->policy, .im = &im, .at = s->now};
	char ref[CS_REF_SIZE], from[32], due[32], done[32];
	bool known, lives;

	cs_image_init(&im, &s->work);
	if (cs_image_load(&im, s->db, c->ticket, e) < 0)
		return -1;
	v.kind = cs_policy_kind(s->policy, im.t.kind);
	if (!wanted(l, &im, &v, rule, c))
		return 0;
	known = c->person != CS_NULL && cs_table_find(s->db, &cs_person_table, c->person, &s->work, &person, e) == 1;
	lives = im.t.premises != CS_NULL && cs_table_find(s->db, &cs_premises_table, im.t.premises, &s->work, &premises, e) == 1;
	return cs_out_row(l->out, (struct cs_cell[]){
		cs_cell_text(cs_ref_text(c->ticket, ref)), cs_cell_int(c->seq), cs_cell_text(c->purpose), cs_cell_text(c->method),
		cs_desk_staff_cell(s, c->caller), cs_desk_time_cell(s, c->from_at, from), cs_desk_time_cell(s, c->due_at, due),
		cs_cell_bool(c->due_at != CS_NULL && (c->done_at != CS_NULL ? c->done_at : s->now) > c->due_at),
		cs_cell_int(c->tries), cs_cell_text(known ? person.name : NULL), cs_cell_text(known ? person.phone : NULL),
		cs_cell_text(lives ? premises.address : NULL), cs_cell_text(ask_text(rule, &s->work)), cs_cell_text(c->state),
		cs_cell_text(c->outcome), c->score == CS_NULL ? cs_cell_null() : cs_cell_int(c->score),
		cs_desk_time_cell(s, c->done_at, done)});
}

static int find_caller(struct cs_session *s, int64_t *out, struct cs_err *e)
{
	const struct cs_staff_row *p;

	*out = CS_NULL;
	if (!caller)
		return 0;
	p = strcmp(caller, "me") == 0 ? cs_org_staff(&s->org, s->actor) : cs_org_login(&s->org, caller);
	if (!p)
		return cs_fail(e, CS_USAGE, "no person with the login '%s'", caller);
	*out = p->id;
	return 0;
}

static int walk(struct listing *l, struct cs_stmt *statement, struct cs_err *e)
{
	struct cs_callback_row c;
	int rc = statement ? 0 : -1;

	while (statement && (rc = cs_callbacks_next(statement, &l->s->work, &c, e)) == 1) {
		if ((rc = list_one(l, &c, e)) < 0) {
			cs_stmt_done(statement);
			return l->out && e->code == CS_OK ? 0 : -1; /* a failed output shows at close */
		}
		cs_arena_reset(&l->s->work);
	}
	return rc;
}

static int run_list(struct cs_cli *cli, bool due_only, struct cs_err *e)
{
	struct listing l = {.unit = CS_NULL, .due_only = due_only};
	const struct cs_unit_row *unit = NULL;
	struct cs_period p;
	int rc = -1;

	if (cs_desk_open(cli, CS_DB_READ, CS_RIGHT_STAFF, &l.s, e) < 0 || cs_session_need_policy(l.s, e) < 0)
		goto out;
	if (unit_name && !(unit = cs_org_find_unit(&l.s->org, unit_name, e)))
		goto out;
	l.unit = unit ? unit->id : CS_NULL;
	if (find_caller(l.s, &l.caller, e) < 0 || (period && cs_period_parse(period, l.s->policy->zone, &p, e) < 0))
		goto out;
	l.out = cs_out_open(stdout, cli->common.format, list_columns, sizeof list_columns / sizeof *list_columns);
	if (cs_db_begin_read(l.s->db, e) == 0)
		rc = walk(&l, period ? cs_callbacks_done(l.s->db, p.from, p.to, e) : cs_callbacks_open(l.s->db, e), e);
	if (cs_out_close(l.out, rc < 0 ? NULL : e) < 0)
		rc = -1;
out:
	cs_session_close(l.s);
	return rc < 0 ? -1 : 0;
}

static int run_due(struct cs_cli *cli, struct cs_err *e)
{
	return run_list(cli, true, e);
}

static int run_archive(struct cs_cli *cli, struct cs_err *e)
{
	return run_list(cli, false, e);
}

/* --- record ---------------------------------------------------------------------- */

static const char *outcome, *note, *problem, *causing;
static int64_t score;
static struct cs_texts answers;
static const struct cs_column record_columns[] = {
	{.name = "ref"}, {.name = "contact", .right = true}, {.name = "state"}, {.name = "method"}, {.name = "reworked"}, {.name = "problem"},
};

static int read_answers(struct cs_given *out, struct cs_err *e)
{
	for (size_t i = 0; i < answers.count; i++) {
		char *equals = strchr(answers.item[i], '=');

		if (!equals || equals == answers.item[i] || !equals[1])
			return cs_fail(e, CS_USAGE, "--answer %s: QUESTION=ANSWER is wanted", answers.item[i]);
		*equals = '\0';
		out[i] = (struct cs_given){answers.item[i], equals + 1};
	}
	return 0;
}

static int split_contact(const char *operand, char ref[CONTACT_SIZE], int64_t *seq, struct cs_err *e)
{
	const char *slash = strchr(operand, '/');
	size_t n = slash ? (size_t)(slash - operand) : strlen(operand);
	char *end = NULL;

	*seq = slash ? strtoll(slash + 1, &end, 10) : 0;
	if (n >= CONTACT_SIZE || (slash && (*seq < 1 || *end)))
		return cs_fail(e, CS_USAGE, "'%.60s' is no contact (R20261121-0042/1 is one)", operand);
	memcpy(ref, operand, n);
	ref[n] = '\0';
	return 0;
}

static int record(struct cs_call *c, struct cs_call_result *r, const char *ref, struct cs_err *e)
{
	struct cs_session *s = c->s;
	const struct cs_unit_row *unit = causing ? cs_org_find_unit(&s->org, causing, e) : NULL;
	struct cs_call_done done;
	char own[CS_REF_SIZE], other[CS_REF_SIZE];
	struct cs_image im;
	int64_t ticket;

	if ((causing && !unit) || cs_desk_ref(s, ref, &ticket, e) < 0 || cs_desk_at(c->cli, s, &r->at, e) < 0)
		return -1;
	r->causing = unit ? unit->id : CS_NULL;
	cs_image_init(&im, &s->work);
	if (cs_image_load(&im, s->db, ticket, e) != 1 || cs_callback_record(s, &im, r, &done, e) < 0)
		return cs_fail_in(e, "%s", ref);
	if (cs_image_save(&im, s->db, e) < 0)
		return -1;
	if (done.outside_window)
		cs_msg("%s: recorded, but the call was made in quiet hours", ref);
	cs_call_columns(c, record_columns, sizeof record_columns / sizeof *record_columns);
	return cs_out_row(c->out, (struct cs_cell[]){
		cs_cell_text(cs_ref_text(ticket, own)), cs_cell_int(done.seq), cs_cell_text(done.state), cs_cell_text(done.method),
		cs_cell_bool(done.reworked), done.problem ? cs_cell_text(cs_ref_text(done.problem, other)) : cs_cell_null()});
}

static int run_record(struct cs_cli *cli, struct cs_err *e)
{
	struct cs_given given[64];
	struct cs_call_result r = {.score = score, .answer = given, .answer_count = answers.count, .note = note, .method = method, .problem = problem};
	struct cs_call c = {.cli = cli};
	char ref[CONTACT_SIZE];
	bool repeated;
	int rc = -1;

	if (!outcome)
		return cs_fail(e, CS_USAGE, "--outcome is missing (reached, unreachable, inconvenient or refused)");
	if (answers.count > sizeof given / sizeof *given || read_answers(given, e) < 0 || cs_call_outcome_parse(outcome, &r.outcome, e) < 0 ||
	    split_contact(cli->operands.item[0], ref, &r.seq, e) < 0)
		return -1;
	if (cs_desk_open(cli, CS_DB_WRITE, CS_RIGHT_STAFF, &c.s, e) < 0 || cs_session_need_policy(c.s, e) < 0)
		goto out;
	if (cs_call_begin(&c, NULL, &repeated, e) < 0)
		goto out;
	rc = repeated ? 0 : record(&c, &r, ref, e) < 0 ? -1 : cs_call_commit(&c, e);
out:
	cs_call_end(&c);
	cs_session_close(c.s);
	cs_texts_free(&answers);
	return rc;
}

/* --- plan and event --------------------------------------------------------------- */

static const struct cs_column plan_columns[] = {{.name = "ref"}, {.name = "contact", .right = true}, {.name = "planned"}};

static int plan_one(struct cs_tickets *t, int64_t ticket, struct cs_err *e)
{
	const int64_t *draw = t->arg;
	struct cs_image im;
	char ref[CS_REF_SIZE];
	int64_t seq;
	int rc;

	cs_image_init(&im, &t->s->work);
	rc = cs_image_load(&im, t->s->db, ticket, e);
	if (rc == 0)
		return cs_fail(e, CS_NOTFOUND, "no such ticket");
	rc = rc < 0 ? -1 : cs_callback_plan(t->s, &im, purpose, *draw, &seq, e);
	if (rc < 0 || cs_image_save(&im, t->s->db, e) < 0)
		return -1;
	cs_tickets_row(t, (struct cs_cell[]){cs_cell_text(cs_ref_text(ticket, ref)), cs_cell_int(seq), cs_cell_bool(rc == 1)});
	return 0;
}

static int run_plan(struct cs_cli *cli, struct cs_err *e)
{
	int64_t draw = CS_NULL;
	struct cs_texts refs = {0};
	struct cs_tickets t = {.cli = cli, .column = plan_columns, .column_count = 3, .act = plan_one, .arg = &draw};
	int rc = -1;

	if (cs_cli_refs(cli, 0, &refs, e) == 0 && cs_desk_open(cli, CS_DB_WRITE, CS_RIGHT_STAFF, &t.s, e) == 0 &&
	    cs_session_need_policy(t.s, e) == 0) {
		const struct cs_ids *known = cs_policy_codes(t.s->policy, "purpose");

		if (purpose && (!known || !cs_ids_has(known, purpose)))
			cs_fail(e, CS_USAGE, "no purpose '%s'", purpose);
		else
			rc = cs_tickets_run(&t, &refs, e);
	}
	cs_session_close(t.s);
	cs_texts_free(&refs);
	return rc;
}

static int release_all(struct cs_call *c, const char *happening, int64_t unit, cs_time at, struct cs_err *e)
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
		if (!cs_org_below(&s->org, im.t.place != CS_NULL ? im.t.place : cs_image_unit(&im), unit))
			continue;
		if (cs_callback_release(s, &im, happening, at, &released, e) < 0 || cs_image_save(&im, s->db, e) < 0)
			return -1;
		if (released)
			cs_out_row(c->out, (struct cs_cell[]){cs_cell_text(cs_ref_text(ticket, ref)), cs_cell_int((int64_t)released)});
	}
	return rc;
}

static int event(struct cs_call *c, const char *happening, struct cs_err *e)
{
	const struct cs_unit_row *unit = cs_org_find_unit(&c->s->org, unit_name, e);
	cs_time at;
	int rc;

	if (!unit || cs_desk_at(c->cli, c->s, &at, e) < 0)
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
	if (cs_desk_open(cli, CS_DB_WRITE, CS_RIGHT_STAFF, &c.s, e) == 0 && cs_session_need_policy(c.s, e) == 0 &&
	    cs_call_begin(&c, NULL, &repeated, e) == 0)
		rc = repeated ? 0 : event(&c, cli->operands.item[0], e) < 0 ? -1 : cs_call_commit(&c, e);
	cs_call_end(&c);
	cs_session_close(c.s);
	return rc;
}

/* --- the program ---------------------------------------------------------------------- */

#define UNIT {.name = "unit", .arg = "UNIT", .help = "in this unit and those below", .text = &unit_name}
#define METHOD {.name = "method", .arg = "M", .help = "phone, visit, ...", .text = &method}
#define PURPOSE {.name = "purpose", .arg = "P", .help = "what the contact is for", .text = &purpose}
#define CALLER {.name = "caller", .arg = "LOGIN|me", .help = "who is to make it", .text = &caller}
static const struct cs_opt due_options[] = {
	UNIT, METHOD, PURPOSE, CALLER,
	{.name = "all-open", .help = "also those that may not be called now, or not by the caller", .flag = &everything},
	{0},
};
static const struct cs_opt archive_options[] = {
	UNIT, METHOD, PURPOSE, CALLER,
	{.name = "period", .arg = "P", .help = "ended in this period (else those still open)", .text = &period},
	{.name = "state", .arg = "S", .help = "open, done, exempt, refused or dropped", .text = &state},
	{0},
};
static const struct cs_opt record_options[] = {
	{.name = "outcome", .arg = "O", .help = "reached, unreachable, inconvenient or refused", .text = &outcome},
	{.name = "score", .arg = "N", .help = "1 (very dissatisfied) to 5 (very satisfied)", .number = &score, .min = 1, .max = 5},
	{.name = "answer", .arg = "QUESTION=ANSWER", .help = "what the customer said", .list = &answers},
	{.name = "note", .arg = "TEXT", .help = "a remark", .text = &note},
	METHOD,
	{.name = "problem", .arg = "TEXT", .help = "opens a ticket for what was found", .text = &problem},
	{.name = "causing", .arg = "UNIT", .help = "whose problem it is (else the handling unit)", .text = &causing},
	{0},
};
static const struct cs_opt plan_options[] = {PURPOSE, {0}};
static const struct cs_opt event_options[] = {
	{.name = "unit", .arg = "UNIT", .help = "where it came to pass (and below)", .text = &unit_name}, {0},
};
static const struct cs_command commands[] = {
	{.name = "due",
	 .synopsis = "[-q] [-d PATH] [-f F] [--as LOGIN] [--now TIME] [--unit UNIT] [--method M] [--purpose P] [--caller LOGIN|me] [--all-open]",
	 .about = "Lists the contacts that may be made now, the most urgent first.",
	 .takes = CS_TAKES_READER | CS_TAKES_AS,
	 .options = due_options,
	 .run = run_due},
	{.name = "list",
	 .synopsis = "[-q] [-d PATH] [-f F] [--now TIME] [--unit UNIT] [--method M] [--purpose P] [--caller LOGIN|me] [--period P] [--state S]",
	 .about = "Lists contacts, those still open or those ended in a period.",
	 .takes = CS_TAKES_READER,
	 .options = archive_options,
	 .run = run_archive},
	{.name = "record",
	 .synopsis = "[-nq] [-d PATH] [-f F] [--as LOGIN] [--at TIME] [--now TIME] [--key K] --outcome O [--score N] [--answer QUESTION=ANSWER]... "
		     "[--note TEXT] [--method M] [--problem TEXT] [--causing UNIT] REF[/NUMBER]",
	 .about = "Records one try and what came of it.",
	 .takes = CS_TAKES_WRITER,
	 .writes = true,
	 .operands_min = 1,
	 .operands_max = 1,
	 .options = record_options,
	 .run = run_record},
	{.name = "plan",
	 .synopsis = "[-nq] [-d PATH] [-f F] [--as LOGIN] [--now TIME] [--key K] [--all] [--purpose P] REF...|-",
	 .about = "Plans a contact for each ticket that has none open for that purpose.",
	 .takes = (CS_TAKES_WRITER | CS_TAKES_ALL) & ~CS_TAKES_AT,
	 .writes = true,
	 .operands_min = 1,
	 .operands_max = SIZE_MAX,
	 .options = plan_options,
	 .run = run_plan},
	{.name = "event",
	 .synopsis = "[-nq] [-d PATH] [-f F] [--as LOGIN] [--at TIME] [--now TIME] [--key K] --unit UNIT HAPPENING",
	 .about = "Enters what came to pass (the first rain) and opens the contacts that waited for it.",
	 .takes = CS_TAKES_WRITER,
	 .writes = true,
	 .operands_min = 1,
	 .operands_max = 1,
	 .options = event_options,
	 .run = run_event},
};

int main(int argc, char **argv)
{
	static const struct cs_program program = {"cs-callback", "Contacts to make and made.", commands, sizeof commands / sizeof *commands};

	return cs_cli_main(&program, argc, argv);
}
