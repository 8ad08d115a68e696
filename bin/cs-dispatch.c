/* cs-dispatch: hand tickets over to a unit or a person. */
#include <string.h>

#include "domain/access.h"
#include "domain/act.h"
#include "domain/merge.h"
#include "store/ref.h"
#include "text/desk.h"
#include "text/given.h"
#include "text/process.h"
#include "text/tickets.h"

static struct cs_given_options given;
static const char *to, *assignee, *appoint, *note;

static const struct cs_opt options[] = {
	{.name = "to", .arg = "UNIT", .help = "the unit that is to handle them (else as the rules say)", .text = &to},
	{.name = "assignee", .arg = "LOGIN", .help = "the person who is to do the job", .text = &assignee},
	{.name = "appoint", .arg = "TIME", .help = "the time agreed with the customer", .text = &appoint},
	{.name = "set", .arg = "FIELD=VALUE", .help = "a value given with the step", .list = &given.set},
	{.name = "note", .arg = "TEXT", .help = "a remark", .text = &note},
	{0},
};
static const struct cs_column columns[] = {
	{.name = "ref"}, {.name = "state"}, {.name = "handling"}, {.name = "assignee"}};

static int act(struct cs_tickets *t, int64_t ticket, struct cs_err *e)
{
	struct cs_dispatch order = *(const struct cs_dispatch *)t->arg;
	struct cs_image im;
	char ref[CS_REF_SIZE], other[CS_REF_SIZE];
	int64_t survivor;

	order.req.at = t->at;
	if (cs_merge_survivor(t->s, ticket, &survivor, e) < 0)
		return -1;
	if (survivor != ticket) {
		order.req.through = ticket;
		cs_note("%s is merged: %s is handed over", cs_ref_text(ticket, ref),
			cs_access_ref(t->s, survivor, other));
	}
	if (cs_act_dispatch(t->s, survivor, &order, &im, e) < 0)
		return -1;
	if (cs_access_named(t->s, im.t.id, ticket) != im.t.id)
		cs_tickets_row(t, (struct cs_cell[]){cs_cell_text(cs_ref_text(ticket, ref)), cs_cell_null(),
						     cs_cell_null(), cs_cell_null()});
	else
		cs_tickets_row(t, (struct cs_cell[]){
					  cs_cell_text(cs_ref_text(im.t.id, ref)),
					  cs_cell_text(im.t.state),
					  cs_desk_unit_cell(t->s, im.t.handling),
					  cs_desk_staff_cell(t->s, im.t.assignee),
				  });
	return 0;
}

/* --to, --assignee and --appoint by name: faults of the call, not of a ticket. */
static int read_order(struct cs_session *s, struct cs_dispatch *order, struct cs_err *e)
{
	const struct cs_unit_row *unit = to ? cs_org_find_unit(&s->org, to, e) : NULL;
	const struct cs_staff_row *person;
	cs_time at;

	if (cs_session_need_policy(s, e) < 0 || (to && !unit))
		return -1;
	person = assignee ? cs_org_find_staff(&s->org, assignee, e) : NULL;
	if (assignee && !person)
		return cs_fail_in(e, "--assignee");
	if (person && !cs_staff_active(person, s->now))
		return cs_fail(e, CS_USAGE, "--assignee: %s (%s) is not on the staff now", person->login, person->name);
	if (appoint && cs_time_parse(appoint, cs_session_zone(s), &at, e) < 0)
		return cs_fail_in(e, "--appoint");
	order->to = unit ? unit->id : CS_NULL;
	order->assignee = person ? person->id : CS_NULL;
	order->appointment = appoint;
	return 0;
}

static int run(struct cs_cli *cli, struct cs_err *e)
{
	struct cs_dispatch order = {.req = {.note = note}};
	struct cs_arena arena = {0};
	struct cs_texts refs = {0};
	struct cs_tickets t = {
		.cli = cli,
		.column = columns,
		.column_count = sizeof columns / sizeof *columns,
		.act = act,
		.arg = &order,
	};
	int rc = -1;

	if (cs_given_read(&given, &arena, &order.req, e) < 0 || cs_cli_refs(cli, 0, &refs, e) < 0)
		goto out;
	if (cs_desk_open(cli, CS_DB_WRITE, CS_RIGHT_STAFF, &t.s, e) < 0 || read_order(t.s, &order, e) < 0)
		goto out;
	rc = cs_tickets_run(&t, &refs, e);
out:
	cs_session_close(t.s);
	cs_texts_free(&refs);
	cs_given_free(&given);
	cs_arena_free(&arena);
	return rc;
}

int main(int argc, char **argv)
{
	static const struct cs_command command = {
		.synopsis =
			"[-nq] [-d PATH] [-f F] [--as LOGIN] [--at TIME] [--now TIME] [--key K] [--all] [--to UNIT] "
			"[--assignee LOGIN] [--appoint TIME] [--set FIELD=VALUE]... [--note TEXT] REF...|-",
		.about = "Hands tickets over to the unit or person that the rules or the options name.",
		.takes = CS_TAKES_WRITER | CS_TAKES_ALL,
		.writes = true,
		.operands_min = 1,
		.operands_max = SIZE_MAX,
		.options = options,
		.run = run,
	};
	static const struct cs_program program = {"cs-dispatch", "Routes tickets and hands them over.", &command, 1};

	return cs_cli_main(&program, argc, argv);
}
