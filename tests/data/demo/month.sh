# shellcheck shell=bash
# A month at the desks of two housing estates: October 2026, told in the commands that were typed.
#
# at TIME sets the clock (CS_NOW) of the commands that follow; a line that begins with a blank continues
# the command above it; "# ends with N" says what a command ends with when that is not 0.

# Before the first day: the database, the company, its people, its customers.
at '2026-09-30 16:00'
cs-policy check policy.json
cs-init --rehearsal --seed 'October 2026' --policy policy.json
cs-org import units units.csv
cs-org import staff staff.csv
cs-org import posts posts.csv
cs-org import records records.csv
cs-org list -f table --unit cuihu posts
cs-customer import --source estate customers.csv
cs-customer list -f table --tier gold
cs-policy explain kinds/request/clocks/resolve

# A request of the last day of September, to be carried in.
at '2026-09-30 17:20'
cs-intake --kind request --channel phone --category eng.door --as lin.mei \
  --subject '入户门锁卡死' --body '钥匙能插进去，转不动' \
  --customer 杨永明 --phone 13926010685 --premises 2-2-902 --unit cuihu.south
at '2026-09-30 17:25'
cs-dispatch --as lin.mei R20260930-0001
at '2026-10-01 00:30'
cs-escalate

# 1 October, National Day. The desk works every day of the year; the office does not before the 8th.
at '2026-10-01 09:10'
cs-progress arrive R20260930-0001 --as li.qiang
cs-progress start R20260930-0001 --as li.qiang
at '2026-10-01 10:05'
cs-progress finish R20260930-0001 --as li.qiang --set result='更换锁芯，交付新钥匙四把' --evidence signature.owner,signer=杨永明
at '2026-10-01 10:30'
cs-callback due -f table --unit cuihu
cs-callback record --as chen.jie --outcome reached --score 4 --answer timely=yes --answer speed=满意 --answer process=满意 --answer result=满意 \
  --note '等了一夜，好在修得快' R20260930-0001
cs-progress close R20260930-0001 --as lin.mei

# The evening round of calls: one line a customer, with reference, score, in time or not, and what was said. Who sits at the
# desk looks into the owners' forum twice a day, too.
at '2026-10-01 17:40'
cs-intake -q --csv slips-01-cuihu.csv --source slips --as lin.mei
at '2026-10-01 17:50'
cs-progress finish R20261001-0001 R20261001-0004 \
  --as wang.jun --set result='修复完毕，试用正常' --evidence signature.owner,signer=客户本人
cs-progress finish R20261001-0003 \
  --as qian.ping --set result='处理完毕，现场干净' --evidence signature.owner,signer=客户本人
at '2026-10-01 19:00'
calls() {
  while read -r ref score timely rest said; do
    cs-callback record --as "$1" --outcome reached --score "$score" --note "$said" \
      --answer timely="$timely" --answer speed="$rest" --answer process="$rest" --answer result="$rest" "$ref"
  done
}
calls chen.jie <calls-01-cuihu.txt
forums() {
  while read -r estate login; do
    cs-duty done -q --as "$login" --at "$1 10:00" --evidence record "$estate" forum_watch
    cs-duty done -q --as "$login" --evidence record "$estate" forum_watch
  done >/dev/null
}
forums 2026-10-01 <forums.txt
cs-duty due -f table --duty forum_watch --all --period 2026-10-01
at '2026-10-02 00:30'
cs-escalate

# 2 October: the call that will be forgotten. No one in yunqi holds the post of safety supervisor:
# what nobody answers climbs, night after night, to the top.
at '2026-10-02 09:00'
cs-intake --kind request --channel phone --category safe.access --as zhou.ting \
  --subject '东门道闸不落杆' --body '东门道闸坏了，外面的车随便进' \
  --customer 魏国庆 --phone 13926016028 --premises 5-3-1701 --unit yunqi.area
cs-dispatch --as zhou.ting R20261002-0001

# A leak: the worker names a price, the owner agrees, the work starts, the owner signs.
at '2026-10-02 09:20'
cs-intake --kind request --channel phone --category eng.leak --as lin.mei \
  --subject '卫生间渗水到楼下' --body '楼下反映天花板滴水，怀疑防水层老化' \
  --customer 吴雅琴 --phone 13926011096 --premises 1-3-701 --unit cuihu.south
at '2026-10-02 09:23'
cs-dispatch --as lin.mei --assignee li.qiang R20261002-0002
cs-show --form work_order R20261002-0002 | sed -n 1,30p
at '2026-10-02 09:38'
cs-progress arrive R20261002-0002 --as li.qiang
cs-progress quote R20261002-0002 --as li.qiang   # ends with 1
cs-progress quote R20261002-0002 --as li.qiang \
  --row fees:line=1,item=防水涂料,quantity=2,amount=180.00 --row fees:line=2,item=人工,quantity=1,amount=300.00
cs-progress start R20261002-0002 --as li.qiang   # ends with 1
cs-progress consent R20261002-0002 --as li.qiang --set agreed_amount=480.00
cs-progress start R20261002-0002 --as li.qiang
at '2026-10-02 16:40'
cs-progress finish R20261002-0002 --as li.qiang --set result=防水层修补，闭水试验两小时   # ends with 1
cs-progress finish R20261002-0002 --as li.qiang --set result=防水层修补，闭水试验两小时 \
  --evidence signature.owner,signer=吴雅琴 --evidence photo
cs-progress pay R20261002-0002 --as li.qiang --set paid=480.00   # ends with 1
cs-progress pay R20261002-0002 --as yang.li --set paid=480.00
at '2026-10-02 16:50'
cs-intake --kind request --channel phone --category eng.leak --as zhou.ting \
  --subject '阳台顶渗水' --body '阳台顶角有水印' \
  --customer 任丽华 --phone 13926016713 --premises 5-1-802 --unit yunqi.area
cs-dispatch R20261002-0003 --as zhou.ting
at '2026-10-02 17:00'
cs-progress arrive R20261002-0003 --as sun.wei
cs-progress start R20261002-0003 --as sun.wei
at '2026-10-02 17:35'
cs-progress finish R20261002-0003 --as sun.wei --set result='外墙缝打胶' --evidence signature.owner,signer=任丽华
at '2026-10-02 17:40'
cs-intake -q --csv slips-02-yunqi.csv --source slips --as zhou.ting
at '2026-10-02 17:50'
cs-progress finish R20261002-0004 \
  --as zhou.ting --set result='处理完毕，现场干净' --evidence signature.owner,signer=客户本人
cs-progress finish R20261002-0006 \
  --as zhou.ting --set result='已到场处理，恢复正常' --evidence signature.owner,signer=客户本人
cs-progress finish R20261002-0007 \
  --as sun.wei --set result='修复完毕，试用正常' --evidence signature.owner,signer=客户本人
at '2026-10-02 19:00'
calls chen.jie <calls-02-cuihu.txt
calls wu.lan <calls-02-yunqi.txt
forums 2026-10-02 <forums.txt
at '2026-10-03 00:30'
cs-escalate

# 3 October: paid work that the owner does not want. He will not sign either: then why not is written down.
at '2026-10-03 10:00'
cs-intake --kind request --channel phone --category eng.heating --as lin.mei \
  --subject '中央空调不制冷' --body '客厅风机盘管不出冷风' \
  --customer 胡美玲 --phone 13926011918 --premises 3-1-303 --unit cuihu.south
at '2026-10-03 10:04'
cs-dispatch --as lin.mei --assignee wang.jun R20261003-0001
at '2026-10-03 10:20'
cs-progress arrive R20261003-0001 --as wang.jun
cs-progress quote R20261003-0001 --as wang.jun --row fees:line=1,item=风机电机,quantity=1,amount=860.00
at '2026-10-03 10:45'
cs-progress decline R20261003-0001 --as wang.jun   # ends with 1
cs-progress decline R20261003-0001 --as wang.jun --set unsigned_why='客户嫌贵，自行找厂家，拒绝签字'
at '2026-10-03 11:00'
cs-progress close R20261003-0001 --as lin.mei
at '2026-10-03 17:40'
cs-intake -q --csv slips-03-cuihu.csv --source slips --as lin.mei
at '2026-10-03 17:50'
cs-progress finish R20261003-0002 \
  --as fang.min --set result='手续已办妥' --evidence signature.owner,signer=客户本人
cs-progress finish R20261003-0004 R20261003-0005 \
  --as wang.jun --set result='修复完毕，试用正常' --evidence signature.owner,signer=客户本人
at '2026-10-03 19:00'
calls chen.jie <calls-03-cuihu.txt
forums 2026-10-03 <forums.txt
at '2026-10-04 00:30'
cs-escalate
cs-notify send -f jsonl --command 'cat >>notices.txt' | wc -l

# 4 October: an appointment. Moving it needs the customer's consent, and then it is kept.
at '2026-10-04 10:10'
cs-intake --kind request --channel phone --category eng.water --as lin.mei \
  --subject '安装净水器接口' --body '希望周一下午装净水器三通' \
  --customer 郑建国 --phone 13926012740 --premises 1-3-1601 --unit cuihu.south
at '2026-10-04 10:15'
cs-progress appoint R20261004-0001 --as lin.mei --set appointment='2026-10-05 15:00'
cs-progress appoint R20261004-0001 --as lin.mei --set appointment='2026-10-05 16:30'   # ends with 1
cs-progress appoint R20261004-0001 --as lin.mei --set appointment='2026-10-05 16:30' --set consented_move=yes

# An anonymous voice: an inquiry needs no name, a complaint does.
at '2026-10-04 14:30'
cs-intake --kind inquiry --channel phone --category oth.traffic --as zhou.ting --unit yunqi \
  --body '门口的公交站什么时候恢复？来电人不愿留姓名'
cs-intake --kind complaint --channel phone --category svc.manner --as zhou.ting --unit yunqi \
  --body '保安态度差，来电人不愿留姓名'   # ends with 1
at '2026-10-04 14:50'
cs-progress reply I20261004-0001 --as zhou.ting --set reply_text='公交公司答复：10 月 12 日恢复停靠'
at '2026-10-04 17:40'
cs-intake -q --csv slips-04-yunqi.csv --source slips --as zhou.ting
at '2026-10-04 17:50'
cs-progress finish R20261004-0002 R20261004-0004 \
  --as zhou.ting --set result='处理完毕，现场干净' --evidence signature.owner,signer=客户本人
at '2026-10-04 19:00'
calls wu.lan <calls-04-yunqi.txt
forums 2026-10-04 <forums.txt
at '2026-10-05 00:30'
cs-escalate

# 5 October: dispatched twenty minutes ahead of the appointment; late, so the worker says so; then he comes.
at '2026-10-05 16:05'
cs-dispatch --as lin.mei --assignee wang.jun R20261004-0001
at '2026-10-05 16:25'
cs-progress cannot_come R20261004-0001 --as wang.jun --note '上一单延误，约晚到十分钟'
at '2026-10-05 16:38'
cs-progress arrive R20261004-0001 --as wang.jun
cs-progress start R20261004-0001 --as wang.jun
at '2026-10-05 17:20'
cs-progress finish R20261004-0001 --as wang.jun --set result=三通安装完毕，无渗漏 --evidence signature.owner,signer=郑建国
at '2026-10-05 17:21'
cs-intake --kind complaint --channel phone --category env.cleaning --as zhou.ting \
  --subject '电梯轿厢脏' --body '轿厢地面两天没拖' \
  --customer 苏秀英 --phone 13926015891 --premises 4-2-1204 --unit yunqi.area
cs-intake --kind complaint --channel wechat --category owner.noise --as zhou.ting \
  --subject '广场舞扰民' --body '晚上八点后音响过大' \
  --customer 傅海涛 --phone 13926017124 --premises 3-2-601 --unit yunqi.area
