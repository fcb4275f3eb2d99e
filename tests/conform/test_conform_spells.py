"""A spell begins and ends when it provably did, whatever the registry still says of it."""

from __future__ import annotations

import duckdb
import pytest
from registry_rows import (
    END,
    OPEN,
    OTHER,
    OURS,
    an_empty_core,
    at_vocational,
    build,
    certificate,
    change,
    rows_of,
    spell,
)


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    return an_empty_core()


def test_a_spell_begins_on_the_first_day_of_its_month_and_stays_open(
    con: duckdb.DuckDBPyConnection,
) -> None:
    one = at_vocational(con)
    build(con)
    assert spell(con, one, "started_on, cohort, expected_end_on") == (
        "2021-09-01",
        "2021",
        "2024-07-15",
    )
    assert spell(con, one, END) == OPEN


def test_a_spring_entrant_belongs_to_the_cohort_before_and_ends_in_january(
    con: duckdb.DuckDBPyConnection,
) -> None:
    one = at_vocational(con, entry_month=202203)
    build(con)
    assert spell(con, one, "started_on, cohort, expected_end_on") == (
        "2022-03-01",
        "2021",
        "2025-01-31",
    )


def test_the_end_that_the_registry_expects_goes_before_our_own(
    con: duckdb.DuckDBPyConnection,
) -> None:
    one = at_vocational(con, expected_end=202507)
    wrong = at_vocational(con, "乙", student_no="G2", expected_end=201507)
    build(con)
    assert spell(con, one, "expected_end_on") == ("2025-07-15",)
    assert spell(con, wrong, "expected_end_on") == ("2024-07-15",)


def test_a_transfer_in_dates_the_beginning(con: duckdb.DuckDBPyConnection) -> None:
    one = at_vocational(con)
    change(con, "transfer_in", "2022-03-07", to_school_code=OURS, from_school_code=OTHER)
    build(con)
    assert spell(con, one, "started_on, cohort") == ("2022-03-07", "2021")
    assert spell(con, one, END) == OPEN


@pytest.mark.parametrize(
    "kind", ["transfer_out", "withdraw", "graduate", "expel", "cancel", "deceased"]
)
def test_an_approved_departure_ends_a_spell_that_the_registry_keeps_open(
    con: duckdb.DuckDBPyConnection, kind: str
) -> None:
    one = at_vocational(con)
    change(con, kind, "2023-03-07", from_school_code=OURS)
    build(con)
    assert spell(con, one, END) == ("2023-03-07", "change", kind, "ended", "true")


@pytest.mark.parametrize(
    "review", ["待审核", "不通过", "未通过", "审核不通过", "审核中", "驳回", "不同意"]
)
def test_a_change_that_was_not_approved_ends_nothing(
    con: duckdb.DuckDBPyConnection, review: str
) -> None:
    one = at_vocational(con)
    change(con, "withdraw", "2023-03-07", review_status=review)
    build(con)
    assert spell(con, one, END) == OPEN


@pytest.mark.parametrize("review", [None, "已通过", "通过", "审核通过", "同意", "已审核"])
def test_a_change_is_approved_in_many_words_or_none(
    con: duckdb.DuckDBPyConnection, review: str | None
) -> None:
    at_vocational(con)
    change(con, "withdraw", "2023-03-07", review_status=review)
    build(con)
    assert rows_of(con, "change", "is_approved") == [("true",)]


@pytest.mark.parametrize("kind", ["resume", "transfer_in"])
def test_a_return_undoes_an_earlier_departure_and_the_time_between_is_away(
    con: duckdb.DuckDBPyConnection, kind: str
) -> None:
    one = at_vocational(con)
    change(con, "withdraw", "2022-03-07")
    change(con, kind, "2022-09-01")
    build(con)
    assert spell(con, one, END) == OPEN
    assert spell(con, one, "started_on") == ("2021-09-01",)
    assert rows_of(con, "hold", "record_id, kind, held_from, held_until, is_dated") == [
        (one, "away", "2022-03-07", "2022-09-01", "true")
    ]


