/* Printing customers. */
#include "text/customer_text.h"

#include <stdio.h>

#include "domain/access.h"
#include "store/customer.h"
#include "store/ref.h"
#include "text/desk.h"
#include "text/process.h"

const struct cs_column cs_customer_columns[] = {
	{.name = "customer", .right = true},
	{.name = "name"},
	{.name = "phone"},
	{.name = "premises"},
	{.name = "unit"},
	{.name = "capacity"},
	{.name = "tier"},
	{.name = "weight"},
	{.name = "manager"},
};
const size_t cs_customer_column_count = sizeof cs_customer_columns / sizeof *cs_customer_columns;
const struct cs_column cs_customer_csv[CS_CC_COUNT] = {
	{.name = "source"},   {.name = "customer_key"}, {.name = "name"},     {.name = "phone"},
	{.name = "premises"}, {.name = "unit"},         {.name = "capacity"}, {.name = "from"},
	{.name = "to"},       {.name = "tier"},         {.name = "weight"},   {.name = "manager"},
};

const struct cs_heading cs_customer_headings[CS_CC_COUNT] = {
	{"source", {"来源"}},
	{"customer_key", {"客户编号"}},
	{"name", {"客户", "客户姓名", "姓名"}},
	{"phone", {"电话", "联系电话", "手机"}},
	{"premises", {"房号", "地址"}},
	{"unit", {"项目", "单位"}},
	{"capacity", {"身份"}},
	{"from", {"开始日期", "入住日期"}},
	{"to", {"结束日期", "迁出日期"}},
	{"tier", {"客户等级", "等级"}},
	{"weight", {"重要程度"}},
	{"manager", {"客户经理"}},
};

static bool runs(const struct cs_tenure_row *t, cs_time at)
{
	return (t->from_at == CS_NULL || t->from_at <= at) &&
	       (t->to_at == CS_NULL || at < t->to_at);
}

static int find_premises(struct cs_session *s, int64_t id, struct cs_premises_row *row,
			 struct cs_err *e)
{
	int rc = cs_table_find(s->db, &cs_premises_table, id, &s->work, row, e);

	return rc == 0  ? cs_fail(e, CS_IO, "premises %lld are not in the database; run cs-check",
				  (long long)id)
	       : rc < 0 ? -1
			: 0;
}

int cs_customer_print(struct cs_session *s, const struct cs_person_row *p, cs_time at,
		      struct cs_out *out, struct cs_err *e)
{
	struct cs_premises_row home;
	const struct cs_tenure_row *first = NULL;
	struct cs_tenure_row *t;
	size_t n;

	cs_table_blank(&cs_premises_table, &home);
	if (cs_person_tenures(s->db, p->id, &s->work, &t, &n, e) < 0)
		return -1;
	for (size_t i = 0; i < n && !first; i++)
		if (runs(&t[i], at))
			first = &t[i];
	if (first && find_premises(s, first->premises, &home, e) < 0)
		return -1;
	return cs_out_row(out,
			  (struct cs_cell[]){cs_cell_int(p->id), cs_cell_text(p->name),
					     cs_cell_text(p->phone), cs_cell_text(home.address),
					     cs_desk_unit_cell(s, home.unit),
					     cs_cell_text(first ? first->capacity : NULL),
					     cs_cell_text(p->tier), cs_cell_text(p->weight),
					     cs_desk_staff_cell(s, p->manager)}) < 0
		       ? 1
		       : 0;
}

static void print_csv_row(struct cs_session *s, const struct cs_person_row *p,
			  const struct cs_premises_row *home, const struct cs_tenure_row *t,
			  struct cs_out *out)
{
	char from[32], to[32];
	struct cs_cell cells[CS_CC_COUNT] = {
		[CS_CC_SOURCE] = cs_cell_text(p->source),
		[CS_CC_KEY] = cs_cell_text(p->customer_key),
		[CS_CC_NAME] = cs_cell_text(p->name),
		[CS_CC_PHONE] = cs_cell_text(p->phone),
		[CS_CC_TIER] = cs_cell_text(p->tier),
		[CS_CC_WEIGHT] = cs_cell_text(p->weight),
		[CS_CC_MANAGER] = cs_desk_staff_cell(s, p->manager),
	};

