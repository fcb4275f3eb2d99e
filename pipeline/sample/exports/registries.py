"""The four registries as their exports show them: one row an enrolment."""

from __future__ import annotations

from pipeline.sample.city import City
from pipeline.sample.exports.row import Cells, Row, Rows, month_of
from pipeline.sample.roll import Spell

_HUKOU_KINDS = ("农业户口", "非农业户口")


def _rows(city: City, registry: str) -> list[Spell]:
    return [spell for spell in city.spells if spell.registry == registry and spell.is_delivered]


def _identity(spell: Spell) -> Cells:
    written = spell.written
    return {
        "name": written.name,
        "sex": written.sex,
        "birth_date": written.born_on,
        "id_number": written.id_number,
        "ethnicity": spell.person.ethnicity,
    }


def _copied(spell: Spell, stem: str, cells: Cells) -> Rows:
    for _ in range(spell.copies):
        yield Row(stem, cells, spell.person.key)


def vocational_students(city: City) -> Rows:
    """ZZ: a file for each school."""
    for spell in _rows(city, "vocational"):
        cells = _identity(spell) | _home(spell) | _studies(spell)
        yield from _copied(spell, spell.school.roll_file or spell.school.code, cells)


def _home(spell: Spell) -> Cells:
    """Tell where a vocational student comes from, and who answers for him."""
    person, home = spell.person, spell.person.household
    is_temporary = spell.written.id_number.startswith("999")
    return {
        "former_name": person.former_name if spell.written.name == person.name else "",
        "id_type": "other" if is_temporary else spell.written.id_type,
        "hukou_code": home.division,
        "hukou_kind": _HUKOU_KINDS[len(home.address) % 2],
        "address": home.address,
        "phone": person.phone,
        "guardian_name": home.guardian_name,
        "guardian_id": home.guardian_id,
        "guardian_phone": home.guardian_phone,
        "boarding": "住校" if home.division != spell.school.county else "走读",
        "poverty_flag": int(person.key[1:]) % 11 == 0,
        "aid_card": person.card,
    }


def _studies(spell: Spell) -> Cells:
    """Tell what a vocational student studies, where, since when and for how long."""
    major = spell.major
    return {
        "student_no": spell.student_no,
        "school_code": spell.school.code,
        "school_name": spell.school.name,
        "teaching_site": spell.site,
        "grade": str(spell.cohort),
        "class_name": spell.class_name,
        "major_code": major.code if major else "",
        "major_name": major.name if major else "",
        "program_years": spell.years,
        "study_form": spell.study_form,
        "entrant_type": spell.entrant,
        "entry_month": month_of(spell.entered_on),
        "joint_kind": "非联招",
        "segment_mode": spell.segment,
        "exam_no": spell.exam_no,
        "origin_school": spell.origin,
        "status": spell.status,
        "registered_at": spell.registered_at,
        "expected_end": month_of(spell.expected_end),
        "left_on": spell.left_on,
    }


def technical_students(city: City) -> Rows:
    """JG: a file for each school; no 学籍号 of the education side, guardians by hand."""
    for spell in _rows(city, "technical"):
        person, home, school = spell.person, spell.person.household, spell.school
        certificate = city.certificates.get(spell)
        cells: Cells = _identity(spell) | {
            "student_no": spell.student_no,
            "hukou_kind": _HUKOU_KINDS[len(home.address) % 2],
            "hukou_code": home.division,
            "entrant_type": spell.entrant,
            "level": spell.level,
            "school_code": school.code,
            "school_name": school.name,
            "major_code": spell.major.code if spell.major else "",
            "major_name": spell.major.name if spell.major else "",
            "program_years": spell.years,
            "study_form": spell.study_form,
            "entry_month": month_of(spell.entered_on),
            "entry_season": "秋" if spell.entered_on.month >= 7 else "春",
            "class_name": spell.class_name,
            "status": spell.status,
            "tuition_waived": spell.draws_waiver,
            "grant_aided": spell.draws_grant,
            "aid_card": person.card if spell.draws_grant else "",
            "guardian_name": home.guardian_name if spell.has_guardian else "",
            "guardian_phone": home.guardian_phone if spell.has_guardian else "",
            "phone": person.phone if spell.has_own_phone else "",
            "exam_no": spell.exam_no,
            "registered_at": spell.registered_at,
            "expected_end": month_of(spell.expected_end),
            "left_on": spell.left_on,
            "certificate_no": certificate.number if certificate else "",
        }
        yield from _copied(spell, school.roll_file or school.code, cells)


def k12_students(city: City) -> Rows:
    """K9 and GH: a file for each county and stage."""
    for spell in _rows(city, "k12"):
        person, home, school = spell.person, spell.person.household, spell.school
        cells: Cells = _identity(spell) | {
            "student_no": spell.student_no,
            "former_name": person.former_name if spell.written.name == person.name else "",
            "id_type": "resident",
            "hukou_code": home.division,
            "school_code": school.code,
            "school_name": school.name,
            "stage": spell.stage,
            "grade": f"{spell.cohort}级",
            "class_name": spell.class_name,
            "entry_month": month_of(spell.entered_on),
            "student_source": "正常入学",
            "status": spell.status,
            "phone": home.guardian_phone,
            "guardian_name": home.guardian_name,
            "guardian_phone": home.guardian_phone,
            "address": home.address,
            "exam_area_code": home.division if spell.stage == "high" else "",
            "registered_at": spell.registered_at,
            "left_on": spell.left_on,
        }
        yield from _copied(spell, f"{school.county}_{spell.stage}", cells)


def higher_students(city: City) -> Rows:
    """HE: a file for each college, headings in pinyin initials, school codes of five digits."""
    for spell in _rows(city, "higher"):
        cells: Cells = _identity(spell) | {
            "student_no": spell.student_no,
            "exam_no": spell.exam_no,
            "school_code": spell.school.registry_code,
            "school_name": spell.school.name,
            "major_code": spell.major.code if spell.major else "",
            "major_name": spell.major.name if spell.major else "",
            "level": spell.level,
            "study_form": spell.study_form,
            "program_years": str(spell.years),
            "entry_date": spell.entered_on,
            "expected_end": spell.expected_end,
            "status": spell.status,
            "left_on": spell.left_on,
        }
        yield from _copied(spell, spell.school.registry_code, cells)
