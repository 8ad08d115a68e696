#!/usr/bin/env bats
# A quarter of a real desk replayed day by day: what opened is taken in live, what closed is closed, cs-escalate runs
# every night, on to the end of the file's time. What must come of it is counted from the file by another program.
load ../cli/helper

# From the export: the CSV of each day's requests (DAY.csv), what closed on which day (closes: day, key, time), the
# rungs that must have fired (rungs: key, rung, instant), and the nights to be run (nights).
cut_up() {
	python3 - "$1" <<-'X'
		import csv, datetime, sys, zoneinfo
		ny = zoneinfo.ZoneInfo("America/New_York")
		def when(s):
		    return datetime.datetime.strptime(s, "%m/%d/%Y %I:%M:%S %p").replace(tzinfo=ny) if s else None
		with open(sys.argv[1], encoding="utf-8-sig", newline="") as f:
		    reader = csv.DictReader(f)
		    heads, rows = reader.fieldnames, list(reader)
		end = max(when(r[c]) for r in rows for c in ("CreatedDate", "CloseDate", "StatusDate") if r[c])
		rows = [r for r in rows if "2018-04-01" <= str(when(r["CreatedDate"]).date()) <= "2018-06-30"]
		rows.sort(key=lambda r: when(r["CreatedDate"]))
		days = {}
		for r in rows:
		    days.setdefault(str(when(r["CreatedDate"]).date()), []).append(r)
		for day, some in days.items():
		    with open(day + ".csv", "w", newline="", encoding="utf-8") as f:
		        w = csv.DictWriter(f, heads)
		        w.writeheader()
		        w.writerows(some)
		key = "ServiceRequestNum"
		with open("closes", "w") as f:
		    for r in sorted((r for r in rows if r["CloseDate"]), key=lambda r: when(r["CloseDate"])):
		        at = when(r["CloseDate"])
		        print(at.date(), r[key], "@%d" % at.timestamp(), sep="\t", file=f)
		with open("rungs", "w") as f:
		    for r in rows:
		        start = when(r["CreatedDate"])
		        stop = (when(r["CloseDate"]) or end).timestamp()
		        midnight = datetime.datetime.combine(start.date() + datetime.timedelta(1), datetime.time(), ny)
		        crossing = [midnight.timestamp()] + [start.timestamp() + h * 3600 for h in (48, 72, 7 * 24, 15 * 24)]
		        for n, at in enumerate(crossing, 1):
		            if stop > at:
		                print(r[key], "esc_%d" % n, int(at), sep="|", file=f)
		with open("nights", "w") as f:
		    day = datetime.date(2018, 4, 1)
		    while day <= end.date():
		        print(day, file=f)
		        day += datetime.timedelta(1)
		print("@%d" % end.timestamp())
	X
}

# A project with the ladder's posts, all held by somebody, since before the quarter.
company() {
	printf '%s\n' code,name,level,parent hq,Office,hq, city,City,region,hq p1,Project,project,city | cs-org import -q units -
	{
		echo login,name,unit,joined
		printf '%s,%s,p1,2018-01-01\n' dept D cs C manager M area A qmc Q caller K clerk L
	} | cs-org import -q staff -
	{
		echo post,login,unit,from
		printf '%s,%s,p1,2018-01-01\n' dept_supervisor dept cs_supervisor cs project_manager manager area_manager area \
			qmc_service_manager qmc front_desk caller front_desk clerk
	} | cs-org import -q posts -
}

# The export's map, for a desk that hears of a closing when it happens.
live_map() {
	jq 'del(.history, .columns.closed_at, .columns.state, .states, .closes_with) | .constants.unit = "p1"' \
		"$CS_ROOT/tests/data/maps/baltimore.json"
}

# The contacts of the morning: every third customer is less than satisfied; then the requests are closed.
call_and_close() {
	local ref n
	cs-callback due --caller caller -f text | cut -f 1,2 >to_call
	while IFS=$'\t' read -r ref n; do
		calls=$((calls + 1))
		cs-callback record -q --as caller --outcome reached --score $((calls % 3 ? 5 : 3)) --answer timely=yes \
			--answer speed=yes --answer process=yes --answer result=yes "$ref/$n" >/dev/null
		cs-progress -q --as clerk close "$ref" >/dev/null
	done <to_call
}

