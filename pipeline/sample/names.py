"""Invented names: surnames by their share, given names by generation and sex (domain: 6.3)."""

from __future__ import annotations

from itertools import accumulate

from pipeline.sample.dice import Dice


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_SURNAME_SHARES = {
    "王": 7.3, "李": 7.2, "张": 6.8, "刘": 5.4, "陈": 4.5, "杨": 3.1, "赵": 2.3, "黄": 2.2, "周": 2.1,
    "吴": 2.0, "徐": 1.7, "孙": 1.5, "胡": 1.3, "朱": 1.3, "高": 1.2, "林": 1.2, "何": 1.2, "郭": 1.2,
    "马": 1.2, "罗": 1.0, "梁": 1.0, "宋": 0.9, "郑": 0.9, "谢": 0.8, "韩": 0.8, "唐": 0.7, "冯": 0.7,
    "于": 0.7, "董": 0.6, "萧": 0.3, "肖": 0.4, "程": 0.6, "曹": 0.6, "袁": 0.6, "邓": 0.6, "许": 0.6,
    "傅": 0.4, "付": 0.3, "沈": 0.5, "曾": 0.5, "彭": 0.5, "吕": 0.5, "苏": 0.5, "卢": 0.5, "蒋": 0.5,
    "蔡": 0.5, "贾": 0.4, "丁": 0.4, "魏": 0.5, "薛": 0.4, "叶": 0.4, "阎": 0.2, "闫": 0.4, "余": 0.4,
    "潘": 0.4, "杜": 0.4, "戴": 0.3, "代": 0.2, "夏": 0.4, "钟": 0.4, "汪": 0.4, "田": 0.4, "任": 0.4,
    "姜": 0.4, "范": 0.4, "方": 0.4, "石": 0.3, "姚": 0.3, "谭": 0.3, "廖": 0.3, "邹": 0.3, "熊": 0.3,
    "金": 0.4, "陆": 0.3, "郝": 0.3, "孔": 0.3, "白": 0.3, "崔": 0.4, "康": 0.2, "毛": 0.2, "邱": 0.3,
    "秦": 0.3, "江": 0.3, "史": 0.3, "顾": 0.3, "侯": 0.3, "邵": 0.2, "孟": 0.3, "龙": 0.2, "万": 0.2,
    "段": 0.2, "雷": 0.2, "钱": 0.2, "汤": 0.2, "尹": 0.2, "黎": 0.2, "易": 0.2, "常": 0.2, "武": 0.2,
    "乔": 0.2, "贺": 0.2, "赖": 0.2, "龚": 0.2, "文": 0.2, "仇": 0.1, "解": 0.1, "单": 0.1, "查": 0.1,
    "欧阳": 0.05, "上官": 0.02, "司马": 0.02, "朴": 0.2, "盖": 0.05, "关": 0.2, "佟": 0.1, "那": 0.1,
}  # fmt: skip
_SURNAMES = tuple(_SURNAME_SHARES)
_SURNAME_WEIGHTS = tuple(accumulate(_SURNAME_SHARES.values()))

_COMMON_BOYS = _words(
    "宇航 浩然 俊杰 天宇 博文 子豪 鑫 浩 佳乐 文博 子轩 宇轩 浩宇 一鸣 志远 嘉豪 明轩 家豪 伟 磊"
)
_COMMON_GIRLS = _words(
    "欣怡 佳怡 雨欣 思雨 梦瑶 佳琪 雨涵 婷婷 静 欣悦 诗涵 雨桐 可馨 梓涵 思彤 佳慧 晓雨 雪 丹 心怡"
)
_BOY_FIRST = "宇浩子俊天博文嘉明志家泽建晨逸凯承启睿鸿立云星奕修瑞昊梓景柏"
_BOY_SECOND = "轩航然杰宇文豪乐博鸣远涛鹏飞龙辰阳霖恒川峰毅哲松岩森帆瀚廷安"
_GIRL_FIRST = "欣佳雨思梦诗可梓晓心雅紫静语若依婉慧美海嘉玉清韵芷书艺彤妍慕"
_GIRL_SECOND = "怡欣涵雨瑶琪彤桐馨萱悦婷慧颖琳妍菲洁蕊宁薇岚晴雪莹凝舒璇蓉梅"
_RARE = _words("䶮 龑 頔 燚 堃 珺 玥 喆 翀 煊 祎 昇")
_ELDER_MEN = _words("建国 志强 建军 国强 卫东 永刚 海涛 军 勇 强 明 洪波 立新 春生 德福 长河 树林")
_ELDER_WOMEN = _words("秀英 桂兰 丽华 淑珍 玉兰 红梅 丽 敏 艳 春梅 凤英 秀兰 桂芳 晓红 亚楠 淑华")
_UYGHUR_BOYS = _words("艾力 买买提 阿卜杜拉 吐尔逊 玉素甫 热合曼")
_UYGHUR_GIRLS = _words("阿依古丽 古丽娜尔 热依汗 米热古丽 阿依努尔 迪丽努尔")
_UYGHUR_FATHERS = _words("买买提 吐尔逊 艾山 卡德尔 依明 肉孜 牙生")


def surname(dice: Dice) -> str:
    """Draw a surname by its share in the population."""
    return dice.weighted(_SURNAMES, _SURNAME_WEIGHTS)


def given_name(dice: Dice, sex: str) -> str:
    """Draw a given name of the generation born from 2002 on."""
    boy = sex == "male"
    if dice.chance(0.12):
        return dice.pick(_COMMON_BOYS if boy else _COMMON_GIRLS)
    first = dice.pick(_BOY_FIRST if boy else _GIRL_FIRST)
    second = dice.pick(_BOY_SECOND if boy else _GIRL_SECOND)
    if dice.chance(0.005):
        return dice.pick(_RARE) if dice.chance(0.3) else first + dice.pick(_RARE)
    return second if dice.chance(0.08) else first + second


def elder_given_name(dice: Dice, sex: str) -> str:
    """Draw a given name of the parents' generation."""
    return dice.pick(_ELDER_MEN if sex == "male" else _ELDER_WOMEN)


def dotted_name(dice: Dice, sex: str) -> str:
    """Draw a name with a name dot, as Uyghur names are written."""
    own = dice.pick(_UYGHUR_BOYS if sex == "male" else _UYGHUR_GIRLS)
    return f"{own}·{dice.pick(_UYGHUR_FATHERS)}"


def twin_given_name(dice: Dice, given: str, sex: str) -> str:
    """Draw the name of a twin: the siblings share a character, as parents like it."""
    pool = _BOY_SECOND if sex == "male" else _GIRL_SECOND
    twin = given
    while twin == given:
        twin = dice.pick(pool) if len(given) == 1 else given[0] + dice.pick(pool)
    return twin
