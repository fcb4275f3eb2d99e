"""Plain numbers: scores, amounts, house numbers.

Codes: `value` (12 is 12.0), `whole` (rounded to a whole number).
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from detectors.identity.linkage.characters import bits
from detectors.identity.linkage.kinds.piece import Piece, Wanted
from detectors.identity.linkage.texts import finished, texts_of

IMPLIED = {"value": frozenset({"whole"})}
CODES = frozenset({"value", "whole"})

_NUMBER = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,2})?$"


def of_distinct(written: pa.Array, wanted: Wanted) -> Piece:
    """Code distinct numbers as written."""
    bare = pc.replace_substring_regex(pc.utf8_normalize(written, "NFKC"), "[\\s,，']", "")
    is_number = pc.match_substring_regex(bare, _NUMBER)
    stated = bits(is_number)
    numbers = pc.cast(pc.if_else(is_number, bare, "0"), pa.float64()).to_numpy()
    made = {"value": _codes(numbers, stated), "whole": _codes(np.rint(numbers), stated)}
    texts = {name: texts_of(made[name], bare) for name in wanted.measured}
    return Piece({name: made[name][None] for name in made if name in wanted.codes}, texts)


def _codes(numbers: NDArray[np.float64], stated: NDArray[np.bool_]) -> NDArray[np.int64]:
    # minus zero is zero
    return np.where(stated, finished((numbers + 0.0).view(np.uint64)), 0)
