"""Say the same thing the same way: numbers, names and phones of every row, then rows alike as one profile."""

import duckdb

from detectors.identity.model import Model
from detectors.identity.names import spell
from detectors.identity.statements import run


def standardise(con: duckdb.DuckDBPyConnection, model: Model, *, rows_apart: bool = False) -> None:
    """Write `identity.stated` (a row) and `identity.profile` (what alike rows say together).

    With `rows_apart` every different row is a profile of its own, as learning needs them.
    """
    run(con, "values")
    spell(con)
    run(con, "facts")
    run(con, "stated")
    run(con, "disputed", model.limits)
    run(con, "alike")
    if rows_apart:
        run(con, "rows_apart")
    run(con, "shared_values", model.limits)
    run(con, "repaired")
    run(con, "profiles")
