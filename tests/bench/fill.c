/* fill PATH COUNT FIRST STEP [closed]: COUNT requests into a rehearsal database, the first at the
   time FIRST, one every STEP seconds; with "closed" each is answered and closed a minute later. The
   desk (a project with its ladder of posts) is made first where there is none. Prints the number of
   the first ticket's event. */
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "domain/act.h"
#include "domain/customer.h"
#include "domain/record.h"
#include "domain/session.h"

enum { BATCH = 2000, PERSONS = 4 };

static struct cs_err err;

static int put_unit(struct cs_session *s, int64_t id, const char *code, const char *level,
		    const char *function, int64_t parent)
{
	struct cs_effects l = {.arena = &s->work};
	struct cs_unit_row u;

	cs_table_blank(&cs_unit_table, &u);
	u.id = id;
	u.code = code;
	u.name = code;
	u.level = level;
	u.function = function;
	u.parent = parent;
	cs_record_row(&l, &cs_unit_table, NULL, &u);
	return cs_session_record(s, NULL, (struct cs_deed){"unit", id, "add", s->now, s->actor}, &l, &err);
}

static int put_post(struct cs_session *s, int64_t id, const char *login, const char *post,
		    int64_t unit)
{
	struct cs_effects l = {.arena = &s->work};
	struct cs_staff_row p;
	struct cs_post_row h;

	cs_table_blank(&cs_staff_table, &p);
	p.id = id;
	p.login = login;
	p.name = login;
	p.unit = unit;
	p.joined_at = 0;
	cs_record_row(&l, &cs_staff_table, NULL, &p);
	cs_table_blank(&cs_post_table, &h);
	h.id = id;
	h.post = post;
	h.unit = unit;
	h.staff = id;
	h.deputy = 0;
	h.from_at = 0;
	cs_record_row(&l, &cs_post_table, NULL, &h);
	return cs_session_record(s, NULL, (struct cs_deed){"staff", id, "add", s->now, s->actor}, &l, &err);
}

/* The caller (staff 1) sits in the project. */
static int put_desk(struct cs_session *s)
{
	static const struct {
		const char *login, *post;
		int64_t unit;
	} people[] = {
		{"desk", "front_desk", 3},     {"super", "dept_supervisor", 4},
		{"chief", "cs_supervisor", 3}, {"manager", "project_manager", 3},
		{"area", "area_manager", 2},   {"service", "qmc_service_manager", 1},
	};
	struct cs_effects l = {.arena = &s->work};

	if (s->org.unit_count > 0)
		return 0;
	if (cs_session_begin(s, &err) < 0 || put_unit(s, 1, "hq", "hq", NULL, CS_NULL) < 0 ||
	    put_unit(s, 2, "south", "region", NULL, 1) < 0 ||
	    put_unit(s, 3, "p1", "project", NULL, 2) < 0 ||
	    put_unit(s, 4, "p1.engineering", "department", "engineering", 3) < 0)
		return -1;
	for (size_t i = 0; i < sizeof people / sizeof *people; i++)
		if (put_post(s, (int64_t)i + 2, people[i].login, people[i].post, people[i].unit) <
		    0)
			return -1;
	cs_record_int(&l, &cs_staff_table, 1, "unit", 3);
	if (cs_session_record(s, NULL, (struct cs_deed){"staff", 1, "change", s->now, s->actor}, &l, &err) < 0 ||
	    cs_meta_org_changed(s->db, &err) < 0)
		return -1;
	return cs_session_commit(s, &err);
}

static int put_ticket(struct cs_session *s, long n, cs_time at, bool closed)
{
	char phone[32], name[32], address[64];
	const struct cs_customer_spec who = {
		.name = name, .phone = phone, .address = address, .unit = 3};
	static const struct cs_given answer[] = {{"answer_text", "已电话答复"}};
	struct cs_request req = {.at = at};
	struct cs_registration reg = {
		.kind = "request",
		.channel = "phone",
		.category = "eng.leak",
		.subject = "厨房水管漏水",
		.body = "厨房水管漏水，请派人来修。",
		.place = 3,
		.accepting = CS_NULL,
		.first = CS_NULL,
		.has_phone = true,
		.due_at = CS_TIME_NONE,
		.run = CS_NULL,
	};
	struct cs_effects more = {.arena = &s->work};
	struct cs_customer c;
	struct cs_image im;

	snprintf(phone, sizeof phone, "138%08ld", n / PERSONS);
	snprintf(name, sizeof name, "住户%ld", n / PERSONS);
	snprintf(address, sizeof address, "%ld栋%ld单元%ld", n / PERSONS / 100 + 1,
		 n / PERSONS / 20 % 5 + 1, n / PERSONS % 20 + 101);
	if (cs_customer_match(s->db, &who, at, &more, &c, &err) < 0)
		return -1;
	reg.customer = c.person;
	reg.premises = c.premises;
	if (cs_act_register(s, &reg, &req, &more, &im, &err) < 0)
		return -1;
	if (!closed)
		return 0;
	req = (struct cs_request){.step = "answer", .at = at + 60, .set = answer, .set_count = 1};
	if (cs_act_on(s, &im, &req, &err) < 0)
		return -1;
	req = (struct cs_request){.step = "close", .at = at + 60};
	if (cs_act_on(s, &im, &req, &err) < 0)
		return -1;
	return cs_image_save(&im, s->db, &err);
}

static int fill(struct cs_session *s, long count, cs_time first, long step, bool closed)
{
	if (put_desk(s) < 0 || cs_db_bulk(s->db, &err) < 0)
		return -1;
	for (long n = 0; n < count;) {
		long end = n + BATCH < count ? n + BATCH : count;

		s->now = first + (count - 1) * step + 120;
		if (cs_session_begin(s, &err) < 0)
			return -1;
		if (n == 0)
			printf("%lld\n", (long long)s->chain.last_id + 1);
		s->now = s->chain.recorded_at != CS_NULL && s->chain.recorded_at > s->now
				 ? s->chain.recorded_at
				 : s->now;
		for (; n < end; n++) {
			cs_arena_reset(&s->work);
			if (put_ticket(s, n, first + n * step, closed) < 0)
				return -1;
		}
		if (cs_session_commit(s, &err) < 0)
			return -1;
	}
	return 0;
}

int main(int argc, char **argv)
{
	const struct passwd *me = getpwuid(getuid());
	struct cs_caller who = {.login = me ? me->pw_name : NULL};
	struct cs_session *s = NULL;
	cs_time first = 0;
	int rc = -1;

	if (argc < 5) {
		fprintf(stderr, "usage: fill PATH COUNT FIRST STEP [closed]\n");
		return 64;
	}
	who.now_text = argv[3];
	if (cs_session_open(argv[1], CS_DB_WRITE, CS_RIGHT_STAFF, &who, &s, &err) == 0 &&
	    cs_time_parse(argv[3], cs_session_zone(s), &first, &err) == 0)
		rc = fill(s, atol(argv[2]), first, atol(argv[4]), argc > 5);
	if (rc < 0)
		fprintf(stderr, "fill: %s\n", err.text);
	cs_session_close(s);
	return rc < 0 ? 1 : 0;
}
