#!/usr/bin/env bash
# cs-escalate: what it costs grows with what is due, not with what is stored. CS_BENCH_ROWS: tickets and clocks
# beside it (1,000,000).
set -eu
rows=${CS_BENCH_ROWS:-1000000}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
fill=$CS_BUILD/tests/bench/fill
failed=0

init() {
	cs-init -d "$1" --rehearsal --seed bench --now '2026-11-02 08:00' >/dev/null
}

# limit WHAT FIGURE LIMIT [UNIT]: prints both; past it the end is non-zero.
limit() {
	printf '%-62s %10s  at most %s%s\n' "$1" "$2" "$3" "${4:+ $4}"
	awk -v a="$2" -v b="$3" 'BEGIN { exit !(a <= b) }' || failed=1
}

# steps DB: engine steps per crossing of one run, then full-scan steps.
steps() {
	local out
	out=$(CS_STATS=1 CS_NOW='2026-12-01' cs-escalate -d "$1" 2>"$tmp/stats" | wc -l)
	sed -n "s/.*vm-steps \([0-9]*\), scan-steps \([0-9]*\)/\1 \2/p" "$tmp/stats" | awk -v n="$out" '{ printf "%.1f %d\n", $1 / n, $2 }'
}

init "$tmp/alone.db"
"$fill" "$tmp/alone.db" 500 '2026-11-02 09:00' 1 >/dev/null
init "$tmp/beside.db"
"$fill" "$tmp/beside.db" "$rows" '2026-11-02 08:30' 0 closed >/dev/null
"$fill" "$tmp/beside.db" 500 '2026-11-02 09:00' 1 >/dev/null
read -r alone _ < <(steps "$tmp/alone.db")
read -r beside scans < <(steps "$tmp/beside.db")
limit "engine steps a crossing, $rows closed tickets beside, over none ($beside : $alone)" \
	"$(awk -v a="$beside" -v b="$alone" 'BEGIN { printf "%.3f", a / b }')" 1.1
limit 'full-scan steps' "$scans" 0
rm -f "$tmp"/*.db*

# Four clocks a ticket, all begun in the same second; the first is due three minutes later.
init "$tmp/idle.db"
"$fill" "$tmp/idle.db" $((rows / 4)) '2026-11-02 09:00' 0 >/dev/null
for _ in 1 2 3 4 5 6 7; do
	from=${EPOCHREALTIME/./}
	out=$(CS_NOW='2026-11-02 09:02' cs-escalate -d "$tmp/idle.db")
	echo $((${EPOCHREALTIME/./} - from))
	[ -z "$out" ] || { echo 'something was due'; exit 1; }
done | sort -n >"$tmp/times"
limit "nothing due among $rows running clocks, whole process (median of 7)" \
	"$(awk 'NR == 4 { printf "%.1f", $1 / 1000 }' "$tmp/times")" 20 ms
exit $failed
