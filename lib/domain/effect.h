/* Effects: what a decision does, as coded facts. An event's `facts` are a list of them; fold
   carries them out. Names, phones and free text stand beside them in a map of private texts. */
#ifndef CS_DOMAIN_EFFECT_H
#define CS_DOMAIN_EFFECT_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/value.h"
#include "store/table.h"

enum { CS_FACTS_VERSION = 1, CS_EFFECT_ARGS = 14 };

/* The words of facts version 1. Never reordered or reused: old events are read with them. The
   arguments of each stand in effect.c, in the table of words. */
enum cs_op {
	CS_OP_STATE,     /* state, is, waits: the ticket enters a state */
	CS_OP_CYCLE,     /* n: a reopening begins cycle n */
	CS_OP_SET,       /* column, value: a coded column of the ticket */
	CS_OP_SUBJECT,   /* the subject is the private text "subject" */
	CS_OP_FIELD,     /* field, value: a coded field of the kind */
	CS_OP_TEXT,      /* field: its value is the private text "text.FIELD" */
	CS_OP_KEY,       /* field, value: findable; value null: the private text "text.FIELD" */
	CS_OP_CELL,      /* list, key, field, value: a coded value of a list row */
	CS_OP_CELL_TEXT, /* list, key, field: private text "cell.LIST.KEY.FIELD" */
	CS_OP_PARTY,     /* seq, person, capacity */
	CS_OP_PARTY_END, /* seq, at */
	CS_OP_LINK,      /* seq, link, other ticket */
	CS_OP_LINK_END,  /* seq, at */
	CS_OP_EVIDENCE,  /* seq, kind, digest; private "evidence.SEQ.signer", "evidence.SEQ.kept" */
	CS_OP_CLOCK,     /* clock, run, rule, start, counted from, due, due set, crossings, paused at: starts */
	CS_OP_PAUSE,     /* clock, at, due, crossings */
	CS_OP_RESUME,    /* clock, at, due, crossings */
	CS_OP_STOP,      /* clock, at, verdict */
	CS_OP_MOVE,      /* clock, due, crossings: another due */
	CS_OP_RECLOCK,   /* clock, edition, counted from, due, crossings, rule */
	CS_OP_RUNG,      /* clock, rung, to staff, imported: fires at the event's at */
	CS_OP_BREACH,    /* clock: the due was passed */
	CS_OP_MOOT,      /* clock, rung: fired, but the clock had stopped or stood before */
	CS_OP_OWE,       /* duty, cause, owner, due, crossings, from (null: at once), edition (null: in force) */
	CS_OP_DONE,      /* duty, cause, evidence, left: so many times still to be done (null: none) */
	CS_OP_WAIVE,     /* duty, cause, why: moot, closed, ended, fell, waived ... */
	CS_OP_CALLBACK, /* seq, rule, purpose, person, method, caller, state, happening, from, due, give up, not by, draw */
	CS_OP_RELEASE,     /* callback, from, due: what it waited for came to pass */
	CS_OP_ATTEMPT,     /* callback, seq, method, outcome */
	CS_OP_METHOD,      /* callback, method, caller, from, due: the next method's turn */
	CS_OP_ANSWER,      /* callback, outcome, score; private "callback.SEQ.answers" */
	CS_OP_CALL_END,    /* callback, state, outcome: exempt, refused, dropped */
	CS_OP_NOTICE,      /* seq, reason, what, to kind, to id, to code, not before; private "notice.SEQ" */
	CS_OP_RECORD,      /* table, id, column, value: a row that is not a ticket's */
	CS_OP_RECORD_TEXT, /* table, id, column: private text "TABLE.ID.COLUMN" */
	CS_OP_SKIP,        /* clock, rung: an imported ticket had passed it; a higher one is recorded */
	CS_OP_DRAWN,       /* draw, stratum, place, ticket, role, reason: one of a sample */
	CS_OP_NOTE,        /* word, value: said in the event, folded nowhere */
	CS_OP_PARTY_NAME,  /* seq: the name given is the private text "party.SEQ.name" */
	CS_OP_MISSED,      /* clock, due: it was passed before it was moved: late, whatever comes */
	CS_OP_APPEAL,      /* seq, person: complains again, at the event's at */
	CS_OP_PRINCIPAL,   /* party's seq, person: for whom the agent acts */
	CS_OP_LIKENESS,    /* version: compared with others by the private texts "subject" and "body" */
	CS_OP_DUTY_LATE,   /* duty, cause, rung, to staff: it is late by so much, or nearly due */
	CS_OP_DUTY_MISSED, /* duty, cause: its time is over */
	CS_OP_DUTY_MOVE,   /* duty, cause, due, crossings, edition (none: as it was) */
	CS_OP_VIA,         /* party's seq, ticket: it came with this merged ticket */
	CS_OP_HOLD,        /* clock, cycle, run, at, verdict: stands outside, crossings kept, until it is let go on */
	CS_OP_FREE,        /* clock, cycle, run: goes on as if it had never been held */
	CS_OP_RUN_VIA,     /* clock, ticket: the run was started by new facts of this merged ticket */
	CS_OP_ANNUL,       /* clock, cycle, run: of a merge that was undone: as if it had never started */
	CS_OP_AGAIN, /* clock, cycle, run, due, due set, crossings, paused at, pauses, breached, stop, verdict, missed due: goes on so */
	CS_OP_UNDROP,  /* callback, state: to be made after all */
	CS_OP_UNWAIVE, /* duty, cause: owed after all */
	CS_OP_ASK, /* seq, step, digest, whom, word, rest, asker, asked event, asked at: put to approval (none: here) */
	CS_OP_APPROVAL,    /* seq, state: given, rejected (by the event's actor), used or dropped */
	CS_OP_EXTEND,      /* clock: its due was moved by an extension */
	CS_OP_RUN_RUNG,    /* as rung, then cycle, run: of a run that is not the last */
	CS_OP_RUN_BREACH,  /* clock, cycle, run: the due of such a run was passed */
	CS_OP_RUN_MOOT,    /* clock, rung, cycle, run: fired by a run that counts for nothing */
	CS_OP_RUN_RECLOCK, /* as reclock, then cycle, run: of a run that a merge holds or held */
	CS_OP_RUN_MOVE, /* clock, cycle, run, event, due before, due, 1 an extension: that event moved it, it turns out */
	CS_OP_COUNT
};

