"""Pairs of rows that somebody has decided on, for learning: inspectors' decisions and labelled pairs."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import pyarrow as pa

from detectors.contract import DetectorError
from detectors.identity.pattern import Pattern
from detectors.identity.statements import text
from detectors.identity.weights import patterns

COLUMNS = ("record_a", "record_b", "is_match")


def of_workspace(con: duckdb.DuckDBPyConnection, labelled: pa.Table | None) -> pa.Table:
    """Give inspectors' decisions and the labelled pairs as record_a, record_b, is_match: the last word on each pair."""
    known = con.execute(
        "select 1 from duckdb_tables() where schema_name = 'identity' and table_name = 'asked'"
    ).fetchall()
    parts = []
    if known:
        rows = con.execute(
            "select record_id_a, record_id_b, decision = 'must_link' from identity.asked order by all"
        ).fetchall()
        parts.append(_pairs(rows))
    if labelled is not None:
        if missing := set(COLUMNS) - set(labelled.column_names):
            raise DetectorError(f"the labelled pairs lack the column {min(missing)}")
        parts.append(labelled.select(COLUMNS).cast(_pairs([]).schema))
    return pa.concat_tables(parts) if parts else _pairs([])


def _pairs(rows: list[tuple[str, str, bool]]) -> pa.Table:
    schema = pa.schema(
        [("record_a", pa.string()), ("record_b", pa.string()), ("is_match", pa.bool_())]
    )
    return pa.Table.from_pylist([dict(zip(COLUMNS, row, strict=True)) for row in rows], schema)


def ask(con: duckdb.DuckDBPyConnection, decisions: pa.Table) -> None:
    """Have the decided pairs compared, whether a key finds them or not."""
    con.register("decided_pairs", decisions)
    con.execute(
        "insert into identity.asked select record_a, record_b, 'explain' from decided_pairs"
    ).fetchall()
    con.unregister("decided_pairs")


def by_pattern(
    con: duckdb.DuckDBPyConnection, decisions: pa.Table
) -> Mapping[Pattern, tuple[int, int]]:
    """Count the decisions on pairs of each pattern: found to be one person, found to be two."""
    if not len(decisions):
        return {}
    con.register("decided_pairs", decisions)
    counted = con.execute(text("decided_patterns")).fetchall()
    con.unregister("decided_pairs")
    named = {number: pattern for number, pattern, _ in patterns(con)}
    return {named[number]: (ones, others) for number, ones, others in counted}
