"""Codes of texts: 62-bit hashes, the same on every machine and night, and what text stands behind each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from detectors.identity.linkage.characters import points
from detectors.identity.linkage.coded import Texts

Integers = NDArray[np.int64]
Words = NDArray[np.uint64]
_Whole = TypeVar("_Whole", np.int64, np.uint64)

# No code of a text is below, every code that is a number by itself (a date, a phone, a regular identity number) is.
TEXT_CODES = 1 << 62
# Any odd number without a pattern: the base of the polynomial, golden ratio and constants of splitmix64.
_BASE = np.uint64(0xD1342543DE82EF95)
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)


def mixed(words: Words) -> Words:
    """Spread every bit over the whole word (splitmix64, Steele et al. 2014)."""
    words = words + _GOLDEN
    words = (words ^ (words >> np.uint64(30))) * _FIRST
    words = (words ^ (words >> np.uint64(27))) * _SECOND
    return words ^ (words >> np.uint64(31))


def powers(longest: int) -> Words:
    """Give what a character weighs at each place of a text."""
    steps = np.full(longest + 1, _BASE, dtype=np.uint64)
    steps[0] = 1
    return np.cumprod(steps, dtype=np.uint64)


def finished(sums: Words) -> Integers:
    """Turn the weighted sums of mixed characters into codes."""
    return ((mixed(sums) >> np.uint64(2)) | np.uint64(TEXT_CODES)).view(np.int64)


def hashed_points(matrix: NDArray[np.uint32], lengths: Integers) -> Integers:
    """Hash the first `lengths` code points of each row; no characters, no code."""
    places = powers(matrix.shape[1])
    sums = np.zeros(len(matrix), dtype=np.uint64)
    for place in range(matrix.shape[1]):
        weighed = mixed(matrix[:, place].astype(np.uint64)) * places[place]
        sums += np.where(place < lengths, weighed, np.uint64(0))
    return np.where(lengths > 0, finished(sums), 0)


def hashed(texts: pa.Array) -> Integers:
    """Hash strings, none of them null: equal strings have equal codes, an empty one has code 0."""
    read = points(texts)
    codes = np.zeros(len(texts), dtype=np.int64)
    stated = np.flatnonzero(read.lengths)
    if len(stated):
        longest = int(read.lengths.max())
        places = np.arange(len(read.flat)) - np.repeat(read.starts, read.lengths)
        weighed = mixed(read.flat.astype(np.uint64)) * powers(longest)[places]
        codes[stated] = finished(np.add.reduceat(weighed, read.starts[stated]))
    return codes


def distinct(values: NDArray[_Whole]) -> NDArray[_Whole]:
    """Sort values and give each once; NumPy's own `unique` takes a hundred times as long."""
    ordered = np.sort(values, axis=None)
    opens = np.ones(len(ordered), np.bool_)
    opens[1:] = ordered[1:] != ordered[:-1]
    return ordered[opens]


@dataclass(frozen=True)
class DecodedTexts(Texts):
    """Texts of which only the irregular ones are kept: what is below TEXT_CODES is read off its code."""

    decode: Callable[[Integers], pa.Array]

    def of(self, codes: Integers) -> pa.Array:
        """Give the texts of codes, each of which must be known."""
        if not len(codes) or codes.max() < TEXT_CODES:
            return self.decode(codes)
        kept = codes >= TEXT_CODES
        decoded = self.decode(codes[~kept])
        looked_up = self.values.take(pa.array(np.searchsorted(self.codes, codes[kept])))
        ranks = np.where(kept, np.cumsum(kept) - 1 + len(decoded), np.cumsum(~kept) - 1)
        return pa.concat_arrays([decoded, looked_up]).take(pa.array(ranks))


def texts_of(codes: Integers, values: pa.Array) -> Texts:
    """Keep each code once with its text; MISSING has none."""
    known, first = np.unique(codes, return_index=True)
    stated = known != 0
    return Texts(known[stated], values.take(pa.array(first[stated])))


def merged(parts: Sequence[Texts]) -> Texts:
    """Join the texts of several stretches of rows, each code once."""
    if len(parts) == 1:
        return parts[0]
    values = pa.concat_arrays([part.values for part in parts])
    kept = texts_of(np.concatenate([part.codes for part in parts]), values)
    return replace(parts[0], codes=kept.codes, values=kept.values)
