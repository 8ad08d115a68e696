/* Where somebody lives: buildings, units, rooms, villas, shops, parking spaces, house numbers. */
#include <string.h>

#include "domain/redact_scan.h"

/* Units of measure and other words that make a number something else than a room. */
static bool is_measure(const struct cs_scan *s, size_t i)
{
	static const char han[] =
		"元 块 角 分 万 千 百 十 次 天 日 月 年 周 个 人 户 名 位 条 件 张 台 部 辆 米 平 度 % 路 "
		"小时 时 秒 点 公里 公斤 斤 克 升 吨 伏 瓦 页 项 起 家 根 把 套 盏 只 组 间 层 楼 级 星 期 "
		"届 版 ￥ $ ℃ ";
	static const char latin[] = "kw kva v w a kg km cm mm m ml db mpa yuan l t g ";
	size_t k = cs_scan_blanks(s, i), n = cs_scan_word(s, k, latin);

	return cs_scan_word(s, k, han) > 0 || (n && !cs_glyph_is_word(s, k + n));
}

/* Longer than what any building or room is called: nobody reads on, or a text of digits alone would take for ever. */
enum { LONG = 16 };

/* --- numbers --------------------------------------------------------------------------------- */

/* 3, 12, 12a, 三, 十二, a: a building, unit or room as it is called. Where it ends; 0 none. */
static size_t read_number(const struct cs_scan *s, size_t i, size_t longest)
{
	size_t n = 0;

	if (cs_glyph_is_arabic(s, i)) {
		while (n < LONG && cs_glyph_is_arabic(s, i + n))
			n++;
		if (n <= longest && cs_glyph_is_latin(cs_glyph_at(s, i + n)) &&
		    !cs_glyph_is_latin(cs_glyph_at(s, i + n + 1)))
			n++;
		for (size_t k = n; cs_glyph_is_arabic(s, i + n) && n - k < 3;) /* 12A03 */
			n++;
		return n <= longest + 3 && !cs_glyph_is_word(s, i + n) ? i + n : 0;
	}
	while (n < LONG && i + n < s->n &&
	       ((s->g[i + n].digit >= 0 && !cs_glyph_is_arabic(s, i + n)) || cs_scan_word(s, i + n, "十 百 廿 ")))
		n++;
	if (n > 0)
		return n <= longest + 1 ? i + n : 0;
	return cs_glyph_is_latin(cs_glyph_at(s, i)) && !cs_glyph_is_latin(cs_glyph_at(s, i + 1)) ? i + 1 : 0;
}

static size_t digits_at(const struct cs_scan *s, size_t i)
{
	size_t n = 0;

	while (n < LONG && cs_glyph_is_arabic(s, i + n))
		n++;
	return n;
}

/* A number neither goes on before nor is part of one with a point or a word of letters. */
static bool begins_here(const struct cs_scan *s, size_t i)
{
	if (i == 0)
		return true;
	if (cs_glyph_is_word(s, i - 1) && (cs_glyph_is_word(s, i) || s->g[i].digit >= 0))
		return false;
	if (s->g[i].digit >= 0 && s->g[i - 1].digit >= 0)
		return false;
	if (s->g[i].digit >= 0 && cs_scan_word(s, i - 1, "十 百 千 万 第 "))
		return false;
	return !(cs_glyph_is_arabic(s, i) && i > 1 &&
		 (s->g[i - 1].cp == '.' || s->g[i - 1].cp == '-' || s->g[i - 1].cp == '/') &&
		 cs_glyph_is_word(s, i - 2));
}

static size_t skip_joint(const struct cs_scan *s, size_t i)
{
	i = cs_scan_blanks(s, i);
	if (cs_glyph_at(s, i) == '-' || cs_glyph_at(s, i) == ',' || cs_glyph_at(s, i) == '/')
		i = cs_scan_blanks(s, i + 1);
	return i;
}

/* --- 3栋2单元501室 --------------------------------------------------------------------------- */

#define BUILDING "栋 幢 座 号楼 #楼 # 号院 "
#define UNIT     "单元 门洞 梯 门 "
#define FLOOR    "层 楼 "
#define ROOM     "室 房 号房 号室 户 "

/* Number and one of the words: where they end; 0 no. */
static size_t read_part(const struct cs_scan *s, size_t i, size_t longest, const char *words)
{
	size_t end = read_number(s, i, longest), word;

	if (!end)
		return 0;
	end = cs_scan_blanks(s, end);
	word = cs_scan_word(s, end, words);
	return word ? end + word : 0;
}

