"""Climb a likelihood: plain steps, with leaps along the line that two steps draw (Varadhan & Roland 2008)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from detectors.identity.linkage.cells import Floats

# One step: where it leads from a place, and how likely the data are at that place.
Step = Callable[[Floats], tuple[Floats, float]]
# How far it is from one place to another, as the climber means it.
Moved = Callable[[Floats, Floats], float]


@dataclass(frozen=True)
class Rest:
    """When to stop: a step that moves no further, a leap and its steps that gain no more, or so many steps."""

    moved: float
    gained: float
    steps: int


@dataclass(frozen=True)
class Climb:
    """Where a climb ended, the likelihoods on the way (never falling), and whether it came to rest."""

    place: Floats
    heights: tuple[float, ...]
    steps: int
    converged: bool


def climb(step: Step, start: Floats, moved: Moved, rest: Rest) -> Climb:
    """Repeat a step until it comes to rest."""
    place, steps = start, 0
    heights: list[float] = []
    while steps + 3 <= rest.steps:
        first, height = step(place)
        heights.append(height)
        second, next_height = step(first)
        steps += 2
        gained = height - heights[-2] if len(heights) > 1 else np.inf
        if moved(first, second) < rest.moved or gained < rest.gained:
            return Climb(second, (*heights, next_height), steps, converged=True)
        leap = _leap(place, first, second)
        place = second
        if leap is not None:
            landed, leap_height = step(leap)
            steps += 1
            # a leap that ends lower than two plain steps began is not taken
            place = landed if leap_height >= next_height else second
    return Climb(place, tuple(heights), steps, converged=False)


def _leap(place: Floats, first: Floats, second: Floats) -> Floats | None:
    moved = first - place
    bent = (second - first) - moved
    size = float(np.sqrt(bent @ bent))
    length = float(np.sqrt(moved @ moved)) / size if size > 0 else 0.0
    if length <= 1.0:
        return None
    told: Floats = place + 2 * length * moved + length**2 * bent
    return told
