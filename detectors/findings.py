"""Write a detector's findings, if they are what its header promises."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Mapping

import pyarrow as pa
from duckdb import DuckDBPyConnection

from detectors.contract import Certainty, Detector, DetectorError, Severity, Value, Verdict

Find = Callable[[DuckDBPyConnection, Mapping[str, Value]], pa.Table]

_ALLOWED = {
    "verdict": tuple(Verdict),
    "severity": tuple(Severity),
    "certainty": tuple(Certainty),
}


def write(con: DuckDBPyConnection, detector: Detector, params: Mapping[str, Value]) -> int:
    """Fill work.finding_<id> and count its rows; DetectorError, and no table, for a broken promise.

    Rows are ordered by the key, so that the same night gives the same table.
    """
    if detector.is_sql:
        _keep(con, detector, detector.body, params)
    else:
        con.register("found", load(detector)(con, params))
        _keep(con, detector, "from found", {})
        con.unregister("found")
    try:
        _check_columns(con, detector)
        _check_values(con, detector)
        _check_keys(con, detector)
    except DetectorError:
        con.execute(f"drop table {detector.finding_table}")
        raise
    _keep(con, detector, f"from {detector.finding_table} order by {', '.join(detector.key)}", {})
    return _count(con, detector, "true")


def load(detector: Detector) -> Find:
    """Get the function find(con, params) of a detector written in Python."""
    name = f"detectors.{detector.family.folder}.{detector.path.stem}"
    spec = importlib.util.spec_from_file_location(name, detector.path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    find: Find | None = getattr(module, "find", None)
    if find is None:
        raise DetectorError(f"{detector.path.name}: define find(con, params)")
    return find


def _keep(
    con: DuckDBPyConnection, detector: Detector, query: str, params: Mapping[str, Value]
) -> None:
    statement = f"create or replace table {detector.finding_table} as {query}"
    con.execute(statement, dict(params)).fetchall()


def _check_columns(con: DuckDBPyConnection, detector: Detector) -> None:
    described = con.execute(f"describe {detector.finding_table}").fetchall()
    returned = tuple(str(row[0]) for row in described)
    if returned == detector.columns:
        return
    lacking = [name for name in detector.columns if name not in returned]
    surplus = [name for name in returned if name not in detector.columns]
    raise DetectorError(
        f"{detector.path.name}: evidence: the columns differ from the header"
        f" (lacking: {', '.join(lacking) or 'none'}; not declared: {', '.join(surplus) or 'none'};"
        f" the order must be: {', '.join(detector.columns)})"
    )


def _check_values(con: DuckDBPyConnection, detector: Detector) -> None:
    name = detector.path.name
    for column, allowed in _ALLOWED.items():
        if column not in detector.columns:
            continue
        values = ", ".join(f"'{value}'" for value in allowed)
        if rows := _count(con, detector, f"{column} is null or {column} not in ({values})"):
            raise DetectorError(f"{name}: {column}: {rows} rows hold none of {values}")
    if rows := _count(con, detector, "missing_inputs is null"):
        raise DetectorError(f"{name}: missing_inputs: null in {rows} rows; write '' for none")
    if rows := _count(con, detector, "verdict = 'needs_evidence' and missing_inputs = ''"):
        raise DetectorError(f"{name}: missing_inputs: {rows} rows need evidence but name no list")


def _check_keys(con: DuckDBPyConnection, detector: Detector) -> None:
    name = detector.path.name
    for column in detector.key:
        if rows := _count(con, detector, f"{column} is null"):
            raise DetectorError(f"{name}: key {column} is null in {rows} rows")
    key = ", ".join(detector.key)
    query = f"select count(*) - count(distinct ({key})) from {detector.finding_table}"  # noqa: S608 — names from our own header
    ((again,),) = con.execute(query).fetchall()
    if again:
        raise DetectorError(f"{name}: key ({key}): {again} rows repeat the key of another row")


def _count(con: DuckDBPyConnection, detector: Detector, where: str) -> int:
    query = f"select count(*) from {detector.finding_table} where {where}"  # noqa: S608 — names from our own header
    ((rows,),) = con.execute(query).fetchall()
    return int(rows)
