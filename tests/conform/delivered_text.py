"""Deliveries as text: rows for raw.<source> on the page, with an account of the sheet they came in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import duckdb

from pipeline.conform import type_sources
from pipeline.intake.ledger import create_ledger
from pipeline.store.database import set_as_of
from schemas.catalog import source
from schemas.ddl import create_raw

Cells = Mapping[str, str | None]
FIRST_ROW = 2


def a_warehouse() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    set_as_of(con, "2024-04-15")
    create_ledger(con)
    return con


def deliver(
    con: duckdb.DuckDBPyConnection,
    name: str,
    rows: Sequence[Cells],
    *,
    file: str = "a.xlsx",
    unread: int = 0,
    **always: str,
) -> None:
    """Put rows of text into raw.<name>; `unread` more rows of the sheet could not be read at all."""
    create_raw(con, source(name))
    place = {"source_file": f"{name}/{file}", "sheet": ""}
    for number, row in enumerate(rows, start=FIRST_ROW):
        cells = {**always, **row, **place, "source_row": number}
        marks = ", ".join("?" for _ in cells)
        con.execute(
            f"insert into raw.{name} ({', '.join(cells)}) values ({marks})", list(cells.values())
        )
    for number in range(unread):
        con.execute(
            "insert into rejected_rows values (?, ?, '', ?, null, 'more cells than headings', 'read')",
            [name, place["source_file"], 900 + number],
        )
    con.execute(
        "insert into deliveries values (?, ?, '', 'x', ?, ?, ?, 'loaded', '', ?, 1, 1, 'c', null)",
        [name, place["source_file"], len(rows) + unread, len(rows), unread, date(2024, 4, 15)],
    )


def type_them(con: duckdb.DuckDBPyConnection, name: str) -> tuple[int, int, int]:
    """Type a source; give rows loaded, rows rejected and cells left empty."""
    (typed,) = type_sources(con, [name])
    return typed.rows_loaded, typed.rows_rejected, typed.cell_issues
