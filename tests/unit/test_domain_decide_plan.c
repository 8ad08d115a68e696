/* What follows from a step: people to tell, duties owed, contacts planned and dropped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "domain/decision.h"
#include "editions.h"
#include "store/ref.h"

static struct cs_effects out;
static struct cs_decision d;

static int begin(void **state)
{
	(void)state;
	desk_begin();
	return 0;
}

static int end(void **state)
{
	(void)state;
	cs_session_rollback(desk);
	desk_end();
	return 0;
}

/* A decision of which nothing is recorded. */
static void decide(int64_t id, const char *step, const char *actor)
{
	static const struct cs_request req = {.note = "堵车"};
	struct cs_image *im;
	struct cs_err e = {0};

	cs_session_rollback(desk);
	if (cs_session_begin(desk, &e) < 0)
		fail_msg("%s", e.text);
	im = desk_ticket(id);
	out = (struct cs_effects){.arena = &desk->work};
	cs_decision_begin(&d, desk, im, cs_session_kind(desk, im, &e), desk->policy,
			  (struct cs_deed){"ticket", id, step, desk->now, actor ? desk_staff(actor) : CS_NULL}, &out);
	d.req = &req;
}

static void notices(void **state)
{
	static const struct {
		struct cs_target to;
		const char *kind, *code; /* kind NULL: none */
	} cases[] = {
		{{.kind = CS_TARGET_STAFF, .id = 4, .code = "front_desk"}, "staff", NULL},
		{{.kind = CS_TARGET_CUSTOMER, .id = 4}, "customer", NULL},
		{{.kind = CS_TARGET_UNIT, .id = 4}, "unit", NULL},
		{{.kind = CS_TARGET_BODY, .id = 4, .code = "police"}, "body", "police"},
		{{.kind = CS_TARGET_NONE, .id = 4}, NULL, NULL},
	};
	int64_t seq = 0;
	char key[40];

	(void)state;
	decide(desk_register("request", "eng.water", NULL, NULL), "arrive", "worker");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct cs_effect *f;
		size_t before = out.count;

		cs_decide_notice(&d, &cases[i].to, "rung", "resolve/esc_1", "快");
		assert_int_equal(out.count, before + (cases[i].kind != NULL));
		if (!cases[i].kind)
			continue;
		f = &out.effect[before];
		assert_int_equal(f->op, CS_OP_NOTICE);
		assert_int_equal(cs_arg_int(f, 0), ++seq);
		assert_string_equal(cs_arg_text(f, 1), "rung");
		assert_string_equal(cs_arg_text(f, 2), "resolve/esc_1");
		assert_string_equal(cs_arg_text(f, 3), cases[i].kind);
		assert_int_equal(cs_arg_int(f, 4), 4);
		assert_int_equal(cases[i].code != NULL, cs_arg_text(f, 5) != NULL);
		if (cases[i].code)
			assert_string_equal(cs_arg_text(f, 5), cases[i].code);
		assert_int_equal(cs_arg_int(f, 6), desk->now);
		snprintf(key, sizeof key, "notice.%lld", (long long)seq);
		assert_string_equal(cs_effects_text(&out, key), "快");
	}
}

/* S1-5-1: who cannot come tells the customer and the assistant. */
static void tells(void **state)
{
	char ref[CS_REF_SIZE], want[200];
	int64_t id = desk_register("request", "eng.water", NULL, NULL);
	struct cs_err e = {0};

	(void)state;
	decide(id, "cannot_come", "worker");
	assert_int_equal(cs_decide_tell(&d, &e), 0);
	assert_int_equal(out.count, 2);
	assert_string_equal(cs_arg_text(&out.effect[0], 3), "customer");
	assert_int_equal(cs_arg_int(&out.effect[0], 4), PERSON_WANG);
	assert_string_equal(cs_arg_text(&out.effect[1], 3), "staff");
	assert_int_equal(cs_arg_int(&out.effect[1], 4), desk_staff("assistant"));
	/* The rules say that the customer hears the note; a colleague always does. */
	snprintf(want, sizeof want, "%s 不能按时到场: 事项; 堵车", cs_ref_text(id, ref));
	assert_string_equal(cs_effects_text(&out, "notice.1"), want);
	snprintf(want, sizeof want, "%s 不能按时到场: 事项: 堵车", cs_ref_text(id, ref));
	assert_string_equal(cs_effects_text(&out, "notice.2"), want);
	decide(id, "arrive", "worker");
	assert_int_equal(cs_decide_tell(&d, &e), 0);
	assert_int_equal(out.count, 0);
}

