"""Type delivered text: arriving rows into main.<source>, the rest into rejected_rows and cell_issues.

The only rules are those of the contract (`schemas/sources`): a required cell that is empty or cannot be read
rejects its row with the reason; an optional one becomes null and is recorded. What was read equals what was
loaded plus what was rejected, for every file and sheet, or the night stops.
"""

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
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
    arriving: Iterable[pa.Table],
    *,
    slice_rows: int = _SLICE_ROWS,
) -> list[SheetCount]:
    """Type rows into main.<source>, within the caller's transaction; give what became of them by file and sheet.

    `arriving` are whole sheets part by part, mapped rather than in memory: the columns of the contract as text, tidied
    and null where empty, `extra`, and where each row came from. Needs the table, and the macros and code variants of
    `install_macros`.

    Rows that fail go to rejected_rows, their other cells at fault to rejected_cells, cells left empty to cell_issues,
    damaged identity numbers to identity_cells and what a whole column suffered to column_issues.
    """
    parts, counted = [], []
    # A slice is read while the one before it is written: on connections of their own, in threads of their own.
    with con.cursor() as reader, ThreadPoolExecutor(1) as writer:
        written: Future[None] | None = None
        for part in arriving:
            parts.append(part)
            for first in range(0, len(part), slice_rows):
                slice_ = _read(reader, source, part.slice(first, slice_rows))
                counted.append(slice_.counted())
                if written:
                    written.result()
                written = writer.submit(_write, con, source, slice_)
        if written:
            written.result()
    if not counted:
        return []
    enter_damage(con, source, pa.concat_tables(parts))
    sheets = (
        pa.concat_tables(counted).group_by(_SHEET).aggregate([(name, "sum") for name in _COUNTS])
    )
    return [
        SheetCount(*(sheet[name] for name in _SHEET), *(sheet[f"{name}_sum"] for name in _COUNTS))
        for sheet in sheets.sort_by([(name, "ascending") for name in _SHEET]).to_pylist()
    ]


@dataclass(frozen=True)
class _Slice:
    """Some rows as text, those that are not rejected typed, and which of them are at fault."""

    rows: pa.Table
    typed: pa.Table
    faults: pa.Table | None
    is_rejected: Flags

    def counted(self) -> pa.Table:
        """Count of each sheet the rows to load, the rejected ones, and the cells left empty."""
        issues = np.zeros(len(self.rows), np.int64)
        if self.faults is not None:
            issues = np.bincount(self.faults["row_number"].to_numpy(), minlength=len(self.rows))
        counts = (~self.is_rejected, self.is_rejected, np.where(self.is_rejected, 0, issues))
        table = self.rows.select(_SHEET)
        for name, count in zip(_COUNTS, counts, strict=True):
            table = table.append_column(name, pa.array(count.astype(np.int64)))
        grouped = table.group_by(_SHEET).aggregate([(name, "sum") for name in _COUNTS])
        return grouped.rename_columns([*_SHEET, *_COUNTS])


def _read(con: duckdb.DuckDBPyConnection, source: Source, rows: pa.Table) -> _Slice:
    # Rows of many small files are many small pieces, and each costs as much as a large one.
    if len(rows) < _PIECE_ROWS * rows["source_row"].num_chunks:
        rows = rows.combine_chunks()
    cells = typed_cells(con, source, rows)
    faults = find_faults(source, rows, cells)
    is_rejected = rejected(faults, len(rows))
    typed = {name: column.values for name, column in cells.items()} | {"extra": rows["extra"]}
    settle_names(con, source, rows, typed)
    where = {name: rows[name] for name in PROVENANCE}
    table = pa.table(typed | where)
    if is_rejected.any():
        table = table.filter(pa.array(~is_rejected))
    # DuckDB takes a third longer over a table in pieces.
    return _Slice(rows, table.combine_chunks(), faults, is_rejected)


def _write(con: duckdb.DuckDBPyConnection, source: Source, slice_: _Slice) -> None:
    _load(con, source, slice_.typed)
    if slice_.faults is not None:
        enter_faults(con, source, slice_.faults)
    remark_names(con, source, slice_.rows, slice_.is_rejected)


def _load(con: duckdb.DuckDBPyConnection, source: Source, typed: pa.Table) -> None:
    con.register("typed", typed)
    try:
        con.execute(typing_statements.load(source)).fetchall()
    finally:
        con.unregister("typed")
