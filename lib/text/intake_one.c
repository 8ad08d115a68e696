/* One ticket from options. */
#include "text/intake_one.h"

#include "base/utf8.h"
#include "domain/intake.h"
#include "domain/names.h"
#include "domain/view.h"
#include "store/ref.h"
#include "text/customer_text.h"
#include "text/desk.h"
#include "text/given.h"
#include "text/process.h"
#include "text/suspects.h"

/* What a clerk types comes in full-width forms and with blanks around it. */
static const char *clean(struct cs_arena *a, const char *text)
{
	char *s = cs_arena_strdup(a, text);

	if (!s)
		return NULL;
	cs_utf8_fold_width(s);
	cs_utf8_trim(s);
	return s;
}

/* What was said is kept as it was said, but for blanks around it. */
static const char *trimmed(struct cs_arena *a, const char *text)
{
	char *s = cs_arena_strdup(a, text);

	if (s)
		cs_utf8_trim(s);
	return s;
}

static int find_code(struct cs_session *s, const char *section, const char *option,
		     const char *text, const char **id, struct cs_err *e)
{
	*id = NULL;
	if (!text)
		return 0;
	*id = cs_name_find(s->policy, section, text, e);
	return *id ? 0 : cs_fail_in(e, "--%s", option);
}

static int find_unit(struct cs_session *s, const char *option, const char *text, int64_t *unit,
		     struct cs_err *e)
{
	const struct cs_unit_row *u;

	*unit = CS_NULL;
	if (!text)
		return 0;
	u = cs_org_find_unit(&s->org, clean(&s->life, text), e);
	if (!u)
		return cs_fail_in(e, "--%s", option);
	*unit = u->id;
	return 0;
}

static int read_typed(const struct cs_cli *cli, struct cs_session *s,
		      const struct cs_intake_typed *t, struct cs_intake *row, struct cs_err *e)
{
	struct cs_arena *a = &s->life;

	*row = (struct cs_intake){
		.subject = clean(a, t->subject),
		.body = trimmed(a, t->body),
		.customer = t->customer,
		.phone = t->phone,
		.premises = t->premises,
		.due_at = CS_TIME_NONE,
		.closed_at = CS_TIME_NONE,
		.score = CS_NULL,
		.req.note = trimmed(a, t->note),
	};
	if (find_code(s, "kinds", "kind", t->kind, &row->kind, e) < 0 ||
	    find_code(s, "channels", "channel", t->channel, &row->channel, e) < 0 ||
	    find_code(s, "categories", "category", t->category, &row->category, e) < 0 ||
	    find_code(s, "priority", "priority", t->priority, &row->priority, e) < 0 ||
	    find_code(s, "codes/capacity", "capacity", t->capacity, &row->capacity, e) < 0 ||
	    find_unit(s, "unit", t->unit, &row->place, e) < 0 ||
	    find_unit(s, "accepting", t->accepting, &row->accepting, e) < 0)
		return -1;
	if (t->due && cs_time_parse(clean(a, t->due), cs_session_zone(s), &row->due_at, e) < 0)
		return cs_fail_in(e, "--due");
	if (cs_given_set(&row->req, &t->set, a, e) < 0 ||
	    cs_given_rows(&row->req, &t->row, a, e) < 0 ||
	    cs_given_evidence(&row->req, &t->evidence, a, e) < 0)
		return -1;
	if (cs_given_principal(t->of, a, &row->of, &row->of_phone, e) < 0 ||
	    cs_given_parties(&row->req, &t->also, a, e) < 0)
		return -1;
	return cs_desk_at(cli, s, &row->opened_at, e);
}

/* Where rules name people of a project, what lies in none finds nobody, and no place can be added later. A company
   without units has none to name. */
