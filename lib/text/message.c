/* Mail messages. */
#include "text/message.h"

#include <stdint.h>
#include <string.h>

/* Lines with encoded words are at most 76 characters: 39 bytes in base64, what stands around them,
   and "Subject: ". */
enum { WORD_BYTES = 39 };
/* Of a line in bytes (RFC 5322 2.1.1); and how many of the body stand on one line of base64. */
enum { LINE_MAX_BYTES = 998, BODY_BYTES = 57 };

static void put_base64(struct cs_buf *out, const unsigned char *p, size_t n)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < n; i += 3) {
		uint32_t v = (uint32_t)p[i] << 16 | (i + 1 < n ? (uint32_t)p[i + 1] << 8 : 0) |
			     (i + 2 < n ? p[i + 2] : 0);

		cs_buf_putc(out, digits[v >> 18]);
		cs_buf_putc(out, digits[v >> 12 & 63]);
		cs_buf_putc(out, i + 1 < n ? digits[v >> 6 & 63] : '=');
		cs_buf_putc(out, i + 2 < n ? digits[v & 63] : '=');
	}
}

static bool is_plain(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)s[i] < 0x20 || (unsigned char)s[i] > 0x7E)
			return false;
	return n <= 60 && (n < 2 || memcmp(s, "=?", 2) != 0);
}

/* As it is where it is short ASCII, else in encoded words, none of which cuts a character. */
static void put_encoded(struct cs_buf *out, const char *s, size_t n)
{
	if (is_plain(s, n)) {
		cs_buf_add(out, s, n);
		return;
	}
	for (size_t at = 0; at < n;) {
		size_t end = at + WORD_BYTES < n ? at + WORD_BYTES : n;

		while (end < n && end > at + 1 && ((unsigned char)s[end] & 0xC0) == 0x80)
			end--;
		cs_buf_puts(out, at ? "\n =?UTF-8?B?" : "=?UTF-8?B?");
		put_base64(out, (const unsigned char *)s + at, end - at);
		cs_buf_puts(out, "?=");
		at = end;
	}
}

/* Nothing in a value may begin another header. */
static void put_header(struct cs_buf *out, const char *name, const char *value)
{
	cs_buf_printf(out, "%s: ", name);
	for (const char *p = value; *p; p++)
		cs_buf_putc(out, (unsigned char)*p < 0x20 || *p == 0x7F ? ' ' : *p);
	cs_buf_putc(out, '\n');
}

static void put_date(struct cs_buf *out, const struct cs_zone *zone, cs_time t)
{
	static const char days[] = "MonTueWedThuFriSatSun",
			  months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	struct cs_civil c;
	char iso[32];
	const char *offset;

	cs_time_civil(zone, t, &c);
	cs_time_text_iso(zone, t, iso);
	offset = iso + strlen(iso) - 6; /* +08:00 */
	cs_buf_printf(out, "Date: %.3s, %d %.3s %d %02d:%02d:%02d %.3s%.2s\n",
		      days + 3 * cs_day_weekday(cs_time_day(zone, t)), c.day,
		      months + 3 * (c.month - 1), c.year, c.hour, c.minute, c.second, offset,
		      offset + 4);
}

static bool has_long_line(const char *text)
{
	for (size_t n; *text; text += n + (text[n] != '\0'))
		if ((n = strcspn(text, "\n")) > LINE_MAX_BYTES)
			return true;
	return false;
}

static void put_body(struct cs_buf *out, const char *text)
{
	bool coded = has_long_line(text);
	struct cs_buf all = {0};

	cs_buf_printf(out, "Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: %s\n\n",
		      coded ? "base64" : "8bit");
	cs_buf_printf(coded ? &all : out, "%s\n", text);
	for (size_t at = 0; at < all.len; at += BODY_BYTES) {
		put_base64(out, (const unsigned char *)all.data + at,
			   all.len - at < BODY_BYTES ? all.len - at : BODY_BYTES);
		cs_buf_putc(out, '\n');
	}
	cs_buf_free(&all);
}

void cs_message_write(const struct cs_message *m, struct cs_buf *out)
{
	put_header(out, "To", m->to);
	cs_buf_puts(out, "Subject: ");
	put_encoded(out, m->text, strcspn(m->text, "\r\n"));
	cs_buf_putc(out, '\n');
	cs_buf_printf(out, "Message-ID: <%s@csdesk>\n", m->id);
	put_date(out, m->zone, m->at);
	if (m->ref)
		put_header(out, "X-Csdesk-Ticket", m->ref);
	put_header(out, "X-Csdesk-Reason", m->reason);
	cs_buf_puts(out,
		    "Auto-Submitted: auto-generated\nMIME-Version: 1.0\n");
	put_body(out, m->text);
}
