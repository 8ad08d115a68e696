/* Forms. Each part of a form has one renderer; labels are the policy's Chinese ones. */
#include "text/form.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "domain/duty.h"
#include "domain/effect.h"
#include "domain/fold.h"
#include "domain/names.h"
#include "domain/party.h"
#include "domain/publication.h"
#include "domain/request.h"
#include "domain/values.h"
#include "store/ref.h"
#include "text/hidden.h"
#include "text/process.h"

#define LANG "zh"
enum { LABEL_WIDTH = 14, HALF = CS_FORM_WIDTH / 2 };

struct page {
	struct cs_session *s;
	const struct cs_image *im;
	const struct cs_kind *kind;
	const struct cs_form *form;
	struct cs_arena *a;
	struct cs_buf *out;
};

const struct cs_form *cs_form_find(const struct cs_policy *p, const char *name, struct cs_err *e)
{
	char id[128];
	const char *found;

	snprintf(id, sizeof id, "%s", name);
	for (char *c = id; *c; c++)
		if (*c == '-')
			*c = '_';
	found = cs_name_find(p, "forms", cs_policy_form(p, id) ? id : name, e);
	return found ? cs_policy_form(p, found) : NULL;
}

static const char *label(struct page *p, const char *prefix, const char *id)
{
	return cs_policy_label(p->s->policy, LANG, cs_arena_printf(p->a, "%s%s", prefix, id));
}

static const char *kind_label(struct page *p, const char *part, const char *id)
{
	return cs_policy_label(p->s->policy, LANG, cs_arena_printf(p->a, "kinds/%s/%s/%s", p->kind->id, part, id));
}

/* --- drawing ---------------------------------------------------------------- */

static void blanks(struct page *p, size_t n)
{
	while (n-- > 0)
		cs_buf_putc(p->out, ' ');
}

static void line_of(struct page *p, char c)
{
	for (int i = 0; i < CS_FORM_WIDTH; i++)
		cs_buf_putc(p->out, c);
	cs_buf_putc(p->out, '\n');
}

/* A text padded to `width` columns, or cut there. */
static void put_padded(struct page *p, const char *text, size_t width, bool right)
{
	size_t used, n = cs_utf8_cut(text, width, &used);

	if (right)
		blanks(p, width - used);
	cs_buf_add(p->out, text, n);
	if (!right)
		blanks(p, width - used);
}

static void end_line(struct page *p)
{
	while (p->out->len && p->out->data[p->out->len - 1] == ' ')
		p->out->data[--p->out->len] = '\0';
	cs_buf_putc(p->out, '\n');
}

