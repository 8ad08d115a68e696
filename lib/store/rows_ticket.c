/* The folded tables of a ticket: fixed SQL beside the description of its rows. */
#include "store/rows.h"

static const struct cs_table_column ticket_columns[] = {
	CS_KEY_INT(cs_ticket_row, id),
	CS_TEXT(cs_ticket_row, kind),
	CS_TEXT(cs_ticket_row, state),
	CS_TEXT(cs_ticket_row, state_is),
	CS_TEXT(cs_ticket_row, waits),
	CS_INT(cs_ticket_row, cycle),
	CS_INT(cs_ticket_row, cycle_event),
	CS_INT(cs_ticket_row, place),
	CS_INT(cs_ticket_row, accepting),
	CS_INT(cs_ticket_row, handling),
	CS_INT(cs_ticket_row, causing),
	CS_INT(cs_ticket_row, assignee),
	CS_INT(cs_ticket_row, responsible),
	CS_INT(cs_ticket_row, first),
	CS_TEXT(cs_ticket_row, channel),
	CS_TEXT(cs_ticket_row, category),
	CS_TEXT(cs_ticket_row, specialty),
	CS_TEXT(cs_ticket_row, importance),
	CS_TEXT(cs_ticket_row, importance_peak),
	CS_TEXT(cs_ticket_row, importance_rules),
	CS_TEXT(cs_ticket_row, duty_class),
	CS_INT(cs_ticket_row, wake_at),
	CS_INT(cs_ticket_row, rated_at),
	CS_TEXT(cs_ticket_row, validity),
	CS_TEXT(cs_ticket_row, priority),
	CS_INT(cs_ticket_row, level),
	CS_INT(cs_ticket_row, customer),
	CS_INT(cs_ticket_row, premises),
	CS_INT(cs_ticket_row, opened_at),
	CS_INT(cs_ticket_row, responded_at),
	CS_INT(cs_ticket_row, done_at),
	CS_INT(cs_ticket_row, closed_at),
	CS_INT(cs_ticket_row, due_at),
	CS_INT(cs_ticket_row, late),
	CS_INT(cs_ticket_row, stay_at),
	CS_TEXT(cs_ticket_row, stay_by),
	CS_INT(cs_ticket_row, stays),
	CS_INT(cs_ticket_row, matter),
	CS_INT(cs_ticket_row, merged_into),
	CS_INT(cs_ticket_row, imported),
	CS_INT(cs_ticket_row, run),
	CS_TEXT(cs_ticket_row, fields),
	CS_PERSONAL(cs_ticket_row, subject),
	CS_PERSONAL(cs_ticket_row, texts),
	CS_INT(cs_ticket_row, last_at),
	CS_INT(cs_ticket_row, last_event),
};
const struct cs_table cs_ticket_table = {
	.name = "ticket",
	.column = ticket_columns,
	.column_count = sizeof ticket_columns / sizeof *ticket_columns,
	.row_size = sizeof(struct cs_ticket_row),
	.by_key = "SELECT id, kind, state, state_is, waits, cycle, cycle_event, place, accepting, handling, causing, "
		  "assignee, "
		  "responsible, first, channel, category, specialty, importance, importance_peak, "
		  "importance_rules, duty_class, wake_at, rated_at, "
		  "validity, priority, level, customer, premises, opened_at, responded_at, done_at, "
		  "closed_at, due_at, late, stay_at, stay_by, stays, matter, merged_into, imported, run, "
		  "fields, "
		  "subject, texts, last_at, last_event "
		  "FROM ticket WHERE id = :key ORDER BY id",
	.scan = "SELECT id, kind, state, state_is, waits, cycle, cycle_event, place, accepting, handling, causing, "
		"assignee, "
		"responsible, first, channel, category, specialty, importance, importance_peak, "
		"importance_rules, duty_class, wake_at, rated_at, "
		"validity, priority, level, customer, premises, opened_at, responded_at, done_at, "
		"closed_at, due_at, late, stay_at, stay_by, stays, matter, merged_into, imported, run, "
		"fields, "
		"subject, texts, last_at, last_event "
		"FROM ticket WHERE id >= :key ORDER BY id",
	CS_SAVE("INSERT INTO ticket ("
		"id, kind, state, state_is, waits, cycle, cycle_event, place, accepting, handling, causing, assignee, "
		"responsible, first, channel, category, specialty, importance, importance_peak, "
		"importance_rules, duty_class, wake_at, rated_at, "
		"validity, priority, level, customer, premises, opened_at, responded_at, done_at, "
		"closed_at, due_at, late, stay_at, stay_by, stays, matter, merged_into, imported, run, "
		"fields, "
		"subject, texts, last_at, last_event) "
		"VALUES ("
		":id, :kind, :state, :state_is, :waits, :cycle, :cycle_event, :place, :accepting, :handling, :causing, "
		":assignee, :responsible, :first, :channel, :category, :specialty, :importance, "
		":importance_peak, :importance_rules, :duty_class, :wake_at, :rated_at, :validity, :priority, :level, "
		":customer, "
		":premises, "
		":opened_at, :responded_at, :done_at, :closed_at, :due_at, :late, :stay_at, :stay_by, :stays, "
		":matter, :merged_into, :imported, :run, :fields, :subject, :texts, :last_at, :last_event) ",
		"ON CONFLICT (id) DO UPDATE SET "
		"kind = excluded.kind, state = excluded.state, state_is = excluded.state_is, "
		"waits = excluded.waits, cycle = excluded.cycle, cycle_event = excluded.cycle_event, place = "
		"excluded.place, "
		"accepting = excluded.accepting, handling = excluded.handling, "
		"causing = excluded.causing, assignee = excluded.assignee, "
		"responsible = excluded.responsible, first = excluded.first, channel = excluded.channel, "
		"category = excluded.category, specialty = excluded.specialty, "
		"importance = excluded.importance, importance_peak = excluded.importance_peak, "
		"importance_rules = excluded.importance_rules, duty_class = excluded.duty_class, "
		"wake_at = excluded.wake_at, rated_at = excluded.rated_at, "
		"validity = excluded.validity, priority = excluded.priority, level = excluded.level, "
		"customer = excluded.customer, premises = excluded.premises, "
		"opened_at = excluded.opened_at, responded_at = excluded.responded_at, "
		"done_at = excluded.done_at, closed_at = excluded.closed_at, due_at = excluded.due_at, "
		"late = excluded.late, stay_at = excluded.stay_at, stay_by = excluded.stay_by, "
		"stays = excluded.stays, matter = excluded.matter, merged_into = excluded.merged_into, "
		"imported = excluded.imported, "
		"run = excluded.run, fields = excluded.fields, subject = excluded.subject, "
		"texts = excluded.texts, last_at = excluded.last_at, last_event = excluded.last_event"),
};

