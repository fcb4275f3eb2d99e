"""The ledger workbook (核查台账) that inspectors fill in with Excel or WPS and send back."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipeline.cases.columns import CaseColumn, case_columns, choices
from pipeline.cases.rules import Language
from pipeline.report.case_rows import CaseRow, Cell
from pipeline.report.ledger_notes import notes
from pipeline.report.spreadsheet import as_inert

META = "_meta"
_TITLES = {
    "zh": ("核查台账", "填写说明"),
    "en": ("Ledger", "How to fill in"),
}
_A3 = 8
_ROW_LIMIT = 1_048_575
_KEPT_IN_SIGHT = 1
"""Columns that stay while one scrolls to the right: the case number."""


@dataclass(frozen=True)
class _Looks:
    """How cells look: text that stays text, days, money, the inspector's cells."""

    header: Format
    answer_header: Format
    text: Format
    day: Format
    number: Format
    money: Format
    answer: Format
    answer_day: Format

    def of(self, column: CaseColumn) -> Format:
        if column.kind == "answer":
            return self.answer_day if column.name == "decided_on" else self.answer
        return {"day": self.day, "number": self.number, "money": self.money}.get(
            column.kind, self.text
        )


def write_ledger(path: Path, rows: Sequence[CaseRow], *, as_of: date, language: Language) -> None:
    """Write the workbook; the same rows give the same bytes."""
    workbook = xlsxwriter.Workbook(
        str(path),
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "tmpdir": str(path.parent),  # rows are spilled here, never to a folder of all users
        },
    )
    sheet_title, notes_title = _TITLES[language]
    workbook.set_properties(
        {
            "title": f"{sheet_title} {as_of}",
            "created": datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC),
        }
    )
    looks = _looks(workbook)
    _write_cases(workbook.add_worksheet(sheet_title), rows, looks, language)
    sheet = workbook.add_worksheet(notes_title)
    sheet.set_column(0, 0, 22, looks.text)
    sheet.set_column(1, 1, 110, looks.text)
    for number, (term, meaning) in enumerate(notes(language)):
        sheet.write_string(number, 0, term, looks.header)
        sheet.write_string(number, 1, meaning, looks.text)
    _write_meta(workbook.add_worksheet(META), rows, as_of, language)
    workbook.close()


def _write_cases(
    sheet: Worksheet, rows: Sequence[CaseRow], looks: _Looks, language: Language
) -> None:
    columns = case_columns()
    for position, column in enumerate(columns):
        sheet.set_column(position, position, column.width, looks.of(column))
    sheet.set_row(0, 32)
    for position, column in enumerate(columns):
        look = looks.answer_header if column.kind == "answer" else looks.header
        sheet.write_string(0, position, column.header(language), look)
    for number, row in enumerate(rows[:_ROW_LIMIT], start=1):
        for position, (column, cell) in enumerate(zip(columns, row.cells, strict=True)):
            _write_cell(sheet, (number, position), cell, looks.of(column))
    last = max(len(rows), 1)
    sheet.freeze_panes(1, _KEPT_IN_SIGHT)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    _offer_choices(sheet, last, language)
    _set_up_print(sheet)


def _write_cell(sheet: Worksheet, at: tuple[int, int], cell: Cell, look: Format) -> None:
    if cell is None:
        return  # the column has the look already
    if isinstance(cell, date):
        sheet.write_datetime(*at, datetime(cell.year, cell.month, cell.day), look)  # noqa: DTZ001 - a day has no zone
    elif isinstance(cell, int | float | Decimal):
        sheet.write_number(*at, float(cell), look)
    else:
        sheet.write_string(*at, as_inert(cell), look)


def _offer_choices(sheet: Worksheet, last: int, language: Language) -> None:
    """Put drop-downs on the columns with listed answers; other reasons may still be written."""
    for list_number, column in enumerate(_with_choices()):
        position = case_columns().index(column)
        letter = chr(ord("D") + list_number)
        end = len(choices(str(column.choices), language))
        sheet.data_validation(
            1,
            position,
            last,
            position,
            {
                "validate": "list",
                "source": f"={META}!${letter}$1:${letter}${end}",
                "error_type": "information" if column.name == "reason_kind" else "stop",
            },
        )


def _set_up_print(sheet: Worksheet) -> None:
    sheet.set_paper(_A3)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.set_footer("&L&A&C&P / &N")


def _write_meta(sheet: Worksheet, rows: Sequence[CaseRow], as_of: date, language: Language) -> None:
    """Keep what tells a returned workbook from another, and the lists behind the drop-downs."""
    digest = hashlib.sha256("\n".join(row.case_id for row in rows).encode()).hexdigest()
    told = [("as_of", as_of.isoformat()), ("cases", str(len(rows))), ("case_ids_sha256", digest)]
    lists = [choices(str(column.choices), language) for column in _with_choices()]
    for number in range(max(len(told), *(len(one) for one in lists))):
        if number < len(told):
            sheet.write_string(number, 0, told[number][0])
            sheet.write_string(number, 1, told[number][1])
        for list_number, answers in enumerate(lists):
            if number < len(answers):
                sheet.write_string(number, 3 + list_number, answers[number])
    sheet.very_hidden()


def _with_choices() -> list[CaseColumn]:
    return [column for column in case_columns() if column.choices is not None]


def _looks(workbook: xlsxwriter.Workbook) -> _Looks:
    body = {
        "valign": "top",
        "text_wrap": True,
        "font_size": 10,
        "border": 1,
        "border_color": "#D0D5DD",
    }
    head = {**body, "bold": True, "valign": "vcenter", "font_color": "#FFFFFF"}
    filled = {**body, "bg_color": "#FFF8E6"}
    return _Looks(
        header=workbook.add_format({**head, "bg_color": "#1F4E79"}),
        answer_header=workbook.add_format({**head, "bg_color": "#B45F06"}),
        text=workbook.add_format({**body, "num_format": "@"}),
        day=workbook.add_format({**body, "num_format": "yyyy-mm-dd"}),
        number=workbook.add_format({**body, "num_format": "General"}),
        money=workbook.add_format({**body, "num_format": "#,##0.00"}),
        answer=workbook.add_format({**filled, "num_format": "General"}),
        answer_day=workbook.add_format({**filled, "num_format": "yyyy-mm-dd"}),
    )
