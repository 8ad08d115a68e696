#!/usr/bin/env bats
# cs-org: units, staff, posts, records; import and export.
load helper
load faults

setup() {
	cs_setup
	make_desk
}

# A small company.
make_company() {
	cs-org add unit hq --name 总部 --level hq
	cs-org add unit p1 --name 阳光花园 --level project --parent hq --households 1200
	cs-org add unit p1.eng --name 工程部 --level department --parent p1 --function engineering
	cs-org add staff wang --name 王工 --unit p1.eng --phone 13800138000 --joined 2025-03-01
	cs-org add post engineering_head wang --unit p1.eng --from 2025-03-01
	cs-org add record pre_duty wang --at 2025-03-03 --until 2027-03-02 --note 全部内容
} >/dev/null

@test "add prints what it entered" {
	split cs-org add unit p1 --name 阳光花园 --level project --households 1200
	assert_status 0
	assert_stdout "p1	阳光花园	project			1200	"
	split cs-org add staff li --name 李 --unit p1 --phone 139 --joined 2025-01-01
	assert_stdout "li	李	p1	139	2025-01-01	"
	split cs-org add post front_desk li --unit p1 --from 2025-01-02 --to 2026-12-31 --deputy
	assert_stdout "2	front_desk	li	p1	yes	2025-01-02	2026-12-31"
	split cs-org add record safety li --at 2025-01-03 --until 2026-01-02 --note x
	assert_stdout "1	safety	li	2025-01-03	2026-01-02	x"
	split cs-org add staff new --name 新
	assert_stdout "new	新			2026-11-21	"
	split cs-org add post front_desk new --unit p1
	assert_stdout "3	front_desk	new	p1	no	2026-11-21	"
}

@test "the rules of units" {
	make_company
	split cs-org add unit p7 --name 星河 --level 项目
	assert_stdout_contains $'p7\t星河\tproject\t'
	refused 1 'exists already' cs-org add unit p1 --name x --level project
	refused 64 "did you mean 'project'" cs-org add unit p2 --name x --level projcet
	refused 64 "no unit 'p9'" cs-org add unit p2 --name x --level project --parent p9
	refused 1 "below its parent's: p1.eng" cs-org add unit eng --name x --level department --parent p1 --function engineering
	refused 1 'lies below it' cs-org change unit hq --parent p1.eng
	refused 1 'a hq cannot lie below a project' cs-org add unit p1.x --name x --level hq --parent p1
	refused 64 'households' cs-org add unit p2 --name x --level project --households many
	refused 64 'says nothing about a unit' cs-org add unit p2 --name x --level project --phone 1
	refused 64 'wants one name' cs-org add unit p2 p3
}

@test "the rules of people and posts" {
	make_company
	refused 1 'on the staff already' cs-org add staff wang --name x
	refused 1 'needs a name' cs-org add staff li
	refused 64 'nobody on the staff' cs-org add post front_desk li --unit p1
	refused 64 "did you mean 'front_desk'" cs-org add post front_dsk wang --unit p1
	refused 1 'name its unit' cs-org add post front_desk wang
	refused 1 'has no unit' cs-org add post admin wang --unit p1
	refused 1 'there already' cs-org add post engineering_head wang --unit p1.eng
	refused 1 'joined after' cs-org add post front_desk wang --unit p1 --from 2024-01-01
	refused 64 'a name and a login' cs-org add post front_desk
	refused 64 '--deputy says nothing about a staff' cs-org add staff li --name x --deputy
	refused 1 'last with the post admin' cs-org change staff "$(id -un)" --left 2026-12-01
	refused 1 'last with the post admin' cs-org change post 1 --to 2026-12-01
	refused 64 'in the future' cs-org add record safety wang --at 2026-12-01
}

# Posts are looked up at the unit served, then upwards.
@test "a post at a unit of another level than the rules say is remarked" {
	make_company
	split cs-org add post front_desk wang --unit p1.eng
	assert_status 0
	assert_stderr 'cs-org: the rules place the post front_desk at units of the level project, and p1.eng is a department: it is found for that unit and those below alone'
	split cs-org add post area_director wang --unit p1 -q
	assert_stderr ''
	split cs-org add post front_desk wang --unit p1
	assert_stderr ''
	split cs-org add post admin wang
	assert_stderr ''
	split cs-org import posts - <<-'END'
		post,login,unit,from
		cs_supervisor,wang,hq,2025-03-01
	END
	assert_stderr_contains 'the post cs_supervisor at units of the level project, and hq is a hq'
}

