"""Rows told from those of an earlier night: 64-bit digests of record ids and of everything that rows state."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from detectors.identity.linkage.blocks import blocked
from detectors.identity.linkage.characters import of_width
from detectors.identity.linkage.coded import Table
from detectors.identity.linkage.keys import Flags
from detectors.identity.linkage.texts import Words, mixed

Places = NDArray[np.int64]

THREADS = 2
GONE = -1
_PRINT = np.uint64(0xA0761D6478BD642F)
# rows digested at a time: what fits the second-level cache
_AT_ONCE = 1 << 15
# rows aligned at a time, and how many may have come or gone between them
_ALIGNED, _MARGIN = 1 << 12, 1 << 10
# how far, and how often, rows are looked for where none is near
_FAR, _PATIENCE = 1 << 18, 64
_HALF = np.uint64(32)


def row_prints(table: Table) -> Words:
    """Tell any two rows apart, and a row from what it was: its input, its record id and all that it states."""
    return mixed(record_digests(table) ^ (row_digests(table) * _PRINT))


def record_digests(table: Table) -> Words:
    """Digest the input and the record id of each row; the same on every machine and night."""
    with ThreadPoolExecutor(THREADS) as pool:
        parts = list(pool.map(_of_ids, table.ids.chunks))
    ids = np.concatenate([np.zeros(0, np.uint64), *parts])
    return mixed(ids ^ (table.sources.astype(np.uint64) << np.uint64(56)))


def _of_ids(ids: pa.Array) -> Words:
    if not (pa.types.is_string(ids.type) or pa.types.is_large_string(ids.type)):
        ids = pc.cast(ids, pa.string())
    ids = pc.fill_null(ids, "")
    lengths = pc.binary_length(ids).to_numpy(zero_copy_only=False)
    told = np.zeros(len(ids), np.uint64)
    for width in np.flatnonzero(np.bincount(lengths)).tolist():
        fitting, letters = of_width(ids, width)
        words = np.zeros((len(letters), -(-width // 8) * 8), np.uint8)
        words[:, :width] = letters
        digest = np.full(len(letters), width, np.uint64)
        for word in words.view(np.uint64).T:
            digest = mixed(digest ^ word)
        told[fitting] = digest
    return told


def row_digests(table: Table) -> Words:
    """Digest all codes of each row; a slot that nobody uses changes nothing."""
    columns = [
        (codes[slot].view(np.uint64), _multiplier(f"{name}.{code}", slot))
        for name, field in sorted(table.fields.items())
        for code, codes in sorted(field.codes.items())
        for slot in range(len(codes))
    ]
    digests = np.zeros(len(table), np.uint64)
    begins = range(0, len(table), _AT_ONCE)
    with ThreadPoolExecutor(THREADS) as pool:
        for _ in pool.map(lambda begin: _digest(digests, columns, begin), begins):
            pass
    return digests


def _digest(digests: Words, columns: list[tuple[Words, np.uint64]], begin: int) -> None:
    told = digests[begin : begin + _AT_ONCE]
    for codes, multiplier in columns:
        # a missing code adds nothing
        term = codes[begin : begin + _AT_ONCE] * multiplier
        term ^= term >> _HALF
        term *= multiplier
        term ^= term >> _HALF
        told += term


def _multiplier(path: str, slot: int) -> np.uint64:
    number = int.from_bytes(path.encode()[-7:], "little") * 256 + slot
    return np.uint64(mixed(np.array([number], np.uint64))[0] | np.uint64(1))


def earlier_places(before: Words, now: Words) -> Places:
    """Give for each row of now where an equal row stood before, GONE if nowhere; the places given ascend.

    Blocks and ties go by the order of rows: a row that moved past others counts as new.
    """
    found = _nearby(before, now)
    found[~_ascending(found)] = GONE
    left = np.flatnonzero(found == GONE)
    unmet = np.ones(len(before), np.bool_)
    unmet[found[found != GONE]] = False
    places = np.flatnonzero(unmet)
    far = _anywhere(before[places], now[left])
    far[far != GONE] = places[far[far != GONE]]
    lowest, highest = _bounds(found, left, len(before))
    fits = (far != GONE) & (lowest < far) & (far < highest)
    found[left[fits]] = far[fits]
    found[~_ascending(found)] = GONE
    return found


def _nearby(before: Words, now: Words) -> Places:
    """Match rows that stand about where they stood, counted from the last match: nearly all of them."""
    found = np.full(len(now), GONE, np.int64)
    next_place, patience = 0, _PATIENCE
    for begin in range(0, len(now) if len(before) else 0, _ALIGNED):
        part = now[begin : begin + _ALIGNED]
        low = max(0, next_place - _MARGIN)
        places = _matched(before[low : next_place + _ALIGNED + _MARGIN], part)
        if patience and not (places != GONE).any():
            # many rows left here, or all of these came
            places = _matched(before[low : low + _FAR], part)
            patience -= 1
        met = np.flatnonzero(places != GONE)
        if len(met):
            found[begin + met] = low + places[met]
            next_place = int(low + places[met[-1]] + len(part) - met[-1])
    return found


def _matched(window: Words, part: Words) -> Places:
    if not len(window):
        return np.full(len(part), GONE, np.int64)
    order = np.argsort(window)
    ordered = window[order]
    at = np.minimum(np.searchsorted(ordered, part), len(window) - 1)
    return np.where(ordered[at] == part, order[at], GONE)


def _anywhere(before: Words, now: Words) -> Places:
    found = np.full(len(now), GONE, np.int64)
    if not len(before) or not len(now):
        return found
    rows = np.arange(len(before) + len(now), dtype=np.int32)
    blocks = blocked(np.concatenate([before, now]), rows)
    # what stands twice on one night says nothing
    blocks = blocks.only(blocks.sizes == 2)
    first, second = blocks.rows[0::2].astype(np.int64), blocks.rows[1::2].astype(np.int64)
    met = (first < len(before)) & (second >= len(before))
    found[second[met] - len(before)] = first[met]
    return found


def _ascending(places: Places) -> Flags:
    """Mark places that ascend, whichever way more of them do."""
    stands: Flags = places != GONE
    matched = places[stands]
    if (matched[1:] > matched[:-1]).all():
        return stands
    highest = np.maximum.accumulate(np.append(GONE, places))[:-1]
    forth: Flags = stands & (places > highest)
    last = np.where(stands, places, np.iinfo(np.int64).max)
    lowest = np.minimum.accumulate(np.append(last, np.iinfo(np.int64).max)[::-1])[::-1][1:]
    back: Flags = stands & (places < lowest)
    return forth if np.count_nonzero(forth) >= np.count_nonzero(back) else back


def _bounds(places: Places, left: Places, rows: int) -> tuple[Places, Places]:
    """Give the nearest matched places before and after each of the rows that are left, which have none."""
    met = np.flatnonzero(places != GONE)
    # one beyond either end, for rows before the first match and after the last
    matched = np.concatenate([[GONE], places[met], [rows]])
    at = np.searchsorted(met, left)
    return matched[at], matched[at + 1]