static const struct cs_table_column stay_columns[] = {
	CS_KEY_INT(cs_stay_row, ticket),
	CS_KEY_INT(cs_stay_row, seq),
	CS_TEXT(cs_stay_row, entered),
	CS_TEXT(cs_stay_row, left),
	CS_INT(cs_stay_row, from_at),
	CS_INT(cs_stay_row, to_at),
	CS_INT(cs_stay_row, unit),
	CS_TEXT(cs_stay_row, category),
	CS_TEXT(cs_stay_row, channel),
};
const struct cs_table cs_stay_table = {
	.name = "stay", .column = stay_columns, .column_count = sizeof stay_columns / sizeof *stay_columns,
	.row_size = sizeof(struct cs_stay_row),
	.by_key =
		"SELECT ticket, seq, entered, left, from_at, to_at, unit, category, channel "
		"FROM stay WHERE ticket = :key ORDER BY ticket, seq",
	.scan =
		"SELECT ticket, seq, entered, left, from_at, to_at, unit, category, channel "
		"FROM stay WHERE ticket >= :key ORDER BY ticket, seq",
	CS_SAVE(
		"INSERT INTO stay ("
		"ticket, seq, entered, left, from_at, to_at, unit, category, channel) "
		"VALUES ("
		":ticket, :seq, :entered, :left, :from_at, :to_at, :unit, :category, :channel) ",
		"ON CONFLICT (ticket, seq) DO UPDATE SET "
		"entered = excluded.entered, left = excluded.left, from_at = excluded.from_at, "
		"to_at = excluded.to_at, unit = excluded.unit, category = excluded.category, "
		"channel = excluded.channel"),
};

