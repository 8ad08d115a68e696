# cs-intake --history and --map: what other systems exported, the real exports among them.
load helper

setup() {
	cs_setup
	export CS_NOW='2026-11-21 09:30'
	cs-init --rehearsal --seed t >/dev/null
}

one() {
	sqlite3 "$CS_DB" "$1"
}

local_time() {
	TZ=${2:-Asia/Shanghai} date -d "$1" +%s
}

old() {
	cs-intake --csv "$1" --source old --history "${@:2}"
}

@test "closing and step times become events at those times; needs are skipped, nothing follows" {
	cat >a.csv <<-'X'
		source_key,kind,body,opened_at,reply_at,reply_text,closed_at
		A,inquiry,x,2026-10-01 09:00,2026-10-02 10:00,so it is,2026-10-03 11:00
	X
	split old a.csv
	assert_status 0
	assert_stdout I20261001-0001
	assert_equal "$(one "SELECT step, at FROM event WHERE about = 'ticket' ORDER BY id")" "register|$(local_time '2026-10-01 09:00')
reply|$(local_time '2026-10-02 10:00')
close|$(local_time '2026-10-03 11:00')"
	assert_equal "$(one "SELECT state, imported, texts, done_at, closed_at FROM ticket")" \
		"closed|1|{\"reply_text\":\"so it is\"}|$(local_time '2026-10-02 10:00')|$(local_time '2026-10-03 11:00')"
	assert_equal "$(one 'SELECT count(*) FROM callback')$(one 'SELECT count(*) FROM notice')$(one 'SELECT count(*) FROM owed')" 000
}

@test "a closing time alone takes the shortest way to a closed state; the result goes with it; no clock is left running" {
	printf '%s\n' source_key,kind,body,opened_at,closed_at,result 'A,request,x,2026-10-01 09:00,2026-10-01 12:00,lamp changed' >a.csv
	old a.csv -q
	assert_equal "$(one "SELECT group_concat(step) FROM (SELECT step FROM event WHERE about = 'ticket' ORDER BY id)")" register,answer,close
	assert_equal "$(one 'SELECT texts, state FROM ticket')" '{"answer_text":"lamp changed"}|closed'
	assert_equal "$(one 'SELECT count(*) FROM clock WHERE verdict IS NULL OR next_at IS NOT NULL')" 0
	assert_equal "$(one 'SELECT count(*) FROM rung')" 0
}

@test "a state by its label is that state" {
	printf '%s\n' source_key,kind,body,opened_at,closed_at,state 'A,报事报修,x,2026-10-01 09:00,2026-10-01 12:00,已关闭' >a.csv
	old a.csv -q
	assert_equal "$(one 'SELECT kind, state FROM ticket')" 'request|closed'
}

@test "an open row records the highest crossed rung once, marked imported, and climbs from there" {
	cat >a.csv <<-'X'
		source_key,kind,body,opened_at
		A,request,x,2026-11-18 09:00
		B,request,x,2026-11-21 09:00
		C,request,x,2026-01-01 09:00
	X
	old a.csv -q
	# 3 d 0.5 h: past the day, 48 h and 72 h; 7 d and 15 d are to come.
	assert_equal "$(one "SELECT r.rung, r.imported, t.level, c.crossings FROM rung r JOIN ticket t ON t.id = r.ticket
		JOIN clock c ON c.ticket = t.id AND c.clock = 'resolve' WHERE t.opened_at = $(local_time '2026-11-18 09:00')" | sed 's/@[0-9]*//g')" \
		'esc_3|1|3|esc_4,esc_5'
	assert_equal "$(one 'SELECT count(*) FROM rung')" 2
	assert_equal "$(one "SELECT level FROM ticket WHERE opened_at = $(local_time '2026-01-01 09:00')")" 5
	assert_equal "$(one 'SELECT count(*) FROM notice')$(one 'SELECT count(*) FROM owed')" 00
	assert_equal "$(one "SELECT responsible = first FROM ticket LIMIT 1")" 1
}

