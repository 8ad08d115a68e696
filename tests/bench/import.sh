#!/usr/bin/env bash
# cs-intake --csv over a million rows against the sqlite3 shell that brings the same rows into the same tables (.import
# to a plain table, then tests/bench/import.sql): interleaved pairs, medians; same journal, synchronous, cache. Then the
# rate at the full number against a tenth, the memory, and beside one import desk processes that take in single tickets.
# CS_BENCH_ROWS, CS_BENCH_PAIRS: other numbers of rows and pairs.
set -eu
# shellcheck source=tests/env.sh
source "$(dirname "$0")/../env.sh"
rows=${CS_BENCH_ROWS:-1000000} pairs=${CS_BENCH_PAIRS:-5}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
export SQLITE_TMPDIR=$tmp
unset CS_NOW

CS_DB=$tmp/empty.db cs-init >/dev/null
{
	echo "INSERT INTO unit (id, code, name, level) VALUES (1, 'hq', 'hq', 'hq');"
	for i in {1..20}; do
		echo "INSERT INTO unit (code, name, level, parent) VALUES ('p$i', 'project $i', 'project', 1);"
	done
	echo 'PRAGMA wal_checkpoint(TRUNCATE);'
} | sqlite3 "$tmp/empty.db" >/dev/null
awk -v n="$rows" -f "$CS_ROOT/tests/bench/import_rows.awk" >"$tmp/full.csv"
awk -v n=$((rows / 10)) -f "$CS_ROOT/tests/bench/import_rows.awk" >"$tmp/tenth.csv"

fresh() {
	rm -f "$tmp/desk.db"*
	cp "$tmp/empty.db" "$tmp/desk.db"
}

ours() {
	/usr/bin/env time -f %M -o "$tmp/peak" cs-intake -d "$tmp/desk.db" --csv "$tmp/$1.csv" --source bench -q >"$tmp/refs"
}

reference() {
	sqlite3 -bail "$tmp/desk.db" 'PRAGMA synchronous = FULL' 'PRAGMA cache_size = -65536' 'PRAGMA wal_autocheckpoint = 20000' \
		BEGIN ".import --csv $tmp/full.csv raw" ".read $CS_ROOT/tests/bench/import.sql" COMMIT >/dev/null
}

# seconds COMMAND: runs it on a fresh database, prints how long it took.
seconds() {
	local start
	fresh
	sync
	start=$EPOCHREALTIME
	"$@"
	awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.3f\n", b - a }'
}

median() {
	sort -n "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

counts() {
	sqlite3 "$tmp/desk.db" 'SELECT (SELECT count(*) FROM ticket), (SELECT count(*) FROM clock), (SELECT count(*) FROM person),
		(SELECT count(*) FROM premises), (SELECT count(*) FROM party), (SELECT count(*) FROM intake_row), (SELECT count(*)
		FROM event), (SELECT sum(length(facts) + length(private)) / 1000 / count(*) FROM event WHERE step = '"'register'"')'
}

for ((i = 0; i < pairs; i++)); do
	seconds ours tenth >>"$tmp/tenth"
	seconds ours full >>"$tmp/full"
	mine=$(counts)
	seconds reference >>"$tmp/theirs"
	theirs=$(counts)
done
peak=$(cat "$tmp/peak")

# Beside one import: single tickets, one after the other, each timed; and how long each waited for the lock.
fresh
ours full &
import=$!
while kill -0 "$import" 2>/dev/null; do
	start=$EPOCHREALTIME
	rc=0
	cs-intake -d "$tmp/desk.db" --kind inquiry --channel phone --body 'is the pool open' >/dev/null 2>&1 || rc=$?
	echo "$start $EPOCHREALTIME $rc" >>"$tmp/desk"
	sleep 0.02
done
wait "$import"

awk -v rows="$rows" -v tenth="$(median "$tmp/tenth")" -v full="$(median "$tmp/full")" -v theirs="$(median "$tmp/theirs")" \
	-v peak="$peak" -v same="$([ "$mine" = "$theirs" ] && echo yes || echo "no: $mine, $theirs")" '
{ wait[NR] = $2 - $1; failed += $3 != 0 }
function limit(what, value, wanted, good) {
	printf "%-58s %8.3f (limit %s)%s\n", what, value, wanted, good ? "" : "  PAST IT"
	past += !good
}
END {
	for (i = 2; i <= NR; i++)
		for (k = i; k > 1 && wait[k - 1] > wait[k]; k--) { t = wait[k]; wait[k] = wait[k - 1]; wait[k - 1] = t }
	printf "cs-intake, %d rows: %.2f s, %.1f us a row; sqlite3: %.2f s\n", rows, full, full / rows * 1e6, theirs
	printf "the same rows in the same tables: %s\n", same
	limit("time against the sqlite3 shell", full / theirs, "1.5", full / theirs <= 1.5)
	limit("rows a second against a tenth of the rows", rows / full / (rows / 10 / tenth), "0.75 at least", tenth * 10 / full >= 0.75)
	limit("peak memory, MiB", peak / 1024, "100", peak > 0 && peak / 1024 <= 100)
	limit("desk processes beside it (" NR "): seconds, p99", wait[int(NR * 0.99) < 1 ? 1 : int(NR * 0.99)], "0.5", wait[int(NR * 0.99) < 1 ? 1 : int(NR * 0.99)] <= 0.5)
	limit("the longest of them (waits while the lock is held)", wait[NR], "0.75", wait[NR] <= 0.75)
	limit("those that failed", failed, "0", failed == 0)
	exit past > 0 || same != "yes"
}' "$tmp/desk"
