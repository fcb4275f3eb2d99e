"""SA403, SA404: aid to records that do not carry it, and amounts that fit no tariff (domain: 4.1, R36, R38)."""

from __future__ import annotations

from datetime import date

from pipeline.sample import enrol, events, props
from pipeline.sample.aid import TERM_AMOUNT
from pipeline.sample.aided import classmates, founded_once, pay, student
from pipeline.sample.roll import Spell, Wrong
from pipeline.sample.schools import School
from pipeline.sample.stage import Scene, Stage
from pipeline.sample.terms import Term

_TERM_MONTHS = 5


def _wrong(stage: Stage, detector_id: str, spell: Spell, amount: int, story: str) -> None:
    wrong = Wrong(detector_id, "person", story, (spell.person,), spell.school, amount_paid=amount)
    stage.city.wrongs.append(wrong)


def _part_time_adult(stage: Stage, kind: str) -> Spell:
    """Enrol an adult in a filed flexible class that the registry itself calls part-time."""
    city, cohort = stage.city, stage.year - 1
    schools: list[School] = getattr(city.schools, kind)
    enter = enrol.enter_technical if kind == "technical" else enrol.enter_vocational
    school = stage.dice.pick(schools[::2])
    spell = enter(city, city.population.adult(cohort), cohort, school)
    city.admissions.pop()
    spell.person.has_guardian_card = False
    spell.study_form, spell.entrant, spell.exam_no = "part_time", "migrant_worker", ""
    spell.class_name = f"{cohort}级弹性学制班"
    spell.draws_waiver = spell.draws_grant = False
    city.flexible.add((cohort, school.code))
    return spell


def a_part_time_adult_on_the_list(stage: Stage) -> None:
    """Draw two terms of the waiver for an adult whom the registry itself calls part-time."""
    spell = _part_time_adult(stage, "vocational")
    for term in (Term(spell.cohort, 1), Term(stage.year, 0)):
        pay(stage, spell, term, "tuition_waiver")
    _wrong(stage, "SA403", spell, 2 * TERM_AMOUNT, "非全日制成人学员两学期领取免学费")


def a_part_time_technician(stage: Stage) -> None:
    """Draw the technical grant for a part-time adult."""
    spell = _part_time_adult(stage, "technical")
    pay(stage, spell, Term(stage.year, 0))
    _wrong(stage, "SA403", spell, TERM_AMOUNT, "技工非全日制学员领取助学金")


def the_grant_of_a_third_year(stage: Stage) -> None:
    """Go on paying the grant in the third year, before it was lawful."""
    spell = student(stage, stage.year - 2)
    spell.draws_waiver = spell.draws_grant = True
    pay(stage, spell, Term(stage.year, 0))
    _wrong(stage, "SA403", spell, TERM_AMOUNT, "2025年春季前三年级学生领取助学金")


def the_waiver_of_a_fourth_year(stage: Stage) -> None:
    """Draw a seventh waiver for a student of a four-year course."""
    spell = student(stage, stage.year - 3)
    stage.city.certificates.pop(spell, None)
    spell.status, spell.left_on, spell.years = "active", None, 4
    spell.expected_end = date(stage.year + 1, 7, 1)
    spell.draws_waiver = True
    if spell.major is not None:
        props.file_majors(stage, spell.school, (spell.major,), spell.cohort, length=spell.years)
    pay(stage, spell, Term(stage.year, 0), "tuition_waiver")
    _wrong(stage, "SA403", spell, TERM_AMOUNT, "四年制学生第四学年仍享受免学费")


def suspended_and_paid_in_full(stage: Stage) -> None:
    """Pay the whole autumn's grant in December to a student who went home, suspended, in October."""
    spell = student(stage, stage.year - 1)
    first = stage.day(date(stage.year, 10, 10), date(stage.year, 10, 26))
    events.suspend(stage.city, spell, first, date(stage.year + 1, 8, 31))
    pay(stage, spell, Term(stage.year, 0)).paid_on = date(stage.year, 12, 6)
    due = TERM_AMOUNT * 2 // _TERM_MONTHS  # September and October
    _wrong(stage, "SA403", spell, TERM_AMOUNT - due, "10月休学，12月仍发放全学期助学金")


def left_and_paid_in_full(stage: Stage) -> None:
    """Pay the whole autumn's grant in December to a student who withdrew in October."""
    spell = student(stage, stage.year - 1)
    events.withdraw(stage.city, spell, stage.day(date(stage.year, 10, 8), date(stage.year, 10, 28)))
    pay(stage, spell, Term(stage.year, 0)).paid_on = date(stage.year, 12, 6)
    due = TERM_AMOUNT * 2 // _TERM_MONTHS
    _wrong(stage, "SA403", spell, TERM_AMOUNT - due, "10月退学，12月仍发放全学期助学金")


