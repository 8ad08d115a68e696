/* cs-list: tickets, one a line, by filters: the ad-hoc export. */
#include <stdlib.h>
#include <string.h>

#include "base/near.h"
#include "base/normal.h"
#include "base/utf8.h"
#include "domain/access.h"
#include "domain/filter.h"
#include "domain/names.h"
#include "store/list.h"
#include "store/matter.h"
#include "store/ref.h"
#include "text/desk.h"
#include "text/list_columns.h"
#include "text/process.h"

static const char *kind, *state, *unit, *place, *accepting, *causing, *assignee, *responsible, *category, *specialty,
	*channel, *importance, *peak, *priority, *validity, *customer, *matter, *opened, *closed, *due_before, *words,
	*find, *columns, *sort;
static int64_t level = -1, limit = -1;
static bool overdue, late, excel;

static const struct cs_opt options[] = {
	{.name = "kind", .arg = "KIND", .help = "complaint, request, ...", .text = &kind},
	{.name = "state", .arg = "STATE", .help = "a state, or open, waiting, standing, done, closed", .text = &state},
	{.name = "unit", .arg = "UNIT", .help = "handling unit (else accepting), its tree included", .text = &unit},
	{.name = "place", .arg = "UNIT", .help = "where the premises are", .text = &place},
	{.name = "accepting", .arg = "UNIT", .help = "unit that took it in", .text = &accepting},
	{.name = "causing", .arg = "UNIT", .help = "unit that caused it", .text = &causing},
	{.name = "assignee", .arg = "LOGIN", .help = "who does the job", .text = &assignee},
	{.name = "responsible", .arg = "LOGIN", .help = "who answers for it", .text = &responsible},
	{.name = "category", .arg = "CATEGORY", .help = "with the categories below it", .text = &category},
	{.name = "specialty", .arg = "CODE", .help = "specialty", .text = &specialty},
	{.name = "channel", .arg = "CHANNEL", .help = "how it came in", .text = &channel},
	{.name = "importance", .arg = "CLASS", .help = "class of importance", .text = &importance},
	{.name = "importance-peak", .arg = "CLASS", .help = "the highest class it ever had", .text = &peak},
	{.name = "priority", .arg = "PRIORITY", .help = "priority", .text = &priority},
	{.name = "validity", .arg = "CODE", .help = "valid or invalid", .text = &validity},
	{.name = "level", .arg = "N", .help = "escalated to rung N or higher", .number = &level, .min = 0, .max = 99},
	{.name = "customer", .arg = "TEXT", .help = "phone, key, number or part of the name", .text = &customer},
	{.name = "matter", .arg = "REF", .help = "tickets of the same matter", .text = &matter},
	{.name = "opened", .arg = "PERIOD", .help = "registered in it", .text = &opened},
	{.name = "closed", .arg = "PERIOD", .help = "done in it and not reopened", .text = &closed},
	{.name = "overdue", .help = "the main clock runs past its due", .flag = &overdue},
	{.name = "late", .help = "the main clock missed its due, whatever due it has now", .flag = &late},
	{.name = "due-before", .arg = "TIME", .help = "the main clock runs and ends before", .text = &due_before},
	{.name = "text", .arg = "WORDS", .help = "all these words stand in the subject", .text = &words},
	{.name = "find", .arg = "FIELD=VALUE", .help = "a findable field has this value", .text = &find},
	{.name = "columns", .arg = "LIST", .help = "what to print, comma between", .text = &columns},
	{.name = "sort", .arg = "COLUMN[,desc]", .help = "instead of by reference", .text = &sort},
	{.name = "limit", .arg = "N", .help = "at most N tickets", .number = &limit, .min = 0, .max = INT64_MAX},
	{.name = "excel", .help = "CSV for spreadsheets", .flag = &excel},
	{0},
};

/* A ticket that is to be sorted. */
struct sorted {
	struct cs_value key;
	int64_t id;
};

struct lister {
	struct cs_cli *cli;
	struct cs_session *s;
	struct cs_arena a;
	struct cs_filter filter;
	struct cs_id_list among;
	bool has_among;
	struct cs_list_columns columns;
	struct cs_list_column sort;
	uint64_t sort_need;
	bool descending;
	struct sorted *found;
	size_t found_count, found_size;
	struct cs_out *out;
	struct cs_cell *cell;
	int64_t printed;
	int missing; /* exit code when some of the tickets named are not there */
};

/* --- filters ----------------------------------------------------------------- */

