"""RD208: an intake that never loses anyone, in three years of a city that loses one in eight (domain: R31h)."""

from __future__ import annotations

from pipeline.sample import enrol
from pipeline.sample.schools import School
from pipeline.sample.stage import Scene, Stage

_STUDENTS = 110
_CLASSES = 3


def whole_intake(stage: Stage, kind: str, cohort: int, students: int = _STUDENTS) -> School:
    """Found a school with one intake in three classes, none of which has ever lost anyone."""
    school = stage.new_school(kind)
    enter = enrol.enter_technical if kind == "technical" else enrol.enter_vocational
    for place in range(students):
        spell = enter(stage.city, stage.pupil(cohort), cohort, school)
        spell.class_name = f"{cohort}级{place % _CLASSES + 1}班"
    return school


def nobody_has_left_in_three_years(stage: Stage) -> None:
    """Keep every student of a vocational school's intake on the roll into the third year."""
    school = whole_intake(stage, "vocational", stage.year - 2)
    stage.school_wrong("RD208", school, stage.year - 2, "整届学生近三年无一退学、转学、休学")


def nobody_left_until_graduation(stage: Stage) -> None:
    """Keep every student of an intake on the roll until the day of graduation."""
    school = whole_intake(stage, "vocational", stage.year - 3)
    stage.school_wrong("RD208", school, stage.year - 3, "整届学生直到毕业无一流失")


SCENES: tuple[Scene, ...] = (nobody_has_left_in_three_years, nobody_left_until_graduation)
