/* Columns of lists. */
#include "text/list_columns.h"

#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/near.h"
#include "domain/filter.h"
#include "domain/image.h"
#include "domain/values.h"
#include "store/ref.h"
#include "text/hidden.h"

static const struct cs_list_column known[] = {
	{"ref", "id", CS_LIST_REF, NULL},
	{"kind", "kind", CS_LIST_TEXT, NULL},
	{"state", "state", CS_LIST_TEXT, NULL},
	{"is", "state_is", CS_LIST_TEXT, NULL},
	{"waits", "waits", CS_LIST_TEXT, NULL},
	{"cycle", "cycle", CS_LIST_INT, NULL},
	{"unit", "handling", CS_LIST_HOLDER, NULL},
	{"place", "place", CS_LIST_UNIT, NULL},
	{"accepting", "accepting", CS_LIST_UNIT, NULL},
	{"handling", "handling", CS_LIST_UNIT, NULL},
	{"causing", "causing", CS_LIST_UNIT, NULL},
	{"assignee", "assignee", CS_LIST_STAFF, NULL},
	{"responsible", "responsible", CS_LIST_STAFF, NULL},
	{"first", "first", CS_LIST_STAFF, NULL},
	{"channel", "channel", CS_LIST_TEXT, NULL},
	{"category", "category", CS_LIST_TEXT, NULL},
	{"specialty", "specialty", CS_LIST_TEXT, NULL},
	{"importance", "importance", CS_LIST_TEXT, NULL},
	{"importance_peak", "importance_peak", CS_LIST_TEXT, NULL},
	{"importance_rules", "importance_rules", CS_LIST_TEXT, NULL},
	{"validity", "validity", CS_LIST_TEXT, NULL},
	{"priority", "priority", CS_LIST_TEXT, NULL},
	{"level", "level", CS_LIST_INT, NULL},
	{"customer", "customer", CS_LIST_NAME, NULL},
	{"phone", "customer", CS_LIST_PHONE, NULL},
	{"premises", "premises", CS_LIST_ADDRESS, NULL},
	{"opened", "opened_at", CS_LIST_TIME, NULL},
	{"responded", "responded_at", CS_LIST_TIME, NULL},
	{"due", "due_at", CS_LIST_TIME, NULL},
	{"done", "done_at", CS_LIST_TIME, NULL},
	{"closed", "closed_at", CS_LIST_TIME, NULL},
	{"late", "late", CS_LIST_BOOL, NULL},
	{"overdue", "due_at", CS_LIST_OVERDUE, NULL},
	{"matter", "matter", CS_LIST_MATTER, NULL},
	{"merged_into", "merged_into", CS_LIST_MATTER, NULL},
	{"imported", "imported", CS_LIST_BOOL, NULL},
	{"subject", "subject", CS_LIST_TEXT, NULL},
};
enum { KNOWN = sizeof known / sizeof *known };
static const char usual[] = "ref,kind,state,unit,assignee,category,priority,level,opened,due,subject";

static uint64_t bit(const char *column)
{
	return cs_table_bit(&cs_ticket_table, column);
}

static uint64_t need_of(const struct cs_list_column *c)
{
	switch (c->from) {
	case CS_LIST_HOLDER: return bit("handling") | bit("accepting");
	case CS_LIST_OVERDUE: return bit("due_at") | bit("late") | bit("state_is");
	case CS_LIST_FIELD: return bit("kind") | bit("fields") | bit("texts");
	default: return bit(c->source);
	}
}

static bool some_kind_has(const struct cs_policy *p, const char *field)
{
	for (size_t i = 0; i < p->kind_count; i++)
		if (cs_kind_field(&p->kind[i], field))
			return true;
	return false;
}

static const struct cs_table_column *ticket_column(const char *name)
{
	for (size_t i = 0; i < cs_ticket_table.column_count; i++)
		if (strcmp(cs_ticket_table.column[i].name, name) == 0)
			return &cs_ticket_table.column[i];
	return NULL;
}

