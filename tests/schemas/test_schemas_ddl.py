"""Tables are created as their contracts say, with a comment on everything."""

from __future__ import annotations

import duckdb
import pytest

from schemas.catalog import source, sources, tables
from schemas.ddl import comment_on, create_source, create_table


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def columns(con: duckdb.DuckDBPyConnection, schema_name: str, table_name: str) -> dict[str, str]:
    return dict(
        con.execute(
            "select column_name, data_type from duckdb_columns()"
            " where schema_name = ? and table_name = ? order by column_index",
            [schema_name, table_name],
        ).fetchall()
    )


def test_a_source_table_is_typed_and_begins_with_the_record_id(
    con: duckdb.DuckDBPyConnection,
) -> None:
    create_source(con, source("aid_payments"))
    made = columns(con, "main", "aid_payments")
    assert next(iter(made)) == "record_id"
    assert made["amount"] == "DECIMAL(14,2)"
    assert made["paid_on"] == "DATE"
    assert made["grade_year"] == "BIGINT"
    assert made["aid_item"] == made["id_number"] == "VARCHAR"


def test_every_table_and_column_of_every_contract_is_commented(
    con: duckdb.DuckDBPyConnection,
) -> None:
    for one in sources().values():
        create_source(con, one)
    for table in tables().values():
        create_table(con, table)
    for kind in ("tables", "columns"):
        query = f"""
            select count(*) filter (where comment is null), count(*)
            from duckdb_{kind}() where not internal
        """
        ((silent, there),) = con.execute(query).fetchall()
        assert silent == 0
        assert there >= 33 + len(tables())


def test_creating_twice_keeps_the_rows(con: duckdb.DuckDBPyConnection) -> None:
    create_table(con, tables()["core.delivered"])
    con.execute("insert into core.delivered values ('schools', 3)").fetchall()
    create_table(con, tables()["core.delivered"])
    assert con.execute("select rows from core.delivered").fetchall() == [(3,)]


def test_a_table_with_fewer_columns_is_commented_as_far_as_it_goes(
    con: duckdb.DuckDBPyConnection,
) -> None:
    con.execute("create table main.schools (school_code varchar, note varchar)").fetchall()
    comment_on(con, "main.schools", source("schools"))
    notes = con.execute("select column_name, comment from duckdb_columns()").fetchall()
    assert dict(notes)["note"] is None
    assert "学校标识码" in dict(notes)["school_code"]


def test_a_quote_in_a_comment_is_kept(con: duckdb.DuckDBPyConnection) -> None:
    table = tables()["core.delivered"].model_copy(update={"comment": "It's a list; isn't it?"})
    create_table(con, table)
    ((comment,),) = con.execute("select comment from duckdb_tables()").fetchall()
    assert comment.endswith("It's a list; isn't it?")
