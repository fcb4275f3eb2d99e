"""Invented households by the million: names, numbers, phones and homes of children, drawn as arrays.

Written for the benchmarks, apart from the engine: nothing here imports what it measures.
All numbers are in areas 99xxxx that do not exist (and not 999, the prefix of temporary numbers).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# By number of bearers; the first ten with their shares of 2007 and 2018, the others fall off by rank.
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢"
    "姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施"
    "文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗"
    "谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费"
    "卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)
SURNAME_SHARES = (0.0725, 0.0719, 0.0683, 0.054, 0.0453, 0.0308, 0.0223, 0.0206, 0.0205, 0.0197)
COMPOUND_SURNAMES = ("欧阳", "上官", "司马", "诸葛", "皇甫", "尉迟", "东方", "令狐", "慕容")
BOYS = (
    "宇浩子轩泽博文俊天豪杰家佳明航鑫志晨嘉睿辰昊梓铭伟涵瑞凯一阳思然强旭皓东龙海建国鹏飞成彬健超林斌磊振翔世"
    "锦恒诚智伦润泰华清奇毅哲彦承启卓亦霖逸良楠森景桐炎钧柏钰腾启永立庆兴平安宏正元光军辉勇亮峰洋波涛力新春"
    "金玉胜学祥德山江川云雷震冠群松岩石奎虎雄坤乾元亨利贞仁义礼信勤俭敬谦厚朴纯真善美"
)
GIRLS = (
    "欣怡子涵雨梓佳雅诗婷思琪梦悦可馨语桐瑶萱静雪一诺妍嘉晨依若彤彩玉颖慧敏丽娜芳文心月紫晓宇玲琳莹洁倩茜蕾薇"
    "菲璐媛婧珊珍珠宁安然乐甜甜圆媚秀英华兰梅竹菊莲荷芸茹芷蓉萍燕凤霞红艳春夏秋冬云岚露霜冰清洋海涓淑贤惠娟"
    "妮娇姗姿婉婕娅奕亦羽舒言诺念忆恩爱琦琴瑾瑜璇玥琬珂旋帆帅晴昕晗暖曼果沐汐沁泽淼湘漫潇灵熙影"
)
ELDERS = (
    "伟强军勇磊涛超明刚平辉鹏杰斌波峰建国志文华海林永东玉春红丽敏静艳娟霞秀英桂兰凤芳梅琴燕玲萍莉云珍淑桂荣金"
    "成学德生宝福祥全忠良义利民康庆喜富贵长春来发财旺盛昌仁和礼信友才根水火土木山河田苗"
)
# What parents of one cohort call their children by the ten thousand, boys before girls.
FASHIONS = (
    (
        "宇航 浩然 俊杰 天宇 博文 子豪 佳乐 文博 家豪 志强 嘉豪 明轩 俊熙 鹏飞 旭东",
        "欣怡 佳怡 雨欣 思雨 梦瑶 佳琪 雨涵 婷婷 欣悦 梦琪 佳慧 思琪 雨婷 诗雨 慧敏",
    ),
    (
        "浩宇 浩然 宇轩 宇航 宇泽 梓豪 子轩 浩轩 宇辰 子豪 俊宇 子涵 梓轩 一鸣 皓轩",
        "梓涵 一诺 欣怡 诗涵 依诺 欣妍 雨桐 梓萱 可馨 佳怡 子涵 雨萱 语彤 若曦 诗琪",
    ),
)
CHECK_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
CHECK_DIGITS = np.frombuffer(b"10X98765432", np.uint8)
CITIES, DISTRICTS, VILLAGES = 60, 8, 40
PHONES_OF_A_PART = 2_000_000

Ints = NDArray[np.int64]
Characters = NDArray[np.uint32]


@dataclass(frozen=True)
class Customs:
    """What a world's households are like."""

    first_year: int = 2004
    years: int = 7
    twins: float = 0.012
    siblings: float = 0.05
    name_fashions: float = 0.0  # share of children named after their cohort's fashion
    region_tilt: float = 0.0  # how differently cities prefer surnames and characters
    village_surname: float = 0.0  # share of a village that bears its surname
    shared_phones: float = 0.0  # share of households that state the phone of a teacher or an agency


@dataclass(frozen=True)
class People:
    """Persons as arrays: names as code points (surname 2, given 2, 0 where shorter), numbers as ASCII."""

    household: Ints
    surname: Characters
    given: Characters
    is_girl: NDArray[np.bool_]
    born: Ints  # days since 1970
    area: Ints
    city: Ints
    number: NDArray[np.uint8]
    phone: Ints
    parents: Characters  # father 4, mother 4

    def __len__(self) -> int:
        """Count the persons."""
        return len(self.household)


