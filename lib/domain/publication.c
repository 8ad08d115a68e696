/* Notices: what is known of the parties, the draft, the decision. */
#include "domain/publication.h"

#include <string.h>

#include "base/hash.h"
#include "store/customer.h"
#include "store/matter.h"

/* The decision is kept as the cells of a row: a name that no list of the rules can have. */
static const char list[] = "report.publication", key[] = "notice", verdict_cell[] = "verdict", digest_cell[] = "digest";
static const char *const words[] = {"undecided", "approved", "declined", "changed"};

const char *cs_publication_word(enum cs_publication is)
{
	return words[is];
}

enum cs_publication cs_publication_of(const struct cs_image *im, const char **digest)
{
	const struct cs_ticket_row_row *row = cs_image_list_row(im, list, key);
	struct cs_value v = row ? cs_image_cell(im, row, verdict_cell) : (struct cs_value){0};
	enum cs_publication is = CS_PUBLICATION_OPEN;

	for (int i = CS_PUBLICATION_APPROVED; v.type == CS_V_TEXT && i <= CS_PUBLICATION_CHANGED; i++)
		if (strcmp(v.s, words[i]) == 0)
			is = (enum cs_publication)i;
	if (digest)
		*digest = row ? cs_image_cell(im, row, digest_cell).s : NULL;
	return is;
}

/* --- who is known ---------------------------------------------------------------------------- */

static void add(struct cs_arena *a, struct cs_redact_list *l, const char *text)
{
	if (!text || !*text)
		return;
	for (size_t i = 0; i < l->count; i++)
		if (strcmp(l->text[i], text) == 0)
			return;
	l->text = cs_arena_grow(a, l->text, l->count, &l->size, sizeof *l->text);
	l->text[l->count++] = text;
}

static int add_premises(struct cs_session *s, int64_t id, struct cs_arena *a, struct cs_redact_known *out,
			struct cs_err *e)
{
	struct cs_premises_row home = {0};

	if (id == CS_NULL)
		return 0;
	if (cs_table_find(s->db, &cs_premises_table, id, a, &home, e) < 0)
		return -1;
	add(a, &out->premises, home.address);
	return 0;
}

static int add_person(struct cs_session *s, int64_t id, struct cs_arena *a, struct cs_redact_known *out,
		      struct cs_err *e)
{
	struct cs_person_row person = {0};
	struct cs_tenure_row *tenure;
	size_t count;

	if (id == CS_NULL)
		return 0;
	if (cs_table_find(s->db, &cs_person_table, id, a, &person, e) < 0 ||
	    cs_person_tenures(s->db, id, a, &tenure, &count, e) < 0)
		return -1;
	add(a, &out->names, person.name);
	add(a, &out->phones, person.phone);
	for (size_t i = 0; i < count; i++)
		if (add_premises(s, tenure[i].premises, a, out, e) < 0)
			return -1;
	return 0;
}

/* Whose ticket it is and where, its parties, and who signed in it. */
struct people {
	int64_t customer, premises;
	const struct cs_party_row *party;
	size_t party_count;
	const struct cs_evidence_row *evidence;
	size_t evidence_count;
};

static int add_people(struct cs_session *s, const struct people *who, struct cs_arena *a, struct cs_redact_known *out,
		      struct cs_err *e)
{
	if (add_person(s, who->customer, a, out, e) < 0 || add_premises(s, who->premises, a, out, e) < 0)
		return -1;
	for (size_t i = 0; i < who->party_count; i++) {
		const struct cs_party_row *p = &who->party[i];

		add(a, &out->names, p->name);
		if ((p->person != who->customer && add_person(s, p->person, a, out, e) < 0) ||
		    add_person(s, p->principal, a, out, e) < 0)
			return -1;
	}
	for (size_t i = 0; i < who->evidence_count; i++) {
		const struct cs_evidence_kind *kind = cs_policy_evidence(s->policy, who->evidence[i].kind);

		if (kind && kind->signer_customer)
			add(a, &out->names, who->evidence[i].signer);
	}
	return 0;
}

/* What the rules say is personal, such as the number of a contract. im: of the ticket in hand; NULL: as stored. */
static void add_personal(const struct cs_session *s, const struct cs_ticket_row *t, const struct cs_image *im,
			 struct cs_arena *a, struct cs_redact_known *out)
{
	const struct cs_kind *k = s->policy ? cs_policy_kind(s->policy, t->kind) : NULL;

	for (size_t i = 0; k && i < k->field_count; i++) {
		const char *field = k->field[i].personal ? k->field[i].id : NULL;
		const struct cs_value *own = field && im ? cs_image_own(im, field) : NULL;
		const struct cs_value v = own            ? *own
					  : field && !im ? cs_own_value(t->fields, t->texts, field, a)
							 : (struct cs_value){0};

		if (v.type == CS_V_TEXT)
			add(a, &out->names, v.s);
	}
}

static int add_ticket(struct cs_session *s, int64_t id, struct cs_arena *a, struct cs_redact_known *out,
		      struct cs_err *e)
{
	struct cs_ticket_row t;
	struct people who = {0};
	void *parties, *evidence;
	int rc = cs_table_find(s->db, &cs_ticket_table, id, a, &t, e);

