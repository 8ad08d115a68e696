#!/usr/bin/env bats
# cs-progress: whole lives of the shipped kinds, needs and refusals, many tickets, keys, pipes.
load helper
load tickets

signed=(--evidence 'signature.owner,signer=王芳')

@test "a paid request: appointment, quote, consent, work, pauses, signature, payment, rework (S3-5-2 to S3-5-8, S0-5-2, S0-5-3, S4-5-2 to S4-5-4)" {
	new request
	life <<-'LIFE'
		ling waiting_appointment appoint --set 'appointment=2026-11-02 10:00'
		ling dispatched dispatch --set handling=p1.engineering --set assignee=worker
		worker on_site arrive
		worker quoted quote --row fees:line=1,item=水龙头,quantity=1,amount=35
		worker on_site consent --set agreed_amount=35
		worker working start
		worker waiting_parts pause --note 等配件
		worker working resume
		worker waiting_customer hold --note 客户外出
		worker working resume
		worker quoted requote --note 另需阀门 --row fees:line=2,item=阀门,amount=20.50
	LIFE
	# S0-5-3, S4-5-2: what was agreed before covers the old lines only.
	refuse worker 'start: the ticket is in state quoted' start
	life <<-'LIFE'
		worker on_site consent --set agreed_amount=55.5
		worker working start
		worker finished finish --set result=换了水龙头和阀门 --evidence signature.owner,signer=王芳
		money finished pay --set paid=55.5
		ling dispatched rework --note 又漏了
		worker on_site arrive
		worker working start
		worker finished finish --set result=重做 --set unsigned_why=客户不在
	LIFE
	# A rework is a new cycle: its clock starts again, the first one keeps its verdict.
	split cs-show "$ref"
	assert_stdout_contains $'\tfact\tcycle\t2'
	assert_stdout_contains $'\tclock\tresolve\tmet'
	assert_stdout_contains 'cycle 1, from 2026-11-02 09:00:00'
}

@test "a complaint: contact, dispatch, proposal, agreement, result, verification, reply, call-back, close (S3-4-17 to S3-4-22, S4-4-4)" {
	new complaint
	life <<-'LIFE'
		ling registered contact --note 已联系
		chief handling dispatch --set handling=p1.environment --set 'promised_at=2026-11-03 18:00'
		chief proposed propose --set proposal=加派保洁
		chief handling disagree --note 不够
		chief proposed propose --set proposal=每日两次
		chief agreed agree
		chief finished finish --set result=已加派
	LIFE
	refuse chief 'verify: ' verify --note 自己看的 # S3-4-21: not by who finished it
	refuse ling 'close: the ticket is in state finished' close
	life <<-'LIFE'
		company verified verify --note 现场看过
	LIFE
	refuse ling 'close: the customer has had no reply' close
	life <<-'LIFE'
		ling verified reply --set reply_text=已处理
		chief verified validate --set validity=valid
	LIFE
	refuse ling 'close: call-back 1 (complaint_handling) is still to be made' close
}

@test "an inquiry, a suggestion and a message; reopening is a new cycle (S4-3-1, S4-3-2, S4-3-8)" {
	for kind in inquiry suggestion; do
		new "$kind"
		life <<-'LIFE'
			ling passed_on dispatch --set handling=p1.service
			chief answered reply --set reply_text=周日休息
			ling closed close
		LIFE
		local more=''
		[ "$kind" = inquiry ] || more='compile, publish, withhold, '
		refuse ling "close: the ticket is in state closed, which allows: note, attach, tell, ${more}reopen" close
		life <<-'LIFE'
			ling closed note --note 来信感谢
			ling registered reopen --note 再问
		LIFE
		split cs-list --columns cycle,done "$ref"
		assert_stdout "$ref"$'\t2\t'
	done
	new message
	life <<-'LIFE'
		worker passed_on pass_on
		ling closed close
	LIFE
}

