/* The event table: append, chain, walk, erase. */
#include "store/event.h"

#include <string.h>

#include "store/table.h"

static const char sql_last[] = "SELECT id, recorded_at, chain FROM event ORDER BY id DESC LIMIT 1";
static const char sql_append[] =
	"INSERT INTO event (id, about, subject, at, recorded_at, login, actor, step, edition, facts, private, chain) "
	"VALUES (:id, :about, :subject, :at, :recorded_at, :login, :actor, :step, :edition, :facts, :private, :chain)";
#define COLUMNS \
	"id, about, subject, at, recorded_at, login, actor, step, edition, facts, private, private_digest, chain"
static const char sql_walk[] = "SELECT " COLUMNS " FROM event WHERE id > :after ORDER BY id";
static const char sql_walk_back[] = "SELECT " COLUMNS " FROM event ORDER BY id DESC";
static const char sql_walk_subjects[] = "SELECT " COLUMNS " FROM event ORDER BY subject, about, id";
static const char sql_of[] = "SELECT " COLUMNS " FROM event WHERE subject = :subject AND about = :about ORDER BY id";
static const char sql_get[] = "SELECT " COLUMNS " FROM event WHERE id = :id";
static const char sql_last_step[] =
	"SELECT id, at, actor FROM event WHERE subject = :ticket AND about = 'ticket' AND id >= :since AND step = "
	":step "
	"ORDER BY id DESC LIMIT 1";
static const char sql_count[] = "SELECT count(*) FROM event";
static const char sql_erase[] =
	"UPDATE event SET private = NULL, private_digest = :digest WHERE id = :id AND private IS NOT NULL";

void cs_chain_genesis(const char *database_id, unsigned char out[CS_HASH_SIZE])
{
	struct cs_hash h;

	cs_hash_init(&h);
	cs_hash_text(&h, "csdesk");
	cs_hash_text(&h, database_id);
	cs_hash_end(&h, out);
}

static void digest_text(const char *text, unsigned char out[CS_HASH_SIZE])
{
	struct cs_hash h;

	cs_hash_init(&h);
	cs_hash_text(&h, text);
	cs_hash_end(&h, out);
}

static void hash_optional(struct cs_hash *h, int64_t v)
{
	if (v == CS_NULL)
		cs_hash_null(h);
	else
		cs_hash_int(h, v);
}

void cs_chain_next(const unsigned char head[CS_HASH_SIZE], const struct cs_event *ev, unsigned char out[CS_HASH_SIZE])
{
	unsigned char facts[CS_HASH_SIZE], private_part[CS_HASH_SIZE];
	struct cs_hash h;

	digest_text(ev->facts, facts);
	if (ev->private_part)
		digest_text(ev->private_part, private_part);
	else
		memcpy(private_part, ev->private_digest, CS_HASH_SIZE);
	cs_hash_init(&h);
	cs_hash_bytes(&h, head, CS_HASH_SIZE);
	cs_hash_int(&h, ev->id);
	cs_hash_text(&h, ev->about);
	cs_hash_int(&h, ev->subject);
	cs_hash_int(&h, ev->at);
	cs_hash_int(&h, ev->recorded_at);
	cs_hash_text(&h, ev->login);
	hash_optional(&h, ev->actor);
	cs_hash_text(&h, ev->step);
	hash_optional(&h, ev->edition);
	cs_hash_bytes(&h, facts, CS_HASH_SIZE);
	if (ev->private_part || ev->erased)
		cs_hash_bytes(&h, private_part, CS_HASH_SIZE);
	else
		cs_hash_null(&h);
	cs_hash_end(&h, out);
}

int cs_chain_load(struct cs_db *db, const char *database_id, struct cs_chain *c, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_last, e);
	size_t n = 0;
	const void *head;
	int rc = s ? cs_step(s, e) : -1;

	if (rc < 0)
		return -1;
	memset(c, 0, sizeof *c);
	if (rc == 0) {
		c->recorded_at = CS_NULL;
		cs_chain_genesis(database_id, c->head);
		return 0;
	}
	c->last_id = cs_col_int(s, 0);
	c->recorded_at = cs_col_int(s, 1);
	head = cs_col_blob(s, 2, &n);
	if (n == CS_HASH_SIZE)
		memcpy(c->head, head, CS_HASH_SIZE);
	cs_stmt_done(s);
	return n == CS_HASH_SIZE ? 0
				 : cs_fail(e, CS_IO, "event %lld: its chain value is damaged; run cs-check",
					   (long long)c->last_id);
}

int cs_event_append(struct cs_db *db, struct cs_chain *c, struct cs_event *ev, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_append, e);

	if (!s)
		return -1;
	ev->id = c->last_id + 1;
	if (c->recorded_at != CS_NULL && ev->recorded_at < c->recorded_at)
		ev->recorded_at = c->recorded_at;
	cs_chain_next(c->head, ev, ev->chain);
	cs_bind_int_at(s, 1, ev->id);
	cs_bind_text_at(s, 2, ev->about);
	cs_bind_int_at(s, 3, ev->subject);
	cs_bind_int_at(s, 4, ev->at);
	cs_bind_int_at(s, 5, ev->recorded_at);
	cs_bind_text_at(s, 6, ev->login);
	if (ev->actor != CS_NULL)
		cs_bind_int_at(s, 7, ev->actor);
	cs_bind_text_at(s, 8, ev->step);
	if (ev->edition != CS_NULL)
		cs_bind_int_at(s, 9, ev->edition);
	cs_bind_text_at(s, 10, ev->facts);
	cs_bind_text_at(s, 11, ev->private_part);
	cs_bind_blob_at(s, 12, ev->chain, CS_HASH_SIZE);
	if (cs_run(s, e) < 0)
		return -1;
	c->last_id = ev->id;
	c->recorded_at = ev->recorded_at;
	memcpy(c->head, ev->chain, CS_HASH_SIZE);
	return 0;
}

