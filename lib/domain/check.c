/* The whole check: chain, records, outbox, tickets, editions, imports, file. */
#include "domain/check.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "domain/checking.h"
#include "domain/closing.h"
#include "domain/edition.h"
#include "store/meta.h"
#include "store/orphan.h"
#include "store/ref.h"

void cs_check_fault(struct cs_check *c, const char *fmt, ...)
{
	char *line = NULL;
	va_list ap;

	va_start(ap, fmt);
	if (vasprintf(&line, fmt, ap) < 0)
		cs_oom();
	va_end(ap);
	c->faults++;
	c->fault(c->arg, line);
	free(line);
}

/* Tickets by their reference, all else by the columns of the key. */
static void put_key(const struct cs_table *t, const void *row, struct cs_buf *out)
{
	char ref[CS_REF_SIZE];
	bool first = true;

	cs_buf_printf(out, "%s ", t->name);
	for (size_t i = 0; i < t->column_count; i++) {
		const struct cs_table_column *col = &t->column[i];

		if (!col->key)
			continue;
		cs_buf_puts(out, first ? "" : ", ");
		first = false;
		if (col->type == CS_COL_TEXT)
			cs_buf_puts(out, cs_row_text(col, row) ? cs_row_text(col, row) : "");
		else if (cs_row_int(col, row) >= cs_ref_first(0))
			cs_buf_puts(out, cs_ref_text(cs_row_int(col, row), ref));
		else
			cs_buf_int(out, cs_row_int(col, row));
	}
}

static void put_value(const struct cs_table_column *col, const void *row, struct cs_buf *out)
{
	char shown[CS_ERR_SHOWN];

	if (col->type == CS_COL_TEXT)
		cs_buf_puts(out, cs_row_text(col, row) ? cs_err_show(cs_row_text(col, row), shown)
						       : "nothing");
	else if (cs_row_int(col, row) == CS_NULL)
		cs_buf_puts(out, "nothing");
	else
		cs_buf_int(out, cs_row_int(col, row));
}

void cs_check_differs(struct cs_check *c, const struct cs_table *t,
		      const struct cs_table_column *col, const void *stored, const void *told)
{
	struct cs_buf b = {0};

	put_key(t, stored, &b);
	cs_buf_printf(&b, ": %s: ", col->name);
	if (col->personal)
		cs_buf_puts(&b, "not what the history says (personal, not shown)");
	else {
		cs_buf_puts(&b, "stored ");
		put_value(col, stored, &b);
		cs_buf_puts(&b, ", history says ");
		put_value(col, told, &b);
	}
	cs_check_fault(c, "%s", b.data);
	cs_buf_free(&b);
}

void cs_check_row(struct cs_check *c, const struct cs_table *t, const void *row, const char *why)
{
	struct cs_buf b = {0};

	put_key(t, row, &b);
	cs_check_fault(c, "%s: %s", b.data, why);
	cs_buf_free(&b);
}

/* What the events of an edition say: the first loaded it, a later one may have brought the approval. */
struct recorded {
	const char *word[3], *approved; /* name, edition, digest */
};

static int read_edition(struct cs_check *c, int64_t id, struct cs_arena *a, struct recorded *r, struct cs_err *e)
{
	static const char *const words[] = {"policy", "edition", "digest"};
	struct cs_stmt *walk = cs_event_of(c->db, "policy", id, e);
	struct cs_event ev;
	int rc;

	while ((rc = walk ? cs_event_next(walk, &ev, e) : -1) == 1) {
		struct cs_effects l = {.arena = a};

		if (cs_effects_read(&l, ev.facts, ev.private_part, NULL) < 0)
			continue; /* the chain says so already */
		for (size_t i = 0; i < l.count; i++)
			for (size_t w = 0; w < 3; w++)
				if (l.effect[i].op == CS_OP_NOTE && cs_arg_text(&l.effect[i], 0) && !r->word[w] &&
				    strcmp(cs_arg_text(&l.effect[i], 0), words[w]) == 0)
					r->word[w] = cs_arg_text(&l.effect[i], 1);
		if (cs_effects_text(&l, cs_edition_approver))
			r->approved = cs_effects_text(&l, cs_edition_approver);
	}
	return rc;
}

