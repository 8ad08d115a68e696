#!/usr/bin/env bats
# cs-decide: an insurer's complaints through their admission, and what explain says on the way.
load helper

setup_file() {
	export CS_DB=$BATS_FILE_TMPDIR/desk.db CS_NOW='2026-09-18 09:00'
	cs-init --rehearsal --seed decide --policy insurance >/dev/null
	sh "$CS_ROOT/tests/data/insurer.sh"
}

setup() {
	cs_setup
	export CS_NOW='2026-09-18 09:00'
	cp "$BATS_FILE_TMPDIR/desk.db" .
}

# complain [OPTIONS]: a complaint of the policyholder by letter; its reference in $ref.
complain() {
	ref=$(cs-intake --as agent1 --kind complaint --channel letter --category claim.denied --body 拒赔不合理 \
		--customer 王芳 --phone 13800138000 --capacity policyholder "$@")
}

# found FACTS...: complete, and what was found out.
found() {
	local set=() f
	for f in "$@"; do set+=(--set "$f"); done
	cs-decide complete -q --as agent1 "$ref" >/dev/null
	cs-progress -q --as agent1 link --set same_as="${same:-none}" "$ref" >/dev/null
	cs-progress -q --as agent1 examine "${set[@]}" "$ref" >/dev/null
}

@test "S0-4-5 S0-4-9: asked for, in piece by piece, complete with the last paper, told within 10 working days of it" {
	complain --set received_at='2026-09-17 15:00' --row materials:item=letter,required=yes,received_at='2026-09-17 15:00'
	split cs-decide explain "$ref"
	assert_status 0
	assert_stdout_contains "$ref	clock	supplement	running	2026-09-24 00:00:00	due; 5wd from 2026-09-17 15:00:00; stopped by ask_material, complete"
	split cs-decide ask-material --as agent1 --note 请补身份证明和保单 --row materials:item=identity,required=yes \
		--row materials:item=policy,required=yes "$ref"
	assert_status 0
	assert_stdout "$ref	ask_material	waiting_material"
	refused 1 'required material is still missing: identity, policy' cs-decide complete --as agent1 "$ref"
	export CS_NOW='2026-09-23 10:00'
	cs-decide material -q --as agent1 --row materials:item=identity,received_at='2026-09-21 10:00' "$ref" >/dev/null
	cs-decide material -q --as agent1 --row materials:item=policy,received_at='2026-09-22 16:00' "$ref" >/dev/null
	split cs-decide complete --as agent1 "$ref"
	assert_stdout "$ref	complete	review"
	split cs-decide explain "$ref"
	# 23, 24, 28, 29, 30 September, 8, 9, 10 (a worked Saturday), 12, 13 October.
	assert_stdout_contains "$ref	clock	admission	running	2026-10-14 00:00:00	due; 10wd from 2026-09-22 16:00:00; stopped by notify"
	assert_stdout_contains "$ref	counted	admission	3d	2026-10-08 00:00:00	until 2026-10-11 00:00:00"
	cs-check >/dev/null
}

@test "S0-4-6: the open question, who can answer it and how; then the rule, and what it allows" {
	complain
	cs-decide complete -q --as agent1 "$ref" >/dev/null
	split cs-decide explain "$ref"
	assert_stdout_contains "$ref	open	not_entitled	cannot be told yet		by_consumer_or_agent is unset [S0-4-7]"
	assert_stdout_contains "$ref	ask	by_consumer_or_agent	yes|no		cs-progress examine $ref --set by_consumer_or_agent=yes|no, by people of the accepting unit"
	refused 1 "rule 'not_entitled' is still open (S0-4-7): by_consumer_or_agent is unset" cs-decide accept --as division "$ref"
	cs-progress -q examine --as agent1 --set by_consumer_or_agent=是 "$ref" >/dev/null
	cs-progress -q link --as agent1 --set same_as=none "$ref" >/dev/null
	cs-progress -q examine --as agent1 --set insurance_matter=yes --set ours=yes "$ref" >/dev/null
	split cs-decide explain -f json "$ref"
	assert_status 0
	[ "$(jq -r '.[] | select(.part == "rule") | .item' <<<"$output")" = ours ]
	split cs-decide explain "$ref"
	assert_stdout_contains "$ref	passed	repeat_in_period	does not hold		same_as = none [S0-4-7]"
	assert_stdout_contains "$ref	allow	accept	now		by head of the customer service division, head of operations management"
	split cs-decide accept --as division "$ref"
	assert_stdout "$ref	accept	investigating"
	split cs-decide notify --as agent1 --note 已受理 "$ref"
	assert_stdout "$ref	notify	investigating"
	split cs-decide explain "$ref"
	assert_stdout_contains "$ref	decided	accept	division	2026-09-18 09:00:00	rule ours; insurance_matter = yes; ours = yes [S0-4-6]"
	assert_stdout_contains "$ref	next	extend			by the assignee, head of the customer service division; needs note"
	refute_stdout_contains "$ref	rule"
}

