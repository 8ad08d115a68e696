#!/usr/bin/env bats
# scripts/setup: calls apt only when something is missing, and only for that. dpkg-query and apt-get
# are stand-ins here that know which packages "are installed" from the file installed.
load helper

setup() {
	cs_setup
	mkdir tools
	cat >tools/dpkg-query <<'SH'
#!/bin/sh
for package; do :; done
grep -qx "$package" installed && printf installed
SH
	cat >tools/apt-get <<'SH'
#!/bin/sh
echo "$*" >>apt.log
[ ! -e broken ] || { echo 'E: no such host' >&2; exit 100; }
SH
	printf '#!/bin/sh\necho "${caller:-0}"\n' >tools/id
	chmod +x tools/*
	printf '%s\n' gcc make pkg-config libc6-dev libsqlite3-dev libcsv-dev libcjson-dev libsodium-dev \
		sqlite3 tzdata >installed
	: >apt.log
	PATH=$CS_SCRATCH/tools:$PATH
}

# Only these tools are there, from wherever they are on this machine.
only() {
	local tool
	mkdir bare
	for tool in "$@"; do
		ln -s "$(command -v "$tool")" bare/
	done
}

@test "nothing is missing: says so and does not call apt" {
	split "$CS_ROOT/scripts/setup"
	assert_status 0
	assert_stdout 'setup: nothing is missing'
	assert_equal "$(cat apt.log)" ''
}

@test "what is missing is installed, after the package lists were read" {
	local tool
	printf '%s\n' gcc tzdata >installed
	only sh sed cat mktemp rm env grep
	cp tools/* bare/
	mkdir after
	for tool in gcc make pkg-config sqlite3 awk; do
		ln -s "$(type -P true)" "after/$tool"
	done
	echo 'case $* in *install*) /bin/cp -P after/* bare/ ;; esac' >>bare/apt-get
	split env PATH="$CS_SCRATCH/bare" "$CS_ROOT/scripts/setup"
	assert_stdout "setup: reading the package lists (apt-get update)
setup: installing make pkg-config libc6-dev libsqlite3-dev libcsv-dev libcjson-dev libsodium-dev sqlite3
setup: done"
	assert_status 0
	assert_equal "$(cat apt.log)" "-q update
-q install -y --no-install-recommends make pkg-config libc6-dev libsqlite3-dev libcsv-dev libcjson-dev libsodium-dev sqlite3"
}

@test "apt that fails is shown and ends it" {
	: >installed
	touch broken
	only sh sed cat mktemp rm env grep
	cp tools/* bare/
	split env PATH="$CS_SCRATCH/bare" "$CS_ROOT/scripts/setup"
	assert_status 1
	assert_stderr_contains 'no such host'
	assert_stdout_contains 'apt-get install failed'
}

@test "neither root nor sudo: names the packages" {
	: >installed
	only sh sed cat grep
	cp tools/* bare/
	split env caller=1000 PATH="$CS_SCRATCH/bare" "$CS_ROOT/scripts/setup"
	assert_status 1
	assert_stdout_contains 'as root run: apt-get install gcc make'
	assert_equal "$(cat apt.log)" ''
}

@test "another system: names the packages only when a tool is not there" {
	local tool
	only sh sed cat grep gcc make pkg-config sqlite3
	split env PATH="$CS_SCRATCH/bare" "$CS_ROOT/scripts/setup"
	assert_status 1
	assert_stdout_contains 'missing here: awk'
	assert_stdout_contains 'install what Debian 12 calls: gcc make'
	mkdir full
	for tool in /usr/bin/* /bin/*; do
		case ${tool##*/} in apt-get | dpkg-query) ;; *) ln -sf "$tool" full/ ;; esac
	done
	split env PATH="$CS_SCRATCH/full" "$CS_ROOT/scripts/setup" --check
	assert_status 0
	assert_stdout 'setup: not a Debian system, and nothing is missing'
}

@test "an unknown option is wrong usage" {
	refused 64 'usage: scripts/setup' "$CS_ROOT/scripts/setup" --nosuch
}
