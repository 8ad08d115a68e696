#!/usr/bin/env bash
# One more complaint stated to be the same as 1,000 others (one power cut), and somebody complaining again of it, each a
# whole process, against the same on a matter of 100: the cost grows with the size, no faster, and a clerk waits half a
# second at most. Everybody of the matter is rated again each time.
# CS_BENCH_MATTER: the size (1,000); CS_BENCH_PAIRS: how many of each (20).
set -eu
# shellcheck source=tests/env.sh
source "$(dirname "$0")/../env.sh"
size=${CS_BENCH_MATTER:-1000} pairs=${CS_BENCH_PAIRS:-20} small=100
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
export SQLITE_TMPDIR=$tmp CS_NOW='2026-11-20 09:30' CS_DB=$tmp/desk.db
failed=0

cs-init --rehearsal >/dev/null
sh "$CS_ROOT/tests/data/company.sh"
total=$((size + small + 2 * pairs))
awk -v n="$total" 'BEGIN {
	print "kind,channel,category,subject,body,customer,phone,premises,unit,opened_at"
	for (i = 1; i <= n; i++)
		printf "complaint,phone,eng.power,Power cut,Nobody has light,Customer %d,1380%07d,%d-%d,p1," \
			"2026-11-20T%02d:%02d:%02d+08:00\n", i, i, i % 40 + 1, i, 8 + i / 3600, i / 60 % 60, i % 60
}' >"$tmp/rows.csv"
cs-intake --csv "$tmp/rows.csv" --source bench >"$tmp/refs"
mapfile -t ref <"$tmp/refs"
big=${ref[0]} little=${ref[size]}
printf '%s\n' "${ref[@]:1:size - 1}" | cs-decide link --as ling --same-as "$big" - >/dev/null
printf '%s\n' "${ref[@]:size + 1:small - 1}" | cs-decide link --as ling --same-as "$little" - >/dev/null

# measure WHAT A B LIMIT: the commands in the files A and B, in turn.
measure() {
	local a b ratio
	paste -d '\n' "$tmp/$2" "$tmp/$3" >"$tmp/list"
	read -r a b ratio _ < <("$CS_BUILD/tests/bench/pairs" 4 "$tmp/list")
	printf '%-60s %9s  at most 500 ms\n' "$1: $size" "$a"
	printf '%-60s %9s  at most %s times\n' "  against $small ($b ms)" "$ratio" "$4"
	awk -v a="$a" -v r="$ratio" -v l="$4" 'BEGIN { exit !(a <= 500 && r <= l) }' || failed=1
}

words() {
	(IFS=$'\t' && printf '/dev/null\t%s\n' "$*")
}
for ((i = 0; i < pairs; i++)); do
	words cs-decide link --as ling --same-as "$big" "${ref[size + small + 2 * i]}" >>"$tmp/link.big"
	words cs-decide link --as ling --same-as "$little" "${ref[size + small + 2 * i + 1]}" >>"$tmp/link.small"
	again=(cs-progress repeat --as ling --customer Neighbour --phone "$((13900000000 + i))" --note again)
	words "${again[@]}" "${ref[i]}" >>"$tmp/again.big"
	words "${again[@]}" "${ref[size + i]}" >>"$tmp/again.small"
done
measure 'link into a matter' link.big link.small $((size / small))
measure 'repeat in a matter' again.big again.small $((size / small))
exit "$failed"
