/* The organisation as text. */
#include "text/org_form.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "domain/names.h"
#include "domain/staffing.h"
#include "store/staff_record.h"
#include "text/desk.h"

static const struct cs_org_field unit_fields[] = {
	{"code", "code", CS_ORG_TEXT, true, {"编码", "代码", "单位编码"}},
	{"name", "name", CS_ORG_TEXT, false, {"名称", "单位名称"}},
	{"level", "level", CS_ORG_TEXT, false, {"层级", "级别"}},
	{"parent", "parent", CS_ORG_UNIT, false, {"上级", "上级单位"}},
	{"function", "function", CS_ORG_TEXT, false, {"职能"}},
	{"households", "households", CS_ORG_COUNT, false, {"户数"}},
	{"closed", "closed_at", CS_ORG_UNTIL, false, {"停用日期", "撤销日期"}},
};
static const struct cs_org_field staff_fields[] = {
	{"login", "login", CS_ORG_TEXT, true, {"账号", "登录名"}},
	{"name", "name", CS_ORG_TEXT, false, {"姓名"}},
	{"unit", "unit", CS_ORG_UNIT, false, {"单位", "部门", "项目"}},
	{"phone", "phone", CS_ORG_TEXT, false, {"电话", "联系电话", "手机"}},
	{"joined", "joined_at", CS_ORG_FROM, false, {"入职日期"}},
	{"left", "left_at", CS_ORG_UNTIL, false, {"离职日期"}},
};
static const struct cs_org_field post_fields[] = {
	{"post", "post", CS_ORG_POST, true, {"岗位", "职务"}},
	{"login", "staff", CS_ORG_PERSON, true, {"账号", "登录名"}},
	{"unit", "unit", CS_ORG_UNIT, true, {"单位", "部门", "项目"}},
	{"deputy", "deputy", CS_ORG_FLAG, false, {"代理"}},
	{"from", "from_at", CS_ORG_FROM, true, {"开始日期", "任职日期"}},
	{"to", "to_at", CS_ORG_UNTIL, false, {"结束日期", "卸任日期"}},
};
static const struct cs_org_field record_fields[] = {
	{"record", "record", CS_ORG_RECORD, true, {"记录", "培训", "证书"}},
	{"login", "staff", CS_ORG_PERSON, true, {"账号", "登录名"}},
	{"at", "at", CS_ORG_FROM, true, {"日期"}},
	{"until", "until", CS_ORG_UNTIL, false, {"有效期至"}},
	{"note", "note", CS_ORG_TEXT, false, {"备注"}},
};
#define FIELDS(list) (list), sizeof(list) / sizeof *(list)
static const struct cs_org_form forms[] = {
	{CS_ORG_UNITS, "unit", "units", &cs_unit_table, FIELDS(unit_fields), false},
	{CS_ORG_STAFF, "staff", "staff", &cs_staff_table, FIELDS(staff_fields), false},
	{CS_ORG_POSTS, "post", "posts", &cs_post_table, FIELDS(post_fields), true},
	{CS_ORG_RECORDS, "record", "records", &cs_staff_record_table, FIELDS(record_fields), true},
};

const struct cs_org_form *cs_org_form_find(const char *word, struct cs_err *e)
{
	char shown[CS_ERR_SHOWN];

	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (strcmp(forms[i].one, word) == 0 || strcmp(forms[i].many, word) == 0)
			return &forms[i];
	cs_fail(e, CS_USAGE, "'%s' is none of units, staff, posts, records",
		cs_err_show(word, shown));
	return NULL;
}

const struct cs_org_field *cs_org_form_field(const struct cs_org_form *f, const char *name)
{
	for (size_t i = 0; i < f->count; i++)
		if (strcmp(f->field[i].name, name) == 0)
			return &f->field[i];
	return NULL;
}

static const struct cs_table_column *column_of(const struct cs_table *t, const char *name)
{
	size_t i = 0;

	while (strcmp(t->column[i].name, name) != 0)
		i++;
	return &t->column[i];
}

/* --- reading ---------------------------------------------------------------- */

static int read_count(const char *text, int64_t *out, struct cs_err *e)
{
	char *end, plain[64];

	text = cs_utf8_plain(text, plain, sizeof plain);
	errno = 0;
	*out = strtoll(text, &end, 10);
	return *end || errno || *out < 0 ? cs_fail(e, CS_USAGE, "'%.40s' is no whole number", text)
					 : 0;
}

static int read_flag(const char *text, int64_t *out, struct cs_err *e)
{
	*out = strcmp(text, "yes") == 0 || strcmp(text, "是") == 0;
	return *out || strcmp(text, "no") == 0 || strcmp(text, "否") == 0
		       ? 0
		       : cs_fail(e, CS_USAGE, "'%.40s' is neither yes nor no", text);
}