cs-intake --kind complaint --channel counter --category safe.theft --as zhou.ting \
  --subject '快递被拿' --body '架空层快递丢失，要求查监控' \
  --customer 谭思远 --phone 13926017672 --premises 2-3-901 --unit yunqi.area
at '2026-10-05 17:39'
cs-progress contact C20261005-0001 C20261005-0002 C20261005-0003 --as tang.hua --note 电话核实，致歉并说明时限
cs-dispatch C20261005-0001 C20261005-0002 C20261005-0003 --as tang.hua --set promised_at='2026-10-07 12:00'
at '2026-10-05 17:40'
cs-intake -q --csv slips-05-cuihu.csv --source slips --as lin.mei
at '2026-10-05 17:50'
cs-progress finish R20261005-0001 R20261005-0003 R20261005-0004 \
  --as wang.jun --set result='修复完毕，试用正常' --evidence signature.owner,signer=客户本人
at '2026-10-05 19:00'
calls chen.jie <calls-05-cuihu.txt
forums 2026-10-05 <forums.txt
at '2026-10-06 00:30'
cs-escalate

# 6 October: a broken part. Waiting for it stops nothing: the rungs go on.
at '2026-10-06 09:00'
cs-intake --kind request --channel phone --category eng.light --as lin.mei \
  --subject '地库充电桩灯带不亮' --body 'B2 充电区整条灯带熄灭' \
  --customer 许永明 --phone 13926013425 --premises 6-1-702 --unit cuihu.north --set affects_life=yes
at '2026-10-06 09:06'
cs-dispatch --as lin.mei --assignee li.qiang R20261006-0001
at '2026-10-06 09:20'
cs-progress arrive R20261006-0001 --as li.qiang
cs-progress start R20261006-0001 --as li.qiang
at '2026-10-06 09:50'
cs-progress pause R20261006-0001 --as li.qiang --note '驱动电源断货，供应商三天后到'
cs-progress finish R20261006-0001 --as li.qiang --set result=修好 --evidence signature.owner,signer=x   # ends with 1
at '2026-10-06 14:10'
cs-progress finish C20261005-0001 C20261005-0002 C20261005-0003 --as tang.hua --set result=已整改
cs-progress verify C20261005-0001 C20261005-0002 C20261005-0003 --as jin.bo --note 书面复核
cs-progress reply C20261005-0001 C20261005-0002 C20261005-0003 --as zhou.ting --set reply_text=处理结果已告知
at '2026-10-06 16:00'
cs-callback record --as wu.lan --outcome reached --score 5 --answer timely=yes --answer acceptance=满意 --answer measures=满意 --answer result=满意 C20261005-0001
cs-callback record --as wu.lan --outcome reached --score 4 --answer timely=yes --answer acceptance=满意 --answer measures=满意 --answer result=满意 C20261005-0002
cs-callback record --as wu.lan --outcome reached --score 3 --answer timely=yes --answer acceptance=满意 --answer measures=满意 --answer result=满意 C20261005-0003
cs-progress close C20261005-0001 C20261005-0002 C20261005-0003 --as zhou.ting
at '2026-10-06 17:40'
cs-intake -q --csv slips-06-yunqi.csv --source slips --as zhou.ting
at '2026-10-06 17:50'
cs-progress finish R20261006-0002 R20261006-0004 \
  --as sun.wei --set result='修复完毕，试用正常' --evidence signature.owner,signer=客户本人
cs-progress finish R20261006-0005 \
  --as zhou.ting --set result='处理完毕，现场干净' --evidence signature.owner,signer=客户本人
at '2026-10-06 19:00'
calls wu.lan <calls-06-yunqi.txt
forums 2026-10-06 <forums.txt
at '2026-10-07 00:30'
cs-escalate
at '2026-10-07 09:00'
cs-progress tell R20261006-0001 --as lin.mei --note '配件在途，预计 9 日到货'
at '2026-10-07 17:40'
cs-intake -q --csv slips-07-cuihu.csv --source slips --as lin.mei
at '2026-10-07 17:50'
cs-progress finish R20261007-0001 R20261007-0003 \
  --as wang.jun --set result='修复完毕，试用正常' --evidence signature.owner,signer=客户本人
cs-progress finish R20261007-0004 \
  --as fang.min --set result='手续已办妥' --evidence signature.owner,signer=客户本人
at '2026-10-07 19:00'
calls chen.jie <calls-07-cuihu.txt
forums 2026-10-07 <forums.txt
at '2026-10-08 00:30'
cs-escalate
cs-notify send -f jsonl --command 'cat >>notices.txt' | wc -l

# 8 October: the office is back. A complaint from the first call to the last.
at '2026-10-08 08:30'
cs-intake --csv duty-08.csv --source duty --as lin.mei | cs-dispatch --as lin.mei - | cs-show --form work_order - >orders.txt
at '2026-10-08 08:46'
cs-progress arrive R20261008-0001 R20261008-0002 R20261008-0003 R20261008-0004 --as li.qiang
at '2026-10-08 08:50'
cs-progress start R20261008-0001 R20261008-0002 R20261008-0003 R20261008-0004 --as li.qiang
at '2026-10-08 09:05'
cs-intake --kind complaint --channel phone --category owner.noise --as lin.mei \
  --subject '楼上深夜装修' --body '楼上连续三晚十一点后敲墙，老人无法入睡' \
  --customer 孙子轩 --phone 13926011507 --premises 4-3-504 --unit cuihu.south \
  --set wish='晚上八点后停工，并书面答复'
at '2026-10-08 09:12'
cs-progress contact C20261008-0001 --as fang.min --note '已电话致歉并约好今天答复'
cs-dispatch C20261008-0001 --as fang.min   # ends with 1
cs-dispatch C20261008-0001 --as fang.min --set promised_at='2026-10-09 17:00'
at '2026-10-08 10:30'
cs-progress propose C20261008-0001 --as fang.min --set proposal='每晚九点后停工'
at '2026-10-08 10:40'
cs-progress disagree C20261008-0001 --as fang.min --note '客户要求八点后停工'
at '2026-10-08 11:00'
cs-progress propose C20261008-0001 --as fang.min --set proposal='每晚八点后及午间停工，客服每日巡查一周'
cs-progress agree C20261008-0001 --as fang.min
at '2026-10-08 11:20'
cs-progress finish R20261008-0001 R20261008-0002 R20261008-0003 R20261008-0004 \
  --as li.qiang --set result='修复完毕，试用正常' --evidence signature.owner,signer=业主

# Who is no party of a step may not take it; who did the job may not judge it.
at '2026-10-08 15:00'
cs-progress finish C20261008-0001 --as li.qiang --set result=已谈妥   # ends with 1
cs-progress finish C20261008-0001 --as fang.min --set result='装修户签承诺书，八点后停工'
cs-progress verify C20261008-0001 --as fang.min --note '现场查看'   # ends with 1
cs-progress verify C20261008-0001 --as jin.bo --note '回看承诺书与巡查记录'
cs-progress close C20261008-0001 --as lin.mei   # ends with 1
at '2026-10-08 15:30'
cs-progress reply C20261008-0001 --as lin.mei --set reply_text='装修户已承诺每晚八点后停工，我们将巡查一周'
cs-progress attach C20261008-0001 --as lin.mei   # ends with 1
cs-progress attach C20261008-0001 --as lin.mei --evidence letter=promise.txt --note '装修户承诺书扫描件'
at '2026-10-08 17:40'
cs-intake -q --csv slips-08-yunqi.csv --source slips --as zhou.ting
at '2026-10-08 17:50'
cs-progress finish R20261008-0005 R20261008-0007 \
  --as sun.wei --set result='修复完毕，试用正常' --evidence signature.owner,signer=客户本人
cs-progress finish R20261008-0008 \
  --as zhou.ting --set result='处理完毕，现场干净' --evidence signature.owner,signer=客户本人

# The complainant is not content: score 2, and the matter goes back to work.
at '2026-10-08 19:00'
cs-callback record --as chen.jie --outcome reached --score 2 \
  --answer timely=yes --answer acceptance=满意 --answer measures=不满意 --answer result=不满意 \
  --note '今晚又敲了' C20261008-0001
calls chen.jie <calls-08-cuihu.txt
calls wu.lan <calls-08-yunqi.txt
forums 2026-10-08 <forums.txt
at '2026-10-09 00:30'
cs-escalate

# 9 October.
at '2026-10-09 08:10'
cs-progress finish C20261008-0001 --as fang.min --set result='断电停工三天，装修押金扣罚'
cs-progress verify C20261008-0001 --as jin.bo --note '巡查记录齐全'
cs-progress reply C20261008-0001 --as lin.mei --set reply_text='装修户停工三天，押金扣罚，我们继续巡查'
at '2026-10-09 08:30'
cs-intake --csv duty-09.csv --source duty --as lin.mei | cs-dispatch --as lin.mei -
at '2026-10-09 08:46'
cs-progress arrive R20261009-0001 R20261009-0002 R20261009-0003 R20261009-0004 --as wang.jun
at '2026-10-09 08:50'
cs-progress start R20261009-0001 R20261009-0002 R20261009-0003 R20261009-0004 --as wang.jun
at '2026-10-09 10:15'
cs-callback record --as chen.jie --outcome reached --score 5 --answer timely=yes --answer acceptance=满意 --answer measures=满意 --answer result=满意 --note '这次彻底安静了' C20261008-0001
cs-progress validate C20261008-0001 --as fang.min   # ends with 1
cs-progress validate C20261008-0001 --as fang.min --set validity=valid --set our_fault=no
cs-progress close C20261008-0001 --as lin.mei
cs-progress note C20261008-0001 --as lin.mei --note '客户送来锦旗'
cs-progress finish C20261008-0001 --as fang.min --set result=再查   # ends with 1
cs-show C20261008-0001 -f table
at '2026-10-09 11:20'
cs-progress finish R20261009-0001 R20261009-0002 R20261009-0003 R20261009-0004 \
  --as wang.jun --set result='修复完毕，试用正常' --evidence signature.owner,signer=业主
at '2026-10-09 14:00'
cs-progress resume R20261006-0001 --as li.qiang
at '2026-10-09 15:10'
cs-progress finish R20261006-0001 --as li.qiang --set result='更换驱动电源，灯带恢复' --set unsigned_why=公共区域，无需签字
cs-escalate --explain R20261006-0001 resolve
at '2026-10-09 17:40'
cs-intake -q --csv slips-09-cuihu.csv --source slips --as lin.mei
at '2026-10-09 17:50'
cs-progress finish R20261009-0005 R20261009-0007 R20261009-0010 \
  --as wang.jun --set result='修复完毕，试用正常' --evidence signature.owner,signer=客户本人
cs-progress finish R20261009-0008 \
  --as gao.lei --set result='已到场处理，恢复正常' --evidence signature.owner,signer=客户本人
at '2026-10-09 19:00'
calls chen.jie <calls-09-cuihu.txt
forums 2026-10-09 <forums.txt
at '2026-10-10 00:30'
cs-escalate
cs-notify send -f jsonl --command 'cat >>notices.txt' | wc -l

# 10 October, a Saturday that is worked. Three complaints in writing; one answered at once on the phone.
at '2026-10-10 09:00'
cs-intake --kind complaint --channel email --category env.waste --as lin.mei \
  --subject '垃圾桶不及时清' --body '单元门口垃圾桶两天没清，有异味' \
  --customer 刘秀英 --phone 13926010411 --premises 4-1-1604 --unit cuihu.south
cs-intake --kind complaint --channel wechat --category safe.parking --as lin.mei \
  --subject '消防通道停车' --body '北门消防通道经常停车，物业不管' \
  --customer 冯晓燕 --phone 13926013699 --premises 8-1-1704 --unit cuihu.north
