"""How right links and persons are, against true persons or labelled pairs: in all, by source pair, by level."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detectors.identity.linkage.judged import Chosen, Judged, Numbers
from detectors.identity.linkage.model import LinkType

UNKNOWN = -1


@dataclass(frozen=True)
class Right:
    """How many pairs were joined, how many are one person, and how many both."""

    joined: int
    true: int
    right: int

    @property
    def precision(self) -> float:
        """The share of joined pairs that are one person; 1 if none was joined."""
        return self.right / self.joined if self.joined else 1.0

    @property
    def recall(self) -> float:
        """The share of one person's pairs that were joined; 1 if there is none."""
        return self.right / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / (self.joined + self.true) if self.joined + self.true else 1.0


@dataclass(frozen=True)
class Truth:
    """Who each row truly is (UNKNOWN: not labelled), of which input it is, and which pairs count."""

    person: Numbers
    sources: NDArray[np.uint8]
    link_type: LinkType

    def pairs(self, group: Numbers) -> int:
        """Count the pairs of labelled rows in the same group that the link type lets be one person."""
        known = self.person != UNKNOWN
        whole = _pairs(group[known])
        if self.link_type is LinkType.LINK_ONLY:
            whole -= _pairs(_both(group[known], self.sources[known].astype(np.int64)))
        return whole

    def of(self, judged: Judged) -> tuple[Judged, Chosen]:
        """Give the judged pairs of labelled rows, and which of them are one person."""
        one, other = self.person[judged.one], self.person[judged.other]
        known = (one != UNKNOWN) & (other != UNKNOWN)
        return judged.only(known), (one == other)[known]


def of_persons(of_row: Numbers, truth: Truth) -> Right:
    """Compare clusters with true persons, pair by pair, without listing a pair."""
    known = truth.person != UNKNOWN
    within = np.full(len(of_row), UNKNOWN, dtype=np.int64)
    within[known] = _both(of_row[known], truth.person[known])
    return Right(truth.pairs(of_row), truth.pairs(truth.person), truth.pairs(within))


def by_sources(of_row: Numbers, truth: Truth) -> dict[tuple[int, int], Right]:
    """Compare as `of_persons` does, for each pair of inputs (an input with itself where the link type allows)."""
    inputs = np.unique(truth.sources).tolist()
    told = {}
    for at, one in enumerate(inputs):
        for other in inputs[at:]:
            if one == other and truth.link_type is LinkType.LINK_ONLY:
                continue
            link_type = LinkType.LINK_AND_DEDUPE if one == other else LinkType.LINK_ONLY
            chosen = (truth.sources == one) | (truth.sources == other)
            part = Truth(truth.person[chosen], truth.sources[chosen], link_type)
            told[one, other] = of_persons(of_row[chosen], part)
    return told


def by_level(level: NDArray[np.uint8], joined: Chosen, true: Chosen) -> dict[int, Right]:
    """Compare pair by pair for each level of a field (the class of damage): level number -> counts.

    The three arrays run over the same pairs: those that were joined, and those that are one person.
    """
    levels = int(level.max(initial=0)) + 1
    joins = np.bincount(level[joined], minlength=levels)
    trues = np.bincount(level[true], minlength=levels)
    rights = np.bincount(level[joined & true], minlength=levels)
    return {
        at: Right(int(joins[at]), int(trues[at]), int(rights[at]))
        for at in range(levels)
        if joins[at] or trues[at]
    }


def of_labels(joined: Chosen, true: Chosen) -> Right:
    """Compare labelled pairs, of which some were joined, with their labels."""
    return Right(int(joined.sum()), int(true.sum()), int((joined & true).sum()))


def _pairs(group: Numbers) -> int:
    sizes = np.unique(group, return_counts=True)[1].astype(np.int64)
    return int((sizes * (sizes - 1) // 2).sum())


def _both(one: Numbers, other: Numbers) -> Numbers:
    """Number the combinations of two groupings."""
    first = np.unique(one, return_inverse=True)[1].astype(np.int64)
    names, second = np.unique(other, return_inverse=True)
    return first * len(names) + second
