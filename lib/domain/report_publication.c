/* Notices of a period: what was done in it and may be read by everybody (S0-4-20, S3-4-30, C29, C40). */
#include <string.h>

#include "domain/publication.h"
#include "domain/report_case.h"
#include "domain/view.h"
#include "store/ref.h"

#define COLUMNS(list) (list), sizeof(list) / sizeof *(list)

enum { TICKET, PROJECT, CLASS, AREA, BY, AT, DIGEST, NOTICE };
static const struct cs_report_column notice_columns[] = {
	[TICKET] = {"ticket", CS_FIGURE_KEY},   [PROJECT] = {"project", CS_FIGURE_TEXT},
	[CLASS] = {"class", CS_FIGURE_TEXT},    [AREA] = {"area", CS_FIGURE_TEXT},
	[BY] = {"approved_by", CS_FIGURE_TEXT}, [AT] = {"approved_at", CS_FIGURE_TEXT},
	[DIGEST] = {"digest", CS_FIGURE_TEXT},  [NOTICE] = {"notice", CS_FIGURE_WRITTEN},
};
static const struct cs_report_shape notice_shape = {
	"notices", "approved, as it was approved; names, numbers and premises are blacked out", COLUMNS(notice_columns),
	1};
static const struct cs_report_column decision_columns[] = {
	{"ticket", CS_FIGURE_KEY},    {"project", CS_FIGURE_TEXT}, {"class", CS_FIGURE_TEXT},
	{"decision", CS_FIGURE_TEXT}, {"by", CS_FIGURE_TEXT},      {"at", CS_FIGURE_TEXT},
};
static const struct cs_report_shape decision_shape = {
	"decisions", "not published: undecided, declined, changed since it was approved", COLUMNS(decision_columns), 1};
static const struct cs_report_shape *const shapes[] = {&notice_shape, &decision_shape};

struct board {
	struct cs_session *s;
	struct cs_report *r;
};

/* Who took the last step that decides. */
static int find_decision(struct cs_session *s, const struct cs_kind *k, int64_t ticket, struct cs_event *out,
			 struct cs_err *e)
{
	*out = (struct cs_event){.id = 0, .actor = CS_NULL, .at = CS_NULL};
	for (size_t i = 0; i < k->step_count; i++) {
		struct cs_event ev;
		int rc = 0;

		if (k->step[i].publication[0] || k->step[i].publication[1])
			rc = cs_event_last_step(s->db, ticket, k->step[i].id, 0, &ev, e);
		if (rc < 0)
			return -1;
		if (rc == 1 && ev.id > out->id)
			*out = ev;
	}
	return 0;
}

static void put_notice(const struct board *b, const struct cs_image *im, const struct cs_notice_draft *draft,
		       const struct cs_event *ev)
{
	struct cs_value *cell = cs_report_row(b->r, &b->r->table[0]);

	cell[TICKET] = cs_case_ref(b->r, im->t.id);
	cell[PROJECT] = cs_case_unit(b->s, cs_report_level_unit(b->s, cs_image_unit(im), im->t.place));
	cell[CLASS] = cs_case_code(b->r, im->t.specialty);
	cell[AREA] = cs_case_code(b->r, draft->area);
	cell[BY] = cs_case_login(b->s, ev->actor);
	cell[AT] = cs_case_time(b->s, b->r, ev->at);
	cell[DIGEST] = cs_case_code(b->r, draft->digest);
}

static void put_decision(const struct board *b, const struct cs_image *im, enum cs_publication is,
			 const struct cs_event *ev)
{
	struct cs_value *cell = cs_report_row(b->r, &b->r->table[1]);

	cell[0] = cs_case_ref(b->r, im->t.id);
	cell[1] = cs_case_unit(b->s, cs_report_level_unit(b->s, cs_image_unit(im), im->t.place));
	cell[2] = cs_case_code(b->r, im->t.specialty);
	cell[3] = CS_S(cs_publication_word(is));
	cell[4] = cs_case_login(b->s, ev->actor);
	cell[5] = cs_case_time(b->s, b->r, ev->at);
}

/* In the scope, or decided on without being so. */
static bool concerned(struct cs_session *s, const struct cs_kind *k, const struct cs_image *im, enum cs_publication is)
{
	const struct cs_scope *each = &s->policy->reports.publication;
	const struct cs_view v = {.s = s, .policy = s->policy, .kind = k, .im = im, .at = s->now};

	return is != CS_PUBLICATION_OPEN || (each->of && cs_scope_has(&v, each));
}

static int put_ticket(const struct board *b, const struct cs_kind *k, int64_t ticket, struct cs_err *e)
{
	struct cs_notice_draft draft = {0};
	enum cs_publication is;
	const char *digest;
	struct cs_image im;
	struct cs_event ev;
	int rc = 0;

	if (cs_image_get(&im, b->s->db, ticket, &b->s->work, e) < 0)
		return -1;
	is = cs_publication_of(&im, &digest);
	if (!concerned(b->s, k, &im, is))
		return 0;
	if (is == CS_PUBLICATION_APPROVED)
		rc = cs_publication_draft(b->s, &im, k, NULL, &draft, e);
	if (rc < 0 || find_decision(b->s, k, ticket, &ev, e) < 0)
		return -1;
	/* A party that was not known then, or a name set right: it reads otherwise than what was approved. */
	if (is == CS_PUBLICATION_APPROVED && (rc == 0 || !digest || strcmp(draft.digest, digest) != 0))
		is = CS_PUBLICATION_CHANGED;
	if (is == CS_PUBLICATION_APPROVED)
		put_notice(b, &im, &draft, &ev);
	else
		put_decision(b, &im, is, &ev);
	return 0;
}

