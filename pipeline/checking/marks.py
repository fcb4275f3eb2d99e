"""What is to be marked in a row of a sheet, asked for row by row from the top."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby
from operator import itemgetter

import duckdb

from pipeline.checking.findings import Kind, SheetCheck, bare_reason, heading_of, kind_of

_ROWS_AT_A_TIME = 10_000
_Entry = tuple[int, str | None, bool, str]


@dataclass(frozen=True)
class Mark:
    """A fault in a row: of the column named in the contract, or of all the row where none is named."""

    kind: Kind
    column_name: str | None
    heading: str
    reason: str


class Marks:
    """The faults of one sheet, in the order of its rows."""

    def __init__(self, con: duckdb.DuckDBPyConnection, check: SheetCheck) -> None:
        """Ask for the marks of a sheet; it keeps `con` busy no longer than its own cursor."""
        self._check = check
        self._rows = groupby(self._fetched(con), itemgetter(0))
        self._next = next(self._rows, None)

    def of(self, row: int) -> list[Mark] | None:
        """Give the faults of a row, none where it was loaded whole, None if it was not taken for data.

        Rows are to be asked for in ascending order.
        """
        while self._next and self._next[0] < row:
            self._next = next(self._rows, None)
        if self._next is None or self._next[0] > row:
            return None
        return [self._mark(entry) for entry in self._next[1] if entry[3]]

    def _fetched(self, con: duckdb.DuckDBPyConnection) -> Iterator[_Entry]:
        # A view of its own for each source: the query is one for all.
        con.table(f"main.{self._check.source}").create_view("taken", replace=True)
        cursor = con.cursor()
        cursor.execute(
            files(__package__).joinpath("marks.sql").read_text("utf-8"),
            {"source_file": self._check.source_file, "sheet": self._check.sheet},
        )
        while entries := cursor.fetchmany(_ROWS_AT_A_TIME):
            yield from entries

    def _mark(self, entry: _Entry) -> Mark:
        _, column_name, is_damage, reason = entry
        source = self._check.source
        heading = heading_of(source, column_name)
        return Mark(
            kind_of(source, column_name, is_damage=is_damage),
            column_name,
            heading,
            bare_reason(reason, heading),
        )
