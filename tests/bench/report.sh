#!/usr/bin/env bash
# cs-report monthly over a million tickets against the same figures by the sqlite3 shell with window functions over
# the same file (tests/bench/report.sql): interleaved pairs, medians of five; the figures must be the same.
# CS_BENCH_TICKETS: another number of tickets.
set -eu
# shellcheck source=tests/env.sh
source "$(dirname "$0")/../env.sh"
limit=0.5 memory_limit=102400
tickets=${CS_BENCH_TICKETS:-1000000}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
export CS_DB=$tmp/desk.db CS_NOW='2026-11-02 08:00' SQLITE_TMPDIR=$tmp

cs-init --rehearsal --now '2026-09-01 08:00' >/dev/null
"$CS_BUILD/tests/bench/fill_report" "$CS_DB" 2026-10-01 "$tickets"
from=$(TZ=Asia/Shanghai date -d 2026-10-01 +%s)
to=$(TZ=Asia/Shanghai date -d 2026-11-01 +%s)

ours() {
	cs-report monthly 2026-10 -f csv >"$tmp/ours.csv"
}

reference() {
	sqlite3 "$CS_DB" 'CREATE TEMP TABLE edge (a INTEGER, z INTEGER, now INTEGER)' \
		"INSERT INTO edge VALUES ($from, $to, $to)" ".read $CS_ROOT/tests/bench/report.sql" >"$tmp/reference.txt"
}

# seconds COMMAND: runs it, prints how long it took.
seconds() {
	local start=$EPOCHREALTIME
	"$@"
	awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.3f\n", b - a }'
}

median() {
	sort -n "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

for _ in 1 2 3 4 5; do
	seconds ours >>"$tmp/ours"
	seconds reference >>"$tmp/theirs"
done
same=yes
awk -F, 'NR > 1 && $4 != "head" { print $4 "|" $5 "|" $6 "|" $7 "|" $8 "|" $9 }' "$tmp/ours.csv" | sort >"$tmp/a"
sort "$tmp/reference.txt" | cmp -s - "$tmp/a" || same=no
# Address space counts more than what is resident: within it, the peak is within the limit.
(ulimit -v "$memory_limit" && cs-report monthly 2026-10 -f csv) | cmp -s - "$tmp/ours.csv" && fits=yes || fits=no

awk -v tickets="$tickets" -v a="$(median "$tmp/ours")" -v b="$(median "$tmp/theirs")" -v limit="$limit" -v same="$same" \
	-v fits="$fits" -v memory="$memory_limit" 'BEGIN {
	printf "cs-report monthly, %d tickets: %.2f s; sqlite3: %.2f s\n", tickets, a, b
	printf "ratio %.3f (limit %s)\n", a / b, limit
	printf "runs within %d MiB: %s\n", memory / 1024, fits
	printf "the same figures: %s\n", same
	exit !(a / b <= limit && same == "yes" && fits == "yes")
}'
