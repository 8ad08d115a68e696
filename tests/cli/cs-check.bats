#!/usr/bin/env bats
# Whatever is altered behind the programs' back is found; what is sound is called sound.
load helper
load night

# A desk with tickets of every sort, escalated, one notice marked.
full_desk() {
	desk 3
	fill 2 '2026-11-02 10:00' 600 closed
	at '2026-11-06 12:00' cs-escalate >/dev/null
	export CS_NOW='2026-11-06 12:00'
}

# spoilt SQL: a copy of the database with that done to it.
spoilt() {
	cp "$CS_DB" spoilt.db
	rm -f spoilt.db-wal spoilt.db-shm
	sqlite3 spoilt.db "$1" || fail "sqlite3: $1"
}

# found TEXT SQL: cs-check ends with 1 and says TEXT.
found() {
	spoilt "$2"
	split cs-check -d spoilt.db
	ran="$2; $ran"
	assert_status 1
	assert_stderr_contains "$1"
}

@test "a sound database: count and head, nothing else" {
	full_desk
	split cs-check
	assert_status 0
	assert_stdout_matches '^[0-9]+'$'\t''[0-9a-f]{64}$'
	assert_stderr ''
	assert_equal "${output%$'\t'*}" "$(sql 'SELECT count(*) FROM event')"
	assert_equal "${output#*$'\t'}" "$(sql 'SELECT lower(hex(chain)) FROM event ORDER BY id DESC LIMIT 1')"
	local kept=$output
	split cs-check -f table
	assert_stdout_matches "^verdict +count +head"$'\n'"sound +${kept%$'\t'*}  ${kept#*$'\t'} *\$"
	echo "$output" | tail -n 1 >marks # which can be kept as well
	split cs-check --since marks
	assert_status 0
	spoilt 'UPDATE ticket SET subject = NULL'
	split cs-check -d spoilt.db -f table
	assert_status 1
	assert_stdout_contains 'faulty  '
	split cs-check --recompute
	assert_status 0
	assert_stderr ''
}

@test "every column of every event" {
	full_desk
	for id in $(sql "SELECT id FROM event WHERE id % 5 = 0 OR step = 'rung' AND id % 2 = 0 OR id IN (1, (SELECT max(id) FROM event))"); do
		for set in "about = about || 'x'" 'subject = subject + 1' 'at = at + 1' 'recorded_at = recorded_at - 1' \
			"login = 'x'" 'actor = ifnull(actor, 0) + 1' "step = step || 'x'" 'edition = ifnull(edition, 0) + 1' \
			"facts = replace(facts, '1', '2')" "facts = facts || ' '" "facts = facts || char(0)" \
			"private = 'x'" "private_digest = x'00'" "private_digest = zeroblob(32)" 'chain = zeroblob(32)' "chain = x'00'"; do
			found "event $id: " "UPDATE event SET $set WHERE id = $id"
		done
	done
}

