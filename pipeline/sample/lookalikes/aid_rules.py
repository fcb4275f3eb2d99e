"""Aid that looks off and is lawful: lower years, new courses, part months, whole years at once (SA403, SA404)."""

from __future__ import annotations

from datetime import date

from pipeline.sample import enrol, events
from pipeline.sample.aid import TERM_AMOUNT
from pipeline.sample.aided import classmates, founded_once, pay, student
from pipeline.sample.stage import Scene, Stage
from pipeline.sample.terms import Term


def a_lower_year_after_an_illness(stage: Stage) -> None:
    """Draw the grant in what is the third year on paper, after a year at home (X20)."""
    spell = student(stage, stage.year - 2)
    first, last = date(stage.year - 2, 11, 8), date(stage.year - 1, 8, 28)
    events.suspend(stage.city, spell, first, last)
    events.repeat_year(stage.city, spell, last)
    pay(stage, spell, Term(stage.year, 0))
    stage.lawful("X20", "SA403", spell, "因病休学一年后编入低年级，第三学年仍属二年级")


def a_lower_year_after_a_repetition(stage: Stage) -> None:
    """Draw the grant in the third year after repeating the first (X20)."""
    spell = student(stage, stage.year - 2)
    events.repeat_year(stage.city, spell, date(stage.year - 1, 9, 6))
    for term in (Term(stage.year - 1, 0), Term(stage.year - 1, 1), Term(stage.year, 0)):
        pay(stage, spell, term)
    stage.lawful("X20", "SA403", spell, "经批准留级，按实际年级享受助学金")


def waived_again_in_an_advanced_class(stage: Stage) -> None:
    """Draw six waivers in the intermediate class and more in the advanced one (X04)."""
    school = stage.school("technical")
    first = student(stage, stage.year - 3, school)
    further = enrol.enter_technical(stage.city, first.person, stage.year, school, "advanced")
    first.draws_waiver = further.draws_waiver = True
    further.draws_grant = False
    stage.lawful("X04", "SA403 SA408", further, "中级工毕业后升入高级工班，年限重新计算")


def aided_anew_as_a_new_student(stage: Stage) -> None:
    """Leave after two years of the grant, enter another school and draw it again (X19)."""
    city = stage.city
    first = student(stage, stage.year - 3)
    city.certificates.pop(first, None)
    first.draws_grant = True
    events.withdraw(city, first, stage.day(date(stage.year - 1, 6, 8), date(stage.year - 1, 6, 28)))
    second = enrol.enter_vocational(city, first.person, stage.year, stage.another(first.school))
    second.entrant, second.draws_waiver, second.draws_grant = "junior_past", True, True
    stage.lawful("X19", "SA403", second, "退学后重新考入他校的往届生，按新学籍享受资助")


def paid_before_the_suspension(stage: Stage) -> None:
    """Be paid in November and fall ill in December (partial term)."""
    spell = student(stage, stage.year - 1)
    first = stage.day(date(stage.year, 12, 4), date(stage.year, 12, 22))
    events.suspend(stage.city, spell, first, date(stage.year + 1, 8, 31))
    pay(stage, spell, Term(stage.year, 0))
    stage.lawful("X15", "SA403 SA401", spell, "资助发放后当学期才休学")


def paid_for_two_months(stage: Stage) -> None:
    """Be suspended in October and paid for September and October in December (partial term)."""
    spell = student(stage, stage.year - 1)
    first = stage.day(date(stage.year, 10, 10), date(stage.year, 10, 26))
    events.suspend(stage.city, spell, first, date(stage.year + 1, 8, 31))
    pay(stage, spell, Term(stage.year, 0), amount=400).paid_on = date(stage.year, 12, 6)
    stage.lawful("X15", "SA403 SA404", spell, "休学学生按在校月份折算发放助学金")


