/* Effects: the list, its JSON form and back. */
#include "domain/effect.h"

#include <stdbool.h>
#include <string.h>

#include "base/hash.h"
#include "base/json.h"

/* args: how many an effect of this word has; reading checks it. */
static const struct {
	const char *word;
	size_t args;
} words[CS_OP_COUNT] = {
	[CS_OP_STATE] = {"state", 3},
	[CS_OP_CYCLE] = {"cycle", 1},
	[CS_OP_SET] = {"set", 2},
	[CS_OP_SUBJECT] = {"subject", 0},
	[CS_OP_FIELD] = {"field", 2},
	[CS_OP_TEXT] = {"text", 1},
	[CS_OP_KEY] = {"key", 2},
	[CS_OP_CELL] = {"cell", 4},
	[CS_OP_CELL_TEXT] = {"celltext", 3},
	[CS_OP_PARTY] = {"party", 3},
	[CS_OP_PARTY_END] = {"partyend", 2},
	[CS_OP_LINK] = {"link", 3},
	[CS_OP_LINK_END] = {"linkend", 2},
	[CS_OP_EVIDENCE] = {"evidence", 3},
	[CS_OP_CLOCK] = {"clock", 9},
	[CS_OP_PAUSE] = {"pause", 4},
	[CS_OP_RESUME] = {"resume", 4},
	[CS_OP_STOP] = {"stop", 3},
	[CS_OP_MOVE] = {"move", 3},
	[CS_OP_RECLOCK] = {"reclock", 6},
	[CS_OP_RUNG] = {"rung", 4},
	[CS_OP_BREACH] = {"breach", 1},
	[CS_OP_MOOT] = {"moot", 2},
	[CS_OP_OWE] = {"owe", 7},
	[CS_OP_DONE] = {"done", 4},
	[CS_OP_WAIVE] = {"waive", 3},
	[CS_OP_CALLBACK] = {"callback", 13},
	[CS_OP_RELEASE] = {"release", 3},
	[CS_OP_ATTEMPT] = {"attempt", 4},
	[CS_OP_METHOD] = {"method", 5},
	[CS_OP_ANSWER] = {"answer", 3},
	[CS_OP_CALL_END] = {"callend", 3},
	[CS_OP_NOTICE] = {"notice", 7},
	[CS_OP_RECORD] = {"rec", 4},
	[CS_OP_RECORD_TEXT] = {"rectext", 3},
	[CS_OP_SKIP] = {"skip", 2},
	[CS_OP_DRAWN] = {"drawn", 6},
	[CS_OP_NOTE] = {"note", 2},
	[CS_OP_PARTY_NAME] = {"partyname", 1},
	[CS_OP_MISSED] = {"missed", 2},
	[CS_OP_APPEAL] = {"appeal", 2},
	[CS_OP_PRINCIPAL] = {"principal", 2},
	[CS_OP_LIKENESS] = {"likeness", 1},
	[CS_OP_DUTY_LATE] = {"dutylate", 4},
	[CS_OP_DUTY_MISSED] = {"dutymissed", 2},
	[CS_OP_DUTY_MOVE] = {"dutymove", 5},
	[CS_OP_VIA] = {"via", 2},
	[CS_OP_HOLD] = {"hold", 5},
	[CS_OP_FREE] = {"free", 3},
	[CS_OP_RUN_VIA] = {"runvia", 2},
	[CS_OP_ANNUL] = {"annul", 3},
	[CS_OP_AGAIN] = {"again", 12},
	[CS_OP_UNDROP] = {"undrop", 2},
	[CS_OP_UNWAIVE] = {"unwaive", 2},
	[CS_OP_ASK] = {"ask", 9},
	[CS_OP_APPROVAL] = {"approval", 2},
	[CS_OP_EXTEND] = {"extend", 1},
	[CS_OP_RUN_RUNG] = {"runrung", 6},
	[CS_OP_RUN_BREACH] = {"runbreach", 3},
	[CS_OP_RUN_MOOT] = {"runmoot", 4},
	[CS_OP_RUN_RECLOCK] = {"runreclock", 8},
	[CS_OP_RUN_MOVE] = {"runmove", 7},
};

const char *cs_op_word(enum cs_op op)
{
	return words[op].word;
}

void cs_effects_put(struct cs_effects *l, enum cs_op op, const struct cs_value *arg, size_t count)
{
	struct cs_effect *f;
	struct cs_value *copy =
		cs_arena_alloc(l->arena, (count > words[op].args ? count : words[op].args) * sizeof *copy);

	l->effect = cs_arena_grow(l->arena, l->effect, l->count, &l->size, sizeof *l->effect);
	f = &l->effect[l->count++];
	f->op = op;
	if (count)
		memcpy(copy, arg, count * sizeof *arg);
	f->arg = copy;
	f->arg_count = count;
}

