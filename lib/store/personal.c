/* The personal columns. */
#include "store/personal.h"

#include <string.h>

#include "base/mem.h"

const struct cs_personal_column cs_personal_columns[] = {
	{"person", "name", CS_PERSONAL_RECORD},         {"person", "phone", CS_PERSONAL_RECORD},
	{"person", "customer_key", CS_PERSONAL_RECORD}, {"premises", "address", CS_PERSONAL_RECORD},
	{"event", "private", CS_PERSONAL_EVENT},        {"ticket", "subject", CS_PERSONAL_FOLDED},
	{"ticket", "texts", CS_PERSONAL_FOLDED},        {"ticket_key", "value", CS_PERSONAL_FOLDED},
	{"ticket_row", "texts", CS_PERSONAL_FOLDED},    {"party", "name", CS_PERSONAL_FOLDED},
	{"evidence", "signer", CS_PERSONAL_FOLDED},     {"evidence", "kept", CS_PERSONAL_FOLDED},
	{"likeness", "grams", CS_PERSONAL_FOLDED},      {"callback", "answers", CS_PERSONAL_FOLDED},
	{"notice", "text", CS_PERSONAL_CLEARED},        {"intake_row", "key", CS_PERSONAL_CLEARED},
	{"intake_row", "digest", CS_PERSONAL_CLEARED},  {"staff", "name", CS_PERSONAL_STAFF},
	{"staff", "phone", CS_PERSONAL_STAFF},          {"staff_record", "note", CS_PERSONAL_STAFF},
};
const size_t cs_personal_count = sizeof cs_personal_columns / sizeof *cs_personal_columns;

static const char sql_notices[] =
	"UPDATE notice SET text = NULL WHERE ticket = :ticket AND text IS NOT NULL";
/* An empty digest, not the look of the key, tells what was replaced already. */
static const char sql_rows[] =
	"SELECT source, key FROM intake_row WHERE ticket = :ticket AND digest <> ''";
static const char sql_row[] =
	"UPDATE intake_row SET key = :new_key, digest = '' WHERE source = :source AND key = :key";

static const char sql_keys[] =
	"SELECT 1 FROM intake_row WHERE source = :source AND key >= '~' LIMIT 1";

char *cs_personal_key(const char *database_id, const char *key, char out[CS_PERSONAL_KEY_SIZE])
{
	unsigned char sum[CS_HASH_SIZE];

	cs_hash_keyed(sum, key, strlen(key), database_id, strlen(database_id));
	out[0] = '~';
	cs_hex(sum, sizeof sum, out + 1);
	return out;
}

static int clear_row(struct cs_db *db, const char *database_id, const char *source, const char *key,
		     struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_row, e);
	char erased[CS_PERSONAL_KEY_SIZE];

	if (!s)
		return -1;
	cs_bind_text(s, ":new_key", cs_personal_key(database_id, key, erased));
	cs_bind_text(s, ":source", source);
	cs_bind_text(s, ":key", key);
	return cs_run(s, e);
}

/* Mostly one row, by an index; each round begins anew because the last one changed the table. */
static int clear_rows(struct cs_db *db, const char *database_id, int64_t ticket, struct cs_err *e)
{
	struct cs_arena a = {0};
	int rc;

	do {
		const char *source = NULL, *key = NULL;
		struct cs_stmt *s = cs_db_prepare(db, sql_rows, e);

		if (s)
			cs_bind_int(s, ":ticket", ticket);
		rc = s ? cs_step(s, e) : -1;
		if (rc == 1) {
			source = cs_arena_strdup(&a, cs_col_text(s, 0));
			key = cs_arena_strdup(&a, cs_col_text(s, 1));
		}
		cs_stmt_done(s);
		if (rc == 1 && clear_row(db, database_id, source, key, e) < 0)
			rc = -1;
	} while (rc == 1);
	cs_arena_free(&a);
	return rc;
}

int cs_personal_clear(struct cs_db *db, const char *database_id, int64_t ticket, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_notices, e);

	if (!s)
		return -1;
	cs_bind_int(s, ":ticket", ticket);
	return cs_run(s, e) < 0 ? -1 : clear_rows(db, database_id, ticket, e);
}

int cs_personal_keys(struct cs_db *db, const char *source, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_keys, e);
	int rc;

	if (!s)
		return -1;
	cs_bind_text(s, ":source", source);
	rc = cs_step(s, e);
	cs_stmt_done(s);
	return rc;
}
