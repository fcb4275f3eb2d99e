"""DE106: two schools of the same registry at once."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.sample import enrol, events
from pipeline.sample.roll import Change, Spell
from pipeline.sample.stage import Scene, Stage


def _two_vocational(stage: Stage, cohort: int) -> tuple[Spell, Spell]:
    person = stage.pupil(cohort)
    first = enrol.enter_vocational(stage.city, person, cohort, stage.school("vocational"))
    second = enrol.enter_vocational(stage.city, person, cohort, stage.another(first.school))
    stage.city.admissions.pop()
    first.draws_grant = second.draws_grant = False
    return first, second


def two_vocational_schools_with_aid(stage: Stage) -> None:
    """Draw the waiver at two vocational schools."""
    first, second = _two_vocational(stage, stage.year - 1)
    first.draws_waiver = second.draws_waiver = True
    stage.wrong("DE106", second, "两所中职同时在籍，两校都领免学费", first)


def two_vocational_schools_on_paper(stage: Stage) -> None:
    """Be on the roll of two vocational schools, aided at one."""
    first, second = _two_vocational(stage, stage.year)
    first.draws_waiver, second.draws_waiver = True, False
    stage.wrong("DE106", second, "两所中职同时在籍", first)


def a_transfer_turned_down(stage: Stage) -> None:
    """Sit in the second school although the transfer was never approved."""
    first, second = _two_vocational(stage, stage.year - 1)
    first.draws_waiver, second.draws_waiver = True, False
    day = stage.day(date(stage.year, 3, 10), date(stage.year, 5, 20))
    second.began_on = day
    asked = Change(first, "transfer_out", day, day, "转学", review="不通过")
    asked.from_school, asked.to_school = first.school, second.school
    stage.city.changes.append(asked)
    stage.wrong("DE106", second, "转学未获批准，两校学籍并存", first)


def two_technical_schools(stage: Stage) -> None:
    """Be on the roll of two technical schools."""
    person = stage.pupil(stage.year - 1)
    first = enrol.enter_technical(stage.city, person, stage.year - 1, stage.school("technical"))
    second = enrol.enter_technical(stage.city, person, stage.year - 1, stage.another(first.school))
    stage.city.admissions.pop()
    first.draws_grant = second.draws_grant = False
    first.draws_waiver, second.draws_waiver = True, False
    stage.wrong("DE106", second, "两所技工学校同时在籍", first)


def two_high_schools(stage: Stage) -> None:
    """Be on the roll of two general high schools."""
    person = stage.pupil(stage.year)
    first = enrol.enter_high(stage.city, person, stage.year, stage.school("high"))
    second = enrol.enter_high(stage.city, person, stage.year, stage.another(first.school))
    stage.city.admissions.pop()
    first.draws_grant = second.draws_grant = False
    stage.wrong("DE106", second, "两所普通高中同时在籍", first)


def left_a_term_late(stage: Stage) -> None:
    """Leave the first school a term after starting at the second, by withdrawal, not by transfer."""
    first, second = _two_vocational(stage, stage.year - 1)
    first.draws_waiver = second.draws_waiver = False
    day = stage.day(date(stage.year, 3, 5), date(stage.year, 5, 30))
    events.withdraw(stage.city, first, day + timedelta(days=1))
    stage.wrong("DE106", second, "第二所学校入学一学期后，第一所才办退学", first)


SCENES: tuple[Scene, ...] = (
    two_vocational_schools_with_aid,
    two_technical_schools,
    a_transfer_turned_down,
    two_vocational_schools_on_paper,
    two_high_schools,
    left_a_term_late,
)
