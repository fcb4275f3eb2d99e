"""Honest schools that are odd in one way: a new campus, a village class, a year of growth (X12; OM701)."""

from __future__ import annotations

from datetime import date

from pipeline.sample import enrol
from pipeline.sample.exports.reference import APPROVED_SITE
from pipeline.sample.roll import Spell
from pipeline.sample.schools import School
from pipeline.sample.stage import Stage


def a_new_campus(stage: Stage) -> None:
    """Register the whole intake in the last two days, because the school moved."""
    school = _unlabelled(stage)
    for place, spell in enumerate(_entrants(stage, school)):
        enrol.register_on(spell, date(stage.year, 11, 9), 540 + place)
    stage.lawful_school("-", "OM701", school, "迁入新校区，学籍集中在截止前注册")


def a_village_class(stage: Stage) -> None:
    """Teach a class at the approved site in a village (X12)."""
    school = stage.city.schools.vocational[0]
    for spell in _entrants(stage, school)[:25]:
        spell.site = APPROVED_SITE
    stage.lawful_school("X12", "OM701", school, "经批准的乡村教学点")


def a_year_of_growth(stage: Stage) -> None:
    """Take in many more students than last year, each of them real."""
    school = _unlabelled(stage)
    for _ in range(max(8, len(_entrants(stage, school)) // 3)):
        enrol.enter_vocational(stage.city, stage.pupil(stage.year), stage.year, school)
    stage.lawful_school("-", "OM701", school, "新专业带来的真实扩招")


def _unlabelled(stage: Stage) -> School:
    """Pick a school that is neither bad nor odd in another scene, nor the one with the village class."""
    odd = {one.school for one in stage.city.look_alikes if one.detector_ids == ("OM701",)}
    schools = [
        school
        for place, school in enumerate(stage.city.schools.vocational)
        if place and school not in odd and not stage.is_bad(school)
    ]
    return stage.dice.pick(schools)


def _entrants(stage: Stage, school: School) -> list[Spell]:
    return [
        spell
        for spell in stage.city.spells
        if spell.school is school and spell.cohort == stage.year and spell.study_form == "full_time"
    ]
