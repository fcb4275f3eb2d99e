"""Adults in schools: veterans, farmers, migrant workers in flexible courses, and part-time colleges."""

from __future__ import annotations

from datetime import date

from pipeline.sample import enrol
from pipeline.sample.city import City
from pipeline.sample.people import Person
from pipeline.sample.roll import Spell
from pipeline.sample.schools import School

_KINDS = ("veteran", "laid_off", "migrant_worker", "farmer", "employee", "disabled")
_LISTED_AS = {
    "veteran": "退役军人",
    "laid_off": "下岗失业人员",
    "farmer": "新型职业农民",
    "disabled": "残疾人",
}


def populate(city: City) -> None:
    """Enrol adults in flexible courses: seven in a hundred at technical schools, two at vocational ones."""
    for cohort in range(city.year - 4, city.year + 1):
        for _ in range(max(1, round(city.students / 6 * 0.085 * 0.07))):
            flexible_life(city, cohort, "technical")
        for _ in range(max(1, round(city.students / 6 * 0.32 * 0.02))):
            flexible_life(city, cohort, "vocational")
    for spell in [spell for spell in city.spells if spell.registry in ("vocational", "technical")]:
        if spell.is_open and city.dice.chance(0.012):
            beside = part_time_college(city, spell.person, city.year)
            ids = "DE103" if spell.registry == "vocational" else "DE105"
            city.is_lawful("X22", ids, beside, "在校期间套读成人或开放教育")


def flexible_life(city: City, cohort: int, registry: str) -> Spell:
    """Study part-time under a filed flexible course: up to six years on the roll are lawful (X11)."""
    dice = city.dice
    person = city.population.adult(cohort)
    enter = enrol.enter_vocational if registry == "vocational" else enrol.enter_technical
    spell = enter(city, person, cohort, dice.pick(filing_schools(city, registry)))
    city.admissions.pop()
    city.certificates.pop(spell, None)
    spell.status, spell.left_on, spell.exam_no = "active", None, ""
    spell.study_form, spell.entrant = "part_time", dice.pick(_KINDS)
    spell.class_name = f"{cohort}级弹性学制班"
    spell.draws_waiver = spell.draws_grant = False
    city.flexible.add((cohort, spell.school.code))
    if spell.entrant in _LISTED_AS:
        first, last = date(cohort - 4, 1, 1), date(cohort, 6, 30)
        city.special.append((_LISTED_AS[spell.entrant], person, dice.day(first, last)))
    city.is_lawful("X11", "RD204", spell, "成人学员备案弹性学制，最长六年")
    return spell


def filing_schools(city: City, registry: str) -> list[School]:
    """List the schools that file flexible courses: every other one; the rest never does."""
    schools = city.schools.vocational if registry == "vocational" else city.schools.technical
    return schools[::2]


def part_time_college(city: City, person: Person, year: int) -> Spell:
    """Enrol beside school in adult or open education (X22)."""
    spell = enrol.enter_higher(city, person, year)
    spell.study_form = city.dice.pick(("adult", "open", "self_study"))
    spell.entered_on = date(year, 9, 1)
    return spell