@test "who leaves, or a unit that is closed, with open tickets: how many is remarked" {
	"$CS_ROOT/tests/data/company.sh"
	make() {
		ref=$(cs-intake --as ling --kind request --channel phone --category eng.leak --body x --customer 王芳 --phone 13800138000 \
			--premises 3-2-501 --unit p1.north)
		cs-dispatch -q --as ling --assignee "$1" "$ref" >>quiet.log
	}
	make worker && make worker && make worker2
	{
		cs-progress -q --as worker2 arrive "$ref"
		cs-progress -q --as worker2 start "$ref"
		cs-progress -q --as worker2 finish "$ref" --set result=x --set unsigned_why=x
	} >>quiet.log
	split cs-org change staff worker2 --left 2026-11-21
	assert_status 0
	assert_stderr ''
	split cs-org change staff worker --left 2026-11-30
	assert_stderr 'cs-org: worker leaves with 2 open tickets assigned (cs-list --state open --assignee worker)'
	assert_equal "$(cs-list --state open --assignee worker | wc -l)" 2 'what it names'
	for unit in p1.service p1.engineering p1.environment p1.north p2.engineering; do
		cs-org change unit "$unit" --closed 2026-11-21 >>quiet.log 2>&1
	done
	split cs-org change unit p1 --closed 2026-11-21
	assert_stderr 'cs-org: p1 is closed with 2 open tickets in it and below (cs-list --state open --unit p1)'
	split cs-org change unit p2 --closed 2026-11-21
	assert_stderr ''
	# What says nothing new, says nothing.
	split cs-org change staff worker --left 2026-11-30
	assert_stderr ''
}

@test "a departure moved or taken back: the posts that it ended follow, and are named" {
	make_company
	cs-org change staff wang --left 2026-11-30 >out
	split cs-org change staff wang --left 2026-12-05
	assert_status 0
	assert_stderr 'cs-org: post 2 of wang (engineering_head, p1.eng) now ends on 2026-12-05'
	split cs-org change staff wang --left ''
	assert_status 0
	assert_stderr 'cs-org: post 2 of wang (engineering_head, p1.eng) goes on'
	split cs-org list posts --at 2027-01-01
	assert_stdout_contains 'engineering_head	wang	p1.eng	no'
	cs-org change staff wang --left 2026-11-30 >out
	printf 'login,name,unit,joined,left\nwang,王工,p1.eng,2025-03-01,\n' >staff.csv
	split cs-org import staff staff.csv
	assert_stderr_contains 'cs-org: post 2 of wang (engineering_head, p1.eng) goes on'
	split cs-check
	assert_status 0
}

@test "a unit is open no longer than the one above it" {
	make_company
	refused 1 'unit p1: open below it: p1.eng (close what lies below first)' cs-org change unit p1 --closed 2026-11-20
	cs-org change unit p1.eng --closed 2026-11-20 >out
	cs-org change unit p1 --closed 2026-11-20 >out
	refused 1 'unit p1.env: p1 above it is closed' cs-org add unit p1.env --name 环境部 --level department --parent p1 --function environment
	refused 1 'unit p1 is closed by then' cs-org add staff new1 --name 新人 --unit p1
	refused 1 'unit p1 is closed by then' cs-org add post front_desk wang --unit p1
	refused 1 'p1 above it is closed' cs-org change unit p1.eng --closed ''
	cs-org change unit p1 --closed '' >out
	cs-org add staff new1 --name 新人 --unit p1 >out
}

@test "change changes what is said and leaves the rest" {
	make_company
	split cs-org change unit p1 --households 1300 --name 月光花园
	assert_stdout "p1	月光花园	project	hq		1300	"
	split cs-org change unit p1 --households ''
	assert_stdout "p1	月光花园	project	hq			"
	split cs-org change unit p1.eng --closed 2026-12-31
	assert_stdout_contains 2026-12-31
	split cs-org change staff wang --phone '' --joined 2025-02-01
	assert_stdout "wang	王工	p1.eng		2025-02-01	"
	split cs-org change post 2 --deputy yes --to 2026-11-30
	assert_stdout "2	engineering_head	wang	p1.eng	yes	2025-03-01	2026-11-30"
	split cs-org change post 2 --deputy no --to ''
	assert_stdout "2	engineering_head	wang	p1.eng	no	2025-03-01	"
	split cs-org change record 1 --note '' --until 2028-01-01
	assert_stdout "1	pre_duty	wang	2025-03-03	2028-01-01	"
	before=$(events)
	split cs-org change unit p1 --name 月光花园
	assert_status 0
	assert_equal "$(events)" "$before" events
	refused 64 'no post 9' cs-org change post 9 --to 2026-11-30
	refused 64 'no record 9' cs-org change record 9 --note x
	refused 64 'cannot be emptied' cs-org change post 2 --from ''
	refused 64 'cannot be emptied' cs-org change staff wang --joined ''
	refused 64 "'people' is none of units" cs-org change people wang
}

