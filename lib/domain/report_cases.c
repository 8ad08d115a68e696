/* The library of cases (S3-4-31, S3-10-2): what is worth telling, with causes, handling and lessons, for
   everybody in the company: names, numbers and premises are blacked out. */
#include <string.h>

#include "domain/publication.h"
#include "domain/report_case.h"
#include "domain/view.h"
#include "store/ref.h"

#define COLUMNS(list) (list), sizeof(list) / sizeof *(list)

enum { TICKET, PROJECT, CLASS, CATEGORY, CHANNEL, IMPORTANCE, PEAK, VALIDITY, UNIT, OPENED_AT, DONE_AT, LATE, SCORE };
static const struct cs_report_column case_columns[] = {
	[TICKET] = {"ticket", CS_FIGURE_KEY},    [PROJECT] = {"project", CS_FIGURE_TEXT},
	[CLASS] = {"class", CS_FIGURE_TEXT},     [CATEGORY] = {"category", CS_FIGURE_TEXT},
	[CHANNEL] = {"channel", CS_FIGURE_TEXT}, [IMPORTANCE] = {"importance", CS_FIGURE_TEXT},
	[PEAK] = {"peak", CS_FIGURE_TEXT},       [VALIDITY] = {"validity", CS_FIGURE_TEXT},
	[UNIT] = {"unit", CS_FIGURE_TEXT},       [OPENED_AT] = {"opened_at", CS_FIGURE_TEXT},
	[DONE_AT] = {"done_at", CS_FIGURE_TEXT}, [LATE] = {"late", CS_FIGURE_TEXT},
	[SCORE] = {"score", CS_FIGURE_COUNT},
};
static const struct cs_report_shape case_shape = {"cases", "done in the period, by the rule for cases",
						  COLUMNS(case_columns), 1};
static const struct cs_report_column part_columns[] = {
	{"ticket", CS_FIGURE_KEY}, {"of", CS_FIGURE_KEY}, {"part", CS_FIGURE_KEY}, {"text", CS_FIGURE_WRITTEN}};
static const struct cs_report_shape part_shape = {
	"parts", "what was written: in the ticket, in its reports; names, numbers and premises are blacked out",
	COLUMNS(part_columns), 3};
static const struct cs_report_shape *const shapes[] = {&case_shape, &part_shape};

/* Written parts of forms are cells of a list named so. */
#define FORM "form."
#define CELL "cell." FORM

struct library {
	struct cs_session *s;
	struct cs_report *r;
};

/* Of which writing and which part of it a text is: "body", "text.FIELD", "cell.form.NAME.PART.text". false: of none. */
static bool part_of(struct cs_arena *a, const struct cs_kind *k, const char *key, const char **of, const char **part)
{
	const struct cs_field *f = strncmp(key, "text.", 5) == 0 ? cs_kind_field(k, key + 5) : NULL;
	const char *name = key + strlen(CELL), *dot, *end;

	*of = "ticket";
	*part = f ? f->id : key;
	if (f)
		return f->type == CS_FIELD_TEXT && !f->personal && !(f->as && strcmp(f->as, "notice") == 0);
	if (strcmp(key, "body") == 0)
		return true;
	if (strncmp(key, CELL, strlen(CELL)) != 0)
		return false;
	dot = strchr(name, '.');
	end = dot ? strchr(dot + 1, '.') : NULL;
	if (!end || strcmp(end, ".text") != 0)
		return false;
	*of = cs_arena_strndup(a, name, (size_t)(dot - name));
	*part = cs_arena_strndup(a, dot + 1, (size_t)(end - dot - 1));
	return true;
}

static int put_parts(const struct library *l, const struct cs_kind *k, int64_t ticket, struct cs_err *e)
{
	struct cs_case_texts texts = {.arena = &l->s->work};

	if (cs_case_read(l->s, ticket, INT64_MAX, &texts, e) < 0)
		return -1;
	for (size_t i = 0; i < texts.count; i++) {
		const char *of, *part;
		struct cs_value *cell;

		if (!part_of(&l->r->arena, k, texts.item[i].key, &of, &part))
			continue;
		cell = cs_report_row(l->r, &l->r->table[1]);
		cell[0] = cs_case_ref(l->r, ticket);
		cell[1] = CS_S(of);
		cell[2] = cs_case_code(l->r, part);
	}
	return 0;
}

