# cs-intake --csv and --jsonl: many tickets from a file.
load helper

setup() {
	cs_setup
	export CS_NOW='2026-11-21 09:30'
	cs-init --rehearsal --seed t >/dev/null
}

count() {
	sqlite3 "$CS_DB" "SELECT count(*) FROM ${1:-ticket}"
}

one() {
	sqlite3 "$CS_DB" "$1"
}

HEAD=source_key,kind,channel,subject,body,phone,premises,opened_at
two() {
	printf '%s\n' $HEAD K1,request,phone,lamp,no\ light,13900000001,1-1-101,'2026-11-20 09:00' \
		K2,inquiry,wechat,fee,how\ much,,,'2026-11-20 10:00'
}

import() {
	cs-intake --csv "$1" --source desk "${@:2}"
}

@test "English headings: every row's reference, in order" {
	two >a.csv
	split import a.csv
	assert_status 0
	assert_stdout $'R20261120-0001\nI20261120-0001'
	assert_stderr 'cs-intake: a.csv: 2 new, 0 known, 0 updated, 0 refused'
	split import a.csv -q
	assert_stderr ''
}

@test "Chinese headings, labels as values, values of a field and of a step" {
	cat >a.csv <<-'X'
		编号,种类,渠道,主题,内容,电话,房号,受理时间,紧急,答复时间,答复内容
		K1,报事报修,电话,漏水,厨房漏水,１３９００００１１１１,3栋2单元501,2026-11-20 09:00,是,,
		K2,咨询,微信,收费,物业费,,,2026-11-20 10:00,,2026-11-20 11:00,每平米两元
	X
	split import a.csv
	assert_status 0
	assert_equal "$(one "SELECT kind, state, channel, fields, subject FROM ticket ORDER BY opened_at")" \
		$'request|registered|phone|{"urgent":1}|漏水\ninquiry|answered|wechat||收费'
	assert_equal "$(one "SELECT texts FROM ticket WHERE kind = 'inquiry'")" '{"reply_text":"每平米两元"}'
	assert_equal "$(one "SELECT phone, address FROM person, premises")" '13900001111|3-2-501'
}

@test "live: as if each row were typed, with all needs and rungs" {
	two | sed 's/,1-1-101,/,,/' >a.csv
	split import a.csv
	assert_status 1
	assert_stdout I20261120-0001
	assert_stderr_contains 'a.csv:2: byte 62: register needs premises (column premises)'
	assert_equal "$(one "SELECT imported, state FROM ticket")" '0|registered'
	assert_equal "$(count rung)" 0
	two >b.csv
	import b.csv -q
	assert_equal "$(one "SELECT count(*) FROM clock WHERE next_at IS NOT NULL AND verdict IS NULL")" 4
}

@test "live: a step the row has a time for is taken under the rules" {
	printf '%s\n' source_key,kind,channel,body,opened_at,reply_at A,inquiry,phone,x,2026-11-20,2026-11-20\ 10:00 >a.csv
	split import a.csv
	assert_status 1
	assert_stderr_contains 'reply needs reply_text'
	assert_equal "$(count)" 0
}

@test "live: a row that says when it was dispatched goes where the rules send it, and is refused where they send it nowhere" {
	cs-org add -q unit p1 --name 花园 --level project >/dev/null
	cs-org add -q unit p1.engineering --name 工程部 --level department --parent p1 --function engineering >/dev/null
	cat >a.csv <<-'X'
		编号,种类,渠道,类别,内容,电话,房号,项目,登记时间,派单时间
		K1,报事报修,电话,给水,漏水,13900001111,1-1-1,p1,2026-11-20 09:00,2026-11-20 09:04
		K2,报事报修,电话,绿化,树枝,13900001112,1-1-2,p1,2026-11-20 09:00,2026-11-20 09:04
	X
	split import a.csv
	assert_status 1
	assert_stdout R20261120-0001
	assert_stderr_contains 'the rules name no one for category env.green'
	assert_equal "$(one "SELECT t.state, u.code FROM ticket t JOIN unit u ON u.id = t.handling")" 'dispatched|p1.engineering'
	assert_equal "$(one "SELECT verdict FROM clock WHERE clock = 'dispatch'")" met
}

