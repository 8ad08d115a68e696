#!/usr/bin/env bats
# The month's script as cron runs it: an empty environment; what cannot be closed yet is said, not closed wrongly.
# shellcheck disable=SC1010 # "done" is a word of cs-duty
load helper
load tickets

month_end() {
	split env -i CS_DB="$CS_DB" CS_NOW="$CS_NOW" PATH="$CS_BUILD" "$CS_ROOT/scripts/month-end" "$@"
}

@test "reports and export as CSV, closed; a failure leaves no file" {
	month_end 2026-10 out
	assert_status 0
	assert_stdout ''
	assert_stderr ''
	assert_equal "$(ls out)" "$(printf '2026-10-%s.csv\n' cases complaints indicators ledger monthly publication reconcile tickets)"
	assert_equal "$(sqlite3 "$CS_DB" 'SELECT count(*) FROM report_close')" 7 closed
	cp -r out first
	at '2026-11-09 09:00'
	month_end 2026-10 out
	assert_status 0
	diff -r first out
	CS_DB=nosuch.db
	month_end 2026-10 none
	assert_status 66
	assert_stderr_contains 'cs-escalate ended with 66'
	assert_equal "$(ls none)" ''
	if [ ! -e /usr/local/bin/cs-escalate ]; then # where the script looks in any case
		split env -i CS_DB="$CS_DB" PATH=/nonexistent "$CS_ROOT/scripts/month-end" 2026-10 none
		assert_status 78
		assert_stderr_contains 'cs-escalate is not in /nonexistent:/usr/local/bin'
	fi
	split "$CS_ROOT/scripts/month-end" ../x out
	assert_status 64
	split "$CS_ROOT/scripts/month-end" 2026-10
	assert_status 64
}

# S3-9-2 to S3-9-7: the indicators are counted over a sample that is drawn when the month is over, then called.
@test "what is due is fired first; indicators are not closed while a sample is not drawn" {
	new request --category eng.leak
	cs-dispatch -q --as ling --assignee worker "$ref" >>quiet.log
	at '2026-11-02 09:20'
	step worker arrive
	step worker start
	step worker finish --set result=好 --set unsigned_why=不在
	new request --category eng.light
	at '2026-12-05 06:00'
	month_end 2026-11 out
	assert_status 1
	assert_stdout ''
	assert_stderr_contains 'sample kpi_request was not drawn for 2026-11; first: cs-sample draw kpi_request 2026-11'
	assert_stderr_contains 'out/2026-11-indicators.csv was not written: cs-report ended with 1'
	[ -e out/2026-11-monthly.csv ] && [ ! -e out/2026-11-indicators.csv ] || fail "$(ls out)"
	assert_equal "$(sqlite3 "$CS_DB" "SELECT count(*) FROM report_close WHERE name = 'indicators'")" 0 closed
	grep -q '^monthly,2026-11,\*,rungs,request,resolve,esc_5,fired,1$' out/2026-11-monthly.csv || fail 'nothing was fired before'
	cs-sample draw -q kpi_request 2026-11 >>quiet.log
	month_end 2026-11 out
	assert_status 0
	assert_stderr_contains 'cs-report: sample kpi_request 2026-11: of 1 members 1 have given no answer, to its contact or another, and count as not answered'
	[ -e out/2026-11-indicators.csv ] || fail "$(ls out)"
	month_end 2026-11 out
	assert_status 0
	assert_equal "$(sort -u <<<"$stderr")" 'cs-report: closed already'
}

