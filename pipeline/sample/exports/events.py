"""What happens in school years: changes, term registrations, attendance, placements, certificates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipeline.sample.city import City
from pipeline.sample.exports.row import Cells, Row, Rows, month_of, named
from pipeline.sample.roll import Change, Spell
from pipeline.sample.terms import Term, terms_between

_MONTHS = (9, 10, 11, 12, 1, 3)
_REGISTRIES = ("vocational", "technical")


def status_changes(city: City) -> Rows:
    """学籍异动: a file for each registry and county."""
    for change in city.changes:
        spell = change.spell
        if not spell.is_delivered:
            continue
        cells: Cells = {
            "registry": spell.registry,
            "student_no": spell.student_no,
            "name": spell.written.name,
            "id_number": spell.written.id_number,
            "change_type": change.kind,
            "reason": change.reason,
            "changed_on": change.changed_on,
            "recorded_on": change.recorded_on,
            "review_status": change.review,
            "from_school_code": change.from_school.code if change.from_school else "",
            "to_school_code": change.to_school.code if change.to_school else "",
            "from_major_code": _major_of(change) if change.kind == "change_major" else "",
            "from_grade": change.from_grade,
            "to_grade": change.to_grade,
            "suspended_from": change.suspended_from,
            "suspended_until": change.suspended_until,
        }
        yield Row(f"{spell.registry}_{spell.school.county}", cells, spell.person.key)


def _major_of(change: Change) -> str:
    return change.spell.major.code if change.spell.major else ""


def _present(city: City, first_day: date, last_day: date) -> Iterator[Spell]:
    """List the full-time vocational and technical spells that cover both days."""
    for spell in city.spells:
        if spell.registry not in _REGISTRIES or not spell.is_delivered:
            continue
        if spell.study_form != "full_time" or spell.first_day > first_day:
            continue
        if spell.left_on is not None and spell.left_on <= last_day:
            continue
        if spell.seen_until is not None and spell.seen_until < last_day:
            continue
        if not any(
            hold.first_day <= last_day and (hold.last_day or last_day) >= first_day
            for hold in spell.holds
        ):
            yield spell


def term_registrations(city: City) -> Rows:
    """学期注册 of the last two school years: a file for each term."""
    for term in terms_between(Term(city.year - 1, 0), Term(city.year, 1)):
        settled = date(term.first_day.year, term.first_day.month, 20)
        for spell in _present(city, settled, settled):
            cells: Cells = {
                "registry": spell.registry,
                "school_year": term.school_year,
                "term": term.name,
                "student_no": spell.student_no,
                "school_code": spell.school.code,
                "registration": "已注册",
                "registered_at": settled,
            }
            yield Row(f"{term.school_year}_{term.name}", cells, spell.person.key)


def attendance(city: City) -> Rows:
    """考勤月汇总 of this school year: a file for each month."""
    dice = city.stream("attendance")
    for month in _MONTHS:
        year = city.year if month >= 9 else city.year + 1
        first_day, last_day = date(year, month, 1), date(year, month, 28)
        if last_day > city.as_of:
            continue
        for spell in _present(city, first_day, last_day):
            due, absent = 120, dice.between(0, 3)
            excused = dice.between(0, 6)
            cells: Cells = {
                "registry": spell.registry,
                "student_no": spell.student_no,
                "school_code": spell.school.code,
                "month": month_of(first_day),
                "periods_due": due,
                "periods_present": due - absent - excused,
                "periods_excused": excused,
                "periods_absent": absent,
                "longest_absence": 1 if absent else 0,
            }
            yield Row(str(month_of(first_day)), cells, spell.person.key)


def internships(city: City) -> Rows:
    """岗位实习台账: third-year students from February on."""
    for spell in _present(city, date(city.year + 1, 2, 1), date(city.year + 1, 3, 1)):
        if spell.registry == "vocational" and spell.cohort == city.year - 2:
            cells: Cells = {
                "student_no": spell.student_no,
                "school_code": spell.school.code,
                "employer": f"青禾虚构第{int(spell.person.key[1:]) % 20 + 1}工厂有限公司",
                "started_on": date(city.year + 1, 2, 20),
                "ended_on": date(city.year + 1, 6, 20),
            }
            yield Row(str(city.year + 1), cells, spell.person.key)


def graduates(city: City) -> Rows:
    """毕业生统一查询平台: a file for each year, secondary and technical schools, colleges."""
    for spell, certificate in city.certificates.items():
        if certificate.graduated_on > city.as_of:
            continue
        cells: Cells = {
            "registry": spell.registry,
            "certificate_no": certificate.number,
            "name": spell.written.name,
            "sex": spell.written.sex,
            "id_number": spell.written.id_number,
            "school_code": spell.school.code,
            "major_name": spell.major.name if spell.major else "",
            "level": spell.level or "中专",
            "entry_month": month_of(spell.entered_on),
            "graduated_on": certificate.graduated_on,
            "certificate_kind": certificate.kind,
        }
        yield Row(str(certificate.graduated_on.year), cells, spell.person.key)


def admissions(city: City) -> Rows:
    """招生录取: a file for each year of the window."""
    dice = city.stream("admissions")
    kinds = {"high": "普通高中", "vocational": "中职", "technical": "技工"}
    for admission in city.admissions:
        spell = admission.spell
        if admission.year < city.first_year:
            continue
        cells: Cells = named(spell.person, dice) | {
            "year": admission.year,
            "exam_no": admission.exam_no,
            "sex": spell.person.sex,
            "origin_school": spell.origin,
            "entrant_type": spell.entrant,
            "exam_area_code": spell.person.household.division,
            "admitted_as": kinds[spell.stage],
            "school_code": spell.school.code,
            "major_code": spell.major.code if spell.major else "",
            "admitted_on": admission.admitted_on,
            "admission_status": "已录取",
        }
        yield Row(str(admission.year), cells, spell.person.key)


def volunteers(city: City) -> Rows:
    """志愿填报日志 of this year: three choices, the admitted school among them."""
    dice = city.stream("volunteers")
    choices = [*city.schools.high, *city.schools.vocational, *city.schools.technical]
    for admission in city.admissions:
        if admission.year != city.year:
            continue
        wanted = [admission.spell.school.code, dice.pick(choices).code, dice.pick(choices).code]
        cells: Cells = {
            "year": admission.year,
            "exam_no": admission.exam_no,
            "origin_school": admission.spell.origin,
            "class_name": f"九年级{dice.between(1, 8)}班",
            "choice_list": ";".join(dice.shuffled(wanted)),
            "filed_at": dice.day(date(city.year, 6, 26), date(city.year, 7, 2)),
            "filed_ip": f"10.99.{dice.between(0, 255)}.{dice.between(1, 254)}",
        }
        yield Row(str(admission.year), cells, admission.spell.person.key)
