/* Which tickets a report lists, and what was written in them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/report_case.h"
#include "report_rows.h"
#include "store/ref.h"

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

struct seen {
	int64_t id[8];
	size_t count;
};

static int see(void *arg, const struct cs_fig_case *c, struct cs_err *e)
{
	struct seen *s = arg;

	(void)e;
	s->id[s->count++] = c->id;
	return 0;
}

static void which(void **state)
{
	static const char *const one[] = {"complaint"};
	const struct cs_ids all = {0}, complaints = {(const char **)one, 1};
	int64_t a = desk_register("complaint", "eng.lift", "", NULL),
		b = desk_register("request", "eng.leak", "", NULL);
	struct seen seen = {0};
	const struct cs_case_taker to = {see, &seen};
	struct cs_report_ask ask;
	struct cs_err e = {0};

	(void)state;
	desk_do(b, "answer answer_text=好");
	desk_time("2026-12-01 09:00");
	assert_int_equal(cs_report_ask(desk, &cs_report_ledger, "2026-11", "p1", &ask, &e), 0);
	assert_int_equal(cs_cases_opened(desk, &ask, &ask.period, &complaints, &to, &e), 0);
	assert_int_equal(seen.count, 1);
	assert_int_equal(seen.id[0], a);
	seen.count = 0;
	assert_int_equal(cs_cases_opened(desk, &ask, &ask.period, &all, &to, &e), 0);
	assert_int_equal(seen.count, 2);
	seen.count = 0;
	assert_int_equal(cs_cases_done(desk, &ask, &all, &to, &e), 0);
	assert_int_equal(seen.count, 1);
	assert_int_equal(seen.id[0], b);
	seen.count = 0;
	ask.unit = cs_org_find_unit(&desk->org, "p2", &e);
	assert_int_equal(cs_cases_opened(desk, &ask, &ask.period, &all, &to, &e), 0);
	assert_int_equal(seen.count, 0);
}

/* The last of what was written several times; as it stood after an event. */
static void written(void **state)
{
	int64_t id = desk_register("complaint", "eng.lift", "wish=尽快", NULL), first;
	struct cs_case_texts now = {.arena = &desk->work}, then = {.arena = &desk->work};
	struct cs_err e = {0};

	(void)state;
	desk_do(id, "reply reply_text=一");
	first = desk_ticket(id)->t.last_event;
	desk_do(id, "reply reply_text=二");
	assert_int_equal(cs_case_read(desk, id, INT64_MAX, &now, &e), 0);
	assert_string_equal(cs_case_text(&now, "body"), "内容");
	assert_string_equal(cs_case_text(&now, "text.wish"), "尽快");
	assert_string_equal(cs_case_field(desk, &now, "complaint", "wish"), "尽快");
	assert_string_equal(cs_case_field(desk, &now, "complaint", "reply"), "二");
	assert_null(cs_case_field(desk, &now, "complaint", "result"));
	assert_null(cs_case_field(desk, &now, "message", "reply"));
	assert_int_equal(cs_case_read(desk, id, first, &then, &e), 0);
	assert_string_equal(cs_case_field(desk, &then, "complaint", "reply"), "一");
}

/* Kept from the caller, or its readers are recorded: it is counted, and nothing written of it is shown. */
static void S0_3_3_withheld(void **state)
{
	static const char *const kinds[] = {"complaint"};
	static struct cs_who director = {.kind = CS_WHO_POST, .name = "area_director"};
	static struct cs_access_rule rule;
	struct cs_policy *p = (struct cs_policy *)desk->policy;
	int64_t id = desk_register("complaint", "eng.lift", "", NULL);
	char ref[CS_REF_SIZE];
	struct cs_report r;
	struct cs_err e = {0};

	(void)state;
	desk_time("2026-12-01 09:00");
	assert_int_equal(cs_case_withheld(desk, "complaint", id, &e), 0);
	rule = (struct cs_access_rule){
		.id = "secret", .each = {.of = "ticket", .kinds = {(const char **)kinds, 1}}, .by = {&director, 1}};
	p->access = &rule;
	p->access_count = 1;
	assert_int_equal(cs_case_withheld(desk, "complaint", id, &e), 1);
	r = rows_report("ledger", "2026-11", NULL);
	assert_string_equal(rows_figure(&r, "ledger", cs_ref_text(id, ref), "channel"), "phone");
	assert_string_equal(rows_figure(&r, "ledger", ref, "complainant"), "-");
	assert_string_equal(rows_figure(&r, "ledger", ref, "content"), "-");
	cs_report_free(&r);
	desk_actor("director");
	assert_int_equal(cs_case_withheld(desk, "complaint", id, &e), 0);
	r = rows_report("ledger", "2026-11", NULL);
	assert_string_equal(rows_figure(&r, "ledger", ref, "complainant"), "王芳");
	cs_report_free(&r);
	rule.log = true;
	assert_int_equal(cs_case_withheld(desk, "complaint", id, &e), 1);
	p->access_count = 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(which, begin, end),
		cmocka_unit_test_setup_teardown(written, begin, end),
		cmocka_unit_test_setup_teardown(S0_3_3_withheld, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
