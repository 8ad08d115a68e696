#!/usr/bin/env bats
# The reports of complaints: weekly, complaints, ledger, cases, publication, reconcile (requirements 10.1, 4.8 to 4.10).
load helper
load tickets
load faults

# complain [OPTION...]: a complaint of 王芳 of 3-2-501; its reference is $ref.
complain() {
	ref=$(cs-intake --as ling --kind complaint --unit p1.north --customer 王芳 --phone 13800138000 --premises 3栋2单元501 "$@") ||
		fail cs-intake
	ref=${ref%%$'\t'*}
}

# November 2026: $c1 is answered at once and is a case, $c2 is dispatched and stays open, $r1 is a request that is reworked.
month() {
	complain --channel phone --category owner.noise --body '3栋2单元501王芳：楼上太吵，电话138 0013 8000' --set wish=安静 --set important=yes
	c1=$ref
	at '2026-11-03 10:00'
	step ling answer --set result='=已与王女士协调'
	step ling reply --set reply_text=已答复
	step chief verify --note 属实
	at '2026-11-05 09:00'
	complain --category eng.lift --channel media --body 电梯停运 && c2=$ref
	new request --category eng.leak && r1=$ref
	step ling answer --set answer_text=好
	at '2026-11-06 09:00'
	step ling rework --note 又漏
	cs-escalate -q >>quiet.log
}

# figure REPORT-WORDS TABLE ROW COLUMN: one figure of the tidy table; the keys of the row with commas between.
figure() {
	local words=$1 table=$2 row=$3 column=$4
	# shellcheck disable=SC2086
	cs-report $words -f csv | awk -F, -v t="$table" -v r="$row" -v c="$column" '
		{ key = $5; if ($6 != "") key = key "," $6; if ($7 != "") key = key "," $7 }
		$4 == t && key == r && $8 == c { print $9 }'
}

@test "S3-4-25: the week in three parts" {
	month
	at '2026-11-09 00:00'
	split cs-report weekly 2026-W45 --table complaints -f csv -q
	assert_status 0
	assert_stdout 'project,class,carried_in,opened,reopened,moved_in,closed,merged,moved_out,carried_out,on_time,late,overdue
*,*,0,2,0,0,1,0,0,1,1,0,0
p1,engineering,0,1,0,0,0,0,0,1,0,0,0
p1,owner_dispute,0,1,0,0,1,0,0,0,1,0,0'
	split cs-report weekly 2026-W45 --table requests -f csv -q
	assert_stdout 'project,class,carried_in,opened,reopened,moved_in,closed,merged,moved_out,carried_out,on_time,late,overdue
*,*,0,1,1,0,1,0,0,1,1,0,1
p1,engineering,0,1,1,0,1,0,0,1,1,0,1'
	split cs-report weekly 2026-W45 --table rectification -f csv -q
	assert_stdout 'project,what,carried_in,opened,reopened,moved_in,closed,merged,moved_out,carried_out,on_time,late,overdue
*,*,0,0,1,0,0,0,0,1,0,0,1
p1,came_back,0,0,1,0,0,0,0,1,0,0,1'
	split cs-report weekly 2026-W46 --table complaints -f csv -q
	assert_line 1 '*,*,1,0,0,0,0,0,0,1,0,0,0'
}

@test "S3-4-33, S3-10-1: the ledger for headquarters" {
	month
	at '2026-12-01 09:00'
	cs-escalate -q >>quiet.log
	split cs-report ledger 2026-11 --table ledger -f csv -q
	assert_status 0
	assert_line 0 'ticket,date,time,project,premises,phone,complainant,channel,content,wish,class,category,importance,validity,unit,receptionist,recorder,responsible,reply,result,state,due_at,late,done_at,closed_at,score,matter,merged_into'
	assert_stdout_contains "$c1,2026-11-02,09:00,p1,3-2-501,13800138000,王芳,phone,3栋2单元501王芳：楼上太吵，电话138 0013 8000,安静,owner_dispute,owner.noise,"
	assert_stdout_contains ',已答复,=已与王女士协调,verified,'
	assert_stdout_contains "$c2,2026-11-05,09:00,p1,"
	refute_stdout_contains "$r1"
	assert_lines 3
	# Text begins with the reference, so that it feeds other programs.
	pipe 'cs-report ledger 2026-11 -q -f text | cs-list --columns ref,state -f csv -'
	assert_status 0
	assert_stdout_contains "$c1,verified"
	# A spreadsheet shows it as it is and runs nothing.
	cs-report ledger 2026-11 --table ledger -f csv --excel -q >ledger.csv
	[ "$(head -c 3 ledger.csv)" = $'\xef\xbb\xbf' ] || fail 'no byte order mark'
	grep -q "'=已与王女士协调" ledger.csv || fail 'a formula' "$(cat ledger.csv)"
	for format in table text csv json jsonl; do
		cs-report ledger 2026-11 -f $format -q >ledger.$format
		grep -q "$c1" ledger.$format || fail "$format"
	done
	jq -e '.tables.ledger[0].complainant == "王芳" and .tables.ledger[0].score == null' ledger.json >/dev/null
	cs-report ledger 2026-10 --table ledger -f csv -q >empty
	assert_equal "$(wc -l <empty)" 1
	cs-report ledger 2026-11 --unit p2 --table ledger -f csv -q | cmp - empty
}

