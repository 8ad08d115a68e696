#!/usr/bin/env bats
# Who complains: several at once, agents, complaining again, leaving (S0-4-6, S3-4-7, S3-7-3, C18).
load helper
load tickets

# parties: capacity, name and detail of each of $ref
parties() {
	cs-show "$ref" | cut -f 2,3,4,6 | grep "^party" | cut -f 2-
}

@test "several complain at intake; each is called back" {
	new complaint --also '李强,phone=13700000001,capacity=tenant' --also '周敏,phone=13700000002'
	assert_equal "$(parties)" $'customer\t王芳\tphone 13800138000\ntenant\t李强\tphone 13700000001\ncustomer\t周敏\tphone 13700000002'
	assert_equal "$(cs-show "$ref" | grep -c $'\tappeal\tregister\t')" 2
	step ling answer --set result=已处理
	step chief verify --note 已核实
	assert_equal "$(cs-show "$ref" | grep -c $'\tcallback\t')" 3
	split cs-check
	assert_status 0
}

@test "an agent acts for somebody; in full-width letters, too" {
	new complaint --capacity 其他 --for '孙悦,phone=１３５００００００００'
	assert_equal "$(parties)" $'other\t王芳\tphone 13800138000, acts for 孙悦'
	step ling repeat --customer 赵律师 --phone 13600000001 --capacity other --for 王芳 --note 来函
	split cs-show "$ref"
	assert_stdout_contains $'\tparty\tother\t赵律师\t\tphone 13600000001, acts for 王芳'
	assert_stdout_contains $'\tappeal\trepeat\t王芳\t2026-11-02 09:00'
	split cs-check
	assert_status 0
}

@test "complaining again, leaving, and what is refused" {
	new complaint
	refuse ling 'repeat needs party (--customer or --phone)' repeat --note x
	refuse ling 'contact takes nobody' contact --note x --customer 王芳
	refused 64 "nobody" cs-progress --as ling repeat --note x --customer 李强 --phone 13700000001 --capacity nobody "$ref"
	step ling repeat --customer 王芳 --note 又来电
	step ling repeat --customer 李强 --phone 13700000001 --capacity 租户 --note 楼下
	step ling leave --customer 王芳 --note 不再追究
	assert_equal "$(parties)" $'customer\t王芳\tphone 13800138000, ended\ntenant\t李强\tphone 13700000001'
	refuse ling 'leave: nobody else takes part' leave --customer 李强 --note x
	refuse ling '周敏 takes no part in it' leave --customer 周敏 --note x
	refused 64 'customer key' cs-progress --as ling repeat --customer-key 17 --note x "$ref"
	refused 64 '--for says something of a customer' cs-progress --as ling repeat --for 王芳 --note x "$ref"
	refused 64 "unknown word 'fax' of a person" cs-intake --as ling --kind complaint --channel phone --body x --customer a --also 'b,fax=1'
	refused 1 'given twice' cs-intake --as ling --kind complaint --channel phone --category eng.water --unit p1 --body x --customer a --phone 13700000009 --also 'a,phone=13700000009'
	split cs-check
	assert_status 0
}

@test "whoever an agent acts for is erased with the ticket's texts" {
	new complaint --for '孙悦,phone=13500000000'
	id=$(cs-customer find 13500000000 | cut -f 1)
	split cs-customer erase --reason request "$id"
	assert_status 0
	split cs-show "$ref"
	assert_stdout_contains 'acts for (erased)'
	refute_stdout_contains 孙悦
	split cs-check
	assert_status 0
}
