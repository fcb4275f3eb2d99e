"""Run the .sql files of the cases, each statement with the values it names."""

import duckdb

from pipeline.store.statements import run_file


def run(con: duckdb.DuckDBPyConnection, name: str, **values: object) -> list[tuple[object, ...]]:
    """Run `sql/<name>.sql` beside this module; give the rows of its last statement."""
    return run_file(con, __package__, f"sql/{name}.sql", values)
