"""What was learned and how, and whether it can be believed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import log

import numpy as np
from numpy.typing import NDArray

from detectors.identity.linkage.ascent import Rest
from detectors.identity.linkage.cells import Floats, Layout
from detectors.identity.linkage.labels import Decided
from detectors.identity.linkage.mixture import FAMILY, MATCH
from detectors.identity.linkage.model import Model
from detectors.identity.linkage.starts import agreeing, is_personal

# Below so many pairs, or so small a part of what was compared, a household class is made of accidents.
_FEWEST_FAMILIES = 20.0
# A field that tells one person from strangers by less, in bits a pair, is reported.
_LEAST_BITS = 0.1
# Likelihoods a hundredth apart are alike; steps below a millionth show in no weight.
_AT_REST = Rest(moved=1e-6, gained=1e-2, steps=300)


@dataclass(frozen=True)
class How:
    """How to learn: the Dirichlet `floor` (pairs added to every level), when to stop, where to start, what is decided.

    `rounds`: how often random shares are taken anew from their totals. `from_model`: start from the model's shares.
    """

    floor: float = 0.5
    rest: Rest = _AT_REST
    rounds: int = 4
    from_model: bool = False
    decided: Decided | None = None


@dataclass(frozen=True)
class Learned:
    """A trained model, and how it was learned: expected pairs and found share by class, and what to look at.

    The classes are one person, one household, kinds of near strangers if any, strangers.
    """

    model: Model
    pairs: tuple[float, ...]
    found: tuple[float, ...]
    likelihoods: tuple[tuple[float, ...], ...]
    steps: int
    converged: bool
    notes: tuple[str, ...]

    def noting(self, note: str) -> Learned:
        """Give the same with a note before the others."""
        return replace(self, notes=(note, *self.notes))


def without_person(model: Model) -> str | None:
    """Say that no field tells a person from the household, if none does."""
    if any(is_personal(field) for field in model.fields):
        return None
    return (
        "no field is marked `personal`, so nothing tells a person from the household; "
        "two classes were learned"
    )


def explains_more(told: Learned, without: Learned, model: Model, classes: int) -> bool:
    """Whether so many more classes are worth their shares (Schwarz 1978)."""
    shares = classes * (sum(len(field.levels) - 1 for field in model.fields) + 1)
    compared = float(np.dot(told.pairs, told.found))
    gained = told.likelihoods[-1][-1] - without.likelihoods[-1][-1]
    return gained > shares * log(max(compared, 2.0)) / 2


def without_household(told: Learned, model: Model) -> str:
    """Say what is wrong with the classes between match and strangers; nothing if they are what they should be."""
    seen = told.pairs[FAMILY] * told.found[FAMILY]
    if len(told.pairs) == 3 and (seen < _FEWEST_FAMILIES or seen < 1e-4 * told.pairs[MATCH]):
        return f"the class of households is empty ({seen:.0f} pairs); two classes were learned"
    for field in told.model.fields:
        if is_personal(field):
            together = agreeing(field)[1:].tolist()
            agreed = [one.shares for one, yes in zip(field.levels, together, strict=True) if yes]
            of_match = sum(one.m for one in agreed if one)
            of_others = np.sum([(one.family, *one.near) for one in agreed if one], axis=0)
            if np.max(of_others) > 0.2 * of_match:
                return (
                    f"the class of households agrees in {field.name}, which no two people share; "
                    "it was taken for a kind of match and two classes were learned"
                )
    return ""


def notes_of(
    model: Model, levels: NDArray[np.uint8], rows: Floats, *, converged: bool
) -> tuple[str, ...]:
    """Say which fields told nothing, and whether learning came to rest; `rows` are the shares by class."""
    notes = [] if converged else ["learning did not come to rest; the shares are not final"]
    layout = Layout.of(model)
    for at, field in enumerate(model.fields):
        m, u = rows[MATCH, layout.places(at)], rows[-1, layout.places(at)]
        bits = float(np.sum(m * np.log2(np.maximum(m, 1e-300) / np.maximum(u, 1e-300))))
        if not levels[:, at].any():
            notes.append(f"{field.name} is never stated on both sides")
        elif bits < _LEAST_BITS:
            notes.append(f"{field.name} carries no information ({bits:.2f} bits a pair)")
    return tuple(notes)
