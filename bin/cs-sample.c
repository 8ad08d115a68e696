/* cs-sample: samples that an auditor can draw again. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "domain/names.h"
#include "domain/sample.h"
#include "store/draw.h"
#include "store/ref.h"
#include "text/desk.h"
#include "text/draws.h"
#include "text/process.h"

static const char *unit_name, *seed, *again, *rounding, *per, *reason;
static int64_t count, percent, least;
static bool no_plan;

/* What is to be drawn: by a rule, or by what the options say from the tickets given. */
struct task {
	const struct cs_sample_rule *rule; /* NULL: from tickets */
	struct cs_period period;
	struct cs_draw_order order;
	struct cs_texts refs;
	struct cs_frame frame;
	struct cs_arena arena;
	size_t refused, wrong;
	int64_t seen; /* last event when the frame was read */
};

static void task_free(struct task *t)
{
	cs_texts_free(&t->refs);
	cs_arena_free(&t->arena);
}

static int find_unit(struct cs_session *s, int64_t *out, struct cs_err *e)
{
	const struct cs_unit_row *u = unit_name ? cs_org_find_unit(&s->org, unit_name, e) : NULL;

	*out = u ? u->id : CS_NULL;
	return unit_name && !u ? -1 : 0;
}

static bool is_blank(const char *text)
{
	char *copy = cs_strdup(text);
	bool blank;

	cs_utf8_trim(copy);
	blank = !*copy;
	free(copy);
	return blank;
}

/* Before the database is opened: references on stdin are read to their end first. */
static int read_call(const struct cs_cli *cli, struct task *t, struct cs_err *e)
{
	struct cs_draw_order *o = &t->order;

	*o = (struct cs_draw_order){.name = CS_DRAW_ADHOC,
				    .seed = seed,
				    .again = again,
				    .unit = CS_NULL,
				    .spec = {.has_percent = percent > 0,
					     .percent = percent,
					     .count = count,
					     .least = least,
					     .round_up = true,
					     .per = per ? per : "none"}};
	if (seed && !*seed)
		return cs_fail(e, CS_USAGE, "--seed: a text is wanted");
	if (again && is_blank(again))
		return cs_fail(e, CS_USAGE, "--again: a reason is wanted, not blanks");
	if (!count && !percent) {
		if (rounding || per || least)
			return cs_fail(e, CS_USAGE,
				       "--round, --per and --least go with --count or --percent");
		if (cli->common.all)
			return cs_fail(e, CS_USAGE, "--all goes with --count or --percent and tickets");
		if (cli->operands.count != 2)
			return cs_fail(
				e, CS_USAGE,
				"wanted is RULE PERIOD, or --count N or --percent P and tickets");
		o->name = cli->operands.item[0];
		return 0;
	}
	if (count && percent)
		return cs_fail(e, CS_USAGE, "either --count or --percent");
	if (unit_name || again || no_plan)
		return cs_fail(e, CS_USAGE, "--unit, --again and --no-plan go with RULE PERIOD");
	if (rounding &&
	    (!percent || (strcmp(rounding, "up") != 0 && strcmp(rounding, "down") != 0)))
		return cs_fail(e, CS_USAGE, "--round up|down goes with --percent");
	o->spec.round_up = percent && !(rounding && strcmp(rounding, "down") == 0);
	return cs_cli_refs(cli, 0, &t->refs, e);
}

static int find_rule(struct cs_session *s, const struct cs_cli *cli, struct task *t, bool over,
		     struct cs_err *e)
{
	if (strcmp(t->order.name, CS_DRAW_ADHOC) == 0 && (count || percent)) {
		if (cs_sample_per_check(s, t->order.spec.per, e) < 0)
			return cs_fail_in(e, "--per");
		return 0;
	}
	t->order.name = cs_name_find(s->policy, "samples", t->order.name, e);
	if (!t->order.name) {
		const struct cs_err why = *e;

		return cs_fail(e, why.code, "%s (tickets are drawn with --count or --percent)", why.text);
	}
	t->rule = cs_policy_sample(s->policy, t->order.name);
	if (cs_sample_spec_of(t->rule, &t->order.spec, e) < 0 ||
	    cs_sample_period(s, t->rule, cli->operands.item[1], over, &t->period, e) < 0)
		return -1;
	t->order.period = t->period.label;
	return find_unit(s, &t->order.unit, e);
}