static int find_unit(struct lister *l, const char *option, const char *text, int64_t *out, struct cs_err *e)
{
	const struct cs_unit_row *u = text ? cs_org_find_unit(&l->s->org, text, e) : NULL;

	if (text && !u)
		return cs_fail_in(e, "--%s", option);
	if (u)
		*out = u->id;
	return 0;
}

static int find_staff(struct lister *l, const char *option, const char *text, int64_t *out, struct cs_err *e)
{
	const struct cs_staff_row *p = text ? cs_org_find_staff(&l->s->org, text, e) : NULL;

	if (text && !p)
		return cs_fail_in(e, "--%s", option);
	if (p)
		*out = p->id;
	return 0;
}

static int find_name(struct lister *l, const char *option, const char *section, const char *text, const char **out,
		     struct cs_err *e)
{
	if (!text)
		return 0;
	*out = cs_name_find(l->s->policy, section, text, e);
	return *out ? 0 : cs_fail_in(e, "--%s", option);
}

/* A code list that the rules may not declare at all. */
static int find_listed(struct lister *l, const char *option, const char *list, const char *text, const char **out,
		       struct cs_err *e)
{
	char section[80];

	if (text && !cs_policy_codes(l->s->policy, list))
		return cs_fail(e, CS_USAGE, "--%s: the rules in force declare no %s", option, list);
	snprintf(section, sizeof section, "codes/%s", list);
	return find_name(l, option, section, text, out, e);
}

static int find_class(struct lister *l, const char *option, const char *text, const char **out, struct cs_err *e)
{
	if (text && l->s->policy->importance.scale.count == 0)
		return cs_fail(e, CS_USAGE, "--%s: the rules in force declare no classes of importance", option);
	return find_name(l, option, "importance", text, out, e);
}

/* A state of the kind asked for, else of any. */
static int find_state(struct lister *l, struct cs_err *e)
{
	const struct cs_ids classes = {(const char *[]){"open", "waiting", "standing", "done", "closed"}, 5};
	struct cs_near near = {.wanted = state};
	char section[128];

	l->filter.state = state;
	if (!state || cs_ids_has(&classes, state))
		return 0;
	snprintf(section, sizeof section, "kinds/%s/states", l->filter.kind ? l->filter.kind : "");
	if (find_name(l, "state", l->filter.kind ? section : "states", state, &l->filter.state, e) == 0)
		return 0;
	for (size_t i = 0; i < classes.count; i++)
		cs_near_try(&near, classes.id[i]);
	if (near.best)
		cs_name_unknown("states and classes of states", state, &classes, e);
	return near.best ? cs_fail_in(e, "--state") : -1;
}

static int find_times(struct lister *l, struct cs_err *e)
{
	const struct cs_zone *z = cs_session_zone(l->s);
	struct cs_filter *f = &l->filter;
	struct cs_period p;

	if (opened) {
		if (cs_period_parse(opened, z, &p, e) < 0)
			return cs_fail_in(e, "--opened");
		f->opened_from = p.from;
		f->opened_to = p.to;
	}
	if (closed) {
		if (cs_period_parse(closed, z, &p, e) < 0)
			return cs_fail_in(e, "--closed");
		f->done_from = p.from;
		f->done_to = p.to;
	}
	if (due_before && cs_time_parse(due_before, z, &f->due_before, e) < 0)
		return cs_fail_in(e, "--due-before");
	f->overdue = overdue;
	f->late = late;
	f->level = level >= 0 ? level : CS_NULL;
	return 0;
}

static void find_words(struct lister *l)
{
	char *copy = cs_arena_strdup(&l->a, words ? words : ""), *save = NULL;
	const char **list = cs_arena_alloc(&l->a, (strlen(copy) + 1) * sizeof *list);

	for (char *one = strtok_r(copy, " \t\n", &save); one; one = strtok_r(NULL, " \t\n", &save))
		list[l->filter.word_count++] = one;
	l->filter.word = list;
}

/* Lists by different indexes meet. */
static void add_list(struct lister *l, struct cs_id_list *list)
{
	cs_id_list_sort(list);
	if (l->has_among)
		cs_id_list_meet(&l->among, list);
	else
		l->among = *list;
	l->has_among = true;
	l->filter.among = &l->among;
}

static int add_person(struct lister *l, int64_t person, struct cs_id_list *tickets, struct cs_err *e)
{
	struct cs_id_list own = {0};

	if (cs_person_tickets(l->s->db, person, &l->a, &own, e) < 0)
		return -1;
	for (size_t i = 0; i < own.count; i++) {
		tickets->id = cs_arena_grow(&l->a, tickets->id, tickets->count, &tickets->size, sizeof *tickets->id);
		tickets->id[tickets->count++] = own.id[i];
	}
	return 0;
}