cs-intake --kind complaint --channel letter --category svc.fees --as lin.mei \
  --subject '公摊电费异常' --body '九月公摊电费比八月多一倍，要求说明' \
  --customer 高文博 --phone 13926012466 --premises 3-2-603 --unit cuihu.south
at '2026-10-10 09:20'
cs-progress contact C20261010-0001 C20261010-0002 C20261010-0003 --as fang.min --note '电话告知已受理，说明处理时限'
cs-dispatch C20261010-0001 C20261010-0002 C20261010-0003 --as fang.min --set promised_at='2026-10-12 18:00'
at '2026-10-10 10:00'
cs-intake --kind complaint --channel phone --category svc.manner --as lin.mei \
  --subject '门岗未敬礼' --body '进门时保安低头看手机' \
  --customer 蔡玉兰 --phone 13926014521 --premises 6-3-1302 --unit cuihu.north
cs-progress answer C20261010-0004 --as lin.mei --set result='当场致歉，已通知班长整改，客户接受'
cs-progress verify C20261010-0004 --as fang.min --note '调看监控属实，已批评教育'

# Nobody answers: two tries by phone, two visits, then the customer is exempt.
at '2026-10-10 10:30'
cs-callback record --as chen.jie --outcome unreachable C20261010-0004
at '2026-10-10 11:30'
cs-callback record --as chen.jie --outcome unreachable C20261010-0004
cs-callback due --all-open -f table --method visit
at '2026-10-10 14:30'
cs-callback record --as luo.dan --outcome unreachable C20261010-0004   # ends with 1
cs-callback record --as luo.dan --outcome unreachable --method visit C20261010-0004
at '2026-10-10 18:30'
cs-callback record --as luo.dan --outcome unreachable --note '敲门无人' C20261010-0004
cs-progress validate C20261010-0004 --as fang.min --set validity=valid --set our_fault=yes
cs-progress close C20261010-0004 --as lin.mei
forums 2026-10-10 <forums.txt
at '2026-10-11 00:30'
cs-escalate

# 11 October, Sunday: it rains over cuihu. The leaks that were mended may now be asked about.
at '2026-10-11 17:40'
cs-intake -q --csv slips-11-yunqi.csv --source slips --as zhou.ting
at '2026-10-11 17:50'
cs-progress finish R20261011-0001 R20261011-0004 \
  --as sun.wei --set result='修复完毕，试用正常' --evidence signature.owner,signer=客户本人
cs-progress finish R20261011-0003 \
  --as zhou.ting --set result='处理完毕，现场干净' --evidence signature.owner,signer=客户本人
at '2026-10-11 18:00'
cs-callback event rain --unit cuihu --as gao.lei   # ends with 1
cs-callback event rain --unit cuihu --as lin.mei
at '2026-10-11 18:30'
cs-callback due -f table --unit cuihu --purpose leak_after_rain
cs-callback record --as chen.jie --outcome reached --answer dry=yes --note '一点没漏' R20261002-0002/2
at '2026-10-11 19:00'
calls wu.lan <calls-11-yunqi.txt
forums 2026-10-11 <forums.txt
at '2026-10-12 00:30'
cs-escalate

# 12 October. The three complaints are brought to their end, in one go.
at '2026-10-12 08:30'
cs-intake --csv duty-12.csv --source duty --as lin.mei | cs-dispatch --as lin.mei -
at '2026-10-12 08:46'
cs-progress arrive R20261012-0001 R20261012-0002 R20261012-0003 R20261012-0004 R20261012-0005 --as li.qiang
at '2026-10-12 08:50'
cs-progress start R20261012-0001 R20261012-0002 R20261012-0003 R20261012-0004 R20261012-0005 --as li.qiang
at '2026-10-12 10:20'
cs-progress finish C20261010-0001 C20261010-0002 C20261010-0003 --as fang.min --set result='已整改并现场复查'
cs-progress verify C20261010-0001 C20261010-0002 C20261010-0003 --as jin.bo --note '书面复核'
cs-progress reply C20261010-0001 C20261010-0002 C20261010-0003 --as lin.mei --set reply_text='整改情况已书面答复，附照片'
at '2026-10-12 11:20'
cs-progress finish R20261012-0001 R20261012-0002 R20261012-0003 R20261012-0004 R20261012-0005 \
  --as li.qiang --set result='修复完毕，试用正常' --evidence signature.owner,signer=业主

# A contact can also be refused, or be inconvenient; both count as made.
at '2026-10-12 14:30'
cs-callback record --as chen.jie --outcome refused --note '不愿受访' C20261010-0001
cs-callback record --as chen.jie --outcome inconvenient --note '客户住院' C20261010-0002
cs-callback record --as chen.jie --outcome reached --score 4 --answer timely=yes --answer acceptance=满意 --answer measures=满意 --answer result=满意 --note '账算清楚了' C20261010-0003
cs-progress validate C20261010-0003 --as fang.min --set validity=invalid   # ends with 1
cs-progress validate C20261010-0003 --as fang.min --set validity=invalid --set validity_why='账单无误，系季度补收，已解释'
cs-progress close C20261010-0001 C20261010-0002 C20261010-0003 --as lin.mei
at '2026-10-12 17:40'
cs-intake -q --csv slips-12-cuihu.csv --source slips --as lin.mei
at '2026-10-12 17:50'
cs-progress finish R20261012-0006 \
  --as qian.ping --set result='处理完毕，现场干净' --evidence signature.owner,signer=客户本人
cs-progress finish R20261012-0008 \
  --as gao.lei --set result='已到场处理，恢复正常' --evidence signature.owner,signer=客户本人
cs-progress finish R20261012-0009 R20261012-0011 \
  --as li.qiang --set result='修复完毕，试用正常' --evidence signature.owner,signer=客户本人
at '2026-10-12 19:00'
calls chen.jie <calls-12-cuihu.txt
forums 2026-10-12 <forums.txt
at '2026-10-13 00:30'
cs-escalate
cs-notify send -f jsonl --command 'cat >>notices.txt' | wc -l

# 13 October. Low score on a repair: rework. And a problem found in a call becomes a ticket of its own.
at '2026-10-13 08:30'
cs-intake --csv duty-13.csv --source duty --as lin.mei | cs-dispatch --as lin.mei -
at '2026-10-13 08:46'
cs-progress arrive R20261013-0001 R20261013-0002 R20261013-0003 R20261013-0004 --as wang.jun
at '2026-10-13 08:50'
cs-progress start R20261013-0001 R20261013-0002 R20261013-0003 R20261013-0004 --as wang.jun

# A matter that turns hot. The first voice of three:
at '2026-10-13 09:10'
cs-intake --kind complaint --channel phone --category eng.water --as lin.mei \
  --subject '自来水发黄有异味' --body '早上放出来的水发黄，有铁锈味，怀疑水箱没清洗' \
  --customer 马海涛 --phone 13926011644 --premises 1-1-1001 --unit cuihu.south
at '2026-10-13 09:25'
cs-progress contact C20261013-0001 --as fang.min --note '致歉，送去桶装水'
cs-dispatch C20261013-0001 --as fang.min --set promised_at='2026-10-15 18:00'
cs-progress reply C20261013-0001 --as lin.mei --set reply_text='今日取水样，十五日前清洗水箱'
at '2026-10-13 11:20'
cs-progress finish R20261013-0001 R20261013-0002 R20261013-0003 R20261013-0004 \
  --as wang.jun --set result='修复完毕，试用正常' --evidence signature.owner,signer=业主
at '2026-10-13 14:10'
cs-callback record --as chen.jie --outcome reached --score 1 \
  --answer timely=no --answer speed=不满意 --answer process=不满意 --answer result=不满意 --note '又坏了' R20261013-0001
cs-callback record --as chen.jie --outcome reached --score 4 --answer timely=yes --answer speed=满意 --answer process=满意 --answer result=满意 \
  --problem '维修后楼道留下垃圾未清' --causing cuihu.env R20261013-0002
cs-show R20261013-0005 -f table | sed -n 1,20p
at '2026-10-13 14:20'
cs-dispatch R20261013-0005 --as lin.mei --to cuihu.env
at '2026-10-13 14:35'
cs-progress arrive R20261013-0001 --as wang.jun
cs-progress start R20261013-0001 --as wang.jun
cs-progress arrive R20261013-0005 --as qian.ping
cs-progress start R20261013-0005 --as qian.ping
at '2026-10-13 15:30'
cs-progress finish R20261013-0001 --as wang.jun --set result='整套更换，保修半年' --evidence signature.owner,signer=业主
cs-progress finish R20261013-0005 --as qian.ping --set result='楼道清扫完毕' --set unsigned_why=公共区域，无需签字
at '2026-10-13 19:00'
cs-callback record --as chen.jie --outcome reached --score 4 --answer timely=yes --answer speed=满意 --answer process=满意 --answer result=满意 --note '这次修好了' R20261013-0001
calls chen.jie <calls-13-cuihu.txt
forums 2026-10-13 <forums.txt
at '2026-10-14 00:30'
cs-escalate

# 14 October. The scope grows on site: quoted again. An owner who keeps the worker waiting.
at '2026-10-14 08:30'
cs-intake --csv duty-14.csv --source duty --as lin.mei | cs-dispatch --as lin.mei -
at '2026-10-14 08:46'
cs-progress arrive R20261014-0001 R20261014-0002 R20261014-0003 R20261014-0004 --as li.qiang
at '2026-10-14 08:50'
cs-progress start R20261014-0001 R20261014-0002 R20261014-0003 R20261014-0004 --as li.qiang
at '2026-10-14 09:30'
cs-intake --kind request --channel phone --category eng.drain --as lin.mei \
  --subject '厨房主管堵塞' --body '厨房反水' \
  --customer 曾俊杰 --phone 13926014110 --premises 7-2-1503 --unit cuihu.north
at '2026-10-14 09:33'
cs-dispatch R20261014-0005 --as lin.mei --assignee li.qiang
at '2026-10-14 09:50'
cs-progress arrive R20261014-0005 --as li.qiang
cs-progress quote R20261014-0005 --as li.qiang --row fees:line=1,item=疏通,quantity=1,amount=120.00
cs-progress consent R20261014-0005 --as li.qiang --set agreed_amount=120.00
cs-progress start R20261014-0005 --as li.qiang
at '2026-10-14 10:40'
cs-progress requote R20261014-0005 --as li.qiang --note '管道破裂，需更换一段' --row fees:line=2,item=PVC管及弯头,quantity=3,amount=95.00
cs-progress start R20261014-0005 --as li.qiang   # ends with 1
cs-progress consent R20261014-0005 --as li.qiang --set agreed_amount=215.00
cs-progress start R20261014-0005 --as li.qiang

# The second voice: suspected on arrival, stated to be the same matter, merged. The older complaint lives on.
at '2026-10-14 11:00'
cs-intake --kind complaint --channel wechat --category eng.water --as lin.mei \
  --subject '自来水有铁锈味' --body '放出来的水发黄，有铁锈味，水样照片已发' \
  --customer 朱玉兰 --phone 13926011781 --premises 2-1-1502 --unit cuihu.south
cs-decide similar C20261014-0001
cs-decide link C20261014-0001 --as lin.mei --same-as C20261013-0001
cs-decide merge C20261014-0001 --as fang.min --note '同一水箱，附水样照片' --set new_facts=yes --set facts_at='2026-10-14 11:00'
at '2026-10-14 11:20'
cs-progress finish R20261014-0001 R20261014-0002 R20261014-0003 R20261014-0004 \
  --as li.qiang --set result='修复完毕，试用正常' --evidence signature.owner,signer=业主
