#!/usr/bin/env bats
# cs-callback: when a contact may be made, by whom, what came of it and what follows (requirements 7.1 to 7.5).
load helper
load tickets

answers=(--answer timely=yes --answer speed=好 --answer process=好 --answer result=好)
spoken=(--answer timely=yes --answer acceptance=好 --answer measures=好 --answer result=好)

# finished [OPTION...]: a request done by worker; $ref.
finished() {
	new request "$@"
	cs-dispatch --as ling --assignee worker "$ref" >out
	cs-progress --as worker arrive "$ref" >out
	cs-progress --as worker start "$ref" >out
	cs-progress --as worker finish --set result=好 --set unsigned_why=不在 "$ref" >out
}

# verified: a complaint handled by worker and verified by chief; $ref.
verified() {
	new complaint --category eng.water
	cs-dispatch --as ling --to p1.engineering --assignee worker --set promised_at='2026-11-03 12:00' "$ref" >out
	cs-progress --as worker finish --set result=好 "$ref" >out
	cs-progress --as chief verify --note 查过 "$ref" >out
}

# contact COLUMN [NUMBER]: of the contact of $ref, as the database has it.
contact() {
	sqlite3 "$CS_DB" "SELECT ifnull(c.$1, '') FROM callback c JOIN (SELECT max(ticket) AS t FROM callback) ON ticket = t WHERE seq = ${2:-1}"
}

record() {
	cs-callback record --as ling "$@"
}

# load_rules JSON: property rules with these changes, in force from now on.
load_rules() {
	echo '{"policy":"ours","edition":"2026-11-02","extends":"property",'"$1"'}' >ours.json
	cs-policy load ours.json >out
}

@test "S3-7-4 C12: due only in the hours; both ends of a window belong to it" {
	finished
	local case
	for case in 02T09:59=0 02T10:00=1 02T12:00=1 02T12:01=0 02T13:59=0 02T14:00=1 02T21:00=1 02T21:01=0 03T07:00=0 03T10:00=1; do
		split cs-callback due --now "2026-11-${case%=*}"
		assert_status 0
		assert_equal "$(printf '%s' "${output:+x}" | wc -c)" "${case#*=}" "due at $case"
	done
	split cs-callback due --now 2026-11-02T09:59 --all-open
	assert_stdout "$ref	1	satisfaction	phone	ling	2026-11-02 10:00	2026-11-02 21:00	no	0	王芳	13800138000	3-2-501	timely speed process result	open			"
	split cs-callback due --now 2026-11-02T21:00:01 --all-open -f jsonl
	assert_equal "$(jq -c '[.ref, .contact, .late]' <<<"$output")" "[\"$ref\",1,true]"
}

@test "each who complains is listed with his own premises, where they are known" {
	new complaint
	local old=$ref
	new complaint --customer 李强 --phone 13700000001 --premises 3栋2单元502
	cs-decide merge -q --as chief --into "$old" --note 同一件事 "$ref" >/dev/null
	ref=$old
	cs-dispatch -q --as chief --to p1.engineering --assignee worker --set promised_at='2026-11-03 12:00' "$ref" >out
	cs-progress -q --as worker finish --set result=好 "$ref" >out
	cs-progress -q --as chief verify --note 查过 "$ref" >out
	assert_equal "$(cs-callback list "$ref" | awk -F '\t' '$3 == "satisfaction" || $3 == "complaint_handling" { print $11, $12 }')" "13800138000 3-2-501
13700000001 3-2-502"
}

@test "an erased customer is called no more; what is entered for the ticket since goes with the next erasure" {
	new request
	cs-dispatch --as ling --assignee worker "$ref" >out
	cs-customer erase --reason request 1 >out
	cs-progress --as worker arrive "$ref" >out
	cs-progress --as worker start "$ref" >out
	cs-progress --as worker finish --set result=好 --evidence signature.owner,signer=斑马 "$ref" >out
	cs-progress --as worker note --note '斑马 又来电' "$ref" >out
	split cs-callback list
	assert_stdout ''
	refused 1 'customer 1 is erased: nobody is left to contact' cs-callback plan --as ling "$ref"
	cat "$CS_DB"* | grep -qa 斑马 || fail 'it was never there'
	split cs-customer erase --reason request 1
	assert_status 0
	assert_stdout '1	2	1	0'
	! cat "$CS_DB"* | grep -qa 斑马 || fail 'it is still in the file'
	split cs-check
	assert_status 0
}

