"""A second opinion on schools: how rare their distances from peers are, taken together.

Isolation forest (Liu, Ting & Zhou 2008) on funnel z's, never on raw shares, which would pick small schools.
"""

from __future__ import annotations

import numpy as np

from detectors.outliers.peers import Floats

_TREES = 500
_SEED = 20240115


def rarity(distances: Floats) -> Floats:
    """Score each row of capped distances by how easily it is isolated: mean 0, variance 1, higher is rarer.

    The seed is fixed and the trees are many, so that the same night gives the same list.
    """
    from sklearn.ensemble import IsolationForest

    forest = IsolationForest(n_estimators=_TREES, random_state=_SEED, n_jobs=1).fit(distances)
    scores: Floats = -forest.score_samples(distances)
    spread = float(scores.std())
    return (scores - scores.mean()) / spread if spread > 0 else np.zeros_like(scores)
