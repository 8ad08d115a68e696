/* cs-customer: customers, their premises, tiers and importance; erasure. */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/normal.h"
#include "base/utf8.h"
#include "domain/customer_change.h"
#include "domain/erase.h"
#include "domain/names.h"
#include "store/customer.h"
#include "store/meta.h"
#include "text/customer_text.h"
#include "text/desk.h"
#include "text/process.h"

static struct cs_customer_change change;
static const char *premises, *unit, *capacity, *from, *to, *source, *customer_key, *reason, *encoding;
static bool strict;

#define OPT(n, v, a, h) \
	{ \
		.name = (n), .arg = (a), .help = (h), .text = &(v) \
	}
#define PERSON_OPTIONS \
	OPT("name", change.name, "N", "name"), \
		OPT("phone", change.phone, "P", "phone, any way it is written"), \
		OPT("tier", change.tier, "T", "a tier of the rules"), \
		OPT("weight", change.weight, "W", "importance: a weight of the rules"), \
		OPT("manager", change.manager, "LOGIN", "account manager")
#define TENURE_OPTIONS \
	OPT("premises", premises, "ADDRESS", "house or shop, 3-2-501"), \
		OPT("unit", unit, "CODE", "the project or area it lies in"), \
		OPT("capacity", capacity, "C", "as what they have it: owner, tenant, ..."), \
		OPT("from", from, "DATE", "since when"), OPT("to", to, "DATE", "last day")
static const struct cs_opt add_options[] = {
	PERSON_OPTIONS,
	TENURE_OPTIONS,
	OPT("source", source, "NAME", "where the key comes from"),
	OPT("customer-key", customer_key, "K", "the customer's key there"),
	{0},
};
static const struct cs_opt change_options[] = {PERSON_OPTIONS, {0}};
static const struct cs_opt tenure_options[] = {TENURE_OPTIONS, {0}};
static const struct cs_opt list_options[] = {
	OPT("tier", change.tier, "T", "of this tier"),
	OPT("weight", change.weight, "W", "of this importance"),
	OPT("manager", change.manager, "LOGIN", "of this account manager"),
	{0},
};
static const struct cs_opt import_options[] = {
	OPT("encoding", encoding, "NAME", "of the file, as iconv names it (else utf-8)"),
	OPT("source", source, "NAME", "where keys come from, if the file has no column for it"),
	{.name = "strict", .help = "all rows or none", .flag = &strict},
	{0},
};
static const struct cs_opt erase_options[] = {
	OPT("reason", reason, "CODE", "why (a code: it stays for ever)"), {0}};

/* --- shared ------------------------------------------------------------------- */

static int parse_customer(const char *text, int64_t *id, struct cs_err *e)
{
	char *end, shown[CS_ERR_SHOWN], plain[64];

	text = cs_utf8_plain(text, plain, sizeof plain);
	errno = 0;
	*id = strtoll(text, &end, 10);
	return *end || errno || *id < 1
		       ? cs_fail(e, CS_USAGE,
				 "'%s' is no customer number (cs-customer find gives them)",
				 cs_err_show(text, shown))
		       : 0;
}

static int get_person(struct cs_session *s, const char *text, struct cs_person_row *p,
		      struct cs_err *e)
{
	int64_t id;
	int rc;

	if (parse_customer(text, &id, e) < 0)
		return -1;
	rc = cs_table_find(s->db, &cs_person_table, id, &s->life, p, e);
	return rc == 0  ? cs_fail(e, CS_NOTFOUND, "no customer %lld", (long long)id)
	       : rc < 0 ? -1
			: 0;
}

/* The options about premises: where, as what, from when. */
static int read_tenure(const struct cs_session *s, int64_t *where, struct cs_tenure_change *t,
		       struct cs_err *e)
{
	const struct cs_unit_row *u = unit ? cs_org_find_unit(&s->org, unit, e) : NULL;

	*where = u ? u->id : CS_NULL;
	*t = (struct cs_tenure_change){capacity, CS_NULL, CS_NULL};
	if (unit && !u)
		return -1;
	if (!premises && (unit || capacity || from || to))
		return cs_fail(
			e, CS_USAGE,
			"--unit, --capacity, --from and --to say something about --premises");
	if (from && cs_desk_read_day(s, from, false, &t->from_at, e) < 0)
		return cs_fail_in(e, "--from");
	if (to && cs_desk_read_day(s, to, true, &t->to_at, e) < 0)
		return cs_fail_in(e, "--to");
	return 0;
}

