/* Notices as mail: RFC 5322 dates, RFC 2047 words, headers nobody can add to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "text/message.h"

static char *written(const char *to, const char *ref, const char *text)
{
	struct cs_message m = {.to = to, .id = "214-1.abc", .ref = ref, .reason = "rung",
			       .text = text, .at = 1795224600 /* 2026-11-21 01:30 UTC */};
	struct cs_buf out = {0};
	struct cs_err e = {0};

	assert_int_equal(cs_zone_open("Asia/Shanghai", &m.zone, &e), 0);
	cs_message_write(&m, &out);
	return cs_buf_take(&out);
}

static void test_whole(void **state)
{
	char *got = written("ling", "R20261121-0042", "overdue\nsecond line");

	(void)state;
	assert_string_equal(got,
			    "To: ling\nSubject: overdue\nMessage-ID: <214-1.abc@csdesk>\n"
			    "Date: Sat, 21 Nov 2026 09:30:00 +0800\n"
			    "X-Csdesk-Ticket: R20261121-0042\nX-Csdesk-Reason: rung\n"
			    "Auto-Submitted: auto-generated\nMIME-Version: 1.0\n"
			    "Content-Type: text/plain; charset=UTF-8\n"
			    "Content-Transfer-Encoding: 8bit\n\noverdue\nsecond line\n");
	free(got);
}

/* The base64 texts are those of base64(1). */
static void test_subjects(void **state)
{
	static const struct {
		const char *text, *subject;
	} cases[] = {
		{"a", "Subject: a\n"},
		{"", "Subject: \n"},
		{"=?x", "Subject: =?UTF-8?B?PT94?=\n"},
		{"\xe4\xb8\xad", "Subject: =?UTF-8?B?5Lit?=\n"},
		{"a\xe4\xb8\xad", "Subject: =?UTF-8?B?YeS4rQ==?=\n"},
		/* 40 bytes: the character that 39 would cut goes whole to the next word */
		{"a" "中中中中中中中中中中中中中",
		 "Subject: =?UTF-8?B?YeS4reS4reS4reS4reS4reS4reS4reS4reS4reS4reS4reS4rQ==?=\n"
		 " =?UTF-8?B?5Lit?=\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *got = written("x", NULL, cases[i].text);

		if (!strstr(got, cases[i].subject))
			fail_msg("%s: %s", cases[i].text, got);
		assert_null(strstr(got, "X-Csdesk-Ticket"));
		free(got);
	}
}

/* RFC 5322 2.1.1: no line of more than 998 bytes; RFC 2045 6.8: lines of at most 76. */
static void test_long_lines(void **state)
{
	char text[1005], *got, *line;

	(void)state;
	memset(text, 'a', sizeof text);
	text[998] = '\0';
	got = written("x", NULL, text);
	assert_non_null(strstr(got, "Content-Transfer-Encoding: 8bit\n\naaa"));
	free(got);
	memcpy(text, "b\n", 2);
	text[998] = 'a';
	text[1001] = '\0'; /* b, and a line of 999 */
	got = written("x", NULL, text);
	line = strstr(got, "Content-Transfer-Encoding: base64\n\n");
	assert_non_null(line);
	line += strlen("Content-Transfer-Encoding: base64\n\n");
	assert_memory_equal(line, "YgphYWFh", 8); /* base64(1) of "b\naaaa" */
	for (; *line; line += strcspn(line, "\n") + 1)
		assert_in_range(strcspn(line, "\n"), 1, 76);
	assert_string_equal(got + strlen(got) - 5, "YWEK\n"); /* "aa\n" */
	free(got);
}

static void test_no_other_header(void **state)
{
	char *got = written("x\nBcc: everyone\r", NULL, "a\rBcc: b");

	(void)state;
	assert_memory_equal(got, "To: x Bcc: everyone \nSubject: a\nMessage-ID", 40);
	free(got);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_subjects),
		cmocka_unit_test(test_long_lines),
		cmocka_unit_test(test_no_other_header),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
