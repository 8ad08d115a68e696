/* Blacking out, measured on the labelled texts of tests/data/redact.csv (S0-4-20, C40). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/redact.h"
#include "policy_files.h"

static struct cs_arena arena;

/* "王芳;刘洋" into a list. */
static void add_list(struct cs_redact_list *l, const char *text, size_t len)
{
	while (len) {
		size_t n = 0;

		while (n < len && text[n] != ';')
			n++;
		l->text = cs_arena_grow(&arena, l->text, l->count, &l->size, sizeof *l->text);
		l->text[l->count++] = cs_arena_strndup(&arena, text, n);
		text += n < len ? n + 1 : n;
		len -= n < len ? n + 1 : n;
	}
}

/* A text between the marks must go, any other must stay. */
struct label {
	size_t from, to;
	bool party; /* known to the ticket */
};
struct labelled {
	struct cs_redact_known known;
	char *text;
	struct label label[8];
	size_t count;
};

static bool is_known(const struct cs_redact_list *l, const char *text, size_t len)
{
	for (size_t i = 0; i < l->count; i++)
		if (strlen(l->text[i]) == len && strncmp(l->text[i], text, len) == 0)
			return true;
	return false;
}

static void read_line(char *line, struct labelled *out)
{
	struct cs_redact_list *const lists[] = {&out->known.names, &out->known.phones, &out->known.premises};
	static const char open[] = "⟦", close[] = "⟧";
	size_t n = 0;

	*out = (struct labelled){0};
	for (size_t i = 0; i < 3; i++) {
		size_t len = strcspn(line, ",");

		assert_int_equal(line[len], ',');
		add_list(lists[i], line, len);
		line += len + 1;
	}
	out->text = cs_arena_alloc(&arena, strlen(line) + 1);
	while (*line) {
		if (strncmp(line, open, sizeof open - 1) == 0) {
			out->label[out->count].from = n;
			line += sizeof open - 1;
		} else if (strncmp(line, close, sizeof close - 1) == 0) {
			struct label *l = &out->label[out->count++];

			l->to = n;
			l->party = is_known(&out->known.names, out->text + l->from, n - l->from) ||
				   is_known(&out->known.phones, out->text + l->from, n - l->from) ||
				   is_known(&out->known.premises, out->text + l->from, n - l->from);
			assert_true(out->count < 8);
			line += sizeof close - 1;
		} else {
			out->text[n++] = *line++;
		}
	}
}

struct score {
	int right, wrong, missed, known, known_missed, texts;
};

static bool covered(const struct cs_redacted *r, const struct label *l)
{
	size_t at = l->from;

	for (size_t i = 0; i < r->count; i++)
		if (r->item[i].at <= at && r->item[i].at + strlen(r->item[i].text) > at)
			at = r->item[i].at + strlen(r->item[i].text);
	return at >= l->to;
}

static bool wanted(const struct labelled *t, const struct cs_redact_item *item)
{
	for (size_t i = 0; i < t->count; i++)
		if (item->at < t->label[i].to && item->at + strlen(item->text) > t->label[i].from)
			return true;
	return false;
}

static void judge(const struct labelled *t, struct score *s, int line)
{
	struct cs_redacted r;
	bool party = t->known.names.count || t->known.phones.count || t->known.premises.count;

	cs_redact(t->text, &t->known, &arena, &r);
	s->texts++;
	for (size_t i = 0; i < t->count; i++) {
		bool found = covered(&r, &t->label[i]);

		s->known += party;
		s->known_missed += party && !found;
		s->missed += !found;
		if (!found)
			print_message("line %d: not blacked out: %.*s in %s\n", line,
				      (int)(t->label[i].to - t->label[i].from), t->text + t->label[i].from, r.text);
	}
	for (size_t i = 0; i < r.count; i++) {
		bool right = wanted(t, &r.item[i]);

		s->right += right;
		s->wrong += !right;
		if (!right)
			print_message("line %d: blacked out: %s (%s) in %s\n", line, r.item[i].text,
				      cs_redact_word(r.item[i].kind), t->text);
	}
}

