/* Refolding the events of a ticket gives the stored rows, column by column; so do all that steps can bring about. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "domain/fold.h"

static int begin(void **state)
{
	(void)state;
	desk_begin();
	return 0;
}

static int end(void **state)
{
	(void)state;
	desk_end();
	return 0;
}

static void refold(int64_t ticket, struct cs_image *im, struct cs_arena *a)
{
	struct cs_effects l = {.arena = a};
	struct cs_event ev;
	struct cs_err e = {0};
	struct cs_stmt *walk = cs_event_of(desk->db, "ticket", ticket, &e);

	cs_image_init(im, a);
	while (cs_event_next(walk, &ev, &e) == 1) {
		ev.step = cs_arena_strdup(a, ev.step);
		if (cs_effects_read(&l, ev.facts, ev.private_part, &e) < 0 || cs_fold_ticket(im, &ev, &l, &e) < 0)
			fail_msg("event %lld: %s", (long long)ev.id, e.text);
	}
	cs_image_settle(im);
}

static void compare(int64_t ticket)
{
	struct cs_arena a = {0};
	struct cs_image *stored, again;
	const struct cs_table_column *c;

	refold(ticket, &again, &a);
	stored = desk_ticket(ticket);
	cs_image_settle(stored);
	c = cs_row_differs(&cs_ticket_table, &stored->t, &again.t);
	if (c)
		fail_msg("ticket.%s differs", c->name);
	for (int p = CS_P_TICKET + 1; p < CS_P_COUNT; p++) {
		if (cs_image_count(stored, p) != cs_image_count(&again, p))
			fail_msg("%s: %zu rows stored, %zu folded", cs_tables[p]->name, cs_image_count(stored, p),
				 cs_image_count(&again, p));
		for (size_t i = 0; i < cs_image_count(stored, p); i++) {
			c = cs_row_differs(cs_tables[p], cs_image_at(stored, (enum cs_part_id)p, i),
					   cs_image_at(&again, (enum cs_part_id)p, i));
			if (c)
				fail_msg("%s.%s differs", cs_tables[p]->name, c->name);
		}
	}
	cs_arena_free(&a);
}

static void test_request(void **state)
{
	static const char *const steps[] = {
		"appoint appointment=2026-11-03_15:00",
		"appoint appointment=2026-11-05_16:00 consented_move=yes",
		"dispatch handling=p1.engineering assignee=worker",
		"tell note=在路上",
		"arrive",
		"quote row:fees:line=1,item=龙头,quantity=1,amount=35.5 row:fees:line=2,item=人工,amount=20",
		"consent agreed_amount=55.50",
		"start",
		"pause note=等配件",
		"resume",
		"finish result=换了 evidence:signature.owner:王芳 evidence:photo",
		"rework note=又漏",
		"dispatch",
		NULL,
	};
	int64_t id;

	(void)state;
	id = desk_register("request", "eng.leak", "affects_life=yes", NULL);
	compare(id);
	for (size_t i = 0; steps[i]; i++) {
		char when[32];

		/* A day between steps: every rung fires and becomes part of the history. */
		snprintf(when, sizeof when, "2026-11-%02zu 08:00", 3 + i);
		desk_time(when);
		if (i + 2 < sizeof steps / sizeof *steps)
			desk_do(id, steps[i]);
		compare(id);
	}
	assert_true(cs_image_count(desk_ticket(id), CS_P_RUNG) >= 4);
	assert_true(cs_image_count(desk_ticket(id), CS_P_CALLBACK) >= 2); /* the leak waits for rain besides */
}

/* The last of two rows with one key, or of one field said twice, holds; the event can still be read. */
static void test_said_twice(void **state)
{
	const struct cs_registration reg = {
		.kind = "request",
		.subject = "第一",
		.body = "x",
		.place = UNIT_NORTH,
		.accepting = CS_NULL,
		.first = CS_NULL,
		.customer = PERSON_WANG,
		.premises = PREMISES_1,
		.has_phone = true,
		.due_at = CS_TIME_NONE,
		.run = CS_NULL,
	};
	int64_t id;
	struct cs_image *im;

	(void)state;
	id = desk_register_as(&reg, "subject=第二", NULL);
	assert_string_equal(desk_ticket(id)->t.subject, "第二");
	desk_do(id, "dispatch handling=p1.engineering");
	desk_do(id, "arrive");
	desk_do(id, "quote row:fees:line=1,item=甲,amount=1");
	desk_do(id, "consent agreed_amount=1");
	desk_do(id, "quote row:fees:line=1,item=乙,amount=2");
	im = desk_ticket(id);
	assert_int_equal(cs_image_count(im, CS_P_ROW), 1);
	assert_string_equal(cs_image_cell(im, cs_image_at(im, CS_P_ROW, 0), "item").s, "乙");
	assert_int_equal(cs_image_cell(im, cs_image_at(im, CS_P_ROW, 0), "amount").i, 200);
	compare(id);
}

/* What fits no ticket is a damaged history. */
static void test_odd(void **state)
{
	static const char *const cases[] = {
		"{\"v\":1,\"e\":[[\"stop\",\"nosuch\",1,\"met\"]]}",
		"{\"v\":1,\"e\":[[\"set\",\"nosuch\",1]]}",
		"{\"v\":1,\"e\":[[\"set\",\"level\",\"text\"]]}",
		"{\"v\":1,\"e\":[[\"moot\",\"resolve\",\"esc_1\"]]}",
		"{\"v\":1,\"e\":[[\"done\",\"progress\",\"x\",null,null]]}",
		"{\"v\":1,\"e\":[[\"attempt\",1,1,\"phone\",\"busy\"]]}",
		"{\"v\":1,\"e\":[[\"partyend\",9,1]]}",
		"{\"v\":1,\"e\":[[\"linkend\",9,1]]}",
	};
	struct cs_err e = {0};
	int64_t id;

	(void)state;
	id = desk_register("request", "eng.leak", "", NULL);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_image *im = desk_ticket(id);
		struct cs_effects l = {.arena = im->arena};
		const struct cs_event ev = {.id = 99, .about = "ticket", .subject = id, .step = "note"};

		assert_int_equal(cs_effects_read(&l, cases[i], NULL, &e), 0);
		if (cs_fold_ticket(im, &ev, &l, &e) == 0 || e.code != CS_IO)
			fail_msg("%s was taken", cases[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_request, begin, end),
		cmocka_unit_test_setup_teardown(test_said_twice, begin, end),
		cmocka_unit_test_setup_teardown(test_odd, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