at '2026-10-14 11:30'
cs-progress hold R20261014-0005 --as li.qiang --note '业主外出，约下午三点再进门'
# The third voice within a month: hot, by the rules. Everyone who must know is told, and the report is owed by tomorrow night.
at '2026-10-14 14:40'
cs-progress repeat C20261013-0001 --as lin.mei --customer 何思远 --phone 13926012192 --note '我家的水也是黄的'
cs-list --matter C20261013-0001 -f table --columns ref,state,importance,subject
cs-duty due -f table --subject C20261013-0001
at '2026-10-14 15:05'
cs-progress resume R20261014-0005 --as li.qiang
at '2026-10-14 16:30'
cs-progress finish R20261014-0005 --as li.qiang --set result='更换破裂管段，排水通畅' --evidence signature.owner,signer=曾俊杰
cs-progress pay R20261014-0005 --as lin.mei --set paid=215.00
at '2026-10-14 17:40'
cs-intake -q --csv slips-14-yunqi.csv --source slips --as zhou.ting
at '2026-10-14 17:50'
cs-progress finish R20261014-0006 R20261014-0008 \
  --as sun.wei --set result='修复完毕，试用正常' --evidence signature.owner,signer=客户本人
cs-progress finish R20261014-0009 \
  --as zhou.ting --set result='处理完毕，现场干净' --evidence signature.owner,signer=客户本人
at '2026-10-14 19:00'
calls chen.jie <calls-14-cuihu.txt
calls wu.lan <calls-14-yunqi.txt

# A finish that was entered the morning after: what fired at midnight stays on record, marked moot.
at '2026-10-14 20:40'
cs-intake --kind request --channel phone --category eng.light --as lin.mei \
  --subject '电梯厅灯闪' --body '三楼电梯厅灯一直闪' \
  --customer 董思远 --phone 13926014932 --premises 5-1-1101 --unit cuihu.north
cs-dispatch R20261014-0011 --as lin.mei
at '2026-10-14 20:55'
cs-progress arrive R20261014-0011 --as wang.jun
cs-progress start R20261014-0011 --as wang.jun
forums 2026-10-14 <forums.txt
at '2026-10-15 00:30'
cs-escalate
at '2026-10-15 08:15'
cs-progress finish R20261014-0011 --as wang.jun --at '2026-10-14 21:30' --set result=更换灯管 --set unsigned_why=公共区域，无需签字

# 15 October. A fault told to the wrong department: corrected while handing it over.
at '2026-10-15 08:30'
cs-intake --csv duty-15.csv --source duty --as lin.mei | cs-dispatch --as lin.mei -
at '2026-10-15 08:46'
cs-progress arrive R20261015-0001 R20261015-0002 R20261015-0003 R20261015-0004 --as wang.jun
at '2026-10-15 08:50'
cs-progress start R20261015-0001 R20261015-0002 R20261015-0003 R20261015-0004 --as wang.jun
# A fourth is merged too quickly: it was her own heater, so both get back what was theirs. Another has had enough and leaves.
at '2026-10-15 09:00'
cs-intake --kind complaint --channel phone --category eng.water --as lin.mei \
  --subject '热水发黄' --body '热水发黄有铁锈味' --customer 梁雪梅 --phone 13926012877 --premises 2-3-402 --unit cuihu.south
cs-decide merge C20261015-0001 --into C20261013-0001 --as fang.min --note '同一水箱'
at '2026-10-15 09:30'
cs-decide unmerge C20261015-0001 --as fang.min --note '自家热水器内胆锈蚀，与水箱无关'
cs-decide link C20261015-0001 --as lin.mei --same-as none
cs-progress classify C20261015-0001 --as lin.mei   # ends with 1
cs-progress classify C20261015-0001 --as lin.mei --set category=eng.heating
cs-progress answer C20261015-0001 --as lin.mei --set result='说明原因，代约厂家更换内胆，客户认可'
cs-progress leave C20261013-0001 --as lin.mei --customer 朱玉兰 --phone 13926011781 --note '已装净水器，不再追究'
at '2026-10-15 09:40'
cs-intake --kind request --channel phone --category eng.power --as lin.mei \
  --subject '路灯杆倾斜' --body '南门路灯杆被车撞歪，怕倒' \
  --customer 张嘉怡 --phone 13926010274 --premises 3-1-1103 --unit cuihu.south
cs-dispatch R20261015-0005 --as lin.mei --to cuihu.safety --set category=safe.parking
at '2026-10-15 09:55'
cs-progress arrive R20261015-0005 --as li.qiang   # ends with 1
cs-progress arrive R20261015-0005 --as gao.lei
cs-progress start R20261015-0005 --as gao.lei
at '2026-10-15 10:30'
cs-progress finish R20261015-0005 --as gao.lei --set result='设围挡，联系肇事车主赔付，灯杆已扶正' --set causing=cuihu.safety --set unsigned_why=公共区域，无需签字
at '2026-10-15 11:20'
cs-progress finish R20261015-0001 R20261015-0002 R20261015-0003 R20261015-0004 \
  --as wang.jun --set result='修复完毕，试用正常' --evidence signature.owner,signer=业主

# The gold customer's matter: his account manager answers for it, engineering mends it; handed on to the plumber.
at '2026-10-15 14:00'
cs-intake --kind request --channel phone --category eng.water --as lin.mei \
  --subject '热水压力小' --body '主卫热水很小' \
  --customer 王建国 --phone 13926010000 --premises 1-1-101 --unit cuihu.south
cs-dispatch R20261015-0006 --as lin.mei
at '2026-10-15 14:02'
cs-dispatch R20261015-0006 --as lin.mei --assignee li.qiang
at '2026-10-15 14:20'
cs-progress arrive R20261015-0006 --as li.qiang
cs-progress start R20261015-0006 --as li.qiang
at '2026-10-15 15:20'
cs-progress finish R20261015-0006 --as li.qiang --set result='清洗混水阀，热水恢复' --evidence signature.owner,signer=王建国
# The tank is clean; but a hot one is not closed before its reports are delivered.
at '2026-10-15 16:00'
cs-progress finish C20261013-0001 --as fang.min --set result='水箱清洗消毒，复检合格'
cs-progress verify C20261013-0001 C20261015-0001 --as jin.bo --note '看过检测报告'
for n in 1 2; do
  cs-callback record --as chen.jie --outcome reached --score 4 --answer timely=yes --answer acceptance=满意 --answer measures=满意 --answer result=满意 C20261013-0001/$n
done
cs-callback record --as chen.jie --outcome reached --score 5 --answer timely=yes --answer acceptance=满意 --answer measures=满意 --answer result=满意 C20261015-0001
cs-progress close C20261015-0001 --as lin.mei
cs-progress close C20261013-0001 --as lin.mei   # ends with 1
cs-duty write C20261013-0001 hot-report --as fang.min --part cause='水箱清洗逾期四个月' --part difficulties='六百户须停水半日'
cs-duty done C20261013-0001 hot_report --as fang.min   # ends with 1
cs-duty write C20261013-0001 hot-report --as fang.min --part help_needed='请公司协调送水车'
cs-duty done C20261013-0001 hot_report --as fang.min
at '2026-10-15 17:40'
cs-intake -q --csv slips-15-cuihu.csv --source slips --as lin.mei
at '2026-10-15 17:50'
cs-progress finish R20261015-0007 \
  --as qian.ping --set result='处理完毕，现场干净' --evidence signature.owner,signer=客户本人
cs-progress finish R20261015-0009 \
  --as gao.lei --set result='已到场处理，恢复正常' --evidence signature.owner,signer=客户本人
cs-progress finish R20261015-0010 \
  --as wang.jun --set result='修复完毕，试用正常' --evidence signature.owner,signer=客户本人
at '2026-10-15 19:00'
calls chen.jie <calls-15-cuihu.txt
forums 2026-10-15 <forums.txt
at '2026-10-16 00:30'
cs-escalate
cs-notify send -f jsonl --command 'cat >>notices.txt' | wc -l

# 16 October. A complaint that the project cannot settle: five working days, then the company.
at '2026-10-16 08:30'
cs-intake --csv duty-16.csv --source duty --as lin.mei | cs-dispatch --as lin.mei -
at '2026-10-16 08:46'
cs-progress arrive R20261016-0001 R20261016-0002 R20261016-0003 R20261016-0004 R20261016-0005 --as li.qiang
at '2026-10-16 08:50'
cs-progress start R20261016-0001 R20261016-0002 R20261016-0003 R20261016-0004 R20261016-0005 --as li.qiang
at '2026-10-16 09:30'
cs-intake --kind complaint --channel regulator --category dev.quality --as zhou.ting \
  --subject '外墙开裂' --body '东立面外墙多处开裂，要求开发商书面答复维修期限' \
  --customer 丁晓燕 --phone 13926016439 --premises 3-3-1504 --unit yunqi.area \
  --set important=yes
at '2026-10-16 09:45'
cs-progress contact C20261016-0001 --as tang.hua --note '已上门查看并拍照'
cs-dispatch C20261016-0001 --as tang.hua --set promised_at='2026-10-20 17:00'
cs-progress report_up C20261016-0001 --as tang.hua --set long_term=yes --note '须开发商维修外墙，请公司出面协调'
at '2026-10-16 10:00'
cs-intake --kind complaint --channel forum --category owner.pets --as lin.mei \
  --subject '遛狗不牵绳' --body '小区多人遛大型犬不牵绳' --set posted_at='2026-10-16 08:50' \
  --customer 李雪梅 --phone 13926010137 --premises 2-1-602 --unit cuihu.south
cs-intake --kind complaint --channel opinion_box --category env.green --as lin.mei \
  --subject '草坪枯黄' --body '中心草坪枯了一大片' \
  --customer 朱玉兰 --phone 13926011781 --premises 2-1-1502 --unit cuihu.south
cs-intake --kind complaint --channel counter --category safe.access --as lin.mei \
  --subject '夜班保安脱岗' --body '凌晨一点东门无人值守' \
  --customer 曹丽华 --phone 13926013973 --premises 6-2-1002 --unit cuihu.north
cs-intake --kind complaint --channel company --category eng.lift --as lin.mei \
  --subject '电梯困人' --body '电梯困人十五分钟才有人来' \
  --customer 田桂兰 --phone 13926014795 --premises 8-3-604 --unit cuihu.north
at '2026-10-16 10:20'
# What stands on the forum is answered there within two hours; a slip from the opinion box has no post.
cs-progress courtesy C20261016-0002 C20261016-0003 --as lin.mei --note '您好，已受理，正在核实'   # ends with 1
cs-progress contact C20261016-0002 C20261016-0003 C20261016-0004 C20261016-0005 --as fang.min --note '电话核实情况'
cs-dispatch C20261016-0002 C20261016-0003 C20261016-0004 C20261016-0005 --as fang.min --set promised_at='2026-10-19 18:00'
# More time is asked for with a reason; the customer is told once it is approved.
cs-progress extend C20261016-0004 C20261016-0005 --as fang.min --note '等厂家到场' --set extended_to='2026-10-21 18:00'
cs-progress reject C20261016-0004 --as ma.chao --note '可按时完成'
cs-progress approve C20261016-0005 --as ma.chao
cs-progress extend C20261016-0005 --as fang.min
at '2026-10-16 11:20'
cs-progress finish R20261016-0001 R20261016-0002 R20261016-0003 R20261016-0004 R20261016-0005 \
  --as li.qiang --set result='修复完毕，试用正常' --evidence signature.owner,signer=业主
at '2026-10-16 17:00'
cs-progress reply C20261016-0004 --as lin.mei --set reply_text='已查实并处理脱岗人员，今起夜班双岗'
at '2026-10-16 17:40'
cs-intake -q --csv slips-16-yunqi.csv --source slips --as zhou.ting
at '2026-10-16 17:50'
cs-progress finish R20261016-0006 R20261016-0009 \
  --as sun.wei --set result='修复完毕，试用正常' --evidence signature.owner,signer=客户本人
