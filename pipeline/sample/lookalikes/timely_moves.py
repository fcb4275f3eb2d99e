"""Transfers and changes of major in time, or late for a lawful reason (SC510, SC511)."""

from __future__ import annotations

from datetime import date

from pipeline.sample import enrol, events, props
from pipeline.sample.roll import Change, Spell
from pipeline.sample.schools import VOCATIONAL_MAJORS, School
from pipeline.sample.stage import Scene, Stage
from pipeline.sample.wrongs.late_moves import in_jiamusi


def _from_high_school(stage: Stage, cohort: int, joined: int, days: tuple[date, date]) -> Spell:
    """Move from the high-school class of `cohort` into the vocational class of `joined`."""
    person = stage.pupil(cohort)
    high = enrol.enter_high(stage.city, person, cohort)
    new = props.join(stage, person, joined)
    props.transfer(stage, high, new, stage.day(*days))
    return new


def in_time_and_into_the_same_grade(stage: Stage) -> None:
    """Move over in the first year, into the first year (X08)."""
    year = stage.year
    new = _from_high_school(stage, year, year, (date(year, 11, 10), date(year + 1, 1, 20)))
    stage.lawful("X08", "SC510", new, "高一转入中职对应年级")


def in_the_window_of_jiamusi(stage: Stage) -> None:
    """Move over in the first term of year two, in the city whose window closes with it (X08)."""
    year = stage.year
    new = in_jiamusi(stage, year - 1, year - 1, (date(year, 9, 20), date(year, 12, 20)))
    stage.lawful("X08", "SC510", new, "佳木斯式窗口内（高二上）转入对应年级")


def into_a_lower_grade(stage: Stage) -> None:
    """Begin again in the first vocational year, at own wish (X08)."""
    year = stage.year
    new = _from_high_school(stage, year - 1, year, (date(year, 9, 20), date(year, 11, 20)))
    new.entrant = "junior_past"
    stage.lawful("X08", "SC510", new, "高二学生自愿从中职一年级读起")


def at_the_start_of_the_spring_term(stage: Stage) -> None:
    """Move over in the first days of the second term of year two: three terms are left (X15)."""
    year = stage.year
    new = _from_high_school(stage, year - 2, year - 2, (date(year, 3, 4), date(year, 3, 20)))
    stage.lawful("X15", "SC510", new, "高二下学期开学初转入，尚有三个完整学期")


def after_a_repeated_year(stage: Stage) -> None:
    """Move over in what is the second year only because one was repeated (X19)."""
    year = stage.year
    person = stage.pupil(year - 2)
    high = enrol.enter_high(stage.city, person, year - 2)
    events.repeat_year(stage.city, high, date(year - 1, 9, 3))
    new = props.join(stage, person, year - 1)
    props.transfer(stage, high, new, stage.day(date(year, 9, 20), date(year, 12, 10)))
    stage.lawful("X19", "SC510", new, "高中留级一年后按实际年级转入")


def out_of_a_comprehensive_class(stage: Stage) -> None:
    """Convert out of a listed comprehensive class at the end of year two (X07)."""
    city, year = stage.city, stage.year
    person = stage.pupil(year - 2)
    high = enrol.enter_high(city, person, year - 2)
    new = props.join(stage, person, year - 2)
    high.class_name = f"{year - 2}级综合高中班"
    city.integrated.append((high, new.school))
    props.transfer(stage, high, new, stage.day(date(year, 6, 15), date(year, 6, 30)))
    stage.lawful("X07", "SC510", new, "综合高中班二年级末转为中职学籍")


def applied_in_vain(stage: Stage) -> None:
    """Apply for a transfer in year three, and be turned down."""
    city, year = stage.city, stage.year
    high = enrol.enter_high(city, stage.pupil(year - 2), year - 2)
    day = stage.day(date(year, 9, 20), date(year, 12, 10))
    asked = Change(high, "transfer_out", day, day, "转学", review="不通过", from_school=high.school)
    asked.to_school = stage.school("vocational")
    city.changes.append(asked)
    stage.lawful("-", "SC510", high, "高三申请转入中职未获批准")


def _moved(
    stage: Stage, cohort: int, days: tuple[date, date], schools: tuple[School, School] | None = None
) -> tuple[Spell, Spell]:
    """Transfer from one vocational school to another."""
    person = stage.pupil(cohort)
    old = enrol.enter_vocational(stage.city, person, cohort, schools[0] if schools else None)
    joined = schools[1] if schools else stage.another(old.school)
    new = props.join(stage, person, cohort, joined)
    props.transfer(stage, old, new, stage.day(*days))
    return old, new


def in_the_second_term(stage: Stage) -> None:
    """Transfer after one whole term (X15)."""
    year = stage.year
    _, new = _moved(stage, year - 1, (date(year, 3, 10), date(year, 6, 20)))
    stage.lawful("X15", "SC511", new, "学完一学期后转学")


