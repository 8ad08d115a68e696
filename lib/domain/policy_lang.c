/* What the types of the policy language are called. */
#include "domain/policy_lang.h"

const char *cs_lang_type_name(enum cs_lang_type type)
{
	static const char *const name[] = {
		[CS_LANG_NAME] = "text",
		[CS_LANG_TEXTS] = "list of texts",
		[CS_LANG_SOURCE] = "id or list of ids",
		[CS_LANG_NEW] = "list of ids",
		[CS_LANG_DAY] = "date",
		[CS_LANG_ZONE] = "time zone",
		[CS_LANG_BOOL] = "true or false",
		[CS_LANG_WORD] = "word",
		[CS_LANG_WORD_BOOL] = "word",
		[CS_LANG_WORD_FLAG] = "word",
		[CS_LANG_WORD_TEXT] = "word",
		[CS_LANG_SPAN] = "span or $param",
		[CS_LANG_RUNG_SPAN] = "span, N% or $param",
		[CS_LANG_NUMBER] = "whole number or $param",
		[CS_LANG_MINUTE] = "time of day or $param",
		[CS_LANG_TARGET] = "N% or $param",
		[CS_LANG_VALUE] = "value",
		[CS_LANG_START] = "value",
		[CS_LANG_HOURS] = "list of [from, to]",
		[CS_LANG_DATES] = "object: day to hours",
		[CS_LANG_YEARS] = "object: year to days",
		[CS_LANG_CODES] = "object: list to codes",
		[CS_LANG_KEYS] = "object: id to {}",
		[CS_LANG_LABELS] = "object: language to labels",
		[CS_LANG_REF] = "id",
		[CS_LANG_REFS] = "list of ids",
		[CS_LANG_CALENDAR] = "id",
		[CS_LANG_WINDOW] = "id",
		[CS_LANG_WHO] = "who",
		[CS_LANG_WHOS] = "list of who",
		[CS_LANG_NOT_BY] = "list of who",
		[CS_LANG_BY] = "object: method to who",
		[CS_LANG_COND] = "condition",
		[CS_LANG_CONDS] = "list of conditions",
		[CS_LANG_VALUES] = "value",
		[CS_LANG_NEEDS] = "list of needs",
		[CS_LANG_FROM] = "list of states or *",
		[CS_LANG_TO] = "state, = or first",
		[CS_LANG_MOVES] = "object: clock to field",
		[CS_LANG_RESTARTS] = "list of clocks",
		[CS_LANG_OBJECT] = "object",
		[CS_LANG_MAP] = "objects by id",
		[CS_LANG_LIST] = "list of objects",
	};

	return name[type];
}
