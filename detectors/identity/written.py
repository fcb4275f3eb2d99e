"""What can be said about one written value: the macros that read numbers, names and phones."""

import duckdb

from detectors.identity.statements import run


def install(con: duckdb.DuckDBPyConnection) -> None:
    """Create the macros that read one written value: id_normalise, id_class, id_birth, name_key and others."""
    run(con, "macros")
