/* The samples of the indicators: which draws count, and what must be drawn before they are frozen (S3-9-2 to
   S3-9-7). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/report_sample.h"
#include "november.h"
#include "report_rows.h"

static int begin(void **state)
{
	(void)state;
	desk_begin();
	desk_time("2026-12-05 12:00");
	return 0;
}

static int end(void **state)
{
	(void)state;
	desk_end();
	return 0;
}

static int begin_november(void **state)
{
	int rc = november_begin(state);

	desk_time("2026-12-05 12:00");
	return rc;
}

static void draws(const char *period, const char *wanted)
{
	struct cs_err e = {0};
	struct cs_arena a = {0};
	struct cs_buf got = {0};
	struct cs_report_draw *d;
	struct cs_period p;
	size_t n;

	assert_int_equal(cs_period_parse(period, desk->policy->zone, &p, &e), 0);
	assert_int_equal(cs_report_draws(desk, &p, "kpi_request", &a, &d, &n, &e), 0);
	for (size_t i = 0; i < n; i++)
		cs_buf_printf(&got, "%s%lld:%s", i ? " " : "", (long long)d[i].id, d[i].period.label);
	assert_string_equal(cs_buf_str(&got), wanted);
	cs_buf_free(&got);
	cs_arena_free(&a);
}

/* Of repeated draws the last; those of other rules, and of periods that reach beyond, are none. */
static void test_draws(void **state)
{
	(void)state;
	rows_draw(1, "kpi_request", "2026-09", 0);
	rows_draw(2, "kpi_request", "2026-10", 0);
	rows_draw(3, "kpi_request", "2026-10", 1);
	rows_draw(4, "qmc_month", "2026-10", 0);
	rows_draw(5, "kpi_request", "2026-11", 0);
	draws("2026-10", "3:2026-10");
	draws("2026-Q3", "1:2026-09");
	draws("2026", "1:2026-09 3:2026-10 5:2026-11");
	draws("2026-10-01..2026-10-30", "");
	draws("2026-12", "");
}

/* What is said of a period: "" ready, the refusal, or "remark: ..." */
static void ready(const char *period, const char *unit, const char *wanted)
{
	const struct cs_report_def *def = cs_report_find("indicators");
	struct cs_faults remarks = {0};
	struct cs_report_ask ask;
	struct cs_err e = {0};
	const char *got;
	int rc;

	assert_int_equal(cs_report_ask(desk, def, period, unit, &ask, &e), 0);
	rc = cs_report_samples_ready(desk, &ask, &remarks, &e);
	if (rc < 0)
		assert_int_equal(e.code, CS_REFUSED);
	got = rc < 0 ? e.text : remarks.count ? remarks.item[0] : "";
	if (!*wanted ? *got != '\0' : !strstr(got, wanted))
		fail_msg("%s: wanted '%s', got '%s'", period, wanted, got);
	cs_faults_free(&remarks);
}

static void draw_rule(const char *rule)
{
	const struct cs_sample_rule *r = cs_policy_sample(desk->policy, rule);
	struct cs_draw_order order = {.name = rule, .period = "2026-11", .seed = "s", .unit = CS_NULL};
	struct cs_frame f = {.arena = &november_arena};
	struct cs_err e = {0};
	struct cs_draw_item *item;
	int64_t id, seq;
	size_t n;

	assert_int_equal(cs_sample_spec_of(r, &order.spec, &e), 0);
	november_frame(rule, CS_NULL, &f);
	assert_int_equal(cs_session_begin(desk, &e), 0);
	assert_int_equal(cs_draw_record(desk, &order, &f, &id, &e), 0);
	item = drawn_items(id, &n);
	for (size_t i = 0; i < n && r->then_contact; i++)
		if (strcmp(item[i].role, "member") == 0)
			assert_true(cs_draw_contact(desk, id, item[i].ticket, r->then_contact, &seq, &e) >= 0);
	assert_int_equal(cs_session_commit(desk, &e), 0);
}

/* Nine requests were finished in November: seven are drawn. No complaint was verified. */
static void test_ready(void **state)
{
	(void)state;
	ready("2026-10", NULL, "");
	ready("2026-W46", NULL, ""); /* no month lies within */
	ready("2026-11", "p2", "");  /* nothing to draw from */
	ready("2026-11", NULL,
	      "sample kpi_request was not drawn for 2026-11; first: cs-sample draw kpi_request 2026-11");
	ready("2026-11", "p1", "was not drawn");
	ready("2026-10-15..2026-11-30", NULL, "was not drawn for 2026-11");
	draw_rule("qmc_month"); /* no indicator names it */
	ready("2026-11", NULL, "was not drawn");
	draw_rule("kpi_request");
	ready("2026-11", NULL, "sample kpi_request 2026-11: of 7 members 7 have given no answer");
	ready("2026-11", "p1", "of 7 members 7 have");
	ready("2026-11", "p2", "");
}

/* Who answered an ordinary call counts with that answer: only members without any are remarked. What is asked about a
   leak is no answer to what the indicators ask. */
static void test_silent(void **state)
{
	static const struct {
		const char *state, *answers; /* of a call made before the sample's own */
		int64_t score;
		const char *own;
	} members[] = {
		{"done", "{\"timely\":\"yes\"}", 5, "open"},
		{"done", "{\"timely\":\"no\"}", 0, "exempt"},
		{"done", "{\"dry\":\"yes\"}", 0, "open"},
		{"exempt", NULL, 0, "exempt"},
		{"refused", NULL, 0, "open"},
	};

	(void)state;
	rows_draw(1, "kpi_request", "2026-10", 0);
	for (int n = 0; n < 5; n++) {
		int64_t t = rows_ticket(&(struct rows_ticket){.kind = "request",
							      .opened = "2026-10-12 09:00",
							      .done = "2026-10-12 12:00",
							      .closed = "2026-10-13 12:00"});

		rows_member(1, n + 1, t, "member");
		rows_call(t, 1, members[n].state, "2026-10-12 12:00", NULL, "2026-10-12 18:00", members[n].score,
			  members[n].answers, 0);
		rows_call(t, 2, members[n].own, "2026-11-02 09:00", NULL, NULL, 0, NULL, 1);
	}
	ready("2026-10", NULL, "sample kpi_request 2026-10: of 5 members 3 have given no answer");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_draws, begin, end),
		cmocka_unit_test_setup_teardown(test_silent, begin, end),
		cmocka_unit_test_setup_teardown(test_ready, begin_november, november_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
