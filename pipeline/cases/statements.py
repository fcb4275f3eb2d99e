"""Run the .sql files beside this module, statement by statement, each with the values it names."""

from importlib.resources import files

import duckdb

Value = object


def run(con: duckdb.DuckDBPyConnection, name: str, **values: Value) -> list[tuple[Value, ...]]:
    """Run `sql/<name>.sql`; give the rows of its last statement."""
    text = files(__package__).joinpath("sql", f"{name}.sql").read_text("utf-8")
    rows: list[tuple[Value, ...]] = []
    for statement in con.extract_statements(text):
        named = {key: values[key] for key in statement.named_parameters}
        rows = con.execute(statement, named).fetchall()
    return rows
