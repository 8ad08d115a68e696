/* Values of a policy: parameters, spans, numbers, times, hours, dates. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "domain/policy_build.h"

static void expected(struct cs_pol *b, const struct cs_json_node *n, const char *what)
{
	if (cs_json_text(n))
		cs_pol_fault(b, n, "%s expected, found '%s'", what, cs_json_text(n));
	else
		cs_pol_fault(b, n, "%s expected, found %s", what,
			     cs_json_type_name(cs_json_type(n)));
}

/* The parameter that "$name" names; NULL after a fault. */
static const struct cs_param *param(struct cs_pol *b, const struct cs_json_node *n)
{
	const char *id = cs_json_text(n) + 1;

	for (size_t i = 0; i < b->p->param_count; i++)
		if (b->p->param[i].id && strcmp(b->p->param[i].id, id) == 0) {
			if (b->param_used)
				b->param_used[i] = true;
			return &b->p->param[i];
		}
	if (cs_pol_checks(b))
		cs_pol_ref(b, n, id, "params");
	else
		cs_pol_fault(b, n, "no parameter '%s'", id);
	return NULL;
}

static bool is_param(const struct cs_json_node *n)
{
	const char *s = cs_json_text(n);

	return s && *s == '$';
}

bool cs_pol_span(struct cs_pol *b, const struct cs_json_node *n, bool percent, struct cs_span *out)
{
	const char *s = cs_json_text(n);
	const struct cs_param *p;
	struct cs_err e;

	if (!s) {
		expected(b, n, "span or $param");
		return false;
	}
	if (!is_param(n)) {
		if (cs_span_parse(s, percent, out, &e) == 0)
			return true;
		cs_pol_fault(b, n, "%s", e.text);
		return false;
	}
	p = param(b, n);
	if (p && p->decided && (!p->is_span || (p->span.unit == CS_SPAN_PERCENT && !percent))) {
		cs_pol_fault(b, n, "parameter '%s' is no span%s", p->id,
			     p->is_span ? ": a share of the limit can only be said of a rung" : "");
		p = NULL;
	} else if (p && p->span.unit == CS_SPAN_PERCENT && (p->share % 100 || !p->span.n)) {
		cs_pol_fault(b, n, "parameter '%s' is no whole percentage above 0%%", p->id);
		p = NULL;
	}
	if (p)
		*out = p->span;
	return p != NULL;
}

bool cs_pol_number(struct cs_pol *b, const struct cs_json_node *n, int64_t *out, bool *undecided)
{
	const struct cs_param *p;

	*undecided = false;
	if (!is_param(n)) {
		if (cs_json_int(n, out) == 0 && *out >= 0)
			return true;
		expected(b, n, "whole number or $param");
		return false;
	}
	p = param(b, n);
	if (p && p->decided && (p->is_span || p->is_time)) {
		cs_pol_fault(b, n, "parameter '%s' is no whole number", p->id);
		p = NULL;
	}
	if (!p)
		return false;
	*out = p->number;
	*undecided = !p->decided;
	return true;
}

bool cs_pol_minute(struct cs_pol *b, const struct cs_json_node *n, int *out)
{
	const char *s = cs_json_text(n);
	const struct cs_param *p;
	struct cs_err e;

	if (!s) {
		expected(b, n, "time of day or $param");
		return false;
	}
	if (!is_param(n)) {
		if (cs_minute_parse(s, out, &e) == 0)
			return true;
		cs_pol_fault(b, n, "%s", e.text);
		return false;
	}
	p = param(b, n);
	if (p && p->decided && !p->is_time) {
		cs_pol_fault(b, n, "parameter '%s' is no time of day", p->id);
		p = NULL;
	}
	if (p && p->decided)
		*out = (int)p->number;
	return p != NULL;
}

/* "98%" or "99.5%" in hundredths; -1 when it is none or above 100 %. */
static int64_t percent_text(const char *s)
{
	int64_t n = 0;
	int digits = 0;

	if (*s < '0' || *s > '9')
		return -1;
	for (; *s >= '0' && *s <= '9' && n <= 100; s++)
		n = n * 10 + (*s - '0');
	n *= 100;
	if (*s == '.') {
		for (s++; *s >= '0' && *s <= '9' && digits < 2; s++, digits++)
			n += (*s - '0') * (digits ? 1 : 10);
		if (!digits)
			return -1;
	}
	return strcmp(s, "%") == 0 && n <= 10000 ? n : -1;
}

