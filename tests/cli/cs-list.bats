#!/usr/bin/env bats
# cs-list: every filter, columns, order, formats.
load helper
load tickets

# Six tickets: $r1 finished late, $r2 urgent, $r3 of the other project, $c1 a complaint, $i1 answered, $m1 of the next day.
stock() {
	new request --subject '厨房 Pipe 漏水' --category eng.leak && r1=$ref
	cs-dispatch -q --as ling --assignee worker "$r1" >>dispatched
	new request --category eng.light --subject 路灯 --set urgent=yes && r2=$ref
	new request --unit p2 --customer 李强 --phone 13900139000 --premises 1-1-101 --subject 门 && r3=$ref
	cs-dispatch -q --as ling "$r3" >>dispatched
	new complaint --category env.waste --subject 垃圾 && c1=$ref
	at '2026-11-02 15:00'
	new inquiry --category svc.fees --subject 收费 && i1=$ref
	step ling reply --set reply_text=好
	at '2026-11-03 08:00'
	ref=$r1
	step worker arrive
	step worker start
	step worker finish --set result=好 --set unsigned_why=不在
	new message --subject 留言 && m1=$ref
	at '2026-11-03 09:00'
}

# lists WANTED OPTION...: exactly these references in this order.
lists() {
	local wanted=$1
	shift
	split cs-list --columns ref "$@"
	assert_status 0
	assert_equal "${output//$'\n'/ }" "$wanted" "$*"
}

@test "every filter" {
	stock
	lists "$c1 $i1 $r1 $r2 $r3 $m1"
	lists "$r1 $r2 $r3" --kind request
	lists "$c1" --kind 客户投诉
	lists "$r1" --state finished
	lists "$r1" --state 已完成
	refused 64 "--state: '处理中' may be handling or working of the states" cs-list --state 处理中
	lists '' --state 处理中 --kind request
	lists "$r1" --category 渗漏水
	lists "$r2" --priority 紧急
	lists '' --validity 有效投诉
	lists "$c1 $r2 $r3 $m1" --state open
	lists "$i1 $r1" --state=done
	lists '' --state closed
	lists "$r1" --unit p1.engineering
	lists "$c1 $i1 $r1 $r2 $m1" --unit p1
	lists "$r3" --unit p2
	lists "$c1 $i1 $r1 $r2 $r3 $m1" --unit east
	lists "$r3" --place p2
	lists "$c1 $i1 $r1 $r2 $r3 $m1" --accepting p1.service
	lists '' --causing p1
	lists "$r1" --assignee worker
	lists "$c1" --responsible chief --state open --kind complaint
	lists "$r1 $r2 $r3 $m1" --category eng
	lists "$r1" --category eng.leak
	lists "$c1" --specialty environment
	lists "$c1 $i1 $r1 $r2 $r3 $m1" --channel phone
	lists "$r2" --priority urgent
	lists '' --validity valid
	lists "$r1" --level 1
	lists "$r3" --customer 139-0013-9000
	lists "$r3" --customer 李强
	lists "$c1 $i1 $r1 $r2 $r3" --opened 2026-11-02
	lists "$m1" --opened 2026-11-03
	lists "$i1" --opened '2026-11-02 12:00..2026-11-03 00:00'
	lists "$r1" --closed 2026-11-03
	lists "$i1 $r1" --closed 2026-11
	lists '' --closed 2026-10
	lists "$r2 $r3" --overdue
	lists "$r1" --late
	lists "$r2 $r3" --due-before '2026-11-03 00:00:01'
	lists '' --due-before '2026-11-03 00:00'
	lists "$c1" --due-before 2026-12-01 --kind complaint
	lists "$r1" --text 'pipe 漏水'
	lists '' --text 'pipe 门'
	lists "$r1 $r3" "$r3" "$r1"
	lists "$r1" "$r3" "$r1" --late
	lists "$r3" --customer 李强 --overdue
}

@test "overdue and late agree with the clocks of the tickets" {
	stock
	at '2026-11-20 09:00'
	for ref in $(cs-list --columns ref); do
		clock=$(cs-show "$ref" | awk -F'\t' '$2 == "clock" && ($3 == "resolve" || $3 == "reply" && $4 != "met") { print $4 }')
		case $clock in
		*overdue*) echo "$ref" >>overdue ;;
		*late*) echo "$ref" >>late ;;
		esac
	done
	assert_equal "$(cs-list --overdue --kind request --columns ref)" "$(grep ^R overdue)"
	assert_equal "$(cs-list --late --columns ref)" "$(cat late)"
}

