"""DE102: vocational and technical school at once, the blind spot between two ministries (domain: P06)."""

from __future__ import annotations

from datetime import date

from pipeline.sample import enrol, events
from pipeline.sample.roll import Spell
from pipeline.sample.stage import Scene, Stage


def _both(stage: Stage, cohort: int) -> tuple[Spell, Spell]:
    person = stage.pupil(cohort)
    vocational = enrol.enter_vocational(stage.city, person, cohort, stage.school("vocational"))
    technical = enrol.enter_technical(stage.city, person, cohort, stage.school("technical"))
    stage.city.admissions.pop()
    vocational.draws_grant = technical.draws_grant = False
    return vocational, technical


def with_both_waivers(stage: Stage) -> None:
    """Draw the waiver in both systems, term after term."""
    vocational, technical = _both(stage, stage.year - 1)
    vocational.draws_waiver = technical.draws_waiver = True
    stage.wrong("DE102", vocational, "中职技工双重注册，两边都领免学费", technical)


def with_both_grants(stage: Stage) -> None:
    """Draw the grant in both systems."""
    vocational, technical = _both(stage, stage.year)
    vocational.draws_grant = technical.draws_grant = True
    vocational.draws_waiver = technical.draws_waiver = False
    stage.wrong("DE102", vocational, "中职技工双重注册，两边都领助学金", technical)


def with_aid_on_one_side(stage: Stage) -> None:
    """Draw aid at the technical school alone."""
    vocational, technical = _both(stage, stage.year - 1)
    vocational.draws_waiver, technical.draws_waiver = False, True
    stage.wrong("DE102", vocational, "中职技工双重注册，技工一侧领免学费", technical)


def with_a_handwritten_name(stage: Stage) -> None:
    """Have the name typed by hand at the technical school: a homophone, the same number."""
    vocational, technical = _both(stage, stage.year - 1)
    surname = vocational.person.household.surname
    vocational.person.name = vocational.written.name = f"{surname}浩轩"
    technical.written.name = f"{surname}皓轩"
    for spell in stage.city.spells[-4:]:
        if spell.person is vocational.person and spell.stage == "junior":
            spell.written.name = vocational.person.name
    vocational.draws_waiver = False
    stage.wrong("DE102", vocational, "技工一侧姓名误录同音字，证件号相同", technical)


def until_last_winter(stage: Stage) -> None:
    """Be in both schools for five months until the vocational school was left."""
    vocational, technical = _both(stage, stage.year)
    vocational.draws_waiver = False
    left = stage.day(date(stage.year + 1, 2, 1), date(stage.year + 1, 2, 25))
    events.withdraw(stage.city, vocational, left)
    stage.wrong("DE102", vocational, "中职五个月后才退学，期间技工同时在籍", technical)


def joined_in_the_second_year(stage: Stage) -> None:
    """Start at the technical school a year later without leaving the vocational one."""
    person = stage.pupil(stage.year - 1)
    vocational = enrol.enter_vocational(
        stage.city, person, stage.year - 1, stage.school("vocational")
    )
    technical = enrol.enter_technical(stage.city, person, stage.year)
    technical.entrant = "junior_past"
    technical.draws_waiver = technical.draws_grant = False
    vocational.draws_waiver = True
    stage.wrong("DE102", vocational, "次年另入技工学校，中职学籍保留并继续领免学费", technical)


SCENES: tuple[Scene, ...] = (
    with_both_waivers,
    joined_in_the_second_year,
    with_a_handwritten_name,
    with_both_grants,
    with_aid_on_one_side,
    until_last_winter,
)
