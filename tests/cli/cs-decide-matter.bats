#!/usr/bin/env bats
# cs-decide link, merge, unmerge; what cs-list, cs-show, cs-dispatch, cs-callback and cs-escalate make of it (S0-4-8, S3-4-7, C18, G9).
load helper
load tickets

# two: complaints $old and $young of two customers
two() {
	new complaint
	old=$ref
	new complaint --customer 李强 --phone 13700000001 --capacity tenant
	young=$ref
}

decide() {
	split cs-decide "$@"
	assert_status 0
}

@test "the same matter is stated, corrected and taken back; cs-list and cs-show tell it" {
	two
	new complaint
	third=$ref
	decide link --as ling --same-as "$old" "$young"
	assert_stdout "$young"$'\tlink\tregistered'
	decide link --as ling --same-as "$young" "$third"
	assert_equal "$(cs-list --matter "$third" | cut -f 1)" "$old"$'\n'"$young"$'\n'"$third"
	assert_equal "$(cs-list --columns ref,matter -f csv "$young" | tail -1)" "$young,$old"
	split cs-show "$old"
	assert_stdout_contains $'\tmatter\tregistered\t'"$young"
	assert_stdout_contains $'\tlinked\tsame_as\t'"$young"
	# The middle one says otherwise: the matter falls apart where nothing joins it.
	decide link --as ling --same-as none "$young"
	assert_equal "$(cs-list --matter "$old" | cut -f 1)" "$old"
	assert_equal "$(cs-list --matter "$third" | cut -f 1)" "$young"$'\n'"$third"
	refused 1 'is the ticket itself' cs-decide link --as ling --same-as "$old" "$old"
	refused 1 'there is no ticket C20990101-0001' cs-decide link --as ling --same-as C20990101-0001 "$old"
	refused 1 'needs same_as' cs-decide link --as ling "$old"
	refused 64 'say the same' cs-decide link --as ling --same-as none --set same_as=none "$old"
	split cs-check
	assert_status 0
}

@test "a merge: the older survives, its period starts anew, everything later reaches it" {
	two
	at '2026-11-03 09:00'
	refused 1 'only for: ' cs-decide merge --as ling --into "$old" --note x "$young"
	decide merge --as chief --into "$young" --note 同一件事 --set new_facts=yes --set 'facts_at=2026-11-03 08:00' "$old"
	assert_stdout "$young"$'\tmerge\tmerged'
	assert_stderr_contains "$old: the older of the two survives: $young is merged into it"
	split cs-escalate --explain "$old"
	assert_stdout_contains "anew by the facts of $young, merged"
	assert_stdout_contains 'held by a merge since 2026-11-03 09:00'
	assert_equal "$(cs-list --columns ref,merged_into -f csv --matter "$old" | tail -1)" "$young,$old"
	# Steps, hand-overs and contacts asked of the merged one.
	split cs-progress --as ling contact --note 已联系 "$young"
	assert_stdout "$old"$'\tcontact\tregistered'
	assert_stderr_contains "$young is merged: the step is taken on $old"
	split cs-dispatch --as chief --to p1.environment --set 'promised_at=2026-11-05 18:00' "$young"
	assert_status 0
	assert_stdout_contains "$old"$'\thandling\tp1.environment'
	split cs-progress --as ling note --note 存档 "$young"
	assert_stdout "$old"$'\tnote\thandling'
	# What it owes, too.
	split cs-progress --as chief assess --set people=4 "$young"
	assert_stdout "$old"$'\tassess\thandling'
	split cs-duty write --as chief --part cause=x --part difficulties=x --part help_needed=x "$young" hot_report
	assert_stdout "$old"$'\thot_report\t'
	assert_stderr_contains "$young is merged: it is $old that owes"
	split cs-show "$old"
	assert_stdout_contains "absorbs $young"
	assert_stdout_contains "through $young"
	assert_stdout_contains $'\tparty\ttenant\t李强'
	split cs-show "$young"
	assert_stdout_contains $'\tfact\tmerged_into\t'"$old"
	# Nothing of it can be done twice.
	refused 1 "it is merged into $old already" cs-decide merge --as chief --into "$old" --note x "$young"
	split cs-check
	assert_status 0
	split cs-escalate
	assert_status 0
	refute_stdout_contains "$young"
}

@test "undone: both go on as before, what ran out has run out at its own time, both say so" {
	two
	before=$(cs-show "$old" | grep -v $'\tevent\t')
	decide merge --as chief --into "$old" --note x --set new_facts=yes "$young"
	decide unmerge --as chief --note 认错 "$young"
	assert_stdout "$young"$'\tunmerge\tregistered'
	assert_equal "$(cs-show "$old" | grep $'\tclock\t' | grep -v 'of a merge that was undone')" "$(grep $'\tclock\t' <<<"$before")"
	decide merge --as chief --into "$old" --note x "$young"
	at '2026-11-12 09:00'
	decide unmerge --as chief --note 又认错 "$young"
	split cs-show "$young"
	assert_stdout_contains 'resolve/company'
	assert_stdout_contains $'\trung\tresolve/company'
	split cs-show "$old"
	assert_stdout_contains "lets_go $young"
	split cs-escalate --explain "$old"
	assert_stdout_contains 'the merge was undone: it counts for nothing'
	# As if it had never been merged.
	split cs-report monthly 2026-11 -f text --now '2026-12-01 09:00'
	assert_status 0
	# carried in + opened + reopened + moved in = closed + merged + moved out + carried out
	assert_equal "$(awk -F '\t' '$4 == "stock" && $6 == "complaint" { printf "%s%s", sep, $NF; sep = " " }' <<<"$output")" '0 2 0 0 0 0 0 2'
	split cs-check
	assert_status 0
}