static int build_frame(struct cs_session *s, struct task *t, struct cs_err *e)
{
	t->frame = (struct cs_frame){.arena = &t->arena};
	if (t->rule)
		return cs_sample_frame(s, t->rule, &t->period, t->order.unit, &t->frame, e);
	return cs_draws_frame(s, &t->refs, t->order.spec.per, &t->frame, &t->refused, &t->wrong, e);
}

/* 0; 1 when tickets were refused; 64 when all were, as no references. */
static int verdict(const struct task *t)
{
	if (t->refused == 0)
		return 0;
	return cs_err_exit(t->wrong == t->refused && t->frame.count == 0 ? CS_USAGE : CS_REFUSED);
}

/* --- draw ------------------------------------------------------------------------------------ */

static const struct cs_column draw_columns[] = {
	{.name = "ref"},
	{.name = "draw", .right = true},
	{.name = "stratum"},
	{.name = "place", .right = true},
	{.name = "contact", .right = true},
};

static int print_members(struct cs_call *c, const struct task *t, int64_t draw, struct cs_err *e)
{
	struct cs_draw_item *item;
	size_t n, members = 0, erased = 0;
	char ref[CS_REF_SIZE];

	if (cs_draw_items(c->s->db, draw, t->frame.arena, &item, &n, e) < 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		int64_t seq = 0;

		if (strcmp(item[i].role, "member") != 0)
			continue;
		members++;
		cs_arena_reset(&c->s->work);
		if (t->rule && t->rule->then_contact && !no_plan) {
			if (cs_draw_contact(c->s, draw, item[i].ticket, t->rule->then_contact, &seq, e) < 0)
				return -1;
			erased += seq == 0;
		}
		cs_out_row(c->out,
			   (struct cs_cell[]){cs_cell_text(cs_ref_text(item[i].ticket, ref)),
					      cs_cell_int(draw), cs_cell_text(item[i].stratum),
					      cs_cell_int(item[i].place),
					      seq ? cs_cell_int(seq) : cs_cell_null()});
	}
	cs_note("draw %lld: %zu of %zu tickets", (long long)draw, members, t->frame.count);
	if (erased)
		cs_note("draw %lld: no contact is planned for %zu of them: their customers are erased", (long long)draw,
			erased);
	return 0;
}

/* Reading a month's tickets takes its time: others do not wait for that. */
static int read_ahead(struct cs_session *s, const struct cs_cli *cli, struct task *t,
		      struct cs_err *e)
{
	struct cs_chain chain;
	int rc = cs_db_begin_read(s->db, e);

	if (rc < 0)
		return -1;
	rc = cs_chain_load(s->db, s->meta.database_id, &chain, e);
	if (rc == 0)
		rc = find_rule(s, cli, t, true, e);
	if (rc == 0)
		rc = build_frame(s, t, e);
	t->seen = chain.last_id;
	cs_db_rollback(s->db);
	return rc;
}

static int draw(struct cs_call *c, struct task *t, struct cs_err *e)
{
	int64_t id;

	/* What was recorded since may belong to the frame. */
	if (t->rule && t->seen != c->s->chain.last_id &&
	    (find_rule(c->s, c->cli, t, true, e) < 0 || build_frame(c->s, t, e) < 0))
		return -1;
	if (!t->rule && t->refused && c->cli->common.all) {
		cs_msg("%zu of %zu tickets refused; nothing was drawn (--all)", t->refused,
		       t->refs.count);
		return verdict(t);
	}
	if (!t->rule && t->frame.count == 0)
		return verdict(t);
	cs_arena_reset(&c->s->work);
	if (cs_draw_record(c->s, &t->order, &t->frame, &id, e) < 0)
		return -1;
	cs_call_columns(c, draw_columns, sizeof draw_columns / sizeof *draw_columns);
	if (print_members(c, t, id, e) < 0 || cs_call_commit(c, e) < 0)
		return -1;
	return verdict(t);
}

/* A repeat under --key is known before anything else is looked at. */
static int begin_draw(struct cs_call *c, struct task *t, bool *repeated, struct cs_err *e)
{
	enum { TRIES = 3 };

	for (int i = 0; i < TRIES && !c->cli->common.key; i++) {
		if ((i == 0 || t->rule) && read_ahead(c->s, c->cli, t, e) < 0)
			return -1;
		if (cs_call_begin(c, &t->refs, repeated, e) < 0)
			return -1;
		if (!t->rule || t->seen == c->s->chain.last_id || i + 1 == TRIES)
			return 0;
		cs_call_end(c);
	}
	if (cs_call_begin(c, &t->refs, repeated, e) < 0 || *repeated)
		return *repeated ? 0 : -1;
	t->seen = c->s->chain.last_id;
	return find_rule(c->s, c->cli, t, true, e) < 0 || build_frame(c->s, t, e) < 0 ? -1 : 0;
}

