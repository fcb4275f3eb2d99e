"""The rows whose persons may have changed, and their persons anew; all other rows keep theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from detectors.identity.linkage.cluster import Clusters, components
from detectors.identity.linkage.coded import Rows, Table
from detectors.identity.linkage.frozen import rows_of
from detectors.identity.linkage.judged import Judged, Numbers
from detectors.identity.linkage.keys import Flags
from detectors.identity.linkage.link import Reviews, joined
from detectors.identity.linkage.model import Model
from detectors.identity.linkage.one_to_one import exclusive
from detectors.identity.linkage.texts import Words, distinct

Judge = Callable[[Rows, Rows], Judged]

_SIEVE_BITS = 23


def spread(seeds: Flags, pairs: tuple[Rows, Rows], holders: Words, gone: Words) -> Flags:
    """Mark all rows that any chain of likely pairs or of one held number leads to.

    Persons outside have the same rows, pairs and numbers as before. `gone`: numbers that rows held which are no more.
    """
    marked, known = seeds.copy(), distinct(gone[gone != 0].view(np.int64)).view(np.uint64)
    one, other = pairs
    while True:
        before = int(marked.sum())
        met = marked[one] | marked[other]
        marked[one[met]] = True
        marked[other[met]] = True
        held = holders[marked]
        held = np.concatenate([known, held[held != 0]])
        held = distinct(held.view(np.int64)).view(np.uint64)
        if len(held) > len(known):
            known = held
            marked[_holding(holders, known)] = True
        if int(marked.sum()) == before:
            return marked


def _holding(holders: Words, known: Words) -> Numbers:
    shift = np.uint64(64 - _SIEVE_BITS)
    sieve = np.zeros(1 << _SIEVE_BITS, np.bool_)
    sieve[known >> shift] = True
    few = np.flatnonzero(sieve.take((holders >> shift).view(np.int64)))
    at = np.minimum(np.searchsorted(known, holders[few]), len(known) - 1)
    held: Numbers = few[known[at] == holders[few]]
    return held


def renewed(
    model: Model, table: Table, judged: tuple[Judged, Judge], reviews: Reviews, rows: Numbers
) -> Clusters:
    """Join the given rows, a closed region, to persons; rows are numbered by their place in it.

    `judged` holds the likely pairs, and judges those pairs within a person that are not among them. Every reviewed
    row is inside the region.
    """
    likely, judge = judged
    place = np.full(len(table), -1, np.int32)
    place[rows] = np.arange(len(rows), dtype=np.int32)
    inside = likely.only((place[likely.one] >= 0) & (place[likely.other] >= 0))
    linked = inside.decided(reviews.together, reviews.apart)
    quiet = judge(*pairs_within(linked, inside, model.threshold))
    whole = inside.joined_by(quiet)
    order = np.argsort(whole.packed())
    whole = whole.only(order).renumbered(place.astype(np.int64))
    few = rows_of(table, rows)
    if model.one_to_one:
        whole = replace(whole, probability=exclusive(whole, few.sources))
    whole = whole.decided(place[reviews.together], place[reviews.apart])
    return joined(model, few, whole)


def pairs_within(linked: Judged, inside: Judged, threshold: float) -> tuple[Rows, Rows]:
    """Give the pairs of rows that links join, directly or not, and that are not among the likely pairs."""
    is_link = linked.probability >= threshold
    one, other = linked.one[is_link], linked.other[is_link]
    nodes = distinct(np.concatenate([one, other]).astype(np.int64))
    part = components(np.searchsorted(nodes, one), np.searchsorted(nodes, other), len(nodes))
    order = np.argsort(part, kind="stable")
    nodes, part = nodes[order], part[order]
    counts = np.bincount(part)
    ends = np.repeat(np.cumsum(counts), counts)
    after = ends - np.arange(1, len(nodes) + 1)
    first = np.repeat(nodes, after).astype(np.int32)
    begins = np.cumsum(after) - after
    places = np.arange(len(first)) + np.repeat(np.arange(1, len(nodes) + 1) - begins, after)
    second = nodes[places].astype(np.int32)
    packed = (first.astype(np.int64) << 32) | second
    known = inside.packed()
    at = np.minimum(np.searchsorted(known, packed), max(len(known) - 1, 0))
    new = known[at] != packed if len(known) else np.ones(len(packed), np.bool_)
    return first[new], second[new]
