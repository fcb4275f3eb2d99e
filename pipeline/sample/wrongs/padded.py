"""OM701: padded schools, each bearing several marks at once (domain: P01, P03, P17)."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.sample import enrol, events
from pipeline.sample.roll import Spell
from pipeline.sample.schools import School
from pipeline.sample.stage import Scene, Stage

_BLOCK = 40  # at least
_OF_INTAKE = 3  # a third, where a school is large: less would leave it like its peers
_PHONES = 4


def an_agency_block(stage: Stage) -> None:
    """Register a block for an agency: its phones, no papers, no campus, all on the last days (P03)."""
    school = _honest_school(stage, "vocational")
    spells = _block(stage, school)
    phones = [stage.city.population.numbers.phone() for _ in range(_PHONES)]
    for place, spell in enumerate(spells):
        spell.person.phone = spell.person.household.guardian_phone = phones[place % _PHONES]
        spell.site = "外市虚构教学点"
        _number_temporarily(stage, spell)
        enrol.register_on(spell, date(stage.year, 11, 9), 900 + place)
    stage.school_wrong(
        "OM701", school, stage.year, "中介整批挂靠：共用电话、临时号、校外教学点、截止日突击注册"
    )


def a_class_that_vanished(stage: Stage) -> None:
    """Register a class under temporary numbers on the last days; it is gone by the spring (P17)."""
    school = _honest_school(stage, "vocational")
    for place, spell in enumerate(_block(stage, school)):
        _number_temporarily(stage, spell)
        enrol.register_on(spell, date(stage.year, 11, 9), 700 + place)
        if place % 5:
            gone = date(stage.year, 12, 5) + timedelta(days=place % _BLOCK)
            events.withdraw(stage.city, spell, gone)
    stage.school_wrong("OM701", school, stage.year, "临时号注册的新生班，统计后成批流失")


def a_technical_block(stage: Stage) -> None:
    """Register a block at a technical school on the last day, on a few phones, gone by winter."""
    school = _honest_school(stage, "technical")
    phones = [stage.city.population.numbers.phone() for _ in range(_PHONES)]
    for place, spell in enumerate(_block(stage, school)):
        spell.person.phone = spell.person.household.guardian_phone = phones[place % _PHONES]
        enrol.register_on(spell, date(stage.year, 10, 19), 900 + place)
        if place % 2:
            gone = date(stage.year, 12, 1) + timedelta(days=place % _BLOCK)
            events.withdraw(stage.city, spell, gone)
    stage.school_wrong("OM701", school, stage.year, "技工学校整批突击注册，共用电话，入冬流失")


def _number_temporarily(stage: Stage, spell: Spell) -> None:
    serial = stage.city.population.numbers.serial() % 100000
    spell.written.id_number = f"999{spell.school.code}{serial:05d}"
    spell.written.id_type = "other"


def _honest_school(stage: Stage, kind: str) -> School:
    """Pick a school that nobody else has padded."""
    schools: list[School] = getattr(stage.city.schools, kind)
    odd = {wrong.school for wrong in stage.city.wrongs if wrong.detector_id == "OM701"}
    odd |= {one.school for one in stage.city.look_alikes if one.detector_ids == ("OM701",)}
    return stage.dice.pick([one for one in schools if one not in odd and not stage.is_bad(one)])


def _block(stage: Stage, school: School) -> list[Spell]:
    enter = enrol.enter_vocational if school.kind == "vocational" else enrol.enter_technical
    intake = sum(one.school is school and one.cohort == stage.year for one in stage.city.spells)
    spells = []
    for _ in range(max(_BLOCK, intake // _OF_INTAKE)):
        person = stage.city.population.pupil(stage.year, division="990105")
        spell = enter(stage.city, person, stage.year, school)
        spell.draws_waiver = spell.draws_grant = False
        spells.append(spell)
    return spells


SCENES: tuple[Scene, ...] = (an_agency_block, a_class_that_vanished, a_technical_block)
