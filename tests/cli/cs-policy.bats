#!/usr/bin/env bats
# cs-policy: check, load, list, show, explain.
load helper
load faults

setup() {
	cs_setup
	make_desk
	cat >acme.json <<-'EOF'
		{"policy": "acme", "edition": "2026-12-01", "extends": "property",
		 "params": {"req.dispatch": {"value": "15m", "source": "S3-5-3"}}}
	EOF
	sed 's/property/porperty/' acme.json >bad.json
	sed 's/15m/15minutes/; s/2026-12-01/2026-13-01/' acme.json >worse.json
}

@test "check needs no database; a good policy is a line, its undecided parameters among it" {
	split env CS_DB=missing.db cs-policy check property acme.json
	assert_status 0
	assert_lines 2
	assert_stdout_contains 'acme.json	acme	2026-12-01	'
	assert_stdout_contains 'cmp.reply_cutoff'
	assert_stderr_contains 'no holidays of 2027 are known'
	split cs-policy check -q acme.json
	assert_stderr ''
	full_output cs-policy check acme.json
}

@test "check names every fault of every file, each with its place" {
	split cs-policy check bad.json worse.json acme.json
	assert_status 78
	assert_stderr_contains 'bad.json: '
	assert_stderr_contains 'worse.json: /edition: '
	assert_stderr_contains 'worse.json: /params/req.dispatch/value: '
	assert_stderr_contains '2 of 3 policies cannot be used'
	assert_lines 1
	echo '{"policy": ' >cut.json
	refused 78 'cut.json: ' cs-policy check cut.json
	refused 66 'No such file' cs-policy check ./none.json
	refused 66 'is shipped' cs-policy check nothing
}

@test "load takes an edition into force, once" {
	split cs-policy load -q --approved-by 'the board' acme.json
	assert_status 0
	assert_stdout_contains 'acme	2026-12-01	'
	assert_stdout_contains '	loaded'
	before=$(events)
	split cs-policy load -q acme.json
	assert_status 0
	assert_stdout_contains 'in force already'
	assert_equal "$(events)" "$before" events
	split cs-policy list -f csv
	assert_lines 3
	assert_stdout_contains '2,acme,2026-12-01,'
	assert_stdout_contains ',2026-11-21 09:30,'
	assert_stdout_contains ',the board,yes'
	assert_stdout_contains '1,property,'
}

# Which edition: steps by the one in force; that is the one loaded last.
@test "an edition dated in the future is in force at once, and that is remarked" {
	split cs-policy load acme.json
	assert_status 0
	assert_stderr_contains 'cs-policy: edition 2026-12-01 is in force at once, not from that day on'
	assert_equal "$(cs-policy list -f csv | cut -d, -f3,8 | tail -1)" 2026-12-01,yes
	split cs-policy load acme.json
	refute_stderr_contains 'at once'
	sed 's/2026-12-01/2026-11-21/' acme.json >today.json
	split cs-policy load today.json
	assert_status 0
	refute_stderr_contains 'at once'
}

@test "an approval that comes after the load is recorded; another one is refused" {
	cs-policy load -q acme.json >out
	before=$(events)
	split cs-policy load -q -n --approved-by 'the board' acme.json
	assert_stdout_matches '	approved$'
	assert_equal "$(events)" "$before" events
	split cs-policy load -q --approved-by 'the board' acme.json
	assert_status 0
	assert_stdout_matches '	approved$'
	assert_equal "$(cs-policy list | tail -1 | cut -f7)" 'the board' 'approved by'
	refused 1 'edition acme 2026-12-01 is approved by the board' cs-policy load -q --approved-by 'the boss' acme.json
	refused 64 'say who' cs-policy load -q --approved-by ' ' acme.json
	split cs-check
	assert_status 0
}

