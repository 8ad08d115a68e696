#!/usr/bin/env bats
# What is owed: listed, delivered with evidence, written, waived, late and missed.
# shellcheck disable=SC1010,SC2119 # "done" is a word of cs-duty
load helper
load faults
load tickets

sql() {
	sqlite3 "$CS_DB" "$1"
}

# A complaint of four people: hot (S3-4-9).
hot() {
	new complaint --category env
	step chief assess --set people=4
}

@test "S3-4-28: a hot complaint's report, its parts written, delivered within a working day, kept as it was" {
	hot
	split cs-duty due
	assert_stdout "$(printf '%s\t%s\t%s\towed\t%s\tchief\t2026-11-02 09:00\t\t\t\t\n' \
		"$ref" hot_report importance/hot/1 '2026-11-04 00:00' "$ref" hot_record importance/hot/1 '')"
	split cs-show --form hot-report "$ref"
	assert_status 0
	assert_stderr_contains "$ref: hot_report: still to be written: cause, difficulties, help_needed"
	assert_stdout_contains '待填写'
	refused 1 'still to be written: cause, difficulties, help_needed' cs-duty done --as chief "$ref" hot_report
	split cs-duty write --as chief --part 'cause=轴承老化, 超期未换' --part 'difficulties=等配件=两周' "$ref" hot-report
	assert_stdout "$(printf '%s\thot_report\thelp_needed' "$ref")"
	split cs-duty write --as chief --part help_needed=无 "$ref" 热点投诉报告
	assert_stdout "$(printf '%s\thot_report\t' "$ref")"
	split cs-show --form hot_report "$ref"
	assert_stderr ''
	assert_stdout_contains '轴承老化, 超期未换'
	assert_stdout_contains '等配件=两周'
	delivered=$output
	at '2026-11-03 10:00'
	split cs-duty done --as chief "$ref" hot_report
	assert_stdout "$(printf '%s\thot_report\timportance/hot/1\tdone' "$ref")"
	step chief note --note 后来的事
	split cs-progress --as ling --set category=eng.water --set handling=p1.engineering --set promised_at='2026-11-05 18:00' dispatch "$ref"
	assert_status 0
	split cs-duty show "$ref" hot_report
	assert_stdout "$delivered"
	pipe "cs-notify list --all --columns to,reason,what 2>/dev/null || cs-notify list --all"
	assert_stdout_contains 'hot_report'
	split cs-duty due --subject "$ref"
	refute_stdout_contains hot_report
	split cs-duty due --subject "$ref" --all
	assert_stdout_contains "$(printf 'hot_report\timportance/hot/1\tdone\t2026-11-04 00:00\tchief\t2026-11-02 09:00\t2026-11-03 10:00')"
	refused 1 "$ref does not owe hot_report now: importance/hot/1, done at 2026-11-03 10:00:00; it owes hot_record" \
		cs-duty done --as chief "$ref" hot_report
	refused 64 "no part 'course' in form hot_report; to be written: cause, difficulties, help_needed" \
		cs-duty write --as chief --part course=x "$ref" hot_report
	refused 64 "part state of hot_report fills itself; to be written: cause" cs-duty write --as chief --part state=x "$ref" hot_report
}

@test "nothing is delivered before it was written, closed or drawn" {
	hot
	at '2026-11-05 10:00'
	split cs-duty write --as chief --part cause=轴承老化 --part difficulties=无 "$ref" hot_report
	split cs-duty write --as chief --part help_needed=无 --at '2026-11-05 09:30' "$ref" hot_report
	refused 1 '2026-11-03 10:00:00 is before its part cause was written, at 2026-11-05 10:00:00' \
		cs-duty done --as chief --at '2026-11-03 10:00' "$ref" hot_report
	split cs-duty done -n --as chief --at '2026-11-05 10:00' "$ref" hot_report
	assert_status 0
	at '2026-11-16 09:00'
	cs-escalate >/dev/null
	cs-report weekly 2026-W45 --unit p1 --close >/dev/null
	refused 1 '2026-11-12 09:00:00 is before the report was closed, at 2026-11-16 09:00:00' \
		cs-duty done --as manager --at '2026-11-12 09:00' --period 2026-W45 p1 weekly_report
	split cs-duty done --as manager --period 2026-W45 p1 weekly_report
	assert_status 0
}

