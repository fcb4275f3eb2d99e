"""Schools that recruit lawfully and look as if they did not: inspections, filings and plans (SC502, SC503, SC507)."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.sample import enrol, events
from pipeline.sample.corrections import leave_out, reword
from pipeline.sample.exports.row import Cells, Row
from pipeline.sample.roll import Spell
from pipeline.sample.schools import Major, School
from pipeline.sample.stage import Scene, Stage
from pipeline.sample.wrongs.affiliation import agree_with, join_with
from pipeline.sample.wrongs.recruiting import add_plan, other_major, plan, put_into, recruit

_OLD = Major("120100", "会计")
_NEW = Major("730301", "会计事务")


def _failed(stage: Stage, school: School, year: int, conclusion: str = "不合格") -> None:
    told: Cells = {"school_code": school.code, "year": year, "inspection": "合格"}
    reword(stage, "school_qualifications", told, {"inspection": conclusion})


def absorb(stage: Stage, school: School) -> School:
    """Found a school that was merged into this one after the autumn of last year's entrants (X10)."""
    merged_on = date(stage.year, 10, 8)
    old = stage.new_school(
        "vocational",
        valid_to=merged_on,
        merged_on=merged_on,
        successor=school,
        majors=school.majors,
    )
    cells: Cells = {
        "happened_on": merged_on,
        "kind": "合并",
        "old_code": old.code,
        "new_code": school.code,
    }
    stage.more("school_events", Row("学校沿革", cells, ""))
    return old


def move_in(stage: Stage, school: School, cohort: int, count: int) -> list[Spell]:
    """Take over students of a common school by approved transfer (X15)."""
    moved = []
    for place in range(count):
        old = enrol.enter_vocational(stage.city, stage.pupil(cohort), cohort)
        new = enrol.enter_vocational(stage.city, old.person, cohort, school)
        stage.city.admissions.pop()
        new.exam_no = old.exam_no
        new.draws_waiver, new.draws_grant = old.draws_waiver, old.draws_grant
        day = min(date(cohort + 1, 3, 4), stage.city.as_of - timedelta(days=20))
        enrol.register_on(new, day + timedelta(days=place % 3 + 1))
        events.transfer(stage.city, old, new, day, 4)
        moved.append(new)
    return moved


def given_time_to_mend(stage: Stage) -> None:
    """Recruit under correction for the first time (R02)."""
    school = stage.new_school("vocational")
    _failed(stage, school, stage.year, "整改")
    recruit(stage, school, stage.year, 5)
    stage.lawful_school("X15", "SC502", school, "年检首次整改，限期内招生")


def mended_by_june(stage: Stage) -> None:
    """Fail in March, pass again in June, and recruit in September."""
    school = stage.new_school("vocational")
    _failed(stage, school, stage.year)
    cells: Cells = {
        "year": stage.year,
        "school_code": school.code,
        "qualified": True,
        "inspection": "复检合格",
        "inspected_on": date(stage.year, 6, 18),
        "conditions_met": True,
    }
    stage.more("school_qualifications", Row(str(stage.year), cells, ""))
    recruit(stage, school, stage.year, 5)
    stage.lawful_school("-", "SC502", school, "年检不合格，招生前复检合格")


def passed_under_the_other_code(stage: Stage) -> None:
    """Recruit in the year of a merger, the inspection passed under the code of the other school (X10)."""
    school = stage.new_school("vocational")
    absorb(stage, school)
    _failed(stage, school, stage.year, "未参加")
    recruit(stage, school, stage.year, 5)
    stage.lawful_school("X10", "SC502", school, "合并当年以前身代码通过年检")


def took_over_and_did_not_recruit(stage: Stage) -> None:
    """Miss the inspection, recruit nobody, and take over students by transfer (X15)."""
    school = stage.new_school("vocational")
    _failed(stage, school, stage.year, "未参加")
    move_in(stage, school, stage.year, 4)
    stage.lawful_school("X15", "SC502", school, "停招年度接收转学学生")


def stopped_recruiting(stage: Stage) -> None:
    """Fail the inspection, stop recruiting, and let the old cohort finish."""
    school = stage.new_school("vocational")
    _failed(stage, school, stage.year)
    recruit(stage, school, stage.year - 1, 5)
    stage.lawful_school("-", "SC502", school, "年检不合格后停招，旧年级在读")


def under_the_old_name(stage: Stage) -> None:
    """Register entrants as 会计 where 会计事务 is filed (X17: 2010 and 2021 catalogues)."""
    school = stage.new_school("vocational", majors=(_NEW,))
    put_into(recruit(stage, school, stage.year, 5), _OLD)
    stage.lawful_school("X17", "SC503", school, "按2010年目录旧名旧码注册，备案为新名")


def a_direction_of_a_major(stage: Stage) -> None:
    """Register a class under the direction of a filed major."""
    school = stage.new_school("vocational")
    major = school.majors[0]
    spells = recruit(stage, school, stage.year, 5)
    put_into(spells, Major(f"{major.code}01", f"{major.name}（订单方向）"))
    stage.lawful_school("X17", "SC503", school, "已备案专业下的专业方向")