@test "two texts of one name: their numbers are named, and stand in reports" {
	split cs-policy load acme.json
	refute_stderr_contains 'both called'
	sed 's/15m/20m/' acme.json >other.json
	cs-report daily 2026-11-20 -f json | jq -r .head.rules >one
	split cs-policy load other.json
	assert_status 0
	assert_stderr_contains 'cs-policy: editions 2 and 3 are both called acme 2026-12-01; reports name this one with its number'
	cs-report daily 2026-11-20 -f json | jq -r .head.rules >two
	assert_equal "$(cat one two)" "acme 2026-12-01
acme 2026-12-01 (number 3)" rules
	split cs-policy show 2026-12-01
	assert_stderr 'cs-policy: edition 3 is shown; 2 is of 2026-12-01 too'
	assert_stdout_contains '"value":"20m"'
	split cs-policy show 2
	assert_stderr ''
	assert_stdout_contains '"value":"15m"'
}

@test "holidays: a new year is given beside the years of the file; what no calendar uses is remarked" {
	cat >year.json <<-'EOF'
		{"policy": "acme", "edition": "2026-11-21", "extends": "property",
		 "holidays": {"cn": {"years": {"2027": {"holidays": ["2027-01-01"], "workdays": []}}}}}
	EOF
	split cs-policy check year.json
	assert_status 0
	assert_stderr ''
	cs-policy load year.json >out
	assert_equal "$(cs-policy explain holidays/cn | grep -c '    20[0-9][0-9]: holidays ')" 8 'years'
	assert_equal "$(cs-policy explain holidays | grep -c '^      20[0-9][0-9]: holidays ')" 8 'the same years'
	sed 's/"cn"/"cn27"/' year.json >other.json
	split cs-policy check other.json
	assert_status 0
	assert_stderr_contains 'other.json: /holidays/cn27: no calendar uses them'
	assert_stderr_contains 'no holidays of 2027 are known'
	echo '{"policy": "acme", "edition": "2026-11-21", "extends": "property", "calendars": {"office": {"holidays": "mars"}}}' >mars.json
	refused 78 "mars.json: /calendars/office/holidays: no holiday file 'mars', allowed: cn" cs-policy check mars.json
}

@test "load -n says what would happen and changes nothing" {
	before=$(events)
	split cs-policy load -q -n acme.json
	assert_status 0
	assert_stdout_contains loaded
	assert_equal "$(events)" "$before" events
	refused 64 '--reclock has no dry run' cs-policy load -n --reclock acme.json
}

@test "load --key happens once" {
	split cs-policy load -q --key k acme.json
	first=$output
	split cs-policy load -q --key k acme.json
	assert_status 0
	assert_stdout "$first"
	refused 64 'another call' cs-policy load -q --key k property
}

@test "load refuses a faulty policy and changes nothing" {
	before=$(events)
	refused 78 'worse.json: /edition: ' cs-policy load worse.json
	assert_equal "$(events)" "$before" events
}

@test "load refuses an edition without a state that tickets are in" {
	cs-org add unit p1 --name p1 --level project >/dev/null
	jq 'del(.kinds.request.states.registered)' "$CS_DATADIR/policy/property.json" >less.json
	echo '{"policy": "tiny2", "edition": "2026-12-01", "extends": "tiny"}' >tiny2.json
	cp "$CS_ROOT/tests/data/policies/tiny.json" .
	cs-intake --kind inquiry --channel phone --category svc.fees --customer 王芳 --phone 13800138000 --unit p1 --accepting p1 \
		--subject x --body y >/dev/null
	refused 1 '1 inquiry' cs-policy load tiny2.json
	split cs-policy show
	assert_stdout_contains '"policy":"property"'
}

@test "load --reclock counts running clocks by the new edition" {
	split cs-policy load --reclock acme.json
	assert_status 0
	assert_stderr_contains '0 running clocks counted anew'
}

@test "only the admin loads" {
	cs-org add staff ann --name Ann >/dev/null
	cs-init -q --rehearsal -d theirs.db --admin chen >/dev/null
	refused 77 'is not on the staff' cs-policy load -d theirs.db acme.json
	refused 77 '--as ann: ann does not hold the post admin' cs-policy load -q --as ann acme.json
	cs-org add post admin ann >/dev/null
	split cs-policy load -q --as ann acme.json
	assert_status 0
	assert_equal "$(cs-policy list | tail -1 | cut -f6)" ann 'loaded by'
	assert_equal "$(sqlite3 "$CS_DB" "SELECT login FROM event WHERE about = 'policy' ORDER BY id DESC LIMIT 1")" "$(id -un)" login
	assert_equal "$(sqlite3 "$CS_DB" "SELECT actor FROM event WHERE about = 'policy' ORDER BY id DESC LIMIT 1")" 2 actor
	refused 77 '--as nobody' cs-policy load --as nobody property
}

