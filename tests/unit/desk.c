#include "desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "store/ref.h"

#include "domain/create.h"
#include "domain/record.h"
#include "text/policy_file.h"

struct cs_session *desk;
static char folder[] = "/tmp/csdesk-desk-XXXXXX", path[64];
static struct cs_arena words_arena;
static struct cs_image image;

#define JOINED INT64_C(1577808000) /* 2020-01-01 */

static const struct cs_unit_row property_units[] = {
	{UNIT_HQ, "hq", "总部", "hq", NULL, CS_NULL, CS_NULL, CS_NULL},
	{UNIT_EAST, "east", "东区", "region", NULL, UNIT_HQ, CS_NULL, CS_NULL},
	{UNIT_P1, "p1", "阳光花园", "project", NULL, UNIT_EAST, 1200, CS_NULL},
	{UNIT_SERVICE, "p1.service", "客服部", "department", "customer_service", UNIT_P1, CS_NULL, CS_NULL},
	{UNIT_ENGINEERING, "p1.engineering", "工程部", "department", "engineering", UNIT_P1, CS_NULL, CS_NULL},
	{UNIT_ENVIRONMENT, "p1.environment", "环境部", "department", "environment", UNIT_P1, CS_NULL, CS_NULL},
	{UNIT_NORTH, "p1.north", "北片", "area", NULL, UNIT_P1, CS_NULL, CS_NULL},
	{UNIT_P2, "p2", "翠湖", "project", NULL, UNIT_EAST, 800, CS_NULL},
	{UNIT_ENGINEERING2, "p2.engineering", "工程部", "department", "engineering", UNIT_P2, CS_NULL, CS_NULL},
};

struct person {
	const char *login;
	int64_t unit;
	const char *post;
	int64_t at; /* unit of the post */
};
static const struct person property_people[] = {
	{"boss", UNIT_HQ, "admin", CS_NULL},
	{"ling", UNIT_SERVICE, "front_desk", UNIT_P1},
	{"worker", UNIT_ENGINEERING, "repair_worker", UNIT_ENGINEERING},
	{"worker2", UNIT_ENGINEERING, "repair_worker", UNIT_ENGINEERING},
	{"head", UNIT_ENGINEERING, "engineering_head", UNIT_ENGINEERING},
	{"dept", UNIT_ENGINEERING, "dept_supervisor", UNIT_ENGINEERING},
	{"chief", UNIT_SERVICE, "cs_supervisor", UNIT_P1},
	{"manager", UNIT_P1, "project_manager", UNIT_P1},
	{"area", UNIT_EAST, "area_manager", UNIT_EAST},
	{"director", UNIT_EAST, "area_director", UNIT_EAST},
	{"company", UNIT_HQ, "company_complaints", UNIT_HQ},
	{"qmc", UNIT_HQ, "qmc_service_manager", UNIT_HQ},
	{"assistant", UNIT_NORTH, "assistant", UNIT_NORTH},
	{"money", UNIT_P1, "finance", UNIT_P1},
	{"other", UNIT_ENGINEERING2, "repair_worker", UNIT_ENGINEERING2},
};

static const struct cs_unit_row insurer_units[] = {
	{1, "hq", "总公司", "hq", NULL, CS_NULL, CS_NULL, CS_NULL},
	{2, "hq.service", "客户服务中心", "department", "customer_service", 1, CS_NULL, CS_NULL},
	{3, "hq.claims", "理赔部", "department", "claims", 1, CS_NULL, CS_NULL},
	{4, "jiangsu", "江苏分公司", "branch", NULL, 1, CS_NULL, CS_NULL},
	{5, "jiangsu.sales", "业务拓展部", "department", "sales", 4, CS_NULL, CS_NULL},
};
static const struct person insurer_people[] = {
	{"boss", 1, "admin", CS_NULL},
	{"agent1", 2, "service_agent", 1},
	{"agent2", 2, "service_agent", 1},
	{"admin1", 2, "service_admin", 1},
	{"division", 2, "service_division_head", 1},
	{"operations", 1, "operations_head", 1},
	{"claims", 3, "claims_head", 1},
	{"sales", 5, "sales_post", 5},
	{"general", 1, "general_manager", 1},
};

#define COUNT(a) (sizeof(a) / sizeof *(a))
struct company {
	const char *policy, *made, *now, *actor;
	const struct cs_unit_row *units;
	size_t unit_count;
	const struct person *people;
	size_t people_count;
	int64_t manager, home; /* of the gold customer, of the premises */
};
static const struct company property = {"property",      "2026-11-01",           "2026-11-02 09:00",
					"ling",          property_units,         COUNT(property_units),
					property_people, COUNT(property_people), 13,
					UNIT_NORTH};
