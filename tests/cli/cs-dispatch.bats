#!/usr/bin/env bats
# cs-dispatch: by the rules, by hand, with an appointment; repeats.
load helper
load tickets

@test "by the category's route: the department of the project where the premises are (S0-1-17, S3-5-3)" {
	new request
	split cs-dispatch --as ling "$ref"
	assert_status 0
	assert_stdout "$ref"$'\tdispatched\tp1.engineering\t'
	new request --category env.cleaning
	split cs-dispatch --as ling "$ref"
	assert_stdout "$ref"$'\tdispatched\tp1.environment\t'
	new request --category eng.leak --unit p2
	split cs-dispatch --as ling "$ref"
	assert_stdout "$ref"$'\tdispatched\tp2.engineering\t'
}

@test "a complaint goes to the CS supervisor, with a promise (S3-4-3)" {
	new complaint
	refused 1 'dispatch: agree with the customer when to answer: promised_at' cs-dispatch --as ling "$ref"
	split cs-dispatch --as ling --set 'promised_at=2026-11-03 18:00' "$ref"
	assert_stdout "$ref"$'\thandling\tp1.service\tchief'
}

@test "no route, no one named: refused with what would help" {
	new request --category safe.parking
	refused 1 'the rules name no one for category safe.parking; say --to UNIT or --assignee LOGIN' cs-dispatch --as ling "$ref"
	split cs-dispatch --as ling --to p1.environment --note 先看看 "$ref"
	assert_stdout "$ref"$'\tdispatched\tp1.environment\t'
	cs-show "$ref" | grep -q 'note: 先看看'
}

@test "in no project: the intake remarks it, and the refusal says that it is why" {
	split cs-intake --as company --kind request --category eng.leak --body 漏水 --customer 王芳 --phone 13800138000 --premises 3-2-501
	ref=$output
	assert_status 0
	assert_stderr "cs-intake: $ref: no project is known for it (--unit UNIT): the rules find nobody there"
	refused 1 'dispatch: no project is known for it, so the rules name no one; say --to UNIT or --assignee LOGIN' cs-dispatch --as company "$ref"
	split cs-intake -q --as company --kind request --category eng.leak --body 漏水 --customer 王芳 --phone 13800138000 --premises 3-2-501
	assert_stderr ''
	# Registered anew where it is; the first is withdrawn, with the one that stands instead.
	new request --category eng.leak
	split cs-progress withdraw --as company --set why=error --set instead="$ref" R20261102-0001
	assert_status 0
	assert_stdout $'R20261102-0001\twithdraw\tclosed'
	split cs-dispatch --as ling "$ref"
	assert_stdout "$ref"$'\tdispatched\tp1.engineering\t'
	split cs-show R20261102-0001
	assert_stdout_contains "$ref"
	assert_stdout_contains 'withdraw'
	cs-check >out
}

@test "at an insurer: nothing is remarked where the rules find somebody; else it is the branch that is not known" {
	rm -f desk.db*
	cs-init --rehearsal --policy insurance >made
	cs-org import -q units - <<-'UNITS'
		code,name,level,function,parent
		hq,总公司,hq,,
		br1,分公司,branch,,hq
	UNITS
	cs-org import -q staff - <<-'STAFF'
		login,name,unit,joined
		agent,林坐席,hq,2020-01-01
		head,陈处长,hq,2020-01-01
	STAFF
	cs-org import -q posts - <<-'POSTS'
		post,login,unit,from
		service_agent,agent,hq,2020-01-01
		service_division_head,head,hq,2020-01-01
	POSTS
	split cs-intake --as agent --kind complaint --channel phone --body 拒赔 --customer 王芳 --phone 13800138000
	assert_status 0
	assert_stderr ''
	assert_equal "$(cs-list --columns responsible -f csv | tail -n 1)" head responsible
	split cs-intake --as agent --kind inquiry --channel phone --body 几点 --customer 王芳 --phone 13800138000
	assert_stderr "cs-intake: $output: no branch is known for it (--unit UNIT): the rules find nobody there"
	split cs-intake --as agent --kind inquiry --channel phone --body 几点 --unit br1 --customer 王芳 --phone 13800138000
	assert_stderr ''
}

