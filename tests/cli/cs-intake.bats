# cs-intake: one ticket from options.
load helper

setup() {
	cs_setup
	export CS_NOW='2026-11-21 09:30'
	cs-init --rehearsal --seed t >/dev/null
}

request() {
	cs-intake --kind request --channel phone --body 'no light' --customer 'Li Si' --phone 13900000001 --premises 3-1-101 "$@"
}

# column NAME: of the last ticket.
column() {
	sqlite3 "$CS_DB" "SELECT ifnull($1, '') FROM ticket ORDER BY rowid DESC LIMIT 1"
}

# text NAME: from the private part of the last event.
text() {
	sqlite3 "$CS_DB" "SELECT private FROM event ORDER BY id DESC LIMIT 1" | jq -r --arg k "$1" '.[$k]'
}

@test "prints the reference of the ticket, numbered by kind and day" {
	split request
	assert_status 0
	assert_stdout R20261121-0001
	assert_stderr ''
	assert_equal "$(request)" R20261121-0002
	assert_equal "$(cs-intake --kind inquiry --channel phone --body x)" I20261121-0001
}

@test "what a clerk types is normalised: full-width digits, blanks, premises (S3-5-2)" {
	split cs-intake --kind request --channel phone --body 漏水 --customer ' 张 三 ' --phone '１３８ ００１３-８０００' --premises '3栋2单元501室'
	assert_status 0
	assert_equal "$(sqlite3 "$CS_DB" 'SELECT p.name, p.phone, h.address FROM person p, premises h')" '张三|13800138000|3-2-501'
}

@test "kind, channel, category and priority by id or by label in either language" {
	split cs-intake --kind 报事报修 --channel 电话 --category 渗漏水 --priority 紧急 --body x --phone 13900000001 --premises 1-1-1
	assert_status 0
	assert_equal "$(sqlite3 "$CS_DB" 'SELECT kind, channel, category, specialty, priority FROM ticket')" \
		'request|phone|eng.leak|engineering|urgent'
	split cs-intake --kind 'service request' --channel 'at the counter' --category 'leak or seepage' --body x --phone 1390000 --premises 1-1-1
	assert_status 0
	assert_equal "$(column channel)" counter
}

@test "the same phone is the same customer, another phone another one" {
	request >/dev/null
	request >/dev/null
	request --at '2026-11-21 09:00' --priority high >/dev/null
	cs-intake --kind request --body x --customer 'Li Si' --phone 13900000002 --premises 3-1-101 >/dev/null
	assert_equal "$(sqlite3 "$CS_DB" 'SELECT group_concat(customer) FROM (SELECT customer FROM ticket ORDER BY id)')" 1,1,1,2
}

@test "another name with a known phone: the ticket says who called, and nothing of it outlives the customer" {
	cs-intake --kind inquiry --channel phone --body x --customer c101 --phone 13700000101 >/dev/null
	split cs-intake --kind request --channel phone --body x --customer ' 李 四' --phone 13700000101 --premises 9-9-999
	assert_status 0
	assert_stderr 'cs-intake: customer 1 is known as c101; the ticket says who called: 李四'
	assert_equal "$(column customer)" 1
	assert_equal "$(sqlite3 "$CS_DB" 'SELECT name FROM person')" c101
	run cs-show -f text R20261121-0001
	assert_stdout_contains $'party\tcustomer\tc101\t\tphone 13700000101, gave the name 李四'
	run cs-show --form work-order R20261121-0001
	assert_stdout_contains 李四
	split cs-intake -q --kind inquiry --channel phone --body x --customer 王五 --phone 13700000101
	assert_stderr ''
	cs-check >/dev/null
	cs-customer erase --reason asked 1 >/dev/null
	cs-check >/dev/null
	assert_equal "$(sqlite3 "$CS_DB" 'SELECT count(name) FROM party')" 0
	assert_equal "$(cat "$CS_DB"* | grep -c 李四)" 0
}

@test "who called about premises by phone is known there without the phone" {
	cs-intake --kind request --channel phone --body x --customer 张三 --phone 13700000102 --premises 3-2-502 >/dev/null
	cs-intake --kind request --channel wechat --body x --customer 张三 --premises 3栋2单元502 >/dev/null
	assert_equal "$(sqlite3 "$CS_DB" 'SELECT count(*), max(phone) FROM person')" '1|13700000102'
}

@test "no name, phone or key: an unknown customer" {
	cs-intake --kind inquiry --channel phone --body x >/dev/null
	assert_equal "$(column customer)" ''
	assert_equal "$(sqlite3 "$CS_DB" 'SELECT count(*) FROM person')" 0
}

