"""`qingji check`: the intake and the typing of a night on a throw-away database, for one delivery or all."""

from collections.abc import Iterable
from dataclasses import dataclass
from os import cpu_count
from pathlib import Path
from typing import Any

import duckdb

from pipeline.errors import UsageError
from pipeline.intake import Readers, collect
from pipeline.store.database import set_as_of
from pipeline.workspace import Workspace

_COMPLAINTS_SHOWN = 50


@dataclass(frozen=True)
class SheetCheck:
    """What one sheet would come to, with complaints a school can act on; no personal values."""

    source: str
    source_file: str
    sheet: str
    status: str
    rows_read: int
    rows_loaded: int
    rows_rejected: int
    complaints: tuple[str, ...]


def check_deliveries(workspace: Workspace, files: Iterable[Path]) -> list[SheetCheck]:
    """Read the deliveries of a workspace (the given files only, if any) and tell what they come to."""
    chosen = [_below_exports(workspace, path) for path in files]
    con = duckdb.connect(":memory:")
    try:
        # The day matters only for the column first_loaded_at, which nobody sees here.
        set_as_of(con, "2000-01-01")
        collect(con, workspace.exports, Readers(processes=cpu_count() or 1))
        sheets = con.execute(
            "select source, source_file, sheet, status, rows_read, rows_loaded, rows_rejected, message "
            "from deliveries order by source_file, sheet"
        ).fetchall()
        return [
            _checked(con, row)
            for row in sheets
            if (row[1] in chosen if chosen else not _is_blank_template(row))
        ]
    finally:
        con.close()


def _is_blank_template(row: tuple[Any, ...]) -> bool:
    _, file, _, status, *_ = row
    return bool(status == "empty" and file.endswith(".template.xlsx"))


def _checked(con: duckdb.DuckDBPyConnection, row: tuple[Any, ...]) -> SheetCheck:
    source, file, sheet, status, read, loaded, rejected, message = row
    return SheetCheck(
        source=source,
        source_file=file,
        sheet=sheet,
        status=status,
        rows_read=read,
        rows_loaded=loaded,
        rows_rejected=rejected,
        complaints=_complaints(con, file, sheet, message),
    )


def _complaints(
    con: duckdb.DuckDBPyConnection, file: str, sheet: str, message: str
) -> tuple[str, ...]:
    rows = con.execute(
        """
        select source_row, 'rejected: ' || reason as told from rejected_rows
        where source_file = $file and sheet = $sheet
        union all
        select source_row, issue as told from cell_issues where source_file = $file and sheet = $sheet
        order by source_row, told
        """,
        {"file": file, "sheet": sheet},
    ).fetchall()
    told = [f"row {row}: {reason}" for row, reason in rows[:_COMPLAINTS_SHOWN]]
    if len(rows) > _COMPLAINTS_SHOWN:
        told.append(f"… and {len(rows) - _COMPLAINTS_SHOWN} more")
    return (*((message,) if message else ()), *told)


def _below_exports(workspace: Workspace, path: Path) -> str:
    candidates = (path, workspace.root / path, workspace.exports / path)
    for candidate in candidates:
        if candidate.is_file() and candidate.resolve().is_relative_to(workspace.exports):
            return candidate.resolve().relative_to(workspace.exports).as_posix()
    raise UsageError(f"{path}: no such delivery below {workspace.exports}")
