"""SC514, SC515 and RQ604: categories without proof, seasons that do not fit, records that continue nothing."""

from __future__ import annotations

from datetime import date

from pipeline.sample import adults, enrol, neighbours
from pipeline.sample.exports.row import Cells, Row
from pipeline.sample.numbers import identity_number
from pipeline.sample.roll import Spell
from pipeline.sample.schools import School
from pipeline.sample.stage import Scene, Stage

_MONTHS_APART = 62  # days between two birthdays that no slip of the pen explains


def adult(
    stage: Stage, registry: str, kind: str, cohort: int, school: School | None = None
) -> Spell:
    """Enrol an adult part-time in a filed flexible course, on no department's list."""
    city = stage.city
    enter = enrol.enter_vocational if registry == "vocational" else enrol.enter_technical
    school = school or stage.dice.pick(adults.filing_schools(city, registry))
    spell = enter(city, city.population.adult(cohort), cohort, school)
    city.admissions.pop()
    spell.exam_no, spell.entrant, spell.study_form = "", kind, "part_time"
    spell.class_name = f"{cohort}级弹性学制班"
    spell.draws_waiver = spell.draws_grant = False
    spell.written.is_meant = True
    city.flexible.add((cohort, school.code))
    return spell


def _cohort(stage: Stage) -> int:
    return stage.year - stage.dice.between(0, 2)


def a_veteran_on_no_list(stage: Stage) -> None:
    """Register an adult as a veteran whom the veterans' department does not know."""
    spell = adult(stage, "vocational", "veteran", _cohort(stage))
    stage.wrong("SC514", spell, "登记为退役军人，退役军人事务部门名单无此人")


def farmers_on_paper(stage: Stage) -> None:
    """Register three adults of a class as farmers; agriculture knows none of them."""
    school = stage.dice.pick(adults.filing_schools(stage.city, "technical"))
    cohort = _cohort(stage)
    for _ in range(3):
        spell = adult(stage, "technical", "farmer", cohort, school)
        spell.class_name = f"{cohort}级新型农民班"
        stage.wrong("SC514", spell, "登记为新型职业农民，农业农村部门名单无此人")


def laid_off_with_a_waiver(stage: Stage) -> None:
    """Register an adult full-time as laid off, with the waiver; Human Resources has no such case."""
    spell = adult(stage, "vocational", "laid_off", _cohort(stage))
    spell.study_form, spell.draws_waiver = "full_time", True
    spell.class_name = f"{spell.cohort}级下岗人员班"
    stage.wrong("SC514", spell, "全日制登记为下岗失业人员并免学费，失业人员名单无此人")


def a_veteran_where_proof_is_the_law(stage: Stage) -> None:
    """Register a veteran on no list at a technician school where the department has to confirm (Heilongjiang)."""
    school = stage.new_school("technical", county=neighbours.JIAMUSI)
    spell = adult(stage, "technical", "veteran", _cohort(stage), school)
    neighbours.moved_to(spell.person, neighbours.JIAMUSI)
    stage.wrong("SC514", spell, "黑龙江技工扩招登记为退役军人，未经退役军人事务部门认定")


CLAIMED: tuple[Scene, ...] = (
    a_veteran_on_no_list,
    farmers_on_paper,
    laid_off_with_a_waiver,
    a_veteran_where_proof_is_the_law,
)


def unknown_to_junior_schools(stage: Stage) -> None:
    """Register a fresh graduate of the city whom no junior school ever had."""
    cohort = _cohort(stage)
    person = stage.city.population.pupil(cohort)
    spell = enrol.enter_vocational(stage.city, person, cohort)
    spell.written.is_meant = True
    stage.wrong("RQ604", spell, "应届初中毕业生，本市初中学籍查无此人")


def unknown_to_everybody(stage: Stage) -> None:
    """Register a fresh graduate whom neither the junior schools nor the platform of Jilin know."""
    schools = neighbours.town(stage, stage.year)
    person = neighbours.resident(stage, stage.year, neighbours.JILIN, with_junior=False)
    spell = enrol.enter_vocational(stage.city, person, stage.year, stage.dice.pick(schools))
    stage.city.admissions.pop()
    spell.exam_no = ""
    spell.draws_waiver, spell.draws_grant = True, False
    spell.written.is_meant = True
    stage.wrong("RQ604", spell, "初中学籍和招生平台均查无此人")


def never_closed_by_junior_school(stage: Stage) -> None:
    """Leave a graduate on the roll of the junior school long after the summer."""
    cohort = _cohort(stage)
    person = stage.city.population.pupil(cohort)
    junior = enrol.enter_junior(stage.city, person, cohort)
    junior.status, junior.left_on = "active", None
    spell = enrol.enter_vocational(stage.city, person, cohort)
    stage.wrong("RQ604", spell, "入学中职后初中学籍一直未办结", junior)


