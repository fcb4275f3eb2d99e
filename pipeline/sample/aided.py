"""What scenes about aid and fees need: a student paid by lines of one's own, classmates, receipts."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.sample import aid, enrol, events
from pipeline.sample.exports.row import Cells, Row
from pipeline.sample.roll import AidLine, Spell
from pipeline.sample.schools import School
from pipeline.sample.stage import Stage
from pipeline.sample.terms import Term

_CLASS_SIZE = 30
_ONE_LEAVES_OF = 8


def student(stage: Stage, cohort: int, school: School | None = None) -> Spell:
    """Enrol a pupil, vocational unless the school is another, who draws nothing but what the scene pays."""
    school = school or stage.school("vocational")
    person = stage.pupil(cohort)
    person.has_guardian_card = False
    enter = enrol.enter_technical if school.kind == "technical" else enrol.enter_vocational
    spell = enter(stage.city, person, cohort, school)
    spell.draws_waiver = spell.draws_grant = False
    return spell


def founded_once(stage: Stage, kind: str, called: str, **given: str) -> School:
    """Found the school of a kind of scene, or give the one that the first such scene founded."""
    for school in stage.city.schools.founded:
        if school.name == called:
            return school
    return stage.new_school(kind, name=called, **given)


def classmates(
    stage: Stage, school: School, cohort: int, count: int, again: int = 1
) -> list[Spell]:
    """Enrol classes of one major at a founded school, `again` students where others are there already.

    They draw nothing by themselves; the first of them is the scene's own. Some more have left, as everywhere.
    """
    there = sum(spell.school is school for spell in stage.city.spells)
    major = school.majors[0]
    staying = again if there else count
    leaving = (there + staying) // _ONE_LEAVES_OF - there // _ONE_LEAVES_OF
    spells = [student(stage, cohort, school) for _ in range(staying + leaving)]
    for place, spell in enumerate(spells, start=there):
        spell.major = major
        spell.class_name = f"{cohort}级{major.name}{place // _CLASS_SIZE + 1}班"
    for spell in spells[staying:]:
        last = min(date(cohort + 1, 6, 20), stage.city.as_of - timedelta(days=20))
        events.withdraw(stage.city, spell, stage.day(date(cohort, 10, 10), last))
    return spells[:staying]


def public_school(stage: Stage, kind: str = "vocational") -> School:
    """Pick a school of the city that is not private."""
    schools: list[School] = getattr(stage.city.schools, kind)
    return stage.dice.pick([school for school in schools if school.owner == "公办"])


def pay(
    stage: Stage, spell: Spell, term: Term, item: str = "grant", amount: int = aid.TERM_AMOUNT
) -> AidLine:
    """Pay one line of aid to the student's card, in the batch of the term; a technical grant by its own name."""
    line = aid.line(spell, term, aid.grant_item(spell) if item == "grant" else item, amount)
    stage.city.aid.append(line)
    return line


def charge(stage: Stage, spell: Spell, item: str, amount: int, day: date) -> None:
    """Write a receipt of the school for a fee, in the school year of the day; negative where it refunds."""
    year = day.year if day.month >= 8 else day.year - 1
    serial = stage.city.population.numbers.serial() % 10_000_000
    cells: Cells = {
        "school_code": spell.school.code,
        "student_no": spell.student_no,
        "school_year": f"{year}-{year + 1}",
        "fee_item": item,
        "amount": amount,
        "receipt_no": f"98{serial:08d}",
        "charged_on": day,
        "payee": spell.school.name,
    }
    stage.more("fee_receipts", Row(str(year), cells, spell.person.key))
