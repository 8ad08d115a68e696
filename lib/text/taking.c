#include "text/taking.h"

#include <stdio.h>
#include <string.h>

#include "domain/access.h"
#include "domain/act.h"
#include "domain/approval.h"
#include "domain/fold.h"
#include "domain/merge.h"
#include "domain/names.h"
#include "domain/policy_words.h"
#include "store/ref.h"
#include "text/desk.h"
#include "text/process.h"
#include "text/tickets.h"

static const struct cs_column columns[] = {{.name = "ref"}, {.name = "step"}, {.name = "state"}};

/* A step that no kind has, by id or label, is wrong usage, whatever the tickets are. */
static int check_step(const struct cs_session *s, const char *step, struct cs_err *e)
{
	char section[128];

	if (cs_session_need_policy(s, e) < 0)
		return -1;
	for (size_t i = 0; i < s->policy->kind_count; i++) {
		const struct cs_kind *k = &s->policy->kind[i];
		const char *id;

		snprintf(section, sizeof section, "kinds/%s/steps", k->id);
		id = cs_name_find(s->policy, section, step, NULL);
		if (id && strcmp(id, k->register_step->id) != 0)
			return 0;
	}
	return cs_name_find(s->policy, "steps", step, e)
		       ? cs_fail(e, CS_USAGE, "%s: cs-intake(1) registers tickets", step)
		       : -1;
}

/* A text that was approved already and gave way to another. */
static void tell_dropped(const struct cs_image *im, const struct cs_approval_row *put, const char *ref)
{
	for (size_t i = 0; i < cs_image_count(im, CS_P_APPROVAL); i++) {
		const struct cs_approval_row *r = cs_image_at(im, CS_P_APPROVAL, i);

		if (r->seq == put->seq - 1 && strcmp(r->step, put->step) == 0 && strcmp(r->state, "dropped") == 0)
			cs_note(r->staff == CS_NULL ? "%s: the %s that waited for approval before is dropped"
						    : "%s: the %s that was approved before is dropped",
				ref, r->step);
	}
}

/* What the step came to, where it was put to approval; NULL: it was taken. */
static const struct cs_approval_row *put_now(struct cs_session *s, const struct cs_image *im)
{
	const struct cs_approval_row *row = cs_approval_open(im, NULL);
	struct cs_event ev;

	return row && cs_event_last_step(s->db, im->t.id, CS_STEP_ASK, 0, &ev, NULL) == 1 && ev.id == im->t.last_event
		       ? row
		       : NULL;
}

static void tell_put(struct cs_session *s, const struct cs_image *im, const struct cs_approval_row *put,
		     const char *ref)
{
	const char *missing = cs_approval_missing(s, im, put, &s->work);

	if (missing)
		cs_note("%s: %s: by now %s must agree, too: it is put to approval, what was given before stays", ref,
			put->step, missing);
	else
		cs_note("%s: %s is put to approval: it is taken again once that is given", ref, put->step);
}

static int act(struct cs_tickets *t, int64_t ticket, struct cs_err *e)
{
	struct cs_request req = *(const struct cs_request *)t->arg;
	struct cs_image im;
	const struct cs_approval_row *put;
	char ref[CS_REF_SIZE], asked[CS_REF_SIZE];
	int64_t shown;

	req.at = t->at;
	if (cs_merge_step(t->s, ticket, &req, &im, e) < 0)
		return -1;
	if (im.t.id != ticket)
		cs_note(strcmp(cs_act_step_id(t->s, &im, req.step), CS_STEP_MERGE) == 0
				? "%s: the older of the two survives: %s is merged into it"
				: "%s is merged: the step is taken on %s",
			cs_ref_text(ticket, asked), cs_access_ref(t->s, im.t.id, ref));
	shown = cs_access_named(t->s, im.t.id, ticket);
	cs_ref_text(shown, ref);
	put = put_now(t->s, &im);
	if (put) {
		tell_dropped(&im, put, ref);
		tell_put(t->s, &im, put, ref);
	}
	cs_tickets_row(t, (struct cs_cell[]){cs_cell_text(ref),
					     cs_cell_text(put ? CS_STEP_ASK : cs_act_step_id(t->s, &im, req.step)),
					     cs_cell_text(shown == im.t.id ? im.t.state : NULL)});
	return 0;
}

/* --same-as and --into. */
static int read_refs(const struct cs_taking *o, struct cs_arena *a, struct cs_request *req, struct cs_err *e)
{
	struct cs_given *set = cs_arena_alloc(a, (req->set_count + 1) * sizeof *set);

	if (o->into && !(req->into = cs_ref_parse(o->into, e)))
		return cs_fail_in(e, "--into");
	if (!o->same_as)
		return 0;
	if (cs_given_has(req->set, req->set_count, CS_LINK_SAME))
		return cs_fail(e, CS_USAGE, "--same-as and --set " CS_LINK_SAME " say the same");
	if (req->set_count)
		memcpy(set, req->set, req->set_count * sizeof *set);
	set[req->set_count++] = (struct cs_given){CS_LINK_SAME, o->same_as};
	req->set = set;
	return 0;
}

int cs_taking_run(struct cs_cli *cli, struct cs_taking *o, const char *step, size_t first, struct cs_err *e)
{
	struct cs_request req = {.step = step, .note = o->note, .override = o->override};
	struct cs_arena arena = {0};
	struct cs_texts refs = {0};
	struct cs_tickets t = {
		.cli = cli,
		.column = columns,
		.column_count = sizeof columns / sizeof *columns,
		.act = act,
		.arg = &req,
	};
	int rc = -1;

	if (cs_given_read(&o->given, &arena, &req, e) < 0 || read_refs(o, &arena, &req, e) < 0 ||
	    cs_given_customer(&req, &o->customer, &arena, e) < 0 || cs_cli_refs(cli, first, &refs, e) < 0)
		goto out;
	if (cs_desk_open(cli, CS_DB_WRITE, CS_RIGHT_STAFF, &t.s, e) < 0 || check_step(t.s, req.step, e) < 0)
		goto out;
	rc = cs_tickets_run(&t, &refs, e);
out:
	cs_session_close(t.s);
	cs_texts_free(&refs);
	cs_given_free(&o->given);
	cs_arena_free(&arena);
	return rc;
}
