/* Conditions have three values: a field nobody has set is unknown, and unknown is not false (policy.md). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "domain/view.h"

static int64_t ticket;

static int begin(void **state)
{
	(void)state;
	desk_begin();
	ticket = desk_register("request", "eng.leak", "urgent=no", NULL);
	desk_do(ticket, "dispatch handling=p1.engineering assignee=worker");
	desk_actor("worker");
	desk_time("2026-11-02 09:10");
	desk_do(ticket, "arrive");
	desk_do(ticket, "quote row:fees:line=1,item=a,amount=10 row:fees:line=2,item=b,amount=20");
	desk_time("2026-11-02 10:10");
	return 0;
}

static int end(void **state)
{
	(void)state;
	desk_end();
	return 0;
}

#define INT(x) (struct cs_value[]){{CS_V_INT, (x), NULL}}, .value_count = 1
#define CODE(x) (struct cs_value[]){{CS_V_TEXT, 0, (x)}}, .value_count = 1
#define FIELD(n, t, v) {.op = CS_COND_FIELD, .name = (n), .test = (t), .value = v}

static const struct cs_cond yes = FIELD("level", CS_TEST_IS, INT(0)), no = FIELD("level", CS_TEST_IS, INT(9)),
			    unknown = FIELD("causing", CS_TEST_IS, INT(1));
static const struct cs_cond *const y = &yes, *const n = &no, *const u = &unknown;
#define SUB(...) .sub = (struct cs_cond **)(const struct cs_cond *[]){__VA_ARGS__}, \
		 .sub_count = sizeof((const struct cs_cond *[]){__VA_ARGS__}) / sizeof(void *)

static const struct cs_cond amount_15 = {.op = CS_COND_FIELD,
					 .name = "amount",
					 .test = CS_TEST_AT_LEAST,
					 .number = 1500},
			    amount_set = FIELD("amount", CS_TEST_SET, INT(1)),
			    quantity_1 = FIELD("quantity", CS_TEST_IS, INT(1));

static void check(const char *what, const struct cs_cond *c, enum cs_truth wanted)
{
	const struct cs_given_evidence photo = {.kind = "photo"};
	struct cs_image *im = desk_ticket(ticket);
	struct cs_view v = {
		.s = desk, .policy = desk->policy, .im = im, .at = desk->now, .evidence = &photo, .evidence_count = 1};

	v.kind = cs_policy_kind(desk->policy, im->t.kind);
	if (cs_cond_eval(&v, c) != wanted)
		fail_msg("%s: %d", what, (int)cs_cond_eval(&v, c));
}

static void test_fields(void **state)
{
	const struct {
		const char *what;
		struct cs_cond c;
		enum cs_truth wanted;
	} cases[] = {
		{"code is", FIELD("kind", CS_TEST_IS, CODE("request")), CS_TRUE},
		{"code is not", FIELD("kind", CS_TEST_IS, CODE("complaint")), CS_FALSE},
		{"bool false is set", FIELD("urgent", CS_TEST_IS, INT(0)), CS_TRUE},
		{"bool is true", FIELD("urgent", CS_TEST_IS, INT(1)), CS_FALSE},
		{"never set", FIELD("affects_life", CS_TEST_IS, INT(1)), CS_UNKNOWN},
		{"set yes", FIELD("urgent", CS_TEST_SET, INT(1)), CS_TRUE},
		{"set no", FIELD("urgent", CS_TEST_SET, INT(0)), CS_FALSE},
		{"unset, set", FIELD("affects_life", CS_TEST_SET, INT(1)), CS_FALSE},
		{"unset, not set", FIELD("affects_life", CS_TEST_SET, INT(0)), CS_TRUE},
		{"derived open", FIELD("open", CS_TEST_IS, INT(1)), CS_TRUE}, /* waiting is in stock */
		{"no channel group", FIELD("channel.group", CS_TEST_IS, CODE("oral")), CS_TRUE},
		{"tier unknown", FIELD("customer.tier", CS_TEST_IS, CODE("gold")), CS_UNKNOWN},
		{"at least", {.op = CS_COND_FIELD, .name = "cycle", .test = CS_TEST_AT_LEAST, .number = 1}, CS_TRUE},
		{"at least not",
		 {.op = CS_COND_FIELD, .name = "cycle", .test = CS_TEST_AT_LEAST, .number = 2},
		 CS_FALSE},
		{"at most", {.op = CS_COND_FIELD, .name = "cycle", .test = CS_TEST_AT_MOST, .number = 1}, CS_TRUE},
		{"undecided number",
		 {.op = CS_COND_FIELD, .name = "cycle", .test = CS_TEST_AT_MOST, .number_undecided = true},
		 CS_UNKNOWN},
		{"equals",
		 {.op = CS_COND_FIELD, .name = "accepting", .test = CS_TEST_EQUALS, .other = "handling"},
		 CS_FALSE},
		{"equals unknown",
		 {.op = CS_COND_FIELD, .name = "accepting", .test = CS_TEST_EQUALS, .other = "causing"},
		 CS_UNKNOWN},
		{"unknown equals",
		 {.op = CS_COND_FIELD, .name = "causing", .test = CS_TEST_EQUALS, .other = "accepting"},
		 CS_UNKNOWN},
		{"in",
		 {.op = CS_COND_FIELD,
		  .name = "state",
		  .test = CS_TEST_IN,
		  .value = (struct cs_value[]){{CS_V_TEXT, 0, "quoted"}, {CS_V_TEXT, 0, "x"}},
		  .value_count = 2},
		 CS_TRUE},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check(cases[i].what, &cases[i].c, cases[i].wanted);
}