cs-progress finish R20261016-0008 \
  --as zhou.ting --set result='处理完毕，现场干净' --evidence signature.owner,signer=客户本人
at '2026-10-16 19:00'
calls chen.jie <calls-16-cuihu.txt
calls wu.lan <calls-16-yunqi.txt

# Not every customer answers, and not every one wants to.
at '2026-10-16 19:20'
cs-callback record --as chen.jie --outcome refused --note '不要再打' R20261016-0001
cs-callback record --as chen.jie --outcome inconvenient --note '在国外' R20261016-0002
cs-callback record --as chen.jie --outcome unreachable R20261016-0003
cs-callback record --as li.qiang --outcome unreachable R20261016-0003   # ends with 1
cs-callback record --as chen.jie --outcome reached --score 5 R20261016-0004   # ends with 1
cs-callback record --as chen.jie --outcome reached --score 3 --answer timely=yes --answer speed=满意 --answer process=满意 --answer result=满意 R20261016-0004

# Friday: what is done and called back is closed. What still waits for its call is refused, by name.
at '2026-10-16 20:00'
cs-list --kind request --state finished --unit cuihu | cs-progress close -q --as lin.mei - | wc -l   # ends with 1
cs-list --kind request --state finished --unit yunqi | cs-progress close --as zhou.ting - | wc -l
cs-list --state closed --unit cuihu | wc -l
for kind in inquiry suggestion message; do cs-list --kind "$kind" --state "done" --unit cuihu; done |
  cs-progress close --as lin.mei - | wc -l
forums 2026-10-16 <forums.txt
at '2026-10-17 00:30'
cs-escalate

# 17 October: the rain never came to yunqi; after fifteen days its leak calls are given up.
cs-callback list --unit yunqi --purpose leak_after_rain
at '2026-10-17 10:20'
cs-callback record --as chen.jie --outcome unreachable R20261016-0003
at '2026-10-17 15:00'
cs-callback record --as xu.na --outcome reached --method visit --score 4 --answer timely=yes --answer speed=满意 --answer process=满意 --answer result=满意 --note '上门时客户在家' R20261016-0003
# A question and a message that nobody sees to before Monday: past the company's own limits they go to the leader.
at '2026-10-17 15:30'
cs-intake --kind inquiry --channel phone --category svc.fees --as lin.mei --unit cuihu \
  --subject '车位费' --body '车位费能否按季度缴'
cs-intake --kind message --channel phone --as lin.mei --unit cuihu --set wanted=财务部杨丽 \
  --customer 林德华 --phone 13926012329 --body '请回电，关于车位费发票'
at '2026-10-17 17:40'
cs-intake -q --csv slips-17-cuihu.csv --source slips --as lin.mei
at '2026-10-17 17:50'
cs-progress finish R20261017-0001 R20261017-0003 \
  --as wang.jun --set result='修复完毕，试用正常' --evidence signature.owner,signer=客户本人
cs-progress finish R20261017-0004 \
  --as fang.min --set result='手续已办妥' --evidence signature.owner,signer=客户本人
at '2026-10-17 19:00'
calls chen.jie <calls-17-cuihu.txt
forums 2026-10-17 <forums.txt
at '2026-10-18 00:30'
cs-escalate
at '2026-10-18 09:00'
cs-callback list --unit yunqi --purpose leak_after_rain --period 2026-10
at '2026-10-18 17:40'
cs-intake -q --csv slips-18-yunqi.csv --source slips --as zhou.ting
at '2026-10-18 17:50'
cs-progress finish R20261018-0001 R20261018-0003 R20261018-0004 \
  --as sun.wei --set result='修复完毕，试用正常' --evidence signature.owner,signer=客户本人
at '2026-10-18 19:00'
calls wu.lan <calls-18-yunqi.txt
# A Sunday on which nobody looked into the forums.
at '2026-10-19 00:30'
cs-escalate
cs-notify send -f jsonl --command 'cat >>notices.txt' | wc -l

# 19 October.
at '2026-10-19 08:30'
cs-intake --csv duty-19.csv --source duty --as lin.mei | cs-dispatch --as lin.mei -
at '2026-10-19 08:46'
cs-progress arrive R20261019-0001 R20261019-0002 R20261019-0003 R20261019-0004 R20261019-0005 --as wang.jun
at '2026-10-19 08:50'
cs-progress start R20261019-0001 R20261019-0002 R20261019-0003 R20261019-0004 R20261019-0005 --as wang.jun
at '2026-10-19 10:00'
cs-progress finish C20261016-0002 C20261016-0003 C20261016-0004 C20261016-0005 --as fang.min --set result='整改完成，公示三天'
cs-progress verify C20261016-0002 C20261016-0003 C20261016-0004 C20261016-0005 --as chen.jie --note '现场复核'
cs-progress reply C20261016-0002 C20261016-0003 C20261016-0004 C20261016-0005 --as lin.mei --set reply_text='处理结果已回复并公示'
# What is more than a courtesy stands on the forum only as the project manager reviewed and headquarters approved it.
cs-progress approve C20261016-0002 --as ma.chao
cs-progress approve C20261016-0002 --as shen.jing
cs-progress reply C20261016-0002 --as lin.mei
at '2026-10-19 11:20'
cs-progress finish R20261019-0001 R20261019-0002 R20261019-0003 R20261019-0004 R20261019-0005 \
  --as wang.jun --set result='修复完毕，试用正常' --evidence signature.owner,signer=业主
cs-progress reply I20261017-0001 --as lin.mei --set reply_text='可以，每季度首月十日前缴'
cs-progress pass_on M20261017-0001 --as yang.li
# The hot one's case report, within the week; then, at last, it is closed.
at '2026-10-19 14:00'
cs-duty write C20261013-0001 hot-case --as fang.min --part cause='水箱清洗无人跟踪' --part lessons='清洗计划上墙，到期前一周提醒'
cs-duty done C20261013-0001 hot_case --as fang.min
cs-duty done C20261013-0001 hot_record --as fang.min
cs-progress validate C20261013-0001 --as fang.min --set validity=valid --set our_fault=yes --set typical=yes
cs-progress close C20261013-0001 --as lin.mei
at '2026-10-19 14:30'
cs-callback record --as lin.mei --outcome reached --score 5 --answer timely=yes --answer acceptance=满意 --answer measures=满意 --answer result=满意 C20261016-0002
cs-callback record --as lin.mei --outcome reached --score 4 --answer timely=yes --answer acceptance=满意 --answer measures=满意 --answer result=满意 C20261016-0003
cs-callback record --as lin.mei --outcome reached --score 3 --answer timely=yes --answer acceptance=满意 --answer measures=满意 --answer result=满意 C20261016-0004
cs-callback record --as lin.mei --outcome reached --score 5 --answer timely=yes --answer acceptance=满意 --answer measures=满意 --answer result=满意 C20261016-0005
cs-progress validate C20261016-0004 C20261016-0005 --as fang.min --set validity=valid --set our_fault=yes
# The company passed the last one on: it gets the result in writing before it can be closed, and then calls the owner itself.
cs-progress close C20261016-0005 --as lin.mei   # ends with 1
cs-progress report_back C20261016-0005 --as fang.min --note '整改已复核，报公司'   # ends with 1
cs-progress report_back C20261016-0005 --as fang.min --note '整改已复核，报公司' --evidence letter
cs-callback record --as jin.bo --outcome reached --score 4 --answer timely=yes --answer measures=满意 --answer result=满意 C20261016-0005/2
cs-progress close C20261016-0002 C20261016-0003 C20261016-0004 C20261016-0005 --as lin.mei

# A closed complaint that is not over: reopened, and a second cycle of its clocks begins.
at '2026-10-19 16:00'
cs-decide reopen C20261016-0003 --as lin.mei --note '客户来电：草坪补种后又枯'
cs-dispatch C20261016-0003 --as fang.min --set promised_at='2026-10-21 18:00'
at '2026-10-19 17:40'
cs-intake -q --csv slips-19-cuihu.csv --source slips --as lin.mei
at '2026-10-19 17:50'
cs-progress finish R20261019-0006 R20261019-0008 \
  --as qian.ping --set result='处理完毕，现场干净' --evidence signature.owner,signer=客户本人
cs-progress finish R20261019-0009 \
  --as wang.jun --set result='修复完毕，试用正常' --evidence signature.owner,signer=客户本人
at '2026-10-19 19:00'
calls chen.jie <calls-19-cuihu.txt
forums 2026-10-19 <forums.txt
at '2026-10-20 00:30'
cs-escalate

# 20 October: after eighteen days someone goes to the east gate.
at '2026-10-20 08:30'
cs-intake --csv duty-20.csv --source duty --as lin.mei | cs-dispatch --as lin.mei -
at '2026-10-20 08:46'
cs-progress arrive R20261020-0001 R20261020-0002 R20261020-0003 R20261020-0004 R20261020-0005 --as li.qiang
at '2026-10-20 08:50'
cs-progress start R20261020-0001 R20261020-0002 R20261020-0003 R20261020-0004 R20261020-0005 --as li.qiang
at '2026-10-20 09:00'
cs-list -f table --overdue --columns ref,kind,unit,responsible,level,due,subject
cs-show R20261002-0001 -f table
# The cracked wall is in the evening paper: major. Those at the top are told in that same moment.
cs-progress assess C20261016-0001 --as tang.hua   # ends with 1
cs-progress assess C20261016-0001 --as tang.hua --set media=exposed --set our_fault=no
cs-duty due -f table --all --subject C20261016-0001
cs-progress arrive R20261002-0001 --as zhou.ting
cs-progress start R20261002-0001 --as zhou.ting
at '2026-10-20 11:10'
cs-progress finish R20261002-0001 --as zhou.ting --set result='更换道闸电机，恢复落杆' --set unsigned_why=公共区域，无需签字
cs-progress tell R20261002-0001 --as zhou.ting --note '电话致歉并说明已修好'
cs-escalate --explain R20261002-0001 resolve
at '2026-10-20 11:20'
cs-progress finish R20261020-0001 R20261020-0002 R20261020-0003 R20261020-0004 R20261020-0005 \
  --as li.qiang --set result='修复完毕，试用正常' --evidence signature.owner,signer=业主
at '2026-10-20 17:40'
cs-intake -q --csv slips-20-yunqi.csv --source slips --as zhou.ting
at '2026-10-20 17:50'
cs-progress finish R20261020-0006 R20261020-0008 R20261020-0009 \
  --as sun.wei --set result='修复完毕，试用正常' --evidence signature.owner,signer=客户本人
at '2026-10-20 19:00'
calls chen.jie <calls-20-cuihu.txt
calls wu.lan <calls-20-yunqi.txt
at '2026-10-20 20:00'
cs-progress reopen R20261004-0001 --as lin.mei --note '三通又渗水'
cs-dispatch R20261004-0001 --as lin.mei --assignee wang.jun
at '2026-10-20 20:15'
cs-progress arrive R20261004-0001 --as wang.jun
cs-progress start R20261004-0001 --as wang.jun
at '2026-10-20 20:50'
cs-progress finish R20261004-0001 --as wang.jun --set result=更换三通 --evidence signature.owner,signer=郑建国
at '2026-10-20 20:55'
cs-callback record --as chen.jie --outcome reached --score 4 --answer timely=yes --answer speed=满意 --answer process=满意 --answer result=满意 R20261004-0001
forums 2026-10-20 <forums.txt
at '2026-10-21 00:30'
cs-escalate

