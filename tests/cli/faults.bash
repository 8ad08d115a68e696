# What every program must answer to a database that is missing, foreign, newer, locked, or closed to
# the caller, and to an output that takes nothing. Load after helper.
# shellcheck shell=bash

# A rehearsal desk at 2026-11-21 09:30 whose admin is the caller.
make_desk() {
	export CS_NOW='2026-11-21 09:30'
	cs-init -q --rehearsal --seed test >/dev/null
}

# reader_faults COMMAND...: of a program that opens the database; it must succeed on $CS_DB.
reader_faults() {
	refused 66 'no such database' env CS_DB=missing.db "$@"
	echo 'this is no database, but it is long enough to be looked at' >foreign.db
	refused 78 'not a csdesk database' env CS_DB=foreign.db "$@"
	rm -f newer.db
	cp "$CS_DB" newer.db
	sqlite3 newer.db 'PRAGMA user_version = 999'
	refused 78 'newer csdesk' env CS_DB=newer.db "$@"
	rm -f theirs.db
	cs-init -q --rehearsal -d theirs.db --admin somebody_else >/dev/null
	refused 77 'is not on the staff' env CS_DB=theirs.db "$@"
	full_output "$@"
}

# full_output COMMAND...: an output that takes nothing.
full_output() {
	# shellcheck disable=SC2034
	ran="$* >/dev/full"
	run --separate-stderr bash -c '"$@" >/dev/full' - "$@"
	assert_status 74
}

# locked COMMAND...: another program holds the write lock for as long as we wait.
locked() {
	mkfifo lock
	sqlite3 "$CS_DB" <lock >held &
	local holder=$!
	exec 8>lock
	printf '%s\n' 'BEGIN IMMEDIATE;' '.print held' >&8
	while ! [ -s held ]; do read -r -t 0.05 <> <(:) || true; done
	refused 75 'in use by another program' env CS_BUSY_MS=50 "$@"
	exec 8>&-
	wait "$holder"
}

# The number of events in the database.
events() {
	sqlite3 "$CS_DB" 'SELECT count(*) FROM event'
}