	if (rc != 1)
		return rc;
	if (cs_table_load(s->db, &cs_party_table, id, a, &parties, &who.party_count, e) < 0 ||
	    cs_table_load(s->db, &cs_evidence_table, id, a, &evidence, &who.evidence_count, e) < 0)
		return -1;
	who.customer = t.customer;
	who.premises = t.premises;
	who.party = parties;
	who.evidence = evidence;
	add_personal(s, &t, NULL, a, out);
	return add_people(s, &who, a, out, e);
}

int cs_publication_known(struct cs_session *s, const struct cs_image *im, struct cs_redact_known *out, struct cs_err *e)
{
	const struct people own = {.customer = im->t.customer,
				   .premises = im->t.premises,
				   .party = (const void *)im->part[CS_P_PARTY].row,
				   .party_count = cs_image_count(im, CS_P_PARTY),
				   .evidence = (const void *)im->part[CS_P_EVIDENCE].row,
				   .evidence_count = cs_image_count(im, CS_P_EVIDENCE)};
	struct cs_id_list others = {0};

	*out = (struct cs_redact_known){0};
	add_personal(s, &im->t, im, im->arena, out);
	if (add_people(s, &own, im->arena, out, e) < 0 ||
	    cs_matter_known(s->db, im->t.id, im->t.matter, im->arena, &others, e) < 0)
		return -1;
	for (size_t i = 0; i < others.count; i++)
		if (add_ticket(s, others.id[i], im->arena, out, e) < 0)
			return -1;
	return 0;
}

/* --- the draft ------------------------------------------------------------------------------- */

static const char *own_text(const struct cs_image *im, const struct cs_field *f)
{
	const struct cs_value *v = f ? cs_image_own(im, f->id) : NULL;

	return v && v->type == CS_V_TEXT ? v->s : NULL;
}

int cs_publication_draft(struct cs_session *s, const struct cs_image *im, const struct cs_kind *k, const char *text,
			 struct cs_notice_draft *out, struct cs_err *e)
{
	unsigned char sum[CS_HASH_SIZE];
	char hex[2 * CS_HASH_SIZE + 1];
	struct cs_redact_known known;
	struct cs_hash h;

	*out = (struct cs_notice_draft){.area = own_text(im, cs_kind_field_as(k, "area"))};
	text = text ? text : own_text(im, cs_kind_field_as(k, "notice"));
	if (!text)
		return 0;
	if (cs_publication_known(s, im, &known, e) < 0)
		return -1;
	cs_redact(text, &known, im->arena, &out->redacted);
	cs_hash_init(&h);
	cs_hash_text(&h, out->redacted.text);
	cs_hash_text(&h, out->area);
	cs_hash_end(&h, sum);
	out->digest = cs_arena_strdup(im->arena, cs_hex(sum, sizeof sum, hex));
	return 1;
}

/* --- the decision ---------------------------------------------------------------------------- */

static void put(struct cs_decision *d, enum cs_publication is, const char *digest)
{
	cs_emit(d, CS_OP_CELL, CS_S(list), CS_S(key), CS_S(verdict_cell), CS_S(words[is]));
	cs_emit(d, CS_OP_CELL, CS_S(list), CS_S(key), CS_S(digest_cell), CS_S(digest));
}

static bool given(const struct cs_decision *d, const char *as)
{
	const struct cs_field *f = cs_kind_field_as(d->v.kind, as);

	return f && cs_given_has(d->req->set, d->req->set_count, f->id);
}

static int approve(struct cs_decision *d, struct cs_err *e)
{
	const struct cs_field *f = cs_kind_field_as(d->v.kind, "notice");
	struct cs_notice_draft draft;
	int rc = cs_publication_draft(d->s, &d->after, d->v.kind, NULL, &draft, e);

	if (rc < 0)
		return -1;
	if (rc == 0)
		return cs_fail(e, CS_REFUSED, "%s: there is no text to publish%s%s", d->step->id, f ? ": " : "",
			       f ? f->id : "");
	put(d, CS_PUBLICATION_APPROVED, draft.digest);
	cs_emit(d, CS_OP_NOTE, CS_S("blacked_out"), CS_I((int64_t)draft.redacted.count));
	return 0;
}

int cs_decide_publication(struct cs_decision *d, struct cs_err *e)
{
	struct cs_notice_draft draft;
	const char *digest;
	int rc;

	if (d->step->publication[0])
		return approve(d, e);
	if (d->step->publication[1]) {
		put(d, CS_PUBLICATION_DECLINED, NULL);
		return 0;
	}
	if (cs_publication_of(&d->after, &digest) != CS_PUBLICATION_APPROVED ||
	    (!given(d, "notice") && !given(d, "area")))
		return 0;
	rc = cs_publication_draft(d->s, &d->after, d->v.kind, NULL, &draft, e);
	if (rc == 1 && strcmp(draft.digest, digest) != 0)
		put(d, CS_PUBLICATION_CHANGED, NULL);
	return rc < 0 ? -1 : 0;
}
