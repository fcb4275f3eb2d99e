"""The SQL macros that read one written value, asked about distinct irregular values only."""

from __future__ import annotations

import threading
from functools import cache

import duckdb
import pyarrow as pa

from detectors.identity.statements import run

_opening = threading.Lock()


@cache
def _connection() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    run(con, "macros")
    return con


def asked(written: pa.Array, expressions: str) -> pa.Table:
    """Give one row for each text, in their order, with the expressions over `written`, which are ours."""
    with _opening:
        cursor = _connection().cursor()
    table = pa.table({"place": pa.array(range(len(written)), pa.int64()), "written": written})
    cursor.register("asked", table)
    statement = f"select {expressions} from asked order by place"  # noqa: S608 - of constants alone
    return cursor.sql(statement).to_arrow_table()
