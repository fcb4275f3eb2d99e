"""Lawful schools and classes that resemble SC517, SC518 and SC519: plans cut or mended, computer rooms, old cohorts."""

from __future__ import annotations

from datetime import date

from pipeline.sample import enrol, events, neighbours
from pipeline.sample.stage import Scene, Stage
from pipeline.sample.wrongs.oversight import (
    address,
    admitted_to_college,
    advanced_student,
    candidates,
    filing,
    planned,
    promoted_college,
    small_school,
    some_choices,
    unmet,
)


def plan_cut(stage: Stage) -> None:
    """Cut the plan of a school below the conditions."""
    school = small_school(stage, "990103")
    unmet(stage, school, stage.year - 1)
    planned(stage, school, stage.year, lambda places: places * 2 // 3)
    stage.lawful_school("-", "SC517", school, "未达标后招生计划已调减")


def conditions_mended(stage: Stage) -> None:
    """Keep the plan of a school that met the conditions by the next list."""
    school = small_school(stage, "990101")
    unmet(stage, school, stage.year - 1)
    stage.lawful_school("X37", "SC517", school, "次年名单显示已达标")


def plan_cut_at_once(stage: Stage) -> None:
    """Cut the plan in the year of the finding and keep it there."""
    school = small_school(stage, "990105")
    unmet(stage, school, stage.year - 1, stage.year)
    for year in (stage.year - 1, stage.year):
        planned(stage, school, year, lambda places: places // 2)
    stage.lawful_school("X37", "SC517", school, "未达标当年已调减并保持")


def where_no_rule_demands_it(stage: Stage) -> None:
    """Keep the plan of a school of Jilin's stand-in, where no document ties plans to conditions."""
    school = small_school(stage, neighbours.JILIN)
    unmet(stage, school, stage.year - 1, stage.year)
    stage.lawful_school("-", "SC517", school, "所在地没有调减计划的规定")


UNCUT: tuple[Scene, ...] = (
    plan_cut,
    conditions_mended,
    plan_cut_at_once,
    where_no_rule_demands_it,
)


def a_computer_room(stage: Stage) -> None:
    """Let a class file on one address, each pupil another list."""
    school = stage.new_school("junior", county=neighbours.JILIN)
    room = ("九年级2班", address(stage))
    for exam_no in candidates(stage, 28, neighbours.JILIN):
        stage.more("volunteers", filing(stage, exam_no, school, room, some_choices(stage)))
    stage.lawful_school("-", "SC518", school, "学校机房统一上机，志愿各不相同")


def one_school_in_the_valley(stage: Stage) -> None:
    """Let a county whose candidates all know the same two schools file them, from home and from class."""
    county = "990203"
    schools = stage.city.schools
    choices = f"{schools.high[0].code};{schools.vocational[0].code}"
    school = stage.new_school("junior", county=county)
    room = ("九年级1班", address(stage))
    for exam_no in candidates(stage, 12, county):
        stage.more("volunteers", filing(stage, exam_no, school, room, choices))
    neighbour = stage.new_school("junior", county=county)
    for exam_no in candidates(stage, 90, county):
        at_home = ("九年级4班", address(stage))
        stage.more("volunteers", filing(stage, exam_no, neighbour, at_home, choices))
    stage.lawful_school("X36", "SC518", school, "当地只有一所高中、一所中职，志愿自然相同")


def confirmed_in_class(stage: Stage) -> None:
    """Let pupils who filed a list at home confirm it on the machine of the school."""
    school = stage.new_school("junior", county=neighbours.JILIN)
    room, choices = ("九年级5班", address(stage)), some_choices(stage)
    for exam_no in candidates(stage, 12, neighbours.JILIN):
        own = filing(stage, exam_no, school, ("九年级5班", address(stage)), choices)
        stage.more(
            "volunteers", own._replace(cells={**own.cells, "filed_at": date(stage.year, 6, 27)})
        )
        stage.more("volunteers", filing(stage, exam_no, school, room, choices))
    stage.lawful_school("X36", "SC518", school, "家中已填，到校确认同一志愿")


def the_workshop_they_had_seen(stage: Stage) -> None:
    """Let a class file the one school whose workshop it had visited."""
    school = stage.new_school("junior", county=neighbours.JILIN)
    room, choice = (
        ("九年级6班", address(stage)),
        stage.dice.pick(stage.city.schools.vocational).code,
    )
    for exam_no in candidates(stage, 11, neighbours.JILIN):
        stage.more("volunteers", filing(stage, exam_no, school, room, choice))
    stage.lawful_school("X36", "SC518", school, "只填一所学校，参观后自愿选择")


FILED_FOR_THEM: tuple[Scene, ...] = (
    a_computer_room,
    one_school_in_the_valley,
    confirmed_in_class,
    the_workshop_they_had_seen,
)


def a_cohort_from_before_the_promotion(stage: Stage) -> None:
    """Promote a technician college after the cohort had entered."""
    technical, _ = promoted_college(stage, date(stage.year, 12, 1))
    for _ in range(6):
        advanced_student(stage, technical, stage.year)
    stage.lawful_school("X05", "SC519", technical, "入学在升格之前，按技工学籍培养至毕业")


def its_own_graduates_in_the_next_class(stage: Stage) -> None:
    """Take a promoted college's own intermediate graduates into the advanced class."""
    technical, _ = promoted_college(stage, date(stage.year - 1, 8, 1))
    for _ in range(6):
        person = neighbours.resident(stage, stage.year - 3, technical.county)
        enrol.enter_technical(stage.city, person, stage.year - 3, technical)
        enrol.enter_technical(stage.city, person, stage.year, technical, "advanced")
    stage.lawful_school("X04", "SC519", technical, "本校中级工毕业后升入高级工班")


def admitted_and_moved(stage: Stage) -> None:
    """Move the students whom the higher platform admitted in the same autumn."""
    technical, college = promoted_college(stage, date(stage.year - 2, 8, 1))
    for _ in range(6):
        spell = advanced_student(stage, technical, stage.year)
        admitted_to_college(stage, spell, "高职专科")
        events.withdraw(stage.city, spell, date(stage.year, 9, 20))
        enrol.enter_higher(stage.city, spell.person, stage.year, college)
    stage.lawful_school("X05", "SC519", technical, "录取学生当年秋季已转入高校学籍")


LEFT_BEHIND: tuple[Scene, ...] = (
    a_cohort_from_before_the_promotion,
    its_own_graduates_in_the_next_class,
    admitted_and_moved,
)
