"""What the school's lists say of a student who is not in class."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from pipeline.sample import enrol
from pipeline.sample.exports.row import Cells, Row
from pipeline.sample.roll import Spell
from pipeline.sample.stage import Stage
from pipeline.sample.terms import Term, terms_between

DUE = 120  # lessons a month
_POSTED_WITHIN = timedelta(days=30)  # a departure is entered
_SILENT_MONTHS = 2  # are thirty days of school
_MATES = 2


class Lessons(NamedTuple):
    """What a student's lessons of a month came to."""

    present: int = 0
    excused: int = 0
    absent: int = 0
    longest: int = 0  # days running without leave


def listed_months(stage: Stage) -> list[int]:
    """List the months for which attendance is delivered, YYYYMM, oldest first."""
    year = stage.year
    return [
        *(year * 100 + month for month in (9, 10, 11, 12)),
        *((year + 1) * 100 + m for m in (1, 3)),
    ]


def note_month(stage: Stage, spell: Spell, month: int, lessons: Lessons) -> None:
    """Put a row of the student's into the attendance list of a month."""
    cells: Cells = {
        "registry": spell.registry,
        "student_no": spell.student_no,
        "school_code": spell.school.code,
        "month": month,
        "periods_due": DUE,
        "periods_present": lessons.present,
        "periods_excused": lessons.excused,
        "periods_absent": lessons.absent,
        "longest_absence": lessons.longest,
    }
    stage.more("attendance", Row(str(month), cells, spell.person.key))


def note_term(stage: Stage, spell: Spell, term: Term, registration: str) -> None:
    """Put a row of the student's into the list of a term's registrations."""
    cells: Cells = {
        "registry": spell.registry,
        "school_year": term.school_year,
        "term": term.name,
        "student_no": spell.student_no,
        "school_code": spell.school.code,
        "registration": registration,
        "registered_at": _settled(term) if registration == "已注册" else None,
    }
    stage.more(
        "term_registrations",
        Row(f"{term.school_year}_{term.name}", cells, spell.person.key),
    )


def note_placement(stage: Stage, spell: Spell, first: date, last: date) -> None:
    """Put a placement at a firm into the school's ledger."""
    cells: Cells = {
        "student_no": spell.student_no,
        "school_code": spell.school.code,
        "employer": "青禾虚构装配有限公司",
        "started_on": first,
        "ended_on": last,
    }
    stage.more("internships", Row(str(stage.year + 1), cells, spell.person.key))


def student(stage: Stage, kind: str, cohort: int) -> Spell:
    """Enrol a pupil in a class with others who are always there; unaided."""
    enter = enrol.enter_technical if kind == "technical" else enrol.enter_vocational
    school = stage.strict_school(kind)
    spell = enter(stage.city, stage.pupil(cohort), cohort, school)
    spell.draws_waiver = spell.draws_grant = False
    for _ in range(_MATES):
        mate = enter(stage.city, stage.pupil(cohort), cohort, school)
        mate.major, mate.class_name = spell.major, spell.class_name
    return spell


def also_without_trace(stage: Stage, spell: Spell) -> None:
    """Name what else the lists show of a student who was last seen long ago and is kept on the roll."""
    missed = [term for term in _listed_terms(stage) if not _was_registered(spell, term)]
    if missed and missed[-1] == _listed_terms(stage)[-1]:
        stage.wrong("RD205", spell, "由其他问题引起：离校后未注册学期仍在籍")
    if len(silent := _silent_months(stage, spell)) >= _SILENT_MONTHS:
        reached = _month_end(silent[_SILENT_MONTHS - 1])
        if stage.city.as_of > reached + _POSTED_WITHIN:
            stage.wrong("RD202", spell, "由其他问题引起：离校后无任何痕迹仍在籍")


def missed_since(stage: Stage, spell: Spell) -> date:
    """Tell the first day of the first term, of those listed, for which the student did not register."""
    return next(term.first_day for term in _listed_terms(stage) if not _was_registered(spell, term))


def _silent_months(stage: Stage, spell: Spell) -> list[int]:
    terms = [term for term in _listed_terms(stage) if _was_registered(spell, term)]
    traces = [_settled(term) for term in terms]
    traces += [_month_end(m) for m in listed_months(stage) if _was_there(spell, m)]
    last = max(traces, default=date.min)
    return [
        month
        for month in listed_months(stage)
        if _month_start(month) > last and _month_start(month) >= spell.first_day
    ]


def _listed_terms(stage: Stage) -> list[Term]:
    return terms_between(Term(stage.year - 1, 0), Term(stage.year, 1))


def _was_registered(spell: Spell, term: Term) -> bool:
    if spell.first_day > term.first_day:
        return True
    return spell.seen_until is None or spell.seen_until >= _settled(term)


def _was_there(spell: Spell, month: int) -> bool:
    return spell.seen_until is None or spell.seen_until >= date(month // 100, month % 100, 28)


def _settled(term: Term) -> date:
    return date(term.first_day.year, term.first_day.month, 20)


def _month_start(month: int) -> date:
    return date(month // 100, month % 100, 1)


def _month_end(month: int) -> date:
    following = _month_start(month) + timedelta(days=31)
    return following.replace(day=1) - timedelta(days=1)
