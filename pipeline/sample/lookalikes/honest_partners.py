"""Sites, partners and blocks of entrants as honest schools have them (SC504, SC505, SC506)."""

from __future__ import annotations

from datetime import date

from pipeline.sample import enrol
from pipeline.sample.lookalikes.odd_recruiting import move_in
from pipeline.sample.people import COUNTIES
from pipeline.sample.stage import Scene, Stage
from pipeline.sample.wrongs.affiliation import (
    afar,
    agree_with,
    approve,
    as_day_pupils,
    charge,
    join_with,
    teach_at,
)
from pipeline.sample.wrongs.recruiting import put_into, recruit

_CLASS, _BLOCK, _BODY = 22, 18, 12


def at_an_approved_site(stage: Stage) -> None:
    """Teach a class at a site approved before it began (X12)."""
    school = stage.new_school("vocational")
    site = f"稻香县虚构{school.code[-3:]}教学点"
    approve(stage, school, site, date(stage.year - 1, 9, 1), None)
    teach_at(recruit(stage, school, stage.year, 6), f"虚构{school.code[-3:]}教学点")
    stage.lawful_school("X12", "SC504", school, "教学点已审批，登记名称略有不同")


def where_the_old_school_stood(stage: Stage) -> None:
    """Teach a class on the campus of a closed school of the city, merged into this one (X10)."""
    closed = stage.dice.pick(stage.city.schools.closed)
    school = closed.successor
    if school is None:
        raise ValueError("a closed school needs its merger")
    teach_at(recruit(stage, school, stage.year, 5), f"{closed.name}校区")
    stage.lawful_school("X10", "SC504", school, "在并入学校的原校址就读")


def on_the_college_campus(stage: Stage) -> None:
    """Teach the last year of a 3+2 programme on the campus of the college (X34)."""
    school = stage.new_school("vocational")
    college = stage.city.schools.higher[0]
    spells = recruit(stage, school, stage.year - 2, 5)
    put_into(spells, school.majors[0])
    for spell in spells:
        spell.segment = "3+2"
    agreement = (school.code, school.majors[0].code, college.code, college.majors[0].code)
    stage.city.agreements.add(agreement)
    teach_at(spells, college.name)
    stage.lawful_school("X34", "SC504", school, "3+2学生最后一年在高校校区就读")


def at_the_partner_school(stage: Stage) -> None:
    """Teach a class at the partner of a joint programme in force (X35)."""
    school, partner = stage.new_school("vocational"), stage.new_school("vocational")
    spells = recruit(stage, school, stage.year, 6)
    agree_with(stage, school, partner.code, "学历教育", date(stage.year + 2, 8, 31))
    join_with(stage, spells, partner.code, "城乡联合")
    teach_at(spells, partner.name)
    stage.lawful_school("X35", "SC504", school, "按协议在合作学校就读")


def boarders_from_afar(stage: Stage) -> None:
    """Recruit a class from another county, all of them in the dormitory."""
    school = stage.new_school("vocational")
    for spell in afar(stage, school, stage.year, _CLASS):
        spell.class_name = f"{stage.year}级综合8班"
    stage.lawful_school("-", "SC504", school, "外县学生整班住校")


def children_of_migrants(stage: Stage) -> None:
    """Recruit a class of children registered elsewhere who live beside the school."""
    school = stage.new_school("vocational")
    spells = afar(stage, school, stage.year, _CLASS)
    for place, spell in enumerate(spells):
        home = spell.person.household
        home.address = f"青禾市{COUNTIES[school.county]}虚构新村{place * 7 + 11}号"
        spell.class_name = f"{stage.year}级综合7班"
    as_day_pupils(stage, spells)
    stage.lawful_school("-", "SC504", school, "随迁子女户籍在外县，家住学校附近")


def an_order_class(stage: Stage) -> None:
    """Train a class with a company that teaches practice; the school recruits and charges (X35)."""
    school = stage.new_school("vocational")
    spells = recruit(stage, school, stage.year, 6)
    code = f"91990101MA{stage.city.population.numbers.serial() % 100_000_000:08d}"
    agree_with(stage, school, code, "企业", date(stage.year + 2, 8, 31))
    join_with(stage, spells, code, "校企合作")
    stage.lawful_school("X35", "SC505", school, "校企合作订单班")


