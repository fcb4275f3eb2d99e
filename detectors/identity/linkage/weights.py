"""What a pattern weighs: bits of evidence, and how likely it is one person, one household, or strangers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detectors.contract import DetectorError
from detectors.identity.linkage.cells import Cells, Floats, Layout
from detectors.identity.linkage.compare import Levels, Patterns
from detectors.identity.linkage.model import Model
from detectors.identity.linkage.starts import priors_of, shares_of

_SMALLEST = 1e-300


@dataclass(frozen=True)
class Weighed:
    """For each pattern: log2 of its expected share of all pairs by class, (classes, patterns), but for what is missing.

    The classes are one person, one household, kinds of near strangers if any, strangers.
    """

    joint: Floats
    prior_bits: Floats

    @property
    def bits(self) -> Floats:
        """The evidence of one person against strangers, log2(m / u) summed over the fields, (patterns,)."""
        told: Floats = (self.joint[0] - self.prior_bits[0]) - (self.joint[-1] - self.prior_bits[-1])
        return told

    @property
    def posterior(self) -> Floats:
        """The probabilities of one person, one household and strangers, (3, patterns); they add up to one."""
        told = _to_one(self.joint.copy())
        return np.vstack([told[:2], told[2:].sum(axis=0)])

    @property
    def match(self) -> Floats:
        """The probability of one person, (patterns,)."""
        told: Floats = self.posterior[0]
        return told


def weigh(model: Model, patterns: Patterns) -> Weighed:
    """Weigh each pattern by a trained model; DetectorError if it has no shares yet."""
    return weigh_levels(model, patterns.levels)


def weigh_levels(model: Model, levels: Levels) -> Weighed:
    """Weigh patterns given as level numbers, (patterns, fields), 0 for missing."""
    if model.prior is None or not model.is_trained:
        raise DetectorError(f"{model.name}: has no shares yet; train it first")
    layout = Layout.of(model)
    logs = np.log2(np.maximum(shares_of(model, layout), _SMALLEST))
    prior_bits = np.log2(np.maximum(priors_of(model), _SMALLEST))
    joint = Cells(levels, layout).log_products(logs) + prior_bits[:, None]
    return Weighed(joint, prior_bits)


def adjusted(weighed: Weighed, pattern: NDArray[np.int32], rarity: Floats) -> Floats:
    """Give the probability of one person for each pair.

    `pattern` is where the pair's pattern stands, `rarity` the bits by which strangers share the pair's own values
    less often than strangers share values of that level (see `terms`).
    """
    likeliest = weighed.joint.max(axis=0)
    shares = np.exp2(weighed.joint - likeliest).astype(np.float64)
    by_class = (shares[0], shares[1], shares[2:].sum(axis=0))
    match, family, strangers = (np.take(row, pattern) for row in by_class)
    told: Floats = match / (match + family + strangers * np.exp2(-rarity))
    return told


def _to_one(joint: Floats) -> Floats:
    joint -= joint.max(axis=0)
    np.exp2(joint, out=joint)
    joint /= joint.sum(axis=0)
    return joint
