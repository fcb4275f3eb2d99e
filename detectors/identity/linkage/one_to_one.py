"""Where no row of one input can be two rows of another: each row's best partner, if it is theirs too."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detectors.identity.linkage.judged import Bits, Chosen, Judged, Numbers

# Rivals below this change nothing that a threshold could see.
_RIVAL = 1e-4


def mutual_best(judged: Judged, sources: NDArray[np.uint8]) -> Chosen:
    """Mark the pairs of which each row is the other's most probable partner in that input.

    Of equal ones the first rows win. Contradicted pairs are nobody's best.
    """
    near = np.flatnonzero(~judged.contradicted & (judged.probability > _RIVAL))
    order = near[np.lexsort((judged.other[near], judged.one[near], -judged.probability[near]))]
    best = np.zeros(len(judged), dtype=np.bool_)
    mine, theirs = _seats(judged.only(order), sources)
    is_first = _first_of_each(mine) & _first_of_each(theirs)
    best[order[is_first]] = True
    return best


def exclusive(judged: Judged, sources: NDArray[np.uint8]) -> Bits:
    """Give the probability of each pair if of all pairs that share a row and an input at most one is right.

    A pair without rivals keeps its probability; of two equally probable partners neither keeps a half.
    """
    probability = np.where(judged.contradicted, 0.0, judged.probability)
    near = np.flatnonzero(probability > _RIVAL)
    odds = probability[near] / np.maximum(1.0 - probability[near], 1e-18)
    total = -odds
    for seats in _seats(judged.only(near), sources):
        places, at = np.unique(seats, return_inverse=True)
        total += np.bincount(at, weights=odds, minlength=len(places))[at]
    given = probability.copy()
    given[near] = odds / (1.0 + np.maximum(total, odds))
    return given


def _seats(judged: Judged, sources: NDArray[np.uint8]) -> tuple[Numbers, Numbers]:
    """Number, for either side, the place that only one partner can take: a row and the partner's input."""
    mine = (judged.one.astype(np.int64) << 8) | sources[judged.other]
    theirs = (judged.other.astype(np.int64) << 8) | sources[judged.one]
    return mine, theirs


def _first_of_each(seats: Numbers) -> Chosen:
    first = np.zeros(len(seats), dtype=np.bool_)
    first[np.unique(seats, return_index=True)[1]] = True
    return first
