"""How right last night's persons are, against labelled rows."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import pyarrow as pa

from detectors.contract import DetectorError
from detectors.identity.statements import text


@dataclass(frozen=True)
class Evaluation:
    """Pairwise agreement of resolved persons with true persons, over the labelled rows."""

    persons: int
    true_persons: int
    rows: int
    pairs: int
    true_pairs: int
    right_pairs: int

    @property
    def precision(self) -> float:
        """The share of joined pairs that are one person."""
        return self.right_pairs / self.pairs if self.pairs else 1.0

    @property
    def recall(self) -> float:
        """The share of one person's pairs that are joined."""
        return self.right_pairs / self.true_pairs if self.true_pairs else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def evaluate(con: duckdb.DuckDBPyConnection, truth: pa.Table) -> Evaluation:
    """Compare core.person_link with labelled rows (columns record_id, true_person); pairs are counted, not listed."""
    missing = {"record_id", "true_person"} - set(truth.column_names)
    if missing:
        raise DetectorError(f"the labelled rows lack the column {min(missing)}")
    con.register("labelled_rows", truth)
    try:
        counts = con.execute(text("evaluated")).fetchall()[0]
    finally:
        con.unregister("labelled_rows")
    return Evaluation(*counts)
