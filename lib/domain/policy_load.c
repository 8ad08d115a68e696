/* Reads a policy's JSON into the structures, row by row of the language table. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "domain/policy_build.h"

void cs_pol_fault(struct cs_pol *b, const struct cs_json_node *n, const char *fmt, ...)
{
	struct cs_buf where = {0};
	char text[600];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	if (b->faults || !b->failed) {
		cs_json_pointer(b->doc, n, &where);
		if (!where.len)
			cs_buf_putc(&where, '/');
	}
	if (b->faults)
		cs_faults_add(b->faults, "%s: %s%s", cs_buf_str(&where), text, cs_pol_set_at(b, n));
	else if (!b->failed)
		cs_fail(b->e, CS_CONFIG, "%s: %s", cs_buf_str(&where), text);
	b->failed = true;
	cs_buf_free(&where);
}

const char *cs_pol_set_at(struct cs_pol *b, const struct cs_json_node *n)
{
	const char *ref = cs_json_text(n);

	if (!ref || *ref != '$' || !cs_policy_param(b->p, ref + 1))
		return "";
	return cs_arena_printf(&b->p->arena, CS_POL_SET_AT "/params/%s)", ref + 1);
}

void *cs_pol_array(struct cs_pol *b, size_t count, size_t size)
{
	return count ? cs_arena_alloc(&b->p->arena, count * size) : NULL;
}

static bool wants(struct cs_pol *b, const struct cs_json_node *n, enum cs_json_type type,
		  const char *what)
{
	if (cs_json_type(n) == type)
		return true;
	cs_pol_fault(b, n, "%s expected, found %s", what, cs_json_type_name(cs_json_type(n)));
	return false;
}

const char *cs_pol_text(struct cs_pol *b, const struct cs_json_node *n)
{
	const char *s = cs_json_text(n);

	if (!s)
		wants(b, n, CS_JSON_STRING, "text");
	else if (!*s)
		cs_pol_fault(b, n, "the text is empty");
	return s && *s ? s : NULL;
}

void cs_pol_ids(struct cs_pol *b, const struct cs_json_node *n, const char *arg, struct cs_ids *out)
{
	size_t i = 0;

	if (!wants(b, n, CS_JSON_ARRAY, "list"))
		return;
	out->id = cs_pol_array(b, cs_json_count(n), sizeof *out->id);
	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m)) {
		const char *s = cs_pol_text(b, m);

		if (!s)
			continue;
		if (cs_pol_checks(b) && cs_ids_has(&(struct cs_ids){out->id, i}, s))
			cs_pol_fault(b, m, "'%s' stands in the list already", s);
		if (arg)
			cs_pol_ref(b, m, s, arg);
		out->id[i++] = s;
	}
	out->count = i;
}

void cs_pol_source(struct cs_pol *b, const struct cs_json_node *n, struct cs_ids *out)
{
	const char *s = n ? cs_json_text(n) : NULL;

	if (!n)
		return;
	if (!s) {
		cs_pol_ids(b, n, NULL, out);
		return;
	}
	out->id = cs_pol_array(b, 1, sizeof *out->id);
	out->id[0] = s;
	out->count = 1;
}

int cs_pol_word(struct cs_pol *b, const struct cs_json_node *n, const char *words)
{
	const char *s = cs_pol_text(b, n);
	const char *end = strchr(words, ';');
	size_t size = s ? strlen(s) : 0;
	bool later = false;
	int i = 0;

	if (!s)
		return -1;
	for (const char *w = words; *w; i++) {
		size_t len = strcspn(w, " ");

		if (*w == ';')
			later = true;
		else if (size == len && memcmp(s, w, len) == 0)
			break;
		w += len + strspn(w + len, " ");
		if (!*w) {
			cs_pol_fault(b, n, "'%s' is no word here, allowed: %.*s", s,
				     (int)(end ? end - words - 1 : (long)strlen(words)), words);
			return -1;
		}
	}
	if (!later)
		return i;
	cs_pol_fault(b, n, "'%s' belongs to a later version of the language, allowed: %.*s", s,
		     (int)(end - words - 1), words);
	return -1;
}

static void word(struct cs_pol *b, const struct cs_json_node *n, const struct cs_lang_key *row,
		 void *at)
{
	int i = cs_pol_word(b, n, row->arg);
	const char *s = cs_json_text(n);
	bool yes = i == 1;

	if (i < 0 || row->at == CS_LANG_NOWHERE)
		return;
	if (row->type == CS_LANG_WORD) {
		memcpy(at, &i, sizeof i); /* an enum has the size of int */
	} else if (row->type == CS_LANG_WORD_BOOL) {
		memcpy(at, &yes, sizeof yes);
	} else if (row->type == CS_LANG_WORD_FLAG) {
		yes = true;
		memcpy((bool *)at + i, &yes, sizeof yes);
	} else {
		memcpy(at, &s, sizeof s);
	}
}

