"""Damage to delivered columns: identity numbers cell by cell, and what most cells of a column share."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import duckdb
import pyarrow as pa

from pipeline.conform.suspicion import suspects
from schemas.ddl import PROVENANCE
from schemas.model import Column, Source

# Numbers longer than the fifteen digits that Excel keeps.
_LONG_NUMBERS = ("account", "student_no")


@dataclass(frozen=True)
class _Examination:
    """A statement of `damage_sql` to ask about a column, beside which it needs others."""

    query: str
    column: Column
    beside: tuple[str, ...] = ()


def enter_damage(con: duckdb.DuckDBPyConnection, source: Source, arriving: pa.Table) -> None:
    """Enter what is damaged in rows of text into main.identity_cells and main.column_issues.

    `arriving` holds whole sheets; rejected rows are examined as well. Needs the macros of `install_macros`.
    """
    for one in _examinations(source):
        name = one.column.name
        if arriving[name].null_count == len(arriving):
            continue
        delivered = arriving.select([name, *one.beside, *PROVENANCE]).rename_columns(
            ["written", *one.beside, *PROVENANCE]
        )
        asked_about = suspects(one.query, delivered)
        if asked_about is None:
            continue
        con.register("delivered_column", asked_about)
        try:
            for statement in _statements(one.query):
                asked = {"source": source.name, "column_name": name, "header": one.column.header}
                con.execute(statement, _named_in(statement, asked)).fetchall()
        finally:
            con.unregister("delivered_column")


def _examinations(source: Source) -> Iterator[_Examination]:
    names = {column.name for column in source.columns}
    for column in source.columns:
        if column.type == "id":
            yield _Examination("identity_cells", column)
        elif column.personal in _LONG_NUMBERS:
            yield _Examination("long_numbers", column)
        elif column.personal == "name":
            yield _Examination("names", column)
        elif column.name == "birth_date" and "id_number" in names:
            yield _Examination("shifted_days", column, ("id_number",))


@cache
def _statements(query: str) -> tuple[str, ...]:
    text = files(__package__).joinpath("damage_sql", f"{query}.sql").read_text("utf-8")
    return tuple(statement.query for statement in duckdb.extract_statements(text))


def _named_in(statement: str, asked: dict[str, str]) -> dict[str, str]:
    """Keep the parameters that a statement names: DuckDB refuses others."""
    return {name: value for name, value in asked.items() if f"${name}" in statement}