@test "closed, the ledger is the same a year later; what was erased is empty, and stood in no figure" {
	month
	at '2026-12-01 09:00'
	cs-escalate -q >>quiet.log
	for format in table csv json; do
		[ -e closed ] || cs-report ledger 2026-11 --close -f csv >closed
		cs-report ledger 2026-11 -f $format >first.$format
	done
	cmp closed first.csv
	sqlite3 "$CS_DB" 'SELECT figures FROM report_close' >figures
	! grep -E '王芳|13800138000|协调|安静|3-2-501' figures
	at '2027-12-01 09:00'
	ref=$c1
	cs-progress -q --as ling rework --note 再来 "$ref" >>quiet.log
	cs-progress -q --as chief dispatch --set handling=p1.engineering --set promised_at='2027-12-02 18:00' "$ref" >>quiet.log
	cs-progress -q --as worker finish --set result=重做 "$ref" >>quiet.log || cs-progress -q --as head finish --set result=重做 "$ref" >>quiet.log
	cs-report ledger 2026-11 -f csv >later.csv
	head -n "$(wc -l <first.csv)" later.csv | cmp - first.csv
	cs-report ledger 2026-11 -q --table corrections -f csv >of_report
	grep -q "^ledger,$c1,state,verified,finished" of_report || fail "$(cat of_report)"
	! grep -E '重做|result' of_report
	cs-report ledger 2026-11 --live -q --table ledger -f csv | grep -q 重做
	cs-customer erase -q --reason asked "$(sqlite3 "$CS_DB" "SELECT id FROM person WHERE name = '王芳'")" >>quiet.log
	split cs-report ledger 2026-11 -q --table ledger -f csv
	refute_stdout_contains 王芳
	refute_stdout_contains 协调
	assert_stdout_contains "$c1,2026-11-02,09:00,p1,,,,phone,,,owner_dispute"
	cs-check -q
}

@test "S0-4-21, S4-4-5: complaints by class and channel, the period before beside them" {
	new complaint --category eng.lift --at '2026-11-01 09:00'
	month
	at '2026-12-05 09:00'
	new complaint --category eng.lift
	split cs-report complaints 2026-11 -q --table complaints -f csv
	assert_status 0
	assert_stdout_contains 'all,*,3,0,3,no data,1,0,2,'
	assert_stdout_contains 'class,engineering,2,0,2,no data,0,0,2,'
	assert_stdout_contains 'channel,media,1,0,1,no data,0,0,1,'
	assert_equal "$(figure 'complaints 2026-12' complaints 'class,engineering' change_percent)" -50.00
	assert_equal "$(figure 'complaints 2026-Q4' complaints 'unit,p1' received)" 4
	split cs-report complaints 2026-12 -f table
	assert_stdout_matches 'class +engineering +1 +2 +-1 +-50.00%'
}

@test "S3-4-31: the library of cases names nobody" {
	month
	at '2026-12-01 09:00'
	split cs-report cases 2026-11 -q --table parts -f csv
	assert_status 0
	assert_stdout_contains "$c1,ticket,body,■■■■■■：楼上太吵，电话■■■"
	assert_stdout_contains "$c1,ticket,result,=已与■■■协调"
	refute_stdout_contains "$c2"
	pipe 'cs-report cases 2026-11 -q -f text | cut -f 1'
	assert_stdout "$c1"
}