static const struct cs_table_column ticket_key_columns[] = {
	CS_KEY_INT(cs_ticket_key_row, ticket),
	CS_KEY_TEXT(cs_ticket_key_row, field),
	CS_PERSONAL(cs_ticket_key_row, value),
};
const struct cs_table cs_ticket_key_table = {
	.name = "ticket_key",
	.column = ticket_key_columns,
	.column_count = sizeof ticket_key_columns / sizeof *ticket_key_columns,
	.row_size = sizeof(struct cs_ticket_key_row),
	.by_key = "SELECT ticket, field, value "
		  "FROM ticket_key WHERE ticket = :key ORDER BY ticket, field",
	.scan = "SELECT ticket, field, value "
		"FROM ticket_key WHERE ticket >= :key ORDER BY ticket, field",
	CS_SAVE("INSERT INTO ticket_key ("
	     "ticket, field, value) "
	     "VALUES ("
	     ":ticket, :field, :value) ",
	     "ON CONFLICT (ticket, field) DO UPDATE SET "
	     "value = excluded.value"),
};

static const struct cs_table_column ticket_row_columns[] = {
	CS_KEY_INT(cs_ticket_row_row, ticket),
	CS_KEY_TEXT(cs_ticket_row_row, list),
	CS_KEY_TEXT(cs_ticket_row_row, key),
	CS_TEXT(cs_ticket_row_row, fields),
	CS_PERSONAL(cs_ticket_row_row, texts),
};
const struct cs_table cs_ticket_row_table = {
	.name = "ticket_row",
	.column = ticket_row_columns,
	.column_count = sizeof ticket_row_columns / sizeof *ticket_row_columns,
	.row_size = sizeof(struct cs_ticket_row_row),
	.by_key = "SELECT ticket, list, key, fields, texts "
		  "FROM ticket_row WHERE ticket = :key ORDER BY ticket, list, key",
	.scan = "SELECT ticket, list, key, fields, texts "
		"FROM ticket_row WHERE ticket >= :key ORDER BY ticket, list, key",
	CS_SAVE("INSERT INTO ticket_row ("
	     "ticket, list, key, fields, texts) "
	     "VALUES ("
	     ":ticket, :list, :key, :fields, :texts) ",
	     "ON CONFLICT (ticket, list, key) DO UPDATE SET "
	     "fields = excluded.fields, texts = excluded.texts"),
};

static const struct cs_table_column party_columns[] = {
	CS_KEY_INT(cs_party_row, ticket), CS_KEY_INT(cs_party_row, seq), CS_INT(cs_party_row, person),
	CS_TEXT(cs_party_row, capacity),  CS_INT(cs_party_row, until),   CS_PERSONAL(cs_party_row, name),
	CS_INT(cs_party_row, principal),  CS_INT(cs_party_row, via),
};
const struct cs_table cs_party_table = {
	.name = "party",
	.column = party_columns,
	.column_count = sizeof party_columns / sizeof *party_columns,
	.row_size = sizeof(struct cs_party_row),
	.by_key = "SELECT ticket, seq, person, capacity, until, name, principal, via "
		  "FROM party WHERE ticket = :key ORDER BY ticket, seq",
	.scan = "SELECT ticket, seq, person, capacity, until, name, principal, via "
		"FROM party WHERE ticket >= :key ORDER BY ticket, seq",
	CS_SAVE("INSERT INTO party ("
	     "ticket, seq, person, capacity, until, name, principal, via) "
	     "VALUES ("
	     ":ticket, :seq, :person, :capacity, :until, :name, :principal, :via) ",
	     "ON CONFLICT (ticket, seq) DO UPDATE SET "
	     "person = excluded.person, capacity = excluded.capacity, until = excluded.until, "
	     "name = excluded.name, principal = excluded.principal, via = excluded.via"),
};