/* One notice for each recipient; a vacant post is named to who answers for it (design section 6). */
static void tells_each_once(void **state)
{
	struct cs_err e = {0};
	const char *text;

	(void)state;
	edition_with("\"kinds\": {\"request\": {\"steps\": {\"cannot_come\": {\"tell\": "
		     "[\"post:project_manager\", \"customer\", \"post:archivist\"]}}}}");
	decide(desk_register("request", "eng.water", NULL, NULL), "cannot_come", "worker");
	assert_int_equal(cs_decide_tell(&d, &e), 0);
	assert_int_equal(out.count, 2);
	assert_int_equal(cs_arg_int(&out.effect[0], 4), desk_staff("manager"));
	assert_string_equal(cs_arg_text(&out.effect[1], 3), "customer");
	text = cs_effects_text(&out, "notice.1");
	assert_non_null(strstr(text, "; 空缺岗位 vacant post: archivist"));
	assert_null(strstr(cs_effects_text(&out, "notice.2"), "vacant"));
}

/* The customer is everybody who complains now, each once; not who left, nor who was erased. */
static void tells_all_who_complain(void **state)
{
	struct cs_err e = {0};
	struct cs_stmt *s;

	(void)state;
	decide(desk_register("request", "eng.water", NULL, NULL), "cannot_come", "worker");
	cs_emit(&d, CS_OP_PARTY, CS_I(7), CS_I(PERSON_GOLD), CS_S("owner"));
	cs_emit(&d, CS_OP_PARTY, CS_I(8), CS_I(PERSON_GOLD), CS_S("agent"));
	cs_emit(&d, CS_OP_PARTY, CS_I(9), CS_I(CS_NULL), CS_S("owner"));
	out.count = 0;
	assert_int_equal(cs_decide_tell(&d, &e), 0);
	assert_int_equal(out.count, 3); /* and the assistant */
	assert_int_equal(cs_arg_int(&out.effect[0], 4), PERSON_WANG);
	assert_string_equal(cs_arg_text(&out.effect[1], 3), "customer");
	assert_int_equal(cs_arg_int(&out.effect[1], 4), PERSON_GOLD);
	assert_string_equal(cs_effects_text(&out, "notice.1"), cs_effects_text(&out, "notice.2"));
	cs_emit(&d, CS_OP_PARTY_END, CS_I(1), CS_I(desk->now));
	out.count = 0;
	assert_int_equal(cs_decide_tell(&d, &e), 0);
	assert_int_equal(out.count, 2);
	assert_int_equal(cs_arg_int(&out.effect[0], 4), PERSON_GOLD);
	s = cs_db_prepare(desk->db, "UPDATE person SET erased_at = 1 WHERE id = :id", &e);
	cs_bind_int(s, ":id", PERSON_GOLD);
	assert_int_equal(cs_step(s, &e), 0);
	cs_stmt_done(s);
	out.count = 0;
	assert_int_equal(cs_decide_tell(&d, &e), 0);
	assert_int_equal(out.count, 1);
	assert_string_equal(cs_arg_text(&out.effect[0], 3), "staff");
}

