#!/usr/bin/env bash
# cs-check over an import takes no longer than the import, in 100 MiB. CS_BENCH_ROWS: rows (1,000,000).
set -eu
rows=${CS_BENCH_ROWS:-1000000}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
export CS_DB=$tmp/desk.db CS_NOW='2026-11-02 12:00'
failed=0

limit() {
	printf '%-62s %10s  at most %s%s\n' "$1" "$2" "$3" "${4:+ $4}"
	awk -v a="$2" -v b="$3" 'BEGIN { exit !(a <= b) }' || failed=1
}

cs-init --rehearsal --seed bench --now '2026-11-02 08:00' >/dev/null
"$CS_BUILD/tests/bench/fill" "$CS_DB" 1 '2026-11-02 09:00' 1 >/dev/null
awk -v n="$rows" 'BEGIN {
	print "source_key,kind,channel,category,subject,body,customer,phone,premises,unit,opened_at"
	for (i = 0; i < n; i++)
		printf "k%d,request,phone,eng.leak,漏水,厨房水管漏水，请派人来修。,住户%d,138%08d,%d-%d-%d,p1,2026-11-02 10:%02d\n",
			i, i / 3, i / 3, i / 600 + 1, i / 60 % 9 + 1, 101 + i / 3 % 20, i % 60
}' >"$tmp/in.csv"
from=${EPOCHREALTIME/./}
cs-intake --csv "$tmp/in.csv" --source bench >"$tmp/out"
import=$((${EPOCHREALTIME/./} - from))
for _ in 1 2 3; do
	from=${EPOCHREALTIME/./}
	(ulimit -v 102400 && cs-check >/dev/null)
	echo $((${EPOCHREALTIME/./} - from))
done | sort -n >"$tmp/times"
check=$(sed -n 2p "$tmp/times")
limit "cs-check over $rows rows : their import ($((check / 1000)) : $((import / 1000)) ms)" \
	"$(awk -v a="$check" -v b="$import" 'BEGIN { printf "%.2f", a / b }')" 1.0
echo "cs-check ran in 100 MiB of address space"
exit $failed
