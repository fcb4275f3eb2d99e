"""Two rows side by side: field by field what agrees, what that weighs, the sum as it grows, and why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detectors.identity.linkage.cells import Layout
from detectors.identity.linkage.coded import MISSING, Table
from detectors.identity.linkage.contradictions import shown
from detectors.identity.linkage.model import MISSING_LEVEL, LinkType, Model
from detectors.identity.linkage.starts import priors_of, shares_of

# Where strangers begin among the classes: one person, one household, then their kinds.
_STRANGERS = 2
_SMALLEST = 1e-300


@dataclass(frozen=True)
class Posterior:
    """How likely two rows are one person, two of one household, or two strangers; the three add up to one."""

    match: float
    family: float
    random: float

    @property
    def bits(self) -> float:
        """The evidence for one person in bits: log2 of its odds."""
        return float(
            np.log2(max(self.match, _SMALLEST)) - np.log2(max(self.family + self.random, _SMALLEST))
        )


@dataclass(frozen=True)
class Step:
    """One field: the level, its bits against strangers and household, and where the comparison stands after it."""

    field: str
    level: str
    against_strangers: float
    against_family: float
    after: Posterior


@dataclass(frozen=True)
class KeyTold:
    """One key of the model: which of its codes one of the two rows lacks, and which differ."""

    key: tuple[str, ...]
    lacking: tuple[str, ...]
    differing: tuple[str, ...]

    @property
    def finds(self) -> bool:
        """Whether the two rows share the key."""
        return not self.lacking and not self.differing


@dataclass(frozen=True)
class Explanation:
    """Why two rows are taken for one person, or not."""

    start: Posterior
    steps: tuple[Step, ...]
    keys: tuple[KeyTold, ...]
    contradictions: tuple[str, ...]
    may_be_one: bool
    threshold: float

    @property
    def end(self) -> Posterior:
        """Give the posterior after all fields."""
        return self.steps[-1].after if self.steps else self.start

    @property
    def is_found(self) -> bool:
        """Whether any key brings the two rows together."""
        return any(key.finds for key in self.keys)

    @property
    def is_link(self) -> bool:
        """Whether the two rows alone, without the rest of their clusters, are linked."""
        likely = self.end.match >= self.threshold
        return self.may_be_one and self.is_found and likely and not self.contradictions


def explain(
    table: Table,
    model: Model,
    rows: tuple[int, int],
    levels: NDArray[np.uint8],
    rarity: Mapping[str, float] | None = None,
) -> Explanation:
    """Explain two rows of a table by a trained model; they need not share a key.

    `levels` is their level in each field, of shape (fields,); `rarity` gives the bits that the frequency of the
    shared value adds to a field.
    """
    start, steps = weighed(model, levels, rarity or {})
    pattern = levels[None, :]
    return Explanation(
        start,
        steps,
        tuple(_key_told(table, key, rows) for key in model.keys),
        tuple(one.reason for one in model.contradictions if shown(model, one, pattern)[0]),
        _may_be_one(table, model, rows),
        model.threshold,
    )


def weighed(
    model: Model, levels: NDArray[np.uint8], rarity: Mapping[str, float]
) -> tuple[Posterior, tuple[Step, ...]]:
    """Lay a pattern out as a waterfall: the posterior before any field, and after each one."""
    layout = Layout.of(model)
    shares = np.log2(np.maximum(shares_of(model, layout), _SMALLEST))
    sums = np.log2(np.maximum(priors_of(model), _SMALLEST))
    start = _posterior(sums)
    steps = []
    for at, (field, level) in enumerate(zip(model.fields, levels.tolist(), strict=True)):
        gained = shares[:, int(layout.starts[at]) + level].copy()
        gained[_STRANGERS:] -= rarity.get(field.name, 0.0) if level else 0.0
        sums = sums + gained
        name = field.levels[level - 1].name if level else MISSING_LEVEL
        bits = float(gained[0] - gained[-1]), float(gained[0] - gained[1])
        steps.append(Step(field.name, name, *bits, _posterior(sums)))
    return start, tuple(steps)


def _posterior(sums: NDArray[np.float64]) -> Posterior:
    """Add up the kinds of strangers: those who merely live near each other, or share a name, among them."""
    shares = np.exp2(sums - sums.max())
    shares /= shares.sum()
    return Posterior(float(shares[0]), float(shares[1]), float(shares[_STRANGERS:].sum()))


def _key_told(table: Table, key: Sequence[str], rows: tuple[int, int]) -> KeyTold:
    lacking, differing = [], []
    for path in key:
        codes = table.code(path.lstrip("?"))
        one, other = (codes[:, row] for row in rows)
        one, other = one[one != MISSING], other[other != MISSING]
        if not len(one) or not len(other):
            lacking.append(path)
        elif not np.isin(one, other).any():
            differing.append(path)
    return KeyTold(tuple(key), tuple(lacking), tuple(differing))


def _may_be_one(table: Table, model: Model, rows: tuple[int, int]) -> bool:
    one, other = (int(table.sources[row]) for row in rows)
    return model.link_type is not LinkType.LINK_ONLY or one != other
