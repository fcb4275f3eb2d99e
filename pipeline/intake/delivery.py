"""Read one delivery whole, in whatever process: its sheets' account, its rows spooled, its unreadable rows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

import pyarrow as pa

from pipeline.errors import DeliveryError
from pipeline.intake.archive import at_hand
from pipeline.intake.entrusted import Reading, SheetReport
from pipeline.intake.inbox import Found
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
    """Read a file, its rows into a new file `spool`; one that cannot or must not be read comes out refused.

    Members of archives are unpacked beside `spool` for the time of reading.
    """
    if reading.copy_of:
        message = f"is a copy of {reading.copy_of}, which is counted; delete one of the two"
        return _unread(reading, Status.COPY, message)
    if reading.file.refusal:
        return refused(reading, reading.file.refusal)
    try:
        loading = _read(reading, spool)
    except DeliveryError as error:
        loading = refused(reading, str(error))
    if reading.file.is_untouched():
        return loading
    # Without digest and date, the next night finds it changed, whatever its date is then.
    file = replace(reading.file, modified_ns=0)
    message = "is still being written; it is read in the next night"
    return refused(replace(reading, file=file, digest=None), message)


def refused(reading: Reading, message: str) -> Loading:
    """Give the account of a file that is not read."""
    return _unread(reading, Status.REFUSED, message)


def _unread(reading: Reading, status: Status, message: str) -> Loading:
    file = reading.file
    return Loading(reading, (SheetReport(file.source, file.source_file, "", status, message),))


def _read(reading: Reading, spool: Path) -> Loading:
    writer = SpoolWriter(spool)
    try:
        with at_hand(reading.file, spool.parent) as path:
            reports, rejects = _read_sheets(reading.file, path, writer)
    finally:
        rows = writer.close()
    return Loading(reading, tuple(reports), rows, tuple(rejects))


def _read_sheets(
    file: Found, path: Path, writer: SpoolWriter
) -> tuple[list[SheetReport], list[pa.Table]]:
    reports, rejects = [], []
    for sheet in read_delivery(path, file.extension, file.source):
        rows = writer.write(_placed(table, file, sheet.name) for table in sheet.tables)
        rejects += [_rejected(file, sheet)] if sheet.rejects else []
        reports.append(_report(file, sheet, rows))
    return reports, rejects


def _report(file: Found, sheet: ReadSheet, rows: int) -> SheetReport:
    """Account for a sheet whose rows have been taken."""
    is_blank = sheet.status == Status.LOADED and not rows and not sheet.rejects
    if is_blank and PurePosixPath(file.source_file).stem.endswith(_TEMPLATE):
        sheet = replace(
            sheet, status=Status.EMPTY, message="the template, not filled in", remarks=[]
        )
    return SheetReport(
        source=file.source,
        source_file=file.source_file,
        sheet=sheet.name,
        status=sheet.status,
        message=sheet.account,
        rows_read=rows + len(sheet.rejects),
        rows_rejected=len(sheet.rejects),
        exported_on=max(sheet.days, default=None),
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
