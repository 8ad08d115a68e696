#!/usr/bin/env bats
# What every program answers to bad luck (design sections 8 and 9): one table of commands, each fault tried on all of them.
load ../cli/helper

# A command per line, all good on the desk of setup_file: r reads, w writes. OLD is its ticket, DONE a closed one.
commands='
r cs-backup copy.db
r cs-callback due
r cs-check
r cs-customer list
r cs-duty due
r cs-list
r cs-notify list --all
r cs-org list units
r cs-policy list
r cs-report daily 2026-11-21
r cs-sample list
r cs-sample estimate --count 1 OLD
r cs-show OLD
w cs-callback plan --purpose spot OLD
w cs-customer add --name 王芳
w cs-decide reopen --as ling --note 再问 DONE
w cs-dispatch --as ling --to p1.engineering OLD
w cs-duty done --as ling --evidence record p1 forum_watch
w cs-escalate
w cs-intake --kind inquiry --channel phone --customer 王芳 --body 几点开门
w cs-notify send --command cat
w cs-org add unit p9 --name 新区 --level project --parent east
w cs-policy load tiny.json
w cs-progress --note 已回电 note OLD
w cs-sample draw --count 1 --seed s OLD
'

setup_file() {
	export CS_DB=$BATS_FILE_TMPDIR/desk.db CS_NOW='2026-11-21 09:30'
	cs-init --rehearsal --seed every >/dev/null
	sh "$CS_ROOT/tests/data/company.sh"
	cs-intake --kind request --channel phone --category eng.leak --body 漏水 --customer 李娜 --phone 13900000001 \
		--premises 3-2-501 --unit p1 >"$BATS_FILE_TMPDIR/ref"
	cs-intake --as ling --kind inquiry --channel phone --body 几点开门 --customer 李娜 --phone 13900000001 \
		--unit p1 >"$BATS_FILE_TMPDIR/done"
	cs-progress -q --as ling reply --set reply_text=九点 - <"$BATS_FILE_TMPDIR/done"
	cs-progress -q --as ling close - <"$BATS_FILE_TMPDIR/done"
	cs-org add staff nobody --name 无名 --unit p1 >/dev/null
	# Rules of another edition, to be loaded.
	sqlite3 "$CS_DB" 'SELECT text FROM policy' | sed 's/"edition":"[^"]*"/"edition":"2026-11-22"/' >"$BATS_FILE_TMPDIR/tiny.json"
}

setup() {
	cs_setup
	export CS_NOW='2026-11-22 09:30'
	fresh
	cp "$BATS_FILE_TMPDIR/tiny.json" .
	old=$(cat "$BATS_FILE_TMPDIR/ref")
	finished=$(cat "$BATS_FILE_TMPDIR/done")
}

teardown() {
	umount "$BATS_TEST_TMPDIR/medium" 2>/dev/null || true
}

fresh() {
	rm -f desk.db* copy.db
	cp "$BATS_FILE_TMPDIR/desk.db" .
}

