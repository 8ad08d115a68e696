/* One program's work on one database: the rules in force, the organisation, the caller, the time. */
#ifndef CS_DOMAIN_SESSION_H
#define CS_DOMAIN_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/time.h"
#include "domain/effect.h"
#include "domain/image.h"
#include "domain/org.h"
#include "domain/policy.h"
#include "store/db.h"
#include "store/event.h"
#include "store/meta.h"

/* Who calls and when. now: the machine's clock; now_text (may be NULL) replaces it, read in the zone of the rules. */
struct cs_caller {
	const char *login; /* getpwuid(getuid()); NULL: none */
	const char *as;    /* --as LOGIN, or NULL */
	cs_time now;
	const char *now_text; /* --now or CS_NOW */
	bool dry_run;
	bool reads; /* --as says who reads, not who acts: for rehearsals alone */
};
/* What the caller must be to get in. */
enum cs_right { CS_RIGHT_STAFF, CS_RIGHT_ADMIN };

struct cs_session_edition {
	int64_t id;
	struct cs_policy *policy;
};
struct cs_voices;
/* A clock that was started and counted into a year without holiday data. */
struct cs_session_guess {
	const char *clock;
	int year; /* 0: none */
};
struct cs_session {
	struct cs_db *db;
	struct cs_meta meta;
	struct cs_org org;
	const struct cs_policy *policy; /* the edition in force */
	int64_t edition;
	struct cs_session_edition *editions; /* those in use, loaded when first asked for */
	size_t edition_count;
	const char *login;  /* the real caller */
	int64_t staff;      /* the real caller's staff id */
	int64_t actor;      /* the acting person: staff, or whom --as names */
	bool admin;         /* the acting person holds that post */
	bool dry_run, writes;
	bool now_given; /* the machine's clock does not count */
	cs_time now;
	struct cs_voices *voices;      /* of the matter whose tickets are being rated; NULL: read when asked for */
	struct cs_session_guess guess; /* the last one, for a program to remark */
	struct cs_chain chain;  /* valid inside a write transaction */
	void (*locked)(bool on); /* told when the write lock is taken and given back; NULL: nobody asks */
	struct cs_arena life;   /* lives as long as the session */
	struct cs_arena work;   /* reset by the caller between tickets or batches */
};

/* Opens the database and finds out who calls. CS_DENIED: not staff, --as not allowed (of a reader in no live database), or a time given to a program
   that writes a live database. CS_CONFIG: no rules loaded yet. */
int cs_session_open(const char *path, enum cs_db_mode mode, enum cs_right right, const struct cs_caller *who,
		    struct cs_session **out, struct cs_err *e);
void cs_session_close(struct cs_session *s);

/* A write transaction: takes the lock, reads the chain's end, and reads rules and organisation again if they
   changed since. now never lies before the last recorded event. */
int cs_session_begin(struct cs_session *s, struct cs_err *e);
int cs_session_commit(struct cs_session *s, struct cs_err *e); /* a dry run rolls back */
void cs_session_rollback(struct cs_session *s);
/* Around one of several tickets: undo also puts the chain back. */
int cs_session_mark(struct cs_session *s, struct cs_chain *mark, struct cs_err *e);
int cs_session_keep(struct cs_session *s, struct cs_err *e);
int cs_session_undo(struct cs_session *s, const struct cs_chain *mark, struct cs_err *e);

/* The rules of an edition (running clocks keep theirs). NULL on error. */
const struct cs_policy *cs_session_policy(struct cs_session *s, int64_t edition, struct cs_err *e);
/* Edition in force or CS_CONFIG when none is loaded. */
int cs_session_need_policy(const struct cs_session *s, struct cs_err *e);
const struct cs_zone *cs_session_zone(const struct cs_session *s); /* UTC while no rules are loaded */

/* The kind of an existing ticket, by the edition in force; NULL and CS_CONFIG when it has none. */
const struct cs_kind *cs_session_kind(const struct cs_session *s, const struct cs_image *im, struct cs_err *e);

/* What is done, to what, when it happened and by whom (CS_NULL: the system). */
struct cs_deed {
	const char *about; /* "ticket", "person" ... */
	int64_t subject;
	const char *step;
	cs_time at;
	int64_t actor;
};
/* Records one event and folds it: the only way anything changes. im is NULL when it is not about a ticket. */
int cs_session_record(struct cs_session *s, struct cs_image *im, struct cs_deed deed, const struct cs_effects *l,
		      struct cs_err *e);
/* The event of that deed, to be recorded now. */
struct cs_event cs_session_event(const struct cs_session *s, struct cs_deed deed);

#endif
