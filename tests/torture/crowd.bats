#!/usr/bin/env bats
# Many programs at once on one desk.
load ../cli/helper
load ../cli/night

# rows FROM COUNT: CSV of requests, each customer's own.
rows() {
	echo 'kind,channel,category,subject,body,customer,phone,premises,unit'
	for ((i = $1; i < $1 + $2; i++)); do
		echo "request,phone,eng.leak,漏水,厨房漏水,住户$i,1390000$(printf %04d "$i"),$((i % 9 + 1))-1-101,p1"
	done
}

@test "8 processes adding 500 tickets each: 4,000 tickets, 4,000 references, an unbroken chain" {
	desk 1
	export CS_NOW='2026-11-02 12:00'
	for ((k = 0; k < 8; k++)); do
		rows $((k * 500)) 500 >"in.$k"
		cs-intake --csv "in.$k" --source "desk$k" >"out.$k" 2>"err.$k" &
	done
	for job in $(jobs -p); do
		wait "$job" || fail 'an intake failed:' "$(cat err.*)"
	done
	assert_equal "$(cut -f 1 out.* | sort -u | wc -l)" 4000 references
	assert_equal "$(sql 'SELECT count(*) FROM ticket')" 4001 tickets
	cs-check >/dev/null
}

@test "8 processes, a process for each ticket, beside an escalation a moment" {
	desk 20
	export CS_NOW='2026-11-02 12:00'
	each=$((CS_TORTURE_ROUNDS > 100 ? 500 : 25))
	for ((k = 0; k < 8; k++)); do
		(
			for ((i = 0; i < each; i++)); do
				cs-intake --kind request --channel phone --category eng.leak --body 漏水 --customer 王芳 \
					--phone "137000$k$(printf %04d "$i")" --premises 3-2-501 --unit p1 || exit
			done
		) >"out.$k" 2>"err.$k" &
	done
	for ((i = 0; i < 10; i++)); do
		cs-escalate >/dev/null
	done
	for job in $(jobs -p); do
		wait "$job" || fail 'an intake failed:' "$(cat err.*)"
	done
	assert_equal "$(cut -f 1 out.* | sort -u | wc -l)" $((8 * each)) references
	cs-check >/dev/null
}
