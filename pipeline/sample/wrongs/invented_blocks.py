"""FR303, FR304 and FR305: blocks of students with made-up numbers, one telephone, or one autumn (P03, P17, P22)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from pipeline.sample import enrol, events
from pipeline.sample.numbers import check_digit, identity_number
from pipeline.sample.people import Person
from pipeline.sample.roll import Spell
from pipeline.sample.schools import School
from pipeline.sample.stage import Scene, Stage

_BODY, _BLOCK = 24, 15
_PLACE = "990305"


def school_with_a_roll(stage: Stage, kind: str, *, students: int = _BODY) -> School:
    """Found a school with ordinary students of two years."""
    school = stage.new_school(kind)
    for place in range(students):
        ordinary(stage, school, stage.year - place % 2)
    return school


def ordinary(stage: Stage, school: School, cohort: int) -> Spell:
    """Send a child of the city to the school, by the platform."""
    return enter(school)(stage.city, stage.pupil(cohort), cohort, school)


def enter(school: School) -> Callable[..., Spell]:
    """Give the way into a school of this kind."""
    return enrol.enter_vocational if school.kind == "vocational" else enrol.enter_technical


def stranger(stage: Stage, school: School, cohort: int, person: Person | None = None) -> Spell:
    """Register somebody whom no other list knows, unaided."""
    person = person or stage.city.population.pupil(cohort, division=_PLACE)
    spell = enter(school)(stage.city, person, cohort, school)
    stage.city.admissions.pop()
    spell.exam_no = ""
    spell.written.is_meant = True
    spell.draws_waiver = spell.draws_grant = False
    return spell


def numbered(stage: Stage, cohort: int, born_on: date, code: int) -> Person:
    """Bring in somebody with this birth date and sequence code; sex follows the code."""
    numbers = stage.city.population.numbers
    while not numbers.claim(_PLACE, born_on, code):
        born_on += timedelta(days=45)
    sex = "male" if code % 2 else "female"
    person = stage.city.population.pupil(cohort, division=_PLACE, sex=sex)
    person.born_on, person.id_number = born_on, identity_number(_PLACE, born_on, code)
    return person


def _days(stage: Stage, cohort: int, count: int) -> list[date]:
    """Draw different birth dates of a school year, in no order and at no distance."""
    first = date(cohort - 16, 9, 1)
    return [first + timedelta(days=place) for place in stage.dice.shuffled(range(360))[:count]]


def codes_in_steps(stage: Stage) -> None:
    """Invent a class whose sequence codes run 101, 103, 105, with good check digits."""
    cohort = stage.year - 1
    school = school_with_a_roll(stage, "vocational")
    first = 301 + 2 * stage.dice.between(0, 150)
    for place, born_on in enumerate(_days(stage, cohort, _BLOCK)):
        person = numbered(stage, cohort, born_on, first + 2 * place)
        stranger(stage, school, cohort, person).draws_waiver = True
    stage.school_wrong("FR303", school, cohort, "一批新生证件号顺序码等差编造，校验码正确")


def birthdays_in_a_row(stage: Stage) -> None:
    """Invent a block born on one day after the other, codes at random."""
    cohort = stage.year
    school = school_with_a_roll(stage, "technical")
    first = date(cohort - 16, 10, 1) + timedelta(days=stage.dice.between(0, 250))
    for place in range(_BLOCK):
        born_on = first + timedelta(days=place)
        code = 100 + stage.dice.between(0, 800)
        stranger(stage, school, cohort, numbered(stage, cohort, born_on, code))
    stage.school_wrong("FR303", school, cohort, "一批新生出生日期逐日连续，其他名单均无此人")


def one_code_for_all(stage: Stage) -> None:
    """Invent a block with one sequence code on different days, no check digit worked out."""
    cohort = stage.year
    school = school_with_a_roll(stage, "vocational")
    code = 101 + 2 * stage.dice.between(0, 400)
    last = {code % 10, (code + 3) % 10}
    for born_on in _days(stage, cohort, 12):
        spell = stranger(stage, school, cohort, numbered(stage, cohort, born_on, code))
        body = spell.written.id_number[:17]
        wrong = next(str(digit) for digit in sorted(last) if str(digit) != check_digit(body))
        spell.written.id_number = spell.person.id_number = body + wrong
        spell.student_no = f"G{body}{wrong}"
        stage.wrong("FR301", spell, "证件号校验码不符，其他名单均无此人")
    stage.school_wrong("FR303", school, cohort, "一批新生顺序码相同且校验码随手编造")


def _block(stage: Stage, school: School, count: int = _BLOCK) -> list[Spell]:
    """Register strangers in several classes of both years."""
    spells = []
    for place in range(count):
        spell = stranger(stage, school, stage.year - place % 2)
        spell.class_name = f"{spell.cohort}级综合{place % 4 + 1}班"
        spells.append(spell)
    return spells


def an_agencys_telephone(stage: Stage) -> None:
    """Register an agency's clients, all reached at its two telephones."""
    school = school_with_a_roll(stage, "vocational")
    phones = [stage.city.population.numbers.phone() for _ in range(2)]
    for place, spell in enumerate(_block(stage, school, 24)):
        spell.person.phone = spell.person.household.guardian_phone = phones[place % 2]
    stage.school_wrong("FR304", school, stage.year, "中介两个电话登记了全部挂靠学生")


