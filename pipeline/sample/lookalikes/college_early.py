"""Lawfully at college beside school: posted late, part-time, place kept, a second skill (DE108, DE109)."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.sample import adults, enrol, events
from pipeline.sample.lookalikes.beside_technical import amend
from pipeline.sample.roll import Spell
from pipeline.sample.stage import Scene, Stage


def _high(stage: Stage, cohort: int) -> Spell:
    """Enter high school in autumn `cohort` and be on its roll today, unaided."""
    high = enrol.enter_high(stage.city, stage.pupil(cohort), cohort)
    high.status, high.left_on, high.draws_grant = "active", None, False
    return high


def graduation_posted_in_winter(stage: Stage) -> None:
    """Be at college since autumn; the high school posted the graduation in winter (X18)."""
    high = _high(stage, stage.year - 3)
    high.status = "graduated"
    high.left_on = stage.day(date(stage.year, 12, 5), date(stage.year + 1, 2, 20))
    enrol.enter_higher(stage.city, high.person, stage.year)
    stage.lawful("X18", "DE108", high, "高中毕业信息入冬才补录")


def to_college_a_year_early(stage: Stage) -> None:
    """Be taken by a college's youth class a year early; high school closed within weeks (X15)."""
    high = _high(stage, stage.year - 2)
    enrol.enter_higher(stage.city, high.person, stage.year)
    events.withdraw(stage.city, high, stage.day(date(stage.year, 10, 8), date(stage.year, 11, 20)))
    stage.lawful("X15", "DE108", high, "提前一年升入高校，普高数周内办结")


def closed_when_the_number_was_corrected(stage: Stage) -> None:
    """Go to college early under a corrected number; high school closed with the correction (X17)."""
    high = _high(stage, stage.year - 2)
    stage.city.population.changes_number(high.person)
    college = enrol.enter_higher(stage.city, high.person, stage.year)
    college.written.id_number = high.person.id_number
    high.written.id_number = high.person.former_id
    day = stage.day(date(stage.year + 1, 1, 5), date(stage.year + 1, 2, 25))
    amend(stage, high, day)
    events.withdraw(stage.city, high, day + timedelta(days=stage.dice.between(2, 20)))
    stage.lawful("X17", "DE108", high, "证件号更正时普高旧学籍同时注销")


def left_high_school_undated(stage: Stage) -> None:
    """Be marked as gone by high school without a date, and be at college (X19)."""
    high = _high(stage, stage.year - 3)
    high.status = "completed"
    enrol.enter_higher(stage.city, high.person, stage.year)
    stage.lawful("X19", "DE108", high, "普高已标结业未填日期，学生已入读高校")


def a_college_place_kept_for_next_year(stage: Stage) -> None:
    """Have a place at college kept, and sit in high school (X20)."""
    high = _high(stage, stage.year - 2)
    enrol.enter_higher(stage.city, high.person, stage.year).status = "reserved"
    stage.lawful("X20", "DE108", high, "高校保留入学资格，学生仍在普高")


def open_university_beside_high_school(stage: Stage) -> None:
    """Take open-university courses beside high school (X22)."""
    high = _high(stage, stage.year - 2)
    adults.part_time_college(stage.city, high.person, stage.year)
    stage.lawful("X22", "DE108", high, "普高在读，另学开放教育课程")


def a_namesake_at_college(stage: Stage) -> None:
    """Sit in high school; a namesake of the same birthday is at college (X16)."""
    first = stage.pupil(stage.year - 2)
    enrol.enter_higher(stage.city, stage.city.population.namesake_of(first), stage.year)
    high = enrol.enter_high(stage.city, first, stage.year - 2)
    stage.lawful("X16", "DE108", high, "同名同生日者在高校，另一人在普高")


def _adult(stage: Stage, year: int) -> Spell:
    """Be an adult on the full-time roll of a vocational school since autumn `year`, unaided."""
    city = stage.city
    spell = enrol.enter_vocational(
        city, city.population.adult(year), year, stage.strict_school("vocational")
    )
    city.admissions.pop()
    city.certificates.pop(spell, None)
    spell.entrant, spell.exam_no = "migrant_worker", ""
    spell.draws_waiver = spell.draws_grant = False
    return spell


def part_time_at_both(stage: Stage) -> None:
    """Study part-time at school and at college, as the school says (X11)."""
    spell = adults.flexible_life(stage.city, stage.year - 1, "technical")
    adults.part_time_college(stage.city, spell.person, stage.year)
    stage.lawful("X11", "DE109", spell, "成人在技工和高校均为非全日制")


