/* The only file that includes libsodium. */
#include "base/hash.h"

#include <sodium.h>
#include <stdbool.h>
#include <string.h>

#include "base/mem.h"

_Static_assert(sizeof(crypto_generichash_state) <= sizeof(struct cs_hash), "hash state fits");
_Static_assert(CS_HASH_SIZE == crypto_generichash_BYTES, "BLAKE2b-256");

/* With a seed, block n of the stream is the keyed hash of (stream, n). */
static struct {
	bool seeded;
	unsigned char key[CS_HASH_SIZE];
	uint64_t stream, next;
} random_source;

static void put_u64(unsigned char out[8], uint64_t v)
{
	for (int i = 7; i >= 0; i--, v >>= 8)
		out[i] = (unsigned char)v;
}

static void *state_of(struct cs_hash *h)
{
	/* cppcheck-suppress ctuuninitvar; the state is made by init */
	return h->state;
}

/* libsodium chooses its fastest code when it is initialised, which costs more than a few hashes. */
static void choose_code(void)
{
	static unsigned made;

	if (made < 256 && ++made == 256 && sodium_init() < 0)
		cs_oom();
}

void cs_hash_init(struct cs_hash *h)
{
	choose_code();
	crypto_generichash_init(state_of(h), NULL, 0, CS_HASH_SIZE);
}

void cs_hash_null(struct cs_hash *h)
{
	unsigned char none[8];

	put_u64(none, UINT64_MAX);
	crypto_generichash_update(state_of(h), none, sizeof none);
}

void cs_hash_bytes(struct cs_hash *h, const void *p, size_t n)
{
	unsigned char len[8];

	if (!p) {
		cs_hash_null(h);
		return;
	}
	put_u64(len, n);
	crypto_generichash_update(state_of(h), len, sizeof len);
	crypto_generichash_update(state_of(h), p, n);
}

void cs_hash_text(struct cs_hash *h, const char *s)
{
	cs_hash_bytes(h, s, s ? strlen(s) : 0);
}

void cs_hash_int(struct cs_hash *h, int64_t v)
{
	unsigned char b[8];

	put_u64(b, (uint64_t)v);
	cs_hash_bytes(h, b, sizeof b);
}

void cs_hash_end(struct cs_hash *h, unsigned char out[CS_HASH_SIZE])
{
	crypto_generichash_final(state_of(h), out, CS_HASH_SIZE);
}

void cs_hash_keyed(unsigned char out[CS_HASH_SIZE], const void *p, size_t n, const void *key, size_t key_size)
{
	crypto_generichash(out, CS_HASH_SIZE, p, n, key_size ? key : NULL, key_size);
}

int cs_hash_file(FILE *f, unsigned char out[CS_HASH_SIZE])
{
	crypto_generichash_state h;
	unsigned char block[16384];
	size_t n;

	crypto_generichash_init(&h, NULL, 0, CS_HASH_SIZE);
	while ((n = fread(block, 1, sizeof block, f)) > 0)
		crypto_generichash_update(&h, block, n);
	crypto_generichash_final(&h, out, CS_HASH_SIZE);
	return ferror(f) ? -1 : 0;
}

void cs_random_seed(const char *seed, uint64_t stream)
{
	random_source.seeded = true;
	random_source.stream = stream;
	random_source.next = 0;
	crypto_generichash(random_source.key, CS_HASH_SIZE, (const unsigned char *)seed, strlen(seed), NULL, 0);
}

static void seeded_bytes(unsigned char *p, size_t n)
{
	while (n > 0) {
		unsigned char in[16], block[CS_HASH_SIZE];
		size_t part = n < sizeof block ? n : sizeof block;

		put_u64(in, random_source.stream);
		put_u64(in + 8, random_source.next++);
		crypto_generichash(block, sizeof block, in, sizeof in, random_source.key, sizeof random_source.key);
		memcpy(p, block, part);
		p += part;
		n -= part;
	}
}

/* A salt an event: one call of the system for a hundred of them. */
static void drawn_bytes(unsigned char *p, size_t n)
{
	static unsigned char pool[2048];
	static size_t left;

	while (n > 0) {
		size_t part;

		if (left == 0) {
			if (sodium_init() < 0)
				cs_oom();
			randombytes_buf(pool, sizeof pool);
			left = sizeof pool;
		}
		part = n < left ? n : left;
		memcpy(p, pool + sizeof pool - left, part);
		left -= part;
		p += part;
		n -= part;
	}
}

void cs_random_bytes(void *p, size_t n)
{
	if (random_source.seeded)
		seeded_bytes(p, n);
	else
		drawn_bytes(p, n);
}

char *cs_hex(const unsigned char *p, size_t n, char *out)
{
	return sodium_bin2hex(out, n * 2 + 1, p, n);
}

int cs_unhex(const char *s, unsigned char *p, size_t n)
{
	size_t got;
	const char *end;

	if (strlen(s) != n * 2 || sodium_hex2bin(p, n, s, n * 2, NULL, &got, &end) != 0)
		return -1;
	return got == n ? 0 : -1;
}