# told: the phones of the customers who were told of step $1, in order
told() {
	cs-notify list --all --to-kind customer | awk -F '\t' -v step="$1" '$6 == step { print $4 }' | sort | paste -sd ' '
}

@test "S0-4-9: every complainant is told, who joins later from then on; not who has left" {
	complain --also 刘英,phone=13800138001
	cs-decide ask-material -q --as agent1 --note 请寄保单 --row materials:item=policy,required=yes "$ref" >/dev/null
	assert_equal "$(told ask_material)" "13800138000 13800138001"
	cs-decide material -q --as agent1 --row materials:item=policy,received_at='2026-09-18 09:00' "$ref" >/dev/null
	found by_consumer_or_agent=yes insurance_matter=yes ours=yes
	cs-progress repeat -q --as agent1 --customer 何平 --phone 13800138002 --capacity policyholder --note 又来问 "$ref" >/dev/null
	cs-progress leave -q --as agent1 --customer 刘英 --phone 13800138001 --note 不再追究 "$ref" >/dev/null
	cs-decide accept -q --as division "$ref" >/dev/null
	cs-decide notify -q --as agent1 --note 已受理 "$ref" >/dev/null
	assert_equal "$(told notify)" "13800138000 13800138002"
	assert_equal "$(told ask_material)" "13800138000 13800138001"
	split cs-check
	assert_status 0
}

@test "S0-4-7 S0-4-9: refused with the rule's ground and a reason; cs-progress passes the same gate" {
	complain
	found by_consumer_or_agent=no
	refused 1 "rule 'not_entitled' decides here (S0-4-7) and allows refuse with the ground g1" cs-progress accept --as division "$ref"
	refused 1 'refuse needs reason (--set reason=TEXT)' cs-decide refuse --as division "$ref"
	split cs-decide refuse --as division --set reason=非本人投诉 "$ref"
	assert_stdout "$ref	refuse	refused"
	refused 1 'has not been told the outcome' cs-progress close --as agent1 "$ref"
	cs-decide notify -q --as agent1 --note 不予受理，理由见函 "$ref" >/dev/null
	cs-progress -q close --as agent1 "$ref" >/dev/null
	split cs-show "$ref"
	assert_stdout_contains 'admission not_entitled; '
	split cs-decide reopen --as agent1 --note 补交授权书 "$ref"
	assert_stdout "$ref	reopen	review"
	cs-check >/dev/null
}

@test "S0-4-7: a repeat points to the first and is told apart by it" {
	complain
	first=$ref
	found by_consumer_or_agent=yes insurance_matter=yes ours=yes
	complain
	same=$first found by_consumer_or_agent=yes new_facts=no
	split cs-decide explain "$ref"
	assert_stdout_contains "$ref	rule	first_pending	holds		same_as = $first; $first: state = review [G8]"
	cs-decide accept -q --as division "$first" >/dev/null
	split cs-decide explain "$ref"
	assert_stdout_contains "$ref	passed	first_pending	does not hold		same_as = $first; $first: state = investigating; $first: clock decide is running [G8]"
	assert_stdout_contains "$ref	rule	repeat_in_period	holds		same_as = $first; $first: state = investigating; $first: clock decide is running; new_facts = no [S0-4-7]"
	assert_stdout_contains "$ref	ground	g2"
	cs-decide refuse -q --as division --set reason=处理中 "$ref" >/dev/null
	split cs-show "$ref"
	assert_stdout_contains "$ref	field	same_as	$first"
}

