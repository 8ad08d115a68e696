/* The folded tables: fixed SQL beside the description of its rows; those of a ticket are in rows_ticket.c. */
#include "store/rows.h"

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
	CS_SAVE(
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
	CS_SAVE(
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
	CS_SAVE(
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
	CS_SAVE("INSERT INTO staff_record ("
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
	CS_SAVE(
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
	CS_SAVE("INSERT INTO premises ("
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
	CS_SAVE(
		"INSERT INTO tenure ("
		"id, person, premises, capacity, from_at, to_at) "
		"VALUES ("
		":id, :person, :premises, :capacity, :from_at, :to_at) ",
		"ON CONFLICT (id) DO UPDATE SET "
		"person = excluded.person, premises = excluded.premises, capacity = excluded.capacity, "
		"from_at = excluded.from_at, to_at = excluded.to_at"),
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
	CS_SAVE("INSERT INTO happening ("
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
	CS_SAVE("INSERT INTO draw (id, name, period, unit, again, seed, seed_given, chain_head, frame_digest, "
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
	CS_SAVE("INSERT INTO access (id, ticket, rule, staff, at, why) "
	     "VALUES (:id, :ticket, :rule, :staff, :at, :why) ",
	     "ON CONFLICT (id) DO UPDATE SET ticket = excluded.ticket, rule = excluded.rule, staff = excluded.staff, "
	     "at = excluded.at, why = excluded.why"),
};

const struct cs_table *const cs_tables[] = {
	/* clang-format off: one a line */
	&cs_ticket_table,   &cs_stay_table,     &cs_ticket_key_table, &cs_ticket_row_table,   &cs_party_table,
	&cs_link_table,     &cs_evidence_table, &cs_clock_table,      &cs_rung_table,         &cs_owed_table,
	&cs_callback_table, &cs_attempt_table,  &cs_appeal_table,     &cs_likeness_table,     &cs_approval_table,
	&cs_unit_table,     &cs_staff_table,    &cs_post_table,       &cs_staff_record_table, &cs_person_table,
	&cs_premises_table, &cs_tenure_table,   &cs_happening_table,  &cs_draw_table,         &cs_access_table,
	/* clang-format on */
};
const size_t cs_table_count = sizeof cs_tables / sizeof *cs_tables;
const size_t cs_ticket_table_count = 15;
