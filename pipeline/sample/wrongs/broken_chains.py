"""SC512 and SC513: chains to college that lead nowhere, flexible courses nobody filed (domain: R28, R44)."""

from __future__ import annotations

from datetime import date

from pipeline.sample import enrol, props
from pipeline.sample.exports.row import Cells, Row
from pipeline.sample.roll import Spell
from pipeline.sample.schools import School
from pipeline.sample.stage import Scene, Stage


def a_class_promised_a_college(stage: Stage) -> None:
    """Mark a whole class as 3+2 although no college has signed anything."""
    school, cohort = stage.new_school("vocational"), stage.year - 1
    for spell in props.enter_many(stage, school, cohort, stage.dice.between(6, 10)):
        spell.segment, spell.major = "3+2", school.majors[0]
    stage.school_wrong("SC512", school, cohort, "整班标注3+2但没有任何贯通协议（C级）")


def at_another_college(stage: Stage) -> None:
    """Go to a college that has signed nothing in year four, the vocational record still open."""
    school, cohort = stage.new_school("vocational"), stage.year - 3
    signed, other = stage.city.schools.higher[:2]
    for _ in range(2):
        spell = _marked(stage, school, cohort, signed)
        college = enrol.enter_higher(stage.city, spell.person, stage.year, other)
        stage.wrong("DE103", spell, "3+2断链：中职未结即在无协议的高校就读", college)
    stage.school_wrong("SC512", school, cohort, "3+2学生第四学年在无协议的高校就读，中职未毕业")


def never_arrived_at_college(stage: Stage) -> None:
    """Be on the vocational roll in the middle of year four, and at no college."""
    school, cohort = stage.new_school("vocational"), stage.year - 3
    for _ in range(stage.dice.between(3, 6)):
        _marked(stage, school, cohort, stage.city.schools.higher[0])
    stage.school_wrong("SC512", school, cohort, "3+2第四学年过半仍无高校学籍（C级）")


def in_another_subject(stage: Stage) -> None:
    """Be promoted to the agreed college into a subject that has nothing to do with the agreement."""
    school, cohort = stage.new_school("vocational"), stage.year - 3
    college = stage.city.schools.higher[0]
    for spell in props.enter_many(stage, school, cohort, 3):
        spell.segment, spell.major = "3+2", school.majors[0]
        further = enrol.enter_higher(stage.city, spell.person, stage.year, college)
        agreed = props.agree(stage, school, school.majors[0], college)
        further.major = next(one for one in college.majors if one.code[:2] != agreed.code[:2])
    stage.school_wrong("SC512", school, cohort, "转入协议高校但专业与协议不同类（C级）")


def _marked(stage: Stage, school: School, cohort: int, college: School) -> Spell:
    """Enter a five-year chain with an agreement, and be on the roll today."""
    spell = enrol.enter_vocational(stage.city, stage.pupil(cohort), cohort, school)
    spell.segment, spell.major = "3+2", school.majors[0]
    props.agree(stage, school, school.majors[0], college)
    return props.still_there(stage, spell, 5)


def adults_without_a_filing(stage: Stage) -> None:
    """Enrol adults in a flexible course that was never filed."""
    school = stage.new_school("vocational")
    _flexible_class(stage, school, stage.dice.between(5, 9))
    stage.school_wrong("SC513", school, stage.year, "社会人员弹性学制未备案（C级）")


def filed_after_it_began(stage: Stage) -> None:
    """File the flexible course when it has been going on for months."""
    school, year = stage.new_school("vocational"), stage.year
    _flexible_class(stage, school, stage.dice.between(5, 9))
    cells: Cells = {
        "year": year,
        "school_code": school.code,
        "mode": "弹性学制",
        "filed_on": date(year, 12, 5),
    }
    stage.more("flexible_filings", Row("弹性学制备案", cells, ""))
    stage.school_wrong("SC513", school, year, "弹性学制开课三个月后才备案（C级）")


def credits_without_a_filing(stage: Stage) -> None:
    """Teach adults by credits in a full-time class that was never filed."""
    school, year = stage.new_school("vocational"), stage.year
    for _ in range(stage.dice.between(5, 9)):
        props.adult(stage, school, year).class_name = f"{year}级学分制1班"
    stage.school_wrong("SC513", school, year, "社会人员学分制班未备案（C级）")


def _flexible_class(stage: Stage, school: School, count: int) -> None:
    for _ in range(count):
        spell = props.adult(stage, school, stage.year)
        spell.study_form, spell.class_name = "part_time", f"{stage.year}级弹性学制班"


CHAINS: tuple[Scene, ...] = (
    a_class_promised_a_college,
    at_another_college,
    never_arrived_at_college,
    in_another_subject,
)
FLEXIBLE: tuple[Scene, ...] = (
    adults_without_a_filing,
    credits_without_a_filing,
    filed_after_it_began,
)
