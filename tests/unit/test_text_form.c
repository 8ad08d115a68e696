/* Printed forms (S0-5-6, S4-5-3, S3-5-8). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "desk.h"
#include "editions.h"
#include "store/ref.h"
#include "text/form.h"

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

static void test_find(void **state)
{
	struct cs_err e = {0};

	(void)state;
	assert_non_null(cs_form_find(desk->policy, "work-order", &e));
	assert_ptr_equal(cs_form_find(desk->policy, "work_order", &e),
			 cs_form_find(desk->policy, "work-order", &e));
	assert_ptr_equal(cs_form_find(desk->policy, "派工单", &e), cs_form_find(desk->policy, "work_order", &e));
	assert_null(cs_form_find(desk->policy, "invoice", &e));
	assert_int_equal(e.code, CS_USAGE);
	assert_non_null(strstr(e.text, "'invoice' is not among the forms; allowed: registration, handling_record,"));
}

static size_t times_in(const char *text, const char *part)
{
	size_t n = 0;

	for (const char *p = text; (p = strstr(p, part)); p += strlen(part))
		n++;
	return n;
}

/* S3-5-8: three copies, each whole; nothing stands beside the paper. */
static void test_copies(void **state)
{
	static const char *const thrice[] = {"王芳", "13800138000", "3-2-501", "内容",
					     "工程部 ", "2026-11-02 09:00", "____", "=="};
	int64_t id = desk_register("request", "eng.leak", "", NULL);
	struct cs_buf out = {0};
	struct cs_err e = {0};
	char ref[CS_REF_SIZE], *copy;

	(void)state;
	desk_do(id, "dispatch handling=p1.engineering assignee=worker");
	if (cs_form_print(desk, desk_ticket(id), cs_form_find(desk->policy, "work-order", &e),
			  &out, &e) < 0)
		fail_msg("%s", e.text);
	assert_int_equal(times_in(cs_buf_str(&out), "\f"), 2);
	assert_int_equal(times_in(cs_buf_str(&out), cs_ref_text(id, ref)), 3);
	assert_int_equal(times_in(cs_buf_str(&out), "第一联"), 1);
	assert_int_equal(times_in(cs_buf_str(&out), "第三联"), 1);
	copy = strtok(out.data, "\f");
	for (size_t n = 0; n < 3; n++, copy = strtok(NULL, "\f")) {
		assert_non_null(copy);
		for (size_t i = 0; i < sizeof thrice / sizeof *thrice; i++)
			if (!strstr(copy, thrice[i]))
				fail_msg("%s is not in\n%s", thrice[i], copy);
		for (const char *p = copy; *p; p += strcspn(p, "\n") + (*p != '\0')) {
			char line[500];

			snprintf(line, sizeof line, "%.*s", (int)strcspn(p, "\n"), p);
			if (cs_utf8_width(line) > CS_FORM_WIDTH)
				fail_msg("too wide: %s", line);
			if (!p[strcspn(p, "\n")])
				break;
		}
	}
	cs_buf_free(&out);
}

static const char *printed(int64_t id, struct cs_buf *out)
{
	struct cs_err e = {0};

	if (cs_form_print(desk, desk_ticket(id), cs_form_find(desk->policy, "work-order", &e), out, &e) < 0)
		fail_msg("%s", e.text);
	return cs_buf_str(out);
}

/* The label of a copy may be wider than the paper; it then has a line to itself. */
static void test_wide_copy(void **state)
{
	static const char label[] =
		"0123456789012345678901234567890123456789012345678901234567890123456789"
		"0123456789012345678901234567890123456789";
	struct cs_buf members = {0}, out = {0};
	int64_t id;

	(void)state;
	assert_true(strlen(label) > CS_FORM_WIDTH);
	cs_buf_printf(&members, "\"forms\": {\"work_order\": {\"copies\": [\"%s\"]}}", label);
	edition_with(cs_buf_str(&members));
	id = desk_register("request", "eng.leak", "", NULL);
	assert_non_null(strstr(printed(id, &out), label));
	cs_buf_free(&members);
	cs_buf_free(&out);
}

