/* Memory that is there or ends the program, and the arena. */
#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"

static void heap(void **state)
{
	unsigned char *p = cs_alloc(100), zero[100] = {0};
	char *s;

	(void)state;
	assert_memory_equal(p, zero, 100);
	memset(p, 7, 100);
	p = cs_realloc(p, 10000);
	assert_int_equal(p[99], 7);
	free(p);
	free(cs_alloc(0));
	free(cs_realloc(NULL, 0));
	s = cs_strdup("abc");
	assert_string_equal(s, "abc");
	free(s);
	s = cs_strndup("abcdef", 3);
	assert_string_equal(s, "abc");
	free(s);
	assert_null(cs_strdup(NULL));
}

/* Small pieces over many blocks: each its own, aligned, zeroed, and kept. */
static void arena_grows(void **state)
{
	struct cs_arena a = {0};
	unsigned char *piece[5000];

	(void)state;
	for (size_t i = 0; i < 5000; i++) {
		size_t size = 1 + i % 61;

		piece[i] = cs_arena_alloc(&a, size);
		assert_int_equal((uintptr_t)piece[i] % alignof(max_align_t), 0);
		for (size_t k = 0; k < size; k++)
			assert_int_equal(piece[i][k], 0);
		memset(piece[i], (int)(i % 255) + 1, size);
	}
	for (size_t i = 0; i < 5000; i++) {
		assert_int_equal(piece[i][0], i % 255 + 1);
		assert_int_equal(piece[i][i % 61], i % 255 + 1);
	}
	cs_arena_free(&a);
	assert_null(a.first);
}

static void arena_takes_what_is_larger_than_a_block(void **state)
{
	struct cs_arena a = {0};
	char *small = cs_arena_strdup(&a, "small"), *large, *after;

	(void)state;
	large = cs_arena_alloc(&a, 1000000);
	assert_int_equal(large[999999], 0);
	memset(large, 'x', 1000000);
	after = cs_arena_strdup(&a, "after");
	assert_string_equal(small, "small");
	assert_string_equal(after, "after");
	/* The first block may be the large one. */
	cs_arena_free(&a);
	large = cs_arena_alloc(&a, 1000000);
	memset(large, 'y', 1000000);
	cs_arena_reset(&a);
	large = cs_arena_alloc(&a, 500000);
	assert_int_equal(large[0], 0);
	assert_int_equal(large[499999], 0);
	cs_arena_free(&a);
}

static void reset_keeps_the_first_block(void **state)
{
	struct cs_arena a = {0};
	char *first = cs_arena_alloc(&a, 100), *again;

	(void)state;
	memset(first, 'x', 100);
	for (int i = 0; i < 100; i++)
		cs_arena_alloc(&a, 10000);
	cs_arena_reset(&a);
	again = cs_arena_alloc(&a, 100);
	assert_ptr_equal(again, first);
	assert_int_equal(again[0], 0);
	cs_arena_free(&a);
	cs_arena_reset(&a);
	cs_arena_free(&a);
}

static void arena_strings(void **state)
{
	struct cs_arena a = {0};
	char want[50000];

	(void)state;
	assert_null(cs_arena_strdup(&a, NULL));
	assert_string_equal(cs_arena_strdup(&a, ""), "");
	assert_string_equal(cs_arena_strndup(&a, "abcdef", 2), "ab");
	assert_string_equal(cs_arena_printf(&a, "%s-%04d", "R20261121", 42), "R20261121-0042");
	memset(want, 'z', sizeof want - 1);
	want[sizeof want - 1] = '\0';
	assert_string_equal(cs_arena_printf(&a, "%s", want), want);
	cs_arena_free(&a);
}

static void arrays_double_in_the_arena(void **state)
{
	struct cs_arena a = {0};
	size_t size = 0, moves = 0;
	int *p = NULL;

	(void)state;
	for (size_t count = 0; count < 10000; count++) {
		int *q = cs_arena_grow(&a, p, count, &size, sizeof *p);

		moves += q != p;
		p = q;
		if (!p) {
			fail();
			return;
		}
		assert_true(size > count);
		p[count] = (int)count;
	}
	for (int i = 0; i < 10000; i++)
		assert_int_equal(p[i], i);
	assert_true(moves < 16);
	cs_arena_free(&a);
}

/* Out of memory: one line on stderr, exit 70, nothing else. */
static void out_of_memory_ends_the_program(void **state)
{
	int fd[2], status = 0;
	char text[100] = "";
	pid_t pid;

	(void)state;
	assert_int_equal(pipe(fd), 0);
	pid = fork();
	if (pid == 0) {
		dup2(fd[1], STDERR_FILENO);
		cs_oom();
	}
	close(fd[1]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(read(fd[0], text, sizeof text - 1) > 0);
	close(fd[0]);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 70);
	assert_string_equal(text, "csdesk: out of memory\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(heap),
		cmocka_unit_test(arena_grows),
		cmocka_unit_test(arena_takes_what_is_larger_than_a_block),
		cmocka_unit_test(reset_keeps_the_first_block),
		cmocka_unit_test(arena_strings),
		cmocka_unit_test(arrays_double_in_the_arena),
		cmocka_unit_test(out_of_memory_ends_the_program),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
