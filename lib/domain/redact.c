/* Redaction: reading a text, the parties, and putting it together again. */
#include "domain/redact.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "domain/redact_scan.h"

const char *cs_redact_word(enum cs_redact_kind kind)
{
	static const char *const words[] = {"party", "phone", "identity", "plate", "account", "premises", "email"};

	return words[kind];
}

/* --- names ----------------------------------------------------------------------------------- */

#define TITLES "先生 女士 小姐 太太 阿姨 大爷 大妈 大叔 大姐 大哥 叔叔 奶奶 爷爷 老师 老先生 老太太 夫人 某某 某 "
/* Said of one who is known only; of anybody else they are as often one of the staff. */
#define MORE_TITLES TITLES "总 师傅 业主 姐 哥 姨 嫂 氏 ** * xx x ×× × "
#define COMPOUND \
	"欧阳 司马 上官 诸葛 司徒 东方 皇甫 尉迟 公孙 慕容 令狐 夏侯 长孙 宇文 " \
	"端木 百里 南宫 申屠 独孤 司空 轩辕 太史 闻人 澹台 "
#define SURNAMES \
	"王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 高 林 罗 郑 梁 谢 宋 唐 许 韩 冯 邓 曹 彭 曾 肖 " \
	"田 董 袁 潘 于 蒋 蔡 余 杜 叶 程 苏 魏 吕 丁 任 沈 姚 卢 姜 崔 钟 谭 陆 汪 范 金 石 廖 贾 夏 韦 付 " \
	"方 白 邹 孟 熊 秦 邱 江 尹 薛 闫 段 雷 侯 龙 史 陶 黎 贺 顾 毛 郝 龚 邵 万 钱 严 覃 武 戴 莫 孔 汤 " \
	"康 易 乔 赖 庞 樊 兰 殷 施 洪 翟 安 颜 倪 牛 温 芦 季 俞 章 鲁 葛 伍 申 尤 毕 聂 柴 焦 柳 邢 岳 齐 " \
	"梅 庄 辛 管 祝 左 涂 谷 祁 舒 耿 牟 卜 詹 关 苗 凌 费 纪 靳 盛 童 欧 甄 项 曲 游 裴 席 卫 查 屈 " \
	"鲍 覃 霍 翁 隋 植 甘 景 薄 单 包 司 柏 宁 柯 阮 桂 闵 丛 华 车 冉 房 边 辜 吉 饶 刁 瞿 戚 " \
	"丘 古 米 池 滕 晋 苑 邬 臧 畅 宫 嵺 苟 全 褚 廉 简 娄 盖 符 奚 木 穆 党 燕 郎 邸 冀 谈 姬 屠 连 " \
	"郜 晏 栾 郁 商 蒙 计 喻 揭 窦 迟 宇 敖 糜 鄢 冷 卓 花 仇 艾 蓝 巩 稽 井 练 仲 乐 虞 卞 封 竺 冼 " \
	"原 官 衣 楚 佟 栗 匡 宗 巫 鞠 僧 桑 荆 谌 银 扬 明 沙 薄 伏 岑 习 胥 蔺 "
/* With these words before it, a surname is none: 关于先生, 对于女士. */
#define NOT_SURNAME_AFTER "关于 对于 由于 属于 至于 基于 等于 各位 诸位 单位 几位 那位 这位 两位 一位 "

static bool is_joint(uint32_t cp)
{
	return cp == ' ' || cp == 0x00B7 || cp == 0x2022 || cp == 0x30FB || cp == 0x2027;
}

/* The name's characters from `at` on, blanks between them allowed, stand at i: where they end, 0 no. */
static size_t spaced(const struct cs_scan *s, size_t i, const struct cs_scan *name, size_t at, size_t to)
{
	for (size_t k = at; k < to; k++) {
		if (is_joint(name->g[k].cp))
			continue;
		while (k > at && is_joint(cs_glyph_at(s, i)))
			i++;
		if (cs_glyph_at(s, i) != name->g[k].cp)
			return 0;
		i++;
	}
	return i;
}

/* A word of letters neither begins nor ends inside another. */
static bool stands_alone(const struct cs_scan *s, size_t from, size_t to)
{
	return !(cs_glyph_is_word(s, from) && from > 0 && cs_glyph_is_word(s, from - 1)) &&
	       !(cs_glyph_is_word(s, to - 1) && cs_glyph_is_word(s, to));
}

static void mark_all(struct cs_scan *s, const struct cs_scan *name, size_t at, size_t to)
{
	for (size_t i = 0; i < s->n; i++) {
		size_t end = spaced(s, i, name, at, to);

		if (end && stands_alone(s, i, end))
			cs_scan_mark(s, CS_REDACT_PARTY, i, end);
	}
}

