"""What planted wrongs imply: aid for no student, the same aid twice, a school full of wrongs.

The truth must name these too, or a detector that finds them would be counted as wrong.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta

from pipeline.sample.aid import TERM_AMOUNT
from pipeline.sample.city import City
from pipeline.sample.people import Person
from pipeline.sample.roll import AidLine, Spell, Wrong
from pipeline.sample.schools import School
from pipeline.sample.terms import Term
from pipeline.sample.wrongs.counted_twice import add_inflated_counties
from pipeline.sample.wrongs.implied_aid import add_late_years
from pipeline.sample.wrongs.implied_breaks import add_breaks
from pipeline.sample.wrongs.implied_contacts import add_shared_contacts
from pipeline.sample.wrongs.implied_fabrications import add_fabrications
from pipeline.sample.wrongs.implied_law import add_law
from pipeline.sample.wrongs.implied_pairs import name_pairs_that_share
from pipeline.sample.wrongs.implied_recruiting import add_recruiting
from pipeline.sample.wrongs.implied_reports import add_notices

_LEAST_DAYS = 30  # of a term, for its aid to have been due
_FULL_SHARE, _FEW_PEOPLE, _JUDGED_FROM = 0.03, 15, 30
_BENEFITS = {"tech_grant": "grant"}


def add_consequences(city: City) -> None:
    """Add SA401 and SA402 for the aid that planted wrongs drew; planted ones get their amounts."""
    wronged = {person for wrong in city.wrongs for person in wrong.people}
    lines = [
        line for line in city.aid if line.spell.person in wronged and line.bank_result == "成功"
    ]
    known = {(wrong.detector_id, person): wrong for wrong in city.wrongs for person in wrong.people}
    for (person, school), amount in paid_without_student(lines).items():
        _add(city, known, Wrong("SA401", "person", "", (person,), school, amount_paid=amount))
    for (person, school), amount in paid_twice(lines).items():
        _add(city, known, Wrong("SA402", "person", "", (person,), school, amount_paid=amount))
    add_late_years(city, lines)
    _add_schools_full_of_wrongs(city)
    add_fabrications(city)
    add_shared_contacts(city)
    add_inflated_counties(city)
    add_breaks(city)
    name_pairs_that_share(city)
    add_recruiting(city)
    add_notices(city)
    add_law(city)


def _add_schools_full_of_wrongs(city: City) -> None:
    """Name the schools that bear two marks at once: students who sit elsewhere, and shared accounts."""
    rolls = Counter(spell.school for spell in city.spells if spell.is_open and spell.is_delivered)
    elsewhere, sharing = (_people_by_school(city, family) for family in ("DE", "SA405"))
    named = {wrong.school for wrong in city.wrongs if wrong.detector_id == "OM701"}
    for school in sorted(elsewhere, key=lambda one: one.code):
        least = max(_FEW_PEOPLE, rolls[school] * _FULL_SHARE)
        both = min(len(elsewhere[school]), len(sharing[school]))
        if both >= least and rolls[school] >= _JUDGED_FROM and school not in named:
            story = "双重学籍和共用账户同时集中的学校"
            year = f"{city.year}-{city.year + 1}"
            wrong = Wrong("OM701", "school", story, (), school, school_year=year)
            wrong.scene = "a_school_full_of_wrongs"
            city.wrongs.append(wrong)


def _people_by_school(city: City, family: str) -> dict[School, set[Person]]:
    """List whom the planted wrongs of a family touch, by school; an account counts from three people on."""
    touched: dict[School, set[Person]] = defaultdict(set)
    for wrong in city.wrongs:
        is_mark = wrong.subject_kind != "account" or len(wrong.people) > 2
        if wrong.school is not None and wrong.detector_id.startswith(family) and is_mark:
            touched[wrong.school].update(wrong.people)
    return touched


def _add(city: City, known: dict[tuple[str, Person], Wrong], implied: Wrong) -> None:
    planted = known.get((implied.detector_id, implied.people[0]))
    if planted is not None:
        planted.amount_paid += implied.amount_paid
        return
    if implied.detector_id == "SA401":
        implied.story = "由其他问题引起：离校后继续领取资助"
    else:
        implied.story = "由双重学籍引起：同一资助领取两份"
    known[(implied.detector_id, implied.people[0])] = implied
    city.wrongs.append(implied)


def paid_without_student(lines: list[AidLine]) -> dict[tuple[Person, School], int]:
    """Add up what was paid for terms with less than thirty days in class, by person and school."""
    by_place: dict[tuple[Person, School, Term], list[AidLine]] = defaultdict(list)
    for line in lines:
        by_place[line.spell.person, line.school, line.term].append(line)
    found: dict[tuple[Person, School], int] = defaultdict(int)
    for (person, school, term), paid in by_place.items():
        if max(days_in_class(line.spell, term) for line in paid) < _LEAST_DAYS:
            found[person, school] += sum(line.amount for line in paid)
    return found


def paid_twice(lines: list[AidLine]) -> dict[tuple[Person, School], int]:
    """Add up what was paid beyond one term's amount of one benefit, by person."""
    by_benefit: dict[tuple[Person, str, Term], list[AidLine]] = defaultdict(list)
    for line in lines:
        benefit = _BENEFITS.get(line.item, line.item)
        by_benefit[line.spell.person, benefit, line.term].append(line)
    found: dict[tuple[Person, School], int] = defaultdict(int)
    for (person, _, _), paid in by_benefit.items():
        beyond = sum(line.amount for line in paid) - TERM_AMOUNT
        if beyond > 0 and _is_more_than_one(paid):
            found[person, paid[0].school] += beyond
    return found


def _is_more_than_one(paid: list[AidLine]) -> bool:
    """Tell two payments from one, however dear, and from monthly parts: those are no second payment."""
    whole = [line for line in paid if line.amount >= TERM_AMOUNT // 2]
    return len(whole) > 1


def days_in_class(spell: Spell, term: Term) -> int:
    """Count the days of a term on which the student was at the school and not held."""
    if not spell.is_delivered:
        return 0
    ends = [day for day in (spell.left_on, spell.truly_ended_on) if day is not None]
    last = min([term.last_day, *(day - timedelta(days=1) for day in ends)])
    first = max(term.first_day, spell.first_day)
    held = sum(_common(first, last, hold.first_day, hold.last_day) for hold in spell.holds)
    return max(0, (last - first).days + 1 - held)


def _common(first: date, last: date, held_from: date, held_to: date | None) -> int:
    return max(0, (min(last, held_to or last) - max(first, held_from)).days + 1)