@test "the same file again: the same references, nothing twice" {
	two >a.csv
	first=$(import a.csv -q)
	events=$(count event)
	split import a.csv
	assert_status 0
	assert_stdout "$first"
	assert_stderr_contains '0 new, 2 known'
	assert_equal "$(count)" 2
	assert_equal "$(count event)" "$events"
}

@test "an interrupted import is run again: missing rows are added" {
	two >a.csv
	head -2 a.csv >part.csv
	import part.csv -q
	split import a.csv
	assert_stdout $'R20261120-0001\nI20261120-0001'
	assert_stderr_contains '1 new, 1 known'
}

@test "a key of a source makes one ticket; another source has other keys" {
	two >a.csv
	import a.csv -q
	split cs-intake --csv a.csv --source other
	assert_stdout $'R20261120-0002\nI20261120-0002'
	two >b.csv
	tail -1 a.csv >>b.csv
	split import b.csv
	assert_stdout $'R20261120-0001\nI20261120-0001\nI20261120-0001'
}

@test "a known key with other content is refused" {
	two >a.csv
	import a.csv -q
	sed 's/how much/how little/' a.csv >b.csv
	split import b.csv
	assert_status 1
	assert_stdout R20261120-0001
	assert_stderr_contains 'b.csv:3: byte 130: changed since imported as I20261120-0001 (--update adds the later steps of a row)'
}

@test "--update adds the later steps that a row now has, and nothing else" {
	printf '%s\n' source_key,kind,channel,body,opened_at,reply_at,reply_text A,inquiry,phone,x,2026-11-20,, >a.csv
	import a.csv -q
	printf '%s\n' source_key,kind,channel,body,opened_at,reply_at,reply_text A,inquiry,phone,x,2026-11-20,2026-11-20\ 10:00,done >b.csv
	refused 1 'changed since' import b.csv
	split import b.csv --update
	assert_status 0
	assert_stdout I20261120-0001
	assert_stderr_contains '0 new, 0 known and unchanged, 1 updated'
	assert_equal "$(one "SELECT state, texts FROM ticket")" 'answered|{"reply_text":"done"}'
	split import b.csv --update
	assert_stderr_contains '0 new, 1 known and unchanged, 0 updated'
	assert_equal "$(one "SELECT count(*) FROM event WHERE step = 'reply'")" 1
	sed 's/,x,/,y,/' b.csv >c.csv
	split import c.csv --update
	assert_status 1
	assert_stderr_contains 'what was registered differs'
	sed 's/,done/,over/' b.csv >c.csv
	split import c.csv --update
	assert_status 1
	assert_stderr_contains 'has no later step to add'
}

@test "--update needs keys" {
	printf '%s\n' kind,channel,body inquiry,phone,x >a.csv
	refused 64 'source_key' import a.csv --update
}

@test "without keys: equal rows are told apart by their order, and not doubled by a second run" {
	printf '%s\n' kind,channel,body inquiry,phone,x inquiry,phone,y inquiry,phone,x inquiry,phone,x >a.csv
	split import a.csv
	assert_stdout $'I20261121-0001\nI20261121-0002\nI20261121-0003\nI20261121-0004'
	split import a.csv
	assert_stdout $'I20261121-0001\nI20261121-0002\nI20261121-0003\nI20261121-0004'
	printf 'inquiry,phone,x\n%.0s' 1 2 3 4 5 >>a.csv
	split import a.csv
	assert_equal "$(sort -u <<<"$output" | wc -l)" 9
	assert_equal "$(count)" 9
}

@test "--source is asked for" {
	two >a.csv
	refused 64 '--source NAME' cs-intake --csv a.csv
}