static int list_customer(struct lister *l, struct cs_err *e)
{
	struct cs_id_list people = {0}, tickets = {0};
	char *phone = cs_arena_strdup(&l->a, customer), *name = cs_arena_strdup(&l->a, customer), *end;
	long long number = strtoll(customer, &end, 10);

	if (!cs_text_normal_name(name))
		return cs_fail(e, CS_USAGE, "--customer: an empty text finds nobody");
	if (cs_person_search(l->s->db, name, cs_text_normal_phone(phone) ? phone : NULL, NULL, &l->a, &people, e) < 0)
		return -1;
	for (size_t i = 0; i < people.count; i++)
		if (add_person(l, people.id[i], &tickets, e) < 0)
			return -1;
	if (!*end && number > 0 && add_person(l, number, &tickets, e) < 0)
		return -1;
	add_list(l, &tickets);
	return 0;
}

/* A field that the rules mark `find`, of any kind. */
static size_t field_count(const struct cs_policy *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->kind_count; i++)
		n += p->kind[i].field_count;
	return n;
}

static int find_findable(struct lister *l, const char **name, struct cs_err *e)
{
	const struct cs_policy *p = l->s->policy;
	struct cs_ids known = {cs_arena_alloc(&l->a, (field_count(p) + 1) * sizeof *known.id), 0};
	const char *labelled = cs_name_labelled(p, "fields", *name);
	char shown[CS_ERR_SHOWN];

	for (size_t i = 0; i < p->kind_count; i++)
		for (size_t k = 0; k < p->kind[i].field_count; k++) {
			const struct cs_field *f = &p->kind[i].field[k];

			if (f->find && (strcmp(f->id, *name) == 0 || (labelled && strcmp(f->id, labelled) == 0))) {
				*name = f->id;
				return 0;
			}
			if (f->find && !cs_ids_has(&known, f->id))
				known.id[known.count++] = f->id;
		}
	if (known.count == 0)
		return cs_fail(e, CS_USAGE, "--find %s: the rules in force mark no field as findable",
			       cs_err_show(*name, shown));
	cs_name_unknown("findable fields", *name, &known, e);
	return cs_fail_in(e, "--find");
}

static int list_find(struct lister *l, struct cs_err *e)
{
	char *own = cs_arena_strdup(&l->a, find), *value = strchr(own, '=');
	struct cs_id_list tickets = {0};
	const char *name = own;

	if (!value || value == own)
		return cs_fail(e, CS_USAGE, "--find %s: wanted is FIELD=VALUE", find);
	*value++ = '\0';
	if (find_findable(l, &name, e) < 0)
		return -1;
	if (cs_list_key(l->s->db, name, value, &l->a, &tickets, e) < 0)
		return -1;
	add_list(l, &tickets);
	return 0;
}

static int list_matter(struct lister *l, struct cs_err *e)
{
	struct cs_id_list tickets = {0};
	struct cs_image im;
	int64_t id;

	if (cs_desk_ref(l->s, matter, &id, e) < 0)
		return cs_fail_in(e, "--matter");
	cs_image_init(&im, &l->a);
	if (cs_image_load(&im, l->s->db, id, e) < 0)
		return -1;
	if (cs_matter_tickets(l->s->db, im.t.matter != CS_NULL ? im.t.matter : id, &l->a, &tickets, e) < 0)
		return -1;
	add_list(l, &tickets);
	return 0;
}

/* 1: there is such a ticket; 0: there is none (named); -1. */
static int is_there(struct lister *l, const char *ref, int64_t id, struct cs_err *e)
{
	struct cs_ticket_row row;
	int rc;

	if (id == 0) {
		cs_ref_parse(ref, e);
		return -1;
	}
	rc = cs_table_find(l->s->db, &cs_ticket_table, id, &l->s->work, &row, e);
	if (rc == 0)
		cs_msg("%s: no such ticket", ref);
	else if (rc == 1 && (rc = cs_access_kept_row(l->s, row.kind, id, &l->s->work, e)) >= 0) {
		if (rc == 1)
			cs_msg("%s: not for you to read", ref);
		rc = !rc;
	}
	cs_arena_reset(&l->s->work);
	return rc;
}

