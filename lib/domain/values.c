/* Typed values to and from text. */
#include "domain/values.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "domain/names.h"
#include "store/ref.h"

enum { TYPED_MAX = 256 };

int cs_bool_read(const char *text, struct cs_err *e)
{
	static const char *const yes[] = {"yes", "true", "1", "y", "是", "有"}, *const no[] = {"no", "false", "0",
											       "n",  "否",    "无"};
	char shown[CS_ERR_SHOWN];

	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
		if (strcmp(text, yes[i]) == 0 || strcmp(text, no[i]) == 0)
			return strcmp(text, yes[i]) == 0;
	return cs_fail(e, CS_USAGE, "'%s' is neither yes nor no", cs_err_show(text, shown));
}

static int read_bool(const char *text, struct cs_value *out, struct cs_err *e)
{
	int yes = cs_bool_read(text, e);

	if (yes < 0)
		return -1;
	*out = CS_I((int64_t)yes);
	return 0;
}

static int read_int(const char *text, int64_t *out, struct cs_err *e)
{
	char *end;

	if (strlen(text) > 15 || strspn(text, "-0123456789") != strlen(text) || !*text)
		return cs_fail(e, CS_USAGE, "'%.60s' is no whole number of at most 15 digits", text);
	*out = strtoll(text, &end, 10);
	return *end || end == text ? cs_fail(e, CS_USAGE, "'%.60s' is no whole number", text) : 0;
}

/* Yuan with at most two decimals, as fen. */
static int read_money(const char *text, int64_t *out, struct cs_err *e)
{
	const char *dot = strchr(text, '.');
	size_t whole = dot ? (size_t)(dot - text) : strlen(text), cents = dot ? strlen(dot + 1) : 0;
	int64_t v = 0;

	if (whole < 1 || whole > 12 || (dot && (cents < 1 || cents > 2)) || strspn(text, "0123456789") != whole ||
	    (dot && strspn(dot + 1, "0123456789") != cents))
		return cs_fail(e, CS_USAGE, "'%.60s' is no amount (12, 12.5 and 12.50 are)", text);
	for (size_t i = 0; i < whole; i++)
		v = v * 10 + (text[i] - '0');
	for (size_t i = 0; i < 2; i++)
		v = v * 10 + (i < cents ? dot[1 + i] - '0' : 0);
	*out = v;
	return 0;
}

static int read_code(const struct cs_policy *p, const char *section, const char *text, struct cs_arena *a,
		     struct cs_value *out, struct cs_err *e)
{
	const char *id = section ? cs_name_find(p, section, text, e) : text;

	if (!id)
		return -1;
	*out = CS_S(cs_arena_strdup(a, id));
	return 0;
}

static int read_staff(struct cs_session *s, const char *text, struct cs_value *out, struct cs_err *e)
{
	const struct cs_staff_row *p = cs_org_find_staff(&s->org, text, e);

	if (!p)
		return -1;
	*out = CS_I(p->id);
	return 0;
}

int cs_value_read(struct cs_session *s, enum cs_field_type type, const char *section, bool none, const char *text,
		  struct cs_arena *a, struct cs_value *out, struct cs_err *e)
{
	const struct cs_unit_row *unit;
	char plain[TYPED_MAX], ref[CS_REF_SIZE];
	int64_t id;
	int32_t day;

	*out = (struct cs_value){0};
	if (type != CS_FIELD_TEXT)
		text = cs_utf8_plain(text, plain, sizeof plain);
	if (none && strcmp(text, "none") == 0) {
		*out = CS_S("none");
		return 0;
	}
	switch (type) {
	case CS_FIELD_TEXT:
		if (cs_utf8_check(text, strlen(text)) != strlen(text))
			return cs_fail(e, CS_USAGE, "the text is not valid UTF-8");
		if (cs_utf8_blank(text))
			return cs_fail(e, CS_USAGE, "an empty text says nothing");
		*out = CS_S(cs_arena_strdup(a, text));
		return 0;
	case CS_FIELD_INT:
		out->type = CS_V_INT;
		return read_int(text, &out->i, e);
	case CS_FIELD_MONEY:
		out->type = CS_V_INT;
		return read_money(text, &out->i, e);
	case CS_FIELD_TIME:
		out->type = CS_V_INT;
		return cs_time_parse(text, cs_session_zone(s), &out->i, e);
	case CS_FIELD_DATE:
		if (cs_date_parse(text, &day, e) < 0)
			return -1;
		*out = CS_I((int64_t)day);
		return 0;
	case CS_FIELD_BOOL: return read_bool(text, out, e);
	case CS_FIELD_CODE: return read_code(s->policy, section, text, a, out, e);
	case CS_FIELD_REF:
		id = cs_ref_parse(text, e);
		if (id)
			*out = CS_S(cs_arena_strdup(a, cs_ref_text(id, ref)));
		return id ? 0 : -1;
	case CS_FIELD_STAFF: return read_staff(s, text, out, e);
	case CS_FIELD_UNIT:
		unit = cs_org_find_unit(&s->org, text, e);
		if (unit)
			*out = CS_I(unit->id);
		return unit ? 0 : -1;
	}
	return cs_fail(e, CS_INTERNAL, "field of an unknown type");
}

