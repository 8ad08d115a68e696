/* Errors: every function that can fail returns 0 or -1 and fills one of these. */
#ifndef CS_BASE_ERR_H
#define CS_BASE_ERR_H

#include <stddef.h>

/* What kind of failure it was. The program layer turns it into an exit code
   (cs_err_exit); nothing below that layer exits or prints. */
enum cs_code {
	CS_OK = 0,
	CS_REFUSED,  /* a rule said no to this ticket or row: exit 1 */
	CS_USAGE,    /* wrong call; a name that does not exist: 64 */
	CS_BADDATA,  /* the input as a whole cannot be used: 65 */
	CS_NOTFOUND, /* no such database, file or ticket: 66 */
	CS_INTERNAL, /* cannot happen: 70 */
	CS_IO,       /* input/output, damaged file, closed output: 74 */
	CS_BUSY,     /* locked or full, try again later: 75 */
	CS_DENIED,   /* not permitted: 77 */
	CS_CONFIG    /* faulty policy, foreign or newer database: 78 */
};

/* text: one line without the program's name and without a final newline. */
struct cs_err {
	enum cs_code code;
	char text[1024];
};

/* Fills e (which may be NULL) and returns -1, so that a caller can write
   `return cs_fail(e, CS_USAGE, "no kind '%s'", name);`. Text that does not fit
   is cut at a UTF-8 boundary. (Macros, so that an analyzer sees the -1.) */
#define cs_fail(...) (cs_err_set(__VA_ARGS__), cs_err_failed())
void cs_err_set(struct cs_err *e, enum cs_code code, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* Puts "fmt: " before the text that e already has; keeps the code; returns -1. */
#define cs_fail_in(...) (cs_err_within(__VA_ARGS__), cs_err_failed())
void cs_err_within(struct cs_err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static inline int cs_err_failed(void)
{
	return -1;
}

/* For messages: s with control characters as '?', cut to 60 bytes at a UTF-8
   boundary. buf gets at least CS_ERR_SHOWN bytes; returns buf. */
enum { CS_ERR_SHOWN = 64 };
char *cs_err_show(const char *s, char *buf);

/* The exit code of design section 9 for a code. */
int cs_err_exit(enum cs_code code);

/* A list of positioned complaints, collected by a checker that reports all
   faults at once. Owns its texts; zero-initialise, release with free. */
struct cs_faults {
	char **item;
	size_t count, size;
};
void cs_faults_add(struct cs_faults *f, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void cs_faults_free(struct cs_faults *f);

#endif
