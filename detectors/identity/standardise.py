"""Say the same thing the same way: numbers, names and phones of every row, then rows alike as one profile."""

import duckdb

from detectors.identity.model import Model
from detectors.identity.names import spell
from detectors.identity.statements import run


def install(con: duckdb.DuckDBPyConnection) -> None:
    """Create the macros that read one written value: id_normalise, id_class, id_birth, name_key and others."""
    run(con, "macros")


def standardise(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Write `identity.stated` (a row) and `identity.profile` (what alike rows say together)."""
    run(con, "values")
    spell(con)
    run(con, "facts")
    run(con, "stated")
    run(con, "disputed", model.limits)
    run(con, "alike")
    run(con, "shared_values", model.limits)
    run(con, "repaired")
    run(con, "profiles")
