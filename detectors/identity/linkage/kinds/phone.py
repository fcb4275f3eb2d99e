"""Phone numbers as digits without the country code; masked ones, stubs and repeated digits are nobody's.

Codes: `value`, the digits behind a leading 1, so that none is lost; `last8`.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from detectors.identity.linkage.characters import (
    Bytes,
    are_digits,
    as_text,
    bits,
    eight,
    of_width,
)
from detectors.identity.linkage.characters import read as read_digits
from detectors.identity.linkage.kinds.macros import asked
from detectors.identity.linkage.kinds.piece import Columns, Piece, Wanted, beside
from detectors.identity.linkage.texts import DecodedTexts

Integers = NDArray[np.int64]

IMPLIED = {"value": frozenset({"last8"})}
CODES = frozenset({"value", "last8"})

# as in the macro phone_digits
_NOBODYS = np.array([11111111111, 12345678901, 12345678910, 13800138000, 13000000000])
_MASKED = "[*?#＊]|[xX]{2}"


def read(columns: Columns, wanted: Wanted) -> Piece:
    """Code the phones of a stretch of rows, every column a slot."""
    return beside([_phones(as_text(column), wanted) for column in columns["value"]])


def _phones(column: pa.Array, wanted: Wanted) -> Piece:
    value = np.zeros(len(column), np.int64)
    fitting, rows = of_width(column, 11)
    good, numbers = _mobile(rows)
    fitting[fitting] = good
    value[fitting] = numbers[good]
    rest = bits(pc.is_valid(column)) & ~fitting
    if rest.any():
        irregular = column.filter(pa.array(rest)).dictionary_encode()
        value[rest] = _irregular(irregular.dictionary)[irregular.indices.to_numpy()]
    made = {"value": value[None], "last8": np.where(value > 0, value % 10**8 + 1, 0)[None]}
    nothing = (np.zeros(0, np.int64), pa.array([], pa.string()))
    texts = {name: DecodedTexts(*nothing, written_out) for name in wanted.measured & {"value"}}
    return Piece({name: codes for name, codes in made.items() if name in wanted.codes}, texts)


def _mobile(rows: Bytes) -> tuple[NDArray[np.bool_], Integers]:
    """Tell the numbers of eleven digits that begin with 1, and code them all, those of nobody as 0."""
    tail = eight(rows, 3)
    head = rows[:, :3].astype(np.int64) - 48
    good = (
        are_digits(tail)
        & (head[:, 0] == 1)
        & (head[:, 1:] >= 0).all(axis=1)
        & (head < 10).all(axis=1)
    )
    digits = (head @ np.array([100, 10, 1])) * 10**8 + read_digits(tail, 10)
    return good, np.where(np.isin(digits, _NOBODYS), 0, digits + 10**11)


def _irregular(written: pa.Array) -> Integers:
    bare = pc.if_else(pc.match_substring_regex(written, _MASKED), "", written)
    digits = asked(bare, "coalesce(phone_digits(written), '') as digits")["digits"].combine_chunks()
    marked = pc.binary_join_element_wise("1", digits, "")
    codes = pc.cast(marked, pa.int64()).to_numpy()
    return np.where(codes > 1, codes, 0)


def written_out(codes: Integers) -> pa.Array:
    """Give the digits behind codes of regular phones."""
    return pc.utf8_slice_codeunits(pc.cast(pa.array(codes), pa.string()), 1)
