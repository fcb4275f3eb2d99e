"""Life courses: how the children of a city pass through its schools when nobody cheats (domain: 8.4)."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.sample import adults, enrol, events
from pipeline.sample.city import City
from pipeline.sample.people import Person
from pipeline.sample.roll import Spell
from pipeline.sample.schools import School

_TO_HIGH, _TO_VOCATIONAL = (
    0.59,
    0.915,
)  # of those who go on at all; the rest goes to technical schools
_STAYS_OUT = 0.07
_TWINS = 0.0095
_CHANGES_NAME = 0.015
_CHANGES_NUMBER = 0.001
_UNDOCUMENTED = 0.003


def populate(city: City) -> None:
    """Let six cohorts pass through upper-secondary school, and three more sit in junior school."""
    per_cohort = max(1, round(city.students / 6))
    for cohort in range(city.year - 5, city.year + 1):
        going = 0
        while going < per_cohort:
            going += _family(city, cohort)
    for cohort in range(city.year + 1, city.year + 4):
        for _ in range(max(3, round(per_cohort * 0.6))):
            enrol.enter_junior(city, city.population.pupil(cohort), cohort)
    adults.populate(city)


def _family(city: City, cohort: int) -> int:
    """Send a child, or twins, on their way; tell how many of them go on to upper-secondary school."""
    dice, population = city.dice, city.population
    child = population.pupil(cohort)
    children = [child, population.twin_of(child)] if dice.chance(_TWINS) else [child]
    return sum(_child(city, person, cohort) for person in children)


def _child(city: City, person: Person, cohort: int) -> int:
    dice = city.dice
    if dice.chance(_UNDOCUMENTED):
        person.is_undocumented = True
    elif dice.chance(_CHANGES_NUMBER):
        city.population.changes_number(person)
    childhood_name = person.name
    if dice.chance(_CHANGES_NAME):
        city.population.changes_name(person)
    if cohort >= city.first_year:
        enrol.enter_junior(city, person, cohort).written.name = childhood_name
    if dice.chance(_STAYS_OUT):
        return 0
    where = dice.between(0, 9999) / 10000
    if where < _TO_HIGH:
        high_school_life(city, person, cohort)
    elif where < _TO_VOCATIONAL:
        vocational_life(city, person, cohort)
    else:
        technical_life(city, person, cohort)
    return 1


def high_school_life(city: City, person: Person, cohort: int) -> Spell:
    """Pass through general high school; a few transfer to a vocational school, some go to college."""
    dice = city.dice
    spell = enrol.enter_high(city, person, cohort)
    what = dice.between(0, 9999) / 10000
    if what < 0.015:
        transfer_to_vocational(city, spell)
    elif what < 0.020:
        events.withdraw(city, spell, school_day(city, spell))
        if cohort + 1 <= city.year and (spell.left_on or city.as_of) < date(cohort + 1, 7, 1):
            again = enrol.enter_vocational(city, person, cohort + 1)
            again.entrant = "junior_past"
            city.is_lawful("X19", "DE101", again, "普通高中退学后次年重新报考中职")
    elif what < 0.025:
        suspend_for_a_term(city, spell)
    elif spell.status == "graduated" and dice.chance(0.12):
        enrol.enter_higher(city, person, cohort + 3)
    return spell


def vocational_life(city: City, person: Person, cohort: int) -> Spell:
    """Pass through a vocational school; some leave, pause, serve, move; half go on to college."""
    dice = city.dice
    if dice.chance(len(city.schools.closed) / (len(city.schools.vocational) + 1)):
        return life_in_a_merged_school(city, person, cohort)
    spell = enrol.enter_vocational(city, person, cohort)
    what = dice.between(0, 9999) / 10000
    if what < 0.13:
        events.withdraw(city, spell, school_day(city, spell))
    elif what < 0.142:
        suspend_for_a_term(city, spell)
    elif what < 0.150:
        change_school(city, spell)
    elif what < 0.155 and spell.is_open:
        events.join_army(city, spell, date(city.year, 9, dice.between(8, 25)))
        city.is_lawful("X20", "RD204 RD206 SA401", spell, "应征入伍保留学籍")
    elif spell.status == "graduated":
        go_on_to_college(city, spell)
    return spell


def technical_life(city: City, person: Person, cohort: int) -> Spell:
    """Pass through a technical school; a third of the graduates stay for the advanced course."""
    dice = city.dice
    spell = enrol.enter_technical(city, person, cohort)
    what = dice.between(0, 9999) / 10000
    if what < 0.12:
        events.withdraw(city, spell, school_day(city, spell))
    elif spell.status == "graduated" and dice.chance(0.33):
        further = enrol.enter_technical(city, person, cohort + 3, spell.school, "advanced")
        city.is_lawful("X04", "DE106", further, "本校中级工毕业后升入高级工班")
    return spell


def go_on_to_college(city: City, spell: Spell) -> None:
    """Send a vocational graduate to college in the same summer, or not."""
    dice = city.dice
    if not dice.chance(0.45):
        return
    year = spell.expected_end.year
    if dice.chance(0.15) and spell.major is not None:
        college = city.schools.higher[0]
        further = enrol.enter_higher(city, spell.person, year, college)
        spell.segment = "3+2"
        agree(city, spell, further)
        city.is_lawful("X01", "DE103 RD204 RD206", spell, "3+2贯通培养，第四学年转入高校")
    else:
        enrol.enter_higher(city, spell.person, year)
        city.is_lawful("X18", "DE103", spell, "中职毕业后考入高校")


def agree(city: City, spell: Spell, further: Spell) -> None:
    """Sign the agreement that makes a 3+2 chain lawful."""
    if spell.major is not None and further.major is not None:
        schools = (spell.school.code, spell.major.code, further.school.code, further.major.code)
        city.agreements.add(schools)


def transfer_to_vocational(city: City, old: Spell) -> Spell:
    """Transfer from general high school in the window, into the same grade (X08)."""
    dice = city.dice
    last = date(old.cohort + 1, 11, 20)
    first = date(old.cohort, 11, 10)
    day = dice.day(first, min(last, city.as_of - timedelta(days=20)))
    new = enrol.enter_vocational(city, old.person, old.cohort)
    new.exam_no = old.exam_no
    city.admissions.pop()
    enrol.register_on(new, day + timedelta(days=dice.between(1, 6)))
    events.transfer(city, old, new, day, dice.between(3, 25))
    city.is_lawful("X08", "DE101 RQ601 SA402", new, "普通高中学生在规定窗口期转入中职对应年级")
    return new


def change_school(city: City, old: Spell) -> Spell:
    """Move to another vocational school in the second year, papers in order (X15)."""
    dice = city.dice
    others = [school for school in city.schools.vocational if school is not old.school]
    new = enrol.enter_vocational(city, old.person, old.cohort, dice.pick(others))
    city.admissions.pop()
    first = date(old.cohort + 1, 3, 5)
    day = dice.day(first, date(old.cohort + 1, 10, 10))
    if day >= city.as_of:
        day = city.as_of - timedelta(days=14)
    new.major, new.draws_waiver, new.draws_grant = old.major, old.draws_waiver, old.draws_grant
    enrol.register_on(new, day + timedelta(days=dice.between(1, 8)))
    events.transfer(city, old, new, day, dice.between(0, 20))
    city.is_lawful("X15", "DE106 RQ601 SA402", new, "中职之间转学，双方手续衔接")
    return new


def life_in_a_merged_school(city: City, person: Person, cohort: int) -> Spell:
    """Pass through a school whose code ended in a merger; the successor carries the student on (X10)."""
    dice = city.dice
    closing = dice.pick(city.schools.closed)
    if closing.merged_on is None or closing.successor is None:
        raise ValueError("a closed school needs its merger")
    if date(cohort, 9, 1) > closing.merged_on:
        return enrol.enter_vocational(city, person, cohort, closing.successor)
    spell = enrol.enter_vocational(city, person, cohort, closing)
    if spell.expected_end < closing.merged_on:
        return spell
    if not dice.chance(0.3):
        _carry_on(spell, closing.successor)
        return spell
    moved = enrol.enter_vocational(city, person, cohort, closing.successor)
    city.admissions.pop()
    city.certificates.pop(spell, None)
    spell.status, spell.left_on = "transferred", closing.merged_on
    moved.major, moved.class_name = spell.major, spell.class_name
    moved.registered_at, moved.began_on = spell.registered_at, closing.merged_on
    moved.draws_waiver, moved.draws_grant = spell.draws_waiver, spell.draws_grant
    city.is_lawful("X10", "DE106 SA402 SC501 RQ601", moved, "学校合并，学籍由新校承接")
    return moved


def _carry_on(spell: Spell, successor: School) -> None:
    spell.school = successor


def suspend_for_a_term(city: City, spell: Spell) -> None:
    """Suspend for illness and come back, or still be away."""
    dice = city.dice
    first = school_day(city, spell)
    events.suspend(city, spell, first, first + timedelta(days=dice.between(120, 300)))
    if spell.status == "suspended" or spell.is_open:
        events.repeat_year(city, spell, first + timedelta(days=300))


def school_day(city: City, spell: Spell) -> date:
    """Draw a day inside the spell, at least two months after its start and before today."""
    last = min(spell.expected_end - timedelta(days=60), city.as_of - timedelta(days=25))
    first = spell.first_day + timedelta(days=60)
    return city.dice.day(first, max(first, last))
