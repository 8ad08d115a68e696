#!/usr/bin/env bats
# cs-sample: who is drawn, how many, and that an auditor can draw the same again (requirements 5.5, 9.1; G23).
load helper
load tickets

# requests COUNT [UNIT]: done in November 2026; their references in the file refs.
requests() {
	local unit=${2-p1.north} worker=worker
	[[ $unit == p2* ]] && worker=other
	for ((i = 0; i < $1; i++)); do
		printf '{"kind":"request","channel":"phone","category":"eng.water","subject":"水","body":"漏","customer":"客%d","phone":"1380%07d","premises":"1-1-%d","unit":"%s"}\n' \
			"$i" "$i" "$i" "$unit"
	done >some.jsonl
	cs-intake --as ling --jsonl some.jsonl --source "$unit" -q | cut -f1 >refs
	cs-dispatch --as ling --to "${unit%%.*}.engineering" --assignee $worker - <refs >out
	cs-progress --as $worker arrive - <refs >out
	cs-progress --as $worker start - <refs >out
	cs-progress --as $worker finish --set result=好 --set unsigned_why=不在 - <refs >out
}

december() {
	at '2026-12-01 11:00'
}

# items ROLE DRAW: the tickets of a draw that have this role now, in order.
items() {
	cs-sample show "$2" -q | awk -F'\t' -v r="$1" '$4 == r { print $1 }'
}

# load_rules JSON: property rules with these changes.
load_rules() {
	echo '{"policy":"ours","edition":"2026-11-02","extends":"property",'"$1"'}' >ours.json
	cs-policy load ours.json >out
}

@test "S3-5-9 S3-5-10 G23: so many of each project, all where there are fewer" {
	requests 14
	requests 3 p2
	december
	split cs-sample estimate area_month 2026-11
	assert_stdout "p1	14	10
p2	3	3"
	split cs-sample draw --as area area_month 2026-11
	assert_status 0
	assert_lines 13
	assert_equal "$(cut -f3 <<<"$output" | sort | uniq -c | tr -s ' ')" ' 10 p1
 3 p2'
	assert_equal "$(cut -f1 <<<"$output" | sort -u | wc -l)" 13
	split cs-sample draw --as qmc qmc_month 2026-11 --unit p1
	assert_lines 7
	assert_equal "$(cut -f2,3 <<<"$output" | sort -u)" $'2\tp1'
}

@test "only those that took the step in the period, of the kind and the unit" {
	requests 2
	at '2026-12-01 00:00'
	requests 3 p1
	new request
	at '2027-01-01 00:00'
	split cs-sample estimate qmc_month 2026-11
	assert_stdout 'p1	2	2'
	split cs-sample estimate qmc_month 2026-12
	assert_stdout 'p1	3	3'
	split cs-sample estimate qmc_month 2026-12 --unit p2
	assert_status 0
	assert_stdout ''
	split cs-sample estimate kpi_complaint 2026-12
	assert_stdout ''
}

@test "a rule draws its own period, when that is over" {
	requests 1
	refused 1 '2026-11 lasts until 2026-12-01 00:00; a sample is drawn when it is over' cs-sample draw qmc_month 2026-11
	refused 64 "sample qmc_month is drawn for a month; '2026-11-02' is none" cs-sample draw qmc_month 2026-11-02
	refused 64 "'nothing' is not among the samples; allowed: area_month" cs-sample draw nothing 2026-11
	december
	refused 1 'month_end: the rules leave undecided how many are drawn' cs-sample draw month_end 2026-11
	at '2026-11-30 23:59:59'
	refused 1 'when it is over' cs-sample draw qmc_month 2026-11
	at '2026-12-01 00:00'
	split cs-sample draw qmc_month 2026-11
	assert_lines 1
}

@test "S0-5-7: a share, rounded up, at least one" {
	load_rules '"params":{"sample.month_end":{"value":30,"source":"S0-5-7"}}'
	requests 11
	requests 1 p2
	december
	# 11 * 30 / 100 = 3.3 -> 4; 1 * 30 / 100 = 0.3 -> 1
	split cs-sample estimate month_end 2026-11
	assert_stdout "p1	11	4
p2	1	1"
}

