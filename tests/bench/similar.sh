#!/usr/bin/env bash
# Suspects among complaints (cs-intake, cs-decide similar): how many a second and the 95th percentile for one complaint,
# at 1,000, 100,000 and 1,000,000 tickets; and an import that compares (--similar) against the same import that does not,
# in interleaved pairs, medians. For information: a whole cs-intake process, and what keeping the words costs an import.
# CS_BENCH_ROWS: the largest number of tickets (1,000,000); CS_BENCH_PAIRS: pairs (5).
set -eu
# shellcheck source=tests/env.sh
source "$(dirname "$0")/../env.sh"
most=${CS_BENCH_ROWS:-1000000} pairs=${CS_BENCH_PAIRS:-5}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
export SQLITE_TMPDIR=$tmp
unset CS_NOW
failed=0

init() {
	cs-init -d "$1" "${@:2}" >/dev/null
	{
		echo "INSERT INTO unit (id, code, name, level) VALUES (1, 'hq', 'hq', 'hq');"
		for i in {1..20}; do
			echo "INSERT INTO unit (code, name, level, parent) VALUES ('p$i', 'project $i', 'project', 1);"
		done
		echo 'PRAGMA wal_checkpoint(TRUNCATE);'
	} | sqlite3 "$1" >/dev/null
}

# limit WHAT FIGURE LIMIT UNIT: prints both; past it the end is non-zero.
limit() {
	printf '%-66s %9s  at most %s %s\n' "$1" "$2" "$3" "$4"
	awk -v a="$2" -v b="$3" 'BEGIN { exit !(a <= b) }' || failed=1
}

median() {
	sort -n "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

# import DB ROWS [OPTION...]: a fresh copy of the database, prints the seconds.
import() {
	local start
	rm -f "$tmp/desk.db"*
	cp "$tmp/$1.db" "$tmp/desk.db"
	sync
	start=$EPOCHREALTIME
	cs-intake -d "$tmp/desk.db" --csv "$tmp/$2.csv" --source bench "${@:3}" >/dev/null 2>"$tmp/said"
	awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.3f\n", b - a }'
}

init "$tmp/empty.db"
jq -n '{policy: "plain", edition: "2026-11-21", extends: "property", similar: {kinds: ["message"]}}' >"$tmp/plain.json"
init "$tmp/plain.db" --policy "$tmp/plain.json"

for rows in 1000 100000 1000000; do
	[ "$rows" -le "$most" ] || break
	awk -v n="$rows" -f "$CS_ROOT/tests/bench/similar_rows.awk" >"$tmp/$rows.csv"
	for ((i = 0; i < pairs; i++)); do
		import empty "$rows" >>"$tmp/without.$rows"
		import plain "$rows" >>"$tmp/plain.$rows"
		import empty "$rows" --similar >>"$tmp/with.$rows"
	done
	without=$(median "$tmp/without.$rows") with=$(median "$tmp/with.$rows") plain=$(median "$tmp/plain.$rows")
	said=$(sed -n 's/.*: \([0-9]*\) may repeat others$/\1/p' "$tmp/said")
	read -r rate p50 p95 clock compared found < <("$CS_BUILD/tests/bench/suspects" "$tmp/desk.db" 2000)
	printf '%s tickets: %s suspects a second (complaints looked up), median %s ms; %s candidates, %s found for each; %s rows named\n' \
		"$rows" "$rate" "$p50" "$compared" "$found" "$said"
	limit "$rows tickets: suspects of one complaint, p95 of processor time" "$p95" 10 "ms (by the clock $clock)"
	# Whole processes: the same complaint taken in beside all these, and beside none by rules that do not compare it.
	rm -f "$tmp/alone.db"*
	cp "$tmp/plain.db" "$tmp/alone.db"
	tail -n 200 "$tmp/$rows.csv" | while IFS=, read -r _ _ _ kind subject body who phone home unit at; do
		for name in desk alone; do
			printf '/dev/null\tcs-intake\t-q\t-d\t%s\t--kind\tcomplaint\t--channel\tphone\t--category\t%s\t--subject\t%s\t--body\t%s\t' \
				"$tmp/$name.db" "$kind" "$subject" "$body"
			printf -- '--customer\t%s\t--phone\t%s\t--premises\t%s\t--unit\t%s\t--at\t%s\n' "$who" "$phone" "$home" "$unit" "$at"
		done
	done >"$tmp/list"
	read -r a b ratio a_cpu b_cpu < <("$CS_BUILD/tests/bench/pairs" 5 "$tmp/list")
	printf '%-66s %9s\n' "$rows tickets: cs-intake of a complaint, whole process, ms" "$a" \
		'  against one that compares nothing' "$b (ratio $ratio; processor time $a_cpu and $b_cpu)"
	limit "$rows tickets: import with comparison, against without" \
		"$(awk -v a="$with" -v b="$without" 'BEGIN { printf "%.2f", a / b }')" 2 "times ($with s, $without s)"
	printf '%-66s %9s\n' "$rows tickets: import that keeps words, against none kept" \
		"$(awk -v a="$without" -v b="$plain" 'BEGIN { printf "%.2f", a / b }')"
done
exit "$failed"