/* Surname and title; 小张, 老张; 姓张的. */
static void mark_surname(struct cs_scan *s, const struct cs_scan *name, size_t surname)
{
	for (size_t i = 0; i < s->n; i++) {
		size_t end = spaced(s, i, name, 0, surname), title;
		size_t before = i > 0 ? cs_scan_word_before(s, i, "小 老 阿 ") : 0;

		if (!end)
			continue;
		title = cs_scan_word(s, cs_scan_blanks(s, end), MORE_TITLES);
		if (title)
			cs_scan_mark(s, CS_REDACT_PARTY, i - before, cs_scan_blanks(s, end) + title);
		else if (i > 0 && cs_scan_word_before(s, i, "姓 "))
			cs_scan_mark(s, CS_REDACT_PARTY, i - 1, end);
		else if (before && !cs_scan_word(s, i, "区 时 于 路 麦 米 年 学 "))
			cs_scan_mark(s, CS_REDACT_PARTY, i - before, end);
	}
}

static size_t surname_length(const struct cs_scan *name)
{
	return cs_scan_word(name, 0, COMPOUND) && name->n > 2 ? 2 : 1;
}

/* A name as people enter it may be 王女士: then the surname is all that is known. */
static void scan_han_name(struct cs_scan *s, struct cs_scan *name)
{
	size_t surname = surname_length(name), length = name->n;

	if (length > surname && cs_scan_word(name, surname, MORE_TITLES) == length - surname)
		name->n = length = surname;
	mark_surname(s, name, surname);
	if (length > surname || length > 1)
		mark_all(s, name, 0, length);
	if (length >= surname + 2)
		mark_all(s, name, surname, length);
}

/* Words of three letters and more, alone; the whole in any case. */
static void scan_latin_name(struct cs_scan *s, const struct cs_scan *name)
{
	size_t from = 0;

	mark_all(s, name, 0, name->n);
	for (size_t i = 0; i <= name->n; i++) {
		if (cs_glyph_is_latin(cs_glyph_at(name, i)))
			continue;
		if (i >= from + 3 && !cs_scan_word(name, from, "mrs miss the and ltd co company "))
			mark_all(s, name, from, i);
		from = i + 1;
	}
}

static void scan_name(struct cs_scan *s, const char *text)
{
	struct cs_scan name;
	size_t n = 0;
	bool han = true;

	cs_scan_read(&name, text, s->arena);
	while (name.n && name.g[name.n - 1].cp == ' ')
		name.n--;
	for (size_t i = 0; i < name.n; i++)
		if (n || name.g[i].cp != ' ')
			name.g[n++] = name.g[i];
	name.n = n;
	for (size_t i = 0; i < n; i++)
		han = han && (cs_glyph_is_han(name.g[i].cp) || is_joint(name.g[i].cp));
	n = 0;
	for (size_t i = 0; han && i < name.n; i++)
		if (!is_joint(name.g[i].cp))
			name.g[n++] = name.g[i];
	name.n = han ? n : name.n;
	if (name.n == 0)
		return;
	if (han)
		scan_han_name(s, &name);
	else if (name.n > 1)
		scan_latin_name(s, &name);
}

/* There are few titles and many surnames: these are looked for first. */
static bool title_follows(const struct cs_scan *s, size_t i)
{
	enum { NAME_MOST = 4 };
	bool follows = false;

	if (!cs_glyph_is_han(s->g[i].cp))
		return false;
	for (size_t k = 1; k <= NAME_MOST && !follows; k++)
		follows = cs_scan_word(s, i + k, TITLES) > 0;
	return follows;
}

/* 李女士 of somebody whom the ticket does not know. */
static void scan_titled(struct cs_scan *s)
{
	for (size_t i = 0; i < s->n; i++) {
		size_t n, title;

		if (!title_follows(s, i))
			continue;
		n = cs_scan_word(s, i, COMPOUND);
		n = n ? n : cs_scan_word(s, i, SURNAMES);
		if (!n || cs_scan_word_before(s, i + n, NOT_SURNAME_AFTER) || cs_scan_word(s, i, NOT_SURNAME_AFTER))
			continue;
		for (size_t given = 0; given <= 2; given++) {
			bool is_name = given == 0 || (cs_glyph_is_han(cs_glyph_at(s, i + n + given - 1)) &&
						      !cs_scan_word(s, i + n, "的 和 与 及 是 "));

			title = cs_scan_word(s, i + n + given, given ? "先生 女士 小姐 太太 " : TITLES);
			if (is_name && title)
				cs_scan_mark(s, CS_REDACT_PARTY, i, i + n + given + title);
		}
	}
}

