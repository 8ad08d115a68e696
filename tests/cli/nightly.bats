#!/usr/bin/env bats
# The night's script as cron runs it: an empty environment, one at a time, silent when all is well.
load helper
load night

setup() {
	cs_setup
	# A live database, for the script sets no clock; its tickets are a year old.
	cs-init >/dev/null
	cat >conf <<-CONF
		# a comment
		DB=$CS_SCRATCH/desk.db
		BACKUPS=$CS_SCRATCH/backups
		HEADS=$CS_SCRATCH/heads
		KEEP=2
		NOTIFY='cat >>$CS_SCRATCH/mail'
		NOTIFY_TO=staff
		PATH=$CS_BUILD:/usr/local/bin:/usr/bin:/bin
	CONF
}

nightly() {
	split env -i "$CS_ROOT/scripts/nightly" "$@"
}

@test "all well: nothing is said; a backup, a line of heads" {
	nightly "$CS_SCRATCH/conf"
	assert_status 0
	assert_stdout ''
	assert_stderr ''
	assert_equal "$(cut -f 2,3 heads)" "$(cs-check)"
	cs-check -d backups/desk-*.db >/dev/null
	nightly "$CS_SCRATCH/conf"
	nightly "$CS_SCRATCH/conf"
	assert_stdout ''
	assert_equal "$(wc -l <heads)" 3 heads
	assert_equal "$(find backups -name 'desk-*.db' | wc -l)" 2 'backups kept'
	assert_equal "$(find backups -name 'desk-*.3.db' | wc -l)" 1 'the newest is kept'
}

@test "a cut tail is said, and ends with 1; no head is added, no backup removed" {
	nightly "$CS_SCRATCH/conf"
	nightly "$CS_SCRATCH/conf"
	last=$(sql 'SELECT max(id) FROM event')
	sql "DELETE FROM event WHERE id = $last; UPDATE sqlite_sequence SET seq = $((last - 1)) WHERE name = 'event'"
	nightly "$CS_SCRATCH/conf"
	assert_status 1
	assert_stdout_contains 'verification ended with 1'
	assert_stdout_contains 'its tail was cut'
	assert_equal "$(wc -l <heads)" 2 heads
	assert_equal "$(find backups -name 'desk-*.db' | wc -l)" 3 backups
}

@test "a line of heads that was cut short is left out and said once; heads go on after it" {
	nightly "$CS_SCRATCH/conf"
	printf '2026-11-03T02:30:00+0800\t17\t0123' >>heads
	nightly "$CS_SCRATCH/conf"
	assert_status 74
	assert_stdout_contains 'heads: its last line was cut short and is left out'
	nightly "$CS_SCRATCH/conf"
	assert_status 0
	assert_stdout ''
	assert_equal "$(wc -l <heads)" 4 heads
	printf '2026-11-03T02:30:00+0800\t17' >heads # the very first one
	nightly "$CS_SCRATCH/conf"
	assert_status 74
	nightly "$CS_SCRATCH/conf"
	assert_status 0
	assert_stdout ''
}

@test "KEEP may begin with 0; copies that others made are not removed" {
	sed -i 's/^KEEP=.*/KEEP=08/' conf
	mkdir backups
	: >backups/desk-2020-01-01-before-the-move.db
	: >backups/desk-2020-01-01.db.4711.partial # of a run that was killed
	: >backups/desk-2020-01-01.db.4711.partial-wal
	for n in 01 02 03 04 05 06 07 08 09; do : >backups/desk-2020-01-$n.db; done
	nightly "$CS_SCRATCH/conf"
	assert_status 0
	assert_stderr ''
	assert_equal "$(cd backups && ls desk-2020*)" "$(printf 'desk-2020-01-%s.db\n' 01-before-the-move 03 04 05 06 07 08 09)" kept
}

