"""Sex in any of its spellings: 男, 1, M, male.

Codes: `value`, 1 for male and 2 for female (GB/T 2261.1); 0 and 9 there say nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from detectors.identity.linkage.characters import bits
from detectors.identity.linkage.kinds.piece import Piece, Wanted

IMPLIED: Mapping[str, frozenset[str]] = {}
CODES = frozenset({"value"})

_MALE = pa.array(["男", "男性", "男生", "1", "01", "M", "MALE", "BOY"])
_FEMALE = pa.array(["女", "女性", "女生", "2", "02", "F", "FEMALE", "GIRL"])


def of_distinct(written: pa.Array, wanted: Wanted) -> Piece:
    """Code distinct spellings of a sex."""
    bare = pc.utf8_upper(pc.utf8_trim_whitespace(pc.utf8_normalize(written, "NFKC")))
    is_male = bits(pc.is_in(bare, _MALE))
    is_female = bits(pc.is_in(bare, _FEMALE))
    return Piece({"value": (is_male + 2 * is_female).astype(np.int64)[None]})
