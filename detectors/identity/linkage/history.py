"""Lasting person ids: who is whom since the last run, and which persons were merged, split, new or gone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from detectors.identity.linkage.judged import Chosen, Numbers

_LETTERS = np.frombuffer(b"0123456789abcdefghjkmnpqrstvwxyz", dtype=np.uint8)
_ID_LETTERS = 12
_UNKNOWN = -1


class Event(StrEnum):
    """What happened to a person between two runs."""

    NEW = "new"
    GONE = "gone"
    MERGED = "merged"
    SPLIT = "split"


@dataclass(frozen=True)
class Named:
    """Tonight's persons (record, person_id) and what changed (event, person_id, other_id, records)."""

    persons: pa.Table
    changes: pa.Table


def name_persons(
    records: pa.ChunkedArray | pa.Array, of_row: Numbers, before: pa.Table | None = None
) -> Named:
    """Give every cluster a person id that lasts.

    `records` names each row for ever (source and record id); `of_row` is each row's cluster; `before` holds the
    persons of the last run. A cluster keeps the id with which it shares most records, and an id goes to the
    cluster with which it shares most; what is left gets an id made from the first record of the cluster.
    """
    clusters, cluster = np.unique(of_row, return_inverse=True)
    known, was = _before(records, before)
    overlap = _overlaps(cluster, was)
    kept = _kept(overlap, len(clusters))
    names = _named(records, cluster, kept, known)
    persons = pa.table({"record": records, "person_id": names.take(pa.array(cluster))})
    return Named(persons, _changes(names, known, overlap, kept))


@dataclass(frozen=True)
class _Overlaps:
    """How many records each cluster shares with each earlier person, most first."""

    cluster: Numbers
    person: Numbers
    records: Numbers

    def only(self, chosen: Chosen) -> _Overlaps:
        return _Overlaps(self.cluster[chosen], self.person[chosen], self.records[chosen])


def _before(
    records: pa.ChunkedArray | pa.Array, before: pa.Table | None
) -> tuple[pa.Array, Numbers]:
    """Give the ids in use before, sorted, and for each row which of them it had (-1: none)."""
    if before is None or not len(before):
        return pa.array([], pa.string()), np.full(len(records), _UNKNOWN)
    ids = before["person_id"].combine_chunks()
    known = pc.unique(ids)
    known = known.take(pc.sort_indices(known))
    person = pc.index_in(ids, known).to_numpy(zero_copy_only=False)
    place = pc.index_in(records, before["record"].combine_chunks())
    if isinstance(place, pa.ChunkedArray):
        place = place.combine_chunks()
    at = pc.fill_null(place, _UNKNOWN).to_numpy(zero_copy_only=False)
    return known, np.where(at == _UNKNOWN, _UNKNOWN, person[at]).astype(np.int64)


def _overlaps(cluster: Numbers, was: Numbers) -> _Overlaps:
    stated = was != _UNKNOWN
    packed = (cluster[stated].astype(np.int64) << 32) | was[stated]
    met, records = np.unique(packed, return_counts=True)
    found = _Overlaps(met >> 32, met & 0xFFFFFFFF, records)
    order = np.lexsort((found.person, found.cluster, -found.records))
    return _Overlaps(found.cluster[order], found.person[order], found.records[order])


def _kept(overlap: _Overlaps, clusters: int) -> Numbers:
    """Give each cluster the earlier person that it goes on as (-1: none): greatest overlaps first."""
    kept = np.full(clusters, _UNKNOWN)
    while len(overlap.cluster):
        first = np.zeros(len(overlap.cluster), dtype=np.bool_)
        first[np.unique(overlap.cluster, return_index=True)[1]] = True
        mutual = np.zeros_like(first)
        mutual[np.unique(overlap.person, return_index=True)[1]] = True
        mutual &= first
        kept[overlap.cluster[mutual]] = overlap.person[mutual]
        done = np.isin(overlap.cluster, overlap.cluster[mutual])
        done |= np.isin(overlap.person, overlap.person[mutual])
        overlap = overlap.only(~done)
    return kept


def _named(
    records: pa.ChunkedArray | pa.Array, cluster: Numbers, kept: Numbers, known: pa.Array
) -> pa.Array:
    new = np.flatnonzero(kept == _UNKNOWN)
    first = np.zeros(len(kept), dtype=np.int64)
    first[cluster[::-1]] = np.arange(len(cluster))[::-1]
    ids = _fresh(records.take(pa.array(first[new])), known)
    place = kept.copy()
    place[new] = len(known) + np.arange(len(new))
    return pa.concat_arrays([known, ids]).take(pa.array(place))


