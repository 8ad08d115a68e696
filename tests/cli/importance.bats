#!/usr/bin/env bats
# How important a complaint is, from the first word to the list of the month.
load helper
load faults
load tickets

# One complaint of a matter that concerns many.
complain() {
	new complaint "$@"
}

@test "S3-4-7 to S3-4-11: facts make the class, cs-show says which rules, a correction lowers it and the peak stays" {
	complain
	split cs-show "$ref"
	assert_stdout_contains "$ref"$'\tfact\timportance\tordinary'
	step ling assess --set people=12 --set media=possible
	split cs-show "$ref"
	assert_stdout_contains "$ref"$'\tfact\timportance\tmajor'
	assert_stdout_contains "$ref"$'\timportance\tA.media\tmajor\t\texposed by the media, or may be, 已经或可能被媒体曝光'
	assert_stdout_contains "$ref"$'\timportance\tB.few\thot\t\ta group complains, 群体投诉'
	assert_stdout_contains 'importance major; importance_peak major; by A.media,A.group,B.group,B.media_possible,B.few; priority high'
	step ling assess --set people=1 --set 媒体曝光=未曝光
	split cs-show "$ref"
	assert_stdout_contains 'importance ordinary; by no rule; rated again 2026-11-09 09:00:01; priority normal'
	split cs-list --columns ref,importance,importance_peak,importance_rules,priority -f csv "$ref"
	assert_stdout "ref,importance,importance_peak,importance_rules,priority
$ref,ordinary,major,,normal"
	split cs-check --recompute
	assert_status 0
	assert_stderr ''
}

@test "assess names at least one fact; facts are for the posts the rules name" {
	complain
	refuse ling 'assess: say what is known now: lawsuit, media, people, our_fault or important' assess
	refuse ling 'our_fault: not yours to set' assess --set our_fault=yes
	refuse worker 'assess: only for' assess --set people=3
	refused 64 "people: 'many'" cs-progress --as ling assess --set people=many "$ref"
	refused 64 "media: 'seen'" cs-progress --as ling assess --set media=seen "$ref"
}

@test "cs-list by class and by peak, by id and by label" {
	complain
	a=$ref
	complain --set people=3
	b=$ref
	complain --set lawsuit=pending
	c=$ref
	ref=$c
	step chief assess --set lawsuit=none
	new request
	split cs-list --importance ordinary
	assert_stdout_contains "$a"
	assert_stdout_contains "$c"
	refute_stdout_contains "$b"
	refute_stdout_contains "$ref"
	split cs-list --importance 热点投诉 --columns ref -f csv
	assert_stdout "ref
$b"
	split cs-list --importance-peak major --columns ref -f csv
	assert_stdout "ref
$c"
	refused 64 'classes of importance' cs-list --importance dire
	refused 64 'classes of importance' cs-list --importance-peak dire
	split cs-list --columns ref --sort importance,desc --kind complaint -f csv
	assert_status 0
}

@test "S3-4-10, G16: after a week somebody must say whose fault it is; said, it is hot from then on" {
	complain
	at '2026-11-09 09:00:00'
	split cs-escalate
	refute_stdout_contains importance
	at '2026-11-09 09:00:01'
	split cs-escalate -n
	assert_stdout_contains "$ref"$'\timportance\tordinary\t2026-11-09 09:00'
	split cs-escalate
	assert_stdout_contains "$ref"$'\timportance\tordinary\t2026-11-09 09:00'
	split cs-escalate
	assert_stdout ''
	split cs-show "$ref"
	assert_stdout_contains "$ref"$'\tduty\tsay_fault\towed'
	at '2026-11-09 10:00'
	step chief assess --set our_fault=yes
	split cs-show "$ref"
	assert_stdout_contains "$ref"$'\tduty\tsay_fault\tdone'
	assert_stdout_contains "$ref"$'\timportance\tB.week\thot\t\tnot solved for over a week for our reasons, 因我方原因超过一周未解决'
	assert_stdout_contains "$ref"$'\tfact\trated_again\t\t2026-12-03 00:00:01'
	at '2026-12-03 08:00'
	split cs-escalate
	assert_stdout_contains "$ref"$'\timportance\tmajor\t2026-12-03 00:00'
	split cs-show "$ref"
	assert_stdout_contains $'\tevent\trate\tsystem\t2026-12-03 00:00:01\trecorded 2026-12-03 08:00:00: importance major; importance_peak major; by B.month,B.week'
	split cs-check --recompute
	assert_status 0
	assert_stderr ''
}

@test "what a company says otherwise: one definition alone; other rules differ in cs-check --recompute" {
	complain --set media=possible
	at '2026-11-03 09:00'
	cat >own.json <<-'END'
		{"extends": "property", "policy": "own", "edition": "2026-11-22", "importance": {"use": "B"}}
	END
	split cs-policy load own.json
	assert_status 0
	split cs-show "$ref"
	assert_stdout_contains "$ref"$'\tfact\timportance\tmajor'
	step ling note --note 换了规则
	split cs-show "$ref"
	assert_stdout_contains "$ref"$'\tfact\timportance\thot'
	assert_stdout_contains 'importance hot; by B.media_possible'
	split cs-check --recompute
	assert_status 0
	split cs-policy explain importance/sets/A/A.repeat
	assert_status 0
	assert_stdout_contains 'at least 3 (parameter cmp.major_repeat: S3-4-7) times'
	split cs-policy explain 热点投诉
	assert_stdout_contains 'importance'
}

@test "an imported open complaint is rated as of now, once; a closed one rests" {
	cat >old.csv <<-'END'
		source_key,kind,channel,category,subject,body,customer,phone,unit,opened_at,state,closed_at
		1,complaint,phone,eng.water,水管,漏水,王芳,13800138000,p1.north,2026-09-01 09:00,,
		2,complaint,phone,eng.water,水管,漏水,王芳,13800138000,p1.north,2026-09-01 09:00,closed,2026-09-20 09:00
	END
	split cs-intake --csv old.csv --source old --history
	assert_status 0
	mapfile -t refs < <(cut -f1 <<<"$output")
	split cs-escalate
	refute_stdout_contains importance
	split cs-list --columns ref,importance,importance_rules -f csv
	assert_stdout "ref,importance,importance_rules
${refs[0]},ordinary,
${refs[1]},ordinary,"
	split cs-show "${refs[0]}"
	assert_stdout_contains $'\tduty\tsay_fault\towed'
	split cs-show "${refs[1]}"
	refute_stdout_contains say_fault
	split cs-check
	assert_status 0
}
