/* The shipped policies, read for tests. */
#ifndef CS_TESTS_POLICY_FILES_H
#define CS_TESTS_POLICY_FILES_H

#include <stddef.h>

#include "base/err.h"
#include "domain/policy_merge.h"

/* The text of a file below the tree (CS_ROOT, else the working directory); ends the test when it is not there. */
char *read_tree_file(const char *path, size_t *len);

/* Loads from the tree's lib/policy, else tests/data/policies. */
extern const struct cs_policy_loader shipped;

#endif