int cs_list_column_find(const struct cs_policy *p, const char *name, struct cs_arena *a, struct cs_list_column *out,
			uint64_t *need, struct cs_err *e)
{
	struct cs_near near = {.wanted = name};
	struct cs_buf all = {0};
	char shown[CS_ERR_SHOWN];

	for (size_t i = 0; i < KNOWN; i++) {
		cs_near_try(&near, known[i].name);
		if (strcmp(known[i].name, name) == 0) {
			*out = known[i];
			out->column = ticket_column(out->source);
			*need |= need_of(out);
			return 0;
		}
	}
	if (p && some_kind_has(p, name)) {
		name = cs_arena_strdup(a, name);
		*out = (struct cs_list_column){name, name, CS_LIST_FIELD, NULL};
		*need |= need_of(out);
		return 0;
	}
	for (size_t i = 0; p && i < p->kind_count; i++)
		for (size_t k = 0; k < p->kind[i].field_count; k++)
			cs_near_try(&near, p->kind[i].field[k].id);
	cs_err_show(name, shown);
	if (near.best)
		return cs_fail(e, CS_USAGE, "no column '%s'; did you mean '%s'?", shown, near.best);
	for (size_t i = 0; i < KNOWN; i++)
		cs_buf_printf(&all, "%s%s", i ? ", " : "", known[i].name);
	cs_fail(e, CS_USAGE, "no column '%s', and no kind has such a field; there are %s", shown, cs_buf_str(&all));
	cs_buf_free(&all);
	return -1;
}

int cs_list_columns_read(const struct cs_policy *p, const char *text, bool first_ref, struct cs_arena *a,
			 struct cs_list_columns *out, struct cs_err *e)
{
	char *copy = cs_arena_strdup(a, text ? text : usual), *save = NULL;
	bool unasked = false; /* the reference was put first, and not named since */
	size_t size = 0;

	memset(out, 0, sizeof *out);
	for (char *name = strtok_r(copy, ",", &save); name || (first_ref && out->count == 0);
	     name = strtok_r(NULL, ",", &save)) {
		bool put_ref = first_ref && out->count == 0 && (!name || strcmp(name, "ref") != 0);

		if (unasked && name && strcmp(name, "ref") == 0) {
			unasked = false;
			continue;
		}
		unasked = unasked || put_ref;
		for (size_t i = 0; i < out->count; i++)
			if (name && strcmp(out->item[i].name, name) == 0)
				return cs_fail(e, CS_USAGE, "--columns: %s is given twice", name);
		for (int k = put_ref ? 0 : 1; k < 2 && (k == 0 || name); k++) {
			out->item = cs_arena_grow(a, out->item, out->count, &size, sizeof *out->item);
			if (cs_list_column_find(p, k == 0 ? "ref" : name, a, &out->item[out->count], &out->need, e) < 0)
				return cs_fail_in(e, "--columns");
			out->count++;
		}
		if (!name)
			break;
	}
	return out->count ? 0 : cs_fail(e, CS_USAGE, "--columns: no column is named");
}

static struct cs_value number(int64_t v)
{
	return (struct cs_value){v == CS_NULL ? CS_V_NONE : CS_V_INT, v, NULL};
}

static struct cs_value word(const char *text)
{
	return (struct cs_value){text ? CS_V_TEXT : CS_V_NONE, 0, text};
}

static int person_value(struct cs_session *s, enum cs_list_from from, int64_t id, struct cs_arena *a,
			struct cs_value *out, struct cs_err *e)
{
	struct cs_person_row p = {0};
	int rc = id == CS_NULL ? 0 : cs_table_find(s->db, &cs_person_table, id, a, &p, e);

	*out = word(rc == 1 ? (from == CS_LIST_NAME ? p.name : p.phone) : NULL);
	return rc < 0 ? -1 : 0;
}

static int address_value(struct cs_session *s, int64_t id, struct cs_arena *a, struct cs_value *out, struct cs_err *e)
{
	struct cs_premises_row p = {0};
	int rc = id == CS_NULL ? 0 : cs_table_find(s->db, &cs_premises_table, id, a, &p, e);

	*out = word(rc == 1 ? p.address : NULL);
	return rc < 0 ? -1 : 0;
}

