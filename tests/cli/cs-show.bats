#!/usr/bin/env bats
# cs-show: a ticket whole, and the work order.
load helper
load tickets

finished() {
	new request
	cs-dispatch --as ling --assignee worker "$ref" >dispatched
	at '2026-11-02 09:15'
	step worker arrive
	step worker quote --row fees:line=1,item=水龙头,quantity=1,amount=35 --row 'fees:line=2,item=人工\,含税,amount=20.5'
	step worker consent --set agreed_amount=55.5
	step worker start
	at '2026-11-02 09:40'
	step worker finish --at '2026-11-02 09:30' --set result=换了水龙头 --evidence signature.owner,signer=王芳
}

@test "everything about a ticket, each line beginning with the reference" {
	finished
	split cs-show "$ref"
	assert_status 0
	while read -r line; do
		[[ $line == "$ref"$'\t'* ]] || fail "line: $line"
	done <<<"$output"
	for part in $'fact\tkind\trequest' $'fact\tstate\tfinished' $'fact\thandling\tp1.engineering' $'fact\tlate\tno' \
		$'fact\topened\t\t2026-11-02 09:00:00' $'fact\tdone\t\t2026-11-02 09:30:00' $'field\tagreed_amount\t55.50' \
		$'field\tresult\t换了水龙头' $'party\tcustomer\t王芳\t\tphone 13800138000' $'premises\tp1.north\t3-2-501' \
		$'clock\tdispatch\tmet\t2026-11-02 09:10:00' $'callback\tsatisfaction\topen' $'evidence\tsignature.owner\t王芳' \
		$'row\tfees/2\titem=人工,含税,amount=20.50' $'event\tregister\tling' 'body: 厨房漏水' \
		$'event\tfinish\tworker' 'recorded 2026-11-02 09:40:00: result: 换了水龙头' 'resolve met'; do
		assert_stdout_contains "$part"
	done
}

# A contact is planned for one person and may be made by another (never by who did the job).
@test "a call-back says for whom it is planned, then who made it; answers are read, not shown as JSON" {
	finished
	split cs-show "$ref"
	assert_stdout_contains $'callback\tsatisfaction\topen'
	assert_stdout_contains '1: by phone, for ling, not before'
	at '2026-11-02 18:30'
	cs-callback record -q --as chief --outcome reached --score 5 --answer timely=yes --answer speed=满意 --answer process=满意 \
		--answer result=满意 --note 谢谢 "$ref" >>quiet.log
	split cs-show "$ref"
	assert_stdout_contains $'callback\tsatisfaction\tdone'
	assert_stdout_contains '1: by phone, made by chief, reached, score 5, timely=yes, speed=满意, process=满意, result=满意, note=谢谢'
}

@test "running, overdue and standing clocks say what remains; rungs and notices say to whom" {
	new request
	at '2026-11-02 09:04'
	split cs-show "$ref"
	assert_stdout_contains $'\tclock\thandover\toverdue\t2026-11-02 09:03:00\tfrom 2026-11-02 09:00:00, 1m over'
	assert_stdout_contains $'\tclock\tdispatch\trunning\t2026-11-02 09:10:00\tfrom 2026-11-02 09:00:00, 6m left'
	assert_stdout_contains $'\tclock\tresolve\trunning\t2026-11-03 00:00:00\tfrom 2026-11-02 09:00:00, 14h 56m left, esc_1 2026-11-03 00:00:00, esc_2 2026-11-04 09:00:00'
	at '2026-11-04 10:00'
	step ling note --note 催办
	split cs-show "$ref"
	assert_stdout_contains $'\tfact\tlevel\t2'
	assert_stdout_contains $'\trung\tresolve/esc_1\t'
	assert_stdout_contains $'\trung\tresolve/esc_2\tchief\t2026-11-04 09:00:00'
	assert_stdout_contains $'\tevent\trung\tsystem\t2026-11-04 09:00:00'
	assert_stdout_contains 'notice to staff chief'
	assert_stdout_contains $'\tduty\tprogress\towed'
}

@test "every format" {
	new message
	split cs-show -f table "$ref"
	assert_stdout_matches '^ref +part +item +value +at +detail'
	split cs-show -f csv "$ref"
	assert_line 0 'ref,part,item,value,at,detail'
	pipe "cs-show -f json $ref | jq -r '.[] | select(.item == \"wanted\") | .value'"
	assert_stdout 李经理
	pipe "cs-show -f jsonl $ref | jq -r 'select(.item == \"kind\") | .value'"
	assert_stdout message
}

