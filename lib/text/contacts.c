/* Contacts on the command line. */
#include "text/contacts.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "domain/access.h"
#include "domain/callback.h"
#include "domain/names.h"
#include "domain/party.h"
#include "store/callback.h"
#include "store/customer.h"
#include "text/desk.h"

const struct cs_column cs_contacts_columns[] = {
	{.name = "ref"},
	{.name = "contact", .right = true},
	{.name = "purpose"},
	{.name = "method"},
	{.name = "caller"},
	{.name = "from"},
	{.name = "due"},
	{.name = "late"},
	{.name = "tries", .right = true},
	{.name = "customer"},
	{.name = "phone"},
	{.name = "premises"},
	{.name = "ask"},
	{.name = "state"},
	{.name = "outcome"},
	{.name = "score", .right = true},
	{.name = "done"},
};
const size_t cs_contacts_count = sizeof cs_contacts_columns / sizeof *cs_contacts_columns;

/* --- choosing --------------------------------------------------------------------------------- */

/* By its id or label; the id stays. */
static int find_code(const struct cs_session *s, const char *section, const char **code,
		     struct cs_err *e)
{
	*code = cs_name_find(s->policy, section, *code, e);
	return *code ? 0 : -1;
}

/* Of one ticket all are read, whatever state they are in. */
static int check_state(const struct cs_contacts *c, struct cs_err *e)
{
	static const char *const running[] = {"open", "waiting"}, *const ended[] = {
									  "done", "exempt",
									  "refused", "dropped"};
	const struct cs_ids states = {(const char *[]){"open", "waiting", "done", "exempt", "refused", "dropped"}, 6};

	if (c->ref && c->period)
		return cs_fail(e, CS_USAGE, "--period is not wanted: of one ticket all contacts are listed");
	for (size_t i = 0; c->state && i < sizeof running / sizeof *running; i++)
		if (strcmp(c->state, running[i]) == 0)
			return c->period
				       ? cs_fail(e, CS_USAGE,
						 "--period: of contacts that ended; %s ones "
						 "have not",
						 c->state)
				       : 0;
	for (size_t i = 0; c->state && i < sizeof ended / sizeof *ended; i++)
		if (strcmp(c->state, ended[i]) == 0)
			return c->period || c->ref
				       ? 0
				       : cs_fail(e, CS_USAGE, "--state %s: say in which --period they ended", c->state);
	return c->state ? cs_name_unknown("states of contacts", c->state, &states, e) : 0;
}

int cs_contacts_choose(struct cs_session *s, struct cs_contacts *c, struct cs_err *e)
{
	const struct cs_unit_row *unit = NULL;
	const struct cs_staff_row *p = NULL;

	c->unit = c->caller = c->ticket = CS_NULL;
	if (c->ref && cs_desk_ref(s, c->ref, &c->ticket, e) < 0)
		return -1;
	if ((c->method && find_code(s, "codes/method", &c->method, e) < 0) ||
	    (c->purpose && find_code(s, "codes/purpose", &c->purpose, e) < 0) ||
	    check_state(c, e) < 0)
		return -1;
	if (c->unit_name && !(unit = cs_org_find_unit(&s->org, c->unit_name, e)))
		return -1;
	if (c->caller_name)
		p = strcmp(c->caller_name, "me") == 0 ? cs_org_staff(&s->org, s->actor)
						      : cs_org_find_staff(&s->org, c->caller_name, e);
	if (c->caller_name && !p)
		return -1;
	c->unit = unit ? unit->id : CS_NULL;
	c->caller = p ? p->id : CS_NULL;
	return c->period ? cs_period_parse(c->period, cs_session_zone(s), &c->over, e) : 0;
}

static bool chosen(const struct cs_session *s, const struct cs_contacts *l,
		   const struct cs_image *im, const struct cs_callback_row *c)
{
	if (l->unit != CS_NULL && !cs_org_below(&s->org, cs_image_unit(im), l->unit) &&
	    !cs_org_below(&s->org, im->t.place, l->unit))
		return false;
	return (!l->method || strcmp(c->method, l->method) == 0) &&
	       (!l->purpose || strcmp(c->purpose, l->purpose) == 0) &&
	       (!l->state || strcmp(c->state, l->state) == 0) &&
	       (l->caller == CS_NULL || c->caller == l->caller);
}

/* By whom: the person asked for, else who asks. */
static bool may_now(const struct cs_view *v, const struct cs_contacts *l,
		    const struct cs_callback_rule *rule, const struct cs_callback_row *c)
{
	return (c->from_at == CS_NULL || c->from_at <= v->at) &&
	       !cs_callback_excludes(c->not_by, l->caller != CS_NULL ? l->caller : v->s->actor) &&
	       cs_callback_allowed(v, rule, c->method, v->at);
}

/* --- rows ------------------------------------------------------------------------------------- */

static const char *ask_text(const struct cs_callback_rule *rule, struct cs_arena *a)
{
	const char *text = "";

	for (size_t i = 0; rule && i < rule->ask.count; i++)
		text = cs_arena_printf(a, "%s%s%s", text, i ? " " : "", rule->ask.id[i]);
	return text;
}

