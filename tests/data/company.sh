#!/bin/sh
# Enters a small company into the database CS_DB (a fresh one whose first person is the caller): one region, two projects,
# people whose logins say what they are. Silent when all is well.
set -eu
cs-org import -q units - <<'UNITS'
code,name,level,function,parent
hq,总部,hq,,
east,东区,region,,hq
p1,阳光花园,project,,east
p1.service,客服部,department,customer_service,p1
p1.engineering,工程部,department,engineering,p1
p1.environment,环境部,department,environment,p1
p1.north,北片,area,,p1
p2,翠湖,project,,east
p2.engineering,工程部,department,engineering,p2
UNITS
cs-org import -q staff - <<'STAFF'
login,name,unit,joined
ling,林玲,p1.service,2020-01-01
chief,陈静,p1.service,2020-01-01
worker,王工,p1.engineering,2020-01-01
worker2,吴工,p1.engineering,2020-01-01
head,赵主任,p1.engineering,2020-01-01
dept,李主管,p1.engineering,2020-01-01
manager,孙经理,p1,2020-01-01
area,周经理,east,2020-01-01
director,郑总监,east,2020-01-01
company,何主管,hq,2020-01-01
qmc,许经理,hq,2020-01-01
assistant,冯助理,p1.north,2020-01-01
money,钱会计,p1,2020-01-01
other,卫工,p2.engineering,2020-01-01
STAFF
cs-org import -q posts - <<'POSTS'
post,login,unit,from
front_desk,ling,p1,2020-01-01
cs_supervisor,chief,p1,2020-01-01
repair_worker,worker,p1.engineering,2020-01-01
repair_worker,worker2,p1.engineering,2020-01-01
engineering_head,head,p1.engineering,2020-01-01
dept_supervisor,dept,p1.engineering,2020-01-01
project_manager,manager,p1,2020-01-01
area_manager,area,east,2020-01-01
area_director,director,east,2020-01-01
company_complaints,company,hq,2020-01-01
qmc_service_manager,qmc,hq,2020-01-01
assistant,assistant,p1.north,2020-01-01
finance,money,p1,2020-01-01
repair_worker,other,p2.engineering,2020-01-01
POSTS
