"""A delivered table before anybody knows what its columns mean: rows of text cells with their row numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa

# Titles, notes and merged headings stand above the heading row, but never this many of them.
TOP_ROWS = 30


@dataclass(frozen=True)
class Line:
    """A row as text, with the number a person sees beside it on opening the file."""

    row: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Reject:
    """A row that could not be read, and why, without its content."""

    row: int
    reason: str


@dataclass(frozen=True)
class Block:
    """Some rows of a table, a column at a time, all of the width of the heading or wider.

    `remark` is what an operator should know of these rows, the same words for the same matter, or nothing.
    """

    rows: pa.Int64Array
    columns: tuple[pa.StringArray, ...]
    remark: str = ""


class Sheet(Protocol):
    """A table of a delivery: a worksheet, or all of a text or Parquet file."""

    @property
    def name(self) -> str:
        """What the sheet is called; empty where a file is one table."""
        ...

    @property
    def remark(self) -> str:
        """What an operator should know of the sheet (it is hidden), or nothing."""
        ...

    @property
    def top(self) -> tuple[Line, ...]:
        """The first rows, among which the heading must be."""
        ...

    def below(self, heading: Line, rejects: list[Reject]) -> Iterator[Block]:
        """Give the rows below the heading in blocks; add those that cannot be read to `rejects`."""
        ...