def with_a_school_of_another_province(stage: Stage) -> None:
    """Recruit with a school of another province, known by its code alone (X35)."""
    school = stage.new_school("vocational")
    spells = recruit(stage, school, stage.year, 6)
    code = f"3698{stage.city.population.numbers.serial() % 1_000_000:06d}"
    join_with(stage, spells, code, "东西部联合")
    stage.lawful_school("X35", "SC505", school, "东西部联合招生，合作方为外省中职")


def beds_from_a_company(stage: Stage) -> None:
    """Let a company charge for beds, and a training firm for a course beside school."""
    school = stage.new_school("vocational")
    spells = recruit(stage, school, stage.year, 6)
    charge(stage, spells, "住宿费", "青禾虚构物业服务有限公司")
    charge(stage, spells[:4], "考证培训费", "青禾虚构技能培训中心")
    stage.lawful_school("X29", "SC505", school, "企业收住宿费、培训机构收考证费，均非学费")


def an_agreement_that_ended_in_time(stage: Stage) -> None:
    """Have an agreement with a training body that ended before it was forbidden."""
    school = stage.new_school("vocational")
    recruit(stage, school, stage.year, 5)
    serial = stage.city.population.numbers.serial() % 1_000_000
    agree_with(stage, school, f"52990100MJX{serial:06d}X", "非学历教育", date(stage.year, 7, 31))
    stage.lawful_school("-", "SC505", school, "禁令前已到期的协议")


def a_partner_mistyped(stage: Stage) -> None:
    """Mistype the partner of two students, so that it has the code of a training school."""
    school = stage.new_school("vocational")
    spells = recruit(stage, school, stage.year, 8)
    join_with(stage, spells[:2], "9399000077", "城乡联合")
    stage.lawful_school("-", "SC505", school, "个别学生合作学校代码录入错误")


def registered_after_the_move(stage: Stage) -> None:
    """Register a whole intake in one late session, for nothing but that the office moved."""
    school = stage.new_school("vocational")
    for place, spell in enumerate(recruit(stage, school, stage.year, _BODY)):
        enrol.register_on(spell, date(stage.year, 11, 6), 560 + place)
    stage.lawful_school("-", "SC506", school, "办公搬迁，整批集中注册")


def a_village_block(stage: Stage) -> None:
    """Register adults of one village late and in one session, at their approved site (X12)."""
    school = stage.new_school("vocational")
    recruit(stage, school, stage.year, _BODY)
    site = f"谷丰市虚构{school.code[-3:]}教学点"
    approve(stage, school, site, date(stage.year - 1, 9, 1), None)
    spells = afar(stage, school, stage.year, _BLOCK)
    as_day_pupils(stage, spells)
    teach_at(spells, site)
    for place, spell in enumerate(spells):
        spell.class_name = f"{stage.year}级送教下乡班"
        enrol.register_on(spell, date(stage.year, 11, 6), 600 + place)
    stage.lawful_school("X12", "SC506", school, "已审批乡村教学点整班注册")


def taken_over_in_one_session(stage: Stage) -> None:
    """Take over students of other schools by approved transfer, day pupils, all on one day (X15)."""
    school = stage.new_school("vocational")
    recruit(stage, school, stage.year, _BODY)
    moved = move_in(stage, school, stage.year, _BLOCK)
    as_day_pupils(stage, moved)
    for place, spell in enumerate(moved):
        enrol.register_on(spell, date(stage.year + 1, 3, 6), 600 + place)
    stage.lawful_school("X15", "SC506", school, "成批转入的走读生")


def without_a_dormitory(stage: Stage) -> None:
    """Register an honest intake late, none of them with a bed: the school has no dormitory yet."""
    school = stage.new_school("vocational")
    spells = recruit(stage, school, stage.year, _BODY + 10)
    as_day_pupils(stage, spells)
    for place, spell in enumerate(spells):
        enrol.register_on(spell, date(stage.year, 11, 3), 600 + place)
    stage.lawful_school("-", "SC506", school, "新校尚无宿舍，学生均走读")


SITES: tuple[Scene, ...] = (
    at_an_approved_site,
    where_the_old_school_stood,
    on_the_college_campus,
    at_the_partner_school,
    boarders_from_afar,
    children_of_migrants,
)
PARTNERS: tuple[Scene, ...] = (
    an_order_class,
    with_a_school_of_another_province,
    beds_from_a_company,
    an_agreement_that_ended_in_time,
    a_partner_mistyped,
)
BLOCKS: tuple[Scene, ...] = (
    registered_after_the_move,
    a_village_block,
    taken_over_in_one_session,
    without_a_dormitory,
)
