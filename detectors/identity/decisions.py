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


def ask(con: duckdb.DuckDBPyConnection) -> None:
    """Write `identity.asked` from the tables of decisions, which are made empty if there are none."""
    con.execute(_EMPTY).fetchall()
    run(con, "asked")
