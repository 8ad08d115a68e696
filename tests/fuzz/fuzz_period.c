/* Periods: the label must read back as the same period, and the period before must touch it. */
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

static void check(const char *s, const char *zone_name)
{
	struct cs_period p, again, before;
	const struct cs_zone *z = NULL;
	struct cs_err e = {0};

	must(cs_zone_open(zone_name, &z, NULL) == 0);
	if (cs_period_parse(s, z, &p, &e) != 0) {
		must(e.code == CS_USAGE && *e.text);
		return;
	}
	/* Only a day that its zone left out is empty. */
	must(p.from < p.to || (p.from == p.to && p.unit == CS_PERIOD_DAY));
	must(cs_period_parse(p.label, z, &again, NULL) == 0);
	must(again.from == p.from && again.to == p.to && again.unit == p.unit &&
	     strcmp(again.label, p.label) == 0);
	cs_period_before(z, &p, &before);
	must(before.to == p.from && before.from < before.to && before.unit == p.unit);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *s = cs_strndup((const char *)data, size);

	check(s, "Asia/Shanghai");
	check(s, "America/New_York");
	check(s, "Pacific/Apia");
	free(s);
	return 0;
}
