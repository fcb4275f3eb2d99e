"""What clerks, scanners and spreadsheets do to names, numbers and dates, in shares that we assume."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray
from pypinyin import Style, lazy_pinyin
from registry_people import Characters, Ints, People, numbers

Bytes = NDArray[np.uint8]
WIDTH = 20  # a number with room for doubled digits and a mark
FULL_WIDTH_X, CYRILLIC_X = ord("#"), ord("$")  # stand-ins until the column is text
CONFUSED = {1: 7, 7: 1, 3: 8, 8: 3, 0: 6, 6: 0, 5: 6, 9: 4, 4: 9, 2: 7}
SHAPES = "未末 己已 王玉 日曰 戊戌 睿叡 晨辰 钰玉 子孑 冼洗 佳住 宇字 瑶摇 涵函 浩洁 博搏 杰木 琪其 欣欧 雅稚 娜那 明朋"
VARIANTS = (
    "刘劉 张張 陈陳 杨楊 黄黃 赵趙 吴吳 马馬 韩韓 冯馮 闫阎 肖萧 付傅 邱丘 于於 钟鍾 "
    "余佘 侯候 龙龍 国國 华華 伟偉 杰傑 东東 建健 云雲 丽麗 静靜 颖穎 莹瑩 荣榮 兰蘭 凤鳳"
)


@dataclass(frozen=True)
class Noise:
    """Shares of rows whose values are damaged or missing, and the mixes of kinds among the damaged.

    One name in six has no common homophone and a day after the twelfth no swap: 3 % of names and 1.5 % of dates
    end up wrong.
    """

    number: float = 0.03
    no_number: float = 0.04
    name: float = 0.036
    birth: float = 0.02
    no_birth: float = 0.004
    phone: float = 0.22
    no_phone: float = 0.04
    other_parent: float = 0.15
    no_guardian: float = 0.04
    sex: float = 0.003
    moved: float = 0.05
    numbers: Mapping[str, float] = field(
        default_factory=lambda: {
            "substitution": 35,
            "swap": 15,
            "lost_digit": 4,
            "doubled_digit": 4,
            "borrowed": 5,
            "x_form": 5,
            "four_digits": 2,
            "rounded": 8,
            "changed": 1,
        }
    )
    names: Mapping[str, float] = field(default_factory=lambda: {"homophone": 1})
    births: Mapping[str, float] = field(
        default_factory=lambda: {"day": 5, "month": 3, "year": 2, "month_and_day": 5}
    )

    def times(self, factor: float) -> Noise:
        """Give the same mixes at a multiple of every share, at most 70 % of the rows."""
        shares = {
            name: min(getattr(self, name) * factor, 0.7)
            for name in (
                "number", "no_number", "name", "birth", "no_birth", "phone", "no_phone",
                "other_parent", "no_guardian", "sex", "moved",
            )
        }  # fmt: skip
        return Noise(**shares, numbers=self.numbers, names=self.names, births=self.births)


def kinds(
    rows: int, share: float, mix: Mapping[str, float], rng: np.random.Generator
) -> NDArray[np.str_]:
    """Draw the damage of each row: a name of the mix, or `none`."""
    names = np.array(["none", *mix])
    weights = np.array([*mix.values()], float)
    edges = 1 - share + share * np.cumsum(weights) / weights.sum()
    return names[
        np.minimum(np.searchsorted(np.append(1 - share, edges), rng.random(rows)), len(mix))
    ]


# --- numbers -------------------------------------------------------------------------------------


def damaged_numbers(
    them: People, who: Ints, kind: NDArray[np.str_], rng: np.random.Generator
) -> Bytes:
    """Write the numbers of persons, each damaged as its kind says; rows of 20 bytes, 0 at the end."""
    written = np.zeros((len(who), WIDTH), np.uint8)
    written[:, :18] = them.number[who]
    written = np.ascontiguousarray(written)
    for name, damage in NUMBER_DAMAGES.items():
        rows = np.flatnonzero(kind == name)
        if len(rows):
            written[rows] = damage(written[rows], them, who[rows], rng)
    return written


def _substituted(written: Bytes, places: Ints, rng: np.random.Generator) -> Bytes:
    row = np.arange(len(written))
    old = written[row, places]
    digit = np.where(old == ord("X"), 8, old.astype(np.int64) - ord("0"))
    looks = np.array([CONFUSED[one] for one in range(10)])[digit]
    other = (digit + rng.integers(1, 10, len(row))) % 10
    written[row, places] = np.where(rng.random(len(row)) < 0.5, looks, other) + ord("0")
    return written


def _substitution(written: Bytes, _: People, __: Ints, rng: np.random.Generator) -> Bytes:
    return _substituted(written, rng.integers(0, 18, len(written)), rng)


def _four_digits(written: Bytes, _: People, __: Ints, rng: np.random.Generator) -> Bytes:
    start = rng.integers(0, 14, len(written))
    for step in range(4):
        written = _substituted(written, start + step, rng)
    return written


def _swap(written: Bytes, _: People, __: Ints, rng: np.random.Generator) -> Bytes:
    differs = written[:, :17] != written[:, 1:18]
    place = np.argmax(rng.random(differs.shape) * differs, 1)
    row = np.arange(len(written))
    left = written[row, place].copy()
    written[row, place] = written[row, place + 1]
    written[row, place + 1] = left
    return written


def _lost_digit(written: Bytes, _: People, __: Ints, rng: np.random.Generator) -> Bytes:
    place = rng.integers(0, 18, len(written))[:, None]
    columns = np.arange(WIDTH)[None, :]
    return np.take_along_axis(written, np.minimum(columns + (columns >= place), WIDTH - 1), 1)


def _doubled_digit(written: Bytes, _: People, __: Ints, rng: np.random.Generator) -> Bytes:
    place = rng.integers(0, 18, len(written))[:, None]
    columns = np.arange(WIDTH)[None, :]
    return np.take_along_axis(written, columns - (columns > place), 1)


def _borrowed(written: Bytes, them: People, who: Ints, rng: np.random.Generator) -> Bytes:
    """Write a brother's or sister's number where there is one, else one of a parent's age."""
    beside = np.where(them.household[np.maximum(who - 1, 0)] == them.household[who], who - 1, who)
    after = np.minimum(who + 1, len(them) - 1)
    beside = np.where(
        (beside == who) & (them.household[after] == them.household[who]), after, beside
    )
    age = rng.integers(22 * 365, 32 * 365, len(who))
    of_parent = numbers(them.area[who], them.born[who] - age, rng.integers(1, 400, len(who)))
    written[:, :18] = np.where((beside == who)[:, None], of_parent, them.number[beside])
    return written