/* Told apart by it, so by its id from the first; the post admin is ours, and lists of records are the rules' affair. */
static int read_code(const struct cs_session *s, enum cs_org_type type, const char *text, struct cs_value *v,
		     struct cs_err *e)
{
	*v = (struct cs_value){CS_V_TEXT, 0, text};
	if (type == CS_ORG_POST && strcmp(text, CS_POST_ADMIN) == 0)
		return 0;
	if (type == CS_ORG_RECORD && !(s->policy && cs_policy_codes(s->policy, "record")))
		return 0;
	if (cs_session_need_policy(s, e) < 0)
		return -1;
	v->s = cs_name_find(s->policy, type == CS_ORG_POST ? "posts" : "codes/record", text, e);
	return v->s ? 0 : -1;
}

static int read_value(struct cs_session *s, const struct cs_org_field *field, const char *text,
		      struct cs_value *v, struct cs_err *e)
{
	const struct cs_unit_row *u;
	const struct cs_staff_row *p;

	v->type = CS_V_INT;
	switch (field->type) {
	case CS_ORG_TEXT: *v = (struct cs_value){CS_V_TEXT, 0, text}; return 0;
	case CS_ORG_POST:
	case CS_ORG_RECORD: return read_code(s, field->type, text, v, e);
	case CS_ORG_COUNT: return read_count(text, &v->i, e);
	case CS_ORG_FROM: return cs_desk_read_day(s, text, false, &v->i, e);
	case CS_ORG_UNTIL: return cs_desk_read_day(s, text, true, &v->i, e);
	case CS_ORG_FLAG: return read_flag(text, &v->i, e);
	case CS_ORG_UNIT:
		u = cs_org_find_unit(&s->org, text, e);
		v->i = u ? u->id : 0;
		return u ? 0 : -1;
	case CS_ORG_PERSON:
		p = cs_org_find_staff(&s->org, text, e);
		v->i = p ? p->id : 0;
		return p ? 0 : -1;
	}
	return -1;
}

int cs_org_form_set(struct cs_session *s, struct cs_arena *a, const struct cs_org_field *field,
		    const char *text, const struct cs_table *t, void *row, struct cs_err *e)
{
	struct cs_value v = {CS_V_NONE, 0, NULL};
	char *own = cs_arena_strdup(a, text);

	cs_utf8_trim(own);
	if (*own && read_value(s, field, own, &v, e) < 0)
		return cs_fail_in(e, "%s", field->name);
	return cs_row_set(t, row, field->column, &v) < 0
		       ? cs_fail(e, CS_INTERNAL, "no column %s", field->column)
		       : 0;
}

void cs_org_form_defaults(const struct cs_session *s, const struct cs_org_form *f,
			  union cs_org_row *row)
{
	const struct cs_zone *z = cs_session_zone(s);
	cs_time today = cs_day_start(z, cs_time_day(z, s->now));
	const struct cs_staff_row *who;

	if (f->what == CS_ORG_STAFF && row->staff.joined_at == CS_NULL)
		row->staff.joined_at = today;
	if (f->what != CS_ORG_POSTS || row->post.from_at != CS_NULL)
		return;
	who = cs_org_staff(&s->org, row->post.staff);
	row->post.from_at = who && who->joined_at > today ? who->joined_at : today;
}

/* --- printing ---------------------------------------------------------------- */

void cs_org_form_cells(const struct cs_session *s, const struct cs_org_form *f, const void *row,
		       struct cs_cell *cells, char (*buf)[32])
{
	for (size_t i = 0; i < f->count; i++) {
		const struct cs_table_column *c = column_of(f->table, f->field[i].column);
		int64_t v = c->type == CS_COL_INT ? cs_row_int(c, row) : CS_NULL;

		switch (f->field[i].type) {
		case CS_ORG_TEXT:
		case CS_ORG_POST:
		case CS_ORG_RECORD: cells[i] = cs_cell_text(cs_row_text(c, row)); break;
		case CS_ORG_COUNT: cells[i] = v == CS_NULL ? cs_cell_null() : cs_cell_int(v); break;
		case CS_ORG_FROM: cells[i] = cs_desk_day_cell(s, v, false, buf[i]); break;
		case CS_ORG_UNTIL: cells[i] = cs_desk_day_cell(s, v, true, buf[i]); break;
		case CS_ORG_UNIT: cells[i] = cs_desk_unit_cell(s, v); break;
		case CS_ORG_PERSON: cells[i] = cs_desk_staff_cell(s, v); break;
		case CS_ORG_FLAG: cells[i] = cs_cell_bool(v == 1); break;
		}
	}
}

/* --- finding ------------------------------------------------------------------ */

