"""Lawful contest awards that look wrong: ladders topped up, two events, two roles, half tariffs (SA412)."""

from __future__ import annotations

from datetime import date

from pipeline.sample import enrol, events
from pipeline.sample.paperwork import award, contest_school, contestant
from pipeline.sample.people import Person
from pipeline.sample.roll import LookAlike
from pipeline.sample.stage import Scene, Stage


def _is_lawful(stage: Stage, exception: str, person: Person, story: str) -> None:
    one = LookAlike(exception, ("SA412",), story, person, contest_school(stage))
    stage.city.look_alikes.append(one)


def topped_up_to_the_highest(stage: Stage) -> None:
    """Be topped up from the city's prize to the nation's (X28)."""
    person, year = contestant(stage).person, stage.year
    award(stage, person, ("全市", "一等奖", 3000))
    province = {"approved_on": date(year, 9, 20), "paid_on": date(year, 10, 9)}
    award(stage, person, ("全省", "二等奖", 5000), held_on=date(year, 9, 9), **province)
    nation = {"approved_on": date(year, 11, 20), "paid_on": date(year, 12, 4)}
    award(stage, person, ("全国", "三等奖", 4000), held_on=date(year, 11, 5), **nation)
    _is_lawful(stage, "X28", person, "逐级补差，合计等于最高奖项标准")


def two_events_won(stage: Stage) -> None:
    """Win in two events (X28)."""
    person = contestant(stage).person
    award(stage, person, ("全市", "一等奖", 3000), event="焊接技术")
    award(stage, person, ("全省", "二等奖", 8000), event="数控车")
    _is_lawful(stage, "X28", person, "两个不同赛项各获奖项")


def a_teacher_in_two_roles(stage: Stage) -> None:
    """Compete as a teacher and coach a student of the same event (X28)."""
    person = stage.city.population.adult(stage.year)
    award(stage, person, ("全市", "一等奖", 3000), role="参赛教师")
    award(stage, person, ("全市", "一等奖", 3000), role="指导教师")
    _is_lawful(stage, "X28", person, "同一教师既参赛又指导学生")


def half_for_an_association(stage: Stage) -> None:
    """Be paid half of the tariff for the contest of an association."""
    person = contestant(stage).person
    award(stage, person, ("全国", "二等奖", 7500), organiser_kind="行业协会")
    _is_lawful(stage, "X28", person, "协会竞赛按一半标准发放")


def too_much_and_taken_back(stage: Stage) -> None:
    """Be paid the full tariff and give half of it back (X28)."""
    person = contestant(stage).person
    award(stage, person, ("全国", "二等奖", 15000), organiser_kind="行业协会")
    back = date(stage.year, 12, 4)
    award(stage, person, ("全国", "二等奖", -7500), organiser_kind="行业协会", paid_on=back)
    _is_lawful(stage, "X28", person, "多发部分已收回")


def on_the_list_of_school_and_city(stage: Stage) -> None:
    """Be named by the school's list and by the city's (X28)."""
    person = contestant(stage).person
    for copy in ("市人社局", "学校"):
        award(stage, person, ("全市", "二等奖", 2000), copy=copy)
    _is_lawful(stage, "X28", person, "同一笔奖励列入学校、市局两份名单")


def less_the_tax(stage: Stage) -> None:
    """Be paid less a fifth of tax (X28)."""
    person = contestant(stage).person
    award(stage, person, ("全省", "一等奖", 8000))
    _is_lawful(stage, "X28", person, "代扣税款后发放")


def a_final_after_graduation(stage: Stage) -> None:
    """Graduate in July and win the final in August (X18)."""
    person = contestant(stage, stage.year - 3).person
    dates = {"held_on": date(stage.year, 8, 19), "approved_on": date(stage.year, 9, 4)}
    award(stage, person, ("全国", "三等奖", 12000), paid_on=date(stage.year, 9, 20), **dates)
    _is_lawful(stage, "X18", person, "当年毕业后参加决赛")


def suspended_and_in_the_contest(stage: Stage) -> None:
    """Compete while suspended (X20)."""
    spell = contestant(stage)
    events.suspend(stage.city, spell, date(stage.year, 4, 10), date(stage.year, 8, 31))
    award(stage, spell.person, ("全市", "三等奖", 1000))
    _is_lawful(stage, "X20", spell.person, "休学期间参赛")


def a_ladder_where_no_tariff_binds(stage: Stage) -> None:
    """Be paid at both steps in a city whose documents set no tariff."""
    person = stage.pupil(stage.year - 1)
    spell = enrol.enter_vocational(stage.city, person, stage.year - 1)
    for prize in (("全市", "一等奖", 3000), ("全省", "二等奖", 8000)):
        award(stage, person, prize, school_code=spell.school.code)
    _is_lawful(stage, "X28", person, "所在市未规定奖励标准")


SCENES: tuple[Scene, ...] = (
    topped_up_to_the_highest,
    two_events_won,
    a_teacher_in_two_roles,
    half_for_an_association,
    a_final_after_graduation,
    suspended_and_in_the_contest,
    too_much_and_taken_back,
    on_the_list_of_school_and_city,
    less_the_tax,
    a_ladder_where_no_tariff_binds,
)
