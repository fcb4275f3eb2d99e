"""A night on which little changed: only new and changed rows are compared, with the same persons as of a full run.

What was learned stays as it was: the shares of the model and the term frequencies of the night of the full run, which
the state keeps. A row counts as changed if anything derived from it did: also the repairs of its number, when
somebody else's number came or went. Rows that changed their order count as changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from detectors.identity.linkage.candidacy import Candidacy
from detectors.identity.linkage.coded import Rows, Table
from detectors.identity.linkage.contradictions import holders
from detectors.identity.linkage.crowds import Changes, Found, among, changed_pairs, once, searching
from detectors.identity.linkage.fingerprints import (
    GONE,
    THREADS,
    earlier_places,
    row_prints,
)
from detectors.identity.linkage.frozen import FrozenFrequencies, judge_pairs
from detectors.identity.linkage.judged import Judged, Numbers
from detectors.identity.linkage.keys import Flags, model_keys
from detectors.identity.linkage.link import Reviews
from detectors.identity.linkage.model import Model
from detectors.identity.linkage.pairs import Search, unpacked
from detectors.identity.linkage.region import Judge, pairs_within, renewed, spread
from detectors.identity.linkage.state import Seen, State, blinded

# Below this a pair is neither linked nor worth a look, and no rival where an input lists a person once.
_LIKELY, _LIKELY_RIVAL = 0.01, 1e-4


@dataclass(frozen=True)
class Night:
    """What a run came to: the state for the next night, which rows' persons were looked at, and why links failed.

    `quiet` gives the pairs within persons that are too unlikely to be kept; only a list of all pairs needs them.
    """

    state: State
    renewed: Numbers
    unjoined: pa.Table
    compared: int
    quiet: Callable[[], Judged]


@dataclass(frozen=True)
class _Since:
    """The rows of two nights: where tonight's rows stood, where the earlier ones stand (GONE: not as they were)."""

    was: Numbers
    now: Numbers

    @property
    def kept(self) -> Flags:
        return np.asarray(self.was != GONE)


def likely_from(model: Model) -> float:
    """Give the probability from which a pair is kept for the next night."""
    return min(_LIKELY_RIVAL if model.one_to_one else _LIKELY, model.threshold)


def seen(table: Table, model: Model, reviews: Reviews) -> Seen:
    """Digest the rows of a night."""
    reviewed = np.zeros(len(table), np.bool_)
    reviewed[reviews.together] = True
    reviewed[reviews.apart] = True
    return Seen(row_prints(table), blinded(holders(table, model)), reviewed)


def met_flags(search: Search) -> Mapping[str, Flags]:
    """Give for each field with second chances which rows found a partner, and which stand for others: (2, rows)."""
    return {name: np.stack([met.partnered, met.standing_for]) for name, met in search.met.items()}


def link_changes(
    model: Model, table: Table, before: State, reviews: Reviews | None = None
) -> Night:
    """Link tonight's rows, given what an earlier night left; the model is the one of that night."""
    reviews = reviews or Reviews()
    rows = seen(table, model, reviews)
    since = _since(before.rows, rows)
    search = searching(table, model)
    met = met_flags(search)
    moved = _moved(before, met, since)
    found = _found(search, before, Changes(~since.kept, rows.prints, moved))
    candidacy = Candidacy(search, found)
    terms = FrozenFrequencies(table, model, before.frequencies)

    def judge(one: Rows, other: Rows) -> Judged:
        return judge_pairs(model, terms, table, (one, other))

    def judge_candidates(one: Rows, other: Rows) -> Judged:
        meets = candidacy.of(one, other)
        return judge(one[meets], other[meets])

    seeds = _unsettled(found, moved, len(table))
    old, left = _still(before.pairs, since, seeds, candidacy)
    new = _new_pairs(search, found, old)
    fresh = _likely(model, judge(*new))
    pairs = _merged(old, fresh)
    seeds |= ~since.kept | _reviewed(before.rows, rows, since)
    for ends in (left, fresh.one, fresh.other):
        seeds[ends] = True
    lost = before.rows.holders[since.now == GONE]
    region = np.flatnonzero(spread(seeds, (pairs.one, pairs.other), rows.holders, lost))
    clusters = renewed(model, table, (pairs, judge_candidates), reviews, region)
    of_row = _as_before(before.of_row, since)
    of_row[region] = region[clusters.of_row]
    crowds = [of_key.crowds for of_key in found]
    state = State(rows, crowds, met, pairs, of_row, before.frequencies)
    quiet = partial(_quiet, model, pairs, reviews, judge_candidates)
    return Night(state, region, _of_table(clusters.unjoined, region), len(new[0]), quiet)


