"""Allocations and lists that differ for good reasons (SA409, SA413)."""

from __future__ import annotations

from datetime import date

from pipeline.sample import enrol, events
from pipeline.sample.corrections import leave_out, reword
from pipeline.sample.exports.row import Cells, Row
from pipeline.sample.roll import Spell
from pipeline.sample.schools import School
from pipeline.sample.stage import Scene, Stage
from pipeline.sample.wrongs.funds import JILIN_CITY, STANDARD, fund, funded_school, heads

_TEN, _FEW = 10, 4


def _spells(stage: Stage, school: School, cohort: int) -> list[Spell]:
    return [
        spell for spell in stage.city.spells if spell.school is school and spell.cohort == cohort
    ]


def a_few_heads_more(stage: Stage) -> None:
    """Fund four more than the roll holds: a matter of the day of counting."""
    school = funded_school(stage)
    fund(stage, school, "71", heads(stage, school, "71") + _FEW)
    stage.lawful_school("-", "SA409", school, "拨款人数与学籍差四人，属取数时点差异")


def set_off_where_it_is_allowed(stage: Stage) -> None:
    """Set own income off in a city without a rule against it."""
    school = funded_school(stage)
    count = heads(stage, school, "71")
    fund(stage, school, "71", count, amount=count * STANDARD - 12000, own_income_offset=12000)
    stage.lawful_school("-", "SA409", school, "本市当时并无不得冲抵的规定")


def a_rising_standard(stage: Stage) -> None:
    """Pay more a head than the year before, in Jilin City's neighbourhood."""
    school = funded_school(stage, JILIN_CITY)
    count = len([one for one in _spells(stage, school, stage.year - 1) if one.major])
    row: Cells = {
        "year": stage.year - 1,
        "school_code": school.code,
        "major_group": "71",
        "headcount": count // 2,
        "standard": 3600,
        "amount": 3600 * (count // 2),
        "own_income_offset": 0,
    }
    stage.more("funding_allocations", Row(str(stage.year - 1), row, ""))
    stage.lawful_school("-", "SA409", school, "生均标准逐年提高")


def funded_for_a_flexible_course(stage: Stage) -> None:
    """Fund the part-time students of a flexible course that was filed."""
    school = funded_school(stage)
    stage.city.flexible.add((stage.year, school.code))
    major = school.majors[0]
    for _ in range(_TEN):
        adult = stage.city.population.adult(stage.year)
        spell = enrol.enter_vocational(stage.city, adult, stage.year, school)
        stage.city.admissions.pop()
        spell.study_form, spell.entrant, spell.exam_no = "part_time", "migrant_worker", ""
        spell.major, spell.draws_waiver, spell.draws_grant = major, False, False
        spell.class_name = f"{stage.year}级{major.name}弹性班"
    group = major.code[:2]
    fund(stage, school, group, heads(stage, school, group))
    stage.lawful_school("X11", "SA409", school, "已备案弹性学制的学员一并拨款")


def counted_before_they_left(stage: Stage) -> None:
    """Fund by the heads of September; ten have left since."""
    school = funded_school(stage)
    leaving = [
        spell for spell in _spells(stage, school, stage.year - 1) if spell.major is school.majors[0]
    ][:_TEN]
    count = heads(stage, school, "71")
    for spell in leaving:
        day = stage.day(date(stage.year, 11, 1), date(stage.year + 1, 3, 10))
        events.withdraw(stage.city, spell, day)
    fund(stage, school, "71", count)
    stage.lawful_school("X15", "SA409", school, "按九月时点拨款，其后有学生退学")


def _autumn(stage: Stage, spell: Spell) -> Cells:
    return {
        "student_no": spell.student_no,
        "school_year": f"{stage.year}-{stage.year + 1}",
        "term": "autumn",
    }


def left_out_by_a_clerk(stage: Stage) -> None:
    """Leave ten off the autumn's list of registrations who sit in class all term."""
    school = funded_school(stage)
    for spell in _spells(stage, school, stage.year)[:_TEN]:
        leave_out(stage, "term_registrations", _autumn(stage, spell))
    stage.lawful_school("X21", "SA413", school, "漏报学期注册，考勤证明在校")


def numbers_of_another_kind(stage: Stage) -> None:
    """Write ten students' school numbers instead of their 学籍号 on the autumn's list."""
    school = funded_school(stage)
    for place, spell in enumerate(_spells(stage, school, stage.year)[:_TEN]):
        number = f"XN{school.code[-4:]}{place:03d}"
        reword(stage, "term_registrations", _autumn(stage, spell), {"student_no": number})
    stage.lawful_school("X17", "SA413", school, "注册名单误填校内学号，人数相符")


def suspended_since_summer(stage: Stage) -> None:
    """Suspend six from the summer on; nobody draws aid for them."""
    school = funded_school(stage)
    for spell in _spells(stage, school, stage.year - 1)[:6]:
        events.suspend(stage.city, spell, date(stage.year, 8, 25), date(stage.year + 1, 8, 20))
    stage.lawful_school("X20", "SA413", school, "六名学生休学，未受助")


def left_in_the_term(stage: Stage) -> None:
    """Lose eight in November, after the autumn's aid was earned."""
    school = funded_school(stage)
    for spell in _spells(stage, school, stage.year)[:8]:
        events.withdraw(
            stage.city, spell, stage.day(date(stage.year, 11, 20), date(stage.year, 12, 20))
        )
    stage.lawful_school("X15", "SA413", school, "十一月后退学，秋季资助应得")


def unaided_by_choice(stage: Stage) -> None:
    """Pay aid to a third of a school's students only."""
    school = funded_school(stage)
    for spell in stage.city.spells:
        if spell.school is school and int(spell.person.key[1:]) % 3:
            spell.draws_waiver = spell.draws_grant = False
    stage.lawful_school("-", "SA413", school, "受助人数少于学籍人数，本属正常")


FUNDED: tuple[Scene, ...] = (
    a_few_heads_more,
    set_off_where_it_is_allowed,
    a_rising_standard,
    funded_for_a_flexible_course,
    counted_before_they_left,
)
AGREEING: tuple[Scene, ...] = (
    left_out_by_a_clerk,
    numbers_of_another_kind,
    suspended_since_summer,
    left_in_the_term,
    unaided_by_choice,
)
