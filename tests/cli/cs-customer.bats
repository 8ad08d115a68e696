#!/usr/bin/env bats
# cs-customer: who is who, tiers and premises, import and export, erasure.
load helper
load faults

setup() {
	cs_setup
	make_desk
	cs-org add unit hq --name 总部 --level hq >/dev/null
	cs-org add unit p1 --name 阳光花园 --level project --parent hq >/dev/null
}

# wang: customer 1, li: customer 2 (no phone), both at 3-2-501.
make_customers() {
	cs-customer add --name 王芳 --phone '138 0013 8000' --premises 3栋2单元501 --unit p1 --capacity owner --tier gold --weight important \
		--manager "$(id -un)"
	cs-customer add --name 李强 --premises 3-2-501 --unit p1 --capacity tenant --from 2026-01-01
} >/dev/null

@test "the same customer: by key, phone, name and premises" {
	while IFS='|' read -r want args; do
		eval "split cs-customer add $args"
		assert_status 0
		assert_equal "$output" "$want" "$args"
	done <<-'EOF'
		1|--name 王芳 --phone '138 0013 8000'
		1|--name 王先生 --phone '+86 138-0013-8000'
		1|--phone １３８００１３８０００
		2|--name 王芳 --phone 13900139000
		3|--name 李强 --premises 3栋2单元501 --unit p1
		3|--name 李强 --premises 3#2-501室 --unit p1
		4|--name 李强 --premises 3-2-502 --unit p1
		5|--source crm --customer-key K1 --phone 13700137000
		5|--source crm --customer-key K1 --name 赵敏
		6|--source crm --customer-key K2 --phone 13700137000
	EOF
	split cs-customer add --phone 13800138000
	assert_stderr_contains 'customer 1 was known'
	split cs-customer add -q --phone 13800138000
	assert_stderr ''
}

@test "tier, weight and capacity go by their labels" {
	split cs-customer add --phone 13800138000 --premises 1-1 --capacity 业主 --tier 金牌 --weight 'important customer'
	assert_status 0
	assert_equal "$(sqlite3 "$CS_DB" 'SELECT tier, weight, capacity FROM person JOIN tenure ON person = person.id')" 'gold|important|owner'
}

@test "add refuses what is no customer" {
	refused 1 'needs a name, a phone or a key' cs-customer add
	refused 1 'is no phone number' cs-customer add --name x --phone '138****8000'
	refused 64 '--source and --customer-key go together' cs-customer add --customer-key K1
	refused 64 '--source and --customer-key go together' cs-customer add --name x --source crm
	refused 64 "did you mean 'gold'" cs-customer add --name x --tier glod
	refused 64 "'vital' is not among the codes of weight; allowed: important, ordinary" cs-customer add --name x --weight vital
	refused 64 "did you mean 'owner'" cs-customer add --name x --premises 1-1 --capacity ownr
	refused 64 'nobody on the staff' cs-customer add --name x --manager nobody
	refused 64 "no unit 'p9'" cs-customer add --name x --premises 1-1 --unit p9
	refused 64 'something about --premises' cs-customer add --name x --unit p1
	refused 1 'before they come' cs-customer add --name x --premises 1-1 --from 2026-02-01 --to 2026-01-01
	refused 64 '--from' cs-customer add --name x --premises 1-1 --from soon
	split cs-customer list
	assert_stdout ''
}

@test "find: phone however written, part of a name or address, key" {
	make_customers
	cs-customer add --source crm --customer-key K7 --name 赵敏 >/dev/null
	while IFS='|' read -r text want; do
		split cs-customer find "$text"
		assert_status 0
		assert_equal "$(cut -f1 <<<"$output" | paste -sd,)" "$want" "find $text"
	done <<-'EOF'
		13800138000|1
		+86 138 0013 8000|1
		芳|1
		3栋2单元501|1,2
		3-2-50|1,2
		K7|3
		1380013800|
		nobody|
	EOF
}

@test "list and show" {
	make_customers
	me=$(id -un)
	split cs-customer list
	assert_line 0 "1	王芳	13800138000	3-2-501	p1	owner	gold	important	$me"
	assert_line 1 "2	李强		3-2-501	p1	tenant			"
	split cs-customer list --tier gold --weight important --manager "$me"
	assert_lines 1
	split cs-customer list --tier silver
	assert_stdout ''
	refused 64 "did you mean 'gold'" cs-customer list --tier glod
	refused 64 "--weight: 'heavy' is not among the codes of weight" cs-customer list --weight heavy
	split cs-customer list --tier ''
	assert_lines 1
	refused 64 'nobody on the staff' cs-customer list --manager nobody
	split cs-customer list -f csv
	assert_line 0 customer,name,phone,premises,unit,capacity,tier,weight,manager
	pipe 'cs-customer show 2 -f jsonl | jq -r .field | tr "\n" " "'
	assert_stdout_contains 'customer name premises unit capacity from'
	refused 66 'no customer 9' cs-customer show 9
	refused 64 'is no customer number' cs-customer show 王芳
}

