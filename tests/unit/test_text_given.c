/* --set, --row and --evidence as typed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "text/given.h"

static struct cs_arena arena;

static int unload(void **state)
{
	(void)state;
	cs_arena_free(&arena);
	return 0;
}

static int read_one(int (*read)(struct cs_request *, const struct cs_texts *, struct cs_arena *,
				struct cs_err *),
		    const char *text, struct cs_request *req, struct cs_err *e)
{
	struct cs_texts list = {0};
	int rc;

	memset(req, 0, sizeof *req);
	cs_texts_add(&list, text, strlen(text));
	rc = read(req, &list, &arena, e);
	cs_texts_free(&list);
	return rc;
}

static void test_set(void **state)
{
	struct cs_request req;
	struct cs_err e = {0};

	(void)state;
	assert_int_equal(read_one(cs_given_set, "a=b=c", &req, &e), 0);
	assert_string_equal(req.set[0].name, "a");
	assert_string_equal(req.set[0].text, "b=c");
	assert_int_equal(read_one(cs_given_set, "a=", &req, &e), 0);
	assert_string_equal(req.set[0].text, "");
	assert_int_equal(read_one(cs_given_set, "=b", &req, &e), -1);
	assert_int_equal(read_one(cs_given_set, "a", &req, &e), -1);
	assert_int_equal(e.code, CS_USAGE);
}

static void test_row(void **state)
{
	static const char *const bad[] = {"fees", ":a=b", "fees:a", "fees:a=b,c"};
	struct cs_request req;
	struct cs_err e = {0};

	(void)state;
	assert_int_equal(
		read_one(cs_given_rows, "fees:line=1,item=lamp\\, big,amount=12.50", &req, &e), 0);
	assert_string_equal(req.row[0].list, "fees");
	assert_int_equal(req.row[0].cell_count, 3);
	assert_string_equal(req.row[0].cell[1].name, "item");
	assert_string_equal(req.row[0].cell[1].text, "lamp, big");
	assert_string_equal(req.row[0].cell[2].text, "12.50");
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(read_one(cs_given_rows, bad[i], &req, &e), -1);
}

static void test_evidence(void **state)
{
	static const char *const bad[] = {"photo,signer", "photo,by=Li",
					  "photo,signer=", "photo,signer=a,signer=b", ""};
	struct cs_request req;
	struct cs_err e = {0};

	(void)state;
	assert_int_equal(read_one(cs_given_evidence, "signature.owner,signer=Li Si", &req, &e), 0);
	assert_string_equal(req.evidence[0].kind, "signature.owner");
	assert_string_equal(req.evidence[0].signer, "Li Si");
	assert_null(req.evidence[0].kept);
	assert_int_equal(read_one(cs_given_evidence, "photo=/dev/null", &req, &e), 0);
	assert_string_equal(req.evidence[0].kept, "/dev/null");
	assert_int_equal(strlen(req.evidence[0].digest), 64);
	assert_int_equal(read_one(cs_given_evidence, "photo=/nowhere/x", &req, &e), -1);
	assert_int_equal(e.code, CS_NOTFOUND);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(read_one(cs_given_evidence, bad[i], &req, &e), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_set),
		cmocka_unit_test(test_row),
		cmocka_unit_test(test_evidence),
	};

	return cmocka_run_group_tests(tests, NULL, unload);
}
