"""Lawfully not in class, not registered, or on an outside list (RD201, RD202, RD205)."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.sample import absence, adults, enrol, events, paperwork
from pipeline.sample.absence import DUE, Lessons
from pipeline.sample.roll import Spell
from pipeline.sample.schools import School
from pipeline.sample.stage import Scene, Stage
from pipeline.sample.terms import Term

_ALL_THREE = "RD201 RD202 RD205"


def _second_year(stage: Stage) -> Spell:
    return absence.student(stage, "vocational", stage.year - 1)


def enlisted_some_weeks_ago(stage: Stage) -> None:
    """Join the army this spring; the days within which it is entered are not over (X15)."""
    spell = _second_year(stage)
    day = stage.day(date(stage.year + 1, 3, 22), date(stage.year + 1, 4, 8))
    paperwork.elsewhere(stage, spell.person, "现役入伍", (day, None), "青禾市征兵办公室")
    stage.lawful("X15", "RD201", spell, "春季入伍，尚在异动录入期限内")


def a_summer_job(stage: Stage) -> None:
    """Work in July and August, insured (X15)."""
    spell = _second_year(stage)
    days = date(stage.year, 6, 28), date(stage.year, 9, 1)
    paperwork.elsewhere(stage, spell.person, "在职参保", days, "青禾虚构超市")
    stage.lawful("X15", "RD201", spell, "暑假务工参保两个月")


def insured_and_in_class(stage: Stage) -> None:
    """Be insured through the family's shop and sit in class (X21)."""
    spell = _second_year(stage)
    days = date(stage.year, 9, 20), None
    paperwork.elsewhere(stage, spell.person, "在职参保", days, "青禾虚构商店")
    stage.lawful("X21", "RD201", spell, "参保于自家商店，考勤证明在校上课")


def insured_by_the_placement(stage: Stage) -> None:
    """Be on a placement from the third year on, insured by the firm, on no list of the class (X21)."""
    spell = absence.student(stage, "vocational", stage.year - 2)
    first = stage.day(date(stage.year, 9, 12), date(stage.year, 9, 30))
    last = date(stage.year + 1, 4, 30)
    spell.seen_until = first - timedelta(days=1)
    absence.note_placement(stage, spell, first, last)
    paperwork.elsewhere(stage, spell.person, "在职参保", (first, last), "青禾虚构装配有限公司")
    stage.lawful("X21", _ALL_THREE, spell, "三年级岗位实习，由实习单位参保")


def _adult(stage: Stage, school: School) -> Spell:
    """Enrol an adult full-time, unaided, last year."""
    cohort = stage.year - 1
    person = stage.city.population.adult(cohort)
    spell = enrol.enter_vocational(stage.city, person, cohort, school)
    stage.city.admissions.pop()
    spell.entrant, spell.exam_no = "migrant_worker", ""
    spell.draws_waiver = spell.draws_grant = False
    return spell


def at_work_in_a_filed_programme(stage: Stage) -> None:
    """Work beside a flexible programme that the school filed; come by stages (X11)."""
    school = stage.dice.pick(adults.filing_schools(stage.city, "vocational"))
    spell, *mates = (_adult(stage, school) for _ in range(3))
    for mate in mates:
        mate.major, mate.class_name = spell.major, spell.class_name
    spell.seen_until = date(stage.year, 9, 30)
    stage.city.flexible.add((spell.cohort, school.code))
    paperwork.elsewhere(stage, spell.person, "在职参保", (date(stage.year, 9, 1), None), "")
    stage.lawful("X11", _ALL_THREE, spell, "弹性学制已备案，工学交替")


def served_before_school(stage: Stage) -> None:
    """Have served in the army before entering (X20)."""
    spell = _second_year(stage)
    days = date(stage.year - 4, 9, 10), date(stage.year - 2, 9, 1)
    paperwork.elsewhere(stage, spell.person, "现役入伍", days, "青禾市征兵办公室")
    stage.lawful("X20", "RD201", spell, "入学前服役，已退役")


def serves_with_the_place_kept(stage: Stage) -> None:
    """Serve in the army, the place reserved by an approved change (X20)."""
    spell = _second_year(stage)
    events.join_army(stage.city, spell, date(stage.year, 9, stage.dice.between(8, 22)))
    stage.lawful("X20", _ALL_THREE + " RD203", spell, "应征入伍，已办保留学籍")


def a_sentence_served_outside(stage: Stage) -> None:
    """Serve a sentence in the community and sit in class (X25)."""
    spell = _second_year(stage)
    days = date(stage.year, 5, 10), None
    paperwork.elsewhere(stage, spell.person, "服刑", days, "社区矫正，可在校就读")
    stage.lawful("X25", "RD201", spell, "社区矫正期间正常在校")


def a_namesake_on_the_list(stage: Stage) -> None:
    """Share name and birthday with somebody who works full-time (X16)."""
    spell = _second_year(stage)
    twin = stage.city.population.namesake_of(spell.person)
    own, spell.person = spell.person, twin
    paperwork.elsewhere(stage, spell.person, "在职参保", (date(stage.year, 9, 5), None), "")
    spell.person = own
    stage.lawful("X16", "RD201", spell, "参保的是同名同生日的另一人")


def _away_in_october(stage: Stage, lessons: Lessons) -> Spell:
    """Be away in October as the list says, and seen no more unless a scene says so."""
    spell = _second_year(stage)
    spell.seen_until = date(stage.year, 9, 30)
    absence.note_month(stage, spell, stage.year * 100 + 10, lessons)
    return spell


