"""What planted wrongs imply for SC514, RQ604 and RQ605: claims on no list, records that continue none, the balance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from math import sqrt

from pipeline.sample.city import CITY, City
from pipeline.sample.numbers import check_digit
from pipeline.sample.people import Person
from pipeline.sample.roll import Spell, Wrong
from pipeline.sample.schools import School
from pipeline.sample.wrongs.implied import name_once, wronged_spells

_LISTED_KINDS = ("veteran", "farmer", "laid_off", "disabled", "athlete")
_JUNIOR_GRADUATES = ("junior_fresh", "junior_past")
_LOW, _HIGH = 0.8 / 1.8, 1.25 / 2.25  # of the vocational side, where the intake is roughly equal
_Z, _LEAST = 2.576, 200
_DIGITS, _FIRST_RECORDS = 18, 2000


def add_breaks(city: City) -> None:
    """Name, among the wronged, whom no list confirms and whom no junior school had; and the city's own balance."""
    spells = wronged_spells(city)
    implied = [
        *(("SC514", spell, "由其他问题引起：名单无此人") for spell in _unlisted(city, spells)),
        *(("RQ604", spell, "由其他问题引起：初中查无此人") for spell in _unknown(city)),
    ]
    name_once(city, implied)
    _add_balance(city)


def _unlisted(city: City, spells: list[Spell]) -> Iterator[Spell]:
    listed = {person for _, person, _ in city.special}
    listed |= set(_named_in(city, "special_statuses", spells))
    for spell in spells:
        if spell.entrant in _LISTED_KINDS and spell.person not in listed:
            yield spell


def _named_in(city: City, source: str, spells: list[Spell]) -> Iterator[Person]:
    keys = {row.person for row in city.more_rows.get(source, ())}
    return (spell.person for spell in spells if spell.person.key in keys)


def _unknown(city: City) -> Iterator[Spell]:
    """Find the paper students: local fresh graduates with a sound number whom no junior school had."""
    taught = {spell.person for spell in city.spells if spell.stage == "junior"}
    lawful = {one.person for one in city.look_alikes} | {person for _, person, _ in city.special}
    unasked = taught | lawful
    moved_in = {one.spell for one in city.changes if one.kind == "transfer_in"}
    for spell in city.spells:
        if (
            (spell.registry, spell.study_form) == ("vocational", "full_time")
            and spell.entrant == "junior_fresh"
            and spell.is_delivered
            and spell.cohort >= city.first_year
            and spell.person not in unasked
            and spell not in moved_in
            and spell.person.household.division[:4] == spell.school.county[:4]
            and _is_numbered(spell)
        ):
            yield spell


def _is_numbered(spell: Spell) -> bool:
    """Tell whether the number as written is sound, and of an age that has electronic records."""
    number = spell.written.id_number.strip().lstrip("'")
    if len(number) != _DIGITS or not number[:-1].isdigit() or number.startswith("999"):
        return False
    try:
        date.fromisoformat(f"{number[6:10]}-{number[10:12]}-{number[12:14]}")
    except ValueError:
        return False
    born_since = spell.written.born_on.year >= _FIRST_RECORDS
    return check_digit(number[:-1]) == number[-1] and born_since


def _add_balance(city: City) -> None:
    """Name the intake of the city itself, where it is as lopsided as in the country and a rule asks for balance."""
    sides: dict[Person, bool] = defaultdict(bool)
    for spell in city.spells:
        if spell.stage in ("high", "vocational", "technical") and spell.cohort == city.year:
            is_own = spell.school.county.startswith(CITY) and spell.is_delivered
            is_graduate = spell.stage == "high" or spell.entrant in _JUNIOR_GRADUATES
            if is_own and is_graduate and spell.level not in ("advanced", "technician"):
                sides[spell.person] |= spell.stage == "high"
    people = len(sides)
    share = sum(not is_general for is_general in sides.values()) / max(1, people)
    if people >= _LEAST and not _may_be_balanced(share, people):
        region = School(code=f"{CITY}00", name="", kind="region", county=f"{CITY}00")
        wrong = Wrong("RQ605", "region", "职普招生规模与大体相当有差距", (), region)
        wrong.school_year, wrong.scene = f"{city.year}-{city.year + 1}", "the_balance_of_the_city"
        city.wrongs.append(wrong)


def _may_be_balanced(share: float, people: int) -> bool:
    """Tell whether a share that chance alone keeps from balance is within Wilson's interval of it."""
    spread = _Z * _Z / people
    middle = share + spread / 2
    reach = _Z * sqrt((share * (1 - share) + spread / 4) / people)
    return (middle + reach) / (1 + spread) >= _LOW and (middle - reach) / (1 + spread) <= _HIGH