static const struct cs_table_column link_columns[] = {
	CS_KEY_INT(cs_link_row, ticket), CS_KEY_INT(cs_link_row, seq), CS_TEXT(cs_link_row, link),
	CS_INT(cs_link_row, other),      CS_INT(cs_link_row, until),   CS_INT(cs_link_row, from_at),
};
const struct cs_table cs_link_table = {
	.name = "link",
	.column = link_columns,
	.column_count = sizeof link_columns / sizeof *link_columns,
	.row_size = sizeof(struct cs_link_row),
	.by_key = "SELECT ticket, seq, link, other, until, from_at "
		  "FROM link WHERE ticket = :key ORDER BY ticket, seq",
	.scan = "SELECT ticket, seq, link, other, until, from_at "
		"FROM link WHERE ticket >= :key ORDER BY ticket, seq",
	CS_SAVE("INSERT INTO link ("
	     "ticket, seq, link, other, until, from_at) "
	     "VALUES ("
	     ":ticket, :seq, :link, :other, :until, :from_at) ",
	     "ON CONFLICT (ticket, seq) DO UPDATE SET "
	     "link = excluded.link, other = excluded.other, until = excluded.until, "
	     "from_at = excluded.from_at"),
};

static const struct cs_table_column evidence_columns[] = {
	CS_KEY_INT(cs_evidence_row, ticket),
	CS_KEY_INT(cs_evidence_row, seq),
	CS_INT(cs_evidence_row, event),
	CS_TEXT(cs_evidence_row, kind),
	CS_PERSONAL(cs_evidence_row, signer),
	CS_PERSONAL(cs_evidence_row, kept),
	CS_TEXT(cs_evidence_row, digest),
};
const struct cs_table cs_evidence_table = {
	.name = "evidence",
	.column = evidence_columns,
	.column_count = sizeof evidence_columns / sizeof *evidence_columns,
	.row_size = sizeof(struct cs_evidence_row),
	.by_key = "SELECT ticket, seq, event, kind, signer, kept, digest "
		  "FROM evidence WHERE ticket = :key ORDER BY ticket, seq",
	.scan = "SELECT ticket, seq, event, kind, signer, kept, digest "
		"FROM evidence WHERE ticket >= :key ORDER BY ticket, seq",
	CS_SAVE("INSERT INTO evidence ("
	     "ticket, seq, event, kind, signer, kept, digest) "
	     "VALUES ("
	     ":ticket, :seq, :event, :kind, :signer, :kept, :digest) ",
	     "ON CONFLICT (ticket, seq) DO UPDATE SET "
	     "event = excluded.event, kind = excluded.kind, signer = excluded.signer, "
	     "kept = excluded.kept, digest = excluded.digest"),
};

