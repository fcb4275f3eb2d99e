"""DE107: registered before junior school was finished (domain: P02, R17)."""

from __future__ import annotations

from datetime import date

from pipeline.sample import enrol, events, owed
from pipeline.sample.people import Person
from pipeline.sample.roll import Spell
from pipeline.sample.stage import Scene, Stage


def _junior_pupil(stage: Stage, cohort: int) -> tuple[Person, Spell]:
    """Bring in somebody who finishes junior school in the summer of `cohort`, with that spell."""
    person = stage.city.population.pupil(cohort)
    return person, enrol.enter_junior(stage.city, person, cohort)


def _registered(stage: Stage, kind: str, person: Person, year: int) -> Spell:
    enter = enrol.enter_technical if kind == "technical" else enrol.enter_vocational
    spell = enter(stage.city, person, year, stage.school(kind))
    stage.city.admissions.pop()
    spell.draws_waiver = spell.draws_grant = False
    return spell


def _wrong(stage: Stage, spell: Spell, junior: Spell, story: str) -> None:
    stage.wrong("DE107", spell, story, junior)
    stage.city.wrongs[-1].amount_paid = owed.while_both(stage.city, spell, junior)


def a_junior_pupil_with_a_grant(stage: Stage) -> None:
    """Be in the last junior year; a technical school draws the grant of a student."""
    person, junior = _junior_pupil(stage, stage.year + 1)
    spell = _registered(stage, "technical", person, stage.year)
    spell.draws_grant = spell.draws_waiver = True
    _wrong(stage, spell, junior, "初三学生被技工院校提前注册并领取资助")


def two_years_early_and_found_out(stage: Stage) -> None:
    """Be registered two years early; the record goes when the real school registers the pupil (P02)."""
    person, junior = _junior_pupil(stage, stage.year)
    spell = _registered(stage, "technical", person, stage.year - 2)
    spell.draws_grant = True
    events.withdraw(stage.city, spell, stage.day(date(stage.year, 7, 1), date(stage.year, 8, 20)))
    enrol.enter_vocational(stage.city, person, stage.year)
    _wrong(stage, spell, junior, "初一即被技工院校冒名注册，毕业后才被发现")
    stage.wrong("FR306", spell, "由其他问题引起：注册时年龄过小")


def in_the_spring_before_finishing(stage: Stage) -> None:
    """Be registered in spring by a vocational school, a term before junior school ends."""
    person, junior = _junior_pupil(stage, stage.year)
    spell = _registered(stage, "vocational", person, stage.year)
    spell.entered_on = date(stage.year, 3, 1)
    enrol.register_on(spell, stage.day(date(stage.year, 3, 4), date(stage.year, 3, 20)))
    spell.draws_waiver = True
    _wrong(stage, spell, junior, "初三下学期即注册中职春季班")


def suspended_at_junior_school(stage: Stage) -> None:
    """Be suspended at junior school, and be a vocational student in the meantime."""
    person, junior = _junior_pupil(stage, stage.year + 1)
    first = stage.day(date(stage.year, 9, 5), date(stage.year, 9, 25))
    events.suspend(stage.city, junior, first, date(stage.year + 1, 8, 31))
    spell = _registered(stage, "vocational", person, stage.year)
    _wrong(stage, spell, junior, "初中休学期间注册中职学籍")


def a_junior_pupil_under_a_temporary_number(stage: Stage) -> None:
    """Hide behind a 999 number; name, birth date, guardian and phone are the junior pupil's."""
    person, junior = _junior_pupil(stage, stage.year + 1)
    spell = _registered(stage, "vocational", person, stage.year)
    serial = stage.city.population.numbers.serial() % 100000
    spell.written.id_number = f"999{spell.school.code}{serial:05d}"
    spell.written.id_type = "other"
    spell.student_no = f"L{person.id_number[:14]}{serial % 10000:04d}"
    spell.draws_waiver = True
    _wrong(stage, spell, junior, "中职用999临时号为在读初中生注册")


def a_child_of_thirteen(stage: Stage) -> None:
    """Be registered at thirteen; no junior school of the city reports having taught the child."""
    person = stage.city.population.pupil(stage.year + 2)
    spell = _registered(stage, "vocational", person, stage.year)
    stage.wrong("DE107", spell, "入学时仅十三岁，没有初中毕业记录")
    stage.wrong("FR306", spell, "由其他问题引起：注册时年龄过小")
    stage.wrong("RQ604", spell, "由其他问题引起：没有初中学籍可接续")


SCENES: tuple[Scene, ...] = (
    a_junior_pupil_with_a_grant,
    in_the_spring_before_finishing,
    two_years_early_and_found_out,
    a_junior_pupil_under_a_temporary_number,
    suspended_at_junior_school,
    a_child_of_thirteen,
)