def _x_form(written: Bytes, _: People, __: Ints, rng: np.random.Generator) -> Bytes:
    ends_in_x = written[:, 17] == ord("X")
    forms = np.array([ord("x"), FULL_WIDTH_X, CYRILLIC_X], np.uint8)
    written[ends_in_x, 17] = forms[rng.integers(0, 3, int(ends_in_x.sum()))]
    written[~ends_in_x, 1:19] = written[~ends_in_x, :18]
    written[~ends_in_x, 0] = ord("'")  # Excel's mark of a number kept as text
    return written


def _rounded(written: Bytes, _: People, __: Ints, ___: np.random.Generator) -> Bytes:
    written[:, 15:18] = ord("0")
    return written


def _changed(written: Bytes, them: People, who: Ints, rng: np.random.Generator) -> Bytes:
    """Write another lawful number: the police corrected it between the two registries."""
    written[:, :18] = numbers(them.area[who], them.born[who], rng.integers(500, 1000, len(who)))
    return written


def _temporary(written: Bytes, _: People, __: Ints, rng: np.random.Generator) -> Bytes:
    written[:, :3] = ord("9")
    written[:, 3:18] = rng.integers(ord("0"), ord("9") + 1, (len(written), 15))
    return written


NUMBER_DAMAGES: dict[str, Callable[[Bytes, People, Ints, np.random.Generator], Bytes]] = {
    "substitution": _substitution,
    "swap": _swap,
    "lost_digit": _lost_digit,
    "doubled_digit": _doubled_digit,
    "borrowed": _borrowed,
    "x_form": _x_form,
    "four_digits": _four_digits,
    "rounded": _rounded,
    "changed": _changed,
    "temporary": _temporary,
}


