/* JSON: a strict scan that finds every fault with its place, then cJSON builds the tree. */
#include "base/json.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

enum {
	NUMBER_MAX = 60, /* cJSON cuts numbers at 63 characters */
	SMALL_OBJECT = 16
};

#define VALUE "a value (text, number, list, object, true, false, null)"

struct cs_json {
	struct cs_arena arena; /* the items and their texts */
	cJSON *root;
};

/* The handles are cJSON's own items; nothing outside this file looks into them. */
static const cJSON *item(const struct cs_json_node *n)
{
	return (const cJSON *)(const void *)n;
}

static const struct cs_json_node *node(const cJSON *c)
{
	return (const struct cs_json_node *)(const void *)c;
}

/* --- the scan ------------------------------------------------------------- */

struct scan {
	const char *s;
	size_t len, pos;
	size_t keys;     /* object keys met so far, in order of the text */
	size_t want_key; /* remember where this one stands … */
	size_t key_at;   /* … here */
	struct cs_err *e;
};

/* "LINE:COLUMN: " and the text; lines and characters are counted only now. */
static int fault(const struct scan *sc, size_t at, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

static int fault(const struct scan *sc, size_t at, const char *fmt, ...)
{
	size_t line = 1, column = 1;
	char text[300];
	va_list ap;

	for (size_t i = 0; i < at; i++) {
		unsigned char c = (unsigned char)sc->s[i];

		if (c == '\n') {
			line++;
			column = 1;
		} else if ((c & 0xC0) != 0x80) {
			column++;
		}
	}
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	return cs_fail(sc->e, CS_BADDATA, "%zu:%zu: %s", line, column, text);
}

static int peek(const struct scan *sc)
{
	return sc->pos < sc->len ? (unsigned char)sc->s[sc->pos] : -1;
}

static void skip_blanks(struct scan *sc)
{
	while (sc->pos < sc->len) {
		char c = sc->s[sc->pos];

		if (c != ' ' && c != '\n' && c != '\t' && c != '\r')
			break;
		sc->pos++;
	}
}

/* Names what stands at the position, for "wanted X, found Y". */
static int unexpected(const struct scan *sc, const char *wanted)
{
	int c = peek(sc);

	if (c < 0)
		return fault(sc, sc->pos, "the text ends here, %s expected", wanted);
	if (c <= 0x20 || c == 0x7F)
		return fault(sc, sc->pos, "%s expected, found byte 0x%02x", wanted, (unsigned)c);
	if (c < 0x7F)
		return fault(sc, sc->pos, "%s expected, found '%c'", wanted, c);
	return fault(sc, sc->pos, "%s expected", wanted);
}

/* Four hexadecimal digits behind \u; -1 if they are not there. */
static int32_t hex4(const struct scan *sc, size_t at)
{
	int32_t v = 0;

	if (sc->len - at < 4)
		return -1;
	for (size_t i = at; i < at + 4; i++) {
		char c = sc->s[i];

		v *= 16;
		if (c >= '0' && c <= '9')
			v += c - '0';
		else if (c >= 'a' && c <= 'f')
			v += c - 'a' + 10;
		else if (c >= 'A' && c <= 'F')
			v += c - 'A' + 10;
		else
			return -1;
	}
	return v;
}

static int scan_escape(struct scan *sc)
{
	size_t start = sc->pos;
	int32_t high, low;

	sc->pos++;
	if (sc->pos >= sc->len || !strchr("\"\\/bfnrtu", peek(sc)) || !peek(sc))
		return fault(
			sc, start,
			"unknown escape; allowed are \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX");
	if (sc->s[sc->pos++] != 'u')
		return 0;
	high = hex4(sc, sc->pos);
	if (high < 0)
		return fault(sc, start, "\\u wants four hexadecimal digits");
	if (high == 0)
		return fault(sc, start, "\\u0000 is not allowed in text");
	sc->pos += 4;
	if (high < 0xD800 || high > 0xDFFF)
		return 0;
	if (high > 0xDBFF || sc->len - sc->pos < 6 || sc->s[sc->pos] != '\\' ||
	    sc->s[sc->pos + 1] != 'u')
		return fault(sc, start, "half of a surrogate pair");
	low = hex4(sc, sc->pos + 2);
	if (low < 0xDC00 || low > 0xDFFF)
		return fault(sc, start, "half of a surrogate pair");
	sc->pos += 6;
	return 0;
}

static int scan_string(struct scan *sc)
{
	size_t start = sc->pos++;

	while (sc->pos < sc->len) {
		unsigned char c = (unsigned char)sc->s[sc->pos];

		if (c == '"') {
			sc->pos++;
			return 0;
		}
		if (c < 0x20)
			return fault(sc, sc->pos,
				     "byte 0x%02x inside a text; write it as an escape", c);
		if (c != '\\')
			sc->pos++;
		else if (scan_escape(sc))
			return -1;
	}
	return fault(sc, start, "this text has no closing quote");
}

static size_t scan_digits(struct scan *sc)
{
	size_t start = sc->pos;

	while (sc->pos < sc->len && sc->s[sc->pos] >= '0' && sc->s[sc->pos] <= '9')
		sc->pos++;
	return sc->pos - start;
}

/* The value of a well-formed number must survive in a double. */
static int check_number(const struct scan *sc, size_t start, bool whole)
{
	char text[NUMBER_MAX + 1];
	size_t n = sc->pos - start;
	double v;

	if (n > NUMBER_MAX)
		return fault(sc, start, "a number of more than %d characters", NUMBER_MAX);
	if (whole && n <= 15)
		return 0;
	memcpy(text, sc->s + start, n);
	text[n] = '\0';
	v = strtod(text, NULL);
	if (!isfinite(v))
		return fault(sc, start, "number %s is too large", text);
	if (fabs(v) < 2.3e-308 && strcspn(text, "123456789") < strcspn(text, "eE"))
		return fault(sc, start, "number %s is too small to be told from zero", text);
	if (whole && fabs(v) > (double)CS_JSON_INT_MAX)
		return fault(
			sc, start,
			"whole number %s is beyond %lld, so not exact; write it as text",
			text, (long long)CS_JSON_INT_MAX);
	return 0;
}

static int scan_number(struct scan *sc)
{
	size_t start = sc->pos;
	bool whole = true;

	if (peek(sc) == '-')
		sc->pos++;
	if (peek(sc) == '0') {
		sc->pos++;
		if (peek(sc) >= '0' && peek(sc) <= '9')
			return fault(sc, start, "a number does not begin with 0");
	} else if (!scan_digits(sc)) {
		return unexpected(sc, "a digit");
	}
	if (peek(sc) == '.') {
		whole = false;
		sc->pos++;
		if (!scan_digits(sc))
			return unexpected(sc, "a digit");
	}
	if (peek(sc) == 'e' || peek(sc) == 'E') {
		whole = false;
		sc->pos++;
		if (peek(sc) == '+' || peek(sc) == '-')
			sc->pos++;
		if (!scan_digits(sc))
			return unexpected(sc, "a digit");
	}
	return check_number(sc, start, whole);
}

static int scan_word(struct scan *sc, const char *word)
{
	size_t n = strlen(word);

	if (sc->len - sc->pos < n || memcmp(sc->s + sc->pos, word, n) != 0)
		return unexpected(sc, VALUE);
	sc->pos += n;
	return 0;
}

static int scan_value(struct scan *sc, int depth);

static int scan_member(struct scan *sc, int depth)
{
	skip_blanks(sc);
	if (peek(sc) != '"')
		return unexpected(sc, "a key in double quotes");
	if (++sc->keys == sc->want_key)
		sc->key_at = sc->pos;
	if (scan_string(sc))
		return -1;
	skip_blanks(sc);
	if (peek(sc) != ':')
		return unexpected(sc, "':'");
	sc->pos++;
	return scan_value(sc, depth);
}

/* A list or an object: both are commas between two brackets. */
static int scan_group(struct scan *sc, int depth, bool object)
{
	int close = object ? '}' : ']';

	if (depth > CS_JSON_DEPTH)
		return fault(sc, sc->pos, "nested deeper than %d levels", CS_JSON_DEPTH);
	sc->pos++;
	skip_blanks(sc);
	if (peek(sc) == close) {
		sc->pos++;
		return 0;
	}
	for (;;) {
		if (object ? scan_member(sc, depth) : scan_value(sc, depth))
			return -1;
		skip_blanks(sc);
		if (peek(sc) == close) {
			sc->pos++;
			return 0;
		}
		if (peek(sc) != ',')
			return unexpected(sc, object ? "',' or '}'" : "',' or ']'");
		sc->pos++;
	}
}

static int scan_value(struct scan *sc, int depth)
{
	skip_blanks(sc);
	switch (peek(sc)) {
	case '{': return scan_group(sc, depth + 1, true);
	case '[': return scan_group(sc, depth + 1, false);
	case '"': return scan_string(sc);
	case 't': return scan_word(sc, "true");
	case 'f': return scan_word(sc, "false");
	case 'n': return scan_word(sc, "null");
	case '-': case '0': case '1': case '2': case '3': case '4':
	case '5': case '6': case '7': case '8': case '9': return scan_number(sc);
	default: return unexpected(sc, VALUE);
	}
}

static int scan_document(struct scan *sc)
{
	size_t bad = cs_utf8_check(sc->s, sc->len);

	if (bad < sc->len)
		return fault(sc, bad, "byte 0x%02x is not UTF-8", (unsigned char)sc->s[bad]);
	if (scan_value(sc, 0))
		return -1;
	skip_blanks(sc);
	if (sc->pos < sc->len)
		return fault(sc, sc->pos, "text after the end of the value");
	return 0;
}

/* --- keys given twice ----------------------------------------------------- */

struct member {
	const char *key;
	size_t place;
	const cJSON *item;
};

static int by_key(const void *a, const void *b)
{
	const struct member *x = a, *y = b;
	int order = strcmp(x->key, y->key);

	return order ? order : (x->place > y->place) - (x->place < y->place);
}

/* The first member whose key an earlier one has, or NULL. Escaped and plain spellings
   of a key are the same key, so this looks at the tree, not at the text. */
static const cJSON *repeated(const cJSON *object, size_t count)
{
	struct member *all;
	const cJSON *found = NULL;
	size_t n = 0, place = SIZE_MAX;

	if (count <= SMALL_OBJECT) {
		for (const cJSON *b = object->child; b; b = b->next)
			for (const cJSON *a = object->child; a != b; a = a->next)
				if (strcmp(a->string, b->string) == 0)
					return b;
		return NULL;
	}
	all = cs_alloc(count * sizeof *all);
	for (const cJSON *c = object->child; c; c = c->next, n++)
		all[n] = (struct member){.key = c->string, .place = n, .item = c};
	qsort(all, n, sizeof *all, by_key);
	for (size_t i = 1; i < n; i++) {
		if (strcmp(all[i - 1].key, all[i].key) == 0 && all[i].place < place) {
			place = all[i].place;
			found = all[i].item;
		}
	}
	free(all);
	return found;
}

static const cJSON *find_repeated(const cJSON *c)
{
	const cJSON *found = NULL;
	size_t count = 0;

	for (const cJSON *m = c->child; m && !found; m = m->next, count++)
		if (m->child)
			found = find_repeated(m);
	if (!found && cJSON_IsObject(c))
		found = repeated(c, count);
	return found;
}

/* Counts the keys from c to `end` in order of the text; true when end was met. */
static bool count_keys(const cJSON *c, const cJSON *end, size_t *keys)
{
	for (const cJSON *m = c->child; m; m = m->next) {
		if (m->string)
			++*keys;
		if (m == end || count_keys(m, end, keys))
			return true;
	}
	return false;
}

static int check_keys(const struct scan *done, const cJSON *root)
{
	const cJSON *twice = find_repeated(root);
	struct scan again = {.s = done->s, .len = done->len, .e = done->e};

	if (!twice)
		return 0;
	count_keys(root, twice, &again.want_key);
	scan_value(&again, 0);
	return fault(done, again.key_at, "key \"%s\" is given twice in this object", twice->string);
}

/* --- documents ------------------------------------------------------------ */

/* cJSON takes its memory from the document's arena: a third faster than one malloc per
   item, released at once, and a failed allocation cannot look like bad JSON. Set only
   while a document is being read. */
static struct cs_arena *filling;

static void *take_memory(size_t size)
{
	return cs_arena_alloc(filling, size);
}

static void keep_memory(void *p)
{
	(void)p;
}

static cJSON *build(struct cs_arena *arena, const char *s, size_t len)
{
	cJSON_Hooks hooks = {.malloc_fn = take_memory, .free_fn = keep_memory};
	cJSON *root;

	filling = arena;
	cJSON_InitHooks(&hooks);
	root = cJSON_ParseWithLength(s, len);
	cJSON_InitHooks(NULL);
	filling = NULL;
	return root;
}

int cs_json_parse(const char *text, size_t len, struct cs_json **out, struct cs_err *e)
{
	struct scan sc = {.s = text, .len = len, .e = e};
	struct cs_json *doc = NULL;
	int result = -1;

	*out = NULL;
	if (len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
		sc.s += 3;
		sc.len -= 3;
	}
	if (scan_document(&sc))
		return -1;
	doc = cs_alloc(sizeof *doc);
	doc->root = build(&doc->arena, sc.s, sc.len);
	if (!doc->root)
		cs_fail(e, CS_INTERNAL, "JSON that was found good could not be read");
	else
		result = check_keys(&sc, doc->root);
	if (result)
		cs_json_free(doc);
	else
		*out = doc;
	return result;
}

void cs_json_free(struct cs_json *doc)
{
	if (!doc)
		return;
	cs_arena_free(&doc->arena);
	free(doc);
}

const struct cs_json_node *cs_json_root(const struct cs_json *doc)
{
	return doc ? node(doc->root) : NULL;
}

enum cs_json_type cs_json_type(const struct cs_json_node *n)
{
	if (!n)
		return CS_JSON_NONE;
	switch (item(n)->type & 0xFF) {
	case cJSON_False:
	case cJSON_True: return CS_JSON_BOOL;
	case cJSON_Number: return CS_JSON_NUMBER;
	case cJSON_String: return CS_JSON_STRING;
	case cJSON_Array: return CS_JSON_ARRAY;
	case cJSON_Object: return CS_JSON_OBJECT;
	default: return CS_JSON_NULL;
	}
}

const char *cs_json_type_name(enum cs_json_type type)
{
	switch (type) {
	case CS_JSON_NONE: return "nothing";
	case CS_JSON_NULL: return "null";
	case CS_JSON_BOOL: return "true or false";
	case CS_JSON_NUMBER: return "number";
	case CS_JSON_STRING: return "text";
	case CS_JSON_ARRAY: return "list";
	case CS_JSON_OBJECT: return "object";
	}
	return "nothing";
}

const struct cs_json_node *cs_json_get(const struct cs_json_node *n, const char *key)
{
	if (cs_json_type(n) != CS_JSON_OBJECT)
		return NULL;
	for (const cJSON *m = item(n)->child; m; m = m->next)
		if (strcmp(m->string, key) == 0)
			return node(m);
	return NULL;
}

const struct cs_json_node *cs_json_first(const struct cs_json_node *n)
{
	return n ? node(item(n)->child) : NULL;
}

const struct cs_json_node *cs_json_next(const struct cs_json_node *n)
{
	return n ? node(item(n)->next) : NULL;
}

const char *cs_json_key(const struct cs_json_node *n)
{
	return n ? item(n)->string : NULL;
}

size_t cs_json_count(const struct cs_json_node *n)
{
	size_t count = 0;

	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m))
		count++;
	return count;
}