@test "an unusable header changes nothing (65)" {
	printf '%s\n' kind,chanel x,y >a.csv
	refused 65 "a.csv: header: there is no column 'chanel'; did you mean 'channel'?" import a.csv
	printf '%s\n' subject,body x,y >a.csv
	refused 65 "column 'kind' is missing" import a.csv
	printf '%s\n' 'Report of today' '' kind,body >a.csv
	refused 65 'is the first line the header' import a.csv
	printf '%s\n' kind,body,kind >a.csv
	refused 65 "column 3 is 'kind' once more" import a.csv
	printf '%s\n' kind,,body >a.csv
	refused 65 'column 2 has no heading' import a.csv
	printf 'kind,body' >a.csv
	refused 65 'the file ends in it' import a.csv
	: >a.csv
	refused 65 'the file is empty' import a.csv
	printf '种类,内容\n' | iconv -t gb18030 >a.csv
	refused 65 'is it another encoding?' import a.csv
	assert_equal "$(count intake_run)" 0
}

@test "--encoding: GB18030 with four-byte characters; a BOM is dropped; unknown names are 64" {
	printf '种类,渠道,内容\n咨询,电话,\xF0\xA0\x80\x80物业费\n' | iconv -t gb18030 >a.csv
	split import a.csv --encoding gb18030
	assert_status 0
	assert_equal "$(one "SELECT private LIKE '%𠀀物业费%' FROM event ORDER BY id DESC LIMIT 1")" 1
	printf '\xEF\xBB\xBFkind,channel,body\r\ninquiry,phone,x\r\n' >b.csv
	split import b.csv
	assert_status 0
	refused 64 'klingon' import a.csv --encoding klingon
}

# Each fault: a row refused with file, line, byte and reason; the good rows before and behind it are taken in.
fault() {
	split import a.csv
	assert_status 1
	assert_stderr_contains "$1"
	assert_lines "${2:-2}"
}

@test "bad rows are refused alone: cells, NUL, bare CR, quotes, length, encoding, cut" {
	good=inquiry,phone,x
	printf 'kind,channel,body\n%s\na,b\n%s\n' $good $good >a.csv
	fault 'a.csv:3: byte 34: 2 cells, the header has 3'
	printf 'kind,channel,body\n%s\ninquiry,phone,a\0b\n%s\n' $good $good >a.csv
	fault 'a.csv:3: byte 34: byte 49 is NUL'
	printf 'kind,channel,body\n%s\ninquiry,phone,a\rb\n%s\n' $good $good >a.csv
	fault 'a.csv:3: byte 34: line 3: a carriage return without newline'
	printf 'kind,channel,body\n%s\ninquiry,phone,a"b\n%s\n' $good $good >a.csv
	fault 'a quote inside a field'
	printf 'kind,channel,body\n%s\ninquiry,phone,\xC4\xE3\n%s\n' $good $good >a.csv
	fault 'a.csv:3: byte 34: byte 48 (0xc4) is not UTF-8'
	{ printf 'kind,channel,body\n%s\ninquiry,phone,' $good; head -c 1048577 /dev/zero | tr '\0' x; printf '\n%s\n' $good; } >a.csv
	fault 'a field of more than 1 MiB'
	printf 'kind,channel,body\n%s\n%s\ninquiry,pho' $good $good >a.csv
	fault 'a.csv:4: byte 50: the file ends here without a newline; was it cut?'
	printf 'kind,channel,body\n%s\n%s\ninquiry,phone,"x\n%s\n' $good $good $good >a.csv
	fault 'never ends'
}

@test "values that cannot be used are named with their column" {
	row() { printf '%s\n' "$1" "$2" >a.csv; }
	row kind,channel,body nothing,phone,x
	fault "kind: 'nothing' is not among the kinds" 0
	row kind,channel,body ,phone,x
	fault 'kind: not given' 0
	row kind,channel,body,opened_at inquiry,phone,x,2026-13-01
	fault 'a.csv:2: byte 28: opened_at:' 0
	row kind,channel,body,opened_at inquiry,phone,x,2026-11-22
	fault 'lies in the future' 0
	row kind,channel,body,unit inquiry,phone,x,p9
	fault "unit: no unit 'p9'" 0
	row kind,channel,body,score inquiry,phone,x,high
	fault "score: 'high' is no whole number" 0
	row kind,channel,body,score inquiry,phone,x,5
	fault 'cs-callback record' 0
	row kind,channel,body,affects_life inquiry,phone,x,yes
	fault "kind inquiry has no field 'affects_life'" 0
	row kind,channel,body,finish_at inquiry,phone,x,2026-11-20
	fault 'finish_at: kind inquiry has no such step' 0
}

