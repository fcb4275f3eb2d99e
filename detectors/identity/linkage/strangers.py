"""What is known of pairs of strangers before any pair is compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from detectors.identity.linkage.cells import Floats, Layout
from detectors.identity.linkage.model import Model
from detectors.identity.linkage.truncation import Statedness


@dataclass(frozen=True)
class Strangers:
    """All comparable pairs, nearly all of them strangers.

    `rates` gives, for (field, level), the share among pairs that state the field; `seen` counts, for levels whose
    rate is not known, how many of the `drawn` pairs, drawn by lot, had it. A level that is in neither is estimated.
    Rates were counted over the share `counted` of all pairs.
    """

    pairs: float
    stated: Statedness
    rates: Mapping[tuple[str, str], float] = field(default_factory=dict)
    seen: Mapping[tuple[str, str], int] = field(default_factory=dict)
    drawn: int = 0
    counted: float = 1.0

    def row(self, model: Model, layout: Layout) -> tuple[Floats, NDArray[np.bool_], Floats]:
        """Lay out the random shares, whether they are still to be estimated, and the counts seen, each (width,)."""
        shares, seen = np.ones(layout.width), np.zeros(layout.width)
        free = np.zeros(layout.width, np.bool_)
        for at, one in enumerate(model.fields):
            for place, level in enumerate(one.levels, start=int(layout.starts[at]) + 1):
                key = (one.name, level.name)
                free[place] = key not in self.rates
                seen[place] = self.seen.get(key, 0)
                shares[place] = self.rates.get(key, _first_rate(seen[place], self.drawn))
        for at in range(len(model.fields)):
            _leave_rest(shares[layout.places(at)])
        return layout.to_one(shares), free, seen


def _first_rate(seen: float, drawn: int) -> float:
    """Begin with half a pair more than was seen; without any drawn, with as little as decides nothing."""
    return (seen + 0.5) / (drawn + 1.0) if drawn else 1e-4


def _leave_rest(levels: Floats) -> None:
    largest = int(np.argmax(levels)) if levels.max() > 1e-4 else len(levels) - 1
    rest = 1.0 - (levels.sum() - levels[largest])
    if rest > 0.0:
        levels[largest] = rest


def evenly_stated(shares_missing: Mapping[str, float], model: Model) -> Statedness:
    """Suppose that fields are missing independently of each other, each in the given share of pairs."""
    masks, shares = np.zeros(1, np.int64), np.ones(1)
    for at, one in enumerate(model.fields):
        missing = shares_missing.get(one.name, 0.0)
        if missing > 0:
            masks = np.concatenate([masks, masks | np.int64(1 << at)])
            shares = np.concatenate([shares * (1 - missing), shares * missing])
    return Statedness(masks, shares)
