"""Identity numbers that need no second look, found by arithmetic over whole columns: most of any list."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

_LENGTH = 18
_ZERO = ord("0")
# GB 11643-1999
_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2], np.uint16)
_CHECK = np.frombuffer(b"10X98765432", np.uint8)
# The 29th of February is left to who knows leap years.
_DAYS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], np.uint16)


def plain_numbers(texts: pa.ChunkedArray) -> npt.NDArray[np.bool_]:
    """Tell of each text whether it is a valid identity number, written as such, that no program rounded.

    A number of whose date or last digits there is any doubt is not plain. Small x is as good as X.
    """
    lengths = pc.binary_length(texts).fill_null(0).to_numpy()
    plain: npt.NDArray[np.bool_] = lengths == _LENGTH
    if plain.any():
        whole = pa.concat_arrays(texts.filter(pa.array(plain)).chunks)
        plain[plain] = _are_plain(_characters(whole))
    return plain


def _characters(texts: pa.StringArray) -> npt.NDArray[np.uint8]:
    """Give a row of bytes for each of the eighteen places: numbers side by side are quickly told."""
    _, offsets, data = texts.buffers()
    start = int(np.frombuffer(offsets, np.int32)[texts.offset])
    written = np.frombuffer(data, np.uint8, len(texts) * _LENGTH, start)
    return np.ascontiguousarray(written.reshape(-1, _LENGTH).T)


def _are_plain(characters: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    # What is no digit wraps around to more than nine.
    digits = (characters[:17] - np.uint8(_ZERO)).astype(np.uint16)
    last = np.where(characters[17] == ord("x"), np.uint8(ord("X")), characters[17])
    century, month, day = (digits[place] * 10 + digits[place + 1] for place in (6, 10, 12))
    is_day = (month >= 1) & (month <= 12) & (day >= 1) & (day <= _DAYS[np.minimum(month, 12)])
    is_division = ~(digits[:3] == 9).all(axis=0)
    is_rounded = (digits[15] == 0) & (digits[16] == 0) & (last == _ZERO)
    weighed = np.zeros_like(month)
    for weight, digit in zip(_WEIGHTS, digits, strict=True):
        weighed += weight * digit
    is_number = (digits.max(axis=0) <= 9) & (_CHECK[weighed % 11] == last)
    is_century = (century == 19) | (century == 20)
    plain: npt.NDArray[np.bool_] = is_number & is_century & is_day & is_division & ~is_rounded
    return plain
