"""SC508 and SC509: registered in the other ministry's system, or under a code that is dead (domain: R15, R61)."""

from __future__ import annotations

from datetime import date

from pipeline.sample import enrol, neighbours, props
from pipeline.sample.schools import VOCATIONAL_MAJORS
from pipeline.sample.stage import Scene, Stage


def technical_in_the_vocational_system(stage: Stage) -> None:
    """Register a technician school's students in the system of the education side."""
    school = stage.new_school("technical", majors=VOCATIONAL_MAJORS[:3])
    props.file_majors(stage, school, school.majors, stage.year)
    props.enter_many(stage, school, stage.year, stage.dice.between(5, 9))
    stage.school_wrong("SC508", school, stage.year, "技工学校学生注册在中职学籍系统")


def against_the_rule_of_jilin(stage: Stage) -> None:
    """Do the same in the neighbouring city, whose province demands separate systems."""
    school = stage.new_school(
        "technical", county=neighbours.JILIN, majors=VOCATIONAL_MAJORS[:3], owner="民办"
    )
    props.file_majors(stage, school, school.majors, stage.year)
    for _ in range(stage.dice.between(5, 9)):
        person = neighbours.resident(stage, stage.year, neighbours.JILIN)
        enrol.enter_vocational(stage.city, person, stage.year, school)
    stage.school_wrong(
        "SC508", school, stage.year, "本省要求两类学校分系统注册，技校仍注册在中职系统"
    )


def vocational_in_the_technical_system(stage: Stage) -> None:
    """Register a vocational school's students in the system of the human resources side."""
    school = stage.new_school("vocational")
    for _ in range(stage.dice.between(5, 9)):
        enrol.enter_technical(stage.city, stage.pupil(stage.year), stage.year, school)
    stage.school_wrong("SC508", school, stage.year, "中职学校学生注册在技工院校系统")


def trainees_in_the_technical_system(stage: Stage) -> None:
    """Register the clients of a listed training institution as students of a technician school."""
    number = len(stage.city.schools.founded) + 1
    school = stage.new_school(
        "technical",
        code=f"9399{number:06d}",
        name=f"青禾市虚构技能培训中心{number}",
        owner="民办",
    )
    school.kind = "training"
    for _ in range(stage.dice.between(5, 9)):
        enrol.enter_technical(stage.city, stage.pupil(stage.year), stage.year, school)
    stage.school_wrong("SC508", school, stage.year, "培训机构在技工院校系统注册学历学籍")


def registered_after_the_merger(stage: Stage) -> None:
    """Go on registering new students under a code that died the year before."""
    old, _ = props.merged_pair(stage, date(stage.year - 1, 8, 1))
    props.enter_many(stage, old, stage.year, stage.dice.between(4, 8))
    stage.school_wrong("SC509", old, stage.year, "合并一年后仍以旧代码注册新生")


def left_behind_under_the_old_code(stage: Stage) -> None:
    """Forget a class of the merged school under its old code."""
    old, _ = props.merged_pair(stage, date(stage.year - 1, 8, 1))
    props.enter_many(stage, old, stage.year - 2, stage.dice.between(3, 6))
    stage.school_wrong("SC509", old, stage.year, "合并后旧代码下的学生未迁移（C级，补办迁移）")


def copied_instead_of_moved(stage: Stage) -> None:
    """Copy a class to the new code and keep it under the old one."""
    old, successor = props.merged_pair(stage, date(stage.year - 1, 8, 1))
    for spell in props.enter_many(stage, old, stage.year - 2, stage.dice.between(3, 6)):
        copy = props.join(stage, spell.person, stage.year - 2, successor)
        copy.registered_at, copy.class_name, copy.major = (
            spell.registered_at,
            spell.class_name,
            spell.major,
        )
        spell.draws_waiver = spell.draws_grant = False
    stage.school_wrong("SC509", old, stage.year, "合并后学籍复制而非迁移，新旧代码各有一条（C级）")


def on_the_roll_of_a_dissolved_school(stage: Stage) -> None:
    """Keep students on the roll of a school that was dissolved last winter but one."""
    school = stage.new_school("vocational")
    props.close(school, stage, date(stage.year, 1, 20))
    for spell in props.enter_many(stage, school, stage.year - 1, stage.dice.between(3, 6)):
        spell.draws_waiver = spell.draws_grant = False
    stage.school_wrong("SC509", school, stage.year, "学校撤销后学生学籍仍挂在原代码（C级）")


WRONG_SYSTEM: tuple[Scene, ...] = (
    against_the_rule_of_jilin,
    technical_in_the_vocational_system,
    vocational_in_the_technical_system,
    trainees_in_the_technical_system,
)
DEAD_CODE: tuple[Scene, ...] = (
    registered_after_the_merger,
    left_behind_under_the_old_code,
    copied_instead_of_moved,
    on_the_roll_of_a_dissolved_school,
)