static int answer(struct cs_call *c, int64_t person, struct cs_err *e)
{
	static const struct cs_column columns[] = {{.name = "customer", .right = true}};

	cs_call_columns(c, columns, 1);
	cs_out_row(c->out, (struct cs_cell[]){cs_cell_int(person)});
	return cs_call_commit(c, e);
}

static int write_one(struct cs_cli *cli, enum cs_right right,
		     int (*work)(struct cs_call *, struct cs_err *), struct cs_err *e)
{
	struct cs_call c = {.cli = cli};
	bool repeated;
	int rc = -1;

	if (cs_desk_open(cli, CS_DB_WRITE, right, &c.s, e) < 0)
		return -1;
	if (cs_call_begin(&c, NULL, &repeated, e) == 0)
		rc = repeated ? 0 : work(&c, e);
	/* As every writer: what is not there is refused. */
	if (rc < 0 && e->code == CS_NOTFOUND)
		e->code = CS_REFUSED;
	cs_call_end(&c);
	cs_session_close(c.s);
	return rc;
}

/* --- add, change, tenure -------------------------------------------------------- */

static int add(struct cs_call *c, struct cs_err *e)
{
	struct cs_customer_spec spec = {.source = source,
					.key = customer_key,
					.name = change.name,
					.phone = change.phone,
					.address = premises};
	struct cs_customer_change more = {
		.tier = change.tier, .weight = change.weight, .manager = change.manager};
	struct cs_tenure_change tenure;
	struct cs_customer who;
	bool changed;
	cs_time at;

	if (!source != !customer_key)
		return cs_fail(e, CS_USAGE, "--source and --customer-key go together");
	if (cs_desk_at(c->cli, c->s, &at, e) < 0 || read_tenure(c->s, &spec.unit, &tenure, e) < 0 ||
	    cs_customer_enter(c->s, &spec, &more, &tenure, at, &who, &changed, e) < 0)
		return -1;
	if (!who.person_new)
		cs_note("customer %lld was known%s%s%s", (long long)who.person,
			who.called ? " as " : "", who.called ? who.name : "",
			changed      ? "; what is new was added"
			: who.called ? " (cs-customer change gives another name)"
				     : "");
	else if (who.phone && cs_customer_remark_new(c->s, who.person, e) < 0)
		return -1;
	return answer(c, who.person, e);
}

static int run_add(struct cs_cli *cli, struct cs_err *e)
{
	return write_one(cli, CS_RIGHT_STAFF, add, e);
}

static int change_person(struct cs_call *c, struct cs_err *e)
{
	struct cs_effects l = {.arena = &c->s->work};
	int64_t id;
	cs_time at;

	if (parse_customer(c->cli->operands.item[0], &id, e) < 0 ||
	    cs_desk_at(c->cli, c->s, &at, e) < 0 ||
	    cs_customer_change(c->s, id, &change, at, &l, e) < 0)
		return -1;
	if (l.count &&
	    cs_session_record(c->s, NULL, (struct cs_deed){"person", id, "change", at, c->s->actor}, &l, e) < 0)
		return -1;
	return answer(c, id, e);
}

static int run_change(struct cs_cli *cli, struct cs_err *e)
{
	return write_one(cli, CS_RIGHT_STAFF, change_person, e);
}

static int change_tenure(struct cs_call *c, struct cs_err *e)
{
	struct cs_effects l = {.arena = &c->s->work};
	struct cs_customer_spec where = {.address = premises};
	struct cs_tenure_change tenure;
	struct cs_customer found;
	struct cs_person_row p;
	cs_time at;

	if (!premises)
		return cs_fail(e, CS_USAGE, "say which --premises");
	if (get_person(c->s, c->cli->operands.item[0], &p, e) < 0 ||
	    cs_desk_at(c->cli, c->s, &at, e) < 0 ||
	    read_tenure(c->s, &where.unit, &tenure, e) < 0 ||
	    cs_customer_match(c->s->db, &where, at, &l, &found, e) < 0)
		return -1;
	if (p.erased_at != CS_NULL)
		return cs_fail(e, CS_REFUSED, "customer %lld is erased", (long long)p.id);
	if (found.premises == CS_NULL)
		return cs_fail(e, CS_USAGE, "--premises: the address is empty");
	if (cs_customer_tenure(c->s, p.id, found.premises, &tenure, at, &l, e) < 0)
		return -1;
	if (l.count &&
	    cs_session_record(c->s, NULL, (struct cs_deed){"person", p.id, "tenure", at, c->s->actor}, &l, e) < 0)
		return -1;
	return answer(c, p.id, e);
}