static const void *find_post(const struct cs_session *s, const struct cs_post_row *key, int64_t id)
{
	for (size_t i = 0; i < s->org.post_count; i++) {
		const struct cs_post_row *p = &s->org.post[i];

		if (key ? p->staff == key->staff && p->unit == key->unit &&
				    p->from_at == key->from_at && strcmp(p->post, key->post) == 0
			: p->id == id)
			return p;
	}
	return NULL;
}

int cs_org_form_match(struct cs_session *s, const struct cs_org_form *f, union cs_org_row *row,
		      struct cs_err *e)
{
	const void *found = NULL;

	switch (f->what) {
	case CS_ORG_UNITS:
		for (size_t i = 0; i < s->org.unit_count && !found && row->unit.code; i++)
			if (strcmp(s->org.unit[i].code, row->unit.code) == 0)
				found = &s->org.unit[i];
		break;
	case CS_ORG_STAFF:
		found = row->staff.login ? cs_org_login(&s->org, row->staff.login) : NULL;
		break;
	case CS_ORG_POSTS: found = row->post.post ? find_post(s, &row->post, 0) : NULL; break;
	case CS_ORG_RECORDS: /* not in the snapshot */
		return row->record.record ? cs_staff_record_find(s->db, &row->record, &s->work, e)
					  : 0;
	}
	if (found)
		memcpy(row, found, f->table->row_size);
	return found != NULL;
}

static int get_numbered(struct cs_session *s, const struct cs_org_form *f, const char *text,
			union cs_org_row *row, struct cs_err *e)
{
	const void *found;
	int64_t id;
	int rc;

	if (read_count(text, &id, e) < 0)
		return cs_fail_in(e, "%s (cs-org list %s shows the numbers)", f->one, f->many);
	if (f->what == CS_ORG_POSTS) {
		found = find_post(s, NULL, id);
		rc = found != NULL;
		if (found)
			memcpy(row, found, f->table->row_size);
	} else {
		rc = cs_table_find(s->db, f->table, id, &s->work, row, e);
	}
	return rc == 0  ? cs_fail(e, CS_USAGE, "no %s %lld (cs-org list %s)", f->one, (long long)id,
				  f->many)
	       : rc < 0 ? -1
			: 0;
}

int cs_org_form_get(struct cs_session *s, const struct cs_org_form *f, const char *text,
		    union cs_org_row *row, struct cs_err *e)
{
	const struct cs_unit_row *u;
	const struct cs_staff_row *p;

	if (f->what == CS_ORG_UNITS) {
		u = cs_org_find_unit(&s->org, text, e);
		if (u)
			row->unit = *u;
		return u ? 0 : -1;
	}
	if (f->what == CS_ORG_STAFF) {
		p = cs_org_find_staff(&s->org, text, e);
		if (p)
			row->staff = *p;
		return p ? 0 : -1;
	}
	return get_numbered(s, f, text, row, e);
}

int cs_org_form_put(struct cs_session *s, const struct cs_org_form *f, union cs_org_row *row,
		    cs_time at, bool *changed, struct cs_err *e)
{
	switch (f->what) {
	case CS_ORG_UNITS: return cs_staffing_unit(s, &row->unit, at, changed, e);
	case CS_ORG_STAFF: return cs_staffing_person(s, &row->staff, at, changed, e);
	case CS_ORG_POSTS: return cs_staffing_post(s, &row->post, at, changed, e);
	case CS_ORG_RECORDS: return cs_staffing_record(s, &row->record, at, changed, e);
	}
	return -1;
}

/* --- all of them ---------------------------------------------------------------- */

/* A row with its place in the printed order. */
struct placed {
	const void *row;
	int64_t tree;
	const char *first, *second;
	int64_t at, id;
};

static int by_place(const void *a, const void *b)
{
	const struct placed *p = a, *q = b;
	int order = (p->tree > q->tree) - (p->tree < q->tree);

	if (order == 0)
		order = strcmp(p->first, q->first);
	if (order == 0)
		order = strcmp(p->second, q->second);
	if (order == 0)
		order = (p->at > q->at) - (p->at < q->at);
	return order ? order : (p->id > q->id) - (p->id < q->id);
}

static int by_code(const void *a, const void *b)
{
	const struct cs_unit_row *const *p = a, *const *q = b;

	return strcmp((*p)->code, (*q)->code);
}

/* Walks the tree in the order of codes; rank[i] of the i-th unit of the snapshot. */
static void rank_below(const struct cs_org *o, const struct cs_unit_row **sorted, int64_t parent,
		       int64_t *rank, int64_t *next, int depth)
{
	for (size_t i = 0; i < o->unit_count && depth < 64; i++) {
		size_t at = (size_t)(sorted[i] - o->unit);

		if (sorted[i]->parent != parent || rank[at] >= 0)
			continue;
		rank[at] = (*next)++;
		rank_below(o, sorted, sorted[i]->id, rank, next, depth + 1);
	}
}

