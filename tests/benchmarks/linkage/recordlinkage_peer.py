"""recordlinkage 0.16 on FEBRL without labels: the package's own comparisons and its ECM classifier."""

from __future__ import annotations

import time

import numpy as np
import pandas as pd
import recordlinkage
from febrl import FIELDS, Febrl
from scores import Pairs

BLOCKS = (
    ["given_name"], ["surname"], ["date_of_birth"], ["soc_sec_id"], ["address_1"], ["address_2"],
    ["postcode", "street_number"], ["suburb", "street_number"],
    ["suburb", "postcode"],
)  # fmt: skip
FUZZY = ("given_name", "surname", "address_1", "address_2", "suburb")
DISTANT = ("street_number", "postcode", "state", "date_of_birth", "soc_sec_id")


def link_febrl(data: Febrl) -> tuple[Pairs, dict[str, float]]:
    """Give candidate pairs with the classifier's probability, rows counted through both tables, and seconds."""
    started = time.perf_counter()
    frames = [frame[list(FIELDS)] for frame in data.frames]
    indexer = recordlinkage.Index()
    for block in BLOCKS:
        indexer.block(block)
    pairs = indexer.index(*frames)
    compare = recordlinkage.Compare(n_jobs=1)
    for name in FUZZY:
        compare.string(name, name, method="jarowinkler", threshold=0.85, label=name)
    for name in DISTANT:
        compare.string(name, name, method="damerau_levenshtein", threshold=0.7, label=name)
    features = compare.compute(pairs, *frames)
    classifier = recordlinkage.ECMClassifier()
    classifier.fit(features)
    probability = classifier.prob(features)
    seconds = {"all": round(time.perf_counter() - started, 2)}
    return _rows(probability, data), seconds


def _rows(probability: pd.Series, data: Febrl) -> Pairs:
    place = {name: at for at, name in enumerate(n for frame in data.frames for n in frame.index)}
    one = probability.index.get_level_values(0).map(place).to_numpy()
    other = probability.index.get_level_values(1).map(place).to_numpy()
    return Pairs(np.minimum(one, other), np.maximum(one, other), probability.to_numpy())
