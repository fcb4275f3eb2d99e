"""SA412: contest awards paid at every step, in full for an association, unapproved, or to nobody there (P20)."""

from __future__ import annotations

from datetime import date

from pipeline.sample import events
from pipeline.sample.paperwork import award, contest_school, contestant
from pipeline.sample.people import Person
from pipeline.sample.roll import Wrong
from pipeline.sample.stage import Scene, Stage


def _not_due(stage: Stage, person: Person, amount: int, story: str) -> None:
    school = contest_school(stage)
    stage.city.wrongs.append(
        Wrong("SA412", "person", story, people=(person,), school=school, amount_paid=amount)
    )


def the_whole_ladder_paid(stage: Stage) -> None:
    """Pay city, province and nation in full for one event."""
    person, year = contestant(stage).person, stage.year
    award(stage, person, ("全市", "一等奖", 3000))
    province = {"approved_on": date(year, 9, 20), "paid_on": date(year, 10, 9)}
    award(stage, person, ("全省", "二等奖", 8000), held_on=date(year, 9, 9), **province)
    nation = {"approved_on": date(year, 11, 20), "paid_on": date(year, 12, 4)}
    award(stage, person, ("全国", "三等奖", 12000), held_on=date(year, 11, 5), **nation)
    _not_due(stage, person, 11000, "同一赛项市、省、国三级奖励全部发放")


def the_same_prize_again(stage: Stage) -> None:
    """Pay one prize in June and once more in December."""
    person = contestant(stage).person
    award(stage, person, ("全市", "二等奖", 2000))
    award(stage, person, ("全市", "二等奖", 2000), paid_on=date(stage.year, 12, 12))
    _not_due(stage, person, 2000, "同一奖项发放两次")


def an_event_under_two_names(stage: Stage) -> None:
    """Pay the city's and the province's prize of one event whose name the lists write differently."""
    person = contestant(stage).person
    award(stage, person, ("全市", "一等奖", 3000))
    later = {"approved_on": date(stage.year, 10, 8), "paid_on": date(stage.year, 10, 20)}
    name = "移动应用与开发(中职组)赛项"
    award(stage, person, ("全省", "三等奖", 5000), event=name, **later)
    _not_due(stage, person, 3000, "同一赛项名称写法不同，两级奖励均发放")


def an_association_paid_in_full(stage: Stage) -> None:
    """Pay the full tariff for the contest of an association."""
    person = contestant(stage).person
    award(stage, person, ("全国", "二等奖", 15000), organiser_kind="行业协会")
    _not_due(stage, person, 7500, "协会竞赛未减半，按全额发放")


def a_prize_of_merit(stage: Stage) -> None:
    """Pay a prize below the third."""
    person = contestant(stage).person
    award(stage, person, ("全省", "优秀奖", 2000))
    _not_due(stage, person, 2000, "优秀奖不在奖励标准内仍发放")


def paid_without_approval(stage: Stage) -> None:
    """Pay a prize that the Human Resources bureau never approved."""
    person = contestant(stage).person
    award(stage, person, ("全市", "三等奖", 1000), approval_no="", approved_on=None)
    _not_due(stage, person, 1000, "未经市人社局批准即发放")


def paid_before_the_approval(stage: Stage) -> None:
    """Pay in June what was approved in July."""
    person = contestant(stage).person
    award(stage, person, ("全市", "一等奖", 3000), approved_on=date(stage.year, 7, 18))
    _not_due(stage, person, 3000, "先发放后批准")


def a_winner_who_had_left(stage: Stage) -> None:
    """Pay somebody who had withdrawn three months before the contest."""
    spell = contestant(stage)
    events.withdraw(stage.city, spell, date(stage.year, 2, 20))
    award(stage, spell.person, ("全市", "二等奖", 2000))
    _not_due(stage, spell.person, 2000, "获奖人比赛前已退学")


def a_winner_whom_no_roll_knows(stage: Stage) -> None:
    """Pay a student who is on no roll of any registry."""
    person = stage.city.population.pupil(stage.year - 1)
    award(stage, person, ("全省", "三等奖", 5000))
    _not_due(stage, person, 5000, "获奖学生没有任何学籍")


def a_coach_of_two_teams(stage: Stage) -> None:
    """Pay a coach for each of two teams in one event."""
    person = stage.city.population.adult(stage.year)
    award(stage, person, ("全省", "二等奖", 8000), role="指导教师")
    award(stage, person, ("全省", "三等奖", 5000), role="指导教师")
    _not_due(stage, person, 5000, "指导教师同一赛项两队各领一份")


SCENES: tuple[Scene, ...] = (
    the_whole_ladder_paid,
    the_same_prize_again,
    an_event_under_two_names,
    an_association_paid_in_full,
    a_prize_of_merit,
    paid_without_approval,
    paid_before_the_approval,
    a_winner_who_had_left,
    a_winner_whom_no_roll_knows,
    a_coach_of_two_teams,
)
