"""Blocks: the rows that share a key, found by one sort of hash and row packed into one number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detectors.identity.linkage.coded import Rows, Table
from detectors.identity.linkage.keys import Flags, Hashes
from detectors.identity.linkage.model import LinkType

Places = NDArray[np.int64]


@dataclass(frozen=True)
class Blocks:
    """Blocks of at least two rows: block i is `rows[starts[i]:starts[i + 1]]`, its rows ascending and distinct."""

    rows: Rows
    starts: Places

    def __len__(self) -> int:
        """Count the blocks."""
        return len(self.starts) - 1

    @property
    def sizes(self) -> Places:
        """Count the rows of each block."""
        return np.diff(self.starts)

    @property
    def firsts(self) -> Rows:
        """Give the first row of each block."""
        return self.rows.take(self.starts[:-1])

    def numbers(self) -> Places:
        """Give for each row the number of its block."""
        return np.repeat(np.arange(len(self)), self.sizes)

    def only(self, chosen: Flags) -> Blocks:
        """Keep the chosen blocks, in their order."""
        if chosen.all():
            return self
        sizes = self.sizes
        kept = np.flatnonzero(np.repeat(chosen, sizes))
        return Blocks(self.rows.take(kept), _bounds(sizes[chosen]))


def blocked(hashes: Hashes, rows: Rows) -> Blocks:
    """Find the rows of equal hashes; `rows` ascends. Hashes are compared in full, all 64 bits."""
    bits = np.uint64(max(1, (len(hashes) - 1).bit_length()))
    low = np.uint64((1 << int(bits)) - 1)
    # the upper bits of the hash, the place below them: equal hashes end side by side, their rows ascending
    packed = np.arange(len(hashes), dtype=np.uint64)
    packed |= hashes & ~low
    packed.sort()
    repeats = np.zeros(len(packed) + 1, dtype=np.bool_)
    np.less_equal(packed[1:] ^ packed[:-1], low, out=repeats[1:-1])
    # taking by number is several times faster than choosing by flag
    chosen = np.flatnonzero(repeats[:-1] | repeats[1:])
    places = (packed.take(chosen) & low).view(np.int64)
    opens = ~repeats.take(chosen)
    return _verified(hashes.take(places), rows.take(places), opens)


def _verified(hashes: Hashes, rows: Rows, opens: Flags) -> Blocks:
    """Part rows whose hashes agree in the upper bits alone, and count a row once a block."""
    differs = np.zeros(len(rows), dtype=np.bool_)
    np.not_equal(hashes[1:], hashes[:-1], out=differs[1:])
    differs &= ~opens
    parted = bool(differs.any())
    if parted:
        number = np.cumsum(opens)
        mixed = np.flatnonzero(np.isin(number, number[differs]))
        order = mixed[np.lexsort((rows[mixed], hashes[mixed], number[mixed]))]
        hashes[mixed], rows[mixed] = hashes[order], rows[order]
        opens[1:] |= hashes[1:] != hashes[:-1]
    again = np.zeros(len(rows), dtype=np.bool_)
    np.equal(rows[1:], rows[:-1], out=again[1:])
    again &= ~opens
    if again.any():
        rows, opens = rows[~again], opens[~again]
        parted = True
    blocks = Blocks(rows, np.append(np.flatnonzero(opens), len(rows)))
    return blocks.only(blocks.sizes > 1) if parted else blocks


def _bounds(sizes: Places) -> Places:
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(sizes)])


@dataclass(frozen=True)
class Partners:
    """Whom each row of blocks may meet: row i the rows at `begins[i]` up to `begins[i] + counts[i]`."""

    begins: Places
    counts: Places

    def by_block(self, blocks: Blocks) -> Places:
        """Count the pairs of each block."""
        if not len(blocks):
            return np.zeros(0, dtype=np.int64)
        return np.add.reduceat(self.counts, blocks.starts[:-1])


def partners(blocks: Blocks, sources: NDArray[np.uint8], link_type: LinkType) -> Partners:
    """Give each row of a block the rows after it: all of them, or those of later sources only."""
    ends = np.repeat(blocks.starts[1:], blocks.sizes)
    if link_type is not LinkType.LINK_ONLY:
        begins = np.arange(1, len(ends) + 1)
    else:
        source = sources.take(blocks.rows)
        opens = np.ones(len(source), dtype=np.bool_)
        np.not_equal(source[1:], source[:-1], out=opens[1:])
        opens[blocks.starts[:-1]] = True
        groups = np.append(np.flatnonzero(opens), len(source))
        begins = np.repeat(groups[1:], np.diff(groups))
    return Partners(begins, ends - begins)


def comparable(blocks: Blocks, sources: NDArray[np.uint8], link_type: LinkType) -> Blocks:
    """Keep the blocks that hold a pair of the link type; sources ascend with the rows."""
    if link_type is not LinkType.LINK_ONLY:
        return blocks
    lasts = blocks.rows.take(blocks.starts[1:] - 1)
    return blocks.only(sources.take(blocks.firsts) != sources.take(lasts))


@dataclass(frozen=True)
class Parts:
    """What a block that is too large was split into: parts within the limit, and those that no code splits further.

    `speakers` are each part's first row, or all of its rows if none may meet another; `blocks` numbers their blocks.
    """

    small: tuple[Blocks, ...]
    large: Blocks
    speakers: Rows
    blocks: Places


def split(blocks: Blocks, table: Table, by: tuple[str, ...], limit: tuple[LinkType, int]) -> Parts:
    """Split blocks by one code after the other until each part has at most the allowed pairs."""
    link_type, pairs = limit
    small: list[Blocks] = []
    speakers: list[tuple[Rows, Places]] = []
    origin = np.arange(len(blocks))
    for path in by:
        number = blocks.numbers()
        code = table.code(path)[0][blocks.rows]
        order = np.lexsort((code, number))
        number, code = number[order], code[order]
        opens = np.ones(len(order), dtype=np.bool_)
        opens[1:] = (number[1:] != number[:-1]) | (code[1:] != code[:-1])
        parts = Blocks(blocks.rows[order], np.append(np.flatnonzero(opens), len(order)))
        origin = origin[number[parts.starts[:-1]]]
        within = partners(parts, table.sources, link_type).by_block(parts)
        small.append(parts.only((within > 0) & (within <= pairs)))
        firsts = np.zeros(len(order), dtype=np.bool_)
        firsts[parts.starts[:-1]] = within <= pairs
        speaks = firsts | np.repeat(within == 0, parts.sizes)
        speakers.append((parts.rows[speaks], np.repeat(origin, parts.sizes)[speaks]))
        blocks, origin = parts.only(within > pairs), origin[within > pairs]
    speakers.append((blocks.firsts, origin))
    return Parts(
        tuple(small),
        blocks,
        np.concatenate([rows for rows, _ in speakers]),
        np.concatenate([numbers for _, numbers in speakers]),
    )
