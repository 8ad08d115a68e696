/* Delivery of notices. */
#include "text/delivery.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "domain/access.h"
#include "store/ref.h"
#include "text/child.h"
#include "text/desk.h"
#include "text/hidden.h"
#include "text/message.h"
#include "text/process.h"

/* Waits after the first, second, ... failure; after the last one it ends as failed. */
static const int64_t waits[] = {60, 5 * 60, 30 * 60, 2 * 3600, 12 * 3600, 24 * 3600};
enum { WAITS = sizeof waits / sizeof *waits, LEASE_MARGIN = 60 };

const struct cs_column cs_notice_columns[] = {
	{.name = "id"},     {.name = "state"},  {.name = "to_kind"},
	{.name = "to"},     {.name = "reason"}, {.name = "what"},
	{.name = "ref"},    {.name = "at"},     {.name = "attempts", .right = true},
	{.name = "try_at"}, {.name = "error"},
};
const size_t cs_notice_column_count = sizeof cs_notice_columns / sizeof *cs_notice_columns;

char *cs_notice_id(const struct cs_notice *n, char buf[48])
{
	snprintf(buf, 48, "%lld-%lld", (long long)n->event, (long long)n->seq);
	return buf;
}

int cs_notice_id_parse(const char *text, int64_t *event, int64_t *seq, struct cs_err *e)
{
	static const char digits[] = "0123456789";
	size_t a = strspn(text, digits), b = text[a] == '-' ? strspn(text + a + 1, digits) : 0;
	char shown[CS_ERR_SHOWN];

	if (a == 0 || a > 18 || b == 0 || b > 9 || text[a + 1 + b])
		return cs_fail(e, CS_USAGE, "'%s' is no notice (they look like 214-1)",
			       cs_err_show(text, shown));
	*event = strtoll(text, NULL, 10);
	*seq = strtoll(text + a + 1, NULL, 10);
	return 0;
}

/* Staff by login, customers by phone, bodies and units by code; NULL when there is no way to reach
   them. */
static const char *address(const struct cs_session *s, const struct cs_notice *n,
			   struct cs_arena *a)
{
	const struct cs_staff_row *p;
	const struct cs_unit_row *u;
	struct cs_person_row who;

	if (strcmp(n->to_kind, "staff") == 0) {
		p = cs_org_staff(&s->org, n->to_id);
		return p ? p->login : NULL;
	}
	if (strcmp(n->to_kind, "unit") == 0) {
		u = cs_org_unit(&s->org, n->to_id);
		return u ? u->code : NULL;
	}
	if (strcmp(n->to_kind, "customer") != 0)
		return n->to_code;
	return cs_table_find(s->db, &cs_person_table, n->to_id, a, &who, NULL) == 1 ? who.phone
										    : NULL;
}

void cs_notice_row(struct cs_session *s, struct cs_out *out, const struct cs_notice *n)
{
	struct cs_arena a = {0};
	char id[48], ref[CS_REF_SIZE], at[32], try_at[32];
	const char *shown = n->ticket == CS_NULL ? NULL : cs_access_ref(s, n->ticket, ref);
	const bool kept = shown && shown != ref;

	cs_out_row(out, (struct cs_cell[]){
				cs_cell_text(cs_notice_id(n, id)), cs_cell_text(n->state), cs_cell_text(n->to_kind),
				cs_cell_text(kept && strcmp(n->to_kind, "customer") == 0 ? NULL : address(s, n, &a)),
				cs_cell_text(n->reason), cs_cell_text(n->what), cs_cell_text(shown),
				cs_desk_time_cell(s, n->at, at), cs_cell_int(n->attempts),
				cs_desk_time_cell(s, n->try_at, try_at),
				cs_cell_text(kept ? NULL : cs_hide_kept(s, n->last_error, &a))});
	cs_arena_free(&a);
}

/* Commits the claim. 1: *n is to be delivered, 0: nothing (more) is due, -1. */
static int claim(struct cs_session *s, const struct cs_delivery *how, struct cs_notice *n,
		 char *lease, struct cs_err *e)
{
	unsigned char token[16];
	int rc;

	cs_random_bytes(token, sizeof token);
	cs_hex(token, sizeof token, lease);
	if (!s->now_given)
		s->now = cs_time_machine();
	if (cs_session_begin(s, e) < 0)
		return -1;
	rc = cs_notice_due(s->db, s->now, how->to_kind, &s->work, n, e);
	if (rc == 1 && cs_notice_lease(s->db, n, lease, s->now + how->timeout_s + LEASE_MARGIN,
				       how->at_most_once ? "doubtful" : NULL, e) < 0)
		rc = -1;
	if (rc == 1 && cs_session_commit(s, e) < 0)
		rc = -1;
	if (rc != 1)
		cs_session_rollback(s);
	return rc;
}

/* A notice is for whom it was made: what it says is no longer for one who left. */
static bool has_left(const struct cs_session *s, const struct cs_notice *n)
{
	const struct cs_staff_row *p =
		strcmp(n->to_kind, "staff") == 0 ? cs_org_staff(&s->org, n->to_id) : NULL;

	return p && p->left_at != CS_NULL && p->left_at <= s->now;
}