const char *cs_json_text(const struct cs_json_node *n)
{
	return cs_json_type(n) == CS_JSON_STRING ? item(n)->valuestring : NULL;
}

int cs_json_int(const struct cs_json_node *n, int64_t *out)
{
	double v = 0;

	if (cs_json_double(n, &v) || floor(v) != v || fabs(v) > (double)CS_JSON_INT_MAX)
		return -1;
	*out = (int64_t)v;
	return 0;
}

int cs_json_double(const struct cs_json_node *n, double *out)
{
	if (cs_json_type(n) != CS_JSON_NUMBER)
		return -1;
	*out = item(n)->valuedouble;
	return 0;
}

int cs_json_bool(const struct cs_json_node *n, bool *out)
{
	if (cs_json_type(n) != CS_JSON_BOOL)
		return -1;
	*out = cJSON_IsTrue(item(n)) != 0;
	return 0;
}

bool cs_json_is_null(const struct cs_json_node *n)
{
	return cs_json_type(n) == CS_JSON_NULL;
}

/* Arrays only; objects in cs_json_equal. */
static bool equal_lists(const struct cs_json_node *a, const struct cs_json_node *b)
{
	while (a && b && cs_json_equal(a, b)) {
		a = cs_json_next(a);
		b = cs_json_next(b);
	}
	return !a && !b;
}

