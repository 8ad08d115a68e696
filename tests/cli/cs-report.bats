#!/usr/bin/env bats
# cs-report: the reports, their formats, closing and what is printed a year later.
load helper
load tickets
load faults

# November 2026: $r1 is finished on the first day, $r2 stays open and climbs, $c1 is a complaint taken in on the 20th.
month() {
	new request --category eng.leak && r1=$ref
	new request --category eng.light && r2=$ref
	cs-dispatch -q --as ling --assignee worker "$r1" >>quiet.log
	ref=$r1
	at '2026-11-02 09:20'
	step worker arrive
	step worker start
	at '2026-11-02 15:00'
	step worker finish --set result=好 --set unsigned_why=不在
	at '2026-11-20 10:00'
	new complaint --category env.waste && c1=$ref
	cs-escalate -q >>quiet.log
	at '2026-12-01 09:00'
}

# figure REPORT-WORDS TABLE ROW COLUMN: one figure of the tidy table; the keys of the row with commas between.
figure() {
	local words=$1 table=$2 row=$3 column=$4
	# shellcheck disable=SC2086
	cs-report $words -f csv | awk -F, -v t="$table" -v r="$row" -v c="$column" '
		{ key = $5; if ($6 != "") key = key "," $6; if ($7 != "") key = key "," $7 }
		$4 == t && key == r && $8 == c { print $9 }'
}

@test "the month of a small desk" {
	month
	split cs-report monthly 2026-11 --table stock -f csv
	assert_status 0
	assert_stdout 'by,group,carried_in,opened,reopened,moved_in,closed,merged,moved_out,carried_out
all,*,0,3,0,0,1,0,0,2
kind,complaint,0,1,0,0,0,0,0,1
kind,request,0,2,0,0,1,0,0,1
category,eng.leak,0,1,0,0,1,0,0,0
category,eng.light,0,1,0,0,0,0,0,1
category,env.waste,0,1,0,0,0,0,0,1
unit,p1.engineering,0,0,0,1,1,0,0,0
unit,p1.service,0,3,0,0,0,0,1,2
channel,phone,0,3,0,0,1,0,0,2'
	assert_stderr_contains 'from 2026-11-01 00:00:00, before 2026-12-01 00:00:00'
	assert_stderr_contains 'zone Asia/Shanghai'
	assert_stderr_contains 'database rehearsal'
	assert_equal "$(figure 'monthly 2026-11' clocks request,resolve on_time)" 100.00
	assert_equal "$(figure 'monthly 2026-11' clocks request,resolve open_overdue)" 1
	# S3-9-2: response is the worker on site; 20 minutes. From 9 to 15 o'clock it was done.
	assert_equal "$(figure 'monthly 2026-11' times kind,request response_median_s)" 1200
	assert_equal "$(figure 'monthly 2026-11' times kind,request resolution_p90_s)" 21600
	assert_equal "$(figure 'monthly 2026-11' times kind,complaint resolution_p90_s)" 'no data'
	for rung in esc_1 esc_2 esc_3 esc_4 esc_5; do
		assert_equal "$(figure 'monthly 2026-11' rungs request,resolve,$rung fired)" 1 $rung
	done
	assert_equal "$(figure 'monthly 2026-11 --unit p1.engineering' stock 'all,*' moved_in)" 1
	assert_equal "$(figure 'monthly 2026-11 --unit p2' stock 'all,*' opened)" 0
	assert_equal "$(figure 'monthly 2026-W45' stock 'all,*' opened)" 2
	assert_equal "$(figure 'monthly 2026-Q4' stock 'all,*' opened)" 3
	assert_equal "$(figure 'monthly 2026-11-03..2026-11-19' stock 'all,*' carried_in)" 1
}

