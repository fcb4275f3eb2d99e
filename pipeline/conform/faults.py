"""Cells at fault: required and empty, or filled and unreadable; with what a school is told of each."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pipeline.conform.cells import Cells
from pipeline.conform.readers import reader_of
from schemas.ddl import PROVENANCE
from schemas.model import Column, Source

Flags = npt.NDArray[np.bool_]

_EMPTY = "required but empty; fill it in the exporting system"
_UNREADABLE = "{}; correct the export, or add the style to schemas"


def find_faults(source: Source, rows: pa.Table, cells: Mapping[str, Cells]) -> pa.Table | None:
    """Give a row for each cell at fault, or None where there is none.

    `row_number` counts the rows, `position` the columns, both from 0; `is_required` tells whether the cell rejects
    its row; `said` is the reason, without any value; source_file, sheet and source_row are the place.
    """
    parts = [
        _part(rows, position, column, is_empty=is_empty, at_fault=at_fault)
        for position, column in enumerate(source.columns)
        for is_empty, at_fault in _at_fault(column, cells[column.name])
        if at_fault.any()
    ]
    return pa.concat_tables(parts) if parts else None


def rejected(faults: pa.Table | None, rows: int) -> Flags:
    """Tell of each of so many rows whether a required cell rejects it."""
    flags = np.zeros(rows, np.bool_)
    if faults is not None:
        flags[faults.filter(faults["is_required"])["row_number"].to_numpy()] = True
    return flags


def enter_faults(con: duckdb.DuckDBPyConnection, source: Source, faults: pa.Table) -> None:
    """Put cells at fault into rejected_rows, rejected_cells and cell_issues."""
    con.register("faults", faults)
    try:
        for statement in _account():
            con.execute(statement, {"source": source.name}).fetchall()
    finally:
        con.unregister("faults")


def _at_fault(column: Column, cells: Cells) -> list[tuple[bool, Flags]]:
    """Flag the cells that are empty although required, and those that are unreadable."""
    unreadable = np.zeros(len(cells.values), np.bool_)
    if cells.is_unreadable is not None:
        unreadable = cells.is_unreadable.fill_null(pa.scalar(value=False)).to_numpy()
    found = [(False, unreadable)] if unreadable.any() else []
    if column.required and cells.values.null_count:
        found.append((True, cells.values.is_null().to_numpy() & ~unreadable))
    return found


def _part(
    rows: pa.Table, position: int, column: Column, *, is_empty: bool, at_fault: Flags
) -> pa.Table:
    places = np.flatnonzero(at_fault)
    reason = _EMPTY if is_empty else _UNREADABLE.format(reader_of(column).expected)
    constants = {
        "position": pa.scalar(position),
        "column_name": pa.scalar(column.name),
        "is_required": pa.scalar(column.required),
        "said": pa.scalar(f"{column.header}: {reason}"),
    }
    part = rows.select([*PROVENANCE]).take(pa.array(places)).append_column("row_number", [places])
    for name, constant in constants.items():
        part = part.append_column(name, pa.repeat(constant, len(places)))
    return part


@cache
def _account() -> tuple[str, ...]:
    folder = files(__package__).joinpath("account_sql")
    queries = sorted(folder.iterdir(), key=lambda file: file.name)
    return tuple(file.read_text("utf-8") for file in queries if file.name.endswith(".sql"))
