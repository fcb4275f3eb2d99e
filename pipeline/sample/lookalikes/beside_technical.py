"""Lawfully at a technical school and elsewhere (DE104, DE105): moves, corrections, programmes, promotions."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.sample import adults, courses, enrol, events
from pipeline.sample.roll import Change, Spell
from pipeline.sample.stage import Scene, Stage
from pipeline.sample.wrongs.dual_technical import agreed_for_five_years, promoted

_MOVED_TOGETHER = 3


def _two(stage: Stage, cohort: int) -> tuple[Spell, Spell]:
    """Enrol a pupil at a technical school and in high school, unaided."""
    person = stage.pupil(cohort)
    high = enrol.enter_high(stage.city, person, cohort)
    technical = enrol.enter_technical(stage.city, person, cohort)
    stage.city.admissions.pop()
    for spell in (high, technical):
        spell.draws_waiver = spell.draws_grant = False
    return technical, high


def _technical(stage: Stage, cohort: int, years: int = 3) -> Spell:
    spell = enrol.enter_technical(
        stage.city, stage.pupil(cohort), cohort, stage.strict_school("technical")
    )
    spell.draws_waiver = spell.draws_grant = False
    if years > 3:
        spell.years, spell.expected_end = years, date(cohort + years, 7, 1)
        stage.city.certificates.pop(spell, None)
        spell.status, spell.left_on = "active", None
    return spell


def amend(stage: Stage, spell: Spell, day: date) -> None:
    """Record that the police corrected the student's number."""
    change = Change(spell, "amend", day, day + timedelta(days=2), "身份证件号更正")
    change.from_school = spell.school
    stage.city.changes.append(change)


def from_high_school_to_technical(stage: Stage) -> None:
    """Transfer from high school with approval; the high school closes its record (X08)."""
    technical, high = _two(stage, stage.year - 1)
    day = stage.day(date(stage.year - 1, 11, 12), date(stage.year, 1, 10))
    enrol.register_on(technical, day + timedelta(days=4))
    events.transfer(stage.city, high, technical, day, stage.dice.between(3, 40))
    stage.lawful("X08", "DE104", technical, "经批准由普高转入技工院校，普高按期转出")


def technical_after_some_weeks(stage: Stage) -> None:
    """Change to a technical school in the first weeks; the high school record follows (X15)."""
    technical, high = _two(stage, stage.year)
    events.withdraw(stage.city, high, stage.day(date(stage.year, 10, 5), date(stage.year, 11, 20)))
    stage.lawful("X15", "DE104", technical, "开学几周内改读技工，普高学籍随后注销")


def technical_under_a_number_corrected_since(stage: Stage) -> None:
    """Be closed at the high school when the number was corrected: until then nobody could find the record (X17)."""
    technical, high = _two(stage, stage.year - 1)
    stage.city.population.changes_number(technical.person)
    high.written.id_number = technical.person.former_id
    technical.written.id_number = technical.person.id_number
    day = stage.day(date(stage.year, 3, 1), date(stage.year, 5, 20))
    amend(stage, high, day)
    events.withdraw(stage.city, high, day + timedelta(days=stage.dice.between(3, 25)))
    stage.lawful("X17", "DE104", technical, "证件号更正后才查到并注销普高旧学籍")


def a_high_school_graduate_learns_a_trade(stage: Stage) -> None:
    """Enter a technical school after high school, whose graduation is posted late (X18)."""
    person = stage.pupil(stage.year - 3)
    high = enrol.enter_high(stage.city, person, stage.year - 3)
    high.left_on = stage.day(date(stage.year, 11, 20), date(stage.year + 1, 1, 10))
    technical = enrol.enter_technical(stage.city, person, stage.year)
    stage.city.admissions.pop()
    technical.entrant, technical.draws_waiver, technical.draws_grant = "high_fresh", False, False
    stage.lawful("X18", "DE104", technical, "高中毕业后学技工，高中毕业信息录入较晚")


def dropped_out_of_high_school_undated(stage: Stage) -> None:
    """Drop out of high school, marked so without a date, and enter a technical school (X19)."""
    person = stage.pupil(stage.year - 1)
    high = enrol.enter_high(stage.city, person, stage.year - 1)
    high.draws_grant, high.status = False, "dropped"
    technical = enrol.enter_technical(stage.city, person, stage.year)
    technical.entrant = "junior_past"
    stage.lawful("X19", "DE104", technical, "普高标记流失但无离校日期，次年入读技工")


def suspended_at_high_school(stage: Stage) -> None:
    """Be suspended at high school for the year, and learn a trade in the meantime (X20)."""
    technical, high = _two(stage, stage.year)
    first = stage.day(date(stage.year, 9, 8), date(stage.year, 9, 28))
    events.suspend(stage.city, high, first, date(stage.year + 1, 8, 31))
    stage.lawful("X20", "DE104", technical, "普高休学期间到技工院校学习")


def evenings_at_a_technical_school(stage: Stage) -> None:
    """Learn part-time at a technical school beside high school (X22)."""
    technical, _ = _two(stage, stage.year - 1)
    technical.study_form = "part_time"
    stage.lawful("X22", "DE104", technical, "普高在读，业余参加非全日制技工学习")


def an_agreed_chain_from_technical_school(stage: Stage) -> None:
    """Begin the college years of an agreed 3+2; the technical record closes late and draws nothing (X01)."""
    technical = _technical(stage, stage.year - 3, 4)
    college = enrol.enter_higher(stage.city, technical.person, stage.year)
    courses.agree(stage.city, technical, college)
    stage.lawful("X01", "DE105", technical, "技工3+2第四学年转入高校，有协议，技工未再领资助")


