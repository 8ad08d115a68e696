/* The folded tables: fixed SQL beside the description of its rows. */
#include "store/rows.h"

/* One row: added, where it is known not to be there, or saved. Two texts that stand side by side. */
#define SAVE(insert, otherwise) .add = insert, .save = insert otherwise /* NOLINT(bugprone-macro-parentheses) */

static const struct cs_table_column unit_columns[] = {
	CS_KEY_INT(cs_unit_row, id),
	CS_TEXT(cs_unit_row, code),
	CS_TEXT(cs_unit_row, name),
	CS_TEXT(cs_unit_row, level),
	CS_TEXT(cs_unit_row, function),
	CS_INT(cs_unit_row, parent),
	CS_INT(cs_unit_row, households),
	CS_INT(cs_unit_row, closed_at),
};
const struct cs_table cs_unit_table = {
	.name = "unit", .column = unit_columns, .column_count = sizeof unit_columns / sizeof *unit_columns,
	.row_size = sizeof(struct cs_unit_row),
	.by_key =
		"SELECT id, code, name, level, function, parent, households, closed_at "
		"FROM unit WHERE id = :key ORDER BY id",
	.scan =
		"SELECT id, code, name, level, function, parent, households, closed_at "
		"FROM unit WHERE id >= :key ORDER BY id",
	SAVE(
		"INSERT INTO unit ("
		"id, code, name, level, function, parent, households, closed_at) "
		"VALUES ("
		":id, :code, :name, :level, :function, :parent, :households, :closed_at) ",
		"ON CONFLICT (id) DO UPDATE SET "
		"code = excluded.code, name = excluded.name, level = excluded.level, "
		"function = excluded.function, parent = excluded.parent, "
		"households = excluded.households, closed_at = excluded.closed_at"),
};

static const struct cs_table_column staff_columns[] = {
	CS_KEY_INT(cs_staff_row, id),
	CS_TEXT(cs_staff_row, login),
	CS_PERSONAL(cs_staff_row, name),
	CS_INT(cs_staff_row, unit),
	CS_PERSONAL(cs_staff_row, phone),
	CS_INT(cs_staff_row, joined_at),
	CS_INT(cs_staff_row, left_at),
};
const struct cs_table cs_staff_table = {
	.name = "staff", .column = staff_columns, .column_count = sizeof staff_columns / sizeof *staff_columns,
	.row_size = sizeof(struct cs_staff_row),
	.by_key =
		"SELECT id, login, name, unit, phone, joined_at, left_at "
		"FROM staff WHERE id = :key ORDER BY id",
	.scan =
		"SELECT id, login, name, unit, phone, joined_at, left_at "
		"FROM staff WHERE id >= :key ORDER BY id",
	SAVE(
		"INSERT INTO staff ("
		"id, login, name, unit, phone, joined_at, left_at) "
		"VALUES ("
		":id, :login, :name, :unit, :phone, :joined_at, :left_at) ",
		"ON CONFLICT (id) DO UPDATE SET "
		"login = excluded.login, name = excluded.name, unit = excluded.unit, "
		"phone = excluded.phone, joined_at = excluded.joined_at, left_at = excluded.left_at"),
};

static const struct cs_table_column post_columns[] = {
	CS_KEY_INT(cs_post_row, id),
	CS_TEXT(cs_post_row, post),
	CS_INT(cs_post_row, unit),
	CS_INT(cs_post_row, staff),
	CS_INT(cs_post_row, deputy),
	CS_INT(cs_post_row, from_at),
	CS_INT(cs_post_row, to_at),
};
const struct cs_table cs_post_table = {
	.name = "post", .column = post_columns, .column_count = sizeof post_columns / sizeof *post_columns,
	.row_size = sizeof(struct cs_post_row),
	.by_key =
		"SELECT id, post, unit, staff, deputy, from_at, to_at "
		"FROM post WHERE id = :key ORDER BY id",
	.scan =
		"SELECT id, post, unit, staff, deputy, from_at, to_at "
		"FROM post WHERE id >= :key ORDER BY id",
	SAVE(
		"INSERT INTO post ("
		"id, post, unit, staff, deputy, from_at, to_at) "
		"VALUES ("
		":id, :post, :unit, :staff, :deputy, :from_at, :to_at) ",
		"ON CONFLICT (id) DO UPDATE SET "
		"post = excluded.post, unit = excluded.unit, staff = excluded.staff, "
		"deputy = excluded.deputy, from_at = excluded.from_at, to_at = excluded.to_at"),
};