@test "change: tiers are dated, a phone belongs to one" {
	make_customers
	split cs-customer change 2 --tier silver --at '2026-11-20 10:00'
	assert_stdout 2
	split cs-customer show 2
	assert_stdout_contains 'tier since	2026-11-20 10:00'
	cs-customer change 2 --tier silver >/dev/null
	split cs-customer show 2
	assert_stdout_contains 'tier since	2026-11-20 10:00'
	refused 1 'customer 1 has this phone' cs-customer change 2 --phone 13800138000
	refused 1 'neither name, phone nor key left' cs-customer change 2 --name ''
	split cs-customer change 1 --name 王方 --phone 13700137000 --tier '' --weight ordinary --manager ''
	assert_status 0
	split cs-customer list --weight ordinary
	assert_stdout "1	王方	13700137000	3-2-501	p1	owner		ordinary	"
	refused 1 'no customer 9' cs-customer change 9 --name x
	refused 64 'in the future' cs-customer change 2 --tier gold --at 2026-11-22
}

@test "tenure: comes, stays as something else, leaves" {
	make_customers
	split cs-customer tenure 2 --premises 9-1 --unit p1 --capacity owner --from 2026-06-01
	assert_stdout 2
	cs-customer tenure 2 --premises 3栋2单元501 --unit p1 --to 2026-05-31 >/dev/null
	split cs-customer list
	assert_line 1 "2	李强		9-1	p1	owner			"
	split cs-customer show 2
	assert_stdout_contains 'to	2026-05-31'
	refused 64 'say which --premises' cs-customer tenure 2 --to 2026-05-31
	refused 64 'is empty' cs-customer tenure 2 --premises ' '
	refused 1 'no customer 9' cs-customer tenure 9 --premises 1-1
}

@test "export and import: the same customers in another database, and nothing twice" {
	make_customers
	cs-customer add --source crm --customer-key K7 --name 赵敏 >/dev/null
	cs-customer tenure 2 --premises 9-1 --unit p1 --capacity owner --from 2026-06-01 >/dev/null
	cs-customer tenure 2 --premises 3-2-501 --unit p1 --to 2026-05-31 >/dev/null
	cs-customer change 2 --phone 13600136000 >/dev/null
	cs-customer export >customers.csv
	before=$(events)
	split cs-customer import customers.csv
	assert_status 0
	assert_stderr_contains '0 customers added, 0 changed, 4 as they were, 0 refused'
	assert_equal "$(events)" "$before" events
	cs-init -q --rehearsal -d other.db >/dev/null
	cs-org export units >units.csv
	cs-org import -d other.db -q units units.csv
	split cs-customer import -d other.db - <customers.csv
	assert_status 0
	cs-customer export -d other.db >again.csv
	cmp customers.csv again.csv
}

@test "import keeps good rows and names bad ones; --strict keeps none; --source" {
	printf 'customer_key,name,phone,tier\nK1,王芳,13800138000,gold\nK2,李强,138****,\nK3,赵敏,,golden\n,钱,,\n' >in.csv
	before=$(events)
	split cs-customer import --strict --source crm in.csv
	assert_status 1
	assert_stderr_contains "in.csv:3: '138****' is no phone number"
	assert_stderr_contains "in.csv:4: 'golden' is not among the codes of tier; did you mean 'gold'?"
	assert_stderr_contains 'in.csv:5: neither phone nor customer_key'
	assert_equal "$(events)" "$before" events
	split cs-customer import -n --source crm in.csv
	assert_status 1
	assert_equal "$(events)" "$before" events
	split cs-customer import --source crm in.csv
	assert_status 1
	assert_stderr_contains '1 customers added, 0 changed, 0 as they were, 3 refused'
	split cs-customer import in.csv
	assert_stderr_contains 'a customer_key without source'
	split cs-customer import --strict --source crm - < <(cat in.csv)
	assert_status 1
	assert_equal "$(events)" "$(sqlite3 "$CS_DB" 'SELECT count(*) FROM event')" events
	refused 65 "did you mean 'phone'" cs-customer import - <<<'name,phnoe'
	refused 66 'No such file' cs-customer import none.csv
}

