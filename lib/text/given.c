/* --set, --row and --evidence. */
#include "text/given.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/utf8.h"

void cs_given_free(struct cs_given_options *o)
{
	cs_texts_free(&o->set);
	cs_texts_free(&o->row);
	cs_texts_free(&o->evidence);
}

/* Cuts NAME=VALUE in place. */
static int split_pair(char *text, struct cs_given *out)
{
	char *is = strchr(text, '=');

	if (!is || is == text)
		return -1;
	*is = '\0';
	cs_utf8_trim(is + 1); /* as cells of CSV are */
	*out = (struct cs_given){text, is + 1};
	return 0;
}

static bool has(const struct cs_given *list, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i].name, name) == 0)
			return true;
	return false;
}

static int check_text(const char *option, const char *text, struct cs_err *e)
{
	if (cs_utf8_check(text, strlen(text)) != strlen(text))
		return cs_fail(e, CS_USAGE, "--%s: the text is not valid UTF-8", option);
	return 0;
}

int cs_given_set(struct cs_request *req, const struct cs_texts *in, struct cs_arena *a,
		 struct cs_err *e)
{
	struct cs_given *set = cs_arena_alloc(a, (req->set_count + in->count + 1) * sizeof *set);
	char shown[CS_ERR_SHOWN];
	size_t n = req->set_count;

	if (n)
		memcpy(set, req->set, n * sizeof *set);
	for (size_t i = 0; i < in->count; i++, n++) {
		if (check_text("set", in->item[i], e) < 0)
			return -1;
		if (split_pair(cs_arena_strdup(a, in->item[i]), &set[n]) < 0)
			return cs_fail(e, CS_USAGE, "--set %s: wanted is FIELD=VALUE",
				       cs_err_show(in->item[i], shown));
		if (has(set, n, set[n].name))
			return cs_fail(e, CS_USAGE, "--set %s is given twice", set[n].name);
	}
	req->set = set;
	req->set_count = n;
	return 0;
}

/* Cuts the next piece at a comma that has no backslash before it, in place; NULL at the end. */
static char *next_piece(char **rest)
{
	char *start = *rest, *to = start, *from = start;

	if (!start)
		return NULL;
	*rest = NULL;
	for (; *from; from++) {
		if (*from == ',') {
			*rest = from + 1;
			break;
		}
		if (*from == '\\' && (from[1] == ',' || from[1] == '\\'))
			from++;
		*to++ = *from;
	}
	*to = '\0';
	return start;
}

static int read_row(const char *text, struct cs_arena *a, struct cs_given_row *out,
		    struct cs_err *e)
{
	char *list = cs_arena_strdup(a, text), *rest = strchr(list, ':'), *piece,
	     shown[CS_ERR_SHOWN];
	struct cs_given *cell = NULL;
	size_t n = 0, size = 0;

	cs_err_show(text, shown);
	if (check_text("row", text, e) < 0)
		return -1;
	if (!rest || rest == list)
		return cs_fail(e, CS_USAGE, "--row %s: wanted is LIST:FIELD=VALUE,...", shown);
	*rest++ = '\0';
	while ((piece = next_piece(&rest))) {
		cell = cs_arena_grow(a, cell, n, &size, sizeof *cell);
		if (split_pair(piece, &cell[n]) < 0)
			return cs_fail(
				e, CS_USAGE,
				"--row %s: '%s' is no FIELD=VALUE (a comma within a value is "
				"written \\,)",
				shown, piece);
		if (has(cell, n, cell[n].name))
			return cs_fail(e, CS_USAGE, "--row %s: %s is given twice", shown,
				       cell[n].name);
		n++;
	}
	*out = (struct cs_given_row){list, cell, n};
	return 0;
}

int cs_given_rows(struct cs_request *req, const struct cs_texts *in, struct cs_arena *a,
		  struct cs_err *e)
{
	struct cs_given_row *row = cs_arena_alloc(a, (in->count + 1) * sizeof *row);

	for (size_t i = 0; i < in->count; i++)
		if (read_row(in->item[i], a, &row[i], e) < 0)
			return -1;
	req->row = row;
	req->row_count = in->count;
	return 0;
}

static int digest_file(const char *path, struct cs_arena *a, const char **digest, struct cs_err *e)
{
	unsigned char sum[CS_HASH_SIZE];
	char hex[2 * CS_HASH_SIZE + 1], shown[CS_ERR_SHOWN];
	FILE *f = fopen(path, "rb");
	int rc;

	if (!f)
		return cs_fail(e, CS_NOTFOUND, "--evidence: cannot read %s: %s",
			       cs_err_show(path, shown), strerror(errno));
	rc = cs_hash_file(f, sum);
	if (rc < 0)
		cs_fail(e, CS_NOTFOUND, "--evidence: cannot read %s: %s", cs_err_show(path, shown),
			strerror(errno));
	else
		*digest = cs_arena_strdup(a, cs_hex(sum, sizeof sum, hex));
	fclose(f);
	return rc;
}

static int read_one_evidence(const char *text, struct cs_arena *a, struct cs_given_evidence *out,
			     struct cs_err *e)
{
	static const char mark[] = ",signer=";
	char *kind = cs_arena_strdup(a, text), *signer = NULL, *file, shown[CS_ERR_SHOWN];

