"""What people have decided, as counts by pattern: learning takes it as known and keeps the rest to itself."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detectors.contract import DetectorError
from detectors.identity.linkage.cells import Floats
from detectors.identity.linkage.compare import Patterns


@dataclass(frozen=True)
class Decided:
    """Of the pairs of each pattern, how many somebody found to be one person, and two: both (patterns,)."""

    ones: Floats
    others: Floats

    def only(self, kept: NDArray[np.bool_]) -> Decided:
        """Give the counts of the kept patterns."""
        return Decided(self.ones[kept], self.others[kept])


def decided(patterns: Patterns, pattern: NDArray[np.int32], is_match: NDArray[np.bool_]) -> Decided:
    """Count labelled pairs by where their pattern stands among those compared.

    Review looks at the doubtful, so labels say nothing about how common a pattern is; within a pattern they are taken
    for a fair sample. DetectorError if a pattern has more decisions than pairs.
    """
    size = len(patterns)
    ones = np.bincount(pattern[is_match], minlength=size).astype(np.float64)
    others = np.bincount(pattern[~is_match], minlength=size).astype(np.float64)
    if np.any(ones + others > patterns.counts):
        raise DetectorError(
            "there are more decisions than pairs of a pattern; give each pair its last decision only"
        )
    return Decided(ones, others)
