"""Whether a probability keeps its word, against labelled or reviewed pairs; and one that does, if it did not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from detectors.contract import DetectorError

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]

_TINY = 1e-12
# A staircase of fewer pairs of either kind follows accidents; two parameters do not.
_ENOUGH_FOR_STAIRS = 200
_NEWTON_STEPS = 50


class Calibration(Protocol):
    """Turns a posterior into a probability that was checked against labels."""

    def of(self, probability: Floats) -> Floats:
        """Give the calibrated probabilities, in the order of those given."""
        ...


@dataclass(frozen=True)
class Straight:
    """Logistic calibration (Platt 1999): log odds are stretched and shifted."""

    slope: float
    shift: float

    def of(self, probability: Floats) -> Floats:
        """Stretch and shift the log odds."""
        told: Floats = 1.0 / (1.0 + np.exp(-(self.slope * _log_odds(probability) + self.shift)))
        return told


@dataclass(frozen=True)
class Stairs:
    """Isotonic calibration (Zadrozny & Elkan 2002): any rising curve, straight between its points."""

    at: tuple[float, ...]
    to: tuple[float, ...]

    def of(self, probability: Floats) -> Floats:
        """Read the curve, along the log odds so that its ends are resolved."""
        told: Floats = np.interp(_log_odds(probability), self.at, self.to)
        return told


def calibrate(probability: Floats, is_match: Truths, weight: Floats | None = None) -> Calibration:
    """Learn a calibration from pairs whose truth is known: isotonic if there are enough of both kinds, else logistic.

    `weight` says how many pairs each labelled one stands for, where review chose some more often than others.
    DetectorError if all pairs are of one kind.
    """
    weighted = np.ones(len(probability)) if weight is None else weight
    matches = int(np.count_nonzero(is_match))
    fewer = min(matches, len(is_match) - matches)
    if fewer == 0:
        raise DetectorError("the labelled pairs are all of one kind; add pairs of the other")
    if fewer < _ENOUGH_FOR_STAIRS:
        return _straight(_log_odds(probability), is_match, weighted)
    return _stairs(_log_odds(probability), is_match, weighted)


def _log_odds(probability: Floats) -> Floats:
    likely = np.clip(probability, _TINY, 1.0 - _TINY)
    told: Floats = np.log(likely) - np.log1p(-likely)
    return told


def _straight(odds: Floats, is_match: Truths, weight: Floats) -> Straight:
    """Fit by Newton's method, with Platt's targets: never quite nought or one."""
    matches = float(weight @ is_match)
    others = float(weight.sum()) - matches
    target = np.where(is_match, (matches + 1) / (matches + 2), 1 / (others + 2))
    slope, shift = 1.0, 0.0
    for _ in range(_NEWTON_STEPS):
        likely = 1.0 / (1.0 + np.exp(-np.clip(slope * odds + shift, -500, 500)))
        wrong = weight * (likely - target)
        bend = weight * likely * (1 - likely)
        gradient = np.array([wrong @ odds, wrong.sum()])
        curvature = np.array([[bend @ odds**2, bend @ odds], [bend @ odds, bend.sum()]])
        step = np.linalg.solve(curvature + 1e-9 * np.eye(2), gradient)
        # half steps keep a bad start from overshooting
        step *= min(1.0, 2.0 / max(float(np.abs(step).max()), _TINY))
        slope, shift = slope - float(step[0]), shift - float(step[1])
        if np.abs(step).max() < 1e-10:
            break
    return Straight(max(slope, 1e-3), shift)


def _stairs(odds: Floats, is_match: Truths, weight: Floats) -> Stairs:
    from scipy.optimize import isotonic_regression

    order = np.argsort(odds, kind="stable")
    at, first = np.unique(odds[order], return_index=True)
    totals = np.add.reduceat(weight[order], first)
    shares = np.add.reduceat((weight * is_match)[order], first) / totals
    to = isotonic_regression(shares, weights=totals).x
    # only the ends of a step matter
    edge = np.ones(len(at), np.bool_)
    edge[1:-1] = (to[1:-1] != to[:-2]) | (to[1:-1] != to[2:])
    return Stairs(tuple(at[edge].tolist()), tuple(to[edge].tolist()))


def brier(probability: Floats, is_match: Truths) -> float:
    """Give the mean squared distance from the truth (Brier 1950): 0 is perfect, 0.25 is a coin's."""
    return float(np.mean((probability - is_match) ** 2)) if len(probability) else 0.0


def calibration_table(probability: Floats, is_match: Truths, bands: int = 10) -> pa.Table:
    """Compare what was said with what was so, by band of probability: from, to, pairs, said, true_share."""
    band = np.clip((np.asarray(probability) * bands).astype(np.int64), 0, bands - 1)
    pairs = np.bincount(band, minlength=bands)
    seen = np.flatnonzero(pairs)
    said = np.bincount(band, probability, minlength=bands)[seen] / pairs[seen]
    true = np.bincount(band, is_match, minlength=bands)[seen] / pairs[seen]
    return pa.table(
        {
            "from": seen / bands,
            "to": (seen + 1) / bands,
            "pairs": pairs[seen],
            "said": said,
            "true_share": true,
        }
    )


def thresholds(
    probability: Floats, is_match: Truths, missed: int = 0, points: int = 101
) -> pa.Table:
    """Give what each threshold would link: threshold, linked, right, precision, recall, f1.

    `missed` counts the matches that no key found, which recall must not forget. The thresholds are evenly spread,
    ends included; a pair is linked if its probability is at least the threshold.
    """
    told = np.linspace(0.0, 1.0, points)
    order = np.argsort(probability, kind="stable")
    begin = np.searchsorted(np.asarray(probability)[order], told, "left")
    right_below = np.concatenate([[0], np.cumsum(np.asarray(is_match)[order])])
    linked = len(order) - begin
    right = right_below[-1] - right_below[begin]
    true = int(right_below[-1]) + missed
    precision = np.divide(right, linked, out=np.ones(points), where=linked > 0)
    recall = right / true if true else np.ones(points)
    f1 = np.divide(2.0 * right, linked + true, out=np.ones(points), where=linked + true > 0)
    return pa.table(
        {
            "threshold": told,
            "linked": linked,
            "right": right,
            "precision": precision,
            "recall": recall,
            "f1": f1,
        }
    )


def expected(probability: Floats, missed: float = 0.0, points: int = 101) -> pa.Table:
    """Give the same without labels, from the probabilities themselves: what the model expects to get right."""
    told = np.linspace(0.0, 1.0, points)
    ordered = np.sort(probability)
    begin = np.searchsorted(ordered, told, "left")
    below = np.concatenate([[0.0], np.cumsum(ordered)])
    linked = len(ordered) - begin
    right = below[-1] - below[begin]
    true = float(below[-1]) + missed
    precision = np.divide(right, linked, out=np.ones(points), where=linked > 0)
    recall = right / true if true > 0 else np.ones(points)
    return pa.table({"threshold": told, "linked": linked, "precision": precision, "recall": recall})