static int run_draw(struct cs_cli *cli, struct cs_err *e)
{
	struct cs_call c = {.cli = cli};
	struct task t = {.seen = -1};
	bool repeated = false;
	int rc = -1;

	if (read_call(cli, &t, e) == 0 &&
	    cs_desk_open(cli, CS_DB_WRITE, CS_RIGHT_STAFF, &c.s, e) == 0 &&
	    cs_session_need_policy(c.s, e) == 0 && begin_draw(&c, &t, &repeated, e) == 0)
		rc = repeated ? 0 : draw(&c, &t, e);
	cs_call_end(&c);
	cs_session_close(c.s);
	task_free(&t);
	return rc;
}

/* --- estimate --------------------------------------------------------------------------------- */

static int run_estimate(struct cs_cli *cli, struct cs_err *e)
{
	struct cs_session *s = NULL;
	struct cs_out *out = NULL;
	struct task t = {0};
	int rc = -1;

	if (read_call(cli, &t, e) < 0 || cs_desk_open(cli, CS_DB_READ, CS_RIGHT_STAFF, &s, e) < 0 ||
	    cs_session_need_policy(s, e) < 0)
		goto out;
	if (cs_db_begin_read(s->db, e) < 0 || find_rule(s, cli, &t, false, e) < 0 ||
	    build_frame(s, &t, e) < 0)
		goto out;
	out = cs_out_open(stdout, cli->common.format, cs_draws_estimate_columns,
			  cs_draws_estimate_count);
	cs_draws_estimate(&t.frame, &t.order.spec, out);
	rc = cs_out_close(out, e) < 0 ? -1 : verdict(&t);
out:
	cs_session_close(s);
	task_free(&t);
	return rc;
}

/* --- show, verify, list ----------------------------------------------------------------------- */

/* Opens for reading; *draw: the one the operands name. */
static int open_draw(const struct cs_cli *cli, struct cs_session **s, int64_t *draw,
		     struct cs_err *e)
{
	int64_t unit;

	if (cs_desk_open(cli, CS_DB_READ, CS_RIGHT_STAFF, s, e) < 0 ||
	    cs_session_need_policy(*s, e) < 0 || cs_db_begin_read((*s)->db, e) < 0)
		return -1;
	return find_unit(*s, &unit, e) < 0 ? -1
					   : cs_draws_choose(*s, &cli->operands, unit, draw, e);
}

static int run_show(struct cs_cli *cli, struct cs_err *e)
{
	struct cs_session *s = NULL;
	struct cs_out *out;
	int64_t draw_id;
	int rc = open_draw(cli, &s, &draw_id, e);

	if (rc == 0) {
		out = cs_out_open(stdout, cli->common.format, cs_draws_item_columns,
				  cs_draws_item_count);
		rc = cs_draws_items(s, draw_id, out, e);
		if (cs_out_close(out, rc < 0 ? NULL : e) < 0)
			rc = -1;
	}
	cs_session_close(s);
	return rc;
}

static int run_list(struct cs_cli *cli, struct cs_err *e)
{
	struct cs_session *s = NULL;
	struct cs_out *out;
	int rc = cs_desk_open(cli, CS_DB_READ, CS_RIGHT_STAFF, &s, e);

	if (rc == 0 && (rc = cs_db_begin_read(s->db, e)) == 0) {
		out = cs_out_open(stdout, cli->common.format, cs_draws_list_columns,
				  cs_draws_list_count);
		rc = cs_draws_list(s, out, e);
		if (cs_out_close(out, rc < 0 ? NULL : e) < 0)
			rc = -1;
	}
	cs_session_close(s);
	return rc;
}

static int compare_today(struct cs_session *s, const struct cs_cli *cli, int64_t draw_id,
			 struct cs_err *e)
{
	struct cs_frame_change *change;
	struct cs_arena arena = {0};
	struct cs_out *out;
	struct cs_err why = {0};
	size_t n;
	int rc = cs_draw_today(s, draw_id, &arena, &change, &n, &why);

