#include "rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "domain/record.h"
#include "store/notice.h"

int rules_begin(void **state)
{
	(void)state;
	desk_begin();
	return 0;
}

int rules_end(void **state)
{
	(void)state;
	desk_end();
	return 0;
}

struct cs_registration rules_registration(const char *kind, const char *channel, const char *category)
{
	return (struct cs_registration){
		.kind = kind,
		.channel = channel ? channel : "phone",
		.category = category,
		.subject = "事项",
		.body = "内容",
		.place = UNIT_NORTH,
		.accepting = CS_NULL,
		.first = CS_NULL,
		.customer = PERSON_WANG,
		.premises = PREMISES_1,
		.has_phone = true,
		.due_at = CS_TIME_NONE,
		.run = CS_NULL,
	};
}

int64_t rules_register(const char *login, const char *kind, const char *channel, const char *words, struct cs_err *e)
{
	const struct cs_registration reg = rules_registration(kind, channel, "eng.water");
	struct cs_err mine = {0};
	char all[200];
	int64_t id;

	snprintf(all, sizeof all, "%s%s", strcmp(kind, "message") == 0 ? "wanted=李经理 " : "", words ? words : "");
	desk_actor(login);
	id = desk_register_as(&reg, all, e ? e : &mine);
	if (!id && !e)
		fail_msg("%s registers a %s by %s: %s", login, kind, reg.channel, mine.text);
	return id;
}

void rules_live(const char *id, int64_t ticket, const char *life)
{
	char buf[1000];

	snprintf(buf, sizeof buf, "%s", life ? life : "");
	for (char *save, *one = strtok_r(buf, "|", &save); one; one = strtok_r(NULL, "|", &save)) {
		char *step = strchr(one, ' ');
		struct cs_err e = {0};

		assert_non_null(step);
		*step++ = '\0';
		desk_actor(one);
		if (desk_step(ticket, step, &e) != CS_OK)
			fail_msg("%s: %s %s: %s", id, one, step, e.text);
	}
}

int64_t rules_unit(const char *code, const char *level, const char *function, int64_t parent)
{
	const struct cs_unit_row unit = {
		(int64_t)desk->org.unit_count + 1, code, code, level, function, parent, CS_NULL, CS_NULL};
	struct cs_effects l = {.arena = &desk->life};
	struct cs_err e = {0};

	cs_record_row(&l, &cs_unit_table, NULL, &unit);
	if (cs_session_begin(desk, &e) < 0 ||
	    cs_session_record(desk, NULL, (struct cs_deed){"unit", unit.id, "add", desk->now, CS_NULL}, &l, &e) < 0 ||
	    cs_meta_org_changed(desk->db, &e) < 0 || cs_session_commit(desk, &e) < 0 || cs_session_begin(desk, &e) < 0)
		fail_msg("%s", e.text);
	cs_session_rollback(desk);
	return unit.id;
}

void rules_vacate(const char *login)
{
	for (size_t i = 0; i < desk->org.post_count; i++)
		if (desk->org.post[i].staff == desk_staff(login))
			desk->org.post[i].to_at = desk->now;
}

const char *rules_login(int64_t staff)
{
	const struct cs_staff_row *p = cs_org_staff(&desk->org, staff);

	return p ? p->login : "-";
}

struct cs_view rules_view(struct cs_image *im)
{
	return (struct cs_view){.s = desk,
				.policy = desk->policy,
				.kind = cs_policy_kind(desk->policy, im->t.kind),
				.im = im,
				.at = desk->now,
				.step_actor = desk->actor};
}

const char *rules_holder(int64_t ticket, const char *post)
{
	const struct cs_who who = {.kind = CS_WHO_POST, .name = post};
	struct cs_view v = rules_view(desk_ticket(ticket));

	return rules_login(cs_who_find(&v, &who).id);
}

