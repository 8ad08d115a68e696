/* Imports. Rows are read ahead of the lock, so that nobody waits for a slow producer; then taken in
   under it. */
#include "text/intake_file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "domain/access.h"
#include "domain/intake.h"
#include "store/ref.h"
#include "text/batch.h"
#include "text/desk.h"
#include "text/intake_read.h"
#include "text/process.h"
#include "text/rejects.h"
#include "text/spool.h"
#include "text/suspects.h"

enum { AHEAD_ROWS = 8192, AHEAD_BYTES = 4 << 20, MAP_MAX = 4 << 20 };

struct taken {
	int64_t *ticket; /* to be printed once committed; 0: would be new, or like one that would (dry run) */
	size_t count, size;
};
struct importing {
	const struct cs_cli *cli;
	const struct cs_intake_file *f;
	struct cs_session *s;
	struct cs_map *map;
	struct cs_intake_form form;
	struct cs_intake_reader *reader;
	struct cs_intake_run run;
	struct cs_rejects *rejects;
	struct cs_out *out;
	const char *name; /* of the file, for messages */
	int fd;
	struct cs_arena ahead;
	struct cs_intake_line *line;
	size_t count;
	struct cs_batch batch;
	struct cs_suspect_pool *pool; /* --similar */
	bool checking;                /* --strict: the file is only looked at yet */
	struct taken taken;
	uint64_t fresh, known, updated, refused, other_names, suspicious;
};

/* --- rows ------------------------------------------------------------------------------------- */

static void refuse(struct importing *im, const struct cs_intake_line *l, const char *why)
{
	im->refused++;
	cs_msg("%s:%" PRIu64 ": byte %" PRIu64 ": %s", im->name, l->line, l->byte, why);
	if (im->rejects)
		cs_rejects_put(im->rejects, l->raw, l->broken, l->line, l->byte, why);
}

/* Reads rows until there are enough for some batches. 1: there are rows, 0: the end, -1. */
static int read_ahead(struct importing *im, struct cs_err *e)
{
	uint64_t begin = 0;
	int rc = 1;

	cs_arena_reset(&im->ahead);
	im->count = 0;
	while (im->count < AHEAD_ROWS && !cs_process_interrupted()) {
		struct cs_intake_line *l = &im->line[im->count];

		rc = cs_intake_reader_next(im->reader, &im->ahead, l, e);
		if (rc <= 0)
			break;
		if (im->count++ == 0)
			begin = l->byte;
		if (l->byte - begin > AHEAD_BYTES)
			break;
	}
	if (cs_process_interrupted())
		return cs_process_ended(e);
	return rc < 0 ? cs_fail_in(e, "%s", im->name) : im->count > 0;
}

static bool is_of_row(enum cs_code code)
{
	return code == CS_REFUSED || code == CS_USAGE || code == CS_NOTFOUND;
}

static void remember(struct importing *im, int64_t ticket, enum cs_intake_outcome outcome)
{
	struct taken *t = &im->taken;

	im->other_names += im->run.who.called != NULL;
	im->fresh += outcome == CS_INTAKE_NEW;
	im->known += outcome == CS_INTAKE_KNOWN;
	im->updated += outcome == CS_INTAKE_UPDATED;
	if (t->count == t->size) {
		t->size = t->size ? t->size * 2 : AHEAD_ROWS;
		t->ticket = cs_realloc(t->ticket, t->size * sizeof *t->ticket);
	}
	t->ticket[t->count++] = im->s->dry_run && outcome == CS_INTAKE_NEW ? 0 : ticket;
}

/* A row whose ticket was merged: its later steps went elsewhere. */
static void tell_survivor(const struct importing *im, const struct cs_intake_line *l, int64_t ticket)
{
	char ref[CS_REF_SIZE], other[CS_REF_SIZE];

	if (im->run.survivor && !im->checking)
		cs_note("%s:%" PRIu64 ": %s is merged: the step is taken on %s", im->name, l->line,
			cs_ref_text(ticket, ref), cs_access_ref(im->s, im->run.survivor, other));
}

