/* Imported rows whose ticket is not there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "database.h"
#include "store/intake.h"
#include "store/orphan.h"
#include "store/rows.h"

static struct cs_db *db;

static int begin(void **state)
{
	struct cs_err e = {0};

	(void)state;
	db = test_db_begin();
	return cs_db_begin(db, &e);
}

static int end(void **state)
{
	(void)state;
	cs_db_rollback(db);
	test_db_end(db);
	return 0;
}

static void ticket(int64_t id)
{
	struct cs_ticket_row t;
	struct cs_err e = {0};

	cs_table_blank(&cs_ticket_table, &t);
	t.id = id;
	t.kind = "request";
	t.state = t.state_is = "open";
	t.stay_by = "opened";
	t.cycle = t.cycle_event = t.opened_at = t.last_at = t.last_event = t.stay_at = 1;
	t.level = t.stays = t.imported = 0;
	if (cs_table_save(db, &cs_ticket_table, &t, &e) < 0)
		fail_msg("%s", e.text);
}

static void import(const char *source, const char *key, int64_t id)
{
	const struct cs_intake_seen seen = {.digest = "00", .ticket = id, .run = 1};
	struct cs_err e = {0};

	if (cs_intake_row_add(db, source, key, &seen, &e) < 0)
		fail_msg("%s", e.text);
}

static void found(const char *want)
{
	struct cs_err e = {0};
	struct cs_stmt *walk = cs_orphan_imports(db, &e);
	const char *source;
	int64_t id;
	char text[100] = "";
	int rc;

	assert_non_null(walk);
	while ((rc = cs_orphan_next(walk, &source, &id, &e)) == 1)
		snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s/%lld",
			 *text ? " " : "", source, (long long)id);
	assert_int_equal(rc, 0);
	assert_string_equal(text, want);
}

static void imports(void **state)
{
	(void)state;
	found("");
	ticket(1);
	import("hotline", "1", 1);
	import("hotline", "2", 1); /* two rows of one ticket */
	found("");
	import("hotline", "3", 2);
	import("wechat", "1", 9);
	found("hotline/2 wechat/9");
	ticket(2);
	found("wechat/9");
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(imports, begin, end)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
