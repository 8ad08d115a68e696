#!/usr/bin/env bats
# The night's script as cron runs it: an empty environment, one at a time, silent when all is well.
load helper
load night

setup() {
	cs_setup
	# A live database, for the script sets no clock; its tickets are a year old.
	cs-init >/dev/null
	mkdir backups
	cat >conf <<-CONF
		# a comment
		DB=$CS_SCRATCH/desk.db
		BACKUPS=$CS_SCRATCH/backups
		HEADS=$CS_SCRATCH/heads
		KEEP=2
		NOTIFY='cat >>$CS_SCRATCH/mail'
		NOTIFY_TO=staff
		PATH=$CS_SCRATCH/stand_in:$CS_BUILD:/usr/local/bin:/usr/bin:/bin
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
	assert_equal "$(stat -c '%a %U' desk.db.nightly.lock)" "$(stat -c '%a %U' desk.db)" 'who may take the lock'
	nightly "$CS_SCRATCH/conf"
	nightly "$CS_SCRATCH/conf"
	assert_stdout ''
	assert_equal "$(wc -l <heads)" 3 heads
	assert_equal "$(find backups -name 'desk-*.db' | wc -l)" 2 'backups kept'
	assert_equal "$(find backups -name 'desk-*.3.db' | wc -l)" 1 'the newest is kept'
}

@test "a night of a rehearsal is played at the time given; a live database refuses it" {
	rm -f desk.db*
	desk 1 # its request comes in on 2 November, 09:00
	sed -i 's/^NOTIFY=.*/OWED=day/; /^NOTIFY_TO/d' conf
	nightly --now '2026-11-03 02:35' "$CS_SCRATCH/conf"
	assert_status 0
	assert_equal "$(sql "SELECT count(*) FROM rung WHERE rung = 'esc_1'")" 1 'fired at midnight'
	assert_equal "$(sql "SELECT count(*) FROM rung WHERE rung = 'esc_2'")" 0 'two days after'
	split env -i CS_NOW='2026-11-05 02:35' "$CS_ROOT/scripts/nightly" "$CS_SCRATCH/conf"
	assert_status 0
	assert_equal "$(sql "SELECT count(*) FROM rung WHERE rung = 'esc_2'")" 1 'fired since'
	assert_equal "$(cd backups && echo desk-*)" 'desk-2026-11-03.db desk-2026-11-05.db' backups
	assert_equal "$(cut -f 1 heads)" $'2026-11-03 02:35\n2026-11-05 02:35' heads
	nightly --now '2026-11-06 02:35' "$CS_SCRATCH/conf" # the heads before are read
	assert_status 0
	rm -f desk.db* heads backups/*
	cs-init >made
	nightly --now '2026-11-03 02:35' "$CS_SCRATCH/conf"
	assert_status 77
	assert_stdout_contains 'escalation ended with 77'
	assert_stdout_contains 'the clock of a live database cannot be set'
	assert_equal "$(cd backups && echo *.db)" '*.db' 'no backup'
	for words in '--now' '--now soon conf' '--at 2026-11-03 conf' 'conf conf'; do
		# shellcheck disable=SC2086 # words
		nightly $words
		assert_status 64
	done
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
	assert_equal "$(find backups -name 'desk-*.[45].db' | wc -l) $(find backups -name 'desk-*' | wc -l)" '2 2' 'kept: the last two'
}

@test "never twice at once on one database, whatever it is called and wherever its backups go" {
	ln -s desk.db other.db
	mkdir backups2
	sed "s/^BACKUPS=.*/BACKUPS=backups2/; s/^HEADS=.*/HEADS=heads2/; s/^DB=.*/DB=other.db/" conf >conf2
	exec 7>>desk.db.nightly.lock
	flock -x 7
	for conf in conf conf2; do
		nightly "$CS_SCRATCH/$conf"
		assert_status 75
		assert_stdout ''
		assert_stderr_contains 'another nightly run'
	done
	[ ! -e heads2 ] || fail 'a run was begun'
	flock -u 7
	for conf in conf conf2; do
		nightly "$CS_SCRATCH/$conf"
		assert_status 0
	done
}

@test "what a program leaves behind does not keep the lock" {
	mkfifo over
	stand_in cs-escalate "cat '$CS_SCRATCH/over' >/dev/null 2>&1 3>&- &" 'exec "${0%/stand_in*}/cs-escalate" "$@"'
	ln -s "$CS_BUILD/cs-escalate" cs-escalate
	nightly "$CS_SCRATCH/conf"
	first=$status
	nightly "$CS_SCRATCH/conf"
	: >over
	assert_equal "$first" 0 'the first run'
	assert_status 0
	assert_stderr ''
}

@test "an escalation at work is waited for, for two minutes; then the others are done without it" {
	stand_in sleep "echo \$1 >>'$CS_SCRATCH/slept'; [ ! -e '$CS_SCRATCH/over' ] || flock -u 7"
	exec 7<desk.db # cs-escalate keeps its lock there
	flock -x 7
	: >over
	nightly "$CS_SCRATCH/conf"
	assert_status 0
	assert_stdout ''
	assert_stderr ''
	assert_equal "$(wc -l <slept)" 1 waited
	rm over
	flock -x 7
	nightly "$CS_SCRATCH/conf"
	assert_status 75
	assert_line 0 'cs-nightly: escalation ended with 75:'
	assert_lines 2
	assert_equal "$(awk '{ sum += $1 } END { print sum }' slept)" 130 seconds
	assert_equal "$(wc -l <heads)" 2 heads
}

