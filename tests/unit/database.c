#include "database.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "domain/fold.h"
#include "store/meta.h"

static char folder[] = "/tmp/csdesk-test-XXXXXX";
static char path[64];

struct cs_db *test_db_begin(void)
{
	const struct cs_meta meta = {.database_id = "00112233445566778899aabbccddeeff",
				     .rehearsal = true,
				     .seed = "test"};
	struct cs_db *db = NULL;
	struct cs_err e = {0};
	int before;

	snprintf(folder, sizeof folder, "/tmp/csdesk-test-XXXXXX");
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/desk.db", folder);
	if (cs_db_create(path, &db, &before, &e) < 0 || cs_meta_create(db, &meta, &e) < 0)
		fail_msg("%s", e.text);
	return db;
}

const char *test_db_path(void)
{
	return path;
}

void test_db_end(struct cs_db *db)
{
	cs_db_close(db);
	unlink(path);
	rmdir(folder);
}

void test_db_record(struct cs_db *db, struct cs_effects *l)
{
	const struct cs_event ev = {.id = 1, .about = "test"};
	struct cs_err e = {0};

	if (cs_db_begin(db, &e) < 0 || cs_fold_rest(db, &ev, l, &e) < 0 || cs_db_commit(db, &e) < 0)
		fail_msg("%s", e.text);
	cs_effects_clear(l);
}
