#!/usr/bin/env bats
# Escalation killed at any moment, and run by several at once: nothing lost, nothing twice.
load ../cli/helper
load ../cli/night

setup_file() {
	export CS_DB=$BATS_FILE_TMPDIR/base.db
	cs-init --rehearsal --seed night --now '2026-11-02 08:00' >/dev/null
	"$CS_BUILD/tests/bench/fill" "$CS_DB" 2000 '2026-11-02 09:00' 1 >/dev/null
}

setup() {
	cs_setup
	export CS_NOW='2026-12-01 12:00' # nothing is due within minutes of it
	cp "$BATS_FILE_TMPDIR/base.db" desk.db
	cp desk.db whole.db
	local from=${EPOCHREALTIME/./}
	CS_DB=whole.db cs-escalate >whole.out
	took=$((${EPOCHREALTIME/./} - from)) # microseconds
	CS_DB=whole.db rungs >whole.rungs
	sort whole.out >whole.sorted
}

# Lets up to the whole run's time go by.
some_time() {
	local us=$(((RANDOM * 32768 + RANDOM) % took))
	read -r -t "$(printf '%d.%06d' $((us / 1000000)) $((us % 1000000)))" <>"$BATS_TEST_TMPDIR/never" || true
}

@test "killed at random moments: sound, what was printed is there, the next run completes it" {
	mkfifo never
	mid=0
	for ((round = 1; round <= CS_TORTURE_ROUNDS; round++)); do
		rm -f desk.db*
		cp "$BATS_FILE_TMPDIR/base.db" desk.db
		cs-escalate >first.out 2>/dev/null &
		some_time
		kill -9 $! 2>/dev/null || true
		wait $! 2>/dev/null || true
		ran="round $round"
		cs-check >/dev/null 2>check.err || fail 'cs-check found:' "$(head -n 5 check.err)"
		cs-escalate -n >left.out
		sort first.out >first.sorted
		assert_equal "$(sort left.out | comm -12 - first.sorted | head -n 3)" '' 'printed, but not there'
		[ ! -s left.out ] || [ "$(wc -l <left.out)" -eq "$(wc -l <whole.out)" ] || mid=$((mid + 1))
		cs-escalate >second.out
		assert_equal "$(cmp second.out left.out 2>&1)" '' 'the dry run and the run'
		rungs | cmp - whole.rungs || fail 'other rungs than those of an undisturbed run'
	done
	echo "# $mid of $CS_TORTURE_ROUNDS between the first and the last commit" >&3
	[ "$mid" -gt 0 ] || fail 'none was killed between the first and the last commit'
}

@test "four at once: one works, the others say so; the rungs are those of one" {
	for ((i = 1; i <= 4; i++)); do
		cs-escalate >"out.$i" 2>"err.$i" &
	done
	for job in $(jobs -p); do
		wait "$job" || [ $? -eq 75 ] || fail 'ended otherwise than with 0 or 75'
	done
	rungs | cmp - whole.rungs || fail 'other rungs'
	sort out.* | cmp - whole.sorted || fail 'lines lost or printed twice'
	cs-check >/dev/null
}

@test "beside clerks: every ticket waits less than a second, nothing is lost" {
	cs-escalate >out &
	night=$!
	slow=0 n=0
	while kill -0 "$night" 2>/dev/null; do
		from=${EPOCHREALTIME/./}
		"$CS_BUILD/tests/bench/fill" desk.db 1 '2026-12-01 12:00' 1 >/dev/null
		[ $((${EPOCHREALTIME/./} - from)) -lt 1000000 ] || slow=$((slow + 1))
		n=$((n + 1))
	done
	wait "$night"
	echo "# $n tickets meanwhile" >&3
	assert_equal "$slow" 0 'tickets that waited a second'
	cs-check >/dev/null
	sort out | cmp - whole.sorted
}