static int list_given(struct lister *l, const struct cs_texts *refs, struct cs_err *e)
{
	struct cs_id_list tickets = {0};
	struct cs_ref *list;
	size_t count;
	int rc = 0;

	if (refs->count == 0)
		return 0;
	list = cs_refs_choose(refs, &count);
	tickets.id = cs_arena_alloc(&l->a, count * sizeof *tickets.id);
	for (size_t i = 0; rc >= 0 && i < count; i++) {
		rc = is_there(l, refs->item[list[i].place], list[i].id, e);
		if (rc == 1)
			tickets.id[tickets.count++] = list[i].id;
	}
	if (rc >= 0 && tickets.count < count)
		l->missing = cs_err_exit(tickets.count ? CS_REFUSED : CS_NOTFOUND);
	free(list);
	add_list(l, &tickets);
	return rc < 0 ? -1 : 0;
}

static int read_codes(struct lister *l, struct cs_err *e)
{
	struct cs_filter *f = &l->filter;

	return find_name(l, "kind", "kinds", kind, &f->kind, e) < 0 ||
			       find_name(l, "channel", "channels", channel, &f->channel, e) < 0 ||
			       find_name(l, "category", "categories", category, &f->category, e) < 0 ||
			       find_name(l, "priority", "priority", priority, &f->priority, e) < 0 ||
			       find_listed(l, "specialty", "specialty", specialty, &f->specialty, e) < 0 ||
			       find_listed(l, "validity", "validity", validity, &f->validity, e) < 0 ||
			       find_class(l, "importance", importance, &f->importance, e) < 0 ||
			       find_class(l, "importance-peak", peak, &f->importance_peak, e) < 0 ||
			       find_state(l, e) < 0
		       ? -1
		       : 0;
}

static int read_filter(struct lister *l, const struct cs_texts *refs, struct cs_err *e)
{
	struct cs_filter *f = &l->filter;

	cs_filter_init(f);
	if (cs_session_need_policy(l->s, e) < 0 || read_codes(l, e) < 0 || find_times(l, e) < 0)
		return -1;
	if (find_unit(l, "unit", unit, &f->unit, e) < 0 || find_unit(l, "place", place, &f->place, e) < 0 ||
	    find_unit(l, "accepting", accepting, &f->accepting, e) < 0 ||
	    find_unit(l, "causing", causing, &f->causing, e) < 0)
		return -1;
	if (find_staff(l, "assignee", assignee, &f->assignee, e) < 0 ||
	    find_staff(l, "responsible", responsible, &f->responsible, e) < 0)
		return -1;
	find_words(l);
	if ((customer && list_customer(l, e) < 0) || (find && list_find(l, e) < 0) || (matter && list_matter(l, e) < 0))
		return -1;
	return list_given(l, refs, e);
}

/* --- printing ---------------------------------------------------------------- */

static int print(const struct cs_ticket_row *t, void *arg, struct cs_err *e)
{
	struct lister *l = arg;
	int kept;

	if (limit >= 0 && l->printed >= limit)
		return 1;
	cs_arena_reset(&l->s->work);
	kept = cs_access_kept_row(l->s, t->kind, t->id, &l->s->work, e);
	if (kept != 0)
		return kept < 0 ? -1 : 0;
	for (size_t i = 0; i < l->columns.count; i++) {
		struct cs_value v;

		if (cs_list_value(l->s, &l->columns.item[i], t, &l->s->work, &v, e) < 0)
			return -1;
		l->cell[i] = cs_list_cell(l->s, &l->columns.item[i], t, &v, &l->s->work);
	}
	l->printed++;
	return cs_out_row(l->out, l->cell) < 0; /* nobody reads: enough */
}

static int keep(const struct cs_ticket_row *t, void *arg, struct cs_err *e)
{
	struct lister *l = arg;
	struct cs_value v;
	int kept;

	cs_arena_reset(&l->s->work);
	kept = cs_access_kept_row(l->s, t->kind, t->id, &l->s->work, e);
	if (kept != 0)
		return kept < 0 ? -1 : 0;
	if (cs_list_value(l->s, &l->sort, t, &l->s->work, &v, e) < 0)
		return -1;
	if (v.type == CS_V_TEXT)
		v.s = cs_arena_strdup(&l->a, v.s);
	if (l->found_count == l->found_size) {
		l->found_size = l->found_size ? l->found_size * 2 : 1024;
		l->found = cs_realloc(l->found, l->found_size * sizeof *l->found);
	}
	l->found[l->found_count++] = (struct sorted){v, t->id};
	return 0;
}

static bool sort_descending;

