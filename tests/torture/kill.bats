#!/usr/bin/env bats
# Imports and steps killed with -9 at moments drawn from a fixed seed, most of them between the first and the last
# commit: the database is sound, what was printed is there, and the same call again completes the work, nothing twice.
load ../cli/helper
load ../cli/night

rows=15000 tickets=4000

setup_file() {
	export CS_DB=$BATS_FILE_TMPDIR/base.db
	desk "$tickets" '2026-11-02 09:00' 1
	awk -v n="$rows" 'BEGIN {
		print "source_key,kind,channel,category,subject,body,customer,phone,premises,unit"
		for (i = 1; i <= n; i++)
			printf "K%d,request,phone,eng.leak,漏水,厨房漏水,住户%d,139%08d,%d-1-101,p1\n", i, i % 3000, i % 3000, i % 90 + 1
	}' >"$BATS_FILE_TMPDIR/in.csv"
}

setup() {
	cs_setup
	export CS_NOW='2026-11-03 12:00'
	mkfifo never
}

fresh() {
	rm -f desk.db*
	cp "$BATS_FILE_TMPDIR/base.db" desk.db
}

# pass MICROSECONDS
pass() {
	read -r -t "$(printf '%d.%06d' $(($1 / 1000000)) $(($1 % 1000000)))" <>never || true
}

# run_to_first_line: starts `work`, leaves its process in $pid, and waits until it has printed something or is gone.
run_to_first_line() {
	: >out
	work >out 2>/dev/null &
	pid=$!
	while ! [ -s out ] && kill -0 "$pid" 2>/dev/null; do pass 1000; done
}

# rounds: kills `work` in every round and calls `after`, which compares out with the
# database and sets $left, how much is still to be done, then `complete`.
rounds() {
	local from first span us left mid=0 round
	fresh
	from=${EPOCHREALTIME/./}
	run_to_first_line
	first=$((${EPOCHREALTIME/./} - from))
	wait "$pid"
	span=$((${EPOCHREALTIME/./} - from - first))
	whole=$(wc -l <out)
	RANDOM=20261121
	for ((round = 1; round <= CS_TORTURE_ROUNDS; round++)); do
		fresh
		us=$(((RANDOM * 32768 + RANDOM) % 1000000))
		if ((round % 5)); then
			run_to_first_line
			pass $((us * (span * 6 / 10) / 1000000))
		else
			work >out 2>/dev/null &
			pid=$!
			pass $((us * (first + span) / 1000000))
		fi
		kill -9 "$pid" 2>/dev/null || true
		wait "$pid" 2>/dev/null || true
		ran="round $round"
		[ ! -s out ] || [ -z "$(tail -c 1 out)" ] || fail 'a line was printed in part'
		cut -f 1 out | sort >printed
		cs-check >/dev/null 2>check.err || fail 'cs-check found:' "$(head -n 5 check.err)"
		after
		((left == 0 || left == whole)) || mid=$((mid + 1))
		complete
		cs-check >/dev/null 2>check.err || fail 'after completing, cs-check found:' "$(head -n 5 check.err)"
	done
	echo "# $mid of $CS_TORTURE_ROUNDS between the first and the last commit" >&3
	((mid * 2 > CS_TORTURE_ROUNDS)) || fail "only $mid of $CS_TORTURE_ROUNDS were killed between the first and the last commit"
}

