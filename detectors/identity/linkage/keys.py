"""Keys: what two rows must share to be compared at all, as one 64-bit number a row."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detectors.identity.linkage.coded import MISSING, Rows, Table
from detectors.identity.linkage.model import Model

Hashes = NDArray[np.uint64]
Flags = NDArray[np.bool_]

UNMATCHED = "?"
# odd constants of splitmix64 (Steele, Lea & Flood 2014); each step of the mix can be undone, so one code never collides
_STEPS = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9))
_HALF = np.uint64(32)
# rows mixed at a time: what fits the second-level cache
_AT_ONCE = 1 << 15


@dataclass(frozen=True)
class Key:
    """Codes (`field.code`) that must all be equal and stated.

    A key that names `?field.code` is a second chance: only for rows whose `field` found no equal partner.
    """

    codes: tuple[str, ...]
    second_chance_of: str | None = None

    def __str__(self) -> str:
        """Write the key as in reports."""
        mark = UNMATCHED if self.second_chance_of else ""
        return mark + " + ".join(self.codes)


def model_keys(model: Model) -> tuple[Key, ...]:
    """Read the keys of a model, in order; all but second chances find every pair that shares them."""
    return tuple(_key(told) for told in model.keys)


def _key(told: tuple[str, ...]) -> Key:
    chances = {path[1:].split(".")[0] for path in told if path.startswith(UNMATCHED)}
    if len(chances) > 1:
        raise ValueError(f"the one field marked {UNMATCHED} of key {' + '.join(told)}")
    return Key(tuple(path.removeprefix(UNMATCHED) for path in told), next(iter(chances), None))


def key_codes(table: Table, key: Key, chosen: Flags | None = None) -> tuple[Hashes, Rows]:
    """Give the hashes of a key and their rows, ascending; rows that miss a code have none, several slots several.

    Hashes are the same for the same codes on every machine and night. `chosen` limits the rows.
    """
    columns = [table.code(path) for path in key.codes]
    ways = [
        [codes[slot] for codes, slot in zip(columns, slots, strict=True)]
        for slots in product(*(range(len(codes)) for codes in columns))
    ]
    held = _beside([_held(way, chosen) for way in ways])
    hashes = _beside([_mixed(way) for way in ways])
    # taking by number is several times faster than choosing by flag
    places = np.flatnonzero(held)
    rows = places if len(ways) == 1 else places // len(ways)
    return hashes if len(rows) == len(held) else hashes.take(places), rows.astype(np.int32)


def _beside(ways: list[NDArray[Any]]) -> NDArray[Any]:
    """Put what the slots of a row give one after the other, row by row."""
    return ways[0] if len(ways) == 1 else np.stack(ways, axis=1).reshape(-1)


def _held(columns: list[NDArray[np.int64]], chosen: Flags | None) -> Flags:
    held = np.not_equal(columns[0], MISSING)
    for codes in columns[1:]:
        np.logical_and(held, codes != MISSING, out=held)
    return held if chosen is None else held & chosen


def _mixed(columns: list[NDArray[np.int64]]) -> Hashes:
    hashes = np.empty(len(columns[0]), dtype=np.uint64)
    for begin in range(0, len(hashes), _AT_ONCE):
        part = hashes[begin : begin + _AT_ONCE]
        part[:] = 0
        for codes in columns:
            part ^= codes[begin : begin + _AT_ONCE].view(np.uint64)
            for step in _STEPS:
                part *= step
                part ^= part >> _HALF
    return hashes
