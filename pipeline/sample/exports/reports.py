"""Reports and clues: monthly and yearly reports, complaints, rejected registrations, 1+X certificates."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

from pipeline.sample.city import City
from pipeline.sample.exports.row import Cells, Row, Rows, month_of, named


def monthly_reports(city: City) -> Rows:
    """招生情况统计表: August to November, cumulative, on the twentieth."""
    registered: dict[str, list[date]] = defaultdict(list)
    for spell in city.spells:
        if spell.registry == "vocational" and spell.cohort == city.year and spell.is_delivered:
            registered[spell.school.code].append(spell.registered_at.date())
    for code, days in sorted(registered.items()):
        for month in (8, 9, 10, 11):
            reported_on = date(city.year, month, 20)
            cells: Cells = {
                "report_month": month_of(reported_on),
                "school_code": code,
                "planned": city.places_planned,
                "admitted": len(days),
                "registered": sum(day <= reported_on for day in days),
                "reported_on": reported_on,
                "stamped": True,
            }
            yield Row(str(city.year), cells, "")


def quality_reports(city: City) -> Rows:
    """质量年报: heads and graduates as the registry has them."""
    enrolled = Counter(
        s.school.code
        for s in city.spells
        if s.registry == "vocational" and s.is_open and s.is_delivered
    )
    done = Counter(
        spell.school.code
        for spell, certificate in city.certificates.items()
        if spell.registry == "vocational" and certificate.graduated_on.year == city.year
    )
    founded = (school for school in city.schools.founded if school.kind == "vocational")
    for school in (*city.schools.vocational, *founded):
        cells: Cells = {
            "year": city.year,
            "school_code": school.code,
            "enrolled": enrolled[school.code],
            "graduates": done[school.code],
            "trainees": 200,
        }
        yield Row(str(city.year), cells, "")


def complaints(city: City) -> Rows:
    """举报线索: a handful, most of them unfounded."""
    dice = city.stream("complaints")
    for number in range(max(2, city.students // 4000)):
        cells: Cells = {
            "received_on": dice.day(date(city.year, 9, 1), city.as_of),
            "channel": dice.pick(("电话", "来信", "网络")),
            "school_code": dice.pick(city.schools.vocational).code,
            "topic": dice.pick(("虚假招生", "有偿招生", "空挂学籍", "违规收费")),
            "outcome": "不属实" if number % 2 else "办理中",
        }
        yield Row(str(city.year), cells, "")


def rejected_registrations(city: City) -> Rows:
    """查重驳回: applications that the check for duplicates turned down."""
    dice = city.stream("rejections")
    held = [s for s in city.spells if s.stage == "high" and s.cohort == city.year and s.is_open]
    for spell in held[:: max(1, len(held) // max(3, city.students // 3000))]:
        cells: Cells = named(spell.person, dice) | {
            "registry": "vocational",
            "school_code": dice.pick(city.schools.vocational).code,
            "applied_on": dice.day(date(city.year, 9, 10), date(city.year, 10, 20)),
            "reason": "与在籍普通高中学生重复",
            "held_by_school": spell.school.code,
        }
        yield Row(str(city.year), cells, spell.person.key)


def skill_certificates(city: City) -> Rows:
    """1+X 证书: third-year students."""
    dice = city.stream("skill certificates")
    for spell in city.spells:
        if spell.registry != "vocational" or spell.cohort != city.year - 2 or not spell.is_open:
            continue
        if int(spell.person.key[1:]) % 4 or spell.seen_until is not None:
            continue
        cells: Cells = named(spell.person, dice) | {
            "kind": "技能等级证书",
            "certificate_no": f"1X{city.year}{int(spell.person.key[1:]):07d}",
            "issuer": "青禾虚构评价组织",
            "occupation": spell.major.name if spell.major else "",
            "skill_level": "初级",
            "school_code": spell.school.code,
            "assessed_on": date(city.year, 11, 25),
            "issued_on": date(city.year, 12, 28),
            "credits": None,
        }
        yield Row(str(city.year), cells, spell.person.key)
