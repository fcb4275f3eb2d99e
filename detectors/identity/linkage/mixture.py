"""The classes of pairs behind the counts: one person, one household, strangers; and one step towards them.

Strangers are of several kinds where it shows: near ones, of one village or one year's fashion in names, agree in
several fields together; the others agree by chance alone, field by field.

Counts of found patterns are Poisson with mean sum over classes of N_c * product of shares; what the keys could
not find is in no count, and is put back at every step (Fellegi & Sunter 1969; Dempster, Laird & Rubin 1977).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detectors.identity.linkage.cells import Cells, Floats, Layout
from detectors.identity.linkage.truncation import Found, Truncation

# near strangers come after them, and strangers last
MATCH, FAMILY = 0, 1
# logarithms end here
_SMALLEST = 1e-300
# no product of twenty levels is lost to the smallest number there is
_SMALLEST_SHARE = 1e-15


@dataclass(frozen=True)
class Estimate:
    """Pairs of each class, (classes,), and shares of its levels, (classes, width); `missing` counts as one."""

    pairs: Floats
    shares: Floats

    def logs(self) -> Floats:
        """Put everything that is estimated in one row of logarithms."""
        told: Floats = np.log(
            np.maximum(np.concatenate([self.pairs, self.shares.ravel()]), _SMALLEST)
        )
        return told

    def of(self, logs: Floats, layout: Layout) -> Estimate:
        """Read such a row back; shares of a field add up to one again."""
        classes = len(self.pairs)
        values = np.exp(np.clip(logs, np.log(_SMALLEST), 300.0))
        shares = layout.to_one(values[classes:].reshape(classes, layout.width))
        return Estimate(values[:classes], shares)


@dataclass(frozen=True)
class Evidence:
    """What is counted and what is known.

    `decided[c]` of the pairs of each pattern are known to be of class c (row 0: one person, row 1: two).
    `strangers` is the number of random pairs, or None where it is estimated; `free` marks the places whose random
    share is estimated here, and `seen` of `drawn` random pairs drawn by lot had that level. Every level that is
    estimated counts `floor` pairs more than were seen (a Dirichlet prior), so none is ever impossible.
    """

    layout: Layout
    cells: Cells
    counts: Floats
    truncation: Truncation | None
    strangers: float | None
    free: NDArray[np.bool_]
    seen: Floats
    drawn: float
    floor: float
    decided: Floats | None = None


class Mixture:
    """The step of expectation maximisation over one body of evidence."""

    def __init__(self, evidence: Evidence, estimate: Estimate) -> None:
        self._evidence = evidence
        self._shape = estimate
        self._joint = np.empty((len(estimate.pairs), len(evidence.counts)))

    def step(self, logs: Floats) -> tuple[Floats, float]:
        """Give the next place and the penalised log likelihood of this one."""
        evidence, layout = self._evidence, self._evidence.layout
        now = self._shape.of(logs, layout)
        members, height = self.members(now)
        counted = evidence.cells.sums(members)
        found = [self._found_of(shares) for shares in now.shares]
        reached = np.array([one.share for one in found])
        last = len(now.pairs) - 1
        height -= float(now.pairs @ reached)
        height += self._penalty(now)
        pairs = members.sum(axis=1) / np.maximum(reached, 1e-12)
        if evidence.strangers is not None:
            pairs[last] = now.pairs[last]
        shares = np.empty_like(now.shares)
        for one in range(last):
            unseen = pairs[one] * now.shares[one] * found[one].missed
            shares[one] = layout.to_one(counted[one] + unseen + evidence.floor)
        shares[last] = self._random(now.shares[last], counted[last], pairs[last], found[last])
        return Estimate(pairs, shares).logs(), height

    def members(self, now: Estimate) -> tuple[Floats, float]:
        """Divide the counts among the classes, (classes, patterns); the log likelihood of the counts beside it."""
        evidence = self._evidence
        joint = evidence.cells.products(np.maximum(now.shares, _SMALLEST_SHARE), self._joint)
        joint *= np.maximum(now.pairs, _SMALLEST)[:, None]
        total = np.maximum(joint.sum(axis=0), _SMALLEST)
        # no dot product: BLAS would wake its threads for it, and they are slower to wake than this is to sum
        height = float(np.sum(evidence.counts * np.log(total)))
        if evidence.decided is not None:
            members, more = _with_decided(joint, total, evidence.counts, evidence.decided)
            return members, height + more
        joint *= evidence.counts / total
        return joint, height

    def _penalty(self, now: Estimate) -> float:
        evidence = self._evidence
        logs = np.log(np.maximum(now.shares, _SMALLEST))
        is_level = evidence.layout.is_level
        told = evidence.floor * np.sum(logs[:-1], where=is_level)
        drawn = (evidence.seen + evidence.floor) * logs[-1]
        return float(told + np.sum(drawn, where=is_level & evidence.free))

    def moved(self, one: Floats, other: Floats) -> float:
        """Measure a step by its largest change of a share of a person's or household's pairs, or of their number."""
        classes, width = len(self._shape.pairs), self._evidence.layout.width
        shares = np.abs(np.exp(other[classes:]) - np.exp(one[classes:])).reshape(classes, width)
        pairs = np.abs(other[:classes] - one[:classes])
        random = np.abs(other[-width:] - one[-width:])[self._evidence.free]
        told = max(float(shares.max()), float(pairs[: classes - 1].max()))
        if self._evidence.floor > 0 and len(random):
            # random shares are tiny and weigh by their logarithm, of which a thousandth is plenty
            told = max(told, float(random.max()) / 1000)
        return told

    def _found_of(self, shares: Floats) -> Found:
        if self._evidence.truncation is None:
            nought = np.zeros_like(shares)
            return Found(1.0, nought, nought)
        return self._evidence.truncation.of(shares)

    def _random(self, now: Floats, counted: Floats, pairs: float, found: Found) -> Floats:
        """Estimate free random shares from the pairs that could be found; the largest level takes what is left."""
        evidence, layout = self._evidence, self._evidence.layout
        free = evidence.free & layout.is_level
        if not free.any():
            return now
        in_keys = found.found > 0
        stated = layout.by_field(counted)[layout.owners]
        possible = np.where(in_keys, pairs * found.found, stated) + evidence.drawn
        levels = np.array(layout.sizes)[layout.owners] - 1
        seen = counted + evidence.seen + evidence.floor
        told = np.where(free, seen / np.maximum(possible + evidence.floor * levels, 1e-300), now)
        if evidence.truncation is None and evidence.drawn == 0:
            return layout.to_one(told)
        return _rest_to_largest(told, now, layout)


def _rest_to_largest(told: Floats, now: Floats, layout: Layout) -> Floats:
    """Let the commonest level of each field be what the others leave; it is never a telling one."""
    for field in range(len(layout.sizes)):
        levels = told[layout.places(field)]
        largest = int(np.argmax(now[layout.places(field)]))
        rest = 1.0 - (levels.sum() - levels[largest])
        if rest > 0.1 * now[layout.places(field)][largest]:
            levels[largest] = rest
    return layout.to_one(told)


def _with_decided(
    joint: Floats, total: Floats, counts: Floats, decided: Floats
) -> tuple[Floats, float]:
    """Count pairs that somebody has decided in the class that was decided on."""
    ones, others = decided
    members = joint * ((counts - ones - others) / total)
    members[MATCH] += ones
    rest = np.maximum(total - joint[MATCH], _SMALLEST)
    members[1:] += joint[1:] * (others / rest)
    sure = np.maximum(joint[MATCH], _SMALLEST)
    return members, float(np.sum(ones * np.log(sure / total) + others * np.log(rest / total)))
