"""Typed rows of registries on the page, each naming the person it is about, and the core built from them."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import count

import duckdb

from pipeline.conform.core import build_core, prepare
from pipeline.conform.typing import install_macros
from pipeline.intake.ledger import create_ledger
from pipeline.store.database import set_as_of
from schemas.catalog import source

NUMBER = "G990102200705010027"
OURS, OTHER, THIRD = "3699000001", "3699000002", "3699000003"
_ROWS = count(2)

Cell = str | int | float | date | bool | None


def an_empty_core(as_of: str = "2024-04-15") -> duckdb.DuckDBPyConnection:
    con = _prepared()
    filled = con.execute(
        "select schema_name || '.' || table_name from duckdb_tables() "
        "where schema_name in ('main', 'core') and estimated_size > 0"
    ).fetchall()
    for (table,) in filled:
        con.execute(f"delete from {table}")
    set_as_of(con, as_of)
    return con


@cache
def _prepared() -> duckdb.DuckDBPyConnection:
    """Prepare one database for all tests: fifty tables with their comments take half a second."""
    con = duckdb.connect(config={"threads": 1})
    set_as_of(con, "2024-04-15")
    create_ledger(con)
    install_macros(con)
    prepare(con)
    return con


def put(
    con: duckdb.DuckDBPyConnection, delivery: str, person: str | None = None, /, **cells: Cell
) -> str:
    """Deliver a typed row; with a person, it is linked to them. Give its record_id."""
    row = next(_ROWS)
    record_id = f"r{row:05}"
    filled: dict[str, Cell] = {
        "record_id": record_id,
        **cells,
        "source_file": f"{delivery}/a.xlsx",
        "sheet": "",
        "source_row": row,
    }
    columns = {column.name for column in source(delivery).columns}
    assert cells.keys() <= columns, cells.keys() - columns
    con.execute(
        f"insert into main.{delivery} ({', '.join(filled)}) values ({', '.join('?' for _ in filled)})",
        list(filled.values()),
    )
    if person is not None:
        con.execute(
            "insert into core.person_link values (?, ?, 1, '证件号一致')", [record_id, person]
        )
    return record_id


def at_vocational(con: duckdb.DuckDBPyConnection, person: str = "甲", **cells: Cell) -> str:
    row: dict[str, Cell] = {
        "student_no": NUMBER,
        "name": f"虚构{person}",
        "id_number": "990102200705010027",
        "school_code": OURS,
        "entry_month": 202109,
        "program_years": 3,
        "status": "active",
    }
    return put(con, "vocational_students", person, **(row | cells))


def at_technical(con: duckdb.DuckDBPyConnection, person: str = "甲", **cells: Cell) -> str:
    row: dict[str, Cell] = {
        "student_no": "JG0001",
        "name": f"虚构{person}",
        "id_number": "990102200705010027",
        "school_code": "JG99001",
        "entry_month": 202109,
        "level": "intermediate",
        "status": "active",
    }
    return put(con, "technical_students", person, **(row | cells))


def at_k12(con: duckdb.DuckDBPyConnection, person: str = "甲", **cells: Cell) -> str:
    row: dict[str, Cell] = {
        "student_no": NUMBER,
        "name": f"虚构{person}",
        "school_code": "3499000001",
        "stage": "high",
        "entry_month": 202109,
        "status": "active",
    }
    return put(con, "k12_students", person, **(row | cells))


def at_college(con: duckdb.DuckDBPyConnection, person: str = "甲", **cells: Cell) -> str:
    row: dict[str, Cell] = {
        "student_no": "2021000001",
        "name": f"虚构{person}",
        "id_number": "990102200705010027",
        "school_code": "4199000001",
        "level": "专科",
        "study_form": "full_time",
        "entry_date": date(2021, 9, 1),
        "expected_end": date(2024, 7, 1),
        "status": "active",
    }
    return put(con, "higher_students", person, **(row | cells))


def change(
    con: duckdb.DuckDBPyConnection,
    kind: str,
    on: str,
    person: str | None = "甲",
    **cells: Cell,
) -> str:
    row: dict[str, Cell] = {
        "registry": "vocational",
        "student_no": NUMBER,
        "change_type": kind,
        "changed_on": on,
        "review_status": "已通过",
    }
    return put(con, "status_changes", person, **(row | cells))


def certificate(con: duckdb.DuckDBPyConnection, on: str, person: str = "甲", **cells: Cell) -> str:
    row: dict[str, Cell] = {
        "registry": "vocational",
        "certificate_no": "992024000001",
        "name": f"虚构{person}",
        "id_number": "990102200705010027",
        "school_code": OURS,
        "graduated_on": on,
        "certificate_kind": "毕业",
    }
    return put(con, "graduates", person, **(row | cells))


def aid(con: duckdb.DuckDBPyConnection, person: str = "甲", **cells: Cell) -> str:
    row: dict[str, Cell] = {
        "registry": "vocational",
        "school_year": "2022-2023",
        "term": "autumn",
        "aid_item": "grant",
        "school_code": OURS,
        "name": f"虚构{person}",
        "id_number": "990102200705010027",
        "amount": 1000,
    }
    return put(con, "aid_payments", person, **(row | cells))


def school(con: duckdb.DuckDBPyConnection, code: str, **cells: Cell) -> None:
    row: dict[str, Cell] = {
        "school_code": code,
        "school_name": f"虚构{code}",
        "kind": "vocational",
        "region_code": "990102",
    }
    put(con, "schools", **(row | cells))


def merged(
    con: duckdb.DuckDBPyConnection, old: str, new: str | None, on: str, kind: str = "合并"
) -> None:
    put(con, "school_events", happened_on=on, kind=kind, old_code=old, new_code=new)


def delivered(
    con: duckdb.DuckDBPyConnection,
    name: str,
    *,
    file: str = "a.xlsx",
    rows: int,
    status: str = "loaded",
) -> None:
    con.execute(
        "insert into deliveries by name select ? as source, ? as source_file, '' as sheet, 'x' as sha256, "
        "? as rows_read, ? as rows_loaded, 0 as rows_rejected, ? as status, '' as message, "
        "date '2024-04-15' as first_loaded_at, 1 as bytes, 1 as modified_ns, 'c' as contract",
        [name, f"{name}/{file}", rows, rows, status],
    )


def build(con: duckdb.DuckDBPyConnection) -> None:
    """Make the linked persons, then the core from all that was put."""
    con.execute("delete from core.person")
    con.execute(
        "insert into core.person (person_id, records, registries) "
        "select person_id, count(*), '' from core.person_link group by person_id"
    )
    build_core(con)


def rows_of(
    con: duckdb.DuckDBPyConnection, table: str, columns: str, record_id: str | None = None
) -> list[tuple[str | None, ...]]:
    """Give columns of a core table, of one record or of all, as text."""
    listed = ", ".join(f"{column.strip()}::varchar" for column in columns.split(","))
    where = f"where record_id = '{record_id}'" if record_id else ""
    found = con.execute(f"select {listed} from core.{table} {where} order by all").fetchall()
    return list(found)


def spell(con: duckdb.DuckDBPyConnection, record_id: str, columns: str) -> tuple[str | None, ...]:
    """Give columns of one enrolment."""
    (row,) = rows_of(con, "enrolment", columns, record_id)
    return row


END = "ended_on, end_basis, end_event, standing, is_open_in_registry"
OPEN = (None, None, None, "active", "true")