# process TICKET: what the course of handling says, in one line
process() {
	cs-show --form major_special -q "$1" | sed -n '/^处理过程及结果$/,/____/p' | sed '1d;$d' | tr -d ' \n'
}

@test "the course of handling tells the merge and its end, with the due that each made" {
	two
	cs-decide link -q --as ling --same-as none "$old" >/dev/null
	at '2026-11-03 09:00'
	decide merge --as chief --into "$old" --note 同一件事 --set new_facts=yes --set 'facts_at=2026-11-03 08:00' "$young"
	# Five working days from 2 November end with the 9th, from 3 November with the 10th.
	assert_equal "$(process "$old")" "$(printf %s '2026-11-0209:00登记林玲2026-11-0209:00认定同一投诉林玲（同一投诉无）' \
		"2026-11-0309:00合并处理陈静（${young}并入；办理期限2026-11-1024:00）:同一件事")"
	assert_equal "$(process "$young")" "2026-11-0209:00登记林玲2026-11-0309:00合并处理陈静（有新的事实是；新材料收到时间2026-11-0308:00；并入${old}）:同一件事"
	at '2026-11-04 09:00'
	decide unmerge --as chief --note 认错 "$young"
	process "$old" | grep -q "2026-11-0409:00撤销合并陈静（${young}不再并入；办理期限2026-11-0924:00）"
	process "$young" | grep -q '2026-11-0409:00撤销合并陈静:认错'
}

@test "two merges at once: one is refused; a killed one leaves nothing half" {
	two
	new complaint
	cs-decide merge --as chief --into "$old" --note x "$young" >one 2>&1 &
	cs-decide merge --as chief --into "$old" --note x "$young" >two 2>&1 &
	wait
	assert_equal "$(grep -c 'is merged into' one two | cut -d : -f 2 | paste -sd+ | bc)" 1
	split cs-decide merge --as chief --into "$old" --note x -n "$ref"
	assert_status 0
	assert_equal "$(state)" registered
	for i in 1 2 3 4 5 6 7 8; do
		cs-decide merge --as chief --into "$old" --note x "$ref" >/dev/null 2>&1 &
		pid=$!
		for ((k = 0; k < i * 300; k++)); do :; done
		kill -KILL "$pid" 2>/dev/null || true
		wait "$pid" 2>/dev/null || true
		split cs-check
		assert_status 0
		[ "$(state)" = registered ] || cs-decide unmerge --as chief --note x "$ref" >/dev/null
	done
}

@test "S0-4-8 S3-4-7: a major complaint that is merged makes the survivor major, which owes what a major one owes; undone, no more" {
	new complaint
	old=$ref
	new complaint --customer 李强 --phone 13700000001
	step chief assess --set lawsuit=pending --set our_fault=yes
	decide merge --as chief --into "$old" --note x "$ref"
	assert_equal "$(cs-list --columns importance "$old")" "$old"$'\tmajor'
	split cs-duty due --subject "$old"
	assert_stdout_contains major_weekly
	decide unmerge --as chief --note 认错 "$ref"
	assert_equal "$(cs-list --columns importance,importance_peak "$old")" "$old"$'\tordinary\tmajor'
	split cs-duty due --subject "$old"
	refute_stdout_contains major_weekly
	split cs-duty due --subject "$ref"
	assert_stdout_contains major_weekly
}

# csv ASSESSED REPLIED: the file of one complaint, with its later steps as far as their times are given
csv() {
	printf '%s\n' source_key,kind,channel,category,subject,body,customer,phone,unit,opened_at,assess_at,people,reply_at,reply_text \
		"K1,complaint,phone,eng.water,水管,漏水,李强,13700000001,p1.north,2026-11-02 09:00,$1,${1:+3},$2,${2:+已修好}" >rows.csv
}

# steps REF: what was done with it
steps() {
	cs-show "$1" | awk -F '\t' '$2 == "event" && $3 !~ /^(rung|rate|matter)$/ { print $3 }' | paste -sd ' '
}

