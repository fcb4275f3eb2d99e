"""Gather tonight's findings of all detectors into one shape, with their lasting case ids."""

from collections.abc import Iterable, Mapping
from datetime import date

import duckdb
import pyarrow as pa

from detectors.contract import Detector
from detectors.run import DetectorRun
from pipeline.cases.statements import run
from pipeline.privacy import masking
from schemas.catalog import sources, tables


def gather(
    con: duckdb.DuckDBPyConnection,
    runs: Iterable[DetectorRun],
    detectors: Mapping[str, Detector],
    as_of: date,
) -> None:
    """Fill the temporary tables `found` and `content` with tonight's cases as far as rows can tell."""
    run(con, "found_tables")
    ran = sorted(one.detector_id for one in runs if one.status == "ran")
    _remember_who_ran(con, ran)
    for detector_id in ran:
        _gather_one(con, detectors[detector_id])
    _mask(con)
    run(con, "amounts", as_of=as_of)
    _cite(con)
    run(con, "content")


def _remember_who_ran(con: duckdb.DuckDBPyConnection, ran: list[str]) -> None:
    con.register("detector_list", pa.table({"detector_id": pa.array(ran, pa.string())}))
    con.execute(
        "create or replace temp table detector_night as select detector_id from detector_list"
    ).fetchall()
    con.unregister("detector_list")


def _gather_one(con: duckdb.DuckDBPyConnection, detector: Detector) -> None:
    run(
        con,
        "found",
        finding_table=detector.finding_table,
        detector=detector.id,
        key=list(detector.key),
        route=detector.route,
        severity=str(detector.severity),
        certainty=str(detector.certainty),
        kind=str(detector.subject),
    )


def _mask(con: duckdb.DuckDBPyConnection) -> None:
    """Write the evidence a second time with personal values masked, by the marks in the schemas."""
    masking.install(con)
    con.register("personal_column", masking.personal_columns(sources().values(), tables().values()))
    run(con, "masked_evidence")
    con.unregister("personal_column")


def _cite(con: duckdb.DuckDBPyConnection) -> None:
    """Find file, sheet and row of every record that a finding mentions."""
    run(con, "cite_wanted")
    if run(con, "cite_persons") == [(0,)]:
        return
    for name in sources():
        if _is_typed(con, name):
            run(con, "cite_source", source=name, source_table=f"main.{name}")


def _is_typed(con: duckdb.DuckDBPyConnection, source: str) -> bool:
    found = con.execute(
        "select 1 from duckdb_tables() where schema_name = 'main' and table_name = $source",
        {"source": source},
    ).fetchall()
    return bool(found)
