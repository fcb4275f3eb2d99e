"""The stage on which wrongs and look-alikes are played: fresh people, schools, and the record of truth."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from pipeline.sample import enrol
from pipeline.sample.city import City
from pipeline.sample.people import Person
from pipeline.sample.roll import LookAlike, Spell, Wrong
from pipeline.sample.schools import School, Schools

if TYPE_CHECKING:
    from pipeline.sample.city import Edit
    from pipeline.sample.exports.row import Row

PER_STUDENT = 24 / 30_000  # planted wrongs of a person-level detector
PER_STUDENT_SCHOOLS = 6 / 30_000  # planted wrongs of a school-level detector
LOOK_ALIKES_PER_WRONG = 6
LEAST_LOOK_ALIKES_PER_WRONG = 2  # in a small city, where every shape is planted once
_SMALL_CITY = 1_200  # students
# Wronged of a kind: whole schools are founded for them, and a city is not made of them.
_MOST_SCHOOLS = 8
_FILL_SCHOOLS = (
    "DE110", "FR303", "FR304", "FR305", "FR307", "FR309", "RQ602", "RQ603", "RQ606",
    "RQ607", "RQ608", "SA409", "SA413", "SC504", "SC506", "SC507", "SC517", "SC519",
)  # fmt: skip
_FIRST_FOUNDED = 301  # serial of the first school founded for a scene; the city has fewer
_ROUNDED = (5, 8)
_FOUNDED_AS = {
    "vocational": "职业学校",
    "technical": "技工学校",
    "high": "中学",
    "junior": "初级中学",
    "higher": "职业学院",
}


class Stage:
    """Gives a scene what it needs, and writes down what it showed."""

    def __init__(self, city: City, topic: str) -> None:
        self.city = city
        self.dice = city.stream(topic)
        self._bad = {
            "vocational": _few(city.schools.vocational),
            "technical": _few(city.schools.technical),
        }

    @property
    def year(self) -> int:
        """The current school year."""
        return self.city.year

    def pupil(self, cohort: int, *, sex: str = "") -> Person:
        """Bring in a pupil who finished junior school before autumn `cohort`."""
        person = self.city.population.pupil(cohort, sex=sex)
        if cohort >= self.city.first_year:
            enrol.enter_junior(self.city, person, cohort)
        return person

    def school(self, kind: str) -> School:
        """Pick a school for a wrong: one of the few bad ones more often than not."""
        schools: list[School] = getattr(self.city.schools, kind)
        bad = self._bad.get(kind)
        return self.dice.pick(bad) if bad and self.dice.chance(0.6) else self.dice.pick(schools)

    def is_bad(self, school: School) -> bool:
        """Tell whether wrongs gather at the school."""
        return any(school in bad for bad in self._bad.values())

    def new_school(self, kind: str, **given: Any) -> School:
        """Found a school for a scene alone, so that what it does soils no other; `given` are fields of School.

        The reference lists name it like any other school; nobody else is sent there.
        """
        schools = self.city.schools
        known: list[School] = getattr(schools, kind)
        model = self.dice.pick(known)
        serial = _next_serial(schools)
        own = {
            "code": f"{model.code[:4]}{serial:0{len(model.code) - 4}d}",
            "name": f"青禾市虚构新设{serial}{_FOUNDED_AS[kind]}",
            "unqualified_years": set(),
            "unlisted_years": set(),
            "roll_file": model.county,
        }
        school = replace(model, **(own | given))
        schools.founded.append(school)
        return school

    def more(self, source: str, row: Row) -> None:
        """Deliver one more row of a source."""
        self.city.more_rows.setdefault(source, []).append(row)

    def edit(self, source: str, change: Edit) -> None:
        """Change what a source says, as its rows are delivered; the rows come in the source's order, once."""
        self.city.edits.setdefault(source, []).append(change)

    def strict_school(self, kind: str) -> School:
        """Pick a school that never files flexible courses, so that nothing stretches its programmes."""
        schools: list[School] = getattr(self.city.schools, kind)
        return self.dice.pick(schools[1::2])

    def another(self, school: School) -> School:
        """Pick another school of the same kind."""
        schools: list[School] = getattr(self.city.schools, school.kind)
        return self.dice.pick([other for other in schools if other is not school])

    def wrong(self, detector_id: str, spell: Spell, story: str, other: Spell | None = None) -> None:
        """Record a planted wrong of a person at a school."""
        self.city.wrongs.append(
            Wrong(
                detector_id,
                "person",
                story,
                people=(spell.person,),
                school=spell.school,
                other_school=other.school if other else None,
            )
        )

    def school_wrong(self, detector_id: str, school: School, year: int, story: str) -> None:
        """Record a planted wrong of a school in a school year, once."""
        school_year = f"{year}-{year + 1}"
        for known in self.city.wrongs:
            if (known.detector_id, known.school, known.school_year) == (
                detector_id,
                school,
                school_year,
            ):
                return
        wrong = Wrong(detector_id, "school", story, school=school, school_year=school_year)
        self.city.wrongs.append(wrong)

    def lawful(self, exception: str, detector_ids: str, spell: Spell, story: str) -> None:
        """Record a look-alike of the detectors (joined by a space)."""
        self.city.is_lawful(exception, detector_ids, spell, story)

    def lawful_school(self, exception: str, detector_id: str, school: School, story: str) -> None:
        """Record a look-alike that is about a school."""
        self.city.look_alikes.append(LookAlike(exception, (detector_id,), story, None, school))

    def day(self, first: date, last: date) -> date:
        """Draw a day, none after today."""
        return self.dice.day(first, max(first, min(last, self.city.as_of)))


Scene = Callable[[Stage], None]


def play(stage: Stage, scenes: Sequence[Scene], count: int) -> None:
    """Play the scenes in turn until `count` have been played; what they show bears their name."""
    city = stage.city
    for turn in range(count):
        scene = scenes[turn % len(scenes)]
        wrongs, look_alikes = len(city.wrongs), len(city.look_alikes)
        scene(stage)
        shown: list[Wrong | LookAlike] = [*city.wrongs[wrongs:], *city.look_alikes[look_alikes:]]
        for one in shown:
            one.scene = scene.__name__


def times_of_schools(
    city: City, detector_id: str, scenes: Sequence[Scene], for_each: int = 1
) -> int:
    """Tell how often scenes about schools are played, `for_each` wrong; each at least once.

    Some fill whole schools with students: of these a small city sees one.
    """
    if city.students < _SMALL_CITY and detector_id in _FILL_SCHOOLS:
        return 1
    wrongs = min(_MOST_SCHOOLS, round(city.students * PER_STUDENT_SCHOOLS))
    return max(len(scenes), wrongs * for_each)


def _next_serial(schools: Schools) -> int:
    """Number the next school; styles.py saves one file in 17 with rounded numbers, none of these."""
    schools.last_serial = max(schools.last_serial, _FIRST_FOUNDED - 1) + 1
    while schools.last_serial % 1000 % 17 in _ROUNDED:
        schools.last_serial += 1
    return schools.last_serial


def _few(schools: list[School]) -> list[School]:
    """Name the bad schools: one in thirty, at least one."""
    return schools[3 :: max(4, len(schools) // max(1, len(schools) // 30))][
        : max(1, len(schools) // 30)
    ]
