/* Erasure: every personal column of a person's tickets, in the file too; what others have stays;
   the chain verifies. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "desk.h"
#include "domain/callback.h"
#include "domain/customer.h"
#include "domain/erase.h"
#include "domain/fold.h"
#include "domain/sample.h"
#include "domain/similar.h"
#include "store/meta.h"
#include "store/personal.h"

static int begin(void **state)
{
	(void)state;
	desk_begin();
	return 0;
}

static int end(void **state)
{
	(void)state;
	desk_end();
	return 0;
}

static void must(int rc, const struct cs_err *e)
{
	if (rc < 0)
		fail_msg("%s", e->text);
}

static char kept_words[CS_LIKENESS_TEXT]; /* filled when the ticket is made */

/* One marker for each column that an erasure must clear, with the column it is put into. */
static const struct {
	const char *marker, *column;
} markers[] = {
	{"ZEBRAname", "person.name"},        {"ZEBRAkey", "person.customer_key"},  {"78787878787", "person.phone"},
	{"ZEBRAstreet", "premises.address"}, {"ZEBRAsubject", "ticket.subject"},   {"ZEBRAbody", "ticket.texts"},
	{"ZEBRAfound", "ticket_key.value"},  {"ZEBRAcell", "ticket_row.texts"},    {"ZEBRAsigner", "evidence.signer"},
	{"ZEBRAkept", "evidence.kept"},      {"ZEBRAanswer", "callback.answers"},  {"ZEBRAnotice", "notice.text"},
	{"ZEBRArow", "intake_row.key"},      {"ZEBRAdigest", "intake_row.digest"}, {"ZEBRAnote", "event.private"},
	{"ZEBRAcalled", "party.name"},       {kept_words, "likeness.grams"},
};
enum { MARKERS = sizeof markers / sizeof *markers };

static void every_column_has_a_marker(void **state)
{
	char name[64];
	size_t erased = 0;

	(void)state;
	for (size_t i = 0; i < cs_personal_count; i++) {
		size_t k = 0;

		if (cs_personal_columns[i].by == CS_PERSONAL_STAFF)
			continue;
		erased++;
		snprintf(name, sizeof name, "%s.%s", cs_personal_columns[i].table,
			 cs_personal_columns[i].column);
		while (k < MARKERS && strcmp(markers[k].column, name) != 0)
			k++;
		if (k == MARKERS)
			fail_msg("no marker for %s", name);
	}
	assert_int_equal(MARKERS, erased);
}

/* The bytes of the database and its WAL. */
static bool in_file(const char *text)
{
	static const char *const suffix[] = {"", "-wal"};
	bool found = false;

	for (int i = 0; i < 2 && !found; i++) {
		char name[120];
		char *all;
		long size;
		FILE *f;

		snprintf(name, sizeof name, "%s%s", desk_path(), suffix[i]);
		f = fopen(name, "rb");
		if (!f)
			continue;
		fseek(f, 0, SEEK_END);
		size = ftell(f);
		rewind(f);
		all = malloc((size_t)size + 1);
		assert_int_equal(fread(all, 1, (size_t)size, f), (size_t)size);
		found = memmem(all, (size_t)size, text, strlen(text)) != NULL;
		free(all);
		fclose(f);
	}
	return found;
}

static void insert_row(int64_t ticket)
{
	static const char sql[] =
		"INSERT INTO intake_row (source, key, digest, ticket, run) VALUES ('crm', "
		"'ZEBRArow', 'ZEBRAdigest', :ticket, 1)";
	struct cs_err e = {0};
	struct cs_stmt *s = cs_db_prepare(desk->db, sql, &e);

	assert_non_null(s);
	cs_bind_int(s, ":ticket", ticket);
	must(cs_run(s, &e), &e);
}

