#!/usr/bin/env bats
# cs-policy load --reclock: time used so far by the old edition, the rest by the new (design section 5), whatever the new
# one adds to a clock, takes from it or has no more.
load helper
load tickets

# edition JQ-PROGRAM: the shipped rules changed so, in force from now on, running clocks counted by them.
edition() {
	cs-policy show | jq "$1" >own.json
	split timeout 60 cs-policy load --reclock own.json
	assert_status 0
}

without_handover='.policy = "own"
	| del(.kinds.request.clocks.handover, .params["req.handover_3"], .labels[]["clocks/handover"])'

# clock NAME COLUMN: of the only ticket
clock() {
	sqlite3 "$CS_DB" "SELECT $2 FROM clock WHERE clock = '$1' ORDER BY run DESC LIMIT 1"
}

rungs() {
	sqlite3 "$CS_DB" "SELECT group_concat(rung, ' ') FROM (SELECT rung FROM rung WHERE clock = 'resolve' ORDER BY at)"
}

# night TIME: one run of cs-escalate, which must come to its end and leave nothing behind.
night() {
	at "$1"
	split timeout 60 cs-escalate -q
	assert_status 0
	split cs-escalate -q
	assert_stdout ''
	cs-check >/dev/null
}

@test "a rung that the new edition lacks is not climbed; the others are" {
	new request
	edition '.policy = "own" | .kinds.request.clocks.resolve.rungs |= map(select(.id != "esc_2"))
		| del(.params["req.esc_2"], .labels[]["rungs/esc_2"])'
	night '2026-11-06 09:30' # esc_1 at midnight, esc_3 after 72 h
	assert_equal "$(rungs)" 'esc_1 esc_3'
}

@test "a rung that the new edition adds is climbed, unless its time had passed before" {
	new request
	at '2026-11-03 09:00' # 24 h are used
	cs-escalate -q >/dev/null
	edition '.policy = "own" | .kinds.request.clocks.resolve.rungs |= (.[:1]
			+ [{"id": "half", "over": "20h", "to": "post:dept_supervisor"},
			   {"id": "extra", "over": "30h", "to": "post:dept_supervisor"}] + .[1:])
		| .labels[]["rungs/half"] = "half" | .labels[]["rungs/extra"] = "extra"'
	night '2026-11-03 15:00:00'
	assert_equal "$(rungs)" esc_1
	night '2026-11-03 15:00:01'
	assert_equal "$(rungs)" 'esc_1 extra'
}

@test "a clock that the new edition lacks ends without a verdict, late when its due had passed" {
	new request
	edition "$without_handover"
	assert_equal "$(clock handover verdict)" void
	cs-check >/dev/null
}

@test "such a clock of a ticket that has lain still counts in the month it ended in" {
	new complaint
	step ling dispatch --set handling=p1.engineering --set promised_at='2026-11-03 18:00'
	step worker finish --set result=done # the reply is still owed, its clock runs on
	at '2026-12-02 09:00'
	cs-escalate -q >/dev/null
	edition '.policy = "own" | del(.kinds.complaint.clocks.reply)
		| del(.params["cmp.reply_oral", "cmp.reply_written", "cmp.reply_cutoff"])'
	assert_equal "$(clock reply verdict)" late
	for month in 2026-11=0 2026-12=1 2026-11-01..2026-12-31=1; do
		split cs-report monthly "${month%=*}" --table clocks -f csv
		assert_equal "$(awk -F, '$2 == "reply" { print $4 }' <<<"$output")" "${month#*=}" # stopped
	done
}

@test "without --reclock such a clock runs on by its own edition and stops with its own steps" {
	new request
	cs-policy show | jq "$without_handover" >own.json
	cs-policy load -q own.json >/dev/null
	at '2026-11-02 09:02'
	step ling dispatch --set handling=p1.engineering
	assert_equal "$(clock handover verdict)" met
	cs-check >/dev/null
}

@test "rules are chosen anew: by what they ask, not by their place" {
	# Elevators: an hour, all else ten minutes; then the two change places.
	cs-policy show | jq '.policy = "own" | del(.params["req.dispatch"])
		| .kinds.request.clocks.dispatch |= (del(.limit, .when) | .rules = [
		{"when": {"field": "category", "is": "eng.lift"}, "limit": "1h"}, {"limit": "10m"}])' >two.json
	cs-policy load -q two.json >/dev/null
	new request
	assert_equal "$(clock dispatch 'due_at - start_at')" 600
	edition '.policy = "own" | .edition = "2026-11-03" | .kinds.request.clocks.dispatch.rules = [
		{"when": {"field": "category", "is": "eng.water"}, "limit": "20m"}]'
	assert_equal "$(clock dispatch 'due_at - start_at')" 1200
	edition '.policy = "own" | .edition = "2026-11-04" | .kinds.request.clocks.dispatch.rules = [
		{"when": {"field": "category", "is": "eng.lift"}, "limit": "1h"},
		{"when": {"field": "category", "is": "eng.drain"}, "limit": "2h"}]'
	assert_stderr_contains '1 running clocks keep their edition' # no rule applies
	assert_equal "$(clock dispatch 'due_at - start_at')" 1200
	cs-check --recompute >/dev/null
}

@test "explained after a reclocking: what was used before, and a due that had passed" {
	new request
	at '2026-11-04 10:00' # 49 h are used, the due at midnight has passed
	cs-escalate -q >/dev/null
	edition '.policy = "own" | .params["req.esc_3"].value = "80h"'
	at '2026-11-05 18:00'
	split cs-escalate --explain "$ref"
	refute_stdout_contains 'used before' # the due was not counted in hours, and has passed
	assert_stdout_contains 'passed before the clock was reckoned anew'
	assert_stdout_contains $'\tbefore\t2026-11-02 09:00:00\t2026-11-04 10:00:00\t\tby the edition before'
	assert_stdout_contains $'crossed esc_3\t2026-11-05 17:00:00'
	night '2026-11-05 18:00'
	assert_equal "$(rungs)" 'esc_1 esc_2 esc_3'
}

