"""FR301 and FR302: nobody behind the number, or somebody else (domain: P01, P15, P23)."""

from __future__ import annotations

from datetime import date

from pipeline.sample import enrol
from pipeline.sample.exports.row import Cells, Row
from pipeline.sample.people import Person
from pipeline.sample.roll import Spell
from pipeline.sample.stage import Scene, Stage
from pipeline.sample.styles import style_of

_PLACEHOLDERS = ("111111111111111111", "123456789012345678", "000000000000000000")


def _invented(stage: Stage, registry: str, cohort: int, *, age: int = 15) -> Spell:
    """Register somebody whom no junior school and no platform knows; a class teacher writes no slips here."""
    person = stage.city.population.pupil(cohort + 15 - age, division=stage.dice.pick(_PLACES))
    enter = enrol.enter_vocational if registry == "vocational" else enrol.enter_technical
    school = stage.school(registry)
    while style_of(f"{registry}_students", school.code).rounds_numbers:
        school = stage.another(school)  # where all numbers are rounded, none can be told to be bad
    spell = enter(stage.city, person, cohort, school)
    stage.city.admissions.pop()
    spell.exam_no = ""
    spell.written.is_meant = True
    spell.draws_waiver, spell.draws_grant = True, False
    return spell


_PLACES = ("990101", "990102", "990103", "990104", "990105")


def _write_number(stage: Stage, spell: Spell, number: str) -> None:
    """Write a number into the registry; the national student number is made up beside it."""
    spell.written.id_number = number
    if spell.registry == "vocational":
        serial = stage.city.population.numbers.serial() % 10000
        spell.student_no = f"L{spell.person.id_number[:14]}{serial:04d}"


def _died(stage: Stage, person: Person, day: date) -> None:
    cells: Cells = {
        "name": person.name,
        "id_number": person.id_number,
        "kind": "死亡",
        "started_on": day,
        "ended_on": None,
        "detail": "青禾市虚构殡葬服务中心",
    }
    stage.more("counter_evidence", Row("死亡", cells, person.key))


def registered_after_death(stage: Stage) -> None:
    """Register somebody who had died more than a year before, and draw the waiver."""
    spell = _invented(stage, "vocational", stage.year - 1)
    _died(stage, spell.person, stage.day(date(stage.year - 3, 3, 1), date(stage.year - 2, 6, 30)))
    stage.wrong("FR301", spell, "入学前一年多已死亡的人被注册并领取免学费")
    stage.wrong("RD201", spell, "入学前一年多已死亡的人被注册并领取免学费")


def dead_at_a_technical_school(stage: Stage) -> None:
    """Register a dead man's name at a technical school."""
    spell = _invented(stage, "technical", stage.year)
    _died(stage, spell.person, stage.day(date(stage.year - 1, 9, 1), date(stage.year, 5, 30)))
    stage.wrong("FR301", spell, "入学前已死亡的人被技工学校注册")
    stage.wrong("RD201", spell, "入学前已死亡的人被技工学校注册")


def an_infant(stage: Stage) -> None:
    """Register a child of four, with the number that is really the child's."""
    spell = _invented(stage, "vocational", stage.year, age=4)
    stage.wrong("FR301", spell, "按证件号入学时年仅四岁")
    stage.wrong("DE107", spell, "按证件号入学时年仅四岁")


def somebody_aged(stage: Stage) -> None:
    """Register a villager of seventy as a fresh junior graduate, full time."""
    spell = _invented(stage, "vocational", stage.year - 1, age=70)
    stage.wrong("FR301", spell, "七十岁老人登记为应届初中毕业生")
    stage.wrong("FR306", spell, "七十岁老人登记为应届初中毕业生")


def a_placeholder_for_a_number(stage: Stage) -> None:
    """Fill in all ones; nobody in the city knows the student."""
    spell = _invented(stage, "vocational", stage.year)
    _write_number(stage, spell, stage.dice.pick(_PLACEHOLDERS))
    stage.wrong("FR301", spell, "证件号为占位号，其他名单均无此人")


