"""Names in Latin letters: whole, by ear, by their first letters, with their parts in any order.

Codes: `full` (letters alone), `sorted` (its words in any order), `sound` (consonants by place of articulation, as in
Soundex, but the first letter and all the rest as well), `initial`, `start` (four letters).
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from detectors.identity.linkage.characters import points
from detectors.identity.linkage.kinds.blanks import says_something
from detectors.identity.linkage.kinds.piece import Piece, Wanted
from detectors.identity.linkage.kinds.text import sorted_words
from detectors.identity.linkage.texts import hashed, hashed_points, texts_of

Integers = NDArray[np.int64]

IMPLIED = {
    "full": frozenset({"sound", "initial", "start"}),
    "start": frozenset({"initial"}),
}
CODES = frozenset({"full", "sorted", "sound", "initial", "start"})

_LONGEST = 24
# by letter: 0 falls silent, 7 is a vowel
_PLACES = {"BFPVW": 1, "CGJKQSXZ": 2, "DT": 3, "L": 4, "MN": 5, "R": 6, "AEIOUY": 7}
_CLASS = np.zeros(128, np.uint32)
for _letters, _class in _PLACES.items():
    _CLASS[[ord(letter) for letter in _letters]] = _class


def of_distinct(written: pa.Array, wanted: Wanted) -> Piece:
    """Code distinct names in Latin letters."""
    words = lettered(written)
    full = pc.replace_substring(words, " ", "")
    made = {
        "full": full,
        "sorted": sorted_words(words) if "sorted" in wanted.codes else full,
        "initial": pc.utf8_slice_codeunits(full, 0, 1),
        "start": pc.utf8_slice_codeunits(full, 0, 4),
    }
    codes = {name: hashed(texts) for name, texts in made.items() if name in wanted.codes}
    texts = {name: texts_of(codes[name], made[name]) for name in wanted.measured}
    if "sound" in wanted.codes:
        codes["sound"] = sound(full)
    return Piece({name: known[None] for name, known in codes.items()}, texts)


def lettered(written: pa.Array) -> pa.Array:
    """Give names as words of the letters A to Z, accents gone, empty where they say nothing."""
    stated = pc.if_else(pa.array(says_something(written)), written, "")
    upper = pc.utf8_upper(pc.utf8_normalize(stated, "NFKD"))
    joined = pc.replace_substring_regex(upper, r"['’`\p{M}]", "")
    return pc.utf8_trim_whitespace(pc.replace_substring_regex(joined, "[^A-Z]+", " "))


def sound(full: pa.Array) -> Integers:
    """Code names of the letters A to Z by ear: letters of one place run together, vowels inside fall away."""
    read = points(full)
    lengths = np.minimum(read.lengths, _LONGEST)
    heard = _CLASS[read.matrix(max(int(lengths.max(initial=0)), 1))]
    kept = heard > 0
    kept[:, 1:] &= heard[:, 1:] != heard[:, :-1]
    kept[:, 1:] &= heard[:, 1:] != 7
    # to the left, in their order
    order = np.argsort(~kept, axis=1, kind="stable")
    heard = np.take_along_axis(heard, order, axis=1)
    counted = kept.sum(axis=1)
    heard[np.arange(heard.shape[1]) >= counted[:, None]] = 0
    # a name of H alone has no sound but itself
    return np.where(counted > 0, hashed_points(heard, counted), hashed(full))