@test "S3-4-28: late it is told once, to the area" {
	hot
	at '2026-11-04 00:00'
	split cs-escalate
	refute_stdout_contains duty/hot_report
	at '2026-11-04 00:00:01'
	split cs-escalate
	assert_stdout_contains "$(printf '%s\tduty/hot_report\toverdue\t2026-11-04 00:00' "$ref")"
	split cs-escalate
	assert_stdout ''
	assert_equal "$(sql "SELECT count(*) FROM notice, staff WHERE to_id = staff.id AND login = 'area' AND what = 'hot_report/overdue'")" 1
	split cs-duty due --overdue
	assert_stdout_contains hot_report
	refute_stdout_contains hot_record
}

@test "S3-4-26: a major complaint is reported at once, every week, and on each change; closing waits for what is owed" {
	new complaint --category env
	step chief assess --set lawsuit=pending
	for who in manager area qmc company chief; do
		assert_equal "$(sql "SELECT count(*) FROM notice, staff WHERE to_id = staff.id AND login = '$who' AND what = 'major_notice'")" 1 "$who"
	done
	split cs-duty due --duty major_weekly
	assert_stdout "$(printf '%s\tmajor_weekly\tevery/1\towed\t2026-11-09 09:00\tchief\t2026-11-02 09:00\t\t\t\t' "$ref")"
	at '2026-11-05 09:00'
	step chief turn --note 法院受理
	split cs-duty due --duty major_turn
	assert_stdout_contains major_turn
	split cs-duty done --as chief "$ref" major_turn
	split cs-duty show "$ref" major_turn
	assert_stdout_contains '重要变化 陈静: 法院受理'
	split cs-duty done --as chief "$ref" major_weekly
	split cs-duty due --duty major_weekly
	assert_stdout "$(printf '%s\tmajor_weekly\tevery/2\towed\t2026-11-12 09:00\tchief\t2026-11-05 09:00\t\t\t\t' "$ref")"
	at '2026-11-20 09:00'
	split cs-escalate
	split cs-duty due --subject "$ref" --duty major_weekly --all
	assert_stdout "$(printf '%s\tmajor_weekly\tevery/%s\t%s\t%s\tchief\t%s\t%s\t%s\t\t\n' \
		"$ref" 1 done '2026-11-09 09:00' '2026-11-02 09:00' '2026-11-05 09:00' '' \
		"$ref" 2 missed '2026-11-12 09:00' '2026-11-05 09:00' '2026-11-12 09:00' yes \
		"$ref" 3 missed '2026-11-19 09:00' '2026-11-12 09:00' '2026-11-19 09:00' yes \
		"$ref" 4 owed '2026-11-26 09:00' '2026-11-19 09:00' '' '')"
	assert_equal "$(sql "SELECT count(*) FROM event WHERE facts LIKE '%\"dutylate\",\"major_weekly\"%'")" 2
	step chief answer --set result=已和解 # done: the weekly state ends; what was missed may still come
	split cs-duty due --duty major_weekly
	assert_equal "$(cut -f 3,4 <<<"$output")" $'every/3\tmissed'
	step company verify --note 已核实
	split cs-progress --as ling --set reply_text=已和解 reply "$ref"
	refused 1 'the special report is still owed' cs-progress --as ling close "$ref"
	assert_stderr_contains 'the handling record of a major complaint is still owed'
	split cs-duty write --as chief --part cause=一 --part worsened_why=二 --part lessons=三 --part measures=四 "$ref" major_special
	split cs-duty done --as chief "$ref" major_special
	split cs-duty done --as chief "$ref" major_record
	step chief report_back --note 已报公司
	for n in 1 2; do
		split cs-callback record --as director --outcome refused "$ref/$n"
	done
	assert_status 0
	step ling close
	split cs-duty due --subject "$ref"
	assert_stdout_contains own_volume # S0-4-17: a volume of its own
	split cs-check
	assert_status 0
}

