/* What a policy means as a whole: states that lead nowhere, ladders out of order, words nobody uses. */
#include <string.h>

#include "domain/policy_build.h"

void cs_pol_check(struct cs_pol *b)
{
	cs_pol_check_labels(b);
}