@test "S3-7-4: within 24 hours, a due in quiet hours is the last slot before" {
	local case
	for case in '2026-11-02 10:30=2026-11-02 10:30=2026-11-03 10:30' '2026-11-02 12:30=2026-11-02 14:00=2026-11-03 12:00' \
		'2026-11-02 21:30=2026-11-03 10:00=2026-11-03 21:00'; do
		IFS='=' read -r now from due <<<"$case"
		at "$now"
		finished
		split cs-callback list -f jsonl
		assert_equal "$(jq -r --arg r "$ref" 'select(.ref == $r) | .from + "=" + .due' <<<"$output")" "$from=$due" "$now"
	done
}

@test "S4-7-1: an urgent repair may be called at any hour, within 24 hours" {
	finished --priority urgent
	split cs-callback due --now '2026-11-02 22:30' -f csv
	assert_stdout_contains "$ref,1,urgent_repair,phone,ling,2026-11-02 09:00,2026-11-03 09:00,no"
}

@test "never by the person who did the job: neither listed nor recorded" {
	finished
	at '2026-11-02 11:00'
	split cs-callback due --caller worker
	assert_stdout ''
	refused 1 "cs-callback: $ref: contact 1: never by the person who did the job" \
		cs-callback record --as worker --outcome reached --score 5 "${answers[@]}" "$ref"
	split record --outcome reached --score 5 "${answers[@]}" "$ref"
	assert_status 0
	# Where nobody was named, it is who said that it was done.
	new request
	cs-dispatch --as ling --to p1.engineering "$ref" >out
	for s in arrive start 'finish --set result=x --set unsigned_why=y'; do
		# shellcheck disable=SC2086
		cs-progress --as worker2 $s "$ref" >out
	done
	refused 1 'never by the person who did the job' cs-callback record --as worker2 --outcome unreachable "$ref"
}

@test "S3-7-1: reached needs the score 1 to 5 and every answer asked; then it is done" {
	finished
	at '2026-11-02 11:00'
	refused 1 'the score 1-5 is missing' record --outcome reached "${answers[@]}" "$ref"
	refused 1 "the answer to 'result' is missing" record --outcome reached --score 4 "${answers[@]:0:6}" "$ref"
	refused 64 "'dry' is not asked" record --outcome reached --score 4 "${answers[@]}" --answer dry=yes "$ref"
	refused 64 "'timely' is answered twice" record --outcome reached --score 4 "${answers[@]}" --answer timely=no "$ref"
	refused 64 "the answer to 'timely' is yes or no" record --outcome reached --score 4 --answer timely=maybe "${answers[@]:2}" "$ref"
	refused 64 'QUESTION=ANSWER' record --outcome reached --score 4 --answer timely "$ref"
	local n
	for n in 0 6 x; do
		split record --outcome reached --score $n "$ref"
		assert_status 64
	done
	assert_equal "$(contact state)" open
	split record --outcome reached --score 4 --answer 响应是否及时=是 "${answers[@]:2}" --method 电话 --note 谢谢 "$ref/1"
	assert_status 0
	assert_stdout "$ref	1	done	phone	no	"
	assert_equal "$(contact score),$(contact outcome),$(contact answers)" \
		'4,reached,{"timely":"yes","speed":"好","process":"好","result":"好","note":"谢谢"}'
	refused 1 'no contact is open' record --outcome reached --score 4 "${answers[@]}" "$ref"
	refused 1 'contact 1 is done' record --outcome reached --score 4 "${answers[@]}" "$ref/1"
	refused 1 'there is no contact 2' record --outcome reached --score 4 "${answers[@]}" "$ref/2"
	split cs-callback list --period 2026-11-02 --state 'done' -f csv
	assert_stdout_contains "$ref,1,satisfaction,phone,ling,2026-11-02 10:00,2026-11-02 21:00,no,1,王芳,13800138000,3-2-501,timely speed process result,done,reached,4,2026-11-02 11:00"
	cs-check >out
}