def a_manager_for_a_guardian(stage: Stage) -> None:
    """Register students of many families whose guardian is one man."""
    school = school_with_a_roll(stage, "vocational")
    manager = stage.city.population.adult(stage.year)
    for spell in _block(stage, school, 15):
        home = spell.person.household
        home.guardian_name, home.guardian_id = manager.name, manager.id_number
    stage.school_wrong("FR304", school, stage.year, "十余个家庭的学生登记同一监护人证件号")


def an_office_for_an_address(stage: Stage) -> None:
    """Register students of many families at one address with a house number."""
    school = school_with_a_roll(stage, "vocational", students=30)
    number = stage.dice.between(1, 90)
    for spell in _block(stage, school, 12):
        spell.person.household.address = f"三江县虚构大街{number}号{number % 7 + 1}室"
    stage.school_wrong("FR304", school, stage.year, "多个家庭的学生登记同一门牌住址")


def a_technical_schools_agency(stage: Stage) -> None:
    """Register an agency's clients at a technical school, all reached at one telephone."""
    school = school_with_a_roll(stage, "technical", students=60)
    phone = stage.city.population.numbers.phone()
    for spell in _block(stage, school, 18):
        spell.person.phone = spell.person.household.guardian_phone = phone
        spell.person.has_guardian_card = True  # so that the school asks for the guardian
    stage.school_wrong("FR304", school, stage.year, "技工学校多个家庭的学生登记同一电话")


def _burst(stage: Stage, school: School, day: date, gone_from: date, *, aided: bool) -> None:
    """Register a block on the evening before a mark; two thirds are gone before long."""
    for place in range(18):
        spell = ordinary(stage, school, stage.year)
        spell.draws_waiver, spell.draws_grant = aided, False
        enrol.register_on(spell, day, 1080 + 3 * place)
        if place % 3:
            events.withdraw(stage.city, spell, gone_from + timedelta(days=place))


def a_block_before_the_deadline(stage: Stage) -> None:
    """Register a block on the eve of the deadline; most have left by Christmas, the waiver was drawn."""
    school = school_with_a_roll(stage, "vocational")
    _burst(stage, school, date(stage.year, 11, 9), date(stage.year, 11, 20), aided=True)
    stage.school_wrong(
        "FR305", school, stage.year, "截止日前夜突击注册，年底前成批退学，已领免学费"
    )


def a_technical_block_before_the_deadline(stage: Stage) -> None:
    """Register a block on the deadline of technical schools; most have left by December."""
    school = school_with_a_roll(stage, "technical")
    _burst(stage, school, date(stage.year, 10, 20), date(stage.year, 11, 2), aided=False)
    stage.school_wrong("FR305", school, stage.year, "技工截止日当天突击注册，入冬前成批退学")


def a_block_for_the_count(stage: Stage) -> None:
    """Register a block on the eve of the statistics' return day; most have left in October."""
    school = school_with_a_roll(stage, "vocational")
    _burst(stage, school, date(stage.year, 9, 19), date(stage.year, 10, 8), aided=False)
    stage.school_wrong("FR305", school, stage.year, "统计上报日前夜突击注册，十月成批退学")


SERIES: tuple[Scene, ...] = (codes_in_steps, birthdays_in_a_row, one_code_for_all)
CONTACTS: tuple[Scene, ...] = (
    an_agencys_telephone,
    a_manager_for_a_guardian,
    an_office_for_an_address,
    a_technical_schools_agency,
)
BURSTS: tuple[Scene, ...] = (
    a_block_before_the_deadline,
    a_technical_block_before_the_deadline,
    a_block_for_the_count,
)
