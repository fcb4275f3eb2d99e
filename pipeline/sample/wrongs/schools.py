"""SC501 and RQ601: recruiting without the qualification, and registering after the deadline."""

from __future__ import annotations

from datetime import date

from pipeline.sample import enrol
from pipeline.sample.roll import Spell
from pipeline.sample.schools import School
from pipeline.sample.stage import Scene, Stage


def _entrants(stage: Stage, school: School, cohort: int, count: int) -> list[Spell]:
    enter = enrol.enter_vocational if school.kind == "vocational" else enrol.enter_technical
    return [enter(stage.city, stage.pupil(cohort), cohort, school) for _ in range(count)]


def _untouched(stage: Stage, kind: str, year: int, detector_id: str) -> School:
    """Pick a school without a wrong of that detector and year, and without a merger to excuse it."""
    schools: list[School] = getattr(stage.city.schools, kind)
    taken = {closed.successor for closed in stage.city.schools.closed} | {
        wrong.school
        for wrong in stage.city.wrongs
        if wrong.detector_id == detector_id and wrong.school_year == f"{year}-{year + 1}"
    }
    return stage.dice.pick([school for school in schools if school not in taken])


def published_as_unqualified(stage: Stage) -> None:
    """Recruit in a year for which the school was published as not qualified."""
    year = stage.dice.pick((stage.year, stage.year - 1))
    school = _untouched(stage, "vocational", year, "SC501")
    school.unqualified_years.add(year)
    _entrants(stage, school, year, stage.dice.between(4, 9))
    stage.school_wrong("SC501", school, year, "公布名单载明不具备招生资质仍招生注册")


def missing_on_the_list(stage: Stage) -> None:
    """Recruit in a year whose list does not name the school."""
    year = stage.dice.pick((stage.year, stage.year - 1, stage.year - 2))
    school = _untouched(stage, "vocational", year, "SC501")
    school.unlisted_years.add(year)
    _entrants(stage, school, year, stage.dice.between(4, 9))
    stage.school_wrong("SC501", school, year, "当年资质名单没有该校仍招生注册")


def an_academy_under_a_training_code(stage: Stage) -> None:
    """Register students under the code of a training institution that is on no list at all."""
    serial = sum(school.code.startswith("9399") for school in stage.city.schools.closed) + 1
    number = sum(wrong.story.startswith("培训机构") for wrong in stage.city.wrongs) + serial
    school = School(
        code=f"9399{number:06d}",
        name=f"青禾虚构技能培训学校{number}",
        kind="vocational",
        county="990103",
        owner="民办",
        majors=stage.city.schools.vocational[0].majors,
        is_listed=False,
    )
    _entrants(stage, school, stage.year, stage.dice.between(6, 12))
    stage.school_wrong("SC501", school, stage.year, "培训机构以中职名义注册学历教育学籍")


def after_the_local_deadline(stage: Stage) -> None:
    """Register this autumn's entrants between the city's deadline and the national one."""
    school = _untouched(stage, "vocational", stage.year, "RQ601")
    for spell in _entrants(stage, school, stage.year, stage.dice.between(4, 9)):
        _register(stage, spell, date(stage.year, 11, 12), date(stage.year, 11, 19))
    stage.school_wrong("RQ601", school, stage.year, "过了本市11月10日截止期才注册")


def after_the_national_deadline(stage: Stage) -> None:
    """Register an autumn's entrants after the national deadline of 20 November."""
    year = stage.dice.pick((stage.year - 1, stage.year - 2))
    school = _untouched(stage, "vocational", year, "RQ601")
    for spell in _entrants(stage, school, year, stage.dice.between(4, 9)):
        _register(stage, spell, date(year, 11, 23), date(year, 12, 15))
    stage.school_wrong("RQ601", school, year, "过了全国11月20日截止期才注册")


def technical_after_october(stage: Stage) -> None:
    """Register a technical school's entrants after 20 October."""
    year = stage.dice.pick((stage.year, stage.year - 1))
    school = _untouched(stage, "technical", year, "RQ601")
    for spell in _entrants(stage, school, year, stage.dice.between(4, 9)):
        _register(stage, spell, date(year, 10, 23), date(year, 11, 25))
    stage.school_wrong("RQ601", school, year, "技工学校过了10月20日截止期才注册")


def _register(stage: Stage, spell: Spell, first: date, last: date) -> None:
    enrol.register_on(spell, stage.day(first, last), stage.dice.between(480, 1080))


UNQUALIFIED: tuple[Scene, ...] = (
    published_as_unqualified,
    missing_on_the_list,
    an_academy_under_a_training_code,
)
LATE: tuple[Scene, ...] = (
    after_the_local_deadline,
    technical_after_october,
    after_the_national_deadline,
)
