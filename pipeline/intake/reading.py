"""Read a delivery against its source's contract: every sheet with its status, its rows and what it lacks."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

import pyarrow as pa

from pipeline.errors import DeliveryError
from pipeline.intake.export_day import export_day, noting_day
from pipeline.intake.headings import Fit, is_quotable, known_headings, recognise
from pipeline.intake.open import open_delivery
from pipeline.intake.pages import Pages
from pipeline.intake.sheet import TOP_ROWS, Block, Line, Reject, Sheet
from pipeline.intake.titles import lines_with_labels
from schemas.catalog import sources

# A row of fewer filled cells is a title or a note, no heading.
_CELLS_OF_A_HEADING = 3
_NOTES = re.compile(
    "说明|须知|封面|目录|字典|代码|码表|对照表|注意事项|要求|选项|下拉|枚举|参数|填报指南|^数据源$|^核查结果$|^Findings$|^(?:hidden|_)"
)
_EXAMPLES = re.compile(r"^(?:填[写表报])?(?:示例|样例|范例|例表)\d?$")
_HIDDEN = "hidden"

_DAMAGE = (pa.ArrowException, OSError, UnicodeDecodeError, NotImplementedError)


class Status(StrEnum):
    """What became of a table."""

    LOADED = "loaded"
    REFUSED = "refused"
    EMPTY = "empty"
    COPY = "copy"
    REPLACED = "replaced"


@dataclass(frozen=True)
class ReadSheet:
    """A table as read: its rows are taken from `tables` once.

    Then `rejects` holds what could not be read, `remarks` what was left out, and `days` when it was exported.
    """

    name: str
    status: Status
    message: str
    tables: Iterator[pa.Table] = field(default_factory=lambda: iter(()))
    rejects: list[Reject] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    days: list[date] = field(default_factory=list)

    @property
    def account(self) -> str:
        """All there is to say of the sheet, complete once its rows have been taken."""
        return _note(self.message, *self.remarks)


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
    if _EXAMPLES.search(sheet.name):
        told = "an example by its name, not read; rename the sheet if its rows are true"
        return ReadSheet(sheet.name, Status.EMPTY, _note(sheet.remark, told))
    try:
        fit = recognise(top, source, lambda heading: lines_with_labels(sheet.below(heading, [])))
    except DeliveryError as error:
        if _is_notes(sheet, top):
            return ReadSheet(sheet.name, Status.EMPTY, _note(sheet.remark, "notes, no table"))
        return ReadSheet(sheet.name, Status.REFUSED, _note(sheet.remark, str(error)))
    read = ReadSheet(sheet.name, Status.LOADED, _note(sheet.remark, _around(fit), _kept(fit)))
    above = (line.cells for line in top if line.row < fit.rows[0].row)
    read.days.extend(filter(None, (export_day(above),)))
    return replace(read, tables=_tables(sheet, fit, Pages(fit, top, read.rejects), read))


def _tables(sheet: Sheet, fit: Fit, pages: Pages, read: ReadSheet) -> Iterator[pa.Table]:
    with _damage_told():
        blocks = _noting_remarks(sheet.below(fit.heading, read.rejects), read.remarks)
        yield from pages.tables(noting_day(blocks, read.days))
    read.remarks.append(pages.remark)


def _noting_remarks(blocks: Iterable[Block], remarks: list[str]) -> Iterator[Block]:
    for block in blocks:
        if block.remark and block.remark not in remarks:
            remarks.append(block.remark)
        yield block


def _is_notes(sheet: Sheet, top: Sequence[Line]) -> bool:
    """Whether a worksheet explains the others: by its name, short and narrow, or hidden without a heading."""
    if _NOTES.search(sheet.name):
        return True
    is_narrow = all(sum(map(bool, line.cells)) < _CELLS_OF_A_HEADING for line in top)
    is_hidden = sheet.remark.startswith(_HIDDEN)
    has_headings = any(known_headings(line.cells) > 1 for line in top)
    return (
        bool(sheet.name) and not has_headings and (is_hidden or (is_narrow and len(top) < TOP_ROWS))
    )


def _around(fit: Fit) -> str:
    headers = [sources()[fit.source].column(name).header for name in fit.constants]
    return f"{', '.join(headers)} taken from the lines around the table" if headers else ""


def _kept(fit: Fit) -> str:
    named = [name for name in fit.extra if is_quotable(name)]
    return f"not in the contract, kept in extra: {', '.join(named)}" if named else ""


def _note(*remarks: str) -> str:
    return "; ".join(filter(None, remarks))
