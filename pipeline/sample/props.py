"""What scenes about registry law need: schools that close, transfers, changes of major, adults, agreements."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.sample import enrol, events
from pipeline.sample.exports.row import Cells, Row
from pipeline.sample.people import Person
from pipeline.sample.roll import Spell
from pipeline.sample.schools import Major, School
from pipeline.sample.stage import Stage


def tell_event(stage: Stage, old: str, new: str, day: date, kind: str) -> None:
    """Write a line into the history of the schools."""
    cells: Cells = {"happened_on": day, "kind": kind, "old_code": old, "new_code": new}
    stage.more("school_events", Row("学校沿革", cells, ""))


def close(school: School, stage: Stage, day: date, successor: School | None = None) -> School:
    """Close a school's code on a day: merged into the successor, or dissolved."""
    school.valid_to = school.merged_on = day
    school.successor = successor
    kind = "合并" if successor else "撤销"
    tell_event(stage, school.code, successor.code if successor else "", day, kind)
    return school


def merged_pair(stage: Stage, day: date) -> tuple[School, School]:
    """Found a school whose code ended on a day, and the one that carries it on."""
    successor = stage.new_school("vocational")
    old = stage.new_school("vocational", county=successor.county, majors=successor.majors)
    return close(old, stage, day, successor), successor


def enter_many(stage: Stage, school: School, cohort: int, count: int) -> list[Spell]:
    """Enrol ordinary students in autumn `cohort`."""
    return [
        enrol.enter_vocational(stage.city, stage.pupil(cohort), cohort, school)
        for _ in range(count)
    ]


def still_there(stage: Stage, spell: Spell, years: int) -> Spell:
    """Keep a student on the roll of a course of so many years, without aid."""
    stage.city.certificates.pop(spell, None)
    spell.status, spell.left_on = "active", None
    spell.expected_end = date(spell.cohort + years, 7, 1)
    spell.draws_waiver = spell.draws_grant = False
    return spell


def join(stage: Stage, person: Person, cohort: int, school: School | None = None) -> Spell:
    """Enter the class of autumn `cohort` at a vocational school without an admission of its own."""
    spell = enrol.enter_vocational(stage.city, person, cohort, school)
    stage.city.admissions.pop()
    return spell


def transfer(stage: Stage, old: Spell, new: Spell, day: date) -> None:
    """Transfer on a day, papers in order; who came from high school draws nothing there."""
    if old.registry == "k12":
        old.draws_grant = False
        new.exam_no = old.exam_no
    elif old.major in new.school.majors:
        new.major = old.major
    enrol.register_on(new, min(day + timedelta(days=3), stage.city.as_of))
    events.transfer(stage.city, old, new, day, 2)


def change_major(stage: Stage, spell: Spell, former: Major, day: date) -> None:
    """Change from a former major to the one that the record shows today, approved."""
    written = spell.written
    written.is_meant = True
    cells: Cells = {
        "registry": spell.registry,
        "student_no": spell.student_no,
        "name": written.name,
        "id_number": written.id_number,
        "change_type": "change_major",
        "reason": "学习兴趣",
        "changed_on": day,
        "recorded_on": day + timedelta(days=2),
        "review_status": "已通过",
        "from_school_code": spell.school.code,
        "from_major_code": former.code,
        "to_major_code": spell.major.code if spell.major else "",
    }
    row = Row(f"{spell.registry}_{spell.school.county}", cells, spell.person.key)
    stage.more("status_changes", row)


def adult(stage: Stage, school: School, cohort: int) -> Spell:
    """Enrol a migrant worker full time, in whatever class the caller names, without aid or admission."""
    enter = enrol.enter_technical if school.kind == "technical" else enrol.enter_vocational
    spell = enter(stage.city, stage.city.population.adult(cohort), cohort, school)
    stage.city.admissions.pop()
    spell.entrant, spell.exam_no = "migrant_worker", ""
    spell.draws_waiver = spell.draws_grant = False
    return spell


def file_majors(
    stage: Stage, school: School, majors: tuple[Major, ...], year: int, length: int = 3
) -> None:
    """File majors of a school for one more year, as courses of so many years."""
    for major in majors:
        cells: Cells = {
            "year": year,
            "school_code": school.code,
            "major_code": major.code,
            "major_name": major.name,
            "program_years": length,
            "filed_on": date(year, 4, 10),
        }
        stage.more("filed_majors", Row("专业备案", cells, ""))


def agree(stage: Stage, school: School, major: Major, college: School) -> Major:
    """Sign an agreement for a major with the college's first major, which is given back."""
    further = college.majors[0]
    stage.city.agreements.add((school.code, major.code, college.code, further.code))
    return further
