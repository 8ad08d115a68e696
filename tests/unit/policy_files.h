/* The shipped policies and the refused ones, read for tests. */
#ifndef CS_TESTS_POLICY_FILES_H
#define CS_TESTS_POLICY_FILES_H

#include <stddef.h>

#include "base/err.h"
#include "domain/policy_merge.h"

/* The text of a file below the tree (CS_ROOT, else the working directory); ends the test when it is
   not there. */
char *read_tree_file(const char *path, size_t *len);

/* Loads from the tree's lib/policy, else tests/data/policies. */
extern const struct cs_policy_loader shipped;

/* A policy that must be good: of a file, or tests/data/policies/tiny.json with these members (JSON
   text without the braces) laid over it. */
struct cs_policy *good_policy(const char *path);
struct cs_policy *tiny_with(const char *members);

/* Every tests/refuse/policy/PREFIX-*.json must be refused with just the faults in its .expect
   file, one a line; a line that ends in * is the beginning of one, a line of * alone stands for
   any others. At least so many cases are wanted. */
void refuse_cases(const char *prefix, size_t least);

#endif
