/* The words in cs-policy(5) are those of the language table. With --print the section is written to
   stdout, to be put between the marks of the page. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "domain/policy_lang.h"
#include "policy_files.h"

#define BEGIN ".\\\" words: begin\n"
#define END   ".\\\" words: end\n"

/* What may stand at the key: its type, and words, section or object. */
static void what(const struct cs_lang_key *row, struct cs_buf *out)
{
	const char *arg = row->arg ? row->arg + (row->arg[0] == '@') : NULL;

	cs_buf_puts(out, cs_lang_type_name(row->type));
	if (row->of)
		cs_buf_printf(out, " %s", cs_lang_object(row->of)->name);
	else if (arg)
		cs_buf_printf(out, ": %.*s", (int)strcspn(arg, ";") - (strchr(arg, ';') != NULL),
			      arg);
	if (row->flags & CS_LANG_REQUIRED)
		cs_buf_puts(out, "; required");
}

static void section(struct cs_buf *out)
{
	for (int id = CS_L_NONE + 1; id < CS_L_COUNT; id++) {
		const struct cs_lang_object *o = cs_lang_object((enum cs_lang_id)id);

		cs_buf_printf(out, ".Ss %s\n.Bl -tag -width Ds -compact\n", o->name);
		for (size_t i = 0; i < o->row_count; i++) {
			if (o->row[i].flags & CS_LANG_LATER)
				continue;
			cs_buf_printf(out, ".It Ic %s Pq \"", o->row[i].key);
			what(&o->row[i], out);
			cs_buf_printf(out, "\"\n%s\n", o->row[i].meaning);
		}
		cs_buf_puts(out, ".El\n");
	}
}

static void words_of_later_versions_are_refused(void **state)
{
	(void)state;
	refuse_cases("table", 10);
}

static void manual_lists_the_table(void **state)
{
	size_t len;
	char *page = read_tree_file("man/cs-policy.5", &len), *from = strstr(page, BEGIN),
	     *to = strstr(page, END);
	struct cs_buf want = {0};

	(void)state;
	assert_non_null(from);
	assert_non_null(to);
	*to = 0;
	section(&want);
	assert_true(want.len > 8000);
	assert_string_equal(from + strlen(BEGIN), cs_buf_str(&want));
	cs_buf_free(&want);
	free(page);
}

/* Rows say what they mean, and an object with members has somewhere to put them. */
static void table_is_whole(void **state)
{
	(void)state;
	for (int id = CS_L_NONE + 1; id < CS_L_COUNT; id++) {
		const struct cs_lang_object *o = cs_lang_object((enum cs_lang_id)id);

		assert_non_null(o->name);
		assert_true(o->row_count > 0);
		for (size_t i = 0; i < o->row_count; i++) {
			const struct cs_lang_key *row = &o->row[i];

			assert_non_null(row->key);
			assert_true((row->meaning != NULL) == !(row->flags & CS_LANG_LATER));
			for (size_t j = 0; j < i; j++)
				assert_string_not_equal(o->row[j].key, row->key);
			if (row->type == CS_LANG_MAP || row->type == CS_LANG_LIST)
				assert_true(cs_lang_object(row->of)->size > 0 &&
					    row->at != CS_LANG_NOWHERE);
			if (row->type == CS_LANG_WORD || row->type == CS_LANG_REFS)
				assert_non_null(row->arg);
		}
	}
}

/* policy.md: every object may carry `source`. The first word of a condition is that of its form. */
static void every_object_may_have_a_source(void **state)
{
	static const char members[] =
		"\"bodies\": {\"court\": {\"source\": \"T-1\"}}, \"calendars\": {\"office\": {\"week\": {\"source\": "
		"\"T-1\"}}}, \"kinds\": {\"job\": {\"steps\": {\"close\": {\"not_by\": [{\"who\": \"staff:worker\", "
		"\"when\": {\"field\": \"count\", \"at_least\": 2, \"source\": \"T-2\"}, \"source\": [\"T-1\"]}], "
		"\"needs\": [{\"not\": {\"done\": \"wait\", \"source\": \"T-3\"}, \"say\": \"x\", "
		"\"source\": \"T-4\"}]}}}}, "
		"\"duties\": {\"say\": {\"each\": {\"source\": \"T-5\"}, \"done\": {\"source\": \"T-6\"}}}, "
		"\"labels\": {\"en\": {\"bodies/court\": \"c\"}, \"zh\": {\"bodies/court\": \"c\"}}";

	(void)state;
	for (int id = CS_L_NONE + 1; id < CS_L_COUNT; id++) {
		const struct cs_lang_object *o = cs_lang_object((enum cs_lang_id)id);
		size_t i = 0;

		while (i < o->row_count && strcmp(o->row[i].key, "source") != 0)
			i++;
		if (i == o->row_count && id != CS_L_POLICY && id != CS_L_COND)
			fail_msg("%s", o->name);
	}
	cs_policy_free(tiny_with(members));
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_of_later_versions_are_refused),
		cmocka_unit_test(manual_lists_the_table),
		cmocka_unit_test(table_is_whole),
		cmocka_unit_test(every_object_may_have_a_source),
	};
	struct cs_buf out = {0};

	if (argc == 2 && strcmp(argv[1], "--print") == 0) {
		section(&out);
		fputs(cs_buf_str(&out), stdout);
		cs_buf_free(&out);
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
