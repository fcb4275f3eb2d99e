"""A table that breaks its word is caught, with the number of rows and no value."""

from __future__ import annotations

import duckdb
import pytest

from schemas.ddl import create_table
from schemas.model import Promise, Table, TableColumn
from schemas.promises import BrokenPromise, broken_promises

RECORD = TableColumn(name="record_id", type="VARCHAR", key=True, example="r1", comment="Record.")
HELD_FROM = TableColumn(
    name="held_from", type="VARCHAR", key=True, example="2023-11-01", comment="First day."
)
REASON = TableColumn(
    name="reason", type="VARCHAR", nullable=True, example=None, comment="Why, if it is said."
)
HOLD = Table(
    schema_name="core",
    name="hold",
    title="中断",
    grain="a hold",
    comment="Holds.",
    columns=(RECORD, HELD_FROM, REASON),
)


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    create_table(con, HOLD)
    return con


def hold(con: duckdb.DuckDBPyConnection, record_id: str | None, held_from: str) -> None:
    con.execute("insert into core.hold values (?, ?, null)", [record_id, held_from]).fetchall()


def test_an_empty_table_keeps_every_promise(con: duckdb.DuckDBPyConnection) -> None:
    assert broken_promises(con, HOLD) == []


def test_rows_that_differ_in_part_of_the_key_keep_it(con: duckdb.DuckDBPyConnection) -> None:
    hold(con, "r1", "2023-11-01")
    hold(con, "r1", "2024-03-01")
    assert broken_promises(con, HOLD) == []


def test_a_key_that_names_two_rows_is_caught(con: duckdb.DuckDBPyConnection) -> None:
    hold(con, "r1", "2023-11-01")
    hold(con, "r1", "2023-11-01")
    assert broken_promises(con, HOLD) == [
        BrokenPromise("core.hold", "record_id, held_from names one row", 2)
    ]


def test_an_empty_cell_that_is_always_filled_is_caught(con: duckdb.DuckDBPyConnection) -> None:
    hold(con, None, "2023-11-01")
    (broken,) = broken_promises(con, HOLD)
    assert str(broken) == "core.hold: record_id is always filled: rows that break it: 1"


def test_a_promise_of_the_contract_is_held_too(con: duckdb.DuckDBPyConnection) -> None:
    promise = Promise(
        name="no_early_holds",
        says="no hold begins before 2020",
        broken_where="held_from < '2020-01-01'",
    )
    hold(con, "r1", "2019-11-01")
    table = HOLD.model_copy(update={"promises": (promise,)})
    assert broken_promises(con, table) == [
        BrokenPromise("core.hold", "no_early_holds (no hold begins before 2020)", 1)
    ]
