#!/usr/bin/env bats
# cs-init: every option, what it makes, what it refuses.
load helper
load faults

@test "makes a live database with the caller as admin and the property rules" {
	split cs-init -f json
	assert_status 0
	assert_stdout_contains '"done":"created"'
	assert_stdout_contains '"mode":"live"'
	assert_stdout_contains '"rules":"property '
	assert_stdout_contains "\"admin\":\"$(id -un)\""
	split cs-org list posts
	assert_stdout_contains "admin	$(id -un)"
	assert_equal "$(stat -c %a "$CS_DB")" 660 mode
}

@test "the file is open to its group whatever the umask" {
	umask 077
	cs-init -q >/dev/null
	assert_equal "$(stat -c %a "$CS_DB")" 660 mode
}

@test "again: up to date, nothing changed" {
	cs-init -q >/dev/null
	before=$(events)
	split cs-init
	assert_status 0
	assert_stdout_contains 'up to date'
	assert_equal "$(events)" "$before" events
}

@test "--rehearsal --seed --now: the same database every time" {
	for db in a.db b.db; do
		split cs-init -d "$db" --rehearsal --seed s --now '2026-11-21 09:30'
		assert_status 0
		assert_stdout_contains rehearsal
	done
	assert_equal "$(sqlite3 a.db 'SELECT database_id, created_at FROM meta')" "$(sqlite3 b.db 'SELECT database_id, created_at FROM meta')" meta
	assert_equal "$(sqlite3 a.db 'SELECT hex(chain) FROM event')" "$(sqlite3 b.db 'SELECT hex(chain) FROM event')" chain
	cs-init -q -d c.db --rehearsal --seed t --now '2026-11-21 09:30' >/dev/null
	[ "$(sqlite3 c.db 'SELECT database_id FROM meta')" != "$(sqlite3 a.db 'SELECT database_id FROM meta')" ] || fail 'another seed, the same id'
	assert_equal "$(sqlite3 a.db 'SELECT created_at FROM meta')" "$(TZ=Asia/Shanghai date -d '2026-11-21 09:30' +%s)" created
}

@test "--admin enters that person instead of the caller" {
	split cs-init --rehearsal --admin chen
	assert_status 0
	assert_stdout_contains chen
	refused 77 'is not on the staff' cs-org list staff
	refused 64 'is no login name' cs-init -d x.db --admin 'two words'
	refused 64 'is no login name' cs-init -d x.db --admin ''
}

@test "--policy: a file of one's own, extending a shipped one" {
	echo '{"policy": "acme", "edition": "2026-12-01", "extends": "property"}' >acme.json
	split cs-init --rehearsal --policy acme.json
	assert_status 0
	assert_stdout_contains 'acme 2026-12-01'
	refused 66 "no policy 'nothing' is shipped" cs-init -d x.db --policy nothing
	refused 66 'none.json' cs-init -d x.db --policy ./none.json
	echo '{"policy": "acme", "edition": "2026-12-01", "extends": "property", "zone": "Asia/Shanghi"}' >acme.json
	refused 78 'acme.json: /zone: ' cs-init -d x.db --policy acme.json
	[ ! -e x.db ] || fail 'a database was left behind'
}

@test "a live database lets nobody set the clock" {
	refused 77 'clock of a live database' cs-init --now '2026-11-21 09:30'
	refused 77 'clock of a live database' env CS_NOW='2026-11-21 09:30' cs-init
	[ ! -e "$CS_DB" ] || fail 'a database was left behind'
	refused 64 '--seed is for --rehearsal' cs-init --seed s
	refused 64 '--now' cs-init --rehearsal --now soon
}

@test "what is for a new database is refused on one that exists" {
	cs-init -q --rehearsal >/dev/null
	for option in --policy=property --admin=chen; do
		refused 64 'exists already' cs-init "$option"
	done
	cs-init -q -d live.db >/dev/null
	refused 78 'is a live database already' cs-init -d live.db --rehearsal
}

@test "an interrupted run is finished by the next" {
	cs-init -q --rehearsal >/dev/null
	sqlite3 "$CS_DB" 'DELETE FROM post; DELETE FROM staff; DELETE FROM policy; DELETE FROM event; DELETE FROM meta'
	refused 78 'run cs-init on it again' cs-org list staff
	split cs-init --rehearsal
	assert_status 0
	assert_stdout_contains created
	split cs-org list staff
	assert_lines 1
}

@test "what a run left that was ended at its start is taken as new: nothing in it, or no table yet" {
	: >nothing.db
	sqlite3 begun.db 'CREATE TABLE t (x); DROP TABLE t'
	sqlite3 ours.db "PRAGMA application_id = $(cs-init -q >/dev/null; sqlite3 "$CS_DB" 'PRAGMA application_id')"
	for db in nothing begun ours; do
		split cs-init --rehearsal -d $db.db
		assert_status 0
		assert_stdout_contains created
		assert_equal "$(stat -c %a $db.db)" 660 mode
		split cs-org list staff -d $db.db
		assert_lines 1
	done
}

@test "refused: wrong usage" {
	refused 64 'unknown option --rehersal; did you mean --rehearsal?' cs-init --rehersal
	refused 64 'is not wanted' cs-init desk.db
	refused 64 'given twice' cs-init --rehearsal --rehearsal
	refused 64 'unknown option --dry-run' cs-init --dry-run
	refused 64 'no format' cs-init -f xml
	refused 64 'not UTF-8' cs-init --admin $'\xff'
}

@test "refused: what is no database of ours, newer, no folder" {
	echo 'this is no database, but it is long enough to be looked at' >foreign.db
	refused 78 'not a csdesk database' cs-init -d foreign.db
	sqlite3 theirs.db 'CREATE TABLE t (x)'
	refused 78 'not a csdesk database' cs-init -d theirs.db
	cs-init -q -d newer.db >/dev/null
	sqlite3 newer.db 'PRAGMA user_version = 999'
	refused 78 'newer csdesk' cs-init -d newer.db
	refused 66 'No such file' cs-init -d none/desk.db
	refused 78 'not a csdesk database' cs-init -d .
}

@test "an output that takes nothing ends with 74; the database is made" {
	full_output cs-init --rehearsal
	split cs-init
	assert_stdout_contains 'up to date'
}

@test "--help, --version, -q" {
	split cs-init --help
	assert_status 0
	assert_stdout_contains 'usage: cs-init [-d PATH]'
	split cs-init -V
	assert_stdout_matches '^cs-init \(csdesk\) [0-9.]+$'
	split cs-init -q --rehearsal
	assert_stderr ''
}
