/* cs-duty: what is owed by a time, delivered with evidence, written, waived. */
#include <string.h>

#include "domain/access.h"
#include "domain/merge.h"
#include "store/owed.h"
#include "store/ref.h"
#include "text/desk.h"
#include "text/duties.h"
#include "text/form.h"
#include "text/given.h"
#include "text/process.h"

static struct cs_duties listed;
static const char *note, *period;
static struct cs_texts parts, evidence;

/* --- due -------------------------------------------------------------------------------------- */

static int run_due(struct cs_cli *cli, struct cs_err *e)
{
	struct cs_session *s = NULL;
	struct cs_out *out;
	int rc = -1;

	if (cs_desk_open(cli, CS_DB_READ, CS_RIGHT_STAFF, &s, e) == 0 && cs_session_need_policy(s, e) == 0 &&
	    cs_duties_choose(s, &listed, e) == 0 && cs_db_begin_read(s->db, e) == 0) {
		out = cs_out_open(stdout, cli->common.format, cs_duties_columns, cs_duties_column_count);
		rc = cs_duties_list(s, &listed, out, e);
		if (cs_out_close(out, rc < 0 ? NULL : e) < 0)
			rc = -1;
	}
	cs_session_close(s);
	return rc;
}

/* --- one subject ------------------------------------------------------------------------------ */

/* Who owes, loaded. A ticket that is kept back from the caller is not touched. */
struct subject {
	struct cs_owing o;
	struct cs_image im;
	const char *name;
	char ref[CS_REF_SIZE];
};

/* What a merged ticket would owe is owed by the one that survived. */
static int survivor(struct cs_session *s, int64_t *ticket, struct cs_err *e)
{
	char ref[CS_REF_SIZE], other[CS_REF_SIZE];
	const int64_t asked = *ticket;

	if (cs_merge_survivor(s, asked, ticket, e) < 0)
		return -1;
	if (*ticket != asked)
		cs_note("%s is merged: it is %s that owes", cs_ref_text(asked, ref), cs_access_ref(s, *ticket, other));
	return 0;
}

static int load(struct cs_session *s, const char *text, bool change, struct subject *out, struct cs_err *e)
{
	const struct cs_access_rule *rule;
	const struct cs_unit_row *unit;
	int64_t ticket, asked;

	if (cs_duties_subject(s, text, &ticket, &unit, e) < 0)
		return -1;
	asked = ticket;
	if (change && !unit && survivor(s, &ticket, e) < 0)
		return -1;
	out->name = unit ? unit->code : cs_ref_text(ticket, out->ref);
	if (unit)
		return cs_owing_unit(&out->o, s, unit, e);
	if (cs_image_get(&out->im, s->db, ticket, &s->work, e) < 0)
		return -1;
	rule = cs_access_kept(s, &out->im);
	if (rule)
		return asked == ticket ? cs_access_refuse(s, &out->im, rule, e) : cs_access_refuse_other(s, rule, e);
	out->o = (struct cs_owing){.s = s, .im = &out->im};
	return 0;
}

static int load_to_change(struct cs_session *s, const char *text, struct subject *out, struct cs_err *e)
{
	if (load(s, text, true, out, e) < 0)
		return -1;
	if (!out->o.unit)
		return cs_owing_ticket(&out->o, s, &out->im, e);
	return cs_duty_catch_up(s, out->o.unit->id, e) < 0 ? -1 : cs_owing_unit(&out->o, s, out->o.unit, e);
}

static int save(struct subject *on, struct cs_err *e)
{
	return on->o.unit ? 0 : cs_image_save(&on->im, on->o.s->db, e);
}

/* --- done and waive --------------------------------------------------------------------------- */

static const struct cs_column done_columns[] = {
	{.name = "subject"}, {.name = "duty"}, {.name = "period"}, {.name = "state"}};

/* The form as it is delivered now. */
static int print_form(struct subject *on, struct cs_delivery *d, struct cs_buf *page, struct cs_err *e)
{
	const struct cs_form *form = d->rule->form && !on->o.unit ? cs_policy_form(on->o.s->policy, d->rule->form)
								  : NULL;

	if (!form)
		return 0;
	if (cs_form_print(on->o.s, on->o.im, form, page, e) < 0)
		return -1;
	d->text = cs_arena_strdup(&on->o.s->work, cs_buf_str(page));
	return 0;
}