static const struct cs_table_column staff_record_columns[] = {
	CS_KEY_INT(cs_staff_record_row, id),
	CS_INT(cs_staff_record_row, staff),
	CS_TEXT(cs_staff_record_row, record),
	CS_INT(cs_staff_record_row, at),
	CS_INT(cs_staff_record_row, until),
	CS_PERSONAL(cs_staff_record_row, note),
};
const struct cs_table cs_staff_record_table = {
	.name = "staff_record",
	.column = staff_record_columns,
	.column_count = sizeof staff_record_columns / sizeof *staff_record_columns,
	.row_size = sizeof(struct cs_staff_record_row),
	.by_key = "SELECT id, staff, record, at, until, note "
		  "FROM staff_record WHERE id = :key ORDER BY id",
	.scan = "SELECT id, staff, record, at, until, note "
		"FROM staff_record WHERE id >= :key ORDER BY id",
	SAVE("INSERT INTO staff_record ("
	     "id, staff, record, at, until, note) "
	     "VALUES ("
	     ":id, :staff, :record, :at, :until, :note) ",
	     "ON CONFLICT (id) DO UPDATE SET "
	     "staff = excluded.staff, record = excluded.record, at = excluded.at, "
	     "until = excluded.until, note = excluded.note"),
};

static const struct cs_table_column person_columns[] = {
	CS_KEY_INT(cs_person_row, id),
	CS_PERSONAL(cs_person_row, name),
	CS_PERSONAL(cs_person_row, phone),
	CS_TEXT(cs_person_row, source),
	CS_PERSONAL(cs_person_row, customer_key),
	CS_TEXT(cs_person_row, tier),
	CS_INT(cs_person_row, tier_at),
	CS_TEXT(cs_person_row, weight),
	CS_INT(cs_person_row, weight_at),
	CS_INT(cs_person_row, manager),
	CS_INT(cs_person_row, erased_at),
};
const struct cs_table cs_person_table = {
	.name = "person", .column = person_columns, .column_count = sizeof person_columns / sizeof *person_columns,
	.row_size = sizeof(struct cs_person_row),
	.by_key =
		"SELECT id, name, phone, source, customer_key, tier, tier_at, weight, weight_at, manager, "
		"erased_at "
		"FROM person WHERE id = :key ORDER BY id",
	.scan =
		"SELECT id, name, phone, source, customer_key, tier, tier_at, weight, weight_at, manager, "
		"erased_at "
		"FROM person WHERE id >= :key ORDER BY id",
	SAVE(
		"INSERT INTO person ("
		"id, name, phone, source, customer_key, tier, tier_at, weight, weight_at, manager, "
		"erased_at) "
		"VALUES ("
		":id, :name, :phone, :source, :customer_key, :tier, :tier_at, :weight, :weight_at, "
		":manager, :erased_at) ",
		"ON CONFLICT (id) DO UPDATE SET "
		"name = excluded.name, phone = excluded.phone, source = excluded.source, "
		"customer_key = excluded.customer_key, tier = excluded.tier, tier_at = excluded.tier_at, "
		"weight = excluded.weight, weight_at = excluded.weight_at, manager = excluded.manager, "
		"erased_at = excluded.erased_at"),
};

