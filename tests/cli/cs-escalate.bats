#!/usr/bin/env bats
# The nightly run: what fires, when, for whom, and only once.
load helper
load faults
load night

# What tickets do; units miss something every day.
tickets() {
	cs-escalate "$@" | grep -v ^p1 || true
}

r1=R20261102-0001

@test "S3-6-1 to S3-6-5: five rungs, each at its own time, the posts one after the other" {
	desk 1
	at '2026-12-01 00:00' split tickets
	assert_status 0
	assert_stdout "$(printf '%s\t%s\t%s\t%s\t%s\t%s\n' \
		$r1 handover due '2026-11-02 09:03' '' '' \
		$r1 dispatch due '2026-11-02 09:10' '' '' \
		$r1 arrive_customer due '2026-11-02 09:30' '' '' \
		$r1 resolve due '2026-11-03 00:00' '' '' \
		$r1 resolve esc_1 '2026-11-03 00:00' chief dept_supervisor \
		$r1 resolve esc_2 '2026-11-04 09:00' chief '' \
		$r1 resolve esc_3 '2026-11-05 09:00' manager '' \
		$r1 resolve esc_4 '2026-11-09 09:00' area '' \
		$r1 resolve esc_5 '2026-11-17 09:00' service '')"
	assert_equal "$(sql 'SELECT level FROM ticket')" 5 level
	assert_equal "$(sql 'SELECT login FROM staff, ticket WHERE staff.id = responsible')" service responsible
}

@test "on the second of the crossing nothing fires, a second later it does" {
	desk 1
	at '2026-11-04 09:00:00' split cs-escalate
	refute_stdout_contains esc_2
	at '2026-11-04 09:00:01' split cs-escalate
	assert_stdout "$r1"$'\tresolve\tesc_2\t2026-11-04 09:00\tchief\t'
}

@test "three times in a row: the second and third change nothing" {
	desk
	at '2026-11-20 12:00' cs-escalate >/dev/null
	before=$(cs-check)
	at '2026-11-20 12:00' split cs-escalate
	assert_stdout ''
	at '2026-11-20 12:00' split cs-escalate
	assert_status 0
	assert_stdout ''
	assert_equal "$(cs-check)" "$before"
}

@test "every six hours, and once after all the nights were missed: the same rungs" {
	desk 4 '2026-11-02 09:00' 5400
	cp desk.db often.db
	at '2026-11-18 12:00' cs-escalate >/dev/null
	once=$(rungs)
	CS_DB=$PWD/often.db
	for day in {02..18}; do
		for hour in 00 06 12 18; do
			[[ $day-$hour > 02-12 ]] || continue
			[[ $day-$hour < 18-13 ]] || continue
			at "2026-11-$day $hour:00" cs-escalate >/dev/null
		done
	done
	assert_equal "$(rungs)" "$once" rungs
	[ "$(grep -c '|esc_' <<<"$once")" -ge 20 ] || fail 'too few rungs to compare'
	split cs-check
	assert_status 0
}

@test "two at once give what one gives; while one is at work another ends with 75" {
	desk 300 '2026-11-02 09:00' 10
	cp desk.db one.db
	CS_DB=one.db at '2026-11-20 12:00' cs-escalate >/dev/null
	export CS_NOW='2026-11-20 12:00'
	cs-escalate >a.out 2>a.err &
	cs-escalate >b.out 2>b.err || [ $? -eq 75 ]
	wait $! || [ $? -eq 75 ]
	assert_equal "$(rungs)" "$(CS_DB=one.db rungs)" rungs
	assert_equal "$(sort a.out b.out | uniq -d)" '' 'lines printed twice'
	assert_equal "$(cat a.out b.out | grep -vc ^p1)" 2700 'lines'
	exec 8<desk.db
	flock -x 8
	refused 75 'cs-escalate is at work on it already' cs-escalate
	split cs-escalate -n
	assert_status 0
}

@test "a dry run prints what the run prints and changes nothing" {
	desk 3
	before=$(cs-check)
	at '2026-11-06 00:00' split cs-escalate -n
	said=$output
	assert_equal "$(cs-check)" "$before"
	at '2026-11-06 00:00' split cs-escalate
	assert_stdout "$said"
	assert_lines 23 # 7 of each request; the forums were not watched on two days
}

@test "a live database: the machine's time; another only for a dry run" {
	cs-init >/dev/null
	CS_NOW='2026-11-20' refused 77 'clock of a live database' cs-escalate
	split cs-escalate -n --now 2099-01-01
	assert_status 0
	split cs-escalate
	assert_status 0
}

@test "one notice a person and run, naming the highest rung" {
	desk 1
	at '2026-12-01' cs-escalate >/dev/null
	assert_equal "$(sql "SELECT login, what FROM notice, staff WHERE to_id = staff.id ORDER BY 1")" \
		"$(printf '%s\n' 'area|resolve/esc_4' 'chief|resolve/esc_2' 'manager|resolve/esc_3' 'service|resolve/esc_5')"
}