static const struct company early = {"property",      "2026-08-31",           "2026-09-01 09:00",
				     "ling",          property_units,         COUNT(property_units),
				     property_people, COUNT(property_people), 13,
				     UNIT_NORTH};
static const struct company insurer = {
	"insurance",          "2026-08-31",   "2026-09-01 09:00",    "agent1", insurer_units,
	COUNT(insurer_units), insurer_people, COUNT(insurer_people), 2,        4};
static const struct company *company = &property;

static void must(int rc, const struct cs_err *e)
{
	if (rc < 0)
		fail_msg("%s", e->text);
}

static void record(const char *about, int64_t id, struct cs_effects *l)
{
	struct cs_err e = {0};

	must(cs_session_record(desk, NULL, (struct cs_deed){about, id, "add", desk->now, CS_NULL}, l, &e), &e);
	cs_effects_clear(l);
}

static void put_staff(struct cs_effects *l, int64_t id)
{
	const struct person *who = &company->people[id - 1];
	const struct cs_staff_row p = {id, who->login, who->login, who->unit, NULL, JOINED, CS_NULL};
	const struct cs_post_row post = {id, who->post, who->at, id, 0, JOINED, CS_NULL};

	if (id > 1) { /* the first is there */
		cs_record_row(l, &cs_staff_table, NULL, &p);
		record("staff", id, l);
		cs_record_row(l, &cs_post_table, NULL, &post);
		record("post", id, l);
	}
}

static void put_company(void)
{
	struct cs_effects l = {.arena = &desk->work};
	struct cs_premises_row home;
	struct cs_person_row wang, gold;
	struct cs_err e = {0};

	must(cs_session_begin(desk, &e), &e);
	for (size_t i = 0; i < company->unit_count; i++) {
		cs_record_row(&l, &cs_unit_table, NULL, &company->units[i]);
		record("unit", company->units[i].id, &l);
	}
	for (size_t i = 0; i < company->people_count; i++)
		put_staff(&l, (int64_t)i + 1);
	cs_table_blank(&cs_person_table, &wang);
	wang.id = PERSON_WANG;
	wang.name = "王芳";
	wang.phone = "13800138000";
	cs_record_row(&l, &cs_person_table, NULL, &wang);
	record("person", wang.id, &l);
	gold = wang;
	gold.id = PERSON_GOLD;
	gold.phone = "13900139000";
	gold.tier = "gold";
	gold.manager = company->manager;
	cs_record_row(&l, &cs_person_table, NULL, &gold);
	record("person", gold.id, &l);
	cs_table_blank(&cs_premises_table, &home);
	home.id = PREMISES_1;
	home.unit = company->home;
	home.address = "3-2-501";
	cs_record_row(&l, &cs_premises_table, NULL, &home);
	record("premises", home.id, &l);
	must(cs_meta_org_changed(desk->db, &e), &e);
	must(cs_session_commit(desk, &e), &e);
}

cs_time desk_at(const char *local)
{
	struct cs_err e = {0};
	cs_time t;

	must(cs_time_parse(local, cs_session_zone(desk), &t, &e), &e);
	return t;
}

void desk_time(const char *local)
{
	desk->now = desk_at(local);
}

int64_t desk_staff(const char *login)
{
	for (size_t i = 0; i < company->people_count; i++)
		if (strcmp(company->people[i].login, login) == 0)
			return (int64_t)i + 1;
	fail_msg("nobody is called %s", login);
	return CS_NULL;
}

void desk_actor(const char *login)
{
	desk->actor = login ? desk_staff(login) : CS_NULL;
}