@test "--due is the due of the main clock, never of its rungs" {
	request --due '2026-11-25 12:00' >/dev/null
	assert_equal "$(sqlite3 "$CS_DB" "SELECT due_at, crossings FROM clock WHERE clock = 'resolve'" | sed 's/@[0-9]*//g')" \
		'1795579200|esc_1,esc_2,esc_3,due,esc_4,esc_5'
	assert_equal "$(column due_at)" 1795579200
	assert_equal "$(sqlite3 "$CS_DB" "SELECT count(*) FROM clock WHERE due_at = 1795579200")" 1
}

@test "--at says when it came in; the future is refused" {
	split request --at '2026-11-20 23:59'
	assert_stdout R20261120-0001
	refused 64 'lies in the future' request --at '2026-11-21 09:31'
	refused 64 '--at' request --at yesterday
}

@test "--set, --row and --evidence reach the ticket" {
	printf 'scan' >paper.txt
	split request --set urgent=yes --set appointment='2026-11-22 10:00' --note 'knows the dog' --evidence 'photo=paper.txt,signer=Li'
	assert_status 0
	assert_equal "$(column fields)" '{"appointment":1795312800,"urgent":1}'
	assert_equal "$(text note)" 'knows the dog'
	assert_equal "$(sqlite3 "$CS_DB" 'SELECT kind, signer, kept FROM evidence')" 'photo|Li|paper.txt'
	refused 64 "'colour' is not among the fields of request" request --set colour=red
	refused 64 'FIELD=VALUE' request --set urgent
	refused 64 'given twice' request --set urgent=yes --set urgent=no
	refused 64 'LIST:FIELD=VALUE' request --row fees
	refused 64 "'bills' is not among the lists of request; allowed: fees" request --row 'bills:line=1'
	refused 1 'does not take rows of fees' request --row 'fees:line=1,item=lamp,amount=12.50'
	refused 66 'nowhere.txt' request --evidence photo=nowhere.txt
	refused 64 'is not among the kinds of evidence; allowed: signature.owner,' request --evidence feather
}

@test "units by code or name; the accepting unit is the clerk's unless said" {
	sqlite3 "$CS_DB" "INSERT INTO unit (id, code, name, level) VALUES (1, 'p1', '阳光花园', 'project'), (2, 'p2', '月亮湾', 'project');
		UPDATE staff SET unit = 1; UPDATE meta SET org_version = org_version + 1"
	request --unit 阳光花园 --accepting p2 >/dev/null
	assert_equal "$(sqlite3 "$CS_DB" 'SELECT place, accepting FROM ticket')" '1|2'
	request --unit p2 >/dev/null
	assert_equal "$(sqlite3 "$CS_DB" 'SELECT place, accepting FROM ticket ORDER BY id DESC LIMIT 1')" '2|1'
	refused 64 "no unit 'p3'" request --unit p3
}

@test "the place of known premises is theirs" {
	sqlite3 "$CS_DB" "INSERT INTO unit (id, code, name, level) VALUES (1, 'p1', 'P', 'project');
		INSERT INTO premises (id, unit, address) VALUES (1, 1, '3-1-101'); UPDATE meta SET org_version = org_version + 1"
	request >/dev/null
	assert_equal "$(sqlite3 "$CS_DB" 'SELECT place, premises FROM ticket')" '1|1'
}

@test "what the step needs is asked for; nothing is left behind" {
	refused 1 'register needs phone' cs-intake --kind request --body x --customer Li --premises 1-1-1
	refused 1 'register needs premises' cs-intake --kind request --body x --customer Li --phone 13900000001
	refused 1 'register needs body' cs-intake --kind request --customer Li --phone 13900000001 --premises 1-1-1
	refused 1 'is no phone number' cs-intake --kind inquiry --channel phone --body x --customer Li --phone 138xxxx8000
	assert_equal "$(sqlite3 "$CS_DB" 'SELECT count(*) FROM ticket')" 0
	assert_equal "$(sqlite3 "$CS_DB" 'SELECT count(*) FROM person')" 0
	assert_equal "$(request)" R20261121-0001
}

@test "what does not exist is named, with what is near" {
	refused 64 "'requst' is not among the kinds; did you mean 'request'?" cs-intake --kind requst --body x
	refused 64 "--channel: 'fone' is not among the channels" cs-intake --kind inquiry --channel fone --body x
	refused 64 "--category: 'eng.leek'" cs-intake --kind inquiry --channel phone --category eng.leek --body x
	refused 64 "--priority:" cs-intake --kind inquiry --channel phone --priority top --body x
	refused 64 "--capacity: 'burglar' is not among the codes of capacity; allowed: owner," request --capacity burglar
	refused 64 '--kind KIND' cs-intake --body x
	refused 64 'is for imports' cs-intake --kind inquiry --source desk --body x
}

