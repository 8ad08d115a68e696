#!/usr/bin/env bash
# One durable ticket: a whole cs-intake process, all rows of a new customer's request, against the sqlite3 shell started
# directly and inserting the very same rows (both WAL, synchronous FULL, nobody else with the database open).
# ONE_PAIRS: how many pairs (default 300), measured in five stretches.
set -eu
cd "$(dirname "$0")/../.."
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
pairs=${ONE_PAIRS:-300}
limit=1.2
export CS_NOW='2026-11-20 09:30'

CS_DB=$tmp/empty.db cs-init --rehearsal >/dev/null
CS_DB=$tmp/empty.db sh tests/data/company.sh
for name in rows ours theirs; do
	cp "$tmp/empty.db" "$tmp/$name.db"
done

# The command of ticket $1 on the database $2, tabs between.
ticket() {
	local -a words=(cs-intake -d "$2" --kind request --unit p1 --channel phone --category "$category"
		--subject "楼道灯不亮 $1" --body '三号楼二单元五楼的楼道灯坏了，晚上很黑' --customer "王芳$1"
		--phone "$((13800000000 + $1))" --premises "3-2-$((100 + $1))")
	(IFS=$'\t' && printf '%s\n' "${words[*]}")
}
category=$(sqlite3 "$tmp/empty.db" 'SELECT text FROM policy' | jq -r '.categories | keys[0]')

# What a ticket adds, as SQL: tickets go into a third database, and its dumps are compared.
dump() {
	sqlite3 "$tmp/rows.db" .dump | grep -v 'INSERT INTO policy'
}
dump >"$tmp/before"
for ((i = 1; i <= pairs; i++)); do
	IFS=$'\t' read -r -a words < <(ticket "$i" "$tmp/rows.db")
	"${words[@]}" >/dev/null
	dump >"$tmp/after"
	{
		echo 'PRAGMA synchronous=FULL; BEGIN IMMEDIATE;'
		diff "$tmp/before" "$tmp/after" | sed -n 's/^> INSERT INTO \(counter\|meta\) /INSERT OR REPLACE INTO \1 /p; t
			/sqlite_sequence/d; s/^> //p'
		echo 'COMMIT;'
	} >"$tmp/$i.sql"
	mv "$tmp/after" "$tmp/before"
	printf '/dev/null\t%s\n' "$(ticket "$i" "$tmp/ours.db")"
	printf '%s\tsqlite3\t%s\n' "$tmp/$i.sql" "$tmp/theirs.db"
done >"$tmp/list"

read -r ours theirs ratio our_cpu their_cpu < <("$CS_BUILD/tests/bench/pairs" 5 "$tmp/list")
for name in ours theirs; do
	sqlite3 "$tmp/$name.db" 'SELECT (SELECT count(*) FROM ticket), (SELECT count(*) FROM event), (SELECT count(*) FROM clock)' >"$tmp/$name"
done
cmp "$tmp/ours" "$tmp/theirs" || { echo 'the two databases do not hold the same'; exit 1; }
rows=$(grep -c '^INSERT' "$tmp/1.sql")
printf 'one ticket (%s rows, %s pairs): cs-intake %s ms, sqlite3 %s ms, ratio %s (limit %s); processor time %s and %s ms\n' \
	"$rows" "$pairs" "$ours" "$theirs" "$ratio" "$limit" "$our_cpu" "$their_cpu"
awk -v r="$ratio" -v l="$limit" 'BEGIN { exit !(r <= l) }'
