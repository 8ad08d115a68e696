/* Drawing samples: the pure part. */
#include "domain/sample.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/json.h"
#include "store/ref.h"

void cs_frame_add(struct cs_frame *f, int64_t ticket, const char *stratum)
{
	f->item = cs_arena_grow(f->arena, f->item, f->count, &f->size, sizeof *f->item);
	f->item[f->count++] = (struct cs_frame_item){ticket, stratum};
}

static int by_stratum(const void *a, const void *b)
{
	const struct cs_frame_item *x = a, *y = b;
	int order = strcmp(x->stratum, y->stratum);

	return order ? order : (x->ticket > y->ticket) - (x->ticket < y->ticket);
}

void cs_frame_sort(struct cs_frame *f)
{
	size_t kept = 0;

	if (f->count)
		qsort(f->item, f->count, sizeof *f->item, by_stratum);
	for (size_t i = 0; i < f->count; i++)
		if (kept == 0 || by_stratum(&f->item[kept - 1], &f->item[i]) != 0)
			f->item[kept++] = f->item[i];
	f->count = kept;
}

void cs_frame_subtract(struct cs_frame *f, const struct cs_frame *other)
{
	size_t kept = 0, k = 0;

	for (size_t i = 0; i < f->count; i++) {
		while (k < other->count && by_stratum(&other->item[k], &f->item[i]) < 0)
			k++;
		if (k == other->count || by_stratum(&other->item[k], &f->item[i]) != 0)
			f->item[kept++] = f->item[i];
	}
	f->count = kept;
}

const char *cs_frame_text(const struct cs_frame *f)
{
	struct cs_buf b = {0};
	char ref[CS_REF_SIZE];
	const char *text;

	for (size_t i = 0; i < f->count; i++) {
		cs_buf_puts(&b, cs_ref_text(f->item[i].ticket, ref));
		cs_buf_putc(&b, '\t');
		cs_buf_puts(&b, f->item[i].stratum);
		cs_buf_putc(&b, '\n');
	}
	text = cs_arena_strdup(f->arena, cs_buf_str(&b));
	cs_buf_free(&b);
	return text;
}

int cs_frame_read(struct cs_frame *f, const char *text, struct cs_err *e)
{
	while (*text) {
		const char *tab = strchr(text, '\t'), *end = strchr(text, '\n');
		char *ref;
		int64_t ticket;

		if (!tab || !end || tab > end)
			return cs_fail(e, CS_IO, "a stored frame is damaged");
		ref = cs_arena_strndup(f->arena, text, (size_t)(tab - text));
		ticket = cs_ref_parse(ref, NULL);
		if (ticket == 0)
			return cs_fail(e, CS_IO, "a stored frame is damaged: '%s'", ref);
		cs_frame_add(f, ticket,
			     cs_arena_strndup(f->arena, tab + 1, (size_t)(end - tab - 1)));
		text = end + 1;
	}
	return 0;
}

int64_t cs_sample_size(const struct cs_sample_spec *spec, int64_t n)
{
	int64_t k = spec->has_percent ? (n * spec->percent + (spec->round_up ? 99 : 0)) / 100
				      : spec->count;

	if (k < spec->least)
		k = spec->least;
	return k < n ? k : n;
}

const char *cs_sample_spec_text(const struct cs_sample_spec *spec, struct cs_arena *a)
{
	struct cs_buf b = {0};
	const char *text;

	if (spec->has_percent)
		cs_buf_printf(&b, "{\"percent\":%lld,\"round\":\"%s\",", (long long)spec->percent,
			      spec->round_up ? "up" : "down");
	else
		cs_buf_printf(&b, "{\"count\":%lld,", (long long)spec->count);
	cs_buf_printf(&b, "\"least\":%lld", (long long)spec->least);
	if (spec->per) {
		cs_buf_puts(&b, ",\"per\":");
		cs_buf_json(&b, spec->per);
	}
	cs_buf_putc(&b, '}');
	text = cs_arena_strdup(a, cs_buf_str(&b));
	cs_buf_free(&b);
	return text;
}

int cs_sample_spec_read(const char *text, struct cs_arena *a, struct cs_sample_spec *out,
			struct cs_err *e)
{
	struct cs_json *doc = NULL;
	const struct cs_json_node *root;
	const char *round;
	int rc;

	memset(out, 0, sizeof *out);
	if (cs_json_parse(text, strlen(text), &doc, e) < 0)
		return cs_fail(e, CS_IO, "a stored draw is damaged: %s", text);
	root = cs_json_root(doc);
	out->has_percent = cs_json_get(root, "percent") != NULL;
	rc = cs_json_int(cs_json_get(root, out->has_percent ? "percent" : "count"),
			 out->has_percent ? &out->percent : &out->count);
	round = cs_json_text(cs_json_get(root, "round"));
	out->round_up = round && strcmp(round, "up") == 0;
	out->per = cs_arena_strdup(a, cs_json_text(cs_json_get(root, "per")));
	if (rc == 0)
		rc = cs_json_int(cs_json_get(root, "least"), &out->least);
	cs_json_free(doc);
	return rc < 0 ? cs_fail(e, CS_IO, "a stored draw is damaged: %s", text) : 0;
}

int cs_sample_spec_of(const struct cs_sample_rule *rule, struct cs_sample_spec *out,
		      struct cs_err *e)
{
	*out = (struct cs_sample_spec){.has_percent = rule->has_percent,
				       .percent = rule->percent,
				       .count = rule->count,
				       .least = rule->least,
				       .round_up = rule->round_up};
	if (!rule->has_percent && rule->count <= 0)
		return cs_fail(e, CS_REFUSED,
			       "sample %s: the rules leave undecided how many are drawn", rule->id);
	return 0;
}

struct keyed {
	unsigned char key[CS_HASH_SIZE];
	int64_t ticket;
};

static int by_key(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;
	int order = memcmp(x->key, y->key, CS_HASH_SIZE);

	return order ? order : (x->ticket > y->ticket) - (x->ticket < y->ticket);
}

struct cs_drawn *cs_sample_draw(const struct cs_frame *f, const struct cs_sample_spec *spec,
				const char *seed, size_t *count)
{
	struct cs_drawn *list = cs_arena_alloc(f->arena, (f->count + 1) * sizeof *list);
	struct keyed *order = cs_arena_alloc(f->arena, (f->count + 1) * sizeof *order);
	unsigned char key[CS_HASH_SIZE];

	*count = 0;
	/* The seed may have any length: its hash is the key. */
	cs_hash_keyed(key, seed, strlen(seed), NULL, 0);
	for (size_t from = 0, to; from < f->count; from = to) {
		int64_t size, shown;

		for (to = from;
		     to < f->count && strcmp(f->item[to].stratum, f->item[from].stratum) == 0;
		     to++) {
			char ref[CS_REF_SIZE];

			cs_ref_text(f->item[to].ticket, ref);
			order[to].ticket = f->item[to].ticket;
			cs_hash_keyed(order[to].key, ref, strlen(ref), key, sizeof key);
		}
		qsort(order + from, to - from, sizeof *order, by_key);
		size = cs_sample_size(spec, (int64_t)(to - from));
		shown = size * 2 < (int64_t)(to - from) ? size * 2 : (int64_t)(to - from);
		for (int64_t i = 0; i < shown; i++)
			list[(*count)++] = (struct cs_drawn){order[from + (size_t)i].ticket, i + 1,
							     f->item[from].stratum, i < size};
	}
	return list;
}