static int check_edition(struct cs_check *c, int64_t id, struct cs_arena *a, struct cs_err *e)
{
	char digest[2 * CS_HASH_SIZE + 1];
	struct recorded r = {.approved = NULL};
	const char *const *recorded = r.word;
	struct cs_edition ed;

	if (read_edition(c, id, a, &r, e) < 0 || cs_edition_get(c->db, id, a, &ed, e) < 0)
		return -1;
	if (!recorded[0] || !recorded[1] || !recorded[2]) {
		cs_check_fault(c, "policy %lld: nobody recorded this edition", (long long)id);
		return 0;
	}
	cs_edition_digest(ed.text, strlen(ed.text), digest);
	if (strcmp(digest, recorded[2]) != 0)
		cs_check_fault(c, "policy %lld: text: its digest is %s, history says %s",
			       (long long)id, digest, recorded[2]);
	if (strcmp(ed.digest, recorded[2]) != 0)
		cs_check_fault(c, "policy %lld: digest: stored %s, history says %s", (long long)id,
			       ed.digest, recorded[2]);
	if (strcmp(ed.name, recorded[0]) != 0 || strcmp(ed.edition, recorded[1]) != 0)
		cs_check_fault(c, "policy %lld: stored %s %s, history says %s %s", (long long)id,
			       ed.name, ed.edition, recorded[0], recorded[1]);
	if (strcmp(ed.approved_by ? ed.approved_by : "", r.approved ? r.approved : "") != 0)
		cs_check_fault(c, "policy %lld: approved_by: stored %s, history says %s", (long long)id,
			       ed.approved_by ? ed.approved_by : "nobody", r.approved ? r.approved : "nobody");
	return 0;
}

static int check_editions(struct cs_check *c, struct cs_err *e)
{
	struct cs_arena a = {0};
	struct cs_edition *list;
	size_t n = 0;
	int rc = cs_edition_list(c->db, &a, &list, &n, e);

	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = check_edition(c, list[i].id, &a, e);
	cs_arena_free(&a);
	return rc;
}

static int check_closed(struct cs_check *c, struct cs_err *e)
{
	struct cs_report_close_row row = {.id = 0};
	struct cs_arena a = {0};
	const char *why;
	int rc;

	while ((rc = cs_report_close_next(c->db, row.id, &a, &row, e)) == 1) {
		rc = cs_closing_check(c->db, &row, &a, &why, e);
		if (rc < 0)
			break;
		if (rc == 0)
			cs_check_fault(c, "report_close %lld (%s %s): %s", (long long)row.id, row.name,
				       row.period, why);
		cs_arena_reset(&a);
	}
	cs_arena_free(&a);
	return rc;
}

static int check_imports(struct cs_check *c, struct cs_err *e)
{
	struct cs_stmt *walk = cs_orphan_imports(c->db, e);
	const char *source;
	int64_t ticket;
	char ref[CS_REF_SIZE];
	int rc = -1;

	while (walk && (rc = cs_orphan_next(walk, &source, &ticket, e)) == 1)
		cs_check_fault(c, "intake_row of %s: ticket %s is not there", source,
			       cs_ref_text(ticket, ref));
	return rc;
}

int cs_check_file(struct cs_check *c, struct cs_err *e)
{
	struct cs_faults faults = {0};
	int rc = cs_db_integrity(c->db, &faults, e);

	for (size_t i = 0; i < faults.count; i++)
		cs_check_fault(c, "%s", faults.item[i]);
	c->file_faults = faults.count;
	cs_faults_free(&faults);
	return rc;
}

int cs_check_run(struct cs_check *c, struct cs_err *e)
{
	int rc = cs_db_begin_read(c->db, e);

	if (rc == 0 &&
	    (cs_check_file(c, e) < 0 || cs_check_chain(c, e) < 0 || cs_check_tickets(c, e) < 0 ||
	     check_editions(c, e) < 0 || check_closed(c, e) < 0 || cs_check_counters(c, e) < 0 ||
	     check_imports(c, e) < 0))
		rc = -1;
	cs_db_rollback(c->db);
	return rc;
}