@test "S3-4-23: the forums are watched twice a day, with what was found as evidence" {
	at '2026-11-03 09:00'
	split cs-duty done --as ling --evidence record p1 forum_watch
	assert_stdout "$(printf 'p1\tforum_watch\t2026-11-03\towed')"
	assert_stderr_contains 'delivered 1 of 2 times'
	split cs-duty due --duty forum_watch --subject p1
	assert_stdout_contains "$(printf '\t1/2\t')"
	echo 无新帖 >seen.txt
	at '2026-11-03 17:00'
	split cs-duty done --as ling --evidence record=seen.txt p1 业主论坛巡看
	assert_stdout "$(printf 'p1\tforum_watch\t2026-11-03\tdone')"
	refused 1 'p1 does not owe forum_watch now: 2026-11-03, done at 2026-11-03 17:00:00' cs-duty done --as ling --evidence record p1 forum_watch
	at '2026-11-05 09:00'
	split cs-escalate
	split cs-duty due --subject p1 --duty forum_watch --all --period 2026-11
	assert_stdout "$(printf 'p1\tforum_watch\t%s\t%s\t%s\tling\t%s\t%s\t%s\t%s\t\n' \
		2026-11-03 done '2026-11-04 00:00' '2026-11-03 00:00' '2026-11-03 17:00' '' 2/2 \
		2026-11-04 missed '2026-11-05 00:00' '2026-11-04 00:00' '2026-11-05 00:00' yes 0/2 \
		2026-11-05 owed '2026-11-06 00:00' '2026-11-05 00:00' '' '' 0/2)"
	refused 1 'needs evidence (--evidence record)' cs-duty done --as ling p1 forum_watch
	refused 1 'only for: front desk (ling)' cs-duty done --as worker --evidence record p1 forum_watch
}

@test "S0-4-20, S3-4-30: common complaints by the 5th; waived by the project head when there were none" {
	at '2026-12-01 00:00:01'
	split cs-escalate
	split cs-duty due --duty publish --unit p1
	assert_stdout "$(printf 'p1\tpublish\t2026-11\towed\t2026-12-06 00:00\tmanager\t2026-12-01 00:00\t\t\t\t')"
	refused 1 'say why' cs-duty waive --as manager p1 publish
	refused 1 'only for: project manager' cs-duty waive --as ling --note 没有 p1 publish
	refused 1 'the report is not closed' cs-duty done --as manager p1 publish
	split cs-duty waive --as manager --note 本月没有 p1 publish
	assert_stdout "$(printf 'p1\tpublish\t2026-11\twaived')"
	at '2026-12-03 09:00'
	new complaint --category env
	step chief compile --set public=yes
	at '2027-01-02 09:00'
	refused 1 "there is something to deliver, such as $ref" cs-duty waive --as manager --note 没有 p1 publish
	refused 1 'the rules let nobody waive it' cs-duty waive --as manager --note 没有 p1 weekly_report
}

@test "S3-4-25, S3-4-33: weekly report and ledger are discharged by the closed report of the unit and period" {
	at '2026-11-10 09:00'
	split cs-duty due --subject p1 --duty weekly_report
	assert_stdout ''
	split cs-escalate
	refused 1 'the report is not closed (the admin: cs-report weekly 2026-W45 --unit p1 --close)' cs-duty done --as manager p1 weekly_report
	split cs-report weekly 2026-W45 --unit p1 --close
	assert_status 0
	split cs-duty done --as manager p1 weekly_report
	assert_stdout "$(printf 'p1\tweekly_report\t2026-W45\tdone')"
	assert_equal "$(sql "SELECT evidence LIKE 'report 1 %' FROM owed WHERE duty = 'weekly_report' AND subject = (SELECT id FROM unit WHERE code = 'p1')")" 1
}

