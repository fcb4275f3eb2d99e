"""What a cell says, as text: one spelling whatever the container made of it.

Numbers that Excel holds keep 15 digits; a longer one (identity number, card, student number) is written
with zeros after them, so that whoever classes numbers sees that it was rounded.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import numpy as np
import pyarrow as pa

from pipeline.intake.tidying import null_if_empty, tidy, tidy_column

EXACT = 2.0**53
_DIGITS_KEPT = 15
_MIDNIGHT = time(0, 0)


def number_text(value: float) -> str:
    """Write a number as a person would: no exponent, no trailing zero, no more digits than are true."""
    if not np.isfinite(value):
        return ""
    if value.is_integer():
        return str(int(value)) if abs(value) < EXACT else _rounded_text(value)
    return f"{Decimal(f'{value:.{_DIGITS_KEPT}g}'):f}"


def _rounded_text(value: float) -> str:
    """Write a number too long to be exact: the digits that hold, then zeros.

    Excel stores 15 digits, so the shortest spelling of the number is what was typed, rounded; other programs
    store what the binary number happens to be (…233 becomes …232), of which 15 digits hold as well.
    """
    shortest = f"{Decimal(repr(abs(value))):f}"
    exact = shortest if len(shortest.rstrip("0")) <= _DIGITS_KEPT else f"{abs(value):.0f}"
    kept = exact[:_DIGITS_KEPT].ljust(len(exact), "0")
    return f"-{kept}" if value < 0 else kept


def date_text(value: date) -> str:
    """Write a day as 2006-01-31; Excel counts days and is therefore off by parts of a second."""
    if not isinstance(value, datetime):
        return value.isoformat()
    second = (value + timedelta(milliseconds=500)).replace(microsecond=0, tzinfo=None)
    return second.date().isoformat() if second.time() == _MIDNIGHT else second.isoformat(" ")


def yes_no(value: bool) -> str:  # noqa: FBT001 - the value itself, not a flag
    """Write a truth value as the registries do."""
    return "是" if value else "否"


_WRITERS: Mapping[type, Callable[[Any], str]] = MappingProxyType(
    {
        str: tidy,
        float: number_text,
        int: str,
        bool: yes_no,
        datetime: date_text,
        date: date_text,
        time: time.isoformat,
        timedelta: str,
        type(None): lambda _: "",
    }
)


def cell_text(value: object) -> str:
    """Give one cell of a workbook as text."""
    return _WRITERS[type(value)](value)


def column_text(values: Sequence[object]) -> pa.StringArray:
    """Give a column of workbook cells as tidy text, empty cells as null."""
    if set(map(type, values)) == {str}:
        return tidy_column(pa.array(values, pa.string()))
    return null_if_empty(pa.array([cell_text(value) for value in values], pa.string()))
