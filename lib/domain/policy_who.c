/* Who: people and bodies named by their part in the matter. */
#include <string.h>

#include "domain/policy_build.h"

/* In the order of enum cs_who_kind. `ref` says where the name behind the colon comes from; those
   without are words of their own. `ticket`: means something only where there is a ticket. */
static const struct who_word {
	const char *word, *ref;
	bool ticket;
} who_words[] = {
	[CS_WHO_ANY] = {"any", NULL, false},
	[CS_WHO_SYSTEM] = {"system", NULL, false},
	[CS_WHO_SELF] = {"self", NULL, true},
	[CS_WHO_CUSTOMER] = {"customer", NULL, true},
	[CS_WHO_ASSIGNEE] = {"assignee", NULL, true},
	[CS_WHO_RESPONSIBLE] = {"responsible", NULL, true},
	[CS_WHO_FIRST] = {"first", NULL, true},
	[CS_WHO_ACCOUNT_MANAGER] = {"account_manager", NULL, true},
	[CS_WHO_ROUTE] = {"route", NULL, true},
	[CS_WHO_POST] = {"post", "posts", false},
	[CS_WHO_HOLDS] = {"holds", "posts", false},
	[CS_WHO_IN] = {"in", "@units", true},
	[CS_WHO_DID] = {"did", "@steps", true},
	[CS_WHO_STAFF_FIELD] = {"staff", "@staff", true},
	[CS_WHO_BODY] = {"body", "bodies", false},
	[CS_WHO_DEPT] = {"dept", "codes/function", false},
};

/* Of a later version: nobody would be found. */
static const char *const later_words[] = {"seller"};

static const struct cs_ids *all_words(struct cs_pol *b)
{
	struct cs_ids *ids = cs_pol_array(b, 1, sizeof *ids);

	ids->id = cs_pol_array(b, sizeof who_words / sizeof *who_words, sizeof *ids->id);
	for (size_t i = 0; i < sizeof who_words / sizeof *who_words; i++) {
		const struct who_word *w = &who_words[i];

		ids->id[ids->count++] = w->ref ? cs_arena_printf(&b->p->arena, "%s:", w->word)
					       : w->word;
	}
	return ids;
}

static void unknown(struct cs_pol *b, const struct cs_json_node *n, const char *s)
{
	struct cs_buf hint = {0};
	struct cs_buf head = {0};

	for (size_t i = 0; i < sizeof later_words / sizeof *later_words; i++)
		if (strcmp(s, later_words[i]) == 0) {
			cs_pol_fault(b, n, "the word '%s' belongs to a later version of the language", s);
			return;
		}
	cs_buf_add(&head, s, strcspn(s, ":") + (strchr(s, ':') != NULL));
	cs_pol_hint(cs_buf_str(&head), all_words(b), &hint);
	cs_pol_fault(b, n, "'%s' names nobody%s", s, cs_buf_str(&hint));
	cs_buf_free(&head);
	cs_buf_free(&hint);
}

bool cs_who_read(const char *text, struct cs_who *out)
{
	const char *colon = strchr(text, ':');
	size_t len = colon ? (size_t)(colon - text) : strlen(text);

	for (size_t i = 0; i < sizeof who_words / sizeof *who_words; i++) {
		const struct who_word *w = &who_words[i];

		if (w->word[0] != text[0] || strncmp(w->word, text, len) != 0 || w->word[len] || !colon != !w->ref)
			continue;
		*out = (struct cs_who){.kind = (enum cs_who_kind)i, .name = colon ? colon + 1 : NULL};
		return true;
	}
	return false;
}

const char *cs_who_text(const struct cs_who *w, struct cs_arena *a)
{
	const struct who_word *word = &who_words[w->kind];

	return word->ref ? cs_arena_printf(a, "%s:%s", word->word, w->name) : word->word;
}

