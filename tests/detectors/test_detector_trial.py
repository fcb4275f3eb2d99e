"""A detector is tried on its casebook or on a database, which stays as it was."""

from __future__ import annotations

import duckdb
import pytest

from detectors import header, registry, trial
from detectors.contract import DetectorError
from detectors.scaffold import new
from schemas import catalog, ddl


@pytest.fixture
def one_detector(tmp_path, monkeypatch) -> None:
    """Let the registry hold the scaffold's detector and no other."""
    query, _ = new("DE190", "a long enrolment", tmp_path)
    monkeypatch.setattr(registry, "detector", lambda id_: header.read(query))


@pytest.fixture
def a_warehouse(tmp_path):
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(path)) as con:
        ddl.create_table(con, catalog.tables()["core.enrolment"])
        con.execute("create macro as_of() as date '2024-01-15'")
        con.execute(
            "insert into core.enrolment (person_id, record_id, school_code, registry, started_on,"
            " standing, is_open_in_registry)"
            " values ('P-1', 'r1', '3699000001', 'vocational', date '2018-01-15', 'active', true)"
        )
    return path


def test_without_a_database_the_examples_are_tried(one_detector) -> None:
    tried = trial.try_detector("DE190")
    assert tried.columns == ("example", "outcome")
    assert {outcome for _, outcome in tried.rows} == {"passed"}


def test_on_a_database_the_findings_are_shown_and_nothing_is_written(
    one_detector, a_warehouse
) -> None:
    before = a_warehouse.read_bytes()
    tried = trial.try_detector("DE190", a_warehouse)
    assert tried.columns[0] == "person_id"
    assert [row[0] for row in tried.rows] == ["P-1"]
    assert a_warehouse.read_bytes() == before


def test_a_threshold_can_be_turned_for_a_trial(one_detector, a_warehouse) -> None:
    tried = trial.try_detector("DE190", a_warehouse, turned={"longest_days": 9999})
    assert tried.rows == ()


def test_a_threshold_that_the_detector_lacks_is_refused(one_detector, a_warehouse) -> None:
    with pytest.raises(DetectorError, match="it has: longest_days"):
        trial.try_detector("DE190", a_warehouse, turned={"days": 1})


def test_a_database_without_the_clean_tables_is_named_with_the_remedy(
    one_detector, tmp_path
) -> None:
    path = tmp_path / "registry.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute("create macro as_of() as date '2024-01-15'")
    with pytest.raises(DetectorError, match="private/warehouse"):
        trial.try_detector("DE190", path)


def test_a_database_that_does_not_exist_is_named(one_detector, tmp_path) -> None:
    with pytest.raises(DetectorError, match="there is no such database"):
        trial.try_detector("DE190", tmp_path / "none.duckdb")
