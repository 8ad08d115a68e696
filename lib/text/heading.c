/* Headings. */
#include "text/heading.h"

#include <string.h>

bool cs_heading_is(const struct cs_heading *h, const char *text)
{
	if (strcmp(h->name, text) == 0)
		return true;
	for (size_t i = 0; i < CS_HEADING_ZH && h->zh[i]; i++)
		if (strcmp(h->zh[i], text) == 0)
			return true;
	return false;
}

const char *cs_heading_hint(const char *first, size_t count)
{
	if (count == 1 && strpbrk(first, ";\t|"))
		return "; are the columns divided by commas (a map for cs-intake names another delimiter)?";
	return "; is the first line the header, and is its encoding said (--encoding gb18030)?";
}