/* A room number without a word, behind a building or unit. */
static size_t read_bare_room(const struct cs_scan *s, size_t i)
{
	size_t end = read_number(s, i, 4), k;

	if (!end || end - i < 3 || (cs_glyph_is_latin(cs_glyph_at(s, i)) && end - i < 2))
		return 0;
	k = cs_scan_blanks(s, end);
	if (cs_scan_word(s, k, "室 房 号 户 "))
		return k + 1;
	return cs_scan_word(s, k, "元 人 平 米 % 个 ") ? 0 : end; /* 3栋501张贴: a room all the same */
}

/* Whatever of unit, floor and room follows a building. */
static size_t read_rest(const struct cs_scan *s, size_t i)
{
	static const struct {
		size_t longest;
		const char *words;
	} parts[] = {{2, UNIT}, {2, FLOOR}, {4, ROOM}};
	size_t end = i;

	for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
		size_t next = read_part(s, skip_joint(s, end), parts[p].longest, parts[p].words);

		end = next ? next : end;
	}
	if (!cs_scan_word_before(s, end, ROOM)) {
		size_t next = read_bare_room(s, skip_joint(s, end));

		end = next ? next : end;
	}
	if (cs_scan_word_before(s, end, FLOOR)) { /* 12层03 */
		size_t at = skip_joint(s, end), n = digits_at(s, at), word = cs_scan_word(s, at + n, "室 房 户 号 ");

		if (n == 2 && s->g[at].digit == 0 && !cs_glyph_is_word(s, at + n) && cs_glyph_at(s, at + n) != ':')
			end = at + n + word;
	}
	return end;
}

static bool is_common(const struct cs_scan *s, size_t end)
{
	return cs_scan_word(s, end, "电梯 线 门岗 岗 口 机房 泵 井 表 台 文 令 车 机 桩 灯 ") > 0;
}

static size_t read_building(const struct cs_scan *s, size_t i)
{
	size_t end = read_part(s, i, 3, BUILDING);

	if (!end || !begins_here(s, i))
		return 0;
	if (cs_scan_word_before(s, end, "座 ") && cs_scan_word(s, end, "椅 位 城 谈 机 右 ") > 0)
		return 0;
	if (cs_scan_word_before(s, end, "# ") && read_rest(s, end) == end)
		return is_common(s, end) || cs_scan_word(s, cs_scan_blanks(s, end), "楼 ") == 0 ? 0 : end;
	return read_rest(s, end);
}

/* 2单元, 2单元501; 501室. */
static size_t read_unit(const struct cs_scan *s, size_t i)
{
	size_t end = begins_here(s, i) ? read_part(s, i, 2, "单元 门洞 ") : 0;

	return end ? read_rest(s, end) : 0;
}

/* 301/302室: behind another room too. */
static bool begins_room(const struct cs_scan *s, size_t i)
{
	size_t n = 0;

	if (i > 0 && s->g[i - 1].cp == '/')
		while (n < LONG && n + 1 < i && cs_glyph_is_arabic(s, i - 2 - n))
			n++;
	return n == 3 || n == 4 || begins_here(s, i);
}

static size_t read_room(const struct cs_scan *s, size_t i)
{
	size_t end = begins_room(s, i) ? read_part(s, i, 4, "室 房间 房 号房 户室 ") : 0, digits = 0;

	while (digits < LONG && i + digits < s->n &&
	       (s->g[i + digits].digit >= 0 || cs_glyph_is_latin(s->g[i + digits].cp)))
		digits++;
	return end && digits >= 3 && !cs_scan_word(s, end, "厅 东 价 间 产 屋 贷 源 ") ? end : 0;
}

/* --- 3-2-501 --------------------------------------------------------------------------------- */

/* A letter may close a part: 12-1203A, 3A-501. */
static size_t part_at(const struct cs_scan *s, size_t i)
{
	size_t n = digits_at(s, i);

	return n && cs_glyph_is_latin(cs_glyph_at(s, i + n)) && !cs_glyph_is_word(s, i + n + 1) ? n + 1 : n;
}

static bool dash_at(const struct cs_scan *s, size_t i, size_t *next)
{
	size_t k = cs_scan_blanks(s, i);

	if (cs_glyph_at(s, k) != '-' && cs_glyph_at(s, k) != '#')
		return false;
	k++;
	*next = cs_scan_blanks(s, cs_glyph_at(s, k) == '-' ? k + 1 : k);
	return *next - i <= 4;
}

