/* Hashes against values computed with another BLAKE2b (python hashlib). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"

static const char *hex(const unsigned char *p)
{
	static char text[2 * CS_HASH_SIZE + 1];

	return cs_hex(p, CS_HASH_SIZE, text);
}

static void test_plain_and_keyed(void **state)
{
	unsigned char out[CS_HASH_SIZE], key[32];

	(void)state;
	cs_hash_keyed(out, "abc", 3, NULL, 0);
	assert_string_equal(hex(out), "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
	memset(key, 'k', sizeof key);
	cs_hash_keyed(out, "R1", 2, key, sizeof key);
	assert_string_equal(hex(out), "d5d353a227d0af66f9d948da2114108665b5ed81a0b79d87df836ba1d333cdd9");
}

/* The fixed byte form: 64-bit lengths, big-endian integers, NULL distinct from empty. */
static void test_pieces(void **state)
{
	unsigned char out[CS_HASH_SIZE], other[CS_HASH_SIZE];
	struct cs_hash h;

	(void)state;
	cs_hash_init(&h);
	cs_hash_text(&h, "abc");
	cs_hash_int(&h, -2);
	cs_hash_null(&h);
	cs_hash_text(&h, "");
	cs_hash_end(&h, out);
	assert_string_equal(hex(out), "a4186386477dfbf6a4293637050ada06ac2135045d4a7b95b4ad2f03aac5616d");
	cs_hash_init(&h);
	cs_hash_text(&h, "ab");
	cs_hash_text(&h, "c");
	cs_hash_end(&h, out);
	cs_hash_init(&h);
	cs_hash_text(&h, "a");
	cs_hash_text(&h, "bc");
	cs_hash_end(&h, other);
	assert_memory_not_equal(out, other, CS_HASH_SIZE); /* where a piece ends is part of it */
}

static void test_hex(void **state)
{
	unsigned char p[2];
	char text[5];

	(void)state;
	assert_string_equal(cs_hex((const unsigned char *)"\x0f\xa0", 2, text), "0fa0");
	assert_int_equal(cs_unhex("0fA0", p, 2), 0);
	assert_memory_equal(p, "\x0f\xa0", 2);
	assert_int_equal(cs_unhex("0fa", p, 2), -1);
	assert_int_equal(cs_unhex("0fg0", p, 2), -1);
	assert_int_equal(cs_unhex("0fa000", p, 2), -1);
}

/* Rehearsals repeat: the same seed and stream give the same bytes, another of either gives others. */
static void test_seeded(void **state)
{
	unsigned char a[80], b[80];

	(void)state;
	cs_random_bytes(a, 16);
	cs_random_bytes(b, 16);
	assert_memory_not_equal(a, b, 16);
	cs_random_seed("s", 1);
	cs_random_bytes(a, 40);
	cs_random_bytes(a + 40, 40);
	cs_random_seed("s", 1);
	cs_random_bytes(b, 40);
	cs_random_bytes(b + 40, 40);
	assert_memory_equal(a, b, 80);
	assert_memory_not_equal(a, a + 40, 40);
	cs_random_seed("s", 2);
	cs_random_bytes(b, 40);
	assert_memory_not_equal(a, b, 40);
	cs_random_seed("t", 1);
	cs_random_bytes(b, 40);
	assert_memory_not_equal(a, b, 40);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain_and_keyed),
		cmocka_unit_test(test_pieces),
		cmocka_unit_test(test_hex),
		cmocka_unit_test(test_seeded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