@test "an imported due is the main clock's; an empty cell of a mapped due column says none" {
	cat >map.json <<-'X'
		{"source": "old", "history": true, "columns": {"source_key": "id", "opened_at": "in", "due_at": "due", "closed_at": "out"},
		 "constants": {"kind": "request"}}
	X
	cat >a.csv <<-'X'
		id,in,due,out,unused
		A,2026-10-01 09:00,2026-10-05 09:00,2026-10-05 09:00,
		B,2026-10-01 09:00,2026-10-05 09:00,2026-10-05 09:01,
		C,2026-10-01 09:00,,2026-10-09 09:01,
	X
	split cs-intake --csv a.csv --map map.json
	assert_status 0
	assert_equal "$(one 'SELECT due_at, late FROM ticket ORDER BY id')" "$(local_time '2026-10-05 09:00')|0
$(local_time '2026-10-05 09:00')|1
|0"
}

@test "scores become answers of call-backs made" {
	printf '%s\n' source_key,kind,body,opened_at,closed_at,score A,request,x,2026-10-01,2026-10-02,4 B,request,x,2026-10-01,,4 C,request,x,2026-10-01,2026-10-02,6 >a.csv
	split old a.csv
	assert_status 1
	assert_stderr_contains 'a.csv:3: byte 83: score: the matter has not come to an end'
	assert_stderr_contains 'a.csv:4: byte 109: score: 6 is not from 1 to 5'
	assert_equal "$(one 'SELECT state, score, done_at FROM callback')" "done|4|$(local_time 2026-10-02)"
}

@test "states and times must agree" {
	printf '%s\n' source_key,kind,opened_at,closed_at,state A,request,2026-10-01,,closed B,request,2026-10-01,2026-10-02,open \
		C,request,2026-10-01,2026-09-30, D,request,2026-10-01,,waiting_parts E,request,2026-10-01,,lost F,request,,, >a.csv
	split old a.csv
	assert_status 1
	assert_stderr_contains 'a.csv:2: byte 42: state closed, but there is no closing time'
	assert_stderr_contains 'state open, but there is a closing time'
	assert_stderr_contains "is before the ticket's last step"
	assert_stderr_contains "kind request has no state 'lost'"
	assert_stderr_contains 'opened_at: history needs the time when the matter came in'
	assert_lines 1
	assert_equal "$(one 'SELECT state, waits FROM ticket')" 'waiting_parts|supplier'
}

@test "--update: a row that was open and is now closed" {
	printf '%s\n' source_key,kind,opened_at,closed_at A,request,2026-10-01,2026-10-02 >b.csv
	printf '%s\n' source_key,kind,opened_at,closed_at A,request,2026-10-01, >a.csv
	old a.csv -q
	split old b.csv --update
	assert_status 0
	assert_stderr_contains '1 updated'
	assert_equal "$(one 'SELECT state, closed_at FROM ticket')" "closed|$(local_time 2026-10-02)"
	assert_equal "$(one 'SELECT count(*) FROM clock WHERE verdict IS NULL')" 0
}

@test "--update: since its import a row climbs as all others do, whether the night came or not" {
	local night
	# Past the day at the import; past 48 h and 72 h when it was closed, past 7 d when that is told.
	printf '%s\n' source_key,kind,opened_at,closed_at 'A,request,2026-11-20 09:00,' >a.csv
	printf '%s\n' source_key,kind,opened_at,closed_at 'A,request,2026-11-20 09:00,2026-11-23 12:00' >b.csv
	old a.csv -q
	for night in without with; do
		cp desk.db $night.db
		export CS_DB=$night.db CS_NOW='2026-11-28 00:30'
		[ $night = without ] || cs-escalate -q >/dev/null
		CS_NOW='2026-11-28 09:00' old b.csv --update -q
		assert_equal "$(one "SELECT rung, imported, moot, datetime(at, 'unixepoch', '+8 hours') FROM rung WHERE clock = 'resolve' ORDER BY at")" \
			"$(printf '%s\n' 'esc_1|1|0|2026-11-21 09:30:00' 'esc_2|0|0|2026-11-22 09:00:00' 'esc_3|0|0|2026-11-23 09:00:00' \
				'esc_4|0|1|2026-11-27 09:00:00')"
		assert_equal "$(one 'SELECT cause, waived_at IS NOT NULL FROM owed ORDER BY 1')" \
			"$(printf '%s\n' 'resolve/esc_2/1|1' 'resolve/esc_3/1|1' 'resolve/esc_4/1|1')"
		one 'SELECT * FROM clock ORDER BY clock, run' >$night.clocks
		one 'SELECT level, late, closed_at, responsible FROM ticket' >>$night.clocks
		cs-check >/dev/null
	done
	diff without.clocks with.clocks
}

