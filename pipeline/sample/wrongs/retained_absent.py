"""RD202 and RD205: away from class beyond the limit, or not registered for the term (domain: R30, R31b, R31f)."""

from __future__ import annotations

from datetime import date

from pipeline.sample import absence, aid, owed
from pipeline.sample.absence import Lessons
from pipeline.sample.roll import Spell
from pipeline.sample.stage import Scene, Stage
from pipeline.sample.terms import Term

_SPRING_PAID = (3, 28)


def _since_october(stage: Stage, kind: str, lessons: list[Lessons]) -> Spell:
    """Attend in September, then as the lists say month by month; not registered in spring."""
    spell = absence.student(stage, kind, stage.year - 1)
    spell.seen_until = date(stage.year, 9, 30)
    for month, noted in zip(absence.listed_months(stage)[1:], lessons, strict=False):
        absence.note_month(stage, spell, month, noted)
    return spell


def _pay_this_spring(stage: Stage, spell: Spell) -> int:
    line = aid.line(spell, Term(stage.year, 1), "tuition_waiver")
    line.paid_on = date(stage.year + 1, *_SPRING_PAID)
    stage.city.aid.append(line)
    return line.amount


def _absent(stage: Stage, spell: Spell, story: str) -> None:
    stage.wrong("RD202", spell, story)
    stage.wrong("RD205", spell, "由其他问题引起：旷课后未注册学期仍在籍")


def sixteen_days_running_and_gone(stage: Stage) -> None:
    """Miss sixteen days running in October and never come back; this spring's waiver is drawn."""
    spell = _since_october(stage, "vocational", [Lessons(20, 4, 96, 16)])
    paid = _pay_this_spring(stage, spell)
    _absent(stage, spell, "十月连续旷课十六天后未返校，春季仍领免学费")
    for wrong in stage.city.wrongs[-2:]:
        wrong.amount_paid = paid


def ninety_lessons_in_a_term(stage: Stage) -> None:
    """Miss lessons here and there, a hundred and thirty in autumn, and stay away after that."""
    noted = [Lessons(75, 5, 40, 4), Lessons(30, 0, 90, 8), Lessons(0, 0, 40, 7)]
    spell = _since_october(stage, "vocational", noted)
    _absent(stage, spell, "秋季学期累计旷课超过九十课时，此后未返校")


def silent_since_autumn(stage: Stage) -> None:
    """Be on no list of the class since October, and on the roll."""
    spell = _since_october(stage, "vocational", [])
    _absent(stage, spell, "十月起考勤、注册均无此人，仍在籍")


def absent_on_every_list(stage: Stage) -> None:
    """Be noted as absent month after month by a school that keeps the record."""
    spell = _since_october(stage, "vocational", [Lessons(0, 0, 120, 20)] * 5)
    _absent(stage, spell, "逐月考勤均记全月旷课，学籍仍保留")


def technical_and_silent(stage: Stage) -> None:
    """Be on no list of a technical school's class since October."""
    spell = _since_october(stage, "technical", [])
    _absent(stage, spell, "技工学生十月起无任何痕迹仍在籍")


def _not_back_in_spring(stage: Stage, kind: str, cohort: int) -> Spell:
    spell = absence.student(stage, kind, cohort)
    spell.seen_until = stage.day(date(stage.year + 1, 1, 29), date(stage.year + 1, 2, 20))
    return spell


def unregistered_by_the_list(stage: Stage) -> None:
    """Stand on this spring's list as not registered, and not be seen since."""
    spell = _not_back_in_spring(stage, "vocational", stage.year - 1)
    absence.note_term(stage, spell, Term(stage.year, 1), "未注册")
    stage.wrong("RD205", spell, "春季名单注明未注册，开学后无人见到")


def missing_on_the_spring_list(stage: Stage) -> None:
    """Be missing on this spring's list of the class; the spring's waiver is drawn."""
    spell = _not_back_in_spring(stage, "vocational", stage.year)
    paid = _pay_this_spring(stage, spell)
    stage.wrong("RD205", spell, "春季注册名单无此人，仍领免学费")
    stage.city.wrongs[-1].amount_paid = paid


def technical_not_back_in_spring(stage: Stage) -> None:
    """Stand on a technical school's list of this spring as not registered, and not be seen since."""
    spell = _not_back_in_spring(stage, "technical", stage.year)
    absence.note_term(stage, spell, Term(stage.year, 1), "未注册")
    stage.wrong("RD205", spell, "技工学生寒假后未注册仍在籍")


def missing_for_two_terms(stage: Stage) -> None:
    """Not come back after the summer, be on no list since, and draw the waiver of the autumn."""
    spell = absence.student(stage, "vocational", stage.year - 1)
    spell.seen_until, spell.draws_waiver = date(stage.year, 6, 30), True
    stage.wrong("RD205", spell, "暑假后未返校，两个学期未注册，仍领免学费")
    stage.city.wrongs[-1].amount_paid = owed.since(
        stage.city, spell, absence.missed_since(stage, spell)
    )
    stage.wrong("RD202", spell, "由其他问题引起：暑假后无任何痕迹仍在籍")


ABSENT: tuple[Scene, ...] = (
    sixteen_days_running_and_gone,
    silent_since_autumn,
    ninety_lessons_in_a_term,
    technical_and_silent,
    absent_on_every_list,
)
UNREGISTERED: tuple[Scene, ...] = (
    unregistered_by_the_list,
    missing_on_the_spring_list,
    technical_not_back_in_spring,
    missing_for_two_terms,
)