/* The customer's name, and in brackets the one that the caller gave. */
static const char *who_text(const struct cs_image *im, const struct cs_callback_row *c,
			    const char *name)
{
	const char *called = cs_image_called(im, c->person);

	return called ? cs_arena_printf(im->arena, "%s (%s)", name ? name : "", called) : name;
}

/* 1: go on; 0: the output has failed (its close says why); -1. */
static int list_one(struct cs_session *s, const struct cs_contacts *l,
		    const struct cs_callback_row *c, struct cs_out *out, struct cs_err *e)
{
	const struct cs_callback_rule *rule = c->rule ? cs_policy_callback(s->policy, c->rule)
						      : NULL;
	struct cs_person_row person;
	struct cs_premises_row premises;
	struct cs_image im;
	struct cs_view v = {.s = s, .policy = s->policy, .im = &im, .at = s->now};
	char ref[CS_REF_SIZE], from[32], due[32], done[32];
	int known = 0, lives = 0;
	bool late;

	cs_image_init(&im, &s->work);
	if (cs_image_load(&im, s->db, c->ticket, e) < 0)
		return -1;
	v.kind = cs_policy_kind(s->policy, im.t.kind);
	if (cs_access_kept(s, &im))
		return 1;
	if (!chosen(s, l, &im, c) || (l->now && !may_now(&v, l, rule, c)))
		return 1;
	if (c->person != CS_NULL)
		known = cs_table_find(s->db, &cs_person_table, c->person, &s->work, &person, e);
	if (known >= 0)
		lives = cs_party_home(s, &im, c->person, &premises, e);
	if (known < 0 || lives < 0)
		return -1;
	late = c->due_at != CS_NULL && (c->done_at != CS_NULL ? c->done_at : s->now) > c->due_at;
	return cs_out_row(out,
			  (struct cs_cell[]){
				  cs_cell_text(cs_ref_text(c->ticket, ref)), cs_cell_int(c->seq),
				  cs_cell_text(c->purpose), cs_cell_text(c->method),
				  cs_desk_staff_cell(s, c->caller),
				  cs_desk_time_cell(s, c->from_at, from),
				  cs_desk_time_cell(s, c->due_at, due), cs_cell_bool(late),
				  cs_cell_int(c->tries),
				  cs_cell_text(who_text(&im, c, known ? person.name : NULL)),
				  cs_cell_text(known ? person.phone : NULL),
				  cs_cell_text(lives ? premises.address : NULL),
				  cs_cell_text(ask_text(rule, &s->work)), cs_cell_text(c->state),
				  cs_cell_text(c->outcome),
				  c->score == CS_NULL ? cs_cell_null() : cs_cell_int(c->score),
				  cs_desk_time_cell(s, c->done_at, done)}) == 0;
}

static int list_ticket(struct cs_session *s, const struct cs_contacts *l, struct cs_out *out, struct cs_err *e)
{
	const struct cs_access_rule *kept;
	struct cs_image im;
	int rc = 1;

	if (cs_image_get(&im, s->db, l->ticket, &s->work, e) < 0)
		return -1;
	kept = cs_access_kept(s, &im);
	if (kept)
		return cs_access_refuse(s, &im, kept, e);
	for (size_t i = 0; rc == 1 && i < cs_image_count(&im, CS_P_CALLBACK); i++)
		rc = list_one(s, l, cs_image_at(&im, CS_P_CALLBACK, i), out, e);
	return rc < 0 ? -1 : 0;
}

static int list_all(struct cs_session *s, const struct cs_contacts *l, struct cs_out *out, struct cs_err *e)
{
	bool waiting = l->state && strcmp(l->state, "waiting") == 0;
	struct cs_stmt *walk = l->period ? cs_callbacks_done(s->db, l->over.from, l->over.to, e)
			       : waiting ? cs_callbacks_waiting(s->db, e)
					 : cs_callbacks_open(s->db, e);
	struct cs_callback_row c;
	int rc = walk ? 0 : -1;

	while (walk && (rc = cs_callbacks_next(walk, &s->work, &c, e)) == 1) {
		if ((rc = list_one(s, l, &c, out, e)) != 1)
			break;
		cs_arena_reset(&s->work);
	}
	cs_stmt_done(walk);
	return rc;
}

int cs_contacts_list(struct cs_session *s, const struct cs_contacts *l, struct cs_out *out, struct cs_err *e)
{
	if (l->ref)
		return list_ticket(s, l, out, e);
	return list_all(s, l, out, e);
}

int cs_contact_parse(const char *text, char ref[CS_REF_SIZE], int64_t *seq, struct cs_err *e)
{
	char *end = NULL, plain[128];
	const char *slash;
	size_t n;

	text = cs_utf8_plain(text, plain, sizeof plain);
	slash = strchr(text, '/');
	n = slash ? (size_t)(slash - text) : strlen(text);
	*seq = 0;
	if (slash && slash[1] >= '1' && slash[1] <= '9' && strlen(slash + 1) < 10)
		*seq = strtoll(slash + 1, &end, 10);
	if (n >= CS_REF_SIZE || (slash && (!end || *end)))
		return cs_fail(e, CS_USAGE, "'%.60s' is no contact (R20261121-0042/1 is one)",
			       text);
	memcpy(ref, text, n);
	ref[n] = '\0';
	return 0;
}
