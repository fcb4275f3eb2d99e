"""Aid as it should be: waivers and grants by benefit term, paid once, to the right card."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from pipeline.sample.city import City
from pipeline.sample.roll import AidLine, Spell
from pipeline.sample.terms import Term, terms_between

TERM_AMOUNT = 1000
_WAIVED_TERMS, _GRANTED_TERMS = 6, 4
_SETTLED_AFTER = timedelta(days=45)  # who sits in class six weeks into the term is paid for it


def pay_everyone(city: City) -> None:
    """Draw the aid that is due for every spell and term of the window."""
    _see_to_the_disabled(city)
    for spell in city.spells:
        if spell.study_form == "full_time" and spell.stage != "junior":
            city.aid.extend(due(city, spell))


def _see_to_the_disabled(city: City) -> None:
    """Let the grant reach whoever is listed as disabled, unless a scene has it otherwise."""
    listed = {person for kind, person, _ in city.special if kind == "残疾人"}
    played = {person for wrong in city.wrongs for person in wrong.people}
    played |= {one.person for one in city.look_alikes if one.person and "SA408" in one.detector_ids}
    for spell in city.spells:
        if spell.person in listed - played and spell.registry in ("vocational", "technical"):
            spell.draws_grant = True


def due(city: City, spell: Spell) -> Iterator[AidLine]:
    """List the lines that are due for a spell."""
    for term in aid_terms(city):
        index = 2 * (term.year - spell.cohort) + term.season
        if not is_present(spell, term) or index < 0:
            continue
        if spell.draws_waiver and index < _WAIVED_TERMS:
            yield line(spell, term, "tuition_waiver")
        if spell.draws_grant and index < _GRANTED_TERMS:
            yield line(spell, term, grant_item(spell))


def aid_terms(city: City) -> list[Term]:
    """List the terms whose aid has been settled: all of the window up to last autumn."""
    return terms_between(Term(city.first_year, 0), Term(city.year, 0))


def is_present(spell: Spell, term: Term) -> bool:
    """Tell whether the student sits in class when the term is settled, and is not held in it."""
    settled_on = term.first_day + _SETTLED_AFTER
    if spell.aid_stops is not None and term > spell.aid_stops:
        return False
    if spell.first_day > settled_on:
        return False
    if spell.left_on is not None and spell.left_on <= settled_on + timedelta(days=30):
        return False
    return not any(
        hold.first_day <= term.last_day
        and (hold.last_day is None or hold.last_day >= term.first_day)
        for hold in spell.holds
    )


def grant_item(spell: Spell) -> str:
    """Name the grant of the spell's registry."""
    return "tech_grant" if spell.registry == "technical" else "grant"


def line(spell: Spell, term: Term, item: str, amount: int = TERM_AMOUNT) -> AidLine:
    """Write one payment to the student's own card, or the guardian's where the family chose so."""
    person = spell.person
    guardian = person.has_guardian_card
    return AidLine(
        spell=spell,
        term=term,
        item=item,
        amount=amount,
        paid_on=batch_day(spell, term),
        account=person.card,
        holder=person.household.guardian_name if guardian else "",
        school=spell.school,
    )


def batch_day(spell: Spell, term: Term) -> date:
    """Tell when the county pays for a term: one batch, in the third month."""
    county = int(spell.school.county[-1])
    month = date(term.year, 11, 5) if term.season == 0 else date(term.year + 1, 5, 8)
    return month + timedelta(days=county * 3)
