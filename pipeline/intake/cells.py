"""What a cell says, as text: one spelling whatever the container made of it.

Numbers that Excel holds keep 15 digits; a longer one (identity number, card, student number) is written
with zeros after them, so that whoever classes numbers sees that it was rounded.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_EXACT = 2.0**53
_DIGITS_KEPT = 15
_MIDNIGHT = time(0, 0)
# Marks that print nothing, and control characters other than tab and line feed.
_UNSEEN = re.compile("[\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad\x00-\x08\x0b-\x1f\x7f]+")
# What people and programs put around a number to keep Excel from turning it into 2.2E+17.
_FORMULA = re.compile(r'^="(.*)"$', re.DOTALL)
# Anything that `tidy` would change, as RE2 reads it; most columns hold none of it.
_UNTIDY = (
    r"^[\s\x{a0}\x{3000}'=]|[\s\x{a0}\x{3000}]$"
    r"|[\x{a0}\x{3000}\x{200b}-\x{200f}\x{2028}-\x{202e}\x{2060}\x{feff}\x{ad}\x00-\x08\x0b-\x1f\x7f]"
)


def tidy(text: str) -> str:
    """Take away what nobody sees: outer blanks, zero-width marks, guards against Excel (' and ="…")."""
    if text.isalnum():
        return text
    seen = _UNSEEN.sub("", text).replace("\u00a0", " ").replace("\u3000", " ").strip()
    guarded = _FORMULA.match(seen)
    if guarded:
        return guarded[1].strip()
    return seen[1:].strip() if seen.startswith("'") else seen


def number_text(value: float) -> str:
    """Write a number as a person would: no exponent, no trailing zero, no more digits than are true."""
    if not np.isfinite(value):
        return ""
    if value.is_integer():
        return str(int(value)) if abs(value) < _EXACT else _rounded_text(value)
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
    return _null_if_empty(pa.array([cell_text(value) for value in values], pa.string()))


def tidy_column(texts: pa.StringArray) -> pa.StringArray:
    """Tidy a column of text at once; only the cells that need it are touched one by one."""
    untidy = pc.match_substring_regex(texts, _UNTIDY)
    if pc.any(untidy).as_py():
        places = np.flatnonzero(
            pc.fill_null(untidy, fill_value=False).to_numpy(zero_copy_only=False)
        )
        tidied = pa.array(
            [tidy(text) for text in texts.take(pa.array(places)).to_pylist()], pa.string()
        )
        texts = pc.replace_with_mask(texts, untidy, tidied)
    return _null_if_empty(texts)


def arrow_text(column: pa.Array) -> pa.StringArray:
    """Give a typed Arrow column (of a Parquet file) as tidy text; raise ArrowInvalid where it is nested."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return arrow_text(column.dictionary_decode())
    if pa.types.is_boolean(kind):
        return pc.if_else(column, "是", "否")
    if pa.types.is_floating(kind):
        return _float_text(column.cast(pa.float64()))
    if pa.types.is_timestamp(kind) or pa.types.is_time(kind) or pa.types.is_date64(kind):
        return column_text(column.to_pylist())
    return tidy_column(column.cast(pa.string()))


def _float_text(column: pa.DoubleArray) -> pa.StringArray:
    whole = pc.and_(pc.equal(pc.floor(column), column), pc.less(pc.abs(column), _EXACT))
    if pc.all(whole).as_py() and not pc.any(pc.is_nan(column)).as_py():
        return column.cast(pa.int64()).cast(pa.string())
    return column_text(column.to_pylist())


def _null_if_empty(texts: pa.StringArray) -> pa.StringArray:
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)
