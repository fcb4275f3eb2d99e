"""A run held against the truth: true persons or labelled pairs, with all figures that a report shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from detectors.identity.linkage.blocks import Blocks, partners
from detectors.identity.linkage.calibration import brier, calibration_table, thresholds
from detectors.identity.linkage.coded import Rows
from detectors.identity.linkage.compare import compare
from detectors.identity.linkage.evaluate import (
    UNKNOWN,
    Right,
    Truth,
    by_level,
    by_sources,
    of_labels,
    of_persons,
)
from detectors.identity.linkage.judged import Bits, Chosen, Judged
from detectors.identity.linkage.link import Linked
from detectors.identity.linkage.model import MISSING_LEVEL
from detectors.identity.linkage.weights import weigh_levels


@dataclass(frozen=True)
class Measured:
    """How right a run is: its persons, its pairs by themselves, by inputs and by level; what its probabilities hold.

    `missed` counts the true pairs that no key brought together.
    """

    persons: Right
    pairs: Right
    missed: int
    by_inputs: Mapping[str, Right]
    by_level: Mapping[str, Mapping[str, Right]]
    brier: float
    calibration: pa.Table
    thresholds: pa.Table


def against_persons(linked: Linked, truth: Truth, inputs: Sequence[str]) -> Measured:
    """Measure a run against the true person of each row; rows without one do not count."""
    judged, true = truth.of(linked.judged)
    of_row = linked.clusters.of_row
    missed = truth.pairs(truth.person) - int(true.sum())
    at_threshold = (judged.probability >= linked.model.threshold) & ~judged.contradicted
    met = _met(judged.only(at_threshold), _true_pairs(truth), of_row)
    return Measured(
        of_persons(of_row, truth),
        Right(int(at_threshold.sum()), int(true.sum()) + missed, int((at_threshold & true).sum())),
        missed,
        {
            f"{inputs[one]} – {inputs[other]}": right
            for (one, other), right in by_sources(of_row, truth).items()
        },
        _by_level(linked, met, truth.person[met[0]] == truth.person[met[1]]),
        brier(judged.probability, true),
        calibration_table(judged.probability, true),
        thresholds(judged.probability, true, missed),
    )


def against_labels(linked: Linked, pairs: tuple[Rows, Rows], is_match: Chosen) -> Measured:
    """Measure a run against labelled pairs of rows (one < other); no other pair counts."""
    one, other = pairs
    joined = linked.clusters.of_row[one] == linked.clusters.of_row[other]
    numbers = Judged(one, other, np.zeros(len(one)), np.zeros(len(one), np.bool_)).packed()
    found = np.isin(numbers, linked.judged.packed())
    probability = _probability(linked, pairs)
    near = (probability >= linked.model.threshold) & found
    return Measured(
        of_labels(joined, is_match),
        of_labels(near, is_match),
        int((is_match & ~found).sum()),
        {},
        _by_level(linked, pairs, is_match),
        brier(probability, is_match),
        calibration_table(probability, is_match),
        thresholds(np.where(found, probability, -1.0), is_match),
    )


def _probability(linked: Linked, pairs: tuple[Rows, Rows]) -> Bits:
    """Give what was judged of each pair, and what would have been of those that no key found."""
    levels = compare(linked.compared.table, linked.model, *pairs)
    told: Bits = weigh_levels(linked.model, levels.T.copy()).match
    judged = linked.judged
    order = np.argsort(judged.packed())
    numbers = judged.packed()[order]
    mine = judged.only(order)
    asked = Judged(*pairs, told, np.zeros(len(told), np.bool_)).packed()
    place = np.searchsorted(numbers, asked).clip(max=max(len(numbers) - 1, 0))
    if not len(numbers):
        return told
    return np.where(numbers[place] == asked, mine.probability[place], told)


def _by_level(
    linked: Linked, pairs: tuple[Rows, Rows], true: Chosen
) -> dict[str, dict[str, Right]]:
    joined = linked.clusters.of_row[pairs[0]] == linked.clusters.of_row[pairs[1]]
    levels = compare(linked.compared.table, linked.model, *pairs)
    told = {}
    for at, field in enumerate(linked.model.fields):
        names = [MISSING_LEVEL, *(level.name for level in field.levels)]
        rights = by_level(levels[at], joined, true)
        told[field.name] = {names[level]: right for level, right in rights.items()}
    return told


def _met(links: Judged, true: tuple[Rows, Rows], of_row: np.ndarray) -> tuple[Rows, Rows]:
    """Give each pair once that was joined or is true."""
    joined = links.only(of_row[links.one] == of_row[links.other])
    more = Judged(*true, np.zeros(len(true[0])), np.zeros(len(true[0]), np.bool_))
    both = joined.joined_by(more)
    first = np.unique(both.packed(), return_index=True)[1]
    return both.one[first], both.other[first]


def _true_pairs(truth: Truth) -> tuple[Rows, Rows]:
    """List the pairs of rows of one true person that the link type lets be one."""
    known = np.flatnonzero(truth.person != UNKNOWN)
    rows = known[np.argsort(truth.person[known], kind="stable")].astype(np.int32)
    opens = np.ones(len(rows), dtype=np.bool_)
    opens[1:] = truth.person[rows[1:]] != truth.person[rows[:-1]]
    blocks = Blocks(rows, np.append(np.flatnonzero(opens), len(rows)))
    meets = partners(blocks, truth.sources, truth.link_type)
    first = np.repeat(np.arange(len(rows)), meets.counts)
    ends = np.cumsum(meets.counts)
    within = np.arange(len(first)) - np.repeat(ends - meets.counts, meets.counts)
    return rows[first], rows[np.repeat(meets.begins, meets.counts) + within]
