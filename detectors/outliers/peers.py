"""How far a school's share lies from its peers', with honest differences between schools allowed for.

Additive random-effects funnel (Spiegelhalter 2005): the variance of a share is sampling plus what honest
schools differ by, so neither a small school nor a large one is odd for its size.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_TRIM = 0.05
_WINSOR = 0.10
_WINSORISED_VARIANCE = 0.663
"""Mean square of a standard normal variable winsorised at 10 % on either side."""
_ROUNDS = 3


@dataclass(frozen=True)
class Funnel:
    """What peers do: their usual share, the variance between honest schools, and each school's distance."""

    share: float
    between: float
    z: Floats


def funnel(numerators: Floats, denominators: Floats) -> Funnel:
    """Measure how far each share is from the peers', in standard deviations; denominators are positive."""
    total = float(denominators.sum())
    shares = numerators / denominators
    low, high = np.quantile(shares, [_TRIM, 1 - _TRIM])
    trimmed = np.clip(shares, low, high)
    share, between = _inside(float(trimmed.mean()), total), 0.0
    for _ in range(_ROUNDS):
        weights = 1 / (share * (1 - share) / denominators + between)
        share = _inside(float(np.average(trimmed, weights=weights)), total)
        between = _between(shares, denominators, share)
    within = share * (1 - share) / denominators
    return Funnel(share, between, (shares - share) / np.sqrt(within + between))


def _inside(share: float, total: float) -> float:
    """Keep a share half a student away from none and from all, so that it has a variance."""
    margin = 0.5 / (total + 1)
    return min(max(share, margin), 1 - margin)


def _between(shares: Floats, denominators: Floats, share: float) -> float:
    """Estimate the variance between honest schools by the method of moments, robust to the odd ones."""
    if len(shares) < 2:
        return 0.0
    weights = denominators / (share * (1 - share))
    z = (shares - share) * np.sqrt(weights)
    low, high = np.quantile(z, [_WINSOR, 1 - _WINSOR])
    dispersion = float(np.mean(np.clip(z, low, high) ** 2)) / _WINSORISED_VARIANCE
    information = float(weights.sum() - (weights**2).sum() / weights.sum())
    return max(0.0, (dispersion - 1) * len(shares) / information) if information > 0 else 0.0


def peer_groups(kinds: list[str], owners: list[str], least: int) -> list[str]:
    """Name each school's peers: its kind and owner, its kind alone where those are too few, else all."""
    fine = [f"{kind} {owner}".strip() for kind, owner in zip(kinds, owners, strict=True)]
    names = []
    for narrow, kind in zip(fine, kinds, strict=True):
        if narrow and fine.count(narrow) >= least:
            names.append(narrow)
        elif kind and kinds.count(kind) >= least:
            names.append(kind)
        else:
            names.append("all")
    return names
