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
import pyarrow.compute as pc

from pipeline.intake.tidying import null_if_empty, tidy, tidy_column

EXACT = 2.0**53
_DIGITS_KEPT = 15
_MIDNIGHT = time(0, 0)
# A character that no workbook can hold.
_SEPARATOR = "\x1f"


def number_text(value: float) -> str:
    """Write a number as a person would: no exponent, no trailing zero, no more digits than are true."""
    if not np.isfinite(value):
        return ""
    if value.is_integer():
        return str(int(value)) if abs(value) < EXACT else _rounded_text(value)
    text = f"{value:.{_DIGITS_KEPT}g}"
    return f"{Decimal(text):f}" if "e" in text else text


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


def time_text(value: time) -> str:
    """Write a time of day as 08:30:00, rounded to the second; what rounds up to midnight stays this day."""
    second = datetime.combine(date.min, value) + timedelta(milliseconds=500)
    rounded = second.time() if second.date() == date.min else value
    return rounded.replace(microsecond=0, tzinfo=None).isoformat()


def duration_text(value: timedelta) -> str:
    """Write a duration as Excel shows it in hours: 30:00:00 is a day and six hours."""
    seconds = round(abs(value).total_seconds())
    sign = "-" if value < timedelta(0) and seconds else ""
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


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
        time: time_text,
        timedelta: duration_text,
        type(None): lambda _: "",
    }
)


def cell_text(value: object) -> str:
    """Give one cell of a workbook as text."""
    return _WRITERS[type(value)](value)


def column_text(values: Sequence[object]) -> pa.StringArray:
    """Give a column of workbook cells as tidy text, empty cells as null."""
    try:
        return tidy_column(_texts(values))
    except TypeError:
        return _mixed_text(values)


def _texts(values: Sequence[Any]) -> pa.StringArray:
    """Give a column of texts; joined and split again, it takes a third of the time of text after text."""
    joined = pa.array([_SEPARATOR.join(values)], pa.string())
    texts = pc.split_pattern(joined, _SEPARATOR).flatten()
    return texts if len(texts) == len(values) else pa.array(values, pa.string())


def _mixed_text(values: Sequence[object]) -> pa.StringArray:
    """Give a column of other types as text: each type at once, those that are rare cell by cell."""
    kinds = set(map(type, values))
    if len(kinds) == 1:
        return _COLUMNS.get(kinds.pop(), _one_by_one)(values)
    columns = [
        _COLUMNS.get(kind, _one_by_one)(
            [value if type(value) is kind else None for value in values]
        )
        for kind in kinds - {str}
    ]
    if str in kinds and any(texts := [value if type(value) is str else "" for value in values]):
        columns.append(tidy_column(_texts(texts)))
    return pc.coalesce(*columns)


def _numbers(values: Sequence[Any]) -> pa.StringArray:
    """Write whole numbers at once, the others one by one."""
    numbers = pa.array(values, pa.float64())
    whole = pc.and_(pc.less(pc.abs(numbers), EXACT), pc.equal(pc.floor(numbers), numbers))
    texts = pc.if_else(whole, numbers, None).cast(pa.int64()).cast(pa.string())
    others = numbers.filter(pc.invert(whole)).dictionary_encode()
    if not len(others):
        return texts
    written = [number_text(number) for number in others.dictionary.to_pylist()]
    written = null_if_empty(pa.array(written, pa.string())).take(others.indices)
    return pc.replace_with_mask(texts, pc.fill_null(pc.invert(whole), fill_value=False), written)


def _dates(values: Sequence[Any]) -> pa.StringArray:
    return pa.array(values, pa.date32()).cast(pa.string())


def _one_by_one(values: Sequence[Any]) -> pa.StringArray:
    texts = [None if value is None else cell_text(value) for value in values]
    return null_if_empty(pa.array(texts, pa.string()))


_COLUMNS: Mapping[type, Callable[[Sequence[Any]], pa.StringArray]] = MappingProxyType(
    {float: _numbers, date: _dates}
)
