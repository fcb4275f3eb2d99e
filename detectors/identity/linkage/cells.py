"""Patterns as two halves: products over fields, and sums by level, at the cost of two look-ups a pattern."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from detectors.identity.linkage.model import Model

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True)
class Layout:
    """Where each level lies in one flat row of shares: `missing` first in every field, then its levels."""

    sizes: tuple[int, ...]

    @classmethod
    def of(cls, model: Model) -> Layout:
        """Lay out the levels of a model in the order of its fields."""
        return cls(tuple(len(field.levels) + 1 for field in model.fields))

    @cached_property
    def starts(self) -> Places:
        """The place of `missing` of each field."""
        return np.concatenate([[0], np.cumsum(self.sizes)[:-1]]).astype(np.int64)

    @property
    def width(self) -> int:
        """The length of a row of shares."""
        return sum(self.sizes)

    @cached_property
    def owners(self) -> Places:
        """The field of each place."""
        return np.repeat(np.arange(len(self.sizes)), self.sizes)

    @cached_property
    def is_level(self) -> NDArray[np.bool_]:
        """Whether a place is a level, not `missing`."""
        told = np.ones(self.width, np.bool_)
        told[self.starts] = False
        return told

    def places(self, field: int) -> slice:
        """The places of a field's levels, without `missing`."""
        return slice(int(self.starts[field]) + 1, int(self.starts[field]) + self.sizes[field])

    def by_field(self, row: Floats) -> Floats:
        """Add up the levels of each field, `missing` left out; rows of any number of classes, (..., width)."""
        told: Floats = np.add.reduceat(np.where(self.is_level, row, 0.0), self.starts, axis=-1)
        return told

    def to_one(self, row: Floats) -> Floats:
        """Scale the levels of each field to one and set `missing`, which is no evidence, to one."""
        total = self.by_field(row)[..., self.owners]
        scaled = np.divide(row, total, out=np.zeros_like(row), where=total > 0)
        told: Floats = np.where(self.is_level, scaled, 1.0)
        return told


class Cells:
    """Distinct patterns, (patterns, fields) level numbers, ready for many products and sums."""

    def __init__(self, levels: NDArray[np.uint8], layout: Layout) -> None:
        self._layout = layout
        self._halves = [
            _half(levels, layout, fields) for fields in _halved(levels.shape[1], layout.sizes)
        ]

    def products(self, shares: Floats, into: Floats | None = None) -> Floats:
        """Multiply, for every class and pattern, the shares (classes, width) of its levels: (classes, patterns)."""
        told = np.empty((len(shares), len(self._halves[0].which))) if into is None else into
        for one, row in enumerate(shares):
            parts = [half.folded(row, np.multiply)[half.which] for half in self._halves]
            np.multiply(parts[0], parts[1], out=told[one])
        return told

    def log_products(self, logs: Floats) -> Floats:
        """Add up, for every class and pattern, the logarithms (classes, width) of its levels: (classes, patterns)."""
        told = np.empty((len(logs), len(self._halves[0].which)))
        for one, row in enumerate(logs):
            parts = [half.folded(row, np.add)[half.which] for half in self._halves]
            np.add(parts[0], parts[1], out=told[one])
        return told

    def sums(self, weights: Floats) -> Floats:
        """Add up weights (classes, patterns) by level: (classes, width)."""
        told = np.zeros((len(weights), self._layout.width))
        for one, weight in enumerate(weights):
            for half in self._halves:
                summed = np.bincount(half.which, weight, minlength=half.combinations)
                told[one] += half.spread @ summed
        return told


@dataclass(frozen=True)
class _Half:
    """Some of the fields: the places of their distinct combinations, (fields, combinations), and each pattern's."""

    places: Places
    which: Places
    width: int

    @property
    def combinations(self) -> int:
        """Count the distinct combinations."""
        return int(self.places.shape[1])

    def folded(self, row: Floats, fold: np.ufunc) -> Floats:
        """Fold the values of each combination's places into one."""
        told = row[self.places[0]] if len(self.places) else np.full(1, float(fold.identity))
        for places in self.places[1:]:
            fold(told, row[places], out=told)
        return told

    @cached_property
    def spread(self) -> csr_array:
        """The matrix that gives to each place what the combinations that contain it weigh."""
        columns = np.tile(np.arange(self.combinations), len(self.places))
        told = (np.ones(len(columns)), (self.places.ravel(), columns))
        return csr_array(told, (self.width, self.combinations))


def _halved(fields: int, sizes: Sequence[int]) -> list[list[int]]:
    """Deal the fields into two hands of about equally many combinations, the largest fields first."""
    hands: list[list[int]] = [[], []]
    held = [0.0, 0.0]
    for field in sorted(range(fields), key=lambda one: -sizes[one]):
        shorter = int(held[1] < held[0])
        hands[shorter].append(field)
        held[shorter] += float(np.log(sizes[field]))
    return [sorted(hand) for hand in hands]


def _half(levels: NDArray[np.uint8], layout: Layout, fields: list[int]) -> _Half:
    packed = np.zeros(len(levels), np.int64)
    for field in fields:
        packed = packed * layout.sizes[field] + levels[:, field]
    _, first, which = np.unique(packed, return_index=True, return_inverse=True)
    places = levels[first][:, fields].astype(np.int64) + layout.starts[fields]
    return _Half(np.ascontiguousarray(places.T), which, layout.width)
