"""One person lawfully in two places: transfers, chains, classes, returns (X01, X04, X07, X15, X17–X19, X34)."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.sample import adults, courses, enrol, events
from pipeline.sample.roll import Change, Spell
from pipeline.sample.stage import Stage


def in_the_window(stage: Stage) -> None:
    """Move over from general high school while the window is open (X08)."""
    person = stage.pupil(stage.year - 1)
    old = enrol.enter_high(stage.city, person, stage.year - 1)
    courses.transfer_to_vocational(stage.city, old)


def a_conversion_from_an_integrated_class(stage: Stage) -> None:
    """Convert from the general to the vocational side of an integrated class (X07)."""
    city = stage.city
    person = stage.pupil(stage.year - 1)
    high = enrol.enter_high(city, person, stage.year - 1)
    vocational = enrol.enter_vocational(city, person, stage.year - 1)
    city.admissions.pop()
    high.class_name = f"{stage.year - 1}级综合高中班"
    city.integrated.append((high, vocational.school))
    day = stage.day(date(stage.year, 6, 20), date(stage.year, 7, 1))
    enrol.register_on(vocational, day + timedelta(days=12))
    events.transfer(city, high, vocational, day, 0)
    high.draws_grant = False
    stage.lawful("X07", "DE101 RQ601", vocational, "综合高中班一年后转为中职学籍，普高学籍同时结清")


def some_weeks_of_overlap(stage: Stage) -> None:
    """Withdraw from high school some weeks after starting at the vocational school (X15)."""
    city = stage.city
    person = stage.pupil(stage.year)
    high = enrol.enter_high(city, person, stage.year)
    vocational = enrol.enter_vocational(city, person, stage.year)
    high.draws_grant = False
    events.withdraw(city, high, stage.day(date(stage.year, 10, 8), date(stage.year, 11, 18)))
    stage.lawful("X15", "DE101", vocational, "开学几周内改读中职，普高学籍随后注销")


def back_after_leaving_high_school(stage: Stage) -> None:
    """Leave high school and enter a vocational school the next year (X19)."""
    city = stage.city
    person = stage.pupil(stage.year - 1)
    high = enrol.enter_high(city, person, stage.year - 1)
    events.withdraw(city, high, stage.day(date(stage.year, 3, 1), date(stage.year, 6, 10)))
    again = enrol.enter_vocational(city, person, stage.year)
    again.entrant = "junior_past"
    stage.lawful("X19", "DE101", again, "普通高中退学后次年报考中职")


def left_without_a_date(stage: Stage) -> None:
    """Drop out of high school, marked so without a date, and enter a vocational school (X19)."""
    city = stage.city
    person = stage.pupil(stage.year - 1)
    high = enrol.enter_high(city, person, stage.year - 1)
    high.draws_grant, high.status = False, "dropped"
    again = enrol.enter_vocational(city, person, stage.year)
    again.entrant = "junior_past"
    stage.lawful("X19", "DE101", again, "普高标记流失但无离校日期，次年入读中职")


def a_high_school_graduate(stage: Stage) -> None:
    """Enter a vocational school after high school, whose record is closed late (X18)."""
    city = stage.city
    person = stage.pupil(stage.year - 3)
    high = enrol.enter_high(city, person, stage.year - 3)
    high.left_on = date(stage.year, 11, 28)
    again = enrol.enter_vocational(city, person, stage.year)
    city.admissions.pop()
    again.entrant = "high_fresh"
    stage.lawful("X18", "DE101", again, "高中毕业后读中职，高中毕业信息录入较晚")


def a_corrected_number(stage: Stage) -> None:
    """Be written twice until the number was corrected; the old record is closed (X17)."""
    city = stage.city
    person = stage.pupil(stage.year - 1)
    first = enrol.enter_vocational(city, person, stage.year - 1)
    city.population.changes_number(person)
    second = enrol.enter_vocational(city, person, stage.year - 1, first.school)
    city.admissions.pop()
    day = stage.day(date(stage.year, 2, 20), date(stage.year, 4, 10))
    first.status, first.left_on = "cancelled", day
    first.draws_waiver = first.draws_grant = second.draws_waiver = second.draws_grant = False
    city.changes.append(
        Change(
            second,
            "amend",
            day,
            day + timedelta(days=2),
            "身份证件号更正",
            from_school=second.school,
        )
    )
    stage.lawful("X17", "DE106 RD206", second, "证件号更正，旧记录注销")


def from_vocational_to_technical(stage: Stage) -> None:
    """Leave a vocational school and enter a technical one the next autumn (X19)."""
    city = stage.city
    person = stage.pupil(stage.year - 1)
    first = enrol.enter_vocational(city, person, stage.year - 1)
    events.withdraw(city, first, stage.day(date(stage.year, 3, 1), date(stage.year, 6, 20)))
    second = enrol.enter_technical(city, person, stage.year)
    second.entrant = "junior_past"
    stage.lawful("X19", "DE102", second, "中职退学后次年入读技工学校")


def weeks_between_two_ministries(stage: Stage) -> None:
    """Start at a technical school; the vocational record is closed within weeks (X15)."""
    city = stage.city
    person = stage.pupil(stage.year)
    technical = enrol.enter_technical(city, person, stage.year)
    vocational = enrol.enter_vocational(city, person, stage.year)
    city.admissions.pop()
    for spell in (technical, vocational):
        spell.draws_waiver = spell.draws_grant = False
    events.withdraw(city, vocational, stage.day(date(stage.year, 9, 25), date(stage.year, 11, 10)))
    stage.lawful("X15", "DE102", vocational, "报到后改读技工学校，中职学籍数周内注销")


def beside_a_job(stage: Stage) -> None:
    """Study part-time at a technical school beside a vocational course (X22)."""
    city = stage.city
    spell = adults.flexible_life(city, stage.year - 1, "technical")
    beside = enrol.enter_vocational(city, spell.person, stage.year)
    city.admissions.pop()
    beside.entrant, beside.exam_no = "employee", ""
    beside.draws_waiver = beside.draws_grant = False
    stage.lawful("X22", "DE102", beside, "非全日制技工学员同时读中职")


def on_to_college(stage: Stage) -> None:
    """Graduate in July and go to college in September (X18)."""
    city = stage.city
    person = stage.pupil(stage.year - 3)
    spell = enrol.enter_vocational(city, person, stage.year - 3)
    enrol.enter_higher(city, person, stage.year)
    stage.lawful("X18", "DE103 RD206", spell, "中职毕业后考入高校")


def a_chain_closed_late(stage: Stage) -> None:
    """Begin the college years of a 3+2 chain; the vocational record is still open (X01)."""
    city = stage.city
    person = stage.pupil(stage.year - 3)
    school = stage.strict_school("vocational")
    spell = enrol.enter_vocational(city, person, stage.year - 3, school)
    spell.segment = "3+2"
    college = enrol.enter_higher(city, person, stage.year)
    courses.agree(city, spell, college)
    city.certificates.pop(spell, None)
    spell.status, spell.left_on = "active", None
    stage.lawful("X01", "DE103", spell, "3+2第四学年已在高校注册，中职学籍转段较晚")
    stage.wrong("RD204", spell, "3+2转段后中职学籍未及时结清（C级，补办手续）")


def taught_at_the_college(stage: Stage) -> None:
    """Spend the last vocational year at the college, under an agreement (X34)."""
    city = stage.city
    person = stage.pupil(stage.year - 2)
    spell = enrol.enter_vocational(city, person, stage.year - 2)
    spell.segment = "3+2"
    college = enrol.enter_higher(city, person, stage.year)
    spell.site = f"{college.school.name}校区"
    courses.agree(city, spell, college)
    stage.lawful("X34", "DE103", spell, "3+2最后一年中职课程在高校校区上")


def beside_open_university(stage: Stage) -> None:
    """Take an open or adult college course beside the vocational one (X22)."""
    city = stage.city
    person = stage.pupil(stage.year - 1)
    spell = enrol.enter_vocational(city, person, stage.year - 1)
    adults.part_time_college(city, person, stage.year)
    stage.lawful("X22", "DE103", spell, "在校期间套读成人或开放教育")


def from_school_to_school(stage: Stage) -> None:
    """Transfer between vocational schools with papers in order (X15)."""
    person = stage.pupil(stage.year - 1)
    courses.change_school(stage.city, enrol.enter_vocational(stage.city, person, stage.year - 1))


def under_two_codes(stage: Stage) -> None:
    """Appear under the old and the new code of a merged school (X10)."""
    city = stage.city
    closing = stage.dice.pick(city.schools.closed)
    cohort = stage.year - 2
    person = stage.pupil(cohort)
    old = enrol.enter_vocational(city, person, cohort, closing)
    new = enrol.enter_vocational(city, person, cohort, closing.successor)
    city.admissions.pop()
    new.registered_at, new.class_name, new.major = old.registered_at, old.class_name, old.major
    old.draws_waiver = old.draws_grant = False
    stage.lawful("X10", "DE106 SC501", new, "合并后旧码学籍尚未清除，新码已承接")


def into_the_advanced_course(stage: Stage) -> None:
    """Finish the intermediate course and begin the advanced one at the same school (X04)."""
    city = stage.city
    person = stage.pupil(stage.year - 3)
    first = enrol.enter_technical(city, person, stage.year - 3)
    second = enrol.enter_technical(
        city, person, stage.year, stage.another(first.school), "advanced"
    )
    second.entrant = "junior_past"
    stage.lawful("X04", "DE106", second, "中级工毕业后到另一所技师学院读高级工")


def back_at_another_school(stage: Stage) -> None:
    """Leave a vocational school and enter another one the next year (X19)."""
    city = stage.city
    person = stage.pupil(stage.year - 1)
    first = enrol.enter_vocational(city, person, stage.year - 1)
    events.withdraw(city, first, stage.day(date(stage.year, 2, 25), date(stage.year, 6, 20)))
    second: Spell = enrol.enter_vocational(city, person, stage.year, stage.another(first.school))
    second.entrant = "junior_past"
    stage.lawful("X19", "DE106 RD206", second, "退学后次年重新入读另一所中职")
