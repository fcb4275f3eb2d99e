"""SC504, SC505 and SC506: sites nobody approved, partners without a licence, blocks of their clients (P03)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pipeline.sample import enrol
from pipeline.sample.corrections import reword
from pipeline.sample.exports.row import Cells, Row
from pipeline.sample.people import COUNTIES
from pipeline.sample.roll import Spell
from pipeline.sample.schools import School
from pipeline.sample.stage import Scene, Stage
from pipeline.sample.wrongs.recruiting import accuse, recruit

_CLASS, _BLOCK, _BODY = 24, 26, 40


def teach_at(spells: Sequence[Spell], site: str) -> None:
    """Teach students at a site off campus."""
    for spell in spells:
        spell.site = site


def approve(stage: Stage, school: School, site: str, first: date, last: date | None) -> None:
    """Put a site on the list of those approved."""
    cells: Cells = {
        "school_code": school.code,
        "site_name": site,
        "region_code": school.county,
        "approval_no": f"青教职成〔{first.year}〕{stage.dice.between(2, 60)}号",
        "valid_from": first,
        "valid_to": last,
    }
    stage.more("teaching_sites", Row("校外教学点", cells, ""))


def afar(stage: Stage, school: School, cohort: int, count: int) -> list[Spell]:
    """Enter pupils who all live in one other county of the city."""
    home = next(code for code in COUNTIES if code != school.county)
    spells = []
    for _ in range(count):
        pupil = stage.city.population.pupil(cohort, division=home)
        enrol.enter_junior(stage.city, pupil, cohort)
        spells.append(enrol.enter_vocational(stage.city, pupil, cohort, school))
    return spells


def as_day_pupils(stage: Stage, spells: Sequence[Spell]) -> None:
    """Say of students who live far away that they have no bed at school."""
    for spell in spells:
        told: Cells = {"student_no": spell.student_no, "school_code": spell.school.code}
        reword(stage, "vocational_students", told, {"boarding": "走读"})


def at_a_site_on_no_list(stage: Stage) -> None:
    """Teach entrants at a place for which nobody gave leave."""
    school = stage.new_school("vocational")
    spells = recruit(stage, school, stage.year, stage.dice.between(5, 12))
    teach_at(spells[1:], f"外市虚构第{stage.dice.between(2, 90)}教学点")
    stage.school_wrong("SC504", school, stage.year, "教学点未经审批")


def after_the_approval_ended(stage: Stage) -> None:
    """Send new entrants to a site whose approval ended the summer before."""
    school = stage.new_school("vocational")
    site = f"稻香县虚构{school.code[-3:]}教学点"
    approve(stage, school, site, date(stage.year - 4, 9, 1), date(stage.year, 7, 31))
    teach_at(recruit(stage, school, stage.year, 8), site)
    stage.school_wrong("SC504", school, stage.year, "教学点审批到期后仍安排新生就读")


def before_the_approval_came(stage: Stage) -> None:
    """Begin to teach at a site months before its approval."""
    school = stage.new_school("vocational")
    site = f"谷丰市虚构{school.code[-3:]}教学点"
    approve(stage, school, site, date(stage.year + 1, 1, 5), None)
    teach_at(recruit(stage, school, stage.year, 8), site)
    stage.school_wrong("SC504", school, stage.year, "先办学后审批")


def a_class_that_lives_elsewhere(stage: Stage) -> None:
    """Register a class as if on campus whose day pupils all live in another county."""
    school = stage.new_school("vocational")
    recruit(stage, school, stage.year, 20)
    spells = afar(stage, school, stage.year, _CLASS)
    for spell in spells:
        spell.class_name = f"{stage.year}级综合9班"
    as_day_pupils(stage, spells)
    stage.school_wrong("SC504", school, stage.year, "整班走读生户籍均在外县，未登记教学点")


def training_body(stage: Stage) -> tuple[str, str]:
    """Found a training school, on the list of schools as what it is: its code and name."""
    serial = stage.city.population.numbers.serial() % 900_000 + 10_000
    code, name = f"9399{serial:06d}", f"青禾虚构技能培训学校{serial}"
    cells: Cells = {
        "school_code": code,
        "school_name": name,
        "kind": "training",
        "owner": "民办",
        "region_code": "990103",
        "region_name": COUNTIES["990103"],
        "department": "人社",
        "valid_from": date(2012, 3, 1),
    }
    stage.more("schools", Row("学校名录", cells, ""))
    return code, name


def join_with(stage: Stage, spells: Sequence[Spell], code: str, kind: str) -> None:
    """Name the partner with which students were recruited."""
    for spell in spells:
        told: Cells = {"student_no": spell.student_no, "school_code": spell.school.code}
        anew: Cells = {"joint_kind": kind, "joint_school_code": code}
        reword(stage, "vocational_students", told, anew)


def agree_with(stage: Stage, school: School, code: str, kind: str, last: date) -> None:
    """Put an agreement on the list of joint programmes."""
    cells: Cells = {
        "school_code": school.code,
        "partner_code": code,
        "partner_kind": kind,
        "valid_from": date(stage.year - 3, 9, 1),
        "valid_to": last,
    }
    stage.more("joint_programs", Row("联合办学协议", cells, ""))


def charge(stage: Stage, spells: Sequence[Spell], item: str, payee: str) -> None:
    """Let a body charge the families of students who draw no waiver."""
    for spell in spells:
        spell.draws_waiver = False
        cells: Cells = {
            "school_code": spell.school.code,
            "student_no": spell.student_no,
            "school_year": f"{spell.cohort}-{spell.cohort + 1}",
            "fee_item": item,
            "amount": 900,
            "receipt_no": f"98{int(spell.person.key[1:]):07d}{len(item)}",
            "charged_on": date(spell.cohort, 9, 6),
            "payee": payee,
        }
        stage.more("fee_receipts", Row(str(spell.cohort), cells, spell.person.key))


def recruited_with_a_training_school(stage: Stage) -> None:
    """Register entrants whom a training school found and teaches."""
    school = stage.new_school("vocational")
    spells = recruit(stage, school, stage.year, 8)
    join_with(stage, spells, training_body(stage)[0], "联合招生")
    accuse(stage, "SC505", school, spells, "以培训机构为联招合作方注册新生")


def tuition_for_a_training_school(stage: Stage) -> None:
    """Register a training school's clients: it takes the tuition, the school draws the grant."""
    school = stage.new_school("vocational")
    spells = recruit(stage, school, stage.year, 8)
    code, name = training_body(stage)
    join_with(stage, spells, code, "联合招生")
    charge(stage, spells, "学费", name)
    for spell in spells:
        spell.draws_grant = True
    accuse(stage, "SC505", school, spells, "培训机构收取学费，学校以其名义领取助学金")