/* Each word of a list sets the bool of its place. */
static void flags(struct cs_pol *b, const struct cs_json_node *n, const struct cs_lang_key *row, bool *at)
{
	const bool yes = true;

	if (!wants(b, n, CS_JSON_ARRAY, "list"))
		return;
	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m)) {
		int i = cs_pol_word(b, m, row->arg);

		if (i < 0)
			continue;
		if (at[i] && cs_pol_checks(b))
			cs_pol_fault(b, m, "'%s' stands in the list already", cs_json_text(m));
		memcpy(at + i, &yes, sizeof yes);
	}
}

static void pointer_to(struct cs_pol *b, const struct cs_json_node *n,
		       const struct cs_lang_key *row, void *at)
{
	const char *s = cs_pol_text(b, n);
	bool window = row->type == CS_LANG_WINDOW;
	const void *found = NULL;

	if (!s)
		return;
	if (!window)
		found = cs_policy_calendar(b->p, s);
	for (size_t i = 0; window && i < b->p->window_count; i++)
		if (b->p->window[i].id && strcmp(b->p->window[i].id, s) == 0)
			found = &b->p->window[i];
	if (!found && cs_pol_checks(b))
		cs_pol_ref(b, n, s, window ? "windows" : "calendars");
	else if (!found)
		cs_pol_fault(b, n, "no %s '%s'", window ? "window" : "calendar", s);
	memcpy(at, &found, sizeof found);
}

/* Objects by id, or a list of objects: an array and behind it its count. The structures begin with
   the id when there is one by key. */
static void many(struct cs_pol *b, const struct cs_json_node *n, const struct cs_lang_key *row,
		 void *at)
{
	const struct cs_lang_object *o = cs_lang_object(row->of);
	bool map = row->type == CS_LANG_MAP;
	size_t count = cs_json_count(n);
	char *item;

	if (!wants(b, n, map ? CS_JSON_OBJECT : CS_JSON_ARRAY, map ? "object" : "list"))
		return;
	item = cs_pol_array(b, count, o->size);
	/* The array is in place before its members are read: they may refer to each other. */
	memcpy(at, &item, sizeof item);
	memcpy((char *)at + sizeof item, &count, sizeof count);
	if (!item)
		return;
	for (const struct cs_json_node *m = cs_json_first(n); m;
	     m = cs_json_next(m), item += o->size) {
		const char *id = cs_json_key(m);

		if (map) {
			if (!*id)
				cs_pol_fault(b, m, "an id is empty");
			memcpy(item, &id, sizeof id);
		}
		cs_pol_object(b, m, row->of, item);
	}
}

static void codes(struct cs_pol *b, const struct cs_json_node *n, struct cs_policy *p)
{
	struct cs_codes *c;

	if (!wants(b, n, CS_JSON_OBJECT, "object"))
		return;
	p->codes = c = cs_pol_array(b, cs_json_count(n), sizeof *c);
	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m), c++) {
		c->id = cs_json_key(m);
		cs_pol_ids(b, m, NULL, &c->value);
		p->codes_count++;
	}
}

static void keys(struct cs_pol *b, const struct cs_json_node *n, struct cs_ids *out)
{
	if (!wants(b, n, CS_JSON_OBJECT, "object"))
		return;
	out->id = cs_pol_array(b, cs_json_count(n), sizeof *out->id);
	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m)) {
		out->id[out->count++] = cs_json_key(m);
		if (!wants(b, m, CS_JSON_OBJECT, "object"))
			continue;
		cs_pol_source(b, cs_json_get(m, "source"), &(struct cs_ids){0});
		if (cs_json_count(m) > (cs_json_get(m, "source") != NULL))
			cs_pol_fault(b, m, "nothing more than its 'source' can be said of it");
	}
}