@test "against the rules only with a reason, by whom the rules name; it stands in the history" {
	complain
	found by_consumer_or_agent=no
	refused 1 'only for: head of operations management' cs-decide accept --as division --override 另有授权 "$ref"
	split cs-decide accept --as operations --override 另有授权 "$ref"
	assert_stdout "$ref	accept	investigating"
	split cs-show "$ref"
	assert_stdout_contains 'against admission not_entitled; '
	assert_stdout_contains 'because: 另有授权'
	split cs-decide explain "$ref"
	assert_stdout_contains "$ref	decided	accept	operations	2026-09-18 09:00:00	against rule not_entitled: 另有授权; by_consumer_or_agent = no [S0-4-7]"
}

@test "S0-4-11: why until then: the first due, the step that moved it, who approved, how far it could go" {
	complain
	found by_consumer_or_agent=yes insurance_matter=yes ours=yes
	cs-decide accept -q --as division --set complex=yes "$ref" >/dev/null
	# 30 calendar days of a complex case from 18 September end with 18 October, 30 more with 17 November.
	refused 1 'decide_until: at most until 2026-11-18 00:00 (30cd from 2026-10-19 00:00)' \
		cs-progress extend --as division --note 等医院 --set decide_until='2026-11-18 00:01' "$ref"
	cs-progress extend -q --as division --note 等医院 --set decide_until='2026-11-13 18:00' "$ref" >/dev/null
	refused 1 'extend: waits for head of operations management (approve) since 2026-09-18 09:00:00, asked by division' \
		cs-progress extend --as division "$ref"
	split cs-decide explain "$ref"
	assert_stdout_contains "$ref	next	extend			by the assignee, head of the customer service division; waits for head of operations management (approve)"
	split cs-progress extend --as division --note 等法院 --set decide_until='2026-11-14 18:00' "$ref"
	assert_stderr_contains "$ref: the extend that waited for approval before is dropped"
	CS_NOW='2026-09-20 10:00' cs-progress approve -q --as operations "$ref" >/dev/null
	export CS_NOW='2026-10-16 12:00'
	cs-progress extend -q --as division "$ref" >/dev/null
	split cs-decide explain "$ref"
	assert_stdout_contains "$ref	clock	decide	running	2026-11-14 18:00:00	due; moved by extend; stopped by decide"
	assert_stdout_contains "$ref	first due	decide		2026-10-19 00:00:00	30cd from 2026-09-18 09:00:00"
	assert_stdout_contains "$ref	moved	decide	extend	2026-11-14 18:00:00	event "
	assert_stdout_contains " at 2026-10-16 12:00:00 by division; approve: operations 2026-09-20 10:00:00; at most until 2026-11-18 00:00:00 (30cd from 2026-10-19 00:00:00)"
	export CS_NOW='2026-11-17 10:00'
	split cs-escalate --explain "$ref" decide
	assert_stdout_contains "$ref	decide	first due	2026-10-19 00:00:00			30cd from 2026-09-18 09:00:00"
	assert_stdout_contains "$ref	decide	moved extend	2026-10-16 12:00:00	2026-11-14 18:00:00"
	assert_stdout_contains "$ref	decide	counted	2026-09-19 00:00:00	2026-10-19 00:00:00	30d"
	assert_stdout_contains "$ref	decide	over	2026-11-14 18:00:00	2026-11-17 10:00:00	2d"
	assert_stdout_contains "$ref	decide	due	2026-11-14 18:00:00			moved by extend"
}