@test "--rejects: the refused rows with line, byte and reason; mended, they can be taken in" {
	two | sed 's/,1-1-101,/,,/' >a.csv
	printf 'K3,inquiry,phone,"a"b,x,,,\nK4,inquiry\n' >>a.csv
	split import a.csv --rejects r.csv --dry-run
	assert_status 1
	[ ! -e r.csv ] || fail 'a dry run leaves nothing that would stand in the way of the run'
	split import a.csv --rejects r.csv
	assert_status 1
	assert_equal "$(head -2 r.csv)" \
		"reject_line,reject_byte,reject_reason,$HEAD"$'\n''2,62,register needs premises (column premises),K1,request,phone,lamp,no light,13900000001,,2026-11-20 09:00'
	assert_equal "$(sed -n 3p r.csv | cut -d, -f4-)" '"K3,inquiry,phone,""a""b,x,,,"'
	assert_equal "$(sed -n 4p r.csv)" '5,200,"2 cells, the header has 8",K4,inquiry'
	split import r.csv --rejects again.csv
	assert_status 1
	assert_equal "$(head -1 again.csv)" "$(head -1 r.csv)"
	assert_equal "$(cut -d, -f4- again.csv | sed 1d | head -1)" "$(cut -d, -f4- r.csv | sed -n 2p)"
	sed -i '2s/13900000001,,/13900000001,1-1-101,/;3,4d' r.csv
	split import r.csv
	assert_status 0
	assert_stdout R20261120-0001
	refused 74 '/nowhere/r.csv' import a.csv --rejects /nowhere/r.csv
}

@test "--rejects writes over nothing, the input least of all; without rejects there is no file" {
	two >a.csv
	cp a.csv before.csv
	refused 64 'a.csv: there is such a file; it is not written over' import a.csv --rejects a.csv
	cmp a.csv before.csv
	assert_equal "$(count)" 0
	ln -s a.csv link.csv
	refused 64 'it is not written over' import a.csv --rejects link.csv
	split import a.csv --rejects r.csv
	assert_status 0
	[ ! -e r.csv ] || fail 'an empty file of rejects'
}

@test "--rejects are in the encoding of the input, and the same map takes them in" {
	printf '%s\n' '{"source": "old", "encoding": "gb18030", "delimiter": ";", "columns": {"kind": "类", "body": "文", "source_key": "号"}, "constants": {"channel": "phone"}}' >map.json
	printf '号;类;文\n1;咨询;停车\n2;资讯;物业费\n' | iconv -t gb18030 >a.csv
	split cs-intake --csv a.csv --map map.json --rejects r.csv
	assert_status 1
	iconv -f gb18030 -t utf-8 r.csv | sed 's/资讯;/咨询;/' | iconv -t gb18030 >mended.csv
	split cs-intake --csv mended.csv --map map.json
	assert_status 0
	assert_stdout I20261121-0002
	assert_equal "$(one 'SELECT private FROM event ORDER BY id DESC LIMIT 1' | jq -r .body)" 物业费
}

@test "--strict: all or nothing, whatever refuses a row; also from a pipe" {
	two >a.csv
	split import a.csv --strict
	assert_status 0
	assert_lines 2
	two | sed 's/K1/L1/;s/K2/L2/;s/wechat/smoke/' >b.csv
	refused 1 'nothing was taken in' import b.csv --strict
	two | sed 's/K1/L1/;s/K2/L2/;s/,1-1-101,/,,/' >b.csv
	refused 1 'nothing was taken in' import b.csv --strict
	assert_equal "$(count)" 2
	two | sed 's/K/M/' >c.csv
	pipe 'cat c.csv | cs-intake --csv - --source desk --strict'
	assert_lines 2
	assert_equal "$(count)" 4
	cs-check >/dev/null
}