@test "counts of --percent and --count, up and down, with a minimum" {
	requests 10
	local case
	# percent, round, least, wanted of 10
	for case in '1 up 0 1' '1 down 0 0' '10 up 0 1' '11 up 0 2' '11 down 0 1' '19 down 0 1' '20 down 0 2' '99 down 0 9' '99 up 0 10' \
		'100 up 0 10' '10 down 3 3' '50 down 3 5' '10 up 11 10'; do
		read -r percent round least want <<<"$case"
		local -a more=()
		[ "$least" = 0 ] || more=(--least "$least")
		split cs-sample estimate --percent "$percent" --round "$round" "${more[@]}" - <refs
		assert_stdout "-	10	$want"
	done
	for case in '1 1' '9 9' '10 10' '11 10'; do
		split cs-sample estimate --count "${case% *}" - <refs
		assert_stdout "-	10	${case#* }"
	done
}

@test "the order is that of the keyed hash, as an independent calculation says" {
	requests 20
	cs-sample draw --count 4 --seed 种子2026 - <refs >out
	cut -f1 out >drawn
	python3 - >wanted <<-'PY'
		from hashlib import blake2b
		key = blake2b('种子2026'.encode(), digest_size=32).digest()
		refs = open('refs').read().split()
		refs.sort(key=lambda r: blake2b(r.encode(), digest_size=32, key=key).digest())
		print('\n'.join(refs[:8]))
	PY
	assert_equal "$(cat drawn)" "$(head -4 wanted)"
	assert_equal "$(items replacement 1)" "$(tail -4 wanted)"
}

@test "order and repetition of the references do not matter" {
	requests 12
	for input in 'cat refs' 'tac refs' 'cat refs refs' 'shuf refs'; do
		$input | cs-sample draw --percent 25 --per unit --seed one - | cut -f1,3,4 >drawn
		[ -e first ] || cp drawn first
		assert_equal "$(cat drawn)" "$(cat first)" "$input"
	done
	assert_equal "$(wc -l <first)" 3
	split cs-sample draw --percent 25 --per unit --seed two - <refs
	[ "$(cut -f1 <<<"$output")" != "$(cut -f1 first)" ] || fail 'another seed draws the same'
}

@test "strata: --per" {
	requests 4
	requests 3 p2
	new message
	local case
	cs-list >all
	for case in 'none:-=8' 'unit:p1.engineering=4 p1.service=1 p2.engineering=3' 'project:p1=5 p2=3' 'kind:message=1 request=7' \
		'assignee:-=1 other=3 worker=4' 'state:finished=7 recorded=1' 'channel:phone=8' 'priority:normal=8' 'specialty:engineering=8' \
		'category:eng.water=8'; do
		split cs-sample estimate --count 1 --per "${case%%:*}" - <all
		assert_equal "$(awk '{ printf "%s%s=%s", s, $1, $2; s = " " }' <<<"$output")" "${case#*:}" "--per ${case%%:*}"
	done
	refused 64 "--per: no strata 'mood'" cs-sample estimate --count 1 --per mood R20261102-0001
}

@test "the seed follows from the chain; the same head gives the same, and it is stored" {
	requests 12
	december
	cp desk.db twin.db
	cs-sample draw qmc_month 2026-11 >one
	cs-sample draw -d twin.db qmc_month 2026-11 >two
	assert_equal "$(cat one)" "$(cat two)"
	split cs-sample list -f jsonl
	assert_equal "$(jq -r '.seed | test("^[0-9a-f]{32}$")' <<<"$output")" true
	assert_equal "$(jq -c '[.draw, .rule, .period, .unit, .by, .again, .frame, .members, .seed_given]' <<<"$output")" \
		"[1,\"qmc_month\",\"2026-11\",null,\"$(id -un)\",0,12,7,false]"
	# One event more, and another seed: another draw.
	cp desk.db twin.db
	cs-sample draw --again 'list was short' qmc_month 2026-11 >three
	CS_DB=twin.db cs-progress --as ling note --note x "$(head -1 refs)" >out
	CS_DB=twin.db cs-sample draw --again 'list was short' qmc_month 2026-11 >four
	[ "$(cut -f1 three)" != "$(cut -f1 four)" ] || fail 'the chain has no part in the seed'
}

