/* cs-show: one ticket whole, or a form printed for it. */
#include <stdlib.h>
#include <string.h>

#include "domain/access.h"
#include "domain/names.h"
#include "domain/policy_words.h"
#include "store/ref.h"
#include "text/desk.h"
#include "text/form.h"
#include "text/hidden.h"
#include "text/process.h"
#include "text/show.h"

static const char *form_name, *why;

static const struct cs_opt options[] = {
	{.name = "form", .arg = "NAME", .help = "print this form instead (work-order)", .text = &form_name},
	{.name = "why",
	 .arg = "REASON",
	 .help = "why a ticket is read whose readers are recorded (a code of the list reading)",
	 .text = &why},
	{0},
};

/* What is printed goes to one of the two. */
struct printer {
	struct cs_session *s;
	const struct cs_form *form;
	struct cs_out *out;
	size_t printed;
};

static int print_form(struct printer *p, const struct cs_image *im, struct cs_err *e)
{
	struct cs_buf page = {0};
	int rc = cs_form_print(p->s, im, p->form, &page, e);

	if (rc == 0 && p->printed)
		fputc('\f', stdout);
	if (rc == 0)
		fputs(cs_hide_kept(p->s, cs_buf_str(&page), im->arena), stdout);
	if (rc == 0)
		cs_form_remark(p->s, im, p->form);
	cs_buf_free(&page);
	return rc;
}

/* Loads one that may be read. CS_USAGE, CS_NOTFOUND, CS_DENIED: not this one. */
static int load(struct printer *p, const char *ref, struct cs_image *im, struct cs_err *e)
{
	const struct cs_access_rule *rule;
	int64_t id;

	cs_arena_reset(&p->s->work);
	cs_image_init(im, &p->s->work);
	if (cs_desk_ref(p->s, ref, &id, e) < 0 || cs_image_load(im, p->s->db, id, e) < 0)
		return -1;
	rule = cs_access_kept(p->s, im);
	return rule ? cs_access_refuse(p->s, im, rule, e) : 0;
}

static bool not_this_one(const struct cs_err *e)
{
	return e->code == CS_USAGE || e->code == CS_NOTFOUND || e->code == CS_DENIED;
}

/* One reference: 0 printed, 1 there is none (named), -1. */
static int print_one(struct printer *p, const char *ref, bool only, struct cs_err *e)
{
	struct cs_err odd = {0};
	struct cs_image im;
	int rc = load(p, ref, &im, &odd);

	if (rc < 0 && (only || !not_this_one(&odd))) {
		*e = odd;
		return -1;
	}
	if (rc < 0) {
		cs_msg("%s", odd.text);
		return 1;
	}
	if ((p->form ? print_form(p, &im, e) : cs_show_ticket(p->s, &im, p->out, e)) < 0)
		return -1;
	p->printed++;
	return 0;
}

static int print_all(struct printer *p, const struct cs_texts *refs, struct cs_err *e)
{
	struct cs_ref *list;
	size_t count;
	int rc = 0;

	if (cs_db_begin_read(p->s->db, e) < 0)
		return -1;
	list = cs_refs_choose(refs, &count);
	for (size_t i = 0; i < count && !ferror(stdout); i++) {
		int one = print_one(p, refs->item[list[i].place], count == 1, e);

		if (one < 0)
			rc = -1;
		else if (one > 0)
			rc = cs_err_exit(CS_REFUSED);
		if (one < 0)
			break;
	}
	free(list);
	cs_db_rollback(p->s->db);
	return rc;
}

/* What is read of these, and by which rule it is recorded. */
struct reading {
	int64_t ticket;
	const struct cs_access_rule *rule;
};

static int find_readings(struct printer *p, const struct cs_texts *refs, struct reading *list, size_t *count,
			 struct cs_err *e)
{
	struct cs_ref *chosen;
	size_t n;
	int rc = 0;