	if (rc == 0) {
		out = cs_out_open(stdout, cli->common.format, cs_draws_change_columns,
				  cs_draws_change_count);
		cs_draws_changes(change, n, out);
		rc = cs_out_close(out, e);
		cs_note("today's frame differs in %zu tickets", n);
	} else if (why.code == CS_REFUSED || why.code == CS_USAGE) {
		cs_msg("draw %lld: %s", (long long)draw_id, why.text);
		rc = cs_err_exit(CS_REFUSED);
	} else {
		*e = why;
	}
	cs_arena_free(&arena);
	return rc;
}

static int run_verify(struct cs_cli *cli, struct cs_err *e)
{
	struct cs_session *s = NULL;
	struct cs_faults faults = {0};
	int64_t draw_id;
	int rc = open_draw(cli, &s, &draw_id, e);

	if (rc == 0)
		rc = cs_draw_verify(s, draw_id, &faults, e);
	for (size_t i = 0; i < faults.count; i++)
		cs_msg("draw %lld: %s", (long long)draw_id, faults.item[i]);
	if (rc == 0 && faults.count == 0)
		cs_note("draw %lld: drawing again gives the same", (long long)draw_id);
	if (rc == 0)
		rc = compare_today(s, cli, draw_id, e);
	cs_session_close(s);
	if (rc == 0 && faults.count)
		rc = cs_err_exit(CS_REFUSED);
	cs_faults_free(&faults);
	return rc;
}

/* --- replace ---------------------------------------------------------------------------------- */

static int replace(struct cs_call *c, struct cs_err *e)
{
	static const struct cs_column columns[] = {{.name = "ref"},
						   {.name = "draw", .right = true},
						   {.name = "replaces"},
						   {.name = "contact", .right = true}};
	struct cs_texts name = {.item = c->cli->operands.item, .count = 1};
	const struct cs_sample_rule *rule;
	struct cs_draw_row row;
	int64_t draw_id, ticket = 0, other, seq = 0;
	char ref[CS_REF_SIZE], old[CS_REF_SIZE];

	if (cs_draws_choose(c->s, &name, CS_NULL, &draw_id, e) < 0)
		return -1;
	ticket = cs_ref_parse(c->cli->operands.item[1], e);
	if (ticket == 0 || cs_draw_replace(c->s, draw_id, ticket, reason, &other, e) < 0 ||
	    cs_table_find(c->s->db, &cs_draw_table, draw_id, &c->s->work, &row, e) < 0)
		return -1;
	rule = cs_policy_sample(c->s->policy, row.name);
	if (rule && rule->then_contact && !no_plan &&
	    cs_draw_contact(c->s, draw_id, other, rule->then_contact, &seq, e) < 0)
		return -1;
	cs_call_columns(c, columns, sizeof columns / sizeof *columns);
	cs_out_row(c->out,
		   (struct cs_cell[]){cs_cell_text(cs_ref_text(other, ref)), cs_cell_int(draw_id),
				      cs_cell_text(cs_ref_text(ticket, old)),
				      seq ? cs_cell_int(seq) : cs_cell_null()});
	return cs_call_commit(c, e);
}

static int run_replace(struct cs_cli *cli, struct cs_err *e)
{
	struct cs_call c = {.cli = cli};
	bool repeated;
	int rc = -1;

	if (!reason || is_blank(reason))
		return cs_fail(e, CS_USAGE, "--reason is missing: why the member is replaced");
	if (cs_desk_open(cli, CS_DB_WRITE, CS_RIGHT_STAFF, &c.s, e) == 0 &&
	    cs_session_need_policy(c.s, e) == 0 && cs_call_begin(&c, NULL, &repeated, e) == 0)
		rc = repeated ? 0 : replace(&c, e);
	cs_call_end(&c);
	cs_session_close(c.s);
	return rc;
}

/* --- the program ------------------------------------------------------------------------------ */

#define UNIT \
	{ \
		.name = "unit", .arg = "UNIT", .help = "of this unit and those below alone", \
		.text = &unit_name \
	}
#define NO_PLAN \
	{ \
		.name = "no-plan", .help = "plan no contacts, though the rule says so", \
		.flag = &no_plan \
	}
#define HOW_MANY \
	{.name = "count", \
	 .arg = "N", \
	 .help = "so many of each stratum", \
	 .number = &count, \
	 .min = 1, \
	 .max = INT32_MAX}, \
		{.name = "percent", \
		 .arg = "P", \
		 .help = "this share of each stratum", \
		 .number = &percent, \
		 .min = 1, \
		 .max = 100}, \
		{.name = "round", \
		 .arg = "up|down", \
		 .help = "what becomes of a share's fraction (up)", \
		 .text = &rounding}, \
		{.name = "per", \
		 .arg = "FIELD", \
		 .help = "strata: unit, project, kind, category, channel, specialty, priority, " \
		 "state, assignee or none", \
		 .text = &per}, \
	{ \
		.name = "least", .arg = "N", .help = "at least so many of each stratum", \
		.number = &least, .min = 1, .max = INT32_MAX \
	}
