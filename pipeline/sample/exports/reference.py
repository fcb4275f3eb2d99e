"""Reference lists: schools, events, qualifications, filings, agreements, plans, special statuses."""

from __future__ import annotations

from datetime import date

from pipeline.sample.city import City
from pipeline.sample.exports.row import Cells, Row, Rows, named
from pipeline.sample.people import DIVISIONS
from pipeline.sample.schools import School

APPROVED_SITE = "稻香县虚构教学点"


def _years(city: City) -> range:
    return range(city.year - 5, city.year + 1)


def _is_living(school: School, year: int) -> bool:
    return school.merged_on is None or school.merged_on > date(year, 8, 31)


def schools(city: City) -> Rows:
    """学校名录: one list for the city, closed codes with their last day."""
    for school in city.schools.everyone():
        if not school.is_listed:
            continue
        cells: Cells = {
            "school_code": school.code,
            "school_name": school.name,
            "kind": school.kind,
            "owner": school.owner,
            "region_code": school.county,
            "region_name": DIVISIONS[school.county],
            "department": school.department,
            "valid_from": school.valid_from,
            "valid_to": school.valid_to,
            "recruit_code": school.code[-4:],
            "capacity": 3000,
        }
        yield Row("学校名录", cells, "")


def school_events(city: City) -> Rows:
    """学校沿革: the mergers."""
    for school in city.schools.closed:
        cells: Cells = {
            "happened_on": school.merged_on,
            "kind": "合并",
            "old_code": school.code,
            "new_code": school.successor.code if school.successor else "",
        }
        yield Row("学校沿革", cells, "")


def school_qualifications(city: City) -> Rows:
    """招生资质: the published list of each year; a school without the qualification is listed as 否."""
    for year in _years(city):
        for school in city.schools.everyone():
            if school.kind not in ("vocational", "technical"):
                continue
            is_named = _is_living(school, year) or year == school.lists_until
            if not is_named or year in school.unlisted_years:
                continue
            qualified = year not in school.unqualified_years
            cells: Cells = {
                "year": year,
                "school_code": school.code,
                "qualified": qualified,
                "inspection": "合格" if qualified else "不合格",
                "inspected_on": date(year, 3, 20),
                "conditions_met": qualified,
            }
            yield Row(str(year), cells, "")


def filed_majors(city: City) -> Rows:
    """专业备案: every major that a school teaches, every year."""
    for year in _years(city):
        for school in city.schools.everyone():
            if school.kind in ("technical", "higher") or not _is_living(school, year):
                continue
            for major in school.majors:
                cells: Cells = {
                    "year": year,
                    "school_code": school.code,
                    "major_code": major.code,
                    "major_name": major.name,
                    "program_years": 3,
                    "filed_on": date(year, 4, 10),
                }
                yield Row("专业备案", cells, "")


def teaching_sites(city: City) -> Rows:
    """校外教学点: one approved site."""
    school = city.schools.vocational[0]
    cells: Cells = {
        "school_code": school.code,
        "site_name": APPROVED_SITE,
        "region_code": "990104",
        "approval_no": f"青教职成〔{city.first_year}〕9号",
        "valid_from": date(city.first_year, 9, 1),
        "valid_to": date(city.year + 2, 8, 31),
    }
    yield Row("校外教学点", cells, "")


def joint_programs(city: City) -> Rows:
    """联合办学协议: one programme with an accredited school."""
    first, partner = city.schools.vocational[0], city.schools.vocational[1]
    cells: Cells = {
        "school_code": first.code,
        "partner_code": partner.code,
        "partner_kind": "学历教育",
        "valid_from": date(city.first_year, 9, 1),
        "valid_to": date(city.year + 2, 8, 31),
    }
    yield Row("联合办学协议", cells, "")