static const struct cs_table_column clock_columns[] = {
	CS_KEY_INT(cs_clock_row, ticket), CS_KEY_TEXT(cs_clock_row, clock),   CS_KEY_INT(cs_clock_row, cycle),
	CS_KEY_INT(cs_clock_row, run),    CS_INT(cs_clock_row, rule),         CS_INT(cs_clock_row, edition),
	CS_INT(cs_clock_row, start_at),   CS_INT(cs_clock_row, counted_from), CS_INT(cs_clock_row, due_at),
	CS_INT(cs_clock_row, due_set),    CS_INT(cs_clock_row, stop_at),      CS_TEXT(cs_clock_row, verdict),
	CS_INT(cs_clock_row, breached),   CS_INT(cs_clock_row, missed_due),   CS_INT(cs_clock_row, paused_at),
	CS_INT(cs_clock_row, held_at),    CS_INT(cs_clock_row, via),          CS_INT(cs_clock_row, annulled),
	CS_TEXT(cs_clock_row, pauses),    CS_TEXT(cs_clock_row, crossings),   CS_INT(cs_clock_row, next_at),
	CS_INT(cs_clock_row, extended),
};
const struct cs_table cs_clock_table = {
	.name = "clock",
	.column = clock_columns,
	.column_count = sizeof clock_columns / sizeof *clock_columns,
	.row_size = sizeof(struct cs_clock_row),
	.by_key = "SELECT ticket, clock, cycle, run, rule, edition, start_at, counted_from, due_at, due_set, "
		  "stop_at, verdict, breached, missed_due, paused_at, held_at, via, annulled, pauses, crossings, "
		  "next_at, extended "
		  "FROM clock WHERE ticket = :key ORDER BY ticket, clock, cycle, run",
	.scan = "SELECT ticket, clock, cycle, run, rule, edition, start_at, counted_from, due_at, due_set, "
		"stop_at, verdict, breached, missed_due, paused_at, held_at, via, annulled, pauses, crossings, "
		"next_at, extended "
		"FROM clock WHERE ticket >= :key ORDER BY ticket, clock, cycle, run",
	CS_SAVE("INSERT INTO clock ("
		"ticket, clock, cycle, run, rule, edition, start_at, counted_from, due_at, due_set, "
		"stop_at, verdict, breached, missed_due, paused_at, held_at, via, annulled, pauses, crossings, "
		"next_at, extended) "
		"VALUES ("
		":ticket, :clock, :cycle, :run, :rule, :edition, :start_at, :counted_from, :due_at, "
		":due_set, :stop_at, :verdict, :breached, :missed_due, :paused_at, :held_at, :via, "
		":annulled, :pauses, :crossings, :next_at, :extended) ",
		"ON CONFLICT (ticket, clock, cycle, run) DO UPDATE SET "
		"rule = excluded.rule, edition = excluded.edition, start_at = excluded.start_at, "
		"counted_from = excluded.counted_from, due_at = excluded.due_at, "
		"due_set = excluded.due_set, stop_at = excluded.stop_at, verdict = excluded.verdict, "
		"breached = excluded.breached, missed_due = excluded.missed_due, "
		"paused_at = excluded.paused_at, held_at = excluded.held_at, "
		"via = excluded.via, annulled = excluded.annulled, pauses = excluded.pauses, "
		"crossings = excluded.crossings, next_at = excluded.next_at, extended = excluded.extended"),
};

static const struct cs_table_column rung_columns[] = {
	CS_KEY_INT(cs_rung_row, ticket),
	CS_KEY_TEXT(cs_rung_row, clock),
	CS_KEY_INT(cs_rung_row, cycle),
	CS_KEY_TEXT(cs_rung_row, rung),
	CS_KEY_INT(cs_rung_row, run),
	CS_INT(cs_rung_row, at),
	CS_INT(cs_rung_row, event),
	CS_INT(cs_rung_row, to_staff),
	CS_INT(cs_rung_row, moot),
	CS_INT(cs_rung_row, imported),
};
const struct cs_table cs_rung_table = {
	.name = "rung", .column = rung_columns, .column_count = sizeof rung_columns / sizeof *rung_columns,
	.row_size = sizeof(struct cs_rung_row),
	.by_key =
		"SELECT ticket, clock, cycle, rung, run, at, event, to_staff, moot, imported "
		"FROM rung WHERE ticket = :key ORDER BY ticket, clock, cycle, rung, run",
	.scan =
		"SELECT ticket, clock, cycle, rung, run, at, event, to_staff, moot, imported "
		"FROM rung WHERE ticket >= :key ORDER BY ticket, clock, cycle, rung, run",
	CS_SAVE(
		"INSERT INTO rung ("
		"ticket, clock, cycle, rung, run, at, event, to_staff, moot, imported) "
		"VALUES ("
		":ticket, :clock, :cycle, :rung, :run, :at, :event, :to_staff, :moot, :imported) ",
		"ON CONFLICT (ticket, clock, cycle, rung, run) DO UPDATE SET "
		"at = excluded.at, event = excluded.event, to_staff = excluded.to_staff, "
		"moot = excluded.moot, imported = excluded.imported"),
};