bool cs_json_equal(const struct cs_json_node *a, const struct cs_json_node *b)
{
	enum cs_json_type type = cs_json_type(a);

	if (type != cs_json_type(b))
		return false;
	switch (type) {
	case CS_JSON_NONE:
	case CS_JSON_NULL: return true;
	case CS_JSON_BOOL: return cJSON_IsTrue(item(a)) == cJSON_IsTrue(item(b));
	case CS_JSON_NUMBER: return !(item(a)->valuedouble < item(b)->valuedouble) &&
				    !(item(a)->valuedouble > item(b)->valuedouble);
	case CS_JSON_STRING: return strcmp(item(a)->valuestring, item(b)->valuestring) == 0;
	case CS_JSON_ARRAY: return equal_lists(cs_json_first(a), cs_json_first(b));
	case CS_JSON_OBJECT: break;
	}
	if (cs_json_count(a) != cs_json_count(b))
		return false;
	for (const struct cs_json_node *m = cs_json_first(a); m; m = cs_json_next(m)) {
		const struct cs_json_node *other = cs_json_get(b, cs_json_key(m));

		if (!other || !cs_json_equal(m, other))
			return false;
	}
	return true;
}

/* --- writing -------------------------------------------------------------- */

void cs_json_pointer_step(const char *key, struct cs_buf *out)
{
	cs_buf_putc(out, '/');
	for (; *key; key++) {
		if (*key == '~')
			cs_buf_puts(out, "~0");
		else if (*key == '/')
			cs_buf_puts(out, "~1");
		else
			cs_buf_putc(out, *key);
	}
}