void cs_effects_private(struct cs_effects *l, const char *key, const char *text)
{
	if (!text)
		return;
	/* One text a key: a map that has a key twice cannot be read back. */
	for (size_t i = 0; i < l->private_count; i++) {
		if (strcmp(l->private_text[i].key, key) == 0) {
			l->private_text[i].text = text;
			return;
		}
	}
	l->private_text = cs_arena_grow(l->arena, l->private_text, l->private_count, &l->private_size,
					sizeof *l->private_text);
	l->private_text[l->private_count++] = (struct cs_private){key, text};
}

void cs_effects_clear(struct cs_effects *l)
{
	struct cs_arena *a = l->arena;

	memset(l, 0, sizeof *l);
	l->arena = a;
}

const char *cs_effects_text(const struct cs_effects *l, const char *key)
{
	for (size_t i = 0; i < l->private_count; i++)
		if (strcmp(l->private_text[i].key, key) == 0)
			return l->private_text[i].text;
	return NULL;
}

int64_t cs_arg_int(const struct cs_effect *f, size_t i)
{
	return i < f->arg_count && f->arg[i].type == CS_V_INT ? f->arg[i].i : CS_NULL;
}

const char *cs_arg_text(const struct cs_effect *f, size_t i)
{
	return i < f->arg_count && f->arg[i].type == CS_V_TEXT ? f->arg[i].s : NULL;
}

void cs_effects_write_facts(const struct cs_effects *l, struct cs_buf *out)
{
	cs_buf_puts(out, "{\"v\":1,\"e\":[");
	for (size_t i = 0; i < l->count; i++) {
		const struct cs_effect *f = &l->effect[i];

		cs_buf_puts(out, i ? ",[\"" : "[\"");
		cs_buf_puts(out, words[f->op].word);
		cs_buf_putc(out, '"');
		for (size_t k = 0; k < words[f->op].args; k++) {
			cs_buf_putc(out, ',');
			if (k < f->arg_count && f->arg[k].type == CS_V_INT)
				cs_buf_int(out, f->arg[k].i);
			else
				cs_buf_json(out, cs_arg_text(f, k));
		}
		cs_buf_putc(out, ']');
	}
	cs_buf_puts(out, "]}");
}

void cs_effects_write_private(const struct cs_effects *l, struct cs_buf *out)
{
	unsigned char salt[16];
	char hex[2 * sizeof salt + 1];

	if (l->private_count == 0)
		return;
	cs_random_bytes(salt, sizeof salt);
	cs_buf_puts(out, "{\"salt\":\"");
	cs_buf_puts(out, cs_hex(salt, sizeof salt, hex));
	cs_buf_putc(out, '"');
	for (size_t i = 0; i < l->private_count; i++) {
		cs_buf_putc(out, ',');
		cs_buf_json(out, l->private_text[i].key);
		cs_buf_putc(out, ':');
		cs_buf_json(out, l->private_text[i].text);
	}
	cs_buf_putc(out, '}');
}

/* --- reading the form that this program writes, in place ----------------------------------------------------- */

/* Checking a database reads every event, and the JSON reader would be half of its work. What differs from
   the written form in anything is left to that reader, which says what is wrong. */

static bool quick_word(char **p, const char *word)
{
	size_t n = strlen(word);

	if (strncmp(*p, word, n) != 0)
		return false;
	*p += n;
	return true;
}

/* A string at its opening quote, unescaped where it stands. */
static bool quick_string(char **p, const char **out)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	char *in = *p, *end;
	const char *escape;

	if (*in++ != '"')
		return false;
	*out = end = in;
	for (; *in != '"'; in++) {
		if ((unsigned char)*in < 0x20)
			return false;
		if (*in == '\\') {
			in++;
			escape = *in ? strchr(from, *in) : NULL;
			if (!escape)
				return false;
			*end++ = to[escape - from];
		} else
			*end++ = *in;
	}
	*p = in + 1;
	*end = '\0';
	return true;
}

static bool quick_value(char **p, struct cs_value *v)
{
	bool negative = **p == '-';
	char *start = *p + negative, *digit = start;

	*v = (struct cs_value){0};
	if (**p == '"') {
		v->type = CS_V_TEXT;
		return quick_string(p, &v->s);
	}
	if (**p == 'n')
		return quick_word(p, "null");
	for (; *digit >= '0' && *digit <= '9'; digit++)
		v->i = digit - start < 16 ? v->i * 10 + (*digit - '0') : v->i;
	if (digit == start || digit - start > 15 || (*start == '0' && digit - start > 1))
		return false;
	v->type = CS_V_INT;
	v->i = negative ? -v->i : v->i;
	*p = digit;
	return true;
}

