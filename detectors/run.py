"""Run every detector whose inputs are there, in parallel, and hold each to its word."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from enum import StrEnum

import duckdb
from duckdb import DuckDBPyConnection

from detectors import feature_tables
from detectors.contract import Detector, DetectorError, Value
from detectors.findings import write
from detectors.parameters import NoPolicyError, as_of, macro_statement, resolve
from detectors.registry import detectors


class RunStatus(StrEnum):
    """What became of a detector tonight."""

    RAN = "ran"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True)
class DetectorRun:
    """A detector in a night: whether its silence means anything, and if not, why."""

    detector_id: str
    status: RunStatus
    reason: str
    findings: int
    seconds: float


class _CannotRunError(DetectorError):
    """Something that the detector needs is not there tonight."""


def run_all(
    con: DuckDBPyConnection,
    *,
    place: str,
    threads: int,
    chosen: Mapping[str, Detector] | None = None,
    on_done: Callable[[DetectorRun], None] = lambda run: None,
) -> list[DetectorRun]:
    """Fill work.finding_<id> for every detector (or those chosen); get what each did, by id.

    Findings of former nights are dropped first: a skipped or failed detector leaves none. A query
    that ran stays as a table macro for analysts: `from de101(lag_days := 30)`.
    """
    to_run = detectors() if chosen is None else chosen
    _clear(con)
    # A full night builds every feature: reports read some that no detector does.
    read = [table for detector in to_run.values() for table in detector.reads.tables]
    broken = _build_features(con, read if chosen is not None else list(feature_tables.features()))
    runs: list[DetectorRun] = []
    with ThreadPoolExecutor(max_workers=threads, thread_name_prefix="detector") as pool:
        begun = [
            pool.submit(_run, con.cursor(), detector, place, broken) for detector in to_run.values()
        ]
        for done in as_completed(begun):
            runs.append(done.result())
            on_done(runs[-1])
    return sorted(runs, key=lambda run: run.detector_id)


def run_one(con: DuckDBPyConnection, detector: Detector, params: Mapping[str, Value]) -> str:
    """Run one detector as it stands; get its finding table, or DetectorError for a broken word."""
    con.execute("create schema if not exists work")
    write(con, detector, params)
    return detector.finding_table


def _clear(con: DuckDBPyConnection) -> None:
    con.execute("create schema if not exists work")
    old = con.execute(
        "select table_name from duckdb_tables()"
        " where schema_name = 'work' and starts_with(table_name, 'finding_')"
    ).fetchall()
    for (table,) in old:
        con.execute(f'drop table work."{table}"')


def _build_features(con: DuckDBPyConnection, tables: Sequence[str]) -> dict[str, str]:
    """Build the features among the tables; get the reason for each that could not be built."""
    broken: dict[str, str] = {}
    for feature in feature_tables.needed(tables):
        causes = [broken[table] for table in feature.reads if table in broken]
        if causes:
            broken[feature.table] = causes[0]
            continue
        try:
            feature_tables.build(con, feature)
        except duckdb.Error as error:
            broken[feature.table] = f"{feature.table}: {in_safe_words(error)}"
    return broken


def _run(
    con: DuckDBPyConnection, detector: Detector, place: str, broken: Mapping[str, str]
) -> DetectorRun:
    begun = time.perf_counter()
    status, reason, findings = RunStatus.RAN, "", 0
    try:
        _check_inputs(con, detector, broken)
        params = resolve(con, detector, place)
        findings = write(con, detector, params)
        if detector.is_sql:
            con.execute(macro_statement(detector, params)).fetchall()
    except (_CannotRunError, NoPolicyError) as cause:
        status, reason = RunStatus.SKIPPED, str(cause)
    except Exception as error:  # noqa: BLE001 — recorded as failed: one must not silence the others
        status, reason = RunStatus.FAILED, in_safe_words(error)
    finally:
        con.close()
    seconds = round(time.perf_counter() - begun, 3)
    return DetectorRun(detector.id, status, reason, findings, seconds)


def _check_inputs(con: DuckDBPyConnection, detector: Detector, broken: Mapping[str, str]) -> None:
    day = as_of(con)
    if not detector.in_force.covers(day):
        raise _CannotRunError(f"not in force on {day}")
    for table in detector.reads.tables:
        if table in broken:
            raise DetectorError(f"could not be worked out: {broken[table]}")
    wanted = (*detector.reads.required_sources, *detector.reads.needs_sources)
    missing = [source for source in dict.fromkeys(wanted) if not _is_delivered(con, source)]
    if missing:
        raise _CannotRunError(f"not delivered: {', '.join(missing)}")


def _is_delivered(con: DuckDBPyConnection, source: str) -> bool:
    ((answer,),) = con.execute("select is_delivered($source)", {"source": source}).fetchall()
    return bool(answer)


_NAMES_ONLY = (duckdb.BinderException, duckdb.CatalogException, duckdb.ParserException)


def in_safe_words(error: BaseException) -> str:
    """Say what failed, without a value from the data: DuckDB quotes the cell it choked on."""
    if isinstance(error, (DetectorError, *_NAMES_ONLY)):
        return str(error).splitlines()[0]
    where = ""
    if isinstance(error, duckdb.Error):
        column = re.search(r"source column (\w+)", str(error))
        where = f" in column {column[1]}" if column else ""
    elif frames := error.__traceback__:
        while frames.tb_next is not None:
            frames = frames.tb_next
        where = f" in {frames.tb_frame.f_code.co_name}, line {frames.tb_lineno}"
    return f"{type(error).__name__}{where}; look closer with `qingji detectors try`"