/* Those a new ticket may repeat. */
static int tell_suspects(struct importing *im, const struct cs_intake_line *l, int64_t ticket, struct cs_err *e)
{
	struct cs_buf lines = {0};
	struct cs_suspects found;
	char ref[CS_REF_SIZE];

	if (!cs_suspects_kind(im->s, l->row.kind))
		return 0;
	if (cs_suspects_find(im->s, ticket, CS_NULL, CS_INTAKE_SUSPECTS, im->pool, &found, e) < 0)
		return -1;
	if (found.count) {
		cs_suspects_lines(&found, im->s->dry_run ? "-" : cs_ref_text(ticket, ref), &lines);
		cs_note_lines(cs_arena_printf(&im->s->work, "%s:%" PRIu64 ": ", im->name, l->line), cs_buf_str(&lines));
		im->suspicious++;
	}
	cs_buf_free(&lines);
	return 0;
}

/* What was taken in: before the mark is given back, but whatever is said of it undoes nothing. */
static int compare(struct importing *im, const struct cs_intake_line *l, int64_t ticket, enum cs_intake_outcome outcome,
		   struct cs_err *e)
{
	if (!im->pool || im->checking)
		return 0;
	if (outcome == CS_INTAKE_UPDATED)
		cs_suspect_pool_clear(im->pool); /* its category may be another now */
	return outcome == CS_INTAKE_NEW ? tell_suspects(im, l, ticket, e) : 0;
}

static int take_line(struct importing *im, const struct cs_intake_line *l, struct cs_err *e)
{
	struct cs_err why = {0};
	struct cs_chain mark;
	enum cs_intake_outcome outcome;
	const bool plain = cs_intake_is_plain(&l->row);
	int64_t ticket = 0;

	if (l->bad) {
		refuse(im, l, l->bad);
		return 0;
	}
	cs_arena_reset(&im->s->work);
	if (!plain && cs_session_mark(im->s, &mark, e) < 0)
		return -1;
	if (cs_intake_take(im->s, &im->run, &l->row, &ticket, &outcome, &why) == 0) {
		remember(im, ticket, outcome);
		tell_survivor(im, l, ticket);
		return compare(im, l, ticket, outcome, e) < 0 ? -1 : plain ? 0 : cs_session_keep(im->s, e);
	}
	if (!is_of_row(why.code)) {
		*e = why;
		return cs_fail_in(e, "%s:%" PRIu64, im->name, l->line);
	}
	refuse(im, l, why.text);
	return plain ? 0 : cs_session_undo(im->s, &mark, e);
}

/* --- transactions ----------------------------------------------------------------------------- */

static int begin(struct importing *im, struct cs_err *e)
{
	if (cs_batch_begin(&im->batch, im->s, e) < 0)
		return -1;
	if (im->pool)
		cs_suspect_pool_begin(im->pool, im->s->chain.last_id);
	return cs_intake_begin(im->s, &im->run, e);
}

static void print_taken(struct importing *im)
{
	char ref[CS_REF_SIZE];

	for (size_t i = 0; i < im->taken.count; i++) {
		const struct cs_cell cell = cs_cell_text(
			im->taken.ticket[i] ? cs_ref_text(im->taken.ticket[i], ref) : "-");

		cs_out_row(im->out, &cell);
	}
	cs_out_flush(im->out);
	im->taken.count = 0;
}

/* Behind a batch, with the lock given back: what it refused is refused for good. */
static void write_rejects(struct importing *im)
{
	if (im->rejects)
		cs_rejects_write(im->rejects);
}

/* The end of a batch that is to stay. */
static int keep(struct importing *im, struct cs_err *e)
{
	if (cs_session_commit(im->s, e) < 0)
		return -1;
	if (im->pool)
		cs_suspect_pool_commit(im->pool, im->s->chain.last_id);
	write_rejects(im);
	print_taken(im);
	return 0;
}

/* The end of a batch that was only to be checked. */
static void undo(struct importing *im)
{
	cs_session_rollback(im->s);
	if (im->pool)
		cs_suspect_pool_clear(im->pool);
	write_rejects(im);
	im->run.id = 0; /* undone with the rest */
	if (im->f->strict)
		im->fresh = im->known = im->updated = im->other_names = im->suspicious = im->taken.count = 0;
	else
		print_taken(im);
}

