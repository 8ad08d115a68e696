/* From a policy file to a self-contained edition: parents merged, holidays put in. */
#ifndef CS_DOMAIN_POLICY_MERGE_H
#define CS_DOMAIN_POLICY_MERGE_H

#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "domain/policy.h"

/* Gives the text of another file: "property" (a policy) or "calendars/cn" (holidays). *text is
   free()d by the caller. CS_NOTFOUND when there is no such file. */
struct cs_policy_loader {
	int (*load)(const char *name, char **text, size_t *len, void *arg, struct cs_err *e);
	void *arg;
	/* The names of the files in a folder ("calendars"), for messages; NULL: not known. */
	void (*list)(const char *folder, struct cs_arena *a, struct cs_ids *out, void *arg);
};

/* Where each value of an edition came from. Owner: caller, cs_policy_origins_free. */
struct cs_policy_origins;

/* Writes the edition of the policy `text`, which stands in `file` (a name for messages):
   `extends` of policies and of kinds resolved (objects merge by id, lists replace), abstract
   kinds left out, the holidays of its calendars added, those of the file below what the policies
   give. What is wrong with these is added to faults as "file: /pointer: ..." and the return is -1
   (CS_CONFIG); the rest of the meaning is the compiler's. origins may be NULL. */
int cs_policy_flatten(const char *file, const char *text, size_t len,
		      const struct cs_policy_loader *loader, struct cs_faults *faults,
		      struct cs_buf *edition, struct cs_policy_origins **origins, struct cs_err *e);

/* Turns "/pointer: ..." of the edition (items from `first` on) into "file: /pointer: ..." of the
   file in which the value stands, and drops doubles. */
void cs_policy_origins_place(const struct cs_policy_origins *o, struct cs_faults *faults,
			     size_t first);
void cs_policy_origins_free(struct cs_policy_origins *o);

/* Both and the compiler: what cs-policy check and load do. edition may be NULL; *out is NULL on
   failure. */
int cs_policy_build(const char *file, const char *text, size_t len,
		    const struct cs_policy_loader *loader, struct cs_faults *faults,
		    struct cs_buf *edition, struct cs_policy **out, struct cs_err *e);

#endif
