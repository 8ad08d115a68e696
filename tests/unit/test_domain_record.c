/* Rows as effects: only what differs, personal columns as erasable texts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/record.h"

static void only_what_differs(void **state)
{
	struct cs_arena a = {0};
	struct cs_effects l = {.arena = &a};
	struct cs_person_row was, now;

	(void)state;
	cs_table_blank(&cs_person_table, &was);
	was.id = 3;
	was.name = "王芳";
	was.phone = "111";
	was.tier = "gold";
	now = was;
	assert_int_equal(cs_record_row(&l, &cs_person_table, &was, &now), 0);
	assert_int_equal(l.count, 0);
	now.phone = NULL;
	now.tier = "silver";
	now.manager = 9;
	now.name = "王方";
	assert_int_equal(cs_record_row(&l, &cs_person_table, &was, &now), 4);
	for (size_t i = 0; i < l.count; i++) {
		const char *column = cs_arg_text(&l.effect[i], 2);
		bool personal = strcmp(column, "name") == 0 || strcmp(column, "phone") == 0;

		assert_string_equal(cs_arg_text(&l.effect[i], 0), "person");
		assert_int_equal(cs_arg_int(&l.effect[i], 1), 3);
		assert_int_equal(l.effect[i].op, personal ? CS_OP_RECORD_TEXT : CS_OP_RECORD);
	}
	assert_string_equal(cs_effects_text(&l, "person.3.name"), "王方");
	assert_null(cs_effects_text(&l, "person.3.phone"));
	assert_int_equal(l.private_count, 1);
	cs_arena_free(&a);
}

static void a_new_row(void **state)
{
	const struct cs_unit_row row = {4, "p1", "阳光", "project", NULL, CS_NULL, 0, CS_NULL};
	struct cs_arena a = {0};
	struct cs_effects l = {.arena = &a};

	(void)state;
	assert_int_equal(cs_record_row(&l, &cs_unit_table, NULL, &row), 4);
	assert_int_equal(l.private_count, 0);
	assert_int_equal(cs_arg_int(&l.effect[3], 3),
			 0); /* no households is not the same as not said */
	cs_arena_free(&a);
}

/* Names, phones and notes of the desk's own people are erasable texts like those of customers. */
static void personal_texts_of_staff(void **state)
{
	const struct cs_staff_row who = {13, "wang", "王工", 4, "13912345678", 0, CS_NULL};
	const struct cs_staff_record_row record = {2, 13, "training", 0, CS_NULL, "补考"};
	struct cs_arena a = {0};
	struct cs_effects l = {.arena = &a};

	(void)state;
	cs_record_row(&l, &cs_staff_table, NULL, &who);
	cs_record_row(&l, &cs_staff_record_table, NULL, &record);
	assert_string_equal(cs_effects_text(&l, "staff.13.name"), "王工");
	assert_string_equal(cs_effects_text(&l, "staff.13.phone"), "13912345678");
	assert_string_equal(cs_effects_text(&l, "staff_record.2.note"), "补考");
	for (size_t i = 0; i < l.count; i++)
		for (size_t k = 2; k < l.effect[i].arg_count; k++) {
			const char *text = cs_arg_text(&l.effect[i], k);

			assert_true(!text || (!strstr(text, "王") && !strstr(text, "139") && !strstr(text, "补")));
		}
	cs_arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(only_what_differs),
					   cmocka_unit_test(a_new_row),
					   cmocka_unit_test(personal_texts_of_staff)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
