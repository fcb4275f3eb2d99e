"""What the tests of conforming share: a database in which cells are read."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from pipeline.conform.macros import install_macros


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    con = duckdb.connect()
    install_macros(con)
    yield con
    con.close()