/* Control characters of a text would leave the paper; a reference is looked at before it is broken over two lines. */
static char *clean(struct page *p, const char *text)
{
	char *copy = cs_arena_strdup(p->a, cs_hide_kept(p->s, text, p->a));

	for (char *c = copy; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			*c = ' ';
	return copy;
}

static bool is_wide(const char *name)
{
	return cs_utf8_width(name) >= LABEL_WIDTH;
}

static bool closes(const char *at)
{
	static const char *const marks[] = {"，", "。", "、", "；", "：", "？", "！", "）", "》", "」",
					    "』", "”",  "’",  ",",  ".",  ";",  ":",  "?",  "!",  ")"};

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (strncmp(at, marks[i], strlen(marks[i])) == 0)
			return true;
	return false;
}

/* Bytes of a line: no mark that closes something begins the next one; the character before it goes with it. */
static size_t cut_line(const char *text, size_t width)
{
	size_t n = cs_utf8_cut(text, width, NULL), back = n;

	while (back > 0 && closes(text + back))
		for (back--; back > 0 && ((unsigned char)text[back] & 0xC0) == 0x80;)
			back--;
	return back > 0 ? back : n;
}

/* "label: text" over as many lines as it takes, later ones indented. A wide label takes from the first. */
static void put_text(struct page *p, const char *name, const char *text)
{
	const char *rest = clean(p, text ? text : "");
	size_t room = CS_FORM_WIDTH - 2, label = is_wide(name) ? cs_utf8_width(name) + 1 : LABEL_WIDTH;

	label = label < room / 2 ? label : room / 2;
	blanks(p, 2);
	put_padded(p, name, label - 1, false);
	blanks(p, 1);
	for (bool first = true; first || *rest; first = false) {
		size_t n = cut_line(rest, room - (first ? label : LABEL_WIDTH));

		if (!first)
			blanks(p, LABEL_WIDTH + 2);
		cs_buf_add(p->out, rest, n);
		end_line(p);
		if (n == 0)
			break;
		rest += n;
		rest += strspn(rest, " ");
	}
}

/* Two short values on one line. Long ones take a line of their own. */
static void put_pair(struct page *p, const char *name1, const char *text1, const char *name2, const char *text2)
{
	if (is_wide(name1) || is_wide(name2) || cs_utf8_width(text1) > HALF - LABEL_WIDTH - 4 ||
	    cs_utf8_width(text2) > HALF - LABEL_WIDTH) {
		put_text(p, name1, text1);
		put_text(p, name2, text2);
		return;
	}
	blanks(p, 2);
	put_padded(p, name1, LABEL_WIDTH, false);
	put_padded(p, clean(p, text1), HALF - LABEL_WIDTH - 2, false);
	put_padded(p, name2, LABEL_WIDTH, false);
	cs_buf_puts(p->out, clean(p, text2));
	end_line(p);
}

static const char *time_text(struct page *p, cs_time t)
{
	char buf[32];

	return t == CS_NULL ? "" : cs_arena_strdup(p->a, cs_time_text_minute(cs_session_zone(p->s), t, buf));
}

/* Midnight is the end of the day before, as people read it. */
static const char *due_text(struct page *p, cs_time t)
{
	const struct cs_zone *z = cs_session_zone(p->s);
	char buf[32];

	if (t == CS_NULL || cs_day_start(z, cs_time_day(z, t)) != t)
		return time_text(p, t);
	cs_time_text_minute(z, t - 1, buf);
	return cs_arena_printf(p->a, "%.10s 24:00", buf);
}

/* --- parts ------------------------------------------------------------------ */

/* The description lies with the event that registered the ticket. */
static int find_body(struct page *p, const char **body, struct cs_err *e)
{
	struct cs_stmt *walk = cs_event_of(p->s->db, "ticket", p->im->t.id, e);
	struct cs_effects l = {.arena = p->a};
	struct cs_event ev;
	int rc = walk ? cs_event_next(walk, &ev, e) : -1;

	*body = NULL;
	if (rc == 1) {
		rc = cs_effects_read(&l, ev.facts, ev.private_part, e);
		*body = cs_effects_text(&l, "body");
		cs_stmt_done(walk);
	}
	return rc < 0 ? -1 : 0;
}

/* What is not known yet is written by hand. */
static const char *or_line(const char *text)
{
	return text && *text ? text : "____________";
}

static int put_person(struct page *p, const char *as, int64_t id, const char *called, struct cs_err *e)
{
	struct cs_person_row person = {0};
	const char *name = called;

	if (id != CS_NULL && cs_table_find(p->s->db, &cs_person_table, id, p->a, &person, e) < 0)
		return -1;
	if (!name)
		name = person.name;
	if (name)
		put_text(p, as, name);
	return 0;
}

/* For whom an agent speaks, and who complains with the customer. */
static int put_others(struct page *p, struct cs_err *e)
{
	for (size_t i = 0; i < cs_image_count(p->im, CS_P_PARTY); i++) {
		const struct cs_party_row *r = cs_image_at(p->im, CS_P_PARTY, i);

		if (r->until != CS_NULL)
			continue;
		if (r->seq > 1 && put_person(p, "同诉人", r->person, r->name, e) < 0)
			return -1;
		if (r->principal != CS_NULL && put_person(p, "委托人", r->principal, NULL, e) < 0)
			return -1;
	}
	return 0;
}

static int put_customer(struct page *p, struct cs_err *e)
{
	struct cs_person_row person = {0};
	struct cs_premises_row home = {0};
	const struct cs_ticket_row *t = &p->im->t;
	const char *called;
	int rc = 0;

	if (t->customer != CS_NULL)
		rc = cs_table_find(p->s->db, &cs_person_table, t->customer, p->a, &person, e);
	if (rc >= 0 && t->premises != CS_NULL)
		rc = cs_table_find(p->s->db, &cs_premises_table, t->premises, p->a, &home, e);
	if (rc < 0)
		return -1;
	put_pair(p, "客户", or_line(person.name), "电话", or_line(person.phone));
	called = cs_image_called(p->im, t->customer);
	if (called)
		put_text(p, "联系人", called);
	if (put_others(p, e) < 0)
		return -1;
	put_text(p, "地址", or_line(home.address));
	return 0;
}

static const char *value_text(struct page *p, const struct cs_field *f, const struct cs_value *v)
{
	return cs_value_words(p->s, LANG, f, v, p->a);
}

/* Forms for readers outside name what they show. */
static bool shows(const struct page *p, const char *field)
{
	return p->form->fields.count == 0 || cs_ids_has(&p->form->fields, field);
}

static void put_coded_fields(struct page *p)
{
	for (size_t i = 0; i < p->kind->field_count; i++) {
		const struct cs_field *f = &p->kind->field[i];
		const struct cs_value *v = cs_image_own(p->im, f->id);

		if (v && f->type != CS_FIELD_TEXT && shows(p, f->id))
			put_text(p, kind_label(p, "fields", f->id), value_text(p, f, v));
	}
}

static int put_facts(struct page *p, struct cs_err *e)
{
	const struct cs_ticket_row *t = &p->im->t;
	const struct cs_unit_row *unit = cs_org_unit(&p->s->org, t->handling);
	const struct cs_staff_row *person = cs_org_staff(&p->s->org, t->assignee);
	const bool inside = p->form->fields.count == 0;
	const char *body;

	if (find_body(p, &body, e) < 0)
		return -1;
	put_pair(p, "类型", label(p, "kinds/", p->kind->id), "渠道",
		 t->channel ? label(p, "channels/", t->channel) : "");
	if (inside)
		put_pair(p, "分类", or_line(t->category ? label(p, "categories/", t->category) : NULL), "优先级",
			 t->priority ? label(p, "priority/", t->priority) : "");
	put_pair(p, "登记时间", time_text(p, t->opened_at), inside ? "办理期限" : "",
		 inside ? due_text(p, t->due_at) : "");
	if (put_customer(p, e) < 0)
		return -1;
	put_text(p, "内容", body ? body : t->subject);
	if (inside)
		put_pair(p, "承办部门", or_line(unit ? unit->name : NULL), "承办人",
			 or_line(person ? person->name : NULL));
	put_coded_fields(p);
	return 0;
}

/* The rows of the list that the part is named after; a column each, amounts to the right, each column of them
   added up. */
static int put_list(struct page *p, const char *name, struct cs_err *e)
{
	const struct cs_list *l = cs_kind_list(p->kind, name);
	size_t width, rows = 0;
	int64_t *total;

	(void)e;
	if (!l)
		return 0;
	total = cs_arena_alloc(p->a, l->field_count * sizeof *total);
	width = (CS_FORM_WIDTH - 2) / l->field_count;
	blanks(p, 2);
	for (size_t k = 0; k < l->field_count; k++)
		put_padded(p,
			   cs_policy_label(
				   p->s->policy, LANG,
				   cs_arena_printf(p->a, "kinds/%s/lists/%s/%s", p->kind->id, l->id, l->field[k].id)),
			   width, l->field[k].type == CS_FIELD_MONEY);
	end_line(p);
	for (size_t i = 0; i < cs_image_count(p->im, CS_P_ROW); i++) {
		const struct cs_ticket_row_row *r = cs_image_at(p->im, CS_P_ROW, i);

		if (strcmp(r->list, l->id) != 0)
			continue;
		rows++;
		blanks(p, 2);
		for (size_t k = 0; k < l->field_count; k++) {
			struct cs_value v = cs_image_cell(p->im, r, l->field[k].id);
			bool money = l->field[k].type == CS_FIELD_MONEY;
			const char *shown = cs_value_show(p->s, l->field[k].type, &v, p->a);

			if (money && v.type == CS_V_INT)
				total[k] += v.i;
			if (strcmp(l->field[k].id, l->key) == 0)
				shown = cs_row_words(p->s, l, r->key, p->a);
			put_padded(p, clean(p, shown), width, money);
		}
		end_line(p);
	}
	if (rows) {
		blanks(p, 2);
		for (size_t k = 0; k < l->field_count; k++) {
			const struct cs_value v = CS_I(total[k]);
			bool money = l->field[k].type == CS_FIELD_MONEY;

			put_padded(p,
				   money    ? cs_value_show(p->s, CS_FIELD_MONEY, &v, p->a)
				   : k == 0 ? "合计"
					    : "",
				   width, money);
		}
		end_line(p);
	}
	for (size_t i = rows; i < 3; i++) { /* room to write by hand */
		blanks(p, 2);
		cs_buf_puts(p->out, "____________________________________________________________________________");
		end_line(p);
	}
	return 0;
}

static int put_result(struct page *p, struct cs_err *e)
{
	size_t said = 0;

	(void)e;
	for (size_t i = 0; i < p->kind->field_count; i++) {
		const struct cs_field *f = &p->kind->field[i];
		const struct cs_value *v = cs_image_own(p->im, f->id);

		if (v && f->type == CS_FIELD_TEXT && v->type == CS_V_TEXT && shows(p, f->id)) {
			put_text(p, kind_label(p, "fields", f->id), v->s);
			said++;
		}
	}
	for (int i = 0; said == 0 && i < 3; i++)
		put_text(p, "", "______________________________________________________________");
	if (p->form->fields.count == 0)
		put_text(p, "完成时间", p->im->t.done_at == CS_NULL ? "____________" : time_text(p, p->im->t.done_at));
	return 0;
}

/* A line for each kind of evidence that somebody signs. */
static int put_signatures(struct page *p, struct cs_err *e)
{
	const struct cs_policy *rules = p->s->policy;

	(void)e;
	for (size_t i = 0; i < rules->evidence_count; i++) {
		const struct cs_evidence_kind *kind = &rules->evidence[i];
		const char *signer = NULL;

		if ((!kind->signer_customer && !kind->signer_staff) ||
		    (p->form->evidence.count && !cs_ids_has(&p->form->evidence, kind->id)))
			continue;
		for (size_t k = 0; k < cs_image_count(p->im, CS_P_EVIDENCE); k++) {
			const struct cs_evidence_row *v = cs_image_at(p->im, CS_P_EVIDENCE, k);

			if (strcmp(v->kind, kind->id) == 0)
				signer = v->signer;
		}
		put_pair(p, label(p, "evidence/", kind->id), signer ? signer : "____________", "日期", "____________");
	}
	return 0;
}

static int put_fees(struct page *p, struct cs_err *e)
{
	return put_list(p, "fees", e);
}

/* How it stands: state, who answers for it, what is due. */
static int put_state(struct page *p, struct cs_err *e)
{
	const struct cs_ticket_row *t = &p->im->t;
	const struct cs_staff_row *responsible = cs_org_staff(&p->s->org, t->responsible);

	(void)e;
	put_pair(p, "状态", kind_label(p, "states", t->state), "责任人",
		 or_line(responsible ? responsible->name : NULL));
	put_pair(p, "重要性", t->importance ? label(p, "importance/", t->importance) : "", "升级级别",
		 cs_arena_printf(p->a, "%lld", (long long)t->level));
	put_pair(p, "最近办理", time_text(p, t->last_at), "办理期限", due_text(p, t->due_at));
	return 0;
}

/* Between the texts of a list: （a；b. */
static void add_given(struct cs_buf *list, const char *name, const char *value)
{
	cs_buf_printf(list, "%s%s%s%s", list->len ? "；" : "（", name, *name && *value ? " " : "", value);
}

/* One of what is given with the step, not what follows from it. */
static bool gives(const struct cs_step *st, const char *field)
{
	for (size_t i = 0; i < st->need_count; i++)
		if (st->need[i].word && strcmp(st->need[i].word, field) == 0)
			return true;
	return cs_ids_has(&st->takes, field);
}

/* What an effect of the step was: a coded value given with it, the class it made, the ticket it was merged into, the
   step that was approved or not. */
static void put_effect(struct page *p, const struct cs_step *st, const struct cs_effect *f, struct cs_buf *list)
{
	const char *name = cs_arg_text(f, 0);
	const struct cs_field *field = f->op == CS_OP_FIELD && name ? cs_kind_field(p->kind, name) : NULL;
	char ref[CS_REF_SIZE];

	if (field && f->arg[1].type != CS_V_NONE && gives(st, name) && shows(p, name))
		add_given(list, kind_label(p, "fields", name), value_text(p, field, &f->arg[1]));
	if (f->op == CS_OP_SET && name && strcmp(name, "importance") == 0 && cs_arg_text(f, 1))
		add_given(list, "", label(p, "importance/", cs_arg_text(f, 1)));
	if (f->op == CS_OP_LINK && strcmp(cs_arg_text(f, 1), CS_LINK_MERGED) == 0 && p->form->fields.count == 0)
		add_given(list, "并入", cs_ref_text(cs_arg_int(f, 2), ref));
	for (size_t i = 0; f->op == CS_OP_APPROVAL && i < cs_image_count(p->im, CS_P_APPROVAL); i++) {
		const struct cs_approval_row *r = cs_image_at(p->im, CS_P_APPROVAL, i);

		if (r->seq == cs_arg_int(f, 0) && strcmp(r->step, st->id) != 0)
			add_given(list, "", kind_label(p, "steps", r->step));
	}
}

/* "（媒体 已曝光；热点投诉）"; of the registration nothing, its facts are a part of their own. */
static const char *given_text(struct page *p, const char *step, const struct cs_effects *l)
{
	const struct cs_step *st = cs_kind_step(p->kind, step);
	struct cs_buf list = {0};
	const char *text = "";

	for (size_t i = 0; st != p->kind->register_step && i < l->count; i++)
		put_effect(p, st, &l->effect[i], &list);
	if (list.len)
		text = cs_arena_printf(p->a, "%s）", cs_buf_str(&list));
	cs_buf_free(&list);
	return text;
}

/* The step by which this one took up another ticket or let it go, that ticket in *other; else the event's own. */
static const char *step_of(const struct cs_event *ev, const struct cs_effects *l, const char **other)
{
	const bool absorbs = strcmp(ev->step, CS_STEP_ABSORB) == 0;

	*other = NULL;
	if (!absorbs && strcmp(ev->step, CS_STEP_LET_GO) != 0)
		return ev->step;
	for (size_t i = 0; i < l->count; i++)
		if (l->effect[i].op == CS_OP_NOTE &&
		    strcmp(cs_arg_text(&l->effect[i], 0), absorbs ? CS_NOTE_ABSORBS : CS_NOTE_LETS_GO) == 0)
			*other = cs_arg_text(&l->effect[i], 1);
	return absorbs ? CS_STEP_MERGE : CS_STEP_UNMERGE;
}

/* "（C20261012-0001 并入；办理期限 2026-10-10 24:00）". */
static const char *merged_text(struct page *p, const struct cs_event *ev, const char *other, const struct cs_effects *l)
{
	struct cs_buf list = {0};
	const char *text;

	add_given(&list, other, strcmp(ev->step, CS_STEP_ABSORB) == 0 ? "并入" : "不再并入");
	for (size_t i = 0; i < l->count; i++) {
		const struct cs_effect *f = &l->effect[i];

		if (f->op == CS_OP_SET && strcmp(cs_arg_text(f, 0), "due_at") == 0 && cs_arg_int(f, 1) != CS_NULL)
			add_given(&list, "办理期限", due_text(p, cs_arg_int(f, 1)));
	}
	text = cs_arena_printf(p->a, "%s）", cs_buf_str(&list));
	cs_buf_free(&list);
	return text;
}

/* A step is one of the kind's, or a merge or the end of one as the ticket saw it, for readers inside; what the system
   does by itself is none. */
static int put_steps(struct page *p, bool (*wanted)(const struct page *p, const char *step), struct cs_err *e)
{
	struct cs_stmt *walk = cs_event_of(p->s->db, "ticket", p->im->t.id, e);
	struct cs_event ev;
	size_t said = 0;
	int rc = -1;

	while (walk && (rc = cs_event_next(walk, &ev, e)) == 1) {
		struct cs_effects l = {.arena = p->a};
		const struct cs_staff_row *actor = cs_org_staff(&p->s->org, ev.actor);
		const char *note, *step, *other;

		if (cs_effects_read(&l, ev.facts, ev.private_part, e) < 0) {
			cs_stmt_done(walk);
			return -1;
		}
		step = step_of(&ev, &l, &other);
		if (!cs_kind_step(p->kind, step) || !wanted(p, step) ||
		    (step != ev.step && (!other || p->form->fields.count)))
			continue;
		note = cs_effects_text(&l, "note");
		put_text(p, "",
			 cs_arena_printf(p->a, "%s %s %s%s%s%s", time_text(p, ev.at), kind_label(p, "steps", step),
					 actor ? actor->name : "",
					 other ? merged_text(p, &ev, other, &l) : given_text(p, step, &l),
					 note ? ": " : "", note ? note : ""));
		said++;
	}
	if (said == 0)
		put_text(p, "", "（无）");
	return rc;
}

static bool any_step(const struct page *p, const char *step)
{
	(void)p;
	(void)step;
	return true;
}

/* One that makes the form owed: a turning point. */
static bool turning_step(const struct page *p, const char *step)
{
	const struct cs_policy *rules = p->s->policy;

	for (size_t i = 0; i < rules->duty_count; i++)
		if (rules->duty[i].on_step && rules->duty[i].form && strcmp(rules->duty[i].on_step, step) == 0 &&
		    strcmp(rules->duty[i].form, p->form->id) == 0)
			return true;
	return false;
}

static int put_process(struct page *p, struct cs_err *e)
{
	return put_steps(p, any_step, e) < 0 ? -1 : put_result(p, e);
}

/* Who heard it and who wrote it down (S4-4-1). */
static int put_reception(struct page *p, struct cs_err *e)
{
	const struct cs_staff_row *first = cs_org_staff(&p->s->org, p->im->t.first), *recorder = NULL;
	struct cs_stmt *walk = cs_event_of(p->s->db, "ticket", p->im->t.id, e);
	struct cs_event ev;
	int rc = walk ? cs_event_next(walk, &ev, e) : -1;

	if (rc == 1) {
		recorder = cs_org_staff(&p->s->org, ev.actor);
		cs_stmt_done(walk);
	}
	put_pair(p, "接待人", or_line(first ? first->name : NULL), "记录人", or_line(recorder ? recorder->name : NULL));
	return rc < 0 ? -1 : 0;
}

/* What was decided, and when. */
static int put_outcome(struct page *p, struct cs_err *e)
{
	const struct cs_view v = {.s = p->s, .policy = p->s->policy, .kind = p->kind, .im = p->im, .at = p->s->now};
	cs_time at = CS_TIME_NONE;
	const char *step = cs_view_last_step(&v, &p->form->steps, &at);

	(void)e;
	put_pair(p, "结果", step ? kind_label(p, "steps", step) : or_line(NULL), "日期",
		 step ? time_text(p, at) : or_line(NULL));
	return 0;
}

static int put_turns(struct page *p, struct cs_err *e)
{
	return put_steps(p, turning_step, e);
}

/* A part that people write, or room for it. */
static int put_written(struct page *p, const char *id)
{
	const char *text = cs_form_written(p->im, p->s->policy, p->form, id);

	for (const char *line = text; line && *line;) {
		const size_t n = strcspn(line, "\n");

		put_text(p, "", cs_arena_strndup(p->a, line, n));
		line += n + (line[n] == '\n');
	}
	for (int i = 0; !text && i < 3; i++)
		put_text(p, i == 0 ? "（待填写）" : "",
			 "______________________________________________________________");
	return 0;
}

enum { DIGEST_LINE = 32 }; /* half of it: the whole is wider than the page */

/* The notice as everybody would read it, and what was blacked out of it, for whoever approves it. */
static int put_notice(struct page *p, struct cs_err *e)
{
	static const char *const kinds[] = {"姓名", "电话", "证件", "车牌", "账号", "房号", "邮箱"};
	static const char *const decided[] = {"未决定", "已批准", "不予公布", "批准后有改动"};
	const struct cs_field *area = cs_kind_field_as(p->kind, "area");
	const char *approved;
	enum cs_publication is = cs_publication_of(p->im, &approved);
	struct cs_notice_draft draft;
	int rc = cs_publication_draft(p->s, p->im, p->kind, NULL, &draft, e);

	if (rc <= 0) {
		if (rc == 0)
			put_text(p, "公布文字", "____________");
		return rc;
	}
	/* Somebody else became known as a party since. */
	if (is == CS_PUBLICATION_APPROVED && (!approved || strcmp(approved, draft.digest) != 0))
		is = CS_PUBLICATION_CHANGED;
	put_text(p, "公布文字", draft.redacted.text);
	put_text(p, "公布范围",
		 area && draft.area ? value_text(p, area, &(struct cs_value){CS_V_TEXT, 0, draft.area})
				    : or_line(NULL));
	for (size_t i = 0; i < draft.redacted.count; i++)
		put_text(p, i ? "" : "已涂黑",
			 cs_arena_printf(p->a, "%s  %s", kinds[draft.redacted.item[i].kind],
					 draft.redacted.item[i].text));
	put_text(p, "决定", decided[is]);
	put_text(p, "校验码", cs_arena_strndup(p->a, draft.digest, DIGEST_LINE));
	put_text(p, "", draft.digest + DIGEST_LINE);
	return 0;
}

static const struct {
	const char *id;
	int (*put)(struct page *p, struct cs_err *e);
} parts[] = {
	{"facts", put_facts},     {"fees", put_fees},       {"notice", put_notice},
	{"outcome", put_outcome}, {"process", put_process}, {"reception", put_reception},
	{"result", put_result},   {"state", put_state},     {"signatures", put_signatures},
	{"turns", put_turns}};

static int put_part(struct page *p, const char *id, struct cs_err *e)
{
	if (cs_ids_has(&p->form->written, id)) {
		line_of(p, '-');
		cs_buf_printf(p->out, "%s\n", label(p, "codes/part/", id));
		return put_written(p, id);
	}
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (strcmp(parts[i].id, id) != 0)
			continue;
		line_of(p, '-');
		cs_buf_printf(p->out, "%s\n", label(p, "codes/part/", id));
		return parts[i].put(p, e);
	}
	return cs_fail(e, CS_CONFIG, "form %s: part '%s' cannot be drawn", p->form->id, id);
}