def people(persons: int, customs: Customs, rng: np.random.Generator, part: int = 0) -> People:
    """Draw persons of whole households. Numbers and phones of different parts (0 to 15) do not meet."""
    second = rng.random(persons)
    is_twin, is_sibling = (
        second < customs.twins,
        (second >= customs.twins) & (second < customs.twins + customs.siblings),
    )
    is_twin[0] = is_sibling[0] = False
    opens = ~(is_twin | is_sibling)
    household = np.cumsum(opens) - 1
    first = np.flatnonzero(opens)
    homes = _homes(len(first), customs, rng)
    born = _births(len(first), customs, rng)[household]
    born += np.where(is_sibling, _gaps(persons, rng), 0)
    is_girl = rng.random(persons) < 0.47
    year = 1970 + born // 365.2425
    given = _given(is_girl, year, homes.city[household], customs, rng)
    given = _alike(given, first[household], is_twin, rng)
    area = homes.area[household]
    return People(
        household=household + part * 100_000_000,
        surname=homes.surname[household],
        given=given,
        is_girl=is_girl,
        born=born,
        area=area,
        city=homes.city[household],
        number=numbers(area, born, _sequences(area, born, is_girl, part)),
        phone=(homes.phone + part * PHONES_OF_A_PART)[household],
        parents=homes.parents[household],
    )


@dataclass(frozen=True)
class _Homes:
    city: Ints
    area: Ints
    surname: Characters
    phone: Ints
    parents: Characters