@test "what a step needs is refused by name until it is given (S3-5-3 S3-5-5 S0-5-3 S4-5-2 S3-5-8 S3-4-22)" {
	new request
	refuse ling 'dispatch needs handling' dispatch
	refuse worker 'arrive: the ticket is in state registered, which allows: note, attach, tell, answer, appoint, dispatch' arrive
	step ling dispatch --set handling=p1.engineering
	refuse other 'arrive: only for: the assignee, people of the handling unit, front desk' arrive
	step worker arrive
	refuse worker 'quote: a quote has at least one fee line, each with item and amount' quote
	refuse worker 'quote: a quote has at least one fee line, each with item and amount' quote --row fees:line=1,item=龙头
	step worker quote --row fees:line=1,item=龙头,amount=35
	refuse worker 'start: the ticket is in state quoted' start # S4-5-2: never before the customer agrees
	refuse worker 'consent needs agreed_amount' consent
	step worker consent --set agreed_amount=35
	step worker start
	refuse worker 'finish needs result' finish "${signed[@]}"
	refuse worker "finish: the customer's signature, or why there is none" finish --set result=好
	refuse worker 'evidence signature.owner: say who signed' finish --set result=好 --evidence signature.owner
	refuse worker 'pay: only for' pay --set paid=35 # S4-5-4: repair workers collect no money
	refuse worker 'pause needs note' pause
	step worker finish --set result=好 "${signed[@]}"
	new complaint
	refuse ling 'reply needs reply_text' reply
	refuse chief 'dispatch: agree with the customer when to answer: promised_at' dispatch --set handling=p1.service # S3-4-3
}

@test "blanks are no text: a need is not met by them, and what is typed is trimmed" {
	local ref
	new inquiry
	split cs-progress --as ling reply --set reply_text=' 　' "$ref"
	assert_status 64
	assert_stderr_contains 'reply_text: an empty text says nothing'
	split cs-progress --as ling note --note '   ' "$ref"
	assert_status 1
	assert_stderr_contains 'note needs note'
	cs-progress --as ling note --note ' rang twice  ' "$ref" >/dev/null
	assert_equal "$(sqlite3 "$CS_DB" "SELECT private FROM event WHERE step = 'note'" | jq -r .note)" 'rang twice'
	cs-progress --as ling reply --set reply_text=' by bank ' "$ref" >/dev/null
	assert_equal "$(sqlite3 "$CS_DB" "SELECT private FROM event WHERE step = 'reply'" | jq -r '."text.reply_text"')" 'by bank'
	split cs-intake --kind inquiry --channel phone --body ' ' --subject x
	assert_status 1
	assert_stderr_contains 'register needs body'
	split cs-intake --kind inquiry --channel phone --body x --key ''
	assert_status 64
	assert_stderr_contains 'option --key: an empty text is no key'
}

@test "steps, values and evidence go by their labels too; what is recorded and printed are their ids" {
	new complaint
	step chief 联系客户 --note x
	assert_stdout "$ref"$'\t'contact$'\t'registered
	step chief dispatch --set handling=p1.service --set promised_at='2026-11-03 17:00' --set category=噪音扰民
	assert_stdout "$ref"$'\t'dispatch$'\t'handling
	step chief 附证据 --evidence 照片
	step chief validate --set validity=有效投诉
	split cs-list --columns category,validity -f csv "$ref"
	assert_stdout $'category,validity\nowner.noise,valid'
	split cs-show "$ref"
	assert_stdout_contains $'\tevidence\tphoto\t'
	refused 64 "validity: '有效' is not among the codes of validity; did you mean '有效投诉' (valid)?" \
		cs-progress --as chief validate --set validity=有效 "$ref"
}

