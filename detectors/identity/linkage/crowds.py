"""Key by key: the blocks that changed since an earlier night, and the crowds, blocks too large to compare in full.

In a small block every two rows are a pair, so only its changed rows matter. Whom the rows of a crowd meet depends on
all of them: their hubs, their parts, their number. So crowds are kept by hash with a digest of their rows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detectors.identity.linkage.blocks import Blocks, blocked, partners
from detectors.identity.linkage.coded import Rows, Table
from detectors.identity.linkage.keys import Flags, Hashes, Key, key_codes, model_keys
from detectors.identity.linkage.model import LinkType, Model
from detectors.identity.linkage.pairs import (
    Met,
    Packed,
    Search,
    met_of,
    only_new,
    pairs_of_large,
)
from detectors.identity.linkage.texts import Words, mixed

# a hash is looked for by its upper bits first: a table that the second-level cache nearly holds
_SIEVE_BITS = 23
# rows blocked at a time: they bound the memory, not the result
_BLOCKED = 1 << 23
_STEP = np.uint64(0x9E3779B97F4A7C15)
_STATUS = np.uint64(0xD6E8FEB86659FD93)


@dataclass(frozen=True)
class Crowds:
    """The crowds of one key: their hashes, ascending, and a digest of the rows of each, in their order."""

    hashes: Hashes
    digests: Words

    def ascending(self) -> Crowds:
        """Give the crowds by ascending hash."""
        order = np.argsort(self.hashes)
        return Crowds(self.hashes[order], self.digests[order])


NO_CROWDS = Crowds(np.zeros(0, np.uint64), np.zeros(0, np.uint64))


@dataclass(frozen=True)
class Found:
    """What the changes mean for one key.

    `pairs`: pairs to compare; `crowds` tonight, with the pairs that they allow, ascending; `unsettled`: the rows of
    crowds that changed, whose earlier pairs may be none any more.
    """

    pairs: Packed
    crowds: Crowds
    crowd_pairs: Packed
    unsettled: Rows


@dataclass(frozen=True)
class Changes:
    """Which rows are new or changed, what tells rows apart, and which rows have a new chance of a partner by field."""

    rows: Flags
    prints: Words
    moved: dict[str, Flags]


def searching(table: Table, model: Model) -> Search:
    """Open a search: which rows have an equal partner is counted for each field with second chances."""
    search = Search(table, model, max(1, (len(table) - 1).bit_length()), {})
    for name in second_chances(model):
        search.met[name] = met_of(search, name)
    return search


def second_chances(model: Model) -> list[str]:
    """Name the fields of which some key is a second chance."""
    return sorted({key.second_chance_of for key in model_keys(model) if key.second_chance_of})


def taking_part(met: Met | None) -> Flags | None:
    """Mark the rows that take part in a key; None: all."""
    return None if met is None else ~met.partnered | met.standing_for


def changed_pairs(search: Search, key: Key, before: Crowds, changes: Changes) -> Found:
    """Find what changed rows change: their pairs by one key, and all pairs of crowds that changed."""
    met = search.met.get(key.second_chance_of or "")
    changed = changes.rows
    if key.second_chance_of:
        changed = changed | changes.moved[key.second_chance_of]
    hashes, rows = key_codes(search.table, key, taking_part(met))
    few = _sifted(hashes, np.concatenate([hashes[changed[rows]], before.hashes]))
    names, blocks = named_blocks(hashes.take(few), rows.take(few))
    crowded = are_crowds(search, blocks)
    crowds = crowds_of(names[crowded], blocks.only(crowded), changes.prints, met)
    # what was a crowd and is none is told whole, as is a crowd that changed
    differs = np.isin(names, before.hashes)
    differs[crowded] = ~_stand_in(crowds, before)
    unsettled = blocks.only(differs).rows
    loud = changed.copy()
    loud[unsettled] = True
    allowed = pairs_of_crowds(search, key, blocks.only(crowded))
    is_loud = loud[allowed >> np.uint64(search.row_bits)]
    is_loud &= loud[allowed & np.uint64((1 << search.row_bits) - 1)]
    small = only_new(search, _of_rows(search, blocks.only(~crowded), loud), met)
    return Found(once([allowed[is_loud], small]), crowds.ascending(), allowed, unsettled)


def crowds_of(names: Hashes, blocks: Blocks, prints: Words, met: Met | None) -> Crowds:
    """Digest crowds: what their rows state, in which order, and which of them found a partner already."""
    if not len(blocks):
        return NO_CROWDS
    told = prints.take(blocks.rows)
    if met is not None:
        told = told ^ np.where(met.partnered[blocks.rows], _STATUS, np.uint64(0))
        told = told + np.where(met.standing_for[blocks.rows], _STATUS, np.uint64(0))
    place = np.arange(len(told)) - np.repeat(blocks.starts[:-1], blocks.sizes)
    told = mixed(told + place.astype(np.uint64) * _STEP)
    return Crowds(names, np.add.reduceat(told, blocks.starts[:-1]))


def pairs_of_crowds(search: Search, key: Key, crowds: Blocks) -> Packed:
    """Give the pairs that crowds allow, ascending."""
    if not len(crowds):
        return np.zeros(0, np.uint64)
    pairs, _ = pairs_of_large(search, key, crowds)
    return only_new(search, pairs, search.met.get(key.second_chance_of or ""))


def _sifted(hashes: Hashes, wanted: Hashes) -> NDArray[np.intp]:
    """Give the places of the wanted hashes, and of some others: all or none of those that are equal."""
    shift = np.uint64(64 - _SIEVE_BITS)
    sieve = np.zeros(1 << _SIEVE_BITS, np.bool_)
    sieve[wanted >> shift] = True
    return np.flatnonzero(sieve.take((hashes >> shift).view(np.int64)))


def named_blocks(hashes: Hashes, rows: Rows) -> tuple[Hashes, Blocks]:
    """Block rows that ascend, and give the hash of each block."""
    parts = 1 << max(0, (len(hashes) // _BLOCKED).bit_length())
    if parts == 1:
        return _named_blocks(hashes, rows)
    # by ranges of hashes: what one range needs bounds the memory
    which = (hashes >> np.uint64(64 - parts.bit_length() + 1)).astype(np.uint8)
    told = []
    for part in range(parts):
        places = np.flatnonzero(which == part)
        told.append(_named_blocks(hashes.take(places), rows.take(places)))
    sizes = np.concatenate([blocks.sizes for _, blocks in told])
    found = np.concatenate([blocks.rows for _, blocks in told])
    starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
    return np.concatenate([names for names, _ in told]), Blocks(found, starts)


def _named_blocks(hashes: Hashes, rows: Rows) -> tuple[Hashes, Blocks]:
    blocks = blocked(hashes, np.arange(len(hashes), dtype=np.int32))
    names, found = hashes.take(blocks.firsts), rows.take(blocks.rows)
    again = np.zeros(len(found), np.bool_)
    np.equal(found[1:], found[:-1], out=again[1:])
    again[blocks.starts[:-1]] = False
    if not again.any():
        return names, Blocks(found, blocks.starts)
    # a row that shares a hash with itself counts once
    sizes = np.bincount(blocks.numbers()[~again], minlength=len(blocks))
    once = Blocks(found[~again], np.concatenate([[0], np.cumsum(sizes)]))
    return names[sizes > 1], once.only(sizes > 1)


def are_crowds(search: Search, blocks: Blocks) -> Flags:
    """Mark the blocks that hold more pairs than the model lets a block have."""
    blocks_pairs = partners(blocks, search.table.sources, search.link_type).by_block(blocks)
    crowded: Flags = blocks_pairs > search.most_pairs
    return crowded


def _stand_in(crowds: Crowds, before: Crowds) -> Flags:
    """Mark the crowds that stood before with the same rows."""
    if not len(before.hashes):
        return np.zeros(len(crowds.hashes), np.bool_)
    at = np.minimum(np.searchsorted(before.hashes, crowds.hashes), len(before.hashes) - 1)
    same: Flags = (before.hashes[at] == crowds.hashes) & (before.digests[at] == crowds.digests)
    return same


def _of_rows(search: Search, blocks: Blocks, chosen: Flags) -> Packed:
    """Pair the chosen rows with all others of their blocks that the link type allows; some pairs come twice."""
    places = np.flatnonzero(chosen.take(blocks.rows))
    number = np.searchsorted(blocks.starts, places, side="right") - 1
    starts, counts = blocks.starts[number], blocks.sizes[number]
    ends = np.cumsum(counts)
    first = np.repeat(starts - (ends - counts), counts)
    other = blocks.rows.take(np.arange(len(first)) + first)
    one = np.repeat(blocks.rows.take(places), counts)
    allowed = one != other
    if search.link_type is LinkType.LINK_ONLY:
        sources = search.table.sources
        allowed &= sources.take(one) != sources.take(other)
    one, other = one[allowed], other[allowed]
    return search.pack(np.minimum(one, other), np.maximum(one, other))


def once(parts: list[Packed]) -> Packed:
    """Put pairs together, ascending, each once."""
    pairs = np.sort(np.concatenate(parts))
    opens = np.ones(len(pairs), np.bool_)
    opens[1:] = pairs[1:] != pairs[:-1]
    return pairs[opens]


def among(ascending: Packed, asked: Packed) -> Flags:
    """Mark the numbers that stand in a list."""
    if not len(ascending):
        return np.zeros(len(asked), np.bool_)
    at = np.minimum(np.searchsorted(ascending, asked), len(ascending) - 1)
    told: Flags = ascending[at] == asked
    return told
