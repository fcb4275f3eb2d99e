"""What gathered dual enrolments imply: two schools that share a block of students (DE110)."""

from __future__ import annotations

from collections import Counter, defaultdict

from pipeline.sample.city import City
from pipeline.sample.people import Person
from pipeline.sample.roll import Wrong
from pipeline.sample.schools import School

_BLOCK, _FEW, _SHARE = (
    20,
    6,
    0.35,
)  # beyond the detector's own bounds, so that chance decides nothing here


def name_pairs_that_share(city: City) -> None:
    """Name the pairs of schools among whose students so many planted wrongs gather that the pair is a case itself."""
    shared: dict[frozenset[School], set[Person]] = defaultdict(set)
    for wrong in city.wrongs:
        if wrong.detector_id.startswith("DE1") and wrong.people and wrong.other_school:
            pair = frozenset(
                school for school in (_today(wrong.school), _today(wrong.other_school)) if school
            )
            shared[pair].update(wrong.people)
    named = {
        frozenset({_today(wrong.school), _today(wrong.other_school)})
        for wrong in city.wrongs
        if wrong.detector_id == "DE110"
    }
    rolls = Counter(_today(spell.school) for spell in city.spells if spell.is_open)
    for pair, people in shared.items():
        schools = sorted(pair, key=lambda school: school.code)
        if len(schools) < 2 or pair in named or not _is_ours(schools):
            continue
        smaller = min(rolls[school] for school in schools)
        if len(people) >= _BLOCK or (len(people) >= _FEW and len(people) >= _SHARE * smaller):
            wrong = Wrong("DE110", "school", "由其他问题引起：双重学籍集中在两校之间")
            wrong.school, wrong.other_school = schools
            wrong.scene = "two_schools_share_many"
            city.wrongs.append(wrong)


def _is_ours(schools: list[School]) -> bool:
    """Tell whether one of them is a vocational or technical school, and neither a junior school."""
    kinds = {school.kind for school in schools}
    return bool(kinds & {"vocational", "technical"}) and "junior" not in kinds


def _today(school: School | None) -> School | None:
    return (school.successor or school) if school else None