@test "all that a step needs is named at once, with the option that gives it" {
	new complaint
	refuse chief "dispatch needs handling (--set handling=UNIT); \
agree with the customer when to answer: promised_at (--set promised_at=TIME)" dispatch
	refused 1 'cs-intake: register needs channel (--channel), body (--body)' cs-intake --as ling --kind complaint \
		--customer 王芳 --phone 13800138000 --premises 3-2-501 --unit p1
	new request
	refuse worker 'quote: the ticket is in state' quote
	step ling dispatch --set handling=p1.engineering
	refuse money 'arrive: only for: ' arrive
	step worker arrive
	refuse money "quote: only for: the assignee, people of the handling unit" quote
}

@test "what a step needs is given with that step, not found lying on the ticket (S0-5-6, S0-5-2)" {
	new request
	life <<-'LIFE'
		ling waiting_appointment appoint --set 'appointment=2026-11-03 10:00'
		ling waiting_appointment appoint --set 'appointment=2026-11-03 11:00' --set consented_move=yes
	LIFE
	refuse ling "appoint: a moved appointment needs the customer's consent" appoint --set 'appointment=2026-11-03 12:00'
	life <<-'LIFE'
		ling dispatched dispatch --set handling=p1.engineering
		worker on_site arrive
		worker working start
		worker finished finish --set result=好 --set unsigned_why=客户不在
		ling dispatched rework --note 又漏
		worker on_site arrive
		worker working start
	LIFE
	refuse worker "finish: the customer's signature, or why there is none" finish --set result=重做
	step worker finish --set result=重做 --set unsigned_why=客户又不在
}

@test "nobody promises the past, and a day alone is no promise (S3-4-3, S3-5-4)" {
	new complaint
	refuse chief "promised_at: '2026-11-02 08:59' lies before the step itself, at 2026-11-02 09:00" \
		dispatch --set handling=p1.service --set 'promised_at=2026-11-02 08:59'
	refuse chief "promised_at: '2026-11-05' needs a time of day" dispatch --set handling=p1.service --set promised_at=2026-11-05
	split cs-progress -n --as chief --set handling=p1.service --set promised_at=@1793581200 dispatch "$ref" # 2026-11-02 09:00
	assert_status 0
	step chief dispatch --set handling=p1.service --set 'promised_at=2026-11-02 09:00'
	# A broken promise stays broken: a new one does not take it out of the figures.
	at '2026-11-02 10:00'
	step chief dispatch --set handling=p1.environment --set 'promised_at=2026-11-02 12:00'
	assert_equal "$(sqlite3 "$CS_DB" "SELECT run || ' ' || ifnull(verdict, 'runs') FROM clock WHERE clock = 'promised' ORDER BY run" |
		paste -sd ,)" '1 late,2 runs'
	at '2026-11-02 11:00'
	step chief dispatch --set handling=p1.service --set 'promised_at=2026-11-02 18:00'
	assert_equal "$(sqlite3 "$CS_DB" "SELECT verdict FROM clock WHERE clock = 'promised' AND run = 2")" void
}

@test "words that do not exist are wrong usage" {
	new request
	refused 64 "'finsh' is not among the steps; did you mean 'finish'?" cs-progress finsh "$ref"
	refused 64 "register: cs-intake(1) registers tickets" cs-progress register "$ref"
	refused 64 "kind request has no step 'pass_on'" cs-progress pass_on "$ref"
	refused 64 "'colour' is not among the fields of request" cs-progress --note x --set colour=red note "$ref"
	refused 64 "'reslt' is not among the fields of request; did you mean 'result'?" cs-progress --set reslt=x note "$ref"
	refused 64 "'费用' is not among the lists of request; did you mean '费用明细' (fees)?" cs-progress --row 费用:line=1 note "$ref"
	refused 64 "'业主签字' is not among the kinds of evidence; did you mean '客户签字' (signature.owner)?" \
		cs-progress --evidence 业主签字 attach "$ref"
	refused 1 'note does not take urgent' cs-progress --note x --set 紧急=是 note "$ref"
	refused 64 "'seal' is not among the kinds of evidence; allowed: signature.owner," cs-progress --evidence seal attach "$ref"
	refused 64 'wanted is FIELD=VALUE' cs-progress --set colour note "$ref"
	refused 64 'is given twice' cs-progress --set a=1 --set a=2 note "$ref"
	refused 64 'wanted is LIST:FIELD=VALUE' cs-progress --row fees note "$ref"
	refused 64 'is no FIELD=VALUE' cs-progress --row fees:line=1,item note "$ref"
	refused 64 'wanted is KIND[=FILE][,signer=NAME]' cs-progress --evidence ,signer=x attach "$ref"
	refused 64 "'X1' is no ticket reference" cs-progress --note x note X1
	refused 64 'operand' cs-progress note
	refused 64 'given twice' cs-progress --note a --note b note "$ref"
	refused 64 'lies in the future' cs-progress --at '2026-11-02 09:01' --note x note "$ref"
}

