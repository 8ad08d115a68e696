/* Typed times, dates, minutes and formats: what is read must read back from what is written. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int holds)
{
	if (!holds)
		abort();
}

static const struct cs_zone *zone(uint8_t n)
{
	static const char *const names[] = {"Asia/Shanghai", "America/New_York", "Europe/London",
					    "Pacific/Apia"};
	const struct cs_zone *z = NULL;

	must(cs_zone_open(names[n % 4], &z, NULL) == 0);
	return z;
}

static void check_time(const char *s, const struct cs_zone *z)
{
	struct cs_err e = {0};
	struct cs_civil c;
	cs_time t, back, both[2];
	char buf[32];

	if (cs_time_parse(s, z, &t, &e) != 0) {
		must(e.code == CS_USAGE && *e.text);
		return;
	}
	must(cs_time_parse(cs_time_text_iso(z, t, buf), z, &back, NULL) == 0 && back == t);
	cs_time_civil(z, t, &c);
	must(cs_time_both(z, &c, both) != CS_LOCAL_SKIPPED && (both[0] == t || both[1] == t));
	if (cs_time_parse(cs_time_text(z, t, buf), z, &back, NULL) == 0)
		must(back == t);
	must(cs_time_text_minute(z, t, buf)[16] == '\0');
}

static void check_format(const char *s, const char *format, const struct cs_zone *z)
{
	struct cs_err e = {0};
	enum cs_local how;
	cs_time t, back;
	char buf[32];

	if (cs_time_parse_format(s, format, z, &t, &how, &e) != 0)
		must(e.code == CS_REFUSED || e.code == CS_CONFIG);
	else if (cs_time_parse(cs_time_text_iso(z, t, buf), z, &back, NULL) == 0)
		must(back == t);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct cs_zone *z = zone(size ? data[0] : 0);
	char *s = cs_strndup((const char *)data, size), *format = strchr(s, '\n'), buf[32];
	int32_t day, again;
	int minute;

	if (format)
		*format++ = '\0';
	if (*s)
		check_time(s + 1, z);
	check_time(s, z);
	if (format)
		check_format(s, format, z);
	if (cs_date_parse(s, &day, NULL) == 0)
		must(strcmp(cs_date_text(day, buf), s) == 0 &&
		     cs_date_parse(buf, &again, NULL) == 0 && again == day);
	if (cs_minute_parse(s, &minute, NULL) == 0)
		must(minute >= 0 && minute <= 2880);
	free(s);
	return 0;
}