@test "cron stands still, comes twice, comes at once with another: the same rows" {
	cp desk.db twin.db
	for day in 03 05 09 16 22; do
		at "2026-11-$day 03:00"
		cs-escalate >/dev/null
		cs-escalate >/dev/null
	done
	at '2026-12-08 09:00'
	cs-escalate >/dev/null
	CS_DB=twin.db cs-escalate >one & first=$!
	CS_DB=twin.db cs-escalate >two || [ $? -eq 75 ]
	wait "$first" || [ $? -eq 75 ]
	CS_DB=twin.db cs-escalate >/dev/null
	rows="SELECT * FROM owed ORDER BY 1, 2, 3, 4"
	diff <(sql "$rows") <(sqlite3 twin.db "$rows")
	events="SELECT subject, step, at, facts FROM event WHERE about = 'unit' AND step IN ('owe', 'late') ORDER BY subject, id"
	diff <(sql "$events") <(sqlite3 twin.db "$events")
	[ "$(sql 'SELECT count(*) FROM owed')" -gt 80 ]
	split cs-check
	assert_status 0
	CS_DB=twin.db split cs-check
	assert_status 0
}

@test "a dry run changes nothing and says the same" {
	hot
	for part in cause difficulties help_needed; do
		cs-duty write --as chief --part $part=x "$ref" hot_report >/dev/null
	done
	before=$(sql 'SELECT count(*) FROM event')
	split cs-duty done -n --as chief "$ref" hot_report
	assert_stdout_contains done
	at '2026-12-08 09:00'
	split cs-escalate -n
	said=$output
	assert_equal "$(sql 'SELECT count(*) FROM event')" "$before"
	split cs-escalate
	assert_stdout "$said"
}

@test "what is altered is found" {
	at '2026-11-10 09:00'
	cs-escalate >/dev/null
	sql "UPDATE owed SET due_at = due_at + 1 WHERE about = 'unit' AND duty = 'publish'; UPDATE owed SET done_at = 5 WHERE duty = 'forum_watch' AND cause = '2026-11-05'; DELETE FROM owed WHERE duty = 'forum_watch' AND cause = '2026-11-04'; INSERT INTO owed SELECT about, subject, 'x', cause, edition, owner, owed_at, due_at, times, done_at, done_by, done_event, evidence, waived_at, why, missed_at, missed_due, crossings, next_at FROM owed WHERE duty = 'weekly_report' AND cause = '2026-W45'"
	split cs-check
	assert_status 1
	assert_stderr_contains 'done_at: stored 5, history says nothing'
	assert_stderr_contains '2026-11-04: recorded, but not there'
	assert_stderr_contains 'x, 2026-W45: nobody recorded it'
}

@test "what a step, a field or nobody discharges is not delivered" {
	hot
	refused 1 'cs-duty: hot_report: only for' cs-duty done --as worker "$ref" hot_report
	refused 64 "is not among the duties" cs-duty done --as chief "$ref" sing
	refused 64 'neither a reference nor a unit' cs-duty done --as chief p9 forum_watch
	refused 66 'no ticket C20261102-0099' cs-duty done --as chief C20261102-0099 hot_report
	refused 64 'PART=TEXT' cs-duty write --as chief --part cause "$ref" hot_report
	refused 64 '--part is missing: PART=TEXT, the part one of cause, difficulties, help_needed' cs-duty write --as chief "$ref" hot_report
	refused 64 'major_state has no parts to be written' cs-duty write --as chief "$ref" major-state
	refused 64 "part facts of hot_report fills itself" cs-duty write --as chief --part facts=x "$ref" hot_report
	refused 1 'others owe it: who answers for it (chief)' cs-duty write --as worker --part cause=x "$ref" hot_report
	refused 66 'hot_report was not delivered' cs-duty show "$ref" hot_report
	refused 64 'lies in the future' cs-duty done --as chief --at '2026-11-02 10:00' "$ref" hot_report
}

