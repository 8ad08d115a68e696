# Suspects: named by cs-intake, listed by cs-decide similar; nothing is decided.
load helper

setup() {
	cs_setup
	export CS_NOW='2026-11-21 09:30'
	cs-init --rehearsal --seed t >/dev/null
	sh "$CS_ROOT/tests/data/company.sh"
}

# complaint NUMBER SUBJECT BODY [OPTION...]
complaint() {
	cs-intake --kind complaint --channel phone --unit p1 --category env --customer "c$1" --phone "1380000000$1" --subject "$2" \
		--body "$3" "${@:4}"
}

three() {
	complaint 1 搅拌站噪音扰民 晚上睡不着 -q >/dev/null
	complaint 2 楼道灯不亮 请来修 -q >/dev/null
	complaint 3 搅拌站噪音太大 晚上睡不着 -q
}

@test "cs-intake names those a complaint may repeat, with score and why, on stderr" {
	complaint 1 搅拌站噪音扰民 晚上睡不着 >/dev/null
	split complaint 2 搅拌站噪音太大 晚上睡不着
	assert_status 0
	assert_stdout C20261121-0002
	assert_stderr 'cs-intake: C20261121-0002 may repeat C20261121-0001: 80 of 100, same unit and category; 搅拌站噪音, 晚上睡不着'
	split complaint 3 搅拌站噪音太大 晚上睡不着 -q
	assert_stderr ''
	split complaint 4 停水 何时来水
	assert_stderr ''
	assert_equal "$(sqlite3 "$CS_DB" 'SELECT count(*) FROM link')" 0
}

@test "what one customer calls the same is named, though the rest was said in other words" {
	complaint 1 退保金额不对 业务员当时说第三年可以全额退还，柜面却扣掉一大笔手续费 -q >/dev/null
	split complaint 2 退保金额不对 请问何时答复，已经打过几次热线都没有结果，很失望
	refute_stderr_contains 'may repeat'
	split complaint 1 退保金额不对 请问何时答复，已经打过几次热线都没有结果，很失望
	grep -E 'C20261121-0003 may repeat C20261121-0001: [5-9][0-9] of 100, same customer' <<<"$stderr" ||
		fail 'not named'
}

@test "in json they stand beside the reference" {
	complaint 1 搅拌站噪音扰民 晚上睡不着 -q >/dev/null
	split complaint 1 搅拌站噪音扰民 晚上睡不着 -q -f json
	assert_equal "$(jq -c '.[0].suspects' <<<"$output")" \
		'[{"reference":"C20261121-0001","score":100,"why":["same customer","same unit and category"],"words":["搅拌站噪音扰民","晚上睡不着"]}]'
	split complaint 2 停水 何时来水 -f jsonl
	assert_stdout '{"reference":"C20261121-0003","suspects":[]}'
	split cs-intake --kind inquiry --channel phone --unit p1 --body x -f jsonl
	assert_stdout '{"reference":"I20261121-0001"}'
}

@test "at most five are named, the others counted" {
	for i in 1 2 3 4 5 6 7; do
		complaint $i 搅拌站噪音扰民 晚上睡不着 -q >/dev/null
	done
	split complaint 8 搅拌站噪音扰民 晚上睡不着
	assert_equal "$(grep -c 'may repeat C' <<<"$stderr")" 5
	assert_stderr_contains 'C20261121-0008 may repeat 2 more: cs-decide similar C20261121-0008'
}

@test "a dry run names them and changes nothing" {
	complaint 1 搅拌站噪音扰民 晚上睡不着 -q >/dev/null
	split complaint 2 搅拌站噪音太大 晚上睡不着 -n
	assert_stdout -
	assert_stderr_contains '- may repeat C20261121-0001: 80 of 100'
	assert_equal "$(sqlite3 "$CS_DB" 'SELECT count(*) FROM ticket')" 1
}

@test "similar lists them, the likeliest first, reference first in every format" {
	three >/dev/null
	complaint 1 搅拌站 没有人管 -q >/dev/null
	split cs-decide similar C20261121-0003
	assert_status 0
	assert_stdout $'C20261121-0001\t80\tsame unit and category\t搅拌站噪音, 晚上睡不着\tregistered\t搅拌站噪音扰民\tC20261121-0003'
	assert_stderr ''
	split cs-decide similar C20261121-0004 --score 10 -f csv
	assert_line 0 ref,score,why,words,state,subject,of
	assert_line 1 'C20261121-0003,28,same unit and category,搅拌站,registered,搅拌站噪音太大,C20261121-0004'
	assert_line 2 'C20261121-0001,28,"same customer, same unit and category",搅拌站,registered,搅拌站噪音扰民,C20261121-0004'
	split cs-decide similar C20261121-0004 --score 10 --limit 1 -f jsonl
	assert_equal "$(jq -r .ref <<<"$output")" C20261121-0003
	assert_stderr 'cs-decide: C20261121-0004: 1 more reach the score (--limit)'
	split cs-decide similar C20261121-0004
	assert_status 0
	assert_stdout ''
	pipe 'cs-decide similar C20261121-0003 | cs-show - | grep -c kind'
	assert_stdout 1
}