@test "S0-4-8: later steps of an imported row whose ticket was merged reach the survivor, once each" {
	new complaint
	old=$ref
	new complaint --customer 赵六 --phone 13700000006
	middle=$ref
	csv '' ''
	split cs-intake --as ling --csv rows.csv --source desk
	young=$output
	decide merge --as chief --into "$middle" --note x "$young"
	at '2026-11-03 12:00'
	csv '2026-11-03 09:30' ''
	split cs-intake --as ling --csv rows.csv --source desk --update
	assert_stdout "$young"
	assert_stderr_contains "rows.csv:2: $young is merged: the step is taken on $middle"
	split cs-show "$middle"
	assert_stdout_contains "through $young"
	# The survivor may be merged in turn: what it took of the row is not taken again.
	decide merge --as chief --into "$old" --note x "$middle"
	at '2026-11-03 14:00'
	csv '2026-11-03 09:30' '2026-11-03 13:00'
	split cs-intake --as ling --csv rows.csv --source desk --update
	assert_status 0
	assert_stdout "$young"
	assert_stderr_contains "$young is merged: the step is taken on $old"
	split cs-intake --as ling --csv rows.csv --source desk --update
	assert_stderr_contains '1 known and unchanged'
	refute_stderr_contains 'is merged'
	assert_equal "$(steps "$old")" 'register absorb reply'
	assert_equal "$(steps "$middle")" 'register absorb assess merge'
	assert_equal "$(steps "$young")" 'register merge'
	# Given back, it has had what was taken on them.
	at '2026-11-03 15:00'
	decide unmerge --as chief --note x "$middle"
	decide unmerge --as chief --note x "$young"
	split cs-intake --as ling --csv rows.csv --source desk --update
	assert_status 0
	assert_stderr_contains '1 known and unchanged'
	split cs-check
	assert_status 0
}

# extended: the complaint $1 is given until the 9th, which its customers are told
extended() {
	cs-progress -q --as worker extend --note 等配件 --set 'extended_to=2026-11-09 18:00' "$1" >/dev/null
	cs-progress -q --as manager approve "$1" >/dev/null
	cs-progress -q --as worker extend "$1" >/dev/null
}

# told: who was told of what about which ticket, customers alone, sent or not
told() {
	cs-notify list --all --to-kind customer | awk -F '\t' '{ print $4, $6, $7, $2 }'
}

@test "S0-4-8: what a merged ticket had to tell is still told, once; later messages reach all who complain on the survivor" {
	local old young
	new complaint --also 赵敏,phone=13700000003
	old=$ref
	new complaint --customer 李强 --phone 13700000001
	young=$ref
	for ref in "$old" "$young"; do
		cs-dispatch -q --as chief --to p1.engineering --assignee worker --set 'promised_at=2026-11-05 18:00' "$ref" >/dev/null
	done
	extended "$young"
	assert_equal "$(told)" "13700000001 extend $young pending"
	cs-decide merge -q --as chief --into "$old" --note 同一件事 "$young" >/dev/null
	assert_equal "$(told)" "13700000001 extend $young pending" # as it was
	cs-notify send --to-kind customer --command 'cat >>sent' >/dev/null
	assert_equal "$(told)" "13700000001 extend $young sent"
	# Asked of either, it is taken on the survivor; each who complains is told once.
	extended "$young"
	assert_equal "$(told | grep -v sent | sort)" "13700000001 extend $old pending
13700000003 extend $old pending
13800138000 extend $old pending"
	cs-notify send --to-kind customer --command 'cat >>sent' >/dev/null
	assert_equal "$(grep -c '^To: ' sent)" 4
	# Given back: each hears of his own ticket again; who has left hears nothing.
	cs-decide unmerge -q --as chief --note 认错 "$young" >/dev/null
	cs-progress -q --as ling leave --customer 赵敏 --phone 13700000003 --note 不再追究 "$old" >/dev/null
	cs-progress -q --as worker extend --note 又等 --set 'extended_to=2026-11-10 18:00' "$old" >/dev/null
	cs-progress -q --as manager approve "$old" >/dev/null
	cs-progress -q --as worker extend "$old" >/dev/null
	assert_equal "$(told | grep -v sent)" "13800138000 extend $old pending"
	split cs-check
	assert_status 0
}

@test "one score of a customer: of a row whose ticket was merged since, another one is refused" {
	export CS_NOW='2026-11-21 09:30'
	local head=source_key,kind,body,customer,phone,opened_at,closed_at,result,score who=王芳,13800138000
	printf '%s\n' "$head" "h1,complaint,x,$who,2026-11-04 10:00,,," "h2,complaint,x,$who,2026-11-04 11:00,,," >a.csv
	take() { cs-intake --csv a.csv --source old --history "$@"; }
	take >refs
	cs-decide merge -q --as chief --into "$(head -n 1 refs)" --note x --at '2026-11-04 12:00' "$(tail -n 1 refs)"
	printf '%s\n' "$head" "h1,complaint,x,$who,2026-11-04 10:00,2026-11-05 10:00,ok,5" >a.csv
	take --update -q
	printf '%s\n' "$head" "h2,complaint,x,$who,2026-11-04 11:00,,,2" >a.csv
	split take --update
	assert_status 1
	assert_stderr_contains "score: that of this customer stands on C20261104-0001 already (5), into which C20261104-0002 is merged: leave it out"
	assert_equal "$(sqlite3 "$CS_DB" 'SELECT count(*), sum(score) FROM callback WHERE score')" '1|5'
}
