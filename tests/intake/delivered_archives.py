"""An archive delivered to the source of special statuses, and what becomes of its members."""

from __future__ import annotations

from pathlib import Path

import duckdb
from delivered_files import (
    DISABLED,
    FARMER,
    SOURCE,
    VETERAN,
    a_warehouse,
    account,
    put,
    roll,
)

from pipeline.intake import collect

BUNDLE = f"{SOURCE}/bundle.zip"


ONE = roll(VETERAN)


TWO = roll(DISABLED)


THREE = roll(FARMER)


def collected(exports: Path, **files: bytes) -> duckdb.DuckDBPyConnection:
    put(exports, {BUNDLE if name == "bundle" else name: file for name, file in files.items()})
    con = a_warehouse()
    collect(con, exports)
    return con


def statuses(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    return {file.removeprefix(f"{SOURCE}/"): status for file, _, status, _, _ in account(con)}