@test "an import" {
	work() {
		exec cs-intake -q --csv "$BATS_FILE_TMPDIR/in.csv" --source kill
	}
	after() {
		cs-list --channel phone -f text | cut -f 1 | sort >there
		comm -23 printed there >lost
		[ ! -s lost ] || fail 'printed, but not there:' "$(head -n 3 lost)"
		left=$((rows - $(sql 'SELECT count(*) FROM intake_row')))
	}
	complete() {
		cs-intake -q --csv "$BATS_FILE_TMPDIR/in.csv" --source kill >again || fail 'the second run failed'
		assert_equal "$(cut -f 1 again | sort -u | wc -l)" "$rows" 'references of the second run'
		cut -f 1 again | sort | comm -13 - printed >lost
		[ ! -s lost ] || fail 'printed first, not printed again:' "$(head -n 3 lost)"
		assert_equal "$(sql "SELECT count(*) || ' ' || count(DISTINCT key) || ' ' || count(DISTINCT ticket) FROM intake_row")" \
			"$rows $rows $rows" 'rows taken in'
		assert_equal "$(sql 'SELECT count(*) FROM ticket')" $((rows + tickets)) tickets
		assert_equal "$(sql "SELECT count(*) FROM event WHERE step = 'register'")" $((rows + tickets)) registrations
		assert_equal "$(sql 'SELECT count(*) FROM person WHERE phone IS NOT NULL')" "$(sql 'SELECT count(DISTINCT phone) FROM person')" customers
	}
	rounds
}

@test "a step on many tickets" {
	cp "$BATS_FILE_TMPDIR/base.db" desk.db
	cs-list --state registered -f text | cut -f 1 >refs
	rm -f desk.db*
	assert_equal "$(wc -l <refs)" "$tickets" 'tickets to be answered'
	work() {
		exec cs-progress --set answer_text=已电话答复 answer - <refs
	}
	after() {
		cs-list --state finished -f text | cut -f 1 | sort >there
		comm -23 printed there >lost
		[ ! -s lost ] || fail 'printed, but not there:' "$(head -n 3 lost)"
		left=$((tickets - $(wc -l <there)))
	}
	complete() {
		# Those that are answered refuse: that is the only refusal.
		cs-progress --set answer_text=已电话答复 answer - <refs >again 2>refused || [ $? -eq 1 ]
		[ $(($(wc -l <again) + $(wc -l <refused))) -eq "$tickets" ] || fail 'lines of the second run'
		assert_equal "$(grep -vc 'in state finished' refused)" 0 'other refusals'
		assert_equal "$(sql "SELECT count(*) || ' ' || count(DISTINCT subject) FROM event WHERE step = 'answer'")" \
			"$tickets $tickets" 'answers'
		assert_equal "$(sql "SELECT count(*) FROM ticket WHERE state = 'finished'")" "$tickets" 'finished tickets'
	}
	rounds
}

@test "a step under a key: all or nothing, and the second call prints the same" {
	cp "$BATS_FILE_TMPDIR/base.db" desk.db
	cs-list --state registered -f text | cut -f 1 | head -n 1500 >refs
	rm -f desk.db*
	local round done=0
	RANDOM=20261122
	fresh
	from=${EPOCHREALTIME/./}
	cs-progress --key k --note 已回电 note - <refs >whole
	span=$((${EPOCHREALTIME/./} - from))
	for ((round = 1; round <= CS_TORTURE_ROUNDS; round++)); do
		ran="round $round"
		fresh
		cs-progress --key k --note 已回电 note - <refs >out 2>/dev/null &
		pass $(((RANDOM * 32768 + RANDOM) % (span * 2)))
		kill -9 $! 2>/dev/null || true
		wait $! 2>/dev/null || true
		cs-check >/dev/null 2>check.err || fail 'cs-check found:' "$(head -n 5 check.err)"
		n=$(sql "SELECT count(*) FROM event WHERE step = 'note'")
		((n == 0 || n == 1500)) || fail "$n of 1500 notes"
		done=$((done + (n > 0)))
		[ ! -s out ] || ((n == 1500)) || fail 'printed before the commit'
		cs-progress -q --key k --note 已回电 note - <refs >again
		cmp again whole || fail 'the second call prints something else'
		assert_equal "$(sql "SELECT count(*) FROM event WHERE step = 'note'")" 1500 notes
	done
	echo "# $done of $CS_TORTURE_ROUNDS after the commit" >&3
}
