/* The conditions of the policy language; the rest of its table stands in policy_table.c. */
#include "domain/policy_lang.h"

#include "domain/policy.h"
#include "domain/policy_build.h"
#include "domain/policy_rows.h"

#define AT(m) offsetof(struct cs_cond, m)
/* The first word of a condition says which form it is. */
static const struct cs_lang_key cond_rows[] = {
	{"field", T(OBJECT), NULL, CS_L_C_FIELD, 0, 0, "about a field or word every kind in scope has"},
	{"all", T(OBJECT), NULL, CS_L_C_ALL, 0, 0, "every one holds"},
	{"any", T(OBJECT), NULL, CS_L_C_ANY, 0, 0, "one holds"},
	{"not", T(OBJECT), NULL, CS_L_C_NOT, 0, 0, "it does not hold"},
	{"since", T(OBJECT), NULL, CS_L_C_SINCE, 0, 0,
	 "time since a step was last taken in this cycle, since the registration in each: "
	 "what is reopened is as old as it is"},
	{"done", T(OBJECT), NULL, CS_L_C_DONE, 0, 0, "a step was taken in this cycle"},
	{"clock", T(OBJECT), NULL, CS_L_C_CLOCK, 0, 0, "how a clock stands"},
	{"evidence", T(OBJECT), NULL, CS_L_C_EVIDENCE, 0, 0, "evidence given with this step"},
	{"party", T(OBJECT), NULL, CS_L_C_PARTY, 0, 0, "somebody takes part in this capacity"},
	{"list", T(OBJECT), NULL, CS_L_C_LIST, 0, 0, "about the rows of a list"},
	{"via", T(OBJECT), NULL, CS_L_C_VIA, 0, 0, "about the ticket that a ref field points to"},
	{"admission", T(OBJECT), NULL, CS_L_C_ADMISSION, 0, 0,
	 "by itself among a step's needs: admission allows the step"},
	{"count", T(OBJECT), NULL, CS_L_C_COUNT, 0, 0, "how often it came up in the matter"},
	{"owed", T(OBJECT), NULL, CS_L_C_OWED, 0, 0, "the ticket owes a duty"},
	{"linked", T(OBJECT), NULL, CS_L_C_LINKED, 0, 0, "about the tickets linked with this one"},
	NOT_YET("drawn"),
	NOT_YET("holds"),
	NOT_YET("fact"),
};
static const struct cs_lang_key c_field_rows[] = {
	{"field", T(REF), "@cond", 0, REQ, AT(name), "the field"},
	{"is", T(VALUES), NULL, 0, 0, NO, "is this value"},
	{"in", T(VALUES), NULL, 0, 0, NO, "is one of these values"},
	{"at_least", T(VALUES), NULL, 0, 0, NO,
	 "int, money, time, date: not less than this or $param"},
	{"at_most", T(VALUES), NULL, 0, 0, NO,
	 "int, money, time, date: not more than this or $param"},
	{"set", T(BOOL), NULL, 0, 0, NO, "has a value; the only test of a text"},
	{"equals", T(REF), "@cond", 0, 0, AT(other), "has the value of that field"},
	NOSOURCE,
};
static const struct cs_lang_key c_all_rows[] = {
	{"all", T(CONDS), NULL, 0, REQ, 0, "list of conditions"},
	NOSOURCE,
};
static const struct cs_lang_key c_any_rows[] = {
	{"any", T(CONDS), NULL, 0, REQ, 0, "list of conditions"},
	NOSOURCE,
};
static const struct cs_lang_key c_not_rows[] = {
	{"not", T(COND), NULL, 0, REQ, NO, "a condition"},
	NOSOURCE,
};
static const struct cs_lang_key c_since_rows[] = {
	{"since", T(REF), "@steps", 0, REQ, AT(name), "the step"},
	{"over", T(SPAN), NULL, 0, 0, AT(span), "longer ago than this"},
	{"within", T(SPAN), NULL, 0, 0, AT(span), "or not longer ago"},
	NOSOURCE,
};
static const struct cs_lang_key c_done_rows[] = {
	{"done", T(REF), "@steps", 0, REQ, AT(name), "the step"},
	NOSOURCE,
};
static const struct cs_lang_key c_clock_rows[] = {
	{"clock", T(REF), "@clocks", 0, REQ, AT(name), "the clock"},
	{"is", T(WORD), "running paused met late void", 0, REQ, AT(clock_is), "how it stands"},
	NOSOURCE,
};
static const struct cs_lang_key c_evidence_rows[] = {
	{"evidence", T(REF), "evidence|any", 0, REQ, AT(name), "kind of evidence, or any"},
	NOSOURCE,
};
static const struct cs_lang_key c_party_rows[] = {
	{"party", T(REF), "@capacities", 0, REQ, AT(name), "the capacity"},
	{"principal", T(BOOL), NULL, 0, 0, AT(principal), "and everybody in it acts for somebody who is named"},
	{"row", T(REF), "@lists", 0, 0, AT(row),
	 "and everybody in it has a row of that list, which is per party; not who came with a ticket merged into it"},
	{"where", T(COND), NULL, 0, 0, NO, "of which this holds, a condition over its fields"},
	NOSOURCE,
};
static const struct cs_lang_key c_list_rows[] = {
	{"list", T(REF), "@lists", 0, REQ, AT(name), "the list"},
	{"some", T(COND), NULL, 0, 0, NO, "a row fulfils this, a condition over its fields"},
	{"every", T(COND), NULL, 0, 0, NO, "or every row does"},
	{"at_least", T(NUMBER), NULL, 0, 0, AT(number), "it has at least so many rows"},
	NOSOURCE,
};