def five_years_at_one_college(stage: Stage) -> None:
    """Be listed by the college from the first year of an agreed five-year programme (X02)."""
    technical = _technical(stage, stage.year - 1, 5)
    college = enrol.enter_higher(stage.city, technical.person, stage.year - 1)
    college.years, college.expected_end = 5, date(stage.year + 4, 7, 1)
    agreed_for_five_years(stage, technical, college)
    stage.lawful("X02", "DE105", technical, "五年一贯制有协议，高职从第一学年即列入")


def moved_with_the_promotion(stage: Stage) -> None:
    """Move over with the cohort when the technician college became a college (X05)."""
    school = stage.new_school("technical")
    college = stage.new_school("higher", county=school.county)
    promoted(stage, school, college, date(stage.year, 8, 1))
    for _ in range(_MOVED_TOGETHER):
        person = stage.pupil(stage.year - 1)
        technical = enrol.enter_technical(stage.city, person, stage.year - 1, school)
        technical.draws_waiver = technical.draws_grant = False
        enrol.enter_higher(stage.city, person, stage.year, college)
        stage.lawful("X05", "DE105", technical, "技师学院升格，整届学生随迁高校")


def to_college_after_some_weeks(stage: Stage) -> None:
    """Leave for college after two years; the technical record is closed in November (X15)."""
    technical = _technical(stage, stage.year - 2)
    enrol.enter_higher(stage.city, technical.person, stage.year)
    first, last = date(stage.year, 10, 8), date(stage.year, 11, 20)
    events.withdraw(stage.city, technical, stage.day(first, last))
    stage.lawful("X15", "DE105", technical, "入读高校数周内技工学籍注销")


def to_college_under_the_corrected_number(stage: Stage) -> None:
    """Be at college under the corrected number; the technical record was closed with the correction (X17)."""
    technical = _technical(stage, stage.year - 2)
    stage.city.population.changes_number(technical.person)
    college = enrol.enter_higher(stage.city, technical.person, stage.year)
    college.written.id_number = technical.person.id_number
    technical.written.id_number = technical.person.former_id
    day = stage.day(date(stage.year, 12, 15), date(stage.year + 1, 2, 20))
    amend(stage, technical, day)
    events.withdraw(stage.city, technical, day + timedelta(days=stage.dice.between(2, 25)))
    stage.lawful("X17", "DE105", technical, "证件号更正时技工旧学籍同时注销")


def a_technical_graduate_at_college(stage: Stage) -> None:
    """Finish the technical programme in July and be at college in September; posted late (X18)."""
    technical = _technical(stage, stage.year - 3)
    stage.city.certificates.pop(technical, None)
    technical.left_on = stage.day(date(stage.year, 11, 20), date(stage.year, 12, 20))
    enrol.enter_higher(stage.city, technical.person, stage.year)
    stage.lawful("X18", "DE105", technical, "技工毕业后升入高校，毕业状态补录较晚")


def dropped_out_of_technical_school_undated(stage: Stage) -> None:
    """Drop out of a technical school, marked so without a date, and go to college later (X19)."""
    technical = _technical(stage, stage.year - 2)
    technical.status = "dropped"
    enrol.enter_higher(stage.city, technical.person, stage.year)
    stage.lawful("X19", "DE105", technical, "技工标记流失但无日期，其后入读高校")


def a_place_kept_by_the_college(stage: Stage) -> None:
    """Have a place at college kept while finishing the technical programme (X20)."""
    technical = _technical(stage, stage.year - 2)
    college = enrol.enter_higher(stage.city, technical.person, stage.year)
    college.status = "reserved"
    stage.lawful("X20", "DE105 RD201", technical, "高校仅保留入学资格，学生仍在技工学习")


def evening_college_beside_technical_school(stage: Stage) -> None:
    """Take an adult college course beside the technical one (X22)."""
    technical = _technical(stage, stage.year - 1)
    adults.part_time_college(stage.city, technical.person, stage.year)
    stage.lawful("X22", "DE105 DE109", technical, "技工在校期间套读成人或开放教育")


def a_technical_student_and_a_namesake(stage: Stage) -> None:
    """Let a namesake be at college while the other learns a trade (X16)."""
    first = stage.pupil(stage.year - 2)
    second = stage.city.population.namesake_of(first)
    enrol.enter_higher(stage.city, second, stage.year)
    technical = enrol.enter_technical(stage.city, first, stage.year - 2)
    stage.lawful("X16", "DE105", technical, "同名同生日者在高校，另一人在技工院校")


BESIDE_HIGH_SCHOOL: tuple[Scene, ...] = (
    from_high_school_to_technical,
    technical_after_some_weeks,
    technical_under_a_number_corrected_since,
    a_high_school_graduate_learns_a_trade,
    dropped_out_of_high_school_undated,
    suspended_at_high_school,
    evenings_at_a_technical_school,
)
BESIDE_COLLEGE: tuple[Scene, ...] = (
    an_agreed_chain_from_technical_school,
    five_years_at_one_college,
    moved_with_the_promotion,
    to_college_after_some_weeks,
    to_college_under_the_corrected_number,
    a_technical_graduate_at_college,
    dropped_out_of_technical_school_undated,
    a_place_kept_by_the_college,
    evening_college_beside_technical_school,
    a_technical_student_and_a_namesake,
)