struct cs_effect {
	enum cs_op op;
	const struct cs_value *arg; /* as many as the word has, those not given NONE */
	size_t arg_count;
};
struct cs_private {
	const char *key, *text;
};

/* The effects and private texts of one event. Zero-initialise with an arena; nothing to free. */
struct cs_effects {
	struct cs_arena *arena;
	struct cs_effect *effect;
	size_t count, size;
	struct cs_private *private_text;
	size_t private_count, private_size;
};

#define CS_I(x) cs_value_int(x)
#define CS_S(x) cs_value_text(x)
static inline struct cs_value cs_value_int(int64_t i)
{
	return (struct cs_value){i == CS_NULL ? CS_V_NONE : CS_V_INT, i, NULL};
}
static inline struct cs_value cs_value_text(const char *s)
{
	return (struct cs_value){s ? CS_V_TEXT : CS_V_NONE, 0, s};
}
/* cs_put(list, CS_OP_STATE, CS_S(state), CS_S(is), CS_S(waits)); texts are borrowed for the arena's life. */
#define cs_put(list, op, ...) \
	cs_effects_put((list), (op), (struct cs_value[]){__VA_ARGS__}, \
		       sizeof((struct cs_value[]){__VA_ARGS__}) / sizeof(struct cs_value))
void cs_effects_put(struct cs_effects *l, enum cs_op op, const struct cs_value *arg, size_t count);
void cs_effects_private(struct cs_effects *l, const char *key, const char *text); /* both borrowed; replaces */
void cs_effects_clear(struct cs_effects *l); /* the arena is the caller's to reset */
const char *cs_effects_text(const struct cs_effects *l, const char *key); /* NULL: not there (or erased) */

/* Arguments read back: CS_NULL or NULL where the value is null or of the other type. */
int64_t cs_arg_int(const struct cs_effect *f, size_t i);
const char *cs_arg_text(const struct cs_effect *f, size_t i);

/* The byte forms. Private texts are written with 16 random bytes, or a name could be guessed back from
   the digest; nothing is written when there are none. */
void cs_effects_write_facts(const struct cs_effects *l, struct cs_buf *out);
void cs_effects_write_private(const struct cs_effects *l, struct cs_buf *out);
/* Reads them back into l (cleared first; all texts in its arena). private_part may be NULL. CS_IO: damaged. */
int cs_effects_read(struct cs_effects *l, const char *facts, const char *private_part, struct cs_err *e);

/* The word of an op, as it stands in facts. */
const char *cs_op_word(enum cs_op op);

#endif
