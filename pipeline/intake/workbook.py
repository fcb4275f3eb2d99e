"""Worksheets of an .xlsx workbook, cell by cell with the types that Excel gave them."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

import pyarrow as pa
import python_calamine
from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from pipeline.errors import DeliveryError
from pipeline.intake.cells import cell_text, column_text
from pipeline.intake.sheet import TOP_ROWS, Block, Line, Reject

_BLOCK_ROWS = 16_384
# Up to here a sheet is handed over whole, which is twice as fast as row by row.
_WHOLE_CELLS = 4_000_000
# A workbook unpacks to some ten times its size; one made to fill the memory, to thousands of times.
_UNPACKED_BYTES = 4 << 30
_WORKBOOK_FOLDER = "xl/"


@dataclass(frozen=True)
class Worksheet:
    """One worksheet: rows from the first filled one, columns from the first filled one."""

    name: str
    remark: str
    content: CalamineSheet

    @property
    def top(self) -> tuple[Line, ...]:
        """The first rows as text."""
        return tuple(
            Line(row, tuple(cell_text(cell) for cell in cells))
            for row, cells in islice(self._numbered(), TOP_ROWS)
        )

    def below(self, heading: Line, rejects: list[Reject]) -> Iterator[Block]:
        """Give the rows below the heading in blocks; a worksheet has no row that cannot be read."""
        del rejects
        numbered = (entry for entry in self._numbered() if entry[0] > heading.row)
        while entries := list(islice(numbered, _BLOCK_ROWS)):
            rows, cells = zip(*entries, strict=True)
            columns = tuple(column_text(column) for column in zip(*cells, strict=True))
            yield Block(pa.array(rows, pa.int64()), columns)

    def _numbered(self) -> Iterator[tuple[int, Sequence[object]]]:
        if self.content.start is None:
            return iter(())
        if self.content.height * self.content.width <= _WHOLE_CELLS:
            return enumerate(self._whole, self.content.start[0] + 1)
        # Row by row, calamine counts from the first row of the sheet, filled or not.
        return islice(enumerate(self.content.iter_rows(), 1), self.content.start[0], None)

    @cached_property
    def _whole(self) -> Sequence[Sequence[object]]:
        return self.content.to_python(skip_empty_area=True)


def read_worksheets(content: bytes) -> Iterator[Worksheet]:
    """Give every worksheet of a workbook, hidden ones too; raise DeliveryError if it is none."""
    _assert_workbook(content)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            for sheet in workbook.sheets_metadata:
                if sheet.typ == SheetTypeEnum.WorkSheet:
                    hidden = sheet.visible != SheetVisibleEnum.Visible
                    remark = "hidden sheet, read all the same" if hidden else ""
                    yield Worksheet(sheet.name, remark, workbook.get_sheet_by_name(sheet.name))
    except python_calamine.CalamineError as error:
        raise DeliveryError(
            "is a damaged workbook; open it in Excel or WPS, let it be repaired, and save it anew"
        ) from error


def _assert_workbook(content: bytes) -> None:
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except zipfile.BadZipFile as error:
        raise DeliveryError("is an incomplete workbook; copy or export it again") from error
    if not any(part.filename.startswith(_WORKBOOK_FOLDER) for part in parts):
        raise DeliveryError(
            "is an archive, but no Excel workbook; unpack it and deliver what is in it"
        )
    if sum(part.file_size for part in parts) > _UNPACKED_BYTES:
        raise DeliveryError("is too large once unpacked; split it into several workbooks")
