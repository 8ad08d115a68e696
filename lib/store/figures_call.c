/* Tables draw, draw_item and callback as the indicators read them. */
#include "store/figures_call.h"

#include "store/table.h"

/* The second word about the name lets the engine use the index of draws by a rule. */
static const char sql_draws[] = "SELECT id, unit, again, period FROM draw WHERE name = :rule AND "
				"name <> 'adhoc' ORDER BY period, unit, again";
static const char sql_members[] =
	"SELECT i.ticket, ifnull(t.handling, t.accepting), t.place FROM draw_item i JOIN ticket t ON t.id = "
	"i.ticket "
	"WHERE i.draw = :draw AND i.role = 'member' ORDER BY i.stratum, i.place";
static const char sql_closed[] =
	"SELECT id, ifnull(handling, accepting), place FROM ticket WHERE done_at >= :from AND done_at < "
	":to AND kind = :kind AND (merged_into IS NULL OR closed_at > done_at) UNION ALL "
	"SELECT t.id, ifnull(t.handling, t.accepting), t.place FROM stay s JOIN ticket t ON t.id = s.ticket "
	"WHERE s.to_at >= :from AND s.to_at < :to AND s.left = 'done' AND t.kind = :kind";
static const char sql_answers[] = "SELECT draw, score, state, answers FROM callback WHERE ticket = "
				  ":ticket ORDER BY done_at, seq";

struct cs_stmt *cs_fig_draws(struct cs_db *db, const char *rule, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_draws, e);

	if (s)
		cs_bind_text(s, ":rule", rule);
	return s;
}

int cs_fig_draw_next(struct cs_stmt *walk, struct cs_fig_draw *out, struct cs_err *e)
{
	int rc = cs_step(walk, e);

	if (rc == 1)
		*out = (struct cs_fig_draw){.id = cs_col_int(walk, 0),
					    .unit = cs_col_number(walk, 1),
					    .again = cs_col_int(walk, 2),
					    .period = cs_col_text(walk, 3)};
	return rc;
}

struct cs_stmt *cs_fig_members(struct cs_db *db, int64_t draw, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_members, e);

	if (s)
		cs_bind_int(s, ":draw", draw);
	return s;
}

struct cs_stmt *cs_fig_closed(struct cs_db *db, const char *kind, int64_t from, int64_t to,
			      struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_closed, e);

	if (s) {
		cs_bind_int(s, ":from", from);
		cs_bind_int(s, ":to", to);
		cs_bind_text(s, ":kind", kind);
	}
	return s;
}

int cs_fig_member_next(struct cs_stmt *walk, int64_t *ticket, int64_t *unit, int64_t *place, struct cs_err *e)
{
	int rc = cs_step(walk, e);

	if (rc == 1) {
		*ticket = cs_col_int(walk, 0);
		*unit = cs_col_number(walk, 1);
		*place = cs_col_number(walk, 2);
	}
	return rc;
}

struct cs_stmt *cs_fig_answers(struct cs_db *db, int64_t ticket, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_answers, e);

	if (s)
		cs_bind_int(s, ":ticket", ticket);
	return s;
}

int cs_fig_answer_next(struct cs_stmt *walk, struct cs_fig_answer *out, struct cs_err *e)
{
	int rc = cs_step(walk, e);

	if (rc == 1)
		*out = (struct cs_fig_answer){.draw = cs_col_number(walk, 0),
					      .score = cs_col_number(walk, 1),
					      .state = cs_col_text(walk, 2),
					      .answers = cs_col_text(walk, 3)};
	return rc;
}

const char *const cs_fig_call_statements[] = {sql_draws, sql_members, sql_closed, sql_answers};
const size_t cs_fig_call_statement_count = sizeof cs_fig_call_statements /
					   sizeof *cs_fig_call_statements;
