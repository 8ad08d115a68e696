# Shared by all bats files: `load helper`, then @test. (tests/torture: `load ../cli/helper`.)
#
# Every test runs in an empty folder of its own ($CS_SCRATCH, the current directory) with the built
# programs first in PATH, CS_DB=$CS_SCRATCH/desk.db (not yet made) and a zone of the machine that
# is not the zone of any policy. A file that needs more defines its own setup and calls cs_setup.
# shellcheck shell=bash
bats_require_minimum_version 1.5.0
# shellcheck source=tests/env.sh
source "${BASH_SOURCE[0]%/*}/../env.sh"

cs_setup() {
	CS_SCRATCH=$BATS_TEST_TMPDIR
	export CS_SCRATCH CS_DB=$CS_SCRATCH/desk.db
	cd "$CS_SCRATCH" || return 1
}

setup() {
	cs_setup
}

# split COMMAND...: runs it; sets $status, $output and $stderr (the newlines at the end of both are
# cut). For input write: split COMMAND... <FILE
split() {
	ran="$*"
	run --separate-stderr "$@"
}

# pipe 'SHELL PIPELINE': the same for a pipeline as one would type it; fails when any part fails.
pipe() {
	ran=$1
	run --separate-stderr bash -o pipefail -c "$1"
}

# Prints what happened and fails; every assertion ends here.
fail() {
	{
		printf '%s\n' "$@"
		printf 'command: %s\nstatus:  %s\n' "${ran-}" "${status-}"
		printf 'stdout:\n%s\nstderr:\n%s\n' "${output-}" "${stderr-}" | head -c 8000
	} | sed 's/^/  /' >&2
	return 1
}

assert_status() {
	[ "$status" -eq "$1" ] || fail "expected exit code $1, got $status"
}

# assert_stdout TEXT, assert_stderr TEXT: exactly this.
assert_stdout() {
	[ "$output" = "$1" ] || fail "stdout is not what was expected:" "$(diff <(printf '%s\n' "$1") <(printf '%s\n' "$output"))"
}

assert_stderr() {
	[ "${stderr-}" = "$1" ] || fail "stderr is not what was expected:" "$(diff <(printf '%s\n' "$1") <(printf '%s\n' "${stderr-}"))"
}

# assert_stdout_contains TEXT, assert_stderr_contains TEXT: this stands in it, letter by letter.
assert_stdout_contains() {
	[[ $output == *"$1"* ]] || fail "not in stdout: $1"
}

assert_stderr_contains() {
	[[ ${stderr-} == *"$1"* ]] || fail "not in stderr: $1"
}

refute_stdout_contains() {
	[[ $output != *"$1"* ]] || fail "must not be in stdout: $1"
}

refute_stderr_contains() {
	[[ ${stderr-} != *"$1"* ]] || fail "must not be in stderr: $1"
}

# assert_stdout_matches REGEX (extended, over the whole text), assert_line N TEXT (first is 0).
assert_stdout_matches() {
	[[ $output =~ $1 ]] || fail "stdout does not match: $1"
}

assert_line() {
	local -a line
	mapfile -t line <<<"$output"
	[ "${line[$1]-}" = "$2" ] || fail "line $1 of stdout is not: $2"
}

assert_lines() {
	local n
	n=$(printf '%s' "${output:+$output$'\n'}" | wc -l)
	[ "$n" -eq "$1" ] || fail "expected $1 lines on stdout, got $n"
}

# assert_equal GOT WANTED [WHAT]
assert_equal() {
	[ "$1" = "$2" ] || fail "${3:-value}: expected '$2', got '$1'"
}

# refused CODE TEXT COMMAND...: ends with CODE, says TEXT on stderr and nothing on stdout.
refused() {
	local code=$1 text=$2
	shift 2
	split "$@"
	assert_status "$code"
	assert_stderr_contains "$text"
	assert_stdout ''
}

# need_real_data FILE: skips where the real exports are not there; else $real is its path.
need_real_data() {
	[ -n "${CS_REAL_DATA-}" ] || skip 'CS_REAL_DATA is not set'
	# shellcheck disable=SC2034
	real=$CS_REAL_DATA/$1
	[ -e "$real" ] || fail "CS_REAL_DATA has no $1"
}

# stand_in NAME LINE...: a program of that name, these lines of sh, in $CS_SCRATCH/stand_in, for a PATH that begins there.
stand_in() {
	mkdir -p "$CS_SCRATCH/stand_in"
	printf '%s\n' '#!/bin/sh' "${@:2}" >"$CS_SCRATCH/stand_in/$1"
	chmod +x "$CS_SCRATCH/stand_in/$1"
}
