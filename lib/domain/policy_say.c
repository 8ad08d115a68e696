/* Conditions in words. */
#include "domain/policy_say.h"

#include <stddef.h>
#include <string.h>

/* One condition that is being said: negated, or within another that joins with a different word. */
struct said {
	const struct cs_saying *how;
	const struct cs_json_node *n;
	struct cs_buf *out;
	bool no, inner;
};

static bool say(const struct said *s, const struct cs_json_node *n, bool no, bool inner);

static const struct cs_json_node *key(const struct said *s, const char *name)
{
	return cs_json_get(s->n, name);
}

static const char *text(const struct said *s, const char *name)
{
	return cs_json_text(key(s, name));
}

static bool truth(const struct cs_json_node *n)
{
	bool yes = false;

	return cs_json_bool(n, &yes) == 0 && yes;
}

static void value(const struct said *s, const struct cs_json_node *n)
{
	if (cs_json_type(n) == CS_JSON_BOOL)
		cs_buf_puts(s->out, truth(n) ? "yes" : "no");
	else
		s->how->value(s->how->arg, n, s->out);
}

/* Those of a list, with "or" before the last. */
static void values(const struct said *s, const struct cs_json_node *list, const char *last)
{
	for (const struct cs_json_node *m = cs_json_first(list); m; m = cs_json_next(m)) {
		if (m != cs_json_first(list))
			cs_buf_puts(s->out, cs_json_next(m) ? ", " : last);
		value(s, m);
	}
	if (!cs_json_first(list))
		value(s, list);
}

/* A condition about something else than the ticket itself, behind a colon. */
static bool about(const struct said *s, const struct cs_json_node *cond)
{
	cs_buf_puts(s->out, ": (");
	if (!say(s, cond, false, false))
		return false;
	cs_buf_putc(s->out, ')');
	return true;
}

static bool say_field(const struct said *s)
{
	const struct cs_json_node *is = key(s, "is"), *in = key(s, "in"), *least = key(s, "at_least"),
				  *most = key(s, "at_most"), *set = key(s, "set"), *other = key(s, "equals");
	const bool has = truth(set) != s->no, bracket = s->inner && cs_json_count(is ? is : in) > 1;

	cs_buf_puts(s->out, bracket ? "(" : "");
	cs_buf_puts(s->out, text(s, "field") ? text(s, "field") : "?");
	if (set) {
		cs_buf_puts(s->out, has ? " is set" : " is not set");
		return true;
	}
	cs_buf_puts(s->out, s->no ? " is not " : " is ");
	if (least || most)
		cs_buf_puts(s->out, least ? "at least " : "at most ");
	else if (other)
		cs_buf_puts(s->out, "the same as ");
	if (!is && !in && !least && !most && !other)
		return false;
	is = is ? is : in ? in : least ? least : most ? most : other;
	values(s, is, " or ");
	cs_buf_puts(s->out, bracket ? ")" : "");
	return true;
}

static bool say_joined(const struct said *s, const char *name, const char *with)
{
	const struct cs_json_node *list = key(s, name);
	const bool several = cs_json_count(list) > 1, bracket = several && (s->inner || s->no);

	cs_buf_puts(s->out, s->no && several ? "not " : "");
	cs_buf_puts(s->out, bracket ? "(" : "");
	for (const struct cs_json_node *m = cs_json_first(list); m; m = cs_json_next(m)) {
		cs_buf_puts(s->out, m == cs_json_first(list) ? "" : with);
		if (!say(s, m, s->no && !several, several || s->inner))
			return false;
	}
	cs_buf_puts(s->out, bracket ? ")" : "");
	return cs_json_first(list) != NULL;
}

static bool say_all(const struct said *s)
{
	return say_joined(s, "all", " and ");
}

static bool say_any(const struct said *s)
{
	return say_joined(s, "any", " or ");
}

static bool say_not(const struct said *s)
{
	return say(s, key(s, "not"), !s->no, s->inner);
}

static bool say_since(const struct said *s)
{
	const struct cs_json_node *over = key(s, "over"), *within = key(s, "within");

	if (!text(s, "since") || !over == !within)
		return false;
	cs_buf_printf(s->out, "%s was %staken %s ", text(s, "since"), s->no ? "not " : "",
		      over ? "more than" : "at most");
	value(s, over ? over : within);
	cs_buf_puts(s->out, " ago");
	return true;
}

static bool say_done(const struct said *s)
{
	if (!text(s, "done"))
		return false;
	cs_buf_printf(s->out, "%s was %staken in this cycle", text(s, "done"), s->no ? "not " : "");
	return true;
}

static bool say_clock(const struct said *s)
{
	if (!text(s, "clock") || !text(s, "is"))
		return false;
	cs_buf_printf(s->out, "clock %s is %s%s", text(s, "clock"), s->no ? "not " : "", text(s, "is"));
	return true;
}

static bool say_evidence(const struct said *s)
{
	const char *kind = text(s, "evidence");

	if (!kind)
		return false;
	cs_buf_printf(s->out, "evidence%s%s is %sgiven with it", strcmp(kind, "any") ? " " : "",
		      strcmp(kind, "any") ? kind : "", s->no ? "not " : "");
	return true;
}

