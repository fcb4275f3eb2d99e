"""The small database in which examples are run: only the tables that the detector declares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from itertools import count

import duckdb
from duckdb import DuckDBPyConnection

from detectors import feature_tables
from detectors.casebook_model import Cell, Given, Row
from detectors.contract import Detector, DetectorError
from detectors.identity import written
from schemas import catalog, ddl, policy

STANDS_IN = {"9901": "1409"}
"""The invented city of all examples lies where the packs of Xinzhou and Shanxi bind."""

_ALWAYS = ("core.delivered", "core.policy_setting")
_PROVENANCE: Mapping[str, Cell] = {
    "extra": None,
    "source_file": "{name}/a.xlsx",
    "sheet": "",
    "source_row": 2,
}


class World:
    """A database for the examples of one detector; each example leaves it as it was."""

    def __init__(self, detector: Detector) -> None:
        self.detector = detector
        # A few rows: threads would only wait for each other.
        self.con = duckdb.connect(config={"threads": 1})
        self._features = feature_tables.needed(detector.reads.tables)
        read_by_features = [table for feature in self._features for table in feature.reads]
        self._tables = tuple(
            table
            for table in dict.fromkeys((*detector.reads.tables, *read_by_features))
            if not table.startswith("feature.")
        )
        for name in ("core", "feature", "work"):
            self.con.execute(f"create schema if not exists {name}")
        for table in dict.fromkeys((*self._tables, *_ALWAYS)):
            _create(self.con, table, detector)
        policy.load(self.con, STANDS_IN)
        # Names and numbers are read in examples as they are at night.
        written.install(self.con)

    def __enter__(self) -> World:
        return self

    def __exit__(self, *_: object) -> None:
        self.con.close()

    @contextmanager
    def holding(self, given: Given, as_of: date) -> Iterator[DuckDBPyConnection]:
        """Give a connection on which just these rows were delivered, until the block ends."""
        self.con.begin()
        try:
            self._fill(given, as_of)
            yield self.con
        finally:
            self.con.rollback()

    def _fill(self, given: Given, as_of: date) -> None:
        if undeclared := sorted(given.keys() - set(self._tables)):
            name = self.detector.casebook_path.name
            raise DetectorError(f"{name}: given: {undeclared[0]} is not in the detector's reads")
        self.con.execute(f"create or replace macro as_of() as date '{as_of.isoformat()}'")
        self.con.execute(
            "create or replace macro is_delivered(wanted) as"
            " exists (select 1 from core.delivered where core.delivered.source = wanted)"
        )
        for table, rows in given.items():
            _insert(self.con, table, _completed(table, rows or ()))
        reads = self.detector.reads
        always: Given = dict.fromkeys((*reads.required, *reads.needs_sources), ())
        delivered = {table: rows for table, rows in (always | given).items() if rows is not None}
        _insert(
            self.con,
            "core.delivered",
            [
                {"source": table, "rows": len(rows)}
                for table, rows in delivered.items()
                if "." not in table
            ],
        )
        for feature in self._features:
            feature_tables.build(self.con, feature)
        self._hide_undeclared()

    def _hide_undeclared(self) -> None:
        """Drop what only the features may read, so that a query that reads it fails."""
        built = tuple(feature.table for feature in self._features)
        declared = self.detector.reads.tables
        for table in (*self._tables, *built):
            if table not in declared and table not in _ALWAYS:
                self.con.execute(f"drop table {table}")


def _create(con: DuckDBPyConnection, table: str, detector: Detector) -> None:
    if table in catalog.tables():
        ddl.create_table(con, catalog.tables()[table])
    elif table in catalog.sources():
        ddl.create_source(con, catalog.sources()[table])
    else:
        raise DetectorError(f"{detector.path.name}: reads: there is no table {table}")


def _completed(table: str, rows: Iterable[Row]) -> list[Row]:
    """Fill each row's other columns: from the examples of a clean table, else with nothing."""
    defaults = _defaults(table)
    numbers = count(1)
    done: list[Row] = []
    for row in rows:
        if unknown := sorted(row.keys() - defaults.keys()):
            raise DetectorError(f"given: {table} has no column {unknown[0]}")
        named = {"record_id": f"r{next(numbers):015d}"} if "record_id" in defaults else {}
        done.append({**defaults, **named, **row})
    return done


def _defaults(table: str) -> Row:
    if table in catalog.tables():
        return {column.name: column.example for column in catalog.tables()[table].columns}
    columns = {column.name: column.stand_in for column in catalog.sources()[table].columns}
    provenance = {
        name: cell.format(name=table) if isinstance(cell, str) else cell
        for name, cell in _PROVENANCE.items()
    }
    return {"record_id": None, **columns, **provenance}


def _insert(con: DuckDBPyConnection, table: str, rows: list[Row]) -> None:
    if not rows:
        return
    columns = ", ".join(f'"{name}"' for name in rows[0])
    marks = ", ".join("?" for _ in rows[0])
    statement = f"insert into {table} ({columns}) values ({marks})"  # noqa: S608 — names from our own contracts
    con.executemany(statement, [list(row.values()) for row in rows])
