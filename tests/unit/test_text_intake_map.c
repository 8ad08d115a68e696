/* Maps: each fault with its place, and what a good map says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/policy_merge.h"
#include "policy_files.h"
#include "text/intake_map.h"

static struct cs_policy *policy;

static int load(void **state)
{
	struct cs_faults faults = {0};
	struct cs_err e = {0};
	size_t len;
	char *text = read_tree_file("lib/policy/property.json", &len);

	(void)state;
	if (cs_policy_build("property.json", text, len, &shipped, &faults, NULL, &policy, &e) < 0)
		fail_msg("%s", e.text);
	cs_faults_free(&faults);
	free(text);
	return 0;
}

static int unload(void **state)
{
	(void)state;
	cs_policy_free(policy);
	return 0;
}

static void test_faults(void **state)
{
	static const struct {
		const char *map, *fault; /* the first one, or its beginning */
	} cases[] = {
		{"[]", "/: list, wanted: an object"},
		{"{\"colums\": {}}", "/colums: unknown word; did you mean 'columns'?"},
		{"{\"source\": \"\"}", "/source: an empty text, wanted: a text"},
		{"{\"source\": 1}", "/source: number, wanted: a text"},
		{"{\"encoding\": \"klingon\"}", "/encoding: "},
		{"{\"delimiter\": \";;\"}", "/delimiter: ';;', wanted: one ASCII character"},
		{"{\"delimiter\": \"\\\"\"}", "/delimiter: "},
		{"{\"history\": \"yes\"}", "/history: text, wanted: true or false"},
		{"{\"zone\": \"Asia/Shanghia\"}", "/zone: "},
		{"{\"times\": []}", "/times: wanted: a list of texts"},
		{"{\"times\": [\"%Y-%m-%d\", \"%Q\"]}", "/times/1: "},
		{"{\"times\": [\"%H:%M\"]}", "/times/0: "},
		{"{\"columns\": []}", "/columns: list, wanted: an object"},
		{"{\"columns\": {\"chanel\": \"x\"}}",
		 "/columns/chanel: no column 'chanel'; did you mean 'channel'?"},
		{"{\"columns\": {\"dance_at\": \"x\"}}", "/columns/dance_at: no column"},
		{"{\"columns\": {\"kind\": null}}", "/columns/kind: null, wanted: a text"},
		{"{\"constants\": {\"kind\": \"reqest\"}}",
		 "/constants/kind: 'reqest' is not among the kinds; did you mean"},
		{"{\"constants\": {\"source_key\": \"1\"}}",
		 "/constants/source_key: a key that is the same"},
		{"{\"columns\": {\"kind\": \"K\"}, \"constants\": {\"kind\": \"request\"}}",
		 "/constants/kind: stands under columns too"},
		{"{\"values\": {\"channel\": {\"T\": \"telephone\"}}}",
		 "/values/channel/T: 'telephone' is not among the channels"},
		{"{\"values\": {\"state\": {}}}",
		 "/values/state: values of this column are not translated; write"},
		{"{\"values\": {\"reply_at\": {}}}",
		 "/values/reply_at: values of this column are not translated"},
		{"{\"states\": {\"Zu\": \"shut\"}}", "/states/Zu: no kind has a state 'shut'"},
		{"{\"keep\": [\"a\", \"a\"]}", "/keep/1: 'a' stands twice"},
		{"{\"closes_with\": [\"finnish\"]}",
		 "/closes_with/0: no kind has a step 'finnish'"},
		{"{\"closes_with\": [\"register\"]}",
		 "/closes_with/0: no kind has a step 'register'"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_faults faults = {0};
		struct cs_map *m = NULL;
		struct cs_err e = {0};

		assert_int_equal(
			cs_map_read(cases[i].map, strlen(cases[i].map), policy, &faults, &m, &e),
			-1);
		assert_int_equal(e.code, CS_BADDATA);
		assert_null(m);
		if (faults.count != 1 ||
		    strncmp(faults.item[0], cases[i].fault, strlen(cases[i].fault)) != 0)
			fail_msg("%s: %s", cases[i].map,
				 faults.count ? faults.item[0] : "no fault");
		cs_faults_free(&faults);
	}
}

static void test_all_faults_at_once(void **state)
{
	static const char text[] = "{\"source\": 1, \"zone\": \"X\", \"columns\": {\"a\": \"b\"}}";
	struct cs_faults faults = {0};
	struct cs_map *m = NULL;

	(void)state;
	assert_int_equal(cs_map_read(text, sizeof text - 1, policy, &faults, &m, NULL), -1);
	assert_int_equal(faults.count, 3);
	cs_faults_free(&faults);
	assert_int_equal(cs_map_read("{", 1, policy, &faults, &m, NULL), -1);
	assert_int_equal(faults.count, 0);
}

static void test_good(void **state)
{
	static const char text[] =
		"{\"source\": \"s\", \"history\": true, \"delimiter\": \"\\t\", \"columns\": {\"kind\": \"Art\", "
		"\"reply_at\": \"R\"},"
		" \"values\": {\"kind\": {\"Q\": \"inquiry\", \"*\": \"request\"}, \"subject\": {\"a\": \"b\"}},"
		" \"states\": {\"Zu\": \"closed\", \"Auf\": \"registered\"}}";
	struct cs_faults faults = {0};
	struct cs_map *m = NULL;
	struct cs_err e = {0};

	(void)state;
	if (cs_map_read(text, sizeof text - 1, policy, &faults, &m, &e) < 0)
		fail_msg("%s", faults.count ? faults.item[0] : e.text);
	assert_true(m->history && m->has_columns && m->delimiter == '\t' && !m->zone &&
		    !m->encoding);
	assert_int_equal(m->columns.count, 2);
	assert_string_equal(m->columns.pair[1].name, "reply_at");
	assert_string_equal(cs_map_value(&m->values[0], "Q"), "inquiry");
	assert_string_equal(cs_map_value(&m->values[0], "Z"), "request");
	assert_string_equal(cs_map_value(&m->values[1], "a"), "b");
	assert_string_equal(cs_map_value(&m->values[1], "c"), "c");
	assert_string_equal(cs_map_value(&m->states, "Zu"), "closed");
	cs_map_free(m);
	cs_map_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_all_faults_at_once),
		cmocka_unit_test(test_good),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