static const struct cs_lang_key c_via_rows[] = {
	{"via", T(REF), "@refs", 0, REQ, AT(name), "the ref field; none makes it false, unset unknown"},
	{"where", T(COND), NULL, 0, REQ, NO, "a condition about that ticket, of the kind the field names"},
	NOSOURCE,
};
static const struct cs_lang_key c_admission_rows[] = {
	{"admission", T(REF), "@steps", 0, REQ, AT(name), "the step"},
	NOSOURCE,
};
static const struct cs_lang_key c_count_rows[] = {
	{"count", T(OBJECT), NULL, CS_L_TALLY, REQ, AT(tally), "what is counted"},
	{"at_least", T(NUMBER), NULL, 0, REQ, NO, "so often"},
	NOSOURCE,
};

#undef AT
#define AT(m) offsetof(struct cs_tally, m)
static const struct cs_lang_key tally_rows[] = {
	{"steps", T(REFS), "@steps", 0, REQ, AT(steps), "registrations and steps by which somebody complains again"},
	{"of", T(WORD), "matter ; party premises staff", 0, REQ, NO, "of all tickets of the matter"},
	{"same", T(WORD), "party premises", 0, 0, AT(by), "most by one person or from one home"},
	{"distinct", T(WORD), "party premises", 0, 0, AT(by),
	 "or different persons or homes; one who is not known is another"},
	{"within", T(SPAN), NULL, 0, 0, AT(within), "in the last so long, the second after that length still in"},
	NOSOURCE,
};

#undef AT
#define AT(m) offsetof(struct cs_cond, m)
static const struct cs_lang_key c_owed_rows[] = {
	{"owed", T(REF), "duties", 0, REQ, AT(name), "the duty"},
	NOSOURCE,
};

#undef AT
#define AT(m) offsetof(struct cs_cond, m)
static const struct cs_lang_key c_linked_rows[] = {
	{"linked", T(REF), "@links", 0, REQ, AT(name), "type of the link to this ticket; same_as counts both ways"},
	{"where", T(COND), NULL, 0, 0, NO, "only those of which this holds; of same_as a condition on the same kind"},
	{"at_least", T(NUMBER), NULL, 0, 0, NO, "there are at least so many"},
	{"at_most", T(NUMBER), NULL, 0, 0, NO, "or at most so many"},
	NOSOURCE,
};

const struct cs_lang_object cs_lang_conditions[CS_L_COUNT - CS_L_COND] = {
	[0] = INSIDE("condition", cond_rows, NULL, NULL),
	[CS_L_C_FIELD - CS_L_COND] = INSIDE("condition field", c_field_rows, NULL, cs_pol_c_field_after),
	[CS_L_C_ALL - CS_L_COND] = INSIDE("condition all", c_all_rows, NULL, NULL),
	[CS_L_C_ANY - CS_L_COND] = INSIDE("condition any", c_any_rows, NULL, NULL),
	[CS_L_C_NOT - CS_L_COND] = INSIDE("condition not", c_not_rows, NULL, cs_pol_c_not_after),
	[CS_L_C_SINCE - CS_L_COND] = INSIDE("condition since", c_since_rows, NULL, cs_pol_c_since_after),
	[CS_L_C_DONE - CS_L_COND] = INSIDE("condition done", c_done_rows, NULL, NULL),
	[CS_L_C_CLOCK - CS_L_COND] = INSIDE("condition clock", c_clock_rows, NULL, NULL),
	[CS_L_C_EVIDENCE - CS_L_COND] = INSIDE("condition evidence", c_evidence_rows, NULL, NULL),
	[CS_L_C_PARTY - CS_L_COND] = INSIDE("condition party", c_party_rows, NULL, cs_pol_c_party_after),
	[CS_L_C_LIST - CS_L_COND] = INSIDE("condition list", c_list_rows, NULL, cs_pol_c_list_after),
	[CS_L_C_VIA - CS_L_COND] = INSIDE("condition via", c_via_rows, NULL, cs_pol_c_via_after),
	[CS_L_C_ADMISSION - CS_L_COND] =
		INSIDE("condition admission", c_admission_rows, NULL, cs_pol_c_admission_after),
	[CS_L_C_COUNT - CS_L_COND] = INSIDE("condition count", c_count_rows, NULL, cs_pol_c_count_after),
	[CS_L_TALLY - CS_L_COND] = INSIDE("count", tally_rows, NULL, cs_pol_tally_after),
	[CS_L_C_OWED - CS_L_COND] = INSIDE("condition owed", c_owed_rows, NULL, NULL),
	[CS_L_C_LINKED - CS_L_COND] = INSIDE("condition linked", c_linked_rows, NULL, cs_pol_c_linked_after),
};
