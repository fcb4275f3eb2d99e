"""Counties where many are on two rolls on the count day for a while, lawfully (RQ607)."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.sample import enrol, events
from pipeline.sample.schools import School
from pipeline.sample.stage import Scene, Stage

_COUNTY = "990203"  # a neighbour, where no wrong of this kind is planted
_MOVERS, _HONEST = 12, 20


def _county_school(stage: Stage) -> School:
    """Found a school with an honest cohort."""
    school = stage.new_school("vocational", county=_COUNTY)
    for _ in range(_HONEST):
        enrol.enter_vocational(stage.city, stage.pupil(stage.year), stage.year, school)
    return school


def moved_over_in_september(stage: Stage) -> None:
    """Begin at a vocational school; the high schools close their records by November (X15)."""
    school = _county_school(stage)
    for _ in range(_MOVERS):
        person = stage.pupil(stage.year)
        high = enrol.enter_high(stage.city, person, stage.year)
        spell = enrol.enter_vocational(stage.city, person, stage.year, school)
        high.draws_grant = False
        events.withdraw(
            stage.city, high, stage.day(date(stage.year, 10, 8), date(stage.year, 11, 18))
        )
        stage.lawful("X15", "RQ607 DE101", spell, "开学几周内改读中职，普高学籍随后注销")


def suspended_at_the_other_school(stage: Stage) -> None:
    """Begin anew in a county school while the old place is suspended for the year (X20)."""
    school = _county_school(stage)
    for _ in range(_MOVERS):
        person = stage.pupil(stage.year - 1)
        old = enrol.enter_high(stage.city, person, stage.year - 1)
        old.draws_grant = False
        first = date(stage.year, 5, 10)
        events.suspend(stage.city, old, first, first + timedelta(days=400))
        spell = enrol.enter_vocational(stage.city, person, stage.year, school)
        spell.entrant = "junior_past"
        stage.lawful("X20", "RQ607 DE101", spell, "普高休学期间改读中职")


SCENES: tuple[Scene, ...] = (moved_over_in_september, suspended_at_the_other_school)
