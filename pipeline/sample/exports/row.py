"""A row on its way into a delivery: cells by canonical column, and whom it is truly about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from pipeline.sample.city import as_it_is
from pipeline.sample.damage import slip
from pipeline.sample.dice import Dice
from pipeline.sample.people import Person

_SLIPS = 0.015

Cell = str | int | bool | date | None
Cells = dict[str, Cell]


class Row(NamedTuple):
    """A row of a source: the file it belongs to, its cells and its true person (empty for none)."""

    stem: str
    cells: Cells
    person: str


Rows = Iterator[Row]


def named(person: Person, dice: Dice) -> Cells:
    """Name a person as a list outside the registries does, now and then with a slip."""
    written = as_it_is(person)
    if dice.chance(_SLIPS):
        slip(written, dice)
    return {"name": written.name, "id_number": written.id_number}


def month_of(day: date) -> int:
    """Write a month as YYYYMM."""
    return day.year * 100 + day.month
