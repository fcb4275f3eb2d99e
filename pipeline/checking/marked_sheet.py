"""One sheet of a marked workbook: the lines where the original has them, coloured, with a note on every fault."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from pipeline.cases.rules import Language
from pipeline.checking.layout import LaidSheet
from pipeline.checking.looks import Look, Looks
from pipeline.checking.marks import Mark, Marks
from pipeline.checking.wording import told, word
from pipeline.errors import DeliveryError
from pipeline.intake.headings import recognise_again
from pipeline.intake.sheet import Line

ROW_LIMIT = 1_048_576
_COLUMN_LIMIT = 16_384
_LONGEST_TEXT = 32_767
# Notes are drawn objects: beyond some thousands, Excel takes minutes to open a sheet.
_NOTES_LIMIT = 5_000
_WIDTH = 14


@dataclass(frozen=True)
class Place:
    """A fault with the cell that shows it; no text of the cell."""

    sheet: str
    cell: str
    mark: Mark


class MarkedSheet:
    """Writes one sheet; `places` are its faults, up to a limit."""

    def __init__(self, sheet: Worksheet, laid: LaidSheet, looks: Looks, language: Language) -> None:
        self.places: list[Place] = []
        self._sheet = sheet
        self._laid = laid
        self._looks = looks
        self._language = language
        self._columns: Mapping[str, int] = laid.fit.places if laid.fit else {}

    def write(self, marks: Marks | None, column_marks: Sequence[Mark]) -> None:
        """Write all lines, from the top to the last that Excel can hold."""
        heading = self._laid.fit.heading.row if self._laid.fit else 0
        self._sheet.set_column(0, self._laid.first_column + len(self._columns), _WIDTH)
        if 0 < heading < 30:
            self._sheet.freeze_panes(heading, 0)
        for line in self._laid.lines:
            if line.row > ROW_LIMIT:
                return
            if marks is None:
                self._write_line(line, "plain", {})
            elif line.row == heading:
                self._write_line(line, "heading", self._by_place(column_marks))
            else:
                self._write_row(line, marks.of(line.row), is_above=line.row < heading)

    def _write_row(self, line: Line, marks: Sequence[Mark] | None, *, is_above: bool) -> None:
        if marks is None:
            self._turn_to_heading(line)
            self._write_line(line, "plain" if is_above else "furniture", {})
            return
        is_rejected = any(mark.kind == "rejected" for mark in marks)
        self._write_line(line, "rejected_row" if is_rejected else "plain", self._by_place(marks))

    def _turn_to_heading(self, line: Line) -> None:
        """Take the columns from a further heading, which may have them in another order."""
        if self._laid.fit:
            with suppress(DeliveryError):
                self._columns = recognise_again([line], self._laid.fit).places

    def _by_place(self, marks: Sequence[Mark]) -> dict[int, list[Mark]]:
        """Sort marks by the cell they belong to; what concerns all of a row stands at its first cell."""
        by_place: dict[int, list[Mark]] = {}
        for mark in marks:
            place = self._columns.get(mark.column_name or "", 0)
            by_place.setdefault(place, []).append(mark)
        return by_place

    def _write_line(self, line: Line, look: Look, marks: Mapping[int, Sequence[Mark]]) -> None:
        width = max(len(line.cells), *(place + 1 for place in marks), 0)
        for place in range(min(width, _COLUMN_LIMIT - self._laid.first_column)):
            text = line.cells[place] if place < len(line.cells) else ""
            faults = marks.get(place, ())
            if not line.cells and faults:
                # The line could not be read: what is wrong stands where its text would.
                text = told(faults[0].reason, self._language)
            self._write_cell((line.row - 1, self._laid.first_column + place), text, look, faults)

    def _write_cell(
        self, at: tuple[int, int], text: str, look: Look, faults: Sequence[Mark]
    ) -> None:
        shown: Look = faults[0].kind if faults else look
        if text:
            self._sheet.write_string(*at, text[:_LONGEST_TEXT], self._looks.cells[shown])
        elif shown != "plain":
            self._sheet.write_blank(*at, None, self._looks.cells[shown])
        if faults and len(self.places) < _NOTES_LIMIT:
            self._sheet.write_comment(*at, self._note(faults), {"x_scale": 2, "y_scale": 1.2})
            cell = xl_rowcol_to_cell(*at)
            self.places += [Place(self._sheet.get_name(), cell, fault) for fault in faults]

    def _note(self, faults: Sequence[Mark]) -> str:
        return "\n".join(
            f"{word(f'kind_{fault.kind}', self._language)}: {told(fault.reason, self._language)}"
            for fault in faults
        )