finish_day() {
	local key at ref
	while IFS=$'\t' read -r _ key at; do
		ref=$(awk -F '\t' -v k="$key" '$1 == k { print $2 }' refs)
		cs-progress -q --as clerk --at "$at" --set result=done --set unsigned_why=phone finish "$ref" >/dev/null
	done < <(grep "^$1"$'\t' closes)
}

sql() {
	sqlite3 "$CS_DB" "$1"
}

@test "real data: the second quarter of 2018 day by day, its rungs, call-backs, sample and reports" {
	need_real_data baltimore311_trim.csv
	end=$(cut_up "$real")
	export CS_NOW=2018-03-31
	cs-init --rehearsal --seed replay --policy "$CS_ROOT/tests/data/policies/baltimore.json" >/dev/null
	company
	live_map >map.json
	: >refs
	calls=0
	while read -r day; do
		export CS_NOW="$day 11:00"
		call_and_close
		CS_NOW="$day 23:59:59"
		if [ -e "$day.csv" ]; then
			cs-intake -q --csv "$day.csv" --map map.json >taken
			tail -n +2 "$day.csv" | cut -d , -f 1 | paste - taken >>refs
		fi
		finish_day "$day"
		cs-escalate >/dev/null
	done <nights
	CS_NOW=$end cs-escalate >/dev/null

	assert_equal "$(sql 'SELECT count(*) FROM ticket')" 173 tickets
	assert_equal "$(sql 'SELECT count(*) FROM ticket WHERE done_at IS NOT NULL')" "$(wc -l <closes)" finished
	sql "SELECT key, rung, at FROM rung JOIN intake_row USING (ticket) WHERE clock = 'resolve' AND NOT moot AND rung <> 'due'" |
		LC_ALL=C sort >fired
	LC_ALL=C sort rungs | diff - fired >differs || fail 'rungs, counted and fired:' "$(head -n 10 differs)"
	assert_equal "$(cut -d '|' -f 2 fired | sort | uniq -c | awk '$2 != "esc_1" { printf "%s%d", sep, $1; sep = " " }')" \
		'73 66 31 23' 'requests past 48 h, 72 h, 7 d, 15 d'
	cs-check >/dev/null

	# The quarter's report: what came in is what was closed and what is left.
	export CS_NOW=$end
	sum() { # of a column of a tidy report over all kinds
		cs-report monthly 2018-Q2 -f csv --table stock | python3 -c '
import csv, sys
rows = [r for r in csv.DictReader(sys.stdin) if r["by"] == "kind"]
print(sum(int(r[sys.argv[1]]) for r in rows))' "$1"
	}
	assert_equal "$(sum opened)" 173 'opened in the quarter'
	closed=$(awk -F '\t' '$1 < "2018-07-01"' closes | wc -l)
	assert_equal "$(sum closed)" "$closed" 'closed in the quarter'
	assert_equal "$(sum carried_out)" $((173 - closed)) 'left at its end'

	# Every finished request was called about once and then closed; the mean score is that of what was said.
	finished=$(wc -l <closes)
	assert_equal "$calls" "$finished" 'calls made'
	assert_equal "$(sql "SELECT count(*) FROM ticket WHERE state = 'closed'")" "$finished" closed
	assert_equal "$(sql "SELECT count(*) || ' ' || sum(score) FROM callback WHERE state = 'done'")" \
		"$finished $((5 * finished - 2 * (finished / 3)))" 'call-backs and the sum of their scores'
	cs-report monthly 2018-04-01..2019-02-13 -f jsonl --table scores >said
	assert_equal "$(jq -s 'map(.done) | add' said)" "$finished" 'call-backs in the report'

	# Seven of those finished in May for the quality manager, drawn once, and redrawn the same.
	split cs-sample draw qmc_month 2018-05
	assert_status 0
	assert_equal "$(sql "SELECT count(*) FROM draw_item WHERE role = 'member'")" 7 'members of the sample'
	assert_equal "$(sql "SELECT count(*) FROM draw_item JOIN ticket ON ticket.id = ticket WHERE done_at NOT BETWEEN 1525147200 AND 1527825599")" \
		0 'members not finished in May'
	split cs-sample verify qmc_month 2018-05
	assert_status 0
	split cs-report indicators 2018-05
	assert_status 0
	assert_stdout_contains S3-9
	cs-check >/dev/null
}
