/* The glue between command line and session. */
#include "text/desk.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/call_key.h"
#include "store/ref.h"
#include "store/rows.h"
#include "text/process.h"

/* Recorded times never decrease: a present before the last of them is not what was asked for. */
static void remark_time(struct cs_session *s)
{
	const struct cs_zone *z = cs_session_zone(s);
	struct cs_chain last;
	char given[32], recorded[32];

	if (!s->now_given || cs_chain_load(s->db, s->meta.database_id, &last, NULL) < 0 ||
	    last.recorded_at == CS_NULL || s->now >= last.recorded_at)
		return;
	cs_time_text(z, s->now, given);
	cs_time_text(z, last.recorded_at, recorded);
	cs_note("--now (CS_NOW) %s lies before the last event, recorded %s: %s", given, recorded,
		s->writes ? "that is taken as the present" : "tickets are shown as they are since");
}

int cs_desk_open(const struct cs_cli *cli, enum cs_db_mode mode, enum cs_right right,
		 struct cs_session **out, struct cs_err *e)
{
	const struct passwd *me = getpwuid(getuid());
	const struct cs_caller who = {
		.login = me && me->pw_name[0] ? me->pw_name : NULL,
		.as = cli->common.as,
		.now = cs_time_machine(),
		.now_text = cli->common.now,
		.dry_run = cli->common.dry_run,
		.reads = cli->command->takes & CS_TAKES_EYES,
	};

	if (cs_session_open(cli->common.db, mode, right, &who, out, e) < 0)
		return -1;
	(*out)->locked = cs_msg_hold;
	remark_time(*out);
	return 0;
}

void cs_desk_stats(const struct cs_session *s)
{
	int64_t steps, scans;

	if (!s || !getenv("CS_STATS"))
		return;
	cs_db_steps(s->db, &steps, &scans);
	cs_msg("vm-steps %lld, scan-steps %lld", (long long)steps, (long long)scans);
}

int cs_desk_at(const struct cs_cli *cli, const struct cs_session *s, cs_time *at, struct cs_err *e)
{
	char now[32];

	*at = s->now;
	if (!cli->common.at)
		return 0;
	if (cs_time_parse(cli->common.at, cs_session_zone(s), at, e) < 0)
		return cs_fail_in(e, "--at");
	if (*at > s->now)
		return cs_fail(e, CS_USAGE, "--at %s lies in the future; it is now %s",
			       cli->common.at, cs_time_text(cs_session_zone(s), s->now, now));
	return 0;
}

int cs_desk_ref(struct cs_session *s, const char *text, int64_t *ticket, struct cs_err *e)
{
	struct cs_ticket_row row;
	struct cs_arena a = {0};
	int rc;

	*ticket = cs_ref_parse(text, e);
	if (*ticket == 0)
		return -1;
	rc = cs_table_find(s->db, &cs_ticket_table, *ticket, &a, &row, e);
	cs_arena_free(&a);
	return rc == 0 ? cs_fail(e, CS_NOTFOUND, "no ticket %s", text) : rc < 0 ? -1 : 0;
}

/* --- cells ------------------------------------------------------------------ */

char *cs_desk_time_text(const struct cs_session *s, cs_time t, char *buf)
{
	return cs_time_text_minute(cs_session_zone(s), t, buf);
}

struct cs_cell cs_desk_time_cell(const struct cs_session *s, cs_time t, char *buf)
{
	return t == CS_NULL ? cs_cell_null() : cs_cell_text(cs_desk_time_text(s, t, buf));
}

int cs_desk_read_day(const struct cs_session *s, const char *text, bool until, cs_time *out,
		     struct cs_err *e)
{
	int32_t day;

	if (cs_date_parse(text, &day, NULL) < 0)
		return cs_time_parse(text, cs_session_zone(s), out, e);
	*out = cs_day_start(cs_session_zone(s), day + (until ? 1 : 0));
	return 0;
}

struct cs_cell cs_desk_day_cell(const struct cs_session *s, cs_time t, bool until, char *buf)
{
	const struct cs_zone *z = cs_session_zone(s);
	int32_t day;

	if (t == CS_NULL)
		return cs_cell_null();
	day = cs_time_day(z, t);
	if (cs_day_start(z, day) != t)
		return cs_cell_text(cs_time_text(z, t, buf));
	return cs_cell_text(cs_date_text(until ? day - 1 : day, buf));
}

struct cs_cell cs_desk_unit_cell(const struct cs_session *s, int64_t unit)
{
	const struct cs_unit_row *u = cs_org_unit(&s->org, unit);

	return cs_cell_text(u ? u->code : NULL);
}