# 21 October. Answered on the phone: the shortest request there is.
at '2026-10-21 08:30'
cs-intake --csv duty-21.csv --source duty --as lin.mei | cs-dispatch --as lin.mei -
at '2026-10-21 08:46'
cs-progress arrive R20261021-0001 R20261021-0002 R20261021-0003 R20261021-0004 --as wang.jun
at '2026-10-21 08:50'
cs-progress start R20261021-0001 R20261021-0002 R20261021-0003 R20261021-0004 --as wang.jun
at '2026-10-21 09:15'
cs-intake --kind request --channel phone --category eng.water --as lin.mei \
  --subject '全屋停水' --body '家里没水了' \
  --customer 徐俊杰 --phone 13926011370 --premises 3-3-1703 --unit cuihu.south
cs-progress answer R20261021-0005 --as lin.mei --set answer_text='市政停水至 12 点，短信已通知'
at '2026-10-21 09:30'
cs-progress finish C20261016-0003 --as fang.min --set result='更换草种并加装喷灌'
cs-progress verify C20261016-0003 --as jin.bo --note '看过现场'
cs-progress reply C20261016-0003 --as lin.mei --set reply_text='已更换草种'
at '2026-10-21 10:30'
cs-callback record --as lin.mei --outcome reached --score 4 --answer timely=yes --answer acceptance=满意 --answer measures=满意 --answer result=满意 C20261016-0003
cs-progress close C20261016-0003 --as lin.mei
at '2026-10-21 11:20'
cs-progress finish R20261021-0001 R20261021-0002 R20261021-0003 R20261021-0004 \
  --as wang.jun --set result='修复完毕，试用正常' --evidence signature.owner,signer=业主
at '2026-10-21 14:00'
cs-intake --kind complaint --channel phone --category owner.common --as lin.mei \
  --subject '天台种菜' --body '顶楼住户在天台种菜浇水漏到楼下' \
  --customer 宋秀英 --phone 13926013151 --premises 8-3-1404 --unit cuihu.north
cs-intake --kind complaint --channel phone --category svc.events --as lin.mei \
  --subject '活动太吵' --body '周末活动音响太大' \
  --customer 韩雅琴 --phone 13926013836 --premises 5-2-501 --unit cuihu.north
cs-intake --kind complaint --channel wechat --category safe.parking --as lin.mei \
  --subject '车位线不清' --body 'B1 车位线磨损，常被压线停车' \
  --customer 潘美玲 --phone 13926014658 --premises 7-3-103 --unit cuihu.north
cs-intake --kind complaint --channel email --category dev.handover --as lin.mei \
  --subject '会所未开放' --body '承诺的会所至今未开放' \
  --customer 周丽华 --phone 13926011233 --premises 2-3-1202 --unit cuihu.south
at '2026-10-21 14:18'
cs-progress contact C20261021-0001 C20261021-0002 C20261021-0003 C20261021-0004 --as fang.min --note 电话核实，致歉并说明时限
cs-dispatch C20261021-0001 C20261021-0002 C20261021-0003 C20261021-0004 --as fang.min --set promised_at='2026-10-23 12:00'
at '2026-10-21 16:30'
cs-progress reply C20261021-0001 C20261021-0002 --as lin.mei --set reply_text=今日内派人处理，明日复核
at '2026-10-21 17:40'
cs-intake -q --csv slips-21-cuihu.csv --source slips --as lin.mei
at '2026-10-21 17:50'
cs-progress finish R20261021-0006 R20261021-0008 \
  --as wang.jun --set result='修复完毕，试用正常' --evidence signature.owner,signer=客户本人
cs-progress finish R20261021-0009 \
  --as gao.lei --set result='已到场处理，恢复正常' --evidence signature.owner,signer=客户本人
cs-progress finish R20261021-0011 \
  --as fang.min --set result='手续已办妥' --evidence signature.owner,signer=客户本人
at '2026-10-21 19:00'
calls chen.jie <calls-21-cuihu.txt
forums 2026-10-21 <forums.txt
at '2026-10-22 00:30'
cs-escalate
cs-notify send -f jsonl --command 'cat >>notices.txt' | wc -l

# 22 October. Inquiries and suggestions have lives too: passed on, answered, closed, asked again.
at '2026-10-22 08:30'
cs-intake --csv duty-22.csv --source duty --as lin.mei | cs-dispatch --as lin.mei -
at '2026-10-22 08:46'
cs-progress arrive R20261022-0001 R20261022-0002 R20261022-0003 R20261022-0004 R20261022-0005 --as li.qiang
at '2026-10-22 08:50'
cs-progress start R20261022-0001 R20261022-0002 R20261022-0003 R20261022-0004 R20261022-0005 --as li.qiang
at '2026-10-22 09:00'
cs-intake --kind inquiry --channel wechat --category dev.handover --as lin.mei --unit cuihu \
  --customer 何思远 --phone 13926012192 --body '二期学校什么时候交付？'
cs-dispatch I20261022-0001 --as lin.mei
cs-progress note I20261022-0001 M20261019-0001 S20261012-0001 C20261016-0001 --as lin.mei --note '客户再次来电询问'
cs-progress tell I20261022-0001 M20261019-0001 S20261012-0001 --as lin.mei --note '告知正在联系'
cs-progress attach I20261022-0001 S20261012-0001 M20261019-0001 R20261022-0001 --as lin.mei --evidence record --note 通话录音
at '2026-10-22 10:30'
cs-progress reply I20261022-0001 --as fang.min --set reply_text='开发商答复：2027 年 8 月'
cs-progress close I20261022-0001 --as lin.mei
cs-progress reopen I20261022-0001 --as lin.mei --note '客户追问是否有书面承诺'
cs-progress reply I20261022-0001 --as lin.mei --set reply_text='已转开发商，书面说明三日内送达'
at '2026-10-22 11:00'
cs-dispatch S20261007-0001 S20261012-0001 --as lin.mei
cs-progress reply S20261007-0001 --as li.qiang --set reply_text='工程部勘查后答复：年内加装四盏'
cs-progress reply S20261012-0001 --as fang.min --set reply_text='列入十一月社区活动计划'
cs-progress reply S20261005-0001 --as li.qiang --set reply_text='好'   # ends with 1
cs-progress reply S20261005-0001 --as lin.mei --set reply_text='列入明年春季补植计划'
cs-progress close S20261005-0001 --as lin.mei
cs-progress reopen S20261005-0001 --as lin.mei --note '建议人补充了树种'
cs-progress reply S20261005-0001 --as lin.mei --set reply_text='收到补充，一并纳入'

# A message must reach its person: here the wrong one first.
at '2026-10-22 11:20'
cs-progress finish R20261022-0001 R20261022-0002 R20261022-0003 R20261022-0004 R20261022-0005 \
  --as li.qiang --set result='修复完毕，试用正常' --evidence signature.owner,signer=业主
at '2026-10-22 11:25'
cs-progress attach C20261021-0003 --as gao.lei --evidence photo --note 车位线现状
at '2026-10-22 14:00'
cs-intake --kind message --channel phone --as lin.mei --unit cuihu --set wanted=财务部杨丽 \
  --customer 林德华 --phone 13926012329 --body '请回电，关于装修押金退还'
cs-progress pass_on M20261022-0001 --as yang.li
cs-progress close M20261022-0001 --as lin.mei
cs-progress reopen M20261022-0001 --as lin.mei --note '应转工程部赵刚'
cs-progress pass_on M20261022-0001 --as zhao.gang --set wanted=赵刚
at '2026-10-22 17:40'
cs-intake -q --csv slips-22-yunqi.csv --source slips --as zhou.ting
at '2026-10-22 17:50'
cs-progress finish R20261022-0006 R20261022-0008 R20261022-0009 \
  --as sun.wei --set result='修复完毕，试用正常' --evidence signature.owner,signer=客户本人

# Mistakes of that day, and the ways back. Nothing is struck out: what should not be there is withdrawn, with the reason.
at '2026-10-22 18:00'
cs-intake --kind request --channel phone --category eng.water --as lin.mei --unit cuihu.south \
  --subject '水龙头漏水' --body '厨房水龙头滴水' --customer 胡美玲 --phone 13926011918 --premises 3-1-303
cs-dispatch R20261022-0011 --as lin.mei --assignee wang.jun
at '2026-10-22 18:15'
cs-progress arrive R20261022-0011 --as wang.jun
cs-dispatch R20261022-0011 --as lin.mei --assignee li.qiang
cs-intake --kind request --channel phone --category eng.water --as chen.jie --unit cuihu.south \
  --subject '水龙头漏水' --body '厨房水龙头滴水' --customer 胡美玲 --phone 13926011918 --premises 3-1-303
cs-progress withdraw R20261022-0012 --as chen.jie --set why=twice --set instead=R20261022-0011
cs-intake --kind complaint --channel phone --category owner.noise --as lin.mei --unit cuihu.south \
  --subject '邻居吵闹' --body '楼上孩子跑跳' --customer 胡美玲 --phone 13926011918 --premises 3-1-303
cs-progress withdraw C20261022-0001 --as lin.mei --set why=customer   # ends with 1
cs-progress withdraw C20261022-0001 --as fang.min --set why=customer --note '邻居已上门道歉'
cs-intake --kind inquiry --channel phone --category svc.fees --as lin.mei --unit cuihu --body '测试'
cs-intake --kind suggestion --channel phone --category env.green --as lin.mei --unit cuihu --body '测试'
cs-intake --kind message --channel phone --as lin.mei --unit cuihu --set wanted=财务部杨丽 \
  --customer 林德华 --phone 13926012329 --body '测试'
cs-progress withdraw I20261022-0003 S20261022-0001 M20261022-0003 --as lin.mei --set why=登记有误
cs-show R20261022-0012
at '2026-10-22 18:40'
for step in arrive start 'finish --set result=换阀芯 --evidence signature.owner,signer=胡美玲'; do
  cs-progress $step R20261022-0011 --as li.qiang
done
at '2026-10-22 18:50'
cs-callback record --as chen.jie --outcome reached --score 5 --answer timely=yes --answer speed=满意 --answer process=满意 --answer result=满意 R20261022-0011
at '2026-10-22 19:00'
calls chen.jie <calls-22-cuihu.txt
calls wu.lan <calls-22-yunqi.txt
forums 2026-10-22 <forums.txt
at '2026-10-23 00:30'
cs-escalate

# 23 October: rain again. One of the mended windows leaks: a new ticket that follows the old one.
at '2026-10-23 08:30'
cs-intake --csv duty-23.csv --source duty --as lin.mei | cs-dispatch --as lin.mei -
at '2026-10-23 08:46'
cs-progress arrive R20261023-0001 R20261023-0002 R20261023-0003 R20261023-0004 --as wang.jun
at '2026-10-23 08:50'
cs-progress start R20261023-0001 R20261023-0002 R20261023-0003 R20261023-0004 --as wang.jun
at '2026-10-23 11:20'
cs-progress finish R20261023-0001 R20261023-0002 R20261023-0003 R20261023-0004 \
  --as wang.jun --set result='修复完毕，试用正常' --evidence signature.owner,signer=业主
