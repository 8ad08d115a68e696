/* Effects in words. */
#include "text/story.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/approval.h"
#include "domain/effect.h"
#include "domain/party.h"
#include "domain/policy_words.h"
#include "domain/values.h"
#include "store/ref.h"

struct story {
	const struct cs_session *s;
	const struct cs_kind *kind;
	const struct cs_effects *l;
	struct cs_arena *a;
	struct cs_buf *out;
	size_t start;
	bool left, joined; /* somebody did, and nothing was said of his complaint yet */
};

static void say(struct story *st, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static void say(struct story *st, const char *fmt, ...)
{
	va_list ap;
	char *text = NULL;

	va_start(ap, fmt);
	if (vasprintf(&text, fmt, ap) < 0)
		cs_oom();
	va_end(ap);
	if (st->out->len > st->start)
		cs_buf_puts(st->out, "; ");
	cs_buf_puts(st->out, text);
	free(text);
}

static const char *word(const struct cs_effect *f, size_t i)
{
	const char *text = cs_arg_text(f, i);

	return text ? text : "-";
}

static const char *when(struct story *st, const struct cs_effect *f, size_t i)
{
	char buf[32];
	int64_t t = cs_arg_int(f, i);

	return t == CS_NULL ? "-" : cs_arena_strdup(st->a, cs_time_text(cs_session_zone(st->s), t, buf));
}

static const char *due(struct story *st, const struct cs_effect *f, size_t i)
{
	return cs_arg_int(f, i) == CS_NULL ? "no due" : cs_arena_printf(st->a, "due %s", when(st, f, i));
}

static const char *person(struct story *st, const struct cs_effect *f, size_t i)
{
	const struct cs_staff_row *p = cs_org_staff(&st->s->org, cs_arg_int(f, i));

	return p ? p->login : "nobody";
}

/* Columns that hold people, units and times; all others read as they are. */
static enum cs_field_type column_type(const char *column)
{
	const struct cs_word *w = cs_word_find(column);
	size_t n = strlen(column);

	if (w)
		return w->type;
	if (strcmp(column, "first") == 0)
		return CS_FIELD_STAFF;
	return n > 3 && strcmp(column + n - 3, "_at") == 0 ? CS_FIELD_TIME : CS_FIELD_INT;
}

static void say_set(struct story *st, const struct cs_effect *f)
{
	const char *column = word(f, 0);

	if (strcmp(column, "kind") == 0 || strcmp(column, "premises") == 0 || strcmp(column, "customer") == 0)
		return; /* said by the reference, or elsewhere */
	if (strcmp(column, "importance_rules") == 0) {
		say(st, "by %s", cs_arg_text(f, 1) ? word(f, 1) : "no rule");
		return;
	}
	if (strcmp(column, "late") == 0 && cs_arg_int(f, 1) != CS_NULL) {
		say(st, cs_arg_int(f, 1) == 0                 ? "in time"
			: cs_arg_int(f, 1) == CS_LATE_RUNNING ? "late already"
							      : "late");
		return;
	}
	if (strcmp(column, "wake_at") == 0) {
		if (cs_arg_int(f, 1) != CS_NULL)
			say(st, "rated again %s", when(st, f, 1));
		return;
	}
	if (strcmp(column, "matter") == 0 || strcmp(column, "merged_into") == 0) {
		char ref[CS_REF_SIZE];

		if (cs_arg_int(f, 1) == CS_NULL)
			say(st, strcmp(column, "matter") == 0 ? "of no matter with others" : "merged no longer");
		else if (strcmp(column, "matter") == 0) /* into which it is merged, its link says */
			say(st, "%s %s", column, cs_ref_text(cs_arg_int(f, 1), ref));
		return;
	}
	if (f->arg[1].type == CS_V_NONE)
		say(st, "%s cleared", column);
	else
		say(st, "%s %s", column, cs_value_show(st->s, column_type(column), &f->arg[1], st->a));
}

static const char *row_words(struct story *st, const struct cs_effect *f)
{
	return cs_row_words(st->s, st->kind ? cs_kind_list(st->kind, word(f, 0)) : NULL, word(f, 1), st->a);
}

static const char *cell_value(struct story *st, const struct cs_effect *f)
{
	const struct cs_list *l = st->kind ? cs_kind_list(st->kind, word(f, 0)) : NULL;

	for (size_t i = 0; l && i < l->field_count; i++)
		if (strcmp(l->field[i].id, word(f, 2)) == 0)
			return cs_value_show(st->s, l->field[i].type, &f->arg[3], st->a);
	return cs_value_show(st->s, CS_FIELD_INT, &f->arg[3], st->a);
}

static void say_text(struct story *st, const char *name, const char *key)
{
	const char *text = cs_effects_text(st->l, key);

	say(st, "%s: %s", name, text ? text : "(erased)");
}

static void say_clock(struct story *st, const struct cs_effect *f)
{
	const char *clock = word(f, 0);

	switch (f->op) {
	case CS_OP_CLOCK: say(st, "%s from %s, %s", clock, when(st, f, 3), due(st, f, 5)); break;
	case CS_OP_PAUSE: say(st, "%s stands still", clock); break;
	case CS_OP_RESUME: say(st, "%s goes on, %s", clock, due(st, f, 2)); break;
	case CS_OP_STOP: say(st, "%s %s", clock, word(f, 2)); break;
	case CS_OP_MOVE: say(st, "%s %s", clock, due(st, f, 1)); break;
	case CS_OP_RUN_RECLOCK:
	case CS_OP_RECLOCK: say(st, "%s counted anew, %s", clock, due(st, f, 3)); break;
	case CS_OP_BREACH: say(st, "%s overdue", clock); break;
	case CS_OP_MISSED: say(st, "%s stays late", clock); break;
	case CS_OP_EXTEND: say(st, "%s extended", clock); break;
	case CS_OP_MOOT: say(st, "%s/%s was moot", clock, word(f, 1)); break;
	case CS_OP_SKIP: say(st, "%s/%s passed before the import", clock, word(f, 1)); break;
	default:
		say(st, "%s/%s%s%s%s", clock, word(f, 1), cs_arg_int(f, 2) == CS_NULL ? "" : " to ",
		    cs_arg_int(f, 2) == CS_NULL ? "" : person(st, f, 2), cs_arg_int(f, 3) == 1 ? " (imported)" : "");
		break;
	}
}

static void say_callback(struct story *st, const struct cs_effect *f)
{
	long long seq = (long long)cs_arg_int(f, 0);

	switch (f->op) {
	case CS_OP_CALLBACK:
		say(st, "call-back %lld planned: %s by %s, %s", seq, word(f, 2), word(f, 4), due(st, f, 9));
		break;
	case CS_OP_RELEASE: say(st, "call-back %lld may be made, %s", seq, due(st, f, 2)); break;
	case CS_OP_ATTEMPT: say(st, "call-back %lld: %s, %s", seq, word(f, 2), word(f, 3)); break;
	case CS_OP_METHOD: say(st, "call-back %lld: now by %s", seq, word(f, 1)); break;
	case CS_OP_ANSWER:
		if (cs_arg_int(f, 2) == CS_NULL)
			say(st, "call-back %lld: %s", seq, word(f, 1));
		else
			say(st, "call-back %lld: %s, score %lld", seq, word(f, 1), (long long)cs_arg_int(f, 2));
		break;
	default: say(st, "call-back %lld %s: %s", seq, word(f, 1), word(f, 2)); break;
	}
}

/* What joins it to others says the field or column of that name already. */
static bool is_said(const struct cs_effects *l, const char *link)
{
	for (size_t i = 0; i < l->count; i++) {
		const struct cs_effect *f = &l->effect[i];

		if ((f->op == CS_OP_FIELD || (f->op == CS_OP_SET && cs_arg_int(f, 1) == CS_NULL)) &&
		    strcmp(word(f, 0), link) == 0)
			return true;
	}
	return false;
}

static void say_link(struct story *st, const struct cs_effect *f)
{
	char ref[CS_REF_SIZE];

	if (f->op == CS_OP_LINK ? is_said(st->l, word(f, 1))
				: is_said(st->l, CS_LINK_SAME) || is_said(st->l, CS_LINK_MERGED))
		return;
	if (f->op == CS_OP_LINK)
		say(st, "link %lld: %s %s", (long long)cs_arg_int(f, 0), word(f, 1),
		    cs_ref_text(cs_arg_int(f, 2), ref));
	else
		say(st, "link %lld ends", (long long)cs_arg_int(f, 0));
}

static void say_notice(struct story *st, const struct cs_effect *f)
{
	const char *code = cs_arg_text(f, 5);

	if (strcmp(word(f, 3), "staff") == 0)
		code = person(st, f, 4);
	say(st, "notice to %s%s%s", word(f, 3), code ? " " : "", code ? code : "");
}

static void say_merging(struct story *st, const struct cs_effect *f)
{
	const char *clock = word(f, 0);
	char ref[CS_REF_SIZE];

	switch (f->op) {
	case CS_OP_VIA:
		say(st, "party %lld came with %s", (long long)cs_arg_int(f, 0), cs_ref_text(cs_arg_int(f, 1), ref));
		break;
	case CS_OP_HOLD: say(st, "%s held by the merge", clock); break;
	case CS_OP_FREE: say(st, "%s goes on as before the merge", clock); break;
	case CS_OP_RUN_VIA: say(st, "%s anew by %s", clock, cs_ref_text(cs_arg_int(f, 1), ref)); break;
	case CS_OP_ANNUL: say(st, "%s: run %lld counts for nothing", clock, (long long)cs_arg_int(f, 2)); break;
	case CS_OP_AGAIN:
		say(st, "%s: run %lld %s, %s", clock, (long long)cs_arg_int(f, 2),
		    cs_arg_text(f, 10) ? cs_arg_text(f, 10) : "goes on", due(st, f, 3));
		break;
	case CS_OP_RUN_RUNG:
		say(st, "%s/%s of cycle %lld%s%s", clock, word(f, 1), (long long)cs_arg_int(f, 4),
		    cs_arg_int(f, 2) == CS_NULL ? "" : " to ", cs_arg_int(f, 2) == CS_NULL ? "" : person(st, f, 2));
		break;
	case CS_OP_RUN_MOVE:
		say(st, "%s: run %lld %s by event %lld, %s", clock, (long long)cs_arg_int(f, 2),
		    cs_arg_int(f, 6) == 1 ? "extended" : "moved", (long long)cs_arg_int(f, 3), due(st, f, 5));
		break;
	case CS_OP_RUN_BREACH: say(st, "%s of cycle %lld overdue", clock, (long long)cs_arg_int(f, 1)); break;
	case CS_OP_RUN_MOOT: say(st, "%s/%s was moot", clock, word(f, 1)); break;
	case CS_OP_UNDROP: say(st, "call-back %lld to be made after all", (long long)cs_arg_int(f, 0)); break;
	default: say(st, "owed after all: %s", clock); break;
	}
}

static void say_principal(struct story *st, const struct cs_effect *f)
{
	struct cs_person_row p = {0};
	bool known = cs_table_find(st->s->db, &cs_person_table, cs_arg_int(f, 1), st->a, &p, NULL) == 1;

	say(st, "party %lld acts for %s", (long long)cs_arg_int(f, 0), known && p.name ? p.name : "(erased)");
}

static void say_field(struct story *st, const struct cs_effect *f)
{
	const struct cs_field *field = st->kind ? cs_kind_field(st->kind, word(f, 0)) : NULL;

	if (f->op == CS_OP_TEXT)
		say_text(st, word(f, 0), cs_arena_printf(st->a, "text.%s", word(f, 0)));
	else if (f->arg[1].type == CS_V_NONE)
		say(st, "%s cleared", word(f, 0));
	else
		say(st, "%s %s", word(f, 0),
		    cs_value_show(st->s, field ? field->type : CS_FIELD_INT, &f->arg[1], st->a));
}

/* What is to be approved stands in the event that asks; a later stage only names the step. */
static void say_asked(struct story *st, const struct cs_effect *f)
{
	say(st, "to be approved (%s): %s", word(f, 4), word(f, 1));
	if (cs_arg_int(f, 7) != CS_NULL)
		return;
	if (!cs_effects_text(st->l, CS_ASK_SALT))
		say(st, "(erased)");
	for (size_t i = 0; i < st->l->private_count; i++) {
		const struct cs_private *p = &st->l->private_text[i];

		if (strncmp(p->key, CS_ASK_SET, strlen(CS_ASK_SET)) == 0)
			say(st, "%s: %s", p->key + strlen(CS_ASK_SET), p->text);
		else if (strcmp(p->key, CS_ASK_NOTE) == 0)
			say(st, "note: %s", p->text);
	}
}

static void say_duty(struct story *st, const struct cs_effect *f)
{
	switch (f->op) {
	case CS_OP_OWE:
		if (cs_arg_int(f, 2) == CS_NULL)
			say(st, "owed: %s", word(f, 0));
		else
			say(st, "owed: %s by %s", word(f, 0), person(st, f, 2));
		break;
	case CS_OP_DONE: say(st, "done: %s", word(f, 0)); break;
	case CS_OP_WAIVE:
		if (strcmp(word(f, 2), "waived") == 0)
			say(st, "waived: %s", word(f, 0));
		else
			say(st, "ended: %s (%s)", word(f, 0), word(f, 2));
		break;
	case CS_OP_DUTY_LATE: say(st, "late: %s (%s)", word(f, 0), word(f, 2)); break;
	case CS_OP_DUTY_MISSED: say(st, "missed: %s (%s)", word(f, 0), word(f, 1)); break;
	case CS_OP_DUTY_MOVE:
		say(st, "%s due %s", word(f, 0), cs_value_show(st->s, CS_FIELD_TIME, &f->arg[2], st->a));
		break;
	default: break;
	}
}

static void say_party(struct story *st, const struct cs_effect *f)
{
	switch (f->op) {
	case CS_OP_PARTY:
		st->joined = !st->left;
		say(st, "party %lld: %s", (long long)cs_arg_int(f, 0), word(f, 2));
		break;
	case CS_OP_PARTY_NAME:
		say_text(st, "gave the name", cs_arena_printf(st->a, "party.%lld.name", (long long)cs_arg_int(f, 0)));
		break;
	case CS_OP_PRINCIPAL: say_principal(st, f); break;
	case CS_OP_APPEAL:
		say(st, st->joined ? "complains, too" : "complains again");
		st->left = st->joined = false;
		break;
	default:
		st->left = true; /* in that capacity */
		say(st, "party %lld ends", (long long)cs_arg_int(f, 0));
		break;
	}
}

static void say_effect(struct story *st, const struct cs_effect *f)
{
	switch (f->op) {
	case CS_OP_STATE:
		say(st, "state %s%s%s", word(f, 0), cs_arg_text(f, 2) ? ", waits for " : "",
		    cs_arg_text(f, 2) ? word(f, 2) : "");
		break;
	case CS_OP_CYCLE: say(st, "cycle %lld", (long long)cs_arg_int(f, 0)); break;
	case CS_OP_SET: say_set(st, f); break;
	case CS_OP_SUBJECT: say_text(st, "subject", "subject"); break;
	case CS_OP_FIELD:
	case CS_OP_TEXT: say_field(st, f); break;
	case CS_OP_CELL: say(st, "%s/%s %s %s", word(f, 0), row_words(st, f), word(f, 2), cell_value(st, f)); break;
	case CS_OP_CELL_TEXT:
		say_text(st, cs_arena_printf(st->a, "%s/%s %s", word(f, 0), row_words(st, f), word(f, 2)),
			 cs_arena_printf(st->a, "cell.%s.%s.%s", word(f, 0), word(f, 1), word(f, 2)));
		break;
	case CS_OP_PARTY:
	case CS_OP_PARTY_NAME:
	case CS_OP_PRINCIPAL:
	case CS_OP_APPEAL:
	case CS_OP_PARTY_END: say_party(st, f); break;
	case CS_OP_LINK:
	case CS_OP_LINK_END: say_link(st, f); break;
	case CS_OP_EVIDENCE: say(st, "evidence %s", word(f, 1)); break;
	case CS_OP_OWE:
	case CS_OP_DONE:
	case CS_OP_WAIVE:
	case CS_OP_DUTY_LATE:
	case CS_OP_DUTY_MISSED:
	case CS_OP_DUTY_MOVE: say_duty(st, f); break;
	case CS_OP_NOTICE: say_notice(st, f); break;
	case CS_OP_DRAWN: break;
	case CS_OP_NOTE:
		say(st, "%s %s", word(f, 0),
		    f->arg[1].type == CS_V_INT ? cs_value_show(st->s, column_type(word(f, 0)), &f->arg[1], st->a)
					       : word(f, 1));
		break;
	case CS_OP_CALLBACK:
	case CS_OP_RELEASE:
	case CS_OP_ATTEMPT:
	case CS_OP_METHOD:
	case CS_OP_ANSWER:
	case CS_OP_CALL_END: say_callback(st, f); break;
	case CS_OP_CLOCK:
	case CS_OP_PAUSE:
	case CS_OP_RESUME:
	case CS_OP_STOP:
	case CS_OP_MOVE:
	case CS_OP_RECLOCK:
	case CS_OP_RUN_RECLOCK:
	case CS_OP_RUNG:
	case CS_OP_BREACH:
	case CS_OP_MISSED:
	case CS_OP_EXTEND:
	case CS_OP_MOOT:
	case CS_OP_SKIP: say_clock(st, f); break;
	case CS_OP_VIA:
	case CS_OP_HOLD:
	case CS_OP_FREE:
	case CS_OP_RUN_VIA:
	case CS_OP_ANNUL:
	case CS_OP_AGAIN:
	case CS_OP_RUN_MOVE:
	case CS_OP_RUN_RUNG:
	case CS_OP_RUN_BREACH:
	case CS_OP_RUN_MOOT:
	case CS_OP_UNDROP:
	case CS_OP_UNWAIVE: say_merging(st, f); break;
	case CS_OP_ASK: say_asked(st, f); break;
	case CS_OP_APPROVAL: say(st, "%s", word(f, 1)); break;
	case CS_OP_KEY:
	case CS_OP_LIKENESS:
	case CS_OP_RECORD:
	case CS_OP_RECORD_TEXT:
	case CS_OP_COUNT: break;
	}
}

int cs_story_event(const struct cs_session *s, const struct cs_kind *kind, const struct cs_event *ev,
		   struct cs_arena *a, struct cs_buf *out, struct cs_err *e)
{
	struct cs_effects l = {.arena = a};
	struct story st = {.s = s, .kind = kind, .l = &l, .a = a, .out = out, .start = out->len};

	if (cs_effects_read(&l, ev->facts, ev->private_part, e) < 0)
		return cs_fail_in(e, "event %lld", (long long)ev->id);
	for (size_t i = 0; i < l.count; i++)
		say_effect(&st, &l.effect[i]);
	if (cs_effects_text(&l, "body"))
		say_text(&st, "body", "body");
	if (cs_effects_text(&l, "note"))
		say_text(&st, "note", "note");
	if (cs_effects_text(&l, "override"))
		say_text(&st, "because", "override");
	if (ev->erased)
		say(&st, "texts erased");
	return 0;
}