static void plain(struct cs_pol *b, const struct cs_json_node *n, const struct cs_lang_key *row,
		  void *at)
{
	const char *s = cs_pol_text(b, n);
	const struct cs_zone *zone = NULL;
	struct cs_err e;
	int32_t day;

	if (!s)
		return;
	if (row->type == CS_LANG_ZONE) {
		if (cs_zone_open(s, &zone, &e) != 0)
			cs_pol_fault(b, n, "%s", e.text);
		memcpy(at, &zone, sizeof zone);
		return;
	}
	if (row->type == CS_LANG_DAY)
		cs_pol_day(b, n, s, &day);
	else if (row->type == CS_LANG_REF)
		cs_pol_ref(b, n, s, row->arg);
	if (row->at != CS_LANG_NOWHERE)
		memcpy(at, &s, sizeof s);
}

static void flag(struct cs_pol *b, const struct cs_json_node *n, const struct cs_lang_key *row,
		 void *at)
{
	bool yes = false;

	if (cs_json_bool(n, &yes) != 0)
		wants(b, n, CS_JSON_BOOL, "true or false");
	else if (row->at != CS_LANG_NOWHERE)
		memcpy(at, &yes, sizeof yes);
}

/* The types that are more than a text, a word or a flag. */
static void special(struct cs_pol *b, const struct cs_json_node *n, const struct cs_lang_key *row,
		    void *base, void *at)
{
	bool kept = row->at != CS_LANG_NOWHERE;
	bool undecided;

	switch (row->type) {
	case CS_LANG_SPAN:
	case CS_LANG_RUNG_SPAN:
		if (kept)
			cs_pol_span(b, n, row->type == CS_LANG_RUNG_SPAN, at);
		break;
	case CS_LANG_NUMBER:
		if (kept)
			cs_pol_number(b, n, at, &undecided);
		break;
	case CS_LANG_MINUTE:
		if (kept)
			cs_pol_minute(b, n, at);
		break;
	case CS_LANG_TARGET: cs_pol_target(b, n, at); break;
	case CS_LANG_WHO:
		if (kept)
			cs_pol_who(b, n, at);
		break;
	case CS_LANG_WHOS:
	case CS_LANG_NOT_BY: cs_pol_whos(b, n, row->type == CS_LANG_NOT_BY, at); break;
	case CS_LANG_COND:
		if (kept) {
			const struct cs_cond *cond = cs_pol_cond(b, n);

			memcpy(at, &cond, sizeof cond);
		}
		break;
	case CS_LANG_HOURS: cs_pol_hours(b, n, at); break;
	case CS_LANG_VALUE: cs_pol_param(b, n, base); break;
	case CS_LANG_DATES: cs_pol_dates(b, n, base); break;
	case CS_LANG_YEARS: cs_pol_years(b, n, base); break;
	case CS_LANG_CODES: codes(b, n, base); break;
	case CS_LANG_KEYS: keys(b, n, at); break;
	case CS_LANG_LABELS: cs_pol_labels(b, n, base); break;
	case CS_LANG_BY: cs_pol_by(b, n, base); break;
	case CS_LANG_CONDS: cs_pol_conds(b, n, base); break;
	case CS_LANG_NEEDS: cs_pol_needs(b, n, at); break;
	case CS_LANG_FROM: cs_pol_from(b, n, base); break;
	case CS_LANG_TO: cs_pol_to(b, n, base); break;
	case CS_LANG_MOVES: cs_pol_moves(b, n, base); break;
	case CS_LANG_SETS: cs_pol_sets(b, n, base); break;
	case CS_LANG_DUTIES: cs_pol_duties(b, n, base); break;
	case CS_LANG_EVERY: cs_pol_every(b, n, base); break;
	case CS_LANG_CHANGES: cs_pol_changes(b, n, at); break;
	case CS_LANG_RESTARTS: cs_pol_restarts(b, n, base); break;
	default: /* START, VALUES: their object's hook reads them */ break;
	}
}

static void member(struct cs_pol *b, const struct cs_json_node *n, const struct cs_lang_key *row,
		   void *base)
{
	bool kept = row->at != CS_LANG_NOWHERE;
	char *at = (char *)base + (kept ? row->at : 0);

	switch (row->type) {
	case CS_LANG_NAME:
	case CS_LANG_DAY:
	case CS_LANG_ZONE:
	case CS_LANG_REF: plain(b, n, row, at); break;
	case CS_LANG_BOOL: flag(b, n, row, at); break;
	case CS_LANG_WORD:
	case CS_LANG_WORD_BOOL:
	case CS_LANG_WORD_FLAG:
	case CS_LANG_WORD_TEXT: word(b, n, row, at); break;
	case CS_LANG_WORD_FLAGS: flags(b, n, row, (void *)at); break;
	case CS_LANG_SOURCE: cs_pol_source(b, n, kept ? (void *)at : &(struct cs_ids){0}); break;
	case CS_LANG_TEXTS:
	case CS_LANG_NEW:
	case CS_LANG_REFS: cs_pol_ids(b, n, row->arg, (void *)at); break;
	case CS_LANG_CALENDAR:
	case CS_LANG_WINDOW: pointer_to(b, n, row, at); break;
	case CS_LANG_OBJECT:
		if (kept)
			cs_pol_object(b, n, row->of, at);
		break;
	case CS_LANG_MAP:
	case CS_LANG_LIST:
		if (kept)
			many(b, n, row, at);
		break;
	default: special(b, n, row, base, at); break;
	}
}