@test "S0-7-3 C41: unreachable by phone is a visit, unreachable there too is exempt" {
	finished
	at '2026-11-02 11:00'
	split record --outcome unreachable "$ref"
	assert_stdout "$ref	1	open	phone	no	"
	split cs-callback due --method visit --caller assistant
	assert_stdout_contains "$ref	1	satisfaction	visit	assistant"
	# One more call would stand as the visit, and exempt the customer.
	refused 1 "contact 1: the next try is by visit, for assistant (assistant); say how this one was made: --method visit, or --method phone where that was tried again" \
		record --outcome unreachable "$ref"
	split record --outcome unreachable --method phone "$ref"
	assert_stdout "$ref	1	open	phone	no	"
	refused 1 'the next try is by visit' record --outcome reached --score 5 "${answers[@]}" "$ref"
	split record --outcome unreachable --method visit "$ref"
	assert_stdout "$ref	1	exempt	visit	no	"
	assert_equal "$(contact outcome)" unreachable
	split cs-callback list --period 2026-11 --state exempt
	assert_lines 1
	assert_equal "$(sqlite3 "$CS_DB" "SELECT group_concat(method || ' ' || outcome) FROM attempt")" 'phone unreachable,phone unreachable,visit unreachable'
}

@test "G14: as many tries of a method as the rules say; one made out of turn counts for its own" {
	load_rules '"params":{"contact.attempts":{"value":2,"source":"G14"}}'
	finished
	at '2026-11-02 11:00'
	local method
	for method in phone visit phone visit; do
		split record --outcome unreachable --method "$method" "$ref"
		assert_status 0
	done
	# phone, visit, phone, visit: two of each, then the end
	assert_stdout "$ref	1	exempt	visit	no	"
	assert_equal "$(sqlite3 "$CS_DB" "SELECT group_concat(method) FROM (SELECT method FROM attempt ORDER BY seq)")" 'phone,visit,phone,visit'
}

@test "S0-7-8: inconvenient is exempt at once, refused is an end of its own" {
	finished
	at '2026-11-02 11:00'
	split record --outcome inconvenient --note 住院 "$ref"
	assert_stdout "$ref	1	exempt	phone	no	"
	at '2026-11-02 11:30'
	finished
	split record --outcome refused "$ref"
	assert_stdout "$ref	1	refused	phone	no	"
	refused 64 'belong to the outcome reached' record --outcome refused --score 3 "$ref"
	split cs-callback list --period 2026-11-02 --state refused
	assert_lines 1
}

@test "without an exemption in the rules the contact stays to be made" {
	load_rules '"callbacks":{"request":{"exempt":["unreachable"]}}'
	finished
	at '2026-11-02 11:00'
	split record --outcome inconvenient "$ref"
	assert_stdout "$ref	1	open	phone	no	"
	record --outcome unreachable "$ref" >out
	split record --outcome unreachable --method visit "$ref"
	assert_stdout "$ref	1	exempt	visit	no	"
}

@test "a call in quiet hours is recorded, and told" {
	finished
	at '2026-11-02 13:00'
	split record --outcome unreachable "$ref"
	assert_status 0
	assert_stderr "cs-callback: $ref: recorded, but the call was made in quiet hours"
	assert_stdout "$ref	1	open	phone	no	"
	# --at says when it was made
	at '2026-11-02 15:00'
	finished
	at '2026-11-02 21:30'
	split record --outcome unreachable --at '2026-11-02 20:59' "$ref"
	assert_stderr ''
	refused 1 'a try lies between the planning and now' record --outcome unreachable --at '2026-11-02 14:59' "$ref"
	refused 64 'lies in the future' record --outcome unreachable --at '2026-11-02 22:00' "$ref"
}

@test "G35: a low score sends the ticket back; its other contacts are dropped, a new cycle begins" {
	finished --category eng.leak
	at '2026-11-02 11:00'
	assert_equal "$(contact state 1),$(contact state 2)" open,waiting
	split record --outcome reached --score 2 "${answers[@]}" "$ref/1"
	assert_stdout "$ref	1	done	phone	yes	"
	assert_equal "$(state)" dispatched
	assert_equal "$(contact state 2),$(contact outcome 2)" dropped,reopened
	assert_equal "$(sqlite3 "$CS_DB" 'SELECT cycle FROM ticket')" 2
	# the same again: a new contact, of the second cycle
	cs-progress --as worker arrive "$ref" >out && cs-progress --as worker start "$ref" >out
	cs-progress --as worker finish --set result=再修 --set unsigned_why=y "$ref" >out
	assert_equal "$(contact state 3),$(contact cycle 3)" open,2
	split record --outcome reached --score 3 "${answers[@]}" "$ref/3"
	assert_stdout "$ref	3	done	phone	no	"
	assert_equal "$(state)" finished
	cs-check >out
}

