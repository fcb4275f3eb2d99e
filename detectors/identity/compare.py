"""How far candidate pairs agree: distinct values are measured once, pairs become patterns of agreement."""

from collections.abc import Callable
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from rapidfuzz import process
from rapidfuzz.distance import OSA, Levenshtein

from detectors.identity.model import Model
from detectors.identity.statements import run

# DuckDB's own distances count bytes, which is wrong for Chinese; rapidfuzz counts characters.
SCORERS: dict[str, tuple[Callable[..., Any], int]] = {
    "name": (OSA.distance, 1),
    "number": (OSA.distance, 1),
    "address": (Levenshtein.normalized_distance, 100),
}

# From so many pairs a profile on it is quicker to look at all profiles than to pick some.
_MOST = 0.3


def _measured(kind: str, pairs: pa.Table, threads: int) -> pa.Table:
    scorer, scale = SCORERS[kind]
    distances = process.cpdist(
        pairs["value_a"].to_pylist(),
        pairs["value_b"].to_pylist(),
        scorer=scorer,
        dtype=np.float64,
        workers=threads,
    )
    whole = pa.array(np.rint(np.asarray(distances) * scale).astype(np.int32))
    return pairs.append_column("distance", whole)


def measure(con: duckdb.DuckDBPyConnection, threads: int) -> None:
    """Write `distance`: edits between two names or numbers, per cent between addresses."""
    run(con, "distances")
    measured = []
    for kind in SCORERS:
        query = "select kind, value_a, value_b from value_pair where kind = $kind"
        pairs = con.sql(query, params={"kind": kind}).to_arrow_table()
        measured.append(_measured(kind, pairs, threads))
    con.register("measured_pairs", pa.concat_tables(measured))
    con.execute(
        """
        create or replace temp table distance as
        select kind, value_a, value_b, distance from measured_pairs
        """
    ).fetchall()
    con.unregister("measured_pairs")


def compare(con: duckdb.DuckDBPyConnection, model: Model, threads: int) -> None:
    """Bring `identity.agreement` (a pair of profiles) up to tonight; write `identity.pattern` (how often each)."""
    ((is_most,),) = con.execute(
        "select (select count(*) from candidate) >= $most * (select count(*) from identity.profile)",
        {"most": _MOST},
    ).fetchall()
    run(con, "compared_all" if is_most else "compared_some")
    measure(con, threads)
    run(con, "agreement", model.limits)
    run(con, "patterns")