@test "--form handling-record: each step with what it stated, made or approved; signed by who handled it (S0-4-2, S4-4-4)" {
	ref=$(cs-intake --as ling --kind complaint --channel forum --set posted_at='2026-11-02 08:30' --category env \
		--body 草坪脏 --unit p1 --customer 王芳 --phone 13800138000)
	life <<-'LIFE'
		chief registered assess --set media=exposed --set people=2
		chief registered assess --set media=none
		chief registered contact --note 已致歉
	LIFE
	step chief reply --set reply_text=已安排 # put to approval
	step manager approve
	split cs-show --form handling-record "$ref"
	assert_status 0
	assert_stdout_contains '评定重要性 陈静（媒体曝光 已被媒体曝光；投诉'$'\n''                人数 2；重大投诉）'
	assert_stdout_contains '评定重要性 陈静（媒体曝光 未曝光；一般投诉）'
	assert_stdout_contains '联系客户 陈静: 已致歉'
	assert_stdout_contains '同意 孙经理（答复）'
	assert_stdout_contains '登记 林玲'$'\n' # its facts stand above
	assert_stdout_contains '经办人签字    ____'
	refute_stdout_contains 维修人员
	split cs-show --form work-order "$ref"
	assert_stdout_contains '维修人员签字  ____'
	refute_stdout_contains 经办人
}

@test "--form work-order: three labelled copies, facts, fees, result, signatures (S0-5-6, S4-5-3, S3-5-8)" {
	finished
	split cs-show --form work-order "$ref"
	assert_status 0
	copies=$output
	for label in '第一联 客户 / customer' '第二联 工程部存档 / engineering, filed' '第三联 前台转财务 / front desk, then finance'; do
		assert_stdout_contains "$label"
	done
	assert_equal "$(tr -cd '\f' <<<"$copies" | wc -c)" 2 'pages begin'
	assert_equal "$(cs-show --form work_order "$ref")" "$copies"
	assert_equal "$(grep -c 合计 <<<"$copies")" 3
	assert_stdout_contains '厨房漏水'
	assert_stdout_contains '13800138000'
	grep -q '合计 .* 55.50$' <<<"$copies"
	# The amounts end in the same column: 78, a Chinese character being two.
	while read -r line; do
		assert_equal "$((${#line} + ($(printf %s "$line" | wc -c) - ${#line}) / 2))" 76 "columns of '$line'"
	done < <(grep -E ' {20}[0-9]+\.[0-9]{2}$' <<<"$copies")
}

@test "a work order before the job leaves room to write" {
	new request --set 'appointment=2026-11-03 10:00' --set 紧急=是
	local first=$ref
	cs-dispatch --as ling --assignee worker "$ref" >dispatched
	split cs-show --form work-order "$ref"
	assert_stdout_contains '____________'
	refute_stdout_contains '承办人        ____________'
	assert_stdout_contains '紧急          是'
	new request
	assert_equal "$(cs-show --form 派工单 "$ref" | grep -c '承办部门      ____________ .* 承办人        ____________')" 3
	split cs-show --form work-order "$first"
	grep -qE '2026-11-03 10:00$' <<<"$output" || fail 'the appointment to the minute' "$output"
	refute_stdout_contains 合计
}

@test "several tickets; those that are not there are named" {
	new message && one=$ref
	new inquiry && two=$ref
	pipe "cs-list | cs-show - | cut -f1 | sort -u | wc -l"
	assert_stdout 2
	pipe "cs-show $two $one $two ${two,,} | cut -f1 | uniq"
	assert_stdout "$two"$'\n'"$one" # each once, where it was named first
	split cs-show "$one" X20261102-0001 "$two"
	assert_status 1
	assert_stderr 'cs-show: no ticket X20261102-0001'
	assert_stdout_contains "$two"
	refused 66 'no ticket X20261102-0001' cs-show X20261102-0001
	refused 64 'is no ticket reference' cs-show nonsense
	refused 64 "'receipt' is not among the forms; allowed: registration" cs-show --form receipt "$one"
	refused 64 'does not go with' cs-show --form work-order -f csv "$one"
	refused 66 'no such' cs-show -d none.db "$one"
	refused 64 'unknown option --at' cs-show --at 2026-11-02 "$one"
	run -74 bash -c 'cs-show "$1" >/dev/full' bash "$one"
	run -74 bash -c 'cs-show --form work-order "$1" >/dev/full' bash "$one"
	refused 65 'does not end with a newline' bash -c 'printf %s X | cs-show -'
}