static const struct cs_table_column owed_columns[] = {
	CS_KEY_TEXT(cs_owed_row, about), CS_KEY_INT(cs_owed_row, subject), CS_KEY_TEXT(cs_owed_row, duty),
	CS_KEY_TEXT(cs_owed_row, cause), CS_INT(cs_owed_row, edition),     CS_INT(cs_owed_row, owner),
	CS_INT(cs_owed_row, owed_at),    CS_INT(cs_owed_row, due_at),      CS_INT(cs_owed_row, times),
	CS_INT(cs_owed_row, done_at),    CS_INT(cs_owed_row, done_by),     CS_INT(cs_owed_row, done_event),
	CS_TEXT(cs_owed_row, evidence),  CS_INT(cs_owed_row, waived_at),   CS_TEXT(cs_owed_row, why),
	CS_INT(cs_owed_row, missed_at),  CS_TEXT(cs_owed_row, crossings),  CS_INT(cs_owed_row, next_at),
};
const struct cs_table cs_owed_table = {
	.name = "owed",
	.column = owed_columns,
	.column_count = sizeof owed_columns / sizeof *owed_columns,
	.row_size = sizeof(struct cs_owed_row),
	.by_key = "SELECT about, subject, duty, cause, edition, owner, owed_at, due_at, times, done_at, done_by, "
		  "done_event, evidence, waived_at, why, missed_at, crossings, next_at "
		  "FROM owed WHERE subject = :key AND about = 'ticket' ORDER BY about, subject, duty, cause",
	.scan = "SELECT about, subject, duty, cause, edition, owner, owed_at, due_at, times, done_at, done_by, "
		"done_event, evidence, waived_at, why, missed_at, crossings, next_at "
		"FROM owed WHERE subject >= :key AND about = 'ticket' ORDER BY about, subject, duty, cause",
	CS_SAVE("INSERT INTO owed ("
		"about, subject, duty, cause, edition, owner, owed_at, due_at, times, done_at, done_by, "
		"done_event, evidence, waived_at, why, missed_at, crossings, next_at) "
		"VALUES ("
		":about, :subject, :duty, :cause, :edition, :owner, :owed_at, :due_at, :times, :done_at, "
		":done_by, :done_event, :evidence, :waived_at, :why, :missed_at, :crossings, :next_at) ",
		"ON CONFLICT (about, subject, duty, cause) DO UPDATE SET "
		"edition = excluded.edition, owner = excluded.owner, owed_at = excluded.owed_at, "
		"due_at = excluded.due_at, times = excluded.times, done_at = excluded.done_at, "
		"done_by = excluded.done_by, done_event = excluded.done_event, evidence = excluded.evidence, "
		"waived_at = excluded.waived_at, why = excluded.why, missed_at = excluded.missed_at, "
		"crossings = excluded.crossings, next_at = excluded.next_at"),
};

