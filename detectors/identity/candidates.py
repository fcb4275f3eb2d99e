"""Which profiles to compare: those that share an exact key, a repaired number, or an inspector's question."""

import duckdb

from detectors.identity.model import Model
from detectors.identity.statements import run


def find(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Write `identity.candidate`; oversized blocks are listed in `identity.split_block`."""
    run(con, "keys")
    run(con, "candidates", model.limits)
