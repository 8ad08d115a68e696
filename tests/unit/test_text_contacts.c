/* Contacts on the command line: choosing, naming, listing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "text/contacts.h"

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

static void test_parse(void **state)
{
	static const struct {
		const char *text, *ref; /* NULL: refused */
		int64_t seq;
	} cases[] = {
		{"R20261121-0042/1", "R20261121-0042", 1},
		{"R20261121-0042", "R20261121-0042", 0},
		{"R20261121-0042/123456789", "R20261121-0042", 123456789},
		{"R20261121-0042/", NULL, 0},
		{"R20261121-0042/0", NULL, 0},
		{"R20261121-0042/1x", NULL, 0},
		{"R20261121-0042/-1", NULL, 0},
		{"R20261121-0042/1234567890", NULL, 0},
		{"R20261121-0042R20261121-0042R20261121-0042/1", NULL, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char ref[CS_REF_SIZE] = "";
		struct cs_err e = {0};
		int64_t seq = 99;
		int rc = cs_contact_parse(cases[i].text, ref, &seq, &e);

		if (rc != (cases[i].ref ? 0 : -1))
			fail_msg("%s: %d %s", cases[i].text, rc, e.text);
		if (!cases[i].ref) {
			assert_int_equal(e.code, CS_USAGE);
			continue;
		}
		assert_string_equal(ref, cases[i].ref);
		assert_int_equal(seq, cases[i].seq);
	}
}

static void test_choose(void **state)
{
	static const struct {
		struct cs_contacts c;
		const char *fault; /* NULL: chosen */
		int64_t unit;
		const char *caller;
	} cases[] = {
		{{.unit_name = NULL}, NULL, CS_NULL, NULL},
		{{.unit_name = "p1", .caller_name = "me"}, NULL, UNIT_P1, "ling"},
		{{.caller_name = "chief", .state = "waiting"}, NULL, CS_NULL, "chief"},
		{{.method = "phone", .purpose = "satisfaction"}, NULL, CS_NULL, NULL},
		{{.state = "done", .period = "2026-11"}, NULL, CS_NULL, NULL},
		{{.unit_name = "p9"}, "p9", 0, NULL},
		{{.caller_name = "ghost"}, "nobody on the staff has the login or name 'ghost'", 0, NULL},
		{{.method = "pigeon"}, "'pigeon' is not among the codes of method; allowed: phone, visit", 0, NULL},
		{{.purpose = "fun"}, "'fun' is not among the codes of purpose", 0, NULL},
		{{.state = "lost"}, "'lost' is not among the states of contacts; allowed: open, waiting,", 0, NULL},
		{{.state = "done"}, "--state done: say in which --period", 0, NULL},
		{{.state = "open", .period = "2026-11"}, "contacts that ended", 0, NULL},
		{{.period = "someday"}, "someday", 0, NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_contacts c = cases[i].c;
		struct cs_err e = {0};
		int rc = cs_contacts_choose(desk, &c, &e);

		if (rc != (cases[i].fault ? -1 : 0))
			fail_msg("case %zu: %d %s", i, rc, e.text);
		if (cases[i].fault) {
			assert_int_equal(e.code, CS_USAGE);
			assert_non_null(strstr(e.text, cases[i].fault));
			continue;
		}
		assert_int_equal(c.unit, cases[i].unit);
		assert_int_equal(c.caller,
				 cases[i].caller ? desk_staff(cases[i].caller) : CS_NULL);
		if (c.period)
			assert_int_equal(c.over.from, desk_at("2026-11-01"));
	}
}

static size_t listed(struct cs_contacts c, struct cs_buf *b)
{
	struct cs_out *out = cs_out_open_buf(b, CS_FORMAT_TEXT, cs_contacts_columns,
					     cs_contacts_count);
	struct cs_err e = {0};
	size_t n = 0;

	if (cs_contacts_choose(desk, &c, &e) < 0 || cs_contacts_list(desk, &c, out, &e) < 0)
		fail_msg("%s", e.text);
	assert_int_equal(cs_out_close(out, &e), 0);
	for (size_t i = 0; i < b->len; i++)
		n += b->data[i] == '\n';
	return n;
}

/* S3-7-4: by phone between 10:00 and 12:00, 14:00 and 21:00, within 24 hours. */
static void test_list(void **state)
{
	static const struct {
		const char *now;
		struct cs_contacts c;
		size_t rows;
	} cases[] = {
		{"2026-11-02 09:59", {.now = false}, 1},
		{"2026-11-02 09:59", {.now = true}, 0},
		{"2026-11-02 10:00", {.now = true}, 1},
		{"2026-11-02 12:01", {.now = true}, 0},
		{"2026-11-02 10:00", {.unit_name = "east"}, 1},
		{"2026-11-02 10:00", {.unit_name = "p2"}, 0},
		{"2026-11-02 10:00", {.method = "phone"}, 1},
		{"2026-11-02 10:00", {.caller_name = "worker"}, 0},
		{"2026-11-02 10:00", {.state = "open"}, 1},
		{"2026-11-02 10:00", {.state = "waiting"}, 1}, /* after rain */
		{"2026-11-02 10:00", {.period = "2026-11"}, 0},
	};
	int64_t id = desk_register("request", "eng.leak", "", NULL);
	char ref[CS_REF_SIZE], row[300];

	(void)state;
	desk_do(id, "dispatch handling=p1.engineering assignee=worker");
	desk_do(id, "arrive");
	desk_do(id, "start");
	desk_do(id, "finish result=好 unsigned_why=不在");
	snprintf(row, sizeof row,
		 "%s\t1\tsatisfaction\tphone\tling\t2026-11-02 10:00\t2026-11-02 21:00\tno\t0\t"
		 "王芳\t13800138000\t3-2-501\ttimely speed process result\topen\t\t\t\n",
		 cs_ref_text(id, ref));
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_buf b = {0};
		size_t n;

		desk_time(cases[i].now);
		n = listed(cases[i].c, &b);
		if (n != cases[i].rows)
			fail_msg("case %zu: %zu rows: %s", i, n, cs_buf_str(&b));
		if (cases[i].c.state && strcmp(cases[i].c.state, "waiting") == 0)
			assert_non_null(strstr(cs_buf_str(&b), "\tleak_after_rain\tphone\t"));
		else if (n)
			assert_string_equal(cs_buf_str(&b), row);
		cs_buf_free(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse),
		cmocka_unit_test_setup_teardown(test_choose, begin, end),
		cmocka_unit_test_setup_teardown(test_list, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
