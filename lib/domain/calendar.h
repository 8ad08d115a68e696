/* Working time: weekly hours, dated exceptions, holidays and make-up days (S1-2-4, G31). */
#ifndef CS_DOMAIN_CALENDAR_H
#define CS_DOMAIN_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/time.h"

/* Open time of one day in minutes of that local day; to may pass midnight (up to 2880). */
struct cs_hours {
	int from, to;
};
struct cs_day_hours {
	struct cs_hours *span; /* sorted, disjoint */
	size_t count;
};

/* Holidays and make-up working days by year. `years` are those the file speaks of, sorted. */
struct cs_holidays {
	char *name;
	int *years;
	size_t year_count;
	int32_t *holiday, *workday; /* day numbers, sorted */
	size_t holiday_count, workday_count;
};

struct cs_calendar_date {
	int32_t day;
	struct cs_day_hours hours; /* empty: closed */
};

/* Precedence: dated exception > make-up day > holiday > week. A make-up day has the hours of
   a normal working day: those of the first weekday (from Monday) that has any. */
struct cs_calendar {
	char *id;
	struct cs_day_hours week[7]; /* 0 = Monday */
	struct cs_calendar_date *date; /* sorted by day */
	size_t date_count;
	const struct cs_holidays *holidays; /* NULL: none */
	bool closes_with_hours; /* counted days end at the closing hour, else at 24:00 */
	bool roll;              /* an end on a rest day moves to the next working day */
	const struct cs_zone *zone;
};

enum cs_day_kind { CS_DAY_WORKING, CS_DAY_REST, CS_DAY_HOLIDAY, CS_DAY_MAKEUP, CS_DAY_EXCEPTION };

/* The hours of a day and why (kind may be NULL). */
const struct cs_day_hours *cs_calendar_day(const struct cs_calendar *c, int32_t day,
					    enum cs_day_kind *kind);
bool cs_calendar_works(const struct cs_calendar *c, int32_t day); /* has any open time */
/* True when the calendar uses holidays and the year of this day has no data: the caller warns. */
bool cs_calendar_unknown(const struct cs_calendar *c, int32_t day);
/* The next open stretch that ends after t: [from, to) with from >= t. -1 when there is none
   within 400 days. */
int cs_calendar_next_open(const struct cs_calendar *c, cs_time t, cs_time *from, cs_time *to);
/* The last open stretch that begins before t: [from, to) with to <= t. -1 as above. */
int cs_calendar_last_open(const struct cs_calendar *c, cs_time t, cs_time *from, cs_time *to);
bool cs_calendar_is_open(const struct cs_calendar *c, cs_time t);

/* Call windows (quiet hours): allowed minutes of any local day, both edges included: with
   10:00-21:00 one may call on the stroke of 10:00 and of 21:00 (S0-7-13: not "after 21:00"). */
struct cs_window {
	char *id;
	struct cs_day_hours allow;
	const char **methods; /* the contact methods it binds */
	size_t method_count;
	struct cs_cond *unless; /* it does not bind when this holds (urgent); NULL = never */
};
bool cs_window_allows(const struct cs_window *w, const struct cs_zone *z, cs_time t);
/* The earliest allowed instant at or after t; CS_TIME_NONE when the window allows nothing. */
cs_time cs_window_next(const struct cs_window *w, const struct cs_zone *z, cs_time t);
/* The last allowed instant at or before t (section 7.5: a 24 h clock that ends inside quiet
   hours must be met in the last allowed slot before); CS_TIME_NONE when there is none later
   than `not_before`. */
cs_time cs_window_last(const struct cs_window *w, const struct cs_zone *z, cs_time t,
		       cs_time not_before);

void cs_calendar_free(struct cs_calendar *c);   /* the members, not c itself */
void cs_holidays_free(struct cs_holidays *h);   /* the members, not h itself */
/* The members but `unless` and the method names, not w itself. */
void cs_window_free(struct cs_window *w);

#endif