@test "import in another encoding with Chinese headings; a file that is not of its encoding changes nothing" {
	make_company
	printf '编码,名称,层级,上级,职能\np1.desk,前台,department,p1,front_desk\np1.hq,客服部,department,p1,customer_service\n' |
		iconv -f utf-8 -t gb18030 >units.gb
	before=$(events)
	refused 65 '--encoding says which it is' cs-org import units units.gb
	assert_equal "$(events)" "$before" events
	split cs-org import units --encoding gb18030 units.gb
	assert_status 0
	assert_equal "$(sqlite3 "$CS_DB" "SELECT name FROM unit WHERE code = 'p1.desk'")" 前台
	printf '岗位,账号,单位,代理,开始日期\nfront_desk,wang,p1.desk,是,2026-01-01\n' >posts.csv
	split cs-org import posts posts.csv
	assert_status 0
	assert_equal "$(sqlite3 "$CS_DB" 'SELECT deputy FROM post ORDER BY id DESC LIMIT 1')" 1
	printf '岗位,账号,单位,开始日期\n前台,王工,p1.desk,２０２６-01-01\n' >posts.csv # the same, by labels and name
	split cs-org import posts posts.csv
	assert_status 0
	assert_stderr 'cs-org: 0 posts added, 0 changed, 1 as they were, 0 refused'
}

@test "who leaves loses every post, the last day included" {
	make_company
	cs-org change staff wang --left 2026-11-30 >/dev/null
	split cs-org list posts --at '2026-11-30 23:59'
	assert_stdout_contains wang
	split cs-org list posts --at 2026-12-01
	refute_stdout_contains wang
	split cs-org list posts --past
	assert_stdout_contains 2026-11-30
}

@test "list: a tree, of a unit, at a time, in every format" {
	make_company
	split cs-org list units
	assert_line 0 "hq	总部	hq				"
	assert_line 1 "p1	阳光花园	project	hq		1200	"
	assert_line 2 "p1.eng	工程部	department	p1	engineering		"
	split cs-org list staff --unit p1
	assert_lines 1
	split cs-org list posts --unit hq
	assert_lines 1
	split cs-org list records --unit p1.eng --at 2027-03-03
	assert_stdout ''
	split cs-org list staff --at 2025-03-01
	assert_lines 1
	split cs-org list units -f table
	assert_line 0 'code    name      level       parent  function     households  closed'
	pipe 'cs-org list units -f json | jq -r ".[1].households"'
	assert_stdout 1200
	pipe 'cs-org list posts -f jsonl | jq -r .deputy | sort -u'
	assert_stdout false
	refused 64 "no unit 'nowhere'" cs-org list staff --unit nowhere
	refused 64 '--at' cs-org list staff --at soon
	refused 64 'none of units' cs-org list everything
}

@test "show: a unit or a person with what belongs to it" {
	make_company
	split cs-org show wang
	assert_stdout_contains "name	王工"
	assert_stdout_contains "post 2 post	engineering_head"
	assert_stdout_contains "record 1 until	2027-03-02"
	split cs-org show 阳光花园
	assert_stdout_contains "code	p1"
	split cs-org show p1.eng
	assert_stdout_contains "post 2 login	wang"
	refused 64 'neither a login nor a unit' cs-org show nowhere
}

@test "export and import: the same organisation in another database" {
	make_company
	cs-org change staff wang --left '2026-11-30 12:00' >/dev/null
	cs-init -q --rehearsal -d other.db >/dev/null
	for what in units staff posts records; do
		cs-org export "$what" >"$what.csv"
		split cs-org import -d other.db "$what" "$what.csv"
		assert_status 0
		cs-org export -d other.db "$what" >"$what.again"
		cmp "$what.csv" "$what.again"
		before=$(CS_DB=other.db events)
		split cs-org import -d other.db "$what" - <"$what.csv"
		assert_status 0
		assert_stderr_contains '0 changed'
		assert_equal "$(CS_DB=other.db events)" "$before" "events after $what"
	done
}