def the_scholarship_of_a_freshman(stage: Stage) -> None:
    """Award the national scholarship in the first year."""
    spell = student(stage, stage.year)
    pay(stage, spell, Term(stage.year, 0), "scholarship", 6000)
    _wrong(stage, "SA403", spell, 6000, "一年级学生领取国家奖学金")


def five_terms_at_two_schools(stage: Stage) -> None:
    """Draw four terms of the grant at one school, and a fifth at another that put the student a year lower."""
    city = stage.city
    old = student(stage, stage.year - 2)
    old.draws_grant = True
    new = enrol.enter_vocational(city, old.person, stage.year - 1, stage.another(old.school))
    city.admissions.pop()
    new.draws_waiver = new.draws_grant = False
    day = stage.day(date(stage.year, 6, 16), date(stage.year, 6, 25))
    enrol.register_on(new, date(stage.year, 6, 27))
    events.transfer(city, old, new, day, 3)
    pay(stage, new, Term(stage.year, 0))
    _wrong(stage, "SA403", new, TERM_AMOUNT, "两校累计领取五个学期助学金")


def above_the_highest_level(stage: Stage) -> None:
    """Pay more in a year than the highest level of the grant."""
    spell = student(stage, stage.year - 1)
    pay(stage, spell, Term(stage.year - 1, 0), amount=2000)
    pay(stage, spell, Term(stage.year - 1, 1), amount=1800)
    _wrong(stage, "SA404", spell, 800, "一学年助学金3800元，超过最高档3000元")


def two_scholarships_in_a_year(stage: Stage) -> None:
    """Award the scholarship in autumn and once more in spring."""
    spell = student(stage, stage.year - 2)
    pay(stage, spell, Term(stage.year - 1, 0), "scholarship", 6000)
    pay(stage, spell, Term(stage.year - 1, 1), "scholarship", 6000)
    _wrong(stage, "SA404", spell, 6000, "同一学年两次领取国家奖学金")


def a_scholarship_of_eight_thousand(stage: Stage) -> None:
    """Award what only universities award."""
    spell = student(stage, stage.year - 2)
    pay(stage, spell, Term(stage.year, 0), "scholarship", 8000)
    _wrong(stage, "SA404", spell, 2000, "中职国家奖学金按8000元发放")


def a_waiver_above_the_class(stage: Stage) -> None:
    """Claim a dearer waiver for one student of a class than for all the others."""
    school = founded_once(stage, "vocational", "青禾市虚构稻香农业职业学校")
    spells = classmates(stage, school, stage.year - 1, 12, again=6)
    for spell in spells:
        spell.draws_waiver = spell is not spells[0]
    for term, amount in (
        (Term(stage.year - 1, 0), TERM_AMOUNT),
        (Term(stage.year - 1, 1), 1400),
        (Term(stage.year, 0), 1350),
    ):
        pay(stage, spells[0], term, "tuition_waiver", amount)
    _wrong(stage, "SA404", spells[0], 750, "免学费补助高于同班其他学生")


def paid_for_july_and_august(stage: Stage) -> None:
    """Pay month by month, and through the summer."""
    spell = student(stage, stage.year - 1)
    for month in range(2, 9):
        line = pay(stage, spell, Term(stage.year - 1, 1), amount=200)
        line.paid_on = date(stage.year, month, 12)
    _wrong(stage, "SA404", spell, 400, "按月发放助学金，七、八月照发")


def a_grant_cut_short(stage: Stage) -> None:
    """Pay one student of a class three hundred yuan where the others get a thousand."""
    school = founded_once(stage, "vocational", "青禾市虚构禾东商贸职业学校")
    spells = classmates(stage, school, stage.year - 1, 10, again=2)
    for spell in spells:
        spell.draws_waiver, spell.draws_grant = True, spell is not spells[0]
    pay(stage, spells[0], Term(stage.year, 0), amount=300)
    _wrong(stage, "SA404", spells[0], 0, "整学期在校，助学金只发300元")


INELIGIBLE: tuple[Scene, ...] = (
    a_part_time_adult_on_the_list,
    the_grant_of_a_third_year,
    suspended_and_paid_in_full,
    left_and_paid_in_full,
    the_scholarship_of_a_freshman,
    five_terms_at_two_schools,
    the_waiver_of_a_fourth_year,
    a_part_time_technician,
)
OFF_TARIFF: tuple[Scene, ...] = (
    above_the_highest_level,
    two_scholarships_in_a_year,
    paid_for_july_and_august,
    a_scholarship_of_eight_thousand,
    a_waiver_above_the_class,
    a_grant_cut_short,
)
