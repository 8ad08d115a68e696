/* BLAKE2b-256 over fixed byte forms, and random bytes (libsodium). */
#ifndef CS_BASE_HASH_H
#define CS_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define CS_HASH_SIZE 32

/* An incremental hash. Every piece goes in with its 64-bit big-endian length before it;
   NULL is distinct from empty; integers are 8 bytes big-endian, two's complement. */
struct cs_hash {
	unsigned char state[384] __attribute__((aligned(64)));
};
void cs_hash_init(struct cs_hash *h);
void cs_hash_bytes(struct cs_hash *h, const void *p, size_t n); /* p NULL: the NULL piece */
void cs_hash_text(struct cs_hash *h, const char *s);            /* s NULL: the NULL piece */
void cs_hash_int(struct cs_hash *h, int64_t v);
void cs_hash_null(struct cs_hash *h);
void cs_hash_end(struct cs_hash *h, unsigned char out[CS_HASH_SIZE]);

/* Keyed hash of plain bytes (sampling order, repeatable salts); key_size 0..64. */
void cs_hash_keyed(unsigned char out[CS_HASH_SIZE], const void *p, size_t n, const void *key, size_t key_size);

/* Of a file's plain bytes, to its end (`b2sum -l 256` gives the same). -1: a read error, errno says which. */
int cs_hash_file(FILE *f, unsigned char out[CS_HASH_SIZE]);

/* Random bytes; after cs_random_seed they come from the seed instead (rehearsal databases). */
void cs_random_bytes(void *p, size_t n);
void cs_random_seed(const char *seed, uint64_t stream);

/* out gets 2 n + 1 bytes; returns out. */
char *cs_hex(const unsigned char *p, size_t n, char *out);
/* Reads exactly n bytes from 2 n hex digits; -1 when s is anything else. */
int cs_unhex(const char *s, unsigned char *p, size_t n);

#endif
