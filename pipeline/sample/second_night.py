"""The day after: one correction, one new delivery, one file gone, and four deliveries that are no good."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from pipeline.sample import aid
from pipeline.sample.city import City
from pipeline.sample.roll import Spell, Wrong
from pipeline.sample.terms import Term

CORRECTED = "withdrew_on_paper_alone"
ENTERED_LATE = "closed_a_year_later"
NEW_AID = "paid_this_spring"
VANISHED = "rejected_registrations"
DELIVERED_AGAIN = ("vocational_students", "aid_payments")


def live_on(city: City) -> None:
    """Let the day pass: a school corrects a record, a county delivers the aid of this spring."""
    city.as_of += timedelta(days=1)
    _correct(city)
    _pay_this_spring(city)


def _correct(city: City) -> None:
    """Close the record of the student who withdrew on paper alone: that case is gone, the lateness remains."""
    wrong = next(wrong for wrong in city.wrongs if wrong.scene == CORRECTED)
    spell = _spell_of(city, wrong)
    spell.status, spell.left_on = "withdrawn", spell.truly_ended_on
    city.wrongs.remove(wrong)
    story = "退学近一年后才在学籍系统中办结，此前名册一直显示在读"
    late = Wrong("RD207", "person", story, wrong.people, spell.school, scene=ENTERED_LATE)
    city.wrongs.append(late)


def _pay_this_spring(city: City) -> None:
    """Deliver one county's waivers of this spring, one of them for a student who left in autumn."""
    term = Term(city.year, 1)
    left = next(
        spell
        for spell in city.spells
        if spell.registry == "vocational"
        and spell.status == "withdrawn"
        and spell.left_on is not None
        and date(city.year, 10, 1) < spell.left_on < date(city.year + 1, 1, 31)
        and not any(spell.person in wrong.people for wrong in city.wrongs)
        and sum(other.person is spell.person for other in city.spells) <= 2
    )
    county = left.school.county
    present = [
        spell
        for spell in city.spells
        if spell.registry == "vocational"
        and spell.is_delivered
        and spell.school.county == county
        and spell.status == "active"
        and spell.is_open
        and spell.draws_waiver
        and spell.truly_ended_on is None
        and 2 * (city.year - spell.cohort) + 1 < 6
        and not any(spell.person in wrong.people for wrong in city.wrongs)
    ]
    for spell in [*present, left]:
        line = aid.line(spell, term, "tuition_waiver")
        line.paid_on = city.as_of - timedelta(days=4)
        city.aid.append(line)
    story = "秋季已退学，本春季仍发放免学费"
    wrong = Wrong("SA401", "person", story, (left.person,), left.school, scene=NEW_AID)
    wrong.amount_paid = aid.TERM_AMOUNT
    city.wrongs.append(wrong)


def _spell_of(city: City, wrong: Wrong) -> Spell:
    person = wrong.people[0]
    return next(
        spell for spell in city.spells if spell.person is person and spell.school is wrong.school
    )


def spoil(exports: Path) -> None:
    """Add what goes wrong with deliveries: no workbook, a column missing, no such source, no such day."""
    bad_workbook = exports / "technical_students" / "JG99002_补报.xlsx"
    bad_workbook.write_text("这不是工作簿，是误存的文本文件。\n", encoding="utf-8")
    missing = exports / "admissions" / "2023_补录.csv"
    missing.write_text("年度,姓名,身份证号\n2023,虚构乙,990102200805010021\n", encoding="utf-8")
    unknown = exports / "teacher_roster"
    unknown.mkdir(exist_ok=True)
    (unknown / "2024.csv").write_text("姓名,任教学校\n虚构丙,青禾虚构学校\n", encoding="utf-8")
    no_such_day = exports / "special_statuses" / "退役军人_补充.csv"
    no_such_day.write_text(
        "类别,姓名,身份证号,认定日期,认定部门\n"
        "退役军人,虚构丁,990103199803120017,2023-02-30,退役军人事务局\n",
        encoding="utf-8",
    )