/* A new customer with a ticket whose every personal column is filled. */
static int64_t marked_ticket(int64_t *person)
{
	const struct cs_customer_spec spec = {.source = "crm",
					      .key = "ZEBRAkey",
					      .name = "ZEBRAname",
					      .phone = "787 8787 8787",
					      .address = "ZEBRAstreet",
					      .unit = UNIT_P1};
	struct cs_effects who = {.arena = &desk->life}, l = {.arena = &desk->life};
	struct cs_registration reg = {.kind = "inquiry",
				      .channel = "phone",
				      .category = "svc.fees",
				      .subject = "ZEBRAsubject",
				      .body = "ZEBRAbody",
				      .called = "ZEBRAcalled",
				      .place = UNIT_P1,
				      .accepting = CS_NULL,
				      .first = CS_NULL,
				      .has_phone = true,
				      .due_at = CS_TIME_NONE,
				      .run = CS_NULL};
	const struct cs_request req = {.at = CS_TIME_NONE, .note = "ZEBRAnote"};
	struct cs_customer c;
	struct cs_likeness words;
	struct cs_err e = {0};
	struct cs_image im;

	must(cs_session_begin(desk, &e), &e);
	must(cs_customer_match(desk->db, &spec, desk->now, &who, &c, &e), &e);
	*person = reg.customer = c.person;
	reg.premises = c.premises;
	must(cs_act_register(desk, &reg, &req, &who, &im, &e), &e);
	cs_put(&l, CS_OP_TEXT, CS_S("body"));
	cs_effects_private(&l, "text.body", "ZEBRAbody");
	cs_put(&l, CS_OP_KEY, CS_S("plate"), CS_S(NULL));
	cs_effects_private(&l, "text.plate", "ZEBRAfound");
	cs_put(&l, CS_OP_CELL_TEXT, CS_S("papers"), CS_S("1"), CS_S("name"));
	cs_effects_private(&l, "cell.papers.1.name", "ZEBRAcell");
	cs_put(&l, CS_OP_EVIDENCE, CS_I(1), CS_S("photo"), CS_S(NULL));
	cs_effects_private(&l, "evidence.1.signer", "ZEBRAsigner");
	cs_effects_private(&l, "evidence.1.kept", "ZEBRAkept");
	cs_put(&l, CS_OP_CALLBACK, CS_I(50), CS_S(NULL), CS_S("satisfaction"), CS_I(c.person),
	       CS_S("phone"), CS_I(CS_NULL), CS_S("open"), CS_S(NULL), CS_I(CS_NULL), CS_I(CS_NULL),
	       CS_I(CS_NULL), CS_S(NULL), CS_I(CS_NULL));
	cs_put(&l, CS_OP_ANSWER, CS_I(50), CS_S("reached"), CS_I(5));
	cs_effects_private(&l, "callback.50.answers", "{\"result\":\"ZEBRAanswer\"}");
	cs_put(&l, CS_OP_NOTICE, CS_I(1), CS_S("tell"), CS_S("x"), CS_S("customer"), CS_I(c.person),
	       CS_S(NULL), CS_I(desk->now));
	cs_effects_private(&l, "notice.1", "ZEBRAnotice");
	cs_effects_private(&l, "note", "ZEBRAnote");
	cs_put(&l, CS_OP_LIKENESS, CS_I(CS_LIKENESS_VERSION));
	cs_effects_private(&l, "subject", "ZEBRA one two three four five six seven eight nine ten");
	cs_likeness_of("zebra one two three four five six seven eight nine ten", NULL, &words);
	cs_likeness_text(&words, kept_words);
	must(cs_session_record(desk, &im, (struct cs_deed){"ticket", im.t.id, "note", desk->now, desk->actor}, &l, &e),
	     &e);
	must(cs_image_save(&im, desk->db, &e), &e);
	insert_row(im.t.id);
	must(cs_session_commit(desk, &e), &e);
	return im.t.id;
}

static void erase(int64_t person, struct cs_erasure *done)
{
	struct cs_err e = {0};

	cs_arena_reset(&desk->work);
	must(cs_session_begin(desk, &e), &e);
	must(cs_erase_person(desk, person, "request", desk->now, done, &e), &e);
	must(cs_session_commit(desk, &e), &e);
	must(cs_db_sweep(desk->db, &e), &e);
}

/* The file is rewritten for every erasure that came before, and for none twice. */
static void swept_once(void **state)
{
	struct cs_erasure done;
	struct cs_err e = {0};
	int64_t person, event;

	(void)state;
	marked_ticket(&person);
	must(cs_meta_unswept(desk->db, &event, &e), &e);
	assert_int_equal(event, 0);
	erase(person, &done);
	must(cs_meta_unswept(desk->db, &event, &e), &e);
	assert_int_equal(event, desk->chain.last_id);
	must(cs_session_begin(desk, &e), &e);
	must(cs_meta_swept(desk->db, event - 1, &e), &e); /* another erasure came meanwhile */
	must(cs_meta_unswept(desk->db, &event, &e), &e);
	assert_int_equal(event, desk->chain.last_id);
	must(cs_meta_swept(desk->db, event, &e), &e);
	must(cs_meta_unswept(desk->db, &event, &e), &e);
	assert_int_equal(event, 0);
	must(cs_session_commit(desk, &e), &e);
}

