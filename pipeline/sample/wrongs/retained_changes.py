"""RD207: changes entered late, or held back until the aid was paid (domain: P07, R32)."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.sample import aid, enrol, events
from pipeline.sample.roll import Change, Spell
from pipeline.sample.stage import Scene, Stage
from pipeline.sample.terms import Term


def _left(stage: Stage, kind: str, day: date, entered: date) -> Spell:
    """Withdraw on a day; the change is entered on another."""
    cohort = stage.year - 1
    enter = enrol.enter_technical if kind == "technical" else enrol.enter_vocational
    spell = enter(stage.city, stage.pupil(cohort), cohort, stage.school(kind))
    spell.draws_waiver = spell.draws_grant = False
    events.withdraw(stage.city, spell, day).recorded_on = entered
    return spell


def a_withdrawal_entered_months_later(stage: Stage) -> None:
    """Withdraw in autumn; the school enters it three months later."""
    day = stage.day(date(stage.year, 10, 8), date(stage.year, 11, 20))
    spell = _left(stage, "vocational", day, day + timedelta(days=stage.dice.between(75, 120)))
    stage.wrong("RD207", spell, "退学三个月后才录入")


def held_back_until_the_payment(stage: Stage) -> None:
    """Leave in the second week of the autumn; the withdrawal is entered when the waiver has been paid."""
    day = stage.day(date(stage.year, 9, 8), date(stage.year, 9, 20))
    spell = _left(stage, "vocational", day, day)
    line = aid.line(spell, Term(stage.year, 0), "tuition_waiver")
    stage.city.aid.append(line)
    paid_on = line.paid_on
    stage.city.changes[-1].recorded_on = paid_on + timedelta(days=stage.dice.between(1, 20))
    stage.wrong("RD207", spell, "开学即退学，免学费发放后才录入")
    stage.city.wrongs[-1].amount_paid = line.amount


def technical_beyond_ten_working_days(stage: Stage) -> None:
    """Withdraw from a technical school in spring; entered two months later, not within ten working days."""
    day = stage.day(date(stage.year, 3, 8), date(stage.year, 4, 20))
    spell = _left(stage, "technical", day, day + timedelta(days=stage.dice.between(45, 65)))
    stage.wrong("RD207", spell, "技工退学两个月后才录入，超过十个工作日")


def a_transfer_entered_half_a_year_late(stage: Stage) -> None:
    """Move to another city in spring; the transfer is completed in the next winter."""
    day = stage.day(date(stage.year, 3, 5), date(stage.year, 5, 20))
    spell = _left(stage, "vocational", day, date(stage.year, 12, stage.dice.between(1, 20)))
    change = stage.city.changes[-1]
    change.kind, change.reason, spell.status = "transfer_out", "随父母迁居", "transferred"
    stage.wrong("RD207", spell, "转往外市半年后才办结转出")


def a_suspension_entered_late(stage: Stage) -> None:
    """Fall ill in autumn and be suspended; the technical school enters it in winter."""
    cohort = stage.year - 1
    pupil, school = stage.pupil(cohort), stage.school("technical")
    spell = enrol.enter_technical(stage.city, pupil, cohort, school)
    spell.draws_waiver = spell.draws_grant = False
    day = stage.day(date(stage.year, 10, 8), date(stage.year, 11, 15))
    events.suspend(stage.city, spell, day, date(stage.year + 1, 8, 31))
    changes: list[Change] = stage.city.changes
    changes[-1].recorded_on = day + timedelta(days=stage.dice.between(60, 90))
    stage.wrong("RD207", spell, "休学两个月后才录入")


SCENES: tuple[Scene, ...] = (
    a_withdrawal_entered_months_later,
    held_back_until_the_payment,
    technical_beyond_ten_working_days,
    a_transfer_entered_half_a_year_late,
    a_suspension_entered_late,
)
