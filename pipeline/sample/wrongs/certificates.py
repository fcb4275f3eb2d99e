"""SC516 and SC520: diplomas unlike the registry, certificates and credits with nobody behind (R47, R62)."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.sample import enrol, events
from pipeline.sample.paperwork import credit, diploma, skill_certificate
from pipeline.sample.people import Person
from pipeline.sample.roll import Certificate, Spell, Wrong
from pipeline.sample.stage import Scene, Stage


def _student(stage: Stage, cohort: int) -> Spell:
    school = stage.dice.pick(stage.city.schools.vocational)
    spell = enrol.enter_vocational(stage.city, stage.pupil(cohort), cohort, school)
    spell.written.is_meant = True  # what is meant to disagree is the certificate
    return spell


def a_diploma_without_a_roll(stage: Stage) -> None:
    """Sell a diploma of last summer to somebody who never studied."""
    spell = _student(stage, stage.year - 3)
    stage.city.certificates.pop(spell, None)
    _forget_admission(stage, spell)
    spell.is_delivered = spell.draws_waiver = spell.draws_grant = False
    diploma(stage, spell, date(stage.year, 7, 1))
    stage.wrong("SC516", spell, "毕业证书在学籍系统中查无此人")


def _forget_admission(stage: Stage, spell: Spell) -> None:
    stage.city.admissions[:] = [one for one in stage.city.admissions if one.spell is not spell]


def a_diploma_after_withdrawal(stage: Stage) -> None:
    """Withdraw in the second year and hold the diploma all the same."""
    spell = _student(stage, stage.year - 3)
    events.withdraw(
        stage.city, spell, stage.day(date(stage.year - 2, 10, 8), date(stage.year - 1, 5, 20))
    )
    diploma(stage, spell, date(stage.year, 7, 1))
    stage.wrong("SC516", spell, "二年级已退学，仍有毕业证书")


def a_diploma_after_ten_months(stage: Stage) -> None:
    """Enter from junior school in autumn and graduate the next summer."""
    spell = _student(stage, stage.year - 1)
    day = date(stage.year, 7, 1)
    spell.status, spell.left_on, spell.expected_end = "graduated", day, day
    number = f"{spell.school.code[-5:]}{day.year}{stage.city.population.numbers.serial():07d}"
    stage.city.certificates[spell] = Certificate(spell, number, day)
    stage.wrong("SC516", spell, "初中起点就读十个月即毕业")


def missing_in_the_platform(stage: Stage) -> None:
    """Graduate in the registry; the platform has no certificate."""
    spell = _student(stage, stage.year - 3)
    stage.city.certificates.pop(spell, None)
    stage.wrong("SC516", spell, "学籍已毕业，查询平台无证书")


def _of_school_age(stage: Stage) -> Person:
    return stage.city.population.pupil(stage.year - 2)


def _no_student(stage: Stage, people: list[Person], story: str) -> None:
    stage.city.wrongs.append(Wrong("SC520", "person", story, people=tuple(people)))


def a_candidate_on_no_roll(stage: Stage) -> None:
    """Certify somebody of seventeen whom no roll knows as a student of the school."""
    person = _of_school_age(stage)
    skill_certificate(stage, person, stage.dice.pick(stage.city.schools.vocational))
    _no_student(stage, [person], "学龄考生无任何学籍")


def examined_after_leaving(stage: Stage) -> None:
    """Certify somebody who had withdrawn a year earlier."""
    spell = _student(stage, stage.year - 2)
    events.withdraw(
        stage.city, spell, stage.day(date(stage.year - 1, 10, 8), date(stage.year - 1, 12, 20))
    )
    skill_certificate(stage, spell.person, spell.school)
    _no_student(stage, [spell.person], "退学一年后以该校学生身份取证")


def no_day_of_examination(stage: Stage) -> None:
    """Issue a certificate that nobody examined."""
    spell = _student(stage, stage.year - 1)
    skill_certificate(stage, spell.person, spell.school, assessed_on=None)
    _no_student(stage, [spell.person], "证书无考核日期")


def issued_before_the_examination(stage: Stage) -> None:
    """Issue a certificate in October for an examination in November."""
    spell = _student(stage, stage.year - 1)
    issued_on = date(stage.year, 11, 25) - timedelta(days=35)
    skill_certificate(stage, spell.person, spell.school, issued_on=issued_on)
    _no_student(stage, [spell.person], "发证早于考核")


def one_number_for_two(stage: Stage) -> None:
    """Give two students of a class one certificate number."""
    first, second = _student(stage, stage.year - 1), _student(stage, stage.year - 1)
    number = skill_certificate(stage, first.person, first.school)
    skill_certificate(stage, second.person, second.school, certificate_no=number)
    _no_student(stage, [first.person, second.person], "两人同一证书编号")


def credits_without_a_certificate(stage: Stage) -> None:
    """Convert a certificate that does not exist into credits."""
    spell = _student(stage, stage.year - 1)
    credit(stage, spell.person, spell.school, f"1X9{stage.city.population.numbers.serial():09d}")
    _no_student(stage, [spell.person], "学分转换无对应证书")


def credits_counted_twice(stage: Stage) -> None:
    """Convert one certificate twice."""
    spell = _student(stage, stage.year - 1)
    number = skill_certificate(stage, spell.person, spell.school)
    for _ in range(2):
        credit(stage, spell.person, spell.school, number)
    _no_student(stage, [spell.person], "同一证书两次转换学分")


DIPLOMAS: tuple[Scene, ...] = (
    a_diploma_without_a_roll,
    a_diploma_after_withdrawal,
    a_diploma_after_ten_months,
    missing_in_the_platform,
)
SKILLS: tuple[Scene, ...] = (
    a_candidate_on_no_roll,
    examined_after_leaving,
    no_day_of_examination,
    issued_before_the_examination,
    one_number_for_two,
    credits_without_a_certificate,
    credits_counted_twice,
)
