"""Chains to college that hold, or were lawfully left; flexible courses that were filed (SC512, SC513)."""

from __future__ import annotations

from datetime import date

from pipeline.sample import adults, enrol, events, props
from pipeline.sample.exports.row import Cells, Row
from pipeline.sample.roll import Spell
from pipeline.sample.stage import Scene, Stage


def _marked(stage: Stage, cohort: int) -> Spell:
    """Enter a chain with an agreement with the city's first college."""
    school = stage.new_school("vocational")
    spell = enrol.enter_vocational(stage.city, stage.pupil(cohort), cohort, school)
    spell.segment, spell.major = "3+2", school.majors[0]
    props.agree(stage, school, school.majors[0], stage.city.schools.higher[0])
    return spell


def promoted_in_time(stage: Stage) -> None:
    """Graduate, and be at the agreed college in year four (X01)."""
    spell = _marked(stage, stage.year - 3)
    college = enrol.enter_higher(stage.city, spell.person, stage.year, stage.city.schools.higher[0])
    college.major = college.school.majors[0]
    stage.lawful("X01", "SC512", spell, "3+2按期转段")


def failed_the_promotion(stage: Stage) -> None:
    """Graduate as an ordinary vocational student and go to another college (X18)."""
    spell = _marked(stage, stage.year - 3)
    enrol.enter_higher(stage.city, spell.person, stage.year, stage.city.schools.higher[1])
    stage.lawful("X18", "SC512", spell, "转段考核未通过，按普通中职毕业后另行升学")


def graduated_and_went_to_work(stage: Stage) -> None:
    """Graduate as an ordinary vocational student and go nowhere (X18)."""
    stage.lawful("X18", "SC512", _marked(stage, stage.year - 3), "放弃转段，中职毕业后就业")


def still_in_the_second_year(stage: Stage) -> None:
    """Be in the second year of a chain; no college has heard of the student yet."""
    stage.lawful("X01", "SC512", _marked(stage, stage.year - 1), "3+2二年级，尚未转段")


def serves_in_the_army(stage: Stage) -> None:
    """Serve while the others are promoted (X20)."""
    spell = props.still_there(stage, _marked(stage, stage.year - 3), 5)
    events.join_army(stage.city, spell, date(stage.year, 9, stage.dice.between(8, 25)))
    stage.lawful("X20", "SC512 RD204", spell, "应征入伍，转段顺延")


def a_year_behind(stage: Stage) -> None:
    """Have repeated a year: year four begins next autumn (X19)."""
    spell = props.still_there(stage, _marked(stage, stage.year - 3), 4)
    events.repeat_year(stage.city, spell, date(stage.year - 2, 9, 3))
    stage.lawful("X19", "SC512 RD204", spell, "留级一年，转段顺延")


def signed_by_the_predecessor(stage: Stage) -> None:
    """Hold an agreement that the merged school signed (X10)."""
    old, successor = props.merged_pair(stage, date(stage.year - 1, 8, 1))
    major = successor.majors[0]
    props.agree(stage, old, major, stage.city.schools.higher[0])
    for spell in props.enter_many(stage, successor, stage.year - 1, 3):
        spell.segment, spell.major = "3+2", major
    stage.lawful_school("X10", "SC512", successor, "协议由合并前的学校签订")


def filed_flexible_adults(stage: Stage) -> None:
    """Enrol adults in a flexible course that was filed (X11)."""
    for _ in range(4):
        spell = adults.flexible_life(stage.city, stage.year, "vocational")
    stage.lawful("X11", "SC513", spell, "弹性学制已备案")


def filed_by_the_predecessor(stage: Stage) -> None:
    """Rest on a filing under the code of the merged school (X10)."""
    old, successor = props.merged_pair(stage, date(stage.year - 1, 8, 1))
    cells: Cells = {
        "year": stage.year,
        "school_code": old.code,
        "mode": "弹性学制",
        "filed_on": date(stage.year, 8, 20),
    }
    stage.more("flexible_filings", Row("弹性学制备案", cells, ""))
    for _ in range(4):
        _part_time(props.adult(stage, successor, stage.year))
    stage.lawful_school("X10", "SC513", successor, "备案仍用合并前学校代码")


def employees_of_a_technician_school(stage: Stage) -> None:
    """Study part-time at a technician school, where no filing is demanded."""
    school = stage.new_school("technical")
    for _ in range(4):
        _part_time(props.adult(stage, school, stage.year))
    stage.lawful_school("-", "SC513", school, "技工院校非全日制班，不受该备案要求约束")


def adults_in_an_ordinary_class(stage: Stage) -> None:
    """Sit with the others in an ordinary full-time class."""
    school = stage.new_school("vocational")
    for _ in range(4):
        props.adult(stage, school, stage.year)
    stage.lawful_school("-", "SC513", school, "社会人员随普通全日制班就读")


def an_older_flexible_intake(stage: Stage) -> None:
    """Have entered a flexible course before the notice asked for a filing."""
    school = stage.new_school("vocational")
    for _ in range(4):
        _part_time(props.adult(stage, school, stage.year - 1))
    stage.lawful_school("-", "SC513", school, "备案要求出台前招收的弹性学制学员")


def _part_time(spell: Spell) -> None:
    spell.study_form, spell.class_name = "part_time", f"{spell.cohort}级弹性学制班"


CHAINS: tuple[Scene, ...] = (
    promoted_in_time,
    failed_the_promotion,
    graduated_and_went_to_work,
    still_in_the_second_year,
    serves_in_the_army,
    a_year_behind,
    signed_by_the_predecessor,
)
FLEXIBLE: tuple[Scene, ...] = (
    filed_flexible_adults,
    filed_by_the_predecessor,
    employees_of_a_technician_school,
    adults_in_an_ordinary_class,
    an_older_flexible_intake,
)
