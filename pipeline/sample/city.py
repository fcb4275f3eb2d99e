"""The invented city as a whole: its people, schools and everything that happened to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from pipeline.sample.dice import Dice
from pipeline.sample.people import Person, Population
from pipeline.sample.roll import (
    Admission,
    AidLine,
    Certificate,
    Change,
    LookAlike,
    Spell,
    Written,
    Wrong,
)
from pipeline.sample.schools import School, Schools, build_schools
from pipeline.sample.terms import school_year_of

if TYPE_CHECKING:
    from pipeline.sample.exports.row import Row, Rows

    Edit = Callable[[Rows], Rows]

CITY = "9901"


@dataclass(eq=False)
class City:
    """The world under construction; courses, wrongs and look-alikes add to it."""

    seed: int
    students: int
    as_of: date
    year: int
    population: Population
    schools: Schools
    dice: Dice
    spells: list[Spell] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    certificates: dict[Spell, Certificate] = field(default_factory=dict)
    admissions: list[Admission] = field(default_factory=list)
    aid: list[AidLine] = field(default_factory=list)
    integrated: list[tuple[Spell, School]] = field(default_factory=list)
    flexible: set[tuple[int, str]] = field(default_factory=set)
    agreements: set[tuple[str, str, str, str]] = field(default_factory=set)
    special: list[tuple[str, Person, date]] = field(default_factory=list)
    wrongs: list[Wrong] = field(default_factory=list)
    look_alikes: list[LookAlike] = field(default_factory=list)
    # By source: rows beside the usual ones, and what becomes of its rows before they are delivered.
    more_rows: dict[str, list[Row]] = field(default_factory=dict)
    edits: dict[str, list[Edit]] = field(default_factory=dict)

    @property
    def first_year(self) -> int:
        """The first school year of the window that exports cover."""
        return self.year - 3

    @property
    def places_planned(self) -> int:
        """Count the places in a school's plan: enough for everyone who comes."""
        return max(120, self.students // 15)

    def stream(self, topic: str) -> Dice:
        """Open a stream of chance for a topic."""
        return Dice(self.seed, topic)

    def is_lawful(self, exception: str, detector_ids: str, spell: Spell, story: str) -> None:
        """Record that a spell looks wrong to the detectors (joined by a space) and is not."""
        ids = tuple(detector_ids.split())
        self.look_alikes.append(LookAlike(exception, ids, story, spell.person, spell.school))


def found_city(seed: int, students: int, as_of: date) -> City:
    """Found the city: schools and nobody in them yet."""
    year = school_year_of(as_of)
    merged_on = date(year - 1, 8, 1)
    return City(
        seed=seed,
        students=students,
        as_of=as_of,
        year=year,
        population=Population(seed),
        schools=build_schools(Dice(seed, "schools"), students, merged_on),
        dice=Dice(seed, "city"),
    )


def as_it_is(person: Person) -> Written:
    """Write a person's identity down without a mistake."""
    return Written(person.name, person.id_number, person.born_on, person.sex)