@test "--key: a call happens once" {
	split request --key call-1
	assert_stdout R20261121-0001
	split request --key call-1
	assert_status 0
	assert_stdout R20261121-0001
	assert_equal "$(sqlite3 "$CS_DB" 'SELECT count(*) FROM ticket')" 1
	refused 64 'was used on' request --key call-1 --priority high
}

@test "--dry-run prints - and changes nothing" {
	split request -n
	assert_status 0
	assert_stdout -
	assert_equal "$(sqlite3 "$CS_DB" 'SELECT count(*) FROM ticket')" 0
}

@test "formats" {
	split request -f json
	assert_equal "$(jq -r '.[0].reference' <<<"$output")" R20261121-0001
	split request -f csv
	assert_stdout $'reference\nR20261121-0002'
}

# recorded_at never decreases; a clock that is set back is not obeyed without a word.
@test "a present before the last event is not obeyed, and that is said; readers say it too" {
	request >/dev/null
	at_end=$(sqlite3 "$CS_DB" 'SELECT max(recorded_at) FROM event')
	split cs-intake --now '2026-11-21 09:00' --kind inquiry --channel phone --body x
	assert_status 0
	assert_equal "$(column opened_at)" "$at_end" opened
	assert_stderr 'cs-intake: --now (CS_NOW) 2026-11-21 09:00:00 lies before the last event, recorded 2026-11-21 09:30:00: that is taken as the present'
	assert_equal "$(sqlite3 "$CS_DB" 'SELECT max(recorded_at) FROM event')" "$at_end" recorded
	CS_NOW='2026-11-21 09:29:59' split cs-list
	assert_status 0
	assert_stderr 'cs-list: --now (CS_NOW) 2026-11-21 09:29:59 lies before the last event, recorded 2026-11-21 09:30:00: tickets are shown as they are since'
	CS_NOW='2026-11-21 09:29:59' split cs-list -q
	assert_stderr ''
	# The very second is not before.
	CS_NOW='2026-11-21 09:30:00' split cs-list
	assert_stderr ''
}

# "A date in a year without holiday data is a warning, never a silent guess." Shipped are 2020 to 2026; a complaint has five
# working days: from Thursday the 24th the last is Thursday the 31st, from Friday the 25th it is 1 January, a holiday.
@test "a due that is counted in a year without holiday data is remarked, and explained" {
	complaint() {
		split cs-intake --kind complaint --channel letter --category env.waste --body "$1" --customer 王芳 --phone 13800138000 --premises 3-2-501
	}
	export CS_NOW='2026-12-24 12:00'
	complaint noise
	assert_status 0
	assert_stderr ''
	assert_equal "$(cs-escalate --explain "$output" resolve -f csv | grep -c guessed)" 0
	export CS_NOW='2026-12-25 12:00'
	complaint smell
	assert_status 0
	assert_stderr 'cs-intake: clock resolve: the holidays of 2027 are not known: their days count by the week alone (see cs-policy load --reclock)'
	split cs-escalate --explain "$output" resolve
	assert_stdout_contains $'resolve\tguessed\t\t\t\tthe holidays of 2027 are not known'
	# A request has no working days: the coming midnight, hours.
	export CS_NOW='2026-12-31 12:00'
	split request
	assert_stderr ''
}

@test "text that is not UTF-8 is refused" {
	refused 64 'not UTF-8' cs-intake --kind inquiry --channel phone --body $'\xC4\xE3'
}

@test "no database, no reader of the output, a locked database" {
	CS_DB=none.db refused 66 'none.db' request
	run -74 bash -c 'cs-intake --kind inquiry --channel phone --body x >/dev/full'
	assert_equal "$(sqlite3 "$CS_DB" 'SELECT count(*) FROM ticket')" 1
}

@test "--as is for the admin, and stands in the event beside the real login" {
	sqlite3 "$CS_DB" "INSERT INTO staff (id, login, name, joined_at) VALUES (7, 'wang', 'Wang', 0); UPDATE meta SET org_version = org_version + 1"
	request --as wang >/dev/null
	assert_equal "$(sqlite3 "$CS_DB" "SELECT actor, login FROM event ORDER BY id DESC LIMIT 1")" "7|$(id -un)"
	assert_equal "$(column first)" 7
	refused 77 'not on the staff' request --as nobody-here
}

@test "faulty databases, an output that takes nothing, a locked desk" {
	load faults
	reader_faults cs-intake --kind inquiry --channel phone --body x
	locked cs-intake --kind inquiry --channel phone --body x
	rm -f lock held
	printf '%s\n' kind,channel,body inquiry,phone,x >a.csv
	locked cs-intake --csv a.csv --source desk
}
