/* Fields that follow from the rows of a list. */
#include <string.h>

#include "domain/decision.h"
#include "domain/values.h"

static bool touched(const struct cs_decision *d, const char *list)
{
	for (size_t i = 0; i < d->row_count; i++)
		if (strcmp(d->row[i].list, list) == 0)
			return true;
	return false;
}

/* A paper may be older than what it belongs to. With the registration it may also be that this came in then: who
   registers says which. */
static int bound(const struct cs_decision *d, const struct cs_field *f, struct cs_value *v, struct cs_err *e)
{
	const struct cs_ids *by = &f->is.not_before;
	const bool registers = d->step == d->v.kind->register_step && !d->req->history;
	struct cs_arena *a = d->after.arena;

	for (size_t i = 0; v->type == CS_V_INT && i < by->count; i++) {
		struct cs_value least = cs_view_value(&d->v, by->id[i]);

		if (least.type != CS_V_INT)
			continue;
		if (v->i < least.i && registers && i > 0)
			return cs_fail(e, CS_REFUSED,
				       "%s.%s: %s lies before %s, when it was registered: "
				       "say when it came in (%s)",
				       f->is.list, f->is.column, cs_value_show(d->s, f->type, v, a),
				       cs_value_show(d->s, f->type, &least, a), by->id[0]);
		v->i = least.i > v->i ? least.i : v->i;
		break;
	}
	return 0;
}

/* NONE while a row that counts, or may count, has no value, and where no row counts. */
static struct cs_value follow(const struct cs_decision *d, const struct cs_derived *is)
{
	const struct cs_value none = {CS_V_NONE, 0, NULL};
	struct cs_value result = none;

	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_ROW); i++) {
		const struct cs_ticket_row_row *r = cs_image_at(&d->after, CS_P_ROW, i);
		enum cs_truth counts;
		struct cs_value v;

		if (strcmp(r->list, is->list) != 0)
			continue;
		counts = cs_view_row_truth(&d->v, r, is->where);
		if (counts == CS_FALSE)
			continue;
		v = cs_image_cell(&d->after, r, is->column);
		if (counts == CS_UNKNOWN || v.type != CS_V_INT)
			return none;
		if (result.type != CS_V_NONE && is->how == CS_DERIVED_SUM)
			result.i += v.i;
		else if (result.type == CS_V_NONE || v.i > result.i)
			result = v;
	}
	return result;
}

/* A clock may count from it, and what is still to come has not been received. */
static int check_past(const struct cs_decision *d, const struct cs_field *f, const struct cs_value *v, struct cs_err *e)
{
	const struct cs_zone *z = d->v.policy->zone;
	char at[40];

	if (f->is.how != CS_DERIVED_LAST || v->type != CS_V_INT || d->req->history)
		return 0;
	if (f->type == CS_FIELD_TIME ? v->i <= d->ev.at : v->i <= cs_time_day(z, d->ev.at))
		return 0;
	return cs_fail(e, CS_REFUSED, "%s.%s: %s lies after the step itself, at %s", f->is.list, f->is.column,
		       cs_value_show(d->s, f->type, v, d->after.arena), cs_time_text_minute(z, d->ev.at, at));
}

int cs_decide_derived(struct cs_decision *d, struct cs_err *e)
{
	for (size_t i = 0; i < d->v.kind->field_count; i++) {
		const struct cs_field *f = &d->v.kind->field[i];
		const struct cs_value *old = cs_image_own(&d->after, f->id);
		struct cs_value v;

		if (!f->is.how || !touched(d, f->is.list))
			continue;
		v = follow(d, &f->is);
		if (check_past(d, f, &v, e) < 0 || bound(d, f, &v, e) < 0)
			return -1;
		if (old ? v.type == CS_V_INT && v.i == old->i : v.type == CS_V_NONE)
			continue;
		cs_emit(d, CS_OP_FIELD, CS_S(f->id), v);
	}
	return 0;
}