@test "a second draw needs a reason, and keeps it; each unit and period is its own" {
	requests 9
	december
	for blank in '' ' ' $'\t' '　'; do
		refused 64 '--again: a reason is wanted' cs-sample draw --again "$blank" qmc_month 2026-11
	done
	refused 1 'was not drawn for 2026-11 yet; --again is for a second draw' cs-sample draw --again x qmc_month 2026-11
	cs-sample draw qmc_month 2026-11 >out
	refused 1 'qmc_month was drawn for 2026-11 already (draw 1); a second draw needs --again REASON' cs-sample draw qmc_month 2026-11
	cs-sample draw --unit p1 qmc_month 2026-11 >out
	refused 1 '(draw 2)' cs-sample draw --unit p1 qmc_month 2026-11
	cs-sample draw --again '名单有误' qmc_month 2026-11 >out
	cs-sample draw --again 'once more' qmc_month 2026-11 >out
	split cs-sample list -f csv
	assert_equal "$(cut -d, -f1,4,7,8 <<<"$output")" 'draw,unit,again,why
1,,0,
2,p1,0,
3,,1,名单有误
4,,2,once more'
	# show and verify take the newest
	assert_equal "$(cs-sample show qmc_month 2026-11)" "$(cs-sample show 4)"
	assert_equal "$(cs-sample show --unit p1 qmc_month 2026-11)" "$(cs-sample show 2)"
}

@test "contacts are planned with the draw where the rule says so" {
	requests 9
	december
	split cs-sample draw --as qmc kpi_request 2026-11
	assert_lines 7
	split cs-callback list --purpose spot
	assert_lines 7
	assert_equal "$(sqlite3 "$CS_DB" "SELECT count(*) FROM callback c JOIN draw_item i ON i.ticket = c.ticket AND i.draw = c.draw WHERE role = 'member' AND purpose = 'spot'")" 7
	split cs-sample draw --as qmc --unit p1 --no-plan kpi_request 2026-11
	assert_lines 7
	assert_equal "$(cut -f5 <<<"$output" | sort -u)" ''
	assert_equal "$(sqlite3 "$CS_DB" "SELECT count(*) FROM callback WHERE purpose = 'spot'")" 7
	cs-check >out
}

@test "replacements are fixed in advance; each takes one place, in order" {
	requests 6
	cs-sample draw --count 2 --seed a - <refs >out
	mapfile -t member < <(items member 1)
	mapfile -t spare < <(items replacement 1)
	assert_equal "${#member[@]} ${#spare[@]}" '2 2'
	split cs-sample replace --as qmc --reason '已搬走' 1 "${member[0]}"
	assert_stdout "${spare[0]}	1	${member[0]}	"
	split cs-sample replace --as qmc --reason second 1 "${spare[0]}"
	assert_stdout "${spare[1]}	1	${spare[0]}	"
	refused 1 'has no replacement left' cs-sample replace --reason x 1 "${member[1]}"
	refused 1 "${member[0]} is no member of draw 1" cs-sample replace --reason x 1 "${member[0]}"
	split cs-sample show 1
	assert_stdout "$(printf '%s\t-\t%s\t%s\t%s\t%s\n' "${member[0]}" 1 replaced drawn 已搬走 "${member[1]}" 2 member drawn '' \
		"${spare[0]}" 3 replaced "replaces ${member[0]}" second "${spare[1]}" 4 member "replaces ${spare[0]}" '')"
	split cs-sample verify 1
	assert_status 0
	assert_stdout ''
	cs-check >out
}

@test "the contact of a member that is replaced is dropped; one that was made keeps it in" {
	requests 14
	december
	cs-sample draw kpi_request 2026-11 >out
	mapfile -t member < <(items member 1)
	local next
	next=$(items replacement 1 | head -1)
	split cs-sample replace --reason gone 1 "${member[0]}"
	assert_stdout "$next	1	${member[0]}	2"
	split cs-callback list --purpose spot --state dropped --period 2026-12
	assert_lines 1
	assert_stdout_contains "${member[0]}	2	spot"
	split cs-callback list --purpose spot
	assert_lines 7
	cs-callback record --as ling --outcome reached --score 5 --answer timely=yes --answer speed=x --answer process=x --answer result=x "${member[1]}/2" >out
	refused 1 "${member[1]}: its contact 2 for this sample was made" cs-sample replace --reason gone 1 "${member[1]}"
	split cs-sample replace --no-plan --reason gone 1 "${member[2]}"
	assert_equal "$(cut -f4 <<<"$output")" ''
	cs-check >out
}

