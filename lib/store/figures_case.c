/* Tables ticket, callback and event as the reports of complaints read them. */
#include "store/figures_case.h"

#include "store/table.h"

#define COLUMNS \
	"id, ifnull(handling, accepting), first, responsible, customer, premises, matter, opened_at, done_at, " \
	"closed_at, due_at, late, kind, state, channel, category, specialty, importance, importance_peak, validity, " \
	"merged_into, merged_into IS NOT NULL AND closed_at = done_at, place"
static const char sql_cases[] = "SELECT " COLUMNS " FROM ticket WHERE id >= :lo AND id < :hi ORDER BY id";
static const char sql_done[] = "SELECT " COLUMNS " FROM ticket WHERE done_at IS NOT NULL AND done_at >= :from AND "
			       "done_at < :to AND (merged_into IS NULL OR closed_at > done_at) ORDER BY done_at";
static const char sql_score[] =
	"SELECT score FROM callback WHERE ticket = :ticket AND score IS NOT NULL ORDER BY seq DESC LIMIT 1";
/* Of the rows with one subject the first by id: the index has them in that order. */
static const char sql_entries[] =
	"SELECT subject, id, at, recorded_at, actor, facts FROM event AS v WHERE subject >= :lo AND subject < :hi AND "
	"about = 'ticket' AND NOT EXISTS (SELECT 1 FROM event AS w WHERE w.subject = v.subject AND "
	"w.about = 'ticket' AND w.id < v.id) ORDER BY subject";
static const char sql_entry[] =
	"SELECT subject, id, at, recorded_at, actor, facts FROM event WHERE subject = :ticket AND "
	"about = 'ticket' ORDER BY id LIMIT 1";

/* A later stage waits since the answer to the one before it. The index has what is pending; what was answered since
   is of a period that is past. */
static const char sql_pending[] =
	"SELECT a.ticket, a.step, a.whom, a.word, a.asker, "
	"ifnull((SELECT max(p.at) FROM approval AS p WHERE p.ticket = a.ticket AND p.asked = a.asked AND "
	"p.seq < a.seq), a.asked_at) AS since, t.kind, ifnull(t.handling, t.accepting), o.owner, o.due_at "
	"FROM approval AS a JOIN ticket AS t ON t.id = a.ticket LEFT JOIN owed AS o ON o.about = 'ticket' AND "
	"o.subject = a.ticket AND o.cause = 'approval/' || a.seq WHERE (a.at IS NULL OR a.at >= :end) AND "
	"(t.closed_at IS NULL OR t.closed_at >= :end)";

struct cs_stmt *cs_fig_cases(struct cs_db *db, int64_t lo, int64_t hi, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_cases, e);

	if (s) {
		cs_bind_int(s, ":lo", lo);
		cs_bind_int(s, ":hi", hi);
	}
	return s;
}

struct cs_stmt *cs_fig_cases_done(struct cs_db *db, int64_t from, int64_t to, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_done, e);

	if (s) {
		cs_bind_int(s, ":from", from);
		cs_bind_int(s, ":to", to);
	}
	return s;
}

int cs_fig_case_next(struct cs_stmt *walk, struct cs_fig_case *out, struct cs_err *e)
{
	int rc = cs_step(walk, e);

	if (rc == 1)
		*out = (struct cs_fig_case){
			.id = cs_col_int(walk, 0),
			.unit = cs_col_number(walk, 1),
			.first = cs_col_number(walk, 2),
			.responsible = cs_col_number(walk, 3),
			.customer = cs_col_number(walk, 4),
			.premises = cs_col_number(walk, 5),
			.matter = cs_col_number(walk, 6),
			.opened_at = cs_col_int(walk, 7),
			.done_at = cs_col_number(walk, 8),
			.closed_at = cs_col_number(walk, 9),
			.due_at = cs_col_number(walk, 10),
			.late = cs_col_number(walk, 11),
			.kind = cs_col_text(walk, 12),
			.state = cs_col_text(walk, 13),
			.channel = cs_col_text(walk, 14),
			.category = cs_col_text(walk, 15),
			.specialty = cs_col_text(walk, 16),
			.importance = cs_col_text(walk, 17),
			.importance_peak = cs_col_text(walk, 18),
			.validity = cs_col_text(walk, 19),
			.merged_into = cs_col_number(walk, 20),
			.merged = cs_col_int(walk, 21) == 1,
			.place = cs_col_number(walk, 22),
		};
	return rc;
}

int cs_fig_score(struct cs_db *db, int64_t ticket, int64_t *score, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_score, e);
	int rc = -1;

	*score = CS_NULL;
	if (s) {
		cs_bind_int(s, ":ticket", ticket);
		rc = cs_step(s, e);
	}
	if (rc == 1)
		*score = cs_col_int(s, 0);
	cs_stmt_done(s);
	return rc < 0 ? -1 : 0;
}

struct cs_stmt *cs_fig_entries(struct cs_db *db, int64_t lo, int64_t hi, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_entries, e);

	if (s) {
		cs_bind_int(s, ":lo", lo);
		cs_bind_int(s, ":hi", hi);
	}
	return s;
}

int cs_fig_entry_next(struct cs_stmt *walk, struct cs_fig_entry *out, struct cs_err *e)
{
	int rc = cs_step(walk, e);

	if (rc == 1)
		*out = (struct cs_fig_entry){
			.ticket = cs_col_int(walk, 0),
			.event = cs_col_int(walk, 1),
			.at = cs_col_int(walk, 2),
			.recorded_at = cs_col_int(walk, 3),
			.actor = cs_col_number(walk, 4),
			.facts = cs_col_text(walk, 5),
		};
	return rc;
}

int cs_fig_entry(struct cs_db *db, int64_t ticket, struct cs_fig_entry *out, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_entry, e);

	int rc;

	if (!s)
		return -1;
	cs_bind_int(s, ":ticket", ticket);
	rc = cs_fig_entry_next(s, out, e);
	out->facts = NULL;
	cs_stmt_done(s);
	return rc;
}

struct cs_stmt *cs_fig_pending(struct cs_db *db, int64_t end, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_pending, e);

	if (s)
		cs_bind_int(s, ":end", end);
	return s;
}

int cs_fig_pending_next(struct cs_stmt *walk, struct cs_fig_pending *out, struct cs_err *e)
{
	int rc = cs_step(walk, e);

	if (rc == 1)
		*out = (struct cs_fig_pending){
			.ticket = cs_col_int(walk, 0),
			.step = cs_col_text(walk, 1),
			.whom = cs_col_text(walk, 2),
			.word = cs_col_text(walk, 3),
			.asker = cs_col_number(walk, 4),
			.since = cs_col_int(walk, 5),
			.kind = cs_col_text(walk, 6),
			.unit = cs_col_number(walk, 7),
			.owner = cs_col_number(walk, 8),
			.due_at = cs_col_number(walk, 9),
		};
	return rc;
}

const char *const cs_fig_case_statements[] = {sql_cases, sql_done, sql_score, sql_entries, sql_entry, sql_pending};
const size_t cs_fig_case_statement_count = sizeof cs_fig_case_statements / sizeof *cs_fig_case_statements;
