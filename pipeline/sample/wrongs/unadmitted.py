"""FR308 and FR310: past the admission platform, and in spite of a refusal (domain: P02, P05)."""

from __future__ import annotations

from datetime import date

from pipeline.sample import enrol
from pipeline.sample.exports.row import Cells, Row
from pipeline.sample.people import Person
from pipeline.sample.roll import Spell
from pipeline.sample.schools import School
from pipeline.sample.stage import Scene, Stage

JILIN_COUNTY = "990201"  # bound as Jilin City is: everybody through the platform
_JILIN_ROLL = 12
_NAMES = {"vocational": "职业学校", "junior": "初级中学"}


def admitted_only(stage: Stage, person: Person, year: int, school: School) -> Spell:
    """Admit a person to a school where nobody registers them; the spell is in no registry."""
    enter = enrol.enter_vocational if school.kind == "vocational" else enrol.enter_technical
    if school.kind == "high":
        enter = enrol.enter_high
    spell = enter(stage.city, person, year, school)
    spell.is_delivered = spell.draws_waiver = spell.draws_grant = False
    spell.status, spell.left_on = "withdrawn", date(year, 9, 2)
    return spell


def school_in_jilin(stage: Stage, kind: str) -> School:
    """Give the scenes' school in the county bound as Jilin City is, founded with a class of its own."""
    for school in stage.city.schools.founded:
        if school.county == JILIN_COUNTY and school.kind == kind and "江城" in school.name:
            return school
    school = stage.new_school(kind, county=JILIN_COUNTY, name=f"青禾虚构江城{_NAMES[kind]}")
    if kind == "vocational":
        for cohort in (stage.year, stage.year - 1):
            for _ in range(_JILIN_ROLL):
                graduate_of_jilin(stage, cohort, school)
    return school


def graduate_of_jilin(stage: Stage, cohort: int, school: School) -> Spell:
    """Send somebody from that county's junior school to a school of the county."""
    person = stage.city.population.pupil(cohort, division=JILIN_COUNTY)
    enrol.enter_junior(stage.city, person, cohort).school = school_in_jilin(stage, "junior")
    return enrol.enter_vocational(stage.city, person, cohort, school)


def never_admitted(stage: Stage) -> None:
    """Register a junior graduate of the city whom the platform admitted nowhere."""
    person = stage.pupil(stage.year)
    spell = enrol.enter_vocational(stage.city, person, stage.year, stage.school("vocational"))
    stage.city.admissions.pop()
    stage.wrong("FR308", spell, "本市初中毕业生未经平台录取即注册")


def sold_to_another_school(stage: Stage) -> None:
    """Register at one school a graduate whom the platform admitted to another."""
    person = stage.pupil(stage.year - 1)
    school = stage.school("vocational")
    admitted = admitted_only(stage, person, stage.year - 1, stage.another(school))
    spell = enrol.enter_vocational(stage.city, person, stage.year - 1, school)
    stage.city.admissions.pop()
    spell.exam_no = admitted.exam_no
    stage.wrong("FR308", spell, "平台录取学校与注册学校不一致", admitted)


def admitted_to_two_schools(stage: Stage) -> None:
    """Be admitted to a second school beside the one attended."""
    person = stage.pupil(stage.year)
    spell = enrol.enter_vocational(stage.city, person, stage.year, stage.school("vocational"))
    first = stage.city.admissions[-1]
    first.admitted_on = date(stage.year, 7, 14)
    second = admitted_only(stage, person, stage.year, stage.another(spell.school))
    stage.city.admissions[-1].admitted_on = date(stage.year, 8, 12)
    stage.city.admissions[-1].exam_no = second.exam_no = first.exam_no
    stage.wrong("FR308", spell, "同一年被平台录取两次", second)


def never_admitted_in_jilin(stage: Stage) -> None:
    """Register a graduate past the platform where everybody must go through it."""
    spell = graduate_of_jilin(stage, stage.year, school_in_jilin(stage, "vocational"))
    stage.city.admissions.pop()
    stage.wrong("FR308", spell, "一律平台录取的地区未经录取即注册")


def admitted_elsewhere_in_jilin(stage: Stage) -> None:
    """Register somebody admitted to a high school, where everybody must go through the platform."""
    spell = graduate_of_jilin(stage, stage.year, school_in_jilin(stage, "vocational"))
    stage.city.admissions.pop()
    admitted = admitted_only(
        stage, spell.person, stage.year, stage.dice.pick(stage.city.schools.high)
    )
    stage.city.admissions[-1].exam_no = admitted.exam_no = spell.exam_no
    stage.wrong("FR308", spell, "一律平台录取的地区录取学校与注册学校不一致", admitted)


