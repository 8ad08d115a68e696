# For the programs of the night: a desk with a ladder of posts and requests that nobody has taken up.
# shellcheck shell=bash

# desk [COUNT [FIRST [STEP [closed]]]]: a rehearsal database with COUNT requests (3), the first at FIRST
# (2026-11-02 09:00, a Monday), one every STEP seconds (600). Nobody is department supervisor there.
desk() {
	cs-init --rehearsal --seed night --now '2026-11-02 08:00' >/dev/null && fill "$@"
}

# fill [COUNT [FIRST [STEP [closed]]]]: more of them.
fill() {
	"$CS_BUILD/tests/bench/fill" "$CS_DB" "${1:-3}" "${2:-2026-11-02 09:00}" "${3:-600}" ${4:+"$4"} >/dev/null
}

# at TIME COMMAND...: with that as the present.
at() {
	local CS_NOW=$1
	export CS_NOW
	shift
	"$@"
}

sql() {
	sqlite3 "$CS_DB" "$1"
}

# What escalation leaves behind, in the order of its keys; notices differ with how often it ran.
rungs() {
	sql 'SELECT ticket, clock, cycle, rung, run, at, to_staff, moot FROM rung ORDER BY 1, 2, 3, 4, 5;
		SELECT ticket, clock, cycle, run, breached, crossings, next_at FROM clock ORDER BY 1, 2, 3, 4;
		SELECT subject, duty, cause, owner, owed_at, due_at FROM owed ORDER BY 1, 2, 3;
		SELECT id, level, responsible, late FROM ticket ORDER BY 1'
}