@test "S3-7-1 G35: complaints: three opinions and a score; a low one goes back to handling" {
	verified
	at '2026-11-02 11:00'
	split cs-callback due --purpose complaint_handling
	assert_stdout_contains "$ref	1	complaint_handling	phone	ling"
	refused 1 "the answer to 'measures' is missing" record --outcome reached --score 5 "${spoken[@]:0:4}" "$ref"
	split record --outcome reached --score 1 "${spoken[@]}" "$ref"
	assert_stdout "$ref	1	done	phone	yes	"
	assert_equal "$(state)" handling
}

@test "S0-7-6: a problem opens a linked ticket of the unit whose problem it is" {
	finished
	at '2026-11-02 11:00'
	split record --outcome reached --score 5 "${answers[@]}" --problem 楼道脏 --causing p1.environment "$ref"
	assert_status 0
	assert_stdout "$ref	1	done	phone	no	R20261102-0002"
	assert_equal "$(sqlite3 "$CS_DB" "SELECT kind, u.code, l.link, l.other = (SELECT min(id) FROM ticket) FROM ticket t JOIN unit u ON u.id = t.causing JOIN link l ON l.ticket = t.id")" \
		'request|p1.environment|caused_by|1'
	split cs-show R20261102-0001
	assert_stdout_contains "R20261102-0001	linked	caused_by	R20261102-0002"
	assert_stdout_contains '	callback	satisfaction	done	2026-11-02 11:00:00	1: by phone, made by ling, reached, score 5, timely=yes, speed=好, process=好, result=好'
	split cs-show R20261102-0002
	assert_stdout_contains "R20261102-0002	link	caused_by	R20261102-0001"
	split cs-dispatch --as ling R20261102-0002
	assert_stdout "R20261102-0002	dispatched	p1.environment	"
	# Nobody named: the unit that handled it.
	at '2026-11-02 11:30'
	finished
	split record --outcome reached --score 5 "${answers[@]}" --problem 又漏 "$ref"
	assert_equal "$(sqlite3 "$CS_DB" "SELECT u.code FROM ticket t JOIN unit u ON u.id = t.causing ORDER BY t.id DESC LIMIT 1")" p1.engineering
	refused 64 '--causing goes with --problem' record --outcome reached --causing p1 "$ref"
	refused 64 'belong to the outcome reached' record --outcome unreachable --problem x "$ref"
	cs-check >out
}

@test "S4-7-2 G24: a leak waits for the rain at its unit; rain twice a day has no effect" {
	finished --category eng.leak
	local leak=$ref
	new request --category eng.leak --unit p2
	cs-dispatch --as ling --to p2.engineering --assignee other "$ref" >out
	for s in arrive start 'finish --set result=x --set unsigned_why=y'; do
		# shellcheck disable=SC2086
		cs-progress --as other $s "$ref" >out
	done
	local far=$ref
	split cs-callback list --state waiting
	assert_lines 2
	at '2026-11-05 08:00'
	refused 1 'contact 2 is waiting for rain' record --outcome unreachable "$leak/2"
	refused 1 'rain: not yours to enter' cs-callback event rain --as worker --unit p1
	split cs-callback event rain --as head --unit p1
	assert_status 0
	assert_stdout "$leak	1"
	split cs-callback list --purpose leak_after_rain -f csv
	assert_stdout_contains "$leak,2,leak_after_rain,phone,ling,2026-11-05 10:00,2026-11-05 21:00"
	refute_stdout_contains "$far"
	at '2026-11-05 18:00'
	split cs-callback event rain --as ling --unit p1
	assert_status 0
	assert_stdout ''
	assert_stderr 'cs-callback: rain was entered for p1 that day already'
	assert_equal "$(sqlite3 "$CS_DB" 'SELECT count(*) FROM happening')" 1
	split cs-callback list --state waiting
	assert_stdout_contains "$far"
	assert_lines 1
	split record --outcome reached --answer dry=yes "$leak/2"
	assert_stdout "$leak	2	done	phone	no	"
	cs-check >out
}

@test "rain before the work was done releases nothing" {
	finished --category eng.leak
	at '2026-11-02 12:00'
	split cs-callback event rain --as ling --unit p1 --at '2026-11-02 08:00'
	assert_status 0
	assert_stdout ''
	assert_equal "$(contact state 2)" waiting
	refused 64 "'snow' is not among the happenings; allowed: rain" cs-callback event snow --as ling --unit p1
	refused 64 '--unit is missing' cs-callback event rain --as ling
	refused 64 'p9' cs-callback event rain --as ling --unit p9
}

