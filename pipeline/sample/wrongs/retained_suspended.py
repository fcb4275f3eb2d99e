"""RD203: suspended beyond the approval, or for more than two years, and still on the roll (domain: R31c, R31d)."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.sample import absence, aid, enrol
from pipeline.sample.absence import Lessons
from pipeline.sample.roll import Change, Hold, Spell
from pipeline.sample.stage import Scene, Stage
from pipeline.sample.terms import Term


def suspended(
    stage: Stage, spell: Spell, first: date, until: date | None, reason: str = "因病"
) -> None:
    """Suspend a student who has not come back, whatever the approval says."""
    spell.holds.append(Hold("suspend", first, None, reason))
    change = Change(spell, "suspend", first, first + timedelta(days=3), reason)
    change.from_school = spell.school
    change.suspended_from, change.suspended_until = first, until
    stage.city.changes.append(change)
    stage.city.certificates.pop(spell, None)
    spell.status, spell.left_on = "suspended", None


def _student(stage: Stage, kind: str, cohort: int) -> Spell:
    enter = enrol.enter_technical if kind == "technical" else enrol.enter_vocational
    spell = enter(stage.city, stage.pupil(cohort), cohort, stage.strict_school(kind))
    spell.draws_waiver = spell.draws_grant = False
    return spell


def not_back_after_the_approval(stage: Stage) -> None:
    """Be suspended until December, and neither come back nor withdraw."""
    spell = _student(stage, "vocational", stage.year - 1)
    first = stage.day(date(stage.year, 3, 5), date(stage.year, 6, 10))
    suspended(stage, spell, first, stage.day(date(stage.year, 11, 20), date(stage.year, 12, 28)))
    stage.wrong("RD203", spell, "批准的休学期满三个月未复学、未退学")


def suspended_for_more_than_two_years(stage: Stage) -> None:
    """Be suspended for more than two years; the approval names no end."""
    spell = _student(stage, "vocational", stage.year - 2)
    suspended(
        stage, spell, stage.day(date(stage.year - 2, 10, 8), date(stage.year - 2, 12, 15)), None
    )
    stage.wrong("RD203", spell, "休学超过两年仍在籍")


def technical_not_back_after_the_approval(stage: Stage) -> None:
    """Be suspended until November at a technical school, and neither come back nor withdraw."""
    spell = _student(stage, "technical", stage.year - 1)
    first = stage.day(date(stage.year - 1, 11, 10), date(stage.year, 1, 10))
    suspended(stage, spell, first, stage.day(date(stage.year, 11, 1), date(stage.year, 12, 10)))
    stage.wrong("RD203", spell, "技工休学期满未复学仍在籍")


def expired_and_aided(stage: Stage) -> None:
    """Be due back in spring and not come; the waiver of the autumn is drawn."""
    spell = _student(stage, "vocational", stage.year - 1)
    first = stage.day(date(stage.year - 1, 10, 10), date(stage.year - 1, 12, 10))
    suspended(stage, spell, first, stage.day(date(stage.year, 4, 10), date(stage.year, 5, 30)))
    stage.city.aid.append(aid.line(spell, Term(stage.year, 0), "tuition_waiver"))
    stage.wrong("RD203", spell, "休学期满未复学，秋季仍领免学费")
    stage.city.wrongs[-1].amount_paid = aid.TERM_AMOUNT


def back_in_class_and_never_entered(stage: Stage) -> None:
    """Be back in class since the approval ended; the school never entered the return."""
    spell = absence.student(stage, "vocational", stage.year - 1)
    first = stage.day(date(stage.year, 4, 10), date(stage.year, 5, 30))
    suspended(stage, spell, first, stage.day(date(stage.year, 11, 5), date(stage.year, 12, 5)))
    for month in absence.listed_months(stage)[-2:]:
        absence.note_month(stage, spell, month, Lessons(present=112, excused=8))
    absence.note_term(stage, spell, Term(stage.year, 1), "已注册")
    stage.wrong("RD203", spell, "休学期满已返校上课，复学一直未录入")


SCENES: tuple[Scene, ...] = (
    not_back_after_the_approval,
    suspended_for_more_than_two_years,
    technical_not_back_after_the_approval,
    expired_and_aided,
    back_in_class_and_never_entered,
)
