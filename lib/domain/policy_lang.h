/* The policy language as one table: what the loader reads, the checker demands and cs-policy(5)
   lists. */
#ifndef CS_DOMAIN_POLICY_LANG_H
#define CS_DOMAIN_POLICY_LANG_H

#include <stdbool.h>
#include <stddef.h>

/* What stands at a key, and what it becomes in the structure. */
enum cs_lang_type {
	CS_LANG_NAME,       /* a text that names something outside the file: const char * */
	CS_LANG_TEXTS,      /* list of free texts: struct cs_ids */
	CS_LANG_SOURCE,     /* requirement id or list of them: struct cs_ids */
	CS_LANG_NEW,        /* list of ids declared here: struct cs_ids */
	CS_LANG_DAY,        /* 2026-11-21: const char * */
	CS_LANG_ZONE,       /* const struct cs_zone * */
	CS_LANG_BOOL,       /* bool */
	CS_LANG_WORD,       /* one of `arg` (behind ";": later ones): an enum of that order */
	CS_LANG_WORD_BOOL,  /* one of two words: bool, true for the second */
	CS_LANG_WORD_FLAG,  /* a word sets the bool of its place: bool[] */
	CS_LANG_WORD_FLAGS, /* the same for each of a list */
	CS_LANG_WORD_TEXT,  /* one of `arg`, kept as text */
	CS_LANG_SPAN,       /* span or $param: struct cs_span */
	CS_LANG_RUNG_SPAN,  /* also N% */
	CS_LANG_NUMBER,     /* whole number or $param: int64_t */
	CS_LANG_MINUTE,     /* "20:00" or $param: int, minute of the day */
	CS_LANG_TARGET,     /* "98%" or $param: int64_t, hundredths of a percent */
	CS_LANG_VALUE,      /* the value of a parameter */
	CS_LANG_START,      /* a value of the field's type: struct cs_value */
	CS_LANG_HOURS,      /* [["09:00", "12:00"], ...]: struct cs_day_hours */
	CS_LANG_DATES,      /* {day: hours} */
	CS_LANG_YEARS,      /* {year: {holidays, workdays}} */
	CS_LANG_CODES,      /* {list: [code]} */
	CS_LANG_KEYS,       /* {id: {}}: struct cs_ids */
	CS_LANG_LABELS,     /* {en|zh: {path: text}} */
	CS_LANG_REF,        /* one id of `arg`: const char * */
	CS_LANG_REFS,       /* list of ids of `arg`: struct cs_ids */
	CS_LANG_CALENDAR,   /* id of a calendar: const struct cs_calendar * */
	CS_LANG_WINDOW,     /* id of a window: const struct cs_window * */
	CS_LANG_WHO,        /* struct cs_who */
	CS_LANG_WHOS,       /* list: struct cs_whos */
	CS_LANG_NOT_BY,     /* the same, members may be {who, when, except} */
	CS_LANG_BY,         /* {method: who}: struct cs_method_by *, size_t */
	CS_LANG_COND,       /* struct cs_cond * */
	CS_LANG_CONDS,      /* list of conditions (inside conditions) */
	CS_LANG_VALUES,     /* list of values of the field's type (inside conditions) */
	CS_LANG_NEEDS,      /* struct cs_need *, size_t */
	CS_LANG_FROM,       /* list of states or "*" */
	CS_LANG_TO,         /* state, "=" or "first" */
	CS_LANG_MOVES,      /* {clock: field} */
	CS_LANG_SETS,       /* {set: [rule]}: struct cs_importance_set *, size_t */
	CS_LANG_DUTIES,     /* {field: duty}: struct cs_importance_unknown *, size_t */
	CS_LANG_EVERY,      /* a period, a span or $param: members of struct cs_duty */
	CS_LANG_CHANGES,    /* list of "policy" and "post:ID": struct cs_ids */
	CS_LANG_RESTARTS,   /* list of clocks, members may be {clock, when} */
	CS_LANG_OBJECT,     /* the object `arg`, inside the same structure */
	CS_LANG_MAP,        /* objects `arg` by id: pointer, size_t */
	CS_LANG_LIST        /* list of objects `arg`: pointer, size_t */
};