bool rules_told(int64_t ticket, const char *login)
{
	struct cs_arena a = {0};
	struct cs_notice n = {0};
	bool told = false;
	int64_t event = desk_ticket(ticket)->t.last_event;

	for (int64_t seq = 1; cs_notice_get(desk->db, event, seq, &a, &n, NULL) == 1; seq++)
		told = told || (strcmp(n.to_kind, "staff") == 0 && n.to_id == desk_staff(login));
	cs_arena_free(&a);
	return told;
}

enum cs_code rules_call(const char *login, int64_t ticket, struct cs_call_result r, struct cs_call_done *done)
{
	struct cs_err e = {0};
	struct cs_image *im;
	int rc;

	if (!r.at)
		r.at = CS_TIME_NONE;
	if (!r.causing)
		r.causing = CS_NULL;
	desk_actor(login);
	if (cs_session_begin(desk, &e) < 0)
		fail_msg("%s", e.text);
	im = desk_ticket(ticket);
	rc = cs_callback_record(desk, im, &r, done, &e);
	if (rc == 0 && (cs_image_save(im, desk->db, &e) < 0 || cs_session_commit(desk, &e) < 0))
		fail_msg("%s", e.text);
	cs_session_rollback(desk);
	return rc == 0 ? CS_OK : e.code;
}

/* --- tables ------------------------------------------------------------------------------------ */

void rules_rights(const struct rule_right *r, size_t count)
{
	for (; count--; r++)
		for (size_t k = 0; k < 16; k++) {
			bool may = k < 8;
			const char *login = may ? r->may[k] : r->may_not[k - 8];
			struct cs_err e = {0};
			int64_t ticket;

			if (!login)
				continue;
			ticket = rules_register("ling", r->kind, NULL, NULL, NULL);
			rules_live(r->id, ticket, r->life);
			desk_actor(login);
			if (desk_step(ticket, r->step, &e) != (may ? CS_OK : CS_REFUSED))
				fail_msg("%s: %s: %s: %s", r->id, r->step, login, may ? e.text : "not refused");
		}
}

void rules_needs(const struct rule_need *n, size_t count)
{
	for (; count--; n++) {
		int64_t ticket = rules_register("ling", n->kind, NULL, NULL, NULL);
		struct cs_err e = {0};

		rules_live(n->id, ticket, n->life);
		desk_actor(n->login);
		if (desk_step(ticket, n->refused, &e) != CS_REFUSED || !strstr(e.text, n->why))
			fail_msg("%s: %s: '%s' does not say '%s'", n->id, n->refused, e.text, n->why);
		if (n->done && desk_step(ticket, n->done, &e) != CS_OK)
			fail_msg("%s: %s: %s", n->id, n->done, e.text);
	}
}

static int64_t start_clock(const struct rule_clock *c)
{
	int64_t ticket;

	desk_time(c->opened);
	ticket = rules_register("ling", c->kind, c->channel, c->words, NULL);
	rules_live(c->id, ticket, c->life);
	return ticket;
}

void rules_clocks(const struct rule_clock *c, size_t count)
{
	static const char *const verdicts[] = {"met", "late"};

	for (; count--; c++)
		for (cs_time over = 0; over <= 1; over++) {
			int64_t ticket;
			const struct cs_clock_row *row;
			char due[40] = "none";

			/* Time does not go back. */
			if (strcmp(c->opened, "2026-11-02 09:00") < 0)
				desk_begin_early();
			else
				desk_begin();
			ticket = start_clock(c);
			row = cs_image_clock(desk_ticket(ticket), c->clock);
			if (row)
				cs_time_text(cs_session_zone(desk), row->due_at, due);
			if (!c->due ? row != NULL : !row || row->due_at != desk_at(c->due))
				fail_msg("%s: %s is due %s", c->id, c->clock, due);
			if (c->due) {
				desk->now = desk_at(c->due) + over;
				rules_live(c->id, ticket, c->stop);
				if (strcmp(desk_clock(ticket, c->clock), verdicts[over]) != 0)
					fail_msg("%s: %s is %s %d s after the due", c->id, c->clock,
						 desk_clock(ticket, c->clock), (int)over);
			}
			desk_end();
		}
}
