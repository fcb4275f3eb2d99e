"""RQ607: a county whose enrolment rate rests on double registrations, and the counties that other wrongs inflate."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations

from pipeline.sample import enrol
from pipeline.sample.city import City
from pipeline.sample.people import FARTHER, Person
from pipeline.sample.roll import Spell, Wrong
from pipeline.sample.stage import Scene, Stage

_DOUBLES, _HONEST = 12, 20
_LEAST, _LEAST_SHARE = 10, 0.02
_LAG = timedelta(days=60)


def _untaken(stage: Stage) -> str:
    """Give a county of the neighbouring district where no school was founded yet; the last one where all have one."""
    taken = {school.county for school in stage.city.schools.founded}
    return next((code for code in FARTHER if code not in taken), list(FARTHER)[-1])


def _record(stage: Stage, county: str, spells: list[Spell], story: str) -> None:
    people = tuple(spell.person for spell in spells)
    known = [
        wrong
        for wrong in stage.city.wrongs
        if wrong.detector_id == "RQ607" and wrong.school and wrong.school.county == county
    ]
    if known:  # the same county once more: one case
        known[0].people += people
        return
    wrong = Wrong("RQ607", "region", story, people=people, school=spells[0].school)
    stage.city.wrongs.append(wrong)


def _inflate(stage: Stage, story: str, *, from_high: bool) -> None:
    cohort = stage.year - 1
    school = stage.new_school("vocational", county=_untaken(stage))
    for _ in range(_HONEST):
        enrol.enter_vocational(stage.city, stage.pupil(cohort), cohort, school)
    doubles = []
    for _ in range(_DOUBLES):
        person = stage.pupil(cohort)
        enter = enrol.enter_high if from_high else enrol.enter_vocational
        other = enter(stage.city, person, cohort)
        spell = enrol.enter_vocational(stage.city, person, cohort, school)
        stage.city.admissions.pop()
        enrol.register_on(spell, stage.day(date(cohort, 10, 14), date(cohort, 11, 6)))
        for one in (other, spell):
            one.draws_waiver = one.draws_grant = False
        stage.wrong("DE101" if from_high else "DE106", spell, story, other)
        doubles.append(spell)
    _record(stage, school.county, doubles, story)


def high_school_pupils_registered_as_well(stage: Stage) -> None:
    """Register pupils of the city's high schools at the county's vocational school."""
    _inflate(stage, "县内中职为普高在读学生重复注册，毛入学率虚增", from_high=True)


def students_of_other_schools_registered_as_well(stage: Stage) -> None:
    """Register students of the city's vocational schools at the county's school."""
    _inflate(stage, "县内中职为外校中职学生重复注册，毛入学率虚增", from_high=False)


SCENES: tuple[Scene, ...] = (
    high_school_pupils_registered_as_well,
    students_of_other_schools_registered_as_well,
)


def add_inflated_counties(city: City) -> None:
    """Name the counties in which doubles that other scenes planted reach ten, and two in a hundred."""
    day = date(city.year, 9, 1)
    counted = [spell for spell in city.spells if _is_counted(spell, day)]
    registrations = Counter(spell.school.county for spell in counted)
    doubles: dict[str, dict[Person, Spell]] = defaultdict(dict)
    for spell in _second_ones(counted, city.as_of):
        doubles[spell.school.county][spell.person] = spell
    named = {w.school.county for w in city.wrongs if w.detector_id == "RQ607" and w.school}
    for county, spells in sorted(doubles.items()):
        persons = registrations[county] - len(spells)
        if county not in named and len(spells) >= max(_LEAST, _LEAST_SHARE * persons):
            story = "由其他问题引起：双重学籍使毛入学率虚增"
            school = next(iter(spells.values())).school
            city.wrongs.append(Wrong("RQ607", "region", story, tuple(spells), school))


def _is_counted(spell: Spell, day: date) -> bool:
    return (
        spell.is_delivered
        and spell.stage in ("high", "vocational")
        and spell.study_form == "full_time"
        and spell.first_day <= day
        and (spell.left_on > day if spell.left_on else spell.is_open)
    )


def _second_ones(counted: list[Spell], as_of: date) -> Iterator[Spell]:
    """Give the later of two spells of a person that stayed open together beyond a transfer's lag."""
    by_person: dict[Person, list[Spell]] = defaultdict(list)
    for spell in counted:
        by_person[spell.person].append(spell)
    for spells in by_person.values():
        for one, other in combinations(spells, 2):
            earlier, later = sorted((one, other), key=lambda s: (s.first_day, s.registered_at))
            start = later.first_day
            if start.month in (7, 8, 9):
                start = date(start.year, 10, 1)
            end = min(spell.left_on or as_of for spell in (one, other))
            is_apart = (one.school.successor or one.school) is not (
                other.school.successor or other.school
            )
            is_held = bool(one.holds or other.holds)
            has_time = earlier.expected_end > later.first_day + _LAG
            if is_apart and has_time and not is_held and end - start > _LAG:
                yield later
