"""Rows that scenes deliver beside the usual ones: training, awards, certificates, outside lists."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.sample import enrol
from pipeline.sample.exports.row import Cell, Cells, Row
from pipeline.sample.people import Person
from pipeline.sample.roll import Spell
from pipeline.sample.schools import School
from pipeline.sample.stage import Stage

SUBSIDY = 1200
_CONTEST_SCHOOL = "江城区虚构竞赛职业学校"
_CONTEST_COUNTY = "990201"  # bound by the award tariff


def course(stage: Stage, first_day: date, days: int = 21, **given: Cell) -> Cells:
    """Plan a training class, every stage in order; the same cells for all its trainees."""
    number = stage.city.population.numbers.serial()
    last_day = first_day + timedelta(days=days - 1)
    cells: Cells = {
        "class_no": f"PX{first_day.year}S{number:06d}",
        "institution_code": f"52990100MJX8{number % 9 + 1:05d}X",
        "institution_name": f"青禾虚构技能培训中心{number % 9 + 1}",
        "occupation": "保育师",
        "skill_level": "初级",
        "started_on": first_day,
        "ended_on": last_day,
        "hours": 6 * days - 6,
        "trainee_kind": "农村转移就业劳动者",
        "enrolled_on": first_day - timedelta(days=6),
        "assessed_on": last_day + timedelta(days=4),
        "assessment": "合格",
        "employer": "青禾虚构托育有限公司",
        "employed_on": last_day + timedelta(days=20),
        "amount": SUBSIDY,
        "paid_on": last_day + timedelta(days=14),
    }
    return cells | given


def train(stage: Stage, person: Person, planned: Cells, **given: Cell) -> None:
    """Seat a person in a class, with what is told otherwise of this trainee; `copy` names another list."""
    seat = stage.city.population.numbers.serial()
    stem = str(given.pop("copy", planned["class_no"]))
    cells: Cells = planned | {
        "name": person.name,
        "id_number": person.id_number,
        "phone": person.phone,
        "certificate_no": f"PXZS9{seat:08d}",
        "account_no": person.card,
    }
    stage.more("training_subsidies", Row(f"S{stem[-1]}", cells | given, person.key))


def classmates(stage: Stage, planned: Cells, count: int = 3) -> None:
    """Fill a class with adults of whom nothing is wrong."""
    for _ in range(count):
        train(stage, stage.city.population.adult(stage.year), planned)


def elsewhere(
    stage: Stage,
    person: Person,
    kind: str,
    days: tuple[date, date | None],
    detail: str = "青禾市虚构名单",
) -> None:
    """Put a person on an outside office's list: dead, in prison, in the army, at work."""
    cells: Cells = {
        "kind": kind,
        "name": person.name,
        "id_number": person.id_number,
        "started_on": days[0],
        "ended_on": days[1],
        "detail": detail,
    }
    stage.more("counter_evidence", Row(kind, cells, person.key))


def contest_school(stage: Stage) -> School:
    """Give the school of the neighbouring city whose law pays winners by a tariff; founded once."""
    for school in stage.city.schools.founded:
        if school.name == _CONTEST_SCHOOL:
            return school
    return stage.new_school("vocational", name=_CONTEST_SCHOOL, county=_CONTEST_COUNTY)


def contestant(stage: Stage, cohort: int | None = None) -> Spell:
    """Enrol a student who goes in for contests."""
    cohort = stage.year - 1 if cohort is None else cohort
    return enrol.enter_vocational(stage.city, stage.pupil(cohort), cohort, contest_school(stage))


def award(stage: Stage, person: Person, prize: tuple[str, str, int], **given: Cell) -> None:
    """Pay a prize (level, prize, yuan), approved in time; `copy` names another list."""
    level, won, amount = prize
    stem = str(given.pop("copy", "市人社局"))
    cells: Cells = {
        "year": stage.year,
        "level": level,
        "organiser_kind": "职业院校技能大赛",
        "event": "移动应用开发",
        "prize": won,
        "role": "参赛学生",
        "name": person.name,
        "id_number": person.id_number,
        "school_code": contest_school(stage).code,
        "held_on": date(stage.year, 5, 20),
        "amount": amount,
        "approval_no": f"江人社批〔{stage.year}〕7号",
        "approved_on": date(stage.year, 6, 10),
        "paid_on": date(stage.year, 6, 20),
    }
    stage.more("competition_awards", Row(f"{stage.year}_{stem}", cells | given, person.key))


def skill_certificate(stage: Stage, person: Person, school: School, **given: Cell) -> str:
    """List a skill certificate of a person at a school; give its number."""
    number = f"1X9{stage.city.population.numbers.serial():09d}"
    cells: Cells = {
        "kind": "技能等级证书",
        "certificate_no": number,
        "issuer": "青禾虚构评价组织",
        "occupation": "母婴护理",
        "skill_level": "初级",
        "name": person.name,
        "id_number": person.id_number,
        "school_code": school.code,
        "assessed_on": date(stage.year, 11, 25),
        "issued_on": date(stage.year, 12, 28),
        "credits": None,
    }
    stage.more("skill_certificates", Row(str(stage.year), cells | given, person.key))
    return str(given.get("certificate_no", number))


def credit(stage: Stage, person: Person, school: School, number: str) -> None:
    """Convert a certificate into credits at a school."""
    skill_certificate(
        stage,
        person,
        school,
        kind="学分转换",
        certificate_no=number,
        assessed_on=None,
        issued_on=date(stage.year + 1, 1, 10),
        credits="2",
    )


def diploma(stage: Stage, spell: Spell, day: date, kind: str = "毕业") -> None:
    """List a certificate of the query platform for what a spell says, whatever the registry knows."""
    serial = stage.city.population.numbers.serial()
    cells: Cells = {
        "registry": spell.registry,
        "certificate_no": f"{spell.school.code[-5:]}{day.year}{serial:07d}",
        "name": spell.written.name,
        "sex": spell.written.sex,
        "id_number": spell.written.id_number,
        "school_code": spell.school.code,
        "major_name": spell.major.name if spell.major else "",
        "level": spell.level or "中专",
        "entry_month": spell.entered_on.year * 100 + spell.entered_on.month,
        "graduated_on": day,
        "certificate_kind": kind,
    }
    stage.more("graduates", Row(str(day.year), cells, spell.person.key))