static int64_t *rank_units(const struct cs_org *o, struct cs_arena *a)
{
	const struct cs_unit_row **sorted =
		cs_arena_alloc(a, (o->unit_count + 1) * sizeof(*sorted));
	int64_t *rank = cs_arena_alloc(a, (o->unit_count + 1) * sizeof *rank), next = 0;

	for (size_t i = 0; i < o->unit_count; i++) {
		sorted[i] = &o->unit[i];
		rank[i] = -1;
	}
	qsort(sorted, o->unit_count, sizeof(*sorted), by_code);
	rank_below(o, sorted, CS_NULL, rank, &next, 0);
	return rank;
}

static struct placed place(const struct cs_session *s, const struct cs_org_form *f, const void *row,
			   const int64_t *rank)
{
	const struct cs_org *o = &s->org;
	const struct cs_unit_row *u = cs_org_unit(o, cs_org_form_unit(s, f, row));
	struct placed p = {.row = row,
			   .tree = -1,
			   .first = "",
			   .second = "",
			   .id = cs_row_int(column_of(f->table, "id"), row)};
	const struct cs_staff_row *who = NULL;

	if (f->what == CS_ORG_UNITS || f->what == CS_ORG_POSTS)
		p.tree = u ? rank[u - o->unit] : -1;
	if (f->what == CS_ORG_STAFF)
		p.first = ((const struct cs_staff_row *)row)->login;
	if (f->what == CS_ORG_POSTS) {
		p.first = ((const struct cs_post_row *)row)->post;
		p.at = ((const struct cs_post_row *)row)->from_at;
	}
	if (f->what == CS_ORG_RECORDS) {
		who = cs_org_staff(o, ((const struct cs_staff_record_row *)row)->staff);
		p.first = who ? who->login : "";
		p.second = ((const struct cs_staff_record_row *)row)->record;
		p.at = ((const struct cs_staff_record_row *)row)->at;
	}
	return p;
}

static int rows_of(struct cs_session *s, const struct cs_org_form *f, struct cs_arena *a,
		   const void **rows, size_t *count, struct cs_err *e)
{
	void *records = NULL;
	int rc = 0;

	switch (f->what) {
	case CS_ORG_UNITS:
		*rows = s->org.unit;
		*count = s->org.unit_count;
		break;
	case CS_ORG_STAFF:
		*rows = s->org.staff;
		*count = s->org.staff_count;
		break;
	case CS_ORG_POSTS:
		*rows = s->org.post;
		*count = s->org.post_count;
		break;
	case CS_ORG_RECORDS:
		rc = cs_table_all(s->db, &cs_staff_record_table, a, &records, count, e);
		*rows = records;
		break;
	}
	return rc;
}

int cs_org_form_rows(struct cs_session *s, const struct cs_org_form *f, struct cs_arena *a,
		     const void ***rows, size_t *count, struct cs_err *e)
{
	const int64_t *rank = rank_units(&s->org, a);
	const void *list = NULL;
	struct placed *placed;

	if (rows_of(s, f, a, &list, count, e) < 0)
		return -1;
	placed = cs_arena_alloc(a, (*count + 1) * sizeof *placed);
	*rows = cs_arena_alloc(a, (*count + 1) * sizeof **rows);
	for (size_t i = 0; i < *count; i++)
		placed[i] = place(s, f, (const char *)list + i * f->table->row_size, rank);
	qsort(placed, *count, sizeof *placed, by_place);
	for (size_t i = 0; i < *count; i++)
		(*rows)[i] = placed[i].row;
	return 0;
}

bool cs_org_form_holds(const struct cs_org_form *f, const void *row, cs_time at)
{
	const struct cs_unit_row *u = row;
	const struct cs_post_row *p = row;
	const struct cs_staff_record_row *r = row;

	switch (f->what) {
	case CS_ORG_UNITS: return u->closed_at == CS_NULL || at < u->closed_at;
	case CS_ORG_STAFF: return cs_staff_active(row, at);
	case CS_ORG_POSTS: return p->from_at <= at && (p->to_at == CS_NULL || at < p->to_at);
	case CS_ORG_RECORDS: return r->at <= at && (r->until == CS_NULL || at < r->until);
	}
	return false;
}

int64_t cs_org_form_unit(const struct cs_session *s, const struct cs_org_form *f, const void *row)
{
	const struct cs_staff_row *who;

	switch (f->what) {
	case CS_ORG_UNITS: return ((const struct cs_unit_row *)row)->id;
	case CS_ORG_STAFF: return ((const struct cs_staff_row *)row)->unit;
	case CS_ORG_POSTS: return ((const struct cs_post_row *)row)->unit;
	case CS_ORG_RECORDS:
		who = cs_org_staff(&s->org, ((const struct cs_staff_record_row *)row)->staff);
		return who ? who->unit : CS_NULL;
	}
	return CS_NULL;
}
