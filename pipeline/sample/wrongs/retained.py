"""RD204 and RD206: on the roll beyond every lawful end, or after an event that ended it (domain: P07)."""

from __future__ import annotations

from datetime import date

from pipeline.sample import aid, enrol, events
from pipeline.sample.roll import Spell
from pipeline.sample.stage import Scene, Stage
from pipeline.sample.terms import Term


def _never_cleaned_up(stage: Stage, registry: str, cohort: int) -> Spell:
    """Enter years ago, be due to graduate, and stay on the roll."""
    person = stage.pupil(cohort)
    enter = enrol.enter_vocational if registry == "vocational" else enrol.enter_technical
    spell = enter(stage.city, person, cohort, stage.strict_school(registry))
    stage.city.certificates.pop(spell, None)
    spell.status, spell.left_on = "active", None
    return spell


def vocational_a_year_over(stage: Stage) -> None:
    """Stay on the roll of a vocational school most of a year after the course ended."""
    spell = _never_cleaned_up(stage, "vocational", stage.year - 3)
    stage.wrong("RD204", spell, "三年学制期满近一年仍在籍")


def vocational_two_years_over(stage: Stage) -> None:
    """Stay on the roll nearly two years after the course ended."""
    spell = _never_cleaned_up(stage, "vocational", stage.year - 4)
    spell.draws_waiver = spell.draws_grant = False
    stage.wrong("RD204", spell, "三年学制期满近两年仍在籍")


def technical_not_cleaned_up(stage: Stage) -> None:
    """Miss the clean-up at the end of the spring term at a technical school."""
    spell = _never_cleaned_up(stage, "technical", stage.year - 3)
    stage.wrong("RD204", spell, "技工学制期满未按规定清理")


def paid_beyond_the_end(stage: Stage) -> None:
    """Draw the waiver for a seventh term."""
    spell = _never_cleaned_up(stage, "vocational", stage.year - 3)
    stage.city.aid.append(aid.line(spell, Term(stage.year, 0), "tuition_waiver"))
    stage.wrong("RD204", spell, "期满未清理，仍发放第七个学期的免学费")


def part_time_without_filing(stage: Stage) -> None:
    """Study part-time beyond three years at a school that filed no flexible course for that year."""
    cohort = stage.year - 4
    person = stage.city.population.adult(cohort)
    spell = enrol.enter_technical(stage.city, person, cohort, stage.strict_school("technical"))
    stage.city.admissions.pop()
    stage.city.certificates.pop(spell, None)
    spell.status, spell.left_on, spell.exam_no = "active", None, ""
    spell.study_form, spell.entrant = "part_time", "migrant_worker"
    spell.draws_waiver = spell.draws_grant = False
    stage.wrong("RD204", spell, "成人学员超过学制，学校未备案弹性学制")


def withdrew_on_paper_alone(stage: Stage) -> None:
    """Withdraw with approval; the registry still has the student on the roll."""
    spell, left = _open(stage, "vocational"), date(stage.year, 5, 12)
    _left_but_kept(stage, spell, stage.day(left, date(stage.year, 6, 10)))
    spell.aid_stops = Term(stage.year - 1, 1)
    stage.wrong("RD206", spell, "退学已批准，学籍系统仍显示在读")


def withdrew_and_still_paid(stage: Stage) -> None:
    """Withdraw with approval; waiver and grant go on for two terms."""
    spell = _open(stage, "vocational")
    spell.draws_waiver = True
    _left_but_kept(stage, spell, stage.day(date(stage.year, 1, 3), date(stage.year, 1, 28)))
    stage.wrong("RD206", spell, "退学后未销学籍，继续领取免学费")


def certified_and_still_on_the_roll(stage: Stage) -> None:
    """Hold the certificate since summer and be on the roll in spring."""
    cohort = stage.year - 3
    person = stage.pupil(cohort)
    spell = enrol.enter_vocational(stage.city, person, cohort, stage.school("vocational"))
    spell.status, spell.left_on = "active", None
    spell.truly_ended_on = spell.expected_end
    spell.aid_stops = Term(stage.year - 1, 1)
    stage.wrong("RD206", spell, "已发毕业证书，学籍未结转")


def technical_withdrawal_not_entered(stage: Stage) -> None:
    """Withdraw from a technical school; the record stays open."""
    spell = _open(stage, "technical")
    spell.draws_waiver = spell.draws_grant = False
    _left_but_kept(stage, spell, stage.day(date(stage.year, 10, 20), date(stage.year, 12, 20)))
    stage.wrong("RD206", spell, "技工退学两个月以上未注销学籍")


def transferred_out_and_kept(stage: Stage) -> None:
    """Transfer to a school in another city; the old record is still open."""
    spell = _open(stage, "vocational")
    spell.aid_stops = Term(stage.year - 1, 1)
    day = stage.day(date(stage.year, 3, 1), date(stage.year, 5, 20))
    change = events.withdraw(stage.city, spell, day)
    change.kind, change.reason = "transfer_out", "随父母迁居"
    spell.status, spell.left_on, spell.truly_ended_on = "active", None, day
    stage.wrong("RD206", spell, "已转往外市学校，原学籍未转出")


def _open(stage: Stage, registry: str) -> Spell:
    cohort = stage.year - 1
    person = stage.pupil(cohort)
    enter = enrol.enter_vocational if registry == "vocational" else enrol.enter_technical
    return enter(stage.city, person, cohort, stage.school(registry))


def _left_but_kept(stage: Stage, spell: Spell, day: date) -> None:
    events.withdraw(stage.city, spell, day)
    spell.status, spell.left_on, spell.truly_ended_on = "active", None, day


BEYOND_THE_END: tuple[Scene, ...] = (
    vocational_a_year_over,
    technical_not_cleaned_up,
    paid_beyond_the_end,
    vocational_two_years_over,
    part_time_without_filing,
)
AFTER_AN_EVENT: tuple[Scene, ...] = (
    withdrew_and_still_paid,
    certified_and_still_on_the_roll,
    withdrew_on_paper_alone,
    technical_withdrawal_not_entered,
    transferred_out_and_kept,
)