@test "--strict names every fault there is, as without it, each once" {
	two >a.csv
	printf '%s\n' K3,request,smoke,x,x,1390000,1-1-1, K4,request,phone,x,x,1390000,, K5,inquiry,phone,x,x,,,2027-01-01 \
		K6,inquiry,phone,x,x,12,, K1,request,phone,other,x,13900000001,1-1-101,'2026-11-20 09:00' K8 >>a.csv
	split import a.csv -n
	assert_status 1
	grep 'byte' <<<"$stderr" >wanted
	assert_equal "$(wc -l <wanted)" 6
	split import a.csv --strict
	assert_status 1
	assert_equal "$(grep byte <<<"$stderr")" "$(cat wanted)"
	assert_equal "$(count)$(count intake_run)" 00
	split import a.csv
	assert_equal "$(grep byte <<<"$stderr")" "$(cat wanted)"
}

@test "--dry-run: what would be refused, and - for what would be new" {
	two >a.csv
	head -2 a.csv >one.csv
	import one.csv -q
	split import a.csv -n
	assert_stdout $'R20261120-0001\n-'
	assert_equal "$(count)" 1
	assert_equal "$(count intake_row)" 1
	printf '%s\n' K2,inquiry,wechat,fee,how\ much,,,'2026-11-20 10:00' K2,inquiry,wechat,fee,less,,, >>a.csv
	split import a.csv -n
	assert_status 1
	assert_stdout $'R20261120-0001\n-\n-'
	assert_stderr_contains 'a.csv:5: byte 230: another row of this import has the key and says something else'
}

@test "a dry run that waits for its input lets others at the desk" {
	mkfifo pipe
	import pipe -n >out 2>err &
	exec 9>pipe
	printf '%s\n' "$HEAD" K9,inquiry,wechat,fee,how\ much,,,'2026-11-20 10:00' >&9
	split env CS_BUSY_MS=500 cs-intake --kind inquiry --channel phone --body x
	assert_status 0
	exec 9>&-
	wait $!
	assert_equal "$(cat out)" -
}

@test "a due time before it came in is refused, of history taken" {
	printf 'kind,channel,body,opened_at,due_at\ninquiry,phone,x,2026-11-20 10:00,2026-11-20 09:59\n' >a.csv
	refused 1 'a.csv:2: byte 35: due: 2026-11-20 09:59:00 lies before 2026-11-20 10:00:00, when it came in' import a.csv
	refused 1 'due: 2026-11-20 09:00:00 lies before' cs-intake --kind inquiry --channel phone --body x --due '2026-11-20 09:00'
	split import a.csv --history
	assert_status 0
	sed 's/09:59/10:00/' a.csv >b.csv
	split import b.csv
	assert_status 0
}

@test "what is wrong with a header or a time says what would be right" {
	refused 65 'there is no column' import - <<<'kind;channel;body'
	assert_stderr_contains 'divided by commas'
	refused 65 "there is no column 'colour' (there are source_key, kind, channel" import - <<<'kind,colour'
	printf 'kind,channel,body,opened_at\ninquiry,phone,x,2026/10/8 9:10\n' >a.csv
	refused 1 "'2026/10/8 9:10' is no time" import a.csv
	assert_stderr_contains "a map's word times reads other forms"
}