/* Mr Zhang, Ms. Li Na. */
static void scan_mister(struct cs_scan *s)
{
	for (size_t i = 0; i < s->n; i++) {
		size_t n = cs_scan_word(s, i, "mr mrs ms miss dr mx madam madame mister "), end = i + n, words = 0;

		if (!n || (i > 0 && cs_glyph_is_word(s, i - 1)) || cs_glyph_is_latin(cs_glyph_at(s, end)))
			continue;
		end += cs_glyph_at(s, end) == '.';
		for (size_t k = cs_scan_blanks(s, end); words < 3 && k < s->n && s->g[k].is_capital; words++) {
			while (cs_glyph_is_latin(cs_glyph_at(s, k)) || (cs_glyph_at(s, k) == '-' && words))
				k++;
			end = k;
			k = cs_scan_blanks(s, k);
		}
		if (words)
			cs_scan_mark(s, CS_REDACT_PARTY, i, end);
	}
}

/* --- known numbers and addresses ------------------------------------------------------------- */

static bool is_filler(uint32_t cp)
{
	return cp == ' ' || cp == '-' || cp == '.' || cp == '(' || cp == ')' || cp == '/' || cp == '+' || cp == ',' ||
	       cp == '_';
}

/* The characters that matter of a known text stand in the text, whatever is between them. */
static void scan_known(struct cs_scan *s, const char *text, enum cs_redact_kind kind)
{
	struct cs_scan known;
	size_t n = 0;

	cs_scan_read(&known, text, s->arena);
	for (size_t i = 0; i < known.n; i++)
		if (!is_filler(known.g[i].cp))
			known.g[n++] = known.g[i];
	for (size_t i = 0; n >= 3 && i < s->n; i++) {
		size_t at = i, k = 0;

		while (k < n && at < s->n) {
			if (k && is_filler(s->g[at].cp)) {
				at++;
				continue;
			}
			if (s->g[at].cp != known.g[k].cp && (s->g[at].digit < 0 || s->g[at].digit != known.g[k].digit))
				break;
			at++;
			k++;
		}
		if (k == n && stands_alone(s, i, at))
			cs_scan_mark(s, kind, i, at);
	}
}

/* --- putting it together --------------------------------------------------------------------- */

static int by_place(const void *a, const void *b)
{
	const struct cs_span_found *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return (x->to < y->to) - (x->to > y->to);
}

/* What overlaps is one, of the kind of its longest part. */
static void join(struct cs_scan *s)
{
	size_t n = 0, longest = 0;

	if (s->count)
		qsort(s->found, s->count, sizeof *s->found, by_place);
	for (size_t i = 0; i < s->count; i++) {
		const struct cs_span_found f = s->found[i];

		if (n == 0 || f.from >= s->found[n - 1].to) {
			s->found[n++] = f;
			longest = f.to - f.from;
			continue;
		}
		if (f.to - f.from > longest) {
			longest = f.to - f.from;
			s->found[n - 1].kind = f.kind;
		}
		if (f.to > s->found[n - 1].to)
			s->found[n - 1].to = f.to;
	}
	s->count = n;
}

static void put(const struct cs_scan *s, const char *text, struct cs_redacted *out)
{
	struct cs_buf b = {0};
	size_t at = 0;

	for (size_t i = 0; i < s->count; i++) {
		size_t from = s->g[s->found[i].from].at, to = s->g[s->found[i].to].at;

		cs_buf_add(&b, text + at, from - at);
		cs_buf_puts(&b, CS_REDACT_BLOCK);
		out->item = cs_arena_grow(s->arena, out->item, out->count, &out->size, sizeof *out->item);
		out->item[out->count++] = (struct cs_redact_item){s->found[i].kind, from,
								  cs_arena_strndup(s->arena, text + from, to - from)};
		at = to;
	}
	cs_buf_puts(&b, text + at);
	out->text = cs_arena_strdup(s->arena, cs_buf_str(&b));
	cs_buf_free(&b);
}

void cs_redact(const char *text, const struct cs_redact_known *known, struct cs_arena *a, struct cs_redacted *out)
{
	struct cs_scan s;

	*out = (struct cs_redacted){0};
	cs_scan_read(&s, text, a);
	cs_scan_numbers(&s);
	cs_scan_premises(&s);
	scan_titled(&s);
	scan_mister(&s);
	for (size_t i = 0; i < known->names.count; i++)
		scan_name(&s, known->names.text[i]);
	for (size_t i = 0; i < known->phones.count; i++)
		scan_known(&s, known->phones.text[i], CS_REDACT_PHONE);
	for (size_t i = 0; i < known->premises.count; i++) {
		scan_known(&s, known->premises.text[i], CS_REDACT_PREMISES);
		cs_scan_known_room(&s, known->premises.text[i]);
		cs_scan_known_parts(&s, known->premises.text[i]);
	}
	cs_scan_rooms_listed(&s);
	join(&s);
	put(&s, text, out);
}
