/* Admission explained: what the rules say about a ticket now, why, and by when. */
#ifndef CS_TEXT_ADMISSION_H
#define CS_TEXT_ADMISSION_H

#include "base/err.h"
#include "domain/session.h"
#include "text/out.h"

/* Lines of the ticket `ref`, each with what it says in its second column:
   state; decided (a step that needed admission, in this cycle, with its rule); passed (a rule before, with the facts that
   made it not hold); rule or open (the one that decides, or cannot be told yet); ask (a field that must be set for that,
   how and by whom); ground; allow (a step, when it can be taken, by whom); override; clock (a running one, due, what stops
   it) with its counted stretches. CS_NOTFOUND; CS_REFUSED: the ticket's kind has no admission. */
int cs_admission_explain(struct cs_session *s, const char *ref, enum cs_format format, struct cs_err *e);

#endif
