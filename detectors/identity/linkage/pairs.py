"""Candidates: the pairs of rows that share a key, each once, with the keys that found it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detectors.contract import DetectorError
from detectors.identity.linkage.blocks import (
    Blocks,
    Partners,
    blocked,
    comparable,
    partners,
    split,
)
from detectors.identity.linkage.coded import Rows, Table
from detectors.identity.linkage.keys import Flags, Key, key_codes, model_keys
from detectors.identity.linkage.model import LinkType, Model
from detectors.identity.linkage.texts import distinct

Packed = NDArray[np.uint64]

THREADS = 2
MOST_KEYS = 32
# pairs expanded at a time, and pairs sorted at a time: they bound the memory, not the result
_EXPANDED = 1 << 22
_SORTED = 1 << 22


@dataclass(frozen=True)
class SplitBlocks:
    """What a key did not compare because its blocks were too large, for the report of the run."""

    key: str
    blocks: int
    rows: int
    pairs_not_compared: int


@dataclass(frozen=True)
class Candidates:
    """Pairs `one < other`, ascending; bit k of `found_by` is set if key k of the model found the pair."""

    one: Rows
    other: Rows
    found_by: NDArray[np.uint32]
    report: tuple[SplitBlocks, ...]

    def __len__(self) -> int:
        """Count the pairs."""
        return len(self.one)


@dataclass(frozen=True)
class Search:
    """What all keys of a run share: how pairs are packed, and which rows found an equal partner by field."""

    table: Table
    model: Model
    row_bits: int
    met: dict[str, Met]

    @property
    def link_type(self) -> LinkType:
        """Which pairs of inputs are looked at."""
        return self.model.link_type

    @property
    def most_pairs(self) -> int:
        """How many pairs of one block are compared in full."""
        # a block of one row here and many there is no burden: pairs are counted, not rows
        return self.model.block_rows * (self.model.block_rows - 1) // 2

    def pack(self, one: Rows, other: Rows) -> Packed:
        """Write each pair as one number that orders pairs by their rows."""
        packed = one.astype(np.uint64)
        packed <<= np.uint64(self.row_bits)
        packed |= other.astype(np.uint64)
        return packed


@dataclass(frozen=True)
class Met:
    """Rows whose value somebody else states too, and of those the few that stand for all of one value."""

    partnered: Flags
    standing_for: Flags


def candidates(table: Table, model: Model) -> Candidates:
    """Find the pairs that share at least one key of the model and that its link type allows.

    Blocks with more pairs than `block_rows` rows have are split by the codes of `split_by`; a part that is still too
    large is compared with its first row and the next one only, and the report counts what was left out.
    """
    keys = model_keys(model)
    row_bits = max(1, (len(table) - 1).bit_length())
    if len(keys) > MOST_KEYS or 2 * row_bits + 5 > 64:
        raise DetectorError(f"more than {MOST_KEYS} keys or 500 million rows; link in parts")
    search = Search(table, model, row_bits, {})
    fields = sorted({key.second_chance_of for key in keys if key.second_chance_of})
    with ThreadPoolExecutor(THREADS) as pool:
        search.met.update(
            zip(fields, pool.map(lambda name: met_of(search, name), fields), strict=True)
        )
        found = list(pool.map(lambda key: _sorted_pairs(search, key), keys))
        one, other, found_by = _union([pairs for pairs, _ in found], row_bits, pool)
    return Candidates(one, other, found_by, tuple(told for _, told in found if told))


def met_of(search: Search, name: str) -> Met:
    """Tell which rows meet another by the base code of a field."""
    table = search.table
    base = next(field.base for field in search.model.fields if field.name == name)
    blocks = blocked(*key_codes(table, Key((f"{name}.{base}",))))
    blocks = comparable(blocks, table.sources, search.link_type)
    partnered, standing_for = np.zeros((2, len(table)), dtype=np.bool_)
    partnered[blocks.rows] = True
    if not search.model.one_to_one:
        standing_for[_hubs(blocks, search)] = True
    return Met(partnered, standing_for)


def _hubs(blocks: Blocks, search: Search) -> NDArray[np.int32]:
    """Give each block two rows such that every row of it may meet one of them: (2, blocks)."""
    if search.link_type is not LinkType.LINK_ONLY:
        return np.stack([blocks.firsts, blocks.firsts])
    first_of_next = partners(blocks, search.table.sources, search.link_type).begins
    places = first_of_next[blocks.starts[:-1]]
    # a block of one source alone has no second
    inside = np.where(places < blocks.starts[1:], places, blocks.starts[:-1])
    return np.stack([blocks.firsts, blocks.rows[inside]])


def _sorted_pairs(search: Search, key: Key) -> tuple[Packed, SplitBlocks | None]:
    pairs, told = _pairs_of_key(search, key)
    pairs.sort()
    return pairs, told


def _pairs_of_key(search: Search, key: Key) -> tuple[Packed, SplitBlocks | None]:
    met = search.met.get(key.second_chance_of or "")
    chosen = None if met is None else ~met.partnered | met.standing_for
    blocks = blocked(*key_codes(search.table, key, chosen))
    blocks = comparable(blocks, search.table.sources, search.link_type)
    meets = partners(blocks, search.table.sources, search.link_type)
    fits = meets.by_block(blocks) <= search.most_pairs
    if fits.all():
        return only_new(search, _expanded(search, blocks, meets), met), None
    within = blocks.only(fits)
    pairs = _expanded(search, within, partners(within, search.table.sources, search.link_type))
    large, told = pairs_of_large(search, key, blocks.only(~fits))
    return only_new(search, np.concatenate([pairs, large]), met), told


def only_new(search: Search, pairs: Packed, met: Met | None) -> Packed:
    """Drop the pairs of a second chance of which both rows had their first; `met` is None for other keys."""
    if met is None or search.model.one_to_one:
        return pairs
    one, other = unpacked(pairs, search.row_bits)
    return pairs[~(met.partnered[one] & met.partnered[other])]


def _expanded(search: Search, blocks: Blocks, meets: Partners) -> Packed:
    ends = np.cumsum(meets.counts)
    pairs = np.empty(int(ends[-1]) if len(ends) else 0, dtype=np.uint64)
    begin = 0
    while begin < len(ends):
        done = int(ends[begin - 1]) if begin else 0
        end = max(begin + 1, int(np.searchsorted(ends, done + _EXPANDED, side="right")))
        counts = meets.counts[begin:end]
        skipped = meets.begins[begin:end] - (ends[begin:end] - counts - done)
        places = np.arange(int(ends[end - 1]) - done) + np.repeat(skipped, counts)
        one = np.repeat(blocks.rows[begin:end], counts)
        pairs[done : done + len(one)] = search.pack(one, blocks.rows.take(places))
        begin = end
    return pairs


def pairs_of_large(search: Search, key: Key, blocks: Blocks) -> tuple[Packed, SplitBlocks]:
    """Split blocks that are too large to compare in full; give their pairs, each once, and what was left out."""
    table, link_type = search.table, search.link_type
    by = tuple(path for path in search.model.split_by if path not in key.codes)
    parts = split(blocks, table, by, (link_type, search.most_pairs))
    made = [
        _expanded(search, part, partners(part, table.sources, link_type)) for part in parts.small
    ]
    # parts of one block still meet through their first rows, and so do the rows of a part too large to compare in full
    made.append(_with_hubs(search, parts.speakers, _hubs(blocks, search)[:, parts.blocks]))
    made.append(
        _with_hubs(search, parts.large.rows, _hubs(parts.large, search)[:, parts.large.numbers()])
    )
    if link_type is not LinkType.LINK_ONLY:
        rows = parts.large.rows
        inside = np.ones(max(0, len(rows) - 1), dtype=np.bool_)
        inside[parts.large.starts[1:-1] - 1] = False
        made.append(search.pack(rows[:-1][inside], rows[1:][inside]))
    pairs = distinct(np.concatenate(made))
    possible = int(partners(blocks, table.sources, link_type).counts.sum())
    return pairs, SplitBlocks(str(key), len(blocks), len(blocks.rows), possible - len(pairs))


def _with_hubs(search: Search, rows: Rows, hubs: NDArray[np.int32]) -> Packed:
    """Pair each row with the hub of its block that it may meet, if it is not that hub itself."""
    hub = hubs[0]
    if search.link_type is LinkType.LINK_ONLY:
        source = search.table.sources
        hub = np.where(source[rows] == source[hub], hubs[1], hub)
        allowed = source[rows] != source[hub]
    else:
        allowed = rows != hub
    one, other = rows[allowed], hub[allowed]
    return search.pack(np.minimum(one, other), np.maximum(one, other))


def unpacked(pairs: Packed, row_bits: int) -> tuple[Rows, Rows]:
    """Give the two rows of packed pairs."""
    other = pairs & np.uint64((1 << row_bits) - 1)
    return (pairs >> np.uint64(row_bits)).astype(np.int32), other.astype(np.int32)


def _union(
    found: list[Packed], row_bits: int, pool: ThreadPoolExecutor
) -> tuple[Rows, Rows, NDArray[np.uint32]]:
    """Merge the sorted pairs of all keys, range by range so that one sort stays small."""
    ranges = sum(len(pairs) for pairs in found) // _SORTED + 1
    sample = np.sort(np.concatenate([pairs[:: max(1, _SORTED // 1000)] for pairs in found]))
    bounds = sample[np.arange(1, ranges) * len(sample) // ranges]
    cuts = [[0, *np.searchsorted(pairs, bounds).tolist(), len(pairs)] for pairs in found]

    def merged(at: int) -> tuple[Rows, Rows, NDArray[np.uint32]]:
        pairs, keys = _merged(
            [pairs[cut[at] : cut[at + 1]] for pairs, cut in zip(found, cuts, strict=True)]
        )
        return *unpacked(pairs, row_bits), keys

    ones, others, keys = zip(*pool.map(merged, range(ranges)), strict=True)
    return np.concatenate(ones), np.concatenate(others), np.concatenate(keys)


def _merged(found: list[Packed]) -> tuple[Packed, NDArray[np.uint32]]:
    """Give each pair once, ascending, with the keys that found it as bits."""
    key_bits = np.uint64(5)
    packed = np.concatenate([pairs << key_bits | np.uint64(k) for k, pairs in enumerate(found)])
    packed.sort()
    pairs = packed >> key_bits
    key = np.uint32(1) << (packed & np.uint64(31)).astype(np.uint32)
    if not len(pairs):
        return pairs, key
    opens = np.ones(len(pairs), dtype=np.bool_)
    np.not_equal(pairs[1:], pairs[:-1], out=opens[1:])
    first = np.flatnonzero(opens)
    return pairs.take(first), np.bitwise_or.reduceat(key, first)
