/* Where somebody lives, and numbers of everybody's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "redacted.h"

static void chinese(void **state)
{
	static const struct redacted_text cases[] = {
		{"3栋2单元501", "premises:3栋2单元501"},
		{"3栋2单元501室", "premises:3栋2单元501室"},
		{"３栋 ２单元 ５０１ 室", "premises:３栋 ２单元 ５０１ 室"},
		{"三栋二单元五〇一", "premises:三栋二单元五〇一"},
		{"十二栋", "premises:十二栋"},
		{"五号楼", "premises:五号楼"},
		{"B座", "premises:B座"},
		{"4号楼17层1702", "premises:4号楼17层1702"},
		{"501室", "premises:501室"},
		{"12A03", "premises:12A03"},
		{"501业主", "premises:501"},
		{"楼上601", "premises:601"},
		{"中山路18号", "premises:18号"},
		{"12号商铺", "premises:12号商铺"},
		{"B123车位", "premises:B123车位"},
		{"12月3日", ""},
		{"500元", ""},
		{"2号电梯", ""},
		{"3号门岗", ""},
		{"2号口", ""},
		{"3楼大堂", ""},
		{"1203户", ""},
		{"501次", ""},
		{"第501次", ""},
		{"3室2厅", ""},
		{"讲座3场", ""},
		{"3#", ""},
	};

	(void)state;
	REDACTED(cases);
}

static void dashes(void **state)
{
	static const struct redacted_text cases[] = {
		{"3-2-501", "premises:3-2-501"},
		{"3 - 2 - 501", "premises:3 - 2 - 501"},
		{"3—2—501", "premises:3—2—501"},
		{"3-2-501A", "premises:3-2-501A"},
		{"3#2-501", "premises:3#2-501"},
		{"3-501", "premises:3-501"},
		{"A-12-03", "premises:A-12-03"},
		{"2026-11-21", ""},
		{"26-11-21", ""},
		{"3-5天", ""},
		{"1-100元", ""},
		{"100-200", ""},
		{"8:30-12:00", ""},
		{"GB50016-2014", ""},
		{"C20261121-0001", ""},
		{"3-2-501-7", ""},
	};

	(void)state;
	REDACTED(cases);
}

static void english(void **state)
{
	static const struct redacted_text cases[] = {
		{"room 501, building 3", "premises:room 501|premises:building 3"},
		{"Room No. 501", "premises:Room No. 501"},
		{"flat 12B", "premises:flat 12B"},
		{"Block C", "premises:Block C"},
		{"#501", "premises:#501"},
		{"block the door", ""},
		{"rooms 1 to 5", ""},
		{"lift no. 2", ""},
		{"floor 12", ""},
		{"501 complaints", ""},
	};

	(void)state;
	REDACTED(cases);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(chinese),
		cmocka_unit_test(dashes),
		cmocka_unit_test(english),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
