"""SC510 and SC511: moved too late, too early or into another grade; majors changed too late (domain: R26, R27)."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.sample import enrol, events, neighbours, props
from pipeline.sample.roll import Spell
from pipeline.sample.schools import VOCATIONAL_MAJORS, School
from pipeline.sample.stage import Scene, Stage

_ACCOUNTING, _COMMERCE = VOCATIONAL_MAJORS[1], VOCATIONAL_MAJORS[8]  # of one group


def _from_high_school(stage: Stage, cohort: int, joined: int, days: tuple[date, date]) -> Spell:
    """Move from the high-school class of `cohort` into the vocational class of `joined`."""
    person = stage.pupil(cohort)
    high = enrol.enter_high(stage.city, person, cohort)
    new = props.join(stage, person, joined, stage.school("vocational"))
    props.transfer(stage, high, new, stage.day(*days))
    return new


def into_a_higher_grade(stage: Stage) -> None:
    """Leave high school in the first year and be put into the second vocational year."""
    year = stage.year
    days = date(year, 11, 10), date(year, 12, 20)
    new = _from_high_school(stage, year, year - 1, days)
    for change in stage.city.changes[-2:]:
        change.to_grade = "高二上"
    stage.wrong("SC510", new, "普通高中高一学生转入中职二年级")


def out_of_year_three(stage: Stage) -> None:
    """Leave high school in the third year for a diploma next summer."""
    year = stage.year
    new = _from_high_school(stage, year - 2, year - 2, (date(year, 10, 5), date(year, 11, 25)))
    stage.wrong("SC510", new, "普通高中高三转入中职，剩余学习时间不足一年半（C级）")


def graduated_within_a_year(stage: Stage) -> None:
    """Leave high school in the third year and hold the vocational diploma the next summer."""
    year = stage.year
    days = date(year - 1, 10, 5), date(year - 1, 12, 20)
    new = _from_high_school(stage, year - 3, year - 3, days)
    stage.wrong("SC510", new, "普通高中高三转入，不足一年即取得中职毕业证")


def in_jiamusi(stage: Stage, cohort: int, joined: int, days: tuple[date, date]) -> Spell:
    """Move from high to vocational school in the neighbouring city, which has a window of its own."""
    county = neighbours.JIAMUSI
    person = neighbours.resident(stage, cohort, county)
    high = enrol.enter_high(stage.city, person, cohort, stage.new_school("high", county=county))
    school = stage.new_school("vocational", county=county)
    new = props.join(stage, person, joined, school)
    props.transfer(stage, high, new, stage.day(*days))
    return new


def after_the_window_closed(stage: Stage) -> None:
    """Leave high school in the second term of year two, where the window ends with the first."""
    year = stage.year
    days = date(year + 1, 3, 6), date(year + 1, 4, 5)
    new = in_jiamusi(stage, year - 1, year - 1, days)
    stage.wrong("SC510", new, "佳木斯式窗口（高一、高二上）之后转入中职（C级）")


def into_a_lower_grade_where_the_same_is_due(stage: Stage) -> None:
    """Leave high school in year two and begin again, where the same grade is demanded."""
    year = stage.year
    new = in_jiamusi(stage, year - 1, year, (date(year, 9, 20), date(year, 11, 25)))
    new.entrant = "junior_past"
    stage.wrong("SC510", new, "当地要求转入对应年级，高二学生转入中职一年级（C级）")


def _apart(stage: Stage) -> tuple[School, School]:
    """Found a school to leave, which no other scene excuses (unqualified, joint programme), and pick one to join."""
    return stage.new_school("vocational"), stage.school("vocational")


def _moved(stage: Stage, cohort: int, days: tuple[date, date]) -> Spell:
    """Transfer from one vocational school to another."""
    person = stage.pupil(cohort)
    old_school, new_school = _apart(stage)
    old = enrol.enter_vocational(stage.city, person, cohort, old_school)
    new = props.join(stage, person, cohort, new_school)
    props.transfer(stage, old, new, stage.day(*days))
    return new


def moved_in_the_first_weeks(stage: Stage) -> None:
    """Be lured to another vocational school in the first term."""
    year = stage.year
    new = _moved(stage, year, (date(year, 10, 8), date(year, 12, 10)))
    stage.wrong("SC511", new, "入学不满一学期转学")


def moved_in_the_final_year(stage: Stage) -> None:
    """Be taken over by another vocational school in the final year."""
    year = stage.year
    new = _moved(stage, year - 2, (date(year, 9, 20), date(year, 12, 10)))
    stage.wrong("SC511", new, "毕业年级转学")


def moved_while_suspended(stage: Stage) -> None:
    """Be transferred while at home, suspended."""
    year = stage.year
    person = stage.pupil(year - 1)
    old_school, new_school = _apart(stage)
    old = enrol.enter_vocational(stage.city, person, year - 1, old_school)
    first = stage.day(date(year, 9, 10), date(year, 9, 25))
    events.suspend(stage.city, old, first, first + timedelta(days=300))
    new = props.join(stage, person, year - 1, new_school)
    new.draws_waiver = new.draws_grant = False
    props.transfer(stage, old, new, first + timedelta(days=stage.dice.between(40, 80)))
    stage.wrong("SC511", new, "休学期间转学")


def across_groups_in_the_third_term(stage: Stage) -> None:
    """Change to a major of another group after a whole year."""
    year = stage.year
    spell = enrol.enter_vocational(
        stage.city, stage.pupil(year - 1), year - 1, stage.school("vocational")
    )
    taught = spell.school.majors
    former = next(one for one in taught if spell.major and one.code[:2] != spell.major.code[:2])
    props.change_major(stage, spell, former, stage.day(date(year, 9, 20), date(year, 12, 20)))
    stage.wrong("SC511", spell, "第三学期跨专业大类转专业")


def within_a_group_in_the_fourth_term(stage: Stage) -> None:
    """Change to a kindred major a term too late."""
    year = stage.year
    school = stage.new_school("vocational", majors=(_ACCOUNTING, _COMMERCE))
    spell = enrol.enter_vocational(stage.city, stage.pupil(year - 1), year - 1, school)
    former = _COMMERCE if spell.major is _ACCOUNTING else _ACCOUNTING
    props.change_major(stage, spell, former, stage.day(date(year + 1, 3, 6), date(year + 1, 4, 5)))
    stage.wrong("SC511", spell, "第四学期才在专业类内转专业")


def major_in_the_final_year(stage: Stage) -> None:
    """Change the major in the final year."""
    year = stage.year
    spell = enrol.enter_vocational(
        stage.city, stage.pupil(year - 2), year - 2, stage.school("vocational")
    )
    former = next(one for one in spell.school.majors if one is not spell.major)
    props.change_major(stage, spell, former, stage.day(date(year, 9, 20), date(year, 12, 20)))
    stage.wrong("SC511", spell, "毕业年级转专业")


FROM_HIGH_SCHOOL: tuple[Scene, ...] = (
    into_a_higher_grade,
    after_the_window_closed,
    out_of_year_three,
    into_a_lower_grade_where_the_same_is_due,
    graduated_within_a_year,
)
OUTSIDE_THE_WINDOW: tuple[Scene, ...] = (
    moved_in_the_first_weeks,
    across_groups_in_the_third_term,
    moved_in_the_final_year,
    major_in_the_final_year,
    moved_while_suspended,
    within_a_group_in_the_fourth_term,
)
