"""Students whom the platform or the check for duplicates does not show as expected (FR308, FR310)."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.sample import courses, enrol, events
from pipeline.sample.exports.row import Cells, Row
from pipeline.sample.roll import Spell
from pipeline.sample.stage import Stage
from pipeline.sample.wrongs.unadmitted import admitted_only, refuse


def the_next_level_at_home(stage: Stage) -> None:
    """Go on to the advanced course of one's own technician school (X04)."""
    city = stage.city
    person = stage.pupil(stage.year - 3)
    first = enrol.enter_technical(city, person, stage.year - 3)
    spell = enrol.enter_technical(city, person, stage.year, first.school, "advanced")
    stage.lawful("X04", "FR308", spell, "本校升入高级工班，首次入学时已录取")


def in_a_class_of_two_schools(stage: Stage) -> None:
    """Be admitted by the high school of an integrated class and registered at the vocational one (X06)."""
    city = stage.city
    person = stage.pupil(stage.year)
    high = stage.dice.pick(city.schools.high)
    admitted = admitted_only(stage, person, stage.year, high)
    spell = enrol.enter_vocational(city, person, stage.year)
    city.admissions.pop()
    spell.exam_no, spell.class_name = admitted.exam_no, f"{stage.year}级职普融通班"
    city.integrated.append((spell, high))
    stage.lawful("X06", "FR308", spell, "职普融通班由合作高中录取")


def an_adult_past_the_platform(stage: Stage) -> None:
    """Be an adult, whom the platform of junior graduates does not admit (X11)."""
    cohort = stage.year
    spell = enrol.enter_vocational(stage.city, stage.city.population.adult(cohort - 5), cohort)
    stage.city.admissions.pop()
    spell.exam_no, spell.entrant = "", "laid_off"
    spell.draws_waiver = spell.draws_grant = False
    stage.city.special.append(("下岗失业人员", spell.person, date(cohort - 1, 5, 6)))
    stage.lawful("X11", "FR308", spell, "成人学员不走中考录取平台")


def by_an_approved_transfer(stage: Stage) -> None:
    """Come by transfer from the school that the platform chose (X15)."""
    old = enrol.enter_vocational(stage.city, stage.pupil(stage.year - 1), stage.year - 1)
    new = courses.change_school(stage.city, old)
    stage.lawful("X15", "FR308", new, "经批准转入，录取在原校")


def under_another_spelling(stage: Stage) -> None:
    """Stand on the platform's list under a misspelt name and number, with the candidate number (X17)."""
    person = stage.pupil(stage.year)
    spell = enrol.enter_vocational(stage.city, person, stage.year)
    admission = stage.city.admissions.pop()
    number = stage.city.population.numbers.identity("990203", person.born_on, person.sex)
    cells = _admission(spell, admission.exam_no, admission.admitted_on)
    cells |= {"name": person.name[0] + "某", "id_number": number}
    stage.more("admissions", Row(str(stage.year), cells, ""))
    stage.lawful("X17", "FR308", spell, "录取名单姓名证件号写错，考生号一致")


def _admission(spell: Spell, exam_no: str, day: date) -> Cells:
    return {
        "name": spell.person.name,
        "id_number": spell.person.id_number,
        "year": spell.cohort,
        "exam_no": exam_no,
        "sex": spell.person.sex,
        "origin_school": "",
        "entrant_type": spell.entrant,
        "exam_area_code": spell.person.household.division,
        "admitted_as": "中职",
        "school_code": spell.school.code,
        "major_code": "",
        "admitted_on": day,
        "admission_status": "已录取",
    }


def a_place_given_up(stage: Stage) -> None:
    """Be admitted twice because the first place was given up; the platform did not mark it (X18)."""
    city = stage.city
    person = stage.pupil(stage.year)
    first = admitted_only(stage, person, stage.year, stage.dice.pick(city.schools.high))
    city.admissions[-1].admitted_on = date(stage.year, 7, 14)
    spell = enrol.enter_vocational(city, person, stage.year)
    city.admissions[-1].admitted_on = date(stage.year, 8, 15)
    city.admissions[-1].exam_no = spell.exam_no = first.exam_no
    stage.lawful("X18", "FR308", spell, "放弃普高录取改读中职，平台未标注")


def admitted_a_year_before(stage: Stage) -> None:
    """Take up a place kept for a year of illness (X20)."""
    city = stage.city
    person = stage.pupil(stage.year - 1)
    school = stage.dice.pick(city.schools.vocational)
    admitted = admitted_only(stage, person, stage.year - 1, school)
    spell = enrol.enter_vocational(city, person, stage.year, school)
    city.admissions.pop()
    spell.exam_no = admitted.exam_no
    events.join_army(city, spell, date(stage.year, 9, stage.dice.between(10, 25)))
    spell.draws_waiver = spell.draws_grant = False
    stage.lawful("X20", "FR308", spell, "保留入学资格，录取在上一年")


def admitted_by_the_partner(stage: Stage) -> None:
    """Be admitted by the partner of a joint programme (X35)."""
    first, partner = stage.city.schools.vocational[:2]
    person = stage.pupil(stage.year)
    admitted = admitted_only(stage, person, stage.year, partner)
    spell = enrol.enter_vocational(stage.city, person, stage.year, first)
    stage.city.admissions.pop()
    spell.exam_no = admitted.exam_no
    stage.lawful("X35", "FR308", spell, "联合办学，由合作学校录取")