# each [-r|-w] FUNCTION: calls it with every command of the table, of that kind.
each() {
	local only=
	case $1 in -*) only=${1#-}; shift ;; esac
	local kind line tried=0
	while read -r kind line; do
		if [ -z "$kind" ] || [ "$kind" != "${only:-$kind}" ]; then continue; fi
		line=${line//OLD/$old}
		read -r -a words <<<"${line//DONE/$finished}"
		"$1" "${words[@]}" || return
		tried=$((tried + 1))
	done <<<"$commands"
	[ "$tried" -gt 0 ]
}

@test "the table names every program, and every command of it succeeds" {
	for file in "$CS_ROOT"/bin/cs-*.c; do
		name=$(basename "$file" .c)
		[ "$name" = cs-init ] || grep -q "^[rw] $name " <<<"${commands//$'\n'/ $'\n'}" || fail "not in the table: $name"
	done
	good() {
		fresh
		split "$@"
		assert_status 0
	}
	each good
}

@test "missing" {
	missing() {
		refused 66 'no such database' env CS_DB=missing.db "$@"
		[ ! -e missing.db ] || fail 'made it'
	}
	each missing
}

@test "not ours: a text, another program's database, an empty file, a folder" {
	echo 'this is no database, but it is long enough to be looked at by anybody who wants to open it' >text.db
	sqlite3 other.db 'CREATE TABLE t (x); PRAGMA journal_mode = WAL' >/dev/null
	: >empty.db
	mkdir folder.db
	before=$(sha256sum text.db other.db empty.db)
	foreign() {
		for db in text empty other folder; do
			refused 78 'not a csdesk database' env CS_DB=$db.db "$@"
		done
	}
	each foreign
	assert_equal "$(sha256sum text.db other.db empty.db)" "$before" 'the files'
	for db in text other folder; do # an empty file may be left by a cs-init that was ended
		refused 78 'not a csdesk database' cs-init -d $db.db
	done
}

@test "newer and older" {
	sqlite3 desk.db 'PRAGMA user_version = 999'
	newer() {
		refused 78 'newer csdesk' "$@"
	}
	each newer
	refused 78 'newer csdesk' cs-init
	sqlite3 desk.db 'PRAGMA user_version = 0'
	older() {
		refused 78 'older csdesk' "$@"
	}
	each older
}

@test "cut short: within the header, and behind some pages" {
	head -c 60 "$BATS_FILE_TMPDIR/desk.db" >header.db
	head -c 40960 "$BATS_FILE_TMPDIR/desk.db" >pages.db
	cut_short() {
		refused 78 'not a csdesk database' env CS_DB=header.db "$@"
		refused 74 'pages.db' env CS_DB=pages.db "$@"
	}
	each cut_short
	assert_equal "$(head -c 40960 "$BATS_FILE_TMPDIR/desk.db" | cmp - pages.db)" '' 'the file'
}

@test "not on the staff" {
	sqlite3 desk.db "UPDATE staff SET login = 'somebody' WHERE id = 1"
	stranger() {
		refused 77 'not on the staff' "$@"
	}
	each stranger
}

@test "locked by another program: writers wait, then 75; readers do not wait" {
	mkfifo lock
	sqlite3 desk.db <lock >held &
	exec 8>lock
	printf '%s\n' 'BEGIN IMMEDIATE;' '.print held' >&8
	while ! [ -s held ]; do read -r -t 0.05 <> <(:) || true; done
	export CS_BUSY_MS=30
	writer() {
		refused 75 'in use by another program' "$@"
	}
	reader() {
		rm -f copy.db
		split "$@"
		assert_status 0
	}
	each -w writer
	each -r reader
	exec 8>&-
	wait
	refused 64 'CS_BUSY_MS' env CS_BUSY_MS=long cs-list
}

@test "ended by a signal while it waits for its input: 75, nothing changed" {
	mkfifo in
	before=$(sqlite3 desk.db 'SELECT max(id) FROM event')
	while read -r line; do
		[ -n "$line" ] || continue
		read -r -a words <<<"$line"
		ran=$line
		"${words[@]}" <in >out 2>err &
		pid=$!
		exec 9>in
		printf '%200000s' '' >&9 # more than a pipe holds: when it is written, it is read
		until grep -q '^State:.S' "/proc/$pid/status"; do :; done
		kill -TERM $pid
		status=0
		wait $pid || status=$?
		exec 9>&-
		stderr=$(cat err)
		assert_status 75
		assert_stderr_contains 'ended by a signal'
		[ ! -s out ] || fail "printed: $(cat out)"
		assert_equal "$(sqlite3 desk.db 'SELECT max(id) FROM event')" "$before" 'the last event'
	done <<<'
		cs-callback plan --purpose spot -
		cs-customer import -
		cs-customer import --strict -
		cs-dispatch --as ling --to p1.engineering -
		cs-intake --csv - --source s
		cs-intake --csv - --source s --strict
		cs-intake --jsonl - --source s
		cs-org import units -
		cs-progress --note x note -
		cs-sample draw --count 1 -'
}

@test "a file and a folder that cannot be written" {
	as=()
	if [ "$(id -u)" -eq 0 ]; then
		# Permissions do not hold root; the programs run as another of the staff, from where he can reach them.
		as=(setpriv --reuid=nobody --regid=nogroup --clear-groups)
		cp "$CS_BUILD"/cs-* .
		PATH=$PWD:$PATH
		for ((folder = 0; folder < 4; folder++)); do
			chmod a+rx "$(realpath "$PWD/$(printf '../%.0s' $(seq 0 $folder))")" 2>/dev/null || true
		done
	fi
	chmod 444 desk.db
	chmod 555 .
	# A reader needs the log's index beside the file.
	readonly() {
		refused 77 'desk.db' "${as[@]}" "$@"
	}
	each readonly
	chmod 755 .
}

@test "a read-only file system: what has no log can be read and restored; writers are told what would be right" {
	[ "$(id -u)" -eq 0 ] || skip 'only root can mount'
	mkdir medium
	mount -t tmpfs tmpfs medium 2>mount.err || skip "no tmpfs can be mounted here: $(cat mount.err)"
	name='medium/a?b#%41 =.db' # nothing of a name means anything to the engine
	cp desk.db "$name"
	cp desk.db medium/log.db
	echo log >medium/log.db-wal
	mount -o remount,ro medium
	read_medium() {
		rm -f copy.db
		split env CS_DB="$name" "$@"
		assert_status 0
		refused 77 'log.db: the database or its folder cannot be written' env CS_DB=medium/log.db "$@"
	}
	write_medium() {
		refused 77 'cs-backup --restore makes a database of it elsewhere' env CS_DB="$name" "$@"
	}
	each -r read_medium
	each -w write_medium
	refused 77 'Read-only file system' cs-init -d "$name"
	refused 77 'Read-only file system' cs-init --rehearsal -d medium/new.db
	refused 77 'Read-only file system' cs-backup medium/copy.db
	split cs-backup --restore "$name" --to restored.db
	assert_status 0
	assert_equal "$(cs-check -d restored.db)" "$(cs-check -d desk.db)" 'the chain'
}

@test "an output that takes nothing" {
	full() {
		case "$1 $2" in 'cs-backup copy.db') rm -f copy.db ;; esac
		ran="$* >/dev/full"
		run --separate-stderr bash -c '"$@" >/dev/full' - "$@"
		# Silent where all is well and there is nothing to say.
		[ "$status" -eq 74 ] || [ -z "$("$@" 2>/dev/null)" ] || fail "expected 74, got $status"
	}
	each full
	for file in "$CS_ROOT"/bin/cs-*.c; do
		for option in --help --version; do
			ran="$(basename "$file" .c) $option >/dev/full"
			run bash -c '"$@" >/dev/full' - "$(basename "$file" .c)" "$option"
			assert_status 74
		done
	done
	rm -f made.db
	run bash -c 'cs-init -d made.db --rehearsal >/dev/full'
	assert_status 74
}