static int put_case(const struct library *l, const struct cs_fig_case *c, struct cs_err *e)
{
	struct cs_report *r = l->r;
	struct cs_value *cell;
	int64_t score;

	if (cs_fig_score(l->s->db, c->id, &score, e) < 0)
		return -1;
	cell = cs_report_row(r, &r->table[0]);
	cell[TICKET] = cs_case_ref(r, c->id);
	cell[PROJECT] = cs_case_unit(l->s, cs_report_level_unit(l->s, c->unit, c->place));
	cell[CLASS] = cs_case_code(r, c->specialty);
	cell[CATEGORY] = cs_case_code(r, c->category);
	cell[CHANNEL] = cs_case_code(r, c->channel);
	cell[IMPORTANCE] = cs_case_code(r, c->importance);
	cell[PEAK] = cs_case_code(r, c->importance_peak);
	cell[VALIDITY] = cs_case_code(r, c->validity);
	cell[UNIT] = cs_case_unit(l->s, c->unit);
	cell[OPENED_AT] = cs_case_time(l->s, r, c->opened_at);
	cell[DONE_AT] = cs_case_time(l->s, r, c->done_at);
	cell[LATE] = CS_S(c->late == CS_NULL ? NULL : c->late ? "yes" : "no");
	cell[SCORE] = CS_I(score);
	return 0;
}

static int add_case(void *arg, const struct cs_fig_case *c, struct cs_err *e)
{
	const struct library *l = arg;
	const struct cs_kind *k = cs_policy_kind(l->s->policy, c->kind);
	struct cs_view v = {.s = l->s, .policy = l->s->policy, .kind = k, .at = l->s->now};
	struct cs_image im;
	int rc = k ? cs_case_withheld(l->s, c->kind, c->id, e) : 1;

	if (rc != 0)
		return rc < 0 ? -1 : 0;
	if (cs_image_get(&im, l->s->db, c->id, &l->s->work, e) < 0)
		return -1;
	v.im = &im;
	if (cs_scope_has(&v, &l->s->policy->reports.cases))
		rc = put_case(l, c, e) < 0 || put_parts(l, k, c->id, e) < 0 ? -1 : 0;
	cs_arena_reset(&l->s->work);
	return rc;
}

static int count_cases(struct cs_session *s, const struct cs_report_ask *ask, struct cs_report *r, struct cs_err *e)
{
	struct library l = {s, r};
	const struct cs_case_taker to = {add_case, &l};

	if (!s->policy->reports.cases.of)
		return cs_fail(e, CS_CONFIG, "report cases: the rules do not say what a case is (reports/cases)");
	cs_report_add_level(s, r, &case_shape);
	cs_report_add(r, &part_shape);
	if (cs_cases_done(s, ask, &s->policy->reports.cases.kinds, &to, e) < 0)
		return -1;
	cs_report_keep(r);
	cs_report_sort(&r->table[0], 0);
	cs_report_sort(&r->table[1], 0);
	return 0;
}

/* --- what was written ------------------------------------------------------------------------ */

/* One ticket's texts and what must not be read in them; its rows stand together. */
struct reading {
	int64_t ticket;
	struct cs_case_texts texts;
	struct cs_redact_known known;
	bool withheld;
};

static int read_ticket(struct cs_session *s, int64_t ticket, int64_t upto, struct reading *out, struct cs_err *e)
{
	struct cs_image im;
	int rc;

	cs_arena_reset(&s->work);
	*out = (struct reading){.ticket = ticket, .texts = {.arena = &s->work}};
	if (cs_image_get(&im, s->db, ticket, &s->work, e) < 0 || cs_publication_known(s, &im, &out->known, e) < 0 ||
	    cs_case_read(s, ticket, upto, &out->texts, e) < 0)
		return -1;
	rc = cs_case_withheld(s, im.t.kind, ticket, e);
	out->withheld = rc != 0;
	return rc < 0 ? -1 : 0;
}

static int write_cases(struct cs_session *s, struct cs_report *r, int64_t upto, struct cs_err *e)
{
	struct cs_report_table *t = &r->table[1];
	size_t n = t->shape->column_count;
	struct reading at = {0};
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < t->row_count && n == sizeof part_columns / sizeof *part_columns; i++) {
		struct cs_value *cell = &t->cell[i * n];
		int64_t ticket = cs_ref_parse(cell[0].s, e);
		const char *key, *text;
		struct cs_redacted redacted;

		rc = ticket == 0 ? -1 : ticket != at.ticket ? read_ticket(s, ticket, upto, &at, e) : 0;
		if (rc < 0)
			break;
		key = strcmp(cell[1].s, "ticket") != 0
			      ? cs_arena_printf(&s->work, CELL "%s.%s.text", cell[1].s, cell[2].s)
		      : strcmp(cell[2].s, "body") == 0 ? "body"
						       : cs_arena_printf(&s->work, "text.%s", cell[2].s);
		text = at.withheld ? NULL : cs_case_text(&at.texts, key);
		if (!text)
			continue;
		cs_redact(text, &at.known, &s->work, &redacted);
		cell[3] = cs_case_code(r, redacted.text);
	}
	cs_arena_reset(&s->work);
	return rc;
}

const struct cs_report_def cs_report_cases = {
	.name = "cases",
	.about = "the library of cases: typical complaints with what was written about causes, handling and lessons",
	.shape = shapes,
	.shape_count = sizeof shapes / sizeof *shapes,
	.needs_period = true,
	.tickets = true,
	.count = count_cases,
	.fill = write_cases,
};
