"""What was done is remembered by its inputs, and every night has its line."""

from __future__ import annotations

from datetime import UTC, date, datetime

import duckdb
import pytest

from detectors.run import DetectorRun
from pipeline.intake.ledger import create_ledger
from pipeline.store import runs, steps
from pipeline.store.database import transaction

DAY = date(2024, 4, 15)
NOON = datetime(2024, 4, 15, 12, tzinfo=UTC)
ONE_PAST = datetime(2024, 4, 15, 12, 1, tzinfo=UTC)


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def test_a_step_is_done_on_the_inputs_it_was_done_on(con: duckdb.DuckDBPyConnection) -> None:
    assert not steps.is_done(con, "core", "a")
    steps.mark_done(con, "core", "a")
    assert steps.is_done(con, "core", "a")
    assert not steps.is_done(con, "core", "b")
    steps.mark_done(con, "core", "b")
    assert not steps.is_done(con, "core", "a")


def test_a_step_that_was_begun_again_is_no_longer_done(con: duckdb.DuckDBPyConnection) -> None:
    steps.mark_done(con, "core", "a")
    steps.mark_undone(con, "core")
    assert not steps.is_done(con, "core", "a")


def test_inputs_are_told_apart_by_every_part() -> None:
    assert steps.inputs_digest("a", "b") == steps.inputs_digest("a", "b")
    assert steps.inputs_digest("a", "b") != steps.inputs_digest("b", "a")


def test_runs_about_one_day_are_numbered(con: duckdb.DuckDBPyConnection) -> None:
    assert runs.begin(con, DAY, NOON) == "2024-04-15-1"
    assert runs.begin(con, DAY, ONE_PAST) == "2024-04-15-2"
    assert runs.begin(con, date(2024, 4, 16), ONE_PAST) == "2024-04-16-1"


def test_what_detectors_did_is_kept_and_told(con: duckdb.DuckDBPyConnection) -> None:
    run_id = runs.begin(con, DAY, NOON)
    done = [
        DetectorRun("DE101", "ran", "", 3, 0.5),
        DetectorRun("SA401", "failed", "a column is missing", 0, 0.1),
    ]
    runs.record_detectors(con, run_id, done)
    assert runs.detectors_of(con, run_id) == done
    assert runs.failed_detectors(con, run_id) == ["SA401"]


def test_a_run_on_the_same_inputs_repeats_the_last_lines(con: duckdb.DuckDBPyConnection) -> None:
    first = runs.begin(con, DAY, NOON)
    runs.record_detectors(con, first, [DetectorRun("DE101", "ran", "", 3, 0.5)])
    second = runs.begin(con, DAY, ONE_PAST)
    runs.repeat_detectors(con, second)
    assert runs.detectors_of(con, second) == [DetectorRun("DE101", "ran", "", 3, 0.0)]


def test_a_run_is_closed_with_what_it_came_to(con: duckdb.DuckDBPyConnection) -> None:
    create_ledger(con)
    con.execute("create table cases (status varchar, last_changed_on date)")
    con.execute("insert into cases values ('new', $1), ('open', $1), ('gone', $1)", [DAY])
    run_id = runs.begin(con, DAY, NOON)
    runs.close(con, run_id, ONE_PAST)
    assert con.execute(
        "select rows, cases, new_cases, gone_cases, seconds from runs"
    ).fetchall() == [(0, 2, 1, 1, 60.0)]


def interrupted(con: duckdb.DuckDBPyConnection) -> None:
    with transaction(con):
        con.execute("insert into t values (1)")
        raise KeyboardInterrupt


def test_a_transaction_that_is_interrupted_leaves_nothing(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("create table t (n integer)")
    with pytest.raises(KeyboardInterrupt):
        interrupted(con)
    assert con.execute("from t").fetchall() == []