def _fresh(records: pa.Array | pa.ChunkedArray, known: pa.Array) -> pa.Array:
    """Make ids of 60 bits from records; one that is taken is made again from its own digits."""
    numbers = _digest(records)
    while True:
        ids = _spelt(numbers)
        again = pc.is_in(ids, known).to_numpy(zero_copy_only=False)
        again |= ~_is_first(numbers)
        if not again.any():
            return ids
        numbers[again] = _mixed(numbers[again] + np.arange(1, again.sum() + 1, dtype=np.uint64))


def _is_first(numbers: NDArray[np.uint64]) -> Chosen:
    first = np.zeros(len(numbers), dtype=np.bool_)
    first[np.unique(numbers, return_index=True)[1]] = True
    return first


def _digest(records: pa.Array | pa.ChunkedArray) -> NDArray[np.uint64]:
    """Digest texts byte by byte over all rows at once (FNV-1a); the same on every machine."""
    whole = records.combine_chunks() if isinstance(records, pa.ChunkedArray) else records
    texts = whole.cast(pa.large_binary())
    ends = np.frombuffer(texts.buffers()[1], dtype=np.int64)[texts.offset :][: len(texts) + 1]
    letters = np.frombuffer(texts.buffers()[2] or b"", dtype=np.uint8)
    digest = np.full(len(texts), 0xCBF29CE484222325, dtype=np.uint64)
    lengths = np.diff(ends)
    for at in range(int(lengths.max(initial=0))):
        rows = np.flatnonzero(lengths > at)
        read = letters[ends[rows] + at].astype(np.uint64)
        digest[rows] = (digest[rows] ^ read) * np.uint64(0x100000001B3)
    return _mixed(digest)


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    mixed = numbers ^ (numbers >> np.uint64(33))
    mixed *= np.uint64(0xFF51AFD7ED558CCD)
    mixed ^= mixed >> np.uint64(33)
    return mixed


def _spelt(numbers: NDArray[np.uint64]) -> pa.Array:
    """Spell numbers as P- and twelve letters of five bits each."""
    shifts = np.arange(_ID_LETTERS, dtype=np.uint64) * np.uint64(5)
    letters = _LETTERS[((numbers[:, None] >> shifts) & np.uint64(31)).astype(np.int64)]
    whole = np.empty((len(numbers), _ID_LETTERS + 2), dtype=np.uint8)
    whole[:, :2] = np.frombuffer(b"P-", dtype=np.uint8)
    whole[:, 2:] = letters
    width = _ID_LETTERS + 2
    ends = np.arange(len(numbers) + 1, dtype=np.int32) * width
    buffers = [None, pa.py_buffer(ends.tobytes()), pa.py_buffer(whole.tobytes())]
    return pa.Array.from_buffers(pa.string(), len(numbers), buffers)


def _changes(names: pa.Array, known: pa.Array, overlap: _Overlaps, kept: Numbers) -> pa.Table:
    """List merges (other_id went into person_id) and splits (person_id came out of other_id), new and gone ids."""
    heirs = np.zeros(len(known), dtype=np.bool_)
    heirs[kept[kept != _UNKNOWN]] = True
    moved = overlap.only(kept[overlap.cluster] != overlap.person)
    left = heirs[moved.person]
    drawn = np.zeros(len(kept), dtype=np.bool_)
    drawn[overlap.cluster] = True
    gone = np.ones(len(known), dtype=np.bool_)
    gone[overlap.person] = False
    new = np.flatnonzero((kept == _UNKNOWN) & ~drawn)
    blank = pa.nulls(0, pa.string())
    parts = [
        _events(
            Event.MERGED,
            names.take(pa.array(moved.cluster[~left])),
            known.take(pa.array(moved.person[~left])),
            moved.records[~left],
        ),
        _events(
            Event.SPLIT,
            names.take(pa.array(moved.cluster[left])),
            known.take(pa.array(moved.person[left])),
            moved.records[left],
        ),
        _events(Event.NEW, names.take(pa.array(new)), blank, None),
        _events(Event.GONE, known.filter(pa.array(gone)), blank, None),
    ]
    return pa.concat_tables(parts)


def _events(event: Event, person: pa.Array, other: pa.Array, records: Numbers | None) -> pa.Table:
    rows = len(person)
    return pa.table(
        {
            "event": pa.array([str(event)] * rows, pa.string()),
            "person_id": person,
            "other_id": other if len(other) == rows else pa.nulls(rows, pa.string()),
            "records": pa.nulls(rows, pa.int64()) if records is None else pa.array(records),
        }
    )