static const struct cs_lang_key *row_of(const struct cs_lang_object *o, const char *key)
{
	for (size_t i = 0; i < o->row_count; i++)
		if (o->row[i].key[0] == key[0] && strcmp(o->row[i].key, key) == 0)
			return &o->row[i];
	return NULL;
}

/* The rows' word on the keys: nothing missing, nothing unknown, nothing of a later version. */
static void check_keys(struct cs_pol *b, const struct cs_json_node *n,
		       const struct cs_lang_object *o)
{
	struct cs_ids known = {cs_pol_array(b, o->row_count, sizeof *known.id), 0};

	for (size_t i = 0; i < o->row_count; i++) {
		if (!(o->row[i].flags & CS_LANG_LATER))
			known.id[known.count++] = o->row[i].key;
		if (o->row[i].flags & CS_LANG_REQUIRED && !cs_json_get(n, o->row[i].key))
			cs_pol_fault(b, n, "'%s' is missing: %s (%s)", o->row[i].key,
				     o->row[i].meaning, cs_lang_type_name(o->row[i].type));
	}
	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m)) {
		const struct cs_lang_key *row = row_of(o, cs_json_key(m));
		struct cs_buf hint = {0};

		if (n == b->say_in && strcmp(cs_json_key(m), "say") == 0)
			continue;
		if (!row) {
			cs_pol_hint(cs_json_key(m), &known, &hint);
			cs_pol_fault(b, m, "unknown word '%s' in %s%s", cs_json_key(m), o->name,
				     cs_buf_str(&hint));
		} else if (row->flags & CS_LANG_LATER) {
			cs_pol_fault(b, m,
				     "the word '%s' belongs to a later version of the language",
				     row->key);
		}
		cs_buf_free(&hint);
	}
}

/* In the order of the rows: the sections of a policy need each other. */
static void sections(struct cs_pol *b, const struct cs_json_node *n, const struct cs_lang_object *o,
		     void *base)
{
	bool missing = false;

	for (size_t i = 0; i < o->row_count; i++) {
		const struct cs_json_node *m = cs_json_get(n, o->row[i].key);

		if (m && !(o->row[i].flags & CS_LANG_LATER))
			member(b, m, &o->row[i], base);
		missing = missing || (!m && o->row[i].flags & CS_LANG_REQUIRED);
	}
	if (missing && !cs_pol_checks(b))
		check_keys(b, n, o);
}

/* In the order of the text. Without the checker a key that is missing or unknown still ends it:
   the structures would not be sound. */
static void members(struct cs_pol *b, const struct cs_json_node *n, const struct cs_lang_object *o,
		    void *base)
{
	size_t wanted = 0;

	for (size_t i = 0; i < o->row_count; i++)
		wanted += o->row[i].flags & CS_LANG_REQUIRED;
	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m)) {
		const struct cs_lang_key *row = row_of(o, cs_json_key(m));

		if (n == b->say_in && strcmp(cs_json_key(m), "say") == 0)
			continue;
		if (row && !(row->flags & CS_LANG_LATER)) {
			wanted -= row->flags & CS_LANG_REQUIRED;
			member(b, m, row, base);
		} else if (!cs_pol_checks(b)) {
			cs_pol_fault(b, m, "unknown word '%s' in %s", cs_json_key(m), o->name);
		}
	}
	if (wanted && !cs_pol_checks(b))
		check_keys(b, n, o);
}

void cs_pol_object(struct cs_pol *b, const struct cs_json_node *n, enum cs_lang_id id, void *base)
{
	const struct cs_lang_object *o = cs_lang_object(id);

	if (!wants(b, n, CS_JSON_OBJECT, "object"))
		return;
	if (cs_pol_checks(b))
		check_keys(b, n, o);
	if (o->before)
		o->before(b, n, base);
	if (id == CS_L_POLICY)
		sections(b, n, o, base);
	else
		members(b, n, o, base);
	if (o->after)
		o->after(b, n, base);
}
