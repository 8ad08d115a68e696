/* cs-show: one ticket whole, or a form printed for it. */
#include <stdlib.h>
#include <string.h>

#include "domain/image.h"
#include "store/ref.h"
#include "text/desk.h"
#include "text/form.h"
#include "text/process.h"
#include "text/show.h"

static const char *form_name;

static const struct cs_opt options[] = {
	{.name = "form", .arg = "NAME", .help = "print this form instead (work-order)", .text = &form_name},
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
		fwrite(page.data, 1, page.len, stdout);
	cs_buf_free(&page);
	return rc;
}

/* One reference: 0 printed, 1 there is none (named), -1. */
static int print_one(struct printer *p, const char *ref, bool only, struct cs_err *e)
{
	struct cs_err why = {0};
	struct cs_image im;
	int64_t id;
	int rc = cs_desk_ref(p->s, ref, &id, &why);

	if (rc < 0 && (only || (why.code != CS_USAGE && why.code != CS_NOTFOUND))) {
		*e = why;
		return -1;
	}
	if (rc < 0) {
		cs_msg("%s", why.text);
		return 1;
	}
	cs_arena_reset(&p->s->work);
	cs_image_init(&im, &p->s->work);
	if (cs_image_load(&im, p->s->db, id, e) < 0)
		return -1;
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
	rc = print_all(&p, &refs, e);
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
		.synopsis = "[-q] [-d PATH] [-f F] [--now TIME] [--form NAME] REF...|-",
		.about = "Prints tickets whole: facts, parties, clocks, rungs, duties, call-backs, evidence, history.",
		.takes = CS_TAKES_READER,
		.operands_min = 1,
		.operands_max = SIZE_MAX,
		.options = options,
		.run = run,
	};
	static const struct cs_program program = {"cs-show", "Prints one ticket whole, or a form for it.", &command, 1};

	return cs_cli_main(&program, argc, argv);
}