static void open_desk(const struct company *which)
{
	struct cs_create spec = {
		.login = "boss", .admin = "boss", .admin_name = "boss", .rehearsal = true, .seed = "test"};
	const struct cs_caller caller = {.login = "boss", .now_text = which->now};
	struct cs_faults faults = {0};
	struct cs_buf edition = {0};
	struct cs_policy *p = NULL;
	struct cs_err e = {0};
	enum cs_created what;

	company = which;
	if (!getenv("CS_DATADIR"))
		setenv("CS_DATADIR", "lib", 1);
	snprintf(folder, sizeof folder, "/tmp/csdesk-desk-XXXXXX");
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/desk.db", folder);
	must(cs_policy_file_build(which->policy, &faults, &edition, &p, &e), &e);
	spec.text = cs_buf_str(&edition);
	spec.len = edition.len;
	must(cs_time_parse(which->made, p->zone, &spec.now, &e), &e);
	spec.since = spec.now;
	must(cs_create_database(path, &spec, &what, &e), &e);
	cs_policy_free(p);
	cs_buf_free(&edition);
	cs_faults_free(&faults);
	must(cs_session_open(path, CS_DB_WRITE, CS_RIGHT_STAFF, &caller, &desk, &e), &e);
	put_company();
	must(cs_session_begin(desk, &e), &e); /* takes the organisation in */
	cs_session_rollback(desk);
	desk_actor(which->actor);
}

void desk_begin(void)
{
	open_desk(&property);
}

void desk_begin_early(void)
{
	open_desk(&early);
}

void desk_begin_insurer(void)
{
	open_desk(&insurer);
}

const char *desk_path(void)
{
	return path;
}

void desk_end(void)
{
	char name[80];

	cs_session_close(desk);
	desk = NULL;
	cs_arena_free(&words_arena);
	for (size_t i = 0; i < 3; i++) {
		snprintf(name, sizeof name, "%s%s", path, (const char *[]){"", "-wal", "-shm"}[i]);
		unlink(name);
	}
	rmdir(folder);
}

static char *cut(char *text, char at)
{
	char *p = strchr(text, at);

	if (!p)
		return NULL;
	*p = '\0';
	return p + 1;
}

static void read_row(struct cs_request *r, char *text)
{
	struct cs_given_row *rows = (struct cs_given_row *)r->row, *row = &rows[r->row_count++];
	struct cs_given *cell = cs_arena_alloc(&words_arena, 16 * sizeof *cell);
	char *rest = cut(text, ':');

	*row = (struct cs_given_row){text, cell, 0};
	for (char *save, *one = strtok_r(rest, ",", &save); one; one = strtok_r(NULL, ",", &save)) {
		char *value = cut(one, '=');

		for (char *p = value; *p; p++)
			if (*p == '_')
				*p = ' ';
		cell[row->cell_count++] = (struct cs_given){one, value};
	}
}

static const char *part(char **rest)
{
	char *text = *rest;

	*rest = text ? cut(text, ':') : NULL;
	return text && *text ? text : NULL;
}

static void read_party(struct cs_request *r, char *text)
{
	struct cs_given_party *p = &((struct cs_given_party *)r->party)[r->party_count++];

	p->name = part(&text);
	p->phone = part(&text);
	p->capacity = part(&text);
	p->of = part(&text);
}

static void read_word(struct cs_request *r, char *word)
{
	struct cs_given_evidence *evidence = (struct cs_given_evidence *)r->evidence;
	struct cs_given *set = (struct cs_given *)r->set;
	char *value;

	if (strncmp(word, "row:", 4) == 0) {
		read_row(r, word + 4);
		return;
	}
	if (strncmp(word, "party:", 6) == 0) {
		read_party(r, word + 6);
		return;
	}
	if (strncmp(word, "evidence:", 9) == 0) {
		value = cut(word + 9, ':');
		evidence[r->evidence_count++] = (struct cs_given_evidence){.kind = word + 9, .signer = value};
		return;
	}
	value = cut(word, '=');
	assert_non_null(value);
	for (char *p = value; *p; p++)
		if (*p == '_')
			*p = ' ';
	if (strcmp(word, "note") == 0)
		r->note = value;
	else if (strcmp(word, "override") == 0)
		r->override = value;
	else if (strcmp(word, "at") == 0)
		r->at = desk_at(value);
	else if (strcmp(word, "into") == 0)
		r->into = cs_ref_parse(value, NULL);
	else if (strcmp(word, "history") == 0)
		r->history = true;
	else
		set[r->set_count++] = (struct cs_given){word, value};
}

static struct cs_request read_words(const char *words, bool with_step)
{
	char *text = cs_arena_strdup(&words_arena, words ? words : ""), *save = NULL,
	     *word = strtok_r(text, " ", &save);
	struct cs_request r = {
		.at = CS_TIME_NONE,
		.set = cs_arena_alloc(&words_arena, 32 * sizeof *r.set),
		.row = cs_arena_alloc(&words_arena, 16 * sizeof *r.row),
		.evidence = cs_arena_alloc(&words_arena, 16 * sizeof *r.evidence),
		.party = cs_arena_alloc(&words_arena, 8 * sizeof *r.party),
	};