@test "the file is rewritten after an erasure, and only then" {
	cs-customer add --name 斑马 --phone 13800138000 >/dev/null
	cs-customer erase -q --reason asked 1 >/dev/null
	assert_equal "$(sql 'SELECT unswept IS NULL FROM meta')" 0 'still to be swept'
	nightly "$CS_SCRATCH/conf"
	assert_status 0
	assert_stdout ''
	assert_equal "$(sql 'SELECT unswept IS NULL FROM meta')" 1 swept
}

@test "many runs on one day: the newest are kept, whatever the older ones' numbers" {
	for ((run = 1; run <= 5; run++)); do
		nightly "$CS_SCRATCH/conf"
		assert_status 0
	done
	assert_equal "$(cd backups && ls -v desk-* | sed 's/.*-..\.//')" $'4.db\n5.db' kept
}

@test "never twice at once" {
	mkdir backups
	exec 8>backups/.nightly.lock
	flock -x 8
	nightly "$CS_SCRATCH/conf"
	assert_status 75
	assert_stderr_contains 'another nightly run'
}

@test "one program fails, the others are tried, its code is the end" {
	sed -i '/^NOTIFY=/s/=.*/="exit 3"/' conf
	sql "INSERT INTO notice (event, seq, reason, to_kind, to_id, at, not_before, text, try_at) VALUES (1, 1, 'tell', 'staff', 1, 0, 0, 'x', 0)"
	nightly "$CS_SCRATCH/conf"
	assert_status 1
	assert_stdout_contains 'delivery ended with 1'
	assert_stdout_contains 'notice 1-1: pending: the command ended with 3'
	assert_stdout_contains 'verification ended with 1'
	assert_equal "$(find backups -name 'desk-*.db' | wc -l)" 1 backups
}

@test "a notice that was given up is shown until somebody settles it" {
	sql "INSERT INTO notice (event, seq, reason, to_kind, to_id, at, not_before, text, state) VALUES (1, 1, 'tell', 'staff', 1, 0, 0, 'x', 'failed')"
	nightly "$CS_SCRATCH/conf"
	assert_stdout_contains 'given up'
	assert_stdout_contains '1-1'
}

@test "a configuration that cannot be used" {
	nightly nosuch
	assert_status 66
	for name in DB BACKUPS HEADS; do
		sed "/^$name=/d" conf >less
		nightly "$CS_SCRATCH/less"
		assert_status 78
		assert_stderr_contains "$name is missing"
	done
	sed 's/^PATH=.*/PATH=\/nonexistent:\/usr\/bin:\/bin/' conf >less
	nightly "$CS_SCRATCH/less"
	assert_status 78
	assert_stderr_contains 'cs-escalate is not in'
	sed 's/^DB=.*/DB=nosuch.db/' conf >less
	nightly "$CS_SCRATCH/less"
	assert_status 66
	assert_stdout_contains 'escalation ended with 66'
	nightly a b
	assert_status 64
	rm -r backups
	while read -r line near; do
		{ cat conf && echo "$line"; } >less
		nightly "$CS_SCRATCH/less"
		assert_status 78
		assert_stderr_contains "less: ${line%%=*}: no such setting; did you mean $near?"
	done <<-'END'
		KEPE=2 KEEP
		keep=2 KEEP
		NOTIFYTO=staff NOTIFY_TO
		BACKUP=/tmp BACKUPS
		HEAD=/tmp/heads HEADS
	END
	for line in 'NOTIFY=sendmail -t' '  KEEP=2 3 # days' 'DB=/a b/desk.db'; do
		{ cat conf && echo "$line" && echo '# the end'; } >less
		nightly "$CS_SCRATCH/less"
		assert_status 78
		assert_stderr_contains "less:9: $line: a value with blanks stands in quotes"
	done
	{ cat conf && printf '%s\n' 'NOTIFY="cat >/dev/null" # of "all"' 'KEEP=2 # days' 'export KEEP; KEEP=3'; } >less
	[ ! -e backups ] || fail 'a run was begun'
	nightly "$CS_SCRATCH/less"
	assert_status 0
	assert_stderr ''
}
