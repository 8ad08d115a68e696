#!/usr/bin/env bats
# The outbox: delivered at least once, retried ever later, given up visibly.
load helper
load night

# One request, all rungs: four notices, 28-1 to 28-4.
outbox() {
	desk 1
	export CS_NOW='2026-12-01 00:00:00'
	cs-escalate >/dev/null
	first=$(cs-notify list | head -n 1 | cut -f 1)
	event=${first%-*}
}

# states: id and state of all.
states() {
	cs-notify list --all | cut -f 1,2
}

@test "the message: headers, encoded subject, UTF-8 body, the notice in the environment" {
	outbox
	split cs-notify send --limit 1 --command 'cat >message; env | grep ^CS_NOTICE_ | sort >environment'
	assert_status 0
	assert_stderr ''
	assert_stdout_matches "^$first	sent	staff	chief	rung	resolve/esc_2	R20261102-0001	2026-11-17 09:00	1		\$"
	id=$(sql 'SELECT database_id FROM meta')
	assert_equal "$(grep -v '^Subject: \|^ =' message)" "To: chief
Message-ID: <$first.$id@csdesk>
Date: Tue, 17 Nov 2026 09:00:00 +0800
X-Csdesk-Ticket: R20261102-0001
X-Csdesk-Reason: rung
Auto-Submitted: auto-generated
MIME-Version: 1.0
Content-Type: text/plain; charset=UTF-8
Content-Transfer-Encoding: 8bit

$(sql "SELECT text FROM notice WHERE seq = 1")"
	assert_equal "$(sed -n 's/^Subject: //p; s/^ =?/=?/p' message | sed 's/=?UTF-8?B?//; s/?=//' | while read -r word; do base64 -d <<<"$word"; done)" \
		"$(sql "SELECT text FROM notice WHERE seq = 1")" 'subject decoded'
	[ "$(wc -L <message)" -le 998 ]
	! sed '/^$/,$d' message | grep -P '[^\x00-\x7F]' || fail 'a header is not ASCII'
	! grep -n '^.\{77,\}' <(sed '/^$/,$d' message) || fail 'a header line is too long'
	assert_equal "$(cat environment)" "CS_NOTICE_ATTEMPT=1
CS_NOTICE_ID=$first
CS_NOTICE_REASON=rung
CS_NOTICE_REF=R20261102-0001
CS_NOTICE_TO=chief
CS_NOTICE_TO_KIND=staff"
}

@test "all are sent once; a second send has nothing to do" {
	outbox
	split cs-notify send --command 'echo "$CS_NOTICE_ID" >>sent'
	assert_status 0
	assert_lines 4
	assert_equal "$(sort sent)" "$(printf "$event-%s\n" 1 2 3 4)"
	split cs-notify send --command 'echo "$CS_NOTICE_ID" >>sent'
	assert_stdout ''
	assert_equal "$(wc -l <sent)" 4
	split cs-notify list
	assert_stdout ''
}

@test "failures: 1 m, 5 m, 30 m, 2 h, 12 h, 24 h later, then given up" {
	outbox
	cs-notify send --limit 3 --command true >/dev/null
	last=$(cs-notify list | cut -f 1)
	now=$(sql "SELECT max(recorded_at) FROM event")
	for wait in 60 300 1800 7200 43200 86400; do
		split cs-notify send --command 'exit 3' --now "@$now"
		assert_status 1
		assert_stderr_contains "notice $last: pending: the command ended with 3"
		assert_equal "$(sql "SELECT try_at FROM notice WHERE state = 'pending'")" $((now + wait)) 'next try'
		split cs-notify send --command 'touch too-early' --now "@$((now + wait - 1))"
		assert_stdout ''
		now=$((now + wait))
	done
	[ ! -e too-early ]
	split cs-notify send --command 'exit 3' --now "@$now"
	assert_status 1
	assert_stderr_contains "notice $last: failed: the command ended with 3"
	split cs-notify list
	assert_stdout_matches "^$last	failed	.*	7		the command ended with 3\$"
	split cs-notify send --command 'touch too-late' --now "@$((now + 864000))"
	assert_stdout ''
	[ ! -e too-late ]
}