@test "import in another encoding with Chinese headings; a file that is not of its encoding changes nothing" {
	printf '客户编号,姓名,联系电话,客户等级\nK1,王芳,13800138000,gold\nK2,李强,13800138001,\n' >in.csv
	iconv -f utf-8 -t gb18030 in.csv >in.gb
	refused 65 'in.gb:1: byte 0 (0xbf) is not UTF-8; is it another encoding? (--encoding says which it is)' cs-customer import --source crm in.gb
	refused 64 'no-such' cs-customer import --source crm --encoding no-such in.gb
	split cs-customer import --source crm --encoding gb18030 in.gb
	assert_status 0
	assert_stderr_contains '2 customers added'
	assert_equal "$(sqlite3 "$CS_DB" "SELECT customer_key, name, phone, tier FROM person WHERE source = 'crm' ORDER BY id LIMIT 1")" 'K1|王芳|13800138000|gold'
	printf 'customer_key,name\nK3,plain\nK4,\xc7\xff\n' >half
	before=$(events)
	refused 65 'half:3: byte' cs-customer import --source crm half
	refused 65 'standard input:3: byte' cs-customer import --source crm - < <(cat half)
	assert_equal "$(events)" "$before" events
	refused 65 'are the columns divided by commas' cs-customer import - <<<'name;phone'
	refused 65 'the file ends in the heading' cs-customer import - < <(printf 'name,phone')
	split cs-customer import - < <(printf 'name,phone\na,1234567\nb,2345678')
	assert_status 1
	assert_stderr_contains 'standard input:3: the file ends here without a newline; was it cut?'
}

@test "list: a tier or weight that the rules do not have is wrong usage" {
	make_customers
	refused 64 "--tier: 'golden' is not among the codes of tier; did you mean 'gold'?" cs-customer list --tier golden
	refused 64 "--weight: 'bogus' is not among the codes of weight" cs-customer list --weight bogus
	split cs-customer list --tier silver
	assert_status 0
	split cs-customer list --tier ''
	assert_status 0
}

@test "erase: nothing personal stays in the file; what was decided stays" {
	make_customers
	ref=$(cs-intake --kind inquiry --channel phone --category svc.fees --phone 13800138000 --premises 3-2-501 --unit p1 \
		--accepting p1 --subject 斑马问题 --body 斑马的内容 | cut -f1)
	for text in 王芳 13800138000 斑马; do
		cat "$CS_DB"* | grep -qa "$text" || fail "$text was never there"
	done
	split cs-customer erase --reason request 1
	assert_status 0
	assert_stdout_matches '^1	[0-9]+	1	0$'
	[ ! -s "$CS_DB-wal" ] || fail 'the log is not empty'
	assert_equal "$(sqlite3 "$CS_DB" 'SELECT unswept = max(event.id) FROM meta, event')" 1 unswept
	split cs-customer sweep
	assert_status 0
	assert_stdout ''
	assert_equal "$(sqlite3 "$CS_DB" 'SELECT unswept IS NULL FROM meta')" 1 swept
	for text in 王芳 13800138000 斑马; do
		! cat "$CS_DB"* | grep -qa "$text" || fail "$text is still in the file"
	done
	split cs-show "$ref"
	assert_status 0
	split cs-check
	assert_status 0
	# The other at the same address is whole, the address too.
	split cs-customer list
	assert_stdout "2	李强		3-2-501	p1	tenant			"
	split cs-customer show 1
	assert_stdout_contains 'erased	2026-11-21 09:30'
	refute_stdout_contains 王
	# Who calls again is somebody new.
	split cs-customer add --name 王芳 --phone 13800138000
	assert_stdout 3
	refused 1 'is erased' cs-customer change 1 --name 王芳
	refused 1 'is erased' cs-customer tenure 1 --premises 1-1
}

@test "erase: a row that was imported before is still known, and comes in no second time" {
	printf 'source_key,kind,channel,category,customer,phone,subject,body,unit\nK1,inquiry,phone,svc.fees,王芳,13800138000,a,b,p1\n' >k.csv
	tail -n +1 k.csv | cut -d, -f2- >plain.csv
	for file in k.csv plain.csv; do
		ref=$(cs-intake -q --csv "$file" --source "from-$file" | cut -f1)
		[ -n "$ref" ] || fail "$file: nothing was taken in"
		refs+=("$ref")
	done
	cs-customer erase --reason request 1 >/dev/null
	for file in k.csv plain.csv; do
		split cs-intake -q --csv "$file" --source "from-$file"
		assert_status 0
		assert_equal "$(cut -f1 <<<"$output")" "${refs[0]}" "$file"
		refs=("${refs[@]:1}")
	done
	! cat "$CS_DB"* | grep -qa 13800138000 || fail 'the phone came back'
}

