"""Read a delivery against its source's contract: every sheet with its status, its rows and what it lacks."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import pyarrow as pa

from pipeline.errors import DeliveryError
from pipeline.intake.headings import Fit, is_quotable, recognise
from pipeline.intake.open import open_delivery
from pipeline.intake.rows import named_rows
from pipeline.intake.sheet import TOP_ROWS, Line, Reject, Sheet

# A row of fewer filled cells is a title or a note, no heading.
_CELLS_OF_A_HEADING = 3
_NOTES = re.compile("说明|须知|封面|目录|字典|代码表|对照表")

_DAMAGE = (pa.ArrowException, OSError, UnicodeDecodeError, NotImplementedError)


class Status(StrEnum):
    """What became of a table."""

    LOADED = "loaded"
    REFUSED = "refused"
    EMPTY = "empty"


@dataclass(frozen=True)
class ReadSheet:
    """A table as read: its rows are taken from `tables` once; what could not be read is in `rejects` then."""

    name: str
    status: Status
    message: str
    tables: Iterator[pa.Table] = field(default_factory=lambda: iter(()))
    rejects: list[Reject] = field(default_factory=list)


def read_delivery(path: Path, extension: str, source: str) -> Iterator[ReadSheet]:
    """Give every sheet of a delivery; raise DeliveryError if the file as a whole cannot be read.

    The rows of a sheet are to be taken before the next sheet is asked for.
    """
    found_none = True
    with _damage_told():
        for sheet in open_delivery(path, extension):
            found_none = False
            yield _read_sheet(sheet, source)
    if found_none:
        raise DeliveryError("holds no worksheet; export it again")


@contextmanager
def _damage_told() -> Iterator[None]:
    """Say in our words what the readers of containers say in many when the bytes make no sense."""
    try:
        yield
    except _DAMAGE as error:
        raise DeliveryError("is damaged; export or copy it again") from error
    except DeliveryError:
        raise
    except Exception as error:  # what no reader foresaw costs its file, never the night
        raise DeliveryError(
            f"cannot be read ({type(error).__name__}); open it in Excel or WPS and save it anew as .xlsx, "
            "and please report it"
        ) from error


def _read_sheet(sheet: Sheet, source: str) -> ReadSheet:
    top = sheet.top
    if not any(any(line.cells) for line in top):
        return ReadSheet(sheet.name, Status.EMPTY, _note(sheet.remark, "no cell is filled"))
    try:
        fit = recognise(top, source)
    except DeliveryError as error:
        if _is_notes(sheet.name, top):
            return ReadSheet(sheet.name, Status.EMPTY, _note(sheet.remark, "notes, no table"))
        return ReadSheet(sheet.name, Status.REFUSED, _note(sheet.remark, str(error)))
    rejects: list[Reject] = []
    tables = _named_tables(sheet, fit, rejects)
    message = _note(sheet.remark, _kept(fit))
    return ReadSheet(sheet.name, Status.LOADED, message, tables, rejects)


def _named_tables(sheet: Sheet, fit: Fit, rejects: list[Reject]) -> Iterator[pa.Table]:
    with _damage_told():
        for block in sheet.below(fit.heading, rejects):
            yield named_rows(fit, block)


def _is_notes(name: str, top: Sequence[Line]) -> bool:
    """Whether a worksheet explains the others: by its name, or short and nowhere as wide as a heading."""
    if _NOTES.search(name):
        return True
    is_narrow = all(sum(map(bool, line.cells)) < _CELLS_OF_A_HEADING for line in top)
    return bool(name) and len(top) < TOP_ROWS and is_narrow


def _kept(fit: Fit) -> str:
    named = [name for name in fit.extra if is_quotable(name)]
    return f"not in the contract, kept in extra: {', '.join(named)}" if named else ""


def _note(*remarks: str) -> str:
    return "; ".join(filter(None, remarks))
