/* Call windows: the hours in which customers may be called (S0-7-13, S3-7-5). */
#include <stdlib.h>
#include <string.h>

#include "domain/calendar.h"

/* Every day has the same hours, so what is not found within a few days is nowhere; the days
   around matter because hours may pass midnight and a clock change may swallow one. */
enum { DAYS_AROUND = 3 };

cs_time cs_window_next(const struct cs_window *w, const struct cs_zone *z, cs_time t)
{
	int32_t today = cs_time_day(z, t);
	cs_time best = CS_TIME_NONE;

	for (int32_t day = today - 1; day <= today + DAYS_AROUND; day++) {
		for (size_t i = 0; i < w->allow.count; i++) {
			cs_time a = cs_day_at(z, day, w->allow.span[i].from);
			cs_time b = cs_day_at(z, day, w->allow.span[i].to);

			a = a < t ? t : a;
			if (a <= b && (best == CS_TIME_NONE || a < best))
				best = a;
		}
	}
	return best;
}

bool cs_window_allows(const struct cs_window *w, const struct cs_zone *z, cs_time t)
{
	return cs_window_next(w, z, t) == t;
}

cs_time cs_window_last(const struct cs_window *w, const struct cs_zone *z, cs_time t,
		       cs_time not_before)
{
	int32_t today = cs_time_day(z, t);
	cs_time best = CS_TIME_NONE;

	for (int32_t day = today; day >= today - DAYS_AROUND; day--) {
		for (size_t i = 0; i < w->allow.count; i++) {
			cs_time a = cs_day_at(z, day, w->allow.span[i].from);
			cs_time b = cs_day_at(z, day, w->allow.span[i].to);

			b = b > t ? t : b;
			if (a <= b && b > not_before && b > best)
				best = b;
		}
	}
	return best;
}

void cs_window_free(struct cs_window *w)
{
	if (!w)
		return;
	free(w->id);
	free(w->allow.span);
	free(w->methods);
	memset(w, 0, sizeof *w);
}