/* S3-5-7: progress is told to the customer in its time; once for each cause. */
static void owes(void **state)
{
	const struct cs_owed_row *o;
	struct cs_err e = {0};

	(void)state;
	edition_with("\"params\": {\"req.progress\": {\"value\": \"2h\", \"source\": \"S3-5-7\"}}");
	decide(desk_register("request", "eng.water", NULL, NULL), "pause", "ling");
	assert_int_equal(cs_decide_owe(&d, "progress", "esc_1/1", &e), 0);
	assert_int_equal(cs_decide_owe(&d, "progress", "esc_1/1", &e), 0);
	assert_int_equal(cs_decide_owe(&d, "progress", "esc_2/1", &e), 0);
	assert_int_equal(cs_decide_owe(&d, "no_such_duty", "esc_1/1", &e), 0);
	assert_int_equal(cs_decide_owe(&d, "life", "esc_1/1", &e), 0); /* affects_life is not set */
	assert_int_equal(cs_image_count(&d.after, CS_P_OWED), 2);
	o = cs_image_at(&d.after, CS_P_OWED, 0);
	assert_string_equal(o->duty, "progress");
	assert_string_equal(o->cause, "esc_1/1");
	assert_int_equal(o->owner, desk_staff("ling")); /* responsible: the first receiver */
	assert_int_equal(o->due_at, desk_at("2026-11-02 11:00"));
	assert_int_equal(o->done_at, CS_NULL);
	d.step = cs_kind_step(d.v.kind, "pause");
	assert_int_equal(cs_decide_duties(&d, &e), 0);
	assert_int_equal(((struct cs_owed_row *)cs_image_at(&d.after, CS_P_OWED, 0))->done_at,
			 CS_NULL);
	d.step = cs_kind_step(d.v.kind, "tell");
	assert_int_equal(cs_decide_duties(&d, &e), 0);
	for (size_t i = 0; i < 2; i++) {
		o = cs_image_at(&d.after, CS_P_OWED, i);
		assert_int_equal(o->done_at, desk->now);
	}
}

/* G36: what touches daily life is told from the registration on. */
static void owed_by_registering(void **state)
{
	int64_t id = desk_register("request", "eng.water", "affects_life=yes", NULL);
	const struct cs_owed_row *o;

	(void)state;
	assert_int_equal(cs_image_count(desk_ticket(id), CS_P_OWED), 1);
	o = cs_image_at(desk_ticket(id), CS_P_OWED, 0);
	assert_string_equal(o->duty, "life");
	assert_int_equal(strncmp(o->cause, "register/", 9), 0);
	assert_int_equal(o->owner, desk_staff("ling"));
	assert_int_equal(o->due_at, CS_NULL); /* the documents give no time */
	id = desk_register("request", "eng.water", NULL, NULL);
	assert_int_equal(cs_image_count(desk_ticket(id), CS_P_OWED), 0);
}

/* "rule state purpose happening caller not_by due" of the contacts planned. */
static const char *planned(void)
{
	static char text[500];
	char at[40];

	text[0] = '\0';
	for (size_t i = 0; i < cs_image_count(&d.after, CS_P_CALLBACK); i++) {
		const struct cs_callback_row *c = cs_image_at(&d.after, CS_P_CALLBACK, i);

		snprintf(text + strlen(text), sizeof text - strlen(text),
			 "%s%s %s %s %s p%lld %s", i ? ", " : "", c->rule, c->state, c->method,
			 c->happening ? c->happening : "-", (long long)c->person,
			 c->due_at == CS_NULL ? "-"
					      : cs_time_text_minute(cs_session_zone(desk),
								    c->due_at, at));
	}
	return text;
}

/* S3-7-4, S4-7-1, S4-7-2: which contacts a finished request gets, and by when. The 24 h from Monday
   09:00 end before the hours of Tuesday (from 10:00), so Monday's last hour is the latest; urgent
   ones keep no hours. */
