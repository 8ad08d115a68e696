#!/usr/bin/env bats
# Restricted view (policy.md, "access"; S0-3-3, G33): who may not read a ticket meets it in no program; who may is recorded.
load helper
load tickets

# The company's rules with a kind for whistle-blowing that the holder of one post reads.
secret_rules() {
	cat >secret.json <<-'RULES'
		{"policy": "secret", "extends": "property", "edition": "2026-11-01",
		 "codes": {"reading": ["handling", "audit"]},
		 "kinds": {"whistle": {"extends": "case", "prefix": "W", "anonymous": true,
		   "states": {"filed": {"is": "open"}, "ended": {"is": "closed"}},
		   "steps": {
		    "register": {"from": [], "to": "filed", "by": ["any"], "needs": ["body"], "takes": ["subject", "category", "urgent"],
		     "tell": ["post:company_complaints"]},
		    "ask": {"from": ["filed"], "to": "=", "by": ["post:company_complaints"], "needs": ["note"],
		     "tell": ["post:qmc_service_manager"]},
		    "end": {"from": ["filed"], "to": "ended", "by": ["post:company_complaints"], "needs": ["note"], "takes": ["why", "instead"]}},
		   "clocks": {"answer": {"start": ["register"], "main": true, "limit": "24h", "stop": ["end"],
		    "rungs": [{"id": "slow", "over": "100%", "to": "post:company_complaints"}]}}}},
		 "callbacks": {"whistle": {"each": {"of": "ticket", "kinds": ["whistle"]}, "purpose": "spot", "methods": ["phone"],
		   "by": {"phone": "post:company_complaints"}, "ask": ["result"]},
		  "heard": {"each": {"of": "ticket", "kinds": ["whistle"]}, "purpose": "satisfaction", "methods": ["phone"],
		   "by": {"phone": "post:company_complaints"}, "ask": ["result"]}},
		 "access": {"secret": {"each": {"of": "ticket", "kinds": ["whistle"]}, "by": ["post:company_complaints"],
		   "fields": ["*"], "log": true, "source": ["S0-3-3", "G33"]}},
		 "labels": {
		  "en": {"kinds/whistle": "whistle-blowing", "states/filed": "filed", "states/ended": "ended", "steps/ask": "ask",
		   "steps/end": "end", "clocks/answer": "answer", "rungs/slow": "slow", "access/secret": "whistle-blowing",
		   "callbacks/whistle": "whistle-blowing", "callbacks/heard": "heard", "codes/reading/handling": "handling", "codes/reading/audit": "audit"},
		  "zh": {"kinds/whistle": "举报", "states/filed": "已登记", "states/ended": "办结", "steps/ask": "问", "steps/end": "办结",
		   "clocks/answer": "答复", "rungs/slow": "逾期", "access/secret": "举报保密", "callbacks/whistle": "举报", "callbacks/heard": "回音",
		   "codes/reading/handling": "办理", "codes/reading/audit": "审计"}}}
	RULES
	cs-policy load secret.json >loaded
}

whistle() {
	secret_rules
	ref=$(cs-intake --kind whistle --channel letter --unit p1 --subject 保安收钱 --body '南门保安收停车费不给票' --as ling)
}

# The company's rules, where major complaints are read by the holder of one post.
major_secret() {
	cat >rules.json <<-'RULES'
		{"policy": "secret", "extends": "property", "edition": "2026-11-01",
		 "access": {"secret": {"each": {"of": "ticket", "kinds": ["complaint"], "where": {"field": "importance", "is": "major"}},
		   "by": ["post:company_complaints"], "fields": ["*"], "source": ["S0-3-3", "G33"]}},
		 "labels": {"en": {"access/secret": "major complaints"}, "zh": {"access/secret": "重大投诉保密"}}}
	RULES
	cs-policy load -q rules.json >loaded
}

# Readers act as the caller: he gets the post.
let_me_read() {
	cs-org add -q post company_complaints "$(id -un)" --unit hq >granted
}

@test "who may not read it meets it in no list, no ticket, no form and no list of contacts" {
	whistle
	secret=$ref
	new request
	split cs-list
	assert_status 0
	assert_stdout_contains "$ref"
	refute_stdout_contains "$secret"
	split cs-list --text 保安 --sort opened
	assert_stdout ""
	split cs-list "$secret"
	assert_status 66
	assert_stderr "cs-list: $secret: not for you to read"
	split cs-list "$secret" "$ref"
	assert_status 1
	assert_stdout_contains "$ref"
	refused 77 "cs-show: $secret: only for company complaint department to read" cs-show "$secret"
	split cs-show -f text "$secret" "$ref"
	assert_status 1
	assert_stderr "cs-show: $secret: only for company complaint department to read"
	refute_stdout_contains 保安
	refused 77 "cs-show: $secret: only for company complaint department to read" cs-show --form work_order "$secret"
	cs-callback plan --as company --purpose spot "$secret" >planned
	split cs-callback due
	assert_stdout ""
	let_me_read
	split cs-callback due
	assert_stdout_contains "$secret"
}

