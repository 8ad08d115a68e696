#!/usr/bin/env bats
# A disk that is full: 75, a clear message, nothing of what was committed is lost, and it goes on when there is room.
load ../cli/helper
load ../cli/night

teardown() {
	umount "$BATS_TEST_TMPDIR/small" 2>/dev/null || true
}

# On a file system of $1 kilobytes, in the folder small.
small_disk() {
	[ "$(id -u)" -eq 0 ] || skip 'only root can mount a small disk'
	mkdir small
	mount -t tmpfs -o "size=$1k" tmpfs small 2>mount.err || skip "no tmpfs can be mounted here: $(cat mount.err)"
}

rows() {
	echo 'source_key,kind,channel,category,subject,body,customer,phone,premises,unit'
	for ((i = 1; i <= $1; i++)); do
		echo "K$i,request,phone,eng.leak,漏水,厨房漏水厨房漏水,住户$i,139$(printf %08d "$i"),$((i % 90 + 1))-1-101,p1"
	done
}

@test "an import that fills the disk: what it printed is there, and it is completed with more room" {
	small_disk 4000
	export CS_DB=$PWD/small/desk.db
	desk 5
	export CS_NOW='2026-11-03 12:00'
	rows 8000 >in.csv
	split bash -c 'cs-intake -q --csv in.csv --source s >out'
	assert_status 75
	assert_stderr_contains 'the disk is full'
	mount -o remount,size=64m small
	cs-check >/dev/null
	cs-list --channel phone -f text | cut -f 1 | sort >there
	cut -f 1 out | sort | comm -23 - there >lost
	[ ! -s lost ] || fail 'printed, but not there:' "$(head -n 3 lost)"
	cs-intake -q --csv in.csv --source s >again
	assert_equal "$(cut -f 1 again | sort -u | wc -l)" 8000 references
	assert_equal "$(sql 'SELECT count(*) FROM ticket')" 8005 tickets
	cs-check >/dev/null
}

@test "every writer on a full disk: 75, nothing changed" {
	small_disk 1500
	export CS_DB=$PWD/small/desk.db
	desk 3
	export CS_NOW='2026-12-01'
	ref=$(cs-list -f text | head -n 1 | cut -f 1)
	events=$(sql 'SELECT count(*) FROM event')
	dd if=/dev/zero of=small/filler bs=1k 2>/dev/null || true
	while read -r command; do
		[ -n "$command" ] || continue
		split bash -c "${command//REF/$ref}"
		assert_status 75
		assert_stderr_contains 'full'
		assert_stdout ''
	done <<-'X'
		cs-intake --kind inquiry --channel phone --body 几点开门
		cs-progress --note 已回电 note REF
		cs-escalate
		cs-customer add --name 王芳
		cs-org add unit p9 --name 新区 --level project --parent east
	X
	split cs-backup small/copy.db
	assert_status 75
	[ ! -e small/copy.db ] || fail 'half a backup is left'
	rm small/filler
	assert_equal "$(sql 'SELECT count(*) FROM event')" "$events" events
	cs-check >/dev/null
	cs-progress --note 已回电 note "$ref" >/dev/null
}

@test "no room for the copy of a pipe that is read twice: 75; TMPDIR names another place" {
	small_disk 40
	desk 0
	rows 1000 >in.csv
	for command in 'cs-intake -q --strict --csv - --source s' 'cs-customer import -'; do
		pipe "cat in.csv | TMPDIR=$PWD/small $command"
		assert_status 75
		assert_stderr_contains ": cannot keep a copy to read twice in $PWD/small (TMPDIR): No space left on device"
	done
	assert_equal "$(sql 'SELECT count(*) FROM ticket')" 0 tickets
	mkdir roomy
	pipe "cat in.csv | TMPDIR=$PWD/roomy cs-intake -q --strict --csv - --source s | wc -l"
	assert_stdout 1000
	assert_equal "$(ls -A small roomy)" "$(printf 'roomy:\n\nsmall:')" left
}
