/* JSON: a strict scan (base/json_scan.c) finds every fault, then cJSON builds the tree; text that was
   found good before is read straight into cJSON's items. */
#include "base/json.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_scan.h"
#include "base/mem.h"
#include "base/utf8.h"

enum { SMALL_OBJECT = 16 };

struct cs_json {
	struct cs_arena arena; /* the items and their texts */
	cJSON *root;
	char *later; /* text of the member left for later */
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

static int check_keys(const struct cs_json_scan *done, const cJSON *root)
{
	const cJSON *twice = find_repeated(root);
	size_t number = 0;

	if (!twice)
		return 0;
	count_keys(root, twice, &number);
	return cs_json_scan_fault(done, cs_json_scan_key(done, number), "key \"%s\" is given twice in this object",
				  twice->string);
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
	struct cs_json_scan sc = {.s = text, .len = len, .e = e};
	struct cs_json *doc = NULL;
	int result = -1;

	*out = NULL;
	if (len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
		sc.s += 3;
		sc.len -= 3;
	}
	if (cs_json_scan_document(&sc))
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

/* --- text that was found good before --------------------------------------- */

/* A copy of the text, in which texts are unescaped and ended where they stand. A NUL ends it, and no
   byte is taken without looking at it, so a damaged text is refused or read wrongly, never run over. */
struct reading {
	struct cs_json *doc;
	const char *later; /* the member of the root to pass over */
	char *p;
};

static cJSON *read_value(struct reading *r, int depth);

static char *skip(char *p)
{
	while (*p == ' ' || *p == '\n' || *p == '\t' || *p == '\r')
		p++;
	return p;
}

static const char *read_hex4(const char *p, uint32_t *out)
{
	*out = 0;
	for (int i = 0; i < 4; i++, p++) {
		const char *digits = "0123456789abcdef", *at = *p ? strchr(digits, *p | 0x20) : NULL;

		if (!at)
			return NULL;
		*out = *out * 16 + (uint32_t)(at - digits);
	}
	return p;
}

/* Behind the backslash; writes what it means at *to. */
static const char *read_escape(const char *p, char **to)
{
	static const char from[] = "\"\\/bfnrt", means[] = "\"\\/\b\f\n\r\t";
	const char *at = *p ? strchr(from, *p) : NULL;
	uint32_t c, low;

	if (at) {
		*(*to)++ = means[at - from];
		return p + 1;
	}
	if (*p != 'u' || !(p = read_hex4(p + 1, &c)) || c == 0)
		return NULL;
	if (c >= 0xDC00 && c <= 0xDFFF)
		return NULL;
	if (c >= 0xD800 && c <= 0xDBFF) {
		if (p[0] != '\\' || p[1] != 'u' || !(p = read_hex4(p + 2, &low)) || low < 0xDC00 || low > 0xDFFF)
			return NULL;
		c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
	}
	*to += cs_utf8_put(*to, c);
	return p;
}

/* At the opening quote; what an escape means is never longer than the escape. */
static char *read_text(struct reading *r)
{
	char *start = r->p + 1, *to, *quote;
	const char *p;

	quote = *r->p == '"' ? strchr(start, '"') : NULL;
	if (!quote)
		return NULL;
	to = memchr(start, '\\', (size_t)(quote - start));
	if (!to)
		to = quote;
	for (p = to; p && *p && *p != '"';) {
		if (*p == '\\')
			p = read_escape(p + 1, &to);
		else
			*to++ = *p++;
	}
	if (!p || !*p)
		return NULL;
	r->p += p + 1 - r->p;
	*to = '\0';
	return start;
}

/* From the opening quote to behind the closing one, which is the first without an odd number of
   backslashes before it. */
static bool pass_text(struct reading *r)
{
	const char *start = r->p + 1, *p = start;
	size_t slashes = 1;

	while (slashes % 2) {
		p = strchr(p, '"');
		if (!p)
			return false;
		for (slashes = 0; p - slashes > start && p[-1 - (ptrdiff_t)slashes] == '\\';)
			slashes++;
		p++;
	}
	r->p += p - r->p;
	return true;
}

/* From the opening bracket to behind its match; nothing is changed. */
static bool pass_group(struct reading *r)
{
	int open = 0;

	do {
		switch (*r->p) {
		case '\0': return false;
		case '"':
			if (!pass_text(r))
				return false;
			continue;
		case '[':
		case '{': open++; break;
		case ']':
		case '}': open--; break;
		default: break;
		}
		r->p++;
	} while (open > 0);
	return true;
}

static cJSON *read_later(struct reading *r)
{
	cJSON *c = cs_arena_alloc(&r->doc->arena, sizeof *c);

	r->p = skip(r->p);
	r->doc->later = r->p;
	c->type = cJSON_Object;
	return *r->p == '{' && pass_group(r) ? c : NULL;
}

static bool read_members(struct reading *r, cJSON *group, int depth)
{
	char close = group->type == cJSON_Object ? '}' : ']';
	cJSON *last = NULL, *m;

	r->p = skip(r->p + 1);
	if (*r->p == close)
		return r->p++, true;
	for (;;) {
		char *key = NULL;

		if (close == '}') {
			r->p = skip(r->p);
			key = read_text(r);
			r->p = key ? skip(r->p) : r->p;
			if (!key || *r->p++ != ':')
				return false;
		}
		m = depth == 0 && key && r->later && strcmp(key, r->later) == 0 ? read_later(r)
										: read_value(r, depth + 1);
		if (!m)
			return false;
		m->string = key;
		m->prev = last; /* cJSON's own first item points to the last; nothing here asks it */
		if (last)
			last->next = m;
		else
			group->child = m;
		last = m;
		r->p = skip(r->p);
		if (*r->p == close)
			return r->p++, true;
		if (*r->p++ != ',')
			return false;
	}
}

static bool read_word(struct reading *r, const char *word)
{
	size_t n = strlen(word);
	bool same = strncmp(r->p, word, n) == 0;

	r->p += same ? n : 0;
	return same;
}

static bool read_number(struct reading *r, cJSON *c)
{
	int64_t whole = 0;
	char *p = r->p + (*r->p == '-'), *end;

	for (end = p; *end >= '0' && *end <= '9' && end - p < 15; end++)
		whole = whole * 10 + (*end - '0');
	if (end > p && !strchr(".eE0123456789", *end)) {
		c->valuedouble = (double)(p > r->p ? -whole : whole);
	} else {
		c->valuedouble = strtod(r->p, &end);
		if (end == r->p)
			return false;
	}
	r->p = end;
	return true;
}

static cJSON *read_value(struct reading *r, int depth)
{
	cJSON *c = cs_arena_alloc(&r->doc->arena, sizeof *c);
	bool good;

	r->p = skip(r->p);
	switch (*r->p) {
	case '{':
	case '[':
		c->type = *r->p == '{' ? cJSON_Object : cJSON_Array;
		good = depth < CS_JSON_DEPTH && read_members(r, c, depth);
		break;
	case '"':
		c->type = cJSON_String;
		c->valuestring = read_text(r);
		good = c->valuestring != NULL;
		break;
	case 't': c->type = cJSON_True; good = read_word(r, "true"); break;
	case 'f': c->type = cJSON_False; good = read_word(r, "false"); break;
	case 'n': c->type = cJSON_NULL; good = read_word(r, "null"); break;
	default: c->type = cJSON_Number; good = read_number(r, c); break;
	}
	return good ? c : NULL;
}

int cs_json_parse_trusted(const char *text, size_t len, const char *later, struct cs_json **out, struct cs_err *e)
{
	struct cs_json *doc = cs_alloc(sizeof *doc);
	struct reading r = {.doc = doc, .later = later};

	r.p = cs_arena_strndup(&doc->arena, text, len);
	doc->root = read_value(&r, 0);
	if (doc->root && *skip(r.p) == '\0') {
		*out = doc;
		return 0;
	}
	cs_json_free(doc);
	return cs_json_parse(text, len, out, e);
}

const struct cs_json_node *cs_json_later(struct cs_json *doc)
{
	struct reading r = {.doc = doc, .p = doc->later};

	doc->later = NULL;
	return r.p ? node(read_value(&r, 1)) : NULL;
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
