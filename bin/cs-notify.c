/* cs-notify: the outbox: lists notices, delivers them by a command, marks them by hand. */
#include <string.h>

#include "text/cli.h"
#include "text/delivery.h"
#include "text/desk.h"
#include "text/process.h"

static const char *state, *to_kind, *command;
static bool all, at_most_once;
static int64_t timeout_s = 60, limit;
static const struct cs_opt list_options[] = {
	{.name = "state",
	 .arg = "STATE",
	 .help = "only pending, sent, failed, doubtful or dropped ones",
	 .text = &state},
	{.name = "to-kind",
	 .arg = "KIND",
	 .help = "only to staff, customer, unit or body",
	 .text = &to_kind},
	{.name = "all", .help = "also those sent and dropped", .flag = &all},
	{0},
};
static const struct cs_opt send_options[] = {
	{.name = "command",
	 .arg = "CMD",
	 .help = "what delivers: gets the message on its standard input",
	 .text = &command},
	{.name = "to-kind",
	 .arg = "KIND",
	 .help = "only to staff, customer, unit or body",
	 .text = &to_kind},
	{.name = "at-most-once",
	 .help = "never try again: what may have failed is marked doubtful",
	 .flag = &at_most_once},
	{.name = "timeout",
	 .arg = "SECONDS",
	 .help = "end the command after that time (default: 60)",
	 .number = &timeout_s,
	 .min = 1,
	 .max = 3600},
	{.name = "limit",
	 .arg = "N",
	 .help = "try at most so many",
	 .number = &limit,
	 .min = 1,
	 .max = INT64_MAX},
	{0},
};
static const struct cs_column mark_columns[] = {{.name = "id"}, {.name = "state"}};

static bool one_of(const char *word, const char *const *words)
{
	while (*words && strcmp(*words, word) != 0)
		words++;
	return *words != NULL;
}

static int check_kind(struct cs_err *e)
{
	static const char *const kinds[] = {"staff", "customer", "unit", "body", NULL};

	if (to_kind && !one_of(to_kind, kinds))
		return cs_fail(e, CS_USAGE,
			       "--to-kind %s: there are staff, customer, unit and body", to_kind);
	return 0;
}

static int run_list(struct cs_cli *cli, struct cs_err *e)
{
	static const char *const states[] = {"pending",  "sent",    "failed",
					     "doubtful", "dropped", NULL};
	struct cs_session *s = NULL;
	struct cs_stmt *walk;
	struct cs_notice n;
	struct cs_out *out;
	int rc;

	if (state && !one_of(state, states))
		return cs_fail(e, CS_USAGE,
			       "--state %s: there are pending, sent, failed, doubtful and dropped",
			       state);
	if (check_kind(e) < 0 || cs_desk_open(cli, CS_DB_READ, CS_RIGHT_STAFF, &s, e) < 0)
		return -1;
	if (cs_db_begin_read(s->db, e) < 0) {
		cs_session_close(s);
		return -1;
	}
	walk = cs_notice_list(s->db, &(struct cs_notice_filter){state, to_kind, !all && !state}, e);
	rc = walk ? 0 : -1;
	out = cs_out_open(stdout, cli->common.format, cs_notice_columns, cs_notice_column_count);
	while (rc == 0 && (rc = cs_notice_next(walk, &s->work, &n, e)) == 1) {
		cs_notice_row(s, out, &n);
		cs_arena_reset(&s->work);
		rc = 0;
	}
	if (cs_out_close(out, rc < 0 ? NULL : e) < 0)
		rc = -1;
	cs_session_close(s);
	return rc;
}

static int run_send(struct cs_cli *cli, struct cs_err *e)
{
	const struct cs_delivery how = {command, to_kind, at_most_once, timeout_s, limit};
	struct cs_session *s = NULL;
	struct cs_out *out;
	int rc;

	if (!command || !*command)
		return cs_fail(
			e, CS_USAGE,
			"--command is missing: say what delivers a message, such as 'sendmail -t'");
	if (check_kind(e) < 0 || cs_desk_open(cli, CS_DB_WRITE, CS_RIGHT_STAFF, &s, e) < 0)
		return -1;
	out = cs_out_open(stdout, cli->common.format, cs_notice_columns, cs_notice_column_count);
	cs_out_set_writer(out);
	rc = cli->common.dry_run ? cs_delivery_show(s, &how, out, e)
				 : cs_delivery_run(s, &how, out, e);
	if (cs_out_close(out, rc < 0 ? NULL : e) < 0)
		rc = -1;
	cs_session_close(s);
	return rc;
}