@test "every single bit of an event" {
	full_desk
	id=$(sql "SELECT max(id) FROM event WHERE private IS NOT NULL AND length(facts) < 500")
	for column in facts private; do
		sqlite3 desk.db "SELECT hex($column) FROM event WHERE id = $id" >hex
		hex=$(cat hex)
		for ((i = 0; i < ${#hex}; i += 2)); do
			bit=$((1 << i / 2 % 8))
			byte=$(printf '%02X' $((16#${hex:i:2} ^ bit)))
			echo "UPDATE event SET $column = CAST(x'${hex:0:i}$byte${hex:i+2}' AS TEXT) WHERE id = $id;"
		done >updates
		n=0
		while read -r update; do
			# all of them in the long run, every seventh in the daily one
			n=$((n + 1))
			[ "$CS_TORTURE_ROUNDS" -ge 100 ] || [ $((n % 7)) -eq 0 ] || continue
			found "event $id: " "$update"
		done <updates
		[ "$n" -ge 100 ]
	done
}

@test "a deleted event, a cut tail, events put in" {
	full_desk
	last=$(sql 'SELECT max(id) FROM event')
	found 'event 7: not there' 'DELETE FROM event WHERE id = 7'
	found 'event 1: not there' 'DELETE FROM event WHERE id = 1'
	found 'event 7 to 9: not there' 'DELETE FROM event WHERE id BETWEEN 7 AND 9'
	found "event $last was written once" "DELETE FROM event WHERE id = $last"
	found "event $((last + 1)): altered" "INSERT INTO event SELECT $((last + 1)), about, subject, at, recorded_at, login, actor,
		step, edition, facts, private, private_digest, chain FROM event WHERE id = $last"
	found 'event 8: altered' 'UPDATE event SET id = -1 WHERE id = 7; UPDATE event SET id = 7 WHERE id = 8; UPDATE event SET id = 8 WHERE id = -1'
}

@test "a tail cut without a trace is found with an earlier head" {
	desk 2
	before=$(cs-check)
	fill 1 '2026-11-02 10:00'
	after=$(cs-check)
	printf '# nightly\n\n2026-11-02T02:30:00+0800\t%s\n2026-11-03T02:30:00+0800\t%s\n' "$before" "$after" >heads
	split cs-check --since heads
	assert_status 0
	refused 65 'cs-check: --since: /dev/null: no count and head in it' cs-check --since /dev/null
	last=${before%$'\t'*}
	ticket=$(sql 'SELECT max(id) FROM ticket')
	sql "DELETE FROM event WHERE id > $last; UPDATE sqlite_sequence SET seq = $last WHERE name = 'event';
		UPDATE counter SET last = last - 1;
		DELETE FROM person WHERE id NOT IN (SELECT customer FROM ticket WHERE id <> $ticket);
		DELETE FROM clock WHERE ticket = $ticket; DELETE FROM party WHERE ticket = $ticket; DELETE FROM ticket WHERE id = $ticket"
	split cs-check
	assert_status 0
	assert_stdout "$before"
	split cs-check --since heads
	assert_status 1
	assert_stderr_contains "it had ${after%$'\t'*} events, now it ends with event $last: its tail was cut"
	split cs-check --count "${after%$'\t'*}" --head "${after#*$'\t'}"
	assert_status 1
	split cs-check --count "${before%$'\t'*}" --head "${before#*$'\t'}"
	assert_status 0
	split cs-check --count "${before%$'\t'*}" --head "${after#*$'\t'}"
	assert_status 1
	assert_stderr_contains 'written anew'
}

@test "every column of every folded table" {
	full_desk
	n=0
	for table in ticket party clock rung owed unit staff post person premises notice; do
		keys=$(sql "SELECT group_concat(name, ', ') FROM pragma_table_info('$table') WHERE pk > 0")
		last=$(sql "SELECT group_concat(name || ' DESC', ', ') FROM pragma_table_info('$table') WHERE pk > 0")
		while IFS='|' read -r column type; do
			case $table.$column in
			notice.state | notice.attempts | notice.try_at | notice.lease* | notice.sent_at | notice.last_error) continue ;;
			esac
			if [ "$type" = TEXT ]; then
				value="ifnull($column, '') || 'x'"
			else
				value="ifnull($column, 0) + 1"
			fi
			# the last row: the first of the staff is the caller
			spoilt "UPDATE $table SET $column = $value WHERE ($keys) = (SELECT $keys FROM $table ORDER BY $last LIMIT 1)"
			split cs-check -d spoilt.db
			ran="$table.$column"
			assert_status 1
			n=$((n + 1))
		done < <(sqlite3 desk.db "SELECT name, type FROM pragma_table_info('$table')")
	done
	[ "$n" -gt 100 ] || fail "only $n columns"
}

@test "a missing row of every folded table, and one too many" {
	full_desk
	for table in ticket party clock rung owed unit staff post person premises notice; do
		keys=$(sql "SELECT group_concat(name, ', ') FROM pragma_table_info('$table') WHERE pk > 0")
		last=$(sql "SELECT group_concat(name || ' DESC', ', ') FROM pragma_table_info('$table') WHERE pk > 0")
		spoilt "DELETE FROM $table WHERE ($keys) = (SELECT $keys FROM $table ORDER BY $last LIMIT 1)"
		split cs-check -d spoilt.db
		ran="delete from $table"
		assert_status 1
	done
	found 'ticket R20261102-0777: nobody recorded it' "INSERT INTO ticket SELECT id + 776, $(sql "SELECT group_concat(name, ', ') FROM pragma_table_info('ticket') WHERE pk = 0") FROM ticket WHERE id = (SELECT min(id) FROM ticket)"
	found 'person 777: nobody recorded it' "INSERT INTO person (id, name) VALUES (777, 'x')"
	found 'link R20261102-0001, 1: nobody recorded it' "INSERT INTO link SELECT min(id), 1, 'same_as', max(id), NULL, 1 FROM ticket"
	found 'happening 1: nobody recorded it' "INSERT INTO happening VALUES (1, 'rain', 1, 0)"
	found 'notice 3-1: nobody recorded it' "INSERT INTO notice (event, seq, reason, to_kind, at, not_before) VALUES (3, 1, 'x', 'staff', 0, 0)"
	found 'callback R20261102-0001, 1: nobody recorded it' "INSERT INTO callback (ticket, seq, purpose, method, state, planned_at, tries, cycle) SELECT min(id), 1, 'x', 'phone', 'open', 0, 0, 1 FROM ticket"
	found 'policy 2: nobody recorded this edition' "INSERT INTO policy SELECT 2, name, edition, digest, text, loaded_at, loaded_by, approved_by FROM policy"
	found 'is not there' "INSERT INTO intake_row (source, key, digest, ticket, run) VALUES ('desk', 'k', 'd', 5, 1)"
}

@test "personal values are not shown" {
	full_desk
	found 'person 1: name: not what the history says (personal, not shown)' "UPDATE person SET name = '张三' WHERE id = 1"
	refute_stderr_contains 张三
	refute_stderr_contains 住户
}

@test "what belongs to delivery is no part of the history" {
	full_desk
	cs-notify send --command true >/dev/null
	split cs-check
	assert_status 0
	assert_stderr ''
}

@test "an altered edition: its digest, also when it cannot be used any more" {
	full_desk
	found 'policy 1: text: its digest is' "UPDATE policy SET text = replace(text, '\"48h\"', '\"49h\"')"
	found 'policy 1: text: its digest is' "UPDATE policy SET text = '{}'"
	assert_stderr_contains 'rules: '
}

@test "recompute: what an edition would now decide otherwise is information" {
	full_desk
	spoilt "UPDATE policy SET text = replace(text, '\"48h\"', '\"49h\"')"
	split cs-check -d spoilt.db --recompute
	assert_status 1
	assert_stderr_contains 'clock resolve: to come: decided due@'
}

@test "a damaged file ends with 74" {
	full_desk
	sql 'VACUUM'
	pages=$(sql 'PRAGMA page_count')
	root=$(sql "SELECT rootpage FROM sqlite_schema WHERE name = 'ticket'")
	cp desk.db spoilt.db
	printf 'garbage garbage garbage' | dd of=spoilt.db bs=1 seek=$(((root - 1) * 4096 + 8)) conv=notrunc 2>/dev/null
	split cs-check -d spoilt.db
	[ "$status" -eq 74 ] || [ "$status" -eq 1 ] || fail 'damage was not seen'
	half=$((pages / 2))
	head -c $((half * 4096)) desk.db >spoilt.db
	rm -f spoilt.db-wal spoilt.db-shm
	split cs-check -d spoilt.db
	assert_status 74
}

@test "wrong usage and databases that cannot be used" {
	refused 66 'no such database' cs-check
	refused 64 'belong together' cs-check --count 5
	refused 64 'no head of a chain' cs-check --count 5 --head abc
	refused 66 'No such file' cs-check --since nosuch
	echo '2026-11-02 5 abc' >heads
	refused 65 'heads:1: ' cs-check --since heads
	refused 64 'not wanted' cs-check R20261102-0001
	echo nonsense >desk.db
	refused 78 'not a csdesk database' cs-check
	rm desk.db
	desk 1
	split bash -c 'cs-check >/dev/full'
	assert_status 74
}
