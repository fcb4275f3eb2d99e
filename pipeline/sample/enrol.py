"""Entering a school: one function a registry, each giving a spell without anything wrong in it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from pipeline.sample.city import City, as_it_is
from pipeline.sample.people import Person
from pipeline.sample.roll import Admission, Certificate, Spell
from pipeline.sample.schools import School

_LEVELS = {"intermediate": 3, "advanced": 2, "technician": 2}


def enter_junior(city: City, person: Person, cohort: int) -> Spell:
    """Enter junior school three years before autumn `cohort`; nine years end in that summer."""
    entered = date(cohort - 3, 9, 1)
    spell = _enter(city, person, "junior", _near(city, person, city.schools.junior), entered)
    spell.years, spell.expected_end = 3, date(cohort, 7, 1)
    spell.student_no = person.lifelong_no
    spell.class_name = f"初{city.dice.between(1, 6)}班"
    _graduate_if_due(city, spell, with_certificate=False)
    return spell


def enter_high(city: City, person: Person, cohort: int, school: School | None = None) -> Spell:
    """Enter general high school in autumn `cohort`."""
    school = school or _near(city, person, city.schools.high)
    spell = _enter(city, person, "high", school, date(cohort, 9, 1))
    spell.student_no = person.lifelong_no
    spell.class_name = f"{cohort}级{city.dice.between(1, 12)}班"
    spell.draws_grant = city.dice.chance(0.06)
    _admit(city, spell)
    _graduate_if_due(city, spell, with_certificate=False)
    return spell


def enter_vocational(
    city: City, person: Person, cohort: int, school: School | None = None
) -> Spell:
    """Enter a three-year course of a vocational school in autumn `cohort`, full time, aided."""
    school = school or _near(city, person, city.schools.vocational)
    spell = _enter(city, person, "vocational", school, date(cohort, 9, 1))
    spell.student_no = person.lifelong_no
    spell.major = city.dice.pick(school.majors)
    spell.class_name = f"{cohort}级{spell.major.name}{city.dice.between(1, 2)}班"
    spell.draws_waiver = city.dice.chance(0.92)
    spell.draws_grant = city.dice.chance(0.24)
    if person.is_undocumented:
        spell.written.id_number = f"999{school.code}{city.population.numbers.serial() % 100000:05d}"
    _admit(city, spell)
    _graduate_if_due(city, spell)
    return spell


def enter_technical(
    city: City,
    person: Person,
    cohort: int,
    school: School | None = None,
    level: str = "intermediate",
) -> Spell:
    """Enter a technical school in autumn `cohort`; its registry has numbers of its own."""
    school = school or _near(city, person, city.schools.technical)
    spell = _enter(city, person, "technical", school, date(cohort, 9, 1))
    spell.student_no = f"{school.code}{cohort}{city.population.numbers.serial():05d}"
    spell.level, spell.years = level, _LEVELS[level]
    spell.expected_end = date(cohort + spell.years, 7, 1)
    spell.major = city.dice.pick(school.majors)
    spell.class_name = f"{cohort}{spell.major.name}{city.dice.between(1, 2)}班"
    spell.draws_waiver = city.dice.chance(0.9)
    spell.draws_grant = city.dice.chance(0.22)
    if level == "intermediate":
        _admit(city, spell)
    _graduate_if_due(city, spell)
    return spell


def enter_higher(city: City, person: Person, year: int, school: School | None = None) -> Spell:
    """Enter a full-time three-year college course in autumn `year`."""
    school = school or city.dice.pick(city.schools.higher)
    spell = _enter(city, person, "higher", school, date(year, 9, 1))
    spell.student_no = f"{year}{school.code[-5:]}{city.population.numbers.serial():05d}"
    spell.exam_no = city.population.numbers.candidate(year, person.household.division)
    spell.level = "专科"
    spell.major = city.dice.pick(school.majors)
    _graduate_if_due(city, spell)
    return spell


def register_on(spell: Spell, day: date, minute: int = 605) -> None:
    """Say when the spell was registered electronically, to the minute of the day."""
    spell.registered_at = datetime.combine(day, time(minute // 60 % 24, minute % 60))


def _near(city: City, person: Person, schools: list[School]) -> School:
    """Pick a school, the person's own county more often than not."""
    county = person.household.division
    if city.dice.chance(0.6):
        close = [school for school in schools if school.county == county]
        if close:
            return city.dice.pick(close)
    return city.dice.pick(schools)


def _enter(city: City, person: Person, stage: str, school: School, entered: date) -> Spell:
    registry = "k12" if stage in ("junior", "high") else stage
    spell = Spell(
        person=person,
        registry=registry,
        stage=stage,
        school=school,
        entered_on=entered,
        years=3,
        student_no="",
        registered_at=datetime.combine(entered, time.min),
        expected_end=date(entered.year + 3, 7, 1),
        written=as_it_is(person),
        cohort=entered.year,
    )
    register_on(
        spell, entered + timedelta(days=city.dice.between(4, 40)), city.dice.between(480, 1080)
    )
    city.spells.append(spell)
    return spell


def _admit(city: City, spell: Spell) -> None:
    """Admit through the city's platform in the summer before."""
    person, year = spell.person, spell.cohort
    if not spell.exam_no:
        number = city.population.numbers.candidate(year, person.household.division)
        spell.exam_no = number
    admitted_on = city.dice.day(date(year, 7, 12), date(year, 8, 20))
    city.admissions.append(Admission(spell, year, spell.exam_no, admitted_on))


def _graduate_if_due(city: City, spell: Spell, *, with_certificate: bool = True) -> None:
    if spell.expected_end <= city.as_of:
        graduate(city, spell, spell.expected_end, with_certificate=with_certificate)


def graduate(city: City, spell: Spell, day: date, *, with_certificate: bool = True) -> None:
    """Close a spell by graduation; the registries with a query platform issue a certificate."""
    spell.status, spell.left_on = "graduated", day
    if with_certificate:
        serial = city.population.numbers.serial()
        number = f"{spell.school.code[-5:]}{day.year}{serial:07d}"
        city.certificates[spell] = Certificate(spell, number, day)