@test "show prints the text that was loaded" {
	cs-policy load -q acme.json >/dev/null
	split cs-policy show
	assert_stdout_contains '"policy":"acme"'
	assert_stdout_contains '"req.dispatch":{"value":"15m"'
	split cs-policy show 1
	assert_stdout_contains '"policy":"property"'
	split cs-policy show 2026-12-01
	assert_stdout_contains '"policy":"acme"'
	pipe 'cs-policy show | jq -r .zone'
	assert_stdout Asia/Shanghai
	refused 64 "no edition '9'" cs-policy show 9
}

@test "a value of the extending file that does not fit the shipped rule is named where it was set" {
	sed 's/req.dispatch/inq.reply/; s/15m/2wd/' acme.json >days.json
	refused 78 "property.json: /kinds/inquiry/clocks/reply: working time is counted here: the clock needs a 'calendar' \
(set at days.json: /params/inq.reply)" cs-policy check days.json
	sed 's/"15m"/7/' acme.json >number.json
	refused 78 "/limit: parameter 'req.dispatch' is no span (set at number.json: /params/req.dispatch)" cs-policy check number.json
}

@test "explain says a rule in words" {
	split cs-policy explain req.dispatch
	assert_status 0
	assert_stdout_contains 'value: 10m'
	assert_stdout_contains S3-5-3
	cs-policy load -q acme.json >/dev/null
	split cs-policy explain params/req.dispatch
	assert_stdout_contains 'value: 15m'
	split cs-policy explain --lang en request
	assert_status 0
	split cs-policy explain 派单
	assert_status 0
	assert_stdout_contains $'kinds/complaint/steps/dispatch (dispatch, 派单)\nkinds/request/steps/dispatch (dispatch, 派单)\n'
	refused 64 'labels are in en and zh' cs-policy explain --lang fr request
	refused 64 "nothing named 'no.such'" cs-policy explain no.such
	refused 64 "'arive' is not among the members of kinds/request/clocks; did you mean 'arrive'?" \
		cs-policy explain kinds/request/clocks/arive
	refused 64 "'reqest' is not among the members of kinds; did you mean 'request'?" cs-policy explain kinds/reqest
	refused 64 "nothing named 'clokcs' in the policy (did you mean 'clocks'?)" cs-policy explain clokcs
	refused 64 'these rules declare no bodies' cs-policy explain bodies
	split cs-policy explain functions # a list of codes, however it is called
	assert_stdout_contains $'codes/function\n  front_desk (front desk, 前台)\n'
	split cs-policy explain --lang en kinds/complaint/clocks
	assert_stdout_contains '      company (to the company, 上报公司): over 5wd (parameter'
	split cs-policy explain clocks # which of the kinds'
	assert_status 0
	assert_stdout_contains $'kinds/complaint/clocks\nkinds/request/clocks\n'
}

@test "a live database: readers may be told the time, load may not" {
	unset CS_NOW
	cs-init -q -d live.db >/dev/null
	split cs-policy list -d live.db --now 2030-01-01
	assert_status 0
	refused 77 'clock of a live database' cs-policy load -d live.db --now 2030-01-01 acme.json
	split cs-policy load -q -n -d live.db --now 2030-01-01 acme.json
	assert_status 0
}

@test "foreign, newer, missing databases; full output; a lock" {
	for command in list show 'explain req.dispatch'; do
		# shellcheck disable=SC2086
		reader_faults cs-policy $command
	done
	reader_faults cs-policy load -q acme.json
	locked cs-policy load -q property
}

@test "wrong usage" {
	refused 64 'wants a command' cs-policy
	refused 64 "did you mean 'check'" cs-policy chekc x
	refused 64 'wanted: NAME|FILE...' cs-policy check
	refused 64 'wanted: NAME|FILE (' cs-policy load
	refused 64 'is not wanted' cs-policy list x
	refused 64 'unknown option --approved-by' cs-policy check --approved-by x property
	split cs-policy --help
	assert_status 0
	split cs-policy load --help
	assert_stdout_contains '--reclock'
}