bool cs_pol_target(struct cs_pol *b, const struct cs_json_node *n, int64_t *out)
{
	const char *s = cs_json_text(n);
	const struct cs_param *p;

	*out = -1;
	if (!is_param(n)) {
		*out = s ? percent_text(s) : -1;
		if (*out < 0)
			expected(b, n, "percentage (98% or 99.5%) or $param");
		return *out >= 0;
	}
	p = param(b, n);
	if (p && p->decided &&
	    (!p->is_span || p->span.unit != CS_SPAN_PERCENT || p->share > 10000)) {
		cs_pol_fault(b, n, "parameter '%s' is no percentage up to 100%%", p->id);
		p = NULL;
	}
	if (p && p->decided)
		*out = p->share;
	return p != NULL;
}

bool cs_pol_day(struct cs_pol *b, const struct cs_json_node *n, const char *text, int32_t *out)
{
	struct cs_err e;

	if (cs_date_parse(text, out, &e) == 0)
		return true;
	cs_pol_fault(b, n, "%s", e.text);
	return false;
}

void cs_pol_param(struct cs_pol *b, const struct cs_json_node *n, struct cs_param *out)
{
	const char *s = cs_json_text(n);
	struct cs_err e;
	int minute;

	out->decided = !cs_json_is_null(n);
	if (!out->decided)
		return;
	if (!s) {
		if (cs_json_int(n, &out->number) != 0 || out->number < 0)
			expected(b, n, "whole number, span, percentage, time of day or null");
		return;
	}
	out->is_time = strchr(s, ':') != NULL;
	out->is_span = !out->is_time;
	if (out->is_time) {
		if (cs_minute_parse(s, &minute, &e) != 0)
			cs_pol_fault(b, n, "%s", e.text);
		else
			out->number = minute;
	} else if (percent_text(s) >= 0) {
		out->share = percent_text(s);
		out->span = (struct cs_span){CS_SPAN_PERCENT, out->share / 100};
	} else if (cs_span_parse(s, true, &out->span, &e) != 0) {
		cs_pol_fault(b, n, "%s", e.text);
	} else if (out->span.unit == CS_SPAN_PERCENT) {
		out->share = out->span.n * 100;
	}
}

/* An undecided edge binds nobody: the first is the day's begin, the last its end, one between two
   stretches makes them one. */
static void add_hours(struct cs_day_hours *out, int from, int to, bool open)
{
	if (out->count && (open || from < 0))
		out->span[out->count - 1].to = to;
	else
		out->span[out->count++] = (struct cs_hours){from < 0 ? 0 : from, to};
}

void cs_pol_hours(struct cs_pol *b, const struct cs_json_node *n, struct cs_day_hours *out)
{
	int last = -1; /* the last decided edge */
	bool open = false; /* the end of the stretch before is undecided */

	if (cs_json_type(n) != CS_JSON_ARRAY) {
		expected(b, n, "list of [from, to]");
		return;
	}
	out->span = cs_pol_array(b, cs_json_count(n), sizeof *out->span);
	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m)) {
		const struct cs_json_node *from_node = cs_json_first(m);
		int from = -1, to = -1;

		if (cs_json_type(m) != CS_JSON_ARRAY || cs_json_count(m) != 2) {
			expected(b, m, "[from, to]");
			continue;
		}
		if (!cs_pol_minute(b, from_node, &from) ||
		    !cs_pol_minute(b, cs_json_next(from_node), &to))
			continue;
		if ((from >= 0 && to >= 0 && from >= to) || from >= 1440)
			cs_pol_fault(b, m,
				     "the hours must begin on their day and end after they begin");
		else if ((from >= 0 && from < last) || (from < 0 && to >= 0 && to < last))
			cs_pol_fault(b, m, "the hours must stand in order and not overlap");
		add_hours(out, from, to, open);
		open = to < 0;
		last = to >= 0 ? to : from >= 0 ? from : last;
	}
	if (open)
		out->span[out->count - 1].to = 1440;
}

static int by_date(const void *x, const void *y)
{
	const struct cs_calendar_date *a = x, *c = y;

	return (a->day > c->day) - (a->day < c->day);
}

void cs_pol_dates(struct cs_pol *b, const struct cs_json_node *n, struct cs_calendar *c)
{
	if (cs_json_type(n) != CS_JSON_OBJECT) {
		expected(b, n, "object");
		return;
	}
	c->date = cs_pol_array(b, cs_json_count(n), sizeof *c->date);
	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m)) {
		struct cs_calendar_date *d = &c->date[c->date_count];

		if (!cs_pol_day(b, m, cs_json_key(m), &d->day))
			continue;
		cs_pol_hours(b, m, &d->hours);
		c->date_count++;
	}
	if (c->date_count > 1)
		qsort(c->date, c->date_count, sizeof *c->date, by_date);
}

static int by_number(const void *x, const void *y)
{
	const int32_t *a = x, *c = y;

	return (*a > *c) - (*a < *c);
}

/* They mostly are already, and every program reads them at its start. */
static void in_order(int32_t *number, size_t count)
{
	size_t i = 1;

	while (i < count && number[i - 1] <= number[i])
		i++;
	if (i < count)
		qsort(number, count, sizeof *number, by_number);
}

