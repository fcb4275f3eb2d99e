"""Free text: streets, suburbs, schools by name.

Codes: `full` (without blanks and punctuation), `sorted` (its words in any order), `first` (word), `numbers` (its
digits, run by run).
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from detectors.identity.linkage.kinds.blanks import says_something
from detectors.identity.linkage.kinds.piece import Piece, Wanted
from detectors.identity.linkage.texts import hashed, texts_of

IMPLIED: dict[str, frozenset[str]] = {"full": frozenset()}
CODES = frozenset({"full", "sorted", "first", "numbers"})

_BETWEEN = r"[\p{P}\p{Z}\p{C}\p{S}\s]+"


def of_distinct(written: pa.Array, wanted: Wanted) -> Piece:
    """Code distinct texts."""
    made = {name: _MAKERS[name](worded(written)) for name in wanted.codes & CODES}
    codes = {name: hashed(texts) for name, texts in made.items()}
    texts = {name: texts_of(codes[name], made[name]) for name in wanted.measured}
    return Piece({name: known[None] for name, known in codes.items()}, texts)


def worded(written: pa.Array) -> pa.Array:
    """Give texts as words in capitals with one blank between, empty where they say nothing."""
    stated = pc.if_else(pa.array(says_something(written)), written, "")
    upper = pc.utf8_upper(pc.utf8_normalize(stated, "NFKC"))
    return pc.utf8_trim_whitespace(pc.replace_substring_regex(upper, _BETWEEN, " "))


def _full(words: pa.Array) -> pa.Array:
    return pc.replace_substring(words, " ", "")


def sorted_words(words: pa.Array) -> pa.Array:
    """Give texts of words, one blank between, with their words in alphabetical order."""
    split = pc.split_pattern(words, " ")
    if int(pc.max(pc.list_value_length(split)).as_py() or 1) == 1:
        return words
    flat, owners = split.flatten(), pc.list_parent_indices(split)
    table = pa.table({"owner": owners, "word": flat})
    order = pc.sort_indices(table, sort_keys=[("owner", "ascending"), ("word", "ascending")])
    return pc.binary_join(pa.ListArray.from_arrays(split.offsets, flat.take(order)), " ")


def _first(words: pa.Array) -> pa.Array:
    return pc.replace_substring_regex(words, " .*", "")


def _numbers(words: pa.Array) -> pa.Array:
    return pc.utf8_trim_whitespace(pc.replace_substring_regex(words, "[^0-9]+", " "))


_MAKERS = {"full": _full, "sorted": sorted_words, "first": _first, "numbers": _numbers}