@test "who may read it says why, and that is recorded; the chain and the tables stay sound" {
	whistle
	let_me_read
	split cs-list --columns ref,kind
	assert_stdout "$ref"$'\t'whistle
	refused 64 "cs-show: who reads this is recorded: say why (--why REASON, cs-policy explain codes/reading)" cs-show "$ref"
	refused 64 "cs-show: --why: 'audits' is not among the codes of reading; did you mean 'audit'? allowed: handling, audit" cs-show --why audits "$ref"
	before=$(cs-check -q | tail -n 1)
	split cs-show --why audit "$ref"
	assert_status 0
	assert_stdout_contains 南门保安收停车费不给票
	assert_equal "$(sqlite3 "$CS_DB" 'SELECT count(*), min(rule), min(why) FROM access')" '1|secret|audit' 'access'
	split cs-show --why 办理 "$ref"
	assert_stdout_contains $'access\tsecret'
	assert_equal "$(sqlite3 "$CS_DB" 'SELECT count(*) FROM access')" 2 'access'
	split cs-check
	assert_status 0
	[ "$output" != "$before" ] || fail 'reading left nothing in the chain'
}

@test "--as of a reader: each sees what is his to see, and who reads for another is on record" {
	whistle
	cs-callback plan --as company --purpose spot "$ref" >planned
	local may="$ref" not="$ref: only for company complaint department to read"
	split cs-list --as company --columns ref,kind
	assert_stdout "$may"$'\t'whistle
	split cs-list --as ling
	assert_stdout ''
	split cs-callback due --as company
	assert_stdout_contains "$may"
	split cs-callback list --as ling
	assert_stdout ''
	refused 77 "cs-callback: $not" cs-callback list --as ling "$ref"
	split cs-escalate --explain "$ref" --as company
	assert_stdout_contains $'answer\t'
	refused 77 "cs-escalate: $not" cs-escalate --explain "$ref" --as ling
	refused 77 "cs-decide: $not" cs-decide explain --as ling "$ref"
	refused 1 "cs-decide: $ref: the rules have no admission for the kind whistle" cs-decide explain --as company "$ref"
	refused 77 "cs-duty: $not" cs-duty show --as ling "$ref" weekly_report
	refused 77 "cs-show: $not" cs-show --as ling "$ref"
	split cs-show --as company --why audit "$ref"
	assert_stdout_contains 南门保安收停车费不给票
	me=$(id -un)
	assert_equal "$(sqlite3 "$CS_DB" "SELECT login, (SELECT login FROM staff WHERE id = actor) FROM event ORDER BY id DESC LIMIT 1")" \
		"$me|company" 'reader'
}

@test "of several open contacts the customer is named to those alone who may read the ticket" {
	secret_rules
	ref=$(cs-intake --kind whistle --channel letter --unit p1 --body 收钱 --customer 王芳 --phone 13800138000 --as ling)
	cs-callback plan --as company --purpose spot "$ref" >planned
	cs-callback plan --as company --purpose satisfaction "$ref" >planned
	local open="cs-callback: $ref: 2 contacts are open; say which (REF/NUMBER):"
	split cs-callback record --as ling --outcome reached "$ref"
	assert_status 1
	assert_stderr "$open 1 spot, 2 satisfaction"
	split cs-callback record --as company --outcome reached "$ref"
	assert_stderr "$open 1 spot (王芳), 2 satisfaction (王芳)"
}

@test "--as of a reader follows the rule of writers, and is refused where it means nothing" {
	new request
	refused 77 'cs-list: --as ghost is not on the staff' cs-list --as ghost
	refused 64 '--as goes with --explain' cs-escalate --as ling
	refused 64 'unknown option --as' cs-check --as ling
	refused 64 'cs-escalate: option --explain wants REF, not '"'--now'" cs-escalate --explain --now 2026-11-03 "$ref"
	# Who is not admin reads as himself alone.
	cs-org add -q post admin company >given
	cs-org change -q post "$(sqlite3 "$CS_DB" "SELECT min(id) FROM post WHERE post = 'admin'")" --to 2026-11-02 >gone
	at '2026-11-03 09:00'
	refused 77 'cs-list: --as ling: only the post admin acts for others' cs-list --as ling
}