static bool quick_facts(struct cs_effects *l, char *p)
{
	struct cs_value arg[CS_EFFECT_ARGS];

	if (!quick_word(&p, "{\"v\":1,\"e\":["))
		return false;
	while (*p == '[') {
		const char *word;
		size_t op = 0, k = 0;

		p++;
		if (!quick_string(&p, &word))
			return false;
		while (op < CS_OP_COUNT && strcmp(words[op].word, word) != 0)
			op++;
		while (*p == ',' && k < CS_EFFECT_ARGS) {
			p++;
			if (!quick_value(&p, &arg[k++]))
				return false;
		}
		if (op == CS_OP_COUNT || k != words[op].args || *p++ != ']')
			return false;
		cs_effects_put(l, (enum cs_op)op, arg, k);
		if (*p == ',' && p[1] == '[')
			p++;
		else if (*p != ']')
			return false;
	}
	return strcmp(p, "]}") == 0;
}

static bool quick_private(struct cs_effects *l, char *p)
{
	if (*p++ != '{')
		return false;
	for (;;) {
		const char *key, *text;

		if (!quick_string(&p, &key) || *p++ != ':' || !quick_string(&p, &text) || cs_effects_text(l, key))
			return false; /* a key twice: the strict reader says so */
		if (strcmp(key, "salt") != 0)
			cs_effects_private(l, key, text);
		if (*p == '}')
			return p[1] == '\0';
		if (*p++ != ',')
			return false;
	}
}

static bool quick_read(struct cs_effects *l, const char *facts, const char *private_part)
{
	return quick_facts(l, cs_arena_strdup(l->arena, facts)) &&
	       (!private_part || quick_private(l, cs_arena_strdup(l->arena, private_part)));
}

/* --- reading any JSON ------------------------------------------------------------------------------------------ */

static int read_effect(struct cs_effects *l, const struct cs_json_node *item, struct cs_err *e)
{
	const struct cs_json_node *n = cs_json_first(item);
	const char *word = cs_json_text(n);
	struct cs_value arg[CS_EFFECT_ARGS];
	size_t op = 0, k = 0;

	while (op < CS_OP_COUNT && (!word || strcmp(words[op].word, word) != 0))
		op++;
	if (op == CS_OP_COUNT)
		return cs_fail(e, CS_IO, "unknown effect '%s'", word ? word : "(no word)");
	while ((n = cs_json_next(n)) && k < CS_EFFECT_ARGS) {
		arg[k] = (struct cs_value){0};
		if (cs_json_type(n) == CS_JSON_STRING)
			arg[k] = CS_S(cs_arena_strdup(l->arena, cs_json_text(n)));
		else if (cs_json_type(n) == CS_JSON_NUMBER && cs_json_int(n, &arg[k].i) == 0)
			arg[k].type = CS_V_INT;
		else if (!cs_json_is_null(n))
			return cs_fail(e, CS_IO, "effect '%s': argument %zu is neither number, text nor null", word,
				       k + 1);
		k++;
	}
	if (n || k != words[op].args)
		return cs_fail(e, CS_IO, "effect '%s' has %zu arguments, not %zu", word, k, words[op].args);
	cs_effects_put(l, (enum cs_op)op, arg, k);
	return 0;
}

static int read_facts(struct cs_effects *l, const struct cs_json_node *root, struct cs_err *e)
{
	const struct cs_json_node *item;
	int64_t version = 0;

	if (cs_json_int(cs_json_get(root, "v"), &version) < 0 || version != CS_FACTS_VERSION)
		return cs_fail(e, CS_IO, "facts of version %lld cannot be read by this program", (long long)version);
	for (item = cs_json_first(cs_json_get(root, "e")); item; item = cs_json_next(item))
		if (read_effect(l, item, e) < 0)
			return -1;
	return 0;
}

static int read_private(struct cs_effects *l, const struct cs_json_node *root, struct cs_err *e)
{
	const struct cs_json_node *m;

	for (m = cs_json_first(root); m; m = cs_json_next(m)) {
		const char *text = cs_json_text(m);

		if (!text)
			return cs_fail(e, CS_IO, "private part: '%s' is no text", cs_json_key(m));
		if (strcmp(cs_json_key(m), "salt") != 0)
			cs_effects_private(l, cs_arena_strdup(l->arena, cs_json_key(m)),
					   cs_arena_strdup(l->arena, text));
	}
	return 0;
}

int cs_effects_read(struct cs_effects *l, const char *facts, const char *private_part, struct cs_err *e)
{
	struct cs_json *doc = NULL;
	int rc;

	cs_effects_clear(l);
	if (quick_read(l, facts, private_part))
		return 0;
	cs_effects_clear(l);
	rc = cs_json_parse(facts, strlen(facts), &doc, e);
	if (rc == 0)
		rc = read_facts(l, cs_json_root(doc), e);
	cs_json_free(doc);
	doc = NULL;
	if (rc == 0 && private_part) {
		rc = cs_json_parse(private_part, strlen(private_part), &doc, e);
		if (rc == 0)
			rc = read_private(l, cs_json_root(doc), e);
		cs_json_free(doc);
	}
	if (rc < 0 && e)
		e->code = CS_IO;
	return rc;
}
