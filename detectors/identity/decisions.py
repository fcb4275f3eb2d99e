"""Pairs of rows that somebody asks about: inspectors' decisions, and a question put to `explain`."""

import duckdb

from detectors.identity.statements import run

_EMPTY = """
create schema if not exists identity;
create table if not exists identity.must_link (record_id_a varchar, record_id_b varchar);
create table if not exists identity.must_not_link (record_id_a varchar, record_id_b varchar);
create table if not exists identity.decided_row (
    record_id varchar,
    said_key varchar,
    who_key varchar
);
alter table identity.decided_row add column if not exists place_id varchar;
create table if not exists identity.person_history (
    profile_key varchar,
    person_id varchar,
    since_on date
);
create table if not exists identity.person_change (
    changed_on date,
    event varchar,
    person_id varchar,
    former_id varchar,
    records bigint
);
"""


def prepare(con: duckdb.DuckDBPyConnection) -> None:
    """Create the tables of decisions that are not there yet, and the macros said_key and who_key.

    `identity.must_link` and `identity.must_not_link` name two rows each, by any name that `identity.decided_row`
    explains (where the row stood and what it said), or by their record_id.
    """
    con.execute(_EMPTY).fetchall()
    run(con, "said")


def ask(con: duckdb.DuckDBPyConnection) -> None:
    """Write `identity.asked` from the tables of decisions, which are made empty if there are none."""
    prepare(con)
    run(con, "asked")


def is_prepared(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether persons were ever resolved in this database, so that rows can be known again."""
    found = con.execute(
        "select 1 from duckdb_functions() where schema_name = 'identity' and function_name = 'said_key'"
    ).fetchall()
    return bool(found)
