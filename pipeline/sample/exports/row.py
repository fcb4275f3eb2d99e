"""A row on its way into a delivery: cells by canonical column, and whom it is truly about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from pipeline.sample.people import Person

Cell = str | int | bool | date | None
Cells = dict[str, Cell]


class Row(NamedTuple):
    """A row of a source: the file it belongs to, its cells and its true person (empty for none)."""

    stem: str
    cells: Cells
    person: str


Rows = Iterator[Row]


@dataclass(frozen=True, slots=True)
class Subject:
    """A person as a list outside the registries names them."""

    person: Person

    @property
    def cells(self) -> Cells:
        """Name and number as the person's own documents have them."""
        return {"name": self.person.name, "id_number": self.person.id_number}


def month_of(day: date) -> int:
    """Write a month as YYYYMM."""
    return day.year * 100 + day.month