static int run_tenure(struct cs_cli *cli, struct cs_err *e)
{
	return write_one(cli, CS_RIGHT_STAFF, change_tenure, e);
}

/* --- find, list, show, export ------------------------------------------------------ */

/* Several statements read one state of the database. */
static int open_reader(struct cs_cli *cli, enum cs_right right, struct cs_session **s, struct cs_err *e)
{
	if (cs_desk_open(cli, CS_DB_READ, right, s, e) < 0)
		return -1;
	if (cs_db_begin_read((*s)->db, e) == 0)
		return 0;
	cs_session_close(*s);
	return -1;
}

static int print_found(struct cs_session *s, const char *text, struct cs_out *out, struct cs_err *e)
{
	char *phone = cs_arena_strdup(&s->life, text), *address = cs_arena_strdup(&s->life, text);
	char *name = cs_arena_strdup(&s->life, text);
	struct cs_id_list ids;

	if (cs_person_search(s->db, cs_text_normal_name(name) ? name : NULL,
			     cs_text_normal_phone(phone) ? phone : NULL,
			     cs_text_normal_premises(address) ? address : NULL, &s->life, &ids,
			     e) < 0)
		return -1;
	for (size_t i = 0; i < ids.count; i++) {
		struct cs_person_row p;
		int rc = cs_table_find(s->db, &cs_person_table, ids.id[i], &s->work, &p, e);

		if (rc == 1)
			rc = cs_customer_print(s, &p, s->now, out, e);
		cs_arena_reset(&s->work);
		if (rc != 0)
			return rc < 0 ? -1 : 0;
	}
	return 0;
}

static bool wanted(const char *option, const char *value)
{
	return !option || (value ? strcmp(option, value) == 0 : !*option);
}

/* Everybody who is not erased, by number. csv: rows as import reads them. */
static int print_all(struct cs_session *s, bool csv, int64_t manager, struct cs_out *out,
		     struct cs_err *e)
{
	struct cs_stmt *walk = cs_table_walk(s->db, &cs_person_table, INT64_MIN, e);
	struct cs_person_row p;
	int rc;

	while ((rc = walk ? cs_table_next(walk, &cs_person_table, &s->work, &p, e) : -1) == 1) {
		if (p.erased_at != CS_NULL || !wanted(change.tier, p.tier) ||
		    !wanted(change.weight, p.weight) || (change.manager && p.manager != manager))
			continue;
		rc = csv ? cs_customer_print_csv(s, &p, out, e)
			 : cs_customer_print(s, &p, s->now, out, e);
		cs_arena_reset(&s->work);
		if (rc != 0)
			break;
	}
	cs_stmt_done(walk);
	return rc < 0 ? -1 : 0;
}

static int close_out(struct cs_session *s, struct cs_out *out, int rc, struct cs_err *e)
{
	if (cs_out_close(out, rc == 0 ? e : NULL) < 0)
		rc = -1;
	cs_session_close(s);
	return rc;
}

static int run_find(struct cs_cli *cli, struct cs_err *e)
{
	struct cs_session *s = NULL;
	struct cs_out *out;

	if (open_reader(cli, CS_RIGHT_STAFF, &s, e) < 0)
		return -1;
	out = cs_out_open(stdout, cli->common.format, cs_customer_columns,
			  cs_customer_column_count);
	return close_out(s, out, print_found(s, cli->operands.item[0], out, e), e);
}

/* An empty code asks for those without one. */
static int find_code(const struct cs_session *s, const char *section, const char **code, struct cs_err *e)
{
	if (!*code || !**code)
		return 0;
	if (cs_session_need_policy(s, e) < 0)
		return -1;
	*code = cs_name_find(s->policy, section, *code, e);
	return *code ? 0 : cs_fail_in(e, "--%s", section + strlen("codes/"));
}