static const struct cs_table_column premises_columns[] = {
	CS_KEY_INT(cs_premises_row, id),
	CS_INT(cs_premises_row, unit),
	CS_PERSONAL(cs_premises_row, address),
	CS_INT(cs_premises_row, erased_at),
};
const struct cs_table cs_premises_table = {
	.name = "premises",
	.column = premises_columns,
	.column_count = sizeof premises_columns / sizeof *premises_columns,
	.row_size = sizeof(struct cs_premises_row),
	.by_key = "SELECT id, unit, address, erased_at "
		  "FROM premises WHERE id = :key ORDER BY id",
	.scan = "SELECT id, unit, address, erased_at "
		"FROM premises WHERE id >= :key ORDER BY id",
	SAVE("INSERT INTO premises ("
	     "id, unit, address, erased_at) "
	     "VALUES ("
	     ":id, :unit, :address, :erased_at) ",
	     "ON CONFLICT (id) DO UPDATE SET "
	     "unit = excluded.unit, address = excluded.address, erased_at = excluded.erased_at"),
};

static const struct cs_table_column tenure_columns[] = {
	CS_KEY_INT(cs_tenure_row, id),
	CS_INT(cs_tenure_row, person),
	CS_INT(cs_tenure_row, premises),
	CS_TEXT(cs_tenure_row, capacity),
	CS_INT(cs_tenure_row, from_at),
	CS_INT(cs_tenure_row, to_at),
};
const struct cs_table cs_tenure_table = {
	.name = "tenure", .column = tenure_columns, .column_count = sizeof tenure_columns / sizeof *tenure_columns,
	.row_size = sizeof(struct cs_tenure_row),
	.by_key =
		"SELECT id, person, premises, capacity, from_at, to_at "
		"FROM tenure WHERE id = :key ORDER BY id",
	.scan =
		"SELECT id, person, premises, capacity, from_at, to_at "
		"FROM tenure WHERE id >= :key ORDER BY id",
	SAVE(
		"INSERT INTO tenure ("
		"id, person, premises, capacity, from_at, to_at) "
		"VALUES ("
		":id, :person, :premises, :capacity, :from_at, :to_at) ",
		"ON CONFLICT (id) DO UPDATE SET "
		"person = excluded.person, premises = excluded.premises, capacity = excluded.capacity, "
		"from_at = excluded.from_at, to_at = excluded.to_at"),
};

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
	.by_key =
		"SELECT id, kind, state, state_is, waits, cycle, cycle_event, place, accepting, handling, causing, "
		"assignee, "
		"responsible, first, channel, category, specialty, importance, importance_peak, "
		"validity, priority, level, customer, premises, opened_at, responded_at, done_at, "
		"closed_at, due_at, late, stay_at, stay_by, stays, matter, imported, run, fields, "
		"subject, texts, last_at, last_event "
		"FROM ticket WHERE id = :key ORDER BY id",
	.scan = "SELECT id, kind, state, state_is, waits, cycle, cycle_event, place, accepting, handling, causing, "
		"assignee, "
		"responsible, first, channel, category, specialty, importance, importance_peak, "
		"validity, priority, level, customer, premises, opened_at, responded_at, done_at, "
		"closed_at, due_at, late, stay_at, stay_by, stays, matter, imported, run, fields, "
		"subject, texts, last_at, last_event "
		"FROM ticket WHERE id >= :key ORDER BY id",
	SAVE("INSERT INTO ticket ("
	     "id, kind, state, state_is, waits, cycle, cycle_event, place, accepting, handling, causing, assignee, "
	     "responsible, first, channel, category, specialty, importance, importance_peak, "
	     "validity, priority, level, customer, premises, opened_at, responded_at, done_at, "
	     "closed_at, due_at, late, stay_at, stay_by, stays, matter, imported, run, fields, "
	     "subject, texts, last_at, last_event) "
	     "VALUES ("
	     ":id, :kind, :state, :state_is, :waits, :cycle, :cycle_event, :place, :accepting, :handling, :causing, "
	     ":assignee, :responsible, :first, :channel, :category, :specialty, :importance, "
	     ":importance_peak, :validity, :priority, :level, :customer, :premises, :opened_at, "
	     ":responded_at, :done_at, :closed_at, :due_at, :late, :stay_at, :stay_by, :stays, "
	     ":matter, :imported, :run, :fields, :subject, :texts, :last_at, :last_event) ",
	     "ON CONFLICT (id) DO UPDATE SET "
	     "kind = excluded.kind, state = excluded.state, state_is = excluded.state_is, "
	     "waits = excluded.waits, cycle = excluded.cycle, cycle_event = excluded.cycle_event, place = "
	     "excluded.place, "
	     "accepting = excluded.accepting, handling = excluded.handling, "
	     "causing = excluded.causing, assignee = excluded.assignee, "
	     "responsible = excluded.responsible, first = excluded.first, channel = excluded.channel, "
	     "category = excluded.category, specialty = excluded.specialty, "
	     "importance = excluded.importance, importance_peak = excluded.importance_peak, "
	     "validity = excluded.validity, priority = excluded.priority, level = excluded.level, "
	     "customer = excluded.customer, premises = excluded.premises, "
	     "opened_at = excluded.opened_at, responded_at = excluded.responded_at, "
	     "done_at = excluded.done_at, closed_at = excluded.closed_at, due_at = excluded.due_at, "
	     "late = excluded.late, stay_at = excluded.stay_at, stay_by = excluded.stay_by, "
	     "stays = excluded.stays, matter = excluded.matter, imported = excluded.imported, "
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
	SAVE(
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
	SAVE("INSERT INTO ticket_key ("
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
	SAVE("INSERT INTO ticket_row ("
	     "ticket, list, key, fields, texts) "
	     "VALUES ("
	     ":ticket, :list, :key, :fields, :texts) ",
	     "ON CONFLICT (ticket, list, key) DO UPDATE SET "
	     "fields = excluded.fields, texts = excluded.texts"),
};

static const struct cs_table_column party_columns[] = {
	CS_KEY_INT(cs_party_row, ticket),
	CS_KEY_INT(cs_party_row, seq),
	CS_INT(cs_party_row, person),
	CS_TEXT(cs_party_row, capacity),
	CS_INT(cs_party_row, until),
	CS_PERSONAL(cs_party_row, name),
};
const struct cs_table cs_party_table = {
	.name = "party", .column = party_columns, .column_count = sizeof party_columns / sizeof *party_columns,
	.row_size = sizeof(struct cs_party_row),
	.by_key =
		"SELECT ticket, seq, person, capacity, until, name "
		"FROM party WHERE ticket = :key ORDER BY ticket, seq",
	.scan =
		"SELECT ticket, seq, person, capacity, until, name "
		"FROM party WHERE ticket >= :key ORDER BY ticket, seq",
	SAVE(
		"INSERT INTO party ("
		"ticket, seq, person, capacity, until, name) "
		"VALUES ("
		":ticket, :seq, :person, :capacity, :until, :name) ",
		"ON CONFLICT (ticket, seq) DO UPDATE SET "
		"person = excluded.person, capacity = excluded.capacity, until = excluded.until, "
		"name = excluded.name"),
};

static const struct cs_table_column link_columns[] = {
	CS_KEY_INT(cs_link_row, ticket),
	CS_KEY_INT(cs_link_row, seq),
	CS_TEXT(cs_link_row, link),
	CS_INT(cs_link_row, other),
	CS_INT(cs_link_row, until),
};
const struct cs_table cs_link_table = {
	.name = "link", .column = link_columns, .column_count = sizeof link_columns / sizeof *link_columns,
	.row_size = sizeof(struct cs_link_row),
	.by_key =
		"SELECT ticket, seq, link, other, until "
		"FROM link WHERE ticket = :key ORDER BY ticket, seq",
	.scan =
		"SELECT ticket, seq, link, other, until "
		"FROM link WHERE ticket >= :key ORDER BY ticket, seq",
	SAVE(
		"INSERT INTO link ("
		"ticket, seq, link, other, until) "
		"VALUES ("
		":ticket, :seq, :link, :other, :until) ",
		"ON CONFLICT (ticket, seq) DO UPDATE SET "
		"link = excluded.link, other = excluded.other, until = excluded.until"),
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
	SAVE("INSERT INTO evidence ("
	     "ticket, seq, event, kind, signer, kept, digest) "
	     "VALUES ("
	     ":ticket, :seq, :event, :kind, :signer, :kept, :digest) ",
	     "ON CONFLICT (ticket, seq) DO UPDATE SET "
	     "event = excluded.event, kind = excluded.kind, signer = excluded.signer, "
	     "kept = excluded.kept, digest = excluded.digest"),
};

static const struct cs_table_column clock_columns[] = {
	CS_KEY_INT(cs_clock_row, ticket),
	CS_KEY_TEXT(cs_clock_row, clock),
	CS_KEY_INT(cs_clock_row, cycle),
	CS_KEY_INT(cs_clock_row, run),
	CS_INT(cs_clock_row, rule),
	CS_INT(cs_clock_row, edition),
	CS_INT(cs_clock_row, start_at),
	CS_INT(cs_clock_row, counted_from),
	CS_INT(cs_clock_row, due_at),
	CS_INT(cs_clock_row, due_set),
	CS_INT(cs_clock_row, stop_at),
	CS_TEXT(cs_clock_row, verdict),
	CS_INT(cs_clock_row, breached),
	CS_INT(cs_clock_row, paused_at),
	CS_TEXT(cs_clock_row, pauses),
	CS_TEXT(cs_clock_row, crossings),
	CS_INT(cs_clock_row, next_at),
};
const struct cs_table cs_clock_table = {
	.name = "clock", .column = clock_columns, .column_count = sizeof clock_columns / sizeof *clock_columns,
	.row_size = sizeof(struct cs_clock_row),
	.by_key =
		"SELECT ticket, clock, cycle, run, rule, edition, start_at, counted_from, due_at, due_set, "
		"stop_at, verdict, breached, paused_at, pauses, crossings, next_at "
		"FROM clock WHERE ticket = :key ORDER BY ticket, clock, cycle, run",
	.scan =
		"SELECT ticket, clock, cycle, run, rule, edition, start_at, counted_from, due_at, due_set, "
		"stop_at, verdict, breached, paused_at, pauses, crossings, next_at "
		"FROM clock WHERE ticket >= :key ORDER BY ticket, clock, cycle, run",
	SAVE(
		"INSERT INTO clock ("
		"ticket, clock, cycle, run, rule, edition, start_at, counted_from, due_at, due_set, "
		"stop_at, verdict, breached, paused_at, pauses, crossings, next_at) "
		"VALUES ("
		":ticket, :clock, :cycle, :run, :rule, :edition, :start_at, :counted_from, :due_at, "
		":due_set, :stop_at, :verdict, :breached, :paused_at, :pauses, :crossings, :next_at) ",
		"ON CONFLICT (ticket, clock, cycle, run) DO UPDATE SET "
		"rule = excluded.rule, edition = excluded.edition, start_at = excluded.start_at, "
		"counted_from = excluded.counted_from, due_at = excluded.due_at, "
		"due_set = excluded.due_set, stop_at = excluded.stop_at, verdict = excluded.verdict, "
		"breached = excluded.breached, paused_at = excluded.paused_at, pauses = excluded.pauses, "
		"crossings = excluded.crossings, next_at = excluded.next_at"),
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
	SAVE(
		"INSERT INTO rung ("
		"ticket, clock, cycle, rung, run, at, event, to_staff, moot, imported) "
		"VALUES ("
		":ticket, :clock, :cycle, :rung, :run, :at, :event, :to_staff, :moot, :imported) ",
		"ON CONFLICT (ticket, clock, cycle, rung, run) DO UPDATE SET "
		"at = excluded.at, event = excluded.event, to_staff = excluded.to_staff, "
		"moot = excluded.moot, imported = excluded.imported"),
};

static const struct cs_table_column owed_columns[] = {
	CS_KEY_TEXT(cs_owed_row, about),
	CS_KEY_INT(cs_owed_row, subject),
	CS_KEY_TEXT(cs_owed_row, duty),
	CS_KEY_TEXT(cs_owed_row, cause),
	CS_INT(cs_owed_row, owner),
	CS_INT(cs_owed_row, owed_at),
	CS_INT(cs_owed_row, due_at),
	CS_INT(cs_owed_row, done_at),
	CS_INT(cs_owed_row, waived_at),
};
const struct cs_table cs_owed_table = {
	.name = "owed", .column = owed_columns, .column_count = sizeof owed_columns / sizeof *owed_columns,
	.row_size = sizeof(struct cs_owed_row),
	.by_key =
		"SELECT about, subject, duty, cause, owner, owed_at, due_at, done_at, waived_at "
		"FROM owed WHERE subject = :key AND about = 'ticket' ORDER BY about, subject, duty, cause",
	.scan =
		"SELECT about, subject, duty, cause, owner, owed_at, due_at, done_at, waived_at "
		"FROM owed WHERE subject >= :key AND about = 'ticket' ORDER BY about, subject, duty, cause",
	SAVE(
		"INSERT INTO owed ("
		"about, subject, duty, cause, owner, owed_at, due_at, done_at, waived_at) "
		"VALUES ("
		":about, :subject, :duty, :cause, :owner, :owed_at, :due_at, :done_at, :waived_at) ",
		"ON CONFLICT (about, subject, duty, cause) DO UPDATE SET "
		"owner = excluded.owner, owed_at = excluded.owed_at, due_at = excluded.due_at, "
		"done_at = excluded.done_at, waived_at = excluded.waived_at"),
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
	SAVE("INSERT INTO callback ("
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
	SAVE(
		"INSERT INTO attempt ("
		"ticket, callback, seq, at, method, outcome, staff) "
		"VALUES ("
		":ticket, :callback, :seq, :at, :method, :outcome, :staff) ",
		"ON CONFLICT (ticket, callback, seq) DO UPDATE SET "
		"at = excluded.at, method = excluded.method, outcome = excluded.outcome, "
		"staff = excluded.staff"),
};

static const struct cs_table_column happening_columns[] = {
	CS_KEY_INT(cs_happening_row, id),
	CS_TEXT(cs_happening_row, happening),
	CS_INT(cs_happening_row, unit),
	CS_INT(cs_happening_row, at),
};
const struct cs_table cs_happening_table = {
	.name = "happening",
	.column = happening_columns,
	.column_count = sizeof happening_columns / sizeof *happening_columns,
	.row_size = sizeof(struct cs_happening_row),
	.by_key = "SELECT id, happening, unit, at "
		  "FROM happening WHERE id = :key ORDER BY id",
	.scan = "SELECT id, happening, unit, at "
		"FROM happening WHERE id >= :key ORDER BY id",
	SAVE("INSERT INTO happening ("
	     "id, happening, unit, at) "
	     "VALUES ("
	     ":id, :happening, :unit, :at) ",
	     "ON CONFLICT (id) DO UPDATE SET "
	     "happening = excluded.happening, unit = excluded.unit, at = excluded.at"),
};

static const struct cs_table_column draw_columns[] = {
	CS_KEY_INT(cs_draw_row, id),
	CS_TEXT(cs_draw_row, name),
	CS_TEXT(cs_draw_row, period),
	CS_INT(cs_draw_row, unit),
	CS_INT(cs_draw_row, again),
	CS_TEXT(cs_draw_row, seed),
	CS_INT(cs_draw_row, seed_given),
	CS_TEXT(cs_draw_row, chain_head),
	CS_TEXT(cs_draw_row, frame_digest),
	CS_INT(cs_draw_row, frame_count),
	CS_TEXT(cs_draw_row, spec),
	CS_TEXT(cs_draw_row, frame),
	CS_INT(cs_draw_row, at),
};
const struct cs_table cs_draw_table = {
	.name = "draw",
	.column = draw_columns,
	.column_count = sizeof draw_columns / sizeof *draw_columns,
	.row_size = sizeof(struct cs_draw_row),
	.by_key =
		"SELECT id, name, period, unit, again, seed, seed_given, chain_head, frame_digest, frame_count, "
		"spec, frame, at "
		"FROM draw WHERE id = :key ORDER BY id",
	.scan = "SELECT id, name, period, unit, again, seed, seed_given, chain_head, frame_digest, frame_count, "
		"spec, frame, at "
		"FROM draw WHERE id >= :key ORDER BY id",
	SAVE("INSERT INTO draw (id, name, period, unit, again, seed, seed_given, chain_head, frame_digest, "
		"frame_count, "
	     "spec, frame, at) "
	     "VALUES (:id, :name, :period, :unit, :again, :seed, :seed_given, :chain_head, :frame_digest, "
	     ":frame_count, "
	     ":spec, :frame, :at) ",
	     "ON CONFLICT (id) DO UPDATE SET name = excluded.name, period = excluded.period, unit = excluded.unit, "
	     "again = excluded.again, seed = excluded.seed, seed_given = excluded.seed_given, "
	     "chain_head = excluded.chain_head, frame_digest = excluded.frame_digest, "
	     "frame_count = excluded.frame_count, spec = excluded.spec, frame = excluded.frame, at = excluded.at"),
};

static const struct cs_table_column access_columns[] = {
	CS_KEY_INT(cs_access_row, id), CS_INT(cs_access_row, ticket), CS_TEXT(cs_access_row, rule),
	CS_INT(cs_access_row, staff),  CS_INT(cs_access_row, at),     CS_TEXT(cs_access_row, why),
};
const struct cs_table cs_access_table = {
	.name = "access",
	.column = access_columns,
	.column_count = sizeof access_columns / sizeof *access_columns,
	.row_size = sizeof(struct cs_access_row),
	.by_key = "SELECT id, ticket, rule, staff, at, why FROM access WHERE id = :key ORDER BY id",
	.scan = "SELECT id, ticket, rule, staff, at, why FROM access WHERE id >= :key ORDER BY id",
	SAVE("INSERT INTO access (id, ticket, rule, staff, at, why) VALUES (:id, :ticket, :rule, :staff, :at, :why) ",
	     "ON CONFLICT (id) DO UPDATE SET ticket = excluded.ticket, rule = excluded.rule, staff = excluded.staff, "
	     "at = excluded.at, why = excluded.why"),
};

const struct cs_table *const cs_tables[] = {
	&cs_ticket_table,       &cs_stay_table,     &cs_ticket_key_table, &cs_ticket_row_table, &cs_party_table,
	&cs_link_table,         &cs_evidence_table, &cs_clock_table,      &cs_rung_table,       &cs_owed_table,
	&cs_callback_table,     &cs_attempt_table,  &cs_unit_table,       &cs_staff_table,      &cs_post_table,
	&cs_staff_record_table, &cs_person_table,   &cs_premises_table,   &cs_tenure_table,     &cs_happening_table,
	&cs_draw_table,         &cs_access_table,
};
const size_t cs_table_count = sizeof cs_tables / sizeof *cs_tables;
const size_t cs_ticket_table_count = 12;