static int remark_place(struct cs_session *s, int64_t ticket, struct cs_err *e)
{
	struct cs_image im;
	char ref[CS_REF_SIZE];

	if (s->org.unit_count == 0)
		return 0;
	cs_image_init(&im, &s->work);
	if (cs_image_load(&im, s->db, ticket, e) < 0)
		return -1;
	if (!cs_project_known(&(struct cs_view){.s = s, .policy = s->policy, .im = &im, .at = s->now}))
		cs_note("%s: no %s is known for it (--unit UNIT): the rules find nobody there",
			s->dry_run ? "the ticket" : cs_ref_text(ticket, ref), cs_place_word(s->policy));
	return 0;
}

/* Names those it may repeat: on stderr, and in JSON beside the reference. */
static int tell_suspects(struct cs_call *c, int64_t ticket, const char *ref, struct cs_buf *json, struct cs_err *e)
{
	struct cs_suspects found;
	struct cs_buf lines = {0};

	if (cs_suspects_find(c->s, ticket, CS_NULL, CS_INTAKE_SUSPECTS, NULL, &found, e) < 0)
		return -1;
	cs_suspects_lines(&found, ref, &lines);
	cs_note_lines(NULL, cs_buf_str(&lines));
	cs_buf_free(&lines);
	cs_suspects_json(&found, json);
	return 0;
}

static int put_answer(struct cs_call *c, const struct cs_intake *row, int64_t ticket, struct cs_err *e)
{
	static const struct cs_column columns[] = {{"reference", "reference", false}, {"suspects", NULL, false}};
	const bool compared = cs_suspects_kind(c->s, row->kind);
	const bool json = c->cli->common.format == CS_FORMAT_JSON || c->cli->common.format == CS_FORMAT_JSONL;
	struct cs_buf suspects = {0};
	char buf[CS_REF_SIZE];
	const char *ref = c->s->dry_run ? "-" : cs_ref_text(ticket, buf);
	int rc = compared ? tell_suspects(c, ticket, ref, &suspects, e) : 0;

	if (rc == 0) {
		cs_call_columns(c, columns, compared && json ? 2 : 1);
		rc = cs_out_row(c->out, (struct cs_cell[]){cs_cell_text(ref), cs_cell_json(suspects.data)});
	}
	cs_buf_free(&suspects);
	return rc;
}

static int take(struct cs_call *c, const struct cs_intake_typed *typed, struct cs_err *e)
{
	struct cs_session *s = c->s;
	struct cs_intake_run run = {0};
	struct cs_intake row;
	enum cs_intake_outcome outcome;
	int64_t ticket = 0;

	if (cs_intake_begin(s, &run, e) < 0 || read_typed(c->cli, s, typed, &row, e) < 0)
		return -1;
	if (cs_intake_take(s, &run, &row, &ticket, &outcome, e) < 0)
		return -1;
	if (run.who.called)
		cs_note("customer %lld is known as %s; the ticket says who called: %s",
			(long long)run.who.person, run.who.name, run.who.called);
	if (run.who.person_new && run.who.phone && run.who.name && run.who.premises != CS_NULL &&
	    !run.who.premises_new && cs_customer_remark_new(s, run.who.person, e) < 0)
		return -1;
	if (row.place == CS_NULL && remark_place(s, ticket, e) < 0)
		return -1;
	return put_answer(c, &row, ticket, e);
}

int cs_intake_one(const struct cs_cli *cli, const struct cs_intake_typed *typed, struct cs_err *e)
{
	struct cs_call c = {.cli = cli};
	bool repeated = false;
	int rc = -1;

	if (!typed->kind)
		return cs_fail(e, CS_USAGE,
			       "say what it is: --kind KIND (or --csv FILE, --jsonl FILE)");
	if (cs_desk_open(cli, CS_DB_WRITE, CS_RIGHT_STAFF, &c.s, e) < 0)
		return -1;
	if (cs_call_begin(&c, NULL, &repeated, e) == 0)
		rc = repeated ? 0 : take(&c, typed, e) < 0 ? -1 : cs_call_commit(&c, e);
	cs_call_end(&c);
	cs_session_close(c.s);
	return rc;
}
