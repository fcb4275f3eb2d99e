"""Where learning starts, so that classes keep their places: chance is known, and the number tells who is who.

What is seen beyond what chance explains is persons and households. A value that no two people share, such as the
identity number, divides them: it agrees for one person and differs within a household.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detectors.contract import DetectorError
from detectors.identity.linkage.cells import Floats, Layout
from detectors.identity.linkage.levels import Act, read_levels
from detectors.identity.linkage.model import Field, Model

_PERSONAL_KINDS = {"identity_number"}
# What the first guess adds to its counts: most pairs of one person agree, a few do not.
_FIRST_GUESS = 2.0
# Two people who share so much are first taken for a household: a phone, say, or a guardian and a birthday.
_HOUSEHOLD_BITS = 24.0
# Agreement in the name that strangers show less often than this makes namesakes.
_RARE = 2e-4


def is_personal(field: Field) -> bool:
    """Whether no two people share a true value of the field."""
    return field.kind in _PERSONAL_KINDS if field.personal is None else field.personal


def agreeing(field: Field) -> NDArray[np.bool_]:
    """Tell of each level of a field, `missing` first, whether it brings two values together."""
    apart = (Act.BOTH, Act.OTHERWISE)
    told = [any(test.act not in apart for test in level) for level in read_levels(field)]
    return np.array([False, *told])


def votes(model: Model, levels: NDArray[np.uint8]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Tell of each pattern whether a personal field agrees and none differs, and the reverse."""
    agrees, differs = np.zeros((2, len(levels)), np.bool_)
    for at, field in enumerate(model.fields):
        if is_personal(field):
            together = agreeing(field)[levels[:, at]]
            agrees |= together
            differs |= ~together & (levels[:, at] > 0)
    return agrees & ~differs, differs & ~agrees


def from_excess(
    model: Model, levels: NDArray[np.uint8], excess: Floats, random: Floats, classes: int
) -> tuple[Floats, Floats]:
    """Guess the pairs (classes but random,) and their shares from the counts beyond chance.

    `random` are the shares (width,) of strangers: agreements that are rare among them speak for a household.
    """
    layout = Layout.of(model)
    members = [np.ones(len(levels), np.bool_)]
    if classes > 2:
        one, two = votes(model, levels)
        members = [one, two]
    if classes > 3:
        names = _shares_a_name(model, levels, random)
        household = ~names & (_surprise(model, levels, random) >= _HOUSEHOLD_BITS)
        members = [one, two & household, two & names, two & ~names & ~household]
    guess = _prior_guess(model, layout)
    pairs, shares = [], []
    for which in members:
        counted = np.zeros(layout.width)
        for at, start in enumerate(layout.starts):
            by_level = np.bincount(levels[which, at], excess[which], minlength=layout.sizes[at])
            counted[start : start + layout.sizes[at]] += by_level
        pairs.append(max(float(excess[which].sum()), 1.0))
        shares.append(layout.to_one(counted + _FIRST_GUESS * guess))
    return np.array(pairs), np.array(shares)


def households_first(model: Model, shares: Floats) -> list[int]:
    """Order classes (classes, width), match first, random last; second comes the one that shares most rare values."""
    random = shares[-1]
    bits = -np.log2(np.maximum(random, 1e-15)) * _impersonal(model)
    shared = shares[1:-1] @ bits
    household = 1 + int(np.argmax(shared))
    others = [one for one in range(1, len(shares) - 1) if one != household]
    return [0, household, *others, len(shares) - 1]


def _impersonal(model: Model) -> Floats:
    """Mark the places of agreement in fields that a household may share."""
    layout = Layout.of(model)
    told = np.zeros(layout.width)
    for at, field in enumerate(model.fields):
        if not is_personal(field):
            told[layout.places(at)] = agreeing(field)[1:]
    return told


def _shares_a_name(model: Model, levels: NDArray[np.uint8], random: Floats) -> NDArray[np.bool_]:
    """Tell where the field whose values weigh by their frequency, the name, agrees as strangers seldom do."""
    layout = Layout.of(model)
    for at, field in enumerate(model.fields):
        if field.frequency and not is_personal(field):
            start = int(layout.starts[at])
            rare = random[start : start + layout.sizes[at]] < _RARE
            told: NDArray[np.bool_] = (rare & agreeing(field))[levels[:, at]]
            return told
    return np.zeros(len(levels), np.bool_)


def _surprise(model: Model, levels: NDArray[np.uint8], random: Floats) -> Floats:
    """Add up, for each pattern, the bits by which strangers seldom agree as its impersonal fields do."""
    layout = Layout.of(model)
    bits = -np.log2(np.maximum(random, 1e-15)) * _impersonal(model)
    told: Floats = bits[levels.astype(np.int64) + layout.starts].sum(axis=1)
    return told


def _prior_guess(model: Model, layout: Layout) -> Floats:
    told = np.zeros(layout.width)
    for at, field in enumerate(model.fields):
        weights = 0.5 ** np.arange(len(field.levels))
        told[layout.places(at)] = weights / weights.sum()
    return told


def from_model(model: Model, layout: Layout, classes: int) -> tuple[Floats, Floats, Floats] | None:
    """Take up a trained model: shares of pairs and of levels by class, and the random shares.

    None if it is not trained, or with other kinds of near strangers.
    """
    if model.prior is None or not model.is_trained:
        return None
    rows, prior = shares_of(model, layout), priors_of(model)
    if classes > 3 and classes != len(prior):
        return None
    return np.maximum(prior[: classes - 1], 1e-15), rows[: classes - 1], rows[-1]


def priors_of(model: Model) -> Floats:
    """Give the share of all pairs of one person, one household, each kind of near strangers, and strangers."""
    if model.prior is None:
        raise DetectorError(f"{model.name}: has no shares yet; train it first")
    told = np.array([model.prior.match, model.prior.family, *model.prior.near])
    return np.append(told, 1.0 - told.sum())


def shares_of(model: Model, layout: Layout) -> Floats:
    """Lay out the shares of those classes, (classes, width); a missing value is one in all, which is no evidence."""
    kinds = len(model.prior.near) if model.prior else 0
    told = np.ones((3 + kinds, layout.width))
    for at, field in enumerate(model.fields):
        for place, level in enumerate(field.levels, start=int(layout.starts[at]) + 1):
            if level.shares:
                one = level.shares
                told[:, place] = one.m, one.family, *(one.near or (one.u,) * kinds), one.u
    return told