static void verify_chain(void)
{
	unsigned char head[CS_HASH_SIZE], next[CS_HASH_SIZE];
	struct cs_err e = {0};
	struct cs_stmt *walk = cs_event_walk(desk->db, 0, &e);
	struct cs_event ev;

	cs_chain_genesis(desk->meta.database_id, head);
	while (cs_event_next(walk, &ev, &e) == 1) {
		cs_chain_next(head, &ev, next);
		assert_memory_equal(next, ev.chain, CS_HASH_SIZE);
		memcpy(head, next, sizeof head);
	}
}

/* The rows of the record tables are what their events say: others' texts were not lost with
   those that were erased. */
static void verify_records(const struct cs_table *t, int64_t id)
{
	struct cs_effects l = {.arena = &desk->work};
	void *want = cs_arena_alloc(&desk->work, t->row_size),
	     *got = cs_arena_alloc(&desk->work, t->row_size);
	struct cs_err e = {0};
	struct cs_stmt *walk;
	struct cs_event ev;

	cs_table_blank(t, want);
	walk = cs_event_walk(desk->db, 0, &e);
	while (cs_event_next(walk, &ev, &e) == 1) {
		must(cs_effects_read(&l, ev.facts, ev.private_part, &e), &e);
		for (size_t i = 0; i < l.count;) {
			const struct cs_effect *f = &l.effect[i];

			if ((f->op == CS_OP_RECORD || f->op == CS_OP_RECORD_TEXT) &&
			    strcmp(cs_arg_text(f, 0), t->name) == 0 && cs_arg_int(f, 1) == id)
				must(cs_fold_record(&l, &i, t, id, want, &e), &e);
			else
				i++;
		}
	}
	assert_int_equal(cs_table_find(desk->db, t, id, &desk->work, got, &e), 1);
	if (cs_row_differs(t, want, got))
		fail_msg("%s %lld: %s", t->name, (long long)id,
			 cs_row_differs(t, want, got)->name);
}

static void nothing_stays(void **state)
{
	struct cs_erasure done;
	struct cs_image *im;
	int64_t person, ticket = marked_ticket(&person);
	struct cs_err e = {0};

	(void)state;
	must(cs_db_checkpoint(desk->db, true, &e), &e);
	for (int i = 0; i < MARKERS; i++)
		if (!in_file(markers[i].marker))
			fail_msg("%s was never there: the test would prove nothing",
				 markers[i].marker);
	erase(person, &done);
	assert_int_equal(done.events, 2);
	assert_int_equal(done.tickets, 1);
	assert_int_equal(done.premises, 1);
	for (int i = 0; i < MARKERS; i++)
		if (in_file(markers[i].marker))
			fail_msg("%s (%s) is still in the file", markers[i].marker,
				 markers[i].column);
	assert_false(in_file("ZEBRA"));
	verify_chain();
	verify_records(&cs_person_table, person);
	im = desk_ticket(ticket);
	assert_null(im->t.subject);
	assert_int_equal(im->t.customer, person);
	assert_string_equal(im->t.category, "svc.fees");
	assert_int_equal(cs_image_count(im, CS_P_EVIDENCE), 1);
	desk_do(ticket, "note note=still_works");
}

static void refused(void **state)
{
	static const struct {
		int64_t person;
		const char *reason;
		enum cs_code code;
	} cases[] = {
		{99, "request", CS_NOTFOUND},
		{PERSON_GOLD, "he asked for it", CS_USAGE},
		{PERSON_GOLD, "", CS_USAGE},
		{PERSON_GOLD, "王芳", CS_USAGE},
	};
	struct cs_erasure done;
	struct cs_err e = {0};

	(void)state;
	must(cs_session_begin(desk, &e), &e);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(cs_erase_person(desk, cases[i].person, cases[i].reason, desk->now,
						 &done, &e),
				 -1);
		assert_int_equal(e.code, cases[i].code);
	}
	must(cs_erase_person(desk, PERSON_GOLD, "request", desk->now, &done, &e), &e);
}