def the_scholarship_of_a_second_year(stage: Stage) -> None:
    """Be awarded the national scholarship in the second year (the ordinary case)."""
    spell = student(stage, stage.year - 1)
    pay(stage, spell, Term(stage.year, 0), "scholarship", 6000)
    stage.lawful("X04", "SA403 SA404", spell, "二年级学生获中职国家奖学金")


def the_whole_year_in_one_line(stage: Stage) -> None:
    """Be paid the grant of both terms in autumn (X37)."""
    spell = student(stage, stage.year - 1)
    pay(stage, spell, Term(stage.year - 1, 0), amount=2 * TERM_AMOUNT)
    stage.lawful("X37", "SA404 SA402", spell, "全学年助学金一次发放，未超过年度标准")


def at_the_highest_level(stage: Stage) -> None:
    """Be paid the highest level of the grant, two terms."""
    spell = student(stage, stage.year - 1)
    for term in (Term(stage.year - 1, 0), Term(stage.year - 1, 1)):
        pay(stage, spell, term, amount=1500)
    stage.lawful("X37", "SA404", spell, "特别困难学生按最高档领取助学金")


def month_by_month_to_july(stage: Stage) -> None:
    """Be paid in five monthly parts, the last of them in July (X37)."""
    spell = student(stage, stage.year - 1)
    for month in (3, 4, 5, 6, 7):
        line = pay(stage, spell, Term(stage.year - 1, 1), amount=200)
        line.paid_on = date(stage.year, month, 6)
    stage.lawful("X37", "SA404 SA402", spell, "春季助学金分五次发放，末次在7月")


def in_august_for_the_spring(stage: Stage) -> None:
    """Be paid in August what the spring was owed (X37)."""
    spell = student(stage, stage.year - 1)
    pay(stage, spell, Term(stage.year - 1, 1)).paid_on = date(stage.year, 8, 18)
    stage.lawful("X37", "SA404", spell, "暑期补发春季学期助学金")


def two_waivers_in_one_line(stage: Stage) -> None:
    """Have the waivers of a school year settled in one line, where the class has two (X37)."""
    school = founded_once(stage, "vocational", "青禾市虚构青禾农业职业学校")
    spells = classmates(stage, school, stage.year - 1, 12, again=6)
    for spell in spells:
        spell.draws_waiver = spell is not spells[0]
    pay(stage, spells[0], Term(stage.year - 1, 0), "tuition_waiver", 2 * TERM_AMOUNT)
    pay(stage, spells[0], Term(stage.year, 0), "tuition_waiver")
    stage.lawful("X37", "SA404 SA402", spells[0], "免学费补助全学年一次结算")


def a_dearer_advanced_class(stage: Stage) -> None:
    """Have a dearer waiver in the advanced class of a technical school (X04)."""
    school = founded_once(stage, "technical", "青禾市虚构机电技工学校")
    for spell in classmates(stage, school, stage.year - 1, 10):
        spell.draws_waiver = True
    person = stage.city.population.pupil(stage.year - 3)
    person.has_guardian_card = False
    enrol.enter_technical(stage.city, person, stage.year - 3, school).draws_waiver = False
    advanced = enrol.enter_technical(stage.city, person, stage.year, school, "advanced")
    advanced.major, advanced.draws_waiver, advanced.draws_grant = school.majors[0], False, False
    pay(stage, advanced, Term(stage.year, 0), "tuition_waiver", 1400)
    stage.lawful("X04", "SA404", advanced, "高级工班免学费标准高于中级工班")


INELIGIBLE: tuple[Scene, ...] = (
    a_lower_year_after_an_illness,
    a_lower_year_after_a_repetition,
    waived_again_in_an_advanced_class,
    aided_anew_as_a_new_student,
    paid_before_the_suspension,
    paid_for_two_months,
    the_scholarship_of_a_second_year,
)
OFF_TARIFF: tuple[Scene, ...] = (
    the_whole_year_in_one_line,
    at_the_highest_level,
    month_by_month_to_july,
    in_august_for_the_spring,
    two_waivers_in_one_line,
    a_dearer_advanced_class,
)