/* 68 texts were written before they were tried: then 62 of 65 places were blacked out rightly, and 62 of 64 found. The
   last 49, of forms that a trial had found wanting: 268 of 273 rightly over all texts and a recall of 0.908 before they
   were taught, 293 of 298 and 1.000 after. What a ticket knows of its parties is always found; of the rest at least so
   many of a hundred, and of what is blacked out at least so many rightly. */
static void the_labelled_set(void **state)
{
	enum { PRECISION = 97, RECALL = 97, TEXTS = 200 };
	size_t len;
	char *file = read_tree_file("tests/data/redact.csv", &len), *line, *rest = file;
	struct score s = {0};
	int number = 1;

	(void)state;
	assert_non_null(strchr(rest, '\n'));
	strtok_r(rest, "\n", &rest);
	while ((line = strtok_r(NULL, "\n", &rest))) {
		struct labelled t;

		read_line(line, &t);
		judge(&t, &s, ++number);
		cs_arena_reset(&arena);
	}
	print_message("%d texts: precision %.3f (%d of %d), recall %.3f, of known parties %d of %d\n", s.texts,
		      (double)s.right / (s.right + s.wrong), s.right, s.right + s.wrong,
		      (double)(s.right) / (s.right + s.missed), s.known - s.known_missed, s.known);
	assert_true(s.texts >= TEXTS);
	assert_int_equal(s.known_missed, 0);
	assert_true(s.right * 100 >= PRECISION * (s.right + s.wrong));
	assert_true(s.right * 100 >= RECALL * (s.right + s.missed));
	free(file);
}

static const char *redacted(const char *text, const char *name, const char *address, size_t *count)
{
	struct cs_redact_known known = {0};
	struct cs_redacted r;

	add_list(&known.names, name, strlen(name));
	add_list(&known.premises, address, strlen(address));
	cs_redact(text, &known, &arena, &r);
	*count = r.count;
	return r.text;
}

/* The block says nothing about the length; what is left is as it was, byte for byte. */
static void what_is_left(void **state)
{
	static const struct {
		const char *text, *name, *address, *want;
		size_t count;
	} cases[] = {
		{"", "王芳", "3-2-501", "", 0},
		{"无", "王芳", "", "无", 0},
		{"王芳", "王芳", "", "■■■", 1},
		{"　王芳，欧阳丽华。\n", "王芳;欧阳丽华", "", "　■■■，■■■。\n", 2},
		{"王芳住3栋2单元501室", "王芳", "3-2-501", "■■■住■■■", 2},
		{"王\xE2\x80\x8B芳来电", "王芳", "", "■■■来电", 1}, /* a blank without width inside */
		{"ＪＯＨＮ　ＳＭＩＴＨ来电", "John Smith", "", "■■■来电", 1},
		{"😀王芳😀", "王芳", "", "😀■■■😀", 1},
		{"阳光花园西区独栋十八", "", "阳光花园西区独栋十八", "■■■", 1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		size_t count;
		const char *got = redacted(cases[i].text, cases[i].name, cases[i].address, &count);

		if (strcmp(got, cases[i].want) != 0 || count != cases[i].count)
			fail_msg("%s: %s (%zu)", cases[i].text, got, count);
		cs_arena_reset(&arena);
	}
}

/* Once blacked out, there is nothing more to black out. */
static void twice_is_once(void **state)
{
	size_t count, again;
	const char *once = redacted("王芳，3栋2单元501，13800138000", "王芳", "3-2-501", &count), *twice;

	(void)state;
	twice = redacted(once, "王芳", "3-2-501", &again);
	assert_int_equal(count, 3);
	assert_int_equal(again, 0);
	assert_string_equal(once, twice);
	cs_arena_reset(&arena);
}

static int end(void **state)
{
	(void)state;
	cs_arena_free(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_labelled_set),
		cmocka_unit_test(what_is_left),
		cmocka_unit_test(twice_is_once),
	};

	return cmocka_run_group_tests(tests, NULL, end);
}