/* The one in hand was delivered; an earlier one that was missed may still be, by its name. */
static void tell_missed(const struct subject *on, const struct cs_delivery *d)
{
	for (size_t i = 0; i < cs_image_count(on->o.im, CS_P_OWED); i++) {
		const struct cs_owed_row *r = cs_image_at(on->o.im, CS_P_OWED, i);

		if (cs_owing_missed(on->o.s->policy, d->rule, r, on->o.s->now))
			cs_note("%s: %s of %s was missed, and can still be delivered late (--period %s)", on->name,
				r->duty, r->cause, r->cause);
	}
}

static void print_done(struct cs_call *c, const struct subject *on, const struct cs_duty *rule, const char *cause)
{
	const struct cs_owed_row *row = NULL;

	for (size_t i = 0; i < cs_image_count(on->o.im, CS_P_OWED); i++) {
		const struct cs_owed_row *r = cs_image_at(on->o.im, CS_P_OWED, i);

		if (strcmp(r->duty, rule->id) == 0 && strcmp(r->cause, cause) == 0)
			row = r;
	}
	if (row && row->times > 0 && row->done_at == CS_NULL)
		cs_note("%s: %s of %s: delivered %lld of %lld times", on->name, rule->id, cause, (long long)row->times,
			(long long)rule->times);
	cs_call_columns(c, done_columns, sizeof done_columns / sizeof *done_columns);
	cs_out_row(c->out, (struct cs_cell[]){cs_cell_text(on->name), cs_cell_text(rule->id), cs_cell_text(cause),
					      cs_cell_text(row ? cs_owed_state(row) : "")});
}

static int deliver(struct cs_call *c, const struct cs_request *req, bool waive, struct cs_err *e)
{
	const struct cs_texts *words = &c->cli->operands;
	struct cs_delivery d = {.rule = cs_duty_named(c->s->policy, words->item[1], e),
				.period = period,
				.note = note,
				.evidence = req->evidence,
				.evidence_count = req->evidence_count};
	struct cs_buf page = {0};
	struct subject on;
	const char *cause;
	int rc = -1;

	if (d.rule && cs_desk_at(c->cli, c->s, &d.at, e) == 0 && load_to_change(c->s, words->item[0], &on, e) == 0 &&
	    (waive                               ? cs_duty_waive(&on.o, &d, &cause, e)
	     : print_form(&on, &d, &page, e) < 0 ? -1
						 : cs_duty_done(&on.o, &d, &cause, e)) == 0) {
		print_done(c, &on, d.rule, cause);
		if (!waive && !period)
			tell_missed(&on, &d);
		rc = save(&on, e);
	}
	cs_buf_free(&page);
	return rc;
}

static int run_delivery(struct cs_cli *cli, bool waive, struct cs_err *e)
{
	struct cs_call c = {.cli = cli};
	struct cs_request req = {.step = NULL};
	struct cs_arena arena = {0};
	bool repeated;
	int rc = -1;

	if (cs_given_evidence(&req, &evidence, &arena, e) == 0 &&
	    cs_desk_open(cli, CS_DB_WRITE, CS_RIGHT_STAFF, &c.s, e) == 0 && cs_session_need_policy(c.s, e) == 0 &&
	    cs_call_begin(&c, NULL, &repeated, e) == 0)
		rc = repeated ? 0 : deliver(&c, &req, waive, e) < 0 ? -1 : cs_call_commit(&c, e);
	cs_call_end(&c);
	cs_session_close(c.s);
	cs_arena_free(&arena);
	cs_texts_free(&evidence);
	return rc;
}

static int run_done(struct cs_cli *cli, struct cs_err *e)
{
	return run_delivery(cli, false, e);
}

static int run_waive(struct cs_cli *cli, struct cs_err *e)
{
	return run_delivery(cli, true, e);
}

/* --- write ------------------------------------------------------------------------------------ */

static const struct cs_column write_columns[] = {{.name = "ref"}, {.name = "form"}, {.name = "missing"}};

static int write_part(struct subject *on, const struct cs_form *form, const char *typed, cs_time at, struct cs_err *e)
{
	char *text = cs_arena_strdup(&on->o.s->work, typed), *is = strchr(text, '=');

	if (!is || is == text)
		return cs_fail(e, CS_USAGE, "--part %s: PART=TEXT is wanted", typed);
	*is = '\0';
	return cs_duty_write(&on->o, form, text, is + 1, at, e);
}