/* A label as wide as its column still stands apart from its value, and so does a wider one, whole. */
static void test_wide_label(void **state)
{
	struct cs_buf out = {0};
	int64_t id;

	(void)state;
	edition_with("\"labels\": {\"zh\": {\"kinds/request/fields/affects_life\": \"影响客户正常生活与否的说明\"}, "
		     "\"en\": {\"kinds/request/fields/affects_life\": \"affects life\"}}");
	id = desk_register("request", "eng.leak", "affects_life=yes", NULL);
	assert_non_null(strstr(printed(id, &out), "影响客户正常生活与否的说明 是\n"));
	cs_buf_free(&out);
}

/* Whatever the length: no line begins with a mark that closes, none is wider for it, and nothing is lost. */
static void test_marks(void **state)
{
	enum { SHORTEST = 28, LONGEST = 40 };
	static const char end_of_it[] = "）。”，水水";

	(void)state;
	for (int n = SHORTEST; n <= LONGEST; n++) {
		struct cs_buf body = {0}, out = {0};
		struct cs_registration reg;
		size_t told = 0;

		for (int i = 0; i < n; i++)
			cs_buf_puts(&body, "涌");
		cs_buf_puts(&body, end_of_it);
		reg = (struct cs_registration){.kind = "request",
					       .channel = "phone",
					       .category = "eng.leak",
					       .body = cs_buf_str(&body),
					       .place = UNIT_P1,
					       .accepting = CS_NULL,
					       .first = CS_NULL,
					       .customer = PERSON_WANG,
					       .premises = PREMISES_1,
					       .has_phone = true,
					       .due_at = CS_TIME_NONE,
					       .run = CS_NULL};
		printed(desk_register_as(&reg, "", NULL), &out);
		for (char *line = strtok(out.data, "\n"); line; line = strtok(NULL, "\n")) {
			const char *text = line + strspn(line, " ");

			if (strncmp(text, "）", 3) == 0 || strncmp(text, "。", 3) == 0 || strncmp(text, "”", 3) == 0 ||
			    strncmp(text, "，", 3) == 0)
				fail_msg("%d: %s", n, line);
			assert_true(cs_utf8_width(line) <= CS_FORM_WIDTH);
			told += times_in(line, "涌");
		}
		assert_int_equal(told, 3 * n); /* copies */
		cs_buf_free(&body);
		cs_buf_free(&out);
	}
}

/* Amounts are added up per column, whichever column it is: a count in the last has no total. */
static void test_totals(void **state)
{
	struct cs_buf out = {0};
	const char *total;
	char line[400];
	int64_t id;

	(void)state;
	edition_with("\"kinds\": {\"request\": {\"lists\": {\"fees\": {\"fields\": "
		     "{\"hours\": {\"type\": \"int\"}}}}}}, "
		     "\"labels\": {\"zh\": {\"kinds/request/lists/fees/hours\": \"工时\"}, "
		     "\"en\": {\"kinds/request/lists/fees/hours\": \"hours\"}}");
	id = desk_register("request", "eng.leak", "", NULL);
	desk_do(id, "dispatch handling=p1.engineering assignee=worker");
	desk_do(id, "arrive");
	desk_do(id, "quote row:fees:line=1,item=a,amount=35,hours=7 row:fees:line=2,item=b,amount=20.5,hours=8");
	total = strstr(printed(id, &out), "合计");
	assert_non_null(total);
	snprintf(line, sizeof line, "%.*s", (int)strcspn(total, "\n"), total);
	assert_int_equal(times_in(line, "55.50"), 1);
	assert_null(strstr(line, "15"));
	cs_buf_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_find, begin, end),
		cmocka_unit_test_setup_teardown(test_copies, begin, end),
		cmocka_unit_test_setup_teardown(test_wide_copy, begin, end),
		cmocka_unit_test_setup_teardown(test_wide_label, begin, end),
		cmocka_unit_test_setup_teardown(test_marks, begin, end),
		cmocka_unit_test_setup_teardown(test_totals, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