@test "closed tickets climb no further" {
	desk 2 '2026-11-02 09:00' 600 closed
	at '2026-12-01' split tickets
	assert_stdout ''
}

@test "no table is read from end to end, however many tickets" {
	desk 50
	CS_STATS=1 at '2026-11-20' split cs-escalate
	assert_stderr_contains 'scan-steps 0'
}

@test "formats: headings and types" {
	desk 1
	at '2026-11-02 09:05' split cs-escalate -n -f csv
	assert_stdout "$(printf '%s\n' ref,clock,rung,at,to,vacant "$r1,handover,due,2026-11-02 09:03,,")"
	at '2026-11-02 09:05' split cs-escalate -n -f jsonl
	assert_stdout '{"ref":"R20261102-0001","clock":"handover","rung":"due","at":"2026-11-02 09:03","to":null,"vacant":null}'
}

@test "explain: whom a rung tells besides the one it goes to" {
	export CS_NOW='2026-09-14 09:00'
	cs-init --rehearsal --policy insurance >/dev/null
	"$CS_ROOT/tests/data/insurer.sh"
	ref=$(cs-intake --as agent1 --kind complaint --channel letter --category claim.denied --body 拒赔 \
		--customer 王芳 --phone 13800138000 --capacity policyholder)
	CS_NOW='2026-09-21 09:00' cs-escalate >/dev/null
	CS_NOW='2026-09-21 09:00' split cs-escalate --explain "$ref" supplement
	assert_stdout_contains $'fired soon\t2026-09-19 00:00:00\t\t\tover 80%; tells who answers for it\n'
	assert_stdout_contains $'fired missed\t2026-09-21 00:00:00\t\t\tover 100%, to operations'
}

@test "explain: what counted, what fired, what is to come" {
	desk 1
	at '2026-11-05 10:00' cs-escalate >/dev/null
	at '2026-11-05 10:00' split cs-escalate --explain $r1 resolve
	assert_status 0
	assert_stdout "$(printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' \
		$r1 resolve 'running, overdue' '2026-11-02 09:00:00' '' '' 'cycle 1, edition 1' \
		$r1 resolve counted '2026-11-02 09:00:00' '2026-11-05 10:00:00' 73:00:00 '' \
		$r1 resolve due '2026-11-03 00:00:00' '' '' 'limit eod' \
		$r1 resolve 'fired esc_1' '2026-11-03 00:00:00' '' '' 'over eod, to chief, department supervisor was vacant' \
		$r1 resolve 'fired esc_2' '2026-11-04 09:00:00' '' '' 'over 48h, to chief' \
		$r1 resolve 'fired esc_3' '2026-11-05 09:00:00' '' '' 'over 72h, to manager' \
		$r1 resolve 'to come esc_4' '2026-11-09 09:00:00' '' '' '' \
		$r1 resolve 'to come esc_5' '2026-11-17 09:00:00' '' '' '')"
	refused 64 '--explain changes nothing' cs-escalate -n --explain $r1
	refused 66 'no ticket R20261102-0009' cs-escalate --explain R20261102-0009
	refused 64 "'nosuch' is not among the clocks of $r1; allowed: " cs-escalate --explain $r1 nosuch
	refused 64 "did you mean 'resolve'?" cs-escalate --explain $r1 resolv
	assert_equal "$(cs-escalate --explain ${r1,,} 处理时限)" "$(cs-escalate --explain $r1 resolve)"
	refused 64 'abc' cs-escalate --explain abc
}

@test "wrong usage" {
	desk 1
	refused 64 'is not wanted' cs-escalate $r1
	refused 64 'unknown option' cs-escalate --nosuch
	refused 64 'unknown option' cs-escalate --at 2026-11-02
}

@test "databases that cannot be used" {
	refused 66 'no such database' cs-escalate
	echo nonsense >desk.db
	refused 78 'not a csdesk database' cs-escalate
	rm desk.db
	desk 1
	sql 'PRAGMA user_version = 999' >/dev/null
	refused 78 'newer csdesk' cs-escalate
	sql 'PRAGMA user_version = 1' >/dev/null
	sql "UPDATE staff SET login = 'somebody' WHERE id = 1"
	refused 77 'not on the staff' cs-escalate
}

@test "locked by another program: 75 after a while" {
	desk 1
	locked env CS_NOW=2026-11-20 cs-escalate
}

@test "nobody reads what it prints: the work is done, and it says so" {
	desk 3
	at '2026-11-20' split bash -c 'cs-escalate >/dev/full'
	assert_status 74
	assert_stderr_contains 'output'
	at '2026-11-20' split cs-escalate
	assert_stdout ''
}