@test "S3-4-26: a late report of a week or a project is delivered late, by its name, until the time after it is over" {
	new complaint --category env
	step chief assess --set lawsuit=pending
	at '2026-11-09 10:00' # an hour late
	refused 1 'every/9' cs-duty done --as chief --period every/9 "$ref" major_weekly
	split cs-duty due --duty major_weekly
	assert_stdout "$(printf '%s\tmajor_weekly\tevery/1\towed\t2026-11-09 09:00\tchief\t2026-11-02 09:00\t\tyes\t\t' "$ref")"
	cs-escalate >/dev/null
	split cs-duty due --duty major_weekly --overdue
	assert_stdout "$(printf '%s\tmajor_weekly\tevery/1\tmissed\t2026-11-09 09:00\tchief\t2026-11-02 09:00\t2026-11-09 09:00\tyes\t\t' "$ref")"
	split cs-duty done --as chief --period every/1 "$ref" major_weekly
	assert_stdout "$(printf '%s\tmajor_weekly\tevery/1\tdone' "$ref")"
	split cs-duty due --duty major_weekly --all
	assert_stdout "$(printf '%s\tmajor_weekly\tevery/%s\n' \
		"$ref" $'1\tdone\t2026-11-09 09:00\tchief\t2026-11-02 09:00\t2026-11-09 10:00\tyes\t\t' \
		"$ref" $'2\towed\t2026-11-16 09:00\tchief\t2026-11-09 09:00\t\t\t\t')"
	at '2026-11-30 09:00' # on its last second
	cs-escalate >/dev/null
	split cs-duty due --duty major_weekly
	assert_stdout_contains 'every/3'
	refute_stdout_contains 'every/2'
	refused 1 'every/2: was missed, its time is over' cs-duty done --as chief --period every/2 "$ref" major_weekly
	split cs-duty done --as chief "$ref" major_weekly
	assert_stdout "$(printf '%s\tmajor_weekly\tevery/4\tdone' "$ref")"
	assert_stderr_contains 'every/3 was missed, and can still be delivered late (--period every/3)'
	split cs-duty done -n --as chief --period every/3 "$ref" major_weekly
	assert_status 0
	at '2026-11-30 09:00:01'
	refused 1 'every/3: was missed, its time is over' cs-duty done --as chief --period every/3 "$ref" major_weekly
	split cs-check
	assert_status 0
}

@test "what a unit missed is told, listed as long as it can be delivered late, and delivered by its period" {
	at '2026-11-16 00:00:01'
	split cs-escalate
	assert_stdout_contains "$(printf 'p1\tduty/weekly_report\tmissed\t2026-11-16 00:00')"
	split cs-duty due --duty weekly_report --unit p1
	assert_stdout "$(printf 'p1\tweekly_report\t2026-W4%s\n' \
		$'5\tmissed\t2026-11-16 00:00\tmanager\t2026-11-09 00:00\t2026-11-16 00:00\tyes\t\t' \
		$'6\towed\t2026-11-23 00:00\tmanager\t2026-11-16 00:00\t\t\t\t')"
	refused 1 'was missed' cs-duty waive --as manager --note x --period 2026-W45 p1 weekly_report
	split cs-report weekly 2026-W45 --unit p1 --close
	split cs-duty done --as manager --period 2026-W45 p1 weekly_report
	assert_stdout "$(printf 'p1\tweekly_report\t2026-W45\tdone')"
	split cs-check
	assert_status 0
}

