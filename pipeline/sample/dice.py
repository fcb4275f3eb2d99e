"""Seeded chance: one stream for each topic, so that a change in one topic leaves the others alone."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Draws that are the same for the same seed and topic, on every machine."""

    def __init__(self, seed: int, topic: str) -> None:
        self._random = random.Random(f"{seed}/{topic}")  # noqa: S311 - an invented city, not a secret

    def chance(self, share: float) -> bool:
        """Tell whether something happens that happens in `share` of cases."""
        return self._random.random() < share

    def between(self, low: int, high: int) -> int:
        """Draw a whole number from `low` to `high`, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def pick(self, things: Sequence[T]) -> T:
        """Draw one of the things, all equally likely."""
        return things[int(self._random.random() * len(things))]

    def weighted(self, things: Sequence[T], cumulative: Sequence[float]) -> T:
        """Draw one of the things by cumulative weights."""
        return self._random.choices(things, cum_weights=cumulative)[0]

    def day(self, first: date, last: date) -> date:
        """Draw a day from `first` to `last`, both included."""
        return first + timedelta(days=self.between(0, (last - first).days))

    def shuffled(self, things: Sequence[T]) -> list[T]:
        """Give the things in a drawn order."""
        mixed = list(things)
        self._random.shuffle(mixed)
        return mixed
