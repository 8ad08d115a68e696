#include "matters.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "domain/rating.h"
#include "domain/record.h"
#include "refold.h"
#include "rules.h"
#include "store/ref.h"

static void enter(int64_t person)
{
	struct cs_effects l = {.arena = &desk->life};
	struct cs_person_row p, there;
	struct cs_err e = {0};
	char name[32];

	if (person == CS_NULL || cs_table_find(desk->db, &cs_person_table, person, &desk->life, &there, &e) == 1)
		return;
	cs_table_blank(&cs_person_table, &p);
	snprintf(name, sizeof name, "客户%d", (int)person);
	p.id = person;
	p.name = name;
	cs_record_row(&l, &cs_person_table, NULL, &p);
	if (cs_session_begin(desk, &e) < 0 ||
	    cs_session_record(desk, NULL, (struct cs_deed){"person", person, "add", desk->now, CS_NULL}, &l, &e) < 0 ||
	    cs_session_commit(desk, &e) < 0)
		fail_msg("%s", e.text);
}

int64_t matters_complain(int64_t person, const char *words)
{
	struct cs_registration reg = rules_registration("complaint", NULL, "eng.water");
	struct cs_err e = {0};
	int64_t id;

	enter(person);
	reg.customer = person;
	if (person == CS_NULL) {
		reg.premises = CS_NULL;
		reg.has_phone = false;
	}
	desk_actor("ling");
	id = desk_register_as(&reg, words, &e);
	if (!id)
		fail_msg("%s", e.text);
	return id;
}

void matters_join(int64_t ticket, int64_t matter)
{
	struct cs_effects l = {.arena = &desk->life};
	struct cs_image im;
	struct cs_err e = {0};
	int64_t before;

	cs_put(&l, CS_OP_SET, CS_S("matter"), CS_I(matter));
	cs_arena_reset(&desk->work);
	if (cs_session_begin(desk, &e) < 0 || cs_image_get(&im, desk->db, ticket, &desk->work, &e) < 0)
		fail_msg("%s", e.text);
	before = im.t.matter;
	if (cs_session_record(desk, &im, (struct cs_deed){"ticket", ticket, "link", desk->now, desk->actor}, &l, &e) <
		    0 ||
	    cs_image_save(&im, desk->db, &e) < 0 || cs_rate_matter(desk, matter, CS_NULL, desk->now, &e) < 0 ||
	    (matter == CS_NULL && cs_rate_matter(desk, ticket, CS_NULL, desk->now, &e) < 0) ||
	    (before != matter && cs_rate_matter(desk, before, ticket, desk->now, &e) < 0) ||
	    cs_session_commit(desk, &e) < 0)
		fail_msg("%s", e.text);
	cs_session_rollback(desk);
}

void matters_of(const char *who, const char *const *at, int64_t *out)
{
	for (size_t i = 0; who[i]; i++) {
		if (at)
			desk_time(at[i]);
		out[i] = matters_complain(who[i] == '-' ? CS_NULL : FIRST_PERSON + who[i], NULL);
		matters_join(out[i], out[0]);
	}
}

const char *matters_class(int64_t ticket)
{
	return desk_ticket(ticket)->t.importance;
}

const char *matters_rules(int64_t ticket)
{
	const char *rules = desk_ticket(ticket)->t.importance_rules;

	return rules ? rules : "-";
}

int64_t matters_of_desk[MATTERS_TICKETS];

int matters_begin(void **state)
{
	(void)state;
	desk_begin();
	for (int i = 0; i < MATTERS_TICKETS; i++)
		matters_of_desk[i] = desk_register("complaint", "eng.leak", "", NULL);
	return 0;
}

int matters_end(void **state)
{
	(void)state;
	for (int i = 0; i < MATTERS_TICKETS; i++)
		refold_same(matters_of_desk[i]);
	desk_end();
	return 0;
}

enum cs_code matters_link(int from, int to, struct cs_err *e)
{
	char words[80], ref[CS_REF_SIZE];

	snprintf(words, sizeof words, "link same_as=%s", to < 0 ? "none" : cs_ref_text(matters_of_desk[to], ref));
	return desk_step(matters_of_desk[from], words, e);
}

const char *matters_all(void)
{
	static char text[MATTERS_TICKETS + 1];

	for (int i = 0; i < MATTERS_TICKETS; i++) {
		int64_t matter = desk_ticket(matters_of_desk[i])->t.matter;

		text[i] = '.';
		for (int k = 0; k < MATTERS_TICKETS; k++)
			if (matter == matters_of_desk[k])
				text[i] = (char)('0' + k);
		if (matter != CS_NULL && text[i] == '.')
			text[i] = '?';
	}
	return text;
}