static void test_combined(void **state)
{
	const struct {
		const char *what;
		struct cs_cond c;
		enum cs_truth wanted;
	} cases[] = {
		{"all y y", {.op = CS_COND_ALL, SUB(y, y)}, CS_TRUE},
		{"all y n", {.op = CS_COND_ALL, SUB(y, n)}, CS_FALSE},
		{"all y u", {.op = CS_COND_ALL, SUB(y, u)}, CS_UNKNOWN},
		{"all u n", {.op = CS_COND_ALL, SUB(u, n)}, CS_FALSE},
		{"all n u", {.op = CS_COND_ALL, SUB(n, u)}, CS_FALSE},
		{"any n n", {.op = CS_COND_ANY, SUB(n, n)}, CS_FALSE},
		{"any n y", {.op = CS_COND_ANY, SUB(n, y)}, CS_TRUE},
		{"any u y", {.op = CS_COND_ANY, SUB(u, y)}, CS_TRUE},
		{"any u n", {.op = CS_COND_ANY, SUB(u, n)}, CS_UNKNOWN},
		{"not y", {.op = CS_COND_NOT, SUB(y)}, CS_FALSE},
		{"not n", {.op = CS_COND_NOT, SUB(n)}, CS_TRUE},
		{"not u", {.op = CS_COND_NOT, SUB(u)}, CS_UNKNOWN},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check(cases[i].what, &cases[i].c, cases[i].wanted);
}

static void test_other(void **state)
{
	const struct cs_span hour = {CS_SPAN_ELAPSED, 3600}, less = {CS_SPAN_ELAPSED, 3599}, none = {CS_SPAN_NONE, 0};
	const struct {
		const char *what;
		struct cs_cond c;
		enum cs_truth wanted;
	} cases[] = {
		{"since within, on the second",
		 {.op = CS_COND_SINCE, .name = "arrive", .span = hour, .within = true},
		 CS_TRUE},
		{"since within, past", {.op = CS_COND_SINCE, .name = "arrive", .span = less, .within = true}, CS_FALSE},
		{"since over, on the second", {.op = CS_COND_SINCE, .name = "arrive", .span = hour}, CS_FALSE},
		{"since over, past", {.op = CS_COND_SINCE, .name = "arrive", .span = less}, CS_TRUE},
		{"since what never was", {.op = CS_COND_SINCE, .name = "finish", .span = hour}, CS_UNKNOWN},
		{"since undecided", {.op = CS_COND_SINCE, .name = "arrive", .span = none}, CS_UNKNOWN},
		{"done", {.op = CS_COND_DONE, .name = "arrive"}, CS_TRUE},
		{"not done", {.op = CS_COND_DONE, .name = "finish"}, CS_FALSE},
		{"clock met", {.op = CS_COND_CLOCK, .name = "dispatch", .clock_is = CS_CLOCK_MET}, CS_TRUE},
		{"clock not late", {.op = CS_COND_CLOCK, .name = "dispatch", .clock_is = CS_CLOCK_LATE}, CS_FALSE},
		{"clock running", {.op = CS_COND_CLOCK, .name = "resolve", .clock_is = CS_CLOCK_RUNNING}, CS_TRUE},
		{"clock not paused", {.op = CS_COND_CLOCK, .name = "resolve", .clock_is = CS_CLOCK_PAUSED}, CS_FALSE},
		{"clock that never was",
		 {.op = CS_COND_CLOCK, .name = "appt_late", .clock_is = CS_CLOCK_RUNNING},
		 CS_UNKNOWN},
		{"evidence", {.op = CS_COND_EVIDENCE, .name = "photo"}, CS_TRUE},
		{"evidence any", {.op = CS_COND_EVIDENCE, .name = "any"}, CS_TRUE},
		{"other evidence", {.op = CS_COND_EVIDENCE, .name = "letter"}, CS_FALSE},
		{"party", {.op = CS_COND_PARTY, .name = "customer"}, CS_TRUE},
		{"other party", {.op = CS_COND_PARTY, .name = "tenant"}, CS_FALSE},
		{"rows", {.op = CS_COND_LIST, .name = "fees", .number = 2}, CS_TRUE},
		{"more rows", {.op = CS_COND_LIST, .name = "fees", .number = 3}, CS_FALSE},
		{"undecided number of rows",
		 {.op = CS_COND_LIST, .name = "fees", .number_undecided = true},
		 CS_UNKNOWN},
		{"undecided number, some",
		 {.op = CS_COND_LIST, .name = "fees", .number_undecided = true, SUB(&amount_15)},
		 CS_UNKNOWN},
		{"undecided number, not every",
		 {.op = CS_COND_LIST, .name = "fees", .number_undecided = true, .every = true, SUB(&amount_15)},
		 CS_FALSE},
		{"some", {.op = CS_COND_LIST, .name = "fees", SUB(&amount_15)}, CS_TRUE},
		{"every", {.op = CS_COND_LIST, .name = "fees", .every = true, SUB(&amount_15)}, CS_FALSE},
		{"every set", {.op = CS_COND_LIST, .name = "fees", .every = true, SUB(&amount_set)}, CS_TRUE},
		{"every unknown", {.op = CS_COND_LIST, .name = "fees", .every = true, SUB(&quantity_1)}, CS_UNKNOWN},
		{"some unknown", {.op = CS_COND_LIST, .name = "fees", SUB(&quantity_1)}, CS_UNKNOWN},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check(cases[i].what, &cases[i].c, cases[i].wanted);
	check("no condition", NULL, CS_TRUE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_fields, begin, end),
		cmocka_unit_test_setup_teardown(test_combined, begin, end),
		cmocka_unit_test_setup_teardown(test_other, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
