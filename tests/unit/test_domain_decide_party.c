/* Who complains: joining, complaining again, acting for somebody, leaving; who is called back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "store/matter.h"

static int begin(void **state)
{
	(void)state;
	desk_begin();
	return 0;
}

static int end(void **state)
{
	(void)state;
	desk_end();
	return 0;
}

/* "customer:1 owner:3 -tenant:4": the parties, those that have left marked. */
static const char *parties(int64_t ticket)
{
	static char text[512];
	const struct cs_image *im = desk_ticket(ticket);
	size_t n = 0;

	text[0] = '\0';
	for (size_t i = 0; i < cs_image_count(im, CS_P_PARTY); i++) {
		const struct cs_party_row *p = cs_image_at(im, CS_P_PARTY, i);

		n += (size_t)snprintf(text + n, sizeof text - n, "%s%s%s:%lld", n ? " " : "",
				      p->until == CS_NULL ? "" : "-", p->capacity, (long long)p->person);
		if (p->principal != CS_NULL)
			n += (size_t)snprintf(text + n, sizeof text - n, ">%lld", (long long)p->principal);
	}
	return text;
}

/* "1 - 3": whose each further complaint is. */
static const char *appeals(int64_t ticket)
{
	static char text[256];
	const struct cs_image *im = desk_ticket(ticket);
	size_t n = 0;

	text[0] = '\0';
	for (size_t i = 0; i < cs_image_count(im, CS_P_APPEAL); i++) {
		const struct cs_appeal_row *r = cs_image_at(im, CS_P_APPEAL, i);

		assert_string_equal(r->step, "repeat");
		n += (size_t)snprintf(text + n, sizeof text - n, n ? " " : "");
		n += r->person == CS_NULL ? (size_t)snprintf(text + n, sizeof text - n, "-")
					  : (size_t)snprintf(text + n, sizeof text - n, "%lld", (long long)r->person);
	}
	return text;
}

static void refused(int64_t ticket, const char *words, const char *why)
{
	struct cs_err e = {0};

	if (desk_step(ticket, words, &e) == CS_OK)
		fail_msg("%s: accepted", words);
	if (!strstr(e.text, why))
		fail_msg("%s: %s", words, e.text);
}

/* S3-4-7, C18: a repeat is stored and counted on the ticket. */
static void test_repeat(void **state)
{
	int64_t c = desk_register("complaint", "eng.leak", "", NULL);

	(void)state;
	assert_string_equal(parties(c), "customer:1");
	refused(c, "repeat note=又来电", "needs party (--customer or --phone)");
	/* The customer by name alone: who takes part already is meant, nobody new. */
	desk_do(c, "repeat note=又来电 party:王芳");
	assert_string_equal(parties(c), "customer:1");
	assert_string_equal(appeals(c), "1");
	desk_do(c, "repeat note=又来电 party::13800138000");
	assert_string_equal(appeals(c), "1 1");
	/* A neighbour, with another phone: a person of his own. */
	desk_do(c, "repeat note=楼下也投诉 party:李强:13700000001:tenant");
	assert_string_equal(parties(c), "customer:1 tenant:3");
	assert_string_equal(appeals(c), "1 1 3");
	/* The same again, in another capacity: one party, and the former one has ended. */
	desk_do(c, "repeat note=再来 party:李强:13700000001:owner");
	assert_string_equal(parties(c), "customer:1 -tenant:3 owner:3");
	assert_string_equal(appeals(c), "1 1 3 3");
	assert_string_equal(desk_state(c), "registered");
	refused(c, "repeat note=x party:李强:13700000001:landlord", "landlord");
	refused(c, "tell note=x party:王芳", "takes nobody");
	refused(c, "repeat note=x party::12", "12");
}

static void test_agent(void **state)
{
	int64_t c = desk_register("complaint", "eng.leak", "", NULL);
	struct cs_voice *v;
	struct cs_arena a = {0};
	struct cs_err e = {0};
	size_t n;

	(void)state;
	/* A lawyer for the customer: the complaint is the customer's. */
	desk_do(c, "repeat note=律师来函 party:赵律师:13600000001:other:王芳");
	assert_string_equal(parties(c), "customer:1 other:3>1");
	assert_string_equal(appeals(c), "1");
	refused(c, "repeat note=x party:赵律师:13600000001:other:赵律师", "acts for himself");
	/* For somebody else from now on. */
	desk_do(c, "repeat note=又一人 party:赵律师:13600000001:other:孙悦");
	assert_string_equal(parties(c), "customer:1 other:3>4");
	assert_string_equal(appeals(c), "1 4");
	assert_int_equal(cs_matter_voices(desk->db, c, &a, &v, &n, &e), 0);
	assert_int_equal(n, 3);
	assert_true(v[0].person == 1 && v[1].person == 1 && v[2].person == 4);
	cs_arena_free(&a);
}

static void test_leave(void **state)
{
	int64_t c = desk_register("complaint", "eng.leak", "", NULL);

	(void)state;
	refused(c, "leave note=x party:王芳", "nobody else takes part");
	desk_do(c, "repeat note=楼下也投诉 party:李强:13700000001:tenant");
	refused(c, "leave note=x party:赵六", "takes no part");
	refused(c, "leave note=x", "needs party");
	desk_do(c, "leave note=不再追究 party:王芳");
	assert_string_equal(parties(c), "-customer:1 tenant:3");
	assert_string_equal(appeals(c), "3");
	refused(c, "leave note=x party:李强", "nobody else takes part");
	/* He comes back as a party of his own. */
	desk_do(c, "repeat note=反悔 party:王芳:13800138000:owner");
	assert_string_equal(parties(c), "-customer:1 tenant:3 owner:1");
}

/* S3-7-3: everybody who complains of it is called back, whoever has left is not. */
static void test_callbacks(void **state)
{
	int64_t c = desk_register("complaint", "eng.leak", "", NULL);
	const struct cs_image *im;

	(void)state;
	desk_do(c, "repeat note=a party:李强:13700000001:tenant");
	desk_do(c, "repeat note=b party:周敏:13700000002:owner");
	desk_do(c, "repeat note=c party:周敏");
	desk_do(c, "leave note=d party:李强");
	desk_do(c, "answer result=已处理");
	desk_actor("chief");
	desk_do(c, "verify note=已核实");
	im = desk_ticket(c);
	assert_int_equal(cs_image_count(im, CS_P_CALLBACK), 2);
	assert_int_equal(((struct cs_callback_row *)cs_image_at(im, CS_P_CALLBACK, 0))->person, PERSON_WANG);
	assert_int_equal(((struct cs_callback_row *)cs_image_at(im, CS_P_CALLBACK, 1))->person, 4);
	/* Who leaves is not called any more. */
	desk_do(c, "leave note=e party:周敏");
	im = desk_ticket(c);
	assert_string_equal(((struct cs_callback_row *)cs_image_at(im, CS_P_CALLBACK, 1))->state, "dropped");
	assert_string_equal(((struct cs_callback_row *)cs_image_at(im, CS_P_CALLBACK, 0))->state, "open");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_repeat, begin, end),
		cmocka_unit_test_setup_teardown(test_agent, begin, end),
		cmocka_unit_test_setup_teardown(test_leave, begin, end),
		cmocka_unit_test_setup_teardown(test_callbacks, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