/* The days of one list of one year, appended. */
static void days(struct cs_pol *b, const struct cs_json_node *n, int year, int32_t *day,
		 size_t *count)
{
	if (cs_json_type(n) != CS_JSON_ARRAY) {
		expected(b, n, "list of days");
		return;
	}
	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m)) {
		const char *s = cs_pol_text(b, m);
		int y, month, mday;

		if (!s || !cs_pol_day(b, m, s, &day[*count]))
			continue;
		cs_day_date(day[*count], &y, &month, &mday);
		if (y != year)
			cs_pol_fault(b, m, "'%s' is no day of %d", s, year);
		(*count)++;
	}
}

static void year(struct cs_pol *b, const struct cs_json_node *n, struct cs_holidays *h)
{
	const char *key = cs_json_key(n);
	int y = 0;

	for (const char *c = key; *c && y < 3000; c++)
		y = *c >= '0' && *c <= '9' ? y * 10 + (*c - '0') : 3000;
	if (y < 1900 || y > 2999) {
		cs_pol_fault(b, n, "'%s' is no year", key);
		return;
	}
	h->years[h->year_count++] = y;
	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m)) {
		if (strcmp(cs_json_key(m), "holidays") == 0)
			days(b, m, y, h->holiday, &h->holiday_count);
		else if (strcmp(cs_json_key(m), "workdays") == 0)
			days(b, m, y, h->workday, &h->workday_count);
		else
			cs_pol_fault(b, m,
				     "unknown word '%s' in a year, allowed: holidays workdays",
				     cs_json_key(m));
	}
}

void cs_pol_years(struct cs_pol *b, const struct cs_json_node *n, struct cs_holidays *h)
{
	size_t most = 0;

	if (cs_json_type(n) != CS_JSON_OBJECT) {
		expected(b, n, "object");
		return;
	}
	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m)) {
		if (cs_json_type(m) != CS_JSON_OBJECT) {
			expected(b, m, "object");
			return;
		}
		for (const struct cs_json_node *l = cs_json_first(m); l; l = cs_json_next(l))
			most += cs_json_count(l);
	}
	h->years = cs_pol_array(b, cs_json_count(n), sizeof *h->years);
	h->holiday = cs_pol_array(b, most, sizeof *h->holiday);
	h->workday = cs_pol_array(b, most, sizeof *h->workday);
	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m))
		year(b, m, h);
	in_order(h->years, h->year_count);
	in_order(h->holiday, h->holiday_count);
	in_order(h->workday, h->workday_count);
}

/* A code of a list: must be in it. Where it comes from nowhere (a reference) only "none" is said.
   */
static bool code(struct cs_pol *b, const struct cs_json_node *n, const char *codes,
		 struct cs_value *out)
{
	out->type = CS_V_TEXT;
	out->s = cs_pol_text(b, n);
	if (out->s && codes)
		cs_pol_ref(b, n, out->s, codes);
	return out->s != NULL;
}

bool cs_pol_value(struct cs_pol *b, const struct cs_json_node *n, enum cs_field_type type,
		  const char *codes, struct cs_value *out)
{
	const char *s = cs_json_text(n);
	bool yes, undecided;
	struct cs_err e;
	int32_t day;

	out->type = CS_V_INT;
	switch (type) {
	case CS_FIELD_CODE: return code(b, n, codes, out);
	case CS_FIELD_BOOL:
		if (cs_json_bool(n, &yes) != 0) {
			expected(b, n, "true or false");
			return false;
		}
		out->i = yes;
		return true;
	case CS_FIELD_INT:
	case CS_FIELD_MONEY:
		if (!cs_pol_number(b, n, &out->i, &undecided))
			return false;
		if (undecided)
			cs_pol_fault(b, n, "the parameter must be decided here");
		return !undecided;
	case CS_FIELD_TIME:
		if (s && b->p->zone && cs_time_parse(s, b->p->zone, &out->i, &e) == 0)
			return true;
		expected(b, n, "time, such as 2026-11-21 09:30");
		return false;
	case CS_FIELD_DATE:
		if (!s) {
			expected(b, n, "date, such as 2026-11-21");
			return false;
		}
		if (!cs_pol_day(b, n, s, &day))
			return false;
		out->i = day;
		return true;
	case CS_FIELD_TEXT:
	case CS_FIELD_REF:
		if (s && strcmp(s, "none") == 0 && codes && strcmp(codes, "none") == 0)
			return code(b, n, NULL, out);
		cs_pol_fault(b, n, "a %s can only be tested with 'set'%s",
			     type == CS_FIELD_TEXT ? "text" : "reference",
			     codes ? " or be \"none\"" : "");
		return false;
	default:
		cs_pol_fault(b, n, "a person or unit can only be tested with 'set' or 'equals'");
		return false;
	}
}
