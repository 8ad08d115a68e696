/* --set, --row and --evidence as typed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "text/given.h"

static int read_one(char option, const char *text, struct cs_arena *a, struct cs_request *req, struct cs_err *e)
{
	struct cs_given_options o = {0};
	int rc;

	cs_texts_add(option == 's' ? &o.set : option == 'r' ? &o.row : &o.evidence, text, strlen(text));
	rc = cs_given_read(&o, a, req, e);
	cs_given_free(&o);
	return rc;
}

static void test_forms(void **state)
{
	static const struct {
		char option;
		const char *text, *a, *b; /* name and value; kind and signer; list and first cell's value */
		enum cs_code code;
	} cases[] = {
		{'s', "result=fixed", "result", "fixed", CS_OK},
		{'s', "result=a=b", "result", "a=b", CS_OK},
		{'s', "result=", "result", "", CS_OK},
		{'s', "=x", NULL, NULL, CS_USAGE},
		{'s', "result", NULL, NULL, CS_USAGE},
		{'s', "result=\xff", NULL, NULL, CS_USAGE},
		{'r', "fees:line=1,item=tap", "fees", "1", CS_OK},
		{'r', "fees:line=a\\,b\\\\c,item=x", "fees", "a,b\\c", CS_OK},
		{'r', "fees:line=a\\b", "fees", "a\\b", CS_OK},
		{'r', "fees:line=", "fees", "", CS_OK},
		{'r', "fees", NULL, NULL, CS_USAGE},
		{'r', ":line=1", NULL, NULL, CS_USAGE},
		{'r', "fees:line", NULL, NULL, CS_USAGE},
		{'r', "fees:line=1,", NULL, NULL, CS_USAGE},
		{'r', "fees:line=1,line=2", NULL, NULL, CS_USAGE},
		{'e', "photo", "photo", NULL, CS_OK},
		{'e', "signature,signer=王芳", "signature", "王芳", CS_OK},
		{'e', "signature,signer=a,signer=b", NULL, NULL, CS_USAGE},
		{'e', "signature,signer=", NULL, NULL, CS_USAGE},
		{'e', "signature,by=x", NULL, NULL, CS_USAGE},
		{'e', "photo=", NULL, NULL, CS_USAGE},
		{'e', "=x", NULL, NULL, CS_USAGE},
		{'e', "photo=/nonexistent/x.jpg", NULL, NULL, CS_NOTFOUND},
		{'e', "photo=/", NULL, NULL, CS_NOTFOUND},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_arena a = {0};
		struct cs_request req = {0};
		struct cs_err e = {0};
		const char *x = NULL, *y = NULL;

		if (read_one(cases[i].option, cases[i].text, &a, &req, &e) < 0) {
			if (e.code != cases[i].code)
				fail_msg("%s: %d %s", cases[i].text, (int)e.code, e.text);
		} else if (cases[i].option == 's') {
			x = req.set[0].name, y = req.set[0].text;
		} else if (cases[i].option == 'r') {
			x = req.row[0].list, y = req.row[0].cell[0].text;
		} else {
			x = req.evidence[0].kind, y = req.evidence[0].signer;
		}
		if ((x != NULL) != (cases[i].code == CS_OK) || (x && strcmp(x, cases[i].a) != 0) ||
		    (y && strcmp(y, cases[i].b ? cases[i].b : "") != 0))
			fail_msg("%s: %s, %s", cases[i].text, x ? x : "refused", y ? y : "-");
		cs_arena_free(&a);
	}
}

static void test_twice(void **state)
{
	struct cs_given_options o = {0};
	struct cs_arena a = {0};
	struct cs_request req = {0};
	struct cs_err e = {0};

	(void)state;
	cs_texts_add(&o.set, "a=1", 3);
	assert_int_equal(cs_given_read(&o, &a, &req, &e), 0);
	cs_texts_free(&o.set);
	cs_texts_add(&o.set, "b=2", 3);
	assert_int_equal(cs_given_read(&o, &a, &req, &e), 0); /* put behind */
	assert_int_equal(req.set_count, 2);
	assert_string_equal(req.set[1].name, "b");
	assert_int_equal(cs_given_read(&o, &a, &req, &e), -1);
	assert_int_equal(e.code, CS_USAGE);
	cs_given_free(&o);
	cs_arena_free(&a);
}

/* The digest is that of `b2sum -l 256`: of "abc" as RFC 7693's reference implementation gives it. */
static void test_digest(void **state)
{
	char path[] = "/tmp/csdesk-given-XXXXXX", text[64];
	int fd = mkstemp(path);
	struct cs_arena a = {0};
	struct cs_request req = {0};
	struct cs_err e = {0};

	(void)state;
	assert_int_equal(write(fd, "abc", 3), 3);
	close(fd);
	snprintf(text, sizeof text, "photo=%s,signer=x", path);
	assert_int_equal(read_one('e', text, &a, &req, &e), 0);
	assert_string_equal(req.evidence[0].digest, "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
	assert_string_equal(req.evidence[0].kept, path);
	assert_string_equal(req.evidence[0].signer, "x");
	unlink(path);
	cs_arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_forms), cmocka_unit_test(test_twice),
					   cmocka_unit_test(test_digest)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