static size_t read_dashes(const struct cs_scan *s, size_t i)
{
	size_t a = part_at(s, i), b, c, second, third;
	bool capital = cs_glyph_is_latin(cs_glyph_at(s, i)) && !cs_glyph_is_latin(cs_glyph_at(s, i + 1));

	if (!a && capital) /* A-12-03, B-501 */
		a = 1 + digits_at(s, i + 1);
	if (!a || a > 3 || !begins_here(s, i) || !dash_at(s, i + a, &second))
		return 0;
	b = part_at(s, second);
	if (b >= 1 && b <= 2 && dash_at(s, second + b, &third)) {
		c = part_at(s, third);
		if (c >= (capital ? 2 : 3) && c <= 5 && !cs_glyph_is_word(s, third + c) &&
		    cs_glyph_at(s, third + c) != '-')
			return third + c + cs_scan_word(s, third + c, "室 房 号 ");
	}
	if (a > 2 || b < 3 || b > 5 || cs_glyph_is_word(s, second + b) || cs_glyph_at(s, second + b) == '-')
		return 0;
	if (is_measure(s, second + b) || (cs_glyph_at(s, second + b) == '.' && cs_glyph_is_word(s, second + b + 1)))
		return 0;
	return second + b + cs_scan_word(s, second + b, "室 房 号 ");
}

/* 12A03: building or floor, letter, room; B302. */
static size_t read_joined(const struct cs_scan *s, size_t i)
{
	size_t a = digits_at(s, i), b;
	uint32_t letter = cs_glyph_at(s, i + a);

	if (!begins_here(s, i) || a > 2 || letter < 'a' || letter > (a ? 'h' : 'd'))
		return 0;
	b = digits_at(s, i + a + 1);
	if (cs_glyph_is_word(s, i + a + 1 + b) || (a ? b < 2 || b > 4 : b < 3 || b > 4))
		return 0;
	return is_measure(s, i + a + 1 + b) ? 0 : i + a + 1 + b + cs_scan_word(s, i + a + 1 + b, "室 房 号 车位 ");
}

/* --- by what stands around it ---------------------------------------------------------------- */

/* 501业主, 楼上601, 家住1203. */
static size_t read_called(const struct cs_scan *s, size_t i)
{
	size_t n = digits_at(s, i), after;
	bool lives = cs_scan_word_before(s, i, "楼上 楼下 隔壁 对门 对面 家住 住在 我家 他家 她家 住 邻居 ") > 0;

	if (n < 3 || n > 4 || !begins_here(s, i))
		return 0;
	n += cs_glyph_is_latin(cs_glyph_at(s, i + n)) && !cs_glyph_is_word(s, i + n + 1);
	if (cs_glyph_is_word(s, i + n))
		return 0;
	after = cs_scan_blanks(s, i + n);
	after += cs_scan_word(s, after, "的 号 ");
	if (cs_scan_word(s, after, "业主 住户 租户 邻居 房主 户主 家的 家里 家漏 "))
		return i + n;
	return lives && !is_measure(s, i + n) ? i + n + cs_scan_word(s, i + n, "室 号 ") : 0;
}

/* 别墅8号, 12号商铺, B123车位, 车位B123. */
static size_t read_place(const struct cs_scan *s, size_t i)
{
	static const char words[] = "别墅 商铺 铺位 车位 联排 ";
	size_t letter = cs_glyph_is_latin(cs_glyph_at(s, i)), n = digits_at(s, i + letter), end = i + letter + n, word;

	if (!n || n > 4 || !begins_here(s, i) || cs_glyph_is_word(s, end))
		return 0;
	word = cs_scan_word(s, end, "号 ");
	if ((letter || word) && cs_scan_word(s, end + word, words))
		return end + word + cs_scan_word(s, end + word, words);
	return cs_scan_word_before(s, i, words) && !is_measure(s, end) ? end + word : 0;
}

/* 中山路18号: the number is the house's. */
static size_t read_street(const struct cs_scan *s, size_t i)
{
	size_t n = digits_at(s, i), end = i + n + cs_scan_word(s, i + n, "号 弄 ");

	if (!n || n > 4 || end == i + n || !begins_here(s, i) ||
	    !cs_scan_word_before(s, i, "路 街 大道 巷 胡同 弄 里 ") || cs_scan_word(s, end, "线 门岗 口 岗 车 灯 "))
		return 0;
	n = digits_at(s, end);
	if (n && cs_scan_word(s, end + n, "号 室 "))
		end += n + 1;
	return end;
}