static int add_case(void *arg, const struct cs_fig_case *c, struct cs_err *e)
{
	const struct board *b = arg;
	const struct cs_kind *k = cs_policy_kind(b->s->policy, c->kind);
	int rc = 0;

	if (k && cs_kind_field_as(k, "notice")) {
		rc = cs_case_withheld(b->s, c->kind, c->id, e);
		rc = rc == 0 ? put_ticket(b, k, c->id, e) : rc < 0 ? -1 : 0;
		cs_arena_reset(&b->s->work);
	}
	return rc;
}

/* A kind with a notice may be decided on without being in a scope. */
static bool has_notices(const struct cs_policy *p)
{
	bool any = p->reports.publication.of != NULL;

	for (size_t i = 0; !any && i < p->kind_count; i++)
		any = cs_kind_field_as(&p->kind[i], "notice") != NULL;
	return any;
}

static int count_notices(struct cs_session *s, const struct cs_report_ask *ask, struct cs_report *r, struct cs_err *e)
{
	struct board b = {s, r};
	const struct cs_case_taker to = {add_case, &b};
	const struct cs_ids all = {0};

	if (!has_notices(s->policy))
		return cs_fail(e, CS_CONFIG,
			       "report publication: the rules have none: no kind has a text to be published, and "
			       "reports/publication does not say what is");
	cs_report_add_level(s, r, &notice_shape);
	cs_report_add_level(s, r, &decision_shape);
	if (cs_cases_done(s, ask, &all, &to, e) < 0)
		return -1;
	cs_report_keep(r);
	cs_report_sort(&r->table[0], 0);
	cs_report_sort(&r->table[1], 0);
	return 0;
}

/* The text of that time, blacked out again: only what has the digest that was approved. */
static int write_notice(struct cs_session *s, struct cs_report *r, struct cs_value *cell, int64_t upto,
			struct cs_err *e)
{
	struct cs_case_texts texts = {.arena = &s->work};
	int64_t ticket = cs_ref_parse(cell[TICKET].s, e);
	struct cs_notice_draft draft;
	const struct cs_kind *k;
	struct cs_image im;
	const char *text;
	int rc = ticket ? cs_image_get(&im, s->db, ticket, &s->work, e) : -1;

	if (rc < 0 || cs_case_read(s, ticket, upto, &texts, e) < 0)
		return -1;
	k = cs_policy_kind(s->policy, im.t.kind);
	text = cs_case_field(s, &texts, im.t.kind, "notice");
	if (!k || !text)
		return 0;
	rc = cs_case_withheld(s, im.t.kind, ticket, e);
	if (rc == 0)
		rc = cs_publication_draft(s, &im, k, text, &draft, e);
	else if (rc == 1)
		return 0;
	if (rc == 1 && cell[DIGEST].s && strcmp(draft.digest, cell[DIGEST].s) == 0)
		cell[NOTICE] = cs_case_code(r, draft.redacted.text);
	return rc < 0 ? -1 : 0;
}

static int write_notices(struct cs_session *s, struct cs_report *r, int64_t upto, struct cs_err *e)
{
	struct cs_report_table *t = &r->table[0];
	size_t n = t->shape->column_count;

	for (size_t i = 0; i < t->row_count && n == sizeof notice_columns / sizeof *notice_columns; i++) {
		if (write_notice(s, r, &t->cell[i * n], upto, e) < 0)
			return -1;
		cs_arena_reset(&s->work);
	}
	return 0;
}

/* Nobody has to publish; somebody has to decide (C29). */
static int check_decided(struct cs_session *s, const struct cs_report_ask *ask, struct cs_faults *remarks,
			 struct cs_err *e)
{
	struct cs_report r = {.def = &cs_report_publication};
	size_t open = 0;
	int rc = count_notices(s, ask, &r, e);

	for (size_t i = 0; rc == 0 && i < r.table[1].row_count; i++) {
		const char *decision = r.table[1].cell[i * decision_shape.column_count + 3].s;

		open += strcmp(decision, cs_publication_word(CS_PUBLICATION_DECLINED)) != 0;
	}
	if (open)
		cs_faults_add(remarks, "still to be decided whether they are published: %zu", open);
	cs_report_free(&r);
	return rc;
}

const struct cs_report_def cs_report_publication = {
	.name = "publication",
	.about = "notices on complaints that were done: approved ones with names, numbers and premises blacked out; "
		 "what is still to be decided",
	.shape = shapes,
	.shape_count = sizeof shapes / sizeof *shapes,
	.needs_period = true,
	.tickets = true,
	.count = count_notices,
	.fill = write_notices,
	.ready = check_decided,
};