@test "S0-4-11: why, of what is over: each cycle has its clocks, with the due, its moves, the days and what was left" {
	complain
	found by_consumer_or_agent=yes insurance_matter=yes ours=yes
	cs-decide accept -q --as division "$ref" >/dev/null
	CS_NOW='2026-09-22 10:00' cs-decide notify -q --as agent1 --note 已受理 "$ref" >/dev/null
	CS_NOW='2026-09-22 10:00' cs-progress complicate -q --as division --note 需调查 \
		--set decide_until='2026-10-12 18:00' "$ref" >/dev/null
	CS_NOW='2026-10-20 10:00' cs-progress decide -q --as division --set decision=upheld --set decision_text=退保 "$ref" >/dev/null
	CS_NOW='2026-10-21 10:00' cs-progress inform -q --as agent1 --note 已告知 "$ref" >/dev/null
	CS_NOW='2026-10-22 09:00' cs-progress rework -q --as agent1 --note 不满意 "$ref" >/dev/null
	export CS_NOW='2026-10-30 10:00'
	split cs-escalate --explain "$ref" decide
	# 15 calendar days from 18 September end with 3 October, 15 more with 18 October; 12 October 18:00 is over on the 20th.
	# Again from 22 October: they end with 6 November.
	assert_stdout "$(printf "$ref\tdecide\t%s\t%s\t%s\t%s\t%s\n" \
		late '2026-09-18 09:00:00' '2026-10-20 10:00:00' '' 'cycle 1, edition 1' \
		'first due' '2026-10-04 00:00:00' '' '' '15cd from 2026-09-18 09:00:00' \
		'moved complicate' '2026-09-22 10:00:00' '2026-10-12 18:00:00' '' \
		"event $(sqlite3 "$CS_DB" "SELECT id FROM event WHERE step = 'complicate'") at 2026-09-22 10:00:00 by division; at most until 2026-10-19 00:00:00 (15cd from 2026-10-04 00:00:00)" \
		'first day' '2026-09-18 09:00:00' '2026-09-19 00:00:00' 0d '' \
		counted '2026-09-19 00:00:00' '2026-10-04 00:00:00' 15d '' \
		over '2026-10-12 18:00:00' '2026-10-20 10:00:00' 7d '' \
		due '2026-10-12 18:00:00' '' '' 'moved by complicate' \
		'fired missed' '2026-10-12 18:00:00' '' '' 'over 100%, to operations' \
		running '2026-10-22 09:00:00' '' '' 'cycle 2, edition 1' \
		'first day' '2026-10-22 09:00:00' '2026-10-23 00:00:00' 0d '' \
		counted '2026-10-23 00:00:00' '2026-10-30 10:00:00' 7d '' \
		'to count' '2026-10-30 10:00:00' '2026-11-07 00:00:00' 8d '' \
		due '2026-11-07 00:00:00' '' '' 'limit 15cd' \
		'to come due' '2026-11-07 00:00:00' '' '' '' \
		'to come missed' '2026-11-07 00:00:00' '' '' '')"
	all=$output
	# Told on the second day of ten: 20 (worked), 21; left 22 to 24, 28 to 30 September, 8, 9 October.
	split cs-escalate --explain "$ref" --cycle 1
	assert_stdout_contains "$(printf "$ref\tadmission\t%s\t%s\t%s\t%s\t%s\n" \
		met '2026-09-18 09:00:00' '2026-09-22 10:00:00' '' 'cycle 1, edition 1' \
		'first day' '2026-09-18 09:00:00' '2026-09-19 00:00:00' 0d '' \
		closed '2026-09-19 00:00:00' '2026-09-20 00:00:00' 0d '' \
		counted '2026-09-20 00:00:00' '2026-09-22 10:00:00' 2d '' \
		left '2026-09-22 10:00:00' '2026-09-25 00:00:00' 3d '' \
		holiday '2026-09-25 00:00:00' '2026-09-28 00:00:00' 0d '' \
		left '2026-09-28 00:00:00' '2026-10-01 00:00:00' 3d '' \
		holiday '2026-10-01 00:00:00' '2026-10-08 00:00:00' 0d '' \
		left '2026-10-08 00:00:00' '2026-10-10 00:00:00' 2d '' \
		due '2026-10-10 00:00:00' '' '' 'limit 10wd')"
	refute_stdout_contains importance
	refute_stdout_contains 'cycle 2'
	assert_equal "$(cs-escalate --explain "$ref" --cycle 1 decide; cs-escalate --explain "$ref" --cycle 2 decide)" "$all"
	split cs-escalate --explain "$ref"
	refute_stdout_contains 'cycle 1'
	assert_stderr "cs-escalate: $ref is in cycle 2; of those before: --cycle N"
	refused 64 "$ref has no cycle 3: it is in cycle 2" cs-escalate --explain "$ref" --cycle 3
	refused 64 "'admission' is not among the clocks of $ref in cycle 2; allowed: decide" cs-escalate --explain "$ref" --cycle 2 admission
	refused 64 '--cycle goes with --explain' cs-escalate --cycle 1
}

