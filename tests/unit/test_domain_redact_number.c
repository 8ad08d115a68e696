/* Numbers that lead to a person, and numbers that do not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "redacted.h"

static void phones(void **state)
{
	static const struct redacted_text cases[] = {
		{"13800138000", "phone:13800138000"},
		{"13800138000。", "phone:13800138000"},
		{"138 0013 8000", "phone:138 0013 8000"},
		{"138-0013-8000", "phone:138-0013-8000"},
		{"1 3 8 0 0 1 3 8 0 0 0", "phone:1 3 8 0 0 1 3 8 0 0 0"},
		{"１３８００１３８０００", "phone:１３８００１３８０００"},
		{"一三八零零一三八零零零", "phone:一三八零零一三八零零零"},
		{"+86 13800138000", "phone:+86 13800138000"},
		{"008613800138000", "phone:008613800138000"},
		{"8613800138000", "phone:8613800138000"},
		{"13800138000 13900139000", "phone:13800138000|phone:13900139000"},
		{"2026-11-21 13800138000", "phone:13800138000"},
		{"13800138001 13800138002 13800138003 13800138004 13800138005 138 0013 8006 13800138007",
		 "phone:13800138001|phone:13800138002|phone:13800138003|phone:13800138004|phone:13800138005|"
		 "phone:138 0013 8006|phone:13800138007"},
		{"010-62345678", "phone:010-62345678"},
		{"(010) 6234 5678", "phone:(010) 6234 5678"},
		{"他（13800138000）说", "phone:13800138000"},
		{"他(138 0013 8000)说", "phone:138 0013 8000"},
		{"0755-26001234转8012", "phone:0755-26001234转8012"},
		{"02161234567 ext. 12", "phone:02161234567 ext. 12"},
		{"+1 415 555 0132", "phone:+1 415 555 0132"},
		{"电话8761 2233", "phone:8761 2233"},
		{"尾号8000", "phone:8000"},
		/* Too short, too long, of another kind. */
		{"1380013800", ""},
		{"138001380001", ""},
		{"12345678901", ""},
		{"8761 2233", ""},
		{"8000", ""},
		{"400-820-8820", ""},
		{"12345", ""},
		{"2026-11-21 09:30", ""},
		{"010", ""},
		{"一二三四五", ""},
		{"1,380,013,800,0", ""},
	};

	(void)state;
	REDACTED(cases);
}

/* The day of birth tells: a month 13 or a day 32 is none. */
static void identity(void **state)
{
	static const struct redacted_text cases[] = {
		{"110101199003078888", "identity:110101199003078888"},
		{"11010119900307888X", "identity:11010119900307888X"},
		{"11010119900307888x", "identity:11010119900307888x"},
		{"110101 19900307 8888", "identity:110101 19900307 8888"},
		{"110101900307888", "identity:110101900307888"},
		{"110101199003078888 13800138000", "identity:110101199003078888|phone:13800138000"},
		{"E12345678", "identity:E12345678"},
		{"110101199013078888", ""},
		{"110101199003328888", ""},
		{"110101901307888", ""},
		{"C20261121-0001", ""},
		{"E20261121-0001", ""},
		{"SE12345678", ""},
	};

	(void)state;
	REDACTED(cases);
}

/* 4111111111111111 has a right check digit, 4111111111111112 has not. */
static void accounts(void **state)
{
	static const struct redacted_text cases[] = {
		{"4111 1111 1111 1111", "account:4111 1111 1111 1111"},
		{"4111111111111111", "account:4111111111111111"},
		{"4111111111111112", ""},
		{"卡号：4111111111111112", "account:4111111111111112"},
		{"账号1234567890", "account:1234567890"},
		{"微信号wxid_abc", "account:wxid_abc"},
		{"QQ 12345", "account:12345"},
		{"QQ群1234", ""},
	};

	(void)state;
	REDACTED(cases);
}

static void plates_and_mail(void **state)
{
	static const struct redacted_text cases[] = {
		{"粤B12345", "plate:粤B12345"},
		{"粤b·12345", "plate:粤b·12345"},
		{"粤BD12345", "plate:粤BD12345"},
		{"粤B12", ""},
		{"粤港澳", ""},
		{"新A区", ""},
		{"a.b@c.com", "email:a.b@c.com"},
		{"写给a@b.cn。", "email:a@b.cn"},
		{"ａ＠ｂ．ｃｎ", "email:ａ＠ｂ．ｃｎ"},
		{"@b.cn", ""},
		{"3@5", ""},
	};

	(void)state;
	REDACTED(cases);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(phones),
		cmocka_unit_test(identity),
		cmocka_unit_test(accounts),
		cmocka_unit_test(plates_and_mail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
