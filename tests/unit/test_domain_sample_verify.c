/* Verifying a draw: the stored frame and items must give the same sample again (S3-5-9, S3-5-10). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "domain/sample.h"

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

/* A draw of two of five tickets, recorded; its number. */
static int64_t draw(struct cs_arena *a)
{
	const struct cs_draw_order order = {
		.name = "adhoc", .seed = "s", .unit = CS_NULL, .spec = {.count = 2},
	};
	struct cs_frame f = {.arena = a};
	struct cs_err e = {0};
	int64_t id = 0;

	for (int i = 0; i < 5; i++)
		cs_frame_add(&f, desk_register("inquiry", NULL, "", &e), "p1");
	cs_frame_sort(&f);
	if (cs_session_begin(desk, &e) < 0 || cs_draw_record(desk, &order, &f, &id, &e) < 0 ||
	    cs_session_commit(desk, &e) < 0)
		fail_msg("%s", e.text);
	return id;
}

static size_t faults_of(int64_t id)
{
	struct cs_faults faults = {0};
	struct cs_err e = {0};
	size_t n;

	if (cs_draw_verify(desk, id, &faults, &e) < 0)
		fail_msg("%s", e.text);
	n = faults.count;
	cs_faults_free(&faults);
	return n;
}

static void change(const char *sql)
{
	struct cs_err e = {0};

	if (cs_session_begin(desk, &e) < 0 || cs_run(cs_db_prepare(desk->db, sql, &e), &e) < 0 ||
	    cs_session_commit(desk, &e) < 0)
		fail_msg("%s", e.text);
}

static void test_verify(void **state)
{
	struct cs_arena a = {0};
	int64_t id = draw(&a);

	(void)state;
	assert_int_equal(faults_of(id), 0);
	change("UPDATE draw SET seed = 't'");
	assert_true(faults_of(id) > 0);
	change("UPDATE draw SET seed = 's'");
	assert_int_equal(faults_of(id), 0);
	change("UPDATE draw SET frame = substr(frame, instr(frame, char(10)) + 1)"); /* the first line is gone */
	assert_true(faults_of(id) > 0);
	cs_arena_free(&a);
}

static void test_items(void **state)
{
	struct cs_arena a = {0};
	struct cs_err e = {0};
	int64_t id = draw(&a);

	(void)state;
	change("UPDATE draw_item SET role = 'replacement' WHERE place = 1");
	assert_true(faults_of(id) > 0);
	change("DELETE FROM draw_item WHERE place = 1");
	assert_true(faults_of(id) > 0);
	assert_int_equal(cs_draw_verify(desk, id + 1, &(struct cs_faults){0}, &e), -1);
	assert_int_equal(e.code, CS_NOTFOUND);
	cs_arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_verify, begin, end),
		cmocka_unit_test_setup_teardown(test_items, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