def outside_the_catalogue(stage: Stage) -> None:
    """Recruit into a major that no catalogue knows and that was filed."""
    major = Major("610199", "虚构稻田养护")
    school = stage.new_school("vocational", majors=(major,))
    put_into(recruit(stage, school, stage.year, 5), major)
    stage.lawful_school("-", "SC503", school, "目录外专业已备案")


def changed_into_the_new_major(stage: Stage) -> None:
    """Change by approval into a major that the school had not filed for their year of entry."""
    school = stage.new_school("vocational")
    first, later = [one for one in school.majors if not one.code.startswith("61")][:2]
    entry: Cells = {
        "school_code": school.code,
        "year": stage.year - 1,
        "major_code": later.code,
    }
    leave_out(stage, "filed_majors", entry)
    spells = recruit(stage, school, stage.year - 1, 5)
    put_into(spells, later)
    for spell in spells:
        cells: Cells = {
            "registry": "vocational",
            "student_no": spell.student_no,
            "name": spell.written.name,
            "id_number": spell.written.id_number,
            "change_type": "change_major",
            "reason": "学习兴趣",
            "changed_on": date(stage.year, 1, 8),
            "recorded_on": date(stage.year, 1, 9),
            "review_status": "已通过",
            "from_school_code": school.code,
            "from_major_code": first.code,
            "to_major_code": later.code,
        }
        stem = f"vocational_{school.county}"
        stage.more("status_changes", Row(stem, cells, spell.person.key))
    stage.lawful_school("X15", "SC503", school, "入学后经批准转专业")


def filed_by_the_partner(stage: Stage) -> None:
    """Recruit for a joint programme whose major the partner school filed (X35)."""
    school = stage.new_school("vocational")
    major = other_major(stage, school)
    partner = stage.new_school("vocational", majors=(major,))
    spells = recruit(stage, school, stage.year, 5)
    put_into(spells, major)
    agree_with(stage, school, partner.code, "学历教育", date(stage.year + 2, 8, 31))
    join_with(stage, spells, partner.code, "城乡联合")
    stage.lawful_school("X35", "SC503", school, "联合办学专业由合作学校备案")


def filed_by_the_old_school(stage: Stage) -> None:
    """Recruit in the year of a merger into a major filed under the other code (X10)."""
    school = stage.new_school("vocational")
    absorb(stage, school)
    told: Cells = {
        "school_code": school.code,
        "year": stage.year,
        "major_code": school.majors[0].code,
    }
    leave_out(stage, "filed_majors", told)
    put_into(recruit(stage, school, stage.year, 5), school.majors[0])
    stage.lawful_school("X10", "SC503", school, "合并当年专业以前身代码备案")


def just_on_plan(stage: Stage) -> None:
    """Fill the plan to the last place."""
    school = stage.new_school("vocational")
    plan(stage, school, 18)
    recruit(stage, school, stage.year, 18)
    stage.lawful_school("-", "SC507", school, "恰好完成招生计划")


def with_a_supplementary_plan(stage: Stage) -> None:
    """Recruit more than the first plan, and no more than both."""
    school = stage.new_school("vocational")
    plan(stage, school, 12)
    add_plan(stage, school, 10)
    recruit(stage, school, stage.year, 21)
    stage.lawful_school("-", "SC507", school, "有追加计划")


def with_transfers_on_top(stage: Stage) -> None:
    """Fill the plan, and take over students of other schools (X15)."""
    school = stage.new_school("vocational")
    plan(stage, school, 12)
    recruit(stage, school, stage.year, 12)
    move_in(stage, school, stage.year, 8)
    stage.lawful_school("X15", "SC507", school, "计划外人数均为经批准转入")


def with_the_plan_of_the_old_school(stage: Stage) -> None:
    """Recruit for two schools that became one, each with its plan (X10)."""
    school = stage.new_school("vocational")
    old = absorb(stage, school)
    plan(stage, school, 12)
    plan(stage, old, 12)
    recruit(stage, school, stage.year, 22)
    stage.lawful_school("X10", "SC507", school, "合并学校计划合并计算")


def over_plan_before_the_rule(stage: Stage) -> None:
    """Recruit more than planned in a year for which the city had set no rule."""
    school = stage.new_school("vocational")
    year = stage.year - 1
    told: Cells = {"school_code": school.code, "year": year}
    reword(stage, "enrollment_plans", told, {"planned": 12})
    recruit(stage, school, year, 20)
    stage.lawful_school("-", "SC507", school, "规定生效前的年度")


INSPECTED: tuple[Scene, ...] = (
    given_time_to_mend,
    mended_by_june,
    passed_under_the_other_code,
    took_over_and_did_not_recruit,
    stopped_recruiting,
)
FILED: tuple[Scene, ...] = (
    under_the_old_name,
    a_direction_of_a_major,
    outside_the_catalogue,
    changed_into_the_new_major,
    filed_by_the_partner,
    filed_by_the_old_school,
)
PLANNED: tuple[Scene, ...] = (
    just_on_plan,
    with_a_supplementary_plan,
    with_transfers_on_top,
    with_the_plan_of_the_old_school,
    over_plan_before_the_rule,
)
