"""The .xlsx template of a source: a heading to fill in below, with what Excel needs to know so as to damage nothing.

Text columns have the format "text" down to the last row of the sheet: Excel would round an identity number to
fifteen digits the moment it is typed. Numbers that look odd are asked about, not forbidden: passports exist.
"""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from pipeline.store.template_notes import write_notes
from pipeline.store.template_words import kind_of, template_words
from schemas.catalog import code_lists
from schemas.model import Column, Source

# Intake takes sheets of this name for notes, hidden or not.
CODES = "代码表"
_LAST_ROW = 1_048_575
# What Excel holds of a list within a drop-down; a longer one must stand in cells.
_LONGEST_LIST = 255
_FORMATS = {"date": "yyyy-mm-dd", "int": "0", "money": "#,##0.00"}
# The template is the same whenever it is written.
_CREATED = datetime(2020, 1, 1, tzinfo=UTC)


def write_template(path: Path, source: Source) -> None:
    """Write the template of a source, without any row; the same contract gives the same bytes."""
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"title": source.title, "created": _CREATED})
        sheet = book.add_worksheet(source.title)
        _write_heading(book, sheet, source)
        write_notes(book, source)
        choices = _Choices(book)
        for at, column in enumerate(source.columns):
            rule = {**_rule(column, at), **choices.of(column), **_words(column)}
            if len(rule) > 1:
                sheet.data_validation(1, at, _LAST_ROW, at, rule)


def _write_heading(book: xlsxwriter.Workbook, sheet: Worksheet, source: Source) -> None:
    looks = {kind: book.add_format({"num_format": code}) for kind, code in _FORMATS.items()}
    text = book.add_format({"num_format": "@"})
    required, optional = _heading_look(book, "#F8CBAD"), _heading_look(book, "#DDEBF7")
    for at, column in enumerate(source.columns):
        heading = f"*{column.header}" if column.required else column.header
        sheet.write_string(0, at, heading, required if column.required else optional)
        sheet.set_column(at, at, _width(column), looks.get(column.type, text))
    sheet.set_row(0, 24)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, 0, len(source.columns) - 1)


def _heading_look(book: xlsxwriter.Workbook, colour: str) -> Format:
    return book.add_format(
        {"bold": True, "bg_color": colour, "border": 1, "num_format": "@", "valign": "vcenter"}
    )


def _width(column: Column) -> int:
    """Give the width in half-width characters: heading with its filter arrow, or a usual value."""
    return max(12, 2 * len(column.header) + 5, 22 if column.type == "id" else 0)


class _Choices:
    """The drop-downs of a workbook; lists too long for one stand on a hidden sheet, under a name."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._sheet: Worksheet | None = None
        self._named: dict[str, str] = {}

    def of(self, column: Column) -> dict[str, Any]:
        """Give the rule of a column that takes listed values only, or nothing."""
        if column.type == "bool":
            return {"validate": "list", "source": ["是", "否"]}
        if column.code_list is None:
            return {}
        labels = [code.label for code in code_lists()[column.code_list].values]
        is_short = len(",".join(labels)) <= _LONGEST_LIST
        return {"validate": "list", "source": labels if is_short else self._name(column, labels)}

    def _name(self, column: Column, labels: list[str]) -> str:
        listed = str(column.code_list)
        if listed not in self._named:
            if self._sheet is None:
                self._sheet = self._book.add_worksheet(CODES)
                self._sheet.hide()
            at = len(self._named)
            self._sheet.write_column(0, at, [code_lists()[listed].title, *labels])
            letter = xl_col_to_name(at)
            self._named[listed] = f"=list_{listed}"
            self._book.define_name(
                f"list_{listed}", f"={CODES}!${letter}$2:${letter}${len(labels) + 1}"
            )
        return self._named[listed]


def _rule(column: Column, at: int) -> dict[str, Any]:
    cell = f"{xl_col_to_name(at)}2"
    rules: dict[str, dict[str, Any]] = {
        "date": {
            "validate": "date",
            "criteria": "between",
            "minimum": date(1900, 1, 2),
            "maximum": date(2100, 12, 31),
        },
        "month": {
            "validate": "custom",
            "value": f"=AND(LEN({cell})=6,ISNUMBER(--{cell}),--RIGHT({cell},2)>=1,--RIGHT({cell},2)<=12)",
        },
        "int": {"validate": "whole", "criteria": ">=", "value": 0},
        "money": {"validate": "decimal", "criteria": "between", "minimum": -1e12, "maximum": 1e12},
        "id": {
            "validate": "custom",
            "value": f"=OR(LEN({cell})=15,AND(LEN({cell})=18,ISNUMBER(--LEFT({cell},17))))",
            "error_type": "warning",
        },
    }
    return rules.get(column.type, {"validate": "any"})


def _words(column: Column) -> dict[str, str]:
    said = template_words().kinds[kind_of(column)]
    told = {"input_title": column.header, "input_message": said.hint} if said.hint else {}
    if said.error:
        told |= {"error_title": column.header, "error_message": said.error}
    return told
