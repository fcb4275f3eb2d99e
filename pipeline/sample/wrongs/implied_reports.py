"""What planted blocks and late registrations do to a school's quality notice (RQ602)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from math import sqrt

from pipeline.sample.city import City
from pipeline.sample.roll import Spell, Wrong
from pipeline.sample.schools import School

_JUDGED_FROM = 30
# The line of the notice, and by how many standard deviations a share below it is no chance among all schools.
_KNOWN, _PROMPT = (0.8, 2.9), (0.95, 4.0)
_FIRST_DIVISION = "9901"  # where the notice is published


def add_notices(city: City) -> None:
    """Add RQ602 for intakes that junior schools do not know, or that were registered too late."""
    known = {spell.person for spell in city.spells if spell.stage == "junior"}
    named = {
        wrong.school
        for wrong in city.wrongs
        if wrong.detector_id == "RQ602" and wrong.school is not None
    }
    intakes: dict[School, list[Spell]] = defaultdict(list)
    for spell in city.spells:
        is_new = spell.cohort == city.year and spell.is_delivered
        if is_new and spell.registry == "vocational" and spell.study_form == "full_time":
            intakes[spell.school.successor or spell.school].append(spell)
    last_day = date(city.year, 11, 10)
    again = {
        change.spell
        for change in city.changes
        if change.kind in ("amend", "transfer_in", "resume", "reserve")
    }
    for school, spells in sorted(intakes.items(), key=lambda one: one[0].code):
        fresh = [spell.person in known for spell in spells if spell.entrant == "junior_fresh"]
        prompt = [spell in again or spell.registered_at.date() <= last_day for spell in spells]
        is_low = _is_low(fresh, *_KNOWN) or _is_low(prompt, *_PROMPT)
        if is_low and school not in named and school.county.startswith(_FIRST_DIVISION):
            story = "由其他问题引起：新生与初中学籍接不上，或大批逾期注册"
            year = f"{city.year}-{city.year + 1}"
            wrong = Wrong("RQ602", "school", story, (), school, school_year=year)
            wrong.scene = "an_intake_nobody_knows"
            city.wrongs.append(wrong)


def _is_low(right: list[bool], line: float, beyond_chance: float) -> bool:
    if len(right) < _JUDGED_FROM:
        return False
    spread = sqrt(line * (1 - line) / len(right))
    return sum(right) / len(right) < line - beyond_chance * spread