/* --- room 501, building 3 -------------------------------------------------------------------- */

static size_t read_english(const struct cs_scan *s, size_t i)
{
	size_t n = cs_scan_word(s, i, "room rm flat apt apartment suite unit house villa shop "), k, length = 0,
	       digits = 0;
	bool building = false;

	if (!n) {
		n = cs_scan_word(s, i, "building bldg block blk tower ");
		building = n > 0;
	}
	if (!n || (i > 0 && cs_glyph_is_word(s, i - 1)) || cs_glyph_is_latin(cs_glyph_at(s, i + n)) ||
	    cs_scan_word_before(s, i, "are\xC2\xA0 "))
		return 0;
	k = i + n + (cs_glyph_at(s, i + n) == '.');
	k = cs_scan_blanks(s, k);
	k += cs_scan_word(s, k, "no. no number # : ");
	k = cs_scan_blanks(s, k);
	for (; cs_glyph_is_word(s, k + length) ||
	       (cs_glyph_at(s, k + length) == '-' && cs_glyph_is_word(s, k + length + 1));
	     length++)
		digits += cs_glyph_is_arabic(s, k + length);
	if (length == 0 || length > 8)
		return 0;
	if (digits ? digits > 5 || length - digits > 3 : !(length == 1 && building && s->g[k].is_capital))
		return 0;
	return cs_scan_word(s, cs_scan_blanks(s, k + length),
			    "% hours days minutes people owners times yuan units flats ")
		       ? 0
		       : k + length;
}

/* No. 7 villa. */
static size_t read_numbered(const struct cs_scan *s, size_t i)
{
	size_t n = cs_scan_word(s, i, "no. no number "), k, digits, word;

	if (!n || (i > 0 && cs_glyph_is_word(s, i - 1)))
		return 0;
	k = cs_scan_blanks(s, i + n);
	digits = digits_at(s, k);
	if (!digits || digits > 4)
		return 0;
	k = cs_scan_blanks(s, k + digits);
	word = cs_scan_word(s, k, "villa house building block flat apartment shop ");
	return word && !cs_glyph_is_latin(cs_glyph_at(s, k + word)) ? k + word : 0;
}

/* #501: a number after the sign, of a room's length. */
static size_t read_sign(const struct cs_scan *s, size_t i)
{
	size_t n;

	if (cs_glyph_at(s, i) != '#' || (i > 0 && cs_glyph_is_word(s, i - 1)))
		return 0;
	n = digits_at(s, i + 1);
	n += n && cs_glyph_is_latin(cs_glyph_at(s, i + 1 + n));
	return n >= 3 && n <= 5 && !cs_glyph_is_word(s, i + 1 + n) ? i + 1 + n : 0;
}

void cs_scan_premises(struct cs_scan *s)
{
	static size_t (*const readers[])(const struct cs_scan *s, size_t i) = {
		read_building, read_unit,   read_room,    read_dashes, read_joined,   read_called,
		read_place,    read_street, read_english, read_sign,   read_numbered,
	};

	for (size_t i = 0; i < s->n; i++) {
		size_t best = 0;

		for (size_t r = 0; r < sizeof readers / sizeof *readers; r++) {
			size_t end = readers[r](s, i);

			best = end > best ? end : best;
		}
		if (best > i)
			cs_scan_mark(s, CS_REDACT_PREMISES, i, best);
	}
}

/* The last part of an address such as 3-2-501; of three characters and more, or every 12 would go. */
void cs_scan_known_room(struct cs_scan *s, const char *address)
{
	struct cs_scan known;
	size_t from;

	cs_scan_read(&known, address, s->arena);
	while (known.n && !cs_glyph_is_word(&known, known.n - 1))
		known.n--;
	for (from = known.n; from > 0 && cs_glyph_is_word(&known, from - 1);)
		from--;
	for (size_t i = 0; known.n - from >= 3 && i + (known.n - from) <= s->n; i++) {
		size_t n = 0, end;

		while (from + n < known.n && s->g[i + n].cp == known.g[from + n].cp)
			n++;
		end = i + n;
		if (from + n == known.n && begins_here(s, i) && !cs_glyph_is_word(s, end) &&
		    cs_glyph_at(s, end) != '-' && cs_glyph_at(s, end) != ':' && !is_measure(s, end))
			cs_scan_mark(s, CS_REDACT_PREMISES, i, end + cs_scan_word(s, end, "室 号 "));
	}
}