@test "columns are named as the file has them; those it lacks in the writing of its headings" {
	printf '类型,渠道,类别,姓名,电话,内容\n报事报修,电话,渗漏水,张三,13900000001,漏\n留言转告,电话,,李,13900000002,x\n报事报修,电化,,张三,13900000001,漏\n' >a.csv
	split import a.csv
	assert_status 1
	assert_stderr_contains 'a.csv:2: byte 42: register needs premises (column 房号)'
	assert_stderr_contains 'a.csv:3: byte 95: register needs wanted (column 被找人)'
	assert_stderr_contains "a.csv:4: byte 134: 渠道: '电化' is not among the channels; did you mean '电话' (phone)?"
	printf '类型,渠道,房号,来电时间,评分\n报事报修,电话,1-1-101,昨天,\n报事报修,电话,1-1-101,２０２６-１１-０１,\n' >a.csv
	split import a.csv
	assert_stderr_contains "a.csv:2: byte 41: 来电时间: '昨天' is no time"
	assert_stderr_contains 'register needs party (column 客户 or 电话), phone (column 电话), body (column 内容)' # the time was read
	refused 65 "there is no column '渠到'; did you mean '渠道'?" import - <<<'种类,渠到'
	refused 65 "there is no column '颜色的' (there are 编号, 种类, 渠道," import - <<<'种类,颜色的'
}

@test "capacity is a column" {
	printf 'kind,channel,body,客户姓名,电话,房号,身份\nrequest,phone,x,Li,13900000001,1-1-101,owner\nrequest,phone,x,Li,13900000001,1-1-101,king\n' >a.csv
	split import a.csv
	assert_status 1
	assert_stderr_contains "king"
	assert_equal "$(one 'SELECT capacity FROM party')" owner
	assert_equal "$(one 'SELECT capacity FROM tenure')" owner
}

@test "from a pipe, and into one" {
	two >a.csv
	pipe 'cs-intake --csv - --source desk <a.csv | cut -c1'
	assert_stdout $'R\nI'
	assert_stderr_contains 'stdin: 2 new'
}

@test "a closed output: the work is finished, and it says how much was committed (74)" {
	two >a.csv
	run -74 --separate-stderr bash -c 'cs-intake --csv a.csv --source desk >/dev/full'
	assert_stderr_contains '2 rows are committed'
	assert_equal "$(count)" 2
	{ two | head -1; for i in {1..3000}; do echo "X$i,inquiry,phone,s,b,,,2026-11-20"; done; } >b.csv
	run bash -c 'cs-intake --csv b.csv --source desk -q | head -1; exit ${PIPESTATUS[0]}'
	assert_equal "$(count)" 3002
}

@test "SIGINT that the caller ignored stays ignored" {
	{ two | head -1; for i in {1..20000}; do echo "X$i,inquiry,phone,s,b,,,2026-11-20"; done; } >b.csv
	(trap '' INT; exec cs-intake --csv b.csv --source desk) >refs 2>err &
	pid=$!
	until [ -s refs ]; do :; done
	kill -INT $pid
	status=0
	wait $pid || status=$?
	assert_equal "$status" 0
	assert_equal "$(count)" 20000
}

@test "nobody waits for the reader of the rejects" {
	{ two | head -1; for i in {1..8000}; do echo "X$i,wish,phone,s,b,,,2026-11-20"; done; } >b.csv
	mkfifo rejects
	exec 9<>rejects # there, but reads nothing
	cs-intake --csv b.csv --source desk --rejects rejects 2>err 9>&- &
	pid=$!
	# What is said about a batch is said when its lock is given back, and before its rows are written.
	for ((i = 0; i < 600; i++)); do
		[ ! -s err ] || break
		read -r -t 0.05 <> <(:) || true
	done
	[ -s err ] || fail 'the lock is held while the rejects are written'
	split env CS_BUSY_MS=2000 cs-intake --kind inquiry --channel phone --body x
	assert_status 0
	exec 8<rejects 9>&-
	cat <&8 >rows # read at last
	exec 8<&-
	status=0
	wait $pid || status=$?
	assert_equal "$status" 1
	assert_equal "$(wc -l <rows)" 8001
}

