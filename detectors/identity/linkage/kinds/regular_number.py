"""Citizen numbers of eighteen characters as integers (GB 11643-1999): seventeen digits times eleven plus the check."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from detectors.identity.linkage.characters import Bits, Bytes, are_digits, eight, read

Integers = NDArray[np.int64]

_BLOCK = 1 << 15
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_IS_DAY = np.zeros(10_000, dtype=np.bool_)
for _month, _days in enumerate(_DAYS, 1):
    _IS_DAY[_month * 100 + 1 : _month * 100 + _days + 1] = True
# 111111111111111111 and the like, 123456789012345678
_NOBODYS = np.array(
    [int(str(digit) * 17) * 11 + digit for digit in range(10)] + [12345678901234567 * 11 + 8]
)


@dataclass(frozen=True)
class Numbers:
    """Regular numbers: their codes, and the weighted sums modulo 11, 1 if the check digit is right."""

    codes: Integers
    remainders: Integers


def coded(rows: Bytes) -> tuple[Bits, Numbers]:
    """Tell which rows of eighteen bytes are seventeen digits and a digit or X, and code those."""
    are = np.empty(len(rows), np.bool_)
    codes, remainders = np.empty(len(rows), np.int64), np.empty(len(rows), np.int64)
    # in stretches that stay in the processor's cache
    for start in range(0, len(rows), _BLOCK):
        stretch = slice(start, start + _BLOCK)
        are[stretch], codes[stretch], remainders[stretch] = _coded(rows[stretch])
    if are.all():
        return are, Numbers(codes, remainders)
    return are, Numbers(codes[are], remainders[are])


def _coded(rows: Bytes) -> tuple[Bits, Integers, Integers]:
    high, low = eight(rows, 0), eight(rows, 8)
    last, check = rows[:, 16] - np.uint8(48), rows[:, 17] - np.uint8(48)
    # X or x
    is_ten = (rows[:, 17] | np.uint8(32)) == 120
    are = are_digits(high) & are_digits(low) & (last < 10) & ((check < 10) | is_ten)
    body = (read(high, 10) * 10**8 + read(low, 10)) * 10 + last
    ten = np.where(is_ten, 10, check)
    # the weights of the standard are the powers of two modulo 11: the sum is the digits read to the base two
    total = read(high, 2) * 2**10 + read(low, 2) * 2**2 + last * np.int64(2) + ten
    return are, body * 11 + ten, total % 11


def birth(codes: Integers) -> Integers:
    """Give the birth date as yyyymmdd, 0 where there is none: no real day of 1900 to 2099, or an area 999."""
    born = codes // (11 * 1000) % 10**8
    year, day = born // 10_000, born % 10_000
    is_leap = (year % 4 == 0) & (year != 1900)
    real = (year >= 1900) & (year < 2100) & _IS_DAY[day] & ((day != 229) | is_leap)
    return np.where(real & (codes // (11 * 10**14) != 999), born, 0)


def is_temporary(codes: Integers) -> Bits:
    """Tell the numbers that a school issued: 999, its code, a serial, digits all."""
    are: Bits = (codes // (11 * 10**14) == 999) & (codes % 11 != 10)
    return are


def is_rounded(codes: Integers) -> Bits:
    """Tell the numbers of which a spreadsheet kept fifteen digits."""
    are: Bits = codes % 1100 == 0
    return are


def is_nobodys(codes: Integers) -> Bits:
    """Tell placeholders: one digit eighteen times, or counting up."""
    return np.isin(codes, _NOBODYS)


def classed(numbers: Numbers, wanted: frozenset[str]) -> dict[str, Integers]:
    """Give the wanted codes of regular numbers, each 0 where the number does not state it."""
    rows = len(numbers.codes)
    made = {name: np.empty(rows, np.int64) for name in _MADE if name in wanted}
    for start in range(0, rows, _BLOCK):
        stretch = slice(start, start + _BLOCK)
        is_right = numbers.remainders[stretch] == 1
        for name, part in _classed(numbers.codes[stretch], is_right, wanted).items():
            made[name][stretch] = part
    return made


_MADE = (
    "stated", "value", "valid", "temporary", "rounded", "birth", "sequence",
    "first15", "first14", "last9", "ends",
)  # fmt: skip


def _classed(codes: Integers, is_right: Bits, wanted: frozenset[str]) -> dict[str, Integers]:
    born = birth(codes)
    rounded, temporary = is_rounded(codes), is_temporary(codes)
    valid = is_right & (born > 0) & ~rounded
    if not valid.all():
        codes = np.where(~valid & is_nobodys(codes), 0, codes)
    whole = temporary | (codes == 0)
    made = _parts(codes, whole, rounded, wanted)
    made |= {"stated": codes, "value": codes, "valid": np.where(valid, codes, 0)}
    made["temporary"] = np.where(temporary, codes, 0)
    made["rounded"] = np.where(rounded & ~temporary, codes // 1100, 0)
    made["birth"] = born
    made["sequence"] = np.where(born > 0, codes // 11 % 1000 + 1, 0)
    return {name: part for name, part in made.items() if name in wanted}


def _parts(
    codes: Integers, whole: Bits, rounded: Bits, wanted: frozenset[str]
) -> dict[str, Integers]:
    # what a school or a program made up for many says nothing in parts: its parts are the whole
    made = {}
    if "first15" in wanted:
        made["first15"] = np.where(whole, codes, codes // 1100)
    if "first14" in wanted:
        made["first14"] = np.where(whole, codes, codes // 11_000)
    whole = whole | rounded
    if "last9" in wanted:
        made["last9"] = np.where(whole, codes, codes % (11 * 10**8) + 1)
    if "ends" in wanted:
        ends = codes // (11 * 10**11) * 11_000 + codes % 11_000 + 1
        made["ends"] = np.where(whole, codes, ends)
    return made


def texts(codes: Integers) -> pa.Array:
    """Write regular numbers out in eighteen characters."""
    body, check = np.divmod(codes, 11)
    rows = np.empty((len(codes), 18), dtype=np.uint8)
    rows[:, 17] = np.where(check == 10, 88, check + 48)
    for place in range(16, -1, -1):
        body, digit = np.divmod(body, 10)
        rows[:, place] = digit + 48
    offsets = np.arange(0, 18 * len(codes) + 1, 18, dtype=np.int32)
    return pa.StringArray.from_buffers(
        len(codes), pa.py_buffer(offsets), pa.py_buffer(rows.reshape(-1))
    )