static int64_t last_event(void)
{
	struct cs_err e = {0};
	int64_t id;

	must(cs_db_highest_id(desk->db, "event", &id, &e), &e);
	return id;
}

/* An open ticket of who was erased goes on: no contact is planned with them, and the next erasure
   clears what was entered since, and only that; when nothing was, it says and records nothing. */
static void added_since(void **state)
{
	struct cs_erasure done;
	struct cs_err e = {0};
	int64_t id, other, last, seq;

	(void)state;
	id = desk_register("request", "eng.leak", "", &e);
	other = desk_register("request", "eng.leak", "", &e);
	desk_do(id, "dispatch handling=p1.engineering assignee=worker");
	erase(PERSON_WANG, &done);
	assert_int_equal(done.tickets, 2);
	last = last_event();
	erase(PERSON_WANG, &done);
	assert_int_equal(done.events, 0);
	assert_int_equal(done.tickets, 0);
	assert_int_equal(done.premises, 0);
	assert_int_equal(last_event(), last);
	desk_do(id, "arrive");
	desk_do(id, "start");
	desk_do(id, "finish result=ZEBRAresult evidence:signature.owner:ZEBRAsigner");
	desk_do(id, "note note=ZEBRAnote");
	assert_int_equal(cs_image_count(desk_ticket(id), CS_P_CALLBACK), 0);
	must(cs_session_begin(desk, &e), &e);
	assert_int_equal(cs_callback_plan(desk, desk_ticket(id), NULL, CS_NULL, &seq, &e), -1);
	assert_int_equal(e.code, CS_REFUSED);
	must(cs_draw_contact(desk, 1, id, "spot", &seq, &e), &e);
	assert_int_equal(seq, 0);
	cs_session_rollback(desk);
	must(cs_db_checkpoint(desk->db, true, &e), &e);
	assert_true(in_file("ZEBRAsigner"));
	erase(PERSON_WANG, &done);
	assert_int_equal(done.events, 2);
	assert_int_equal(done.tickets, 1);
	assert_int_equal(done.premises, 0);
	assert_false(in_file("ZEBRA"));
	assert_string_equal(desk_state(other), "registered");
	verify_chain();
}

/* Two live at one address; the address came with the first, who is erased; then the second. */
static void others_keep_theirs(void **state)
{
	const struct cs_customer_spec spec[] = {
		{.name = "ZEBRAone", .address = "ZEBRAstreet", .unit = UNIT_P1},
		{.name = "ZEBRAtwo", .address = "ZEBRAstreet", .unit = UNIT_P1},
	};
	struct cs_effects l = {.arena = &desk->life};
	struct cs_customer c[2];
	struct cs_premises_row home;
	struct cs_erasure done;
	struct cs_err e = {0};

	(void)state;
	must(cs_session_begin(desk, &e), &e);
	for (int i = 0; i < 2; i++) {
		must(cs_customer_match(desk->db, &spec[i], desk->now, &l, &c[i], &e), &e);
		must(cs_session_record(desk, NULL, (struct cs_deed){"person", c[i].person, "add", desk->now, CS_NULL},
				       &l, &e),
		     &e);
		cs_effects_clear(&l);
	}
	must(cs_session_commit(desk, &e), &e);
	assert_int_equal(c[0].premises, c[1].premises);
	erase(c[0].person, &done);
	assert_int_equal(done.premises, 0);
	assert_int_equal(
		cs_table_find(desk->db, &cs_premises_table, c[0].premises, &desk->work, &home, &e),
		1);
	assert_string_equal(home.address, "ZEBRAstreet");
	assert_false(in_file("ZEBRAone"));
	assert_true(in_file("ZEBRAtwo"));
	verify_records(&cs_premises_table, home.id);
	verify_records(&cs_person_table, c[1].person);
	verify_chain();
	/* The first has no name any more, but had these premises: they are cleared with the last
	   who is known. */
	erase(c[1].person, &done);
	assert_false(in_file("ZEBRA"));
	verify_records(&cs_premises_table, home.id);
	verify_chain();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_column_has_a_marker),
		cmocka_unit_test_setup_teardown(swept_once, begin, end),
		cmocka_unit_test_setup_teardown(nothing_stays, begin, end),
		cmocka_unit_test_setup_teardown(refused, begin, end),
		cmocka_unit_test_setup_teardown(added_since, begin, end),
		cmocka_unit_test_setup_teardown(others_keep_theirs, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
