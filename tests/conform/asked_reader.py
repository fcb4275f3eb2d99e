"""One cell, asked of one reader."""

from __future__ import annotations

import duckdb


def read(con: duckdb.DuckDBPyConnection, reader: str, cell: str | None) -> object:
    ((value,),) = con.execute(f"select {reader}($1::varchar)", [cell]).fetchall()
    return value