@test "evidence keeps the digest of the file; a file that cannot be read is 66" {
	new request
	printf 'a photo' >photo.jpg
	refused 66 'cannot read nothing.jpg' cs-progress --evidence photo=nothing.jpg attach "$ref"
	refused 66 'cannot read .' cs-progress --evidence photo=. attach "$ref"
	step ling attach --evidence photo=photo.jpg
	split cs-show "$ref"
	assert_stdout_contains $'\tevidence\tphoto\t\t\tphoto.jpg, '"$(b2sum -l 256 photo.jpg | cut -d' ' -f1)"
}

@test "of several tickets the refused ones are named, the others done: 1" {
	new request && one=$ref
	new message && two=$ref
	split cs-progress --as ling --note x note "$one" X20261102-0001 nonsense "$two" "$one"
	assert_status 1
	assert_stdout "$one"$'\tnote\tregistered\n'"$two"$'\tnote\trecorded'
	assert_stderr "cs-progress: X20261102-0001: no such ticket: X20261102-0001
cs-progress: nonsense: 'nonsense' is no ticket reference (R20261121-0042 is one)"
	# The same reference twice is one.
	assert_equal "$(cs-show "$one" | grep -c $'\tevent\tnote\t')" 1
	refused 1 'no such ticket' cs-progress --note x note X20261102-0001
}

@test "--all does all or nothing, and names every refused one" {
	new request && one=$ref
	new message && two=$ref
	split cs-progress --all --as ling --set handling=p1.engineering dispatch "$one" "$two" X20261102-0001
	assert_status 1
	assert_stdout ''
	assert_stderr_contains "$two: kind message has no step 'dispatch'"
	assert_stderr_contains 'X20261102-0001: no such ticket'
	assert_stderr_contains '2 of 3 tickets refused; nothing was changed (--all)'
	assert_equal "$(ref=$one state)" registered
	split cs-progress --all --as ling --note x note "$one" "$two"
	assert_status 0
	assert_lines 2
}

@test "--key: a repeat prints the first answer; another call with it is refused" {
	new request
	split cs-progress --key k1 --as ling --note x note "$ref"
	first=$output
	assert_status 0
	split cs-progress --key k1 --as ling --note x note "$ref"
	assert_status 0
	assert_stdout "$first"
	assert_equal "$(cs-show "$ref" | grep -c $'\tevent\tnote\t')" 1
	refused 64 'was used' cs-progress --key k1 --as ling --note y note "$ref"
	# What was refused can be tried again under the same key.
	refused 1 'dispatch needs handling' cs-progress --key k2 --as ling dispatch "$ref"
	split cs-progress --key k3 --as ling --set handling=p1.engineering dispatch "$ref"
	assert_status 0
}

@test "--dry-run says what would be and changes nothing" {
	new request
	before=$(cs-show "$ref")
	split cs-progress -n --as ling --set handling=p1.engineering dispatch "$ref"
	assert_status 0
	assert_stdout "$ref"$'\tdispatch\tdispatched'
	assert_equal "$(cs-show "$ref")" "$before"
	refused 1 'dispatch needs handling' cs-progress -n --as ling dispatch "$ref"
}

