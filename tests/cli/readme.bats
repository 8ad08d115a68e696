#!/usr/bin/env bats
# The pipelines of the README run as they are printed, at the desk it says.
load helper
load tickets

setup() {
	cs_setup
	at '2026-10-05 09:00'
	cs-init --rehearsal --seed tests >made && "$CS_ROOT/tests/data/company.sh"
	cs-org add post front_desk "$(id -un)" --unit p1 >posts
	mkdir printer
	printf '#!/bin/sh\nexec cat >>%s\n' "$PWD/printed" >printer/lpr && chmod +x printer/lpr
	PATH=$PWD/printer:$PATH
	awk '/^## /{on = /pipelines/} on && /^    /{sub(/^ */, ""); printf "%s%s", $0, /[|]$/ ? " " : "\n"}' "$CS_ROOT/README.md" >pipelines
	assert_equal "$(wc -l <pipelines)" 3
}

# pipeline N: every part of it must succeed.
pipeline() {
	split bash -o pipefail -c "$(sed -n "$1p" pipelines)"
	assert_status 0
}

@test "README: the morning's list is taken in, handed over and printed" {
	cat >morning.csv <<-'X'
		kind,channel,category,body,customer,phone,premises,unit,opened_at
		request,phone,eng.water,厨房漏水,王芳,13800138000,3-2-501,p1.north,2026-10-05 08:10
	X
	pipeline 1
	grep -q 王芳 printed
	grep -q 工程部 printed
	assert_equal "$(cs-list --columns state,unit -f csv | tail -1)" dispatched,p1.engineering
}

@test "README: what is late is chased; a fifth of what was done becomes spot calls" {
	new request
	cs-dispatch -q --as ling "$ref" >out
	at '2026-10-08 09:00'
	pipeline 2
	assert_stdout "$ref	note	dispatched"
	step worker arrive
	step worker start
	step worker finish --set result=好 --set unsigned_why=不在
	at '2026-11-02 09:00'
	pipeline 3
	assert_stdout "$ref	2	yes"
	assert_equal "$(cs-callback list --purpose spot --state open | cut -f 1-4)" "$ref	2	spot	phone"
}