def a_number_never_issued(stage: Stage) -> None:
    """Make up a number with a thirteenth month; nobody in the city knows the student."""
    spell = _invented(stage, "vocational", stage.year - 1)
    serial = stage.city.population.numbers.serial() % 1000
    _write_number(stage, spell, f"990107200713{stage.dice.between(1, 28):02d}{serial:03d}1")
    stage.wrong("FR301", spell, "证件号出生月份为十三月，其他名单均无此人")


def a_technical_number_never_issued(stage: Stage) -> None:
    """Make up a number at a technical school; the check digit fails, and the day does not exist."""
    spell = _invented(stage, "technical", stage.year - 1)
    serial = stage.city.population.numbers.serial() % 1000
    _write_number(stage, spell, f"99010820070231{serial:03d}3")
    stage.wrong("FR301", spell, "技工学校以不存在的证件号注册，其他名单均无此人")


def with_another_schools_temporary_number(stage: Stage) -> None:
    """Use a temporary number made from the code of a school where the student never was."""
    spell = _invented(stage, "vocational", stage.year)
    serial = stage.city.population.numbers.serial() % 100000
    _write_number(stage, spell, f"999{stage.another(spell.school).code}{serial:05d}")
    stage.wrong("FR301", spell, "临时号由从未就读的学校代码编成")


def _borrows(stage: Stage, borrower: Spell, holder: Spell, story: str) -> None:
    """Write the holder's number for somebody of another name, sex and birthday."""
    _write_number(stage, borrower, holder.written.id_number)
    stage.wrong("FR302", borrower, story, holder)


def _other(stage: Stage, registry: str, holder: Person) -> Spell:
    """Invent somebody of the other sex, another surname and another birthday."""
    while True:
        spell = _invented(stage, registry, stage.year - 1)
        person = spell.person
        if person.sex != holder.sex and person.name[0] != holder.name[0]:
            return spell
        stage.city.spells.remove(spell)


def under_a_pupils_number(stage: Stage) -> None:
    """Register an invented student under the number of a pupil in general high school, and draw aid."""
    pupil = stage.pupil(stage.year - 1)
    holder = enrol.enter_high(stage.city, pupil, stage.year - 1)
    holder.written.is_meant = True
    borrower = _other(stage, "vocational", pupil)
    _borrows(stage, borrower, holder, "用普高在读学生的证件号注册另一人")


def under_a_classmates_number(stage: Stage) -> None:
    """Register an invented technical student under the number of a vocational one."""
    pupil = stage.pupil(stage.year - 1)
    holder = enrol.enter_vocational(stage.city, pupil, stage.year - 1)
    holder.written.is_meant = True
    borrower = _other(stage, "technical", pupil)
    _borrows(stage, borrower, holder, "用中职学生的证件号在技工学校注册另一人")


def under_a_graduates_number(stage: Stage) -> None:
    """Register an invented student under the number of somebody who has gone on to college."""
    pupil = stage.pupil(stage.year - 3)
    enrol.enter_high(stage.city, pupil, stage.year - 3).written.is_meant = True
    holder = enrol.enter_higher(stage.city, pupil, stage.year)
    holder.written.is_meant = True
    borrower = _other(stage, "vocational", pupil)
    _borrows(stage, borrower, holder, "用已升入高校者的证件号注册另一人")


FICTITIOUS: tuple[Scene, ...] = (
    registered_after_death,
    a_placeholder_for_a_number,
    an_infant,
    a_number_never_issued,
    somebody_aged,
    with_another_schools_temporary_number,
    dead_at_a_technical_school,
    a_technical_number_never_issued,
)
BORROWED: tuple[Scene, ...] = (
    under_a_pupils_number,
    under_a_classmates_number,
    under_a_graduates_number,
)