static bool point(const cJSON *at, const cJSON *n, struct cs_buf *out)
{
	size_t start = out->len, index = 0;

	if (at == n)
		return true;
	for (const cJSON *m = at->child; m; m = m->next, index++) {
		if (m->string) {
			cs_json_pointer_step(m->string, out);
		} else {
			cs_buf_putc(out, '/');
			cs_buf_int(out, (int64_t)index);
		}
		if (point(m, n, out))
			return true;
		out->len = start;
		out->data[start] = '\0';
	}
	return false;
}

void cs_json_pointer(const struct cs_json *doc, const struct cs_json_node *n, struct cs_buf *out)
{
	if (doc && n)
		point(doc->root, item(n), out);
}

/* The shortest of three precisions that reads back as the same number. */
static void write_number(double v, struct cs_buf *out)
{
	char text[40];

	if (floor(v) == v && fabs(v) <= (double)CS_JSON_INT_MAX) {
		cs_buf_int(out, (int64_t)v);
		return;
	}
	for (int digits = 15; digits <= 17; digits++) {
		double back;

		snprintf(text, sizeof text, "%.*g", digits, v);
		back = strtod(text, NULL);
		if (!(back < v) && !(back > v))
			break;
	}
	cs_buf_puts(out, text);
	/* A fraction that a double of this size cannot hold: bare digits would be refused. */
	if (!strpbrk(text, ".e"))
		cs_buf_puts(out, ".0");
}

void cs_json_write(const struct cs_json_node *n, struct cs_buf *out)
{
	enum cs_json_type type = cs_json_type(n);

	switch (type) {
	case CS_JSON_NONE:
	case CS_JSON_NULL: cs_buf_puts(out, "null"); break;
	case CS_JSON_BOOL: cs_buf_puts(out, cJSON_IsTrue(item(n)) ? "true" : "false"); break;
	case CS_JSON_NUMBER: write_number(item(n)->valuedouble, out); break;
	case CS_JSON_STRING: cs_buf_json(out, item(n)->valuestring); break;
	case CS_JSON_ARRAY:
	case CS_JSON_OBJECT:
		cs_buf_putc(out, type == CS_JSON_ARRAY ? '[' : '{');
		for (const cJSON *m = item(n)->child; m; m = m->next) {
			if (m != item(n)->child)
				cs_buf_putc(out, ',');
			if (m->string) {
				cs_buf_json(out, m->string);
				cs_buf_putc(out, ':');
			}
			cs_json_write(node(m), out);
		}
		cs_buf_putc(out, type == CS_JSON_ARRAY ? ']' : '}');
		break;
	}
}
