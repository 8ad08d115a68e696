# For bats files about tickets: a rehearsal desk with the company of tests/data/company.sh, Monday 2026-11-02 09:00.
# shellcheck shell=bash
setup() {
	cs_setup
	at '2026-11-02 09:00'
	cs-init --rehearsal --seed tests >made && "$CS_ROOT/tests/data/company.sh"
}

# at TIME: the present from now on.
at() {
	export CS_NOW=$1
}

# new KIND [OPTION...]: registers a ticket as ling, with all that its kind needs besides; its reference is $ref.
new() {
	local kind=$1
	local -a more=()
	shift
	[ "$kind" != message ] || more=(--set wanted=李经理)
	[[ " $* " == *' --category '* ]] || more+=(--category eng.water)
	[[ " $* " == *' --unit '* ]] || more+=(--unit p1.north)
	[[ " $* " == *' --subject '* ]] || more+=(--subject 水管)
	[[ " $* " == *' --phone '* ]] || more+=(--customer 王芳 --phone 13800138000 --premises 3栋2单元501)
	ref=$(cs-intake --as ling --kind "$kind" --channel phone --body 厨房漏水 "${more[@]}" "$@") || fail "cs-intake $kind"
	ref=${ref%%$'\t'*}
}

# step LOGIN STEP [OPTION...]: takes a step on $ref, which must succeed.
step() {
	local as=$1 step=$2
	shift 2
	split cs-progress --as "$as" "$@" "$step" "$ref"
	assert_status 0
}

# state: of $ref
state() {
	cs-list --columns state -f csv "$ref" | tail -1
}

# life WORDS: a line per step, "LOGIN STATE STEP [OPTION...]" (shell words), on $ref.
life() {
	local login want name
	local -a words
	while read -r line; do
		[ -n "$line" ] || continue
		eval "words=($line)"
		login=${words[0]} want=${words[1]} name=${words[2]}
		split cs-progress --as "$login" "${words[@]:3}" "$name" "$ref"
		assert_status 0
		assert_stdout "$ref"$'\t'"$name"$'\t'"$want"
	done
}

# refuse LOGIN TEXT STEP [OPTION...]: the step on $ref ends with 1, says TEXT and changes nothing.
refuse() {
	local login=$1 text=$2 name=$3 before
	shift 3
	before=$(cs-show -f jsonl "$ref")
	refused 1 "cs-progress: $ref: $text" cs-progress --as "$login" "$@" "$name" "$ref"
	assert_equal "$(cs-show -f jsonl "$ref")" "$before" 'the ticket'
}