struct cs_stmt *cs_event_walk(struct cs_db *db, int64_t after_id, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_walk, e);

	if (s)
		cs_bind_int(s, ":after", after_id);
	return s;
}

struct cs_stmt *cs_event_of(struct cs_db *db, const char *about, int64_t subject, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_of, e);

	if (s) {
		cs_bind_int(s, ":subject", subject);
		cs_bind_text(s, ":about", about);
	}
	return s;
}

struct cs_stmt *cs_event_walk_back(struct cs_db *db, struct cs_err *e)
{
	return cs_db_prepare(db, sql_walk_back, e);
}

struct cs_stmt *cs_event_walk_subjects(struct cs_db *db, struct cs_err *e)
{
	return cs_db_prepare(db, sql_walk_subjects, e);
}

/* A NUL would hide what stands behind it from the hash. */
static bool has_nul(struct cs_stmt *s)
{
	static const int texts[] = {1, 5, 7, 9, 10};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		const char *text = cs_col_text(s, texts[i]);
		size_t n = 0;

		cs_col_blob(s, texts[i], &n);
		if (text && strlen(text) != n)
			return true;
	}
	return false;
}

int cs_event_next(struct cs_stmt *walk, struct cs_event *out, struct cs_err *e)
{
	int rc = cs_step(walk, e);
	size_t n = 0, chain_size = 0;
	const void *digest, *chain;

	if (rc != 1)
		return rc;
	memset(out, 0, sizeof *out);
	out->id = cs_col_int(walk, 0);
	out->about = cs_col_text(walk, 1);
	out->subject = cs_col_int(walk, 2);
	out->at = cs_col_int(walk, 3);
	out->recorded_at = cs_col_int(walk, 4);
	out->login = cs_col_text(walk, 5);
	out->actor = cs_col_number(walk, 6);
	out->step = cs_col_text(walk, 7);
	out->edition = cs_col_number(walk, 8);
	out->facts = cs_col_text(walk, 9);
	out->private_part = cs_col_text(walk, 10);
	digest = cs_col_blob(walk, 11, &n);
	out->erased = n == CS_HASH_SIZE;
	if (out->erased)
		memcpy(out->private_digest, digest, CS_HASH_SIZE);
	chain = cs_col_blob(walk, 12, &chain_size);
	if (chain_size == CS_HASH_SIZE)
		memcpy(out->chain, chain, CS_HASH_SIZE);
	if (chain_size != CS_HASH_SIZE)
		out->odd = "its chain value has not 32 bytes";
	else if (digest && (!out->erased || out->private_part))
		out->odd = "it has a digest of an erased part beside the part itself";
	else if (has_nul(walk))
		out->odd = "a text in it goes on behind a NUL";
	return 1;
}

int cs_event_get(struct cs_db *db, int64_t id, struct cs_arena *a, struct cs_event *out, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_get, e);
	int rc;

	if (!s)
		return -1;
	cs_bind_int(s, ":id", id);
	rc = cs_event_next(s, out, e);
	if (rc == 1) {
		out->about = cs_arena_strdup(a, out->about);
		out->login = cs_arena_strdup(a, out->login);
		out->step = cs_arena_strdup(a, out->step);
		out->facts = cs_arena_strdup(a, out->facts);
		out->private_part = cs_arena_strdup(a, out->private_part);
	}
	cs_stmt_done(s);
	return rc;
}

int cs_event_last_step(struct cs_db *db, int64_t ticket, const char *step, int64_t since, struct cs_event *out,
		       struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_last_step, e);
	int rc;

	if (!s)
		return -1;
	cs_bind_int(s, ":ticket", ticket);
	cs_bind_text(s, ":step", step);
	cs_bind_int(s, ":since", since);
	rc = cs_step(s, e);
	if (rc == 1) {
		memset(out, 0, sizeof *out);
		out->id = cs_col_int(s, 0);
		out->at = cs_col_int(s, 1);
		out->actor = cs_col_number(s, 2);
	}
	cs_stmt_done(s);
	return rc;
}

int64_t cs_event_count(struct cs_db *db, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_count, e);
	int64_t n = -1;

	if (s && cs_step(s, e) == 1)
		n = cs_col_int(s, 0);
	cs_stmt_done(s);
	return n;
}

int cs_event_erase(struct cs_db *db, int64_t id, struct cs_err *e)
{
	struct cs_arena a = {0};
	struct cs_event ev;
	unsigned char digest[CS_HASH_SIZE];
	struct cs_stmt *s;
	int rc = cs_event_get(db, id, &a, &ev, e);

	if (rc == 1 && ev.private_part) {
		digest_text(ev.private_part, digest);
		s = cs_db_prepare(db, sql_erase, e);
		if (s) {
			cs_bind_blob(s, ":digest", digest, sizeof digest);
			cs_bind_int(s, ":id", id);
		}
		rc = s ? cs_run(s, e) : -1;
	}
	cs_arena_free(&a);
	return rc < 0 ? -1 : 0;
}