def test_a_departure_after_the_return_is_the_end(con: duckdb.DuckDBPyConnection) -> None:
    one = at_vocational(con)
    change(con, "withdraw", "2022-03-07")
    change(con, "resume", "2022-09-01")
    change(con, "withdraw", "2023-04-01")
    build(con)
    assert spell(con, one, END) == ("2023-04-01", "change", "withdraw", "ended", "true")


def test_a_certificate_ends_a_spell(con: duckdb.DuckDBPyConnection) -> None:
    one = at_vocational(con, entry_month=202009)
    certificate(con, "2023-07-01")
    build(con)
    assert spell(con, one, END) == ("2023-07-01", "certificate", "certificate", "ended", "true")


def test_the_earliest_proven_end_counts(con: duckdb.DuckDBPyConnection) -> None:
    one = at_vocational(con, entry_month=202009, status="graduated", left_on="2023-07-05")
    certificate(con, "2023-07-01")
    change(con, "graduate", "2023-07-10")
    build(con)
    assert spell(con, one, END) == ("2023-07-01", "certificate", "certificate", "ended", "false")


def test_a_leaving_date_closes_the_spell_in_the_registry_too(
    con: duckdb.DuckDBPyConnection,
) -> None:
    one = at_vocational(con, left_on="2022-11-01", status="withdrawn")
    build(con)
    assert spell(con, one, END) == ("2022-11-01", "left_on", "withdrawn", "ended", "false")


def test_a_leaving_date_that_a_later_return_undid_does_not_count(
    con: duckdb.DuckDBPyConnection,
) -> None:
    one = at_vocational(con, left_on="2022-03-07", status="resumed")
    change(con, "resume", "2022-09-01")
    build(con)
    assert spell(con, one, END) == OPEN


def test_a_leaving_date_years_before_entry_is_not_used_and_named(
    con: duckdb.DuckDBPyConnection,
) -> None:
    one = at_vocational(con, left_on="2012-07-01")
    build(con)
    assert spell(con, one, END) == OPEN
    assert con.execute(
        "select column_name, split_part(issue, ':', 1) from cell_issues"
    ).fetchall() == [("left_on", "离校日期")]


def test_who_gave_up_the_place_before_the_first_day_was_never_there(
    con: duckdb.DuckDBPyConnection,
) -> None:
    one = at_vocational(con)
    change(con, "cancel", "2021-08-25")
    build(con)
    assert spell(con, one, "started_on, ended_on, end_event") == (
        "2021-09-01",
        "2021-09-01",
        "cancel",
    )


def test_graduates_without_a_date_end_when_expected_but_not_after_today(
    con: duckdb.DuckDBPyConnection,
) -> None:
    one = at_vocational(con, status="graduated", entry_month=202009)
    early = at_vocational(con, "乙", student_no="G2", status="graduated", entry_month=202209)
    build(con)
    assert spell(con, one, END) == ("2023-07-15", "status", "graduated", "ended", "false")
    assert spell(con, early, END) == ("2024-04-15", "status", "graduated", "ended", "false")


@pytest.mark.parametrize("status", ["withdrawn", "dropped", "transferred", "cancelled", "expelled"])
def test_who_left_on_an_unknown_day_has_no_proven_day(
    con: duckdb.DuckDBPyConnection, status: str
) -> None:
    one = at_vocational(con, status=status)
    build(con)
    assert spell(con, one, END) == ("2021-09-01", "status", status, "ended", "false")


def test_an_unclear_status_proves_neither_presence_nor_end(con: duckdb.DuckDBPyConnection) -> None:
    one = at_vocational(con, status="other")
    build(con)
    assert spell(con, one, END) == (None, None, None, "held", "false")
    assert rows_of(con, "hold", "record_id, held_until, is_dated") == [(one, None, "false")]
