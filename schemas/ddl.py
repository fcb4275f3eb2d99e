"""Create tables from contracts, each table and column with its comment.

One of the few modules that assemble SQL: identifiers come from our own YAML and are quoted here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import duckdb

from schemas.model import Source, Table

PROVENANCE: Mapping[str, tuple[str, str]] = {
    "source_file": ("VARCHAR", "来源文件：exports/ 下的路径 (path below exports/)"),
    "sheet": ("VARCHAR", "工作表，没有则为空字符串 (sheet, empty where there is none)"),
    "source_row": ("BIGINT", "打开文件时看到的行号 (row number seen on opening the file)"),
}
_EXTRA = "合同之外的列，JSON，原样保留 (columns the contract does not know, as they came)"
_RECORD_ID = "记录号：来源、文件、工作表、行号的摘要 (digest of source, file, sheet and row)"


def create_source(con: duckdb.DuckDBPyConnection, source: Source) -> None:
    """Create main.<source>, typed, unless it is there."""
    columns = [(column.name, column.sql_type) for column in source.columns]
    _create(
        con,
        f"main.{source.name}",
        [("record_id", "VARCHAR"), *columns, ("extra", "VARCHAR"), *_provenance()],
    )
    comment_on(con, f"main.{source.name}", source)


def create_table(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Create a clean table, and its schema, unless they are there."""
    _create(con, table.full_name, [(column.name, column.type) for column in table.columns])
    comment_on(con, table.full_name, table)


def comment_on(con: duckdb.DuckDBPyConnection, full_name: str, told: Table | Source) -> None:
    """Comment an existing table and those of its columns that the contract describes.

    What is said already is not said again: a night on a full warehouse has nothing to write here.
    """
    notes = _source_notes(told) if isinstance(told, Source) else _table_notes(told)
    target = quoted(full_name)
    statements = []
    if _said_of_table(con, full_name) != _headline(told):
        statements.append(f"comment on table {target} is {literal(_headline(told))}")
    statements += [
        f"comment on column {target}.{quoted(column)} is {literal(notes[column])}"
        for column, said in _said_of_columns(con, full_name).items()
        if column in notes and said != notes[column]
    ]
    if statements:
        con.execute(";\n".join(statements)).fetchall()


def quoted(name: str) -> str:
    """Write a name, with its schema if it has one, as SQL identifiers."""
    return ".".join('"' + part.replace('"', '""') + '"' for part in name.split("."))


def literal(text: str) -> str:
    """Write a text as an SQL literal; comments take no parameters."""
    return "'" + text.replace("'", "''") + "'"


def _create(
    con: duckdb.DuckDBPyConnection, full_name: str, columns: Iterable[tuple[str, str]]
) -> None:
    schema_name, _, _ = full_name.partition(".")
    listed = ",\n    ".join(f"{quoted(name)} {type_}" for name, type_ in columns)
    con.execute(f"create schema if not exists {quoted(schema_name)}").fetchall()
    con.execute(f"create table if not exists {quoted(full_name)} (\n    {listed}\n)").fetchall()


def _said_of_table(con: duckdb.DuckDBPyConnection, full_name: str) -> str | None:
    found = con.execute(
        "select comment from duckdb_tables() where database_name = current_database()"
        " and schema_name || '.' || table_name = $full_name",
        {"full_name": full_name},
    ).fetchall()
    return found[0][0] if found else None


def _said_of_columns(con: duckdb.DuckDBPyConnection, full_name: str) -> dict[str, str | None]:
    found = con.execute(
        "select column_name, comment from duckdb_columns()"
        " where database_name = current_database()"
        " and schema_name || '.' || table_name = $full_name",
        {"full_name": full_name},
    ).fetchall()
    return dict(found)


def _provenance() -> list[tuple[str, str]]:
    return [(name, type_) for name, (type_, _) in PROVENANCE.items()]


def _headline(told: Table | Source) -> str:
    if isinstance(told, Source):
        return f"{told.title} ({told.title_en})：{told.comment}"
    return f"{told.title}: {told.grain}. {told.comment}"


def _source_notes(source: Source) -> dict[str, str]:
    described = {
        column.name: f"{column.header}：{column.comment} ({column.comment_en})"
        for column in source.columns
    }
    provenance = {name: comment for name, (_, comment) in PROVENANCE.items()}
    return {"record_id": _RECORD_ID, "extra": _EXTRA, **provenance, **described}


def _table_notes(table: Table) -> dict[str, str]:
    return {column.name: column.comment for column in table.columns}
