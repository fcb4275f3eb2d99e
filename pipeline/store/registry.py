"""Build registry.duckdb: the masked copy of the warehouse that analysts query."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipeline.privacy import masking
from pipeline.store.database import transaction
from pipeline.store.published_tables import LEDGER, PublishedTable, published_tables
from schemas.ddl import create_source, create_table, literal, quoted
from schemas.model import Source

_STORAGE = "v1.5.0"
"""Readable by the DuckDB command line that package indexes offer."""


def build_registry(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Write the published database beside the warehouse that `con` has open; personal values are masked."""
    ledger = _ledger_comments(con)
    with _attached(con, path) as warehouse, transaction(con):
        # The macros are made here too: a query in one database does not see the macros of another.
        masking.install(con)
        for table in published_tables():
            _write(con, table, warehouse)
        for name in ledger:
            _copy(con, name, warehouse, ledger[name])
    path.chmod(0o640)


@contextmanager
def _attached(con: duckdb.DuckDBPyConnection, path: Path) -> Iterator[str]:
    """Make the new database the current one; give the quoted name of the warehouse."""
    warehouse = quoted(str(con.execute("select current_database()").fetchall()[0][0]))
    con.execute(
        f"attach {literal(str(path))} as registry (storage_version '{_STORAGE}')"
    ).fetchall()
    try:
        con.execute("use registry.main").fetchall()
        yield warehouse
        con.execute("checkpoint registry").fetchall()
    finally:
        con.execute(f"use {warehouse}.main").fetchall()
        con.execute("detach registry").fetchall()


def _write(con: duckdb.DuckDBPyConnection, table: PublishedTable, warehouse: str) -> None:
    if isinstance(table.contract, Source):
        create_source(con, table.contract)
        con.execute(f"alter table main.{table.name} drop column extra").fetchall()
    else:
        create_table(con, table.contract)
    listed = ", ".join(table.columns)
    query = table.query.format(warehouse=warehouse)
    con.execute(f"insert into main.{table.name} ({listed}) {query}").fetchall()


def _copy(
    con: duckdb.DuckDBPyConnection, name: str, warehouse: str, comments: dict[str | None, str]
) -> None:
    """Copy a table that names nobody, with its comments; `None` is the table's own."""
    con.execute(f"create table main.{name} as select * from {warehouse}.main.{name}").fetchall()  # noqa: S608 - one of our own tables
    for column, comment in comments.items():
        target = f"table main.{name}" if column is None else f"column main.{name}.{quoted(column)}"
        con.execute(f"comment on {target} is {literal(comment)}").fetchall()


def _ledger_comments(con: duckdb.DuckDBPyConnection) -> dict[str, dict[str | None, str]]:
    """Give, for every ledger table that exists, what it and its columns are."""
    said = con.execute(
        """
        select table_name, null as column_name, comment
        from duckdb_tables()
        where schema_name = 'main' and list_contains($names, table_name)
        union all
        select table_name, column_name, comment
        from duckdb_columns()
        where schema_name = 'main' and list_contains($names, table_name)
        order by all
        """,
        {"names": list(LEDGER)},
    ).fetchall()
    comments: dict[str, dict[str | None, str]] = {}
    for table, column, comment in said:
        described = comments.setdefault(str(table), {})
        if comment is not None:
            described[column] = str(comment)
    return comments
