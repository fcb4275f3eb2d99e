"""Keep what the lists of the registries show: who was listed where, in what state, from which day to which."""

from collections.abc import Sequence

import duckdb

from pipeline.store.statements import run_file

_LISTS = ("vocational_students", "technical_students", "k12_students", "higher_students")
_OF_A_DAY = ("day", "passed_over", "shown")


def create_roll(con: duckdb.DuckDBPyConnection) -> None:
    """Create the lasting tables of history, unless they are there."""
    _run(con, "ledger")


def note_lists(con: duckdb.DuckDBPyConnection, paths: Sequence[str] | None = None) -> int:
    """Take history from the loaded lists that were not yet seen (or those of `paths`); give their number.

    To be called within a transaction. Each list is taken once, in the order of the days of export, so that a night
    may be repeated and lists be replaced: history stays the same.
    """
    create_roll(con)
    _run(con, "unseen", paths=None if paths is None else list(paths))
    sources = {source for (source,) in con.execute("select source from unseen_list").fetchall()}
    ((lists,),) = con.execute("select count(*) from unseen_list").fetchall()
    if lists:
        for source in _LISTS:
            if source in sources:
                _run(con, source)
        _take(con)
    return int(lists)


def _take(con: duckdb.DuckDBPyConnection) -> None:
    _run(con, "ranked")
    ((days,),) = con.execute("select coalesce(max(day_rank), 0) from ranked_sighting").fetchall()
    for day_rank in range(1, int(days) + 1):
        for step in _OF_A_DAY:
            _run(con, step, day_rank=day_rank)
    _run(con, "taken")


def _run(con: duckdb.DuckDBPyConnection, step: str, **given: object) -> None:
    run_file(con, __package__, f"roll_sql/{step}.sql", given)