def _back_since(stage: Stage, spell: Spell, place: int) -> None:
    """Be in class again from the month at that place of the list on, and registered for spring."""
    for month in absence.listed_months(stage)[place:]:
        absence.note_month(stage, spell, month, Lessons(present=DUE - 8, excused=8))
    absence.note_term(stage, spell, Term(stage.year, 1), "已注册")


def back_after_sixteen_days(stage: Stage) -> None:
    """Miss sixteen days running and come back (X19)."""
    spell = _away_in_october(stage, Lessons(24, 0, 96, 16))
    _back_since(stage, spell, 2)
    stage.lawful("X19", "RD202", spell, "连续旷课十六天后已返校上课")


def on_sick_leave(stage: Stage) -> None:
    """Be ill for months, with leave that the school granted (X20)."""
    spell = _second_year(stage)
    spell.seen_until = date(stage.year, 10, 31)
    for month in absence.listed_months(stage)[2:]:
        absence.note_month(stage, spell, month, Lessons(excused=DUE))
    absence.note_term(stage, spell, Term(stage.year, 1), "已注册")
    stage.lawful("X20", "RD202", spell, "长期病假，逐月经学校批准")


def suspended_after_days_away(stage: Stage) -> None:
    """Be away for two weeks, ill, and be suspended from the day it began (X20)."""
    spell = _away_in_october(stage, Lessons(40, 0, 80, 15))
    first = date(stage.year, 10, stage.dice.between(5, 15))
    events.suspend(stage.city, spell, first, date(stage.year + 1, 8, 31))
    stage.lawful("X20", "RD202 RD205", spell, "缺课期间已办休学")


def away_in_march(stage: Stage) -> None:
    """Miss fifteen days running in March; the days within which it is settled are not over (X15)."""
    spell = _second_year(stage)
    spell.seen_until = date(stage.year + 1, 3, 21)
    month = absence.listed_months(stage)[-1]
    absence.note_month(stage, spell, month, Lessons(30, 0, 90, 15))
    stage.lawful("X15", "RD202", spell, "三月连续旷课，尚在处理期限内")


def taught_at_the_partner(stage: Stage) -> None:
    """Sit in the classes of the school that hosts the joint class, on whose list the student is (X35)."""
    spell = _second_year(stage)
    spell.seen_until = date(stage.year, 9, 30)
    own, spell.school = spell.school, stage.another(spell.school)
    for month in absence.listed_months(stage)[1:]:
        absence.note_month(stage, spell, month, Lessons(present=DUE))
    spell.school = own
    absence.note_term(stage, spell, Term(stage.year, 1), "已注册")
    stage.lawful("X35", "RD202", spell, "融通班学生在合作学校上课，该校考勤有记录")


def registration_postponed(stage: Stage) -> None:
    """Have the registration for spring postponed, as the list says (X15)."""
    spell = _second_year(stage)
    spell.seen_until = date(stage.year + 1, 1, 30)
    absence.note_term(stage, spell, Term(stage.year, 1), "暂缓注册")
    stage.lawful("X15", "RD205", spell, "名单注明暂缓注册")


def came_after_registration(stage: Stage) -> None:
    """Join the school in March, after the list of registrations was closed (X15)."""
    spell = _second_year(stage)
    day = stage.day(date(stage.year + 1, 3, 21), date(stage.year + 1, 4, 2))
    new = enrol.enter_vocational(
        stage.city, spell.person, spell.cohort, stage.another(spell.school)
    )
    stage.city.admissions.pop()
    new.draws_waiver = new.draws_grant = False
    enrol.register_on(new, day + timedelta(days=2))
    events.transfer(stage.city, spell, new, day, 0)
    stage.lawful("X15", "RD205", new, "开学注册后转入，随转学办理")


def away_in_autumn_and_back(stage: Stage) -> None:
    """Miss the autumn and be registered and in class again in spring (X19)."""
    spell = _second_year(stage)
    spell.seen_until = date(stage.year, 6, 30)
    _back_since(stage, spell, 5)
    stage.lawful("X19", "RD202 RD205", spell, "秋季未到校，春季已注册返校")


def in_class_and_not_registered(stage: Stage) -> None:
    """Sit in class in March although the registration was forgotten (X21)."""
    spell = _second_year(stage)
    spell.seen_until = date(stage.year + 1, 1, 30)
    absence.note_month(stage, spell, absence.listed_months(stage)[-1], Lessons(present=DUE))
    stage.lawful("X21", "RD205", spell, "仅漏办学期注册，考勤证明在校")


def suspended_this_spring(stage: Stage) -> None:
    """Be suspended when the spring term is registered for (X20)."""
    spell = _second_year(stage)
    first = stage.day(date(stage.year + 1, 2, 18), date(stage.year + 1, 3, 5))
    events.suspend(stage.city, spell, first, date(stage.year + 1, 12, 31))
    stage.lawful("X20", "RD205 RD203", spell, "春季开学时已休学")


ON_AN_OUTSIDE_LIST: tuple[Scene, ...] = (
    enlisted_some_weeks_ago,
    a_summer_job,
    insured_and_in_class,
    insured_by_the_placement,
    at_work_in_a_filed_programme,
    served_before_school,
    serves_with_the_place_kept,
    a_sentence_served_outside,
    a_namesake_on_the_list,
)
AWAY: tuple[Scene, ...] = (
    back_after_sixteen_days,
    on_sick_leave,
    suspended_after_days_away,
    away_in_march,
    taught_at_the_partner,
    insured_by_the_placement,
    at_work_in_a_filed_programme,
)
UNREGISTERED: tuple[Scene, ...] = (
    registration_postponed,
    came_after_registration,
    away_in_autumn_and_back,
    in_class_and_not_registered,
    suspended_this_spring,
    insured_by_the_placement,
    at_work_in_a_filed_programme,
)
