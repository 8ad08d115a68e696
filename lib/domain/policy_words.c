/* The built-in words of a ticket. */
#include "domain/policy_words.h"

#include <string.h>

const struct cs_word cs_words[] = {
	{"kind", CS_FIELD_CODE, "kinds", CS_WORD_COND},
	{"state", CS_FIELD_CODE, "states", CS_WORD_COND},
	{"open", CS_FIELD_BOOL, NULL, CS_WORD_COND},
	{"level", CS_FIELD_INT, NULL, CS_WORD_COND},
	{"cycle", CS_FIELD_INT, NULL, CS_WORD_COND},
	{"imported", CS_FIELD_BOOL, NULL, CS_WORD_COND},
	{"channel", CS_FIELD_CODE, "channels", CS_WORD_COND | CS_WORD_NEED},
	{"channel.group", CS_FIELD_CODE, "group", CS_WORD_COND},
	{"category", CS_FIELD_CODE, "categories", CS_WORD_COND | CS_WORD_NEED | CS_WORD_TAKE},
	{"specialty", CS_FIELD_CODE, "specialty", CS_WORD_COND | CS_WORD_TAKE},
	{"priority", CS_FIELD_CODE, "priority", CS_WORD_COND | CS_WORD_TAKE},
	{"importance", CS_FIELD_CODE, "importance", CS_WORD_COND},
	{"importance_peak", CS_FIELD_CODE, "importance", CS_WORD_COND},
	{"validity", CS_FIELD_CODE, "validity", CS_WORD_COND | CS_WORD_TAKE},
	{"customer.tier", CS_FIELD_CODE, "tier", CS_WORD_COND},
	{"customer.weight", CS_FIELD_CODE, "weight", CS_WORD_COND},
	{"subject", CS_FIELD_TEXT, NULL, CS_WORD_COND | CS_WORD_NEED | CS_WORD_TAKE},
	{"body", CS_FIELD_TEXT, NULL, CS_WORD_NEED},
	{"note", CS_FIELD_TEXT, NULL, CS_WORD_NEED},
	{"party", CS_FIELD_TEXT, NULL, CS_WORD_NEED | CS_WORD_GIVE},
	{"premises", CS_FIELD_TEXT, NULL, CS_WORD_COND | CS_WORD_NEED},
	{"phone", CS_FIELD_TEXT, NULL, CS_WORD_NEED},
	{"place", CS_FIELD_UNIT, NULL, CS_WORD_COND | CS_WORD_NEED},
	{"accepting", CS_FIELD_UNIT, NULL, CS_WORD_COND | CS_WORD_NEED},
	{"handling", CS_FIELD_UNIT, NULL, CS_WORD_COND | CS_WORD_NEED | CS_WORD_TAKE},
	{"causing", CS_FIELD_UNIT, NULL, CS_WORD_COND | CS_WORD_NEED | CS_WORD_TAKE},
	{"assignee", CS_FIELD_STAFF, NULL, CS_WORD_COND | CS_WORD_NEED | CS_WORD_TAKE},
	{"responsible", CS_FIELD_STAFF, NULL, CS_WORD_COND | CS_WORD_NEED},
	{"opened_at", CS_FIELD_TIME, NULL, CS_WORD_AT},
};
const size_t cs_word_count = sizeof cs_words / sizeof *cs_words;

const struct cs_word cs_unit_words[] = {
	{"level", CS_FIELD_CODE, "level", CS_WORD_COND},
	{"function", CS_FIELD_CODE, "function", CS_WORD_COND},
};
const size_t cs_unit_word_count = sizeof cs_unit_words / sizeof *cs_unit_words;

const struct cs_word *cs_word_find(const char *name)
{
	for (size_t i = 0; i < cs_word_count; i++)
		if (strcmp(cs_words[i].name, name) == 0)
			return &cs_words[i];
	return NULL;
}