def articulation_agreements(city: City) -> Rows:
    """贯通培养协议: what the 3+2 chains rest on."""
    for school, major, college, college_major in sorted(city.agreements):
        cells: Cells = {
            "school_code": school,
            "major_code": major,
            "higher_code": college,
            "higher_major_code": college_major,
            "mode": "3+2",
            "cohort_from": city.year - 6,
            "cohort_to": city.year + 1,
        }
        yield Row("贯通培养协议", cells, "")


def integrated_classes(city: City) -> Rows:
    """职普融通实验班: class lists approved for the school year."""
    seen = set()
    for spell, partner in city.integrated:
        vocational = spell.school if spell.registry == "vocational" else partner
        high = partner if vocational is spell.school else spell.school
        year = f"{spell.cohort}-{spell.cohort + 1}"
        key = (year, vocational.code, high.code, spell.class_name, spell.registry)
        if key in seen:
            continue
        seen.add(key)
        cells: Cells = {
            "school_year": year,
            "vocational_code": vocational.code,
            "high_code": high.code,
            "class_name": spell.class_name,
            "registered_in": spell.registry,
        }
        yield Row("职普融通实验班", cells, "")


def enrollment_plans(city: City) -> Rows:
    """招生计划: generous enough for everyone who came, less after a year in which the school failed the conditions."""
    kinds = {"vocational": "中职", "high": "普通高中", "technical": "技工"}
    for year in range(city.first_year, city.year + 1):
        everyone = (*city.schools.vocational, *city.schools.high, *city.schools.technical)
        for school in (*everyone, *(one for one in city.schools.founded if one.kind in kinds)):
            has_attached_classes = school.kind == "high" and school.majors
            categories = [kinds[school.kind], *(["中职"] if has_attached_classes else [])]
            is_cut = year - 1 in school.unqualified_years
            for category in categories:
                cells: Cells = {
                    "year": year,
                    "region_code": school.county,
                    "region_name": DIVISIONS[school.county],
                    "school_code": school.code,
                    "category": category,
                    "planned": city.places_planned * (2 if is_cut else 3) // 3,
                }
                yield Row("招生计划", cells, "")


def flexible_filings(city: City) -> Rows:
    """弹性学制备案: by school and cohort."""
    for year, code in sorted(city.flexible):
        cells: Cells = {
            "year": year,
            "school_code": code,
            "mode": "弹性学制",
            "filed_on": date(year, 8, 20),
        }
        yield Row("弹性学制备案", cells, "")


def special_statuses(city: City) -> Rows:
    """部门名单: veterans, farmers, laid-off and disabled people."""
    dice = city.stream("special statuses")
    departments = {
        "退役军人": "退役军人事务局",
        "新型职业农民": "农业农村局",
        "脱贫户": "农业农村局",
        "残疾人": "残联",
        "低保": "民政局",
        "孤儿": "民政局",
    }
    for kind, person, day in city.special:
        cells: Cells = named(person, dice) | {
            "kind": kind,
            "valid_from": day,
            "source_department": departments.get(kind, "人力资源和社会保障局"),
        }
        yield Row(kind, cells, person.key)


def counter_evidence(city: City) -> Rows:
    """外部反证: those who serve in the army with their place reserved, and part-timers at work."""
    dice = city.stream("counter-evidence")
    for spell in city.spells:
        for hold in spell.holds:
            if hold.kind == "reserve":
                cells: Cells = named(spell.person, dice) | {
                    "kind": "现役入伍",
                    "started_on": hold.first_day,
                    "ended_on": None,
                    "detail": "青禾市征兵办公室",
                }
                yield Row("现役入伍", cells, spell.person.key)
        if spell.study_form == "part_time" and spell.entrant == "employee":
            cells = named(spell.person, dice) | {
                "kind": "在职参保",
                "started_on": date(spell.cohort - 2, 1, 1),
                "ended_on": None,
                "detail": "青禾虚构机械有限公司",
            }
            yield Row("在职参保", cells, spell.person.key)
