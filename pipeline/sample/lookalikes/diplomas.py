"""Lawful diplomas and skill certificates that look wrong (SC516, SC520)."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.sample import enrol, events
from pipeline.sample.paperwork import course, credit, diploma, skill_certificate, train
from pipeline.sample.people import Person
from pipeline.sample.roll import LookAlike, Spell
from pipeline.sample.schools import School
from pipeline.sample.stage import Scene, Stage


def _student(stage: Stage, cohort: int, school: School | None = None) -> Spell:
    return enrol.enter_vocational(stage.city, stage.pupil(cohort), cohort, school)


def completed_and_converted(stage: Stage) -> None:
    """Complete without diploma, and be given it the next winter (X18)."""
    spell = _student(stage, stage.year - 3)
    certificate = stage.city.certificates[spell]
    certificate.kind = "结业"
    diploma(stage, spell, date(stage.year + 1, 1, 12))
    stage.lawful("X18", "SC516", spell, "先结业后换发毕业证书")


def a_certificate_of_partial_study(stage: Stage) -> None:
    """Withdraw and be given a certificate of partial study (X18)."""
    spell = _student(stage, stage.year - 2)
    events.withdraw(stage.city, spell, date(stage.year, 5, 12))
    diploma(stage, spell, date(stage.year, 7, 1), "肄业")
    stage.lawful("X18", "SC516", spell, "退学后发肄业证书")


def a_high_school_graduate_in_a_year(stage: Stage) -> None:
    """Graduate a year after entering from high school."""
    person = stage.pupil(stage.year - 4)
    enrol.enter_high(stage.city, person, stage.year - 4).draws_grant = False
    spell = enrol.enter_vocational(stage.city, person, stage.year - 1)
    day = date(stage.year, 7, 1)
    spell.entrant, spell.years, spell.expected_end = "high_fresh", 1, day
    enrol.graduate(stage.city, spell, day)
    stage.city.admissions[:] = [one for one in stage.city.admissions if one.spell is not spell]
    stage.lawful("X11", "SC516", spell, "高中毕业起点一年毕业")


def a_diploma_after_a_transfer(stage: Stage) -> None:
    """Transfer in the second year; the diploma is that of the new school (X15)."""
    old = _student(stage, stage.year - 3)
    stage.city.certificates.pop(old, None)
    new = enrol.enter_vocational(stage.city, old.person, stage.year - 3, stage.another(old.school))
    stage.city.admissions.pop()
    day = date(stage.year - 2, 10, 12)
    new.major, new.draws_waiver, new.draws_grant = old.major, old.draws_waiver, old.draws_grant
    enrol.register_on(new, day + timedelta(days=3))
    events.transfer(stage.city, old, new, day, 5)
    stage.lawful("X15", "SC516", new, "二年级转学，由转入校发证")


def withdrew_and_graduated_later(stage: Stage) -> None:
    """Withdraw in the first year, enter the school again a year later and graduate (X19)."""
    school = stage.dice.pick(stage.city.schools.vocational)
    person = stage.pupil(stage.year - 4)
    first = enrol.enter_vocational(stage.city, person, stage.year - 4, school)
    events.withdraw(stage.city, first, date(stage.year - 3, 3, 20))
    again = enrol.enter_vocational(stage.city, person, stage.year - 3, school)
    again.entrant = "junior_past"
    stage.lawful("X19", "SC516", again, "退学后再次入学并毕业")


def _is_lawful(stage: Stage, exception: str, person: Person, school: School, story: str) -> None:
    stage.city.look_alikes.append(LookAlike(exception, ("SC520",), story, person, school))


def a_social_candidate(stage: Stage) -> None:
    """Examine an adult at the school (X11)."""
    person = stage.city.population.adult(stage.year - 5)
    school = stage.dice.pick(stage.city.schools.vocational)
    skill_certificate(stage, person, school)
    _is_lawful(stage, "X11", person, school, "社会考生在该校考点取证")


def examined_after_graduation(stage: Stage) -> None:
    """Sit the examination in the autumn after graduation (X18)."""
    spell = _student(stage, stage.year - 3)
    skill_certificate(stage, spell.person, spell.school)
    _is_lawful(stage, "X18", spell.person, spell.school, "毕业后半年内补考取证")


def examined_while_suspended(stage: Stage) -> None:
    """Sit the examination while suspended (X20)."""
    spell = _student(stage, stage.year - 1)
    events.suspend(stage.city, spell, date(stage.year, 9, 4), date(stage.year + 1, 7, 1))
    skill_certificate(stage, spell.person, spell.school)
    _is_lawful(stage, "X20", spell.person, spell.school, "休学期间取证")


def listed_for_the_school_left(stage: Stage) -> None:
    """Be listed for the school that one left by transfer in spring (X15)."""
    old = _student(stage, stage.year - 1)
    new = enrol.enter_vocational(stage.city, old.person, stage.year - 1, stage.another(old.school))
    stage.city.admissions.pop()
    day = date(stage.year, 4, 12)
    new.major, new.draws_waiver, new.draws_grant = old.major, old.draws_waiver, old.draws_grant
    enrol.register_on(new, day + timedelta(days=3))
    events.transfer(stage.city, old, new, day, 5)
    skill_certificate(stage, old.person, old.school)
    _is_lawful(stage, "X15", old.person, old.school, "证书仍列转出学校")


def credits_for_a_certificate(stage: Stage) -> None:
    """Convert a certificate into credits, once."""
    spell = _student(stage, stage.year - 1)
    number = skill_certificate(stage, spell.person, spell.school)
    credit(stage, spell.person, spell.school, number)
    _is_lawful(stage, "X24", spell.person, spell.school, "学分转换依据本人证书")


def credits_for_training(stage: Stage) -> None:
    """Convert the certificate of a holiday course into credits (X24)."""
    spell = _student(stage, stage.year - 2)
    number = f"PXZS9{stage.city.population.numbers.serial():08d}"
    train(stage, spell.person, course(stage, date(stage.year, 7, 24)), certificate_no=number)
    credit(stage, spell.person, spell.school, number)
    _is_lawful(stage, "X24", spell.person, spell.school, "学分转换依据本人培训证书")


DIPLOMAS: tuple[Scene, ...] = (
    completed_and_converted,
    a_certificate_of_partial_study,
    a_diploma_after_a_transfer,
    withdrew_and_graduated_later,
    a_high_school_graduate_in_a_year,
)
SKILLS: tuple[Scene, ...] = (
    a_social_candidate,
    examined_after_graduation,
    credits_for_a_certificate,
    listed_for_the_school_left,
    examined_while_suspended,
    credits_for_training,
)