@test "several tickets, from stdin too; what is missing is named" {
	three >/dev/null
	pipe 'printf "C20261121-0003\nC20261121-0002\n" | cs-decide similar -'
	assert_status 0
	assert_lines 1
	split cs-decide similar C20261121-0003 C20261121-0099
	assert_status 1
	assert_lines 1
	assert_stderr_contains 'no ticket C20261121-0099'
	refused 66 'no ticket C20261121-0099' cs-decide similar C20261121-0099
	refused 64 score cs-decide similar --score 0 C20261121-0003
	refused 64 score cs-decide similar --score 101 C20261121-0003
	refused 64 limit cs-decide similar --limit 501 C20261121-0003
	refused 64 '' cs-decide similar
}

rows() {
	printf '%s\n' source_key,kind,channel,category,unit,subject,body,customer,phone,opened_at \
		'K1,complaint,phone,env,p1,搅拌站噪音扰民,晚上睡不着,a,13900000001,2026-11-20 09:00' \
		'K2,request,phone,eng.leak,p1,漏水,厨房漏水,b,13900000002,2026-11-20 09:10' \
		'K3,complaint,phone,env,p1,搅拌站噪音太大,晚上睡不着,c,13900000003,2026-11-20 10:00' \
		'K4,complaint,phone,env,p1,停水,何时来水,d,13900000004,2026-11-20 11:00'
}

@test "an import compares only when it is asked to, and names line and reference" {
	rows | sed 's/,request,phone,eng.leak,/,inquiry,phone,svc.fees,/' >a.csv
	split cs-intake --csv a.csv --source desk
	assert_status 0
	assert_stderr 'cs-intake: a.csv: 4 new, 0 known, 0 updated, 0 refused'
	rows | sed 's/,request,phone,eng.leak,/,inquiry,phone,svc.fees,/; s/^K/L/' >b.csv
	split cs-intake --csv b.csv --source desk --similar
	assert_status 0
	assert_lines 4
	assert_stderr_contains 'b.csv:4: C20261120-0005 may repeat C20261120-0004: 80 of 100, same unit and category; 搅拌站噪音, 晚上睡不着'
	assert_stderr_contains 'b.csv:4: C20261120-0005 may repeat C20261120-0002: 100 of 100, same customer, same unit and category'
	assert_stderr_contains 'b.csv: 3 may repeat others'
	split cs-intake --csv b.csv --source desk --similar
	assert_stderr $'cs-intake: b.csv: 0 new, 4 known, 0 updated, 0 refused\ncs-intake: b.csv: 0 may repeat others'
}

@test "the same with --strict, once, and in a dry run; not for one ticket" {
	rows | sed 's/,request,phone,eng.leak,/,inquiry,phone,svc.fees,/' >a.csv
	split cs-intake --csv a.csv --source desk --similar -n
	assert_equal "$(grep -c 'a.csv:4: - may repeat' <<<"$stderr")" 1
	split cs-intake --csv a.csv --source desk --similar --strict
	assert_equal "$(grep -c 'a.csv:4: C20261120-0002 may repeat' <<<"$stderr")" 1
	refused 64 '--similar is for imports' cs-intake --kind inquiry --similar --body x
}

@test "rules that leave a number undecided compare nothing" {
	jq -n '{policy: "own", edition: "2026-11-21", extends: "property",
		params: {"similar.score": {value: null, source: "S3-4-7"}}}' >own.json
	CS_DB=own.db cs-init --rehearsal --policy own.json >/dev/null
	export CS_DB=own.db
	sh "$CS_ROOT/tests/data/company.sh"
	complaint 1 搅拌站噪音扰民 晚上睡不着 >/dev/null
	split complaint 1 搅拌站噪音扰民 晚上睡不着
	assert_status 0
	assert_stderr ''
	split cs-decide similar C20261121-0002
	assert_stdout ''
}

@test "measured on the labelled rows of an export: precision and recall at the shipped score" {
	need_real_data zhwz_subjects.csv
	split "$CS_BUILD/tests/bench/likeness" "$real" 3 "$CS_ROOT/tests/data/zhwz_pairs.csv"
	assert_status 0
	awk '$1 == 40 { exit !($2 >= 0.75 && $3 >= 0.8 && $4 >= 0.99 && $5 >= 0.98 && $6 >= 0.95) }' <<<"$output" || fail 'worse than it was'
}