	if (check_text("evidence", text, e) < 0)
		return -1;
	for (char *p = strstr(kind, mark); p; p = strstr(p + 1, mark))
		signer = p;
	if (signer) {
		*signer = '\0';
		signer += sizeof mark - 1;
	}
	file = strchr(kind, '=');
	if (file)
		*file++ = '\0';
	if (!*kind || strchr(kind, ',') || (signer && !*signer) || (file && !*file))
		return cs_fail(e, CS_USAGE, "--evidence %s: wanted is KIND[=FILE][,signer=NAME]",
			       cs_err_show(text, shown));
	*out = (struct cs_given_evidence){.kind = kind, .signer = signer, .kept = file};
	return file ? digest_file(file, a, &out->digest, e) : 0;
}

int cs_given_evidence(struct cs_request *req, const struct cs_texts *in, struct cs_arena *a,
		      struct cs_err *e)
{
	struct cs_given_evidence *list = cs_arena_alloc(a, (in->count + 1) * sizeof *list);

	for (size_t i = 0; i < in->count; i++)
		if (read_one_evidence(in->item[i], a, &list[i], e) < 0)
			return -1;
	req->evidence = list;
	req->evidence_count = in->count;
	return 0;
}

/* A piece NAME=VALUE of a person goes to the place of its name. */
struct piece {
	const char *name;
	const char **to;
};

static int read_person(const char *option, const char *text, const char **name, const struct piece *pieces,
		       size_t count, struct cs_arena *a, struct cs_err *e)
{
	char *rest = cs_arena_strdup(a, text), *piece, shown[CS_ERR_SHOWN];
	struct cs_given pair;

	if (check_text(option, text, e) < 0)
		return -1;
	for (size_t n = 0; (piece = next_piece(&rest)); n++) {
		size_t i = 0;

		if (n == 0) {
			cs_utf8_trim(piece);
			*name = *piece ? piece : NULL;
			continue;
		}
		if (split_pair(piece, &pair) < 0)
			return cs_fail(e, CS_USAGE,
				       "--%s %s: '%s' is no NAME=VALUE (a comma within a value is written \\,)", option,
				       cs_err_show(text, shown), piece);
		while (i < count && strcmp(pieces[i].name, pair.name) != 0)
			i++;
		if (i == count)
			return cs_fail(e, CS_USAGE, "--%s: unknown word '%s' of a person", option, pair.name);
		if (*pieces[i].to)
			return cs_fail(e, CS_USAGE, "--%s: %s is given twice", option, pair.name);
		*pieces[i].to = pair.text;
	}
	return 0;
}

int cs_given_principal(const char *text, struct cs_arena *a, const char **name, const char **phone, struct cs_err *e)
{
	const struct piece pieces[] = {{"phone", phone}};

	*name = *phone = NULL;
	if (!text)
		return 0;
	if (read_person("for", text, name, pieces, 1, a, e) < 0)
		return -1;
	return *name || *phone ? 0 : cs_fail(e, CS_USAGE, "--for: a name is wanted");
}

int cs_given_parties(struct cs_request *req, const struct cs_texts *in, struct cs_arena *a, struct cs_err *e)
{
	struct cs_given_party *list = cs_arena_alloc(a, (in->count + 1) * sizeof *list);

	for (size_t i = 0; i < in->count; i++) {
		struct cs_given_party *p = &list[i];
		const struct piece pieces[] = {{"phone", &p->phone},
					       {"key", &p->key},
					       {"capacity", &p->capacity},
					       {"for", &p->of},
					       {"for_phone", &p->of_phone}};

		*p = (struct cs_given_party){0};
		if (read_person("also", in->item[i], &p->name, pieces, sizeof pieces / sizeof *pieces, a, e) < 0)
			return -1;
	}
	req->party = list;
	req->party_count = in->count;
	return 0;
}

int cs_given_customer(struct cs_request *req, const struct cs_given_customer *c, struct cs_arena *a, struct cs_err *e)
{
	struct cs_given_party *p = cs_arena_alloc(a, sizeof *p);

	*p = (struct cs_given_party){.name = c->name, .phone = c->phone, .key = c->key, .capacity = c->capacity};
	if (cs_given_principal(c->of, a, &p->of, &p->of_phone, e) < 0)
		return -1;
	if (!c->name && !c->phone && !c->key) {
		if (c->capacity || c->of)
			return cs_fail(e, CS_USAGE,
				       "--%s says something of a customer: --customer, --phone or --customer-key",
				       c->capacity ? "capacity" : "for");
		return 0;
	}
	if ((c->name && check_text("customer", c->name, e) < 0) || (c->phone && check_text("phone", c->phone, e) < 0))
		return -1;
	req->party = p;
	req->party_count = 1;
	return 0;
}

int cs_given_read(const struct cs_given_options *o, struct cs_arena *a, struct cs_request *req,
		  struct cs_err *e)
{
	if (cs_given_set(req, &o->set, a, e) < 0 || cs_given_rows(req, &o->row, a, e) < 0)
		return -1;
	return cs_given_evidence(req, &o->evidence, a, e);
}
