"""Rank schools by how many kinds of oddity they show, and how far they go in each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from detectors.outliers.comparison import Mark
from detectors.outliers.forest import rarity
from detectors.outliers.measures import MEASURES


@dataclass(frozen=True)
class Limits:
    """What makes a measure odd, and what a concept may add to the score."""

    odd_distance: float
    least_count: int
    cap: float


@dataclass(frozen=True)
class Standing:
    """A school: its odd marks, farthest first, and its capped distance in each concept."""

    school_code: str
    odd: tuple[Mark, ...]
    terms: Mapping[str, float]
    students: int

    @property
    def score(self) -> float:
        """Add up what each concept contributes."""
        return sum(self.terms.values())

    @property
    def concepts(self) -> int:
        """Count the kinds of oddity."""
        return len({MEASURES[mark.measure].concept for mark in self.odd})


def standings(marks: Iterable[Mark], limits: Limits) -> list[Standing]:
    """Rank the schools, the least like their peers first; ties by code."""
    by_school: dict[str, list[Mark]] = {}
    for mark in marks:
        by_school.setdefault(mark.school_code, []).append(mark)
    ranked = [_standing(school_code, own, limits) for school_code, own in by_school.items()]
    return sorted(ranked, key=lambda school: (-round(school.score, 9), school.school_code))


def rare_schools(ranked: list[Standing], rare_from: float) -> frozenset[str]:
    """Name the schools whose combination of distances is rare: the second opinion."""
    concepts = sorted({measure.concept for measure in MEASURES.values()})
    distances = np.array([[school.terms.get(name, 0.0) for name in concepts] for school in ranked])
    scores = rarity(distances)
    return frozenset(
        school.school_code
        for school, score in zip(ranked, scores, strict=True)
        if score >= rare_from
    )


def _standing(school_code: str, own: list[Mark], limits: Limits) -> Standing:
    counted = sorted(
        (mark for mark in own if mark.numerator >= limits.least_count),
        key=lambda mark: (-mark.distance, mark.measure),
    )
    terms: dict[str, float] = {}
    for mark in counted:  # the farthest measure of a concept comes first and speaks for it
        terms.setdefault(MEASURES[mark.measure].concept, min(mark.distance, limits.cap))
    odd = tuple(mark for mark in counted if mark.distance >= limits.odd_distance)
    return Standing(school_code, odd, terms, max(mark.denominator for mark in own))