# S0-4-21, S3-4-33, S3-10-1, S0-4-20: what each project owes for the month can be delivered then; S0-4-22: at the end of a quarter.
@test "the reports of each unit that owes something are closed, and those of the quarter with its last month" {
	new complaint
	at '2027-01-05 06:00'
	month_end 2026-12 out
	assert_status 0
	for report in ledger complaints cases publication; do
		for unit in hq p1 p2; do
			case $unit in
			hq) [ ! -e "out/2026-12-hq-$report.csv" ] || fail 'headquarters owes nothing for a month' ;;
			*) [ -s "out/2026-12-$unit-$report.csv" ] || fail "$unit $report: $(ls out)" ;;
			esac
		done
	done
	assert_equal "$(echo out/*reconcile*)" out/2026-12-reconcile.csv
	assert_equal "$(echo out/*Q4*)" 'out/2026-Q4-complaints.csv out/2026-Q4-hq-complaints.csv'
	for duty in monthly_ledger monthly_statistics; do
		split cs-duty done --as manager --period 2026-12 p1 "$duty"
		assert_status 0
	done
	split cs-duty done --as company --period 2026-Q4 hq quarterly_statistics
	assert_status 0
	grep -q "^complaints,2026-Q4,\*,complaints,all,\*,,received,1$" out/2026-Q4-complaints.csv || fail "$(grep received out/2026-Q4-complaints.csv)"
}

@test "an insurer's month: no notices, for the rules have none; head office can deliver its data" {
	rm "$CS_DB"
	cs-init -q --rehearsal --seed insurer --policy insurance >made
	sh "$CS_ROOT/tests/data/insurer.sh"
	cs-intake -q --as agent1 --kind complaint --channel letter --category claim.denied --body 拒赔 --customer 王芳 >>quiet.log
	at '2026-12-05 06:00'
	month_end 2026-11 out
	assert_status 0
	assert_stderr ''
	assert_equal "$(ls out)" "$(printf '2026-11-%s.csv\n' cases complaints hq-cases hq-complaints hq-ledger indicators ledger monthly \
		reconcile tickets)"
	split cs-duty done --as division hq complaint_data
	assert_stdout $'hq\tcomplaint_data\t2026-11\tdone'
}

@test "an escalation at work is waited for, for two minutes" {
	stand_in sleep "echo \$1 >>'$CS_SCRATCH/slept'; [ ! -e '$CS_SCRATCH/over' ] || flock -u 7"
	exec 7<desk.db # cs-escalate keeps its lock there
	flock -x 7
	: >over
	split env -i CS_DB="$CS_DB" CS_NOW="$CS_NOW" PATH="$CS_SCRATCH/stand_in:$CS_BUILD" "$CS_ROOT/scripts/month-end" 2026-10 out
	assert_status 0
	assert_stderr ''
	assert_equal "$(wc -l <slept)" 1 waited
	rm over
	flock -x 7
	split env -i CS_DB="$CS_DB" CS_NOW="$CS_NOW" PATH="$CS_SCRATCH/stand_in:$CS_BUILD" "$CS_ROOT/scripts/month-end" 2026-10 out
	assert_status 75
	assert_stderr_contains 'cs-escalate is at work on it already'
	assert_equal "$(awk '{ sum += $1 } END { print sum }' slept)" 130 seconds
}

@test "a folder that cannot be written ends with 74, not with a code of the shell" {
	month_end 2026-10 /proc
	assert_status 74
	assert_stderr "$(printf 'cs-month-end: /proc/2026-10-%s.csv cannot be written\n' monthly indicators ledger complaints cases \
		publication reconcile tickets)"
}

@test "the crontab example names what is installed, and has no bare percent sign" {
	grep '^[0-9*]' "$CS_ROOT/scripts/crontab.example" >lines
	assert_equal "$(wc -l <lines)" 5 lines
	while read -r _ _ _ _ _ program _; do
		name=${program#/usr/local/bin/cs-}
		[ -x "$CS_BUILD/cs-$name" ] || [ -x "$CS_ROOT/scripts/$name" ] || fail "no $program"
	done <lines
	# What begins with an escalation does not begin together with one.
	assert_equal "$(grep -c '^\*/10 .*cs-escalate' lines)" 1
	! grep -E 'cs-(nightly|month-end) ' lines | grep '^[0-5]*0 ' || fail 'two of cs-escalate in one minute'
	! grep '[^\]%' lines || fail 'cron takes a bare % for a newline'
}
