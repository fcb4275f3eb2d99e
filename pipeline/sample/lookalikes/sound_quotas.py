"""Registrations that only look bad, and expansions that were kept (RQ602, RQ606)."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.sample import enrol, events
from pipeline.sample.roll import Change
from pipeline.sample.stage import Scene, Stage
from pipeline.sample.wrongs.quotas import EXPANDED, INTAKE, intake, leave, plan_expansion

_FAULTY = 13


def a_small_school_with_slips(stage: Stage) -> None:
    """Mistype a third of a dozen birth dates: too few to be judged."""
    spells = intake(stage, "vocational", stage.year, 12)
    for spell in spells[:4]:
        spell.written.is_meant = True
        spell.written.born_on += timedelta(days=3)
    stage.lawful_school("-", "RQ602", spells[0].school, "新生不足三十人，不排名不通报")


def one_slip_in_forty(stage: Stage) -> None:
    """Mistype one birth date in forty."""
    spells = intake(stage, "vocational", stage.year, INTAKE)
    spells[0].written.is_meant = True
    spells[0].written.born_on += timedelta(days=3)
    stage.lawful_school("-", "RQ602", spells[0].school, "四十名新生中一人出生日期录错，属偶然")


def registered_again_after_corrections(stage: Stage) -> None:
    """Register a third of the intake again after approved corrections, past the deadline."""
    spells = intake(stage, "vocational", stage.year, INTAKE)
    for spell in spells[:_FAULTY]:
        day = stage.dice.day(date(stage.year, 11, 14), date(stage.year, 12, 5))
        enrol.register_on(spell, day)
        stage.city.changes.append(Change(spell, "amend", day, day, "更正姓名用字"))
    stage.lawful_school("X15", "RQ602", spells[0].school, "经批准更正后重新登记，登记日晚于截止日")


def adults_beside_the_intake(stage: Stage) -> None:
    """Leave the phones and majors of part-time adults empty."""
    spells = intake(stage, "vocational", stage.year, INTAKE)
    school = spells[0].school
    stage.city.flexible.add((stage.year, school.code))
    for _ in range(_FAULTY):
        adult = stage.city.population.adult(stage.year)
        spell = enrol.enter_vocational(stage.city, adult, stage.year, school)
        stage.city.admissions.pop()
        spell.study_form, spell.entrant, spell.exam_no = "part_time", "migrant_worker", ""
        spell.major, spell.draws_waiver, spell.draws_grant = None, False, False
    stage.lawful_school("X22", "RQ602", school, "信息不全的是非全日制学员，不在通报范围")


def an_expansion_that_stayed(stage: Stage) -> None:
    """Meet the quota and lose two of thirty-two."""
    spells = intake(stage, "technical", stage.year - 1, EXPANDED)
    plan_expansion(stage, spells[0].school.county, spells[0].school, EXPANDED - 2)
    leave(stage, spells[:2])
    stage.lawful_school("-", "RQ606", spells[0].school, "扩招完成，流失在正常范围")


def a_quota_never_met(stage: Stage) -> None:
    """Miss the quota by half, and lose many of those who came."""
    spells = intake(stage, "technical", stage.year - 1, EXPANDED)
    plan_expansion(stage, spells[0].school.county, spells[0].school, 2 * EXPANDED)
    leave(stage, spells[:6])
    stage.lawful_school("-", "RQ606", spells[0].school, "指标本就未完成，如实上报")


def moved_on_to_another_school(stage: Stage) -> None:
    """Send half of the intake on to another technical school by approved transfer."""
    spells = intake(stage, "technical", stage.year - 1, EXPANDED)
    school = spells[0].school
    plan_expansion(stage, school.county, school, EXPANDED - 2)
    other = stage.new_school("technical")
    for spell in spells[:15]:
        new = enrol.enter_technical(stage.city, spell.person, stage.year - 1, other)
        stage.city.admissions.pop()
        new.exam_no, new.major, new.level = spell.exam_no, spell.major, spell.level
        day = stage.dice.day(date(stage.year, 3, 3), date(stage.year, 3, 12))
        events.transfer(stage.city, spell, new, day)
        enrol.register_on(new, day)
    stage.lawful_school("X15", "RQ606", school, "半数学生经批准转入新设学校")


NOTICED: tuple[Scene, ...] = (
    a_small_school_with_slips,
    one_slip_in_forty,
    registered_again_after_corrections,
    adults_beside_the_intake,
)
EXPANSION: tuple[Scene, ...] = (
    an_expansion_that_stayed,
    a_quota_never_met,
    moved_on_to_another_school,
)
