/* Instants, days, zones, periods and their text forms (design sections 5 and 9). */
#ifndef CS_BASE_TIME_H
#define CS_BASE_TIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

typedef int64_t cs_time; /* UTC seconds since 1970 */
#define CS_TIME_NONE INT64_MIN

/* Years outside 1900..2999 are refused by every parser here. */

/* A zone: the name of a TZif file under /usr/share/zoneinfo (TZDIR does not matter, right/... is
   refused: it counts leap seconds). Handles are shared and live as long as the process; nobody
   frees them. Offsets come from the C library, year by year, so that several zones can be in
   use at once. Times are meant to lie in 1900..2999; beyond, the nearest known offset is used. */
struct cs_zone;
/* CS_CONFIG: no such zone. */
int cs_zone_open(const char *name, const struct cs_zone **out, struct cs_err *e);
const char *cs_zone_name(const struct cs_zone *z);
const struct cs_zone *cs_zone_utc(void);

/* A local date and time. month 1..12, day 1..31. */
struct cs_civil {
	int year, month, day, hour, minute, second;
};

/* How often a local time exists. TWICE takes the earlier instant; SKIPPED moves
   forward by the gap (02:30 in a 02:00-03:00 gap is 03:30). */
enum cs_local { CS_LOCAL_ONCE, CS_LOCAL_TWICE, CS_LOCAL_SKIPPED };

void cs_time_civil(const struct cs_zone *z, cs_time t, struct cs_civil *out);
/* how may be NULL */
cs_time cs_time_from_civil(const struct cs_zone *z, const struct cs_civil *c, enum cs_local *how);
/* The instants a local time can mean, earlier first: equal when ONCE; when SKIPPED, those that
   read as much before the gap and after it. */
enum cs_local cs_time_both(const struct cs_zone *z, const struct cs_civil *c, cs_time both[2]);

/* Day numbers: days since 1970-01-01 of the proleptic Gregorian calendar. */
int32_t cs_day_from_date(int year, int month, int day);
void cs_day_date(int32_t day, int *year, int *month, int *mday);
bool cs_date_valid(int year, int month, int day); /* a real day of 1900..2999 */
int cs_day_weekday(int32_t day); /* 0 = Monday .. 6 = Sunday */
int32_t cs_time_day(const struct cs_zone *z, cs_time t);    /* local day of an instant */
cs_time cs_day_start(const struct cs_zone *z, int32_t day); /* first instant of a local day */
/* The first instant of a local day (minute 0..2880 of it) when the wall clock has reached this
   minute. One that is skipped is the moment of the change, so that hours keep their order. */
cs_time cs_day_at(const struct cs_zone *z, int32_t day, int minute);
/* The same day number, else the last day of the month. */
int32_t cs_day_add_months(int32_t day, int months);

/* Typed times (here and in dates and periods full-width forms are folded): 2026-11-21, 2026-11-21 09:30[:15] (also
   with T), the same with Z or +08:00, @1763688600. A date alone is its first instant. A local time that exists
   twice or not at all is an error here (CS_USAGE); the message shows what would be right. */
int cs_time_parse(const char *s, const struct cs_zone *z, cs_time *out, struct cs_err *e);
int cs_date_parse(const char *s, int32_t *day, struct cs_err *e); /* 2026-11-21 */
/* "00:00".."48:00": minutes of the day. */
int cs_minute_parse(const char *s, int *minute, struct cs_err *e);

/* By a strptime(3) pattern (CSV maps); the whole text must match; blank-padded or
   unpadded numbers are accepted. Conversions: Y y m b B h d e D F H k I l M S p R T a A n t % and
   z (the offset then rules, not the zone), or %s alone (seconds since 1970); year, month and day
   must be among them. `how` (may be NULL) tells clock-change cases for counting. CS_REFUSED when
   the text does not match, CS_CONFIG when the pattern cannot be used (checked on every call). */
int cs_time_parse_format(const char *s, const char *format, const struct cs_zone *z, cs_time *out,
			 enum cs_local *how, struct cs_err *e);

/* buf gets at least 32 bytes. "2026-11-21 09:30:00", "2026-11-21 09:30", "2026-11-21",
   "2026-11-21T09:30:00+08:00"; CS_TIME_NONE gives "". Returns buf. */
char *cs_time_text(const struct cs_zone *z, cs_time t, char *buf);
char *cs_time_text_minute(const struct cs_zone *z, cs_time t, char *buf);
char *cs_time_text_iso(const struct cs_zone *z, cs_time t, char *buf);
char *cs_date_text(int32_t day, char *buf);

/* Periods: 2026-10, 2026-Q3, 2026-H1, 2026-W45 (ISO week), 2026, 2026-10-05, FROM..TO (end
   excluded for times, included for days). [from, to) in UTC seconds. */
enum cs_period_unit {
	CS_PERIOD_DAY,
	CS_PERIOD_WEEK,
	CS_PERIOD_MONTH,
	CS_PERIOD_QUARTER,
	CS_PERIOD_HALF,
	CS_PERIOD_YEAR,
	CS_PERIOD_SPAN
};
struct cs_period {
	cs_time from, to;
	enum cs_period_unit unit;
	char label[64]; /* canonical text: parses back to the same period */
};
int cs_period_parse(const char *s, const struct cs_zone *z, struct cs_period *out,
		    struct cs_err *e);
/* The period of this unit (not SPAN) in which t lies. */
void cs_period_of(const struct cs_zone *z, cs_time t, enum cs_period_unit unit,
		  struct cs_period *out);
/* The period just before (same unit; a SPAN: as many days before it when it is whole days,
   else the same length of time). */
void cs_period_before(const struct cs_zone *z, const struct cs_period *p, struct cs_period *out);

/* The machine's clock. Only bin/ and lib/text call it. */
cs_time cs_time_machine(void);

#endif