@test "a command that does not end is ended, with all that it started" {
	outbox
	split cs-notify send --limit 1 --timeout 1 --command 'sleep 1000 & echo $! >child; wait'
	assert_status 1
	assert_stderr_contains 'killed after 1 s'
	! grep -s '^State:.[RSD]' "/proc/$(cat child)/status" || fail 'what it started still runs'
}

@test "killed between claim and result: sent again with the same id once the lease is over" {
	outbox
	cs-notify send --command 'cat >>messages; kill -9 $PPID' >/dev/null 2>&1 || true
	assert_equal "$(states | grep -c pending)" 4
	split cs-notify send --command 'cat >>messages'
	assert_lines 3
	# The lease outlives the command's time (60 s unless said).
	split cs-notify send --command 'cat >>messages' --now '2026-12-01 00:01:01'
	assert_status 0
	assert_stdout ''
	split cs-notify send --command 'cat >>messages' --now '2026-12-01 00:02:01'
	assert_lines 1
	assert_equal "$(grep -c '^Message-ID: ' messages)" 5
	assert_equal "$(grep '^Message-ID: ' messages | sort -u | wc -l)" 4
}

@test "at most once: the doubtful are marked, never repeated" {
	outbox
	cs-notify send --command 'kill -9 $PPID' >/dev/null 2>&1 || true
	split cs-notify send --at-most-once --limit 1 --command 'touch again' --now '2026-12-01 00:02:01'
	assert_status 1
	assert_stdout_contains "$event-1"$'\tdoubtful'
	split cs-notify send --at-most-once --limit 1 --command 'exit 1' --now '2026-12-01 00:02:01'
	assert_status 1
	assert_stdout_contains "$event-2"$'\tdoubtful'
	cs-notify send --at-most-once --command 'kill -9 $PPID' >/dev/null 2>&1 || true
	split cs-notify send --at-most-once --command true
	assert_stdout_contains "$event-4"$'\tsent'
	split cs-notify send --command 'touch again' --now 2027-01-01
	assert_stdout ''
	[ ! -e again ]
	assert_equal "$(states | cut -f 2 | sort | uniq -c | tr -s ' \n' ' ')" ' 3 doubtful 1 sent '
}

@test "nothing is locked while the command runs" {
	outbox
	split cs-notify send --command 'cs-escalate && touch wrote'
	assert_status 0
	[ -e wrote ]
}

@test "only one kind of recipient; a dry run tries nothing" {
	outbox
	split cs-notify send --to-kind customer --command 'touch sent'
	assert_stdout ''
	split cs-notify send -n --command 'touch sent'
	assert_lines 4
	[ ! -e sent ]
	split cs-notify list --to-kind staff
	assert_lines 4
	split cs-notify list --state sent
	assert_stdout ''
}

@test "marked by hand: recorded, and tried again when that is asked" {
	outbox
	pipe 'cs-notify list | head -n 2 | cs-notify mark sent -'
	assert_stdout "$(printf "$event-%s\tsent\n" 1 2)"
	split cs-notify mark dropped "$event-3" 5-1 x
	assert_status 1
	assert_stdout "$event-3"$'\tdropped'
	assert_stderr_contains '5-1: no such notice'
	assert_stderr_contains "'x' is no notice"
	assert_equal "$(states | cut -f 2 | tr '\n' ' ')" 'sent sent dropped pending '
	assert_equal "$(sql "SELECT count(*) FROM event WHERE about = 'notice' AND step = 'mark'")" 3
	split cs-notify mark pending "$event-1"
	split cs-notify send --command true
	assert_lines 2
	split cs-check
	assert_status 0
}

@test "wrong usage" {
	outbox
	refused 64 'wants a command' cs-notify
	refused 64 '--command is missing' cs-notify send
	refused 64 'there are staff' cs-notify send --command true --to-kind dog
	refused 64 'there are pending' cs-notify list --state dog
	refused 64 'not '\''gone'\' cs-notify mark gone "$event-1"
	refused 64 '1 operand given, wanted: sent|failed|dropped|pending ID...|-' cs-notify mark sent
	refused 66 'no such database' cs-notify list -d nosuch.db
	split bash -c 'cs-notify list >/dev/full'
	assert_status 74
	split bash -c 'cs-notify send --command true >/dev/full'
	assert_status 74
	assert_equal "$(states | cut -f 2 | sort -u)" sent
}