	if (t) {
		cells[CS_CC_PREMISES] = cs_cell_text(home->address);
		cells[CS_CC_UNIT] = cs_desk_unit_cell(s, home->unit);
		cells[CS_CC_CAPACITY] = cs_cell_text(t->capacity);
		cells[CS_CC_FROM] = cs_desk_day_cell(s, t->from_at, false, from);
		cells[CS_CC_TO] = cs_desk_day_cell(s, t->to_at, true, to);
	}
	cs_out_row(out, cells);
}

int cs_customer_print_csv(struct cs_session *s, const struct cs_person_row *p, struct cs_out *out,
			  struct cs_err *e)
{
	struct cs_tenure_row *t;
	size_t n;

	if (cs_person_tenures(s->db, p->id, &s->work, &t, &n, e) < 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		struct cs_premises_row home;

		if (find_premises(s, t[i].premises, &home, e) < 0)
			return -1;
		print_csv_row(s, p, &home, &t[i], out);
	}
	if (n == 0)
		print_csv_row(s, p, NULL, NULL, out);
	return 0;
}

/* --- one whole -------------------------------------------------------------------- */

static void put(struct cs_out *out, const char *field, struct cs_cell value)
{
	if (value.type != CS_CELL_NULL)
		cs_out_row(out, (struct cs_cell[]){cs_cell_text(field), value});
}

static int show_premises(struct cs_session *s, int64_t person, struct cs_out *out, struct cs_err *e)
{
	struct cs_tenure_row *t;
	size_t n;

	if (cs_person_tenures(s->db, person, &s->work, &t, &n, e) < 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		struct cs_premises_row home;
		char from[32], to[32];

		if (find_premises(s, t[i].premises, &home, e) < 0)
			return -1;
		put(out, "premises", cs_cell_text(home.address));
		put(out, "unit", cs_desk_unit_cell(s, home.unit));
		put(out, "capacity", cs_cell_text(t[i].capacity));
		put(out, "from", cs_desk_day_cell(s, t[i].from_at, false, from));
		put(out, "to", cs_desk_day_cell(s, t[i].to_at, true, to));
	}
	return 0;
}

int cs_customer_show(struct cs_session *s, const struct cs_person_row *p, struct cs_out *out,
		     struct cs_err *e)
{
	struct cs_id_list tickets;
	char buf[4][32], ref[CS_REF_SIZE];

	put(out, "customer", cs_cell_int(p->id));
	put(out, "name", cs_cell_text(p->name));
	put(out, "phone", cs_cell_text(p->phone));
	put(out, "source", cs_cell_text(p->customer_key ? p->source : NULL));
	put(out, "customer_key", cs_cell_text(p->customer_key));
	put(out, "tier", cs_cell_text(p->tier));
	put(out, "tier since", cs_desk_time_cell(s, p->tier_at, buf[0]));
	put(out, "weight", cs_cell_text(p->weight));
	put(out, "weight since", cs_desk_time_cell(s, p->weight_at, buf[1]));
	put(out, "manager", cs_desk_staff_cell(s, p->manager));
	put(out, "erased", cs_desk_time_cell(s, p->erased_at, buf[2]));
	if (show_premises(s, p->id, out, e) < 0 ||
	    cs_person_tickets(s->db, p->id, &s->work, &tickets, e) < 0)
		return -1;
	for (size_t i = 0; i < tickets.count; i++) {
		struct cs_ticket_row t;
		int rc = cs_table_find(s->db, &cs_ticket_table, tickets.id[i], &s->work, &t, e);
		int kept = rc == 1 ? cs_access_kept_row(s, t.kind, t.id, &s->work, e) : rc;

		if (kept < 0)
			return -1;
		if (kept == 0)
			put(out, "ticket", cs_cell_text(cs_ref_text(tickets.id[i], ref)));
	}
	return 0;
}

int cs_customer_remark_new(struct cs_session *s, int64_t person, struct cs_err *e)
{
	struct cs_id_list like;

	if (cs_person_namesakes(s->db, person, &s->work, &like, e) < 0)
		return -1;
	for (size_t i = 0; i < like.count; i++) {
		struct cs_person_row p = {.phone = NULL};

		if (cs_table_find(s->db, &cs_person_table, like.id[i], &s->work, &p, e) < 0)
			return -1;
		if (!p.phone)
			cs_note("customer %lld is new; customer %lld has the same name and premises, without a phone",
				(long long)person, (long long)like.id[i]);
	}
	return 0;
}