/* Empty ones last either way; equal ones by reference. */
static int by_key(const void *a, const void *b)
{
	const struct sorted *x = a, *y = b;
	int d = 0;

	if ((x->key.type == CS_V_NONE) != (y->key.type == CS_V_NONE))
		return x->key.type == CS_V_NONE ? 1 : -1;
	if (x->key.type != y->key.type)
		return x->key.type < y->key.type ? -1 : 1;
	if (x->key.type == CS_V_TEXT)
		d = strcmp(x->key.s, y->key.s);
	else if (x->key.type == CS_V_INT)
		d = x->key.i < y->key.i ? -1 : x->key.i > y->key.i;
	if (d != 0)
		return sort_descending ? -d : d;
	return x->id < y->id ? -1 : x->id > y->id;
}

static int print_sorted(struct lister *l, struct cs_err *e)
{
	sort_descending = l->descending;
	if (l->found_count)
		qsort(l->found, l->found_count, sizeof *l->found, by_key);
	for (size_t i = 0; i < l->found_count; i++) {
		struct cs_filter one;
		struct cs_id_list id = {&l->found[i].id, 1, 1};

		cs_filter_init(&one);
		one.among = &id;
		if ((limit >= 0 && l->printed >= limit) || cs_filter_walk(l->s, &one, l->columns.need, print, l, e) < 0)
			return limit >= 0 && l->printed >= limit ? 0 : -1;
	}
	return 0;
}

static int read_sort(struct lister *l, struct cs_err *e)
{
	char *name = cs_arena_strdup(&l->a, sort ? sort : ""), *comma = strchr(name, ',');

	if (!sort)
		return 0;
	if (comma)
		*comma++ = '\0';
	if (comma && strcmp(comma, "desc") != 0 && strcmp(comma, "asc") != 0)
		return cs_fail(e, CS_USAGE, "--sort %s: after the column only desc or asc may stand", sort);
	l->descending = comma && strcmp(comma, "desc") == 0;
	return cs_list_column_find(l->s->policy, name, &l->a, &l->sort, &l->sort_need, e) < 0 ? cs_fail_in(e, "--sort")
											      : 0;
}

static int list(struct lister *l, struct cs_err *e)
{
	uint64_t kept = 0; /* what tells whether a ticket is kept back */
	int rc;

	l->out = cs_out_open(stdout, l->cli->common.format, cs_list_titles(&l->columns, &l->a), l->columns.count);
	l->cell = cs_arena_alloc(&l->a, l->columns.count * sizeof *l->cell);
	if (excel)
		cs_out_set_excel(l->out);
	if (l->s->policy->access_count)
		kept = cs_table_bit(&cs_ticket_table, "id") | cs_table_bit(&cs_ticket_table, "kind");
	l->columns.need |= kept;
	l->sort_need |= kept;
	rc = cs_filter_walk(l->s, &l->filter, sort ? l->sort_need : l->columns.need, sort ? keep : print, l, e);
	if (rc == 0 && sort)
		rc = print_sorted(l, e);
	if (cs_out_close(l->out, rc < 0 ? NULL : e) < 0)
		rc = -1;
	return rc;
}

static int run(struct cs_cli *cli, struct cs_err *e)
{
	struct lister l = {.cli = cli};
	struct cs_texts refs = {0};
	int rc = -1;

	if (excel && cli->common.format_given && cli->common.format != CS_FORMAT_CSV)
		return cs_fail(e, CS_USAGE, "--excel is for --format csv");
	if (excel)
		cli->common.format = CS_FORMAT_CSV;
	if (cli->operands.count && cs_cli_refs(cli, 0, &refs, e) < 0)
		goto out;
	if (cs_desk_open(cli, CS_DB_READ, CS_RIGHT_STAFF, &l.s, e) < 0 || cs_db_begin_read(l.s->db, e) < 0)
		goto out;
	if (read_filter(&l, &refs, e) < 0 || read_sort(&l, e) < 0 ||
	    cs_list_columns_read(l.s->policy, columns, cli->common.format == CS_FORMAT_TEXT, &l.a, &l.columns, e) < 0)
		goto out;
	rc = (cli->operands.count && refs.count == 0) || l.missing == cs_err_exit(CS_NOTFOUND) ? 0 : list(&l, e);
	if (rc == 0)
		rc = l.missing;
out:
	cs_session_close(l.s);
	cs_arena_free(&l.a);
	cs_texts_free(&refs);
	free(l.found);
	return rc;
}

int main(int argc, char **argv)
{
	static const struct cs_command command = {
		.synopsis = "[options] [REF...|-]",
		.about = "Lists the tickets that all given filters leave, in the order of their references.",
		.takes = CS_TAKES_VIEWER,
		.operands_max = SIZE_MAX,
		.options = options,
		.run = run,
	};
	static const struct cs_program program = {"cs-list", "Lists tickets.", &command, 1};

	return cs_cli_main(&program, argc, argv);
}