@test "S0-4-12: the regulator's case has its reference, due and report" {
	refused 1 'regulator_ref, regulator_due' cs-intake --as agent1 --kind complaint --channel regulator --body 转办 \
		--customer 王芳 --phone 13800138000
	ref=$(cs-intake --as agent1 --kind complaint --channel regulator --body 转办 --customer 王芳 --phone 13800138000 \
		--set regulator_ref=监办〔2026〕7号 --set regulator_due='2026-09-30 17:00')
	split cs-show "$ref"
	assert_stdout_contains "clock	regulator	running	2026-09-30 17:00:00"
	assert_stdout_contains 'duty	regulator_report	owed'
	echo 报告 >report.txt
	split cs-escalate --explain "$ref" regulator
	assert_stdout_contains "$ref	regulator	due	2026-09-30 17:00:00			field regulator_due"
	export CS_NOW='2026-09-29 18:00'
	split cs-escalate
	assert_stdout_contains "$ref	regulator	soon	2026-09-29 17:00	division,operations"
	split cs-progress report_regulator --as division --evidence letter=report.txt "$ref"
	assert_status 0
	split cs-show "$ref"
	assert_stdout_contains 'regulator met; '
}

@test "S0-3-2 S0-3-3: a loss goes to claims; whistle-blowing is anonymous and kept back" {
	ref=$(cs-intake --as agent1 --kind loss_report --channel phone --body 追尾 --customer 王芳 --phone 13800138000 \
		--set event=vehicle --set event_at='2026-09-17 18:00')
	split cs-progress hand_over --as agent1 --set handling=hq.claims "$ref"
	assert_stdout "$ref	hand_over	at_claims"
	split cs-intake --as agent1 --kind whistleblow --channel letter --body 某负责人收礼 --set subject_staff=operations
	assert_status 0
	secret=$output
	split cs-list --kind whistleblow
	assert_stdout ""
	refused 1 'never by' cs-progress investigate --as operations --set assignee=agent2 "$secret"
	refused 1 'nobody investigates what was reported about himself' \
		cs-progress investigate --as general --set assignee=operations "$secret"
	cs-progress investigate -q --as general --set assignee=division "$secret" >/dev/null
	cs-progress investigate -q --as general --set assignee=agent2 "$secret" >/dev/null
}

@test "S0-4-8: what is stated to repeat one case is not merged with another" {
	complain -q
	first=$ref
	complain -q
	other=$ref
	complain -q
	same=$first found by_consumer_or_agent=yes
	refused 1 "$ref is stated to repeat $first, and the rules judge by that, not by $other" \
		cs-decide merge --as division --into "$other" --note x "$ref"
	cs-decide link -q --as agent1 --same-as none "$ref"
	refused 1 "$ref is stated to repeat none" cs-decide merge --as division --into "$other" --note x "$ref"
	cs-decide link -q --as agent1 --same-as "$other" "$ref"
	cs-decide merge -q --as division --into "$other" --note x "$ref"
}