static int fail_no_part(const struct cs_form *form, struct cs_err *e)
{
	struct cs_buf b = {0};

	for (size_t i = 0; i < form->written.count; i++)
		cs_buf_printf(&b, "%s%s", i ? ", " : "", form->written.id[i]);
	if (form->written.count)
		cs_fail(e, CS_USAGE, "--part is missing: PART=TEXT, the part one of %s", cs_buf_str(&b));
	else
		cs_fail(e, CS_USAGE, "form %s has no parts to be written: it fills itself", form->id);
	cs_buf_free(&b);
	return -1;
}

static int write_parts(struct cs_call *c, struct cs_err *e)
{
	const struct cs_texts *words = &c->cli->operands;
	const struct cs_form *form = cs_form_find(c->s->policy, words->item[1], e);
	struct cs_buf list = {0};
	struct cs_ids missing;
	struct subject on;
	cs_time at;
	int rc;

	if (!form || cs_desk_at(c->cli, c->s, &at, e) < 0 || load_to_change(c->s, words->item[0], &on, e) < 0)
		return -1;
	if (on.o.unit)
		return cs_fail(e, CS_USAGE, "%s: forms are written for tickets", on.name);
	if (parts.count == 0)
		return fail_no_part(form, e);
	for (size_t i = 0; i < parts.count; i++)
		if (write_part(&on, form, parts.item[i], at, e) < 0)
			return -1;
	rc = save(&on, e);
	missing = cs_form_missing(&on.im, c->s->policy, form);
	for (size_t i = 0; i < missing.count; i++)
		cs_buf_printf(&list, "%s%s", i ? "," : "", missing.id[i]);
	cs_call_columns(c, write_columns, sizeof write_columns / sizeof *write_columns);
	cs_out_row(c->out,
		   (struct cs_cell[]){cs_cell_text(on.name), cs_cell_text(form->id), cs_cell_text(cs_buf_str(&list))});
	cs_buf_free(&list);
	return rc;
}

static int run_write(struct cs_cli *cli, struct cs_err *e)
{
	struct cs_call c = {.cli = cli};
	bool repeated;
	int rc = -1;

	if (cs_desk_open(cli, CS_DB_WRITE, CS_RIGHT_STAFF, &c.s, e) == 0 && cs_session_need_policy(c.s, e) == 0 &&
	    cs_call_begin(&c, NULL, &repeated, e) == 0)
		rc = repeated ? 0 : write_parts(&c, e) < 0 ? -1 : cs_call_commit(&c, e);
	cs_call_end(&c);
	cs_session_close(c.s);
	cs_texts_free(&parts);
	return rc;
}

/* --- show ------------------------------------------------------------------------------------- */

/* The one of that period, else the last that was delivered. */
static const struct cs_owed_row *delivered_row(const struct subject *on, const struct cs_duty *rule)
{
	const struct cs_owed_row *best = NULL;

	for (size_t i = 0; i < cs_image_count(on->o.im, CS_P_OWED); i++) {
		const struct cs_owed_row *r = cs_image_at(on->o.im, CS_P_OWED, i);

		if (strcmp(r->duty, rule->id) != 0 || r->done_at == CS_NULL ||
		    (period && strcmp(r->cause, period) != 0))
			continue;
		if (!best || r->done_event > best->done_event)
			best = r;
	}
	return best;
}

static int show(struct cs_session *s, const struct cs_texts *words, struct cs_err *e)
{
	const struct cs_duty *rule = cs_duty_named(s->policy, words->item[1], e);
	const struct cs_owed_row *row;
	struct subject on;
	const char *text;
	int rc;

	if (!rule || load(s, words->item[0], false, &on, e) < 0)
		return -1;
	row = delivered_row(&on, rule);
	if (!row)
		return cs_fail(e, CS_NOTFOUND, "%s: %s was not delivered%s%s", on.name, rule->id, period ? " for " : "",
			       period ? period : "");
	rc = cs_duty_delivered(s->db, row, &s->work, &text, e);
	if (rc < 0)
		return -1;
	if (rc == 0)
		return cs_fail(e, CS_NOTFOUND, "%s: of %s no text is kept%s%s", on.name, rule->id,
			       row->evidence ? ", its evidence is " : "", row->evidence ? row->evidence : "");
	fputs(text, stdout);
	return 0;
}

static int run_show(struct cs_cli *cli, struct cs_err *e)
{
	struct cs_session *s = NULL;
	int rc = -1;

	if (cs_desk_open(cli, CS_DB_READ, CS_RIGHT_STAFF, &s, e) == 0 && cs_session_need_policy(s, e) == 0 &&
	    cs_db_begin_read(s->db, e) == 0)
		rc = show(s, &cli->operands, e);
	cs_session_close(s);
	return rc;
}

