/* Restricted view: which tickets a person may read (policy.md, "access"; S0-3-3, G33). It binds the programs: who can open
   the file can read it. */
#ifndef CS_DOMAIN_ACCESS_H
#define CS_DOMAIN_ACCESS_H

#include "base/err.h"
#include "domain/image.h"
#include "domain/session.h"
#include "domain/view.h"
#include "store/ref.h"

/* The rule that keeps this ticket from the acting person; NULL: it may be read. */
const struct cs_access_rule *cs_access_kept(struct cs_session *s, const struct cs_image *im);
/* Some rule keeps it from somebody: its texts go into no notice. */
bool cs_access_secret(const struct cs_view *v);
/* Some rule is about this kind: what is known of its tickets must be asked one by one. */
bool cs_access_bound(const struct cs_session *s, const char *kind);
/* The same of a ticket that is not loaded; nothing is read where no rule is about its kind. 1 kept back, 0 may be read, -1. */
int cs_access_kept_row(struct cs_session *s, const char *kind, int64_t ticket, struct cs_arena *a, struct cs_err *e);
/* The same as cs_access_secret of a ticket that is not loaded: 1, 0, -1. */
int cs_access_secret_row(struct cs_session *s, const char *kind, int64_t ticket, struct cs_arena *a, struct cs_err *e);
/* The same of any ticket by its id; 0 too where there is none. */
int cs_access_kept_id(struct cs_session *s, int64_t ticket, struct cs_err *e);
int cs_access_secret_id(struct cs_session *s, int64_t ticket, struct cs_err *e);
/* The rule that records who reads this ticket; NULL: none. */
const struct cs_access_rule *cs_access_logged(struct cs_session *s, const struct cs_image *im);
#define CS_KEPT_BACK "(kept back)"
/* How a ticket is named to the acting person who did not name it himself: its reference, or CS_KEPT_BACK where it is kept
   from him or cannot be asked. */
const char *cs_access_ref(struct cs_session *s, int64_t ticket, char buf[CS_REF_SIZE]);
/* The one of two to name: the ticket where it may be read, else what was asked. */
int64_t cs_access_named(struct cs_session *s, int64_t ticket, int64_t asked);
/* CS_DENIED, with who may. */
int cs_access_refuse(struct cs_session *s, const struct cs_image *im, const struct cs_access_rule *rule,
		     struct cs_err *e);
/* The same of a ticket that the acting person did not name. */
int cs_access_refuse_other(struct cs_session *s, const struct cs_access_rule *rule, struct cs_err *e);
/* Records that the acting person reads the ticket, with the reason (a code of the list `reading`). Inside a write transaction. */
int cs_access_record(struct cs_session *s, int64_t ticket, const struct cs_access_rule *rule, const char *why,
		     struct cs_err *e);

#endif