@test "references from a pipe; a cut last line is refused before anything is done" {
	new request && new message
	pipe 'cs-list | cs-progress --as ling --note chased note -'
	assert_status 0
	assert_lines 2
	printf '%s' "$ref" >cut.txt
	split cs-progress --note x note - <cut.txt
	assert_status 65
	assert_stderr_contains 'does not end with a newline'
	split cs-progress --note x note - </dev/null
	assert_status 0
	assert_stdout ''
	refused 64 'given twice' cs-progress --note x note - -
	split cs-progress --as ling --note x note "$ref" - <<<"$ref and more"
	assert_lines 1
}

@test "--as is for the admin, --now for rehearsals; closed output is 74, the work done" {
	new request
	run -74 bash -c 'cs-progress --as ling --note full note "$1" >/dev/full' bash "$ref"
	cs-show "$ref" | grep -q 'note: full'
	refused 77 'not on the staff' cs-progress --as nobody --note x note "$ref"
	CS_DB=live.db CS_NOW='' cs-init >made
	refused 77 'the clock of a live database cannot be set' cs-progress -d live.db --note x note "$ref"
	refused 66 'no such' cs-progress -d none.db --note x note "$ref"
	echo 'not a database' >junk.db
	split cs-progress -d junk.db --note x note "$ref"
	assert_status 78
}

@test "every format" {
	new request
	split cs-progress -f json --as ling --note x note "$ref"
	assert_stdout "[{\"ref\":\"$ref\",\"step\":\"note\",\"state\":\"registered\"}
]"
	split cs-progress -f jsonl --as ling --note x note "$ref"
	assert_stdout "{\"ref\":\"$ref\",\"step\":\"note\",\"state\":\"registered\"}"
	split cs-progress -f csv --as ling --note x note "$ref"
	assert_stdout "ref,step,state
$ref,note,registered"
	split cs-progress -f table --as ling --note x note "$ref"
	assert_stdout "ref             step  state
$ref  note  registered"
}

@test "many tickets go in batches; a desk beside them is not kept waiting" {
	for i in {1..40}; do echo '{"kind":"message","channel":"phone","subject":"x","body":"x","customer":"王芳","phone":"13800138000","wanted":"y"}'; done >many.jsonl
	cs-intake --jsonl many.jsonl --source t -q --as ling >refs
	assert_equal "$(wc -l <refs)" 40
	pipe 'cs-progress --as ling --note x note - <refs | sort -u | wc -l'
	assert_stdout 40
	# Nobody reads the output: the work is finished all the same, and that is said.
	mkfifo go
	{ read -r _ <go; cs-progress --as ling --note unread note - <refs 2>said || echo $? >code; } | { exec <&-; echo >go; }
	assert_equal "$(cat code)" 74
	assert_equal "$(cat said)" "cs-progress: 40 of 40 tickets are done and committed
cs-progress: output: nobody reads it any more"
	assert_equal "$(cs-show - <refs | grep -c 'note: unread')" 40
}