@test "--to by code or name, --assignee by login; what does not exist is wrong usage" {
	new request
	refused 64 "--assignee: nobody on the staff has the login or name 'nobody'" cs-dispatch --as ling --assignee nobody "$ref"
	refused 64 'p9' cs-dispatch --as ling --to p9 "$ref"
	refused 64 'p1.engineering' cs-dispatch --as ling --to 工程部 "$ref" # a name that fits several
	refused 64 '--appoint' cs-dispatch --as ling --appoint tomorrow "$ref"
	refused 64 'operand' cs-dispatch --as ling
	refused 64 'did you mean worker2 (' cs-dispatch --as ling --assignee worker22 "$ref"
	split cs-dispatch --as ling --to 环境部 "$ref"
	assert_stdout "$ref"$'\tdispatched\tp1.environment\t'
	new request
	split cs-dispatch --as ling --assignee worker "$ref"
	assert_stdout "$ref"$'\tdispatched\tp1.engineering\tworker'
	split cs-dispatch --as ling --assignee worker2 "$ref" # S0-1-17: handed on
	assert_stdout "$ref"$'\tdispatched\tp1.engineering\tworker2'
	new complaint
	refused 64 'kind complaint has no appointments' cs-dispatch --as ling --appoint '2026-11-03 09:00' "$ref"
	new message
	refused 64 "has no step 'dispatch'" cs-dispatch --as ling --to p1.service "$ref"
}

@test "a repeat to the same target is no event: 0" {
	new request
	step ling dispatch --set handling=p1.engineering
	before=$(cs-show "$ref")
	for args in '' '--to p1.engineering'; do
		# shellcheck disable=SC2086
		split cs-dispatch --as ling $args "$ref"
		assert_status 0
		assert_stdout "$ref"$'\tdispatched\tp1.engineering\t'
		assert_equal "$(cs-show "$ref")" "$before"
	done
	new complaint
	split cs-dispatch --as ling --set 'promised_at=2026-11-03 18:00' "$ref"
	before=$(cs-show "$ref")
	split cs-dispatch --as ling --set 'promised_at=2026-11-03 18:00' "$ref"
	assert_equal "$(cs-show "$ref")" "$before"
	# Another promise, another unit: no repeat; who had it in the old unit has it no longer.
	split cs-dispatch --as ling --to p1.environment --set 'promised_at=2026-11-04 18:00' "$ref"
	assert_stdout "$ref"$'\thandling\tp1.environment\t'
	split cs-show "$ref"
	assert_stdout_contains $'\tfield\tpromised_at\t2026-11-04 18:00'
}

@test "--appoint agrees the time first (S3-5-4, S0-5-2)" {
	new request
	split cs-dispatch --as ling --assignee worker --appoint '2026-11-02 15:00' "$ref"
	assert_stdout "$ref"$'\tdispatched\tp1.engineering\tworker'
	split cs-show "$ref"
	assert_stdout_contains $'\tfield\tappointment\t2026-11-02 15:00'
	assert_stdout_contains $'\tclock\tappt_lead\tmet\t2026-11-02 14:40:00'
	assert_stdout_contains $'\tclock\tappt_late\trunning\t2026-11-02 15:10:00'
	assert_stdout_contains $'\tclock\tdispatch\tvoid'
	refused 1 "a moved appointment needs the customer's consent" cs-dispatch --as ling --assignee worker --appoint '2026-11-02 16:00' "$ref"
	new request
	step ling appoint --set 'appointment=2026-11-02 15:00'
	split cs-dispatch --as ling --appoint '2026-11-02 16:00' --set consented_move=yes "$ref"
	assert_status 0
}

@test "who may not, --all, --key, --dry-run, pipes" {
	new request && one=$ref
	new message && two=$ref
	refused 1 'dispatch: only for: people of the accepting unit, who answers for it, people of the handling unit, front desk' cs-dispatch --as other "$one"
	split cs-dispatch --as ling --all "$one" "$two"
	assert_status 1
	assert_stdout ''
	assert_equal "$(ref=$one state)" registered
	split cs-dispatch --as ling -n "$one"
	assert_stdout "$one"$'\tdispatched\tp1.engineering\t'
	assert_equal "$(ref=$one state)" registered
	split cs-dispatch --as ling --key d1 "$one"
	assert_status 0
	split cs-dispatch --as ling --key d1 "$one"
	assert_stdout "$one"$'\tdispatched\tp1.engineering\t'
	pipe 'cs-list --kind request | cs-dispatch --as ling - | cs-show --form work-order -'
	assert_status 0
	assert_stdout_contains 派工单
}

@test "exit codes: 65 66 74 77 78" {
	new request
	printf 'R20261102-0' >cut.txt
	split cs-dispatch - <cut.txt
	assert_status 65
	refused 66 'no such' cs-dispatch -d none.db "$ref"
	run -74 bash -c 'cs-dispatch --as ling "$1" >/dev/full' bash "$ref"
	assert_equal "$(state)" dispatched
	refused 77 'not on the staff' cs-dispatch --as nobody "$ref"
	: >empty.db
	split cs-dispatch -d empty.db "$ref"
	assert_status 78
}
