"""Say the same thing the same way: numbers, names and phones of every row, then rows alike as one profile."""

import duckdb

from detectors.identity import kept
from detectors.identity.model import Model
from detectors.identity.names import spell
from detectors.identity.statements import run


def standardise(con: duckdb.DuckDBPyConnection, model: Model, *, rows_apart: bool = False) -> None:
    """Bring `identity.stated` (a fact, as rows state it) and `identity.profile` (facts alike) up to tonight's rows.

    With `rows_apart` every different row is a profile of its own, as learning needs them; in an empty database only.
    """
    kept.prepare(con)
    run(con, "rows_read")
    ((is_first,),) = con.execute("select count(*) = 0 from identity.row_fact").fetchall()
    run(con, "rows_all" if is_first else "rows_some")
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
