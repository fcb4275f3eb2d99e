"""Propose new weights from a workspace's own records, without labels, for a human to review."""

from __future__ import annotations

from collections.abc import Mapping
from math import log2

import duckdb

from detectors.identity import compare
from detectors.identity.alone import compare_all, world_of
from detectors.identity.judgement import ONE_NUMBER
from detectors.identity.model import Model, Shares, load, probability
from detectors.identity.pattern import FIELDS, MISSING, Pattern
from detectors.identity.statements import run
from detectors.identity.weights import patterns

Counts = Mapping[Pattern, int]
Level = tuple[str, str]

_ROUNDS = 200
_PRIOR_COUNT = 20.0  # the reviewed share counts as much as so many pairs
_SEEN_ENOUGH = 30  # a level seen less often in the random pairs keeps its reviewed u
# Profiles are collapsed by number, so what their pairs show of numbers is no sample of what rows show.
_KEPT = "number"


def train(con: duckdb.DuckDBPyConnection, model: Model | None = None) -> Model:
    """Estimate m by expectation maximisation over agreement patterns, u from random pairs.

    Fellegi & Sunter 1969, Winkler 1988. The weights of the identity number stay as reviewed. Reads
    core.person_record and changes nothing in the database.
    """
    reviewed = model or load()
    records = con.sql("select * from core.person_record").to_arrow_table()
    with world_of(records) as alone:
        compare_all(alone, reviewed)
        blocked = {pattern: pairs for _, pattern, pairs in patterns(alone)}
        run(alone, "random_pairs")
        compare.compare(alone, reviewed, threads=1)
        apart = {pattern: pairs for _, pattern, pairs in patterns(alone)}
    shares = _with_random_shares(reviewed.shares, apart)
    by_other_keys = {
        pattern: pairs for pattern, pairs in blocked.items() if pattern.number not in ONE_NUMBER
    }
    fitted = expectation_maximisation(by_other_keys, reviewed, shares)
    comment = (
        f"proposed by `qingji identity train` from {sum(by_other_keys.values())} compared pairs and "
        f"{sum(apart.values())} random pairs; to be reviewed before it replaces {reviewed.name}"
    )
    return reviewed.with_shares(fitted, comment)


def expectation_maximisation(
    counts: Counts, model: Model, shares: Mapping[Level, Shares]
) -> dict[Level, Shares]:
    """Re-estimate m for every level but the number's; u is held, so the classes cannot change places."""
    current = dict(shares)
    share_of_matches = 0.5
    for _ in range(_ROUNDS):
        expected: dict[Level, float] = {}
        matches = 0.0
        for pattern, pairs in counts.items():
            bits = log2(share_of_matches / (1 - share_of_matches))
            bits += sum(current[level].weight for level in pattern.levels() if level[1] != MISSING)
            likely = pairs * probability(bits)
            matches += likely
            for level in pattern.levels():
                expected[level] = expected.get(level, 0.0) + likely
        renewed = _renewed(model.shares, current, expected)
        moved = max(abs(renewed[level].m - current[level].m) for level in current)
        current = renewed
        total = sum(counts.values())
        share_of_matches = min(0.999, max(0.001, matches / total if total else 0.5))
        if moved < 1e-6:
            break
    return current


def _renewed(
    reviewed: Mapping[Level, Shares],
    current: Mapping[Level, Shares],
    expected: Mapping[Level, float],
) -> dict[Level, Shares]:
    renewed = {}
    for field in FIELDS:
        levels = [level for level in current if level[0] == field]
        stated = sum(expected.get(level, 0.0) for level in levels)
        prior = sum(reviewed[level].m for level in levels)
        for level in levels:
            counted = expected.get(level, 0.0) + _PRIOR_COUNT * reviewed[level].m / prior
            m = current[level].m if field == _KEPT else counted / (stated + _PRIOR_COUNT)
            renewed[level] = Shares(m, current[level].u)
    return renewed


def _with_random_shares(reviewed: Mapping[Level, Shares], apart: Counts) -> dict[Level, Shares]:
    seen: dict[Level, int] = {}
    for pattern, pairs in apart.items():
        for level in pattern.levels():
            seen[level] = seen.get(level, 0) + pairs
    stated = {
        field: sum(
            pairs for (owner, level), pairs in seen.items() if owner == field and level != MISSING
        )
        for field in FIELDS
    }
    return {
        level: Shares(one.m, seen[level] / stated[level[0]])
        if level[0] != _KEPT and seen.get(level, 0) >= _SEEN_ENOUGH
        else one
        for level, one in reviewed.items()
    }
