"""A change belongs to one enrolment, that of its number at the school it names; else to none."""

from __future__ import annotations

import duckdb
import pytest
from registry_rows import (
    END,
    NUMBER,
    OPEN,
    OTHER,
    OURS,
    THIRD,
    an_empty_core,
    at_vocational,
    build,
    change,
    rows_of,
    spell,
)


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    return an_empty_core()


def tied(con: duckdb.DuckDBPyConnection) -> list[str | None]:
    build(con)
    return [enrolment for (enrolment,) in rows_of(con, "change", "enrolment_record_id")]


def test_a_change_belongs_to_the_school_it_names(con: duckdb.DuckDBPyConnection) -> None:
    first = at_vocational(con)
    at_vocational(con, school_code=OTHER, entry_month=202209)
    change(con, "withdraw", "2023-03-07", from_school_code=OURS)
    assert tied(con) == [first]


def test_a_change_at_a_school_we_have_no_row_of_belongs_to_none(
    con: duckdb.DuckDBPyConnection,
) -> None:
    one = at_vocational(con)
    change(con, "withdraw", "2022-03-07", from_school_code="3688000001")
    assert tied(con) == [None]
    assert spell(con, one, END) == OPEN


def test_the_departure_from_elsewhere_to_us_does_not_end_our_spell(
    con: duckdb.DuckDBPyConnection,
) -> None:
    one = at_vocational(con)
    change(con, "transfer_out", "2022-03-07", from_school_code="3688000001", to_school_code=OURS)
    assert tied(con) == [None]
    assert spell(con, one, "started_on, ended_on") == ("2022-03-07", None)


def test_a_transfer_that_names_only_where_to_leaves_the_other_school(
    con: duckdb.DuckDBPyConnection,
) -> None:
    left = at_vocational(con)
    joined = at_vocational(con, school_code=OTHER, entry_month=202203)
    change(con, "transfer_out", "2022-03-07", to_school_code=OTHER)
    assert tied(con) == [left]
    assert spell(con, joined, END) == OPEN


def test_a_transfer_that_names_only_where_to_ends_nothing_there(
    con: duckdb.DuckDBPyConnection,
) -> None:
    joined = at_vocational(con, school_code=OTHER)
    change(con, "transfer_out", "2022-03-07", to_school_code=OTHER)
    assert tied(con) == [None]
    assert spell(con, joined, END) == OPEN


def test_a_change_without_a_school_belongs_to_the_latest_spell_begun(
    con: duckdb.DuckDBPyConnection,
) -> None:
    first = at_vocational(con, status="withdrawn", left_on="2021-12-01")
    second = at_vocational(con, school_code=OTHER, entry_month=202209)
    change(con, "withdraw", "2023-03-07")
    assert tied(con) == [second]
    assert spell(con, first, "ended_on") == ("2021-12-01",)


def test_a_change_on_a_leaving_date_belongs_to_that_spell(con: duckdb.DuckDBPyConnection) -> None:
    first = at_vocational(con, status="withdrawn", left_on="2022-10-01")
    at_vocational(con, school_code=OTHER, entry_month=202209)
    change(con, "withdraw", "2022-10-03")
    assert tied(con) == [first]


def test_a_change_long_before_entry_belongs_to_a_spell_we_were_not_sent(
    con: duckdb.DuckDBPyConnection,
) -> None:
    one = at_vocational(con, entry_month=202209)
    change(con, "withdraw", "2021-11-01")
    assert tied(con) == [None]
    assert spell(con, one, END) == OPEN


def test_a_change_of_another_registry_is_not_ours(con: duckdb.DuckDBPyConnection) -> None:
    at_vocational(con)
    change(con, "withdraw", "2022-03-07", registry="k12")
    assert tied(con) == [None]


def test_a_number_shared_by_two_goes_by_the_person(con: duckdb.DuckDBPyConnection) -> None:
    mine = at_vocational(con, "甲")
    theirs = at_vocational(con, "乙")
    change(con, "withdraw", "2022-03-07", person="甲")
    assert tied(con) == [mine]
    assert spell(con, theirs, END) == OPEN


def test_an_amended_number_is_found_by_person_and_school(con: duckdb.DuckDBPyConnection) -> None:
    one = at_vocational(con, student_no="G990102200705010028")
    change(con, "withdraw", "2022-03-07", student_no=NUMBER, from_school_code=OURS)
    assert tied(con) == [one]


def test_another_number_without_a_school_is_not_guessed(con: duckdb.DuckDBPyConnection) -> None:
    at_vocational(con, student_no="G990102200705010028")
    change(con, "withdraw", "2022-03-07", student_no=NUMBER)
    assert tied(con) == [None]


def test_a_change_that_names_no_person_is_of_its_enrolments_person(
    con: duckdb.DuckDBPyConnection,
) -> None:
    at_vocational(con)
    change(con, "withdraw", "2022-03-07", person=None)
    build(con)
    assert rows_of(con, "change", "person_id") == [("甲",)]


def test_the_same_transfer_entered_twice_changes_nothing(con: duckdb.DuckDBPyConnection) -> None:
    left = at_vocational(con)
    joined = at_vocational(con, school_code=THIRD)
    for _ in range(2):
        change(con, "transfer_out", "2022-03-07", from_school_code=OURS, to_school_code=THIRD)
        change(con, "transfer_in", "2022-03-07", from_school_code=OURS, to_school_code=THIRD)
    build(con)
    assert spell(con, left, "started_on, ended_on") == ("2021-09-01", "2022-03-07")
    assert spell(con, joined, "started_on, ended_on") == ("2022-03-07", None)
    assert rows_of(con, "hold", "record_id") == []
