"""Lawfully in a system or under a code that looks wrong: plates, promotions, mergers (SC508, SC509)."""

from __future__ import annotations

from datetime import date

from pipeline.sample import enrol, props
from pipeline.sample.exports.row import Cells, Row
from pipeline.sample.stage import Scene, Stage


def a_school_with_two_plates(stage: Stage) -> None:
    """Be listed as technician and as vocational school under one code (X33)."""
    school = stage.new_school("technical", majors=stage.city.schools.vocational[0].majors[:2])
    props.file_majors(stage, school, school.majors, stage.year)
    cells: Cells = {
        "school_code": school.code,
        "school_name": school.name,
        "kind": "vocational",
        "owner": school.owner,
        "region_code": school.county,
        "department": "教育",
        "valid_from": date(2006, 9, 1),
    }
    stage.more("schools", Row("学校名录", cells, ""))
    props.enter_many(stage, school, stage.year, 5)
    stage.lawful_school("X33", "SC508", school, "一校两牌，名录兼列两类")


def an_attached_vocational_class(stage: Stage) -> None:
    """Teach a vocational class, filed, inside a general high school (X32)."""
    school = stage.new_school("high", majors=stage.city.schools.vocational[0].majors[:2])
    props.enter_many(stage, school, stage.year, 5)
    stage.lawful_school("X32", "SC508", school, "普通高中附设中职班，专业已备案")


def promoted_while_they_were_there(stage: Stage) -> None:
    """Become a college this spring; the students stay where they were registered (X05)."""
    former = stage.new_school("technical")
    college = stage.new_school("higher")
    promoted_on = date(stage.year + 1, 3, 25)
    former.valid_to = former.merged_on = promoted_on
    former.successor = college
    props.tell_event(stage, former.code, college.code, promoted_on, "升格")
    for _ in range(5):
        enrol.enter_technical(stage.city, stage.pupil(stage.year), stage.year, college)
    stage.lawful_school("X05", "SC508", college, "技师学院升格，升格前入学的学生仍在技工系统")


def a_technician_school_joined(stage: Stage) -> None:
    """Take in a technician school, whose students stay in its system (X10)."""
    school = stage.new_school("vocational")
    former = stage.new_school("technical")
    props.close(former, stage, date(stage.year, 8, 1), school)
    for _ in range(5):
        enrol.enter_technical(stage.city, stage.pupil(stage.year - 1), stage.year - 1, school)
    stage.lawful_school("X10", "SC508", school, "并入的技工学校学生仍在技工系统")


def two_mistyped_rows(stage: Stage) -> None:
    """Have two students typed in under the code of a technician school."""
    school = stage.new_school("technical", majors=stage.city.schools.vocational[0].majors[:2])
    props.file_majors(stage, school, school.majors, stage.year)
    props.enter_many(stage, school, stage.year, 2)
    stage.lawful_school("-", "SC508", school, "个别学生学校代码录错")


def moved_with_the_merger(stage: Stage) -> None:
    """Move every record to the new code on the day of the merger (X10)."""
    merged_on = date(stage.year - 1, 8, 1)
    old, successor = props.merged_pair(stage, merged_on)
    for spell in props.enter_many(stage, old, stage.year - 2, 4):
        moved = props.join(stage, spell.person, stage.year - 2, successor)
        spell.status, spell.left_on = "transferred", merged_on
        moved.registered_at, moved.began_on = spell.registered_at, merged_on
        moved.major, moved.class_name = spell.major, spell.class_name
        moved.draws_waiver, moved.draws_grant = spell.draws_waiver, spell.draws_grant
    stage.lawful_school("X10", "SC509", old, "合并后学籍已全部迁移")


def the_code_that_was_kept(stage: Stage) -> None:
    """Merge two schools into one that keeps the code of one of them (X10)."""
    school = stage.new_school("vocational")
    other = stage.new_school("vocational")
    merged_on = date(stage.year - 1, 8, 1)
    props.close(other, stage, merged_on, school)
    props.tell_event(stage, school.code, school.code, merged_on, "合并")
    props.enter_many(stage, school, stage.year, 5)
    stage.lawful_school("X10", "SC509", school, "合并后沿用其中一校代码")


def merged_last_month(stage: Stage) -> None:
    """Be merged last month; the records are being moved (X15)."""
    old, _ = props.merged_pair(stage, date(stage.year + 1, 3, 20))
    props.enter_many(stage, old, stage.year, 5)
    stage.lawful_school("X15", "SC509", old, "上月合并，学籍正在迁移")


def split_and_living(stage: Stage) -> None:
    """Give a branch away as a school of its own, and live on under the old code (X10)."""
    school = stage.new_school("vocational")
    branch = stage.new_school("vocational")
    split_on = date(stage.year - 1, 8, 1)
    props.tell_event(stage, school.code, branch.code, split_on, "分立")
    props.enter_many(stage, school, stage.year, 5)
    stage.lawful_school("X10", "SC509", school, "学校分立，原代码继续使用")


def a_restored_name_plate(stage: Stage) -> None:
    """Be merged away for three years, and restored under the old code (X10)."""
    school = stage.new_school("vocational", valid_from=date(stage.year - 1, 7, 1))
    other = stage.new_school("vocational")
    merged_on = date(stage.year - 4, 8, 1)
    props.tell_event(stage, school.code, other.code, merged_on, "合并")
    props.enter_many(stage, school, stage.year, 5)
    stage.lawful_school("X10", "SC509", school, "恢复建制，原代码重新启用")


SYSTEMS: tuple[Scene, ...] = (
    an_attached_vocational_class,
    a_school_with_two_plates,
    a_technician_school_joined,
    promoted_while_they_were_there,
    two_mistyped_rows,
)
CODES: tuple[Scene, ...] = (
    moved_with_the_merger,
    the_code_that_was_kept,
    merged_last_month,
    split_and_living,
    a_restored_name_plate,
)
