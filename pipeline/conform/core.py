"""Build the clean core from the typed sources: persons' records first, the rest once persons are resolved."""

from importlib.resources import files

import duckdb

from detectors.identity import written
from pipeline.conform.person_records import person_record_statement
from pipeline.conform.roll import create_roll, note_lists
from pipeline.errors import BrokenPromiseError
from pipeline.store.database import transaction
from schemas.catalog import sources, tables
from schemas.ddl import create_source, create_table
from schemas.promises import broken_promises

_BUILT_AFTER_PERSONS = (
    "core.school_lineage",
    "core.school",
    "core.change",
    "core.certificate",
    "core.enrolment",
    "core.hold",
    "core.aid",
    "core.delivered",
    "core.roll_history",
)


def prepare(con: duckdb.DuckDBPyConnection) -> None:
    """Create every source and core table that is not there yet, and the macros that queries rely on."""
    con.execute("create schema if not exists core; create schema if not exists work").fetchall()
    for source in sources().values():
        create_source(con, source)
    for table in tables().values():
        create_table(con, table)
    written.install(con)
    create_roll(con)


def build_person_records(con: duckdb.DuckDBPyConnection) -> int:
    """Fill core.person_record from all sources that name people; give the number of rows."""
    with transaction(con):
        con.execute("delete from core.person_record").fetchall()
        con.execute(person_record_statement()).fetchall()
    return int(con.execute("select count(*) from core.person_record").fetchall()[0][0])


def build_core(con: duckdb.DuckDBPyConnection) -> int:
    """Build schools, changes, certificates, enrolments, holds, aid and history; give the number of enrolments.

    Raises BrokenPromiseError when a core table does not hold what its contract promises.
    """
    with transaction(con):
        _hold_to_persons(con)
        note_lists(con)
        for name in _BUILT_AFTER_PERSONS:
            con.execute(f"delete from {name}").fetchall()  # noqa: S608 - our own table names
        folder = files(__package__).joinpath("core_sql")
        for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
            con.execute(file.read_text("utf-8")).fetchall()
        _hold_to_promises(con)
    return int(con.execute("select count(*) from core.enrolment").fetchall()[0][0])


def _hold_to_persons(con: duckdb.DuckDBPyConnection) -> None:
    """Refuse rows without a person: joins would drop them without a word."""
    ((lost,),) = con.execute(
        "select count(*) from core.person_record where record_id not in (select record_id from core.person_link)"
    ).fetchall()
    if lost:
        raise BrokenPromiseError(
            f"{lost} rows that name a person belong to none. Nothing was published; run with --full, "
            "and if it stays, please report it"
        )


def _hold_to_promises(con: duckdb.DuckDBPyConnection) -> None:
    broken = [
        promise for name in _BUILT_AFTER_PERSONS for promise in broken_promises(con, tables()[name])
    ]
    if broken:
        named = "; ".join(f"{one.table}: {one.promise} ({one.rows} rows)" for one in broken)
        raise BrokenPromiseError(
            f"the core does not hold what it promises: {named}. Nothing was published; please report it"
        )