static int put_copy(struct page *p, const char *copy, struct cs_err *e)
{
	const char *title = label(p, "forms/", p->form->id);
	size_t width = cs_utf8_width(title), right = copy ? cs_utf8_width(copy) : 0;
	char ref[CS_REF_SIZE];

	blanks(p, width < CS_FORM_WIDTH ? (CS_FORM_WIDTH - width) / 2 : 0);
	cs_buf_printf(p->out, "%s\n", title);
	put_padded(p, cs_ref_text(p->im->t.id, ref), right < CS_FORM_WIDTH ? CS_FORM_WIDTH - right : 0, false);
	cs_buf_puts(p->out, copy ? copy : "");
	end_line(p);
	for (size_t i = 0; i < p->form->parts.count; i++)
		if (put_part(p, p->form->parts.id[i], e) < 0)
			return -1;
	line_of(p, '=');
	return 0;
}

int cs_form_print(struct cs_session *s, const struct cs_image *im, const struct cs_form *form, struct cs_buf *out,
		  struct cs_err *e)
{
	struct page p = {.s = s, .im = im, .form = form, .a = im->arena, .out = out};

	p.kind = cs_session_kind(s, im, e);
	if (!p.kind)
		return -1;
	for (size_t i = 0; i == 0 || i < form->copies.count; i++) {
		if (out->len)
			cs_buf_putc(out, '\f');
		if (put_copy(&p, form->copies.count ? form->copies.id[i] : NULL, e) < 0)
			return -1;
	}
	return 0;
}

void cs_form_remark(struct cs_session *s, const struct cs_image *im, const struct cs_form *form)
{
	const struct cs_ids missing = cs_form_missing(im, s->policy, form);
	struct cs_buf list = {0};
	char ref[CS_REF_SIZE];

	for (size_t i = 0; i < missing.count; i++)
		cs_buf_printf(&list, "%s%s", i ? ", " : "", missing.id[i]);
	if (missing.count)
		cs_note("%s: %s: still to be written: %s", cs_ref_text(im->t.id, ref), form->id, cs_buf_str(&list));
	cs_buf_free(&list);
}