	*count = 0;
	chosen = cs_refs_choose(refs, &n);
	for (size_t i = 0; rc == 0 && i < n; i++) {
		const struct cs_access_rule *rule;
		struct cs_err odd = {0};
		struct cs_image im;

		if (load(p, refs->item[chosen[i].place], &im, &odd) < 0) {
			if (!not_this_one(&odd)) {
				*e = odd;
				rc = -1;
			}
			continue;
		}
		rule = cs_access_logged(p->s, &im);
		if (rule)
			list[(*count)++] = (struct reading){im.t.id, rule};
	}
	free(chosen);
	return rc;
}

static int record(const struct cs_cli *cli, const struct reading *list, size_t count, struct cs_err *e)
{
	struct cs_session *s = NULL;
	int rc = -1;

	if (cs_desk_open(cli, CS_DB_WRITE, CS_RIGHT_STAFF, &s, e) < 0 || cs_session_begin(s, e) < 0)
		goto out;
	for (size_t i = 0; i < count; i++)
		if (cs_access_record(s, list[i].ticket, list[i].rule, why, e) < 0)
			goto out;
	rc = cs_session_commit(s, e);
out:
	cs_session_close(s);
	return rc;
}

/* Before anything is printed: who reads what is kept back says why, and that is recorded. */
static int record_readings(struct printer *p, const struct cs_cli *cli, const struct cs_texts *refs, struct cs_err *e)
{
	struct reading *list;
	size_t count = 0;
	int rc;

	if (why && (!p->s->policy || !cs_policy_codes(p->s->policy, CS_CODES_READING)))
		return cs_fail(e, CS_USAGE, "--why: the rules in force record no reading");
	if (why && !(why = cs_name_find(p->s->policy, "codes/" CS_CODES_READING, why, e)))
		return cs_fail_in(e, "--why");
	if (!p->s->policy || p->s->policy->access_count == 0)
		return 0;
	list = cs_alloc((refs->count + 1) * sizeof *list);
	rc = find_readings(p, refs, list, &count, e);
	if (rc == 0 && count && !why)
		rc = cs_fail(e, CS_USAGE,
			     "who reads this is recorded: say why (--why REASON, cs-policy explain codes/%s)",
			     CS_CODES_READING);
	if (rc == 0 && count)
		rc = record(cli, list, count, e);
	free(list);
	return rc;
}

static int run(struct cs_cli *cli, struct cs_err *e)
{
	struct printer p = {0};
	struct cs_texts refs = {0};
	int rc = -1;

	if (form_name && cli->common.format_given)
		return cs_fail(e, CS_USAGE, "--form prints a form as it is; --format does not go with it");
	if (cs_cli_refs(cli, 0, &refs, e) < 0 || cs_desk_open(cli, CS_DB_READ, CS_RIGHT_STAFF, &p.s, e) < 0)
		goto out;
	if (form_name) {
		p.form = cs_session_need_policy(p.s, e) == 0 ? cs_form_find(p.s->policy, form_name, e) : NULL;
		if (!p.form)
			goto out;
	} else {
		p.out = cs_out_open(stdout, cli->common.format, cs_show_columns, cs_show_column_count);
	}
	rc = record_readings(&p, cli, &refs, e) < 0 ? -1 : print_all(&p, &refs, e);
	if (cs_out_close(p.out, rc < 0 ? NULL : e) < 0)
		rc = -1;
out:
	cs_session_close(p.s);
	cs_texts_free(&refs);
	return rc;
}

int main(int argc, char **argv)
{
	static const struct cs_command command = {
		.synopsis = "[-q] [-d PATH] [-f F] [--as LOGIN] [--now TIME] [--form NAME] [--why REASON] REF...|-",
		.about = "Prints tickets whole: facts, parties, clocks, rungs, duties, call-backs, evidence, history.",
		.takes = CS_TAKES_VIEWER,
		.operands_min = 1,
		.operands_max = SIZE_MAX,
		.options = options,
		.run = run,
	};
	static const struct cs_program program = {"cs-show", "Prints one ticket whole, or a form for it.", &command, 1};

	return cs_cli_main(&program, argc, argv);
}