def an_agreement_with_a_training_body(stage: Stage) -> None:
    """Sign with a body that the agreement itself calls non-academic."""
    school = stage.new_school("vocational")
    recruit(stage, school, stage.year, 6)
    serial = stage.city.population.numbers.serial() % 1_000_000
    code = f"52990100MJX{serial:06d}X"
    agree_with(stage, school, code, "非学历教育", date(stage.year + 2, 8, 31))
    stage.school_wrong("SC505", school, stage.year, "与非学历教育机构签订的联合办学协议仍在有效期")


def _clients(stage: Stage, school: School) -> list[Spell]:
    """Register a body's clients in one late session, day pupils of another county, unaided but for a few."""
    spells = afar(stage, school, stage.year, _BLOCK)
    as_day_pupils(stage, spells)
    for place, spell in enumerate(spells):
        enrol.register_on(spell, date(stage.year, 11, 7), 600 + place)
        spell.draws_grant, spell.draws_waiver = False, place % 3 == 0
    return spells


def _number_temporarily(stage: Stage, spells: Sequence[Spell]) -> None:
    for spell in spells:
        serial = stage.city.population.numbers.serial() % 100000
        spell.written.id_number = f"999{spell.school.code}{serial:05d}"
        spell.written.id_type = "other"


def a_body_with_its_own_site(stage: Stage) -> None:
    """Register the clients of a body that teaches them at its own place, under temporary numbers."""
    school = stage.new_school("vocational")
    recruit(stage, school, stage.year, _BODY)
    spells = _clients(stage, school)
    _number_temporarily(stage, spells)
    teach_at(spells, f"外市虚构职业培训中心{school.code[-3:]}")
    stage.school_wrong("SC504", school, stage.year, "挂靠机构的办学点未经审批")
    accuse(
        stage, "SC506", school, spells, "培训机构整批挂靠：自有办学点、临时号、集中迟报、异地走读"
    )


def a_class_on_five_phones(stage: Stage) -> None:
    """Register the clients of an agency in a class of their own, reached at its five telephones."""
    school = stage.new_school("vocational")
    recruit(stage, school, stage.year, _BODY)
    spells = _clients(stage, school)
    phones = [stage.city.population.numbers.phone() for _ in range(5)]
    for place, spell in enumerate(spells):
        spell.person.phone = spell.person.household.guardian_phone = phones[place % 5]
        spell.class_name = f"{stage.year}级综合6班"
    stage.school_wrong("SC504", school, stage.year, "挂靠班走读生户籍均在外县，未登记教学点")
    accuse(stage, "SC506", school, spells, "中介整班挂靠：五个电话、集中迟报、异地走读")


def clients_on_three_cards(stage: Stage) -> None:
    """Register the clients of a body in all classes, under temporary numbers and with its three cards."""
    school = stage.new_school("vocational")
    recruit(stage, school, stage.year, _BODY)
    spells = _clients(stage, school)
    _number_temporarily(stage, spells)
    cards = [stage.city.population.numbers.card() for _ in range(3)]
    for place, spell in enumerate(spells):
        spell.person.card = cards[place % 3]
        spell.draws_waiver = False
    accuse(stage, "SC506", school, spells, "整批挂靠：临时号、三张资助卡、集中迟报、异地走读")


SITES: tuple[Scene, ...] = (
    at_a_site_on_no_list,
    after_the_approval_ended,
    before_the_approval_came,
    a_class_that_lives_elsewhere,
)
PARTNERS: tuple[Scene, ...] = (
    recruited_with_a_training_school,
    tuition_for_a_training_school,
    an_agreement_with_a_training_body,
)
BLOCKS: tuple[Scene, ...] = (
    a_body_with_its_own_site,
    a_class_on_five_phones,
    clients_on_three_cards,
)
