/* Typos planted one at a time in every string of the shipped policies: at least 95 % must be
   reported. References, words, values and keys count; requirement ids and texts for people do
   not. A run of every day plants in one string of five; with CS_EVERY_TYPO set, in every one. */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "policy_files.h"

enum { WANTED_PERCENT = 95, LONGEST = 200, OF_EVERY_DAY = 5, SHORT_FILE = 1000 };

static const char *const kinds_of_typo[] = {"swapped", "dropped", "added", "replaced"};

struct place {
	size_t from, to; /* between the quotes */
};

struct places {
	struct place *place;
	size_t count, size;
};

static uint32_t seed = 20261121;

static uint32_t draw(uint32_t below)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % below;
}

static void add(struct places *p, size_t from, size_t to)
{
	if (p->count == p->size) {
		p->size = p->size ? p->size * 2 : 1024;
		p->place = realloc(p->place, p->size * sizeof *p->place);
		assert_non_null(p->place);
	}
	p->place[p->count++] = (struct place){from, to};
}

static bool is(const char *text, struct place p, const char *word)
{
	return p.to - p.from == strlen(word) && strncmp(text + p.from, word, p.to - p.from) == 0;
}

/* Texts for people and requirement ids: not looked at. Of labels the paths are. */
static bool free_text(const char *text, const struct place *key, size_t depth)
{
	return is(text, key[depth], "source") || is(text, key[depth], "say") ||
	       is(text, key[depth], "copies") || (depth >= 2 && is(text, key[1], "labels"));
}

/* Every string of the text that counts. The text is valid JSON without escapes. */
static void collect(const char *text, struct places *out)
{
	struct place key[32] = {{0, 0}};
	bool object[32] = {false};
	size_t depth = 0;
	bool want_key = false;

	for (size_t i = 0; text[i]; i++) {
		if (text[i] == '{' || text[i] == '[') {
			depth++;
			assert_true(depth < 32);
			object[depth] = text[i] == '{';
			want_key = object[depth];
			key[depth] = object[depth] ? (struct place){0, 0} : key[depth - 1];
		} else if (text[i] == '}' || text[i] == ']') {
			depth--;
			want_key = false;
		} else if (text[i] == ',') {
			want_key = object[depth];
		} else if (text[i] == '"') {
			struct place p = {i + 1, i + 1 + strcspn(text + i + 1, "\"")};

			i = p.to;
			if (want_key) {
				key[depth] = p;
				want_key = false;
				add(out, p.from, p.to);
			} else if (!free_text(text, key, depth)) {
				add(out, p.from, p.to);
			}
		}
	}
}

/* One letter of the word goes wrong, a digit where a digit stands; never the word itself again. */
static void misspell(const char *word, size_t len, uint32_t how, char *out)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz";

	do {
		size_t at = draw((uint32_t)len);
		char c = isdigit((unsigned char)word[at]) ? (char)('0' + draw(10))
							  : letters[draw(26)];

		memcpy(out, word, len);
		out[len] = 0;
		if (how == 0 && at + 1 < len) {
			out[at] = word[at + 1];
			out[at + 1] = word[at];
		} else if (how == 1 && len > 1) {
			memmove(out + at, out + at + 1, len - at);
		} else if (how == 2) {
			memmove(out + at + 1, out + at, len - at + 1);
			out[at] = c;
		} else if (how == 3 || len < 2 || word[0] == word[len - 1]) {
			out[at] = c;
		}
	} while (strlen(out) == len && memcmp(out, word, len) == 0);
}

/* A shipped file with the typo in it; others come from the tree. */
struct planted {
	const char *name, *text;
};

/* One year of holidays stands for all: no typo is planted there, and reading them takes time. */
static int load(const char *name, char **text, size_t *len, void *arg, struct cs_err *e)
{
	static const char holidays[] = "{\"years\": {\"2026\": {\"holidays\": [\"2026-01-01\"]}}}";
	const struct planted *p = arg;
	const char *found = strcmp(name, "calendars/cn") == 0 ? holidays : strcmp(name, p->name) == 0 ? p->text : NULL;

	if (!found)
		return shipped.load(name, text, len, shipped.arg, e);
	*len = strlen(found);
	*text = malloc(*len + 1);
	assert_non_null(*text);
	memcpy(*text, found, *len + 1);
	return 0;
}

/* `through`: the policy that is built, the planted one itself or one that extends it. */
static bool reported(const struct planted *p, const char *through, const char *text)
{
	const struct cs_policy_loader loader = {.load = load, .arg = (void *)p};
	struct cs_faults faults = {0};
	struct cs_policy *policy = NULL;
	struct cs_err e;
	bool found = cs_policy_build(through, text, strlen(text), &loader, &faults, NULL, &policy, &e) != 0;

	assert_true(found == (faults.count > 0));
	cs_policy_free(policy);
	cs_faults_free(&faults);
	return found;
}

static const struct shipped_file {
	const char *name, *through;
	size_t least_strings;
} files[] = {
	{"property", "property", 1800},
	{"common", "property", 250},
	{"insurance", "insurance", 1200},
};

static char *file_text(const char *name, size_t *len)
{
	char path[100];

	snprintf(path, sizeof path, "lib/policy/%s.json", name);
	return read_tree_file(path, len);
}

static void plant(const struct shipped_file *file)
{
	size_t stride, len, through_len, found = 0, planted = 0;
	char *text = file_text(file->name, &len), *bad = malloc(len + 2);
	char *through = file_text(file->through, &through_len);
	bool same = strcmp(file->name, file->through) == 0;
	struct places places = {0};

	assert_non_null(bad);
	assert_null(strchr(text, '\\'));
	assert_false(reported(&(struct planted){file->name, text}, file->through, through));
	collect(text, &places);
	assert_true(places.count >= file->least_strings);
	/* Of a short file a fifth says little. */
	stride = getenv("CS_EVERY_TYPO") || places.count < SHORT_FILE ? 1 : OF_EVERY_DAY;
	for (size_t i = draw((uint32_t)stride); i < places.count; i += stride, planted++) {
		struct place p = places.place[i];
		uint32_t how = draw(4);
		char word[LONGEST + 2];

		assert_true(p.to - p.from <= LONGEST && p.to > p.from);
		misspell(text + p.from, p.to - p.from, how, word);
		snprintf(bad, len + 2, "%.*s%s%s", (int)p.from, text, word, text + p.to);
		if (reported(&(struct planted){file->name, bad}, file->through, same ? bad : through))
			found++;
		else
			print_message("%s: not reported: %s: %.*s -> %s\n", file->name, kinds_of_typo[how],
				      (int)(p.to - p.from), text + p.from, word);
	}
	print_message("%s: %zu of %zu planted typos reported (%.1f %%)\n", file->name, found, planted,
		      100.0 * (double)found / (double)planted);
	assert_true(planted * stride + stride > places.count);
	assert_true(found * 100 >= planted * WANTED_PERCENT);
	free(places.place);
	free(through);
	free(bad);
	free(text);
}

static void typos_are_reported(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		plant(&files[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(typos_are_reported),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