@test "--update: what the added steps have crossed is past; nobody is told" {
	printf '%s\n' source_key,kind,opened_at,dispatch_at 'A,request,2026-11-21 09:00,' >a.csv
	printf '%s\n' source_key,kind,opened_at,dispatch_at 'A,request,2026-11-21 09:00,2026-11-21 09:05' >b.csv
	old a.csv -q
	export CS_NOW='2026-11-21 18:00' # the worker should have been there
	split old b.csv --update
	assert_status 0
	assert_equal "$(one "SELECT verdict IS NULL, breached, next_at IS NULL FROM clock WHERE clock = 'arrive'")" '1|1|1'
	split cs-escalate
	assert_stdout ''
	assert_equal "$(one 'SELECT count(*) FROM notice')" 0
	cs-check >/dev/null
}

@test "columns kept as they are stand in the private part" {
	cat >map.json <<-'X'
		{"source": "old", "constants": {"kind": "inquiry", "channel": "phone", "body": "see old system"},
		 "columns": {"source_key": "id"}, "keep": ["Bezirk"]}
	X
	printf 'id,Bezirk\n1,"Mitte, Nord"\n' >a.csv
	cs-intake --csv a.csv --map map.json -q
	assert_equal "$(one 'SELECT private FROM event ORDER BY id DESC LIMIT 1' | jq -r '.["extra.Bezirk"]')" 'Mitte, Nord'
}

@test "a map: delimiter, encoding, values with a default, several forms of times, the zone reads times only" {
	cat >map.json <<-'X'
		{"source": "old", "encoding": "gb18030", "delimiter": ";", "zone": "UTC", "times": ["%d.%m.%Y %H:%M", "%Y%m%d"],
		 "columns": {"kind": "类", "channel": "途径", "body": "说明", "opened_at": "时间"},
		 "values": {"kind": {"问": "inquiry", "*": "suggestion"}, "channel": {"热线": "phone"}}}
	X
	printf '类;途径;说明;时间\n问;热线;a;01.11.2026 08:00\n别;微信;b;20261102\n' | iconv -t gb18030 >a.csv
	split cs-intake --csv a.csv --map map.json
	assert_status 0
	assert_stdout $'I20261101-0001\nS20261102-0001'
	assert_equal "$(one 'SELECT channel, opened_at FROM ticket ORDER BY opened_at')" \
		"phone|$(local_time '2026-11-01 08:00' UTC)"$'\n'"wechat|$(local_time 2026-11-02 UTC)"
	printf '类;途径;说明;时间\n问;热线;a;1 Nov\n' | iconv -t gb18030 >a.csv
	refused 1 "时间: '1 Nov' fits none of the map's times" cs-intake --csv a.csv --map map.json
}

@test "a file that does not fit its map is unusable (65); a missing map is 66" {
	printf '{"source": "s", "columns": {"kind": "Art"}}' >map.json
	printf 'Typ,Text\nx,y\n' >a.csv
	refused 65 "a.csv: header: no heading 'Art', which the map names" cs-intake --csv a.csv --map map.json
	printf 'Art,Art\nx,y\n' >a.csv
	refused 65 "more than one heading 'Art'" cs-intake --csv a.csv --map map.json
	refused 66 none.json cs-intake --csv a.csv --map none.json
}

