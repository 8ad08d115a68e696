/* Any bytes as a policy: as a company's own file that may extend the shipped ones, as an edition
   that is checked, and as one that is trusted. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "domain/policy_explain.h"
#include "domain/policy_merge.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A small parent and a small holiday file stand for the shipped ones. */
static int load(const char *name, char **text, size_t *len, void *arg, struct cs_err *e)
{
	static const char parent[] =
		"{\"policy\":\"property\",\"edition\":\"2026-01-01\",\"zone\":\"UTC\","
		"\"params\":{\"a\":{\"value\":\"1h\",\"source\":\"T\"}},"
		"\"kinds\":{\"case\":{\"abstract\":true,\"steps\":{\"note\":{\"from\":\"*\","
		"\"to\":\"=\"}}}}}";
	static const char holidays[] =
		"{\"name\":\"cn\",\"years\":{\"2026\":{\"holidays\":[\"2026-01-01\"],"
		"\"workdays\":[\"2026-01-04\"]}}}";
	const char *found = strcmp(name, "property") == 0       ? parent
			    : strcmp(name, "calendars/cn") == 0 ? holidays
								: NULL;

	(void)arg;
	if (!found)
		return cs_fail(e, CS_NOTFOUND, "no policy '%s'", name);
	*len = strlen(found);
	*text = malloc(*len + 1);
	if (!*text)
		abort();
	memcpy(*text, found, *len + 1);
	return 0;
}

static void line(const char *text, void *arg)
{
	*(size_t *)arg += strlen(text);
}

static void explain(const struct cs_policy *p)
{
	static const char *const paths[] = {"params/a", "kinds",        "kinds/job/clocks/resolve",
					    "assign/0", "windows/call", "calendars"};
	struct cs_err e;
	size_t sum = 0;

	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
		cs_policy_explain(p, "en", paths[i], line, &sum, &e);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct cs_policy_loader loader = {.load = load};
	const char *text = (const char *)data;
	struct cs_faults faults = {0};
	struct cs_policy *p = NULL;
	struct cs_buf edition = {0};
	struct cs_err e;

	if (cs_policy_build("x.json", text, size, &loader, &faults, &edition, &p, &e) == 0) {
		struct cs_policy *again = NULL;

		/* What the checker lets pass must read without it. */
		if (cs_policy_compile(edition.data, edition.len, NULL, &again, &e) != 0)
			abort();
		explain(again);
		cs_policy_free(again);
	} else if (!faults.count) {
		abort();
	}
	cs_policy_free(p);
	p = NULL;
	if (cs_policy_compile(text, size, NULL, &p, &e) == 0)
		explain(p);
	cs_policy_free(p);
	cs_faults_free(&faults);
	cs_buf_free(&edition);
	return 0;
}
