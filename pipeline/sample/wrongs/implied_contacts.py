"""What planted blocks imply for FR304: telephones of so many families that chance is out of the question."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from math import exp, lgamma, log

from pipeline.sample.city import City
from pipeline.sample.roll import Spell, Wrong
from pipeline.sample.schools import School

_FALLOFF, _OUT_OF_THE_QUESTION = 0.2, 1e-4
_LEAST_FAMILIES, _LEAST_SCHOOLS = 5, 3
_ONE_CLASS_SHARE, _FILLED_SHARE = 0.8, 0.5


def add_shared_contacts(city: City) -> None:
    """Name for FR304 the schools wronged otherwise whose blocks share telephones."""
    wronged = {one.school for one in city.wrongs if one.subject_kind == "school"}
    named = {one.school for one in city.wrongs if one.detector_id == "FR304"}
    year = f"{city.year}-{city.year + 1}"
    for school in schools_of_few_telephones(city):
        if school in wronged and school not in named:
            story = "由其他问题引起：整批学生共用电话"
            city.wrongs.append(Wrong("FR304", "school", story, (), school, school_year=year))


def schools_of_few_telephones(city: City) -> Iterator[School]:
    """Find the schools with telephones of more families than chance brings together."""
    rolls: dict[School, list[Spell]] = defaultdict(list)
    for spell in city.spells:
        if spell.registry in ("vocational", "technical") and spell.is_delivered and spell.is_open:
            rolls[spell.school].append(spell)
    users = {school: _users(spells) for school, spells in rolls.items()}
    spread = Counter(phone for by_phone in users.values() for phone in by_phone)
    for school in sorted(users, key=lambda one: one.code):
        by_phone = users[school]
        families = sorted(
            (
                len({_family(spell) for spell in sharing})
                for phone, sharing in by_phone.items()
                if spread[phone] < _LEAST_SCHOOLS and _is_conspicuous(sharing, rolls[school])
            ),
            reverse=True,
        )
        if any(
            _chance(len(by_phone), size, place) < _OUT_OF_THE_QUESTION
            for place, size in enumerate(families, start=1)
            if size >= _LEAST_FAMILIES
        ):
            yield school


def _users(spells: list[Spell]) -> dict[str, list[Spell]]:
    """List who is reached at each telephone, as the registry has it."""
    found: dict[str, list[Spell]] = defaultdict(list)
    for spell in spells:
        own = spell.person.phone if spell.has_own_phone else ""
        guardians = spell.person.household.guardian_phone if spell.has_guardian else ""
        for phone in {own, guardians} - {""}:
            found[phone].append(spell)
    return found


def _family(spell: Spell) -> tuple[str, str]:
    return spell.person.name[0], spell.person.household.guardian_name


def _is_conspicuous(sharing: list[Spell], roll: list[Spell]) -> bool:
    """Tell a telephone of several classes, and not of everybody."""
    largest = max(Counter((one.class_name, one.cohort) for one in sharing).values())
    return largest < _ONE_CLASS_SHARE * len(sharing) and len(sharing) < _FILLED_SHARE * len(roll)


def _chance(entries: int, families: int, as_large: int) -> float:
    """Bound the chance of so many telephones of so many families among the school's (Poisson)."""
    expected = entries * _FALLOFF ** (families - 1)
    return exp(as_large * log(expected) - lgamma(as_large + 1))
