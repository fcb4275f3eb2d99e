"""One night of matching: standardise, candidates, compare, weigh, cluster, publish."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from detectors.identity import candidates, compare, kept, standardise, weights, written
from detectors.identity.cluster import cluster
from detectors.identity.decisions import ask
from detectors.identity.model import Model, among_rows, load
from detectors.identity.statements import run
from schemas.catalog import tables
from schemas.ddl import create_table


@dataclass(frozen=True)
class Resolution:
    """What a night's matching came to, in counts."""

    persons: int
    records: int
    pairs: int
    refused: int
    split_blocks: int


def resolve(
    con: duckdb.DuckDBPyConnection, *, threads: int, model: Model | None = None, full: bool = False
) -> Resolution:
    """Resolve core.person_record to persons; write core.person_link, core.person and the identity schema.

    What the last night worked out is used again where its rows, and all that it depends on, are as they were; the
    persons are those of a `full` run. Another model, matcher or earlier day works everything out anew.
    """
    reviewed = model or load()
    for name in ("core.person_link", "core.person"):
        create_table(con, tables()[name])
    is_anew = full or not kept.is_reusable(con, reviewed)
    if is_anew:
        kept.forget(con)
    kept.begin(con)
    written.install(con)
    ask(con)
    standardise.standardise(con, reviewed)
    candidates.find(con, reviewed)
    compare.compare(con, reviewed, threads)
    weights.weigh(con, among_rows(con, reviewed))
    cluster(con, reviewed)
    run(con, "persons")
    run(con, "links")
    _publish(con, is_anew=is_anew)
    kept.end(con, reviewed)
    return _counts(con)


def _publish(con: duckdb.DuckDBPyConnection, *, is_anew: bool) -> None:
    """Hand over links, persons, their changes and history together or not at all."""
    con.begin()
    try:
        run(con, "person_changes")
        run(con, "relinked_all" if is_anew else "relinked_some")
        run(con, "published")
    except duckdb.Error:
        con.rollback()
        raise
    con.commit()


def _counts(con: duckdb.DuckDBPyConnection) -> Resolution:
    counted = con.execute(
        """
        select
            (select count(*) from core.person),
            (select count(*) from core.person_link),
            (select count(*) from identity.pair),
            (select count(*) from identity.refused),
            (select count(*) from identity.split_block)
        """
    ).fetchall()[0]
    return Resolution(*counted)
