"""Codes, exact but for blanks, width, case and punctuation: sex, school, place, 学籍号, account.

Codes: `value`.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from detectors.identity.linkage.characters import bits
from detectors.identity.linkage.kinds.blanks import says_something
from detectors.identity.linkage.kinds.macros import asked
from detectors.identity.linkage.kinds.piece import Piece, Wanted
from detectors.identity.linkage.texts import hashed, texts_of

IMPLIED: Mapping[str, frozenset[str]] = {}
CODES = frozenset({"value"})

_REGULAR = "^[0-9A-Z一-龥]+$"


def of_distinct(written: pa.Array, wanted: Wanted) -> Piece:
    """Code distinct values."""
    keys = keyed(written)
    codes = hashed(keys)
    texts = {name: texts_of(codes, keys) for name in wanted.measured}
    return Piece({"value": codes[None]}, texts)


def keyed(written: pa.Array) -> pa.Array:
    """Give texts for equality, empty where they say nothing."""
    keys = pc.if_else(pa.array(says_something(written)), written, "")
    regular = bits(pc.match_substring_regex(keys, _REGULAR))
    others = ~regular & bits(pc.not_equal(keys, ""))
    if not others.any():
        return keys
    read = asked(keys.filter(pa.array(others)), "coalesce(text_key(written), '') as key")
    return pc.replace_with_mask(keys, pa.array(np.asarray(others)), read["key"].combine_chunks())
