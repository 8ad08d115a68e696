# awk -v n=N -f similar_rows.awk: N complaints at 20 projects in 34 categories, one every 29 seconds, in the order of their
# time, as a CSV file with the standard headings. A customer complains four times or so; each twentieth complaint is of a
# customer who says again, a little shorter, what he said within the last 10,000.
function pick(list, count) {
	seed = (seed * 69069 + 12345) % 4294967296
	return list[int(seed / 65536) % count + 1]
}
BEGIN {
	seed = 20261121
	kinds = split("dev.handover dev.quality eng.door eng.drain eng.heating eng.leak eng.lift eng.light eng.power eng.structure " \
		"eng.water env.cleaning env.green env.pests env.waste oth.municipal oth.traffic owner.common owner.noise owner.pets " \
		"safe.access safe.fire safe.parking safe.theft svc.events svc.fees svc.manner svc.moving svc.papers dev eng env safe svc", \
		category, " ")
	things = split("楼道灯 电梯 垃圾房 地下车库 东门岗亭 健身器材 儿童滑梯 绿化带 消防通道 单元门禁 水景池 快递柜 充电桩 排水沟 外墙砖 " \
		"屋顶防水 供暖管道 自来水 天然气表 监控探头 广场舞 装修队 早餐摊 搅拌站 网吧 停车位 道闸 收费员 保洁员 公告栏", thing, " ")
	troubles = split("坏了没人修 噪音扰民 气味难闻 漏水严重 被人占用 收费不合理 存在安全隐患 经常停用 无人管理 态度恶劣 反复出现 " \
		"影响休息 堵塞多日 没有照明 乱堆杂物 拖延不办 与承诺不符 多次反映无果", trouble, " ")
	tales = split("已经持续两个星期 老人孩子出行不便 晚上根本睡不着 打电话一直没人接 物业说要等通知 请尽快安排人员处理 上个月也反映过一次 " \
		"邻居们都有意见 下雨天更加严重 希望给出书面答复 差点摔倒受伤 家里墙面已经发霉 周末也不停工 车辆无法通行 要求减免费用 " \
		"孩子明年要高考 已经拍了照片 之前承诺月底解决", tale, " ")
	# Names of shops, people, dates, what makes each tale its own: words of two characters, 3,600 of them.
	firsts = split("东 西 南 北 上 下 前 后 左 右 春 夏 秋 冬 早 晚 金 木 水 火 土 风 云 雨 雪 山 河 湖 海 江 林 花 草 石 田 红 黄 蓝 绿 白 " \
		"黑 大 小 高 低 长 短 新 旧 明 暗 清 安 平 福 康 乐 和 兴 泰", first, " ")
	seconds = split("店 家 厂 桥 路 街 巷 楼 亭 院 校 站 园 场 市 庙 塔 台 坡 井 铺 馆 行 社 村 镇 港 码 城 门 窗 墙 柜 箱 车 船 灯 桌 椅 床 " \
		"书 笔 纸 画 琴 鼓 钟 表 刀 剪 布 衣 帽 鞋 伞 扇 杯 盘 碗 筷", second, " ")
	people = int(n / 4) + 1
	print "source_key,kind,channel,category,subject,body,customer,phone,premises,unit,opened_at"
	for (i = 0; i < n; i++) {
		who = int(i * 7919 % people)
		what = pick(thing, things)
		how = pick(trouble, troubles)
		body = pick(tale, tales)
		for (k = 0; k < 8; k++)
			body = body (k % 2 ? "" : "，") pick(first, firsts) pick(second, seconds)
		kind = pick(category, kinds)
		if (i % 20 == 3)
			said[int(i / 20)] = who "|" what "|" how "|" body "|" kind
		if (i % 20 == 19) {
			seed = (seed * 69069 + 12345) % 4294967296
			split(said[int(i / 20) - int(seed / 65536) % (int(i / 20) < 500 ? int(i / 20) + 1 : 500)], old, "|")
			who = old[1]; what = old[2]; how = ""; body = old[4]; kind = old[5]
		}
		t = i * 29
		day = int(t / 86400)
		printf "K%d,complaint,phone,%s,%s%s,%s%s，%s,住户%d,139%08d,%d-%d-%d,p%d,2025-%02d-%02d %02d:%02d:%02d\n", i, kind, what, how, \
			what, how, body, who, who, who % 97 + 1, who % 7 + 1, who % 409 + 101, who % 20 + 1, int(day / 28) + 1, \
			day % 28 + 1, int(t / 3600) % 24, int(t / 60) % 60, t % 60
	}
}
