"""Sheets laid out on the page and read against a contract: what arrives, what is rejected, what is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from delivered_files import workbook

from pipeline.intake.reading import read_delivery

Rows = Sequence[Sequence[object]]


@dataclass(frozen=True)
class Seen:
    """A sheet as read: its status, all that is said of it, its rows by column, its rejects."""

    status: str
    said: str
    rows: list[dict[str, str]]
    rejects: list[tuple[int, str]]

    def column(self, name: str) -> list[str | None]:
        return [row.get(name) for row in self.rows]

    @property
    def at(self) -> list[int]:
        return [int(row["source_row"]) for row in self.rows]


def sheets(content: bytes, source: str, folder: Path, extension: str = ".xlsx") -> list[Seen]:
    path = folder / f"delivery{extension}"
    path.write_bytes(content)
    seen = []
    for sheet in read_delivery(path, extension, source):
        rows = [row for table in sheet.tables for row in table.to_pylist()]
        filled = [{name: cell for name, cell in row.items() if cell is not None} for row in rows]
        rejects = [(reject.row, reject.reason) for reject in sheet.rejects]
        seen.append(Seen(sheet.status.value, sheet.account, filled, rejects))
    return seen


def sheet(rows: Rows, source: str, folder: Path) -> Seen:
    (seen,) = sheets(workbook(名单=rows), source, folder)
    return seen