@test "why, after a rework: the pauses, rungs and seconds of the first cycle" {
	cs-policy show | jq '.policy = "own" | .params["req.esc_1"].value = "3h"
		| .kinds.request.clocks.resolve |= (del(.cutoff) | .pause = ["supplier"]) | del(.params["req.esc_cutoff"])' >own.json
	cs-policy load -q own.json >/dev/null
	new request
	step ling dispatch --set handling=p1.engineering --set assignee=worker
	step worker arrive
	step worker start
	at '2026-11-02 10:00'
	step worker pause --note 等配件
	at '2026-11-03 09:30'
	step worker resume
	at '2026-11-03 11:45'
	step worker finish --set result=好了 --set unsigned_why=不在家
	at '2026-11-04 09:00'
	step ling rework --note 又漏了
	split cs-escalate --explain "$ref" resolve
	# An hour before the pause, two after it: three hours were over at 11:30.
	assert_stdout_contains "$(printf "$ref\tresolve\t%s\t%s\t%s\t%s\t%s\n" \
		late '2026-11-02 09:00:00' '2026-11-03 11:45:00' '' 'cycle 1, edition 2' \
		counted '2026-11-02 09:00:00' '2026-11-02 10:00:00' 1:00:00 '' \
		paused '2026-11-02 10:00:00' '2026-11-03 09:30:00' 0:00:00 '' \
		counted '2026-11-03 09:30:00' '2026-11-03 11:45:00' 2:15:00 '' \
		due '2026-11-03 11:30:00' '' '' 'limit 3h' \
		'fired esc_1' '2026-11-03 11:30:00' '' '' 'over 3h, to dept' \
		running '2026-11-04 09:00:00' '' '' 'cycle 2, edition 2' \
		due '2026-11-04 12:00:00' '' '' 'limit 3h')"
}

@test "a pause recorded later counts from when it was: what fired since is moot and comes again" {
	cs-policy show | jq '.policy = "own" | .params["cmp.escalate"].value = "48h"
		| .kinds.complaint.clocks.resolve.pause = ["customer"]' >own.json
	cs-policy load -q own.json >/dev/null
	new complaint
	step chief dispatch --set handling=p1.engineering --set 'promised_at=2026-11-30 10:00'
	at '2026-11-04 10:00'
	cs-escalate -q >/dev/null
	at '2026-11-04 11:00'
	step chief propose --set proposal=x --at '2026-11-02 10:00'
	split cs-escalate --explain "$ref" resolve
	assert_stdout_contains $'fired company\t2026-11-04 09:00:00\t\t\tmoot: it was yet to come'
	assert_stdout_contains $'to come due\t\t\t\tthe clock stands still before it'
	split cs-check --recompute
	assert_stderr ''
	at '2026-11-04 15:00'
	step chief agree
	at '2026-11-06 14:00:01'
	split cs-escalate
	assert_stdout_contains "$ref"$'\tresolve\tcompany\t2026-11-06 14:00'
	split cs-escalate --explain "$ref" resolve
	refute_stdout_contains moot
	split cs-check --recompute
	assert_status 0
	assert_stderr ''
}

@test "a reply on the forum: reviewed, approved, then taken with that very text (S3-4-24)" {
	export CS_NOW='2026-11-02 09:30'
	local ref
	ref=$(cs-intake --kind complaint --channel forum --category env --unit p1 --body 垃圾 --customer 王芳 --phone 13800138000 --as ling)
	split cs-progress reply "$ref" --as ling --set reply_text=已派人清理
	assert_status 0
	assert_stdout "$ref"$'\task_approval\tregistered'
	assert_stderr "cs-progress: $ref: reply is put to approval: it is taken again once that is given"
	# What waits is said by all who tell what is due (S3-4-24).
	split cs-escalate --explain "$ref"
	assert_stdout_contains "$ref"$'\tapproval of reply\treview pending\t2026-11-02 09:30:00\t\t\tby project manager, put by ling'
	assert_stdout_contains "$ref"$'\tapproval of reply\tdue\t\t\t\tduty review_post, no limit'
	split cs-report overdue --table approvals -f text -q
	assert_stdout "$ref"$'\treply\treview\tcomplaint\tp1.service\tproject manager\tmanager\tling\t2026-11-02 09:30\t\t0\tno data'
	split cs-duty due
	assert_stdout_contains review_post
	refused 1 'review_post: done by the answer' cs-duty "done" "$ref" review_post --as manager
	refused 1 'approve: only for' cs-progress approve "$ref" --as qmc
	refused 1 'approve: never by the one who asks' cs-progress approve "$ref" --as ling
	refused 1 'reject needs note' cs-progress reject "$ref" --as manager
	cs-progress approve "$ref" --as manager --set step=reply >/dev/null
	cs-progress approve "$ref" --as qmc >/dev/null
	split cs-show "$ref"
	assert_stdout_contains $'\tapproval\treply\tgiven\t2026-11-02 09:30:00\tapprove, asked by ling, given by qmc'
	assert_stdout_contains 'to be approved (review): reply; reply_text: 已派人清理'
	split cs-escalate --explain "$ref"
	refute_stdout_contains pending
	split cs-report overdue --table approvals -f text -q
	assert_stdout ''
	split cs-progress reply "$ref" --as ling
	assert_stdout "$ref"$'\treply\tregistered'
	assert_equal "$(sqlite3 "$CS_DB" "SELECT texts FROM ticket WHERE kind = 'complaint' ORDER BY id DESC LIMIT 1")" '{"reply_text":"已派人清理"}'
	assert_equal "$(sqlite3 "$CS_DB" "SELECT group_concat(state) FROM approval")" given,used
	split cs-check --recompute
	assert_status 0
}

