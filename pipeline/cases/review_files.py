"""Open reviewed case files as Excel and WPS save them: workbooks, CSV in UTF-8 or GB18030, any column order."""

import codecs
import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from pipeline.cases.columns import case_columns
from pipeline.cases.review_cells import Cell

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".ods"})
TEXTS = frozenset({".csv", ".txt"})
_SEPARATORS = (",", "\t", ";")
_HEADER_WITHIN = 20
"""A title and remarks may stand above the header; below that many rows nobody looks for it."""

_EXTRA_HEADINGS = {"有效期至": "valid_until", "Valid until": "valid_until"}


class UnreadableReviewError(Exception):
    """A reviewed file that cannot be opened, with the remedy."""


@dataclass(frozen=True)
class ReviewRow:
    """A row of a reviewed file: where it stands, and its cells by the name of our column."""

    source_file: str
    sheet: str
    source_row: int
    cells: dict[str, Cell]


@dataclass(frozen=True)
class ReviewSheet:
    """A sheet of a reviewed file with its rows; no rows and `has_case_ids` false where no header was found."""

    source_file: str
    sheet: str
    has_case_ids: bool
    rows: tuple[ReviewRow, ...]


def files_in(folder: Path) -> list[Path]:
    """List the reviewed files of a folder and the folders below it, sorted; Office's lock files are passed over."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and path.suffix.lower() in WORKBOOKS | TEXTS
        and not path.name.startswith(("~$", "."))
    )


def read(path: Path, name: str) -> list[ReviewSheet]:
    """Read every sheet of a reviewed file; UnreadableReviewError where it cannot be opened."""
    if path.suffix.lower() in TEXTS:
        return [_sheet(name, "", _records(_decode(path)))]
    try:
        with CalamineWorkbook.from_path(path) as workbook:
            return [
                _sheet(
                    name, sheet, workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
                )
                for sheet in workbook.sheet_names
                if not sheet.startswith("_")
            ]
    except (CalamineError, OSError) as error:
        raise UnreadableReviewError(
            "not a workbook that can be opened; save it again as .xlsx"
        ) from error


def _decode(path: Path) -> str:
    content = path.read_bytes()
    # What Excel calls Unicode text is UTF-16, parted by tabs.
    is_utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if is_utf16 else ("utf-8-sig", "gb18030"):
        with suppress(UnicodeDecodeError):
            return content.decode(encoding)
    raise UnreadableReviewError("neither UTF-8 nor GB18030; save it again as .xlsx")


def _records(text: str) -> list[list[str]]:
    """Split a text by the separator that shows the column of case ids, a comma if none does."""
    try:
        splits = [list(csv.reader(io.StringIO(text), delimiter=mark)) for mark in _SEPARATORS]
    except csv.Error as error:
        raise UnreadableReviewError(
            "a quotation mark is not closed; save it again as .xlsx"
        ) from error
    return next((rows for rows in splits if _sheet("", "", rows).has_case_ids), splits[0])


def _sheet(file: str, sheet: str, grid: Sequence[Sequence[Cell]]) -> ReviewSheet:
    for number, cells in enumerate(grid[:_HEADER_WITHIN]):
        columns = _columns(cells)
        if "case_id" in columns.values():
            rows = tuple(_rows(file, sheet, columns, grid[number + 1 :], number + 2))
            return ReviewSheet(file, sheet, has_case_ids=True, rows=rows)
    return ReviewSheet(file, sheet, has_case_ids=False, rows=())


def _columns(cells: Sequence[Cell]) -> dict[int, str]:
    """Find our columns in a header row; headings that are not ours are passed over."""
    known = _headings()
    found: dict[int, str] = {}
    for position, cell in enumerate(cells):
        name = known.get(_fold(cell))
        if name is not None and name not in found.values():
            found[position] = name
    return found


def _rows(
    file: str, sheet: str, columns: dict[int, str], grid: Sequence[Sequence[Cell]], first: int
) -> Iterator[ReviewRow]:
    for number, cells in enumerate(grid, start=first):
        taken = {
            name: cells[position] for position, name in columns.items() if position < len(cells)
        }
        if any(cell not in (None, "") for cell in taken.values()):
            yield ReviewRow(file, sheet, number, taken)


def _headings() -> dict[str, str]:
    ours = {
        heading: column.name
        for column in case_columns()
        for heading in (column.zh, column.en, column.name)
    }
    return {_fold(heading): name for heading, name in {**ours, **_EXTRA_HEADINGS}.items()}


def _fold(cell: Cell) -> str:
    return (
        "".join(unicodedata.normalize("NFKC", str(cell or "")).split()).strip("\ufeff'*").casefold()
    )