void cs_pol_who(struct cs_pol *b, const struct cs_json_node *n, struct cs_who *out)
{
	const char *s = cs_pol_text(b, n);
	const struct who_word *w;

	if (!s)
		return;
	if (!cs_who_read(s, out)) {
		unknown(b, n, s);
		return;
	}
	w = &who_words[out->kind];
	if (w->ticket && !b->scope.kind_count)
		cs_pol_fault(b, n,
			     "'%s' needs a ticket; here only any, system, post:, holds:, "
			     "body: and dept: can stand",
			     s);
	else if (w->ref)
		cs_pol_ref(b, n, out->name, w->ref);
}

void cs_pol_whom(struct cs_pol *b, const struct cs_json_node *n, const struct cs_who *w, bool or_unit)
{
	const char *s = cs_json_text(n);
	bool unit = w->kind == CS_WHO_ROUTE || w->kind == CS_WHO_IN || w->kind == CS_WHO_DEPT;

	if (!s || (w->kind == CS_WHO_ANY && strcmp(s, "any") != 0))
		return; /* not there, or a fault already */
	if (unit ? !or_unit
		 : w->kind == CS_WHO_ANY || w->kind == CS_WHO_SYSTEM || w->kind == CS_WHO_CUSTOMER ||
			   w->kind == CS_WHO_BODY)
		cs_pol_fault(b, n, "'%s' is no person%s of the company; such as post:%s is meant", s,
			     or_unit ? " and no unit" : "", or_unit ? " or dept:" : "");
}

/* {who, when, except}: who, but only then, and not those. */
static void bounded(struct cs_pol *b, const struct cs_json_node *n, struct cs_who *out)
{
	const struct cs_json_node *who = cs_json_get(n, "who"), *when = cs_json_get(n, "when"),
				  *except = cs_json_get(n, "except"), *source = cs_json_get(n, "source");
	int known = (who != NULL) + (when != NULL) + (except != NULL) + (source != NULL);

	if (!who || (!when && !except) || cs_json_count(n) != (size_t)known ||
	    (cs_json_type(except) == CS_JSON_ARRAY && !cs_json_first(except))) {
		cs_pol_fault(b, n, "{who} expected with 'when', with people in 'except', or with both");
		return;
	}
	cs_pol_source(b, source, &(struct cs_ids){0});
	cs_pol_who(b, who, out);
	if (when)
		out->when = cs_pol_cond(b, when);
	if (except)
		cs_pol_whos(b, except, false, &out->except);
}

void cs_pol_whos(struct cs_pol *b, const struct cs_json_node *n, bool with_when,
		 struct cs_whos *out)
{
	if (cs_json_type(n) != CS_JSON_ARRAY) {
		cs_pol_fault(b, n, "list expected, found %s", cs_json_type_name(cs_json_type(n)));
		return;
	}
	out->who = cs_pol_array(b, cs_json_count(n), sizeof *out->who);
	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m)) {
		struct cs_who *w = &out->who[out->count++];

		if (with_when && cs_json_type(m) == CS_JSON_OBJECT)
			bounded(b, m, w);
		else
			cs_pol_who(b, m, w);
		for (size_t i = 0; cs_pol_checks(b) && cs_json_text(m) && i + 1 < out->count; i++)
			if (out->who[i].kind == w->kind && out->who[i].name && w->name &&
			    !strcmp(out->who[i].name, w->name))
				cs_pol_fault(b, m, "'%s' stands in the list already",
					     cs_json_text(m));
	}
}

void cs_pol_by(struct cs_pol *b, const struct cs_json_node *n, struct cs_callback_rule *out)
{
	if (cs_json_type(n) != CS_JSON_OBJECT) {
		cs_pol_fault(b, n, "object expected, found %s", cs_json_type_name(cs_json_type(n)));
		return;
	}
	out->by = cs_pol_array(b, cs_json_count(n), sizeof *out->by);
	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m)) {
		struct cs_method_by *by = &out->by[out->by_count++];

		by->method = cs_json_key(m);
		cs_pol_ref(b, m, by->method, "codes/method");
		cs_pol_who(b, m, &by->who);
	}
}