@test "a waiting contact is given up in the time that the rules say, a released one is not" {
	load_rules '"params":{"leak.give_up":{"value":"30d","source":"G24"}}'
	finished --category eng.leak
	local first=$ref
	finished --category eng.leak --unit p1
	at '2026-11-20 10:00'
	cs-callback event rain --as ling --unit p1.north >out
	assert_equal "$(cat out)" "$first	1"
	at '2026-12-03 10:00'
	cs-escalate >out
	split cs-callback list --period 2026-12 --state dropped
	assert_lines 1
	assert_stdout_contains "$ref	2	leak_after_rain"
	split cs-callback list --purpose leak_after_rain
	assert_stdout_contains "$first	2"
	cs-check >out
}

@test "plan adds one where none is open for that purpose" {
	finished
	at '2026-11-02 11:00'
	split cs-callback plan --as ling --purpose satisfaction "$ref"
	assert_stdout "$ref	1	no"
	split cs-callback plan --as ling "$ref" # the first that is not a sample's
	assert_stdout "$ref	1	no"
	split cs-callback plan --as ling --purpose spot "$ref"
	assert_stdout "$ref	2	yes"
	split cs-callback plan --as ling --purpose spot "$ref"
	assert_stdout "$ref	2	no"
	refused 1 '2 contacts are open; say which (REF/NUMBER): 1 satisfaction (王芳), 2 spot (王芳)' \
		record --outcome refused "$ref"
	split cs-callback list "$ref" -f text
	assert_status 0
	assert_equal "$(cut -f 1-3,14 <<<"$output")" "$(printf '%s\t%s\t%s\topen\n' "$ref" 1 satisfaction "$ref" 2 spot)"
	cs-callback record --as ling --outcome refused "$ref/2" >out
	split cs-callback list "$ref" # those that ended too
	assert_equal "$(cut -f 2,14 <<<"$output")" $'1\topen\n2\trefused'
	split cs-callback list --state refused "$ref"
	assert_equal "$(cut -f 2,14 <<<"$output")" $'2\trefused'
	refused 66 'no ticket R20200101-0001' cs-callback list R20200101-0001
	refused 64 '--period is not wanted' cs-callback list --period 2026-11 "$ref"
	refused 64 "'chat' is not among the codes of purpose" cs-callback plan --as ling --purpose chat "$ref"
	refused 1 'no such ticket' cs-callback plan --as ling R20200101-0001
	refused 64 'is no ticket reference' cs-callback plan --as ling X
	new message
	split cs-callback plan --as ling "$ref" R20261102-0001
	assert_status 1
	assert_stdout "R20261102-0001	1	no"
	assert_stderr_contains "$ref: the rules know no contact for this ticket"
	refused 1 'nothing was changed (--all)' cs-callback plan --as ling --all --purpose spot "$ref" R20261102-0001
}

@test "--key and --dry-run" {
	finished
	at '2026-11-02 11:00'
	split record -n --outcome unreachable "$ref"
	assert_stdout "$ref	1	open	phone	no	"
	assert_equal "$(contact method)" phone
	split record --key k1 --outcome unreachable "$ref"
	local first=$output
	split record --key k1 --outcome unreachable "$ref"
	assert_status 0
	assert_stdout "$first"
	assert_equal "$(sqlite3 "$CS_DB" 'SELECT count(*) FROM attempt')" 1
	split record --key k2 --outcome reached --score 5 --method visit "${answers[@]}" "$ref"
	assert_status 0
	# other answers are another call
	refused 64 'was used' record --key k2 --outcome reached --score 5 --method visit --answer timely=no "${answers[@]:2}" "$ref"
	split cs-callback plan -n --as ling --purpose spot "$ref"
	assert_stdout "$ref	2	yes"
	split cs-callback event rain -n --as ling --unit p1
	assert_equal "$(sqlite3 "$CS_DB" 'SELECT (SELECT count(*) FROM callback) + (SELECT count(*) FROM happening)')" 1
}

