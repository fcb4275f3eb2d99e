"""A world of its own for rows that are to be matched without touching the warehouse."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import pyarrow as pa

from detectors.identity import candidates, compare, standardise, written
from detectors.identity.decisions import ask
from detectors.identity.model import Model


@contextmanager
def world_of(records: pa.Table) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open an in-memory database that holds these rows as core.person_record."""
    con = duckdb.connect()
    try:
        con.execute("create schema core").fetchall()
        con.register("given_records", records)
        con.execute("create table core.person_record as select * from given_records").fetchall()
        con.unregister("given_records")
        written.install(con)
        ask(con)
        yield con
    finally:
        con.close()


def compare_all(con: duckdb.DuckDBPyConnection, model: Model, threads: int = 1) -> None:
    """Run the comparison up to the patterns, with nothing judged or published."""
    standardise.standardise(con, model)
    candidates.find(con, model)
    compare.compare(con, model, threads)
