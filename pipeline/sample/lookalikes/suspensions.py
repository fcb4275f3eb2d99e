"""Lawfully suspended, or entered in good time (RD203, RD207)."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.sample import enrol, events
from pipeline.sample.roll import Change, Hold, Spell
from pipeline.sample.stage import Scene, Stage
from pipeline.sample.wrongs.retained_suspended import suspended


def _student(stage: Stage, kind: str, cohort: int) -> Spell:
    enter = enrol.enter_technical if kind == "technical" else enrol.enter_vocational
    spell = enter(stage.city, stage.pupil(cohort), cohort)
    stage.city.certificates.pop(spell, None)
    spell.status, spell.left_on = "active", None
    spell.draws_waiver = spell.draws_grant = False
    return spell


def due_back_last_month(stage: Stage) -> None:
    """Be suspended until March; the days of grace and of posting are not over (X15)."""
    spell = _student(stage, "vocational", stage.year - 1)
    until = stage.day(date(stage.year + 1, 3, 4), date(stage.year + 1, 3, 31))
    suspended(stage, spell, stage.day(date(stage.year, 4, 1), date(stage.year, 6, 1)), until)
    stage.lawful("X15", "RD203", spell, "休学刚期满，仍在宽限和录入期限内")


def approved_for_another_year(stage: Stage) -> None:
    """Have the suspension extended by a further approval (X15)."""
    spell = _student(stage, "vocational", stage.year - 1)
    first = stage.day(date(stage.year - 1, 11, 5), date(stage.year, 1, 10))
    until = first + timedelta(days=stage.dice.between(300, 330))
    suspended(stage, spell, first, until)
    again = Change(spell, "suspend", until, until + timedelta(days=4), "因病续休")
    again.from_school = spell.school
    again.suspended_from, again.suspended_until = until, date(stage.year + 1, 8, 31)
    stage.city.changes.append(again)
    stage.lawful("X15", "RD203 RD207", spell, "已批准续休，期限未到")


def back_but_still_marked(stage: Stage) -> None:
    """Have come back by an approved change; the registry's status is still suspended (X19)."""
    spell = _student(stage, "vocational", stage.year - 1)
    first = stage.day(date(stage.year, 3, 5), date(stage.year, 5, 10))
    until = stage.day(date(stage.year, 11, 5), date(stage.year, 12, 20))
    suspended(stage, spell, first, until)
    spell.holds[-1] = Hold("suspend", first, until, "因病")
    back = Change(spell, "resume", until, until + timedelta(days=2), "休学期满")
    back.from_school = spell.school
    stage.city.changes.append(back)
    stage.lawful("X19", "RD203", spell, "已复学，系统状态未更新")


def served_for_more_than_two_years(stage: Stage) -> None:
    """Serve in the army for longer than two years, the place kept; nothing shows a discharge (X20)."""
    spell = _student(stage, "vocational", stage.year - 3)
    _serve(stage, spell, date(stage.year - 2, 9, stage.dice.between(8, 22)))
    stage.lawful("X20", "RD203 RD204", spell, "服兵役保留学籍，尚无退役证据")


def discharged_last_autumn(stage: Stage) -> None:
    """Be discharged last autumn; the place is still kept (X20)."""
    spell = _student(stage, "technical", stage.year - 3)
    _serve(stage, spell, date(stage.year - 2, 9, stage.dice.between(8, 22)))
    day = stage.day(date(stage.year, 9, 1), date(stage.year, 9, 30))
    stage.city.special.append(("退役军人", spell.person, day))
    stage.lawful("X20", "RD203 RD204", spell, "退役不足两年，学籍仍保留")


def _serve(stage: Stage, spell: Spell, day: date) -> None:
    spell.holds.append(Hold("reserve", day, None, "应征入伍"))
    change = Change(spell, "reserve", day, day + timedelta(days=4), "应征入伍")
    change.from_school, change.suspended_from = spell.school, day
    stage.city.changes.append(change)
    spell.status = "reserved"


def _withdrawn(stage: Stage, kind: str, day: date, lag_days: int) -> Spell:
    spell = _student(stage, kind, stage.year - 1)
    events.withdraw(stage.city, spell, day).recorded_on = day + timedelta(days=lag_days)
    return spell


def a_transfer_within_two_months(stage: Stage) -> None:
    """Transfer to another city; two schools and two bureaus took seven weeks (X15)."""
    day = stage.day(date(stage.year, 3, 3), date(stage.year, 4, 20))
    spell = _withdrawn(stage, "vocational", day, stage.dice.between(40, 56))
    change = stage.city.changes[-1]
    change.kind, change.reason, spell.status = "transfer_out", "随父母迁居", "transferred"
    stage.lawful("X15", "RD207", spell, "转学手续在合理期限内办结")


def entered_in_time_and_repeated(stage: Stage) -> None:
    """Be entered in time; months later the entry is repeated with a corrected reason (X17)."""
    day = stage.day(date(stage.year, 10, 8), date(stage.year, 11, 30))
    spell = _withdrawn(stage, "vocational", day, 6)
    again = Change(spell, "withdraw", day, day + timedelta(days=95), "更正退学原因")
    again.from_school = spell.school
    stage.city.changes.append(again)
    stage.lawful("X17", "RD207", spell, "退学已按期录入，后一条为更正")


def left_in_summer(stage: Stage) -> None:
    """Withdraw in July; entered with the clean-up before the autumn term (X18)."""
    day = stage.day(date(stage.year, 7, 2), date(stage.year, 7, 25))
    entered = date(stage.year, 9, stage.dice.between(10, 28))
    spell = _withdrawn(stage, "vocational", day, (entered - day).days)
    stage.lawful("X18", "RD207", spell, "暑期退学，秋季开学清理时录入")


def within_ten_working_days(stage: Stage) -> None:
    """Withdraw from a technical school before the October holiday; entered ten working days later."""
    day = date(stage.year, 9, stage.dice.between(22, 27))
    spell = _withdrawn(stage, "technical", day, stage.dice.between(16, 20))
    stage.lawful("X15", "RD207", spell, "技工退学，扣除国庆假期在十个工作日内录入")


def asked_in_autumn_and_refused(stage: Stage) -> None:
    """Have a withdrawal entered late and refused: it ended nothing."""
    spell = _student(stage, "vocational", stage.year - 1)
    day = stage.day(date(stage.year, 10, 5), date(stage.year, 11, 5))
    change = Change(spell, "withdraw", day, day + timedelta(days=90), "家庭原因", review="不通过")
    change.from_school = spell.school
    stage.city.changes.append(change)
    stage.lawful("X19", "RD207 RD206", spell, "退学申请未批准，并未离校")


SUSPENDED: tuple[Scene, ...] = (
    due_back_last_month,
    approved_for_another_year,
    back_but_still_marked,
    served_for_more_than_two_years,
    discharged_last_autumn,
)
ENTERED: tuple[Scene, ...] = (
    a_transfer_within_two_months,
    entered_in_time_and_repeated,
    left_in_summer,
    within_ten_working_days,
    asked_in_autumn_and_refused,
)
