#!/usr/bin/env bats
# The examples of the manual pages do what the pages say; and scripts/man-examples sees when not.
load helper

page() {
	printf '.Dd November 21, 2026\n.Dt T 1\n.Os\n.Sh EXAMPLES\n' >page.1
	cat >>page.1
}

@test "the examples of every page print what the page says" {
	local wrong=0 p
	for p in "$CS_ROOT"/man/*.[17]; do
		[ -e "$p" ] || skip 'there is no page'
		"$CS_ROOT/scripts/man-examples" "$p" || wrong=$((wrong + 1))
	done
	[ "$wrong" -eq 0 ]
}

@test "man-examples: commands, continuations, preparation, exit codes and any lines" {
	page <<'PAGE'
.\" test: printf 'one\\two\n' >data
.Bd -literal -offset indent
$ cat data
one\etwo
$ printf '%s\en' a b c d; x=5
a
\&...
d
.\" test: echo hidden; y=6
$ echo $x \e
> $y
5 6
$ echo 'head 3fa80c (x)'
head 3f... (x)
$ ls /nonexistent
ls: ... No such file or directory
.\" exit: 2
$ true
.Ed
.Pp
Not run, for it has no prompt:
.Bd -literal
0 2 * * * cs-nightly
.Ed
PAGE
	split "$CS_ROOT/scripts/man-examples" page.1
	assert_stdout ''
	assert_status 0
}

@test "man-examples: other output, an unexpected end and a broken command are faults" {
	local case
	for case in 'echo a|b' 'echo a|' 'true|a' 'false|' 'exit 0|' 'echo "|' 'seq 3|1\n\\&...\n2' 'echo abc|a...b'; do
		printf '.Bd -literal\n$ %s\n%b\n.Ed\n' "${case%|*}" "${case#*|}" | grep . | page
		split "$CS_ROOT/scripts/man-examples" page.1
		assert_status 1
	done
}

@test "man-examples: a page without examples that can be run is unusable" {
	page </dev/null
	refused 64 'no example that can be run' "$CS_ROOT/scripts/man-examples" page.1
	printf '.Sh NAME\n' >page.1
	refused 64 'no section EXAMPLES' "$CS_ROOT/scripts/man-examples" page.1
	page <<<$'.Bd -literal\n$ echo \\fBa\\fP\n.Ed'
	refused 64 'escape' "$CS_ROOT/scripts/man-examples" page.1
}
