"""A detector's proof on paper: named examples with the rows given and the findings expected."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, model_validator

from detectors.contract import Detector, DetectorError, Sentence, Strict, Value, Verdict
from detectors.header import in_words, mapping

Cell = bool | int | float | date | str | list[str] | None
Row = dict[str, Cell]
Given = dict[str, tuple[Row, ...] | None]
"""Rows by table; None: the list was not delivered at all."""
Expected = int | tuple[Row, ...]


class Without(Strict):
    """What to take away from an example, so that its lawful exception no longer holds."""

    rows: dict[str, Literal["all"] | tuple[int, ...]] = Field(default_factory=dict)
    table: str | tuple[str, ...] = ()
    set: dict[str, dict[int, Row]] = Field(default_factory=dict)
    params: dict[str, Value] = Field(default_factory=dict)

    @property
    def tables(self) -> tuple[str, ...]:
        """List the tables that count as not delivered."""
        return (self.table,) if isinstance(self.table, str) else self.table

    @model_validator(mode="after")
    def _takes_something(self) -> Without:
        if not (self.rows or self.table or self.set or self.params):
            raise ValueError("say what to take away: rows, table, set or params")
        return self


class Example(Strict):
    """A small world and what the detector must say of it."""

    name: Sentence
    as_of: date = date(2024, 1, 15)
    place: str = "990102"
    given: Given = Field(default_factory=dict)
    params: dict[str, Value] = Field(default_factory=dict)
    flags: Expected
    verdict: Verdict | None = None
    exception: str | None = None
    without: Without | None = None
    without_flags: Expected | None = None
    known_miss: bool = False

    @property
    def expects_silence(self) -> bool:
        """Tell whether nothing may be flagged."""
        return self.flags in (0, ())

    @model_validator(mode="after")
    def _hangs_together(self) -> Example:
        if (self.exception is None) != (self.without is None):
            raise ValueError("exception and without go together")
        if self.exception and not self.expects_silence:
            raise ValueError("an example of an exception flags 0")
        if self.without_flags is not None and self.without is None:
            raise ValueError("without_flags needs a without")
        return self


class Casebook(Strict):
    """The examples of one detector; `given` holds the tables that stand in every example."""

    given: Given = Field(default_factory=dict)
    examples: tuple[Example, ...] = Field(min_length=1)

    def world(self, example: Example) -> Given:
        """Give the rows of an example together with those common to all."""
        return {**self.given, **example.given}


def read(path: Path) -> Casebook:
    """Read a casebook; DetectorError names file, example and key."""
    if not path.is_file():
        raise DetectorError(f"{path.name}: missing; a detector is proven by the examples in it")
    try:
        return Casebook.model_validate(mapping(path.read_text(encoding="utf-8"), path))
    except ValidationError as wrong:
        raise DetectorError(in_words(path, wrong)) from None


def gaps(detector: Detector, casebook: Casebook) -> list[str]:
    """List what a casebook fails to prove: a flag, a near miss, each exception."""
    examples = casebook.examples
    names = [example.name for example in examples]
    proven = {example.exception for example in examples if example.exception}
    known = {exception.name for exception in detector.exceptions}
    found = [
        f"two examples are called '{name}'"
        for name in sorted({n for n in names if names.count(n) > 1})
    ]
    if all(example.expects_silence or example.known_miss for example in examples):
        found.append("no example flags")
    if not any(example.expects_silence and not example.exception for example in examples):
        found.append("no near miss: an example with flags: 0 and no exception")
    found += [f"no example proves {name}" for name in sorted(known - proven)]
    found += [f"the header knows no exception {name}" for name in sorted(proven - known)]
    return [f"{detector.casebook_path.name}: {gap}" for gap in found]


def taken_away(given: Given, without: Without) -> Given:
    """Give the rows that are left; DetectorError where there is nothing to take away."""
    left: dict[str, list[Row] | None] = {
        table: None if rows is None else [dict(row) for row in rows]
        for table, rows in given.items()
    }
    for table, changes in without.set.items():
        for index, cells in changes.items():
            _row(left, table, index).update(cells)
    for table, indices in without.rows.items():
        rows = left.get(table) or []
        gone = range(len(rows)) if indices == "all" else indices
        for index in gone:
            _row(left, table, int(index))
        left[table] = [row for index, row in enumerate(rows) if index not in gone]
    for table in without.tables:
        left[table] = None
    return {table: None if rows is None else tuple(rows) for table, rows in left.items()}


def _row(given: Mapping[str, list[Row] | None], table: str, index: int) -> Row:
    rows = given.get(table) or []
    if index not in range(len(rows)):
        raise DetectorError(f"without: {table} has no row {index} (they count from 0)")
    return rows[index]
