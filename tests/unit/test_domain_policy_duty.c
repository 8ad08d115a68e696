/* Duties and forms of a policy: what is read, what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/duty_time.h"
#include "policy_files.h"

static const char members[] =
	"\"params\": {\"never\": {\"value\": null, \"source\": \"T-9\"}, \"day\": {\"value\": 5, \"source\": \"T-9\"}},"
	"\"codes\": {\"part\": [\"facts\", \"cause\"]},"
	"\"forms\": {\"sheet\": {\"parts\": [\"facts\", \"cause\"], \"written\": [\"cause\"]}},"
	"\"duties\": {"
	"\"month\": {\"each\": {\"of\": \"unit\", \"where\": {\"field\": \"level\", \"is\": \"project\"}}, \"every\": "
	"\"month\","
	" \"due\": {\"day\": \"$day\", \"after\": true}, \"times\": 2, \"joins\": \"next\", \"owner\": \"post:desk\","
	" \"to\": [\"post:head\"], \"done\": {\"evidence\": \"photo\", \"by\": [\"post:head\"]},"
	" \"late\": [{\"id\": \"soon\", \"before\": \"1d\", \"to\": \"post:head\"}, {\"id\": \"over\", \"over\": "
	"\"0m\","
	" \"tell\": [\"post:head\"]}],"
	" \"waive\": {\"by\": [\"post:desk\"], \"if_none\": {\"of\": \"ticket\", \"kinds\": [\"job\"],"
	" \"where\": {\"field\": \"colour\", \"is\": \"red\"}}}},"
	"\"look\": {\"each\": {\"of\": \"ticket\", \"kinds\": [\"job\"], \"where\": {\"field\": \"colour\", \"is\": "
	"\"red\"}},"
	" \"every\": \"3d\", \"owner\": \"responsible\", \"done\": {\"form\": \"sheet\"}},"
	"\"off\": {\"each\": {\"of\": \"ticket\", \"kinds\": [\"job\"]}, \"every\": \"$never\", \"owner\": "
	"\"responsible\","
	" \"done\": {\"step\": \"wait\"}},"
	"\"told\": {\"each\": {\"of\": \"ticket\", \"kinds\": [\"job\"]}, \"on\": {\"step\": \"finish\"}, \"owner\": "
	"\"system\","
	" \"to\": [\"post:head\"], \"done\": {\"notice\": true}},"
	"\"file\": {\"each\": {\"of\": \"unit\"}, \"on\": {\"change\": [\"policy\", \"post:head\"]}, \"within\": "
	"\"10d\","
	" \"owner\": \"post:desk\", \"done\": {\"evidence\": \"photo\"}},"
	"\"promise\": {\"each\": {\"of\": \"ticket\", \"kinds\": [\"job\"]}, \"on\": {\"field\": \"when\"}, "
	"\"before\": \"1d\","
	" \"owner\": \"responsible\", \"done\": {\"field\": \"text\"}}},"
	"\"kinds\": {\"job\": {\"steps\": {\"close\": {\"needs\": [{\"not\": {\"owed\": \"look\"}, \"say\": \"look "
	"first\"}]}}}},"
	"\"labels\": {\"en\": {\"duties/month\": \"m\", \"duties/look\": \"l\", \"duties/off\": \"o\", "
	"\"duties/told\": \"t\","
	" \"duties/file\": \"f\", \"duties/promise\": \"p\", \"late/soon\": \"s\", \"duties/month/late/over\": "
	"\"over\","
	" \"codes/part/cause\": \"cause\"},"
	"\"zh\": {\"duties/month\": \"m\", \"duties/look\": \"l\", \"duties/off\": \"o\", \"duties/told\": \"t\","
	" \"duties/file\": \"f\", \"duties/promise\": \"p\", \"late/soon\": \"快到期\", \"duties/month/late/over\": "
	"\"过期\","
	" \"codes/part/cause\": \"cause\"}}";

static void read_back(void **state)
{
	struct cs_policy *p = tiny_with(members);
	const struct cs_duty *d = cs_policy_duty(p, "month");

	(void)state;
	assert_string_equal(d->each.of, "unit");
	assert_int_equal(d->each.where->op, CS_COND_FIELD);
	assert_true(d->recurs && d->by_period && d->due_after && d->joins_next);
	assert_int_equal(d->period, CS_PERIOD_MONTH);
	assert_int_equal(d->due_day, 5);
	assert_int_equal(d->times, 2);
	assert_int_equal(d->to.count, 1);
	assert_string_equal(d->done_evidence, "photo");
	assert_int_equal(d->done_by.count, 1);
	assert_int_equal(d->late_count, 2);
	assert_true(d->late[0].before && d->late[0].has_to && !d->late[1].before && !d->late[1].has_to);
	assert_ptr_equal(cs_duty_rung(d, "over"), &d->late[1]);
	assert_null(cs_duty_rung(d, "missed"));
	assert_true(d->has_none);
	assert_int_equal(d->none.kinds.count, 1);
	assert_int_equal(d->waive_by.count, 1);
	d = cs_policy_duty(p, "look");
	assert_true(d->recurs && !d->by_period && d->done_form && !d->has_none);
	assert_int_equal(d->every.n, 3 * 86400);
	assert_int_equal(d->times, 1);
	assert_string_equal(d->form, "sheet");
	assert_int_equal(cs_policy_duty(p, "off")->every.unit, CS_SPAN_NONE);
	assert_true(cs_policy_duty(p, "off")->recurs);
	assert_true(cs_policy_duty(p, "told")->done_notice);
	assert_int_equal(cs_policy_duty(p, "told")->owner.kind, CS_WHO_SYSTEM);
	assert_int_equal(cs_policy_duty(p, "file")->on_change.count, 2);
	assert_string_equal(cs_policy_duty(p, "promise")->on_field, "when");
	assert_int_equal(cs_policy_duty(p, "promise")->before.n, 86400);
	assert_true(cs_ids_has(&cs_policy_form(p, "sheet")->written, "cause"));
	assert_int_equal(cs_kind_step(cs_policy_kind(p, "job"), "close")->need[0].cond->sub[0]->op, CS_COND_OWED);
	assert_string_equal(cs_policy_label(p, "zh", "duties/month/late/soon"), "快到期");
	assert_string_equal(cs_policy_label(p, "zh", "duties/month/late/over"), "过期");
	cs_policy_free(p);
}

static void refused(void **state)
{
	(void)state;
	refuse_cases("duty", 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(read_back),
		cmocka_unit_test(refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
