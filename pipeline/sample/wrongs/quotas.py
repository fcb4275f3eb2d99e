"""RQ602 and RQ606: registrations below the line of the notice, and expansion met on paper (R10, R55, P21)."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.sample import enrol, events
from pipeline.sample.exports.row import Cells, Row
from pipeline.sample.people import DIVISIONS
from pipeline.sample.roll import Spell, Wrong
from pipeline.sample.schools import School
from pipeline.sample.stage import Scene, Stage
from pipeline.sample.wrongs.invented_blocks import ordinary

INTAKE, EXPANDED = 40, 32
_FAULTY, _LOST = 13, 18
_COUNTY = "990305"  # of the neighbouring city; nobody else founds a technical school there


def intake(stage: Stage, kind: str, cohort: int, count: int, **given: str) -> list[Spell]:
    """Found a school and send it an intake, each of its students to the school by the platform."""
    school = stage.new_school(kind, **given)
    return [ordinary(stage, school, cohort) for _ in range(count)]


def _below_the_line(stage: Stage, spells: list[Spell], story: str) -> None:
    stage.school_wrong("RQ602", spells[0].school, stage.year, story)


def birth_dates_at_odds(stage: Stage) -> None:
    """Type other birth dates than the numbers say, for a third of the intake."""
    spells = intake(stage, "vocational", stage.year, INTAKE)
    for spell in spells[:_FAULTY]:
        spell.written.is_meant = True
        spell.written.born_on += timedelta(days=stage.dice.between(2, 9))
    _below_the_line(stage, spells, "三分之一新生出生日期与证件号不一致")


def majors_left_empty(stage: Stage) -> None:
    """Leave the major empty for a third of the intake."""
    spells = intake(stage, "vocational", stage.year, INTAKE)
    for spell in spells[:_FAULTY]:
        spell.major = None
    _below_the_line(stage, spells, "三分之一新生专业未填")


def delivered_twice(stage: Stage) -> None:
    """Enter a third of the intake twice."""
    spells = intake(stage, "vocational", stage.year, INTAKE)
    for spell in spells[:_FAULTY]:
        spell.copies = 2
    _below_the_line(stage, spells, "三分之一新生重复报送")


def a_third_too_late(stage: Stage) -> None:
    """Register a third of the intake after the deadline (RQ601 as well)."""
    spells = intake(stage, "vocational", stage.year, INTAKE)
    for spell in spells[:_FAULTY]:
        enrol.register_on(spell, stage.dice.day(date(stage.year, 11, 13), date(stage.year, 11, 28)))
    _below_the_line(stage, spells, "三分之一新生逾期注册")
    story = "由其他问题引起：逾期注册"
    stage.school_wrong("RQ601", spells[0].school, stage.year, story)


def plan_expansion(stage: Stage, region: str, school: School | None, quota: int) -> None:
    """Hand a quota of expansion down to a school, or to a region."""
    row: Cells = {
        "year": stage.year - 1,
        "region_code": region,
        "region_name": DIVISIONS[region],
        "school_code": school.code if school else "",
        "category": "技工扩招",
        "planned": quota,
    }
    stage.more("enrollment_plans", Row("扩招指标", row, ""))


def leave(stage: Stage, spells: list[Spell], kind: str = "withdraw") -> None:
    """Let students leave in the autumn after their intake."""
    for spell in spells:
        day = stage.day(date(stage.year, 9, 24), date(stage.year, 12, 20))
        change = events.withdraw(stage.city, spell, day)
        if kind == "cancel":
            spell.status, change.kind = "cancelled", kind


def withdrawn_after_the_reward(stage: Stage) -> None:
    """Meet a school's quota in autumn and lose more than half of the students a year later."""
    spells = intake(stage, "technical", stage.year - 1, EXPANDED)
    school = spells[0].school
    plan_expansion(stage, school.county, school, EXPANDED - 2)
    leave(stage, spells[:_LOST])
    stage.school_wrong("RQ606", school, stage.year - 1, "扩招指标完成，次年秋季过半退学")


def cancelled_after_the_reward(stage: Stage) -> None:
    """Meet a school's quota and cancel half of the records a year later."""
    spells = intake(stage, "technical", stage.year - 1, EXPANDED)
    school = spells[0].school
    plan_expansion(stage, school.county, school, EXPANDED - 2)
    leave(stage, spells[:_LOST], "cancel")
    stage.school_wrong("RQ606", school, stage.year - 1, "扩招指标完成，次年成批注销")


def a_county_that_expanded_on_paper(stage: Stage) -> None:
    """Meet a county's quota with one new school, whose students are gone a year later."""
    counties = [code for code in DIVISIONS if code.startswith("9902")] + [_COUNTY]
    known = {school.county for school in stage.city.schools.technical}
    known |= {one.county for one in stage.city.schools.founded if one.kind == "technical"}
    free = [code for code in reversed(counties) if code not in known]
    if not free:
        withdrawn_after_the_reward(stage)
        return
    county = free[0]
    spells = intake(stage, "technical", stage.year - 1, EXPANDED, county=county)
    plan_expansion(stage, county, None, EXPANDED - 2)
    leave(stage, spells[:_LOST])
    region = School(code=county, name=DIVISIONS[county], kind="region", county=county)
    year = f"{stage.year - 1}-{stage.year}"
    story = "县级扩招指标账面完成，次年过半流失"
    stage.city.wrongs.append(Wrong("RQ606", "region", story, school=region, school_year=year))


NOTICED: tuple[Scene, ...] = (
    birth_dates_at_odds,
    majors_left_empty,
    delivered_twice,
    a_third_too_late,
)
EXPANSION: tuple[Scene, ...] = (
    withdrawn_after_the_reward,
    a_county_that_expanded_on_paper,
    cancelled_after_the_reward,
)