@test "verify: the same again; what is new in today's frame, gone or moved" {
	requests 8
	december
	cs-sample draw qmc_month 2026-11 >out
	split cs-sample verify qmc_month 2026-11
	assert_status 0
	assert_stdout ''
	assert_stderr "cs-sample: draw 1: drawing again gives the same
cs-sample: today's frame differs in 0 tickets"
	split cs-sample verify -q 1
	assert_stderr ''
	# A finish that is entered late belongs to November, too.
	at '2026-12-01 12:00'
	new request --at '2026-11-30 09:00'
	cs-dispatch --as ling --to p1.engineering --assignee worker --at '2026-11-30 09:01' "$ref" >out
	cs-progress --as worker --at '2026-11-30 09:02' arrive "$ref" >out
	cs-progress --as worker --at '2026-11-30 09:03' start "$ref" >out
	cs-progress --as worker --at '2026-11-30 09:04' finish --set result=x --set unsigned_why=y "$ref" >out
	split cs-sample verify 1
	assert_status 0
	assert_stdout "$ref	new		p1"
	cs-sample draw --count 3 --per state - <refs >out
	cs-progress --as ling rework --note x "$(head -1 refs)" >out
	split cs-sample verify 2
	assert_status 0
	assert_stdout "$(head -1 refs)	moved	finished	dispatched"
}

@test "verify and cs-check find every change made to a sample" {
	requests 9
	december
	cs-sample draw --as qmc qmc_month 2026-11 >out
	cp desk.db sound.db
	local change n=0
	while read -r change; do
		cp sound.db desk.db
		sqlite3 desk.db "$change"
		split cs-sample verify 1
		assert_status 1
		assert_stderr_contains 'cs-sample: draw 1: '
		split cs-check
		assert_status 1
		n=$((n + 1))
	done <<-'CHANGES'
		UPDATE draw SET seed = '00'
		UPDATE draw SET frame = replace(frame, '-0009', '-0010')
		UPDATE draw SET frame = substr(frame, 1, instr(frame, char(10)))
		UPDATE draw SET frame_digest = replace(frame_digest, substr(frame_digest, 1, 1), 'x')
		UPDATE draw SET frame_count = 10
		UPDATE draw SET spec = '{"count":6,"least":0}'
		UPDATE draw SET chain_head = replace(chain_head, substr(chain_head, 1, 1), 'x')
		UPDATE draw SET period = '2026-10'
		UPDATE draw_item SET role = 'member' WHERE place = 8
		UPDATE draw_item SET role = 'replacement' WHERE place = 1
		UPDATE draw_item SET role = 'replaced' WHERE place = 1
		UPDATE draw_item SET ticket = ticket + 100 WHERE place = 2
		UPDATE draw_item SET stratum = 'p3' WHERE place = 3
		DELETE FROM draw_item WHERE place = 7
		INSERT INTO draw_item SELECT draw, stratum, 99, ticket, role, reason FROM draw_item WHERE place = 7
	CHANGES
	assert_equal "$n" 15
	cp sound.db desk.db
	sqlite3 desk.db "UPDATE draw SET frame = 'nonsense'"
	refused 74 'a stored frame is damaged' cs-sample verify 1
}

@test "a rule that is gone: still drawn again, today's frame cannot be found" {
	requests 3
	december
	cs-sample draw qmc_month 2026-11 >out
	sqlite3 "$CS_DB" "UPDATE policy SET text = replace(text, '\"qmc_month\"', '\"qmc_moon\"')"
	split cs-sample verify qmc_month 2026-11
	assert_status 1
	assert_stderr_contains 'drawing again gives the same'
	assert_stderr_contains 'the rules in force know no sample qmc_month'
}

@test "tickets that are not there are named, the others drawn: 1; with --all none" {
	requests 4
	split cs-sample draw --count 4 - < <(cat refs; echo R20200101-0001; echo junk)
	assert_status 1
	assert_lines 4
	assert_stderr_contains 'cs-sample: R20200101-0001: no such ticket'
	assert_stderr_contains "cs-sample: junk: 'junk' is no ticket reference"
	refused 1 'nothing was drawn (--all)' cs-sample draw --all --count 4 "$(head -1 refs)" R20200101-0001
	refused 1 'no such ticket' cs-sample draw --count 1 R20200101-0001
	refused 64 'junk' cs-sample draw --count 1 junk
	split cs-sample draw --count 1 - </dev/null
	assert_status 0
	assert_stdout ''
	split cs-sample list
	assert_lines 1
}

