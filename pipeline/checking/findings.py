"""What is wrong with the sheets of a delivery, each thing once, in words without personal values."""

from dataclasses import dataclass, replace
from importlib.resources import files
from itertools import groupby
from typing import Any, Literal, get_args

import duckdb

from schemas.catalog import sources

# Enough to show where to look; the marked workbook shows every cell.
_ROWS_KNOWN = 1000
_SPANS_SHOWN = 8

Kind = Literal["column", "rejected", "emptied", "damaged"]
_GRAVEST_FIRST: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True)
class Finding:
    """One thing wrong in a column of a sheet, or with whole rows where no column is named.

    `column`: something about all of a column; `rejected`: rows not taken; `emptied`: rows taken without this cell;
    `damaged`: identity numbers taken as they are that cannot be right.
    `source_rows` are the first of the `places` rows it is found in.
    """

    kind: Kind
    column_name: str | None
    heading: str
    reason: str
    places: int
    source_rows: tuple[int, ...] = ()

    def rows(self) -> str:
        """Write the rows to look at, runs closed up (5, 9, 12–18), the rest as an ellipsis."""
        spans = _spans(self.source_rows)
        is_all = len(self.source_rows) == self.places and len(spans) <= _SPANS_SHOWN
        return ", ".join(spans[:_SPANS_SHOWN]) + ("" if is_all else " …")


@dataclass(frozen=True)
class SheetCheck:
    """What one sheet would come to; `message` is what is said of it as a whole."""

    source: str
    source_file: str
    sheet: str
    status: str
    message: str
    rows_read: int
    rows_loaded: int
    rows_rejected: int
    cells_emptied: int
    findings: tuple[Finding, ...] = ()

    @property
    def place(self) -> str:
        """File and sheet, as one names them."""
        return f"{self.source_file} {self.sheet}".rstrip()


def sheet_checks(con: duckdb.DuckDBPyConnection) -> list[SheetCheck]:
    """Give what the account says of every sheet, by file and sheet."""
    con.execute(_statement("told_faults.sql")).fetchall()
    rows = con.execute(_statement("sheets.sql")).fetchall()
    return [replace(SheetCheck(*row), findings=_findings(con, *row[:3])) for row in rows]


def kind_of(source: str, column_name: str | None, *, is_damage: bool) -> Kind:
    """Tell what a fault costs: its row where the column is required or none is named, its cell otherwise."""
    if is_damage:
        return "damaged"
    if column_name and not sources()[source].column(column_name).required:
        return "emptied"
    return "rejected"


def heading_of(source: str, column_name: str | None) -> str:
    """Give the heading of a column in the contract; nothing where all of a row is meant."""
    return sources()[source].column(column_name).header if column_name else ""


def bare_reason(reason: str, heading: str) -> str:
    """Take off a reason the heading it is told under."""
    return reason.removeprefix(heading).lstrip(":： ") if heading else reason


def _findings(
    con: duckdb.DuckDBPyConnection, source: str, source_file: str, sheet: str
) -> tuple[Finding, ...]:
    sheet_named = {"source_file": source_file, "sheet": sheet}
    columns = con.execute(_statement("column_findings.sql"), sheet_named).fetchall()
    faults = con.execute(
        _statement("findings.sql"), sheet_named | {"shown": _ROWS_KNOWN}
    ).fetchall()
    found = [_column_finding(source, row) for row in columns]
    found += [_finding(source, row) for row in faults]
    return tuple(sorted(found, key=lambda finding: _GRAVEST_FIRST.index(finding.kind)))


def _column_finding(source: str, row: tuple[Any, ...]) -> Finding:
    column_name, issue, cells = row
    heading = heading_of(source, column_name)
    return Finding("column", column_name, heading, bare_reason(issue, heading), cells)


def _finding(source: str, row: tuple[Any, ...]) -> Finding:
    column_name, is_damage, reason, places, source_rows = row
    heading = heading_of(source, column_name)
    return Finding(
        kind=kind_of(source, column_name, is_damage=is_damage),
        column_name=column_name,
        heading=heading,
        reason=bare_reason(reason, heading),
        places=places,
        source_rows=tuple(source_rows),
    )


def _statement(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")


def _spans(rows: tuple[int, ...]) -> list[str]:
    """Write ascending row numbers with their runs closed up."""
    spans = []
    for _, run in groupby(enumerate(rows), lambda entry: entry[1] - entry[0]):
        numbers = [row for _, row in run]
        first, last = numbers[0], numbers[-1]
        spans.append(str(first) if first == last else f"{first}–{last}")
    return spans
