/* S0-4-20, C29, C40: who is known, the draft, and what takes an approval back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "domain/publication.h"
#include "store/ref.h"

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

static int64_t done(const char *words)
{
	int64_t id = desk_register("complaint", "eng.lift", "", NULL);

	desk_do(id, "answer result=好");
	desk_actor("chief");
	desk_do(id, words);
	desk_actor("manager");
	return id;
}

static enum cs_publication decided(int64_t id, const char **digest)
{
	return cs_publication_of(desk_ticket(id), digest);
}

static void who_is_known(void **state)
{
	int64_t id = desk_register("complaint", "eng.lift", "", NULL);
	struct cs_redact_known known;
	struct cs_err e = {0};

	(void)state;
	desk_do(id, "attach evidence:signature.owner:赵小丽");
	desk_do(id, "attach evidence:signature.staff:worker");
	assert_int_equal(cs_publication_known(desk, desk_ticket(id), &known, &e), 0);
	assert_int_equal(known.names.count, 2);
	assert_string_equal(known.names.text[0], "王芳");
	assert_string_equal(known.names.text[1], "赵小丽");
	assert_int_equal(known.phones.count, 1);
	assert_string_equal(known.phones.text[0], "13800138000");
	assert_int_equal(known.premises.count, 1);
	assert_string_equal(known.premises.text[0], "3-2-501");
}

static int64_t of(const char *party)
{
	int64_t id = desk_register("complaint", "eng.lift", "", NULL);
	char words[200];

	snprintf(words, sizeof words, "repeat note=x party:%s", party);
	desk_do(id, words);
	return id;
}

static void merged(int64_t ticket, int64_t into)
{
	char words[100], ref[CS_REF_SIZE];

	snprintf(words, sizeof words, "merge note=x into=%s", cs_ref_text(into, ref));
	desk_actor("chief");
	desk_do(ticket, words);
	desk_actor("ling");
}

static bool among(const struct cs_redact_list *l, const char *text)
{
	for (size_t i = 0; i < l->count; i++)
		if (strcmp(l->text[i], text) == 0)
			return true;
	return false;
}

/* Those of the tickets stated to be the same and of those that were merged with them, while they are and afterwards;
   not those of any other. */
static void who_is_known_of_the_matter(void **state)
{
	static const struct {
		const char *name, *phone;
		bool known;
	} cases[] = {
		{"周小丽", "13926010001", true}, /* stated to be the same */
		{"郑强", "13926010002", true},   /* merged */
		{"吴平", "13926010003", true},   /* merged into the merged one */
		{"钱多", "13926010004", false},  {"沈一", NULL, true}, {"冯雨", NULL, true},
	};
	int64_t id = desk_register("complaint", "eng.lift", "", NULL), same, one, two;
	char words[100], ref[CS_REF_SIZE];
	struct cs_redact_known known;
	struct cs_err e = {0};

	(void)state;
	same = of("周小丽:13926010001:owner");
	desk_do(same, "attach evidence:signature.owner:沈一");
	one = of("郑强:13926010002:owner");
	two = of("吴平:13926010003:owner");
	desk_do(two, "attach evidence:signature.owner:冯雨"); /* a merge carries complainants, not those who signed */
	of("钱多:13926010004:owner");
	snprintf(words, sizeof words, "link same_as=%s", cs_ref_text(id, ref));
	desk_do(same, words);
	merged(two, one);
	merged(one, id);
	for (int undone = 0; undone < 2; undone++) {
		assert_int_equal(cs_publication_known(desk, desk_ticket(id), &known, &e), 0);
		for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
			if (among(&known.names, cases[i].name) != cases[i].known)
				fail_msg("%s, undone %d", cases[i].name, undone);
			if (cases[i].phone)
				assert_int_equal(among(&known.phones, cases[i].phone), cases[i].known);
		}
		assert_true(among(&known.premises, "3-2-501"));
		if (undone)
			break;
		desk_actor("chief");
		desk_do(one, "unmerge note=x");
		desk_actor("ling");
		desk_do(one, "link same_as=none");
		assert_true(desk_ticket(one)->t.matter != desk_ticket(id)->t.matter);
	}
	/* The other way round: what was written while they were one speaks of both. */
	assert_int_equal(cs_publication_known(desk, desk_ticket(one), &known, &e), 0);
	assert_true(among(&known.names, "王芳"));
	assert_true(among(&known.names, "吴平"));
}

/* S0-4-20: what the rules mark personal is known as it stands on the ticket. */
static void personal_fields(void **state)
{
	struct cs_redact_known known;
	struct cs_redacted told;
	struct cs_err e = {0};
	char ref[CS_REF_SIZE];
	int64_t id, other;

	(void)state;
	desk_end();
	desk_begin_insurer();
	id = desk_register("complaint", "svc", "policy_no=PD20260001", NULL);
	assert_int_equal(cs_publication_known(desk, desk_ticket(id), &known, &e), 0);
	cs_redact("保单号PD20260001，请退保", &known, &desk->work, &told);
	assert_string_equal(told.text, "保单号■■■，请退保");
	/* And as it stands on the others of the matter. */
	other = desk_register("complaint", "svc", "policy_no=PD20260002", NULL);
	desk_do(other, cs_arena_printf(&desk->work, "link same_as=%s", cs_ref_text(id, ref)));
	assert_int_equal(cs_publication_known(desk, desk_ticket(id), &known, &e), 0);
	cs_redact("保单号PD20260001和PD20260002，请退保", &known, &desk->work, &told);
	assert_string_equal(told.text, "保单号■■■和■■■，请退保");
}

