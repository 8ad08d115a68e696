/* Printing suspects. */
#include "text/suspects.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/ref.h"
#include "text/desk.h"
#include "text/process.h"

static const char *const why[CS_SAME_COUNT] = {"same customer", "same premises", "same unit and category"};

static void put_why(const struct cs_suspect *one, struct cs_buf *out)
{
	const char *between = "";

	for (int i = 0; i < CS_SAME_COUNT; i++)
		if (one->same[i]) {
			cs_buf_printf(out, "%s%s", between, why[i]);
			between = ", ";
		}
}

static void put_words(const struct cs_suspect *one, struct cs_buf *out)
{
	for (size_t i = 0; i < one->word_count; i++)
		cs_buf_printf(out, "%s%s", i ? ", " : "", one->word[i]);
}

void cs_suspects_lines(const struct cs_suspects *l, const char *ref, struct cs_buf *out)
{
	char other[CS_REF_SIZE];

	for (size_t i = 0; i < l->count; i++) {
		const struct cs_suspect *one = &l->list[i];

		cs_buf_printf(out, "%s may repeat %s: %d of 100, ", ref, cs_ref_text(one->ticket, other), one->score);
		put_why(one, out);
		cs_buf_puts(out, one->word_count ? "; " : "");
		put_words(one, out);
		cs_buf_putc(out, '\n');
	}
	if (l->found > l->count)
		cs_buf_printf(out, "%s may repeat %zu more: cs-decide similar %s\n", ref, l->found - l->count, ref);
	if (l->cut)
		cs_buf_printf(out, "%s was compared with the newest %d only: there are older ones\n", ref, CS_SUSPECTS_MOST);
}

void cs_suspects_json(const struct cs_suspects *l, struct cs_buf *out)
{
	char other[CS_REF_SIZE];

	cs_buf_putc(out, '[');
	for (size_t i = 0; i < l->count; i++) {
		const struct cs_suspect *one = &l->list[i];
		const char *between = "";

		cs_buf_printf(out, "%s{\"reference\":\"%s\",\"score\":%d,\"why\":[", i ? "," : "",
			      cs_ref_text(one->ticket, other), one->score);
		for (int k = 0; k < CS_SAME_COUNT; k++)
			if (one->same[k]) {
				cs_buf_puts(out, between);
				cs_buf_json(out, why[k]);
				between = ",";
			}
		cs_buf_puts(out, "],\"words\":[");
		for (size_t k = 0; k < one->word_count; k++) {
			cs_buf_puts(out, k ? "," : "");
			cs_buf_json(out, one->word[k]);
		}
		cs_buf_puts(out, "]}");
	}
	cs_buf_putc(out, ']');
}

/* --- cs-decide similar ------------------------------------------------------------------------ */

struct listing {
	struct cs_session *s;
	struct cs_out *out;
	int64_t score;
	size_t limit;
};

static const struct cs_column columns[] = {
	{"ref", NULL, false},   {"score", NULL, true},    {"why", NULL, false}, {"words", NULL, false},
	{"state", NULL, false}, {"subject", NULL, false}, {"of", NULL, false},
};

static int put_row(struct listing *l, const struct cs_suspect *one, const char *of, struct cs_err *e)
{
	struct cs_buf reason = {0}, words = {0};
	struct cs_ticket_row t = {0};
	char ref[CS_REF_SIZE];
	int rc = cs_table_find(l->s->db, &cs_ticket_table, one->ticket, &l->s->work, &t, e);

	if (rc >= 0) {
		put_why(one, &reason);
		put_words(one, &words);
		rc = cs_out_row(l->out, (struct cs_cell[]){cs_cell_text(cs_ref_text(one->ticket, ref)), cs_cell_int(one->score),
							   cs_cell_text(cs_buf_str(&reason)),
							   words.len ? cs_cell_text(words.data) : cs_cell_null(),
							   cs_cell_text(t.state), cs_cell_text(t.subject), cs_cell_text(of)});
		rc = rc < 0 ? 1 : 0; /* whoever read the output has gone: said when it is closed */
	}
	cs_buf_free(&reason);
	cs_buf_free(&words);
	return rc;
}

/* 0, 1: nobody reads on, -1. */
static int list_one(struct listing *l, int64_t ticket, struct cs_err *e)
{
	struct cs_suspects found;
	char of[CS_REF_SIZE];
	int rc = 0;

	cs_arena_reset(&l->s->work);
	cs_ref_text(ticket, of);
	if (cs_suspects_find(l->s, ticket, l->score, l->limit, NULL, &found, e) < 0)
		return -1;
	for (size_t i = 0; i < found.count && rc == 0; i++)
		rc = put_row(l, &found.list[i], of, e);
	if (found.found > found.count)
		cs_note("%s: %zu more reach the score (--limit)", of, found.found - found.count);
	if (found.cut)
		cs_note("%s: compared with the newest %d only: there are older ones", of, CS_SUSPECTS_MOST);
	return rc;
}

static int list_all(struct listing *l, const struct cs_texts *refs, struct cs_err *e)
{
	struct cs_ref *list;
	size_t count;
	int rc = 0;

	if (cs_db_begin_read(l->s->db, e) < 0)
		return -1;
	list = cs_refs_choose(refs, &count);
	for (size_t i = 0; i < count; i++) {
		struct cs_err bad = {0};
		int64_t ticket;
		int one = cs_desk_ref(l->s, refs->item[list[i].place], &ticket, &bad);

		if (one < 0 && (count == 1 || (bad.code != CS_USAGE && bad.code != CS_NOTFOUND))) {
			*e = bad;
			rc = -1;
			break;
		}
		if (one < 0) {
			cs_msg("%s", bad.text);
			rc = cs_err_exit(CS_REFUSED);
			continue;
		}
		one = list_one(l, ticket, e);
		if (one != 0) {
			rc = one < 0 ? -1 : rc;
			break;
		}
	}
	free(list);
	cs_db_rollback(l->s->db);
	return rc;
}

int cs_suspects_run(struct cs_cli *cli, const struct cs_suspects_options *o, struct cs_err *e)
{
	struct listing l = {.score = o->score ? o->score : CS_NULL, .limit = (size_t)o->limit};
	struct cs_texts refs = {0};
	int rc = -1;

	if (cs_cli_refs(cli, 0, &refs, e) < 0 || cs_desk_open(cli, CS_DB_READ, CS_RIGHT_STAFF, &l.s, e) < 0)
		goto out;
	l.out = cs_out_open(stdout, cli->common.format, columns, sizeof columns / sizeof *columns);
	rc = list_all(&l, &refs, e);
	if (cs_out_close(l.out, rc < 0 ? NULL : e) < 0)
		rc = -1;
out:
	cs_session_close(l.s);
	cs_texts_free(&refs);
	return rc;
}