@test "S3-4-24: who must agree by the rules only since the text was approved is asked before it is used" {
	cs-policy show | jq '.policy = "own" | .kinds.complaint.steps.reply.approve =
		[{by: "post:project_manager", word: "review", owe: "review_post"},
		{by: "post:area_director", word: "approve", owe: "approve_post", when: {field: "people", at_least: 2}}]' >own.json
	cs-policy load -q own.json >/dev/null
	new complaint
	step ling reply --set reply_text=已派人
	step manager approve
	step ling assess --set people=4
	step ling reply
	assert_stdout "$ref"$'\task_approval\tregistered'
	assert_stderr "cs-progress: $ref: reply: by now area director (approve) must agree, too: it is put to approval, what was given before stays"
	refused 1 'reply: waits for area director (approve)' cs-progress reply "$ref" --as ling
	refused 1 'approve: never by the one who asks' cs-progress approve "$ref" --as ling
	split cs-escalate --explain "$ref"
	assert_stdout_contains "$ref"$'\tapproval of reply\tapprove pending'
	step director approve
	step ling reply
	assert_stdout "$ref"$'\treply\tregistered'
	assert_stderr ''
	assert_equal "$(sqlite3 "$CS_DB" "SELECT group_concat(word || ' ' || state) FROM approval")" 'review given,approve used'
	split cs-check --recompute
	assert_status 0
	assert_stderr ''
}

@test "an extension: asked with a reason, approved, told to the customer, counted apart from breaches (S3-4-16, S3-4-18)" {
	export CS_NOW='2026-11-02 09:30'
	local ref
	ref=$(cs-intake --kind complaint --channel phone --category env --unit p1 --body 垃圾 --customer 王芳 --phone 13800138000 --as ling)
	cs-dispatch "$ref" --as ling --to p1.engineering --assignee worker --set promised_at='2026-11-03 18:00' >/dev/null
	cs-progress -q extend "$ref" --as worker --note 等配件 --set extended_to='2026-11-05 18:00' >/dev/null
	refused 1 'extend: extended_to: not later than the present due, 2026-11-03 18:00' \
		cs-progress extend "$ref" --as worker --note x --set extended_to='2026-11-03 12:00'
	cs-progress approve "$ref" --as manager >/dev/null
	cs-progress extend "$ref" --as worker >/dev/null
	split cs-show "$ref"
	assert_stdout_contains $'\tclock\tpromised\trunning\t2026-11-05 18:00:00\t'
	assert_stdout_contains 'extended 1 times'
	assert_stdout_contains 'promised due 2026-11-05 18:00:00; promised extended'
	pipe "cs-notify list --as boss -f csv | grep -c 'customer.*$ref'"
	split cs-report monthly 2026-11 -f csv
	assert_stdout_contains 'complaint,promised'
	assert_equal "$(grep -c 'clocks,.*promised.*,extended,1$' <<<"$output")" 1
}
