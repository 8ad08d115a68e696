/* Who complains: people join a ticket, complain again, and leave. */
#include <stdio.h>
#include <string.h>

#include "domain/decision.h"
#include "domain/party.h"

int cs_decide_capacity(const struct cs_decision *d, const char *capacity, struct cs_err *e)
{
	const struct cs_ids *known = d->v.kind->capacities.count ? &d->v.kind->capacities
								 : cs_policy_codes(d->v.policy, "capacity");

	return known && cs_ids_has(known, capacity)
		       ? 0
		       : cs_fail(e, CS_USAGE, "kind %s knows no capacity '%s'", d->v.kind->id, capacity);
}

int cs_decide_for_whom(const struct cs_decision *d, const char *capacity, int64_t principal, struct cs_err *e)
{
	const bool registers = d->step == d->v.kind->register_step;
	const bool agent = capacity && cs_ids_has(&d->v.kind->agents, capacity);
	const bool named = principal && principal != CS_NULL;
	char how[80];

	if (d->v.kind->agents.count && !agent && named && !d->req->history)
		return cs_fail(e, CS_REFUSED,
			       "%s: who complains as %s speaks for himself; for somebody else, as %s (--capacity)",
			       d->step->id, capacity ? capacity : "customer", d->v.kind->agents.id[0]);
	if (!agent || named || d->req->history)
		return 0;
	if (d->req->from_row)
		snprintf(how, sizeof how, "column %s", cs_decide_heading(d, "for"));
	else
		snprintf(how, sizeof how, "%s",
			 registers && d->req->party_count ? "--for NAME; of others --also ...,for=NAME" : "--for NAME");
	return cs_fail(e, CS_REFUSED, "%s: who complains as %s speaks for somebody else: for whom? (%s)", d->step->id,
		       capacity, how);
}

static bool needs_party(const struct cs_step *st)
{
	for (size_t i = 0; i < st->need_count; i++)
		if (st->need[i].word && strcmp(st->need[i].word, "party") == 0)
			return true;
	return false;
}

static const struct cs_party_row *party_of(const struct cs_image *im, int64_t person)
{
	for (size_t i = 0; i < cs_image_count(im, CS_P_PARTY); i++) {
		const struct cs_party_row *p = cs_image_at(im, CS_P_PARTY, i);

		if (p->until == CS_NULL && p->person == person)
			return p;
	}
	return NULL;
}

/* Takes part from now on, as what is said; who does already does so in one capacity. */
static int join(struct cs_decision *d, const struct cs_complainant *c, struct cs_err *e)
{
	struct cs_arena *a = d->after.arena;
	const struct cs_party_row *p = party_of(&d->after, c->person);
	const char *capacity = c->capacity ? c->capacity : p ? p->capacity : "customer";
	int64_t seq = p ? p->seq : 0;

	if (p && strcmp(p->capacity, capacity) != 0) {
		cs_emit(d, CS_OP_PARTY_END, CS_I(seq), CS_I(d->ev.at));
		p = NULL;
	}
	if (!p) {
		seq = cs_image_next_seq(&d->after, CS_P_PARTY);
		cs_emit(d, CS_OP_PARTY, CS_I(seq), CS_I(c->person), CS_S(cs_arena_strdup(a, capacity)));
	}
	if (c->called) {
		cs_effects_private(d->out, cs_arena_printf(a, "party.%lld.name", (long long)seq), c->called);
		cs_emit(d, CS_OP_PARTY_NAME, CS_I(seq));
	}
	if (p && p->principal != CS_NULL && c->principal != CS_NULL && p->principal != c->principal &&
	    cs_ids_has(&d->v.kind->agents, capacity))
		return cs_fail(
			e, CS_REFUSED,
			"%s: who complains speaks for %s in it already: what he says for another is a complaint of "
			"its own, or he leaves this one first",
			d->step->id, cs_person_called(d->s, p->principal, a));
	if (cs_decide_for_whom(d, capacity, c->principal != CS_NULL || !p ? c->principal : p->principal, e) < 0)
		return -1;
	if (c->principal != CS_NULL && (!p || p->principal != c->principal))
		cs_emit(d, CS_OP_PRINCIPAL, CS_I(seq), CS_I(c->principal));
	return 0;
}

/* Whose complaint it is: an agent's that of his principal. person CS_NULL: nobody known. */
static void appeal(struct cs_decision *d, int64_t person)
{
	const struct cs_party_row *p = person == CS_NULL ? NULL : party_of(&d->after, person);
	int64_t seq = cs_image_next_seq(&d->after, CS_P_APPEAL);

	cs_emit(d, CS_OP_APPEAL, CS_I(seq), CS_I(p && p->principal != CS_NULL ? p->principal : person));
}

static int leave(struct cs_decision *d, const struct cs_complainant *c, struct cs_err *e)
{
	const struct cs_party_row *p = party_of(&d->after, c->person);
	size_t others = 0;

	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_PARTY); i++) {
		const struct cs_party_row *o = cs_image_at(&d->after, CS_P_PARTY, i);

		others += o->until == CS_NULL && o->person != c->person;
	}
	if (!p)
		return cs_fail(e, CS_REFUSED, "%s: no such party takes part", d->step->id);
	if (!others)
		return cs_fail(e, CS_REFUSED, "%s: nobody else takes part; without anybody there is no complaint",
			       d->step->id);
	cs_emit(d, CS_OP_PARTY_END, CS_I(p->seq), CS_I(d->ev.at));
	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_CALLBACK); i++) {
		const struct cs_callback_row *b = cs_image_at(&d->after, CS_P_CALLBACK, i);

		if (b->person == c->person && cs_callback_to_make(b))
			cs_emit(d, CS_OP_CALL_END, CS_I(b->seq), CS_S("dropped"), CS_S("left"));
	}
	return 0;
}

int cs_decide_parties(struct cs_decision *d, struct cs_err *e)
{
	bool registers = d->step == d->v.kind->register_step, needs = needs_party(d->step);

	if (d->req->party_count && !registers && !needs && !cs_ids_has(&d->step->takes, "party"))
		return cs_fail(e, CS_REFUSED, "%s takes nobody: who complains is given with a step that takes party",
			       d->step->id);
	if (d->req->party_count == 0 && needs && !registers && !d->step->leaves && d->v.kind->anonymous)
		appeal(d, CS_NULL);
	for (size_t i = 0; i < d->req->party_count; i++) {
		const struct cs_complainant *c = &d->req->complainant[i];

		if (c->capacity && cs_decide_capacity(d, c->capacity, e) < 0)
			return -1;
		if (d->step->leaves) {
			if (leave(d, c, e) < 0)
				return -1;
			continue;
		}
		if (join(d, c, e) < 0)
			return -1;
		appeal(d, c->person);
	}
	return 0;
}