@test "import keeps good rows and names bad ones; --strict keeps none" {
	printf 'code,name,level,parent\nhq,总部,hq,\np1,阳光,projct,hq\np2,月光,project,hq\n' >units.csv
	before=$(events)
	split cs-org import --strict units units.csv
	assert_status 1
	assert_stderr_contains "units.csv:3: 'projct' is not among the codes of level; did you mean 'project'?"
	assert_stderr_contains 'nothing was changed'
	assert_equal "$(events)" "$before" events
	split cs-org import -n units units.csv
	assert_status 1
	assert_equal "$(events)" "$before" events
	split cs-org import units units.csv
	assert_status 1
	assert_stderr_contains '2 units added, 0 changed, 0 as they were, 1 refused'
	refused 65 "no column 'colour'" cs-org import units - <<<'code,colour'
	refused 65 "column 'code' is missing" cs-org import units - <<<'name'
	refused 65 'empty' cs-org import units /dev/null
	refused 66 'No such file' cs-org import units none.csv
	printf 'code,name\np2,\xff\n' >bad.csv
	refused 65 'bad.csv:2: byte' cs-org import units bad.csv
	split cs-org import -q units units.csv
	refute_stderr_contains 'as they were'
}

@test "--key happens once, -n not at all, --at dates the event, --as names another" {
	split cs-org add unit p1 --name x --level project --key k1
	first=$output
	split cs-org add unit p1 --name x --level project --key k1
	assert_status 0
	assert_stdout "$first"
	refused 64 'another call' cs-org add unit p2 --name x --level project --key k1
	before=$(events)
	split cs-org add unit p2 --name x --level project -n
	assert_status 0
	assert_stdout_contains p2
	assert_equal "$(events)" "$before" events
	cs-org add staff ann --name Ann >/dev/null
	refused 77 '--as ann: ann does not hold the post admin' cs-org add unit p3 --name x --level project --as ann
	cs-org add post admin ann >/dev/null
	cs-org add unit p3 --name x --level project --at '2026-11-20 10:00' --as ann >/dev/null
	assert_equal "$(sqlite3 "$CS_DB" 'SELECT at, actor FROM event ORDER BY id DESC LIMIT 1')" \
		"$(TZ=Asia/Shanghai date -d '2026-11-20 10:00' +%s)|2" 'time and person'
	refused 64 'in the future' cs-org add unit p4 --name x --level project --at 2026-11-22
}

@test "who is not there yet, or no longer, is told since when or until when" {
	make_company
	cs-org add staff new --name 新 --joined 2026-11-25 >out
	cs-org add staff old --name 旧 --joined 2026-01-01 >out
	cs-org change staff old --left 2026-11-20 >out
	refused 77 '--as new is not on the staff at 2026-11-21 09:30:00, but from 2026-11-25' cs-org add unit x --name x --as new
	refused 77 '--as old is not on the staff at 2026-11-21 09:30:00, but until 2026-11-20' cs-org add unit x --name x --as old
	refused 77 '--as nobody is not on the staff (cs-org' cs-org add unit x --name x --as nobody
}

@test "only the admin changes; everybody on the staff lists" {
	cs-init -q --rehearsal -d theirs.db --admin chen >/dev/null
	sqlite3 theirs.db "INSERT INTO staff (id, login, name, joined_at) VALUES (2, '$(id -un)', 'x', 0)"
	split cs-org list staff -d theirs.db
	assert_status 0
	assert_lines 2
	refused 77 'does not hold the post admin' cs-org add -d theirs.db unit p1 --name x --level project
	refused 77 'does not hold the post admin' cs-org change -d theirs.db staff chen --name x
	refused 77 'does not hold the post admin' cs-org import -d theirs.db units /dev/null
}

@test "missing, foreign, newer databases; full output; a lock" {
	make_company
	for command in 'list units' 'export staff' 'show wang' 'add unit p7 --name x --level project'; do
		# shellcheck disable=SC2086
		reader_faults cs-org $command
	done
	split cs-org list units
	assert_stdout_contains p7 # what was asked is done, though nobody could read the answer
	locked cs-org change unit p1 --name x
}

@test "wrong usage" {
	refused 64 'wants a command' cs-org
	refused 64 "did you mean 'list'" cs-org lits
	refused 64 '0 operands given, wanted: units|staff|posts|records' cs-org list
	refused 64 'unknown option --levle; did you mean --level?' cs-org add unit p1 --levle x
	refused 64 'unknown option --key' cs-org list units --key k
	refused 64 'not UTF-8' cs-org add unit $'\xff'
	split cs-org add --help
	assert_status 0
	assert_stdout_contains --households
}