@test "the day, and what is overdue" {
	month
	at '2026-11-20 12:00'
	split cs-report daily -f csv --table stock -q
	assert_status 0
	assert_stderr ''
	assert_stdout 'kind,unit,carried_in,opened,reopened,moved_in,closed,merged,moved_out,open,overdue,callbacks_due
*,*,1,1,0,0,0,0,0,2,1,1
complaint,p1.service,0,1,0,0,0,0,0,1,0,0
request,p1.engineering,0,0,0,0,0,0,0,0,0,1
request,p1.service,1,0,0,0,0,0,0,1,1,0'
	split cs-report daily 2026-11-02 -f text --table overdue -q
	assert_stdout ''
	split cs-report daily 2026-11-20 -f text --table overdue -q
	assert_stdout $'*\t*\tesc_5\t1\nrequest\tp1.service\tesc_5\t1'
	# Text begins with the reference, so that it feeds other programs.
	split cs-report overdue -q -f text
	assert_status 0
	assert_stdout_matches "^$r2"$'\trequest\tregistered\tp1.service\teng.light\tesc_5\tqmc\t\t2026-11-02 09:00\t2026-11-0[345] [0-9:]*\t[0-9]*$'
	pipe 'cs-report overdue -q -f text | cs-show - | head -1'
	assert_status 0
	assert_stdout_contains "$r2"
}

@test "the figures are those of the sqlite3 shell with window functions" {
	rm -f "$CS_DB"
	cs-init -q --rehearsal --now '2026-09-01 08:00' >made
	"$CS_BUILD/tests/bench/fill_report" "$CS_DB" 2026-10-01 3000 11
	at '2026-11-02 08:00'
	for period in 2026-10 2026-10-10..2026-10-19 2026-W44 2026-Q4; do
		cs-report monthly $period -f json >report.json
		from=$(TZ=Asia/Shanghai date -d "$(jq -r .head.from report.json)" +%s)
		before=$(TZ=Asia/Shanghai date -d "$(jq -r .head.before report.json)" +%s)
		now=$(TZ=Asia/Shanghai date -d "$CS_NOW" +%s)
		sqlite3 "$CS_DB" 'CREATE TEMP TABLE edge (a INTEGER, z INTEGER, now INTEGER)' \
			"INSERT INTO edge VALUES ($from, $before, min($before, $now))" ".read $CS_ROOT/tests/bench/report.sql" | sort >reference
		cs-report monthly $period -f csv | awk -F, 'NR > 1 && $4 != "head" { print $4 "|" $5 "|" $6 "|" $7 "|" $8 "|" $9 }' |
			sort >figures
		[ "$(wc -l <figures)" -gt 500 ] || fail "only $(wc -l <figures) figures"
		diff reference figures
		# Counts of different columns are over the same tickets.
		jq -e '[.tables.stock[] | select(.carried_in + .opened + .reopened + .moved_in != .closed + .merged + .moved_out + .carried_out)] == []
			and ([.tables.stock[] | {by, group, closed, open: .carried_out}] - [.tables.times[] | {by, group, closed, open}]
				| all(.closed + .open == 0))' report.json >/dev/null
	done
}

