"""What planted wrongs imply for SA403: aid drawn for a year of study that it does not cover."""

from __future__ import annotations

from collections import defaultdict

from pipeline.sample.city import City
from pipeline.sample.people import Person
from pipeline.sample.roll import AidLine, Spell, Wrong
from pipeline.sample.schools import School

_LAST_TERMS = {"grant": 4, "tech_grant": 4, "tuition_waiver": 6}
_LEAST_DAYS = 30


def add_late_years(city: City, lines: list[AidLine]) -> None:
    """Name SA403 where a wrong of another kind drew aid beyond its years, in class or on paper."""
    planted = {one.people[0]: one for one in city.wrongs if one.detector_id == "SA403"}
    found: dict[tuple[Person, School], int] = defaultdict(int)
    for line in lines:
        if is_late(line):
            found[line.spell.person, line.school] += line.amount
    for (person, school), amount in found.items():
        if person in planted:
            planted[person].amount_paid = planted[person].amount_paid or amount
            continue
        story = "由其他问题引起：超过享受年级仍领取资助"
        wrong = Wrong("SA403", "person", story, (person,), school, amount_paid=amount)
        city.wrongs.append(wrong)


def is_late(line: AidLine) -> bool:
    """Tell whether the registry has the student on the roll in the term, and in a year beyond the aid's."""
    spell, term = line.spell, line.term
    index = 2 * (term.year - spell.cohort) + term.season
    return index >= _LAST_TERMS.get(line.item, index + 1) and _is_on_paper(spell, line)


def _is_on_paper(spell: Spell, line: AidLine) -> bool:
    if not spell.is_delivered or spell.study_form != "full_time":
        return False
    ends = [day for day in (spell.left_on, spell.truly_ended_on) if day is not None]
    last = min([line.term.last_day, *ends])
    return (last - line.term.first_day).days >= _LEAST_DAYS
