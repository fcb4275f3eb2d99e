"""What a planted wrong cost: the aid that will be drawn for the days it is about."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.sample import aid
from pipeline.sample.city import City
from pipeline.sample.roll import Spell

_SEASON = ((7, 1), (9, 30))  # in which schools post who came and who left


def since(city: City, spell: Spell, day: date) -> int:
    """Add up what will be paid for terms that begin on that day or later."""
    return sum(line.amount for line in aid.due(city, spell) if line.term.first_day >= day)


def while_both(city: City, one: Spell, other: Spell) -> int:
    """Add up what both schools will be paid for terms in which both have the student, summers left out."""
    first, last = shared_days(city, one, other)
    lines = [*aid.due(city, one), *aid.due(city, other)]
    return sum(
        line.amount for line in lines if line.term.first_day <= last and line.term.last_day >= first
    )


def shared_days(city: City, one: Spell, other: Spell) -> tuple[date, date]:
    """Tell the first and the last day on which both schools have the student, summers left out."""
    ends = [spell.left_on - timedelta(days=1) for spell in (one, other) if spell.left_on]
    first, last = max(one.first_day, other.first_day), min([city.as_of, *ends])
    if _SEASON[0] <= (first.month, first.day) <= _SEASON[1]:
        first = date(first.year, 10, 1)
    if _SEASON[0] <= (last.month, last.day) <= _SEASON[1]:
        last = date(last.year, 6, 30)
    return first, last
