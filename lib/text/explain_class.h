/* A ticket's class of importance explained: which rules hold since when and by which facts, which cannot be decided. */
#ifndef CS_TEXT_EXPLAIN_CLASS_H
#define CS_TEXT_EXPLAIN_CLASS_H

#include "base/err.h"
#include "domain/image.h"
#include "domain/session.h"

/* One line of it; NULL and CS_TIME_NONE for what it has not. */
struct cs_class_line {
	const char *what; /* the class, "holds RULE", "open RULE", "to come" */
	cs_time from;
	const char *class;
	const char *facts;
};
/* Calls `line` for each, by the rules in force as of the present; none for a kind without classes. Texts in the image's arena. */
int cs_explain_class(struct cs_session *s, const struct cs_image *im,
		     void (*line)(void *arg, const struct cs_class_line *l), void *arg, struct cs_err *e);

#endif
