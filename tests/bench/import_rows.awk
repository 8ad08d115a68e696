# awk -v n=N -f import_rows.awk: N requests of a year at 20 projects, one customer in 25 rows, in the order of their
# time, as a CSV file with the standard headings.
BEGIN {
	split("eng.leak eng.water env.cleaning svc.fees safe.parking", category, " ")
	print "source_key,kind,channel,category,subject,body,customer,phone,premises,unit,opened_at"
	for (i = 0; i < n; i++) {
		day = int(i * 336 / n)
		who = i * 7919 % (n / 25 < 1 ? 1 : int(n / 25))
		printf "K%d,request,phone,%s,灯不亮 %d,三楼楼道灯不亮，请派人来看 %d,住户%d,139%08d,%d-%d-%d,p%d,2025-%02d-%02d %02d:%02d\n", \
			i, category[i % 5 + 1], i, i, who, who, who % 50 + 1, who % 3 + 1, who % 40 * 100 + 101, who % 20 + 1, \
			int(day / 28) + 1, day % 28 + 1, int(i * 8064 / n) % 24, int(i * 483840 / n) % 60
	}
}
