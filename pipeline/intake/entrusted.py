"""What goes to a reader, and what it tells of each sheet: all that a process of its own needs of the account."""

from dataclasses import dataclass
from datetime import date

from pipeline.intake.inbox import Found
from pipeline.intake.reading import Status


@dataclass(frozen=True)
class Reading:
    """A file as it is read tonight: its digest if it was opened, and the file it is a copy of."""

    file: Found
    digest: str | None = None
    copy_of: str | None = None


@dataclass(frozen=True)
class SheetReport:
    """What reading one sheet came to; `rows_rejected` could not be read at all."""

    source: str
    source_file: str
    sheet: str
    status: Status
    message: str
    rows_read: int = 0
    rows_rejected: int = 0
    exported_on: date | None = None