@test "filters: unit, method, purpose, caller; what does not exist is wrong usage" {
	finished
	at '2026-11-02 11:00'
	for o in '--unit p1.engineering' '--unit p1.north' '--unit hq' '--method phone' '--purpose satisfaction' '--caller ling'; do
		# shellcheck disable=SC2086
		split cs-callback due $o
		assert_lines 1
	done
	for o in '--unit p2' '--method visit' '--purpose spot' '--caller chief' '--caller me'; do
		# shellcheck disable=SC2086
		split cs-callback due $o
		assert_status 0
		assert_stdout ''
	done
	for o in '--unit p9' '--method owl' '--purpose chat' '--caller nobody' '--state gone --period 2026' '--state done' '--state open --period 2026' \
		'--period x'; do
		# shellcheck disable=SC2086
		split cs-callback list $o
		assert_status 64
	done
	refused 64 "no outcome 'met'" record --outcome met "$ref"
	refused 64 '--outcome is missing' record "$ref"
	refused 64 'is no contact' record --outcome refused "$ref/0"
	refused 64 'is no contact' record --outcome refused "$ref/1x"
	refused 64 "'owl' is not among the codes of method; allowed: phone, visit" record --outcome refused --method owl "$ref"
	refused 1 'no such ticket' record --outcome refused R20200101-0001
	refused 64 "not UTF-8" record --outcome refused --note $'\xff' "$ref"
	refused 77 '' cs-callback due --as nobody_here
}

@test "exit codes: 65 66 74 75 77 78" {
	finished
	at '2026-11-02 11:00'
	printf R2026 >cut.txt
	split cs-callback plan --as ling - <cut.txt
	assert_status 65
	refused 66 'no such' cs-callback due -d none.db
	split bash -c 'cs-callback due >/dev/full'
	assert_status 74
	split bash -c 'cs-callback record --as ling --outcome unreachable "$1" >/dev/full' bash "$ref"
	assert_status 74
	assert_equal "$(contact method)" visit 'done all the same'
	refused 77 'not on the staff' cs-callback record --as nobody --outcome refused "$ref"
	CS_DB=live.db CS_NOW='' cs-init >made
	refused 77 'the clock of a live database cannot be set' cs-callback record -d live.db --outcome refused "$ref"
	echo 'not a database' >junk.db
	refused 78 '' cs-callback due -d junk.db
	sqlite3 "$CS_DB" "PRAGMA user_version = 99"
	refused 78 'newer' cs-callback due
}

@test "the database locked: 75 after ten seconds, nothing changed" {
	finished
	at '2026-11-02 11:00'
	mkfifo held
	sqlite3 "$CS_DB" >locked <held &
	exec 7>held
	echo "BEGIN IMMEDIATE; SELECT 'locked';" >&7
	until [ -s locked ]; do :; done
	refused 75 '' record --outcome unreachable "$ref"
	split cs-callback due
	assert_lines 1
	exec 7>&-
	wait
	assert_equal "$(contact method)" phone
}

@test "from a list through a sample to planned contacts" {
	for i in 1 2 3 4 5; do finished --phone 1390000000$i --customer 李四 --premises 1-1-10$i; done
	at '2026-11-03 11:00'
	pipe "cs-list --kind request --closed 2026-11-02 | cs-sample draw --as ling --percent 20 --per unit - | cs-callback plan --as ling --purpose spot -"
	assert_status 0
	assert_lines 1
	assert_stdout_matches "^R20261102-000[1-5]	2	yes\$"
}

@test "an erasure ends the contacts with the person, open and waiting, and no others" {
	finished --category eng.leak
	local mine=$ref
	finished --customer 李四 --phone 13900139000 --premises 1-1-101
	local other=$ref id
	id=$(sqlite3 "$CS_DB" "SELECT id FROM person WHERE name = '王芳'")
	sqlite3 "$CS_DB" "SELECT DISTINCT state FROM callback ORDER BY 1" >states
	assert_equal "$(tr '\n' ' ' <states)" 'open waiting '
	cs-customer erase --reason asked "$id" >out
	split cs-callback due --all-open
	assert_lines 1
	assert_stdout_contains "$other"
	split cs-callback list --state waiting
	assert_stdout ''
	assert_equal "$(sqlite3 "$CS_DB" "SELECT DISTINCT state, outcome FROM callback WHERE person = $id")" 'dropped|erased'
	run cs-show "$mine"
	assert_stdout_contains 'dropped: erased'
	cs-check >out || fail 'cs-check'
	cs-check --recompute >out || fail 'cs-check --recompute'
}
