"""Read the cells of a reviewed file: what Excel and WPS make of ids, days, amounts and answers."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from pipeline.cases.columns import code_by_label

Cell = str | float | int | bool | time | date | datetime | timedelta | None

_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_CASE_ID = re.compile(r"[A-Z]{2}\d{3}-[0-9A-F]{8}")
_EXCEL_EPOCH = date(1899, 12, 30)
_PLAUSIBLE_SERIAL = range(36526, 73051)
"""Excel's day numbers from 2000 to 2099: a bare number outside them is no day of a review."""


class CellError(Exception):
    """A cell that was filled cannot be read; says what was expected, never what it holds."""


def text(cell: Cell) -> str | None:
    """Give a cell as text without the marks that keep ids and formulas from Excel, None if it is empty."""
    if cell is None:
        return None
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    bare = unicodedata.normalize("NFC", str(cell)).strip(" \t\r\n\u00a0\u3000\ufeff")
    if bare.startswith('="') and bare.endswith('"'):
        bare = bare[2:-1]
    return bare.removeprefix("'").strip() or None


def case_id(cell: Cell) -> str | None:
    """Give a case id as we write it; CellError where the cell is filled but is none."""
    bare = text(cell)
    if bare is None:
        return None
    folded = re.sub(r"\s|[\u200b-\u200f]", "", unicodedata.normalize("NFKC", bare)).upper()
    if not _CASE_ID.fullmatch(folded):
        raise CellError("not a 线索编号; copy it from the case file")
    detector, _, digest = folded.partition("-")
    return f"{detector}-{digest.lower()}"


def day(cell: Cell) -> date | None:
    """Give a day from a date cell, an Excel day number or any usual spelling."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    bare = text(cell)
    if bare is None:
        return None
    bare = unicodedata.normalize("NFKC", bare)
    if bare.isdigit() and int(bare) in _PLAUSIBLE_SERIAL:
        return _EXCEL_EPOCH + timedelta(days=int(bare))
    found = _DATE.match(bare) or _COMPACT_DATE.fullmatch(bare)
    if found is None:
        raise CellError("not a day; write it as 2024-01-31")
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError as error:
        raise CellError("no day of the calendar; write it as 2024-01-31") from error


def money(cell: Cell) -> Decimal | None:
    """Give an amount in yuan with two decimals."""
    bare = text(cell)
    if bare is None:
        return None
    digits = re.sub(r"[\s,¥元]", "", unicodedata.normalize("NFKC", bare))
    try:
        amount = Decimal(digits)
    except InvalidOperation as error:
        raise CellError("not an amount; write yuan as 1200.00") from error
    if not amount.is_finite() or abs(amount) >= Decimal(10) ** 11:
        raise CellError("not an amount; write yuan as 1200.00")
    return amount.quantize(Decimal("0.01"))


def conclusion(cell: Cell) -> str | None:
    """Give 属实, 部分属实, 不属实 or 待核."""
    return _one_of("decision", cell, "write 属实, 部分属实, 不属实 or 待核")


def closed(cell: Cell) -> bool | None:
    """Give whether the inspector closed the case."""
    answer = _one_of("closed", cell, "write 是 or 否")
    return None if answer is None else answer == "yes"


def reason_kind(cell: Cell) -> str | None:
    """Give the code of a listed reason; a reason of one's own stays as written."""
    bare = text(cell)
    return None if bare is None else _answers("reason_kind").get(_folded(bare), bare)


def _one_of(list_name: str, cell: Cell, remedy: str) -> str | None:
    bare = text(cell)
    if bare is None:
        return None
    try:
        return _answers(list_name)[_folded(bare)]
    except KeyError as error:
        raise CellError(remedy) from error


def _answers(list_name: str) -> dict[str, str]:
    return {_folded(label): code for label, code in code_by_label(list_name).items()}


def _folded(answer: str) -> str:
    return re.sub(r"[\s。.]", "", unicodedata.normalize("NFKC", answer)).casefold()