/* --- the program ------------------------------------------------------------------------------ */

#define PERIOD \
	{ \
		.name = "period", .arg = "P", .help = "which one (default: the one owed for longest)", .text = &period \
	}
static const struct cs_opt due_options[] = {
	{.name = "unit",
	 .arg = "UNIT",
	 .help = "owed by this unit and those below, or by tickets there",
	 .text = &listed.unit_name},
	{.name = "owner", .arg = "LOGIN|me", .help = "who owes it", .text = &listed.owner_name},
	{.name = "subject", .arg = "REF|UNIT", .help = "of this ticket or unit", .text = &listed.subject_name},
	{.name = "duty", .arg = "DUTY", .help = "this duty alone", .text = &listed.duty_name},
	{.name = "overdue", .help = "only what is late and can still be delivered", .flag = &listed.overdue},
	{.name = "all",
	 .help = "also what is done, waived, ended, missed for good, or begins later",
	 .flag = &listed.all},
	{.name = "period", .arg = "P", .help = "due in this period", .text = &listed.period},
	{0},
};
static const struct cs_opt done_options[] = {
	PERIOD,
	{.name = "evidence",
	 .arg = "KIND[=FILE][,signer=NAME]",
	 .help = "what shows that it was done",
	 .list = &evidence},
	{.name = "note", .arg = "TEXT", .help = "a remark", .text = &note},
	{0},
};
static const struct cs_opt waive_options[] = {
	PERIOD,
	{.name = "note", .arg = "TEXT", .help = "why", .text = &note},
	{0},
};
static const struct cs_opt write_options[] = {
	{.name = "part", .arg = "PART=TEXT", .help = "a part of the form", .list = &parts},
	{0},
};
static const struct cs_opt show_options[] = {
	{.name = "period", .arg = "P", .help = "which one (default: the last)", .text = &period},
	{0},
};
static const struct cs_command commands[] = {
	{.name = "due",
	 .synopsis = "[-q] [-d PATH] [-f F] [--as LOGIN] [--now TIME] [--unit UNIT] [--owner LOGIN|me] "
		     "[--subject REF|UNIT] [--duty DUTY] [--overdue] [--all] [--period P]",
	 .about = "Lists what is owed, the most urgent first.",
	 .takes = CS_TAKES_VIEWER,
	 .options = due_options,
	 .run = run_due},
	{.name = "done",
	 .synopsis = "[-nq] [-d PATH] [-f F] [--as LOGIN] [--at TIME] [--now TIME] [--key K] [--period P] "
		     "[--evidence KIND[=FILE][,signer=NAME]]... [--note TEXT] REF|UNIT DUTY",
	 .about = "Delivers what is owed.",
	 .takes = CS_TAKES_WRITER,
	 .writes = true,
	 .operands_min = 2,
	 .operands_max = 2,
	 .options = done_options,
	 .run = run_done},
	{.name = "write",
	 .synopsis =
		 "[-nq] [-d PATH] [-f F] [--as LOGIN] [--at TIME] [--now TIME] [--key K] --part PART=TEXT... REF FORM",
	 .about = "Writes parts of a form and names those still to be written.",
	 .takes = CS_TAKES_WRITER,
	 .writes = true,
	 .operands_min = 2,
	 .operands_max = 2,
	 .options = write_options,
	 .run = run_write},
	{.name = "waive",
	 .synopsis = "[-nq] [-d PATH] [-f F] [--as LOGIN] [--at TIME] [--now TIME] [--key K] [--period P] --note TEXT "
		     "REF|UNIT DUTY",
	 .about = "Waives what is owed, where the rules let the caller.",
	 .takes = CS_TAKES_WRITER,
	 .writes = true,
	 .operands_min = 2,
	 .operands_max = 2,
	 .options = waive_options,
	 .run = run_waive},
	{.name = "show",
	 .synopsis = "[-q] [-d PATH] [--as LOGIN] [--now TIME] [--period P] REF|UNIT DUTY",
	 .about = "Prints what was delivered, as it was.",
	 .takes = CS_TAKES_DB | CS_TAKES_NOW | CS_TAKES_EYES,
	 .operands_min = 2,
	 .operands_max = 2,
	 .options = show_options,
	 .run = run_show},
};

int main(int argc, char **argv)
{
	static const struct cs_program program = {"cs-duty", "What is owed by a time.", commands,
						  sizeof commands / sizeof *commands};

	return cs_cli_main(&program, argc, argv);
}
