"""Propose new weights from a workspace's own records, for a human to review."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa

from detectors.contract import DetectorError
from detectors.identity import candidates, classes, compare, labels, standardise
from detectors.identity.alone import world_of
from detectors.identity.linkage import em
from detectors.identity.linkage.labels import Decided
from detectors.identity.linkage.model import Model as LinkageModel
from detectors.identity.linkage.truncation import Truncation
from detectors.identity.model import Model, Prior, Shares, load
from detectors.identity.pattern import Pattern
from detectors.identity.statements import run
from detectors.identity.weights import patterns

Counts = Mapping[Pattern, int]
Level = tuple[str, str]

# A level drawn so often by lot is measured by it; a rarer one is estimated with the rest.
_OFTEN = 100
# So many pairs are added to each level of each class: what a delivery has never shown may come in the next.
_FLOOR = 20.0
# No disagreement of one person's rows is taken for rarer: clerks err in more ways than any one delivery shows. The
# number is left as learned, for what two numbers cost is what keeps twins apart.
_LEAST_M = 0.002
_AS_LEARNED = "number"
# A level compared less often keeps what was reviewed.
_SEEN_ENOUGH = 30


@dataclass(frozen=True)
class Trained:
    """A proposed model, what it was learned from, and what a reviewer should look at."""

    model: Model
    compared: int
    converged: bool
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Sample:
    """Rows of a workspace compared one with another: how often each pattern, by keys and by lot; what is decided."""

    rows: int
    pairs: float
    found: Counts
    apart: Counts
    decided: Mapping[Pattern, tuple[int, int]]


def train(
    con: duckdb.DuckDBPyConnection, model: Model | None = None, labelled: pa.Table | None = None
) -> Trained:
    """Learn how often each level is seen among pairs of one person, one household, strangers.

    Expectation maximisation over the counted patterns of different rows (not of profiles, which are made alike),
    with what the keys cannot find put back: Fellegi & Sunter 1969, Winkler 1988; see `linkage.em`. Inspectors'
    decisions count, and `labelled` rows (record_a, record_b, is_match) beside them. Reads core.person_record and
    identity's decisions, and changes nothing in the database. DetectorError if there is nothing to learn from.
    """
    reviewed = model or load()
    return learned(sample(con, reviewed, labelled), reviewed)


def sample(
    con: duckdb.DuckDBPyConnection, model: Model, labelled: pa.Table | None = None
) -> Sample:
    """Compare every row with every other that a key finds, and rows drawn by lot."""
    records = con.sql("select * from core.person_record").to_arrow_table()
    decisions = labels.of_workspace(con, labelled)
    with world_of(records) as alone:
        labels.ask(alone, decisions)
        standardise.standardise(alone, model, rows_apart=True)
        candidates.find(alone, model)
        compare.compare(alone, model, threads=1)
        found = {pattern: pairs for _, pattern, pairs in patterns(alone)}
        decided = labels.by_pattern(alone, decisions)
        run(alone, "random_pairs")
        compare.compare(alone, model, threads=1)
        apart = {pattern: pairs for _, pattern, pairs in patterns(alone)}
        rows = alone.execute("select count(*) from identity.profile").fetchall()[0][0]
    return Sample(rows, rows * (rows - 1) / 2, found, apart, decided)


def learned(seen: Sample, reviewed: Model) -> Trained:
    """Learn from a sample; levels that are too rare in it keep their reviewed shares."""
    if not seen.found or not seen.apart:
        raise DetectorError("no two rows can be compared; load the registries first")
    engine = classes.as_linkage(reviewed)
    counted = classes.as_patterns(seen.found, engine)
    strangers = classes.as_strangers(seen.apart, seen.pairs, engine, _OFTEN)
    cut = Truncation(engine, {}, strangers.stated)
    told = em.learn(engine, counted, strangers, cut, em.How(floor=_FLOOR, decided=_decided(seen)))
    rare = _rare(seen.found, reviewed)
    compared = int(counted.counts.sum())
    comment = (
        "m: share among rows of one person, family: of one household, u: of strangers, near: of strangers with more "
        f"in common. Learned by `qingji identity train` from {compared:,} compared pairs of {seen.rows:,} rows"
    )
    model = reviewed.with_shares(
        _shares(told.model, reviewed, rare), _prior(told.model, reviewed, seen), comment
    )
    notes = [*told.notes, *_household_notes(told.model), *_rare_notes(rare)]
    return Trained(model, compared, told.converged, tuple(notes))


def _decided(seen: Sample) -> Decided | None:
    if not seen.decided:
        return None
    both = np.array([seen.decided.get(pattern, (0, 0)) for pattern in seen.found], np.float64)
    return Decided(both[:, 0], both[:, 1])


def _prior(model: LinkageModel, reviewed: Model, seen: Sample) -> Prior:
    """Give the learned prior, for as many rows as one had to be compared with on average.

    Where too few households were met to learn from, a row has as many of its household as was reviewed.
    """
    if model.prior is None:
        raise DetectorError("nothing was learned; please report it")
    met = round(2 * seen.pairs / seen.rows)
    reviewed_family = reviewed.prior.family * reviewed.prior.rows / met
    return Prior(
        model.prior.match, model.prior.family or reviewed_family, tuple(model.prior.near), met
    )


def _rare(found: Counts, reviewed: Model) -> set[Level]:
    seen: dict[Level, int] = {}
    for pattern, pairs in found.items():
        for level in pattern.levels():
            seen[level] = seen.get(level, 0) + pairs
    return {level for level in reviewed.shares if seen.get(level, 0) < _SEEN_ENOUGH}


def _household_notes(engine: LinkageModel) -> list[str]:
    if engine.prior and engine.prior.family > 0:
        return []
    return ["what is known of households stays as reviewed; learn from more rows"]


def _rare_notes(rare: set[Level]) -> list[str]:
    return [
        f"{field} {level} was met less than {_SEEN_ENOUGH} times; its shares stay as reviewed"
        for field, level in sorted(rare)
    ]


def _shares(engine: LinkageModel, reviewed: Model, rare: set[Level]) -> dict[Level, Shares]:
    """Take the learned shares; a confirmed birth date keeps its reviewed weight, for it is counted with the number."""
    kinds = len(engine.prior.near) if engine.prior else 0
    has_families = engine.prior is not None and engine.prior.family > 0
    told = {}
    for field in engine.fields:
        for level in field.levels:
            if level.shares and (field.name, level.name) in reviewed.shares:
                one = level.shares
                near = tuple(one.near) if one.near else (one.u,) * kinds
                m = one.m if field.name == _AS_LEARNED else max(one.m, _LEAST_M)
                family = (
                    one.family if has_families else reviewed.shares[field.name, level.name].family
                )
                told[field.name, level.name] = Shares(m, one.u, family, near)
    return {
        level: _as_reviewed(one, kinds)
        if level in rare or level == classes.CONFIRMED
        else told[level]
        for level, one in reviewed.shares.items()
    }


def _as_reviewed(one: Shares, kinds: int) -> Shares:
    """Keep a reviewed weight where near strangers were not told apart then, or in other kinds."""
    return Shares(one.m, one.u, one.family, (one.u,) * kinds)
