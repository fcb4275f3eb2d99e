"""Dates in many spellings: the day, its parts, and the day with month and day exchanged.

Codes: `day` (yyyymmdd as stated, even if no calendar has it: two lists that share 2007-02-30 agree), `year`,
`month_day`, `year_month`, `year_day`, `swapped` (yyyyddmm where that is a day).
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from detectors.identity.linkage.characters import Bytes, of_width
from detectors.identity.linkage.kinds.piece import Columns, Piece, Wanted, beside, by_distinct
from detectors.identity.linkage.kinds.spellings_of_dates import day_of
from detectors.identity.linkage.texts import DecodedTexts

Integers = NDArray[np.int64]

IMPLIED = {
    "day": frozenset({"year", "month_day", "year_month", "year_day"}),
    "year_month": frozenset({"year"}),
    "year_day": frozenset({"year"}),
}
CODES = frozenset({*IMPLIED, "year", "month_day", "swapped"})
TAKES_DICTIONARIES = True

# What programs write where there is no date.
_NOBODYS = np.array([19000100, 19000101, 18991230, 99991231, 10101, 11111111])


def read(columns: Columns, wanted: Wanted) -> Piece:
    """Code the dates of a stretch of rows."""
    return beside([_dates(column, wanted) for column in columns["value"]])


def _dates(column: pa.Array, wanted: Wanted) -> Piece:
    if pa.types.is_temporal(column.type):
        numbers = pc.cast(pc.cast(column, pa.date32()), pa.int32())
        days = pc.fill_null(numbers, -(2**31)).to_numpy(zero_copy_only=False)
        return _piece(
            {name: codes[None] for name, codes in of_days(days, wanted.codes).items()}, wanted
        )
    return by_distinct(column, lambda texts: _texts(texts, wanted))


def _piece(codes: dict[str, NDArray[np.int64]], wanted: Wanted) -> Piece:
    nothing = (np.zeros(0, np.int64), pa.array([], pa.string()))
    return Piece(codes, {name: DecodedTexts(*nothing, _written) for name in wanted.measured})


def _written(codes: Integers) -> pa.Array:
    return pc.cast(pa.array(codes), pa.string())


def _texts(written: pa.Array, wanted: Wanted) -> Piece:
    made = derived(as_written(written), wanted.codes)
    return _piece({name: codes[None] for name, codes in made.items()}, wanted)


def as_written(written: pa.Array) -> Integers:
    """Read dates in any spelling as yyyymmdd, with zeros for what is not stated, 0 if it is no date."""
    days = np.zeros(len(written), np.int64)
    rest = np.ones(len(written), np.bool_)
    for width, places in ((10, (0, 1, 2, 3, 5, 6, 8, 9)), (8, tuple(range(8)))):
        fitting, rows = of_width(written, width)
        digits = rows[:, places] - np.uint8(48)
        good = (digits < 10).all(axis=1) & _are_apart(rows)
        fitting[fitting] = good
        days[fitting] = digits[good].astype(np.int64) @ 10 ** np.arange(7, -1, -1)
        rest &= ~fitting
    if rest.any():
        irregular = written.filter(pa.array(rest)).to_pylist()
        days[rest] = [day_of(text) for text in irregular]
    return _plausible(days)


def _are_apart(rows: Bytes) -> NDArray[np.bool_]:
    if rows.shape[1] == 8:
        return np.ones(len(rows), np.bool_)
    signs = np.frombuffer(b"-/. ", np.uint8)
    return np.isin(rows[:, 4], signs) & np.isin(rows[:, 7], signs)


def _plausible(days: Integers) -> Integers:
    year = days // 10_000
    return np.where((year < 1850) | (year > 2150) | np.isin(days, _NOBODYS), 0, days)


def of_days(days: NDArray[np.int32], wanted: frozenset[str]) -> dict[str, Integers]:
    """Code days counted since 1970, the smallest number standing for none, by way of a calendar."""
    stated = days > -(2**31)
    first = int(days[stated].min(initial=0))
    span = int(days[stated].max(initial=0)) - first + 1
    calendar = (np.arange(span) + first).astype("datetime64[D]")
    year = calendar.astype("datetime64[Y]").astype(np.int64) + 1970
    month = calendar.astype("datetime64[M]").astype(np.int64) % 12 + 1
    day = (calendar - calendar.astype("datetime64[M]")).astype(np.int64) + 1
    written = np.append(_plausible(year * 10_000 + month * 100 + day), 0)
    places = np.where(stated, days - np.int64(first), span)
    return {name: codes[places] for name, codes in derived(written, wanted).items()}


def derived(days: Integers, wanted: frozenset[str]) -> dict[str, Integers]:
    """Give the wanted codes of dates as yyyymmdd; what a date does not state is missing."""
    year, month, day = days // 10_000, days // 100 % 100, days % 100
    whole = (month > 0) & (day > 0)
    can_swap = whole & (day <= 12) & (month <= 31)
    made = {
        "day": np.where(whole, days, 0),
        "year": year,
        "month_day": np.where(whole, days % 10_000, 0),
        "year_month": np.where(month > 0, days // 100, 0),
        "year_day": np.where(day > 0, year * 100 + day, 0),
        "swapped": np.where(can_swap, year * 10_000 + day * 100 + month, 0),
    }
    return {name: codes for name, codes in made.items() if name in wanted}