@test "in a live database nobody reads for others: not the post admin, not as himself; writers still act for others" {
	unset CS_NOW
	cs-init -d live.db --policy property >made
	local me reads='in a live database each reads as himself; what another sees is shown in a rehearsal (cs-init --rehearsal)'
	me=$(id -un)
	for read in 'cs-show R20261102-0001' cs-list 'cs-callback due' 'cs-callback list' 'cs-duty due' 'cs-duty show p1 publish' \
		'cs-report daily' 'cs-report overdue' 'cs-customer show 1' 'cs-decide explain R20261102-0001' \
		'cs-decide similar R20261102-0001' 'cs-escalate --explain R20261102-0001'; do
		# shellcheck disable=SC2086
		refused 77 "${read%% *}: --as ling: $reads" $read -d live.db --as ling
	done
	refused 77 "cs-list: --as $me: $reads" cs-list -d live.db --as "$me"
	split cs-list -d live.db
	assert_status 0
	split cs-intake -d live.db --as "$me" --kind inquiry --channel phone --body 几点开门
	refute_stderr_contains 'each reads as himself'
	assert_equal "$(sqlite3 live.db 'SELECT count(*) FROM access')" 0 'access'
}

@test "a ticket that no rule keeps back is read without a reason, and nothing is recorded" {
	secret_rules
	new request
	split cs-show "$ref"
	assert_status 0
	assert_equal "$(sqlite3 "$CS_DB" 'SELECT count(*) FROM access')" 0 'access'
}

@test "without such rules there is no reason to give" {
	new request
	refused 64 'cs-show: --why: the rules in force record no reading' cs-show --why audit "$ref"
}

@test "notices of a ticket that is kept back say neither its subject nor what was noted" {
	whistle
	step company ask --note '保安队长自己承认了'
	at '2026-11-03 10:00'
	cs-escalate >fired
	split cs-notify list
	assert_stdout_contains '(kept back)'
	refute_stdout_contains "$ref"
	refute_stdout_contains 保安
	refute_stdout_contains 停车
	split cs-notify send -n --command true
	assert_stdout_contains '(kept back)'
	refute_stdout_contains "$ref"
	let_me_read
	split cs-notify list
	assert_stdout_contains "$ref"
	refute_stdout_contains 'kept back'
	refute_stdout_contains 保安
}

@test "it stands neither among a customer's tickets nor with its category and people among the overdue" {
	secret_rules
	ref=$(cs-intake --kind whistle --channel letter --unit p1 --category env --body 收费不给票 --as ling \
		--customer 王芳 --phone 13800138000)
	open=$(cs-intake --kind inquiry --channel phone --unit p1 --body 几点开门 --as ling --customer 王芳 --phone 13800138000)
	who=$(sqlite3 "$CS_DB" "SELECT customer FROM ticket WHERE kind = 'whistle'")
	split cs-customer show "$who"
	assert_stdout_contains "$open"
	refute_stdout_contains "$ref"
	split cs-report overdue -q --now "2026-11-20 09:00" -f csv
	assert_stdout_contains "$ref,,,kind,whistle"
	assert_stdout_contains "$ref,,,category,"
	refute_stdout_contains env
	let_me_read
	split cs-customer show "$who"
	assert_stdout_contains "$ref"
}

@test "every way to list passes it over, and ends" {
	whistle
	secret=$ref
	new request
	for ask in '--state open' '--overdue' '--due-before 2027-01-01' '--customer 王芳' "$secret $ref" '--sort opened' "--matter $ref"; do
		# shellcheck disable=SC2086
		split timeout 20 cs-list --columns ref --now '2026-12-20 09:00' $ask
		[ "$status" -lt 2 ] || fail "$ask: $status $stderr"
		refute_stdout_contains "$secret"
	done
	let_me_read
	split timeout 20 cs-list --columns ref --state open
	assert_stdout "$ref"$'\n'"$secret"
}

@test "its clocks are explained to who may read it; a kept-back complaint is a line of the ledger that says no more" {
	whistle
	refused 77 'only for company complaint department to read' cs-escalate --explain "$ref"
	sed -i 's/"kinds": \["whistle"\]}, "by": \["post:company_complaints"\]/"kinds": ["whistle", "complaint"]}, "by": ["post:company_complaints"]/
		s/2026-11-01/2026-11-02/' secret.json
	cs-policy load -q secret.json >loaded
	new complaint
	split cs-report ledger 2026-11 -q --now '2026-12-20 09:00' -f csv
	assert_stdout_contains "$ref"
	refute_stdout_contains eng.water
	refute_stdout_contains ling
	let_me_read
	cs-escalate --explain "$ref" >explained
	grep -q resolve explained
}

