"""A full run within bounded memory: persons of tens of millions of rows, and the state for the next night.

Pairs are found and compared range by range (`spill`), the model is learned from their patterns if it has no shares,
and they are judged range by range: what is likely is kept, and what lies within a person.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from detectors.identity.linkage.cluster import components
from detectors.identity.linkage.coded import Table
from detectors.identity.linkage.compare import Patterns
from detectors.identity.linkage.contradictions import contradicted
from detectors.identity.linkage.crowds import among, searching
from detectors.identity.linkage.delta import Night, likely_from, met_flags, seen
from detectors.identity.linkage.em import Learned, learn
from detectors.identity.linkage.frequencies import strangers
from detectors.identity.linkage.frozen import Frequencies, FrozenFrequencies, count_frequencies
from detectors.identity.linkage.judged import Judged, Numbers
from detectors.identity.linkage.keys import Flags
from detectors.identity.linkage.link import Reviews, implied_codes, joined
from detectors.identity.linkage.model import Model
from detectors.identity.linkage.one_to_one import exclusive
from detectors.identity.linkage.pairs import Packed, Search, unpacked
from detectors.identity.linkage.spill import THREADS, Spilled, blocks_of_keys, compare_in_parts
from detectors.identity.linkage.state import State
from detectors.identity.linkage.truncation import Truncation
from detectors.identity.linkage.weights import adjusted, weigh


def link_in_parts(
    model: Model,
    table: Table,
    reviews: Reviews | None = None,
    known: Frequencies | None = None,
) -> tuple[Model, Night]:
    """Link a table; give the model, trained on the rows if it has no shares, and what the run came to.

    The persons are those of `link`. Values weigh by how rare they are in the table, or were when `known` was counted.
    """
    reviews = reviews or Reviews()
    search = searching(table, model)
    rows = seen(table, model, reviews)
    with TemporaryDirectory(prefix="qingji-pairs-") as folder:
        of_keys = blocks_of_keys(search, rows.prints)
        crowds = [of_key.crowds for of_key in of_keys]
        spilled = compare_in_parts(search, of_keys, Path(folder))
        del of_keys
        if not model.is_trained:
            model = train_on(spilled.patterns, table, model).model
        frequencies = count_frequencies(table, model) if known is None else known
        judges = _Judges(model, FrozenFrequencies(table, model, frequencies), spilled, search)
        likely = judges.likely()
        quiet = judges.within_persons(likely, reviews)
    whole = ordered(likely.joined_by(quiet))
    if model.one_to_one:
        whole = replace(whole, probability=exclusive(whole, table.sources))
    clusters = joined(model, table, whole.decided(reviews.together, reviews.apart))
    state = State(rows, crowds, met_flags(search), likely, clusters.of_row, frequencies)
    compared = int(spilled.patterns.counts.sum())
    return model, Night(state, np.arange(len(table)), clusters.unjoined, compared, lambda: quiet)


def train_on(found: Patterns, table: Table, model: Model) -> Learned:
    """Learn the shares and priors of a model from the patterns of all pairs of a table."""
    implied = implied_codes(model)
    known = strangers(table, model, implied)
    return learn(model, found, known, Truncation(model, implied, known.stated))


class _Judges:
    """The spilled pairs, judged by a trained model."""

    def __init__(
        self, model: Model, terms: FrozenFrequencies, spilled: Spilled, search: Search
    ) -> None:
        self._model, self._terms, self._spilled, self._search = model, terms, spilled, search
        self._weighed = weigh(model, spilled.patterns)
        self._contradicted = contradicted(model, spilled.patterns.levels)

    def likely(self) -> Judged:
        """Give the pairs that are kept for the next night, ascending."""
        patterns = self._spilled.patterns
        every = np.arange(len(patterns), dtype=np.int32)
        most = adjusted(self._weighed, every, self._terms.most_bits(patterns.levels))
        maybe = most >= 0.99 * likely_from(self._model)
        with ThreadPoolExecutor(THREADS) as pool:
            return _together(
                list(pool.map(lambda at: self._likely(at, maybe), range(self._spilled.ranges)))
            )

    def _likely(self, at: int, maybe: Flags) -> Judged:
        index = self._spilled.places(at)
        # most pairs are none however rare their values are
        few = np.flatnonzero(maybe.take(index))
        judged = self._judge(self._spilled.pairs(at)[few], index[few])
        return judged.only(np.flatnonzero(judged.probability >= likely_from(self._model)))

    def within_persons(self, likely: Judged, reviews: Reviews) -> Judged:
        """Give the other pairs between rows that links join, directly or not."""
        linked = likely.decided(reviews.together, reviews.apart)
        linked = linked.only(np.flatnonzero(linked.probability >= self._model.threshold))
        part = components(linked.one, linked.other, len(self._search.table)).astype(np.int32)
        kept = self._search.pack(likely.one, likely.other)
        told = []
        for at in range(self._spilled.ranges):
            pairs = self._spilled.pairs(at)
            one, other = unpacked(pairs, self._search.row_bits)
            inside = np.flatnonzero(part.take(one) == part.take(other))
            inside = inside[~among(kept, pairs[inside])]
            told.append(self._judge(pairs[inside], self._spilled.places(at)[inside]))
        return _together(told)

    def _judge(self, pairs: Packed, index: Numbers) -> Judged:
        one, other = unpacked(pairs, self._search.row_bits)
        levels = np.ascontiguousarray(self._spilled.patterns.levels.T).take(index, axis=1)
        rarity = self._terms.rarity(levels, one, other).astype(np.float64)
        probability = adjusted(self._weighed, index.astype(np.int32), rarity)
        return Judged(one, other, probability, self._contradicted.take(index))


def _together(parts: list[Judged]) -> Judged:
    return Judged(
        *(
            np.concatenate([getattr(part, side) for part in parts])
            for side in ("one", "other", "probability", "contradicted")
        )
    )


def ordered(pairs: Judged) -> Judged:
    """Put pairs in the order of their rows."""
    return pairs.only(np.argsort(pairs.packed(), kind="stable"))