@test "no ticket to draw from is a sample of none; it is recorded" {
	requests 1
	december
	split cs-sample draw --unit p2 qmc_month 2026-11
	assert_status 0
	assert_stdout ''
	assert_stderr 'cs-sample: draw 1: 0 of 0 tickets'
	refused 1 'drawn for 2026-11 already' cs-sample draw --unit p2 qmc_month 2026-11
	split cs-sample verify 1
	assert_status 0
}

@test "--key and --dry-run" {
	requests 9
	december
	split cs-sample draw -n qmc_month 2026-11
	assert_lines 7
	local would=$output
	split cs-sample list
	assert_stdout ''
	split cs-sample draw --key k qmc_month 2026-11
	assert_stdout "$would"
	split cs-sample draw --key k qmc_month 2026-11
	assert_status 0
	assert_stdout "$would"
	refused 64 'was used' cs-sample draw --key k area_month 2026-11
	split cs-sample draw --key k2 --count 2 - <refs
	local first=$output
	split cs-sample draw --key k2 --count 2 - <refs
	assert_stdout "$first"
	refused 64 'was used' cs-sample draw --key k2 --count 2 - < <(head -3 refs)
	mapfile -t member < <(items member 2)
	split cs-sample replace -n --reason x 2 "${member[0]}"
	assert_status 0
	assert_equal "$(items member 2)" "$(printf '%s\n' "${member[@]}")"
}

@test "wrong usage" {
	refused 64 'wanted is RULE PERIOD' cs-sample draw qmc_month
	refused 64 'wanted is RULE PERIOD' cs-sample draw R20261102-0001
	refused 64 '--all goes with --count or --percent' cs-sample draw --all qmc_month 2026-11
	refused 64 'either --count or --percent' cs-sample draw --count 1 --percent 1 -
	refused 64 'go with --count or --percent' cs-sample draw --per unit qmc_month 2026-11
	refused 64 'go with RULE PERIOD' cs-sample draw --count 1 --unit p1 -
	refused 64 'go with RULE PERIOD' cs-sample draw --count 1 --again x -
	refused 64 'go with RULE PERIOD' cs-sample draw --count 1 --no-plan -
	refused 64 '--round up|down goes with --percent' cs-sample draw --count 1 --round up -
	refused 64 '--round up|down goes with --percent' cs-sample draw --percent 1 --round half -
	refused 64 '--percent' cs-sample draw --percent 101 -
	refused 64 '--count' cs-sample draw --count 0 -
	refused 64 '--seed: a text is wanted' cs-sample draw --count 1 --seed '' -
	refused 64 '--reason is missing' cs-sample replace 1 R20261102-0001
	refused 64 "'x1' is no number of a draw" cs-sample show x1
	refused 64 '--unit belongs to RULE PERIOD' cs-sample show --unit p1 1
	refused 64 "'x' is not among the samples" cs-sample show x 2026-11
	refused 64 'p9' cs-sample show --unit p9 qmc_month 2026-11
	refused 64 '' cs-sample show qmc_month 2026-13
	refused 64 '' cs-sample show --as ling 1
	refused 64 '' cs-sample
	refused 66 'no draw 7' cs-sample show 7
	refused 66 'qmc_month was not drawn for 2026-11' cs-sample verify qmc_month 2026-11
}

@test "exit codes: 65 66 74 75 77 78" {
	requests 3
	printf R2026 >cut.txt
	split cs-sample draw --count 1 - <cut.txt
	assert_status 65
	refused 66 'no such' cs-sample list -d none.db
	split bash -c 'cs-sample draw --count 1 - <refs >/dev/full'
	assert_status 74
	split cs-sample list
	assert_lines 1
	split bash -c 'cs-sample list >/dev/full'
	assert_status 74
	refused 77 'not on the staff' cs-sample draw --as nobody --count 1 "$(head -1 refs)"
	mkfifo held
	sqlite3 "$CS_DB" >locked <held &
	exec 7>held
	echo "BEGIN IMMEDIATE; SELECT 'locked';" >&7
	until [ -s locked ]; do :; done
	refused 75 'in use' cs-sample draw --count 1 "$(head -1 refs)"
	exec 7>&-
	wait
	CS_DB=live.db CS_NOW='' cs-init >made
	refused 77 'the clock of a live database cannot be set' cs-sample draw -d live.db qmc_month 2026-10
	echo 'not a database' >junk.db
	refused 78 '' cs-sample list -d junk.db
	sqlite3 "$CS_DB" "PRAGMA user_version = 99"
	refused 78 'newer' cs-sample list
}
