"""DE103: vocational and full-time higher education at once, without an agreement (domain: R23)."""

from __future__ import annotations

from datetime import date

from pipeline.sample import courses, enrol, events
from pipeline.sample.roll import Spell
from pipeline.sample.stage import Scene, Stage


def _vocational(stage: Stage, cohort: int) -> Spell:
    person = stage.pupil(cohort)
    return enrol.enter_vocational(stage.city, person, cohort, stage.school("vocational"))


def a_college_student_reused(stage: Stage) -> None:
    """Register somebody who has been at college for a year."""
    person = stage.pupil(stage.year - 4)
    college = enrol.enter_higher(stage.city, person, stage.year - 1)
    vocational = enrol.enter_vocational(stage.city, person, stage.year, stage.school("vocational"))
    stage.city.admissions.pop()
    vocational.entrant = "high_past"
    vocational.draws_waiver = True
    stage.wrong("DE103", vocational, "在读大学生被中职再次注册", college)


def left_early_for_college(stage: Stage) -> None:
    """Go to college after two years; the vocational record stays open and draws the waiver."""
    vocational = _vocational(stage, stage.year - 2)
    vocational.draws_waiver = True
    college = enrol.enter_higher(stage.city, vocational.person, stage.year)
    stage.wrong("DE103", vocational, "中职两年后入读高校，中职学籍未结", college)


def a_chain_without_agreement(stage: Stage) -> None:
    """Claim 3+2, with a college that has signed nothing, in the third year."""
    vocational = _vocational(stage, stage.year - 2)
    vocational.segment = "3+2"
    college = enrol.enter_higher(stage.city, vocational.person, stage.year)
    college.school = stage.city.schools.higher[-1]
    stage.wrong("DE103", vocational, "标注3+2但无协议，第三学年提前入读高校", college)


def a_chain_begun_too_early(stage: Stage) -> None:
    """Have an agreement, and start college in the second year already."""
    vocational = _vocational(stage, stage.year - 1)
    vocational.segment = "3+2"
    college = enrol.enter_higher(stage.city, vocational.person, stage.year)
    courses.agree(stage.city, vocational, college)
    stage.wrong("DE103", vocational, "有3+2协议但第二学年就在高校注册", college)


def both_until_spring(stage: Stage) -> None:
    """Attend college from autumn and leave the vocational school only in March."""
    vocational = _vocational(stage, stage.year - 1)
    vocational.draws_waiver = False
    college = enrol.enter_higher(stage.city, vocational.person, stage.year)
    events.withdraw(
        stage.city, vocational, stage.day(date(stage.year + 1, 3, 1), date(stage.year + 1, 3, 28))
    )
    stage.wrong("DE103", vocational, "入读高校半年后中职才办退学", college)


SCENES: tuple[Scene, ...] = (
    left_early_for_college,
    a_college_student_reused,
    a_chain_without_agreement,
    a_chain_begun_too_early,
    both_until_spring,
)