@test "a closed month is printed the same a year later, corrections beside it" {
	month
	for format in table text csv json jsonl; do
		split cs-report monthly 2026-11 --live -f $format
		assert_status 0
		refute_stdout_contains chain_head
	done
	cs-escalate -q >>quiet.log
	split cs-report monthly 2026-11 --close -f csv
	assert_status 0
	assert_stderr ''
	assert_stdout_contains 'monthly,2026-11,*,head,,,,closed,2026-12-01 09:00:00'
	head=$(cs-report monthly 2026-11 -f json | jq -r .head.chain_head)
	assert_equal ${#head} 64 'length of the head'
	for format in table text csv json jsonl; do
		cs-report monthly 2026-11 -f $format >first.$format
	done
	printf '%s\n' "$output" | cmp - first.csv
	at '2027-12-01 09:00'
	for format in table text csv json jsonl; do
		cs-report monthly 2026-11 -f $format | cmp - first.$format
	done
	split cs-report monthly 2026-11 --close -f csv
	assert_status 0
	assert_stderr_contains 'closed already'
	printf '%s\n' "$output" | cmp - first.csv
	# A ticket of November that is entered now.
	new request --category eng.leak --at '2026-11-15 10:00'
	cs-report monthly 2026-11 -f csv >later.csv
	head -n "$(wc -l <first.csv)" later.csv | cmp - first.csv
	split cs-report monthly 2026-11 -f csv --table corrections -q
	assert_stdout_contains 'stock,all/*,opened,3,4'
	assert_stdout_contains 'stock,category/eng.leak,carried_out,0,1'
	refute_stdout_contains 'kind/complaint'
	assert_equal "$(figure 'monthly 2026-11' stock 'all,*' opened)" 3
	assert_equal "$(figure 'monthly 2026-11 --live' stock 'all,*' opened)" 4
	assert_equal "$(cs-report monthly 2026-11 -f json | jq -r '.tables.stock[0].opened, (.corrections | length > 0)' | xargs)" '3 true'
	cs-check -q
	# Altered figures are not passed off as the closed ones.
	sqlite3 "$CS_DB" "UPDATE report_close SET figures = replace(figures, 'eng.leak', 'eng.lift')"
	refused 74 'not as it was closed (figures: not what the history says)' cs-report monthly 2026-11
}

@test "--close: dry run, not over, every report, unit, who may" {
	month
	cs-escalate -q >>quiet.log
	cs-sample draw -q kpi_request 2026-11 >>quiet.log
	before=$(events)
	split cs-report monthly 2026-11 --close -n -f csv
	assert_status 0
	assert_equal "$(events)" "$before" 'events'
	refused 1 'it can be closed then' cs-report monthly 2026-12 --close
	for report in daily overdue monthly indicators; do
		split cs-report $report 2026-11 --close --unit p1 -f csv -q
		assert_status 0
		assert_stdout_contains "$report,2026-11,p1,head,,,,closed,"
	done
	assert_equal "$(events)" $((before + 4)) 'events'
	refute_closed=$(cs-report monthly 2026-11 -f json | jq .head.closed)
	assert_equal "$refute_closed" null 'the report of all units'
	refused 64 '--close wants a period' cs-report daily --close
	refused 64 'opposites' cs-report monthly 2026-11 --close --live
	refused 64 '--dry-run is for --close' cs-report monthly 2026-11 --dry-run
	sqlite3 "$CS_DB" "DELETE FROM post WHERE post = 'admin'"
	split cs-report monthly 2026-11 -q -f csv
	assert_status 0
	refused 77 admin cs-report monthly 2026-11 --close
}

# Else the rungs of the month would stand under corrections for ever.
@test "--close: not before everything of the period has been fired" {
	month
	before=$(events)
	for report in daily overdue monthly indicators; do
		refused 1 "($c1: 2026-11-20 10:30:00); first: cs-escalate" cs-report $report 2026-11 --close
		refused 1 'first: cs-escalate' cs-report $report 2026-11 --close -n --unit p2
	done
	assert_equal "$(events)" "$before" 'events'
	# What lies behind the period does not matter to it: until the 20th all is fired.
	split cs-report monthly 2026-11-01..2026-11-19 --close -q
	assert_status 0
	cs-escalate -q >>quiet.log
	split cs-report monthly 2026-11 --close -q
	assert_status 0
	# A call-back that waits for rain and is to be given up before the end.
	sqlite3 "$CS_DB" "UPDATE callback SET state = 'waiting', happening = 'rain', give_up_at = $(date -d '2026-11-30 23:59:59 +08:00' +%s)"
	refused 1 "($r1: 2026-11-30 23:59:59); first: cs-escalate" cs-report daily 2026-11 --close
	sqlite3 "$CS_DB" "UPDATE callback SET give_up_at = $(date -d '2026-12-01 00:00:00 +08:00' +%s)"
	split cs-report daily 2026-11 --close -q
	assert_status 0
}

# S3-9-2 to S3-9-7: they are counted over the sample, which is drawn when the period is over.
@test "indicators --close: not before the samples they name are drawn; open contacts are told" {
	month
	cs-escalate -q >>quiet.log
	before=$(events)
	refused 1 'sample kpi_request was not drawn for 2026-11; first: cs-sample draw kpi_request 2026-11' \
		cs-report indicators 2026-11 --close
	refused 1 'kpi_request was not drawn' cs-report indicators 2026-11 --close -n
	refused 1 'kpi_request was not drawn' cs-report indicators 2026-11 --close --unit p1.engineering
	assert_equal "$(events)" "$before" 'events'
	# No complaint was verified: there is nothing to draw kpi_complaint from; neither is there anything in p2, nor in October.
	split cs-report indicators 2026-11 --close --unit p2 -q
	assert_status 0
	split cs-report indicators 2026-10 --close -q
	assert_status 0
	# No whole month lies within a week: its indicators are over all.
	split cs-report indicators 2026-W45 --close -q
	assert_status 0
	# A draw for other units is none for this one.
	cs-sample draw -q kpi_request 2026-11 --unit p2 >>quiet.log
	refused 1 "was not drawn for every unit, not for that of $r1; first: cs-sample draw kpi_request 2026-11 --unit UNIT" \
		cs-report indicators 2026-11 --close
	cs-sample draw -q kpi_request 2026-11 --unit p1 >>quiet.log
	split cs-report indicators 2026-11 --close -f csv -n
	assert_status 0
	assert_stderr 'cs-report: sample kpi_request 2026-11: of 1 members 1 have given no answer, to its contact or another, and count as not answered'
	cs-callback record -q --as chief "$(cs-callback due --all-open -f text | awk -F'\t' '$3 == "spot" { print $1 "/" $2 }')" \
		--outcome reached --score 5 --answer timely=yes --answer speed=满意 --answer process=满意 --answer result=满意 >>quiet.log
	split cs-report indicators 2026-11 --close -f csv
	assert_status 0
	assert_stderr ''
	assert_stdout_contains 'request_satisfaction,,,over,sample'
}

@test "indicators: no data, and answers of call-backs" {
	month
	assert_equal "$(figure 'indicators 2026-10' indicators request_response verdict)" 'no data'
	assert_equal "$(figure 'indicators 2026-11' indicators request_callback denominator)" 1
	assert_equal "$(figure 'indicators 2026-11' indicators request_callback numerator)" 0
	assert_equal "$(figure 'indicators 2026-11' indicators request_callback verdict)" missed
	for indicator in valid_complaints visit_important visit_ordinary segmentation; do
		assert_equal "$(figure 'indicators 2026-11' indicators $indicator verdict)" 'no data' $indicator
	done
	sqlite3 "$CS_DB" "UPDATE callback SET state = 'done', done_at = due_at, score = 4, answers = '{\"timely\":\"yes\"}'"
	for indicator in request_response request_callback request_satisfaction; do
		assert_equal "$(figure 'indicators 2026-11' indicators $indicator percent)" 100.00 $indicator
		assert_equal "$(figure 'indicators 2026-11' indicators $indicator verdict)" met $indicator
		assert_equal "$(figure 'indicators 2026-11' indicators $indicator over)" all $indicator
	done
}

@test "list names the reports with their tables, and each can be had" {
	month
	split cs-report list -f csv
	assert_status 0
	assert_line 0 report,table,columns,about
	assert_equal "$(cs-report list -f text | cut -f1,2 | tr '\t' /  | xargs)" \
		'daily/stock daily/overdue overdue/tickets overdue/approvals monthly/stock monthly/clocks monthly/times monthly/rungs monthly/scores indicators/indicators weekly/complaints weekly/requests weekly/rectification complaints/complaints complaints/validity ledger/ledger cases/cases cases/parts publication/notices publication/decisions reconcile/registers reconcile/differences'
	cs-report list -f text >tables
	while IFS=$'\t' read -r report table columns _; do
		split cs-report "$report" 2026-11 --table "$table" -f csv -q
		assert_status 0
		assert_line 0 "${columns// /,}"
		for format in table text csv json jsonl; do
			split cs-report "$report" 2026-11 --table "$table" -f $format -q
			assert_status 0
			[ $format != json ] || jq -e 'type == "array"' <<<"$output" >/dev/null
		done
		split cs-report "$report" 2026-11 -f json
		jq -e --arg t "$table" '.tables | has($t)' <<<"$output" >/dev/null
		pipe "cs-report $report 2026-11 -f jsonl | jq -e '.table' >/dev/null"
		assert_status 0
	done <tables
}

@test "--excel: a byte order mark and no formulas" {
	month
	cs-report monthly 2026-11 -f csv --excel >sheet
	assert_equal "$(head -c 3 sheet | od -An -tx1 | tr -d ' ')" efbbbf
	[ "$(tr -d '\n' <sheet | tr -cd '\r' | wc -c)" -eq "$(wc -l <sheet)" ]
	refused 64 '--excel is for --format csv' cs-report monthly 2026-11 --excel -f json
}

@test "a database without tickets" {
	for report in daily overdue monthly indicators weekly complaints ledger cases publication reconcile; do
		for format in table text csv json jsonl; do
			split cs-report $report 2026-10 -f $format
			assert_status 0
		done
	done
	assert_equal "$(figure 'monthly 2026-10' stock 'all,*' carried_out)" 0
}

@test "wrong usage is 64" {
	refused 64 "no command 'yearly'" cs-report yearly
	refused 64 'did you mean' cs-report montly 2026-10
	refused 64 'wanted: PERIOD' cs-report monthly
	refused 64 'no period' cs-report monthly 2026-13
	refused 64 'has not begun' cs-report monthly 2027-01
	refused 64 'not wanted' cs-report monthly 2026-10 2026-11
	refused 64 'no unit' cs-report monthly 2026-10 --unit nowhere
	refused 64 "has no table 'clock'" cs-report monthly 2026-10 --table clock
	refused 64 'unknown option' cs-report monthly 2026-10 --at 2026-10-01
}

@test "faults of database and output" {
	make_desk() { :; }
	reader_faults cs-report monthly 2026-10
	reader_faults cs-report overdue -f csv
	full_output cs-report list
	at '2026-12-01 09:00'
	locked cs-report monthly 2026-11 --close
}

@test "standing tickets are outside what is carried over, and stay so in every later count" {
	cs-policy show | jq '.policy = "own" | .kinds.suggestion.states.kept = {"is": "standing"}
		| .kinds.suggestion.steps.keep = {"from": ["registered"], "to": "kept"}
		| .kinds.suggestion.steps.take = {"from": ["kept"], "to": "registered"}
		| .kinds.suggestion.steps.end = {"from": ["kept"], "to": "closed"}
		| .labels[] += {"states/kept": "kept", "steps/keep": "keep", "steps/take": "take", "steps/end": "end"}' >own.json
	cs-policy load -q own.json >quiet.log
	stock() {
		split cs-report monthly "$1" --table stock -f csv
		assert_line 1 "all,*,$2"
	}
	new suggestion
	step ling keep
	stock 2026-11 0,1,0,0,1,0,0,0 # by,group,carried_in,opened,reopened,moved_in,closed,merged,moved_out,carried_out
	at '2026-12-01 09:00'
	step ling take
	at '2026-12-02 09:00'
	stock 2026-11 0,1,0,0,1,0,0,0 # whatever came after
	stock 2026-12 0,0,1,0,0,0,0,1
	step ling keep
	at '2027-01-04 09:00'
	step ling end
	stock 2026-12 0,0,1,0,1,0,0,0
	cs-check >quiet.log
}