@test "text that is not UTF-8: refused, nothing stored, and the message is UTF-8 itself" {
	bad=$'\xC4\xE3\xFF'
	before=$(sqlite3 desk.db 'SELECT max(id) FROM event')
	while read -r words; do
		[ -n "$words" ] || continue
		read -r -a line <<<"${words//OLD/$old}"
		split "${line[@]//BAD/$bad}" </dev/null
		case $status in 1 | 64 | 65 | 66 | 78) ;; *) fail "ended with $status" ;; esac
		[ -n "$stderr" ] || fail 'says nothing'
		printf '%s' "$stderr" | iconv -f UTF-8 -t UTF-8 >/dev/null || fail 'its message is not UTF-8'
		assert_equal "$(sqlite3 desk.db 'SELECT max(id) FROM event')" "$before" 'the last event'
	done <<<'
		cs-backup --BAD
		cs-callback record --outcome done --note BAD OLD
		cs-callback due --unit BAD
		cs-check --since BAD
		cs-check --count 1 --head BAD
		cs-customer add --name BAD
		cs-customer find BAD
		cs-dispatch --note BAD OLD
		cs-dispatch BAD
		cs-escalate BAD
		cs-escalate --explain BAD
		cs-init -d new.db --admin BAD
		cs-init -d new.db --policy BAD
		cs-intake --kind inquiry --channel phone --body BAD
		cs-intake --kind BAD --channel phone --body x
		cs-list --kind BAD
		cs-list --columns BAD
		cs-notify list --state BAD
		cs-org add unit p8 --name BAD --level project --parent east
		cs-org show BAD
		cs-policy check BAD
		cs-policy explain BAD
		cs-progress --note BAD note OLD
		cs-progress BAD OLD
		cs-report BAD 2026-10
		cs-report daily BAD
		cs-sample show BAD
		cs-sample draw --count 1 --seed BAD OLD
		cs-show BAD
		cs-show --form BAD OLD'
	for program in cs-callback cs-dispatch cs-list cs-progress cs-show; do
		case $program in
		cs-callback) args=(plan -) ;; cs-progress) args=(--note x note -) ;; *) args=(-) ;;
		esac
		ran="$program ${args[*]}"
		run --separate-stderr bash -c 'printf "\xC4\xE3\n" | "$@"' - "$program" "${args[@]}"
		case $status in 1 | 64 | 65 | 66) ;; *) fail "ended with $status" ;; esac
		printf '%s' "$stderr" | iconv -f UTF-8 -t UTF-8 >/dev/null || fail 'its message is not UTF-8'
	done
}
