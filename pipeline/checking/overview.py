"""The first sheet of a marked workbook: what came of each sheet, what is wrong, and a link to every cell."""

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipeline.cases.rules import Language
from pipeline.checking.findings import SheetCheck
from pipeline.checking.looks import Look, Looks
from pipeline.checking.marked_sheet import Place
from pipeline.checking.wording import told, word

_WIDTHS = (6, 20, 26, 12, 14, 28, 14, 80)
_COLOURS: tuple[Look, ...] = ("rejected", "emptied", "damaged", "column", "furniture")


@dataclass(frozen=True)
class SheetResult:
    """A sheet as it came out: what it is called in the workbook, its account, its faults."""

    title: str
    check: SheetCheck
    places: Sequence[Place]


class Overview:
    """Writes the sheet from top to bottom."""

    def __init__(self, sheet: Worksheet, looks: Looks, language: Language) -> None:
        self._sheet = sheet
        self._looks = looks
        self._language = language
        self._row = 0

    def write(self, file_name: str, results: Sequence[SheetResult]) -> None:
        """Write the summary of a delivery, its findings, and where each fault is."""
        for at, width in enumerate(_WIDTHS):
            self._sheet.set_column(at, at, width)
        self._line((self._word("title"),), self._looks.title)
        self._line((file_name,))
        self._line((self._word("advice"),))
        for look in _COLOURS:
            self._sheet.write_blank(self._row, 0, None, self._looks.cells[look])
            self._sheet.write_string(self._row, 1, self._word(f"colour_{look}"), self._looks.text)
            self._row += 1
        self._write_sheets(results)
        self._write_findings(results)
        self._write_places(results)

    def _write_sheets(self, results: Sequence[SheetResult]) -> None:
        self._headings(
            "number", "sheet", "status", "rows_read", "rows_loaded", "rows_rejected", "cells_emptied", "message"
        )  # fmt: skip
        for number, result in enumerate(results, 1):
            check = result.check
            counts = (check.rows_read, check.rows_loaded, check.rows_rejected, check.cells_emptied)
            status = self._word(f"status_{check.status}")
            message = told(check.message, self._language)
            self._line((str(number), result.title, status, *map(str, counts), message))

    def _write_findings(self, results: Sequence[SheetResult]) -> None:
        self._headings("number", "sheet", "column", "kind", "places", "in_rows", "", "reason")
        findings = [(result, finding) for result in results for finding in result.check.findings]
        for number, (result, finding) in enumerate(findings, 1):
            heading = finding.heading or self._word("whole_row")
            kind = self._word(f"kind_{finding.kind}")
            reason = told(finding.reason, self._language)
            places = (str(finding.places), finding.rows(), "")
            self._line((str(number), result.title, heading, kind, *places, reason))

    def _write_places(self, results: Sequence[SheetResult]) -> None:
        self._headings("number", "sheet", "column", "kind", "cell", "", "", "reason")
        first = self._row - 1
        places = [place for result in results for place in result.places]
        for number, place in enumerate(places, 1):
            mark = place.mark
            cells = (
                str(number),
                place.sheet,
                mark.heading or self._word("whole_row"),
                self._word(f"kind_{mark.kind}"),
            )
            for at, cell in enumerate(cells):
                self._sheet.write_string(self._row, at, cell, self._looks.text)
            quoted = place.sheet.replace("'", "''")
            link = f"internal:'{quoted}'!{place.cell}"
            self._sheet.write_url(self._row, len(cells), link, self._looks.link, place.cell)
            reason = told(mark.reason, self._language)
            self._sheet.write_string(self._row, len(_WIDTHS) - 1, reason, self._looks.text)
            self._row += 1
        if places:
            self._sheet.autofilter(first, 0, self._row - 1, len(_WIDTHS) - 1)
        if len(places) < sum(f.places for result in results for f in result.check.findings):
            self._line((self._word("and_more"),))

    def _headings(self, *names: str) -> None:
        self._row += 1
        self._line([self._word(name) if name else "" for name in names], self._looks.head)

    def _line(self, cells: Sequence[str], look: Format | None = None) -> None:
        wide = len(_WIDTHS) - 1
        for at, cell in enumerate(cells):
            usual = self._looks.wrapped if at == wide else self._looks.text
            self._sheet.write_string(self._row, at, cell, look or usual)
        self._row += 1

    def _word(self, name: str) -> str:
        return word(name, self._language)
