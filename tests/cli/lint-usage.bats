#!/usr/bin/env bats
# The usage of every program is the SYNOPSIS of its page; and scripts/lint-usage sees when not.
load helper

@test "every program's usage is the SYNOPSIS of its manual page" {
	split "$CS_ROOT/scripts/lint-usage"
	assert_stdout ''
	assert_status 0
}

# usage TEXT: a program t that says so, with a page that shows two forms.
usage() {
	mkdir -p scripts tests bin man build/release
	cp "$CS_ROOT/scripts/lint-usage" scripts/
	cp "$CS_ROOT/tests/env.sh" tests/
	touch bin/cs-t.c
	printf '#!/bin/sh\ncat <<E\n%b\nE\n' "$1" >build/release/cs-t
	chmod +x build/release/cs-t
	cat >man/cs-t.1 <<'PAGE'
.Dd November 21, 2026
.Dt CS-T 1
.Os
.Sh NAME
.Nm cs-t
.Nd does
.Sh SYNOPSIS
.Nm
.Op Fl nq
.Op Fl -db Ar PATH
.Op Fl f | -format Ar F
.Ar REF ... | Fl
.Nm
.Cm list
.Sh DESCRIPTION
It does.
PAGE
	split env -u CS_BUILD scripts/lint-usage
}

@test "lint-usage: the same forms, however broken into lines" {
	usage 'usage: cs-t [-nq] [--db PATH]\n            [-f | --format F] REF ... | -\n       cs-t list\n\nDoes it.'
	assert_stdout ''
	assert_status 0
	usage 'usage: cs-t [-nq] [--db PATH] [-f | --format F] REF ... | -\n   or: cs-t list'
	assert_stdout ''
	assert_status 0
}

@test "lint-usage: a missing option, a missing form, a missing page and a failing --help are faults" {
	usage 'usage: cs-t [-n] [--db PATH] [-f | --format F] REF ... | -\n       cs-t list'
	assert_status 1
	assert_stdout_contains '-cs-t [-n] '
	usage 'usage: cs-t [-nq] [--db PATH] [-f | --format F] REF ... | -'
	assert_status 1
	echo 'exit 1' >>build/release/cs-t
	split env -u CS_BUILD scripts/lint-usage
	assert_stdout_contains 'does not end with 0'
	rm man/cs-t.1
	split env -u CS_BUILD scripts/lint-usage
	assert_stdout 'bin/cs-t.c: has no man/cs-t.1'
	assert_status 1
}