def under_a_new_number(stage: Stage) -> None:
    """Give a vocational student a 学籍号 of the school's own, instead of the lifelong one."""
    cohort = _cohort(stage)
    person = stage.pupil(cohort)
    spell = enrol.enter_vocational(stage.city, person, cohort)
    sequence = stage.city.population.numbers.sequence(
        person.household.division, person.born_on, person.sex
    )
    number = identity_number(person.household.division, person.born_on, sequence)
    spell.student_no = f"G{number}"
    spell.written.is_meant = True
    stage.wrong("RQ604", spell, "中职学籍号与初中学籍号不一致，未接续而另建")


def under_another_pupils_number(stage: Stage) -> None:
    """Continue the junior record of another pupil, who went to high school."""
    cohort = stage.year
    schools = neighbours.town(stage, cohort)
    other = neighbours.resident(stage, cohort, neighbours.JILIN)
    enrol.enter_high(stage.city, other, cohort)
    person = neighbours.resident(stage, cohort, neighbours.JILIN)
    while abs((person.born_on - other.born_on).days) <= _MONTHS_APART:
        person = neighbours.resident(stage, cohort, neighbours.JILIN)
    spell = enrol.enter_vocational(stage.city, person, cohort, stage.dice.pick(schools))
    spell.student_no = other.lifelong_no
    spell.written.is_meant = True
    stage.wrong("RQ604", spell, "接续了另一名学生的初中学籍")


BROKEN_OFF: tuple[Scene, ...] = (
    unknown_to_junior_schools,
    unknown_to_everybody,
    never_closed_by_junior_school,
    under_a_new_number,
    under_another_pupils_number,
)
_EXPANSION = 2019  # the intake that the notice of Heilongjiang bound


def expanded(stage: Stage, admitted_on: date, entered_on: date) -> Spell:
    """Enrol a technician student in the expansion of 2019 at a school of Jiamusi's stand-in, registered in time."""
    school = _expanding_school(stage)
    person = neighbours.resident(stage, _EXPANSION, neighbours.JIAMUSI)
    spell = enrol.enter_technical(stage.city, person, _EXPANSION, school)
    stage.city.admissions.pop()
    spell.entered_on = entered_on
    is_spring = entered_on.year > _EXPANSION
    enrol.register_on(spell, date(2020, 3, 18) if is_spring else date(_EXPANSION, 10, 19))
    spell.written.is_meant = True
    admit(stage, spell, admitted_on)
    return spell


def admit(stage: Stage, spell: Spell, admitted_on: date) -> None:
    """Write an admission of the expansion, which lies before the years that the platform exports."""
    cells: Cells = {
        "year": _EXPANSION,
        "exam_no": spell.exam_no,
        "name": spell.person.name,
        "sex": spell.person.sex,
        "id_number": spell.person.id_number,
        "origin_school": "",
        "entrant_type": spell.entrant,
        "exam_area_code": spell.school.county,
        "admitted_as": "技工",
        "school_code": spell.school.code,
        "major_code": spell.major.code if spell.major else "",
        "admitted_on": admitted_on,
        "admission_status": "已录取",
    }
    stage.more("admissions", Row(str(_EXPANSION), cells, spell.person.key))


def _expanding_school(stage: Stage) -> School:
    name = "三江县虚构扩招技工学校"
    for school in stage.city.schools.founded:
        if school.name == name:
            return school
    return stage.new_school("technical", county=neighbours.JIAMUSI, name=name)


def winter_admission_as_autumn(stage: Stage) -> None:
    """Write somebody admitted in winter as an autumn entrant, half a year of aid earlier."""
    day = stage.dice.day(date(2019, 11, 5), date(2019, 12, 25))
    spell = expanded(stage, day, date(2019, 9, 1))
    stage.wrong("SC515", spell, "十一月以后录取，登记为2019年秋季入学")


def summer_admission_put_off(stage: Stage) -> None:
    """Put a student admitted in summer off to the spring intake, which had a quota to fill."""
    day = stage.dice.day(date(2019, 7, 20), date(2019, 8, 25))
    spell = expanded(stage, day, date(2020, 3, 1))
    stage.wrong("SC515", spell, "2019年暑期录取，登记为2020年春季入学")


def in_neither_season(stage: Stage) -> None:
    """Enter a winter admission in December, between the seasons."""
    day = stage.dice.day(date(2019, 11, 5), date(2019, 11, 28))
    spell = expanded(stage, day, date(2019, 12, 1))
    stage.wrong("SC515", spell, "入学年月不属于规定的秋季或春季")


OUT_OF_SEASON: tuple[Scene, ...] = (
    winter_admission_as_autumn,
    summer_admission_put_off,
    in_neither_season,
)
