"""Pairs of tens of millions of rows: found and compared in ranges of their first row, and kept on disk.

Only codes and blocks stay in memory, and of each range the pairs at hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detectors.identity.linkage.blocks import Blocks, comparable
from detectors.identity.linkage.compare import Patterns, compare, patterns, strides
from detectors.identity.linkage.crowds import (
    Crowds,
    are_crowds,
    crowds_of,
    named_blocks,
    once,
    pairs_of_crowds,
    taking_part,
)
from detectors.identity.linkage.keys import Key, key_codes, model_keys
from detectors.identity.linkage.model import LinkType, Model
from detectors.identity.linkage.pairs import Packed, Search, only_new, unpacked
from detectors.identity.linkage.texts import Words

Numbers = NDArray[np.int64]

THREADS = 2
# pairs, repeats by several keys counted, that one range may find: they bound the memory, not the result
_FOUND = 1 << 24
_BUCKETS = 4096
_MANY = 20_000_000
# patterns that a table of all possible ones may have
_TABLED = 1 << 22


@dataclass(frozen=True)
class OfKey:
    """One key's blocks to be compared in full, and its crowds with the pairs they allow."""

    key: Key
    blocks: Blocks
    crowds: Crowds
    crowd_pairs: Packed


@dataclass(frozen=True)
class Spilled:
    """Pairs on disk, range by range: packed, ascending, beside them the numbers of their patterns."""

    folder: Path
    ranges: int
    patterns: Patterns

    def pairs(self, at: int) -> Packed:
        """Give the pairs of a range."""
        return np.fromfile(self.folder / f"pairs {at}", np.uint64)

    def places(self, at: int) -> Numbers:
        """Tell for the pairs of a range where their patterns stand."""
        numbers = np.fromfile(self.folder / f"patterns {at}", np.int64)
        last = int(self.patterns.numbers[-1]) if len(self.patterns) else 0
        if last >= _TABLED:
            return np.searchsorted(self.patterns.numbers, numbers)
        place = np.zeros(last + 1, np.int64)
        place[self.patterns.numbers] = np.arange(len(self.patterns))
        return place.take(numbers)


def blocks_of_keys(search: Search, told: Words) -> list[OfKey]:
    """Block all rows by every key."""
    # what one key needs for a moment grows with the rows
    with ThreadPoolExecutor(THREADS if len(search.table) < _MANY else 1) as pool:
        return list(pool.map(lambda key: _of_key(search, key, told), model_keys(search.model)))


def _of_key(search: Search, key: Key, told: Words) -> OfKey:
    met = search.met.get(key.second_chance_of or "")
    names, blocks = named_blocks(*key_codes(search.table, key, taking_part(met)))
    crowded = are_crowds(search, blocks)
    large = blocks.only(crowded)
    crowds = crowds_of(names[crowded], large, told, met).ascending()
    small = comparable(blocks.only(~crowded), search.table.sources, search.link_type)
    return OfKey(key, small, crowds, pairs_of_crowds(search, key, large))


def compare_in_parts(search: Search, of_keys: Sequence[OfKey], folder: Path) -> Spilled:
    """Find the pairs of all keys, each once, and compare them."""
    bounds = _bounds(search, of_keys)
    counted: dict[int, int] = {}
    with ThreadPoolExecutor(THREADS) as pool:
        coming = _begun(pool, search, of_keys, (bounds[0], bounds[1]))
        for at in range(len(bounds) - 1):
            pairs = once([part.result() for part in coming])
            if at + 2 < len(bounds):
                # the next range is found while this one is compared
                coming = _begun(pool, search, of_keys, (bounds[at + 1], bounds[at + 2]))
            levels = compare(search.table, search.model, *unpacked(pairs, search.row_bits))
            index, found = patterns(levels, search.model)
            pairs.tofile(folder / f"pairs {at}")
            found.numbers[index].tofile(folder / f"patterns {at}")
            for number, count in zip(found.numbers.tolist(), found.counts.tolist(), strict=True):
                counted[number] = counted.get(number, 0) + count
    return Spilled(folder, len(bounds) - 1, _patterns(search.model, counted))


def _patterns(model: Model, counted: dict[int, int]) -> Patterns:
    numbers = np.array(sorted(counted), np.int64)
    counts = np.array([counted[number] for number in sorted(counted)], np.int64)
    sizes = np.array([len(field.levels) + 1 for field in model.fields])
    return Patterns(numbers, counts, (numbers[:, None] // strides(model) % sizes).astype(np.uint8))


def _begun(
    pool: ThreadPoolExecutor, search: Search, of_keys: Sequence[OfKey], rows: tuple[int, int]
) -> list[Future[Packed]]:
    return [pool.submit(_pairs_from, search, of_key, rows) for of_key in of_keys]


def _bounds(search: Search, of_keys: Sequence[OfKey]) -> list[int]:
    """Part the rows into ranges that begin about as many pairs each."""
    rows = max(1, len(search.table))
    step = -(-rows // _BUCKETS)
    begun = np.zeros(_BUCKETS, np.float64)
    for of_key in of_keys:
        blocks = of_key.blocks
        after = np.repeat(blocks.starts[1:], blocks.sizes) - np.arange(1, len(blocks.rows) + 1)
        begun += np.bincount(blocks.rows // step, after, minlength=_BUCKETS)
        first = (of_key.crowd_pairs >> np.uint64(search.row_bits)).astype(np.int64)
        begun += np.bincount(first // step, minlength=_BUCKETS)
    bounds, found = [0], 0.0
    for bucket, pairs in enumerate(begun.tolist()):
        if found and found + pairs > _FOUND:
            bounds.append(bucket * step)
            found = 0.0
        found += pairs
    return [*bounds, rows]


def _pairs_from(search: Search, of_key: OfKey, rows: tuple[int, int]) -> Packed:
    """Give one key's pairs whose first row is in a range."""
    blocks, sources = of_key.blocks, search.table.sources
    places = np.flatnonzero((blocks.rows >= rows[0]) & (blocks.rows < rows[1]))
    ends = blocks.starts[np.searchsorted(blocks.starts, places, side="right")]
    counts = ends - places - 1
    one = np.repeat(blocks.rows.take(places), counts)
    skipped = np.repeat(places + 1 - (np.cumsum(counts) - counts), counts)
    other = blocks.rows.take(np.arange(len(one)) + skipped)
    if search.link_type is LinkType.LINK_ONLY:
        allowed = np.flatnonzero(sources.take(one) != sources.take(other))
        one, other = one.take(allowed), other.take(allowed)
    met = search.met.get(of_key.key.second_chance_of or "")
    first, last = (np.uint64(row << search.row_bits) for row in rows)
    begin, end = np.searchsorted(of_key.crowd_pairs, np.array([first, last], np.uint64))
    pairs = only_new(search, search.pack(one, other), met)
    return np.concatenate([pairs, of_key.crowd_pairs[begin:end]])