static void the_draft(void **state)
{
	int64_t id = desk_register("complaint", "eng.lift", "", NULL);
	struct cs_notice_draft a, b;
	struct cs_err e = {0};
	const struct cs_kind *k = cs_policy_kind(desk->policy, "complaint");
	char digest[65];

	(void)state;
	assert_int_equal(cs_publication_draft(desk, desk_ticket(id), k, NULL, &a, &e), 0);
	assert_int_equal(cs_publication_draft(desk, desk_ticket(id), k, "王芳来电", &a, &e), 1);
	assert_string_equal(a.redacted.text, "■■■来电");
	assert_int_equal(a.redacted.count, 1);
	assert_null(a.area);
	strcpy(digest, a.digest);
	/* The digest is of what is read: another name behind the same block is the same notice. */
	assert_int_equal(cs_publication_draft(desk, desk_ticket(id), k, "王女士来电", &b, &e), 1);
	assert_string_equal(digest, b.digest);
	assert_int_equal(cs_publication_draft(desk, desk_ticket(id), k, "来电", &b, &e), 1);
	assert_string_not_equal(digest, b.digest);
}

static void S0_4_20_who_and_when(void **state)
{
	static const struct {
		const char *login, *words, *why;
	} cases[] = {
		{"chief", "publish notice_area=project notice_by=board", "publish: only for: project manager"},
		{"manager", "publish",
		 "publish needs notice_area (--set notice_area=CODE), notice_by (--set notice_by=CODE)"},
		{"manager", "withhold", "withhold needs note (--note TEXT)"},
		{"ling", "compile",
		 "compile: say whether it is common or public, or what the notice says: common, public, notice_text"},
	};
	int64_t id = done("compile notice_text=已修好"), open = desk_register("complaint", "eng.lift", "", NULL),
		untold = done("compile common=yes");
	struct cs_err e = {0};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		desk_actor(cases[i].login);
		assert_int_equal(desk_step(id, cases[i].words, &e), CS_REFUSED);
		if (strcmp(e.text, cases[i].why) != 0)
			fail_msg("%s: %s", cases[i].words, e.text);
	}
	desk_actor("manager");
	assert_int_equal(desk_step(untold, "publish notice_area=project notice_by=board", &e), CS_REFUSED);
	assert_non_null(strstr(e.text, "there is no text to publish"));
	desk_do(open, "compile notice_text=已修好");
	assert_int_equal(desk_step(open, "publish notice_area=project notice_by=board", &e), CS_REFUSED);
	assert_non_null(strstr(e.text, "what is still being dealt with is not published"));
	assert_int_equal(decided(id, NULL), CS_PUBLICATION_OPEN);
	desk_do(id, "publish notice_area=project notice_by=board");
	assert_int_equal(decided(id, NULL), CS_PUBLICATION_APPROVED);
}

/* Text or area, given otherwise by whatever step, take it back; the same again does not, nor does anything else. */
static void S0_4_20_taken_back(void **state)
{
	static const struct {
		const char *words;
		enum cs_publication is;
	} cases[] = {
		{"note note=x", CS_PUBLICATION_APPROVED},
		{"compile common=yes", CS_PUBLICATION_APPROVED},
		{"compile notice_text=王芳家已修好", CS_PUBLICATION_APPROVED},
		{"compile notice_text=另一段", CS_PUBLICATION_CHANGED},
		{"publish notice_area=project notice_by=board", CS_PUBLICATION_APPROVED},
		{"publish notice_area=building notice_by=board", CS_PUBLICATION_APPROVED},
		{"withhold note=x", CS_PUBLICATION_DECLINED},
		{"compile notice_text=再一段", CS_PUBLICATION_DECLINED},
	};
	int64_t id = done("compile notice_text=王芳家已修好");
	const char *after;

	(void)state;
	desk_do(id, "publish notice_area=project notice_by=board");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		desk_do(id, cases[i].words);
		if (decided(id, &after) != cases[i].is)
			fail_msg("%s: %s", cases[i].words, cs_publication_word(decided(id, NULL)));
		assert_true((after != NULL) == (cases[i].is == CS_PUBLICATION_APPROVED));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(who_is_known, begin, end),
		cmocka_unit_test_setup_teardown(who_is_known_of_the_matter, begin, end),
		cmocka_unit_test_setup_teardown(personal_fields, begin, end),
		cmocka_unit_test_setup_teardown(the_draft, begin, end),
		cmocka_unit_test_setup_teardown(S0_4_20_who_and_when, begin, end),
		cmocka_unit_test_setup_teardown(S0_4_20_taken_back, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
