"""The neighbouring cities, bound as Jilin City (9902) and Jiamusi (9903) are, peopled where a scene needs it."""

from __future__ import annotations

from dataclasses import replace

from pipeline.sample import enrol
from pipeline.sample.people import Person
from pipeline.sample.schools import School
from pipeline.sample.stage import Stage

JILIN, JIAMUSI = "990201", "990305"
_TOWN_SCHOOLS, _PER_STUDENT = 3, 4 / 30_000  # at least; a larger city has larger neighbours
_TOWN_ENTRANTS = 25  # so few that no school of them is judged by its profile


def resident(stage: Stage, cohort: int, division: str, *, with_junior: bool = True) -> Person:
    """Bring in a pupil of a neighbouring city, registered there; the junior record may be missing."""
    person = stage.city.population.pupil(cohort, division=division)
    if with_junior and cohort >= stage.city.first_year:
        enrol.enter_junior(stage.city, person, cohort)
    return person


def moved_to(person: Person, division: str) -> None:
    """Let a person's household live in a neighbouring city, the number telling where it lived before."""
    person.household = replace(person.household, division=division)


def town(stage: Stage, cohort: int) -> list[School]:
    """Give the vocational schools of Jilin's stand-in with honest entrants of a cohort; founded once."""
    name = f"江城区虚构{cohort}"
    known = [one for one in stage.city.schools.founded if one.name.startswith(name)]
    if known:
        return known
    schools = []
    for place in range(max(_TOWN_SCHOOLS, round(stage.city.students * _PER_STUDENT))):
        school = stage.new_school("vocational", county=JILIN, name=f"{name}第{place + 1}职业学校")
        for _ in range(_TOWN_ENTRANTS):
            enrol.enter_vocational(stage.city, resident(stage, cohort, JILIN), cohort, school)
        schools.append(school)
    return schools