/* What was read ahead, in as many transactions as it takes. */
static int take_batches(struct importing *im, bool kept, struct cs_err *e)
{
	size_t i = 0;

	while (i < im->count) {
		if (begin(im, e) < 0)
			return -1;
		do {
			if (take_line(im, &im->line[i++], e) < 0)
				return -1;
		} while (i < im->count && !cs_batch_full(&im->batch));
		if (!kept)
			undo(im);
		else if (keep(im, e) < 0)
			return -1;
		if (cs_batch_pause(&im->batch, im->s, e) < 0)
			return -1;
	}
	return 0;
}

/* Every row under its rules; what it makes is kept, or (not kept) only checked. */
static int stream(struct importing *im, bool kept, struct cs_err *e)
{
	int rc;

	while ((rc = read_ahead(im, e)) == 1 && (rc = take_batches(im, kept, e)) == 0)
		;
	return rc;
}

/* All rows in one transaction: --strict. One that is refused only now undoes all; the rest is only looked at. */
static int take_whole(struct importing *im, struct cs_err *e)
{
	int rc;

	if (begin(im, e) < 0)
		return -1;
	while ((rc = read_ahead(im, e)) == 1) {
		for (size_t i = 0; i < im->count; i++)
			if (take_line(im, &im->line[i], e) < 0)
				return -1;
		if (im->refused) {
			undo(im);
			return stream(im, false, e);
		}
	}
	return rc < 0 ? -1 : keep(im, e);
}

static int reopen(struct importing *im, struct cs_err *e)
{
	cs_intake_reader_free(im->reader);
	im->reader = NULL;
	if (lseek(im->fd, 0, SEEK_SET) < 0)
		return cs_fail(e, CS_IO, "%s: %s", im->name, strerror(errno));
	return cs_intake_reader_open(im->fd, &im->form, im->s, &im->reader, e) < 0
		       ? cs_fail_in(e, "%s", im->name)
		       : 0;
}

/* First the whole file is looked at; then all its rows are taken, or none. */
static int strict(struct importing *im, struct cs_err *e)
{
	int rc;

	im->checking = true;
	rc = stream(im, false, e);
	im->checking = false;
	if (rc < 0 || im->refused)
		return rc;
	return reopen(im, e) < 0 ? -1 : take_whole(im, e);
}

/* --- opening ---------------------------------------------------------------------------------- */

static int read_file(const char *path, struct cs_buf *out, struct cs_err *e)
{
	FILE *f = fopen(path, "rb");
	char part[65536];
	size_t n;
	int failed;

	if (!f)
		return cs_fail(e, errno == ENOENT ? CS_NOTFOUND : CS_IO, "--map %s: %s", path,
			       strerror(errno));
	while (out->len <= MAP_MAX && (n = fread(part, 1, sizeof part, f)) > 0)
		cs_buf_add(out, part, n);
	failed = ferror(f) ? errno : 0;
	fclose(f);
	if (failed)
		return cs_fail(e, CS_IO, "--map %s: %s", path, strerror(failed));
	return out->len > MAP_MAX ? cs_fail(e, CS_BADDATA, "--map %s: more than 4 MiB", path) : 0;
}

static int open_map(struct importing *im, struct cs_err *e)
{
	struct cs_faults faults = {0};
	struct cs_buf text = {0};
	int rc = 0;

	if (im->f->map) {
		rc = read_file(im->f->map, &text, e);
		if (rc == 0) {
			rc = cs_map_read(cs_buf_str(&text), text.len, im->s->policy, &faults,
					 &im->map, e);
			for (size_t i = 0; i < faults.count; i++)
				cs_msg("%s: %s", im->f->map, faults.item[i]);
			if (rc < 0)
				cs_fail_in(e, "%s", im->f->map);
		}
	}
	cs_faults_free(&faults);
	cs_buf_free(&text);
	return rc;
}