@test "S0-4-20, S3-4-30, C29, C40: published is what was approved, blacked out" {
	month
	ref=$c1
	step chief compile --set common=yes --set notice_text='3栋2单元501王女士反映噪音，11月3日已协调，电话13800138000。'
	split cs-show --form publication "$c1"
	assert_status 0
	assert_stdout_contains '■■■■■■反映噪音，11月3日已协调，电话■■■。'
	assert_stdout_contains '房号  3栋2单元501'
	assert_stdout_contains '姓名  王女士'
	assert_stdout_contains '电话  13800138000'
	assert_stdout_contains '未决定'
	refuse chief 'publish: only for: project manager' publish --set notice_area=project --set notice_by=board
	at '2026-12-03 09:00'
	split cs-report publication 2026-11 -q --table decisions -f csv
	assert_stdout "ticket,project,class,decision,by,at
$c1,p1,owner_dispute,undecided,,"
	step manager publish --set notice_area=project --set notice_by=board
	split cs-show --form publication "$c1"
	assert_stdout_contains '已批准'
	split cs-show "$c1"
	assert_stdout_matches $'row\treport.publication/notice\t.*verdict=approved'
	split cs-report publication 2026-11 -q --table notices -f jsonl
	assert_stdout_matches '"ticket":"'"$c1"'","project":"p1","class":"owner_dispute","area":"project","approved_by":"manager","approved_at":"2026-12-03 09:00","digest":"[0-9a-f]{64}","notice":"■■■■■■反映噪音，11月3日已协调，电话■■■。"'
	step chief compile --set notice_text=另一段
	split cs-show --form publication "$c1"
	assert_stdout_contains '批准后有改动'
	split cs-report publication 2026-11 -q -f csv
	refute_stdout_contains notices
	assert_stdout_contains "decisions,$c1,,,decision,changed"
	cs-escalate -q >>quiet.log
	split cs-report publication 2026-11 --close
	assert_status 0
	assert_stderr_contains 'still to be decided whether they are published: 1'
	cs-check -q
}

@test "S3-4-5: four registers agree; one entered late is named" {
	month
	at '2026-12-01 09:00'
	cs-escalate -q >>quiet.log
	split cs-report reconcile 2026-11 -q --table registers -f csv
	assert_equal "$(cut -d, -f 1-3 <<<"$output")" 'register,complaints,agrees
tickets,2,yes
record,2,yes
information,2,yes
ledger,2,yes'
	assert_equal "$(cut -d, -f 4 <<<"$output" | sort -u | wc -l)" 2 'one digest under one heading'
	cs-report ledger 2026-11 --close >>quiet.log
	at '2026-12-02 10:00'
	new complaint --category eng.lift --at '2026-11-20 10:00' && late=$ref
	split cs-report reconcile 2026-11 -q --table differences -f csv
	assert_stdout "ticket,register,is,why
$late,ledger,missing,\"entered 2026-12-02 10:00, after the ledger was closed\""
	split cs-report reconcile 2026-11 -q -f text --table registers
	assert_stdout_matches $'ledger\t2\tno\t[0-9a-f]*\t2026-12-01 09:00\tthe ledger as it was closed'
}

@test "the figures are those of the sqlite3 shell, within little memory" {
	rm -f "$CS_DB"
	cs-init -q --rehearsal --now '2026-09-01 08:00' >made
	"$CS_BUILD/tests/bench/fill_report" "$CS_DB" 2026-10-01 20000 11
	at '2026-11-02 08:00'
	from=$(TZ=Asia/Shanghai date -d '2026-10-05' +%s) before=$(TZ=Asia/Shanghai date -d '2026-10-12' +%s)
	past=$(TZ=Asia/Shanghai date -d '2026-09-28' +%s)
	received() {
		sqlite3 "$CS_DB" "SELECT channel || ',' || count(*) FROM ticket WHERE kind = 'complaint' AND opened_at >= $1 AND opened_at < $2
			GROUP BY channel ORDER BY channel"
	}
	column() {
		cs-report complaints 2026-W41 -q --table complaints -f csv | awk -F, -v c="$1" '$1 == "channel" && $c > 0 { print $2 "," $c }'
	}
	received "$from" "$before" >want
	[ -s want ] || fail 'no complaints'
	column 3 | diff want -
	received "$past" "$from" | diff - <(column 4)
	total=$(awk -F, '{ n += $2 } END { print n }' want)
	(ulimit -v 102400 && cs-report weekly 2026-W41 -f json >weekly.json && cs-report reconcile 2026-W41 -f json >reconcile.json)
	jq -e --argjson n "$total" '(.tables.complaints[] | select(.project == "*") | .opened == $n)
		and ([.tables[][] | select(.carried_in + .opened + .reopened + .moved_in != .closed + .merged + .moved_out + .carried_out)] == [])' weekly.json >/dev/null
	# Written past the programs they have no history: that is the one register that differs.
	jq -e --argjson n "$total" '[.tables.registers[] | {(.register): .complaints}] | add ==
		{tickets: $n, record: $n, ledger: $n, information: 0}' reconcile.json >/dev/null
}