@test "history is the admin's" {
	one "INSERT INTO staff (id, login, name, joined_at) VALUES (7, 'wang', 'Wang', 0); DELETE FROM post"
	printf '%s\n' kind,opened_at inquiry,2026-10-01 >a.csv
	refused 77 admin old a.csv
	printf '{"source": "s", "history": true}' >map.json
	refused 77 admin cs-intake --csv a.csv --map map.json
}

baltimore() {
	cs-init -d b.db --rehearsal --policy "$CS_ROOT/tests/data/policies/baltimore.json" --now 2019-08-07 >/dev/null
	CS_DB=b.db CS_NOW=2019-08-07
}

@test "real data: Baltimore's requests" {
	need_real_data baltimore311_trim.csv
	baltimore
	split cs-intake --csv "$real" --map "$CS_ROOT/tests/data/maps/baltimore.json"
	assert_status 0
	assert_lines 2822
	assert_stderr_contains '2822 new, 0 known, 0 updated, 0 refused'
	assert_stderr_contains '1 local times are skipped by a clock change'
	# The figures are counted from the file itself: 460 closed after their due, 75 closed without one, 69 open.
	assert_equal "$(one "SELECT sum(late = 1), sum(closed_at IS NOT NULL AND due_at IS NULL), sum(closed_at IS NULL), count(*) FROM ticket")" \
		'460|75|69|2822'
	python3 - "$real" >want <<-'X'
		import csv, sys, datetime, zoneinfo
		ny = zoneinfo.ZoneInfo("America/New_York")
		def t(s):
		    if not s: return ""
		    d = datetime.datetime.strptime(s, "%m/%d/%Y %I:%M:%S %p").replace(tzinfo=ny)
		    return int(d.timestamp())
		rows = [(t(r["CreatedDate"]), t(r["DueDate"]), t(r["CloseDate"])) for r in csv.DictReader(open(sys.argv[1], encoding="utf-8-sig"))]
		for r in sorted(rows, key=lambda r: [str(x) for x in r]): print("|".join(str(x) for x in r))
	X
	one "SELECT opened_at, ifnull(due_at, ''), ifnull(closed_at, '') FROM ticket" | LC_ALL=C sort >got
	assert_equal "$(LC_ALL=C sort want | diff - got | head -5)" ''
	assert_equal "$(one 'SELECT count(*) FROM notice')$(one 'SELECT count(*) FROM owed')$(one 'SELECT count(*) FROM callback')" 000
	assert_equal "$(one 'SELECT count(*), count(DISTINCT ticket), min(imported) FROM rung')" '69|69|1'
	before=$(one 'SELECT count(*) FROM event')
	cs-intake --csv "$real" --map "$CS_ROOT/tests/data/maps/baltimore.json" -q >again
	assert_equal "$(cat again)" "$output" 'references of a second run'
	assert_equal "$(one 'SELECT count(*) FROM event')" "$before"
}

@test "real data: the messages of a city and their replies" {
	need_real_data zhwz_replies.csv
	split cs-intake --csv "$real" --map "$CS_ROOT/tests/data/maps/zhwz_replies.json"
	assert_status 0
	assert_stderr_contains '586 new, 0 known, 0 updated, 0 refused'
	assert_equal "$(one "SELECT state, count(*), count(DISTINCT customer) FROM ticket")" "answered|586|$(tail -n +2 "$real" | cut -d, -f2 | sort -u | wc -l)"
	# 2019/4/23 17:03:19 and 2019/5/9 9:51:30, without zeros.
	assert_equal "$(one "SELECT t.opened_at, t.done_at FROM ticket t JOIN intake_row i ON i.ticket = t.id WHERE i.key = '2574'")" \
		"$(local_time '2019-04-23 17:03:19')|$(local_time '2019-05-09 09:51:30')"
	need_real_data zhwz_subjects.csv
	split cs-intake --csv "$real" --map "$CS_ROOT/tests/data/maps/zhwz_subjects.json"
	assert_status 0
	assert_stderr_contains '1103 new, 0 known, 0 updated, 0 refused'
	assert_equal "$(one "SELECT count(*) FROM ticket WHERE kind = 'suggestion' AND state = 'registered'")" 1103
}
