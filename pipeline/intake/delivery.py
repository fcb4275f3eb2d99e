"""Read one delivery whole, in whatever process: its sheets' account, its rows spooled, its unreadable rows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from pipeline.errors import DeliveryError
from pipeline.intake.inbox import Found
from pipeline.intake.ledger import Reading, SheetReport
from pipeline.intake.reading import ReadSheet, Status, read_delivery
from pipeline.intake.spool import Spooled, SpoolWriter

# What `qingji init` lays out to be filled in: as it is, it proves nothing about the source.
_TEMPLATE = ".template"


@dataclass(frozen=True)
class Loading:
    """A file read and not yet in the warehouse: its account, its rows on disk, those that are unreadable."""

    reading: Reading
    reports: tuple[SheetReport, ...]
    rows: Spooled | None = None
    rejects: tuple[pa.Table, ...] = ()

    @property
    def size(self) -> int:
        """The number of rows to write."""
        return (self.rows.rows if self.rows else 0) + sum(map(len, self.rejects))


def read_file(reading: Reading, spool: Path) -> Loading:
    """Read a file, its rows into a new file `spool`; one that cannot or must not be read comes out refused."""
    if reading.refusal:
        return refused(reading, reading.refusal)
    writer = SpoolWriter(spool)
    try:
        reports, rejects = _read_sheets(reading.file, writer)
    except DeliveryError as error:
        return refused(reading, str(error))
    finally:
        rows = writer.close()
    if not reading.file.is_untouched():
        message = "is still being written; it is read in the next night"
        return refused(replace(reading, digest=None), message)
    return Loading(reading, tuple(reports), rows, tuple(rejects))


def refused(reading: Reading, message: str) -> Loading:
    """Give the account of a file that is not read."""
    file = reading.file
    report = SheetReport(file.source, file.source_file, "", Status.REFUSED, message)
    return Loading(reading, (report,))


def _read_sheets(file: Found, writer: SpoolWriter) -> tuple[list[SheetReport], list[pa.Table]]:
    reports, rejects = [], []
    for sheet in read_delivery(file.path, file.extension, file.source):
        rows = writer.write(_placed(table, file, sheet.name) for table in sheet.tables)
        rejects += [_rejected(file, sheet)] if sheet.rejects else []
        reports.append(_report(file, sheet, rows))
    return reports, rejects


def _report(file: Found, sheet: ReadSheet, rows: int) -> SheetReport:
    """Account for a sheet whose rows have been taken."""
    is_blank = sheet.status == Status.LOADED and not rows and not sheet.rejects
    if is_blank and file.path.stem.endswith(_TEMPLATE):
        sheet = replace(sheet, status=Status.EMPTY, message="the template, not filled in")
    return SheetReport(
        source=file.source,
        source_file=file.source_file,
        sheet=sheet.name,
        status=sheet.status,
        message=sheet.message,
        rows_read=rows + len(sheet.rejects),
        rows_rejected=len(sheet.rejects),
    )


def _placed(table: pa.Table, file: Found, sheet: str) -> pa.Table:
    """Add to rows where they came from."""
    return table.append_column(
        "source_file", pa.repeat(file.source_file, len(table))
    ).append_column("sheet", pa.repeat(sheet, len(table)))


def _rejected(file: Found, sheet: ReadSheet) -> pa.Table:
    rejects: Sequence[tuple[int, str]] = [(reject.row, reject.reason) for reject in sheet.rejects]
    count = len(rejects)
    return pa.table(
        {
            "source": pa.repeat(file.source, count),
            "source_file": pa.repeat(file.source_file, count),
            "sheet": pa.repeat(sheet.name, count),
            "source_row": pa.array([row for row, _ in rejects], pa.int64()),
            "reason": pa.array([reason for _, reason in rejects], pa.string()),
            "stage": pa.repeat("read", count),
        }
    )
