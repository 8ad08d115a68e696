/* Canonical phones, premises and names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/normal.h"

struct pair {
	const char *typed, *wanted; /* wanted NULL: nothing usable */
};

static void run(const struct pair *p, size_t n, bool (*normal)(char *))
{
	for (size_t i = 0; i < n; i++) {
		char s[128];
		bool ok;

		assert_true(strlen(p[i].typed) < sizeof s);
		memcpy(s, p[i].typed, strlen(p[i].typed) + 1);
		ok = normal(s);
		if (ok != (p[i].wanted != NULL) || strcmp(s, ok ? p[i].wanted : "") != 0)
			fail_msg("'%s': wanted '%s', got '%s'", p[i].typed,
				 p[i].wanted ? p[i].wanted : "nothing", s);
		if (ok) {
			assert_true(normal(s));
			assert_string_equal(s, p[i].wanted);
		}
	}
}

static void phones(void **state)
{
	static const struct pair cases[] = {
		{"13800001111", "13800001111"},
		{" 138-0000 1111 ", "13800001111"},
		{"１３８００００１１１１", "13800001111"},
		{"（０２１）５５５５　６６６６", "02155556666"},
		{"+86 138 0000 1111", "13800001111"},
		{"＋８６13800001111", "13800001111"},
		{"0086-138-0000-1111", "13800001111"},
		{"+86 0086 13800001111", "13800001111"},
		{"(+86)13800001111", "13800001111"},
		{"+86 (0)21 5555 6666", "02155556666"},
		{"+1 (212) 555.0100", "+12125550100"},
		{"021—55556666", "02155556666"},
		{"021-55556666转801", "02155556666x801"},
		{"021-55556666 ext. 801", "02155556666x801"},
		{"02155556666X801", "02155556666x801"},
		{"110", "110"},
		{"12345678901234567890", "12345678901234567890"},
		{"123456789012345678901", NULL}, /* two numbers run together */
		{"12", NULL}, {"", NULL}, {" ", NULL}, {"-", NULL}, {"+", NULL}, {"+86", NULL},
		{"无", NULL}, {"0", NULL}, {"00000000000", NULL}, {"000x12", NULL},
		{"138****1111", NULL}, {"13800001111/13900002222", NULL},
		{"138a0001111", NULL}, {"1380000+1111", NULL}, {"转801", NULL},
		{"02155556666转", NULL}, {"02155556666转8转9", NULL},
	};

	(void)state;
	run(cases, sizeof cases / sizeof *cases, cs_text_normal_phone);
}

static void premises(void **state)
{
	static const struct pair cases[] = {
		{"３栋２单元501", "3-2-501"},
		{"3栋2单元501室", "3-2-501"},
		{"3-2-501", "3-2-501"},
		{"3#2-501", "3-2-501"},
		{"３＃２－５０１", "3-2-501"},
		{" 3 栋 2 单元 501 ", "3-2-501"},
		{"3号楼2单元501号", "3-2-501"},
		{"3幢2门501", "3-2-501"},
		{"3座2-501房", "3-2-501"},
		{"3#楼2单元501", "3-2-501"},
		{"3栋-2单元-501", "3-2-501"},
		{"03栋02单元0501", "3-2-501"},
		{"3—2—501", "3-2-501"},
		{"3-2单元501", "3-2-501"},
		{"3栋501", "3-501"},
		{"3-501", "3-501"},
		{"12号501室", "12-501"},
		{"a座501a", "A-501A"},
		{"0栋0", "0-0"},
		{"阳光花园3栋2单元501室", "阳光花园3-2-501"},
		{"一期 3#501", "一期3-501"},
		{"1期3栋2单元501", "1期3-2-501"},
		/* not recognised: kept, folded, without blanks */
		{"1-03-2-501", "1-03-2-501"},
		{"2单元501", "2单元501"},
		{"3栋2单元", "3栋2单元"},
		{"东门 商铺 ２", "东门商铺2"},
		{"501", "501"},
		{"north-gate", "north-gate"},
		{"3栋2单元501室旁", "3栋2单元501室旁"},
		{"123456789-501", "123456789-501"},
		{"-", "-"},
		{"", NULL},
		{" 　", NULL},
	};

	(void)state;
	run(cases, sizeof cases / sizeof *cases, cs_text_normal_premises);
}

static void names(void **state)
{
	static const struct pair cases[] = {
		{"张三", "张三"},
		{" 张　三 ", "张三"},
		{"张 三 丰", "张三丰"},
		{"John   Smith", "John Smith"},
		{"Ｊｏｈｎ　Ｓｍｉｔｈ", "John Smith"},
		{"\tLi Na\n", "Li Na"},
		{"王 Anna", "王Anna"},
		{"阿依古丽·买买提", "阿依古丽·买买提"},
		{"", NULL},
		{"　", NULL},
	};

	(void)state;
	run(cases, sizeof cases / sizeof *cases, cs_text_normal_name);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(phones),
		cmocka_unit_test(premises),
		cmocka_unit_test(names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