static bool say_party(const struct said *s)
{
	const bool principal = truth(key(s, "principal"));
	const char *row = text(s, "row");

	if (!text(s, "party") || ((principal || row) && s->no))
		return false;
	cs_buf_printf(s->out, "%s takes part as %s%s", s->no ? "nobody" : "somebody", text(s, "party"),
		      principal ? ", for somebody who is named" : "");
	if (!row)
		return true;
	cs_buf_printf(s->out, ", each with a row of %s", row);
	return !key(s, "where") || about(s, key(s, "where"));
}

static bool say_list(const struct said *s)
{
	const struct cs_json_node *some = key(s, "some"), *every = key(s, "every"), *least = key(s, "at_least");
	const char *list = text(s, "list");

	if (!list || (!some && !every && !least))
		return false;
	cs_buf_puts(s->out, s->no ? "not: " : "");
	if (least) {
		cs_buf_puts(s->out, "at least ");
		value(s, least);
		cs_buf_printf(s->out, " rows of %s", list);
	}
	if (!some && !every)
		return true;
	cs_buf_printf(s->out, "%s%s row of %s", least ? ", and " : "", some ? "some" : "every", list);
	return about(s, some ? some : every);
}

static bool say_via(const struct said *s)
{
	if (!text(s, "via"))
		return false;
	cs_buf_printf(s->out, "%sof the ticket in %s", s->no ? "not: " : "", text(s, "via"));
	return about(s, key(s, "where"));
}

static bool say_admission(const struct said *s)
{
	if (!text(s, "admission"))
		return false;
	cs_buf_printf(s->out, "admission %s %s", s->no ? "does not allow" : "allows", text(s, "admission"));
	return true;
}

static bool say_count(const struct said *s)
{
	const struct cs_json_node *what = key(s, "count"), *within = cs_json_get(what, "within");
	const char *same = cs_json_text(cs_json_get(what, "same")),
		   *distinct = cs_json_text(cs_json_get(what, "distinct")), *of = cs_json_text(cs_json_get(what, "of"));

	if (!cs_json_get(what, "steps") || !key(s, "at_least"))
		return false;
	values(s, cs_json_get(what, "steps"), " or ");
	cs_buf_printf(s->out, " came up %sat least ", s->no ? "not " : "");
	value(s, key(s, "at_least"));
	cs_buf_printf(s->out, " times in the %s", of ? of : "matter");
	if (same || distinct)
		cs_buf_printf(s->out, ", %s %s", same ? "of one" : "each of another", same ? same : distinct);
	if (within) {
		cs_buf_puts(s->out, ", in the last ");
		value(s, within);
	}
	return true;
}

static bool say_owed(const struct said *s)
{
	if (!text(s, "owed"))
		return false;
	cs_buf_printf(s->out, "%s is %sowed", text(s, "owed"), s->no ? "not " : "");
	return true;
}

static bool say_linked(const struct said *s)
{
	const struct cs_json_node *least = key(s, "at_least"), *most = key(s, "at_most");

	if (!text(s, "linked"))
		return false;
	cs_buf_puts(s->out, s->no ? "not: " : "");
	cs_buf_puts(s->out, most && !least ? "at most " : "at least ");
	if (least || most)
		value(s, least ? least : most);
	else
		cs_buf_putc(s->out, '1');
	cs_buf_printf(s->out, " linked by %s", text(s, "linked"));
	return !key(s, "where") || about(s, key(s, "where"));
}

static const struct {
	const char *word;
	bool (*say)(const struct said *s);
} forms[] = {
	{"field", say_field}, {"all", say_all},   {"any", say_any},       {"not", say_not},
	{"since", say_since}, {"done", say_done}, {"clock", say_clock},   {"evidence", say_evidence},
	{"party", say_party}, {"list", say_list}, {"via", say_via},       {"admission", say_admission},
	{"count", say_count}, {"owed", say_owed}, {"linked", say_linked},
};

/* Other keys than its own mean that it is something else with that word. */
static bool only(const struct cs_json_node *n, const char *word)
{
	static const char *const tests[] = {"is",     "in",    "at_least", "at_most",   "set",
					    "equals", "over",  "within",   "principal", "row",
					    "some",   "every", "where",    "say",       "source"};

	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m)) {
		bool known = strcmp(cs_json_key(m), word) == 0;

		for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
			known = known || strcmp(cs_json_key(m), tests[i]) == 0;
		if (!known)
			return false;
	}
	return true;
}

static bool say(const struct said *s, const struct cs_json_node *n, bool no, bool inner)
{
	const struct said own = {s->how, n, s->out, no, inner};
	const char *word = cs_json_type(n) == CS_JSON_OBJECT ? cs_json_key(cs_json_first(n)) : NULL;

	for (size_t i = 0; word && i < sizeof forms / sizeof *forms; i++)
		if (strcmp(forms[i].word, word) == 0)
			return only(n, word) && forms[i].say(&own);
	return false;
}

bool cs_policy_say(const struct cs_saying *how, const struct cs_json_node *cond, struct cs_buf *out)
{
	struct cs_buf words = {0};
	const struct said top = {.how = how, .out = &words};
	const bool said = say(&top, cond, false, false);

	if (said)
		cs_buf_puts(out, cs_buf_str(&words));
	cs_buf_free(&words);
	return said;
}