@test "the ticket's due is its main clock's, also after a reclocking" {
	id=$(cs-intake --kind complaint --channel phone --category eng.water --subject s --body b --customer Zhang \
		--phone 13800138000 --unit p1.engineering)
	assert_equal "$(clock resolve due_at)" "$(sqlite3 "$CS_DB" 'SELECT due_at FROM ticket')"
	at '2026-11-03 09:00'
	edition '.policy = "own" | .params["cmp.escalate"].value = "10wd"'
	assert_equal "$(sqlite3 "$CS_DB" "SELECT datetime(due_at, 'unixepoch', '+8 hours') FROM ticket")" '2026-11-17 00:00:00'
	assert_equal "$(clock resolve due_at)" "$(sqlite3 "$CS_DB" 'SELECT due_at FROM ticket')"
	at '2026-11-12 09:00' # past the five working days, not past the ten
	cs-escalate -q >/dev/null
	split cs-list --overdue
	assert_stdout ''
	split cs-report overdue
	refute_stdout_contains "$id"
	cs-check >/dev/null
}

@test "a main clock that the new edition lacks leaves no due; where another runs as the main one, that one's" {
	local lacks='.policy = "own" | del(.kinds.request.clocks.second) | del(.labels[]["clocks/second"])'
	cs-policy show | jq '.policy = "own" | .kinds.request.clocks.resolve |= del(.main)
		| .kinds.request.clocks.second = {"start": ["register"], "main": true, "limit": "3d", "stop": ["finish"]}
		| .labels[]["clocks/second"] = "second"' >second.json
	cs-policy load -q second.json >/dev/null
	new request
	assert_equal "$(clock second due_at)" "$(sqlite3 "$CS_DB" 'SELECT due_at FROM ticket')"
	edition "$lacks"' | .edition = "2026-11-03" | .kinds.request.clocks.arrive.main = true' # begins with the dispatch
	assert_equal "$(clock second verdict)" void
	assert_equal "$(sqlite3 "$CS_DB" 'SELECT due_at IS NULL FROM ticket')" 1
	edition '.edition = "2026-11-04" | .kinds.request.clocks |= (del(.arrive.main) | .resolve.main = true)'
	assert_equal "$(clock resolve due_at)" "$(sqlite3 "$CS_DB" 'SELECT due_at FROM ticket')"
	cs-check >/dev/null
}

@test "what a merge holds is counted anew as if it were not held: undone, it goes on by the new edition" {
	new complaint # Monday 2 November, 5 working days: 3, 4, 5, 6, 9
	first=$ref
	new complaint --customer 李强 --phone 13900139000
	split cs-escalate --explain "$ref" resolve
	assert_stdout_contains $'\tdue\t2026-11-10 00:00:00'
	at '2026-11-03 10:00'
	cs-decide merge --as chief --into "$first" --note x "$ref" >/dev/null
	at '2026-11-04 12:00'
	edition '.policy = "own" | .params["cmp.escalate"].value = "10wd"'
	assert_stderr_contains 'that a merge holds counted anew, as if it did not'
	split cs-policy load --reclock own.json
	assert_stderr_contains '0 running clocks counted anew'
	refute_stderr_contains 'holds'
	split cs-show "$ref"
	assert_stdout_contains 'resolve counted anew, due 2026-11-17 00:00' # 3 is used; 4, 5, 6, 9, 10, 11, 12, 13, 16
	at '2026-11-05 09:00'
	cs-decide unmerge --as chief --note y "$ref" >/dev/null
	split cs-escalate --explain "$ref" resolve
	assert_stdout_contains $'\tdue\t2026-11-17 00:00:00'
	at '2026-11-17 00:00:00'
	split cs-escalate
	refute_stdout_contains "$ref"$'\tresolve\tdue'
	at '2026-11-17 00:00:01'
	split cs-escalate
	assert_stdout_contains "$ref"$'\tresolve\tdue'
	split cs-check --recompute
	assert_status 0
}

@test "what a merge holds is not counted anew once all that was to come of it lies back" {
	new complaint
	first=$ref
	new complaint --customer 李强 --phone 13900139000
	at '2026-11-03 10:00'
	cs-decide merge --as chief --into "$first" --note x "$ref" >/dev/null
	at '2027-03-01 12:00'
	cs-escalate -q >/dev/null
	edition '.policy = "own" | .params["cmp.escalate"].value = "10wd"'
	refute_stderr_contains 'holds'
	refute_stderr_contains 'keep their edition'
	split cs-show "$ref"
	refute_stdout_contains 'counted anew'
	cs-check >/dev/null
}

@test "what is owed by a time still ahead is counted by the new edition, from when it was owed" {
	new complaint
	cs-progress assess --as chief --set people=4 "$ref" >/dev/null # hot: its report by the end of the next working day
	split cs-duty due --duty hot_report
	assert_stdout_contains $'\towed\t2026-11-04 00:00\t'
	edition '.policy = "own" | .params["cmp.hot_report"].value = "3wd"'
	assert_stderr_contains '1 duties counted anew'
	split cs-duty due --duty hot_report
	assert_stdout_contains $'\towed\t2026-11-06 00:00\t'
	split cs-policy load --reclock own.json
	refute_stderr_contains 'duties'
	split cs-show "$ref"
	assert_stdout_contains 'hot_report due 2026-11-06 00:00'
	split cs-check --recompute
	assert_status 0
}