#define CS_LANG_NOWHERE ((size_t)-1)

/* The objects of the language. C_: one per form of condition. */
enum cs_lang_id {
	CS_L_NONE,
	CS_L_POLICY,
	CS_L_PARAM,
	CS_L_CALENDAR,
	CS_L_WEEK,
	CS_L_WINDOW,
	CS_L_HOLIDAYS,
	CS_L_CHANNEL,
	CS_L_CATEGORY,
	CS_L_EVIDENCE,
	CS_L_POST,
	CS_L_HAPPENING,
	CS_L_PRIORITY,
	CS_L_PRIORITY_RULE,
	CS_L_IMPORTANCE,
	CS_L_IMPORTANCE_RULE,
	CS_L_ASSIGN_RULE,
	CS_L_KIND,
	CS_L_FIELD,
	CS_L_LIST,
	CS_L_STATE,
	CS_L_STEP,
	CS_L_CLOCK,
	CS_L_CLOCK_RULE,
	CS_L_DUE,
	CS_L_RUNG,
	CS_L_SCOPE,
	CS_L_CALLBACK,
	CS_L_AFTER,
	CS_L_LOW,
	CS_L_PROBLEM,
	CS_L_SAMPLE,
	CS_L_THEN,
	CS_L_DUTY,
	CS_L_DUTY_SCOPE,
	CS_L_DUTY_DUE,
	CS_L_ON,
	CS_L_DONE,
	CS_L_LATE,
	CS_L_WAIVE,
	CS_L_NONE_SCOPE,
	CS_L_INDICATOR,
	CS_L_ARGS,
	CS_L_TARGET,
	CS_L_FORM,
	CS_L_REPORTS,
	CS_L_REPORT_EACH,
	CS_L_ACCESS,
	CS_L_DERIVED,
	CS_L_ADMISSION,
	CS_L_SIMILAR,
	CS_L_STAGE,
	/* conditions, from here on */
	CS_L_COND,
	CS_L_C_FIELD,
	CS_L_C_ALL,
	CS_L_C_ANY,
	CS_L_C_NOT,
	CS_L_C_SINCE,
	CS_L_C_DONE,
	CS_L_C_CLOCK,
	CS_L_C_EVIDENCE,
	CS_L_C_PARTY,
	CS_L_C_LIST,
	CS_L_C_VIA,
	CS_L_C_ADMISSION,
	CS_L_C_COUNT,
	CS_L_TALLY,
	CS_L_C_OWED,
	CS_L_C_LINKED,
	CS_L_COUNT
};

enum { CS_LANG_REQUIRED = 1, CS_LANG_LATER = 2 };

struct cs_lang_key {
	const char *key;
	enum cs_lang_type type;
	const char *arg;    /* words or the section an id comes from; see the types */
	enum cs_lang_id of; /* OBJECT, MAP, LIST */
	unsigned flags;     /* REQUIRED; LATER: a word of a later version, refused */
	size_t at;          /* where in the structure; NOWHERE: the hooks read it */
	const char *meaning;
};

struct cs_pol;
struct cs_json_node;
struct cs_lang_object {
	const char *name;
	const struct cs_lang_key *row;
	size_t row_count;
	size_t size; /* of the structure; 0: embedded in its holder's */
	/* What rows cannot say: defaults and scope before, derived members after; either may be
	   NULL. */
	void (*before)(struct cs_pol *b, const struct cs_json_node *n, void *base);
	void (*after)(struct cs_pol *b, const struct cs_json_node *n, void *base);
};
extern const struct cs_lang_object cs_lang_conditions[CS_L_COUNT - CS_L_COND];
const struct cs_lang_object *cs_lang_object(enum cs_lang_id id);

/* How a type is called in messages and in the manual: "span or $param". */
const char *cs_lang_type_name(enum cs_lang_type type);

#endif
