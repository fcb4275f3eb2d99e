"""What planted wrongs imply for FR305, FR306 and FR308: padded schools, entrants too young or never admitted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from pipeline.sample.city import City
from pipeline.sample.people import Person
from pipeline.sample.roll import Spell, Wrong
from pipeline.sample.schools import School
from pipeline.sample.wrongs.implied import name_once, wronged_spells

_OF_PADDED_SCHOOLS = {
    "a_technical_block": ("FR305",),
    "a_class_that_vanished": ("FR305",),
}
_DISPUTED_AS_A_WHOLE = ("FR301", "FR302", "FR306", "FR310")
_LEAVES_JUNIOR_SCHOOL_AT, _INFANT, _ADULT = 14, 10, 22
_JUNIOR_GRADUATES = ("junior_fresh", "junior_past")


def add_fabrications(city: City) -> None:
    """Name padded schools, and those among the wronged who were too young or never admitted."""
    city.wrongs += [*_of_padded_schools(city)]
    junior = {one.person: one for one in city.spells if one.stage == "junior"}
    spells = wronged_spells(city)
    implied = [
        ("FR306", spell, "由其他问题引起：入学年龄过小")
        for spell in spells
        if is_too_young(spell, junior.get(spell.person))
    ] + [("FR308", spell, "由其他问题引起：未经平台录取") for spell in unadmitted(city, spells)]
    name_once(city, implied)
    _state_amounts(city)


def _state_amounts(city: City) -> None:
    """State the aid that a registration in dispute as a whole has drawn at its school."""
    disputed = [one for one in city.wrongs if one.detector_id in _DISPUTED_AS_A_WHOLE]
    people = {one.people[0] for one in disputed}
    drawn: dict[tuple[Person, School | None], int] = defaultdict(int)
    for line in city.aid:
        if line.spell.person in people and line.bank_result == "成功":
            drawn[line.spell.person, line.school] += line.amount
    for wrong in disputed:
        wrong.amount_paid = drawn[wrong.people[0], wrong.school]


def _of_padded_schools(city: City) -> Iterator[Wrong]:
    for wrong in city.wrongs:
        if wrong.detector_id == "OM701":
            for detector_id in _OF_PADDED_SCHOOLS.get(wrong.scene, ()):
                story, year = wrong.story, wrong.school_year
                yield Wrong(detector_id, "school", story, (), wrong.school, school_year=year)


def is_too_young(spell: Spell, junior: Spell | None) -> bool:
    """Tell whether somebody entered before the age at which junior school ends, and had not finished it."""
    born_on, day = spell.written.born_on, spell.first_day
    age = day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))
    has_finished = junior is not None and (junior.left_on or date.max) <= day
    return _INFANT <= age < _LEAVES_JUNIOR_SCHOOL_AT and not has_finished


def unadmitted(city: City, spells: list[Spell]) -> Iterator[Spell]:
    """Find the junior graduates of the city who got into a vocational school past the platform."""
    people = {spell.person for spell in spells}
    admitted: dict[tuple[Person, int], set[School]] = defaultdict(set)
    for one in city.admissions:
        if one.spell.person in people:
            admitted[one.spell.person, one.year].add(one.spell.school)
    attended: dict[Person, set[School]] = defaultdict(set)
    finished: dict[Person, int] = {}
    for spell in city.spells:
        if spell.person in people and spell.is_delivered:
            attended[spell.person].add(spell.school)
            if spell.stage == "junior":
                finished[spell.person] = (spell.left_on or spell.expected_end).year
    moved_in = {one.spell for one in city.changes if one.kind == "transfer_in"}
    listed = {person for _, person, _ in city.special}
    for spell in spells:
        person = spell.person
        if person in listed or spell in moved_in:
            continue
        places = admitted[person, spell.cohort]
        is_graduate = finished.get(person, date.max.year) <= spell.cohort
        if is_graduate and _is_bound(city, spell) and not places & attended[person]:
            yield spell


def _is_bound(city: City, spell: Spell) -> bool:
    """Tell whether the platform is the way into this place."""
    return (
        (spell.registry, spell.study_form) == ("vocational", "full_time")
        and spell.entrant in _JUNIOR_GRADUATES
        and spell.cohort >= city.first_year
        and spell.entered_on.month >= 7
        and spell.cohort - spell.person.born_on.year < _ADULT
        and not any(hold.kind == "reserve" for hold in spell.holds)
    )