@test "S0-4-5 S0-4-9 G6: nothing comes in tomorrow; nothing is accepted while a paper is missing, lapsed and reopened or not" {
	refused 1 "received_at: '2026-10-24 08:00' lies after the step itself" \
		cs-intake --as agent1 --kind complaint --channel letter --category claim.denied --body x --customer 王芳 \
		--phone 13800138000 --set 'received_at=2026-10-24 08:00'
	complain -q
	found by_consumer_or_agent=yes insurance_matter=yes ours=yes
	cs-progress attach -q --as agent1 --evidence letter "$ref"
	cs-decide ask-material -q --as agent1 --note 请补保单 --row materials:item=policy,required=yes "$ref"
	refused 1 'required material is still missing' cs-decide complete --as agent1 "$ref"
	cs-decide material -q --as agent1 --row materials:item=policy,received_at='2026-09-18 08:30' "$ref"
	cs-decide complete -q --as agent1 "$ref"
	cs-decide accept -q --as division "$ref"
}

@test "S0-4-9 S0-4-11: the notice and the letter say the outcome and the reasons, not the desk's remark" {
	complain -q
	found by_consumer_or_agent=no
	cs-decide refuse -q --as division --set reason=不是本人 "$ref"
	cs-decide notify -q --as agent1 --note 内部备注 "$ref"
	split sqlite3 "$CS_DB" "SELECT text FROM notice WHERE to_kind = 'customer' AND text LIKE '%告知%'"
	assert_stdout_contains '不予受理'
	assert_stdout_contains '不是本人'
	refute_stdout_contains 内部备注
	split cs-show --form admission-notice "$ref"
	assert_stdout_contains '不予受理'
	refute_stdout_contains 优先级
	refute_stdout_contains 维修人员
}

@test "steps that the kind does not have, tickets without admission, wrong usage" {
	ref=$(cs-intake --as agent1 --kind inquiry --channel phone --body 几点开门)
	refused 64 "kind inquiry has no step 'accept'" cs-decide accept --as division "$ref"
	refused 1 'the rules have no admission for the kind inquiry' cs-decide explain "$ref"
	refused 66 'no ticket C20260918-0009' cs-decide explain C20260918-0009
	refused 64 'REF' cs-decide explain
	refused 64 "cs-decide: " cs-decide admit "$ref"
	refused 64 "no command 'decide'; other steps of a ticket are taken by cs-progress" cs-decide decide "$ref"
}

