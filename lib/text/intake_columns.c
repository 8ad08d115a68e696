/* Headings. */
#include "text/intake_columns.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "domain/names.h"
#include "text/heading.h"

#define TIME_END    "_at"
#define TIME_END_ZH "时间"

static const struct {
	struct cs_heading head;
	const char *section;
} columns[CS_COL_COUNT] = {
	[CS_COL_SOURCE_KEY] = {{"source_key", {"编号", "来源编号", "工单编号"}}, NULL},
	[CS_COL_KIND] = {{"kind", {"种类", "类型", "工单类型"}}, "kinds"},
	[CS_COL_CHANNEL] = {{"channel", {"渠道", "受理渠道", "来源渠道"}}, "channels"},
	[CS_COL_CATEGORY] = {{"category", {"类别", "分类", NULL}}, "categories"},
	[CS_COL_SUBJECT] = {{"subject", {"主题", "标题", NULL}}, NULL},
	[CS_COL_BODY] = {{"body", {"内容", "详情", NULL}}, NULL},
	[CS_COL_CUSTOMER] = {{"customer", {"客户", "客户姓名", "姓名"}}, NULL},
	[CS_COL_CUSTOMER_KEY] = {{"customer_key", {"客户编号", NULL, NULL}}, NULL},
	[CS_COL_PHONE] = {{"phone", {"电话", "联系电话", "手机"}}, NULL},
	[CS_COL_PREMISES] = {{"premises", {"房号", "地址", NULL}}, NULL},
	[CS_COL_CAPACITY] = {{"capacity", {"身份", "客户身份", NULL}}, "codes/capacity"},
	[CS_COL_FOR] = {{"for", {"被代理人", "委托人", NULL}}, NULL},
	[CS_COL_FOR_PHONE] = {{"for_phone", {"被代理人电话", "委托人电话", NULL}}, NULL},
	[CS_COL_UNIT] = {{"unit", {"项目", "单位", NULL}}, NULL},
	[CS_COL_PRIORITY] = {{"priority", {"优先级", NULL, NULL}}, "priority"},
	[CS_COL_OPENED_AT] = {{"opened_at", {"受理时间", "登记时间", "来电时间"}}, NULL},
	[CS_COL_DUE_AT] = {{"due_at", {"时限", "应完成时间", NULL}}, NULL},
	[CS_COL_CLOSED_AT] = {{"closed_at", {"关闭时间", "办结时间", NULL}}, NULL},
	[CS_COL_STATE] = {{"state", {"状态", NULL, NULL}}, NULL},
	[CS_COL_RESULT] = {{"result", {"处理结果", "结果", NULL}}, NULL},
	[CS_COL_SCORE] = {{"score", {"评分", "满意度", NULL}}, NULL},
};
/* Written by --rejects, so that the mended file can be taken in as it is. */
static const char *const ignored[] = {"reject_line", "reject_byte", "reject_reason", "reject_text"};

const char *cs_intake_column_name(enum cs_intake_standard c, bool chinese)
{
	return chinese ? columns[c].head.zh[0] : columns[c].head.name;
}

const char *cs_intake_column_names(bool chinese, struct cs_arena *a)
{
	struct cs_buf b = {0};
	const char *text;

	for (size_t i = 0; i < CS_COL_COUNT; i++)
		cs_buf_printf(&b, "%s%s", i ? ", " : "", cs_intake_column_name((enum cs_intake_standard)i, chinese));
	text = cs_arena_strdup(a, cs_buf_str(&b));
	cs_buf_free(&b);
	return text;
}

const char *cs_intake_column_section(enum cs_intake_standard c)
{
	return columns[c].section;
}

static bool is_standard(const char *heading, struct cs_intake_target *out)
{
	for (size_t i = 0; i < CS_COL_COUNT; i++) {
		if (!cs_heading_is(&columns[i].head, heading))
			continue;
		*out = (struct cs_intake_target){CS_INTAKE_STANDARD, (enum cs_intake_standard)i,
						 columns[i].head.name};
		return true;
	}
	return false;
}

static const char *field_id(const struct cs_policy *p, const char *name)
{
	for (size_t i = 0; i < p->kind_count; i++) {
		const struct cs_field *f = cs_kind_field(&p->kind[i], name);

		if (f)
			return f->id;
	}
	return NULL;
}

static const char *step_id(const struct cs_policy *p, const char *name)
{
	for (size_t i = 0; i < p->kind_count; i++) {
		const struct cs_step *st = cs_kind_step(&p->kind[i], name);

		if (st && st != p->kind[i].register_step)
			return st->id;
	}
	return NULL;
}

/* The heading without its end, NULL when it ends otherwise or is too long. */
static const char *without(const char *heading, const char *end, char *buf, size_t size)
{
	size_t n = strlen(heading), m = strlen(end);

	if (n <= m || n - m >= size || strcmp(heading + n - m, end) != 0)
		return NULL;
	memcpy(buf, heading, n - m);
	buf[n - m] = '\0';
	return buf;
}

static bool set(struct cs_intake_target *out, enum cs_intake_what what, const char *id)
{
	*out = (struct cs_intake_target){what, CS_COL_COUNT, id};
	return id != NULL;
}

bool cs_intake_heading(const struct cs_policy *p, const char *heading, struct cs_intake_target *out)
{
	char buf[128];
	const char *step = without(heading, TIME_END, buf, sizeof buf), *id;

	if (is_standard(heading, out))
		return true;
	for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++)
		if (strcmp(heading, ignored[i]) == 0)
			return set(out, CS_INTAKE_IGNORE, ignored[i]);
	if (!p)
		return set(out, step ? CS_INTAKE_STEP : CS_INTAKE_FIELD, *heading ? heading : NULL);
	if ((id = field_id(p, heading)))
		return set(out, CS_INTAKE_FIELD, id);
	if (step && (id = step_id(p, step)))
		return set(out, CS_INTAKE_STEP, id);
	id = cs_name_labelled(p, "fields", heading);
	if (id && (id = field_id(p, id)))
		return set(out, CS_INTAKE_FIELD, id);
	step = without(heading, TIME_END_ZH, buf, sizeof buf);
	id = step ? cs_name_labelled(p, "steps", step) : NULL;
	return set(out, CS_INTAKE_STEP, id ? step_id(p, id) : NULL);
}

void cs_intake_heading_near(const struct cs_policy *p, struct cs_near *n)
{
	size_t labels = 0;
	const struct cs_label *label = p ? cs_policy_labels(p, &labels) : NULL;

	for (size_t i = 0; i < CS_COL_COUNT; i++) {
		cs_near_try(n, columns[i].head.name);
		for (size_t k = 0; k < CS_HEADING_ZH && columns[i].head.zh[k]; k++)
			cs_near_try(n, columns[i].head.zh[k]);
	}
	for (size_t i = 0; p && i < p->kind_count; i++)
		for (size_t k = 0; k < p->kind[i].field_count; k++)
			cs_near_try(n, p->kind[i].field[k].id);
	for (size_t i = 0; i < labels; i++)
		if (strncmp(label[i].path, "fields/", 7) == 0 || strstr(label[i].path, "/fields/"))
			cs_near_try(n, label[i].text);
}
