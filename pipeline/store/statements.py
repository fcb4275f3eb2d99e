"""Run the .sql files of our packages, statement by statement, each with the values that it names."""

from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType

import duckdb

_NOTHING: Mapping[str, object] = MappingProxyType({})


def run_file(
    con: duckdb.DuckDBPyConnection,
    package: str,
    path: str,
    values: Mapping[str, object] = _NOTHING,
) -> list[tuple[object, ...]]:
    """Run `path` below a package; give the rows of its last statement. KeyError where a named value is missing."""
    text = files(package).joinpath(path).read_text("utf-8")
    rows: list[tuple[object, ...]] = []
    for statement in con.extract_statements(text):
        named = {name: values[name] for name in statement.named_parameters}
        rows = con.execute(statement, named).fetchall()
    return rows
