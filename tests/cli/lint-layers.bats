#!/usr/bin/env bats
# scripts/lint-layers sees each kind of fault, and is silent about a sound tree.
load helper

setup() {
	cs_setup
	mkdir -p scripts bin lib/{base,store,domain,text} tests/unit
	cp "$CS_ROOT/scripts/lint-layers" scripts/
	module base err '#include <stdio.h>'
	module store db '#include <sqlite3.h>' '#include "base/err.h"' 'const char *q = "PRAGMA x";'
	module store ticket '#include "store/db.h"' '/* SELECT "SELECT" printf( */' 'const char *q = "SELECT 1";'
	module domain fold '#include "store/ticket.h"' 'int x = snprintf(b, 1, "time(");'
	module text out 'void f(void) { printf("a"); }'
	printf '#include "text/out.h"\nint main(void) { exit(1); }\n' >bin/cs-x.c
}

# module LAYER NAME LINE...: a module with its header and its test.
module() {
	local layer=$1 name=$2
	shift 2
	printf '%s\n' "#include \"$layer/$name.h\"" "$@" >"lib/$layer/$name.c"
	: >"lib/$layer/$name.h"
	: >"tests/unit/test_${layer}_$name.c"
}

faulty() {
	split scripts/lint-layers
	assert_status 1
	assert_stdout_contains "$1"
	assert_lines "${2:-1}"
}

@test "a sound tree" {
	split scripts/lint-layers
	assert_stdout ''
	assert_status 0
}

@test "upward include" {
	echo '#include "domain/fold.h"' >>lib/store/ticket.h
	faulty 'lib/store/ticket.h:1: store includes domain, which lies above it'
}

@test "an include that hides its layer, or does not exist" {
	echo '#include "err.h"' >>lib/base/err.c
	echo '#include "base/nosuch.h"' >>lib/base/err.c
	faulty 'does not show its layer' 2
	assert_stdout_contains 'there is no lib/base/nosuch.h'
}

@test "a cycle between modules of a layer" {
	module store a '#include "store/b.h"'
	module store b '#include "store/c.h"'
	module store c
	echo '#include "store/a.h"' >>lib/store/c.h
	faulty 'cycle'
	assert_stdout_contains 'store/a'
}

@test "a second includer of an outside library, and a library nobody named" {
	echo '#include <sqlite3.h>' >>lib/store/ticket.c
	echo '#include <curl/curl.h>' >>lib/text/out.c
	faulty 'lib/store/ticket.c:5: <sqlite3.h> may only be included by lib/store/db.c' 2
	assert_stdout_contains '<curl/curl.h> is no header of the C library'
}

@test "printing, exiting and reading the clock below the text layer" {
	local code
	for code in 'printf("a");' 'fputs(a, stderr);' 'exit(1);' 'time(NULL);' 'clock_gettime(CLOCK_REALTIME, &t);' 'cs_time_machine();'; do
		module domain bad "void f(void) { $code }"
		faulty 'lib/domain/bad.c:2:'
	done
}

@test "SQL outside the store, and engine-only words outside its door" {
	module domain bad 'const char *q = "SELECT 1";'
	faulty 'SQL belongs to lib/store'
	module domain bad
	module store bad 'const char *q = "SELECT strftime(1)";'
	faulty 'engine-only'
}

@test "a module without a test" {
	rm tests/unit/test_domain_fold.c
	faulty 'lib/domain/fold.c: has no tests/unit/test_domain_fold.c'
}