# --- names ---------------------------------------------------------------------------------------


@cache
def _homophones() -> tuple[NDArray[np.uint16], NDArray[np.int64]]:
    """Give, by code point, up to twelve common characters that sound the same, and how many there are."""
    places = [(row, cell) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)]
    common = [bytes(place).decode("gb2312", "ignore") for place in places]
    by_sound = defaultdict(list)
    for character in filter(None, common):
        by_sound[lazy_pinyin(character, style=Style.NORMAL)[0]].append(ord(character))
    others = np.zeros((65536, 12), np.uint16)
    counts = np.zeros(65536, np.int64)
    for alike in by_sound.values():
        for character in alike:
            rest = [other for other in alike if other != character][:12]
            others[character, : len(rest)] = rest
            counts[character] = len(rest)
    return others, counts


def _table(pairs: str) -> NDArray[np.uint32]:
    table = np.arange(65536, dtype=np.uint32)
    for one, other in pairs.split():
        table[ord(one)] = ord(other)
        table[ord(other)] = ord(one)
    return table


def damaged_names(
    surname: Characters, given: Characters, kind: NDArray[np.str_], rng: np.random.Generator
) -> tuple[Characters, Characters, NDArray[np.str_]]:
    """Damage names as their kinds say; where a name offers no chance the kind becomes `none`."""
    surname, given, kind = surname.copy(), given.copy(), kind.copy()
    before = np.hstack([surname, given])
    row = np.flatnonzero(kind == "homophone")
    others, counts = _homophones()
    place = np.where(given[row, 1] == 0, 0, rng.integers(0, 2, len(row)))
    old = given[row, place]
    given[row, place] = np.where(
        counts[old] > 0,
        others[old, rng.integers(0, 12, len(row)) % np.maximum(counts[old], 1)],
        old,
    )
    row = np.flatnonzero(kind == "shape")
    given[row] = _table(SHAPES)[given[row]]
    row = np.flatnonzero(kind == "variant")
    surname[row] = _table(VARIANTS)[surname[row]]
    row = np.flatnonzero(kind == "short")
    given[row, 1] = np.where(given[row, 1] == 0, given[row, 0], 0)
    row = np.flatnonzero((kind == "order") & (given[:, 1] != 0))
    given[row] = given[row, ::-1]
    row = np.flatnonzero(kind == "renamed")
    given[row] = given[rng.permutation(len(given))[: len(row)]]
    kind[(np.hstack([surname, given]) == before).all(1)] = "none"
    return surname, given, kind


# --- dates ---------------------------------------------------------------------------------------


def damaged_births(
    born: Ints, kind: NDArray[np.str_], rng: np.random.Generator
) -> tuple[Ints, NDArray[np.str_]]:
    """Damage days as their kinds say; where a date offers no chance the kind becomes `none`."""
    day = born.astype("datetime64[D]")
    month = day.astype("datetime64[M]")
    year = day.astype("datetime64[Y]")
    in_month = (day - month).astype(np.int64)
    in_year = (month - year.astype("datetime64[M]")).astype(np.int64)
    rows = len(born)
    january = year.astype("datetime64[M]")
    other_month = _first_day(january + (in_year + rng.integers(1, 12, rows)) % 12)
    later = (year + rng.choice([-1, 1, -10, 10], rows)).astype("datetime64[M]")
    other_year = _first_day(later + in_year)
    swapped = _first_day(january + np.minimum(in_month, 11)) + in_year
    kept = np.minimum(in_month, 27)
    damaged = np.select(
        [kind == "day", kind == "month", kind == "year", kind == "month_and_day", kind == "lunar", kind == "new_year"],
        [
            month.astype("datetime64[D]") + (kept + rng.choice([1, 2, 7, 10, 18, 20], rows)) % 28,
            other_month + kept,
            other_year + kept,
            np.where(in_month < 12, swapped, day),
            day - rng.integers(20, 50, rows),
            year.astype("datetime64[D]"),
        ],
        day,
    ).astype("datetime64[D]").astype(np.int64)  # fmt: skip
    return damaged, np.where(damaged == born, "none", kind)


def _first_day(month: NDArray[np.datetime64]) -> NDArray[np.datetime64]:
    return month.astype("datetime64[D]")
