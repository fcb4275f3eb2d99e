"""Type delivered text: arriving rows into main.<source>, the rest into rejected_rows and cell_issues.

The only rules are those of the contract (`schemas/sources`): a required cell that is empty or cannot be read
rejects its row with the reason; an optional one becomes null and is recorded. What was read equals what was
loaded plus what was rejected, for every file and sheet, or the night stops.
"""

from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa

from pipeline.conform import typing_statements
from pipeline.conform.cells import typed_cells
from pipeline.conform.damage import enter_damage
from pipeline.conform.faults import Flags, enter_faults, find_faults, rejected
from pipeline.conform.macros import install_macros
from pipeline.conform.names import remark_names, settle_names
from pipeline.errors import BrokenPromiseError
from schemas.ddl import PROVENANCE
from schemas.model import Source

__all__ = ["SheetCount", "assert_nothing_lost", "install_macros", "type_arriving"]

# Row groups of the database, some of them: what is read of a slice beside its text takes little memory.
_SLICE_ROWS = 4 * 122_880
_PIECE_ROWS = 1000
_SHEET = ("source_file", "sheet")
_COUNTS = ("loaded", "rejected", "issues")


@dataclass(frozen=True)
class SheetCount:
    """What typing made of the rows of one sheet; `issues` are cells left empty in loaded rows."""

    source_file: str
    sheet: str
    loaded: int
    rejected: int
    issues: int


def assert_nothing_lost(con: duckdb.DuckDBPyConnection) -> None:
    """Stop the night unless rows read = rows loaded + rows rejected for every file and sheet."""
    lost = con.execute(
        """
        select source_file, sheet, rows_read, rows_loaded, rows_rejected from deliveries
        where rows_read <> rows_loaded + rows_rejected order by source_file, sheet
        """
    ).fetchall()
    if lost:
        file, sheet, read, loaded, rejected_rows = lost[0]
        raise BrokenPromiseError(
            f"{file} {sheet}: {read} rows read, but {loaded} loaded and {rejected_rows} rejected "
            f"({len(lost)} sheets in all); nothing was published. Run with --full; if it stays, report it"
        )


def type_arriving(
    con: duckdb.DuckDBPyConnection,
    source: Source,
    arriving: pa.Table,
    *,
    slice_rows: int = _SLICE_ROWS,
) -> list[SheetCount]:
    """Type rows into main.<source>, within the caller's transaction; give what became of them by file and sheet.

    `arriving` has the columns of the contract as text, tidied and null where empty, `extra`, and where each row came
    from; it may be larger than memory. Needs the table, and the macros and code variants of `install_macros`.
    Rows that fail go to rejected_rows, their other cells at fault to rejected_cells, cells left empty to cell_issues,
    damaged identity numbers to identity_cells and what a whole column suffered to column_issues.
    """
    counted = [
        _type_slice(con, source, arriving.slice(first, slice_rows))
        for first in range(0, len(arriving), slice_rows)
    ]
    if not counted:
        return []
    enter_damage(con, source, arriving)
    sheets = (
        pa.concat_tables(counted).group_by(_SHEET).aggregate([(name, "sum") for name in _COUNTS])
    )
    return [
        SheetCount(*(sheet[name] for name in _SHEET), *(sheet[f"{name}_sum"] for name in _COUNTS))
        for sheet in sheets.sort_by([(name, "ascending") for name in _SHEET]).to_pylist()
    ]


def _type_slice(con: duckdb.DuckDBPyConnection, source: Source, rows: pa.Table) -> pa.Table:
    """Type some rows; give how many of each sheet were loaded and rejected, and the cells left empty."""
    # Rows of many small files are many small pieces, and each costs as much as a large one.
    if len(rows) < _PIECE_ROWS * rows["source_row"].num_chunks:
        rows = rows.combine_chunks()
    cells = typed_cells(con, source, rows)
    faults = find_faults(source, rows, cells)
    is_rejected = rejected(faults, len(rows))
    typed = {name: column.values for name, column in cells.items()} | {"extra": rows["extra"]}
    settle_names(con, source, rows, typed)
    where = {name: rows[name] for name in PROVENANCE}
    _load(con, source, pa.table(typed | where | {"is_rejected": pa.array(is_rejected)}))
    if faults is not None:
        enter_faults(con, source, faults)
    remark_names(con, source, rows, is_rejected)
    return _counted(rows, is_rejected, faults)


def _load(con: duckdb.DuckDBPyConnection, source: Source, typed: pa.Table) -> None:
    con.register("typed", typed)
    try:
        con.execute(typing_statements.load(source)).fetchall()
    finally:
        con.unregister("typed")


def _counted(rows: pa.Table, is_rejected: Flags, faults: pa.Table | None) -> pa.Table:
    issues = np.zeros(len(rows), np.int64)
    if faults is not None:
        issues = np.bincount(faults["row_number"].to_numpy(), minlength=len(rows))
    counts = (~is_rejected, is_rejected, np.where(is_rejected, 0, issues))
    table = rows.select(_SHEET)
    for name, count in zip(_COUNTS, counts, strict=True):
        table = table.append_column(name, pa.array(count.astype(np.int64)))
    grouped = table.group_by(_SHEET).aggregate([(name, "sum") for name in _COUNTS])
    return grouped.rename_columns([*_SHEET, *_COUNTS])
