/* A fresh database in a file of its own, for tests that store. */
#ifndef CS_TESTS_DATABASE_H
#define CS_TESTS_DATABASE_H

#include <stdint.h>

#include "domain/effect.h"
#include "store/db.h"

/* Open for writing, meta row made (rehearsal). Released with its file by test_db_end. */
struct cs_db *test_db_begin(void);
const char *test_db_path(void);
void test_db_end(struct cs_db *db);
/* Folds record effects without an event (domain/fold.h), in a transaction of its own; fails the
   test. */
void test_db_record(struct cs_db *db, struct cs_effects *l);

#endif
