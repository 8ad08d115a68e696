/* Writing CSV fields. */
#include "text/csv_write.h"

#include <stddef.h>
#include <string.h>

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool wants_quotes(const char *s, size_t len, char delimiter)
{
	if (!len)
		return false;
	if (is_blank(s[0]) || is_blank(s[len - 1]))
		return true;
	for (size_t i = 0; i < len; i++)
		if (s[i] == delimiter || s[i] == '"' || s[i] == '\n' || s[i] == '\r')
			return true;
	return false;
}

void cs_csv_put(struct cs_buf *out, const char *s, char delimiter, bool excel)
{
	size_t len = strlen(s);
	bool quotes = wants_quotes(s, len, delimiter);

	if (quotes)
		cs_buf_putc(out, '"');
	if (excel && len && strchr("=+-@\t\r", *s) && strcmp(s, "-") != 0) /* "-" alone is our "none" */
		cs_buf_putc(out, '\'');
	if (!quotes) {
		cs_buf_add(out, s, len);
		return;
	}
	for (const char *end; (end = strchr(s, '"')) != NULL; s = end + 1) {
		cs_buf_add(out, s, (size_t)(end - s) + 1);
		cs_buf_putc(out, '"');
	}
	cs_buf_puts(out, s);
	cs_buf_putc(out, '"');
}
