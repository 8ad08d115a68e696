/* The table of the policy language. A line here is a word of the language: the loader fills the
   structures by it, the checker refuses what is not in it, the manual prints it. */
#include "domain/policy_lang.h"

#include "domain/policy.h"
#include "domain/policy_build.h"
#include "domain/policy_rows.h"

#define COUNTED(type, member) \
	_Static_assert(offsetof(struct type, member##_count) == \
			       offsetof(struct type, member) + sizeof(void *), \
		       "a count stands right behind its array")

COUNTED(cs_policy, param);
COUNTED(cs_policy, kind);
COUNTED(cs_kind, field);
COUNTED(cs_kind, clock);
COUNTED(cs_kind, admission);
COUNTED(cs_admission_rule, need);
COUNTED(cs_step, need);
COUNTED(cs_step, move);
COUNTED(cs_step, stage);
COUNTED(cs_clock, rung);
COUNTED(cs_callback_rule, by);
COUNTED(cs_priority, rule);
COUNTED(cs_importance, set);
COUNTED(cs_importance, unknown);
COUNTED(cs_duty, late);

#define AT(m) offsetof(struct cs_policy, m)
/* In this order: what is named later may use what stands before. */
static const struct cs_lang_key policy_rows[] = {
	{"policy", T(NAME), NULL, 0, REQ, AT(id), "name of the policy"},
	{"edition", T(DAY), NULL, 0, REQ, AT(edition), "day of this edition"},
	{"extends", T(NAME), NULL, 0, 0, NO, "policy this one is based on: objects merge by id, lists replace"},
	{"zone", T(ZONE), NULL, 0, REQ, AT(zone), "time zone, a name under zoneinfo"},
	{"params", T(MAP), NULL, CS_L_PARAM, 0, AT(param), "numbers and spans, named in rules as $name"},
	{"codes", T(CODES), NULL, 0, 0, AT(codes), "code lists: {list: [code]}"},
	{"holidays", T(MAP), NULL, CS_L_HOLIDAYS, 0, AT(holidays), "holiday data, put in when an edition is loaded"},
	{"calendars", T(MAP), NULL, CS_L_CALENDAR, 0, AT(calendar), "working hours"},
	{"windows", T(MAP), NULL, CS_L_WINDOW, 0, AT(window), "hours in which customers may be contacted"},
	{"channels", T(MAP), NULL, CS_L_CHANNEL, 0, AT(channel), "ways a matter comes in"},
	{"categories", T(MAP), NULL, CS_L_CATEGORY, 0, AT(category), "what a matter is about; eng.leak lies below eng"},
	{"evidence", T(MAP), NULL, CS_L_EVIDENCE, 0, AT(evidence), "kinds of evidence"},
	{"posts", T(MAP), NULL, CS_L_POST, 0, AT(post), "posts people hold"},
	{"bodies", T(KEYS), NULL, 0, 0, AT(bodies), "outside recipients: {id: {}} or {id: {source}}"},
	{"happenings", T(MAP), NULL, CS_L_HAPPENING, 0, AT(happening),
	 "things that come to pass for a unit, such as rain"},
	{"priority", T(OBJECT), NULL, CS_L_PRIORITY, REQ, AT(priority),
	 "urgency of a ticket; the highest rule that holds"},
	{"importance", T(OBJECT), NULL, CS_L_IMPORTANCE, 0, AT(importance),
	 "class of a ticket; the highest rule that holds, all that hold on record"},
	{"assign", T(LIST), NULL, CS_L_ASSIGN_RULE, REQ, AT(assign),
	 "the first person they name becomes responsible, the first target (no account_manager) gets the work"},
	{"kinds", T(MAP), NULL, CS_L_KIND, REQ, AT(kind), "kinds of tickets"},
	{"similar", T(OBJECT), NULL, CS_L_SIMILAR, 0, AT(similar), "which tickets a new one could repeat"},
	{"callbacks", T(MAP), NULL, CS_L_CALLBACK, 0, AT(callback), "contacts to make; every rule that holds"},
	{"samples", T(MAP), NULL, CS_L_SAMPLE, 0, AT(sample), "samples to draw"},
	{"duties", T(MAP), NULL, CS_L_DUTY, 0, AT(duty), "what is owed by a time; every rule that holds"},
	{"indicators", T(MAP), NULL, CS_L_INDICATOR, 0, AT(indicator), "figures with a target"},
	{"forms", T(MAP), NULL, CS_L_FORM, 0, AT(form), "printed forms"},
	{"reports", T(OBJECT), NULL, CS_L_REPORTS, 0, AT(reports), "what the reports of complaints speak of"},
	{"access", T(MAP), NULL, CS_L_ACCESS, 0, AT(access), "who alone may read what of a ticket"},
	{"labels", T(LABELS), NULL, 0, REQ, NO, "names for people: {en|zh: {path: text}}"},
	NOT_YET("checks"),
	NOT_YET("retention"),
};

#undef AT
#define AT(m) offsetof(struct cs_param, m)
static const struct cs_lang_key param_rows[] = {
	{"value", T(VALUE), NULL, 0, REQ, 0,
	 "number, span, percentage, time of day, or null: undecided"},
	{"source", T(SOURCE), NULL, 0, REQ, AT(source), "requirement ids"},
};

#undef AT
#define AT(m) offsetof(struct cs_calendar, m)
static const struct cs_lang_key calendar_rows[] = {
	{"week", T(OBJECT), NULL, CS_L_WEEK, REQ, AT(week), "hours of each weekday"},
	{"dates", T(DATES), NULL, 0, 0, AT(date),
	 "hours of single days: {2026-12-31: [[from, to]]}; [] is closed"},
	{"holidays", T(REF), "holidays", 0, 0, NO, "holidays and make-up working days, such as cn"},
	{"closes", T(WORD_BOOL), "24:00 hours", 0, 0, AT(closes_with_hours),
	 "when a counted day ends"},
	{"roll", T(BOOL), NULL, 0, 0, AT(roll),
	 "an end on a rest day moves to the next working day"},
	NOSOURCE,
};
static const struct cs_lang_key week_rows[] = {
#define DAY(key, n) \
	{key, T(HOURS), NULL, 0, 0, (n) * sizeof(struct cs_day_hours), \
	 "[[from, to], ...]; to may pass 24:00"}
	DAY("mon", 0), DAY("tue", 1), DAY("wed", 2), DAY("thu", 3), DAY("fri", 4),
	DAY("sat", 5), DAY("sun", 6),
	NOSOURCE,
};
static const struct cs_lang_key holidays_rows[] = {
	{"years", T(YEARS), NULL, 0, REQ, 0, "{year: {holidays: [day], workdays: [day]}}"},
	{"name", T(NAME), NULL, 0, 0, NO, "name of the file"},
	NOSOURCE,
};

#undef AT
#define AT(m) offsetof(struct cs_window, m)
static const struct cs_lang_key window_rows[] = {
	{"allow", T(HOURS), NULL, 0, REQ, AT(allow), "allowed hours of any day"},
	{"methods", T(REFS), "codes/method", 0, REQ, AT(methods), "contact methods it binds"},
	{"unless", T(COND), NULL, 0, 0, AT(unless), "it does not bind when this holds"},
	NOSOURCE,
};

#undef AT
#define AT(m) offsetof(struct cs_channel, m)
static const struct cs_lang_key channel_rows[] = {
	{"group", T(REF), "codes/group", 0, REQ, AT(group),
	 "group of channels that rules speak of"},
	NOSOURCE,
};

#undef AT
#define AT(m) offsetof(struct cs_category, m)
static const struct cs_lang_key category_rows[] = {
	{"specialty", T(REF), "codes/specialty", 0, REQ, AT(specialty),
	 "class for the statistics; comes with the category unless said"},
	{"route", T(WHO), NULL, 0, 0, NO, "who deals with it: dept:, post: or holds:"},
	{"priority", T(REF), "priority", 0, 0, AT(priority), "at least this priority"},
	SOURCE(cs_category),
};

#undef AT
#define AT(m) offsetof(struct cs_evidence_kind, m)
static const struct cs_lang_key evidence_rows[] = {
	{"signer", T(WORD_FLAG), "customer staff", 0, 0, AT(signer_customer),
	 "whose signature it is; of staff the login"},
	NOSOURCE,
	NOT_YET("personal"),
};

#undef AT
#define AT(m) offsetof(struct cs_post_rule, m)
static const struct cs_lang_key post_rows[] = {
	{"serves", T(REF), "codes/level", 0, REQ, AT(serves), "level of the units that have it"},
	{"from", T(WORD_BOOL), "premises handling", 0, 0, AT(from_handling),
	 "looked up from the premises or the handling unit"},
	{"above", T(REF), "posts", 0, 0, AT(above), "next post when it is vacant"},
	SOURCE(cs_post_rule),
};

#undef AT
#define AT(m) offsetof(struct cs_happening_kind, m)
static const struct cs_lang_key happening_rows[] = {
	{"by", T(WHOS), NULL, 0, REQ, AT(by), "who may enter it"},
	SOURCE(cs_happening_kind),
};

#undef AT
#define AT(m) offsetof(struct cs_priority, m)
static const struct cs_lang_key priority_rows[] = {
	{"scale", T(NEW), NULL, 0, REQ, AT(scale), "priorities, lowest first"},
	{"start", T(REF), "priority", 0, REQ, AT(start), "priority without any rule"},
	{"rules", T(LIST), NULL, CS_L_PRIORITY_RULE, 0, AT(rule),
	 "all are looked at, the highest counts"},
	NOSOURCE,
};

#undef AT
#define AT(m) offsetof(struct cs_priority_rule, m)
static const struct cs_lang_key priority_rule_rows[] = {
	{"id", T(NAME), NULL, 0, REQ, AT(id), "name of the rule"},
	{"when", T(COND), NULL, 0, REQ, AT(when), "holds when"},
	{"at_least", T(REF), "priority", 0, REQ, AT(at_least), "priority then"},
	SOURCE(cs_priority_rule),
};

#undef AT
#define AT(m) offsetof(struct cs_importance, m)
static const struct cs_lang_key importance_rows[] = {
	{"scale", T(NEW), NULL, 0, REQ, AT(scale), "classes, lowest first: the class without any rule"},
	{"kinds", T(REFS), "kinds", 0, REQ, AT(kinds), "kinds of tickets that have a class"},
	{"use", T(REF), "importance/sets", 0, REQ, AT(use), "the set of rules in force"},
	{"sets", T(SETS), NULL, 0, REQ, AT(set), "profiles of rules: {set: [importance rule]}"},
	{"unknown", T(DUTIES), NULL, 0, 0, AT(unknown),
	 "{field: duty}: owed once a rule that would raise the class cannot be decided without the field"},
	NOSOURCE,
};

#undef AT
#define AT(m) offsetof(struct cs_importance_rule, m)
static const struct cs_lang_key importance_rule_rows[] = {
	{"id", T(NAME), NULL, 0, 0, AT(id), "name of the rule, of its own in all sets"},
	{"class", T(REF), "importance", 0, 0, AT(class), "class then"},
	{"when", T(COND), NULL, 0, 0, AT(when), "holds when"},
	{"latch", T(BOOL), NULL, 0, 0, AT(latch), "once it held time alone does not undo it; other facts do"},
	{"include", T(REF), "importance/sets", 0, 0, AT(include), "instead of all these: the rules of that set"},
	SOURCE(cs_importance_rule),
};

#undef AT
#define AT(m) offsetof(struct cs_assign_rule, m)
static const struct cs_lang_key assign_rule_rows[] = {
	{"when", T(COND), NULL, 0, 0, AT(when), "holds when; the last rule has none"},
	{"to", T(WHO), NULL, 0, REQ, AT(to), "who it goes to"},
	SOURCE(cs_assign_rule),
};

#undef AT
#define AT(m) offsetof(struct cs_kind, m)
static const struct cs_lang_key kind_rows[] = {
	{"extends", T(NAME), NULL, 0, 0, NO, "kind this one is based on: objects merge by id, lists replace"},
	{"abstract", T(BOOL), NULL, 0, 0, NO, "only there to be extended"},
	{"prefix", T(NAME), NULL, 0, REQ, AT(prefix), "first letters of its references, A to Z, at most 3"},
	{"capacities", T(REFS), "codes/capacity", 0, 0, AT(capacities), "what people can be in it"},
	{"agents", T(REFS), "@capacities", 0, 0, AT(agents),
	 "of these, those that speak for somebody else: for whom must be said"},
	{"exclusive", T(REFS), "@fields", 0, 0, AT(exclusive),
	 "one open ticket of the kind for each value of these fields"},
	{"anonymous", T(BOOL), NULL, 0, 0, AT(anonymous), "may have no customer"},
	{"about", T(REF), "@staff", 0, 0, AT(about),
	 "the person it is about: a post of theirs is vacant for it, they get no word of it and may not read it where "
	 "reading is bounded"},
	{"fields", T(MAP), NULL, CS_L_FIELD, 0, AT(field), "its own fields"},
	{"lists", T(MAP), NULL, CS_L_LIST, 0, AT(list), "child rows such as fee lines"},
	{"states", T(MAP), NULL, CS_L_STATE, REQ, AT(state), "states a ticket can be in; one is closed"},
	{"steps", T(MAP), NULL, CS_L_STEP, REQ, AT(step), "what can be done with it"},
	{"clocks", T(MAP), NULL, CS_L_CLOCK, REQ, AT(clock), "limits; one is the main clock"},
	{"admission", T(LIST), NULL, CS_L_ADMISSION, 0, AT(admission),
	 "which steps may decide about it: the first rule that holds; an undecided one is the open question"},
	{"override", T(WHOS), NULL, 0, 0, AT(override), "who may decide against it, with the reason on record"},
	SOURCE(cs_kind),
};

#undef AT
#define AT(m) offsetof(struct cs_admission_rule, m)
static const struct cs_lang_key admission_rows[] = {
	{"id", T(NAME), NULL, 0, REQ, AT(id), "name of the rule"},
	{"when", T(COND), NULL, 0, 0, AT(when), "holds when; the last rule has none"},
	{"allow", T(REFS), "@steps", 0, REQ, AT(allow), "steps it allows, of those that need admission"},
	{"ground", T(NAME), NULL, 0, 0, AT(ground), "value of the field ground then; another one is against the rule"},
	{"needs", T(NEEDS), NULL, 0, 0, AT(need), "what those steps demand under this rule besides their own needs"},
	SOURCE(cs_admission_rule),
};

#undef AT
#define AT(m) offsetof(struct cs_field, m)
static const struct cs_lang_key field_rows[] = {
	{"type", T(WORD), "text int money time date bool code ref staff unit", 0, REQ, AT(type),
	 "what its values are; money in fen"},
	{"codes", T(NAME), NULL, 0, 0, NO,
	 "code list of a code: a list of codes, channels, categories, posts or bodies"},
	{"kind", T(REF), "kinds|any", 0, 0, AT(ref_kind), "kind of ticket a ref points to"},
	{"none", T(BOOL), NULL, 0, 0, AT(none), "the word none is a value: looked, none"},
	{"start", T(START), NULL, 0, 0, NO, "value at registration"},
	{"by", T(WHOS), NULL, 0, 0, AT(by), "who may set it; else whoever may take the step"},
	{"personal", T(BOOL), NULL, 0, 0, AT(personal),
	 "erased with the person, as text always is; rules can only ask whether it is set"},
	{"find", T(BOOL), NULL, 0, 0, AT(find), "tickets can be found by it"},
	{"as", T(WORD_TEXT), "wish result reply notice area", 0, 0, AT(as),
	 "what the reports take it for; notice: the text to be published, area: where"},
	{"is", T(OBJECT), NULL, CS_L_DERIVED, 0, AT(is), "follows from the rows of a list; nobody sets it"},
	SOURCE(cs_field),
};

#undef AT
#define AT(m) offsetof(struct cs_derived, m)
static const struct cs_lang_key derived_rows[] = {
	{"last", T(NAME), NULL, 0, 0, NO, "list.field: the latest time or day in the rows that count"},
	{"sum", T(NAME), NULL, 0, 0, NO, "or list.field: their numbers or amounts added up"},
	{"where", T(COND), NULL, 0, 0, NO,
	 "rows that count, by their fields; unset while none does, or one has no value yet"},
	{"not_before", T(REFS), "@starts", 0, 0, AT(not_before),
	 "of last: no earlier than the first of these that is set, of its own type"},
	NOSOURCE,
};

#undef AT
#define AT(m) offsetof(struct cs_list, m)
static const struct cs_lang_key list_rows[] = {
	{"key", T(NAME), NULL, 0, REQ, AT(key),
	 "field that tells rows apart, one of the list's own; neither text nor personal"},
	{"per", T(WORD_FLAG), "party", 0, 0, AT(per_party),
	 "rows may be told apart by one who takes part, too: --row LIST:...,party=NAME"},
	{"fields", T(MAP), NULL, CS_L_FIELD, REQ, AT(field), "fields of a row"},
	SOURCE(cs_list),
};

#undef AT
#define AT(m) offsetof(struct cs_state, m)
static const struct cs_lang_key state_rows[] = {
	{"is", T(WORD), "open waiting standing done closed", 0, REQ, AT(is),
	 "what it counts as; standing is outside carried in and out"},
	{"waits", T(REF), "codes/waits", 0, 0, AT(waits),
	 "for whom we wait; waiting states have it"},
	NOSOURCE,
};

#undef AT
#define AT(m) offsetof(struct cs_step, m)
static const struct cs_lang_key step_rows[] = {
	{"from", T(FROM), NULL, 0, REQ, AT(from),
	 "states it can be taken in; * every state, a closed one too; [] registers"},
	{"to", T(TO), NULL, 0, REQ, AT(to), "state it leads to; = the same; first the one after registration"},
	{"by", T(WHOS), NULL, 0, 0, AT(by), "who may take it; else any staff"},
	{"not_by", T(NOT_BY), NULL, 0, 0, AT(not_by), "who may not, even so; members may be {who, when, except}"},
	{"needs", T(NEEDS), NULL, 0, 0, AT(need), "fields, words and conditions (+ say) it demands"},
	{"takes", T(REFS), "@take", 0, 0, AT(takes), "fields, lists and words that may be given with it"},
	{"clears", T(REFS), "@fields", 0, 0, AT(clears), "fields that are empty after it, unless given with it"},
	{"approve", T(LIST), NULL, CS_L_STAGE, 0, AT(stage),
	 "who must agree before, one after the other; taking the step asks them, taking it again uses "
	 "what they approved"},
	{"tell", T(WHOS), NULL, 0, 0, AT(tell), "who gets a notice"},
	{"says", T(REFS), "@says", 0, 0, AT(says),
	 "what the notice to the customer holds besides the step and the subject: fields, note"},
	{"moves", T(MOVES), NULL, 0, 0, AT(move),
	 "{clock: time field}: the clock's new due; one passed before stays missed. {clock: {field, within}}: an "
	 "extension, to a later time, at most so long after the present due"},
	{"restarts", T(RESTARTS), NULL, 0, 0, NO,
	 "clocks that start anew, of a merge the survivor's that run; members may be {clock, when}"},
	{"at", T(REFS), "@times", 0, 0, AT(at),
	 "of a merge: from when they are counted, the first that is set; else from its registration"},
	{"form", T(REF), "forms", 0, 0, AT(form), "form printed with it"},
	{"responds", T(BOOL), NULL, 0, 0, AT(responds), "counts as the response to the customer"},
	{"publication", T(WORD_FLAG), "approve decline", 0, 0, AT(publication),
	 "decides whether the notice is published, as it then reads"},
	{"leaves", T(BOOL), NULL, 0, 0, AT(leaves), "the party given with it takes part no longer"},
	SOURCE(cs_step),
	NOT_YET("opens"),
};

#undef AT
#define AT(m) offsetof(struct cs_stage, m)
static const struct cs_lang_key stage_rows[] = {
	{"by", T(WHO), NULL, 0, REQ, AT(by), "who agrees or not; never the one who asks"},
	{"word", T(WORD_TEXT), "review approve", 0, REQ, AT(word), "what it is called"},
	{"when", T(COND), NULL, 0, 0, AT(when), "only when this holds, with what is given with the step"},
	{"owe", T(REF), "duties", 0, 0, AT(owe), "duty that arises while it waits for the answer"},
	SOURCE(cs_stage),
};

#undef AT
#define AT(m) offsetof(struct cs_clock, m)
static const struct cs_lang_key clock_rows[] = {
	{"start", T(REFS), "@steps", 0, REQ, AT(start), "steps that start it"},
	{"at", T(REF), "@starts", 0, 0, NO, "field with an earlier start, or opened_at"},
	{"when", T(COND), NULL, 0, 0, NO, "runs only when this holds at the start"},
	{"limit", T(SPAN), NULL, 0, 0, NO, "time it allows"},
	{"due", T(OBJECT), NULL, CS_L_DUE, 0, NO, "due time taken from a field; none before the start"},
	{"cutoff", T(MINUTE), NULL, 0, 0, NO, "time of day from which eod is the next day's end"},
	{"rules", T(LIST), NULL, CS_L_CLOCK_RULE, 0, AT(rule), "instead of the five above: the first rule that holds"},
	{"calendar", T(CALENDAR), NULL, 0, 0, AT(calendar), "working hours it counts by"},
	{"stop", T(REFS), "@steps", 0, REQ, AT(stop), "steps that stop it"},
	{"void", T(REFS), "@steps", 0, 0, AT(void_by), "steps that end it without a verdict"},
	{"pause", T(REFS), "codes/waits", 0, 0, AT(pause), "waiting for these stops the count"},
	{"restart", T(BOOL), NULL, 0, 0, AT(restart),
	 "starts anew with each start step and in each cycle; by a field, when that is given, or the last was void"},
	{"counts", T(BOOL), NULL, 0, 0, AT(counts), "in the on-time rate (true unless said)"},
	{"main", T(BOOL), NULL, 0, 0, AT(main), "overdue and late speak of it; the only clock of a kind is it"},
	{"rungs", T(LIST), NULL, CS_L_RUNG, 0, AT(rung), "ladder of escalation"},
	SOURCE(cs_clock),
};

#undef AT
#define AT(m) offsetof(struct cs_clock_rule, m)
static const struct cs_lang_key clock_rule_rows[] = {
	{"when", T(COND), NULL, 0, 0, AT(when), "holds when; unknown is no match"},
	{"at", T(REF), "@starts", 0, 0, AT(at), "field with an earlier start, or opened_at"},
	{"limit", T(SPAN), NULL, 0, 0, AT(limit), "time it allows"},
	{"due", T(OBJECT), NULL, CS_L_DUE, 0, 0, "due time taken from a field; none before the start"},
	{"cutoff", T(MINUTE), NULL, 0, 0, AT(cutoff), "time of day from which eod is the next day's end"},
	NOSOURCE,
};
static const struct cs_lang_key due_rows[] = {
	{"field", T(REF), "@times", 0, REQ, AT(due_field), "time or date field"},
	{"plus", T(SPAN), NULL, 0, 0, AT(plus), "so much later"},
	{"minus", T(SPAN), NULL, 0, 0, AT(minus), "so much earlier"},
	NOSOURCE,
};

#undef AT
#define AT(m) offsetof(struct cs_rung, m)
static const struct cs_lang_key rung_rows[] = {
	{"id", T(NAME), NULL, 0, REQ, AT(id),
	 "name of the rung; fires once per ticket, clock and cycle"},
	{"over", T(RUNG_SPAN), NULL, 0, 0, AT(span),
	 "fires when so much time has passed since the start; N% of the limit"},
	{"before", T(SPAN), NULL, 0, 0, AT(span), "or so long before the due; 0m on it"},
	{"to", T(WHO), NULL, 0, 0, NO, "who it goes to"},
	{"transfer", T(BOOL), NULL, 0, 0, AT(transfer), "who it goes to becomes responsible"},
	{"tell", T(WHOS), NULL, 0, 0, AT(tell), "who else gets a notice"},
	{"owe", T(REF), "duties", 0, 0, AT(owe), "duty that arises"},
	SOURCE(cs_rung),
};

#undef AT
#define AT(m) offsetof(struct cs_similar, m)
static const struct cs_lang_key similar_rows[] = {
	{"kinds", T(REFS), "kinds", 0, REQ, AT(kinds), "kinds that are compared with each other"},
	{"same", T(WORD_FLAGS), "party premises category", 0, REQ, AT(party),
	 "what the two have in common: customer, premises, or unit and category; any one will do"},
	{"within", T(SPAN), NULL, 0, REQ, AT(within), "not opened longer ago than this"},
	{"score", T(NUMBER), NULL, 0, REQ, AT(score), "from this likeness of their words on, 1 to 100"},
	SOURCE(cs_similar),
};

#undef AT
#define AT(m) offsetof(struct cs_scope, m)
static const struct cs_lang_key scope_rows[] = {
	{"of", T(WORD_TEXT), "ticket ; customer premises unit staff", 0, REQ, AT(of),
	 "what the rule is about"},
	{"kinds", T(REFS), "kinds", 0, 0, AT(kinds), "these kinds of tickets; else all"},
	{"where", T(COND), NULL, 0, 0, AT(where), "only those for which this holds"},
	NOSOURCE,
};

#undef AT
#define AT(m) offsetof(struct cs_callback_rule, m)
static const struct cs_lang_key callback_rows[] = {
	{"each", T(OBJECT), NULL, CS_L_SCOPE, REQ, AT(each), "tickets it is for"},
	{"per", T(WORD_FLAG), "party", 0, 0, AT(per_party),
	 "one contact for each party instead of one for the ticket"},
	{"after", T(OBJECT), NULL, CS_L_AFTER, 0, 0,
	 "what makes it due; without it planned by hand or with a sample"},
	{"within", T(SPAN), NULL, 0, 0, AT(within), "to be made so soon after that"},
	{"calendar", T(CALENDAR), NULL, 0, 0, AT(calendar), "working hours the spans count by"},
	{"give_up", T(SPAN), NULL, 0, 0, AT(give_up),
	 "ends when the happening does not come in this time"},
	{"purpose", T(REF), "codes/purpose", 0, REQ, AT(purpose), "what it is for"},
	{"methods", T(REFS), "codes/method", 0, REQ, AT(methods), "how, in this order"},
	{"attempts", T(NUMBER), NULL, 0, 0, AT(attempts),
	 "tries with each method before the next; undecided: one"},
	{"window", T(WINDOW), NULL, 0, 0, AT(window), "hours in which it may be made"},
	{"by", T(BY), NULL, 0, REQ, AT(by), "who makes it: {method: who}"},
	{"not_by", T(NOT_BY), NULL, 0, 0, AT(not_by), "who may not; members may be {who, when, except}"},
	{"ask", T(REFS), "codes/question", 0, REQ, AT(ask), "questions to be answered"},
	{"score", T(BOOL), NULL, 0, 0, AT(score), "a score from 1 to 5 must be recorded"},
	{"exempt", T(REFS), "codes/exempt", 0, 0, AT(exempt),
	 "reasons for which it may end without an answer"},
	{"low", T(OBJECT), NULL, CS_L_LOW, 0, 0, "what a low score does"},
	{"problem", T(OBJECT), NULL, CS_L_PROBLEM, 0, 0, "what a problem found in it does"},
	{"holds", T(BOOL), NULL, 0, 0, AT(holds),
	 "the ticket cannot be closed while it is open (true unless said)"},
	SOURCE(cs_callback_rule),
};
static const struct cs_lang_key after_rows[] = {
	{"step", T(REF), "@steps", 0, REQ, AT(after_step), "step that makes it due"},
	{"then", T(REF), "happenings", 0, 0, AT(then_happening), "happening that must follow"},
	NOSOURCE,
};
static const struct cs_lang_key low_rows[] = {
	{"at_most", T(NUMBER), NULL, 0, REQ, AT(low_at_most), "score that is low"},
	{"step", T(REF), "@steps", 0, REQ, AT(low_step), "step it takes"},
	NOSOURCE,
};
static const struct cs_lang_key problem_rows[] = {
	{"opens", T(REF), "kinds", 0, REQ, AT(problem_opens), "kind of ticket it opens"},
	{"to", T(REF), "@units", 0, 0, AT(problem_to), "unit that gets it"},
	{"link", T(REF), "codes/link", 0, REQ, AT(problem_link),
	 "link from the new to the old ticket"},
	NOSOURCE,
};

#undef AT
#define AT(m) offsetof(struct cs_sample_rule, m)
static const struct cs_lang_key sample_rows[] = {
	{"each", T(OBJECT), NULL, CS_L_SCOPE, REQ, AT(each), "tickets it is drawn from"},
	{"step", T(REF), "@steps", 0, REQ, AT(step), "those that took this step in the period"},
	{"period", T(WORD), PERIODS, 0, REQ, AT(period), "how often it is drawn"},
	{"by", T(WORD_BOOL), "unit staff", 0, REQ, AT(by_staff), "strata: one for each unit or person"},
	{"level", T(REF), "codes/level", 0, 0, AT(level), "with unit: units of this level, such as projects"},
	{"mode", T(WORD), "closed ; running", 0, REQ, NO, "drawn when the period is over"},
	{"percent", T(NUMBER), NULL, 0, 0, AT(percent), "share of each stratum"},
	{"count", T(NUMBER), NULL, 0, 0, AT(count), "or so many of each stratum, all where there are fewer"},
	{"least", T(NUMBER), NULL, 0, 0, AT(least), "with percent: at least so many of each stratum"},
	{"round", T(WORD_FLAG), "up", 0, 0, AT(round_up), "shares are rounded up, else down"},
	{"then", T(OBJECT), NULL, CS_L_THEN, 0, 0, "what is done with the members"},
	SOURCE(cs_sample_rule),
	NOT_YET("bands"),
	NOT_YET("force"),
	NOT_YET("short"),
	NOT_YET("spread"),
};
static const struct cs_lang_key then_rows[] = {
	{"contact", T(REF), "codes/purpose", 0, REQ, AT(then_contact),
	 "purpose of the contacts to plan"},
	NOSOURCE,
	NOT_YET("check"),
};

#undef AT
#define AT(m) offsetof(struct cs_duty, m)
static const struct cs_lang_key duty_rows[] = {
	{"each", T(OBJECT), NULL, CS_L_DUTY_SCOPE, REQ, AT(each), "tickets or units it is for"},
	{"every", T(EVERY), NULL, 0, 0, 0,
	 "once in each day, week, month, quarter, half or year; of a ticket also so long after the one before"},
	{"on", T(OBJECT), NULL, CS_L_ON, 0, 0,
	 "what makes it arise; without it and 'every' a rung or a stage of approval owes it"},
	{"within", T(SPAN), NULL, 0, 0, AT(within), "due so soon after that; without it at once"},
	{"before", T(SPAN), NULL, 0, 0, AT(before), "due so long before the time in the field of 'on'"},
	{"due", T(OBJECT), NULL, CS_L_DUTY_DUE, 0, 0, "day on which each period's is due; else the last of the period"},
	{"times", T(NUMBER), NULL, 0, 0, AT(times), "to be done so often in each period"},
	{"joins", T(WORD_BOOL), "now next", 0, 0, AT(joins_next),
	 "whether who comes in the middle of a period owes for that one (now unless said) or from the next"},
	{"calendar", T(CALENDAR), NULL, 0, 0, AT(calendar), "working hours the spans count by"},
	{"owner", T(WHO), NULL, 0, REQ, AT(owner), "who owes it"},
	{"to", T(WHOS), NULL, 0, 0, AT(to), "who gets what is delivered, by a notice"},
	{"form", T(REF), "forms", 0, 0, AT(form), "form that is delivered with it"},
	{"done", T(OBJECT), NULL, CS_L_DONE, REQ, 0, "what discharges it"},
	{"late", T(LIST), NULL, CS_L_LATE, 0, AT(late), "who is told while it is still owed"},
	{"waive", T(OBJECT), NULL, CS_L_WAIVE, 0, 0, "who may waive it, and when; else nobody"},
	SOURCE(cs_duty),
	NOT_YET("distinct"),
};
static const struct cs_lang_key duty_scope_rows[] = {
	{"of", T(WORD_TEXT), "ticket unit ; customer premises staff", 0, REQ, offsetof(struct cs_scope, of),
	 "what owes it"},
	{"kinds", T(REFS), "kinds", 0, 0, offsetof(struct cs_scope, kinds), "these kinds of tickets; else all"},
	{"where", T(COND), NULL, 0, 0, offsetof(struct cs_scope, where),
	 "only those for which this holds; of a unit its level and function can be asked; what recurs on a ticket "
	 "ends "
	 "when it holds no more"},
	NOSOURCE,
};
static const struct cs_lang_key duty_due_rows[] = {
	{"day", T(NUMBER), NULL, 0, REQ, AT(due_day), "so many days into it, the last one where there are fewer"},
	{"after", T(BOOL), NULL, 0, 0, AT(due_after), "of the next period: it arises when its own is over"},
	NOSOURCE,
};
static const struct cs_lang_key on_rows[] = {
	{"step", T(REF), "@steps", 0, 0, AT(on_step), "step that makes it arise"},
	{"importance", T(REF), "importance", 0, 0, AT(on_class),
	 "the ticket comes into this class; it ends when the class falls"},
	{"field", T(REF), "@times", 0, 0, AT(on_field),
	 "this time or date is set; moved with it, owed anew when it is set after it was done"},
	{"set", T(REF), "@cond", 0, 0, AT(on_set),
	 "this field is set and 'where' holds, once for the ticket; it ends when that turns out to be wrong"},
	{"change", T(CHANGES), NULL, 0, 0, AT(on_change),
	 "of a unit: another edition of the rules (policy), another holder of a post of its (post:ID)"},
	NOSOURCE,
};
static const struct cs_lang_key done_rows[] = {
	{"step", T(REF), "@steps", 0, 0, AT(done_step), "this step of the ticket"},
	{"form", T(REF), "forms", 0, 0, AT(form), "the form is delivered, all its parts written"},
	{"evidence", T(REF), "evidence", 0, 0, AT(done_evidence), "evidence of this kind is given"},
	{"field", T(REF), "@cond", 0, 0, AT(done_field), "this field of the ticket is set"},
	{"notice", T(BOOL), NULL, 0, 0, AT(done_notice), "true: it is sent to all in 'to' as it arises"},
	{"approval", T(BOOL), NULL, 0, 0, AT(done_approval), "true: what was put to approval is answered"},
	{"report", T(REF), "@reports", 0, 0, AT(done_report), "this report of the unit and period is closed"},
	{"draw", T(REF), "samples", 0, 0, AT(done_draw), "this sample of the unit and period is drawn"},
	{"contact", T(REF), "codes/purpose", 0, 0, AT(done_contact),
	 "a contact of the ticket for this purpose is made; waived when none can be"},
	{"by", T(WHOS), NULL, 0, 0, AT(done_by), "by one of these; else a step by anybody, all other by its owner"},
	NOSOURCE,
	NOT_YET("inspection"),
};
static const struct cs_lang_key waive_rows[] = {
	{"by", T(WHOS), NULL, 0, REQ, AT(waive_by), "who may"},
	{"if_none", T(OBJECT), NULL, CS_L_NONE_SCOPE, 0, AT(none),
	 "only when no such ticket was opened there in the period"},
	NOSOURCE,
};

#undef AT
#define AT(m) offsetof(struct cs_late, m)
static const struct cs_lang_key late_rows[] = {
	{"id", T(NAME), NULL, 0, REQ, AT(id), "name of the rung"},
	{"over", T(SPAN), NULL, 0, 0, AT(span), "fires when it is late by so much; 0m on its due"},
	{"before", T(SPAN), NULL, 0, 0, AT(span), "or so long before its due"},
	{"to", T(WHO), NULL, 0, 0, NO, "who has to see to it then"},
	{"tell", T(WHOS), NULL, 0, 0, AT(tell), "who else gets a notice"},
	SOURCE(cs_late),
};

#undef AT
#define AT(m) offsetof(struct cs_indicator, m)
static const struct cs_lang_key indicator_rows[] = {
	{"measure", T(REF), "@measures", 0, REQ, AT(measure), "what is measured"},
	{"args", T(OBJECT), NULL, CS_L_ARGS, 0, 0, "what the measure speaks of"},
	{"target", T(OBJECT), NULL, CS_L_TARGET, REQ, 0, "what is wanted"},
	{"period", T(WORD), PERIODS, 0, REQ, AT(period), "how long the time it is judged for"},
	{"of", T(WORD_FLAG), "previous", 0, 0, AT(previous), "the figures are those of the period before"},
	SOURCE(cs_indicator),
};
static const struct cs_lang_key args_rows[] = {
	{"kind", T(REF), "kinds", 0, 0, AT(kind), "kind of tickets"},
	{"sample", T(REF), "samples", 0, 0, AT(sample),
	 "over this sample where it was drawn, else over all"},
	{"question", T(REF), "codes/question", 0, 0, AT(question), "question of the call-backs"},
	{"score", T(NUMBER), NULL, 0, 0, AT(score), "satisfied from this score on"},
	NOSOURCE,
	NOT_YET("duty"),
};
static const struct cs_lang_key target_rows[] = {
	{"at_least", T(TARGET), NULL, 0, 0, AT(target), "not less than N% or N.NN%"},
	{"at_most", T(TARGET), NULL, 0, 0, AT(target), "not more than N% or N.NN%"},
	NOSOURCE,
};

#undef AT
#define AT(m) offsetof(struct cs_form, m)
static const struct cs_lang_key form_rows[] = {
	{"parts", T(REFS), "codes/part", 0, REQ, AT(parts), "parts in order"},
	{"written", T(REFS), "codes/part", 0, 0, AT(written),
	 "those of them that people write; the others fill themselves"},
	{"fields", T(TEXTS), NULL, 0, 0, AT(fields), "the only fields it shows: for readers outside; else all"},
	{"steps", T(TEXTS), NULL, 0, 0, AT(steps), "the last of these that was taken is the outcome"},
	{"evidence", T(REFS), "evidence", 0, 0, AT(evidence),
	 "whose signatures it asks for; else of every kind that is signed"},
	{"copies", T(TEXTS), NULL, 0, 0, AT(copies), "printed once for each, with this text"},
	SOURCE(cs_form),
};

#undef AT
#define AT(m) offsetof(struct cs_reports, m)
static const struct cs_lang_key reports_rows[] = {
	{"level", T(REF), "codes/level", 0, 0, AT(level),
	 "units of this level, such as projects, are rows; else each unit"},
	{"complaints", T(REFS), "kinds", 0, REQ, AT(complaints), "kinds that are complaints"},
	{"requests", T(REFS), "kinds", 0, 0, AT(requests), "kinds that are requests"},
	{"findings", T(REFS), "kinds", 0, 0, AT(findings), "kinds that are findings of inspections"},
	{"ledger", T(REFS), "@ledger", 0, 0, AT(ledger),
	 "further columns of the ledger: fields of complaints; capacity of who complains, principal: for whom"},
	{"cases", T(OBJECT), NULL, CS_L_REPORT_EACH, 0, AT(cases), "tickets that go to the library of cases"},
	{"publication", T(OBJECT), NULL, CS_L_REPORT_EACH, 0, AT(publication),
	 "tickets of which it has to be decided whether they are published"},
	NOSOURCE,
};
static const struct cs_lang_key report_each_rows[] = {
	{"each", T(OBJECT), NULL, CS_L_SCOPE, REQ, 0, "these tickets"},
	NOSOURCE,
};

#undef AT
#define AT(m) offsetof(struct cs_access_rule, m)
static const struct cs_lang_key access_rows[] = {
	{"each", T(OBJECT), NULL, CS_L_SCOPE, REQ, AT(each), "tickets it is for"},
	{"by", T(WHOS), NULL, 0, REQ, AT(by), "who may read them"},
	{"fields", T(REFS), "@readable", 0, REQ, AT(fields),
	 "what the others do not see: * the whole ticket (no single fields yet)"},
	{"log", T(BOOL), NULL, 0, 0, AT(log), "reading it with cs-show is recorded, with the reason"},
	SOURCE(cs_access_rule),
};

static const struct cs_lang_object objects[CS_L_COND] = {
	[CS_L_POLICY] = OBJECT("policy", policy_rows, cs_policy, NULL, NULL),
	[CS_L_PARAM] = OBJECT("param", param_rows, cs_param, NULL, NULL),
	[CS_L_CALENDAR] = OBJECT("calendar", calendar_rows, cs_calendar, NULL, cs_pol_calendar_after),
	[CS_L_WEEK] = INSIDE("week", week_rows, NULL, NULL),
	[CS_L_HOLIDAYS] = OBJECT("holidays", holidays_rows, cs_holidays, NULL, NULL),
	[CS_L_WINDOW] = OBJECT("window", window_rows, cs_window, cs_pol_all_kinds, cs_pol_no_kinds),
	[CS_L_CHANNEL] = OBJECT("channel", channel_rows, cs_channel, NULL, NULL),
	[CS_L_CATEGORY] = OBJECT("category", category_rows, cs_category, NULL, cs_pol_category_after),
	[CS_L_EVIDENCE] = OBJECT("evidence", evidence_rows, cs_evidence_kind, NULL, NULL),
	[CS_L_POST] = OBJECT("post", post_rows, cs_post_rule, NULL, NULL),
	[CS_L_HAPPENING] = OBJECT("happening", happening_rows, cs_happening_kind, NULL, NULL),
	[CS_L_PRIORITY] = INSIDE("priority", priority_rows, cs_pol_all_kinds, cs_pol_no_kinds),
	[CS_L_PRIORITY_RULE] = OBJECT("priority rule", priority_rule_rows, cs_priority_rule, NULL, NULL),
	[CS_L_ASSIGN_RULE] = OBJECT("assign rule", assign_rule_rows, cs_assign_rule, cs_pol_all_kinds, cs_pol_no_kinds),
	[CS_L_KIND] = OBJECT("kind", kind_rows, cs_kind, cs_pol_kind_before, cs_pol_kind_after),
	[CS_L_FIELD] = OBJECT("field", field_rows, cs_field, NULL, cs_pol_field_after),
	[CS_L_LIST] = OBJECT("list", list_rows, cs_list, NULL, NULL),
	[CS_L_STATE] = OBJECT("state", state_rows, cs_state, NULL, NULL),
	[CS_L_STEP] = OBJECT("step", step_rows, cs_step, NULL, NULL),
	[CS_L_STAGE] = OBJECT("stage", stage_rows, cs_stage, NULL, NULL),
	[CS_L_CLOCK] = OBJECT("clock", clock_rows, cs_clock, cs_pol_clock_before, cs_pol_clock_after),
	[CS_L_CLOCK_RULE] = OBJECT("clock rule", clock_rule_rows, cs_clock_rule, cs_pol_clock_rule_before, NULL),
	[CS_L_DUE] = INSIDE("due", due_rows, NULL, NULL),
	[CS_L_RUNG] = OBJECT("rung", rung_rows, cs_rung, NULL, cs_pol_rung_after),
	[CS_L_SIMILAR] = INSIDE("similar", similar_rows, NULL, cs_pol_similar_after),
	[CS_L_SCOPE] = INSIDE("scope", scope_rows, NULL, NULL),
	[CS_L_CALLBACK] = OBJECT("callback", callback_rows, cs_callback_rule, cs_pol_callback_before, cs_pol_no_kinds),
	[CS_L_AFTER] = INSIDE("after", after_rows, NULL, NULL),
	[CS_L_LOW] = INSIDE("low", low_rows, NULL, cs_pol_low_after),
	[CS_L_PROBLEM] = INSIDE("problem", problem_rows, NULL, NULL),
	[CS_L_SAMPLE] = OBJECT("sample", sample_rows, cs_sample_rule, cs_pol_each_before, cs_pol_sample_after),
	[CS_L_THEN] = INSIDE("then", then_rows, NULL, NULL),
	[CS_L_DUTY] = OBJECT("duty", duty_rows, cs_duty, cs_pol_duty_before, cs_pol_duty_after),
	[CS_L_DUTY_SCOPE] = INSIDE("scope of a duty", duty_scope_rows, NULL, NULL),
	[CS_L_DUTY_DUE] = INSIDE("due of a duty", duty_due_rows, NULL, NULL),
	[CS_L_ON] = INSIDE("on", on_rows, NULL, cs_pol_on_after),
	[CS_L_DONE] = INSIDE("done", done_rows, NULL, cs_pol_done_after),
	[CS_L_LATE] = OBJECT("rung of a duty", late_rows, cs_late, NULL, cs_pol_late_after),
	[CS_L_WAIVE] = INSIDE("waive", waive_rows, NULL, NULL),
	[CS_L_NONE_SCOPE] = INSIDE("if_none", scope_rows, cs_pol_none_before, cs_pol_none_after),
	[CS_L_INDICATOR] = OBJECT("indicator", indicator_rows, cs_indicator, NULL, NULL),
	[CS_L_ARGS] = INSIDE("args", args_rows, NULL, NULL),
	[CS_L_TARGET] = INSIDE("target", target_rows, NULL, cs_pol_target_after),
	[CS_L_FORM] = OBJECT("form", form_rows, cs_form, NULL, cs_pol_form_after),
	[CS_L_REPORTS] = INSIDE("reports", reports_rows, NULL, NULL),
	[CS_L_REPORT_EACH] = INSIDE("tickets of a report", report_each_rows, cs_pol_each_before, cs_pol_no_kinds),
	[CS_L_ACCESS] = OBJECT("access rule", access_rows, cs_access_rule, cs_pol_each_before, cs_pol_no_kinds),
	[CS_L_DERIVED] = INSIDE("derived field", derived_rows, NULL, cs_pol_derived_after),
	[CS_L_ADMISSION] = OBJECT("admission rule", admission_rows, cs_admission_rule, NULL, cs_pol_admission_after),
	[CS_L_IMPORTANCE] = INSIDE("importance", importance_rows, cs_pol_importance_before, cs_pol_importance_after),
	[CS_L_IMPORTANCE_RULE] =
		OBJECT("importance rule", importance_rule_rows, cs_importance_rule, NULL, cs_pol_importance_rule_after),
};

const struct cs_lang_object *cs_lang_object(enum cs_lang_id id)
{
	return id < CS_L_COND ? &objects[id] : &cs_lang_conditions[id - CS_L_COND];
}
