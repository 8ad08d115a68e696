#!/usr/bin/env bats
# Copies are whole, verified, consistent while others write, and never overwrite.
load helper
load night

@test "a backup restores to the same head, with everything in it" {
	desk 5
	at '2026-11-20' cs-escalate >/dev/null
	head=$(cs-check)
	split cs-backup night.db
	assert_status 0
	assert_stdout "night.db"$'\t'"$head"
	before=$(sql .dump)
	rm desk.db*
	split cs-backup --restore night.db --to desk.db
	assert_stdout "desk.db"$'\t'"$head"
	assert_equal "$(cs-check)" "$head"
	assert_equal "$(sql .dump)" "$before" dump
	at '2026-11-20' split cs-escalate
	assert_status 0
	assert_equal "$(ls ./*.partial* 2>/dev/null)" '' 'left behind'
}

# The people of the desk share the database through its group; a backup is nobody's but its owner's.
@test "a restored database has the mode of a new one, whatever the umask" {
	desk 1
	assert_equal "$(stat -c %a desk.db)" 660 made
	umask 077
	cs-backup night.db >/dev/null
	assert_equal "$(stat -c %a night.db)" 600 backup
	cs-backup --restore night.db --to again.db >/dev/null
	assert_equal "$(stat -c %a again.db)" 660 restored
}

@test "nothing is ever overwritten" {
	desk 1
	echo precious >night.db
	refused 64 'exists already' cs-backup night.db
	assert_equal "$(cat night.db)" precious
	cs-backup other.db >/dev/null
	refused 64 'exists already' cs-backup --restore other.db --to desk.db
	echo log >new.db-wal
	refused 64 'belongs to another database' cs-backup --restore other.db --to new.db
}

@test "while others write: each copy is sound, and one state of the original" {
	desk 20
	export CS_NOW='2026-12-01'
	(
		n=0
		while [ ! -e stop ]; do
			n=$((n + 1))
			"$CS_BUILD/tests/bench/fill" desk.db 20 "2026-11-02 1$((n % 10)):00" 1 >/dev/null || exit 1
		done
	) &
	for n in 1 2 3 4 5; do
		split cs-backup "copy$n.db"
		assert_status 0
		assert_stderr ''
	done
	touch stop
	wait $! || fail 'the writer was disturbed'
	for n in 1 2 3 4 5; do
		split cs-check -d "copy$n.db"
		assert_status 0
		assert_equal "$((($(sqlite3 "copy$n.db" 'SELECT count(*) FROM ticket')) % 20))" 0 'half a transaction'
	done
}

@test "SIGTERM ends it at once with 75, and leaves no half copy" {
	desk 3000
	cs-backup night.db &
	pid=$!
	until compgen -G 'night.db.*.partial' >/dev/null; do :; done
	kill -TERM $pid
	status=0
	wait $pid || status=$?
	assert_equal "$status" 75
	assert_equal "$(ls night.db* 2>/dev/null)" '' 'left behind'
	cs-backup night.db >/dev/null
}

@test "a spoilt chain: the backup is kept and says so; it is not restored" {
	desk 2
	sql "UPDATE event SET at = at + 1 WHERE id = 9"
	split cs-backup night.db
	assert_status 1
	assert_stderr_contains 'event 9: altered'
	[ -e night.db ]
	refused 74 'it was not kept' cs-backup --restore night.db --to new.db
	[ ! -e new.db ]
}

@test "wrong usage and files that cannot be used" {
	desk 1
	refused 64 'say the file' cs-backup
	refused 64 'belong together' cs-backup --restore night.db
	refused 64 'belong together' cs-backup --to night.db
	refused 64 'not wanted' cs-backup a b
	refused 66 'no such database' cs-backup --restore nosuch --to new.db
	echo nonsense >nonsense
	refused 78 'not a csdesk database' cs-backup --restore nonsense --to new.db
	refused 74 'No such file' cs-backup nosuch/night.db
	split bash -c 'cs-backup night.db >/dev/full'
	assert_status 74
	assert_equal "$(stat -c %a night.db)" 640 mode
	sql "UPDATE staff SET login = 'somebody' WHERE id = 1"
	refused 77 'not on the staff' cs-backup other.db
}
