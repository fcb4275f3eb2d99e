"""Entrants whose age or past is unusual and in order (X04, X11, X17, X18, X20; FR306)."""

from __future__ import annotations

from datetime import date

from pipeline.sample import enrol, events
from pipeline.sample.adults import filing_schools
from pipeline.sample.paperwork import elsewhere
from pipeline.sample.people import Person
from pipeline.sample.roll import Spell
from pipeline.sample.stage import Stage
from pipeline.sample.wrongs.misfits import ARMY_OFFICE, EMPLOYER


def _of_age(stage: Stage, cohort: int, age: int) -> Person:
    return stage.city.population.pupil(cohort + 15 - age)


def _entrant(stage: Stage, kind: str, age: int, cohort: int) -> Spell:
    """Register somebody of that age as that kind of entrant, full time and unaided."""
    spell = enrol.enter_vocational(stage.city, _of_age(stage, cohort, age), cohort)
    stage.city.admissions.pop()
    spell.exam_no, spell.entrant = "", kind
    spell.written.is_meant = True
    spell.draws_waiver = spell.draws_grant = False
    return spell


def in_the_advanced_class(stage: Stage) -> None:
    """Be twenty-four in an advanced class that keeps the label of the first entry (X04)."""
    city, cohort = stage.city, stage.year
    spell = enrol.enter_technical(city, _of_age(stage, cohort, 24), cohort, level="advanced")
    spell.exam_no, spell.written.is_meant = "", True
    stage.lawful("X04", "FR306", spell, "高级工班学员沿用初次入学的生源类别")


def an_employee_in_the_evening(stage: Stage) -> None:
    """Study part-time beside a job (X11)."""
    cohort = stage.year - 1
    school = stage.dice.pick(filing_schools(stage.city, "vocational"))
    spell = _entrant(stage, "employee", 33, cohort)
    spell.school, spell.study_form = school, "part_time"
    spell.major = school.majors[0]
    spell.class_name = f"{cohort}级弹性学制班"
    stage.city.flexible.add((cohort, school.code))
    stage.lawful("X11", "FR306", spell, "在职职工以非全日制形式就读")


def late_for_an_illness(stage: Stage) -> None:
    """Finish junior school at twenty-four, disabled and on the list (X11)."""
    spell = _entrant(stage, "junior_fresh", 24, stage.year)
    stage.city.special.append(("残疾人", spell.person, date(stage.year - 9, 5, 20)))
    stage.lawful("X11", "FR306", spell, "残疾学生晚入学、晚毕业，在认定名单内")


def a_mistyped_birthday(stage: Stage) -> None:
    """Have a birth year in the column that is twenty years off; the number says otherwise (X17)."""
    person = stage.pupil(stage.year)
    spell = enrol.enter_vocational(stage.city, person, stage.year)
    born_on = person.born_on
    spell.written.is_meant = True
    spell.written.born_on = date(born_on.year - 20, born_on.month, min(born_on.day, 28))
    stage.lawful("X17", "FR306", spell, "出生日期栏录错年份，证件号正确")


def a_child_who_skipped_grades(stage: Stage) -> None:
    """Enter at twelve, having finished junior school (X18)."""
    cohort = stage.year
    person = _of_age(stage, cohort, 12)
    enrol.enter_junior(stage.city, person, cohort)
    spell = enrol.enter_vocational(stage.city, person, cohort)
    spell.written.is_meant = True
    stage.lawful("X18", "FR306", spell, "跳级学生，初中学籍已毕业")


def whose_place_was_kept(stage: Stage) -> None:
    """Be twenty-four because the place was kept during service (X20)."""
    cohort = stage.year - 1
    spell = _entrant(stage, "junior_fresh", 24, cohort)
    events.join_army(stage.city, spell, date(cohort, 9, stage.dice.between(12, 25)))
    stage.lawful("X20", "FR306", spell, "保留学籍服役，沿用原招生对象")


def after_a_summer_job(stage: Stage) -> None:
    """Have been insured for the summer and some weeks of a job."""
    cohort = stage.year
    spell = enrol.enter_vocational(stage.city, stage.pupil(cohort), cohort)
    days = (date(cohort, 7, 3), date(cohort, 9, 30))
    elsewhere(stage, spell.person, "在职参保", days, EMPLOYER)
    stage.lawful("-", "FR306", spell, "暑期工参保三个月")


def a_veteran_on_the_list(stage: Stage) -> None:
    """Have served, be twenty-three, and be on the department's list."""
    spell = _entrant(stage, "veteran", 23, stage.year - 1)
    stage.city.special.append(("退役军人", spell.person, date(stage.year - 2, 12, 1)))
    days = (date(stage.year - 4, 9, 5), date(stage.year - 2, 9, 5))
    elsewhere(stage, spell.person, "现役入伍", days, ARMY_OFFICE)
    stage.lawful("X11", "FR306", spell, "名单内退役军人")


def a_farmer_on_the_list(stage: Stage) -> None:
    """Farm, be fifty, and be on the department's list."""
    spell = _entrant(stage, "farmer", 50, stage.year)
    stage.city.special.append(("新型职业农民", spell.person, date(stage.year - 2, 3, 15)))
    stage.lawful("X11", "FR306", spell, "名单内新型职业农民")


SCENES = (
    in_the_advanced_class,
    an_employee_in_the_evening,
    late_for_an_illness,
    a_mistyped_birthday,
    a_child_who_skipped_grades,
    whose_place_was_kept,
    after_a_summer_job,
    a_veteran_on_the_list,
    a_farmer_on_the_list,
)