const char *cs_value_show(const struct cs_session *s, enum cs_field_type type, const struct cs_value *v,
			  struct cs_arena *a)
{
	char buf[64];
	const struct cs_staff_row *p;
	const struct cs_unit_row *u;

	if (v->type == CS_V_NONE)
		return "";
	if (v->type == CS_V_TEXT)
		return v->s;
	switch (type) {
	case CS_FIELD_MONEY:
		snprintf(buf, sizeof buf, "%lld.%02lld", (long long)(v->i / 100), (long long)(v->i % 100));
		return cs_arena_strdup(a, buf);
	case CS_FIELD_TIME: return cs_arena_strdup(a, cs_time_text(cs_session_zone(s), v->i, buf));
	case CS_FIELD_DATE: return cs_arena_strdup(a, cs_date_text((int32_t)v->i, buf));
	case CS_FIELD_BOOL: return v->i ? "yes" : "no";
	case CS_FIELD_STAFF:
		p = cs_org_staff(&s->org, v->i);
		return p ? p->login : "?";
	case CS_FIELD_UNIT:
		u = cs_org_unit(&s->org, v->i);
		return u ? u->code : "?";
	default:
		snprintf(buf, sizeof buf, "%lld", (long long)v->i);
		return cs_arena_strdup(a, buf);
	}
}

enum { SECTION_SIZE = 128 };

int cs_value_of_field(struct cs_session *s, const struct cs_field *f, const char *text, struct cs_arena *a,
		      struct cs_value *out, struct cs_err *e)
{
	char section[SECTION_SIZE];
	const char *list = f->code_list;

	if (f->type == CS_FIELD_CODE && list && cs_policy_codes(s->policy, list))
		snprintf(section, sizeof section, "codes/%s", list);
	else
		snprintf(section, sizeof section, "%s", list ? list : "");
	return cs_value_read(s, f->type, *section ? section : NULL, f->none, text, a, out, e);
}

int cs_value_of_word(struct cs_session *s, const struct cs_kind *k, const struct cs_word *w, const char *text,
		     struct cs_arena *a, struct cs_value *out, struct cs_err *e)
{
	static const char *const sections[] = {"kinds", "channels", "categories", "priority", "importance"};
	char section[SECTION_SIZE] = "";

	if (w->codes && k && strcmp(w->codes, "states") == 0)
		snprintf(section, sizeof section, "kinds/%s/states", k->id);
	else if (w->codes)
		snprintf(section, sizeof section, "codes/%s", w->codes);
	for (size_t i = 0; w->codes && i < sizeof sections / sizeof *sections; i++)
		if (strcmp(sections[i], w->codes) == 0)
			snprintf(section, sizeof section, "%s", w->codes);
	return cs_value_read(s, w->type, *section ? section : NULL, false, text, a, out, e);
}

const char *cs_value_words(const struct cs_session *s, const char *lang, const struct cs_field *f,
			   const struct cs_value *v, struct cs_arena *a)
{
	char buf[32];

	if (f->type == CS_FIELD_TIME && v->type == CS_V_INT)
		return cs_arena_strdup(a, cs_time_text_minute(cs_session_zone(s), v->i, buf));
	if (f->type == CS_FIELD_BOOL && strcmp(lang, "zh") == 0)
		return v->type != CS_V_INT ? "" : v->i ? "是" : "否";
	if (f->type == CS_FIELD_REF && v->type == CS_V_TEXT && strcmp(v->s, "none") == 0 && strcmp(lang, "zh") == 0)
		return "无";
	if (f->type == CS_FIELD_CODE && v->type == CS_V_TEXT && f->code_list)
		return cs_policy_label(s->policy, lang,
				       cs_arena_printf(a, "%s%s/%s",
						       cs_policy_codes(s->policy, f->code_list) ? "codes/" : "",
						       f->code_list, v->s));
	return cs_value_show(s, f->type, v, a);
}