@test "a merge settles nothing, and one undone was none; what was closed meanwhile stays as it was printed" {
	complain --channel phone --category owner.noise --body 吵 && old=$ref
	complain --channel phone --category owner.noise --body 吵 && young=$ref
	at '2026-11-03 11:00'
	cs-decide merge -q --as chief --into "$old" --note x "$young" >quiet.log
	at '2026-11-09 00:00'
	cs-escalate -q >>quiet.log
	split cs-report weekly 2026-W45 --table complaints -f csv -q
	assert_line 1 '*,*,0,2,0,0,0,1,0,1,0,0,0'
	assert_equal "$(figure 'complaints 2026-W45' complaints 'all,*' merged)" 1
	assert_equal "$(figure 'complaints 2026-W45' complaints 'all,*' open)" 1
	assert_equal "$(figure 'monthly 2026-W45' times 'kind,complaint' resolution_mean_s)" 'no data'
	cs-report weekly 2026-W45 --close -f csv --table complaints >closed.csv 2>quiet.log
	cs-decide unmerge -q --as chief --note x "$young" >quiet.log
	at '2026-11-16 00:00'
	cs-escalate -q >quiet.log
	split cs-report weekly 2026-W46 --table complaints -f csv -q
	assert_line 1 '*,*,2,0,0,0,0,0,0,2,0,0,2'
	split cs-report weekly 2026-W46 --table rectification -f csv -q
	assert_stdout_contains '*,*,0,0,0,0,0,0,0,0,0,0,0'
	refute_stdout_contains came_back
	split cs-report weekly 2026-W45 -f csv --table complaints
	assert_stdout_contains '*,*,0,2,0,0,0,1,0,1,0,0,0'
	assert_equal "$(sed 1d closed.csv)" "$(sed 1d <<<"$output")"
	split cs-check --recompute
	assert_status 0
}

@test "a report that the rules say nothing about is refused" {
	rm -f "$CS_DB"
	cs-init -q --rehearsal --policy "$CS_ROOT/tests/data/policies/tiny.json" >made
	refused 78 'report cases: the rules do not say what a case is (reports/cases)' cs-report cases 2026-10
	rm -f "$CS_DB"
	cs-init -q --rehearsal --policy insurance >made
	refused 78 'report publication: the rules have none: no kind has a text to be published' cs-report publication 2026-10
	split cs-report cases 2026-10
	assert_status 0
	refused 64 "'' is no period" cs-report ledger ''
	for report in weekly complaints ledger cases publication reconcile; do
		split cs-report $report
		assert_status 64
	done
}