@test "columns: built-in ones, fields of kinds, personal ones; text begins with the reference" {
	stock
	split cs-list --columns subject,customer,phone,premises "$r3"
	assert_stdout "$r3"$'\t门\t李强\t13900139000\t1-1-101'
	split cs-list -f csv --columns subject,result,urgent,opened,done,late,overdue,unit,is "$r1" "$r2"
	assert_stdout "subject,result,urgent,opened,done,late,overdue,unit,is
厨房 Pipe 漏水,好,,2026-11-02 09:00:00,2026-11-03 08:00:00,yes,no,p1.engineering,done
路灯,,yes,2026-11-02 09:00:00,,,yes,p1.service,open"
	split cs-list -f jsonl --columns ref,level,late,assignee "$r1"
	assert_stdout "{\"ref\":\"$r1\",\"level\":1,\"late\":true,\"assignee\":\"worker\"}"
	split cs-list -f table "$m1"
	assert_line 0 'ref             kind     state     unit        assignee  category   priority  level  opened               due  subject'
	refused 64 "no column 'colour'" cs-list --columns ref,colour
	refused 64 "did you mean 'state'" cs-list --columns stat
	refused 64 'kind is given twice' cs-list --columns kind,kind
	refused 64 'no column is named' cs-list -f csv --columns ,
}

@test "--sort, --limit, --excel" {
	stock
	lists "$c1 $i1" --limit 2
	lists '' --limit 0
	lists "$m1 $i1 $c1" --sort opened,desc --limit 3
	lists "$r1 $c1 $i1 $r2 $r3 $m1" --sort assignee
	lists "$r1 $i1 $c1 $r2 $r3 $m1" --sort done,desc
	lists "$c1 $i1 $m1 $r1 $r2 $r3" --sort kind,asc
	lists "$r2 $c1 $i1 $r1 $r3 $m1" --sort priority,desc
	refused 64 'only desc or asc' cs-list --sort kind,up
	refused 64 "no column 'colour', and no kind has such a field; there are ref, kind," cs-list --sort colour
	refused 64 "no column 'duedate'; did you mean 'due'?" cs-list --sort duedate
	refused 64 "no column 'affect_life'; did you mean 'affects_life'?" cs-list --sort affect_life
	refused 64 "--state: 'opened' is not among the states and classes of states; did you mean 'open'?" cs-list --state opened
	refused 64 "--channel: '电化' is not among the channels; did you mean '电话' (phone)?" cs-list --channel 电化
	new request --subject '=1+1' && formula=$ref
	assert_equal "$(cs-list -f csv --columns subject "$formula" | tail -1)" '=1+1'
	assert_equal "$(cs-list --excel --columns subject "$formula" | tail -1)" $'\'=1+1\r'
	assert_equal "$(cs-list --excel --columns subject "$formula" | head -c3 | od -An -tx1)" ' ef bb bf'
	refused 64 '--excel is for' cs-list --excel -f json
}

@test "names that do not exist are wrong usage" {
	for option in --kind=x --state=x --unit=x --place=x --accepting=x --causing=x --assignee=x --responsible=x --category=x \
		--specialty=x --channel=x --priority=x --validity=x --level=x --matter=x --opened=x --closed=x --due-before=x \
		--find=x --find=x=y --limit=-1 --importance=bogus; do
		split cs-list "$option"
		assert_status 64
		assert_stdout ''
	done
	refused 64 '--find colour: the rules in force mark no field as findable' cs-list --find colour=red
	cat >own.json <<-'END'
		{"extends": "property", "policy": "own", "edition": "2026-11-21",
		 "kinds": {"request": {"fields": {"meter": {"type": "text", "find": true}},
			"steps": {"note": {"takes": ["meter"]}}}},
		 "labels": {"en": {"kinds/request/fields/meter": "meter"}, "zh": {"kinds/request/fields/meter": "表号"}}}
	END
	cs-policy load -q own.json >quiet.log
	refused 64 "--find: 'metre' is not among the findable fields; did you mean 'meter'?" cs-list --find metre=7
	new request
	step ling note --note x --set meter=7
	lists "$ref" --find meter=7
	refused 66 'no ticket R20261102-0009' cs-list --matter R20261102-0009
	refused 77 '--as lign is not on the staff' cs-list --as lign
	refused 66 'no such' cs-list -d none.db
}

@test "pipes: into every program that takes references; an empty list is no fault" {
	stock
	pipe 'cs-list --kind request --overdue --unit p1 | cs-progress --as ling note --note "chased by phone" -'
	assert_stdout "$r2"$'\tnote\tregistered'
	pipe 'cs-list --state closed | cs-progress --as ling note --note x -'
	assert_status 0
	assert_stdout ''
	pipe 'cs-list --kind request | cs-list --overdue -'
	assert_lines 2
	split cs-list --columns ref "$r1" R20261102-0099
	assert_status 1 # a script can see it
	assert_stdout "$r1"
	assert_stderr 'cs-list: R20261102-0099: no such ticket'
	refused 66 'R20261102-0099: no such ticket' cs-list -f csv R20261102-0099
	split cs-list --state closed "$r1" # there, and left out by the filter
	assert_status 0
	split cs-list --columns ref "$r2" "$r1" "${r2,,}" # each once
	assert_status 0
	assert_stdout "$r1"$'\n'"$r2"
	split cs-list - </dev/null
	assert_status 0
	assert_stdout ''
	run -74 bash -c 'cs-list >/dev/full'
}