static int run_list(struct cs_cli *cli, struct cs_err *e)
{
	const struct cs_staff_row *who = NULL;
	struct cs_session *s = NULL;
	struct cs_out *out;
	int rc = 0;

	if (open_reader(cli, CS_RIGHT_STAFF, &s, e) < 0)
		return -1;
	if (change.manager && *change.manager) {
		who = cs_org_find_staff(&s->org, change.manager, e);
		rc = who ? 0 : -1;
	}
	if (rc < 0 || find_code(s, "codes/tier", &change.tier, e) < 0 ||
	    find_code(s, "codes/weight", &change.weight, e) < 0) {
		cs_session_close(s);
		return -1;
	}
	out = cs_out_open(stdout, cli->common.format, cs_customer_columns,
			  cs_customer_column_count);
	return close_out(s, out, print_all(s, false, who ? who->id : CS_NULL, out, e), e);
}

static int run_export(struct cs_cli *cli, struct cs_err *e)
{
	struct cs_session *s = NULL;
	struct cs_out *out;

	if (open_reader(cli, CS_RIGHT_ADMIN, &s, e) < 0)
		return -1;
	out = cs_out_open(stdout, CS_FORMAT_CSV, cs_customer_csv, CS_CC_COUNT);
	return close_out(s, out, print_all(s, true, CS_NULL, out, e), e);
}

static int run_show(struct cs_cli *cli, struct cs_err *e)
{
	static const struct cs_column columns[] = {{.name = "field"}, {.name = "value"}};
	struct cs_session *s = NULL;
	struct cs_person_row p;
	struct cs_out *out;

	if (open_reader(cli, CS_RIGHT_STAFF, &s, e) < 0)
		return -1;
	if (get_person(s, cli->operands.item[0], &p, e) < 0) {
		cs_session_close(s);
		return -1;
	}
	out = cs_out_open(stdout, cli->common.format, columns, 2);
	return close_out(s, out, cs_customer_show(s, &p, out, e), e);
}

static int run_import(struct cs_cli *cli, struct cs_err *e)
{
	return cs_customer_import(cli, cli->operands.item[0], encoding, source, strict, e);
}

/* --- erase ------------------------------------------------------------------------ */

static const struct cs_column erased_columns[] = {
	{.name = "customer", .right = true},
	{.name = "events", .right = true},
	{.name = "tickets", .right = true},
	{.name = "premises", .right = true},
};

static bool named(const struct cs_texts *list, int64_t id)
{
	char number[24];

	snprintf(number, sizeof number, "%lld", (long long)id);
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->item[i], number) == 0)
			return true;
	return false;
}

/* Likely the same person, entered with a phone and without one. */
static void remark_others(const struct cs_call *c, int64_t erased, const struct cs_id_list *like)
{
	for (size_t i = 0; i < like->count; i++)
		if (!named(&c->cli->operands, like->id[i]))
			cs_note("customer %lld has the name and premises that customer %lld had, and is not erased",
				(long long)like->id[i], (long long)erased);
}

/* 1 when one was refused and named. */
static int erase_all(struct cs_call *c, struct cs_err *e)
{
	const struct cs_texts *who = &c->cli->operands;
	int refused = 0;
	cs_time at;

	if (cs_desk_at(c->cli, c->s, &at, e) < 0)
		return -1;
	cs_call_columns(c, erased_columns, 4);
	for (size_t i = 0; i < who->count; i++) {
		struct cs_erasure done = {0};
		struct cs_id_list like;
		struct cs_chain mark;
		int64_t id;

		if (parse_customer(who->item[i], &id, e) < 0 || cs_session_mark(c->s, &mark, e) < 0 ||
		    cs_person_namesakes(c->s->db, id, &c->s->life, &like, e) < 0)
			return -1;
		if (cs_erase_person(c->s, id, reason, at, &done, e) == 0) {
			cs_out_row(c->out, (struct cs_cell[]){cs_cell_int(id),
							      cs_cell_int((int64_t)done.events),
							      cs_cell_int((int64_t)done.tickets),
							      cs_cell_int((int64_t)done.premises)});
			remark_others(c, id, &like);
			if (cs_session_keep(c->s, e) < 0)
				return -1;
			continue;
		}
		if ((e->code != CS_REFUSED && e->code != CS_NOTFOUND) ||
		    cs_session_undo(c->s, &mark, e) < 0)
			return -1;
		cs_msg("%s", e->text);
		refused = 1;
	}
	return cs_call_commit(c, e) < 0 ? -1 : refused;
}

