"""Which profiles to compare: those that share an exact key, a repaired number, or an inspector's question."""

import duckdb

from detectors.identity.model import Model
from detectors.identity.statements import run

# From this share of changed profiles on it is quicker to look at all keys than to pick some.
_MOST = 0.3


def find(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Write `candidate`, the pairs to be compared tonight; oversized blocks are listed in `identity.split_block`.

    `dirty` are the profiles whose pairs last night's comparison cannot answer for.
    """
    run(con, "keys")
    ((is_most,),) = con.execute(
        "select (select count(*) from changed_content) >= $most * (select count(*) from identity.profile)",
        {"most": _MOST},
    ).fetchall()
    run(con, "most_keys" if is_most else "some_keys")
    run(con, "blocks", model.limits)
    run(con, "candidates", model.limits)
