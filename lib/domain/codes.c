/* Codes of the rules. */
#include "domain/codes.h"

#include "base/buf.h"
#include "base/near.h"

int cs_code_check(const struct cs_policy *p, const char *list, const char *code, struct cs_err *e)
{
	const struct cs_ids *ids = cs_policy_codes(p, list);
	struct cs_near near = {.wanted = code};
	struct cs_buf all = {0};
	char shown[CS_ERR_SHOWN];

	if (ids && cs_ids_has(ids, code))
		return 0;
	for (size_t i = 0; ids && i < ids->count; i++) {
		cs_near_try(&near, ids->id[i]);
		cs_buf_printf(&all, "%s%s", i ? ", " : "", ids->id[i]);
	}
	cs_err_show(code, shown);
	if (near.best)
		cs_fail(e, CS_USAGE, "no %s '%s'; did you mean '%s'?", list, shown, near.best);
	else
		cs_fail(e, CS_USAGE, "no %s '%s'; the rules have %s", list, shown,
			all.len ? cs_buf_str(&all) : "none");
	cs_buf_free(&all);
	return -1;
}