at '2026-10-23 11:30'
cs-progress finish C20261021-0001 C20261021-0002 C20261021-0003 C20261021-0004 --as fang.min --set result=已处理并公示
cs-progress verify C20261021-0001 C20261021-0002 C20261021-0003 C20261021-0004 --as jin.bo --note 书面复核
cs-progress reply C20261021-0001 C20261021-0002 C20261021-0003 C20261021-0004 --as lin.mei --set reply_text=处理结果已告知并附照片
at '2026-10-23 11:50'
cs-callback record --as chen.jie --outcome reached --score 4 --answer timely=yes --answer acceptance=满意 --answer measures=满意 --answer result=满意 C20261021-0001
cs-callback record --as chen.jie --outcome reached --score 5 --answer timely=yes --answer acceptance=满意 --answer measures=满意 --answer result=满意 C20261021-0002
cs-callback record --as chen.jie --outcome reached --score 4 --answer timely=yes --answer acceptance=满意 --answer measures=满意 --answer result=满意 C20261021-0003
cs-callback record --as chen.jie --outcome reached --score 3 --answer timely=yes --answer acceptance=满意 --answer measures=满意 --answer result=满意 C20261021-0004
cs-progress close C20261021-0001 C20261021-0002 C20261021-0003 C20261021-0004 --as lin.mei
at '2026-10-23 13:00'
cs-callback event rain --unit cuihu --as lin.mei
cs-callback due -f table --unit cuihu --purpose leak_after_rain
at '2026-10-23 14:10'
cs-callback record --as chen.jie --outcome reached --answer dry=no --problem 窗顶雨后仍渗 R20261020-0002/2
cs-dispatch R20261023-0005 --as lin.mei --assignee li.qiang
at '2026-10-23 14:30'
cs-callback due --unit cuihu --purpose leak_after_rain |
  while read -r ref n rest; do
    cs-callback record --as chen.jie --outcome reached --answer dry=yes "$ref/$n" </dev/null
  done

# In another company that day: an insurer, its own rules, its own database. A neighbour complains in the policyholder's place.
at '2026-10-23 15:00'
cs-init -d insurer.db --rehearsal --seed insurer --policy insurance
CS_DB=insurer.db sh insurer.sh
cs-intake -d insurer.db --kind complaint --channel phone --as agent1 --subject '理赔太慢' --body '邻居的车险两个月还没赔' \
  --customer 高翔 --phone 13951880099
cs-decide complete -d insurer.db C20261023-0001 --as agent1
cs-decide refuse -d insurer.db C20261023-0001 --as division --set reason=非投保人本人   # ends with 1
cs-decide explain -d insurer.db C20261023-0001 | cut -f 2-6 | head -n 4
cs-progress examine -d insurer.db C20261023-0001 --as agent1 --set by_consumer_or_agent=no
cs-decide explain -d insurer.db C20261023-0001 | cut -f 2-6 | head -n 5
cs-decide refuse -d insurer.db C20261023-0001 --as division --set reason='非投保人本人，也无授权书'
cs-decide notify -d insurer.db C20261023-0001 --as agent1 --note '书面告知：可由投保人本人或凭授权书再提'
at '2026-10-23 17:40'
cs-intake -q --csv slips-23-cuihu.csv --source slips --as lin.mei
at '2026-10-23 17:50'
cs-progress finish R20261023-0006 R20261023-0008 \
  --as wang.jun --set result='修复完毕，试用正常' --evidence signature.owner,signer=客户本人
cs-progress finish R20261023-0009 \
  --as gao.lei --set result='已到场处理，恢复正常' --evidence signature.owner,signer=客户本人
at '2026-10-23 19:00'
calls chen.jie <calls-23-cuihu.txt
at '2026-10-23 20:00'
cs-list --kind request --state finished --unit cuihu | cs-progress close -q --as lin.mei - | wc -l
cs-list --kind request --state finished --unit yunqi | cs-progress close -q --as zhou.ting - | wc -l
forums 2026-10-23 <forums.txt
at '2026-10-24 00:30'
cs-escalate
at '2026-10-24 17:40'
cs-intake -q --csv slips-24-yunqi.csv --source slips --as zhou.ting
at '2026-10-24 17:50'
cs-progress finish R20261024-0001 R20261024-0003 \
  --as sun.wei --set result='修复完毕，试用正常' --evidence signature.owner,signer=客户本人
cs-progress finish R20261024-0004 \
  --as zhou.ting --set result='处理完毕，现场干净' --evidence signature.owner,signer=客户本人
at '2026-10-24 19:00'
calls wu.lan <calls-24-yunqi.txt
forums 2026-10-24 <forums.txt
at '2026-10-25 00:30'
cs-escalate
cs-notify send -f jsonl --command 'cat >>notices.txt' | wc -l
at '2026-10-25 15:00'
cs-intake --kind request --channel phone --category eng.structure --as lin.mei \
  --subject '大堂墙砖脱落' --body '一块墙砖掉下来，幸未伤人' \
  --customer 谢嘉怡 --phone 13926013014 --premises 7-3-903 --unit cuihu.north
cs-dispatch R20261025-0001 --as lin.mei
at '2026-10-25 15:20'
cs-progress arrive R20261023-0005 --as li.qiang
cs-progress start R20261023-0005 --as li.qiang
at '2026-10-25 16:30'
cs-progress finish R20261023-0005 --as li.qiang --set result='外墙整面重做防水' --evidence signature.owner,signer=业主
at '2026-10-25 17:40'
cs-intake -q --csv slips-25-cuihu.csv --source slips --as lin.mei
at '2026-10-25 17:50'
cs-progress finish R20261025-0002 R20261025-0004 \
  --as wang.jun --set result='修复完毕，试用正常' --evidence signature.owner,signer=客户本人
cs-progress finish R20261025-0005 \
  --as gao.lei --set result='已到场处理，恢复正常' --evidence signature.owner,signer=客户本人
at '2026-10-25 19:00'
calls chen.jie <calls-25-cuihu.txt
forums 2026-10-25 <forums.txt
at '2026-10-26 00:30'
cs-escalate

# 26 October. Chase what is late, all at once.
at '2026-10-26 08:30'
cs-intake --csv duty-26.csv --source duty --as lin.mei | cs-dispatch --as lin.mei -
at '2026-10-26 08:46'
cs-progress arrive R20261026-0001 R20261026-0002 R20261026-0003 R20261026-0004 R20261026-0005 --as li.qiang
at '2026-10-26 08:50'
cs-progress start R20261026-0001 R20261026-0002 R20261026-0003 R20261026-0004 R20261026-0005 --as li.qiang
at '2026-10-26 09:30'
cs-list --kind request --overdue --unit cuihu.eng | cs-progress note --as lin.mei --note 电话催办 -
cs-progress arrive R20261025-0001 --as li.qiang
cs-progress start R20261025-0001 --as li.qiang
cs-intake --kind complaint --channel phone --category svc.fees --as lin.mei \
  --subject '收费不开票' --body '缴费后一周未拿到发票' \
  --customer 陈国庆 --phone 13926010548 --premises 1-2-401 --unit cuihu.south
cs-intake --kind complaint --channel counter --category env.cleaning --as lin.mei \
  --subject '地库积水' --body '地库 C 区积水三天' \
  --customer 罗淑珍 --phone 13926012603 --premises 4-2-1104 --unit cuihu.south
cs-intake --kind complaint --channel oral_to_staff --category owner.common --as lin.mei \
  --subject '楼道堆物' --body '对门鞋柜占用楼道' \
  --customer 彭子轩 --phone 13926014247 --premises 8-2-304 --unit cuihu.north
at '2026-10-26 09:55'
cs-progress contact C20261026-0001 C20261026-0002 C20261026-0003 --as fang.min --note '电话核实'
cs-dispatch C20261026-0001 C20261026-0002 C20261026-0003 --as fang.min --set promised_at='2026-10-27 12:00'
at '2026-10-26 11:20'
cs-progress finish R20261026-0001 R20261026-0002 R20261026-0003 R20261026-0004 R20261026-0005 \
  --as li.qiang --set result='修复完毕，试用正常' --evidence signature.owner,signer=业主
at '2026-10-26 15:00'
cs-progress finish R20261025-0001 --as li.qiang --set result='重贴并排查整面墙' --set unsigned_why=公共区域，无需签字
cs-progress tell R20261025-0001 --as lin.mei --note '已修复并致歉'
at '2026-10-26 16:00'
cs-progress reply C20261026-0001 C20261026-0002 --as lin.mei --set reply_text='明日中午前处理完毕'
# The major one's state is reported every week.
cs-duty done C20261016-0001 major_weekly --as tang.hua
at '2026-10-26 17:40'
cs-intake -q --csv slips-26-yunqi.csv --source slips --as zhou.ting
at '2026-10-26 17:50'
cs-progress finish R20261026-0006 R20261026-0008 R20261026-0009 \
  --as sun.wei --set result='修复完毕，试用正常' --evidence signature.owner,signer=客户本人
at '2026-10-26 19:00'
calls chen.jie <calls-26-cuihu.txt
calls wu.lan <calls-26-yunqi.txt
forums 2026-10-26 <forums.txt
at '2026-10-27 00:30'
cs-escalate

# 27 October. The company answers for the cracked wall; what waited for an answer has one. The owners take a lawyer: a turn.
at '2026-10-27 08:30'
cs-intake --csv duty-27.csv --source duty --as lin.mei | cs-dispatch --as lin.mei -
at '2026-10-27 08:46'
cs-progress arrive R20261027-0001 R20261027-0002 R20261027-0003 R20261027-0004 R20261027-0005 --as wang.jun
at '2026-10-27 08:50'
cs-progress start R20261027-0001 R20261027-0002 R20261027-0003 R20261027-0004 R20261027-0005 --as wang.jun
at '2026-10-27 10:00'
cs-progress tell C20261016-0001 --as zhou.ting --note '告知已上报公司，正与开发商会商'
cs-progress reply C20261016-0001 --as zhou.ting --set reply_text='开发商承诺 11 月 30 日前完成外墙修补'
cs-progress propose C20261016-0001 --as tang.hua --set proposal='开发商 11 月内修补并延保两年'
cs-progress turn C20261016-0001 --as tang.hua --note '十二户业主联名委托律师发函'
at '2026-10-27 10:40'
cs-progress finish C20261026-0001 C20261026-0002 --as fang.min --set result='已处理并现场确认'
cs-progress verify C20261026-0001 C20261026-0002 --as jin.bo --note '复核'
at '2026-10-27 11:20'
cs-progress finish R20261027-0001 R20261027-0002 R20261027-0003 R20261027-0004 R20261027-0005 \
  --as wang.jun --set result='修复完毕，试用正常' --evidence signature.owner,signer=业主
at '2026-10-27 14:40'
cs-callback record --as chen.jie --outcome reached --score 4 --answer timely=yes --answer acceptance=满意 --answer measures=满意 --answer result=满意 C20261026-0001
cs-callback record --as chen.jie --outcome reached --score 4 --answer timely=yes --answer acceptance=满意 --answer measures=满意 --answer result=满意 C20261026-0002
at '2026-10-27 17:40'
cs-intake -q --csv slips-27-cuihu.csv --source slips --as lin.mei
at '2026-10-27 17:50'
cs-progress finish R20261027-0006 R20261027-0008 \
  --as wang.jun --set result='修复完毕，试用正常' --evidence signature.owner,signer=客户本人
cs-progress finish R20261027-0009 \
  --as qian.ping --set result='处理完毕，现场干净' --evidence signature.owner,signer=客户本人
cs-progress finish R20261027-0011 \
  --as gao.lei --set result='已到场处理，恢复正常' --evidence signature.owner,signer=客户本人
at '2026-10-27 19:00'
calls chen.jie <calls-27-cuihu.txt
forums 2026-10-27 <forums.txt
at '2026-10-28 00:30'
cs-escalate
cs-notify send -f jsonl --command 'cat >>notices.txt' | wc -l
at '2026-10-28 08:30'
cs-intake --csv duty-28.csv --source duty --as lin.mei | cs-dispatch --as lin.mei -
at '2026-10-28 08:46'
cs-progress arrive R20261028-0001 R20261028-0002 R20261028-0003 R20261028-0004 R20261028-0005 --as li.qiang
at '2026-10-28 08:50'
cs-progress start R20261028-0001 R20261028-0002 R20261028-0003 R20261028-0004 R20261028-0005 --as li.qiang
at '2026-10-28 09:30'
cs-intake --kind complaint --channel phone --category env.pests --as zhou.ting \
  --subject '地库有老鼠' --body '地库多次见到老鼠' \
  --customer 吕志强 --phone 13926016302 --premises 2-3-1003 --unit yunqi.area
