"""Slips of the pen: how identity fields get damaged on the way into a registry (domain: 6.2).

What is damaged stays recoverable by other fields; sibling's numbers and other people's papers are
wrongs, not slips, and are planted elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import accumulate
from types import MappingProxyType

from pipeline.sample.city import City
from pipeline.sample.dice import Dice
from pipeline.sample.roll import Written

_SHARES = MappingProxyType({"vocational": 0.02, "technical": 0.025, "k12": 0.012, "higher": 0.010})
_HOMOPHONES = (
    "浩皓昊", "涵晗函", "宇雨羽", "佳嘉家", "梓子紫", "轩萱", "怡宜", "鑫欣新", "博勃", "伟玮炜", "静婧",
    "颖影", "琳林", "航杭", "晨辰", "阳扬", "雪薛", "心馨", "慧惠", "洋阳", "瑶遥", "琪其", "诗思",
)  # fmt: skip
_SHAPES = ("睿叡", "晨辰", "钰玉", "祎袆", "末未", "日曰")
_VARIANTS = ("刘劉", "昇升", "堃坤", "喆哲", "龑䶮", "张張", "陈陳", "杨楊")
_SURNAMES = ("闫阎", "肖萧", "付傅", "代戴", "邱丘", "于於", "钟锺")
_NEIGHBOURS = MappingProxyType(
    {"1": "7", "7": "1", "3": "8", "8": "3", "0": "6", "6": "0", "5": "6"}
)
_CROSSES = ("x", "Ｘ", "Х", "×")
Slip = Callable[[Written, Dice], None]


def misspell(city: City) -> None:
    """Damage the written identity of some spells, each registry at its own rate."""
    dice = city.stream("damage")
    for spell in city.spells:
        if dice.chance(_SHARES[spell.registry]) and not spell.written.id_number.startswith("999"):
            slip = dice.weighted(_SLIPS, _WEIGHTS)
            slip(spell.written, dice)


def substitute(written: Written, dice: Dice) -> None:
    """Take one digit for another that looks like it."""
    digits = written.id_number
    places = [place for place in range(6, 17) if digits[place] in _NEIGHBOURS]
    if places:
        place = dice.pick(places)
        written.id_number = digits[:place] + _NEIGHBOURS[digits[place]] + digits[place + 1 :]


def swap(written: Written, dice: Dice) -> None:
    """Swap two neighbouring digits that differ."""
    digits = written.id_number
    places = [place for place in range(6, 16) if digits[place] != digits[place + 1]]
    place = dice.pick(places)
    swapped = digits[place + 1] + digits[place]
    written.id_number = digits[:place] + swapped + digits[place + 2 :]


def lose_or_double(written: Written, dice: Dice) -> None:
    """Lose a digit, or type it twice."""
    place, digits = dice.between(6, 16), written.id_number
    if dice.chance(0.5):
        written.id_number = digits[:place] + digits[place + 1 :]
    else:
        written.id_number = digits[:place] + digits[place] + digits[place:]


def turn_birthday(written: Written, dice: Dice) -> None:
    """Write day and month the wrong way round, or another day, in the birth date column."""
    born_on = written.born_on
    if born_on.day <= 12 and born_on.day != born_on.month:
        written.born_on = date(born_on.year, born_on.day, born_on.month)
    else:
        written.born_on = date(born_on.year, born_on.month, dice.between(1, 28))


def mistake_sex(written: Written, _dice: Dice) -> None:
    """Tick the other sex."""
    written.sex = "female" if written.sex == "male" else "male"


def cross_for_x(written: Written, dice: Dice) -> None:
    """Write the final X as a small x, a wide one, a Cyrillic one or a multiplication sign."""
    if written.id_number.endswith("X"):
        written.id_number = written.id_number[:-1] + dice.pick(_CROSSES)


def spread_number(written: Written, _dice: Dice) -> None:
    """Write the number in groups, or behind an apostrophe."""
    digits = written.id_number
    written.id_number = (
        f"'{digits}" if digits[-1] in "02468" else f"{digits[:6]} {digits[6:14]} {digits[14:]}"
    )


def homophone(written: Written, dice: Dice) -> None:
    """Write a character of the given name that sounds the same."""
    written.name = _exchanged(written.name, _HOMOPHONES, dice)


def look_alike_character(written: Written, dice: Dice) -> None:
    """Write a character that looks the same."""
    written.name = _exchanged(written.name, _SHAPES, dice)


def variant(written: Written, dice: Dice) -> None:
    """Write a traditional or variant form."""
    written.name = _exchanged(written.name, _VARIANTS, dice)


def surname_form(written: Written, dice: Dice) -> None:
    """Write the other form of a surname."""
    written.name = _exchanged(written.name, _SURNAMES, dice)


def space_name(written: Written, dice: Dice) -> None:
    """Stretch a short name with spaces, or write the name dot another way."""
    name = written.name
    if "·" in name:
        written.name = name.replace("·", dice.pick(("•", "・", ".", "")))
    elif len(name) == 2:
        written.name = f"{name[0]}　{name[1]}"


def _exchanged(name: str, groups: tuple[str, ...], dice: Dice) -> str:
    for place, character in enumerate(name):
        for group in groups:
            if character in group:
                other = dice.pick([one for one in group if one != character])
                return name[:place] + other + name[place + 1 :]
    return name


_SLIPS: tuple[Slip, ...] = (
    substitute,
    swap,
    lose_or_double,
    turn_birthday,
    mistake_sex,
    cross_for_x,
    spread_number,
    homophone,
    look_alike_character,
    variant,
    surname_form,
    space_name,
)
_WEIGHTS = tuple(accumulate((35, 15, 8, 5, 5, 5, 4, 12, 5, 3, 3, 5)))