@test "SIGTERM ends after the batch in hand; run again, the same command goes on from there" {
	{ two | head -1; echo X0,wish,phone,s,b,,,2026-11-20; for i in {1..60000}; do echo "X$i,inquiry,phone,s,b,,,2026-11-20"; done; } >b.csv
	cs-intake --csv b.csv --source desk --rejects r.csv >refs 2>err &
	pid=$!
	until [ -s refs ]; do :; done
	kill -TERM $pid
	status=0
	wait $pid || status=$?
	assert_equal "$status" 75
	grep -q 'ended by a signal' err
	grep -q 'the same command goes on from there' err
	printed=$(wc -l <refs)
	[ "$printed" -gt 0 ] && [ "$printed" -lt 60000 ]
	assert_equal "$(count)" "$printed" 'tickets for references printed'
	assert_equal "$(ls r.csv* 2>/dev/null)" '' 'rejects of an import that did not come to its end'
	import b.csv -q --rejects r.csv >again || status=$?
	assert_equal "$status" 1
	assert_equal "$(sed 1d r.csv | grep -o ',X0,.*')" ',X0,wish,phone,s,b,,,2026-11-20' rejects
	assert_equal "$(count)" 60000
	assert_equal "$(head -"$printed" again | cmp - refs && echo same)" same
}

@test "JSON lines: standard names, numbers and booleans as values, faults by line" {
	cat >a.jsonl <<-'X'
		{"source_key":"1","kind":"inquiry","channel":"phone","body":"x","urgent":true}
		{"kind":"咨询","编号":2,"channel":"电话","body":"y","subject":null}

		{"kind":"inquiry","channel":"phone","body":["x"]}
		{"kind":"inquiry","colour":"red"}
		["kind"]
		{"kind":"inquiry"
	X
	split cs-intake --jsonl a.jsonl --source j
	assert_status 1
	assert_stdout $'I20261121-0001\nI20261121-0002'
	assert_stderr_contains 'a.jsonl:4: byte 154: body: a list or object, wanted: one value'
	assert_stderr_contains "a.jsonl:5: byte 204: there is no column 'colour'"
	assert_stderr_contains 'a.jsonl:6: byte 238: list, wanted: an object'
	assert_stderr_contains 'a.jsonl:7: byte 247: column '
	assert_equal "$(one 'SELECT fields FROM ticket ORDER BY id LIMIT 1')" '{"urgent":1}'
	split cs-intake --jsonl a.jsonl --source j --rejects r.jsonl
	assert_equal "$(jq -c '[.reject_line, .kind]' r.jsonl | tr -d '\n')" '[4,"inquiry"][5,"inquiry"][6,null][7,null]'
	assert_equal "$(jq -r '.reject_text // empty' r.jsonl | tr -d '\n')" '["kind"]{"kind":"inquiry"'
	jq -c '.body = "z" | del(.colour) | .kind = "inquiry" | .channel = "phone"' r.jsonl >mended.jsonl
	split cs-intake --jsonl mended.jsonl --source j
	assert_status 0
	assert_lines 4
	refused 64 'are for --csv' cs-intake --jsonl a.jsonl --source j --encoding gbk
}

@test "options that do not go together" {
	two >a.csv
	refused 64 'one of them' import a.csv --jsonl b
	refused 64 '--at is for one ticket' import a.csv --at 2026-11-20
	refused 64 '--key is for one ticket' import a.csv --key k
	refused 64 '--kind describes one ticket' import a.csv --kind request
	refused 66 'none.csv' import none.csv
	refused 74 '.:' import .
}

@test "a typed time that comes twice is an error, a read one is counted" {
	cs-init -d ny.db --rehearsal --policy "$CS_ROOT/tests/data/policies/baltimore.json" >/dev/null
	printf '%s\n' kind,channel,body,opened_at inquiry,phone,x,'2026-11-01 01:30' inquiry,phone,x,'2026-03-08 02:30' >a.csv
	split cs-intake -d ny.db --csv a.csv --source d
	assert_status 0
	assert_stderr_contains '1 local times come twice'
	assert_stderr_contains '1 local times are skipped'
	assert_equal "$(CS_DB=ny.db sqlite3 ny.db "SELECT group_concat(opened_at) FROM (SELECT opened_at FROM ticket ORDER BY id)")" \
		"$(TZ=America/New_York date -d '2026-03-08 03:30' +%s),$(TZ=UTC date -d '2026-11-01 05:30' +%s)"
}