static void contacts(void **state)
{
	static const struct {
		const char *category, *words, *step, *want;
	} cases[] = {
		{"eng.water", NULL, "finish", "request open phone - p1 2026-11-02 21:00"},
		{"eng.water", NULL, "arrive", ""},
		{"eng.water", "priority=urgent", "finish",
		 "urgent open phone - p1 2026-11-03 09:00"},
		{"eng.leak", NULL, "finish",
		 "request open phone - p1 2026-11-02 21:00, leak waiting phone rain p1 -"},
	};
	struct cs_err e = {0};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		cs_session_rollback(desk);
		decide(desk_register("request", cases[i].category, cases[i].words, NULL),
		       cases[i].step, "worker");
		assert_int_equal(cs_decide_callbacks(&d, &e), 0);
		if (strcmp(planned(), cases[i].want) != 0)
			fail_msg("%s %s: %s", cases[i].category, cases[i].step, planned());
	}
}

/* C41: the worker of the matter does not ask about it. C10: each party of a complaint is asked. */
static void of_each_party(void **state)
{
	const struct cs_callback_row *c;
	size_t parties;
	struct cs_err e = {0};

	(void)state;
	decide(desk_register("complaint", "eng.water", NULL, NULL), "verify", "chief");
	parties = cs_image_count(&d.after, CS_P_PARTY);
	cs_emit(&d, CS_OP_PARTY, CS_I(8), CS_I(PERSON_GOLD), CS_S("owner"));
	cs_emit(&d, CS_OP_PARTY, CS_I(9), CS_I(PERSON_GOLD), CS_S("owner"));
	cs_emit(&d, CS_OP_PARTY_END, CS_I(9), CS_I(desk->now)); /* no longer one */
	cs_emit(&d, CS_OP_SET, CS_S("assignee"), CS_I(desk_staff("worker")));
	assert_int_equal(cs_decide_callbacks(&d, &e), 0);
	assert_int_equal(cs_image_count(&d.after, CS_P_CALLBACK), parties + 1);
	c = cs_image_at(&d.after, CS_P_CALLBACK, parties);
	assert_int_equal(c->person, PERSON_GOLD);
	assert_string_equal(c->not_by, "3"); /* worker */
	assert_int_equal(c->caller, desk_staff("ling"));
}

static void dropped(void **state)
{
	static const char *const want[] = {"dropped", "dropped", "exempt"};
	struct cs_err e = {0};

	(void)state;
	decide(desk_register("request", "eng.leak", NULL, NULL), "finish", "worker");
	assert_int_equal(cs_decide_callbacks(&d, &e), 0);
	assert_int_equal(cs_decide_plan_callback(
				 &d, cs_policy_callback(desk->policy, "spot_request"), PERSON_WANG,
				 5, &e),
			 0);
	assert_int_equal(((struct cs_callback_row *)cs_image_at(&d.after, CS_P_CALLBACK, 2))->draw,
			 5);
	cs_emit(&d, CS_OP_CALL_END, CS_I(3), CS_S("exempt"), CS_S("unreachable"));
	cs_decide_drop_callbacks(&d, "rework");
	for (size_t i = 0; i < 3; i++) {
		const struct cs_callback_row *c = cs_image_at(&d.after, CS_P_CALLBACK, i);

		assert_string_equal(c->state, want[i]);
		assert_string_equal(c->outcome, i < 2 ? "rework" : "unreachable");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(notices, begin, end),
		cmocka_unit_test_setup_teardown(tells, begin, end),
		cmocka_unit_test_setup_teardown(tells_each_once, begin, end),
		cmocka_unit_test_setup_teardown(tells_all_who_complain, begin, end),
		cmocka_unit_test_setup_teardown(owes, begin, end),
		cmocka_unit_test_setup_teardown(owed_by_registering, begin, end),
		cmocka_unit_test_setup_teardown(contacts, begin, end),
		cmocka_unit_test_setup_teardown(of_each_party, begin, end),
		cmocka_unit_test_setup_teardown(dropped, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
