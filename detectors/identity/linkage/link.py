"""The whole run: rows in, persons out; the model is trained on the way if it has no shares yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from detectors.identity.linkage import kinds
from detectors.identity.linkage.cluster import AGAINST, Clusters, clusters
from detectors.identity.linkage.coded import Rows, Table
from detectors.identity.linkage.compare import Levels, Patterns, compare, patterns
from detectors.identity.linkage.contradictions import contradicted, holders
from detectors.identity.linkage.em import Learned, learn
from detectors.identity.linkage.frequencies import strangers
from detectors.identity.linkage.judged import Chosen, Judged, Refusal, unjoined
from detectors.identity.linkage.model import Model
from detectors.identity.linkage.one_to_one import exclusive, mutual_best
from detectors.identity.linkage.pairs import Candidates, candidates
from detectors.identity.linkage.terms import TermFrequencies
from detectors.identity.linkage.truncation import Truncation
from detectors.identity.linkage.weights import adjusted, weigh


@dataclass(frozen=True)
class Compared:
    """Candidate pairs of a table with their levels, (fields, pairs), and where each one's pattern stands."""

    table: Table
    candidates: Candidates
    levels: Levels
    pattern: NDArray[np.int32]
    patterns: Patterns


def _no_pairs() -> Rows:
    return np.zeros((0, 2), dtype=np.int32)


@dataclass(frozen=True)
class Reviews:
    """Pairs of rows, each of shape (pairs, 2), that were reviewed: one person, and two."""

    together: Rows = field(default_factory=_no_pairs)
    apart: Rows = field(default_factory=_no_pairs)


@dataclass(frozen=True)
class Linked:
    """A finished run: the trained model, the compared pairs and what they came to, and each row's cluster."""

    model: Model
    compared: Compared
    judged: Judged
    clusters: Clusters
    notes: tuple[str, ...]

    @property
    def is_linked(self) -> Chosen:
        """Mark the judged pairs whose rows are one person."""
        of_row = self.clusters.of_row
        return np.asarray(of_row[self.judged.one] == of_row[self.judged.other])


def link(model: Model, table: Table, reviews: Reviews | None = None) -> Linked:
    """Find which rows of a table are one person.

    An untrained model is learned from the rows themselves, without labels; DetectorError if they show no pair.
    """
    compared = compare_all(model, table)
    notes: tuple[str, ...] = ()
    if not model.is_trained:
        learned = train(model, compared)
        model, notes = learned.model, learned.notes
    judged = judge(model, compared, reviews or Reviews())
    found = joined(model, table, judged)
    return Linked(model, compared, judged, found, notes)


def compare_all(model: Model, table: Table) -> Compared:
    """Find the candidate pairs and compare them field by field."""
    found = candidates(table, model)
    levels = compare(table, model, found.one, found.other)
    index, seen = patterns(levels, model)
    return Compared(table, found, levels, index, seen)


def train(model: Model, compared: Compared) -> Learned:
    """Learn the shares and priors of a model from compared pairs."""
    implied = implied_codes(model)
    known = strangers(compared.table, model, implied)
    return learn(model, compared.patterns, known, Truncation(model, implied, known.stated))


def implied_codes(model: Model) -> Mapping[str, Mapping[str, frozenset[str]]]:
    """Tell by field what equality of one code says about others."""
    return {one.name: kinds.implied(one.kind) for one in model.fields}


def judge(model: Model, compared: Compared, reviews: Reviews) -> Judged:
    """Give each candidate pair its probability, rarity of values included, and whether it is contradicted."""
    found = compared.candidates
    weighed = weigh(model, compared.patterns)
    terms = TermFrequencies(compared.table, model)
    rarity = terms.rarity(compared.levels, found.one, found.other)
    judged = Judged(
        found.one,
        found.other,
        adjusted(weighed, compared.pattern, rarity.astype(np.float64)),
        contradicted(model, compared.patterns.levels)[compared.pattern],
    )
    if model.one_to_one:
        judged = replace(judged, probability=exclusive(judged, compared.table.sources))
    return judged.decided(reviews.together, reviews.apart)


def joined(model: Model, table: Table, judged: Judged) -> Clusters:
    """Join judged pairs to clusters; of a one-to-one model, each row's mutual best partners alone."""
    whose = holders(table, model)
    if not model.one_to_one:
        return clusters(judged, whose, model.threshold)
    best = mutual_best(judged, table.sources)
    likely = judged.probability >= model.threshold
    second = judged.only(likely & ~best & ~judged.contradicted)
    found = clusters(
        judged.only(best | judged.contradicted | (judged.probability < AGAINST)),
        whose,
        model.threshold,
    )
    told = unjoined(second, [Refusal.NOT_THE_BEST] * len(second))
    return replace(found, unjoined=pa.concat_tables([found.unjoined, told]))
