"""SC502, SC503 and SC507: recruiting without an inspection, into majors nobody filed, and over plan (R02, R03, R07)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pipeline.sample import enrol
from pipeline.sample.corrections import leave_out, reword
from pipeline.sample.exports.row import Cells, Row
from pipeline.sample.roll import Spell
from pipeline.sample.schools import VOCATIONAL_MAJORS, Major, School
from pipeline.sample.stage import Scene, Stage


def recruit(stage: Stage, school: School, cohort: int, count: int = 6) -> list[Spell]:
    """Enter pupils of the city in a school, all by the platform."""
    enter = enrol.enter_high if school.kind == "high" else enrol.enter_vocational
    return [enter(stage.city, stage.pupil(cohort), cohort, school) for _ in range(count)]


def accuse(
    stage: Stage, detector_id: str, school: School, spells: Sequence[Spell], story: str
) -> None:
    """Record the wrong of a school together with the students whom it is about."""
    stage.school_wrong(detector_id, school, spells[0].cohort, story)
    stage.city.wrongs[-1].people = tuple(spell.person for spell in spells)


def other_major(stage: Stage, school: School) -> Major:
    """Pick a major that the school does not teach."""
    return stage.dice.pick([one for one in VOCATIONAL_MAJORS if one not in school.majors])


def put_into(spells: list[Spell], major: Major) -> None:
    """Register students in a major, and in a class of its name."""
    for spell in spells:
        spell.major = major
        spell.class_name = f"{spell.cohort}级{major.name}1班"


def _of_year(school: School, year: int) -> Cells:
    return {"school_code": school.code, "year": year}


def _inspected(stage: Stage, anew: Cells, story: str, *, twice: bool = False) -> None:
    year = stage.dice.pick((stage.year, stage.year - 1))
    school = stage.new_school("vocational")
    for listed in (year, year - 1) if twice else (year,):
        reword(stage, "school_qualifications", _of_year(school, listed), anew)
    accuse(stage, "SC502", school, recruit(stage, school, year), story)


def took_no_part_in_the_inspection(stage: Stage) -> None:
    """Recruit in a year in which the school took no part in the inspection."""
    _inspected(stage, {"inspection": "未参加"}, "未参加当年年检仍招生注册")


def failed_the_inspection(stage: Stage) -> None:
    """Recruit in a year in which the school failed, though the list still calls it qualified."""
    _inspected(stage, {"inspection": "不合格"}, "年检不合格仍招生注册")


def never_mended(stage: Stage) -> None:
    """Recruit under correction for the second year running."""
    _inspected(stage, {"inspection": "限期整改"}, "连续两年年检为整改仍招生注册", twice=True)


def passed_when_they_had_come(stage: Stage) -> None:
    """Recruit, and pass the inspection in the winter after."""
    year = stage.dice.pick((stage.year, stage.year - 1))
    school = stage.new_school("vocational")
    passed: Cells = {"inspected_on": date(year, 12, stage.dice.between(2, 28))}
    reword(stage, "school_qualifications", _of_year(school, year), passed)
    accuse(stage, "SC502", school, recruit(stage, school, year), "年检合格结论晚于新生入学")


def without_a_result(stage: Stage) -> None:
    """Recruit in a year for which the list gives the school no result."""
    _inspected(stage, {"inspection": None}, "当年名单无年检结论仍招生注册")


def into_a_major_nobody_filed(stage: Stage) -> None:
    """Open a class in a major that the school never filed."""
    year = stage.dice.pick((stage.year, stage.year - 1))
    school = stage.new_school("vocational")
    spells = recruit(stage, school, year, 9)
    put_into(spells[:6], other_major(stage, school))
    stage.school_wrong("SC503", school, year, "开设从未备案的专业招生")


def after_the_filing_lapsed(stage: Stage) -> None:
    """Go on recruiting into a major that the school filed for earlier years only."""
    year = stage.year
    school = stage.new_school("vocational")
    major = school.majors[0]
    lapsed = {**_of_year(school, year), "major_code": major.code}
    leave_out(stage, "filed_majors", lapsed)
    put_into(recruit(stage, school, year), major)
    stage.school_wrong("SC503", school, year, "专业往年备案、当年未备案仍招生")


def filed_when_they_had_come(stage: Stage) -> None:
    """Recruit into a major, and file it in the winter after."""
    year = stage.dice.pick((stage.year, stage.year - 1))
    school = stage.new_school("vocational")
    major = school.majors[1]
    filed = {**_of_year(school, year), "major_code": major.code}
    reword(stage, "filed_majors", filed, {"filed_on": date(year, 12, stage.dice.between(2, 28))})
    put_into(recruit(stage, school, year), major)
    stage.school_wrong("SC503", school, year, "专业备案晚于新生入学")


def shorter_than_filed(stage: Stage) -> None:
    """Register junior graduates for two years in a course that was filed for three."""
    year = stage.year
    school = stage.new_school("vocational")
    spells = recruit(stage, school, year)
    put_into(spells, school.majors[2])
    for spell in spells:
        spell.years, spell.expected_end = 2, date(year + 2, 7, 1)
    stage.school_wrong("SC503", school, year, "注册学制与备案学制不一致")


def plan(stage: Stage, school: School, places: int) -> None:
    """Set the plan of a school for this year."""
    reword(stage, "enrollment_plans", _whole_plan(school, stage.year), {"planned": places})


def _whole_plan(school: School, year: int) -> Cells:
    return {**_of_year(school, year), "major_code": None}


def add_plan(stage: Stage, school: School, places: int, major: Major | None = None) -> None:
    """Give a vocational school one more row of plan for this year."""
    cells: Cells = {
        "year": stage.year,
        "region_code": school.county,
        "school_code": school.code,
        "major_code": major.code if major else "",
        "category": "中职",
        "planned": places,
    }
    stem = "分专业招生计划" if major else "招生计划"  # a file has the columns of its first row
    stage.more("enrollment_plans", Row(stem, cells, ""))


def more_than_planned(stage: Stage) -> None:
    """Recruit a third more than the plan of a vocational school allows."""
    school = stage.new_school("vocational")
    plan(stage, school, 18)
    recruit(stage, school, stage.year, stage.dice.between(24, 27))
    stage.school_wrong("SC507", school, stage.year, "中职超计划招生")


def a_high_school_over_plan(stage: Stage) -> None:
    """Recruit more than the plan of a general high school allows."""
    school = stage.new_school("high")
    plan(stage, school, 20)
    recruit(stage, school, stage.year, stage.dice.between(26, 30))
    stage.school_wrong("SC507", school, stage.year, "普通高中超计划招生")


def one_major_over_plan(stage: Stage) -> None:
    """Fill one major with the places of another."""
    school = stage.new_school("vocational")
    leave_out(stage, "enrollment_plans", _whole_plan(school, stage.year))
    wanted, other = school.majors[0], school.majors[1]
    add_plan(stage, school, 8, wanted)
    add_plan(stage, school, 20, other)
    spells = recruit(stage, school, stage.year, 20)
    put_into(spells[:15], wanted)
    put_into(spells[15:], other)
    stage.school_wrong("SC507", school, stage.year, "挤占其他专业计划，单个专业超计划")


INSPECTED: tuple[Scene, ...] = (
    took_no_part_in_the_inspection,
    failed_the_inspection,
    never_mended,
    passed_when_they_had_come,
    without_a_result,
)
FILED: tuple[Scene, ...] = (
    into_a_major_nobody_filed,
    after_the_filing_lapsed,
    filed_when_they_had_come,
    shorter_than_filed,
)
PLANNED: tuple[Scene, ...] = (more_than_planned, a_high_school_over_plan, one_major_over_plan)