/* The numbers of a known address, with the words for building, unit, floor and room between them. */
void cs_scan_known_parts(struct cs_scan *s, const char *address)
{
	static const char between[] = "号楼 单元 门洞 栋 幢 座 楼 梯 门 层 号 # - ";
	struct cs_scan known;

	cs_scan_read(&known, address, s->arena);
	for (size_t i = 0; i < s->n; i++) {
		size_t at = i, parts = 0, k = 0;

		if (!cs_glyph_is_arabic(s, i) || !begins_here(s, i))
			continue;
		while (k < known.n && cs_glyph_is_arabic(&known, k)) {
			size_t n = digits_at(&known, k), word;

			if (digits_at(s, at) != n || cs_glyph_is_word(&known, k + n))
				break;
			for (size_t d = 0; d < n && k < known.n; d++, k++, at++)
				if (s->g[at].cp != known.g[k].cp)
					k = known.n + 1;
			parts++;
			while (k < known.n && !cs_glyph_is_word(&known, k))
				k++;
			if (k >= known.n)
				break;
			word = cs_scan_word(s, cs_scan_blanks(s, at), between);
			at = word ? cs_scan_blanks(s, cs_scan_blanks(s, at) + word) : s->n;
		}
		if (k == known.n && parts >= 2 && !cs_glyph_is_word(s, at))
			cs_scan_mark(s, CS_REDACT_PREMISES, i, at + cs_scan_word(s, at, "室 号 户 房间 房 "));
	}
}

/* --- rooms beside rooms ---------------------------------------------------------------------- */

#define LISTED "、 / 和 与 及 以及 跟 "
#define LEAKED "漏到 漏至 渗到 渗至 滴到 流到 漏水到 渗水到 漏水至 渗水至 "

/* A number of a room's length that nothing makes something else: where it ends; 0 no. */
static size_t read_listed(const struct cs_scan *s, size_t i)
{
	size_t n = digits_at(s, i), end = i + n;

	if (n < 3 || n > 4)
		return 0;
	end += cs_glyph_is_latin(cs_glyph_at(s, end)) && !cs_glyph_is_word(s, end + 1);
	if (cs_glyph_is_word(s, end) || cs_glyph_at(s, end) == '-' || cs_glyph_at(s, end) == ':' || is_measure(s, end))
		return 0;
	return end + cs_scan_word(s, end, "室 号 ");
}

/* It ends with the number of a room, a word for it perhaps behind. */
static bool is_room(const struct cs_scan *s, const struct cs_span_found *f)
{
	size_t to = f->to, n = 0;

	while (to > f->from && !cs_glyph_is_arabic(s, to - 1) && f->to - to < 3)
		to--;
	while (to - n > f->from && cs_glyph_is_arabic(s, to - 1 - n))
		n++;
	return n >= 3;
}

/* seen: glyphs at which something that was found begins. */
static void mark_once(struct cs_scan *s, bool *seen, size_t from, size_t to)
{
	if (!seen[from])
		cs_scan_mark(s, CS_REDACT_PREMISES, from, to);
	seen[from] = true;
}

void cs_scan_rooms_listed(struct cs_scan *s)
{
	bool *seen = cs_arena_alloc(s->arena, s->n + 1);

	memset(seen, 0, s->n + 1);
	for (size_t i = 0; i < s->count; i++)
		seen[s->found[i].from] = true;
	for (size_t i = 0; i < s->count; i++) { /* what is marked here is looked at too */
		const struct cs_span_found f = s->found[i];
		size_t word, end, n = 0;

		if (f.kind != CS_REDACT_PREMISES || !is_room(s, &f))
			continue;
		word = cs_scan_word(s, f.to, LISTED LEAKED);
		end = word ? read_listed(s, f.to + word) : 0;
		if (end)
			mark_once(s, seen, f.to + word, end);
		word = cs_scan_word_before(s, f.from, LISTED);
		while (word && n < LONG && n + word < f.from && cs_glyph_is_arabic(s, f.from - word - 1 - n))
			n++;
		if (n >= 3 && n <= 4 && begins_here(s, f.from - word - n))
			mark_once(s, seen, f.from - word - n, f.from - word);
	}
}
