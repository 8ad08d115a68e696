#!/bin/sh
# Enters a small insurance company into the database CS_DB (a fresh one with the rules insurance, whose first person is the
# caller): the head office with its departments, one branch, people whose logins say what they are. Silent when all is well.
set -eu
cs-org import -q units - <<'UNITS'
code,name,level,function,parent
hq,总公司,hq,,
hq.service,客户服务中心,department,customer_service,hq
hq.claims,理赔部,department,claims,hq
hq.finance,财务部,department,finance,hq
jiangsu,江苏分公司,branch,,hq
jiangsu.sales,业务拓展部,department,sales,jiangsu
UNITS
cs-org import -q staff - <<'STAFF'
login,name,unit,joined
agent1,林坐席,hq.service,2020-01-01
agent2,吴坐席,hq.service,2020-01-01
admin1,冯管理,hq.service,2020-01-01
checker,何质检,hq.service,2020-01-01
division,陈处长,hq.service,2020-01-01
operations,郑总监,hq,2020-01-01
claims,赵理赔,hq.claims,2020-01-01
sales,王拓展,jiangsu.sales,2020-01-01
branch,许分公司,jiangsu,2020-01-01
general,周总,hq,2020-01-01
STAFF
cs-org import -q posts - <<'POSTS'
post,login,unit,from
service_agent,agent1,hq,2020-01-01
service_agent,agent2,hq,2020-01-01
service_admin,admin1,hq,2020-01-01
quality_checker,checker,hq,2020-01-01
service_division_head,division,hq,2020-01-01
operations_head,operations,hq,2020-01-01
claims_head,claims,hq,2020-01-01
sales_post,sales,jiangsu.sales,2020-01-01
branch_service,branch,jiangsu,2020-01-01
general_manager,general,hq,2020-01-01
POSTS