@test "S0-4-6 S0-4-7: whoever complains as an agent says for whom; then that one's authorisation is wanted, however he came in" {
	local agent=(--as agent1 --kind complaint --channel letter --category claim.denied --body 拒赔不合理)

	refused 1 'register: who complains as agent speaks for somebody else: for whom? (--for NAME)' \
		cs-intake "${agent[@]}" --customer 李律师 --phone 13600000002 --capacity agent
	refused 1 'for whom? (--for NAME; of others --also ...,for=NAME)' \
		cs-intake "${agent[@]}" --customer 王芳 --phone 13800138000 --capacity policyholder --also 李律师,phone=13600000002,capacity=agent
	complain
	refused 1 'repeat: who complains as agent speaks for somebody else: for whom? (--for NAME)' \
		cs-progress --as agent1 repeat --note 又来 --customer 李律师 --phone 13600000002 --capacity agent "$ref"
	cs-progress --as agent1 repeat --note 又来 --customer 李律师 --phone 13600000002 --capacity agent --for 赵敏 "$ref" >/dev/null
	split cs-show "$ref"
	assert_stdout_contains 'acts for 赵敏'
	refused 1 "an agent needs somebody he speaks for, who is named, and that one's authorisation" cs-decide complete --as agent1 "$ref"
	cs-decide material -q --as agent1 --row materials:item=authorisation,received_at='2026-09-18 08:00' "$ref" >/dev/null
	cs-progress --as agent1 repeat --note 又来 --customer 周律师 --phone 13600000003 --capacity agent --for 钱宁 "$ref" >/dev/null
	refused 1 "(material authorisation, party): 周律师" cs-decide complete --as agent1 "$ref"
	refused 1 "party: nobody who takes part has the name or phone '钱宁'" cs-decide material --as agent1 \
		--row materials:item=authorisation,party=钱宁,received_at='2026-09-18 08:00' "$ref"
	refused 1 "materials: party: a row of somebody is given once he takes part" cs-intake "${agent[@]}" --customer 李律师 \
		--phone 13600000002 --capacity agent --for 钱宁 --row materials:item=authorisation,party=李律师
	cs-decide material -q --as agent1 --row materials:item=authorisation,party=周律师,received_at='2026-09-18 08:10' "$ref" >/dev/null
	split cs-show "$ref"
	assert_stdout_contains $'row\tmaterials/authorisation\treceived_at=2026-09-18 08:00:00'
	assert_stdout_contains $'row\tmaterials/authorisation\tparty=周律师,received_at=2026-09-18 08:10:00'
	assert_stdout_contains 'materials/authorisation (周律师) item authorisation'
	cs-decide complete -q --as agent1 "$ref" >/dev/null
	# Rows of a file, each for itself; history says what it knows.
	printf '%s\n' kind,channel,category,body,customer,phone,身份,被代理人,被代理人电话 \
		complaint,letter,claim.denied,一,李律师,13600000002,agent,, complaint,letter,claim.denied,二,李律师,13600000002,agent,钱宁,13700000005 >rows.csv
	split cs-intake --as agent1 --csv rows.csv --source letters
	assert_status 1
	assert_lines 1
	assert_stderr_contains 'rows.csv:2: byte 81: register: who complains as agent speaks for somebody else: for whom? (column 被代理人)'
	split cs-show "$output"
	assert_stdout_contains 'acts for 钱宁'
	printf '%s\n' kind,channel,category,body,customer,phone,capacity,opened_at \
		'complaint,letter,claim.denied,一,李律师,13600000002,agent,2026-08-03 09:00' >old.csv
	split cs-intake --csv old.csv --source old --history
	assert_status 0
	refused 1 "who is named" cs-decide complete --as agent1 "$output"
}

@test "a time needs its time of day, in a value and in a row alike; history says what is known" {
	complain
	refused 1 "materials.received_at: '2026-09-16' needs a time of day, such as 18:00" \
		cs-decide material --as agent1 --row materials:item=policy,received_at=2026-09-16 "$ref"
	refused 1 "regulator_due: '2026-09-30' needs a time of day, such as 18:00" \
		cs-intake --as agent1 --kind complaint --channel regulator --category claim.denied --body 转办 --customer 王芳 \
		--phone 13800138000 --capacity policyholder --set regulator_ref=7 --set regulator_due=2026-09-30
	cs-decide material -q --as agent1 --row 'materials:item=policy,received_at=2026-09-16 00:00' "$ref" >/dev/null
	printf '%s\n' kind,channel,category,body,customer,phone,capacity,opened_at,regulator_ref,regulator_due \
		'complaint,regulator,claim.denied,转办,王芳,13800138000,policyholder,2026-09-03,7,2026-09-30' >rows.csv
	refused 1 "regulator_due: '2026-09-30' needs a time of day" cs-intake --as agent1 --csv rows.csv --source regulator
	split cs-intake --csv rows.csv --source regulator --history
	assert_status 0
}

# history STEP: what the ticket's last event of this step says
history() {
	cs-show "$ref" | awk -F '\t' -v step="$1" '$2 == "event" && $3 == step { text = $6 } END { print text }'
}

