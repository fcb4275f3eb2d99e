"""Deliveries as text: rows on the page, as they arrive from the readers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb
import pyarrow as pa

from pipeline.conform.typing import SheetCount, install_macros, type_arriving
from pipeline.intake.ledger import create_ledger
from pipeline.store.database import set_as_of, transaction
from schemas.catalog import source
from schemas.ddl import create_source

Cells = Mapping[str, str | None]
FIRST_ROW = 2


def a_warehouse() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    set_as_of(con, "2024-04-15")
    create_ledger(con)
    install_macros(con)
    return con


def delivered(
    name: str, rows: Sequence[Cells], *, file: str = "a.xlsx", sheet: str = ""
) -> pa.Table:
    """Make rows of text as they arrive, from the second row of a file on."""
    place = {"source_file": f"{name}/{file}", "sheet": sheet}
    schema = pa.schema(
        [
            *((column.name, pa.string()) for column in source(name).columns),
            *((column, pa.string()) for column in ("extra", "source_file", "sheet")),
            ("source_row", pa.int64()),
        ]
    )
    return pa.Table.from_pylist(
        [row | place | {"source_row": number} for number, row in enumerate(rows, start=FIRST_ROW)],
        schema=schema,
    )


def type_rows(
    con: duckdb.DuckDBPyConnection, name: str, *tables: pa.Table, **slices: int
) -> list[SheetCount]:
    """Type rows of a source, all in one transaction."""
    create_source(con, source(name))
    with transaction(con):
        return type_arriving(con, source(name), [pa.concat_tables(tables)], **slices)
