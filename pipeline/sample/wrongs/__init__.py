"""Planted wrongs: every detector in several shapes, a few of them gathered in bad schools."""

from __future__ import annotations

from pipeline.sample.city import City
from pipeline.sample.stage import PER_STUDENT, PER_STUDENT_SCHOOLS, Scene, Stage, play
from pipeline.sample.wrongs import (
    dual_same_registry,
    dual_vocational_high,
    dual_vocational_higher,
    dual_vocational_technical,
    padded,
    retained,
    schools,
    subsidy,
)
from pipeline.sample.wrongs.consequences import add_consequences

__all__ = ["OF_PERSONS", "add_consequences", "plant"]

_PADDED_SCHOOLS = 3 / 30_000
_ENOUGH_PEERS = 800  # students; in a smaller city schools are too few and small to compare
OF_PERSONS: dict[str, tuple[Scene, ...]] = {
    "DE101": dual_vocational_high.SCENES,
    "DE102": dual_vocational_technical.SCENES,
    "DE103": dual_vocational_higher.SCENES,
    "DE106": dual_same_registry.SCENES,
    "RD204": retained.BEYOND_THE_END,
    "RD206": retained.AFTER_AN_EVENT,
    "SA401": subsidy.WITHOUT_ENROLMENT,
    "SA402": subsidy.TWICE,
    "SA405": subsidy.ACCOUNTS,
}
_OF_SCHOOLS: dict[str, tuple[Scene, ...]] = {"SC501": schools.UNQUALIFIED, "RQ601": schools.LATE}


def plant(city: City) -> None:
    """Plant wrongs of every detector, each shape at least once, and in proportion to the city."""
    for detector_id, scenes in OF_PERSONS.items():
        count = max(len(scenes), round(city.students * PER_STUDENT))
        play(Stage(city, f"wrongs/{detector_id}"), scenes, count)
    if city.students >= _ENOUGH_PEERS:
        count = max(1, round(city.students * _PADDED_SCHOOLS))
        play(Stage(city, "wrongs/OM701"), padded.SCENES, count)
    for detector_id, scenes in _OF_SCHOOLS.items():
        count = max(len(scenes), round(city.students * PER_STUDENT_SCHOOLS))
        play(Stage(city, f"wrongs/{detector_id}"), scenes, count)