@test "each database has a folder of its own: another's backups are neither removed nor counted" {
	mkdir b
	cs-init -d b/desk.db >/dev/null
	sed "s|^DB=.*|DB=$CS_SCRATCH/b/desk.db|; s|^HEADS=.*|HEADS=$CS_SCRATCH/b/heads|" conf >conf2
	nightly "$CS_SCRATCH/conf"
	nightly "$CS_SCRATCH/conf"
	stand_in cs-escalate ': >"${0%/stand_in*}/escalated"'
	ls backups >before
	nightly "$CS_SCRATCH/conf2"
	assert_status 78
	assert_stdout_contains "backups: has the backups of $CS_SCRATCH/desk.db; each database wants a folder of its own"
	assert_lines 1
	assert_equal "$(ls backups)" "$(cat before)" backups
	[ -e escalated ] || fail 'the rest was not done'
	rm backups/.nightly.database
	nightly "$CS_SCRATCH/conf2"
	assert_status 0
}

@test "a folder of backups that is not there is not made: its disk may not be mounted; the rest is done" {
	rmdir backups
	stand_in cs-escalate ": >'$CS_SCRATCH/escalated'"
	nightly "$CS_SCRATCH/conf"
	assert_status 78
	assert_stdout "cs-nightly: $CS_SCRATCH/backups: is no folder; is its disk mounted? Where it is new: mkdir -p $CS_SCRATCH/backups"
	[ ! -e backups ] || fail 'it was made'
	[ -e escalated ] || fail 'the rest was not done'
}

@test "a place that cannot be written: said, 74, and the rest is done" {
	for line in BACKUPS=/proc "HEADS=$CS_SCRATCH/nosuch/heads" HEADS=/proc/heads; do
		sed "s|^${line%%=*}=.*|$line|" conf >less
		stand_in cs-escalate ": >'$CS_SCRATCH/escalated'"
		nightly "$CS_SCRATCH/less"
		assert_status 74
		assert_stdout_contains "${line#*=}"
		assert_stderr ''
		[ -e escalated ] || fail 'the rest was not done'
		rm escalated
	done
	assert_equal "$(find backups -name 'desk-*.db' | wc -l)" 2 'backups made though no head could be'
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

# S4-4-5, S0-4-19: what is owed has no use where nobody is told of it.
@test "what is owed and late is named each night until it is done; of the rest as much as is wanted" {
	stand_in cs-check 'printf "1\\tx\\n"' # that nobody recorded the rows is not the matter here
	printf 'code,name,level\nhq,总部,hq\n' | cs-org import -q units -
	hq=$(sql "SELECT id FROM unit WHERE code = 'hq'")
	day=$(TZ=Asia/Shanghai date -d "$(TZ=Asia/Shanghai date +%Y-%m-%d) 23:59:59" +%s)
	sql "INSERT INTO owed (about, subject, duty, cause, edition, times, owed_at, due_at) VALUES
		('unit', $hq, 'quarterly_statistics', '2020-Q1', 1, 0, 1577808000, 1585670400),
		('unit', $hq, 'quarterly_statistics', 'today', 1, 0, 1577808000, $day),
		('unit', $hq, 'quarterly_statistics', 'some day', 1, 0, 1577808000, 4102444800)"
	split env -i TZ=Asia/Shanghai "$CS_ROOT/scripts/nightly" "$CS_SCRATCH/conf"
	assert_status 0
	assert_line 0 'cs-nightly: owed and late:'
	assert_line 1 "    hq	quarterly_statistics	2020-Q1	owed	2020-04-01 00:00		2020-01-01 00:00		yes		"
	assert_lines 2
	for OWED in day all none; do
		{ cat conf && echo "OWED=$OWED"; } >own.conf
		split env -i TZ=Asia/Shanghai "$CS_ROOT/scripts/nightly" "$CS_SCRATCH/own.conf"
		assert_status 0
		printf '%s\n' "$output" >"out.$OWED"
	done
	assert_equal "$(cut -f 3 out.day | xargs)" 'cs-nightly: owed and late: 2020-Q1 cs-nightly: owed today: today'
	assert_equal "$(cut -f 3 out.all | xargs)" 'cs-nightly: owed: 2020-Q1 today some day'
	assert_equal "$(cat out.none)" ''
	{ cat conf && echo OWED=often; } >own.conf
	split env -i TZ=Asia/Shanghai "$CS_ROOT/scripts/nightly" "$CS_SCRATCH/own.conf"
	assert_status 78
	assert_stderr_contains 'OWED=often: late, day, all or none is wanted'
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
	assert_stderr 'cs-nightly: nosuch.db: no such database, or none that this account may see'
	nightly a b
	assert_status 64
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
	for line in "NOTIFY='cat" 'DB=$HOME/desk.db' 'exit 0' 'DB=$(' 'false'; do
		{ cat conf && echo "$line"; } >less
		nightly "$CS_SCRATCH/less"
		assert_status 78
		assert_stderr_contains 'less: not read to its end'
		assert_equal "$(printf '%s\n' "$stderr" | grep -vc '^cs-nightly: ')" 0 'lines of the shell'
	done
	for line in 'NOTIFY=sendmail -t' '  KEEP=2 3 # days' 'DB=/a b/desk.db'; do
		{ cat conf && echo "$line" && echo '# the end'; } >less
		nightly "$CS_SCRATCH/less"
		assert_status 78
		assert_stderr_contains "less:9: $line: a value with blanks stands in quotes"
	done
	{ cat conf && printf '%s\n' 'NOTIFY="cat >/dev/null" # of "all"' 'KEEP=2 # days' 'export KEEP; KEEP=3'; } >less
	[ ! -e heads ] || fail 'a run was begun'
	nightly "$CS_SCRATCH/less"
	assert_status 0
	assert_stderr ''
}