def from_another_city(stage: Stage) -> None:
    """Have finished junior school in another city, whose platform is not delivered (X35)."""
    person = stage.city.population.pupil(stage.year, division="990305")
    spell = enrol.enter_vocational(stage.city, person, stage.year)
    stage.city.admissions.pop()
    spell.exam_no = ""
    stage.lawful("X35", "FR308", spell, "外地初中毕业跨地就学，本市名单无此人")


def admitted_by_the_college(stage: Stage) -> None:
    """Be admitted to a chain by the college, and begin at the vocational school (X02)."""
    city = stage.city
    spell = enrol.enter_vocational(city, stage.pupil(stage.year), stage.year)
    admission = city.admissions.pop()
    college = city.schools.higher[0]
    spell.segment = "3+2"
    if spell.major is not None:
        city.agreements.add(
            (spell.school.code, spell.major.code, college.code, college.majors[0].code)
        )
    cells = _admission(spell, admission.exam_no, admission.admitted_on)
    stage.more(
        "admissions", Row(str(stage.year), cells | {"school_code": college.code}, spell.person.key)
    )
    stage.lawful("X02", "FR308", spell, "贯通培养由协议高校录取")


def _refused(stage: Stage, holder: Spell, *, until: date) -> Spell:
    """Register a vocational student whom the check for duplicates had refused in September."""
    year = stage.year
    spell = enrol.enter_vocational(stage.city, holder.person, year)
    if holder.cohort == year:
        stage.city.admissions.pop()
    else:
        spell.entrant = "junior_past"
    spell.written.is_meant = holder.written.is_meant = True
    holder.draws_waiver = holder.draws_grant = False
    refuse(stage, spell, holder, stage.day(date(year, 9, 6), date(year, 9, 16)))
    enrol.register_on(spell, until)
    return spell


def after_the_obstacle_was_cleared(stage: Stage) -> None:
    """Be refused, have the high school close its record, and be registered (X15)."""
    holder = enrol.enter_high(stage.city, stage.pupil(stage.year), stage.year)
    left = stage.day(date(stage.year, 9, 18), date(stage.year, 10, 6))
    spell = _refused(stage, holder, until=left + timedelta(days=6))
    events.withdraw(stage.city, holder, left)
    stage.lawful("X15", "FR310 DE101", spell, "驳回后普高学籍先注销再注册")


def after_the_transfer_was_approved(stage: Stage) -> None:
    """Be refused in September, and come by approved transfer in the window (X08)."""
    holder = enrol.enter_high(stage.city, stage.pupil(stage.year), stage.year)
    day = stage.day(date(stage.year, 11, 12), date(stage.year, 11, 18))
    spell = _refused(stage, holder, until=day + timedelta(days=3))
    events.transfer(stage.city, holder, spell, day, 5)
    stage.lawful("X08", "FR310 DE101", spell, "驳回后经批准转学")


def refused_for_a_graduation_posted_late(stage: Stage) -> None:
    """Be refused because the high school posts its graduates late (X18)."""
    holder = enrol.enter_high(stage.city, stage.pupil(stage.year - 3), stage.year - 3)
    spell = _refused(stage, holder, until=date(stage.year, 10, 9))
    spell.entrant = "high_fresh"
    holder.left_on = date(stage.year, 12, 18)
    stage.lawful("X18", "FR310 DE101", spell, "因高中毕业信息录入滞后被驳回")


def refused_for_a_suspended_record(stage: Stage) -> None:
    """Be refused because of a high school record that is suspended (X20)."""
    holder = enrol.enter_high(stage.city, stage.pupil(stage.year - 1), stage.year - 1)
    first = date(stage.year, 5, stage.dice.between(6, 26))
    events.suspend(stage.city, holder, first, first + timedelta(days=364))
    spell = _refused(stage, holder, until=date(stage.year, 10, 11))
    stage.lawful("X20", "FR310 DE101", spell, "原普高学籍处于休学状态")


def refused_for_part_time_study(stage: Stage) -> None:
    """Be refused as a high school pupil's record was open; study part-time (X22)."""
    holder = enrol.enter_high(stage.city, stage.pupil(stage.year), stage.year)
    spell = _refused(stage, holder, until=date(stage.year, 10, 13))
    spell.study_form = "part_time"
    spell.draws_waiver = spell.draws_grant = False
    stage.lawful("X22", "FR310 DE101", spell, "以非全日制形式学习")


def refused_and_stayed(stage: Stage) -> None:
    """Be refused elsewhere and stay where the enrolment lies."""
    holder = enrol.enter_vocational(stage.city, stage.pupil(stage.year), stage.year)
    wanted = admitted_only(stage, holder.person, stage.year, stage.another(holder.school))
    stage.city.admissions.pop()
    refuse(stage, wanted, holder, stage.day(date(stage.year, 9, 10), date(stage.year, 10, 20)))
    stage.lawful("-", "FR310", holder, "他校申请被驳回，学生仍在原校")


ADMISSIONS = (
    the_next_level_at_home,
    in_a_class_of_two_schools,
    an_adult_past_the_platform,
    by_an_approved_transfer,
    under_another_spelling,
    a_place_given_up,
    admitted_a_year_before,
    admitted_by_the_partner,
    from_another_city,
    admitted_by_the_college,
)
REFUSALS = (
    after_the_obstacle_was_cleared,
    after_the_transfer_was_approved,
    refused_for_a_graduation_posted_late,
    refused_for_a_suspended_record,
    refused_for_part_time_study,
    refused_and_stayed,
)