/* What people know of a delivery is recorded; the row itself is no part of the history. */
static int mark_one(struct cs_session *s, const char *word, const char *to, struct cs_err *e)
{
	struct cs_effects l = {.arena = &s->work};
	struct cs_notice n;
	int64_t event, seq;
	int rc;

	if (cs_notice_id_parse(word, &event, &seq, e) < 0)
		return -1;
	rc = cs_notice_get(s->db, event, seq, &s->work, &n, e);
	if (rc <= 0)
		return rc < 0 ? -1 : cs_fail(e, CS_NOTFOUND, "no such notice");
	if (strcmp(n.state, to) == 0)
		return 0;
	n.state = to;
	n.try_at = n.sent_at = CS_NULL;
	if (strcmp(to, "sent") == 0)
		n.sent_at = s->now;
	if (strcmp(to, "pending") == 0) {
		n.try_at = s->now;
		n.attempts = 0;
	}
	cs_put(&l, CS_OP_NOTE, CS_S("notice"), CS_S(word));
	cs_put(&l, CS_OP_NOTE, CS_S("state"), CS_S(to));
	if (cs_session_record(s, NULL, (struct cs_deed){"notice", event, "mark", s->now, s->actor}, &l, e) < 0)
		return -1;
	return cs_notice_finish(s->db, &n, NULL, e) < 0 ? -1 : 0;
}

/* The refused ones are named, the rest commit. */
static int mark_all(struct cs_call *c, const struct cs_texts *ids, struct cs_err *e)
{
	const char *to = c->cli->operands.item[0];
	size_t done = 0;

	cs_call_columns(c, mark_columns, sizeof mark_columns / sizeof *mark_columns);
	for (size_t i = 0; i < ids->count; i++) {
		struct cs_err why = {0};

		if (mark_one(c->s, ids->item[i], to, &why) == 0) {
			cs_out_row(c->out, (struct cs_cell[]){cs_cell_text(ids->item[i]),
							      cs_cell_text(to)});
			done++;
		} else if (why.code == CS_USAGE || why.code == CS_NOTFOUND) {
			cs_msg("%s: %s", ids->item[i], why.text);
		} else {
			*e = why;
			return -1;
		}
	}
	return cs_call_commit(c, e) < 0 ? -1 : done == ids->count ? 0 : cs_err_exit(CS_REFUSED);
}

static int run_mark(struct cs_cli *cli, struct cs_err *e)
{
	static const char *const states[] = {"sent", "failed", "dropped", "pending", NULL};
	struct cs_texts ids = {0};
	struct cs_call c = {.cli = cli};
	bool repeated = false;
	int rc = -1;

	if (!one_of(cli->operands.item[0], states))
		return cs_fail(
			e, CS_USAGE,
			"mark as sent, failed, dropped or pending (to be tried again), not '%s'",
			cli->operands.item[0]);
	if (cs_cli_refs(cli, 1, &ids, e) == 0 &&
	    cs_desk_open(cli, CS_DB_WRITE, CS_RIGHT_STAFF, &c.s, e) == 0) {
		rc = cs_call_begin(&c, &ids, &repeated, e);
		if (rc == 0 && !repeated)
			rc = mark_all(&c, &ids, e);
		cs_call_end(&c);
	}
	cs_session_close(c.s);
	cs_texts_free(&ids);
	return rc;
}

static const struct cs_command commands[] = {
	{.name = "list",
	 .synopsis = "[-d PATH] [-f FORMAT] [--state STATE] [--to-kind KIND] [--all]",
	 .about = "List notices that are not delivered yet.",
	 .takes = CS_TAKES_READER,
	 .options = list_options,
	 .run = run_list},
	{.name = "send",
	 .synopsis =
		 "[-d PATH] [-f FORMAT] [-n] --command CMD [--to-kind KIND] [--at-most-once] "
		 "[--timeout SECONDS] [--limit N]",
	 .about = "Deliver every notice that is due.",
	 .takes = CS_TAKES_READER | CS_TAKES_DRY_RUN,
	 .writes = true,
	 .options = send_options,
	 .run = run_send},
	{.name = "mark",
	 .synopsis =
		 "[-d PATH] [-f FORMAT] [-n] [--as LOGIN] [--key K] sent|failed|dropped|pending "
		 "ID...|-",
	 .about = "Say what became of notices.",
	 .takes = CS_TAKES_READER | CS_TAKES_DRY_RUN | CS_TAKES_AS | CS_TAKES_KEY,
	 .writes = true,
	 .operands_min = 2,
	 .operands_max = SIZE_MAX,
	 .run = run_mark},
};
static const struct cs_program program = {"cs-notify", "the outbox of notices", commands, 3};

int main(int argc, char **argv)
{
	return cs_cli_main(&program, argc, argv);
}
