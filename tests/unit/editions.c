#include "editions.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "domain/edition.h"
#include "policy_files.h"

void edition_with(const char *members)
{
	struct cs_faults faults = {0};
	struct cs_policy *p = NULL;
	struct cs_buf own = {0}, text = {0};
	struct cs_err e = {0};
	enum cs_edition_done done;

	cs_buf_printf(&own,
		      "{\"policy\": \"own\", \"edition\": \"2026-12-01\", "
		      "\"extends\": \"property\", %s}",
		      members);
	if (cs_policy_build("own", own.data, own.len, &shipped, &faults, &text, &p, &e) < 0)
		fail_msg("%s: %s", e.text, faults.count ? faults.item[0] : "");
	if (cs_session_begin(desk, &e) < 0 || cs_edition_load(desk, cs_buf_str(&text), text.len, NULL, &done, &e) < 0 ||
	    cs_session_commit(desk, &e) < 0 || cs_session_begin(desk, &e) < 0)
		fail_msg("%s", e.text);
	cs_session_rollback(desk);
	cs_policy_free(p);
	cs_buf_free(&own);
	cs_buf_free(&text);
	cs_faults_free(&faults);
}