static const struct cs_table_column callback_columns[] = {
	CS_KEY_INT(cs_callback_row, ticket),
	CS_KEY_INT(cs_callback_row, seq),
	CS_TEXT(cs_callback_row, rule),
	CS_TEXT(cs_callback_row, purpose),
	CS_INT(cs_callback_row, person),
	CS_TEXT(cs_callback_row, method),
	CS_INT(cs_callback_row, caller),
	CS_TEXT(cs_callback_row, state),
	CS_TEXT(cs_callback_row, happening),
	CS_INT(cs_callback_row, planned_at),
	CS_INT(cs_callback_row, from_at),
	CS_INT(cs_callback_row, due_at),
	CS_INT(cs_callback_row, give_up_at),
	CS_INT(cs_callback_row, done_at),
	CS_INT(cs_callback_row, tries),
	CS_TEXT(cs_callback_row, outcome),
	CS_INT(cs_callback_row, score),
	CS_TEXT(cs_callback_row, not_by),
	CS_INT(cs_callback_row, draw),
	CS_INT(cs_callback_row, cycle),
	CS_PERSONAL(cs_callback_row, answers),
};
const struct cs_table cs_callback_table = {
	.name = "callback",
	.column = callback_columns,
	.column_count = sizeof callback_columns / sizeof *callback_columns,
	.row_size = sizeof(struct cs_callback_row),
	.by_key = "SELECT ticket, seq, rule, purpose, person, method, caller, state, happening, planned_at, "
		  "from_at, due_at, give_up_at, done_at, tries, outcome, score, not_by, draw, cycle, "
		  "answers "
		  "FROM callback WHERE ticket = :key ORDER BY ticket, seq",
	.scan = "SELECT ticket, seq, rule, purpose, person, method, caller, state, happening, planned_at, "
		"from_at, due_at, give_up_at, done_at, tries, outcome, score, not_by, draw, cycle, "
		"answers "
		"FROM callback WHERE ticket >= :key ORDER BY ticket, seq",
	CS_SAVE("INSERT INTO callback ("
	     "ticket, seq, rule, purpose, person, method, caller, state, happening, planned_at, "
	     "from_at, due_at, give_up_at, done_at, tries, outcome, score, not_by, draw, cycle, "
	     "answers) "
	     "VALUES ("
	     ":ticket, :seq, :rule, :purpose, :person, :method, :caller, :state, :happening, "
	     ":planned_at, :from_at, :due_at, :give_up_at, :done_at, :tries, :outcome, :score, "
	     ":not_by, :draw, :cycle, :answers) ",
	     "ON CONFLICT (ticket, seq) DO UPDATE SET "
	     "rule = excluded.rule, purpose = excluded.purpose, person = excluded.person, "
	     "method = excluded.method, caller = excluded.caller, state = excluded.state, "
	     "happening = excluded.happening, planned_at = excluded.planned_at, "
	     "from_at = excluded.from_at, due_at = excluded.due_at, give_up_at = excluded.give_up_at, "
	     "done_at = excluded.done_at, tries = excluded.tries, outcome = excluded.outcome, "
	     "score = excluded.score, not_by = excluded.not_by, draw = excluded.draw, "
	     "cycle = excluded.cycle, answers = excluded.answers"),
};

static const struct cs_table_column attempt_columns[] = {
	CS_KEY_INT(cs_attempt_row, ticket),
	CS_KEY_INT(cs_attempt_row, callback),
	CS_KEY_INT(cs_attempt_row, seq),
	CS_INT(cs_attempt_row, at),
	CS_TEXT(cs_attempt_row, method),
	CS_TEXT(cs_attempt_row, outcome),
	CS_INT(cs_attempt_row, staff),
};
const struct cs_table cs_attempt_table = {
	.name = "attempt", .column = attempt_columns, .column_count = sizeof attempt_columns / sizeof *attempt_columns,
	.row_size = sizeof(struct cs_attempt_row),
	.by_key =
		"SELECT ticket, callback, seq, at, method, outcome, staff "
		"FROM attempt WHERE ticket = :key ORDER BY ticket, callback, seq",
	.scan =
		"SELECT ticket, callback, seq, at, method, outcome, staff "
		"FROM attempt WHERE ticket >= :key ORDER BY ticket, callback, seq",
	CS_SAVE(
		"INSERT INTO attempt ("
		"ticket, callback, seq, at, method, outcome, staff) "
		"VALUES ("
		":ticket, :callback, :seq, :at, :method, :outcome, :staff) ",
		"ON CONFLICT (ticket, callback, seq) DO UPDATE SET "
		"at = excluded.at, method = excluded.method, outcome = excluded.outcome, "
		"staff = excluded.staff"),
};

static const struct cs_table_column appeal_columns[] = {
	CS_KEY_INT(cs_appeal_row, ticket), CS_KEY_INT(cs_appeal_row, seq), CS_INT(cs_appeal_row, person),
	CS_INT(cs_appeal_row, at),         CS_TEXT(cs_appeal_row, step),
};
const struct cs_table cs_appeal_table = {
	.name = "appeal",
	.column = appeal_columns,
	.column_count = sizeof appeal_columns / sizeof *appeal_columns,
	.row_size = sizeof(struct cs_appeal_row),
	.by_key = "SELECT ticket, seq, person, at, step "
		  "FROM appeal WHERE ticket = :key ORDER BY ticket, seq",
	.scan = "SELECT ticket, seq, person, at, step "
		"FROM appeal WHERE ticket >= :key ORDER BY ticket, seq",
	CS_SAVE("INSERT INTO appeal (ticket, seq, person, at, step) "
	     "VALUES (:ticket, :seq, :person, :at, :step) ",
	     "ON CONFLICT (ticket, seq) DO UPDATE SET "
	     "person = excluded.person, at = excluded.at, step = excluded.step"),
};