	if (with_step) {
		r.step = word;
		word = strtok_r(NULL, " ", &save);
	}
	for (; word; word = strtok_r(NULL, " ", &save))
		read_word(&r, word);
	return r;
}

static enum cs_code end(int rc, const struct cs_err *why)
{
	struct cs_err e = {0};

	if (rc >= 0)
		must(cs_session_commit(desk, &e), &e);
	cs_session_rollback(desk);
	return rc >= 0 ? CS_OK : why->code;
}

static void begin(void)
{
	struct cs_err e = {0};

	cs_arena_reset(&desk->work);
	must(cs_session_begin(desk, &e), &e);
}

int64_t desk_register_as(const struct cs_registration *reg, const char *words, struct cs_err *e)
{
	struct cs_err mine = {0};
	struct cs_request r = read_words(words, false);
	struct cs_image im;
	enum cs_code code;

	begin();
	code = end(cs_act_register(desk, reg, &r, NULL, &im, e ? e : &mine), e ? e : &mine);
	return code == CS_OK ? im.t.id : 0;
}

int64_t desk_register(const char *kind, const char *category, const char *words, struct cs_err *e)
{
	const struct cs_registration reg = {
		.kind = kind,
		.channel = "phone",
		.category = category,
		.subject = "事项",
		.body = "内容",
		.place = company->home,
		.accepting = CS_NULL,
		.first = CS_NULL,
		.customer = PERSON_WANG,
		.premises = PREMISES_1,
		.has_phone = true,
		.due_at = CS_TIME_NONE,
		.run = CS_NULL,
	};
	struct cs_err mine = {0};
	int64_t id = desk_register_as(&reg, words, e ? e : &mine);

	if (!e && !id)
		fail_msg("register %s: %s", kind, mine.text);
	return id;
}

enum cs_code desk_step(int64_t ticket, const char *words, struct cs_err *e)
{
	struct cs_err mine = {0};
	struct cs_request r = read_words(words, true);
	struct cs_image im;

	begin();
	return end(cs_merge_step(desk, ticket, &r, &im, e ? e : &mine), e ? e : &mine);
}

void desk_do(int64_t ticket, const char *words)
{
	struct cs_err e = {0};

	if (desk_step(ticket, words, &e) != CS_OK)
		fail_msg("%s: %s", words, e.text);
}

enum cs_code desk_dispatch(int64_t ticket, const char *to, const char *assignee, const char *words, int *rc,
			   struct cs_err *e)
{
	struct cs_dispatch order = {
		.to = CS_NULL, .assignee = assignee ? desk_staff(assignee) : CS_NULL, .req = read_words(words, false)};
	const struct cs_unit_row *unit = to ? cs_org_find_unit(&desk->org, to, NULL) : NULL;
	struct cs_err mine = {0};
	struct cs_image im;

	if (unit)
		order.to = unit->id;
	for (size_t i = 0; i < order.req.set_count; i++)
		if (strcmp(order.req.set[i].name, "appointment") == 0) {
			order.appointment = order.req.set[i].text;
			((struct cs_given *)order.req.set)[i] = order.req.set[--order.req.set_count];
		}
	begin();
	*rc = cs_act_dispatch(desk, ticket, &order, &im, e ? e : &mine);
	return end(*rc, e ? e : &mine);
}

struct cs_image *desk_ticket(int64_t ticket)
{
	struct cs_err e = {0};

	cs_arena_reset(&desk->work);
	cs_image_init(&image, &desk->work);
	if (cs_image_load(&image, desk->db, ticket, &e) != 1)
		fail_msg("no ticket: %s", e.text);
	return &image;
}

size_t desk_settle(int64_t ticket)
{
	struct cs_fired_list fired = {0};
	struct cs_err e = {0};

	begin();
	desk_ticket(ticket);
	must(cs_ladder_settle(desk, &image, desk->now, &fired, &e), &e);
	must(cs_image_save(&image, desk->db, &e), &e);
	end(0, &e);
	return fired.count;
}

const char *desk_state(int64_t ticket)
{
	return desk_ticket(ticket)->t.state;
}

const char *desk_clock(int64_t ticket, const char *clock)
{
	const struct cs_clock_row *c = cs_image_clock(desk_ticket(ticket), clock);

	if (!c)
		return "none";
	return c->verdict ? c->verdict : c->paused_at != CS_NULL ? "paused" : "running";
}