static int open_file(struct importing *im, struct cs_err *e)
{
	const char *path = im->form.jsonl ? im->f->jsonl : im->f->csv;

	im->name = strcmp(path, "-") == 0 ? "stdin" : path;
	im->fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	if (im->fd < 0 && errno == ENOENT)
		return cs_fail(e, CS_NOTFOUND, "%s: %s", path, strerror(errno));
	if (im->fd < 0) {
		cs_process_io_failed(e);
		return cs_fail_in(e, "%s", path);
	}
	return im->f->strict ? cs_spool(&im->fd, im->name, e) : 0;
}

static int open_rejects(struct importing *im, struct cs_err *e)
{
	const struct cs_rejects_form form = {
		.jsonl = im->form.jsonl,
		.header = cs_intake_reader_header(im->reader),
		.delimiter = cs_intake_reader_delimiter(im->reader),
		.encoding = im->f->encoding ? im->f->encoding : im->map ? im->map->encoding : NULL,
	};

	return cs_rejects_open(im->f->rejects, &form, &im->rejects, e);
}

static int prepare(struct importing *im, struct cs_err *e)
{
	const struct cs_intake_file *f = im->f;

	if (cs_session_need_policy(im->s, e) < 0 || open_map(im, e) < 0)
		return -1;
	im->run.source = f->source ? f->source : im->map ? im->map->source : NULL;
	im->run.history = f->history || (im->map && im->map->history);
	im->run.update = f->update;
	if (im->map)
		im->run.closes_with = im->map->closes_with;
	if (!im->run.source || !*im->run.source)
		return cs_fail(
			e, CS_USAGE,
			"say where the rows' keys come from: --source NAME (or the map's word "
			"source)");
	if (im->run.history && !im->s->admin)
		return cs_fail(e, CS_DENIED, "only the post admin imports history");
	im->form.jsonl = f->jsonl != NULL;
	im->form.map = im->map;
	im->form.encoding = f->encoding;
	im->form.history = im->run.history;
	im->form.raw = f->rejects != NULL;
	if (open_file(im, e) < 0)
		return -1;
	if (cs_intake_reader_open(im->fd, &im->form, im->s, &im->reader, e) < 0)
		return cs_fail_in(e, "%s", im->name);
	if (f->update && !cs_intake_reader_has_key(im->reader))
		return cs_fail(
			e, CS_USAGE,
			"--update needs a column source_key: without one a changed row is another "
			"row");
	if (f->rejects && !im->s->dry_run && open_rejects(im, e) < 0)
		return -1;
	im->pool = f->similar ? cs_suspect_pool_new() : NULL;
	im->line = cs_alloc(AHEAD_ROWS * sizeof *im->line);
	return cs_db_bulk(im->s->db, e);
}

/* --- the end ---------------------------------------------------------------------------------- */

static void sum_up(const struct importing *im)
{
	uint64_t twice, skipped;

	cs_intake_reader_doubts(im->reader, &twice, &skipped);
	cs_note("%s: %" PRIu64 " new, %" PRIu64 " known%s, %" PRIu64 " updated, %" PRIu64
		" refused",
		im->name, im->fresh, im->known, im->f->update ? " and unchanged" : "", im->updated,
		im->refused);
	if (twice)
		cs_note("%s: %" PRIu64
			" local times come twice at a clock change; the earlier was taken",
			im->name, twice);
	if (skipped)
		cs_note("%s: %" PRIu64
			" local times are skipped by a clock change; moved on by the gap",
			im->name, skipped);
	if (im->other_names)
		cs_note("%s: %" PRIu64
			" rows give a customer another name than the one known; their tickets say it",
			im->name, im->other_names);
	if (im->f->similar)
		cs_note("%s: %" PRIu64 " may repeat others", im->name, im->suspicious);
	if (im->f->strict && im->refused)
		cs_msg("nothing was taken in: --strict wants every row good");
}

