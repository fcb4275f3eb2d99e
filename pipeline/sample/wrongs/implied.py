"""What all modules of implied wrongs share: who is wronged already, and that nobody is named twice for one thing."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.sample.city import City
from pipeline.sample.roll import Spell, Wrong


def wronged_spells(city: City) -> list[Spell]:
    """List the delivered vocational and technical spells of those whom some scene wronged."""
    wronged = {person for wrong in city.wrongs for person in wrong.people}
    return [
        spell
        for spell in city.spells
        if spell.registry in ("vocational", "technical")
        and spell.is_delivered
        and spell.person in wronged
    ]


def name_once(city: City, implied: Iterable[tuple[str, Spell, str]]) -> None:
    """Add (detector, spell, story) to the wrongs, unless the detector has that person already."""
    known = {(wrong.detector_id, person) for wrong in city.wrongs for person in wrong.people}
    for detector_id, spell, story in implied:
        if (detector_id, spell.person) not in known:
            known.add((detector_id, spell.person))
            wrong = Wrong(detector_id, "person", story, (spell.person,), spell.school)
            city.wrongs.append(wrong)