int cs_list_value(struct cs_session *s, const struct cs_list_column *c, const struct cs_ticket_row *t,
		  struct cs_arena *a, struct cs_value *out, struct cs_err *e)
{
	const struct cs_unit_row *unit;
	const struct cs_staff_row *person;

	switch (c->from) {
	case CS_LIST_TEXT: *out = word(cs_row_text(c->column, t)); return 0;
	case CS_LIST_HOLDER:
	case CS_LIST_UNIT:
		unit = cs_org_unit(&s->org, c->from == CS_LIST_HOLDER && t->handling == CS_NULL
						    ? t->accepting
						    : cs_row_int(c->column, t));
		*out = word(unit ? unit->code : NULL);
		return 0;
	case CS_LIST_STAFF:
		person = cs_org_staff(&s->org, cs_row_int(c->column, t));
		*out = word(person ? person->login : NULL);
		return 0;
	case CS_LIST_OVERDUE: *out = number((int64_t)(cs_ticket_has_due(t) && t->due_at < s->now)); return 0;
	case CS_LIST_NAME:
	case CS_LIST_PHONE: return person_value(s, c->from, t->customer, a, out, e);
	case CS_LIST_ADDRESS: return address_value(s, t->premises, a, out, e);
	case CS_LIST_FIELD: *out = cs_own_value(t->fields, t->texts, c->source, a); return 0;
	case CS_LIST_REF:
	case CS_LIST_INT:
	case CS_LIST_TIME:
	case CS_LIST_BOOL:
	case CS_LIST_MATTER: break;
	}
	*out = number(cs_row_int(c->column, t));
	return 0;
}

static struct cs_cell field_cell(struct cs_session *s, const char *name, const struct cs_ticket_row *t,
				 const struct cs_value *v, struct cs_arena *a)
{
	const struct cs_kind *k = s->policy ? cs_policy_kind(s->policy, t->kind) : NULL;
	const struct cs_field *f = k ? cs_kind_field(k, name) : NULL;

	if (f && f->type == CS_FIELD_BOOL)
		return cs_cell_bool(v->i != 0);
	if (f && f->type == CS_FIELD_MONEY && v->type == CS_V_INT)
		return cs_cell_fixed(v->i, 2);
	if (v->type == CS_V_INT && (!f || f->type == CS_FIELD_INT))
		return cs_cell_int(v->i);
	return cs_cell_text(cs_hide_kept(s, cs_value_show(s, f ? f->type : CS_FIELD_TEXT, v, a), a));
}

struct cs_cell cs_list_cell(struct cs_session *s, const struct cs_list_column *c, const struct cs_ticket_row *t,
			    const struct cs_value *v, struct cs_arena *a)
{
	char buf[32];

	if (v->type == CS_V_NONE)
		return cs_cell_null();
	switch (c->from) {
	case CS_LIST_REF: return cs_cell_text(cs_arena_strdup(a, cs_ref_text(v->i, buf)));
	case CS_LIST_MATTER: return cs_cell_text(cs_hide_kept(s, cs_arena_strdup(a, cs_ref_text(v->i, buf)), a));
	case CS_LIST_TIME: return cs_cell_text(cs_arena_strdup(a, cs_time_text(cs_session_zone(s), v->i, buf)));
	case CS_LIST_INT: return cs_cell_int(v->i);
	case CS_LIST_BOOL:
	case CS_LIST_OVERDUE: return cs_cell_bool(v->i != 0);
	case CS_LIST_FIELD: return field_cell(s, c->source, t, v, a);
	case CS_LIST_TEXT: return cs_cell_text(cs_hide_kept(s, v->s, a));
	default: return cs_cell_text(v->s);
	}
}

const struct cs_column *cs_list_titles(const struct cs_list_columns *l, struct cs_arena *a)
{
	struct cs_column *c = cs_arena_alloc(a, l->count * sizeof *c);

	for (size_t i = 0; i < l->count; i++)
		c[i] = (struct cs_column){.name = l->item[i].name, .right = l->item[i].from == CS_LIST_INT};
	return c;
}
