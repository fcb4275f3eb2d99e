"""Write an invented world as a ready workspace: deliveries, settings, and the truth beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from pipeline.sample import aid, courses, damage, lookalikes, wrongs
from pipeline.sample.city import City, found_city
from pipeline.sample.deliveries import Landed, deliver
from pipeline.sample.exports import events, money, reference, registries, reports
from pipeline.sample.exports.row import Rows
from pipeline.sample.truth import write_truth

AS_OF = date(2024, 4, 15)

_SETTINGS = """\
# An invented city (division 9901). Everything in exports/ is made up; truth/ says what was planted.

[policy]
# The city does not exist; the packs of Xinzhou in Shanxi (1409) stand in for its own, those of Jilin City (2202) and
# Jiamusi (2308) for its neighbours'.
stands_in = {{ "9901" = "1409", "9902" = "2202", "9903" = "2308" }}

[run]
as_of = "{as_of}"
"""

EXPORTS: Mapping[str, Callable[[City], Rows]] = MappingProxyType(
    {
        function.__name__: function
        for function in (
            registries.vocational_students,
            registries.technical_students,
            registries.k12_students,
            registries.higher_students,
            events.status_changes,
            events.term_registrations,
            events.attendance,
            events.internships,
            events.admissions,
            events.volunteers,
            events.graduates,
            money.aid_payments,
            money.fee_receipts,
            money.training_subsidies,
            money.competition_awards,
            money.funding_allocations,
            reference.schools,
            reference.school_events,
            reference.school_qualifications,
            reference.filed_majors,
            reference.teaching_sites,
            reference.joint_programs,
            reference.articulation_agreements,
            reference.integrated_classes,
            reference.enrollment_plans,
            reference.flexible_filings,
            reference.special_statuses,
            reference.counter_evidence,
            reports.monthly_reports,
            reports.quality_reports,
            reports.complaints,
            reports.rejected_registrations,
            reports.skill_certificates,
        )
    }
)


@dataclass(frozen=True, slots=True)
class World:
    """What was written: where, and how much of everything."""

    directory: Path
    as_of: date
    people: int
    rows: int
    files: int
    wrongs: int
    look_alikes: int

    @property
    def sentence(self) -> str:
        """What was written, in a sentence."""
        return (
            f"{self.directory}: {self.people} people in {self.rows} rows of {self.files} files; "
            f"{self.wrongs} planted wrongs, {self.look_alikes} look-alikes"
        )


def write_world(directory: Path, *, students: int, seed: int, as_of: date = AS_OF) -> World:
    """Write `directory` as a ready workspace with about `students` upper-secondary students.

    The same seed, number and day give the same bytes.
    """
    return write_city(Path(directory), build_city(students=students, seed=seed, as_of=as_of))


def build_city(*, students: int, seed: int, as_of: date = AS_OF) -> City:
    """Let the city live: life courses, aid, planted wrongs and look-alikes, slips of the pen."""
    city = found_city(seed, students, as_of)
    courses.populate(city)
    lookalikes.add(city)
    wrongs.plant(city)
    damage.misspell(city)
    aid.pay_everyone(city)
    wrongs.add_consequences(city)
    return city


def write_city(directory: Path, city: City) -> World:
    """Write a city's exports, settings and truth."""
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "reviews").mkdir(exist_ok=True)
    settings = _SETTINGS.format(as_of=city.as_of.isoformat())
    (directory / "qingji.toml").write_text(settings, encoding="utf-8")
    landed: list[Landed] = []
    for source, export in EXPORTS.items():
        landed += deliver(directory / "exports", source, _edited(city, source, export(city)))
    write_truth(directory / "truth", city, landed)
    return World(
        directory=directory,
        as_of=city.as_of,
        people=len(city.population.people),
        rows=sum(len(place.people) for place in landed),
        files=len({place.source_file for place in landed}),
        wrongs=len(city.wrongs),
        look_alikes=len(city.look_alikes),
    )


def _edited(city: City, source: str, rows: Rows) -> Rows:
    """Add what scenes wrote into a source themselves, and let them change what it says of others."""
    rows = chain(rows, city.more_rows.get(source, ()))
    for edit in city.edits.get(source, ()):
        rows = edit(rows)
    return rows