struct cs_cell cs_desk_staff_cell(const struct cs_session *s, int64_t staff)
{
	const struct cs_staff_row *p = cs_org_staff(&s->org, staff);

	return cs_cell_text(p ? p->login : NULL);
}

/* --- calls ------------------------------------------------------------------ */

static void hash_texts(struct cs_hash *h, const struct cs_texts *t)
{
	cs_hash_int(h, t ? (int64_t)t->count : -1);
	for (size_t i = 0; t && i < t->count; i++)
		cs_hash_text(h, t->item[i]);
}

static void hash_option(struct cs_hash *h, const struct cs_opt *o)
{
	cs_hash_text(h, o->name);
	if (o->flag)
		cs_hash_int(h, *o->flag);
	else if (o->text)
		cs_hash_text(h, *o->text);
	else if (o->list)
		hash_texts(h, o->list);
	else if (o->number)
		cs_hash_int(h, *o->number);
}

/* What was asked, whatever the order of options; where it is printed and on which database
   counts not. */
static void digest_call(const struct cs_cli *cli, const struct cs_texts *input, char *out)
{
	unsigned char sum[CS_HASH_SIZE];
	struct cs_hash h;

	cs_hash_init(&h);
	cs_hash_text(&h, cli->program->name);
	cs_hash_text(&h, cli->command->name);
	cs_hash_text(&h, cli->common.as);
	cs_hash_text(&h, cli->common.at);
	cs_hash_int(&h, cli->common.all);
	for (const struct cs_opt *o = cli->command->options; o && o->name; o++)
		hash_option(&h, o);
	hash_texts(&h, &cli->operands);
	hash_texts(&h, input);
	cs_hash_end(&h, sum);
	cs_hex(sum, sizeof sum, out);
}

/* Commands of one program are told apart by the digest, so the message can say which program. */
static int look_up_key(struct cs_call *c, bool *repeated, struct cs_err *e)
{
	const char *key = c->cli->common.key;
	struct cs_arena a = {0};
	struct cs_call_key k;
	char when[32];
	int rc = cs_call_key_find(c->s->db, key, &a, &k, e);

	if (rc == 1 && strcmp(k.digest, c->digest) != 0)
		rc = cs_fail(e, CS_USAGE,
			     "--key %s was used on %s by %s for another call; take a new key", key,
			     cs_desk_time_text(c->s, k.at, when), k.program);
	if (rc == 1) {
		*repeated = true;
		fputs(k.answer, stdout);
		cs_note("--key %s: done already on %s", key, cs_desk_time_text(c->s, k.at, when));
	}
	cs_arena_free(&a);
	return rc < 0 ? -1 : 0;
}

int cs_call_begin(struct cs_call *c, const struct cs_texts *input, bool *repeated, struct cs_err *e)
{
	*repeated = false;
	if (!c->s->now_given)
		c->s->now = cs_time_machine();
	if (cs_session_begin(c->s, e) < 0)
		return -1;
	if (!c->cli->common.key)
		return 0;
	digest_call(c->cli, input, c->digest);
	return look_up_key(c, repeated, e);
}

void cs_call_columns(struct cs_call *c, const struct cs_column *columns, size_t count)
{
	c->out = cs_out_open_buf(&c->answer, c->cli->common.format, columns, count);
}

static int keep_answer(struct cs_call *c, struct cs_err *e)
{
	const struct cs_call_key k = {
		.key = c->cli->common.key,
		.program = c->cli->program->name,
		.digest = c->digest,
		.answer = cs_buf_str(&c->answer),
		.at = c->s->now,
	};

	return cs_call_key_add(c->s->db, &k, e);
}

int cs_call_commit(struct cs_call *c, struct cs_err *e)
{
	int rc = cs_out_close(c->out, e);

	c->out = NULL;
	if (rc < 0 || (c->cli->common.key && keep_answer(c, e) < 0) ||
	    cs_session_commit(c->s, e) < 0)
		return -1;
	if (c->s->guess.year)
		cs_note("clock %s: the holidays of %d are not known: their days count by the week alone (see "
			"cs-policy load --reclock)",
			c->s->guess.clock, c->s->guess.year);
	fwrite(cs_buf_str(&c->answer), 1, c->answer.len, stdout);
	if (fflush(stdout) != 0 && !c->s->dry_run)
		cs_msg("the change is committed, but its answer could not be printed");
	cs_buf_clear(&c->answer);
	return 0;
}

void cs_call_end(struct cs_call *c)
{
	cs_out_close(c->out, NULL);
	c->out = NULL;
	if (c->s)
		cs_session_rollback(c->s);
	cs_buf_free(&c->answer);
}
