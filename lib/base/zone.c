/* Zones, local times and day numbers. Offsets are asked of the C library once per stretch of
   a zone and kept, so that conversions are arithmetic. */
#include "base/time.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/mem.h"

#define ZONEINFO "/usr/share/zoneinfo"

static_assert(sizeof(time_t) >= sizeof(cs_time), "times beyond 2038 need a 64-bit time_t");

/* An era is 2^22 seconds, some seven weeks, so that a program that looks at one day asks for few;
   the first begins in 1899. */
enum { DAY = 86400, ERA_SHIFT = 22, ERA_COUNT = 8320, ERA_SLOTS = 64 };
static const cs_time first_era = -2240524800,
		     last_time = -2240524800 + ((cs_time)ERA_COUNT << ERA_SHIFT) - 1;
/* Years 2 to 9998: what four digits can show in any zone. */
static const cs_time min_time = -62104060800, max_time = 253370764799;

struct change {
	cs_time at;
	int32_t offset;
};

/* change[0] is the era's begin. */
struct era {
	struct era *next; /* in its slot */
	size_t number, count;
	struct change change[];
};

struct cs_zone {
	const char *name;
	struct era **era; /* ERA_SLOTS lists of those asked for so far; NULL: always UTC */
	struct cs_zone *next;
};

static struct cs_zone utc = {"UTC", NULL, NULL};
static struct cs_zone *zones = &utc;

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static bool name_ok(const char *name)
{
	static const char chars[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/";
	size_t n = strlen(name);

	return n > 0 && n < 200 && strspn(name, chars) == n && name[0] != '/' &&
	       name[n - 1] != '/' && !strstr(name, "//") && strncmp(name, "right/", 6) != 0;
}

/* The folder also holds tables that are no zones; the C library takes those for UTC. */
static bool is_zone_file(const char *path)
{
	char magic[4] = "";
	struct stat st;
	bool ok = false;
	FILE *f;

	if (stat(path, &st) != 0 || !S_ISREG(st.st_mode))
		return false;
	f = fopen(path, "rbe");
	if (f) {
		ok = fread(magic, 1, sizeof magic, f) == sizeof magic &&
		     memcmp(magic, "TZif", 4) == 0;
		fclose(f);
	}
	return ok;
}

int cs_zone_open(const char *name, const struct cs_zone **out, struct cs_err *e)
{
	char path[sizeof ZONEINFO + 202], shown[CS_ERR_SHOWN];
	struct cs_zone *z;
	struct stat st;

	for (z = zones; z; z = z->next) {
		if (strcmp(z->name, name) == 0) {
			*out = z;
			return 0;
		}
	}
	if (stat(ZONEINFO, &st) != 0)
		return cs_fail(e, CS_CONFIG,
			       "no time zones on this machine: %s is missing (package tzdata)",
			       ZONEINFO);
	snprintf(path, sizeof path, "%s/%.200s", ZONEINFO, name);
	if (!name_ok(name) || !is_zone_file(path))
		return cs_fail(
			e, CS_CONFIG,
			"no time zone '%s': it must be a zone under %s, such as Asia/Shanghai",
			cs_err_show(name, shown), ZONEINFO);
	z = cs_alloc(sizeof *z);
	z->name = cs_strdup(name);
	z->era = cs_alloc(ERA_SLOTS * sizeof *z->era);
	z->next = zones;
	zones = z;
	*out = z;
	return 0;
}

const char *cs_zone_name(const struct cs_zone *z)
{
	return z->name;
}

const struct cs_zone *cs_zone_utc(void)
{
	return &utc;
}

static int32_t libc_offset(cs_time t)
{
	time_t when = (time_t)t;
	struct tm tm = {0};

	localtime_r(&when, &tm);
	return (int32_t)tm.tm_gmtoff;
}

static struct era *era_add(struct era *era, cs_time at, int32_t offset)
{
	size_t n = era ? era->count : 0;

	era = cs_realloc(era, sizeof *era + (n + 1) * sizeof era->change[0]);
	era->change[n] = (struct change){at, offset};
	era->count = n + 1;
	return era;
}

/* Looks at every day and narrows each difference down to the second. */
static struct era *era_scan(cs_time from, cs_time to)
{
	int32_t now = libc_offset(from);
	struct era *era = era_add(NULL, from, now);

	while (from < to) {
		cs_time next = from + DAY < to ? from + DAY : to;

		while (libc_offset(next) != now) {
			cs_time lo = from, hi = next;

			while (hi - lo > 1) {
				cs_time mid = lo + (hi - lo) / 2;

				if (libc_offset(mid) == now)
					lo = mid;
				else
					hi = mid;
			}
			now = libc_offset(hi);
			era = era_add(era, hi, now);
			from = hi;
		}
		from = next;
	}
	return era;
}

/* The C library knows one zone at a time, by the environment; it gets its own back. */
static struct era *era_load(const struct cs_zone *z, cs_time from)
{
	char *old = cs_strdup(getenv("TZ")), path[sizeof ZONEINFO + 202];
	struct era *era;

	snprintf(path, sizeof path, ":%s/%s", ZONEINFO, z->name);
	if (setenv("TZ", path, 1) != 0)
		cs_oom();
	tzset();
	era = era_scan(from, from + ((cs_time)1 << ERA_SHIFT) - 1);
	if (!old)
		unsetenv("TZ");
	else if (setenv("TZ", old, 1) != 0)
		cs_oom();
	tzset();
	free(old);
	return era;
}

static const struct era *era_at(const struct cs_zone *z, cs_time t)
{
	size_t number = (size_t)((t - first_era) >> ERA_SHIFT);
	struct era **slot = &z->era[number % ERA_SLOTS], *era = *slot;

	while (era && era->number != number)
		era = era->next;
	if (!era) {
		era = era_load(z, first_era + ((cs_time)number << ERA_SHIFT));
		era->number = number;
		era->next = *slot;
		*slot = era;
	}
	return era;
}

static int32_t offset_at(const struct cs_zone *z, cs_time t)
{
	const struct era *era;
	size_t k;

	if (!z->era)
		return 0;
	era = era_at(z, t < first_era ? first_era : t > last_time ? last_time : t);
	k = era->count - 1;
	while (k > 0 && era->change[k].at > t)
		k--;
	return era->change[k].offset;
}

static cs_time clamp(cs_time t)
{
	return t < min_time ? min_time : t > max_time ? max_time : t;
}

void cs_time_civil(const struct cs_zone *z, cs_time t, struct cs_civil *out)
{
	int64_t local = clamp(t) + offset_at(z, t), day = floor_div(local, DAY);
	int second = (int)(local - day * DAY);

	cs_day_date((int32_t)day, &out->year, &out->month, &out->day);
	out->hour = second / 3600;
	out->minute = second / 60 % 60;
	out->second = second % 60;
}

/* `local` is the wall clock read as if it were UTC. No zone is more than a day from UTC, and
   none changes twice within two days, so the offsets a day before and after are the candidates. */
static enum cs_local resolve(const struct cs_zone *z, int64_t local, cs_time both[2])
{
	int32_t before = offset_at(z, local - DAY), after = offset_at(z, local + DAY);
	cs_time a = local - before, b = local - after;
	bool a_reads, b_reads;

	both[0] = both[1] = a;
	if (before == after)
		return CS_LOCAL_ONCE;
	a_reads = offset_at(z, a) == before;
	b_reads = offset_at(z, b) == after;
	if (a_reads != b_reads)
		a = b = a_reads ? a : b;
	both[0] = a < b ? a : b;
	both[1] = a < b ? b : a;
	if (!a_reads && !b_reads)
		return CS_LOCAL_SKIPPED;
	return a == b ? CS_LOCAL_ONCE : CS_LOCAL_TWICE;
}

enum cs_local cs_time_both(const struct cs_zone *z, const struct cs_civil *c, cs_time both[2])
{
	int64_t day = cs_day_from_date(c->year, c->month, c->day);

	return resolve(z, day * DAY + c->hour * 3600 + c->minute * 60 + c->second, both);
}

cs_time cs_time_from_civil(const struct cs_zone *z, const struct cs_civil *c, enum cs_local *how)
{
	cs_time both[2];
	enum cs_local found = cs_time_both(z, c, both);

	if (how)
		*how = found;
	return found == CS_LOCAL_SKIPPED ? both[1] : both[0];
}

/* Counted in eras of 400 years whose years begin in March, so that leap days come last. */
int32_t cs_day_from_date(int year, int month, int day)
{
	int64_t y = (int64_t)year - (month <= 2), era = floor_div(y, 400), of_era = y - era * 400;
	int64_t of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;

	return (int32_t)(era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year -
			 719468);
}

void cs_day_date(int32_t day, int *year, int *month, int *mday)
{
	int64_t n = (int64_t)day + 719468, era = floor_div(n, 146097), of_era = n - era * 146097;
	int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * y + y / 4 - y / 100), m = (5 * of_year + 2) / 153;

	*mday = (int)(of_year - (153 * m + 2) / 5 + 1);
	*month = (int)(m < 10 ? m + 3 : m - 9);
	*year = (int)(y + era * 400 + (*month <= 2));
}

