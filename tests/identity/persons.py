"""Rows of core.person_record as a test states them, and the persons that come of them."""

from __future__ import annotations

from datetime import date

import duckdb
from invented_students import with_check_digit

from detectors.identity.resolution import resolve
from schemas.catalog import tables
from schemas.ddl import create_table

BORN = date(2007, 5, 1)


def a_number(sequence: int = 2, born_on: date = BORN, county: str = "990102") -> str:
    """A valid, invented identity number; odd sequences are boys."""
    return with_check_digit(f"{county}{born_on:%Y%m%d}{sequence:03d}")


def a_database(
    *rows: dict[str, object], as_of: date = date(2024, 4, 15)
) -> duckdb.DuckDBPyConnection:
    """A database with these rows; each is called by its `record_id`, else r1, r2 … in order."""
    con = duckdb.connect()
    con.execute(f"create macro as_of() as date '{as_of}'").fetchall()
    table = tables()["core.person_record"]
    con.execute("create schema core").fetchall()
    create_table(con, table)
    add(con, *rows)
    return con


def add(con: duckdb.DuckDBPyConnection, *rows: dict[str, object]) -> None:
    present = con.execute("select count(*) from core.person_record").fetchall()[0][0]
    for at, row in enumerate(rows, start=present + 1):
        whole = {
            "record_id": f"r{at}",
            "source": "s",
            "source_file": "s/a.csv",
            "sheet": "",
            "source_row": at,
        } | row
        columns = ", ".join(whole)
        holes = ", ".join("?" * len(whole))
        con.execute(
            f"insert into core.person_record ({columns}) values ({holes})", list(whole.values())
        ).fetchall()


def persons(con: duckdb.DuckDBPyConnection) -> set[frozenset[str]]:
    """Resolve, and give the rows of each person."""
    resolve(con, threads=1)
    return groups(con)


def groups(con: duckdb.DuckDBPyConnection) -> set[frozenset[str]]:
    rows = con.execute("select list(record_id) from core.person_link group by person_id").fetchall()
    return {frozenset(members) for (members,) in rows}


def together(*records: str) -> frozenset[str]:
    return frozenset(records)