def in_a_filed_flexible_programme(stage: Stage) -> None:
    """Study full-time in a flexible programme that the school filed, unaided, beside college (X11)."""
    spell = _adult(stage, stage.year - 1)
    spell.school = stage.dice.pick(adults.filing_schools(stage.city, "vocational"))
    spell.major = stage.dice.pick(spell.school.majors)
    stage.city.flexible.add((spell.cohort, spell.school.code))
    adults.part_time_college(stage.city, spell.person, stage.year)
    stage.lawful("X11", "DE109", spell, "成人学员，学校弹性学制已备案，未领资助")


def some_weeks_at_both(stage: Stage) -> None:
    """Leave the school within weeks of beginning at college (X15)."""
    spell = _adult(stage, stage.year - 1)
    adults.part_time_college(stage.city, spell.person, stage.year)
    first, last = date(stage.year, 10, 8), date(stage.year, 11, 20)
    events.withdraw(stage.city, spell, stage.day(first, last))
    stage.lawful("X15", "DE109", spell, "入读成人高校数周内中职学籍注销")


def evening_college_until_the_correction(stage: Stage) -> None:
    """Be at an evening college under the corrected number; the school closed its record with it (X17)."""
    spell = _adult(stage, stage.year - 1)
    stage.city.population.changes_number(spell.person)
    college = adults.part_time_college(stage.city, spell.person, stage.year)
    college.written.id_number = spell.person.id_number
    spell.written.id_number = spell.person.former_id
    day = stage.day(date(stage.year, 12, 15), date(stage.year + 1, 2, 20))
    amend(stage, spell, day)
    events.withdraw(stage.city, spell, day + timedelta(days=stage.dice.between(2, 25)))
    stage.lawful("X17", "DE109", spell, "证件号更正时中职旧学籍同时注销")


def evening_college_after_school(stage: Stage) -> None:
    """Begin at an evening college when the school programme was over; posted late (X18)."""
    spell = _adult(stage, stage.year - 3)
    spell.status, spell.left_on = "graduated", date(stage.year, 12, stage.dice.between(1, 28))
    adults.part_time_college(stage.city, spell.person, stage.year)
    stage.lawful("X18", "DE109", spell, "中职学制已满后读成人高校，毕业补录较晚")


def dropped_undated_and_at_evening_college(stage: Stage) -> None:
    """Be marked as dropped by the school without a date, and study at an evening college (X19)."""
    spell = _adult(stage, stage.year - 1)
    spell.status = "dropped"
    adults.part_time_college(stage.city, spell.person, stage.year)
    stage.lawful("X19", "DE109", spell, "中职标记流失未填日期，后读成人高校")


def suspended_and_at_evening_college(stage: Stage) -> None:
    """Be suspended at school and take an evening course in the meantime (X20)."""
    spell = _adult(stage, stage.year - 1)
    adults.part_time_college(stage.city, spell.person, stage.year)
    first = stage.day(date(stage.year, 8, 20), date(stage.year, 9, 10))
    events.suspend(stage.city, spell, first, first + timedelta(days=340))
    stage.lawful("X20", "DE109", spell, "中职休学期间读成人高校")


def a_second_skill(stage: Stage) -> None:
    """Learn a trade when the evening course is over, whose record is still open; unaided (X23)."""
    spell = _adult(stage, stage.year)
    college = adults.part_time_college(stage.city, spell.person, stage.year - 3)
    college.status, college.left_on = "active", None
    stage.city.certificates.pop(college, None)
    stage.lawful("X23", "DE109", spell, "高校学制已满后学习第二技能，未领资助")


BESIDE_COLLEGE: tuple[Scene, ...] = (
    graduation_posted_in_winter,
    to_college_a_year_early,
    closed_when_the_number_was_corrected,
    left_high_school_undated,
    a_college_place_kept_for_next_year,
    open_university_beside_high_school,
    a_namesake_at_college,
)
BESIDE_PART_TIME_COLLEGE: tuple[Scene, ...] = (
    part_time_at_both,
    in_a_filed_flexible_programme,
    some_weeks_at_both,
    evening_college_until_the_correction,
    evening_college_after_school,
    dropped_undated_and_at_evening_college,
    suspended_and_at_evening_college,
    a_second_skill,
)