static int month_days(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days[month - 1] + (month == 2 && leap);
}

bool cs_date_valid(int year, int month, int day)
{
	return year >= 1900 && year <= 2999 && month >= 1 && month <= 12 && day >= 1 &&
	       day <= month_days(year, month);
}

int cs_day_weekday(int32_t day)
{
	int64_t n = (int64_t)day + 3; /* 1970-01-01 was a Thursday */

	return (int)(n - floor_div(n, 7) * 7);
}

int32_t cs_time_day(const struct cs_zone *z, cs_time t)
{
	return (int32_t)floor_div(clamp(t) + offset_at(z, t), DAY);
}

cs_time cs_day_at(const struct cs_zone *z, int32_t day, int minute)
{
	cs_time both[2], lo, hi;
	int32_t before;

	if (resolve(z, (int64_t)day * DAY + minute * 60, both) != CS_LOCAL_SKIPPED)
		return both[0];
	lo = both[0];
	hi = both[1];
	before = offset_at(z, lo);
	while (hi - lo > 1) {
		cs_time mid = lo + (hi - lo) / 2;

		if (offset_at(z, mid) == before)
			lo = mid;
		else
			hi = mid;
	}
	return hi;
}

cs_time cs_day_start(const struct cs_zone *z, int32_t day)
{
	return cs_day_at(z, day, 0);
}

int32_t cs_day_add_months(int32_t day, int months)
{
	int year, month, mday, last;
	int64_t m;

	cs_day_date(day, &year, &month, &mday);
	m = (int64_t)year * 12 + month - 1 + months;
	year = (int)floor_div(m, 12);
	month = (int)(m - (int64_t)year * 12) + 1;
	last = month_days(year, month);
	return cs_day_from_date(year, month, mday < last ? mday : last);
}
