/* What was drawn beside the events that tell it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "domain/checking.h"
#include "faults.h"
#include "store/draw.h"

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

static void store(int64_t draw, const char *stratum, int64_t place, int64_t ticket,
		  const char *role)
{
	const struct cs_draw_item item = {draw, stratum, place, ticket, role, "quota"};
	struct cs_err e = {0};

	if (cs_draw_item_save(desk->db, &item, &e) < 0)
		fail_msg("%s", e.text);
}

static void tell(struct cs_effects *l, int64_t draw, const char *stratum, int64_t place,
		 int64_t ticket, const char *role)
{
	cs_put(l, CS_OP_DRAWN, CS_I(draw), CS_S(stratum), CS_I(place), CS_I(ticket), CS_S(role),
	       CS_S("quota"));
}

/* Two events: the later is met first. */
static void compare(const struct cs_effects *later, const struct cs_effects *earlier,
		    const char *want)
{
	struct cs_check c = faults_job();
	struct cs_check_drawn *d = cs_check_drawn_new(&c);
	struct cs_err e = {0};

	cs_check_drawn_event(d, later);
	cs_check_drawn_event(d, earlier);
	if (cs_check_drawn_end(d, &e) < 0)
		fail_msg("%s", e.text);
	cs_check_drawn_free(d);
	faults_are(want);
}

static void drawn(void **state)
{
	struct cs_effects first = {.arena = &desk->work}, again = {.arena = &desk->work};

	(void)state;
	compare(&again, &first, "");
	tell(&first, 1, "p1", 1, 100, "member");
	tell(&first, 1, "p1", 2, 200, "replacement");
	tell(&first, 2, "p1", 1, 300, "member");
	compare(&again, &first,
		"draw_item 1 p1 1: recorded, but not there\n"
		"draw_item 1 p1 2: recorded, but not there\n"
		"draw_item 2 p1 1: recorded, but not there\n");
	store(1, "p1", 1, 100, "member");
	store(1, "p1", 2, 200, "replacement");
	store(2, "p1", 1, 300, "member");
	compare(&again, &first, "");
	store(1, "p0", 1, 400, "member"); /* before, between and behind the others */
	store(1, "p1", 3, 400, "member");
	store(3, "p1", 1, 400, "member");
	compare(&again, &first,
		"draw_item 1 p0 1: nobody recorded it\n"
		"draw_item 1 p1 3: nobody recorded it\n"
		"draw_item 3 p1 1: nobody recorded it\n");
}

/* The last word on a place holds: of a later event, and in one event of the later effect. */
static void the_last_holds(void **state)
{
	struct cs_effects first = {.arena = &desk->work}, again = {.arena = &desk->work};

	(void)state;
	tell(&first, 1, "p1", 1, 100, "member");
	tell(&again, 1, "p1", 1, 100, "replacement");
	tell(&again, 1, "p1", 1, 100, "replaced");
	store(1, "p1", 1, 100, "replaced");
	compare(&again, &first, "");
	store(1, "p1", 1, 100, "replacement");
	compare(&again, &first, "draw_item 1 p1 1: role: not what the history says\n");
	store(1, "p1", 1, 100, "member");
	compare(&again, &first, "draw_item 1 p1 1: role: not what the history says\n");
	store(1, "p1", 1, 101, "replaced");
	compare(&again, &first, "draw_item 1 p1 1: ticket: not what the history says\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(drawn, begin, end),
		cmocka_unit_test_setup_teardown(the_last_holds, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
