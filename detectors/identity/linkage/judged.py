"""Compared pairs with their probabilities, what reviewers decided about pairs, and why a link joined nobody."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from detectors.identity.linkage.coded import Rows

Numbers = NDArray[np.int64]
Bits = NDArray[np.float64]
Chosen = NDArray[np.bool_]

SURE_BITS = 60.0


class Refusal(StrEnum):
    """Why two rows that look alike are not one person."""

    TWO_NUMBERS = "each side holds a valid number of its own"
    CONTRADICTED = "the two sides contradict each other, or a review told them apart"
    NEAR_TO_TWO = "as near to two different persons"
    OUTWEIGHED = "the rest of the two sides speaks against it"
    NOT_THE_BEST = "another row of the same input is nearer"


@dataclass(frozen=True)
class Judged:
    """Pairs of rows, one < other: how likely they are one person, and whether they contradict each other."""

    one: Rows
    other: Rows
    probability: Bits
    contradicted: Chosen

    def __len__(self) -> int:
        """Count the pairs."""
        return len(self.one)

    def only(self, chosen: Chosen | Numbers) -> Judged:
        """Keep the chosen pairs, in their order."""
        return Judged(
            self.one[chosen],
            self.other[chosen],
            self.probability[chosen],
            self.contradicted[chosen],
        )

    def renumbered(self, rows: Numbers) -> Judged:
        """Give the same pairs of the rows that stand behind their numbers."""
        one, other = (rows[side].astype(np.int32) for side in (self.one, self.other))
        return Judged(one, other, self.probability, self.contradicted)

    def packed(self) -> Numbers:
        """Number each pair by its two rows."""
        return _packed(self.one, self.other)

    def decided(self, together: Rows, apart: Rows) -> Judged:
        """Put reviews, each of shape (pairs, 2), over what was judged; pairs that were not judged come last."""
        if not len(together) and not len(apart):
            return self
        reviewed = np.sort(np.concatenate([together, apart]), axis=1).astype(np.int32)
        is_one = np.arange(len(reviewed)) < len(together)
        numbers, last = np.unique(_packed(reviewed[:, 0], reviewed[:, 1])[::-1], return_index=True)
        is_one = is_one[::-1][last]
        mine = self.packed()
        place = np.searchsorted(numbers, mine).clip(max=len(numbers) - 1)
        told = numbers[place] == mine
        probability = np.where(told & is_one[place], 1.0, self.probability)
        contradicted = np.where(told, ~is_one[place], self.contradicted)
        new = ~np.isin(numbers, mine[told])
        left, one = numbers[new], is_one[new]
        more = Judged(_upper(left), _lower(left), one.astype(np.float64), ~one)
        return Judged(self.one, self.other, probability, contradicted).joined_by(more)

    def joined_by(self, more: Judged) -> Judged:
        """Give these pairs and then more."""
        return Judged(
            np.concatenate([self.one, more.one]),
            np.concatenate([self.other, more.other]),
            np.concatenate([self.probability, more.probability]),
            np.concatenate([self.contradicted, more.contradicted]),
        )


def _packed(one: Rows, other: Rows) -> Numbers:
    return (one.astype(np.int64) << 32) | other.astype(np.int64)


def _upper(packed: Numbers) -> Rows:
    return (packed >> 32).astype(np.int32)


def _lower(packed: Numbers) -> Rows:
    return (packed & 0xFFFFFFFF).astype(np.int32)


def evidence(probability: Bits) -> Bits:
    """Give probabilities as bits of evidence: log2 of the odds, at most SURE_BITS either way."""
    with np.errstate(divide="ignore"):
        odds: Bits = np.log2(probability) - np.log2(1.0 - probability)
    return odds.clip(-SURE_BITS, SURE_BITS)


def unjoined(links: Judged, reasons: list[Refusal]) -> pa.Table:
    """List links that joined nobody: one, other (row numbers), probability, reason."""
    return pa.table(
        {
            "one": pa.array(links.one, pa.int32()),
            "other": pa.array(links.other, pa.int32()),
            "probability": pa.array(links.probability, pa.float64()),
            "reason": pa.array([str(why) for why in reasons], pa.string()),
        }
    )
