"""The SQL files beside this module, run by name."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import duckdb

Values = Mapping[str, str | int | float]


@cache
def text(name: str) -> str:
    """Read the statements of one file."""
    return (files(__package__) / f"{name}.sql").read_text(encoding="utf-8")


def run(con: duckdb.DuckDBPyConnection, name: str, values: Values | None = None) -> None:
    """Run a file's statements, each with the parameters that it names.

    Every statement is fetched to its end: a result left open would block the next.
    """
    for statement in con.extract_statements(text(name)):
        wanted = {name: (values or {})[name] for name in statement.named_parameters}
        con.execute(statement, wanted).fetchall()
