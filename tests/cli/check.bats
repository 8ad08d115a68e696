#!/usr/bin/env bats
# scripts/check counts what ran and fails when it should: here over a small tree of its own.
load helper

setup() {
	cs_setup
	mkdir -p scripts tests/{unit,cli,golden,refuse,fuzz} build/san/tests/{unit,fuzz}
	cp "$CS_ROOT"/scripts/{check,run-cases} scripts/
	cp "$CS_ROOT/tests/env.sh" tests/
	unit good 'echo 1..2; echo "ok 1 - a"; echo "ok 2 - b"'
}

# unit NAME SHELL-TEXT: a stand-in for a compiled unit test.
unit() {
	touch "tests/unit/test_$1.c"
	printf '#!/bin/sh\n%s\n' "$2" >"build/san/tests/unit/test_$1"
	chmod +x "build/san/tests/unit/test_$1"
}

check() {
	# Not the PATH of this bats: one bats inside another would find its insides there.
	split env -i PATH=/usr/local/bin:/usr/bin:/bin LC_ALL=C.UTF-8 scripts/check --built "$@"
}

last() {
	assert_equal "${lines[${#lines[@]} - 1]}" "$1" 'last line'
}

@test "all pass" {
	check
	last '2 passed, 0 failed'
	assert_status 0
}

@test "a failed, a skipped and a crashed unit test; stderr is shown" {
	unit bad 'echo 1..3; echo "ok 1 - a"; echo "not ok 2 - b"; echo "# why"; echo "not ok 3 # SKIP c"; echo noise >&2; exit 1'
	unit crash 'echo 1..2; echo "ok 1 - a"; echo boom >&2; kill -SEGV $$'
	unit silent 'exit 0'
	unit short 'echo 1..2; echo "ok 1 - a"'
	unit late 'echo 1..1; echo "ok 1 - a"; exit 1'
	check
	last '6 passed, 5 failed, 1 skipped'
	assert_status 1
	assert_stdout_contains '# why'
	assert_stdout_contains '    noise'
	assert_stdout_contains '    boom'
}

@test "bats files: passed, failed, skipped" {
	printf '@test "a" { true; }\n@test "b" { false; }\n@test "c" { skip no; }\n' >tests/cli/x.bats
	check
	last '3 passed, 1 failed, 1 skipped'
	assert_status 1
}

@test "a folder that has tests and runs none fails; so does one without unit tests" {
	printf '# nothing\n' >tests/cli/x.bats
	check
	assert_status 1
	printf '@test "c" { skip no; }\n' >tests/cli/x.bats
	check
	assert_stdout_contains 'tests/cli ran no test'
	assert_status 1
	rm tests/unit/* tests/cli/*
	check
	assert_stdout_contains 'tests/unit ran no test'
	last '0 passed, 1 failed'
	assert_status 1
}

@test "golden: exact stdout, exact stderr, exit 0" {
	mkdir tests/golden/{same,other,noisy,broken}
	echo 'cat "$CASE/input"' | tee tests/golden/same/cmd >tests/golden/other/cmd
	echo 'echo a; echo b >&2' >tests/golden/noisy/cmd
	echo 'echo a; exit 3' >tests/golden/broken/cmd
	tee tests/golden/{same,other}/input <<<a >/dev/null
	tee tests/golden/{same,noisy,broken}/want <<<a >/dev/null
	echo b >tests/golden/other/want
	check golden
	last '1 passed, 3 failed'
	echo b >tests/golden/noisy/want.err
	check golden/noisy
	last '1 passed, 0 failed'
}

@test "refuse: exit code and stderr of each input; an input without a wanted message fails" {
	mkdir tests/refuse/x
	echo 'echo "$1:1: bad" >&2; exit 65' >tests/refuse/x/cmd
	touch tests/refuse/x/{a,b,c,d}.csv
	printf '65\na.csv:1: bad\n' >tests/refuse/x/a.csv.want
	printf '1\nb.csv:1: bad\n' >tests/refuse/x/b.csv.want
	printf '65\nc.csv:2: bad\n' >tests/refuse/x/c.csv.want
	check refuse
	last '1 passed, 3 failed'
}

@test "only what is named runs; a name without a test fails" {
	unit other 'echo 1..1; echo "not ok 1 - a"; exit 1'
	check unit/test_good
	last '2 passed, 0 failed'
	check nosuch
	last '0 passed, 1 failed'
	assert_status 1
}