@test "S0-4-7: an insurer's refused and merged complaints are complaints of the month" {
	rm -f "$CS_DB"
	at '2026-09-18 09:00'
	cs-init -q --rehearsal --seed insurer --policy insurance >made
	sh "$CS_ROOT/tests/data/insurer.sh"
	lodge() {
		ref=$(cs-intake -q --as agent1 --kind complaint --channel letter --category claim.denied --body 拒赔不合理 \
			--customer 王芳 --phone 13800138000 --capacity policyholder)
		ref=${ref%%$'\t'*}
		cs-decide complete -q --as agent1 "$ref" >>quiet.log
	}
	facts() {
		local fact set=()
		for fact in "$@"; do set+=(--set "$fact"); done
		cs-progress -q --as agent1 examine "${set[@]}" "$ref" >>quiet.log
	}
	lodge && first=$ref
	cs-progress -q --as agent1 link --set same_as=none "$ref" >>quiet.log
	facts by_consumer_or_agent=yes insurance_matter=yes ours=yes
	cs-decide accept -q --as division "$ref" >>quiet.log
	lodge && again=$ref
	cs-progress -q --as agent1 link --set same_as="$first" "$ref" >>quiet.log
	facts by_consumer_or_agent=yes new_facts=no
	cs-decide refuse -q --as division --set ground=g2 --set reason='同一投诉已受理，无新的事实和理由' "$again" >>quiet.log
	lodge && merged=$ref
	cs-progress -q --as agent1 link --set same_as="$first" "$ref" >>quiet.log
	facts by_consumer_or_agent=yes new_facts=yes needs_verification=yes
	cs-progress -q --as division merge --note 补充了新病历 "$merged" >>quiet.log
	at '2026-10-08 09:00'
	cs-escalate -q >>quiet.log
	split cs-report complaints 2026-09 -q --table complaints -f csv
	assert_status 0
	assert_stdout_contains 'all,*,3,0,3,'
	assert_stdout_contains 'state,refused,1,0,1,'
	assert_stdout_contains 'state,merged,1,0,1,'
	# S0-4-19: the policy, in what capacity and for whom, the regulator's reference, the ground.
	cs-intake -q --as agent1 --at '2026-09-29 09:00' --kind complaint --channel regulator --category claim.denied --body 转办 --customer 何平 \
		--phone 13700000009 --capacity agent --for 王芳,phone=13800138000 --set policy_no=P-1001 --set regulator_ref=银保转7号 \
		--set regulator_due='2026-10-20 18:00' >>quiet.log
	split cs-report ledger 2026-09 -q --table ledger -f csv
	assert_stdout_contains "同一投诉已受理，无新的事实和理由"
	assert_lines 5
	assert_equal "$(head -n 1 <<<"$output" | rev | cut -d, -f 1-6 | rev)" 'merged_into,policy_no,capacity,principal,regulator_ref,ground'
	assert_equal "$(grep "^$again" <<<"$output" | rev | cut -d, -f 1-5 | rev)" ',policyholder,,,g2'
	assert_equal "$(grep 转办 <<<"$output" | rev | cut -d, -f 1-5 | rev)" 'P-1001,agent,王芳,银保转7号,'
	split cs-report reconcile 2026-09 -q --table registers -f csv
	assert_equal "$(cut -d, -f 1-3 <<<"$output" | tail -4 | xargs)" 'tickets,4,yes record,4,yes information,4,yes ledger,4,yes'
	# Departments of the head office handle what is the branch's: the place tells whose it is.
	lodge_at() {
		cs-intake -q --as agent1 --kind complaint --channel letter --category claim.denied --body 拒赔不合理 \
			--customer 李强 --phone 13700000001 --capacity policyholder --unit "$1" >>quiet.log
	}
	at '2026-10-09 09:00'
	lodge_at jiangsu
	lodge_at jiangsu.sales
	lodge_at hq.claims
	at '2026-10-12 09:00'
	split cs-report weekly 2026-10-09..2026-10-11 -q --table complaints -f csv
	assert_line 0 'branch,class,carried_in,opened,reopened,moved_in,closed,merged,moved_out,carried_out,on_time,late,overdue'
	assert_equal "$(grep -c '^jiangsu,.*,0,2,0,' <<<"$output")" 1
	split cs-report ledger 2026-10-09..2026-10-11 --unit jiangsu -q --table ledger -f csv
	assert_lines 3
	assert_stdout_contains ',branch,'
	assert_equal "$(figure 'complaints 2026-10-09..2026-10-11' complaints unit,jiangsu received)" 2
	assert_equal "$(figure 'complaints 2026-10-09..2026-10-11 --unit jiangsu' complaints 'all,*' received)" 2
	assert_equal "$(figure 'monthly 2026-10-09..2026-10-11 --unit jiangsu' stock 'all,*' carried_out)" 2
	assert_equal "$(figure 'daily 2026-10-11 --unit jiangsu' stock '*,*' open)" 2
	split cs-report reconcile 2026-10-09..2026-10-11 --unit jiangsu -q --table registers -f csv
	assert_equal "$(cut -d, -f 1-3 <<<"$output" | tail -4 | xargs)" 'tickets,2,yes record,2,yes information,2,yes ledger,2,yes'
}
