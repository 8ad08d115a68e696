#!/usr/bin/env bats
# scripts/demo: the same month every time, and nothing of the shipped kinds left out.
load helper

setup_file() {
	cd "$BATS_FILE_TMPDIR" || return 1
	"$CS_ROOT/scripts/demo" --built "$BATS_FILE_TMPDIR/month" >demo.out 2>&1
	echo $? >demo.rc
}

setup() {
	cs_setup
	demo=$BATS_FILE_TMPDIR/demo.out
	rules=$BATS_FILE_TMPDIR/rules.json
	month=$BATS_FILE_TMPDIR/month/desk.db
	# The rules as they are in force: what a policy or a kind extends is part of them.
	sqlite3 "$month" 'SELECT text FROM policy ORDER BY id LIMIT 1' >"$rules"
}

# The caller's login stands in the events, so in their digests and in the widths of tables; the last lines name the folder.
plain() {
	sed -E "/^The month is in/,\$d; s/\($(id -un)\)/(root)/g; s/\t$(id -un)\$/\troot/; s/[0-9a-f]{32,64}/<digest>/g; s/ +/ /g; s/ +\$//" "$1"
}

# none WHAT: the lines on stdin are missing things.
none() {
	local missing
	missing=$(cat)
	[ -z "$missing" ] || fail "the month has no $1:" "$missing"
}

@test "the demo ends well" {
	[ "$(cat "$BATS_FILE_TMPDIR/demo.rc")" = 0 ] || fail "it ended with $(cat "$BATS_FILE_TMPDIR/demo.rc")" "$(tail -n 20 "$demo")"
}

@test "the demo prints what it printed when it was looked at" {
	plain "$demo" >got
	plain "$CS_ROOT/tests/data/demo.want" >want
	diff -u want got | head -n 60 >why || true
	[ ! -s why ] || fail "$(cat why)" "(if this is as it should be: scripts/demo --built | sed '/^The month is in/,\$d' >tests/data/demo.want)"
}

@test "every program is used" {
	for file in "$CS_ROOT"/bin/*.c; do
		grep -qE "(^[\$>] |[|;] )$(basename "$file" .c)( |\$)" "$demo" || basename "$file" .c
	done | none 'use of'
}

@test "every step of every kind is taken" {
	sqlite3 "$month" "SELECT DISTINCT t.kind || ' ' || e.step FROM event e JOIN ticket t ON t.id = e.subject WHERE e.about = 'ticket'" | sort >have
	jq -r '.kinds | to_entries[] | .key as $k | .value.steps | keys[] | "\($k) \(.)"' "$rules" | sort >want
	[ "$(wc -l <want)" -gt 60 ]
	comm -23 want have | none step
}

@test "every rung fires" {
	sqlite3 "$month" "SELECT DISTINCT t.kind || ' ' || r.clock || ' ' || r.rung FROM rung r JOIN ticket t ON t.id = r.ticket" | sort >have
	jq -r '.kinds | to_entries[] | .key as $k | .value.clocks | to_entries[] | .key as $c | .value.rungs // [] | .[] | "\($k) \($c) \(.id)"' "$rules" |
		sort >want
	[ "$(wc -l <want)" -eq 10 ]
	comm -23 want have | none rung
	[ "$(sqlite3 "$month" 'SELECT count(*) > 0 FROM rung WHERE moot')" = 1 ]
}

@test "every contact of the rules is made, with every outcome and method" {
	sqlite3 "$month" "SELECT DISTINCT rule FROM callback WHERE state = 'done'" | sort >have
	jq -r '.callbacks | keys[]' "$rules" | sort | comm -23 - have | none 'contact made'
	sqlite3 "$month" 'SELECT DISTINCT outcome FROM attempt' | sort >have
	printf '%s\n' inconvenient reached refused unreachable | comm -23 - have | none outcome
	sqlite3 "$month" 'SELECT DISTINCT method FROM attempt' | sort >have
	jq -r '.codes.method[]' "$rules" | sort | comm -23 - have | none method
	sqlite3 "$month" 'SELECT DISTINCT score FROM callback WHERE score IS NOT NULL' | sort >have
	printf '%s\n' 1 2 3 4 5 | comm -23 - have | none score
	sqlite3 "$month" 'SELECT DISTINCT state FROM callback' | sort >have
	printf '%s\n' 'done' dropped exempt refused waiting | comm -23 - have | none 'end of a contact'
	sqlite3 "$month" "SELECT DISTINCT link FROM link" | sort >have
	jq -r '.codes.link[]' "$rules" | sort | comm -23 - have | none 'link to a problem'
}

# One refusal cannot be had: fees come with a quote alone, and out of a quote leads only consent, which sets the amount.
@test "every refusal of the rules is met" {
	jq -r '.. | .say? // empty' "$rules" | sort -u | grep -vx 'paid work starts after quote and consent' >want
	[ "$(wc -l <want)" -ge 8 ]
	while read -r say; do
		grep -qF -e ": $say" -e "; $say" "$demo" || echo "$say"
	done <want | none refusal
	for word in 'only for: ' 'never by: ' 'is in state ' 'never by the person who did the job' 'is still to be made' 'is missing (--answer' 'not yours to enter'; do
		grep -qF "$word" "$demo" || echo "$word"
	done | none refusal
}

@test "some 300 tickets, and what came in went out or stayed" {
	n=$(sqlite3 "$month" 'SELECT count(*) FROM ticket')
	[ "$n" -ge 270 ] && [ "$n" -le 330 ] || fail "$n tickets"
	run bash -c "CS_NOW='2026-11-02 09:00' cs-report monthly 2026-10 -d '$month' --table stock -f csv"
	assert_status 0
	echo "$output" | awk -F, 'NR > 1 { rows++; if ($3 + $4 + $5 + $6 != $7 + $8 + $9 + $10) exit 1 } END { exit rows < 5 }' || fail 'the stock does not add up'
}

@test "a folder that is not empty, and an unknown option, are refused" {
	mkdir full && touch full/x
	run "$CS_ROOT/scripts/demo" --built full
	assert_status 1
	run "$CS_ROOT/scripts/demo" --frob
	assert_status 64
}

@test "README: at most 150 lines, and its table names the programs of bin" {
	[ "$(wc -l <"$CS_ROOT/README.md")" -le 150 ]
	sed -nE 's/^\| `(cs-[a-z]+)`.*/\1/p' "$CS_ROOT/README.md" | sort >have
	for file in "$CS_ROOT"/bin/*.c; do
		basename "$file" .c
	done | sort >want
	diff want have || fail 'the table and bin/ differ'
}

@test "README: every file it names is there" {
	grep -oE '`(bin|lib|man|scripts|tests)/[^`* ]*`' "$CS_ROOT/README.md" | tr -d '`' | sort -u | while read -r file; do
		[ -e "$CS_ROOT/$file" ] || echo "$file"
	done | none file
}