def in_the_last_days_of_the_term(stage: Stage) -> None:
    """Transfer when the first term is as good as over (X15)."""
    year = stage.year
    _, new = _moved(stage, year, (date(year + 1, 1, 18), date(year + 1, 2, 20)))
    stage.lawful("X15", "SC511", new, "第一学期末（寒假）转学")


def settled_elsewhere(stage: Stage) -> None:
    """Leave a school that lost its qualification, in the final year (X10)."""
    year = stage.year
    school = stage.new_school("vocational", unqualified_years={year})
    target = stage.dice.pick(stage.city.schools.vocational)
    days = date(year, 9, 20), date(year, 11, 20)
    _, new = _moved(stage, year - 2, days, (school, target))
    stage.lawful("X10", "SC511", new, "原校失去资质，毕业年级学生分流安置")


def to_the_partner_school(stage: Stage) -> None:
    """Spend the final year at the partner school of a joint programme (X35)."""
    year = stage.year
    first, partner = stage.city.schools.vocational[:2]
    days = date(year, 9, 5), date(year, 10, 10)
    _, new = _moved(stage, year - 2, days, (first, partner))
    stage.lawful("X35", "SC511", new, "联合办学，最后一年在合作学校就读")


def after_repeating(stage: Stage) -> None:
    """Transfer in what would have been the final year, had none been repeated (X19)."""
    city, year = stage.city, stage.year
    person = stage.pupil(year - 2)
    old = enrol.enter_vocational(city, person, year - 2)
    events.repeat_year(city, old, date(year - 1, 9, 3))
    new = props.join(stage, person, year - 2, stage.another(old.school))
    new.expected_end = old.expected_end
    new.draws_grant = False
    props.transfer(stage, old, new, stage.day(date(year, 9, 20), date(year, 11, 20)))
    stage.lawful("X19", "SC511", new, "留级后转学，未到毕业年级")


def a_major_in_the_first_term(stage: Stage) -> None:
    """Change to another group of majors in the first term."""
    year = stage.year
    spell = enrol.enter_vocational(stage.city, stage.pupil(year), year)
    former = next(one for one in spell.school.majors if one is not spell.major)
    props.change_major(stage, spell, former, stage.day(date(year, 10, 10), date(year + 1, 1, 20)))
    stage.lawful("-", "SC511", spell, "第一学期内转专业")


def a_kindred_major_in_the_third_term(stage: Stage) -> None:
    """Change to a kindred major within the third term."""
    year = stage.year
    kindred = VOCATIONAL_MAJORS[1], VOCATIONAL_MAJORS[8]
    school = stage.new_school("vocational", majors=kindred)
    spell = enrol.enter_vocational(stage.city, stage.pupil(year - 1), year - 1, school)
    former = kindred[0] if spell.major is kindred[1] else kindred[1]
    props.change_major(stage, spell, former, stage.day(date(year, 9, 20), date(year + 1, 1, 20)))
    stage.lawful("-", "SC511", spell, "第三学期在专业类内转专业")


def a_discontinued_major(stage: Stage) -> None:
    """Be moved to another major because the school teaches the former one no more (X03)."""
    year = stage.year
    spell = enrol.enter_vocational(stage.city, stage.pupil(year - 1), year - 1)
    taught = {one.code for one in spell.school.majors}
    former = next(one for one in VOCATIONAL_MAJORS if one.code not in taught)
    props.file_majors(stage, spell.school, (former,), year - 1)
    props.change_major(stage, spell, former, stage.day(date(year, 9, 5), date(year, 10, 10)))
    stage.lawful("X03", "SC511", spell, "原专业停办，学校统一转专业")


def back_from_the_army(stage: Stage) -> None:
    """Choose another major on coming back from service (X20)."""
    city, year = stage.city, stage.year
    spell = props.still_there(
        stage, enrol.enter_vocational(city, stage.pupil(year - 3), year - 3), 5
    )
    events.join_army(city, spell, date(year - 2, 9, stage.dice.between(8, 20)))
    back = spell.holds[-1].last_day or date(year, 9, 20)
    former = next(one for one in spell.school.majors if one is not spell.major)
    props.change_major(stage, spell, former, back)
    stage.lawful("X20", "SC511 RD204", spell, "退役复学时转专业")


FROM_HIGH_SCHOOL: tuple[Scene, ...] = (
    in_time_and_into_the_same_grade,
    into_a_lower_grade,
    in_the_window_of_jiamusi,
    at_the_start_of_the_spring_term,
    after_a_repeated_year,
    out_of_a_comprehensive_class,
    applied_in_vain,
)
IN_THE_WINDOW: tuple[Scene, ...] = (
    in_the_second_term,
    in_the_last_days_of_the_term,
    settled_elsewhere,
    to_the_partner_school,
    after_repeating,
    a_major_in_the_first_term,
    a_kindred_major_in_the_third_term,
    a_discontinued_major,
    back_from_the_army,
)
