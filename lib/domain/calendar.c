/* Working time: which hours of which day are open, and the next open stretch. */
#include "domain/calendar.h"

#include <stdlib.h>
#include <string.h>

/* How far a search for open time goes. */
enum { SEARCH_DAYS = 400 };

static const struct cs_day_hours closed;

static int by_int32(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

	return (x > y) - (x < y);
}

static bool listed(const int32_t *days, size_t count, int32_t day)
{
	return count && bsearch(&day, days, count, sizeof *days, by_int32);
}

static int by_day(const void *day, const void *date)
{
	int32_t x = *(const int32_t *)day, y = ((const struct cs_calendar_date *)date)->day;

	return (x > y) - (x < y);
}

static const struct cs_day_hours *normal_hours(const struct cs_calendar *c)
{
	for (int i = 0; i < 7; i++) {
		if (c->week[i].count)
			return &c->week[i];
	}
	return &closed;
}

const struct cs_day_hours *cs_calendar_day(const struct cs_calendar *c, int32_t day,
					   enum cs_day_kind *kind)
{
	const struct cs_calendar_date *date = NULL;
	const struct cs_holidays *h = c->holidays;
	const struct cs_day_hours *hours;
	enum cs_day_kind unused;

	if (!kind)
		kind = &unused;
	if (c->date_count)
		date = bsearch(&day, c->date, c->date_count, sizeof *c->date, by_day);
	if (date) {
		*kind = CS_DAY_EXCEPTION;
		return &date->hours;
	}
	if (h && listed(h->workday, h->workday_count, day)) {
		*kind = CS_DAY_MAKEUP;
		return normal_hours(c);
	}
	if (h && listed(h->holiday, h->holiday_count, day)) {
		*kind = CS_DAY_HOLIDAY;
		return &closed;
	}
	hours = &c->week[cs_day_weekday(day)];
	*kind = hours->count ? CS_DAY_WORKING : CS_DAY_REST;
	return hours;
}

bool cs_calendar_works(const struct cs_calendar *c, int32_t day)
{
	return cs_calendar_day(c, day, NULL)->count > 0;
}

static int by_int(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;

	return (x > y) - (x < y);
}

bool cs_calendar_unknown(const struct cs_calendar *c, int32_t day)
{
	const struct cs_holidays *h = c->holidays;
	int year, month, mday;

	if (!h)
		return false;
	cs_day_date(day, &year, &month, &mday);
	return !h->year_count || !bsearch(&year, h->years, h->year_count, sizeof *h->years, by_int);
}

/* Hours may reach into the next day, so the search begins a day early and goes on until no
   later day can open sooner. */
int cs_calendar_next_open(const struct cs_calendar *c, cs_time t, cs_time *from, cs_time *to)
{
	int32_t first = cs_time_day(c->zone, t) - 1;
	bool found = false;

	for (int32_t day = first; day <= first + SEARCH_DAYS; day++) {
		const struct cs_day_hours *h = cs_calendar_day(c, day, NULL);

		if (found && *from <= cs_day_start(c->zone, day))
			break;
		for (size_t i = 0; i < h->count; i++) {
			cs_time a, b;

			if (day == first && h->span[i].to <= 1440)
				continue;
			a = cs_day_at(c->zone, day, h->span[i].from);
			b = cs_day_at(c->zone, day, h->span[i].to);
			a = a < t ? t : a;
			if (a >= b || (found && a >= *from))
				continue;
			*from = a;
			*to = b;
			found = true;
		}
	}
	return found ? 0 : -1;
}

int cs_calendar_last_open(const struct cs_calendar *c, cs_time t, cs_time *from, cs_time *to)
{
	int32_t last = cs_time_day(c->zone, t);
	bool found = false;

	for (int32_t day = last; day >= last - SEARCH_DAYS; day--) {
		const struct cs_day_hours *h = cs_calendar_day(c, day, NULL);

		if (found && *to >= cs_day_start(c->zone, day + 2))
			break;
		for (size_t i = h->count; i-- > 0;) {
			cs_time a = cs_day_at(c->zone, day, h->span[i].from);
			cs_time b = cs_day_at(c->zone, day, h->span[i].to);

			b = b > t ? t : b;
			if (a >= b || (found && b <= *to))
				continue;
			*from = a;
			*to = b;
			found = true;
		}
	}
	return found ? 0 : -1;
}

bool cs_calendar_is_open(const struct cs_calendar *c, cs_time t)
{
	cs_time from, to;

	return cs_calendar_next_open(c, t, &from, &to) == 0 && from == t;
}

void cs_calendar_free(struct cs_calendar *c)
{
	if (!c)
		return;
	for (int i = 0; i < 7; i++)
		free(c->week[i].span);
	for (size_t i = 0; i < c->date_count; i++)
		free(c->date[i].hours.span);
	free(c->date);
	free(c->id);
	memset(c, 0, sizeof *c);
}

void cs_holidays_free(struct cs_holidays *h)
{
	if (!h)
		return;
	free(h->name);
	free(h->years);
	free(h->holiday);
	free(h->workday);
	memset(h, 0, sizeof *h);
}