@test "a fact taken back and given again: what was late stays so, what is owed anew has a name of its own" {
	new complaint --category env
	step chief assess --set people=4
	at '2026-11-04 10:00'
	step chief assess --set people=1
	at '2026-11-04 10:01'
	step chief assess --set people=4
	split cs-duty due --duty hot_report --all
	assert_stdout "$(printf '%s\thot_report\timportance/hot/1%s\n' \
		"$ref" $'\tfell\t2026-11-04 00:00\tchief\t2026-11-02 09:00\t2026-11-04 10:00\tyes\t\t' \
		"$ref" $'.2\towed\t2026-11-06 00:00\tchief\t2026-11-04 10:01\t\t\t\t')"
	assert_equal "$(sql "SELECT count(*) FROM notice WHERE what = 'hot_notice' AND to_id = (SELECT id FROM staff WHERE login = 'manager')")" 2
	split cs-show "$ref"
	assert_stdout_contains 'ended: hot_report (fell)'
	assert_stdout_contains 'by the system itself'
	split cs-check
	assert_status 0
}

@test "while a post is vacant, who answers for it delivers and waives" {
	sql "SELECT p.id FROM post p JOIN staff s ON s.id = p.staff WHERE s.login = 'manager'" >id
	cs-org change post "$(cat id)" --to 2026-11-20 >/dev/null
	at '2026-12-01 00:00:01'
	split cs-escalate
	split cs-duty due --duty publish --unit p1
	assert_stdout_contains "$(printf 'publish\t2026-11\towed\t2026-12-06 00:00\tarea')"
	refused 1 'only for: project manager (area)' cs-duty waive --as ling --note 没有 p1 publish
	refused 1 'the report is not closed' cs-duty done --as area p1 publish
	split cs-duty waive --as area --note 没有 p1 publish
	assert_stdout "$(printf 'p1\tpublish\t2026-11\twaived')"
}

@test "a merged ticket owes nothing: what is written and delivered is its survivor's" {
	hot
	first=$ref
	new complaint --category env --customer 李强 --phone 13900139000
	cs-decide link "$ref" --same-as "$first" --as ling >/dev/null
	split cs-decide merge "$ref" --into "$first" --as chief --note x
	assert_status 0
	split cs-duty write --as chief --part cause=x "$ref" hot_report
	assert_stdout_contains "$first"
	assert_stderr_contains "$ref is merged: it is $first that owes"
}

@test "S3-4-16: what was missed before a merge stays missed, and a series goes on when it is undone" {
	echo '{"policy":"ours","edition":"2026-11-02","extends":"property","params":{"cmp.progress":{"value":"2d","source":"x"}}}' >ours.json
	cs-policy load -q ours.json >/dev/null
	new complaint
	first=$ref
	new complaint --customer 李强 --phone 13900139000
	at '2026-11-07 08:00'
	cs-decide link "$ref" --same-as "$first" --as ling >/dev/null
	split cs-decide merge "$ref" --into "$first" --as chief --note x
	assert_status 0
	split cs-duty due --all --subject "$ref" --duty keep_informed
	assert_equal "$(cut -f 3,4,11 <<<"$output")" $'every/1\tmissed\t\nevery/2\tmissed\t\nevery/3\tended\tmerged'
	split cs-decide unmerge "$ref" --as chief --note y
	assert_status 0
	at '2026-11-13 08:00'
	cs-escalate >/dev/null
	split cs-duty due --all --subject "$ref" --duty keep_informed
	assert_equal "$(cut -f 3,4,5 <<<"$output")" $'every/1\tmissed\t2026-11-04 09:00\nevery/2\tmissed\t2026-11-06 09:00\nevery/3\tmissed\t2026-11-08 09:00\nevery/4\tmissed\t2026-11-10 09:00\nevery/5\tmissed\t2026-11-12 09:00\nevery/6\towed\t2026-11-14 09:00'
	split cs-check
	assert_status 0
}