static int finish(struct importing *im, int rc, struct cs_err *e)
{
	bool done = im->fresh + im->updated > 0 && !im->s->dry_run;

	cs_session_rollback(im->s); /* what failed: nobody waits for what is said about it */
	if (rc < 0 && !im->s->dry_run && im->fresh + im->updated + im->known > im->taken.count)
		cs_msg("%s: %" PRIu64 " rows are committed; the same command goes on from there",
		       im->name, im->fresh + im->updated + im->known - im->taken.count);
	if (rc == 0 && im->reader)
		sum_up(im);
	if (cs_rejects_close(im->rejects, rc == 0, rc == 0 ? e : NULL) < 0)
		rc = -1;
	if (cs_out_close(im->out, rc == 0 ? e : NULL) < 0 && rc == 0) {
		rc = -1;
		if (done)
			cs_fail_in(e,
				   "%" PRIu64
				   " rows are committed, but not every reference could be printed",
				   im->fresh + im->updated + im->known);
	}
	if (rc < 0)
		return -1;
	return im->refused ? cs_err_exit(CS_REFUSED) : 0;
}

static void release(struct importing *im)
{
	cs_session_rollback(im->s);
	cs_intake_reader_free(im->reader);
	cs_map_free(im->map);
	cs_suspect_pool_free(im->pool);
	cs_arena_free(&im->ahead);
	free(im->line);
	free(im->taken.ticket);
	if (im->fd > STDERR_FILENO)
		close(im->fd);
	cs_session_close(im->s);
}

int cs_intake_file(const struct cs_cli *cli, const struct cs_intake_file *f, struct cs_err *e)
{
	static const struct cs_column columns[] = {{"reference", "reference", false}};
	struct importing im = {.cli = cli, .f = f, .fd = -1};
	int rc;

	if (f->csv && f->jsonl)
		return cs_fail(e, CS_USAGE, "--csv or --jsonl, one of them");
	if (f->jsonl && (f->map || f->encoding))
		return cs_fail(
			e, CS_USAGE,
			"--map and --encoding are for --csv; JSON lines have the standard names and "
			"are UTF-8");
	if (cli->common.at)
		return cs_fail(e, CS_USAGE,
			       "--at is for one ticket; rows have their column opened_at");
	if (cli->common.key)
		return cs_fail(
			e, CS_USAGE,
			"--key is for one ticket; a row has its source_key and is taken in once");
	if (cs_desk_open(cli, CS_DB_WRITE, f->history ? CS_RIGHT_ADMIN : CS_RIGHT_STAFF, &im.s, e) <
	    0)
		return -1;
	rc = prepare(&im, e);
	if (rc == 0) {
		im.out = cs_out_open(stdout, cli->common.format, columns, 1);
		cs_out_set_writer(im.out);
		rc = f->strict ? strict(&im, e) : stream(&im, !im.s->dry_run, e);
	}
	rc = finish(&im, rc, e);
	release(&im);
	return rc;
}

int cs_intake_file_any(const struct cs_intake_file *f, struct cs_err *e)
{
	if (f->map || f->source || f->encoding || f->rejects || f->history || f->update || f->strict || f->similar)
		return cs_fail(e, CS_USAGE, "--%s is for imports: --csv FILE or --jsonl FILE",
			       f->map        ? "map"
			       : f->source   ? "source"
			       : f->encoding ? "encoding"
			       : f->rejects  ? "rejects"
			       : f->history  ? "history"
			       : f->update   ? "update"
			       : f->strict   ? "strict"
					     : "similar");
	return 0;
}

int cs_intake_typed_any(const struct cs_intake_typed *t, struct cs_err *e)
{
	const struct {
		const char *name, *text;
	} given[] = {
		{"kind", t->kind},
		{"channel", t->channel},
		{"category", t->category},
		{"subject", t->subject},
		{"body", t->body},
		{"customer", t->customer},
		{"phone", t->phone},
		{"premises", t->premises},
		{"unit", t->unit},
		{"accepting", t->accepting},
		{"priority", t->priority},
		{"capacity", t->capacity},
		{"for", t->of},
		{"also", t->also.count ? t->also.item[0] : NULL},
		{"due", t->due},
		{"note", t->note},
		{"set", t->set.count ? t->set.item[0] : NULL},
		{"row", t->row.count ? t->row.item[0] : NULL},
		{"evidence", t->evidence.count ? t->evidence.item[0] : NULL},
	};

	for (size_t i = 0; i < sizeof given / sizeof *given; i++)
		if (given[i].text)
			return cs_fail(
				e, CS_USAGE,
				"--%s describes one ticket; rows of a file have a column for it, or the "
				"map a constant",
				given[i].name);
	return 0;
}