static int hand_over(struct cs_session *s, const struct cs_delivery *how, const struct cs_notice *n,
		     struct cs_buf *why, struct cs_err *e)
{
	char id[48], ref[CS_REF_SIZE], attempt[24];
	struct cs_buf text = {0};
	struct cs_message m = {.to = address(s, n, &s->work),
			       .reason = n->reason,
			       .text = n->text,
			       .at = n->at,
			       .zone = cs_session_zone(s)};
	int rc;

	cs_notice_id(n, id);
	snprintf(attempt, sizeof attempt, "%lld", (long long)n->attempts + 1);
	if (!m.to || !m.text || has_left(s, n)) {
		cs_buf_puts(why, !m.to    ? "there is no way to reach the recipient"
				 : m.text ? "the recipient has left"
					  : "its text was erased");
		return 2;
	}
	m.id = cs_arena_printf(&s->work, "%s.%s", id, s->meta.database_id);
	m.ref = n->ticket == CS_NULL ? NULL : cs_ref_text(n->ticket, ref);
	cs_message_write(&m, &text);
	rc = cs_child_run(how->command, &text,
			  (struct cs_child_env[]){{"CS_NOTICE_ID", id},
						  {"CS_NOTICE_TO", m.to},
						  {"CS_NOTICE_TO_KIND", n->to_kind},
						  {"CS_NOTICE_REASON", n->reason},
						  {"CS_NOTICE_REF", m.ref},
						  {"CS_NOTICE_ATTEMPT", attempt}},
			  6, (long)how->timeout_s * 1000, why, e);
	cs_buf_free(&text);
	return rc;
}

/* result: 0 delivered, 1 not, 2 never can be. */
static void judge(const struct cs_session *s, const struct cs_delivery *how, struct cs_notice *n,
		  int result, const char *why)
{
	n->attempts++;
	n->last_error = result == 0 ? NULL : why;
	n->sent_at = result == 0 ? s->now : CS_NULL;
	n->try_at = CS_NULL;
	n->state = "sent";
	if (result == 2 || (result == 1 && n->attempts > WAITS && !how->at_most_once))
		n->state = "failed";
	else if (result == 1 && how->at_most_once)
		n->state = "doubtful";
	else if (result == 1) {
		n->state = "pending";
		n->try_at = s->now + waits[n->attempts - 1];
	}
}

/* Two programs may be at it when a lease ran out: the one that has it now writes. */
static int write_result(struct cs_session *s, const struct cs_notice *n, const char *lease,
			struct cs_err *e)
{
	int rc;

	if (!s->now_given)
		s->now = cs_time_machine();
	if (cs_session_begin(s, e) < 0)
		return -1;
	rc = cs_notice_finish(s->db, n, lease, e);
	if (rc >= 0 && cs_session_commit(s, e) == 0)
		return 0;
	cs_session_rollback(s);
	return -1;
}

/* One that another run took and never finished is not sent again where at most once is asked. */
static int deliver(struct cs_session *s, const struct cs_delivery *how, struct cs_notice *n,
		   const char *lease, struct cs_err *e)
{
	struct cs_buf why = {0};
	char id[48];
	int rc = 1;

	if (how->at_most_once && n->lease)
		cs_buf_puts(&why, "an earlier delivery did not come to its end");
	else
		rc = hand_over(s, how, n, &why, e);
	if (rc >= 0) {
		judge(s, how, n, rc, cs_arena_strdup(&s->work, cs_buf_str(&why)));
		if (rc > 0)
			cs_msg("notice %s: %s: %s", cs_notice_id(n, id), n->state,
			       cs_buf_str(&why));
		if (write_result(s, n, lease, e) < 0)
			rc = -1;
	}
	cs_buf_free(&why);
	return rc;
}

int cs_delivery_run(struct cs_session *s, const struct cs_delivery *how, struct cs_out *out,
		    struct cs_err *e)
{
	int64_t tried = 0, failed = 0;
	int rc = 0;

	while (how->limit == 0 || tried < how->limit) {
		struct cs_notice n = {0};
		char lease[33];

		if (cs_process_interrupted())
			return cs_process_ended(e);
		cs_arena_reset(&s->work);
		rc = claim(s, how, &n, lease, e);
		if (rc != 1)
			break;
		rc = deliver(s, how, &n, lease, e);
		if (rc < 0)
			break;
		tried++;
		failed += rc > 0;
		cs_notice_row(s, out, &n);
		cs_out_flush(out);
	}
	if (rc < 0)
		return -1;
	return failed ? cs_err_exit(CS_REFUSED) : 0;
}

int cs_delivery_show(struct cs_session *s, const struct cs_delivery *how, struct cs_out *out,
		     struct cs_err *e)
{
	struct cs_notice n = {0};
	int64_t shown = 0;
	int rc = 0;

	while ((how->limit == 0 || shown < how->limit) &&
	       (rc = cs_notice_due(s->db, s->now, how->to_kind, &s->work, &n, e)) == 1) {
		cs_notice_row(s, out, &n);
		shown++;
	}
	return rc < 0 ? -1 : 0;
}