static const struct cs_table_column approval_columns[] = {
	CS_KEY_INT(cs_approval_row, ticket), CS_KEY_INT(cs_approval_row, seq), CS_TEXT(cs_approval_row, step),
	CS_TEXT(cs_approval_row, digest),    CS_TEXT(cs_approval_row, whom),   CS_TEXT(cs_approval_row, word),
	CS_TEXT(cs_approval_row, rest),      CS_INT(cs_approval_row, asker),   CS_INT(cs_approval_row, asked),
	CS_INT(cs_approval_row, asked_at),   CS_TEXT(cs_approval_row, state),  CS_INT(cs_approval_row, staff),
	CS_INT(cs_approval_row, at),
};
const struct cs_table cs_approval_table = {
	.name = "approval",
	.column = approval_columns,
	.column_count = sizeof approval_columns / sizeof *approval_columns,
	.row_size = sizeof(struct cs_approval_row),
	.by_key = "SELECT ticket, seq, step, digest, whom, word, rest, asker, asked, asked_at, state, "
		  "staff, at "
		  "FROM approval WHERE ticket = :key ORDER BY ticket, seq",
	.scan = "SELECT ticket, seq, step, digest, whom, word, rest, asker, asked, asked_at, state, "
		"staff, at "
		"FROM approval WHERE ticket >= :key ORDER BY ticket, seq",
	CS_SAVE("INSERT INTO approval (ticket, seq, step, digest, whom, word, rest, asker, asked, asked_at, "
		"state, staff, at) "
		"VALUES (:ticket, :seq, :step, :digest, :whom, :word, :rest, :asker, :asked, :asked_at, "
		":state, :staff, :at) ",
		"ON CONFLICT (ticket, seq) DO UPDATE SET "
		"step = excluded.step, digest = excluded.digest, whom = excluded.whom, word = excluded.word, "
		"rest = excluded.rest, asker = excluded.asker, asked = excluded.asked, asked_at = excluded.asked_at, "
		"state = excluded.state, staff = excluded.staff, at = excluded.at"),
};

static const struct cs_table_column likeness_columns[] = {
	CS_KEY_INT(cs_likeness_row, ticket), CS_INT(cs_likeness_row, at),         CS_INT(cs_likeness_row, customer),
	CS_INT(cs_likeness_row, premises),   CS_INT(cs_likeness_row, unit),       CS_TEXT(cs_likeness_row, category),
	CS_INT(cs_likeness_row, total),      CS_PERSONAL(cs_likeness_row, grams),
};
const struct cs_table cs_likeness_table = {
	.name = "likeness",
	.column = likeness_columns,
	.column_count = sizeof likeness_columns / sizeof *likeness_columns,
	.row_size = sizeof(struct cs_likeness_row),
	.by_key = "SELECT ticket, at, customer, premises, unit, category, total, grams "
		  "FROM likeness WHERE ticket = :key ORDER BY ticket",
	.scan = "SELECT ticket, at, customer, premises, unit, category, total, grams "
		"FROM likeness WHERE ticket >= :key ORDER BY ticket",
	CS_SAVE("INSERT INTO likeness ("
	     "ticket, at, customer, premises, unit, category, total, grams) "
	     "VALUES ("
	     ":ticket, :at, :customer, :premises, :unit, :category, :total, :grams) ",
	     "ON CONFLICT (ticket) DO UPDATE SET "
	     "at = excluded.at, customer = excluded.customer, premises = excluded.premises, "
	     "unit = excluded.unit, category = excluded.category, total = excluded.total, "
	     "grams = excluded.grams"),
};