@test "the history says each thing once and as it was: cleared values, who complains, links, merges and why" {
	complain --also 李强,phone=13900139000,capacity=insured
	first=$ref
	[[ $(history register) == *'party 2: insured; complains, too; '* ]] || fail "$(history register)"
	cs-progress -q --as agent1 repeat --note 又来 --customer 李强 --phone 13900139000 "$ref" >/dev/null
	[[ $(history repeat) == *'complains again'* ]] || fail "$(history repeat)"
	ref=$(cs-intake -q --as agent1 --kind complaint --channel letter --category claim.denied --body 拒赔 \
		--customer 钱宁 --phone 13700000005 --capacity policyholder)
	cs-decide complete -q --as agent1 "$ref" >/dev/null
	cs-decide link -q --as agent1 --same-as "$first" "$ref" >/dev/null
	assert_equal "$(history link)" "same_as $first"
	cs-progress -q --as agent1 examine --set by_consumer_or_agent=yes "$ref" >/dev/null
	cs-decide merge -q --as division --note 同一件事 "$ref" >/dev/null
	assert_equal "$(history merge | grep -o "$first" | wc -l)" 3 # the two facts, and the link
	young=$ref ref=$first
	assert_equal "$(history absorb)" "absorbs $young; by rule first_pending; party 3: policyholder; party 3 came with $young; note: 同一件事"
	split cs-show "$ref"
	assert_stdout_contains "$ref"$'\tlinked\tabsorbed\t'"$young"
	refute_stdout_contains $'\tlinked\tmerged_into'
	# A refusal that is taken up again; clocks that ran more than once.
	complain
	cs-decide ask-material -q --as agent1 --note x --row materials:item=policy,required=yes "$ref" >/dev/null
	cs-decide material -q --as agent1 --row 'materials:item=policy,received_at=2026-09-18 08:30' "$ref" >/dev/null
	split cs-show "$ref"
	assert_stdout_contains $'\tclock\tsupplement\tmet\t2026-09-25 00:00:00\trun 1, from 2026-09-18 09:00:00, stopped 2026-09-18 09:00:00 by ask_material'
	assert_stdout_contains $'\tclock\tsupplement\trunning\t2026-09-25 00:00:00\trun 2, from '
	complain
	found by_consumer_or_agent=no
	cs-decide refuse -q --as division --set ground=g1 --set reason=无授权 --note x "$ref" >/dev/null
	CS_NOW='2026-12-20 09:00' refused 1 'is over (refuse 2026-09-18 09:00, 30cd end 2026-10-19 00:00, over)' \
		cs-decide reopen --as agent1 --note x "$ref"
	cs-decide reopen -q --as agent1 --note x "$ref" >/dev/null
	[[ $(history reopen) == 'ground cleared; reason cleared; '* ]] || fail "$(history reopen)"
}

@test "S0-3-3: the night does not say who was passed over since it is about him, nor names a kept-back ticket to who runs it" {
	cs-policy show | jq '.policy = "own" | .params["whistle.answer"].value = "10d"
		| .kinds.whistleblow.clocks.answer.rungs = [{"id": "slow", "over": "100%", "to": "post:operations_head"}]
		| .labels.en["kinds/whistleblow/clocks/answer/rungs/slow"] = "slow"
		| .labels.zh["kinds/whistleblow/clocks/answer/rungs/slow"] = "迟缓"' >own.json
	cs-policy load -q own.json >/dev/null
	ref=$(cs-intake -q --as agent1 --kind whistleblow --channel letter --subject 举报 --body 收受回扣 --set subject_staff=operations)
	export CS_NOW='2026-09-28 09:01'
	split cs-escalate
	assert_stdout "$(printf '(kept back)\tanswer\t%s\t2026-09-28 09:00\t\t\n' due slow)"
	split cs-escalate --explain "$ref" --as general
	assert_stdout_contains $'fired slow\t2026-09-28 09:00:00\t\t\tover 100%, to general'
	refute_stdout_contains vacant
	split sqlite3 "$CS_DB" 'SELECT text FROM notice'
	refute_stdout_contains vacant
	# Who may read it is told all.
	cs-org add -q post general_manager "$(id -un)" --unit hq >/dev/null
	ref=$(cs-intake -q --as agent1 --kind whistleblow --channel letter --subject 举报 --body 收受回扣 --set subject_staff=operations)
	CS_NOW='2026-10-08 09:02' split cs-escalate
	assert_stdout_contains "$ref"$'\tanswer\tslow\t2026-10-08 09:01\tgeneral\t'
}