def _quiet(model: Model, likely: Judged, reviews: Reviews, judge: Judge) -> Judged:
    linked = likely.decided(reviews.together, reviews.apart)
    return judge(*pairs_within(linked, likely, model.threshold))


def _found(search: Search, before: State, changes: Changes) -> list[Found]:
    keys = model_keys(search.model)
    with ThreadPoolExecutor(THREADS) as pool:
        return list(
            pool.map(
                lambda key, crowds: changed_pairs(search, key, crowds, changes),
                keys,
                before.crowds,
            )
        )


def _likely(model: Model, judged: Judged) -> Judged:
    return judged.only(np.flatnonzero(judged.probability >= likely_from(model)))


def _reviewed(before: Seen, tonight: Seen, since: _Since) -> Flags:
    """Mark the rows with a review, tonight or before."""
    marked = tonight.reviewed.copy()
    marked[since.now[before.reviewed & (since.now != GONE)]] = True
    return marked


def _since(before: Seen, tonight: Seen) -> _Since:
    was = earlier_places(before.prints, tonight.prints)
    now = np.full(len(before.prints), GONE, np.int64)
    kept = np.flatnonzero(was != GONE)
    now[was[kept]] = kept
    return _Since(was, now)


def _moved(before: State, met: Mapping[str, Flags], since: _Since) -> dict[str, Flags]:
    """Mark, by field, the unchanged rows that found or lost a partner."""
    told = {}
    kept = np.flatnonzero(since.kept)
    for name, flags in met.items():
        differs = (flags[:, kept] != before.met[name][:, since.was[kept]]).any(axis=0)
        told[name] = np.zeros(len(since.was), np.bool_)
        told[name][kept[differs]] = True
    return told


def _unsettled(found: Sequence[Found], moved: Mapping[str, Flags], rows: int) -> Flags:
    marked = np.zeros(rows, np.bool_)
    for of_key in found:
        marked[of_key.unsettled] = True
    for flags in moved.values():
        marked |= flags
    return marked


def _still(
    pairs: Judged, since: _Since, unsettled: Flags, candidacy: Candidacy
) -> tuple[Judged, Numbers]:
    """Keep the likely pairs whose rows are unchanged and still meet; give the rows that lost a pair too."""
    one, other = since.now[pairs.one], since.now[pairs.other]
    stands = (one != GONE) & (other != GONE)
    lost = np.concatenate([one[~stands], other[~stands]])
    standing = np.flatnonzero(stands)
    doubtful = standing[unsettled[one[standing]] | unsettled[other[standing]]]
    sides = one[doubtful].astype(np.int32), other[doubtful].astype(np.int32)
    apart = doubtful[~candidacy.of(*sides)]
    stands[apart] = False
    lost = np.concatenate([lost[lost != GONE], one[apart], other[apart]])
    kept = np.flatnonzero(stands)
    still = Judged(
        one[kept].astype(np.int32),
        other[kept].astype(np.int32),
        pairs.probability[kept],
        pairs.contradicted[kept],
    )
    return still, lost


def _new_pairs(search: Search, found: Sequence[Found], old: Judged) -> tuple[Rows, Rows]:
    """Give the pairs found by any key that are not among the old ones, ascending."""
    pairs = once([of_key.pairs for of_key in found])
    return unpacked(pairs[~among(search.pack(old.one, old.other), pairs)], search.row_bits)


def _merged(old: Judged, fresh: Judged) -> Judged:
    whole = old.joined_by(fresh)
    order: NDArray[np.intp] = np.argsort(whole.packed(), kind="stable")
    return whole.only(order)


def _as_before(of_row: Numbers, since: _Since) -> Numbers:
    told = np.arange(len(since.was))
    kept = np.flatnonzero(since.kept)
    first = since.now[of_row[since.was[kept]]]
    told[kept] = np.where(first == GONE, kept, first)
    return told


def _of_table(unjoined: pa.Table, region: Numbers) -> pa.Table:
    for at, side in enumerate(("one", "other")):
        rows = region[unjoined[side].to_numpy()].astype(np.int32)
        unjoined = unjoined.set_column(at, side, pa.array(rows))
    return unjoined
