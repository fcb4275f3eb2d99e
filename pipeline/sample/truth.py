"""The truth beside the deliveries: who every row is about, what was planted, what only looks wrong."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from pipeline.sample.city import City
from pipeline.sample.deliveries import Landed
from pipeline.sample.schools import School

PERSONS = ("source", "source_file", "sheet", "source_row", "true_person")
WRONGS = (
    "wrong_id",
    "detector_id",
    "subject_kind",
    "true_person",
    "school_code",
    "other_school_code",
    "school_year",
    "term",
    "amount_paid",
    "story",
)
LOOK_ALIKES = (
    "lookalike_id",
    "exception",
    "detector_ids",
    "true_person",
    "school_code",
    "story",
)


def write_truth(folder: Path, city: City, landed: list[Landed]) -> None:
    """Write persons.csv, wrongs.csv and lookalikes.csv."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "persons.csv", PERSONS, _persons(landed))
    _write(folder / "wrongs.csv", WRONGS, _wrongs(city))
    _write(folder / "lookalikes.csv", LOOK_ALIKES, _look_alikes(city))


def _write(path: Path, header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


def _persons(landed: list[Landed]) -> Iterable[tuple[object, ...]]:
    for place in landed:
        for offset, person in enumerate(place.people):
            if person:
                row = place.first_row + offset
                yield (place.source, place.source_file, place.sheet, row, person)


def _wrongs(city: City) -> Iterable[tuple[object, ...]]:
    for number, wrong in enumerate(city.wrongs, start=1):
        yield (
            f"W{number:04d}",
            wrong.detector_id,
            wrong.subject_kind,
            ";".join(person.key for person in wrong.people),
            _code(wrong.school),
            _code(wrong.other_school),
            wrong.school_year,
            "",  # the term: truth is per person and school
            wrong.amount_paid,
            wrong.story,
        )


def _look_alikes(city: City) -> Iterable[tuple[object, ...]]:
    for number, look_alike in enumerate(city.look_alikes, start=1):
        yield (
            f"L{number:05d}",
            look_alike.exception,
            ";".join(look_alike.detector_ids),
            look_alike.person.key if look_alike.person else "",
            _code(look_alike.school),
            look_alike.story,
        )


def _code(school: School | None) -> str:
    """Name a school by the code that carries it on today, as findings do."""
    if school is None:
        return ""
    return (school.successor or school).code
