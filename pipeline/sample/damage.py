"""Slips of the pen: how identity fields get damaged on the way into a registry (domain: 6.2).

A slip is one field, now and then two; most can be made good from the others. A sibling's number or
somebody else's papers are wrongs, not slips, and are planted elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import accumulate
from types import MappingProxyType

from pipeline.sample.city import City
from pipeline.sample.dice import Dice
from pipeline.sample.roll import Spell, Written

_SHARES = MappingProxyType({"vocational": 0.04, "technical": 0.05, "k12": 0.02, "higher": 0.02})
_SECOND_SLIP = 0.08
_PARENTS_NUMBER = 0.0008
_FORMER_NAME = 0.3  # of those who changed it, in a registry that was not told
_COPIED = 0.002
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
        if dice.chance(_COPIED) and spell.registry in ("vocational", "technical"):
            spell.copies = 2
        if spell.person.former_name and dice.chance(_FORMER_NAME):
            spell.written.name = spell.person.former_name
        if spell.registry == "technical":
            _know_little(spell, dice)
        if spell.written.is_meant or spell.written.id_number.startswith("999"):
            continue
        if dice.chance(_PARENTS_NUMBER):
            spell.written.id_number = spell.person.household.guardian_id
        elif dice.chance(_SHARES[spell.registry]):
            slip(spell.written, dice)
            if dice.chance(_SECOND_SLIP):
                slip(spell.written, dice)


def _know_little(spell: Spell, dice: Dice) -> None:
    """Leave out what technical schools often do not ask for: guardian, candidate number; new phones."""
    spell.has_guardian = spell.person.has_guardian_card or dice.chance(0.5)
    spell.has_own_phone = dice.chance(0.7)
    if dice.chance(0.4):
        spell.exam_no = ""


def slip(written: Written, dice: Dice) -> None:
    """Damage one field, the kinds of damage in the shares of domain 6.2."""
    dice.weighted(_SLIPS, _WEIGHTS)(written, dice)


def substitute(written: Written, dice: Dice) -> None:
    """Take one digit for another that looks like it."""
    digits = written.id_number
    places = [place for place in range(6, 17) if digits[place : place + 1] in _NEIGHBOURS]
    if places:
        place = dice.pick(places)
        written.id_number = digits[:place] + _NEIGHBOURS[digits[place]] + digits[place + 1 :]


def swap(written: Written, dice: Dice) -> None:
    """Swap two neighbouring digits that differ."""
    digits = written.id_number
    last = len(digits) - 2
    places = [place for place in range(6, last) if digits[place] != digits[place + 1]]
    if places:
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


def spread_number(written: Written, dice: Dice) -> None:
    """Write the number in groups, behind an apostrophe, or in wide digits."""
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


def four_wrong_digits(written: Written, dice: Dice) -> None:
    """Get four digits wrong at once, as happened in Lingshi (domain: 6.2)."""
    for _ in range(4):
        substitute(written, dice)


def lunar_birthday(written: Written, dice: Dice) -> None:
    """Write the birthday of the farmers' calendar, some weeks earlier."""
    written.born_on -= timedelta(days=dice.between(20, 50))


def drop_a_character(written: Written, _dice: Dice) -> None:
    """Leave out the middle character of a long name, or double the last of a short one."""
    name = written.name
    written.name = name[0] + name[2:] if len(name) == 3 else name + name[-1]


def unprintable(written: Written, dice: Dice) -> None:
    """Lose a rare character to a question mark or a box."""
    for rare in "䶮龑頔燚堃珺玥喆翀煊祎":
        written.name = written.name.replace(rare, dice.pick(("?", "□")))


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
    four_wrong_digits,
    lunar_birthday,
    drop_a_character,
    unprintable,
)
_WEIGHTS = tuple(accumulate((35, 15, 8, 5, 5, 5, 4, 12, 5, 3, 3, 5, 1, 2, 3, 5)))
