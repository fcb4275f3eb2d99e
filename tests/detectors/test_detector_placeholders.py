"""Parameters are found and replaced where they are parameters, and nowhere else."""

from __future__ import annotations

import duckdb
from hypothesis import given
from hypothesis import strategies as st

from detectors import header
from detectors.parameters import literal, macro_statement
from detectors.placeholders import names, replaced, tables_named, words


def test_texts_names_and_comments_are_left_alone() -> None:
    query = """select '$a', "$b" -- $c\n /* $d */ where x > $days"""
    assert names(query) == {"days"}
    assert replaced(query, {"days": "60"}).endswith("where x > 60")
    assert "days" not in words(query)


def test_only_tables_of_the_clean_schemas_count_as_named() -> None:
    query = "select e.x from core.enrolment as e join feature.school_term on '-- core.aid' = e.y"
    assert tables_named(query) == {"core.enrolment", "feature.school_term"}


@given(st.one_of(st.text(), st.integers(-(2**60), 2**60), st.dates()))
def test_a_value_written_as_sql_comes_back_the_same(value) -> None:
    # DuckDB keeps texts as UTF-8 without the zero byte.
    if isinstance(value, str):
        value = value.encode("utf-8", "ignore").decode().replace("\0", "")
    with duckdb.connect() as con:
        assert con.execute(f"select {literal(value)}").fetchall() == [(value,)]


def test_an_analyst_turns_a_parameter_of_the_table_macro(write_detector, a_night) -> None:
    detector = header.read(write_detector())
    a_night.execute(macro_statement(detector, {"longest_days": 60}))
    count = "select count(*) from de190({})"
    assert a_night.execute(count.format("")).fetchall() == [(2,)]
    assert a_night.execute(count.format("longest_days := 5")).fetchall() == [(3,)]
