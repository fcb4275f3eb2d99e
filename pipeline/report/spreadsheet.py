"""What keeps a spreadsheet program from running a cell as a formula or rounding a number to 15 digits."""

import re
from datetime import date
from decimal import Decimal

from pipeline.cases.columns import CaseColumn
from pipeline.report.case_rows import Cell

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠", "|", "%")
"""OWASP's list of leading characters, and their full-width twins, which Chinese Excel takes for the same."""


def as_inert(text: str) -> str:
    """Make sure that no program takes a text for a formula: an apostrophe before what could begin one."""
    return f"'{text}" if text.lstrip(" \u00a0\u3000").startswith(_STARTS_FORMULA) else text


_WOULD_BE_A_NUMBER = re.compile(r"0[0-9]+|[0-9]{12,}|[0-9]+[Ee][0-9]+")
"""What Excel and WPS would round, show as 2.2E+17 or rob of its zeros; shorter codes come through."""


def as_csv_text(column: CaseColumn, cell: Cell) -> str:
    """Write a cell for CSV; a long number gets a leading TAB, which Excel and WPS take for text: 18 digits survive."""
    if cell is None or cell == "":
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        return f"{cell:.2f}"
    if isinstance(cell, str):
        is_long = column.kind == "id" and _WOULD_BE_A_NUMBER.fullmatch(cell)
        return f"\t{cell}" if is_long else as_inert(cell)
    return str(cell)