def _homes(households: int, customs: Customs, rng: np.random.Generator) -> _Homes:
    city = _drawn(_falling(CITIES, 0.6), households, rng)
    surname = _surnames(city, customs, rng)
    moved = rng.random(households) < 0.2
    origin = np.where(moved, rng.integers(0, CITIES, households), city)
    area = 990_001 + origin * 100 + rng.integers(0, DISTRICTS, households)
    phone = rng.permutation(households)
    shared = rng.random(households) < customs.shared_phones
    phone[shared] = rng.integers(0, max(households // 2000, 1), shared.sum())
    father = np.zeros((households, 4), np.uint32)
    father[:, :2] = surname
    father[:, 2:] = _pairs_of(ELDERS, households, rng)
    mother = np.zeros((households, 4), np.uint32)
    mother[:, :2] = _surnames(city, customs, rng)
    mother[:, 2:] = _pairs_of(ELDERS, households, rng)
    return _Homes(city, area, surname, phone, np.hstack([father, mother]))


def _births(households: int, customs: Customs, rng: np.random.Generator) -> Ints:
    start = (np.datetime64(f"{customs.first_year}-09-01") - np.datetime64("1970-01-01")).astype(int)
    return int(start) + rng.integers(0, customs.years * 365, households)


def _gaps(persons: int, rng: np.random.Generator) -> Ints:
    return rng.integers(300, 1800, persons)


def _surnames(city: Ints, customs: Customs, rng: np.random.Generator) -> Characters:
    characters = np.array([[ord(one), 0] for one in SURNAMES], np.uint32)
    shares = np.append(SURNAME_SHARES, _falling(len(SURNAMES) - 10, 1.0) * 0.542)
    which = _by_group(shares, city, customs.region_tilt, rng)
    if customs.village_surname:
        village = city * VILLAGES + rng.integers(0, VILLAGES, len(city))
        bears = rng.random(len(city)) < customs.village_surname * (village % VILLAGES < 15)
        which = np.where(bears, _drawn(shares, CITIES * VILLAGES, rng)[village], which)
    drawn = characters[which]
    compound = np.flatnonzero(rng.random(len(city)) < 0.001)
    pairs = np.array([[ord(a), ord(b)] for a, b in COMPOUND_SURNAMES], np.uint32)
    drawn[compound] = pairs[rng.integers(0, len(pairs), len(compound))]
    return drawn


def _given(
    is_girl: NDArray[np.bool_], year: Ints, city: Ints, customs: Customs, rng: np.random.Generator
) -> Characters:
    given = np.zeros((len(is_girl), 2), np.uint32)
    cohort = (year >= customs.first_year + customs.years / 2).astype(int)
    for girls, characters in ((False, BOYS), (True, GIRLS)):
        who = np.flatnonzero(is_girl == girls)
        stock = _code_points("".join(dict.fromkeys(characters)))
        groups = city[who] * 2 + cohort[who]
        shares = _falling(len(stock), 0.75)
        for place in range(2):
            given[who, place] = stock[_by_group(shares, groups, customs.region_tilt, rng)]
        in_fashion = who[rng.random(len(who)) < customs.name_fashions]
        for young in range(2):
            names = np.array([_code_points(name) for name in FASHIONS[young][girls].split()])
            they = in_fashion[cohort[in_fashion] == young]
            given[they] = names[_drawn(_falling(len(names), 0.5), len(they), rng)]
    given[rng.random(len(is_girl)) < 0.12, 1] = 0
    return given


def _alike(
    given: Characters, first: Ints, is_twin: NDArray[np.bool_], rng: np.random.Generator
) -> Characters:
    """Let half of the twins share a character with the first child of their household, none the name."""
    shares = is_twin & (rng.random(len(given)) < 0.5)
    given[shares, 0] = given[first[shares], 0]
    same = np.flatnonzero((first != np.arange(len(given))) & (given == given[first]).all(1))
    given[same, 0] = np.where(given[same, 0] == ord("文"), ord("思"), ord("文"))
    return given


def _pairs_of(characters: str, rows: int, rng: np.random.Generator) -> Characters:
    stock = _code_points("".join(dict.fromkeys(characters)))
    shares = _falling(len(stock), 0.6)
    drawn = np.stack([stock[_drawn(shares, rows, rng)], stock[_drawn(shares, rows, rng)]], 1)
    drawn[rng.random(rows) < 0.3, 1] = 0
    return drawn


def _sequences(area: Ints, born: Ints, is_girl: NDArray[np.bool_], part: int) -> Ints:
    """Number the children of an area and a day as a police station does: in order, odd for boys."""
    group = (area * 100_000 + born) * 2 + is_girl
    order = np.argsort(group, kind="stable")
    ordered = group[order]
    starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
    rank = np.arange(len(group)) - np.repeat(starts, np.diff(np.append(starts, len(group))))
    begin = (ordered * 2_654_435_761 >> 8) % 30
    sequence = np.empty(len(group), np.int64)
    sequence[order] = ((begin + rank * 16 + part) % 500) * 2 + 1 - (ordered & 1)
    return sequence


def numbers(area: Ints, born: Ints, sequence: Ints) -> NDArray[np.uint8]:
    """Write citizen numbers of GB 11643 as rows of 18 ASCII bytes, check digit and all."""
    day = born.astype("datetime64[D]")
    month = day.astype("datetime64[M]")
    year = day.astype("datetime64[Y]").astype(np.int64) + 1970
    months = month.astype(np.int64) % 12 + 1
    written = year * 10_000 + months * 100 + (day - month).astype(np.int64) + 1
    body = (area * 100_000_000 + written) * 1000 + sequence
    digits = np.empty((len(area), 17), np.uint8)
    for place in range(16, -1, -1):
        digits[:, place] = body % 10
        body = body // 10
    check = CHECK_DIGITS[digits.astype(np.int64) @ CHECK_WEIGHTS % 11]
    return np.hstack([digits + ord("0"), check[:, None]])


def _falling(values: int, exponent: float) -> NDArray[np.float64]:
    shares = 1 / (np.arange(values) + 2.0) ** exponent
    return shares / shares.sum()


def _drawn(shares: NDArray[np.float64], rows: int, rng: np.random.Generator) -> Ints:
    edges = np.cumsum(shares) / shares.sum()
    return np.minimum(np.searchsorted(edges, rng.random(rows)), len(shares) - 1)


def _by_group(
    shares: NDArray[np.float64], group: Ints, tilt: float, rng: np.random.Generator
) -> Ints:
    if not tilt:
        return _drawn(shares, len(group), rng)
    # Tastes of a place are drawn from its number, so that they are the same for mothers and in every part.
    drawn = np.empty(len(group), np.int64)
    order = np.argsort(group, kind="stable")
    for which, rows in zip(*_runs(group, order), strict=True):
        taste = np.exp(tilt * np.random.default_rng([7, int(which)]).standard_normal(len(shares)))
        drawn[rows] = _drawn(shares * taste, len(rows), rng)
    return drawn


def _runs(group: Ints, order: Ints) -> tuple[Ints, list[Ints]]:
    which, starts = np.unique(group[order], return_index=True)
    return which, np.split(order, starts[1:])


def _code_points(text: str) -> Characters:
    return np.array([ord(one) for one in text], np.uint32)
