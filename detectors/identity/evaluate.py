"""How right last night's persons are, against labelled rows: in all, by the state of the number, by registry pair."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from detectors.contract import DetectorError
from detectors.identity.linkage.calibration import brier, calibration_table, thresholds
from detectors.identity.linkage.evaluate import UNKNOWN, Right, Truth, by_sources, of_persons
from detectors.identity.linkage.measure import Measured
from detectors.identity.linkage.model import LinkType
from detectors.identity.model import load
from detectors.identity.statements import text

Numbers = NDArray[np.int64]

BY_NUMBER = "number of either row"
# A row whose number is as issued, or that states none, has nothing wrong with its number.
SOUND = {"own", "none"}
WRONG = "any but own or none"


@dataclass(frozen=True)
class Evaluation:
    """Agreement of resolved persons with true persons, pair by pair of labelled rows.

    `measured` has it by the state of the number (pairs with such a row) and by registry pair, and what the
    probabilities of compared profiles hold. `twins_merged`: persons in whom two of one place and day of birth were
    joined.
    """

    persons: int
    true_persons: int
    rows: int
    twins_merged: int
    measured: Measured

    @property
    def precision(self) -> float:
        """The share of joined pairs that are one person."""
        return self.measured.persons.precision

    @property
    def recall(self) -> float:
        """The share of one person's pairs that are joined."""
        return self.measured.persons.recall

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return self.measured.persons.f1

    @property
    def of_wrong_numbers(self) -> Right:
        """The same, for pairs of which at least one row has a damaged, temporary, rounded, old or foreign number."""
        return self.measured.by_level[BY_NUMBER][WRONG]


@dataclass(frozen=True)
class _Rows:
    """The labelled rows: true and resolved person, state of the number, registry; all numbered."""

    true: Numbers
    person: Numbers
    damage: Numbers
    damages: list[str]
    registry: Numbers
    registries: list[str]


def evaluate(con: duckdb.DuckDBPyConnection, truth: pa.Table) -> Evaluation:
    """Compare core.person_link with labelled rows (columns record_id, true_person); joined pairs are not listed."""
    missing = {"record_id", "true_person"} - set(truth.column_names)
    if missing:
        raise DetectorError(f"the labelled rows lack the column {min(missing)}")
    con.register("labelled_rows", truth)
    try:
        table = con.sql(text("evaluated")).to_arrow_table()
        pairs = con.sql(text("evaluated_pairs")).to_arrow_table()
        twins = con.execute(text("evaluated_twins")).fetchall()[0][0]
    finally:
        con.unregister("labelled_rows")
    rows = _rows(table)
    return Evaluation(
        len(np.unique(rows.person)),
        len(np.unique(rows.true)),
        len(rows.true),
        twins,
        _measured(rows, pairs),
    )


def _rows(table: pa.Table) -> _Rows:
    coded = {}
    for name in table.column_names:
        encoded = table[name].combine_chunks().dictionary_encode()
        # by name: rows come in no order
        order = pc.sort_indices(encoded.dictionary).to_numpy()
        places = np.argsort(order)[encoded.indices.to_numpy()].astype(np.int64)
        coded[name] = (places, encoded.dictionary.take(order).to_pylist())
    return _Rows(
        coded["true_person"][0],
        coded["person_id"][0],
        *coded["damage"],
        *coded["registry"],
    )


def _measured(rows: _Rows, pairs: pa.Table) -> Measured:
    truth = _truth(rows, np.ones(len(rows.true), np.bool_))
    probability = pairs["probability"].to_numpy()
    true = pairs["is_match"].to_numpy(zero_copy_only=False)
    missed = int(pairs["missed"][0].as_py()) if len(pairs) else 0
    linked = probability >= load().link_probability
    return Measured(
        of_persons(rows.person, truth),
        Right(int(linked.sum()), int(true.sum()) + missed, int((linked & true).sum())),
        missed,
        {
            f"{rows.registries[one]} – {rows.registries[other]}": right
            for (one, other), right in sorted(by_sources(rows.person, truth).items())
            if right.true or right.joined
        },
        {BY_NUMBER: _by_damage(rows)},
        brier(probability, true),
        calibration_table(probability, true),
        thresholds(probability, true, missed),
    )


def _truth(rows: _Rows, kept: NDArray[np.bool_]) -> Truth:
    person = np.where(kept, rows.true, UNKNOWN)
    return Truth(person, rows.registry.astype(np.uint8), LinkType.LINK_AND_DEDUPE)


def _by_damage(rows: _Rows) -> dict[str, Right]:
    """Count the pairs with at least one row of each state: all pairs but those without such a row."""
    everything = of_persons(rows.person, _truth(rows, np.ones(len(rows.true), np.bool_)))
    states = {name: rows.damage == at for at, name in enumerate(rows.damages)}
    told = {name: states[name] for name in sorted(states)}
    sound = [which for name, which in states.items() if name in SOUND]
    told[WRONG] = ~np.logical_or.reduce([*sound, np.zeros(len(rows.true), np.bool_)])
    return {
        name: _less(everything, of_persons(rows.person, _truth(rows, ~which)))
        for name, which in told.items()
    }


def _less(whole: Right, part: Right) -> Right:
    return Right(whole.joined - part.joined, whole.true - part.true, whole.right - part.right)