def refuse(stage: Stage, spell: Spell, holder: Spell, day: date) -> None:
    """Let the registry refuse a registration because another school holds the student."""
    cells: Cells = {
        "name": spell.person.name,
        "id_number": spell.person.id_number,
        "registry": spell.registry,
        "school_code": spell.school.code,
        "applied_on": day,
        "reason": "与在籍学生重复",
        "held_by_school": holder.school.code,
    }
    stage.more("rejected_registrations", Row(str(day.year), cells, spell.person.key))


def _refused_then_registered(stage: Stage, holder: Spell, *, aided: bool) -> Spell:
    """Register a vocational student three weeks after the check for duplicates refused it."""
    year = stage.year
    school = stage.school("vocational")
    if school is holder.school:
        school = stage.another(school)
    spell = enrol.enter_vocational(stage.city, holder.person, year, school)
    stage.city.admissions.pop()
    spell.written.is_meant = holder.written.is_meant = True
    spell.draws_waiver, spell.draws_grant = aided, False
    holder.draws_waiver = holder.draws_grant = False
    refuse(stage, spell, holder, stage.day(date(year, 9, 6), date(year, 9, 16)))
    enrol.register_on(spell, stage.day(date(year, 10, 8), date(year, 10, 28)))
    return spell


def altered_after_a_refusal(stage: Stage) -> None:
    """Be refused as a high school pupil, and come back under a temporary number."""
    holder = enrol.enter_high(stage.city, stage.pupil(stage.year), stage.year)
    spell = _refused_then_registered(stage, holder, aided=True)
    serial = stage.city.population.numbers.serial() % 100000
    spell.written.id_number = f"999{spell.school.code}{serial:05d}"
    spell.student_no = f"L{spell.person.id_number[:14]}{serial % 10000:04d}"
    _planted(stage, spell, holder, "DE101", "查重驳回后改用999临时号完成注册")


def registered_all_the_same(stage: Stage) -> None:
    """Be refused as a high school pupil, and be registered all the same."""
    holder = enrol.enter_high(stage.city, stage.pupil(stage.year), stage.year)
    spell = _refused_then_registered(stage, holder, aided=False)
    _planted(stage, spell, holder, "DE101", "因普高在籍被驳回，仍完成注册")


def refused_for_another_vocational_school(stage: Stage) -> None:
    """Be refused because another vocational school holds the student, and be registered."""
    person = stage.pupil(stage.year)
    holder = enrol.enter_vocational(stage.city, person, stage.year, stage.school("vocational"))
    spell = _refused_then_registered(stage, holder, aided=True)
    _planted(stage, spell, holder, "DE106", "因他校中职在籍被驳回，仍完成注册")


def refused_for_a_technical_school(stage: Stage) -> None:
    """Be refused because a technical school holds the student, and be registered."""
    person = stage.pupil(stage.year)
    holder = enrol.enter_technical(stage.city, person, stage.year, stage.school("technical"))
    spell = _refused_then_registered(stage, holder, aided=True)
    _planted(stage, spell, holder, "DE102", "因技工在籍被驳回，仍完成注册")


def _planted(stage: Stage, spell: Spell, holder: Spell, beside: str, story: str) -> None:
    stage.wrong("FR310", spell, story, holder)
    stage.wrong(beside, spell, story, holder)


def a_name_taken_in_ninth_grade(stage: Stage) -> None:
    """Find on leaving junior school that a technical school took the name a year before (P02)."""
    _name_taken(stage, "technical")


def a_name_taken_by_a_vocational_school(stage: Stage) -> None:
    """Find on leaving junior school that a vocational school took the name, and drew aid."""
    _name_taken(stage, "vocational")


def _name_taken(stage: Stage, registry: str) -> None:
    year = stage.year
    person = stage.pupil(year)
    enter = enrol.enter_vocational if registry == "vocational" else enrol.enter_technical
    holder = enter(stage.city, person, year - 1, stage.school(registry))
    stage.city.admissions.pop()
    holder.draws_waiver, holder.draws_grant = True, False
    holder.written.is_meant = True
    wanted = admitted_only(stage, person, year, stage.dice.pick(stage.city.schools.vocational))
    stage.city.admissions.pop()
    refuse(stage, wanted, holder, stage.day(date(year, 9, 10), date(year, 9, 28)))
    story = "初三在读期间学籍被提前注册，升学时被查重驳回才发现"
    stage.wrong("FR310", holder, story)
    stage.wrong("DE107", holder, story)


UNADMITTED: tuple[Scene, ...] = (
    never_admitted,
    sold_to_another_school,
    admitted_to_two_schools,
    never_admitted_in_jilin,
    admitted_elsewhere_in_jilin,
)
REFUSED: tuple[Scene, ...] = (
    altered_after_a_refusal,
    a_name_taken_in_ninth_grade,
    refused_for_another_vocational_school,
    registered_all_the_same,
    a_name_taken_by_a_vocational_school,
    refused_for_a_technical_school,
)