static const struct cs_opt draw_options[] = {
	UNIT,
	{.name = "seed",
	 .arg = "S",
	 .help = "instead of the one that follows from the chain's head",
	 .text = &seed},
	{.name = "again",
	 .arg = "REASON",
	 .help = "why the same is drawn once more",
	 .text = &again},
	NO_PLAN,
	HOW_MANY,
	{0},
};
static const struct cs_opt estimate_options[] = {UNIT, HOW_MANY, {0}};
static const struct cs_opt show_options[] = {UNIT, {0}};
static const struct cs_opt replace_options[] = {
	{.name = "reason", .arg = "REASON", .help = "why the member is replaced", .text = &reason},
	NO_PLAN,
	{0},
};
static const struct cs_command commands[] = {
	{.name = "draw",
	 .synopsis =
		 "[-nq] [-d PATH] [-f F] [--as LOGIN] [--now TIME] [--key K] [--unit UNIT] "
		 "[--seed S] [--again REASON] [--no-plan] "
		 "RULE PERIOD\n[-nq] [-d PATH] [-f F] [--as LOGIN] [--now TIME] [--key K] "
		 "[--all] --count N|--percent P "
		 "[--round up|down] [--per FIELD] [--least N] [--seed S] REF...|-",
	 .about = "Draws a sample by a rule, or from the tickets given, and prints its members.",
	 .takes = (CS_TAKES_WRITER | CS_TAKES_ALL) & ~CS_TAKES_AT,
	 .writes = true,
	 .operands_min = 1,
	 .operands_max = SIZE_MAX,
	 .options = draw_options,
	 .run = run_draw},
	{.name = "show",
	 .synopsis =
		 "[-q] [-d PATH] [-f F] [--now TIME] DRAW\n[-q] [-d PATH] [-f F] [--now TIME] "
		 "[--unit UNIT] RULE PERIOD",
	 .about = "Prints members, replacements and those replaced.",
	 .takes = CS_TAKES_READER,
	 .operands_min = 1,
	 .operands_max = 2,
	 .options = show_options,
	 .run = run_show},
	{.name = "verify",
	 .synopsis =
		 "[-q] [-d PATH] [-f F] [--now TIME] DRAW\n[-q] [-d PATH] [-f F] [--now TIME] "
		 "[--unit UNIT] RULE PERIOD",
	 .about = "Draws again from the stored frame, and says how today's frame differs.",
	 .takes = CS_TAKES_READER,
	 .operands_min = 1,
	 .operands_max = 2,
	 .options = show_options,
	 .run = run_verify},
	{.name = "estimate",
	 .synopsis =
		 "[-q] [-d PATH] [-f F] [--now TIME] [--unit UNIT] RULE PERIOD\n[-q] [-d PATH] "
		 "[-f F] [--now TIME] --count N|--percent P "
		 "[--round up|down] [--per FIELD] [--least N] REF...|-",
	 .about = "Says how many of each stratum would be drawn, and draws none.",
	 .takes = CS_TAKES_READER,
	 .operands_min = 1,
	 .operands_max = SIZE_MAX,
	 .options = estimate_options,
	 .run = run_estimate},
	{.name = "replace",
	 .synopsis =
		 "[-nq] [-d PATH] [-f F] [--as LOGIN] [--now TIME] [--key K] --reason REASON "
		 "[--no-plan] DRAW REF",
	 .about = "Puts the next replacement of its stratum in a member's place.",
	 .takes = CS_TAKES_WRITER & ~CS_TAKES_AT,
	 .writes = true,
	 .operands_min = 2,
	 .operands_max = 2,
	 .options = replace_options,
	 .run = run_replace},
	{.name = "list",
	 .synopsis = "[-q] [-d PATH] [-f F] [--now TIME]",
	 .about = "Lists the samples drawn.",
	 .takes = CS_TAKES_READER,
	 .run = run_list},
};

int main(int argc, char **argv)
{
	static const struct cs_program program = {"cs-sample", "Samples that can be drawn again.",
						  commands, sizeof commands / sizeof *commands};

	return cs_cli_main(&program, argc, argv);
}
