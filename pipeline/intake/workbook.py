"""Worksheets of an Excel workbook (.xlsx, .xls, .xlsb), cell by cell with the types that Excel gave them."""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pyarrow as pa
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from pipeline.errors import DeliveryError
from pipeline.intake.cells import cell_text, column_text
from pipeline.intake.gathered import GatheredSheet
from pipeline.intake.merged import Rows, repeat_merged
from pipeline.intake.sheet import TOP_ROWS, Block, Line, Reject

_BLOCK_ROWS = 8_192
# Up to here a sheet is handed over whole, which is twice as fast as row by row.
_WHOLE_CELLS = 4_000_000
# So many rows an .xls and an .xlsx sheet can hold.
_ALL_ROWS = (65_536, 1_048_576)
_DAMAGED = "is a damaged workbook; open it in Excel or WPS, let it be repaired, and save it anew"


@dataclass(frozen=True)
class Worksheet:
    """One worksheet: rows from the first filled one, columns from the first filled one."""

    name: str
    remark: str
    content: CalamineSheet

    @property
    def top(self) -> tuple[Line, ...]:
        """The first rows as text, as wide as the widest of them is filled."""
        if self.content.start is None:
            return ()
        rows = self.content.to_python(skip_empty_area=True, nrows=TOP_ROWS)
        lines = [tuple(map(cell_text, cells)) for cells in rows]
        width = max(map(_filled, lines))
        first = self.content.start[0] + 1
        return tuple(Line(row, cells[:width]) for row, cells in enumerate(lines, first))

    def below(self, heading: Line, rejects: list[Reject]) -> Iterator[Block]:
        """Give the rows below the heading in blocks; a worksheet has no row that cannot be read."""
        del rejects
        if self.content.start is None:
            return
        merged = self.content.merged_cell_ranges or ()
        with _uncollected():
            for number, rows in repeat_merged(self._blocks(), merged, self.content.start[1]):
                above = max(heading.row + 1 - number, 0)
                if above < len(rows):
                    yield _block(number + above, rows[above:], len(heading.cells))

    def _blocks(self) -> Iterator[Rows]:
        first = self.content.start[0] if self.content.start else 0
        if self.content.height * self.content.width <= _WHOLE_CELLS:
            whole: list[Any] = self.content.to_python(skip_empty_area=True)
            blocks = _in_blocks(whole)
        else:
            # Row by row, calamine counts from the first row of the sheet, filled or not.
            rows: Iterator[Any] = islice(self.content.iter_rows(), first, None)
            blocks = iter(lambda: list(islice(rows, _BLOCK_ROWS)), [])
        for block in blocks:
            yield first + 1, block
            first += len(block)


def read_worksheets(
    path: Path, told: Mapping[str, str] = MappingProxyType({})
) -> Iterator[Worksheet | GatheredSheet]:
    """Give every sheet of a workbook, hidden ones too; raise DeliveryError if it is damaged.

    Charts are sheets without rows. `told` is what else is known of a sheet, by its name.
    """
    with path.open("rb") as file:
        with _damage_told():
            workbook = CalamineWorkbook.from_filelike(file)
        for sheet in workbook.sheets_metadata:
            if sheet.typ != SheetTypeEnum.WorkSheet:
                yield GatheredSheet(sheet.name, "a chart or macros, no table", (), ())
                continue
            with _damage_told():
                content = workbook.get_sheet_by_name(sheet.name)
            is_hidden = sheet.visible != SheetVisibleEnum.Visible
            remarks = (_remark(content, is_hidden=is_hidden), told.get(sheet.name, ""))
            yield Worksheet(sheet.name, "; ".join(filter(None, remarks)), content)


def _in_blocks(rows: list[list[object]]) -> Iterator[list[list[object]]]:
    """Give rows block by block; what has been given is no longer held."""
    rows.reverse()
    while rows:
        yield rows[: -_BLOCK_ROWS - 1 : -1]
        del rows[-_BLOCK_ROWS:]


def _block(first: int, rows: Sequence[Sequence[object]], width: int) -> Block:
    """Turn rows into columns; columns right of the heading that hold nothing are left out."""
    nothing: pa.StringArray = pa.nulls(len(rows), pa.string())
    blank = ("",) * len(rows)
    columns = [
        nothing if column == blank else column_text(column) for column in zip(*rows, strict=True)
    ]
    while len(columns) > width and columns[-1].null_count == len(rows):
        columns.pop()
    return Block(pa.array(range(first, first + len(rows)), pa.int64()), tuple(columns))


def _filled(cells: Sequence[str]) -> int:
    return next((place for place in range(len(cells), 0, -1) if cells[place - 1]), 0)


def _remark(content: CalamineSheet, *, is_hidden: bool) -> str:
    remarks = ["hidden sheet, read all the same"] if is_hidden else []
    if content.end and content.end[0] + 1 in _ALL_ROWS:
        remarks.append(f"fills all {content.end[0] + 1:,} rows of a sheet, more may be missing")
    return "; ".join(remarks)


@contextmanager
def _damage_told() -> Iterator[None]:
    """Say in our words that calamine gave up; where it panics, that is no Exception."""
    try:
        yield
    except CalamineError as error:
        raise DeliveryError(_DAMAGED) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise DeliveryError(_DAMAGED) from error
        raise


@contextmanager
def _uncollected() -> Iterator[None]:
    """Spare Python from looking for cycles among millions of cells, which have none."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