@test "a ticket of the same matter does not name one that is kept back, for who may not read that one" {
	major_secret
	new complaint
	secret=$ref
	new complaint --customer 李强 --phone 13700000001 --subject "与 $secret 有关"
	step chief link --set same_as="$secret"
	cs-progress --as chief assess --set media=exposed "$secret" >assessed
	step chief note --note "与 $secret 同一原因"
	split cs-show -f text "$ref"
	assert_status 0
	refute_stdout_contains "$secret"
	assert_stdout_contains "$ref"$'\tfact\tmatter\t(kept back)'
	assert_stdout_contains "$ref"$'\tfield\tsame_as\t(kept back)'
	assert_stdout_contains "$ref"$'\tlink\tsame_as\t(kept back)'
	assert_stdout_contains 'note: 与 (kept back) 同一原因'
	split cs-escalate --explain "$ref"
	assert_status 0
	refute_stdout_contains "$secret"
	split cs-show --form hot_report "$ref"
	refute_stdout_contains "$secret"
	split cs-report ledger 2026-11 -q --now '2026-12-20 09:00' -f csv
	assert_equal "$(grep "^$ref" <<<"$output" | grep -c "$secret")" 0 'the ledger'
	split cs-list --columns ref,matter,same_as,subject --state open
	assert_stdout "$ref"$'\t(kept back)\t(kept back)\t与 (kept back) 有关'
	let_me_read
	split cs-show -f text "$ref"
	assert_stdout_contains "$ref"$'\tfact\tmatter\t'"$secret"
	assert_stdout_contains "$ref"$'\tfield\tsame_as\t'"$secret"
	assert_stdout_contains "$ref"$'\tlink\tsame_as\t'"$secret"
	assert_stdout_contains "note: 与 $secret 同一原因"
	refute_stdout_contains 'kept back'
}

# A complaint ($young) that was merged into another ($old), which became major since.
merged_into_secret() {
	major_secret
	new complaint
	old=$ref
	new complaint --customer 李强 --phone 13700000001
	young=$ref
	cs-decide merge -q --as chief --into "$old" --note 同一件事 "$young" >made
	cs-progress -q --as chief assess --set media=exposed "$old" >assessed
}

@test "what is asked of a merged ticket reaches one that is kept back, and does not name it to who may not read it" {
	merged_into_secret
	local hidden='(kept back)'
	split cs-progress --as ling note --note x "$young"
	assert_status 0
	assert_stdout "$young"$'\tnote\t'
	assert_stderr_contains "$young is merged: the step is taken on $hidden"
	refute_stderr_contains "$old"
	assert_equal "$(sqlite3 "$CS_DB" "SELECT step FROM event WHERE about = 'ticket' AND step = 'note'")" note 'the step is taken'
	split cs-dispatch --as ling --set promised_at='2026-11-02 18:00' "$young"
	assert_status 0
	assert_stdout "$young"$'\t\t\t'
	assert_stderr_contains "$young is merged: $hidden is handed over"
	split cs-callback plan --as chief --purpose spot "$young"
	assert_status 0
	assert_stdout "$young"$'\t1\tyes'
	assert_stderr_contains "$young is merged: its contacts are those of $hidden"
	refute_stderr_contains "$old"
	split cs-callback record --as ling --outcome reached --score 4 "$young"
	refute_stdout_contains "$old"
	refute_stderr_contains "$old"
	split cs-duty 'done' --as ling "$young" hot_report
	assert_status 77
	assert_stderr_contains "$hidden: only for company complaint department to read"
	refute_stderr_contains "$old"
	split cs-decide merge --as chief --into "$young" --note x "$young"
	refute_stderr_contains "$old"
	new complaint --customer 赵六 --phone 13700000002
	split cs-decide merge --as chief --into "$young" --note x "$ref"
	assert_stderr_contains "$hidden: only for company complaint department to read"
	refute_stderr_contains "$old"
	split cs-decide merge --as chief --into "$ref" --note x "$young"
	assert_stderr_contains "it is merged into $hidden already"
	split cs-decide link --as chief --same-as "$ref" "$young"
	refute_stderr_contains "$old"
	split cs-decide merge --as chief --into "$old" --note x "$ref"
	assert_stderr_contains "$old: only for company complaint department to read" # he named it himself
	# Who may read it is told which one it is.
	split cs-progress --as company note --note x "$young"
	assert_stderr_contains "$young is merged: the step is taken on $old"
	assert_stdout_contains "$old"$'\tnote\t'
	split cs-dispatch --as company --set promised_at='2026-11-02 18:00' "$young"
	assert_stderr_contains "$young is merged: $old is handed over"
	split cs-callback plan --as company --purpose spot "$young"
	assert_stderr_contains "$young is merged: its contacts are those of $old"
	split cs-duty 'done' --as company "$young" hot_report
	assert_stderr_contains "$young is merged: it is $old that owes"
	split cs-decide merge --as company --into "$ref" --note x "$young"
	assert_stderr_contains "it is merged into $old already"
}
