/* Inside of the policy compiler: what its files share. Nobody else includes this. */
#ifndef CS_DOMAIN_POLICY_BUILD_H
#define CS_DOMAIN_POLICY_BUILD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/json.h"
#include "domain/policy.h"
#include "domain/policy_lang.h"

/* What a rule speaks about: the kinds it covers (their JSON), and inside a condition over rows the
   fields of the list. Without a kind no field, step or clock can be named. */
struct cs_pol_scope {
	const struct cs_json_node **kind;
	size_t kind_count;
	const struct cs_json_node *row;
	bool unit; /* a unit instead of tickets */
};

struct cs_pol {
	struct cs_policy *p;
	const struct cs_json *doc;
	const struct cs_json_node *root;
	struct cs_faults *faults; /* NULL: trusted */
	struct cs_err *e;
	bool failed;
	struct cs_pol_scope scope, all;    /* all: every kind */
	struct cs_pol_scope outer;         /* of the rule around a scope in it */
	const struct cs_json_node *say_in; /* the condition that may have "say" */
	bool *param_used;                  /* by index; when checking */
};

static inline bool cs_pol_checks(const struct cs_pol *b)
{
	return b->faults != NULL;
}

/* One fault at a place: collected when checking, else the first one is kept. */
void cs_pol_fault(struct cs_pol *b, const struct cs_json_node *n, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* policy_load.c: reads an object by its rows into base. */
void cs_pol_object(struct cs_pol *b, const struct cs_json_node *n, enum cs_lang_id id, void *base);
void *cs_pol_array(struct cs_pol *b, size_t count, size_t size); /* zeroed; NULL for none */
/* " (set at /params/ID)" behind a fault of a value that is "$ID"; "" for others. Where files extend each other, the place
   is named with its file, or left out when that is the file of the fault (cs_policy_origins_place). */
#define CS_POL_SET_AT " (set at "
const char *cs_pol_set_at(struct cs_pol *b, const struct cs_json_node *n);
/* The text of n; a fault and NULL when it is none or empty. */
const char *cs_pol_text(struct cs_pol *b, const struct cs_json_node *n);
/* The one or the many texts of a list into ids; `arg` NULL: any text. */
/* One requirement id or a list of them; nothing when n is NULL. */
void cs_pol_source(struct cs_pol *b, const struct cs_json_node *n, struct cs_ids *out);
void cs_pol_ids(struct cs_pol *b, const struct cs_json_node *n, const char *arg,
		struct cs_ids *out);
/* Index of n's text among the blank-separated words; words behind ";" are later ones. -1 with a
   fault. */
int cs_pol_word(struct cs_pol *b, const struct cs_json_node *n, const char *words);

/* policy_value.c: spans, numbers, times, hours. false after a fault; a null parameter gives unit
   NONE, 0 (undecided true), -1. */
bool cs_pol_span(struct cs_pol *b, const struct cs_json_node *n, bool percent, struct cs_span *out);
bool cs_pol_number(struct cs_pol *b, const struct cs_json_node *n, int64_t *out, bool *undecided);
bool cs_pol_minute(struct cs_pol *b, const struct cs_json_node *n, int *out);
bool cs_pol_target(struct cs_pol *b, const struct cs_json_node *n, int64_t *out);
bool cs_pol_day(struct cs_pol *b, const struct cs_json_node *n, const char *text, int32_t *out);
void cs_pol_param(struct cs_pol *b, const struct cs_json_node *n, struct cs_param *out);
void cs_pol_hours(struct cs_pol *b, const struct cs_json_node *n, struct cs_day_hours *out);
void cs_pol_dates(struct cs_pol *b, const struct cs_json_node *n, struct cs_calendar *c);
void cs_pol_years(struct cs_pol *b, const struct cs_json_node *n, struct cs_holidays *h);
/* A value of a field's type. `codes` says where a code must come from (NULL: it has none). */
bool cs_pol_value(struct cs_pol *b, const struct cs_json_node *n, enum cs_field_type type,
		  const char *codes, struct cs_value *out);

/* policy_who.c */
void cs_pol_who(struct cs_pol *b, const struct cs_json_node *n, struct cs_who *out);
/* A fault when it cannot be one of the staff, or with or_unit a unit of the company. n may be NULL. */
void cs_pol_whom(struct cs_pol *b, const struct cs_json_node *n, const struct cs_who *w, bool or_unit);
void cs_pol_whos(struct cs_pol *b, const struct cs_json_node *n, bool with_when,
		 struct cs_whos *out);
void cs_pol_by(struct cs_pol *b, const struct cs_json_node *n, struct cs_callback_rule *out);

/* policy_cond.c */
const struct cs_cond *cs_pol_cond(struct cs_pol *b, const struct cs_json_node *n);
void cs_pol_conds(struct cs_pol *b, const struct cs_json_node *n, struct cs_cond *out);
/* A condition in a step's needs may also `say` something. */
const struct cs_cond *cs_pol_cond_say(struct cs_pol *b, const struct cs_json_node *n,
				      const char **say);
/* The type of a field or word in the scope; false when there is none. *codes: where its codes come
   from ("codes/tier", "kinds", …), NULL when it has none. */
bool cs_pol_field_type(struct cs_pol *b, const char *name, enum cs_field_type *type,
		       const char **codes);
/* The same of a field's JSON. */
bool cs_pol_json_type(struct cs_pol *b, const struct cs_json_node *f, enum cs_field_type *type,
		      const char **codes);

/* policy_kind.c */
bool cs_pol_code_section(const char *name); /* a section that can stand for a code list */
/* at: a struct cs_need * and behind it its count. */
void cs_pol_needs(struct cs_pol *b, const struct cs_json_node *n, void *at);
void cs_pol_from(struct cs_pol *b, const struct cs_json_node *n, struct cs_step *s);
void cs_pol_to(struct cs_pol *b, const struct cs_json_node *n, struct cs_step *s);
void cs_pol_moves(struct cs_pol *b, const struct cs_json_node *n, struct cs_step *s);
void cs_pol_restarts(struct cs_pol *b, const struct cs_json_node *n, struct cs_step *s);

/* policy_importance.c */
void cs_pol_sets(struct cs_pol *b, const struct cs_json_node *n, struct cs_importance *out);
void cs_pol_duties(struct cs_pol *b, const struct cs_json_node *n, struct cs_importance *out);
void cs_pol_check_importance(struct cs_pol *b);
/* policy_duty.c */
void cs_pol_every(struct cs_pol *b, const struct cs_json_node *n, struct cs_duty *out);
void cs_pol_changes(struct cs_pol *b, const struct cs_json_node *n, struct cs_ids *out);
void cs_pol_check_duty(struct cs_pol *b, const struct cs_duty *d);

/* policy_label.c */
void cs_pol_labels(struct cs_pol *b, const struct cs_json_node *n, struct cs_policy *p);
void cs_pol_labels_free(struct cs_labels *t);
void cs_pol_check_labels(struct cs_pol *b);

/* policy_ref.c: ids. `arg` is a section ("posts", "codes/method", "kinds|any") or what the scope
   has ("@steps"); what must exist is only looked for when checking. */
void cs_pol_ref(struct cs_pol *b, const struct cs_json_node *at, const char *id, const char *arg);
/* The ids of a section or code list, in order. */
void cs_pol_section(struct cs_pol *b, const char *arg, struct cs_ids *out);
/* Adds " (did you mean 'x'?)" for the nearest of the words, or the list of them. */
void cs_pol_hint(const char *word, const struct cs_ids *words, struct cs_buf *out);

/* policy_check.c: what the compiled policy means. */
void cs_pol_check(struct cs_pol *b);
void cs_pol_check_kind(struct cs_pol *b, const struct cs_kind *k); /* policy_check_kind.c */

/* Hooks of the table. */
void cs_pol_all_kinds(struct cs_pol *b, const struct cs_json_node *n, void *base);
void cs_pol_no_kinds(struct cs_pol *b, const struct cs_json_node *n, void *base);
void cs_pol_each_before(struct cs_pol *b, const struct cs_json_node *n, void *base);
/* The scope of a rule over these kinds (a list, else all). */
void cs_pol_scope_kinds(struct cs_pol *b, const struct cs_json_node *kinds);
void cs_pol_duty_before(struct cs_pol *b, const struct cs_json_node *n, void *base);
void cs_pol_duty_after(struct cs_pol *b, const struct cs_json_node *n, void *base);
void cs_pol_on_after(struct cs_pol *b, const struct cs_json_node *n, void *base);
void cs_pol_done_after(struct cs_pol *b, const struct cs_json_node *n, void *base);
void cs_pol_late_after(struct cs_pol *b, const struct cs_json_node *n, void *base);
void cs_pol_none_before(struct cs_pol *b, const struct cs_json_node *n, void *base);
void cs_pol_none_after(struct cs_pol *b, const struct cs_json_node *n, void *base);
void cs_pol_form_after(struct cs_pol *b, const struct cs_json_node *n, void *base);
void cs_pol_callback_before(struct cs_pol *b, const struct cs_json_node *n, void *base);
void cs_pol_sample_after(struct cs_pol *b, const struct cs_json_node *n, void *base);
void cs_pol_similar_after(struct cs_pol *b, const struct cs_json_node *n, void *base);
void cs_pol_low_after(struct cs_pol *b, const struct cs_json_node *n, void *base);
void cs_pol_target_after(struct cs_pol *b, const struct cs_json_node *n, void *base);
void cs_pol_calendar_after(struct cs_pol *b, const struct cs_json_node *n, void *base);
void cs_pol_category_after(struct cs_pol *b, const struct cs_json_node *n, void *base);
void cs_pol_kind_before(struct cs_pol *b, const struct cs_json_node *n, void *base);
void cs_pol_kind_after(struct cs_pol *b, const struct cs_json_node *n, void *base);
void cs_pol_field_after(struct cs_pol *b, const struct cs_json_node *n, void *base);
void cs_pol_clock_before(struct cs_pol *b, const struct cs_json_node *n, void *base);
void cs_pol_clock_after(struct cs_pol *b, const struct cs_json_node *n, void *base);
void cs_pol_clock_rule_before(struct cs_pol *b, const struct cs_json_node *n, void *base);
void cs_pol_rung_after(struct cs_pol *b, const struct cs_json_node *n, void *base);
void cs_pol_c_field_after(struct cs_pol *b, const struct cs_json_node *n, void *base);
void cs_pol_c_not_after(struct cs_pol *b, const struct cs_json_node *n, void *base);
void cs_pol_c_since_after(struct cs_pol *b, const struct cs_json_node *n, void *base);
void cs_pol_c_count_after(struct cs_pol *b, const struct cs_json_node *n, void *base);
void cs_pol_tally_after(struct cs_pol *b, const struct cs_json_node *n, void *base);
void cs_pol_importance_before(struct cs_pol *b, const struct cs_json_node *n, void *base);
void cs_pol_importance_after(struct cs_pol *b, const struct cs_json_node *n, void *base);
void cs_pol_importance_rule_after(struct cs_pol *b, const struct cs_json_node *n, void *base);
void cs_pol_c_list_after(struct cs_pol *b, const struct cs_json_node *n, void *base);
void cs_pol_c_party_after(struct cs_pol *b, const struct cs_json_node *n, void *base);
void cs_pol_c_via_after(struct cs_pol *b, const struct cs_json_node *n, void *base);
void cs_pol_c_linked_after(struct cs_pol *b, const struct cs_json_node *n, void *base);
void cs_pol_c_admission_after(struct cs_pol *b, const struct cs_json_node *n, void *base);
void cs_pol_derived_after(struct cs_pol *b, const struct cs_json_node *n, void *base);
void cs_pol_admission_after(struct cs_pol *b, const struct cs_json_node *n, void *base);

#endif