cs-intake --kind complaint --channel letter --category svc.fees --as zhou.ting \
  --subject '停车费重复扣款' --body '十月停车费扣了两次' \
  --customer 姜美玲 --phone 13926017398 --premises 5-2-1603 --unit yunqi.area
cs-intake --kind complaint --channel counter --category eng.lift --as zhou.ting \
  --subject '电梯停用太久' --body '2 栋电梯停用一周' \
  --customer 范文博 --phone 13926017946 --premises 4-3-203 --unit yunqi.area
at '2026-10-28 09:48'
cs-progress contact C20261028-0001 C20261028-0002 C20261028-0003 --as tang.hua --note 电话核实，致歉并说明时限
cs-dispatch C20261028-0001 C20261028-0002 C20261028-0003 --as tang.hua --set promised_at='2026-10-30 12:00'
at '2026-10-28 11:20'
cs-progress finish R20261028-0001 R20261028-0002 R20261028-0003 R20261028-0004 R20261028-0005 \
  --as li.qiang --set result='修复完毕，试用正常' --evidence signature.owner,signer=业主
at '2026-10-28 17:40'
cs-intake -q --csv slips-28-yunqi.csv --source slips --as zhou.ting
at '2026-10-28 17:50'
cs-progress finish R20261028-0006 R20261028-0008 R20261028-0009 \
  --as sun.wei --set result='修复完毕，试用正常' --evidence signature.owner,signer=客户本人
at '2026-10-28 19:00'
calls chen.jie <calls-28-cuihu.txt
calls wu.lan <calls-28-yunqi.txt
forums 2026-10-28 <forums.txt
at '2026-10-29 00:30'
cs-escalate

# 29 October. The owner agrees; the gap in the wall will be another month's work, the complaint is done.
at '2026-10-29 08:30'
cs-intake --csv duty-29.csv --source duty --as lin.mei | cs-dispatch --as lin.mei -
at '2026-10-29 08:46'
cs-progress arrive R20261029-0001 R20261029-0002 R20261029-0003 R20261029-0004 R20261029-0005 --as wang.jun
at '2026-10-29 08:50'
cs-progress start R20261029-0001 R20261029-0002 R20261029-0003 R20261029-0004 R20261029-0005 --as wang.jun
at '2026-10-29 09:30'
cs-progress agree C20261016-0001 --as tang.hua
cs-progress finish C20261016-0001 --as tang.hua --set result='三方签订修补协议' --set causing=yunqi.service
cs-progress verify C20261016-0001 --as jin.bo --note '协议存档'
at '2026-10-29 11:20'
cs-progress finish R20261029-0001 R20261029-0002 R20261029-0003 R20261029-0004 R20261029-0005 \
  --as wang.jun --set result='修复完毕，试用正常' --evidence signature.owner,signer=业主
at '2026-10-29 14:20'
cs-callback record --as wu.lan --outcome reached --score 3 --answer timely=no --answer acceptance=满意 --answer measures=满意 --answer result=满意 --note '拖得太久' C20261016-0001
cs-progress report_back C20261016-0001 --as tang.hua --note '修补协议已签，业主认可' --evidence letter
cs-callback record --as jin.bo --outcome reached --score 3 --answer timely=no --answer measures=尚可 --answer result=满意 C20261016-0001/2
# A major one owes the report on each turn, the special report with its six parts and the handling record before it is closed.
cs-progress close C20261016-0001 --as zhou.ting   # ends with 1
cs-duty done C20261016-0001 important_record --as tang.hua
cs-duty write C20261016-0001 major-special --as tang.hua --part cause='外墙防水层施工缺陷' \
  --part worsened_why='开发商两次推迟勘查' --part lessons='交付前查验未覆盖外墙' --part measures='纳入交付查验清单'
for duty in major_turn major_special major_record; do cs-duty done C20261016-0001 $duty --as tang.hua; done
cs-duty show C20261016-0001 major_special
cs-progress close C20261016-0001 --as zhou.ting
at '2026-10-29 17:40'
cs-intake -q --csv slips-29-cuihu.csv --source slips --as lin.mei
at '2026-10-29 17:50'
cs-progress finish R20261029-0006 R20261029-0008 \
  --as wang.jun --set result='修复完毕，试用正常' --evidence signature.owner,signer=客户本人
cs-progress finish R20261029-0009 \
  --as gao.lei --set result='已到场处理，恢复正常' --evidence signature.owner,signer=客户本人
cs-progress finish R20261029-0011 \
  --as fang.min --set result='手续已办妥' --evidence signature.owner,signer=客户本人
at '2026-10-29 19:00'
calls chen.jie <calls-29-cuihu.txt
forums 2026-10-29 <forums.txt
at '2026-10-30 00:30'
cs-escalate
at '2026-10-30 08:30'
cs-intake --csv duty-30.csv --source duty --as lin.mei | cs-dispatch --as lin.mei -
at '2026-10-30 08:46'
cs-progress arrive R20261030-0001 R20261030-0002 R20261030-0003 R20261030-0004 --as li.qiang
at '2026-10-30 08:50'
cs-progress start R20261030-0001 R20261030-0002 R20261030-0003 R20261030-0004 --as li.qiang
at '2026-10-30 10:00'
cs-progress finish C20261028-0001 C20261028-0002 C20261028-0003 --as tang.hua --set result=已整改并复查
cs-progress verify C20261028-0001 C20261028-0002 C20261028-0003 --as jin.bo --note 书面复核
cs-progress reply C20261028-0001 C20261028-0002 C20261028-0003 --as zhou.ting --set reply_text=处理结果已书面告知
at '2026-10-30 11:10'
cs-callback record --as wu.lan --outcome reached --score 4 --answer timely=yes --answer acceptance=满意 --answer measures=满意 --answer result=满意 C20261028-0001
cs-callback record --as wu.lan --outcome reached --score 5 --answer timely=yes --answer acceptance=满意 --answer measures=满意 --answer result=满意 C20261028-0002
cs-callback record --as wu.lan --outcome reached --score 3 --answer timely=yes --answer acceptance=满意 --answer measures=满意 --answer result=满意 C20261028-0003
cs-progress close C20261028-0001 C20261028-0002 C20261028-0003 --as zhou.ting
at '2026-10-30 11:20'
cs-progress finish R20261030-0001 R20261030-0002 R20261030-0003 R20261030-0004 \
  --as li.qiang --set result='修复完毕，试用正常' --evidence signature.owner,signer=业主
at '2026-10-30 17:40'
cs-intake -q --csv slips-30-yunqi.csv --source slips --as zhou.ting
at '2026-10-30 17:50'
cs-progress finish R20261030-0005 R20261030-0007 R20261030-0008 \
  --as sun.wei --set result='修复完毕，试用正常' --evidence signature.owner,signer=客户本人
at '2026-10-30 19:00'
calls chen.jie <calls-30-cuihu.txt
calls wu.lan <calls-30-yunqi.txt
at '2026-10-30 20:00'
cs-list --kind request --state finished --unit cuihu | cs-progress close -q --as lin.mei - | wc -l
cs-list --kind request --state finished --unit yunqi | cs-progress close -q --as zhou.ting - | wc -l
forums 2026-10-30 <forums.txt
at '2026-10-31 00:30'
cs-escalate

# 31 October. The last day leaves work for the next month.
at '2026-10-31 17:40'
cs-intake -q --csv slips-31-cuihu.csv --source slips --as lin.mei
at '2026-10-31 17:50'
cs-progress finish R20261031-0001 R20261031-0003 \
  --as wang.jun --set result='修复完毕，试用正常' --evidence signature.owner,signer=客户本人
cs-progress finish R20261031-0004 \
  --as gao.lei --set result='已到场处理，恢复正常' --evidence signature.owner,signer=客户本人
at '2026-10-31 19:00'
calls chen.jie <calls-31-cuihu.txt
at '2026-10-31 19:40'
cs-intake --kind request --channel phone --category eng.heating --as lin.mei \
  --subject '暖气不热' --body '试供暖，北卧不热' \
  --customer 于文博 --phone 13926015206 --premises 7-1-403 --unit cuihu.north
cs-dispatch R20261031-0006 --as lin.mei
at '2026-10-31 20:00'
cs-report daily 2026-10-31 -f table
forums 2026-10-31 <forums.txt
at '2026-11-01 00:30'
cs-escalate
cs-notify send -f jsonl --command 'cat >>notices.txt' | wc -l

# 1 November: the samples of the month. The seed is given, as an auditor would throw dice; who draws again draws the same.
at '2026-11-01 09:00'
cs-sample draw kpi_complaint 2026-10 --seed 20261101 --as shen.jing -f table
cs-sample draw kpi_request 2026-10 --seed 20261101 --as shen.jing | wc -l
cs-sample draw kpi_request 2026-10 --as shen.jing   # ends with 1
cs-sample verify kpi_request 2026-10
cs-list --kind request --closed 2026-10 | cs-sample draw --percent 5 --per unit --seed 20261101 --as shen.jing - | cs-callback plan --as chen.jie --purpose spot - | wc -l
cs-sample list -f table
at '2026-11-01 10:30'
cs-callback due --purpose spot --unit cuihu | cut -f1,2,13 |
  while read -r ref n ask; do
    set --; for question in $ask; do set -- "$@" --answer "$question=yes"; done
    cs-callback record -q --as chen.jie --outcome reached --score $((4 + n % 2)) "$@" "$ref/$n" </dev/null
  done | wc -l
cs-callback due --purpose spot --unit yunqi | cut -f1,2,13 |
  while read -r ref n ask; do
    set --; for question in $ask; do set -- "$@" --answer "$question=yes"; done
    cs-callback record -q --as wu.lan --outcome reached --score $((4 + n % 2)) "$@" "$ref/$n" </dev/null
  done | wc -l

# 2 November: the month's figures, closed so that nobody argues about them later.
at '2026-11-02 09:00'
cs-report overdue -f table
cs-report indicators 2026-10 -f table
cs-report monthly 2026-10 --close -q >monthly.txt
cs-report indicators 2026-10 --close -q >indicators.txt
cs-report monthly 2026-10 -f csv >2026-10.csv
cs-list --opened 2026-10 -f csv >tickets-2026-10.csv; wc -l <tickets-2026-10.csv
cs-notify list | wc -l
# What goes on the notice board: what the project head approved, word for word, with everything personal blacked out.
cs-progress compile C20261016-0002 --as fang.min   # ends with 1
cs-progress compile C20261016-0002 --as fang.min --set common=yes \
  --set notice_text='2-1-602 李女士（13926010137）反映遛狗不牵绳：已逐户劝导，张贴养犬公约'
cs-show --form publication C20261016-0002
cs-progress compile S20261005-0001 --as fang.min --set public=yes --set notice_text='中心草坪明年春季补植，欢迎提出树种'
cs-progress publish C20261026-0003 C20261016-0002 S20261005-0001 --as ma.chao --set notice_area=project --set notice_by=board   # ends with 1
cs-progress withhold C20261021-0001 S20261012-0001 --as ma.chao --note '涉及个别住户，不公示'
cs-report publication 2026-10 --unit cuihu --close -q | cut -f 1,4,5,8
cs-duty done cuihu publish --as ma.chao --period 2026-10
cs-report cases 2026-10 -f table
cs-customer show 12 -f table
cs-customer find 13926011507 -f table
cs-customer erase --reason request 60
cs-check -f table
cs-backup october.db
cs-check -d october.db
cs-report monthly 2026-10 -f table