/* The log is emptied also when everybody was erased before: a repeat finishes what was interrupted. */
static int run_erase(struct cs_cli *cli, struct cs_err *e)
{
	struct cs_call c = {.cli = cli};
	bool repeated;
	int rc = -1;

	if (!reason)
		return cs_fail(e, CS_USAGE, "say why: --reason CODE");
	if (cs_desk_open(cli, CS_DB_WRITE, CS_RIGHT_ADMIN, &c.s, e) < 0)
		return -1;
	if (cs_call_begin(&c, NULL, &repeated, e) == 0)
		rc = repeated ? 0 : erase_all(&c, e);
	cs_call_end(&c);
	if (rc >= 0 && !cli->common.dry_run && cs_db_checkpoint(c.s->db, true, e) < 0)
		rc = cs_fail_in(e, "what is said to be erased is, but it stays in the log beside the file until this "
				   "command or cs-customer sweep has run");
	cs_session_close(c.s);
	return rc;
}

static int run_sweep(struct cs_cli *cli, struct cs_err *e)
{
	struct cs_session *s = NULL;
	int64_t erasure = 0;
	int rc = -1;

	if (cs_desk_open(cli, CS_DB_WRITE, CS_RIGHT_STAFF, &s, e) == 0 && cs_meta_unswept(s->db, &erasure, e) == 0)
		rc = 0;
	if (rc == 0 && erasure &&
	    (cs_db_sweep(s->db, e) < 0 || cs_session_begin(s, e) < 0 || cs_meta_swept(s->db, erasure, e) < 0 ||
	     cs_session_commit(s, e) < 0))
		rc = -1;
	cs_session_close(s);
	return rc;
}

static const struct cs_command commands[] = {
	{"add", "[options]", "Enter a customer, or add to one that is known.", CS_TAKES_WRITER, true, 0, 0, add_options,
	 run_add},
	{"find", "TEXT", "Find customers by phone, part of a name, part of an address, or key.", CS_TAKES_READER, false,
	 1, 1, NULL, run_find},
	{"show", "CUSTOMER", "Show one customer with premises and tickets.", CS_TAKES_VIEWER, false, 1, 1, NULL,
	 run_show},
	{"list", "[--tier T] [--weight W] [--manager LOGIN]", "List customers.", CS_TAKES_READER, false, 0, 0,
	 list_options, run_list},
	{"change", "[options] CUSTOMER", "Change a customer; an empty value empties.", CS_TAKES_WRITER, true, 1, 1,
	 change_options, run_change},
	{"tenure", "--premises ADDRESS [options] CUSTOMER", "Say who has which premises as what, from when, till when.",
	 CS_TAKES_WRITER, true, 1, 1, tenure_options, run_tenure},
	{"import", "[--encoding NAME] [--source NAME] [--strict] FILE|-", "Enter and change customers by a CSV file.",
	 CS_TAKES_DB | CS_TAKES_NOW | CS_TAKES_DRY_RUN | CS_TAKES_AS, true, 1, 1, import_options, run_import},
	{"export", "", "Write all customers as CSV, one row for each of their premises.", CS_TAKES_DB | CS_TAKES_NOW,
	 false, 0, 0, NULL, run_export},
	{"erase", "--reason CODE CUSTOMER...", "Erase all that is personal about a customer, for ever.",
	 CS_TAKES_WRITER, true, 1, SIZE_MAX, erase_options, run_erase},
	{"sweep", "", "Rewrite the file if somebody was erased since it was, so that no trace stays between its pages.",
	 CS_TAKES_DB, true, 0, 0, NULL, run_sweep},
};
static const struct cs_program program = {"cs-customer",
					  "customers, their premises, tiers and importance",
					  commands, sizeof commands / sizeof *commands};

int main(int argc, char **argv)
{
	return cs_cli_main(&program, argc, argv);
}