@test "one known without a phone, who now gives one: a remark when entered, and when one of them is erased" {
	make_customers
	new() {
		cs-intake --kind inquiry --channel phone --category svc.fees --unit p1 --accepting p1 --subject x --body y "$@"
	}
	split new --customer 李强 --phone 13900139000 --premises 3-2-501
	assert_status 0
	assert_stderr_contains 'cs-intake: customer 3 is new; customer 2 has the same name and premises, without a phone'
	split new --customer 李强 --phone 13900139000 --premises 3-2-501
	refute_stderr_contains 'is new'
	split cs-customer add --name 李强 --phone 13700137000 --premises 3-2-501 --unit p1 --capacity tenant
	assert_stderr 'cs-customer: customer 4 is new; customer 2 has the same name and premises, without a phone'
	split new --customer 李强 --phone 13600136000 --premises 9-9
	refute_stderr_contains 'is new'
	split cs-customer erase --reason request 3 4
	assert_status 0
	assert_stderr 'cs-customer: customer 2 has the name and premises that customer 3 had, and is not erased
cs-customer: customer 2 has the name and premises that customer 4 had, and is not erased'
	split cs-customer erase --reason request 2
	assert_stderr ''
}

@test "erase: several, some refused; a reason is a code; a dry run" {
	make_customers
	refused 64 'say why' cs-customer erase 1
	refused 64 'the reason is a code' cs-customer erase --reason 'she asked' 1
	cs-org add staff ann --name Ann >/dev/null
	refused 77 '--as ann: ann does not hold the post admin' cs-customer erase --as ann --reason request 1
	refused 64 'is no customer number' cs-customer erase --reason request 王芳
	before=$(events)
	split cs-customer erase -n --reason request 1
	assert_status 0
	assert_equal "$(events)" "$before" events
	split cs-customer erase --reason request 1 9 2
	assert_status 1
	assert_stderr_contains 'no customer 9'
	assert_equal "$(cut -f1 <<<"$output" | tr '\n' ' ')" '1 2 ' erased
	split cs-customer erase --reason request 2
	assert_status 0
	assert_stdout '2	0	0	0'
	# The last who had the address is gone, and so is the address.
	! cat "$CS_DB"* | grep -qa 3-2-501 || fail 'the address is still in the file'
}

@test "--key happens once, --as names another, -n changes nothing" {
	split cs-customer add --name a --phone 111111 --key k
	assert_stdout 1
	split cs-customer add --phone 111111 --name a --key k
	assert_status 0
	assert_stdout 1
	assert_stderr_contains 'done already'
	refused 64 'another call' cs-customer add --name b --key k
	split cs-customer add -n --name c --phone 222222
	assert_stdout 2
	split cs-customer list
	assert_lines 1
	cs-org add staff ann --name Ann >/dev/null
	cs-customer change 1 --name b --as ann >/dev/null
	assert_equal "$(sqlite3 "$CS_DB" 'SELECT actor FROM event ORDER BY id DESC LIMIT 1')" 2 actor
}

@test "staff may enter customers; export, import and erase are for the admin" {
	cs-init -q --rehearsal -d theirs.db --admin chen >/dev/null
	sqlite3 theirs.db "INSERT INTO staff (id, login, name, joined_at) VALUES (2, '$(id -un)', 'x', 0)"
	split cs-customer add -d theirs.db --name x --phone 111111
	assert_status 0
	for command in export 'import /dev/null' 'erase --reason request 1'; do
		# shellcheck disable=SC2086
		refused 77 'does not hold the post admin' env CS_DB=theirs.db cs-customer $command
	done
}

@test "missing, foreign, newer databases; full output; a lock" {
	make_customers
	for command in list 'find 王芳' 'show 1' export 'add --phone 13800138000' 'erase --reason request 1'; do
		# shellcheck disable=SC2086
		reader_faults cs-customer $command
	done
	locked cs-customer add --name x
}

@test "wrong usage" {
	refused 64 'wants a command' cs-customer
	refused 64 'wanted: TEXT' cs-customer find
	refused 64 'is not wanted' cs-customer list x
	refused 64 'unknown option --tire; did you mean --tier?' cs-customer list --tire gold
	refused 64 'unknown option --key' cs-customer import --key k x
	refused 64 'not UTF-8' cs-customer find $'\xff'
	split cs-customer erase --help
	assert_status 0
	assert_stdout_contains --reason
}
