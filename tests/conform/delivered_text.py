"""Deliveries as text: rows on the page, as they arrive from the readers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb
import pyarrow as pa

from pipeline.conform.typing import install_macros, type_arriving
from pipeline.intake.ledger import create_ledger
from pipeline.store.database import set_as_of
from schemas.catalog import source
from schemas.ddl import create_source

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
    """Let rows of text arrive; `unread` more rows of the sheet could not be read at all."""
    place = {"source_file": f"{name}/{file}", "sheet": ""}
    schema = pa.schema(
        [
            *((column.name, pa.string()) for column in source(name).columns),
            *((column, pa.string()) for column in ("extra", "source_file", "sheet")),
            ("source_row", pa.int64()),
        ]
    )
    arriving = pa.Table.from_pylist(
        [
            {**always, **row, **place, "source_row": number}
            for number, row in enumerate(rows, start=FIRST_ROW)
        ],
        schema=schema,
    )
    con.execute("create schema if not exists delivered").fetchall()
    con.register("on_the_page", arriving)
    con.execute(
        f"create table if not exists delivered.{name} as from on_the_page limit 0"
    ).fetchall()
    con.execute(f"insert into delivered.{name} from on_the_page").fetchall()
    con.unregister("on_the_page")
    for number in range(unread):
        con.execute(
            "insert into rejected_rows values (?, ?, '', ?, null, 'more cells than headings', 'read')",
            [name, place["source_file"], 900 + number],
        )


def type_them(con: duckdb.DuckDBPyConnection, name: str) -> tuple[int, int, int]:
    """Type a source; give rows loaded, rows rejected and cells left empty."""
    install_macros(con)
    create_source(con, source(name))
    con.execute(f"create or replace temp view arriving as from delivered.{name}").fetchall()
    counts = type_arriving(con, source(name))
    return (
        sum(count.loaded for count in counts),
        sum(count.rejected for count in counts),
        sum(count.issues for count in counts),
    )
