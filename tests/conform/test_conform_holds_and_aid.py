"""Days on which an enrolment is held, and aid by the term it is for."""

from __future__ import annotations

import duckdb
import pytest
from registry_rows import (
    OTHER,
    OURS,
    aid,
    an_empty_core,
    at_technical,
    at_vocational,
    build,
    change,
    rows_of,
    spell,
)

from pipeline.conform.core import build_core
from pipeline.errors import BrokenPromiseError


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    return an_empty_core()


HOLD = "kind, held_from, held_until, is_dated"


def holds(con: duckdb.DuckDBPyConnection) -> list[tuple[str | None, ...]]:
    build(con)
    return rows_of(con, "hold", HOLD)


def test_a_suspension_lasts_until_the_return(con: duckdb.DuckDBPyConnection) -> None:
    at_vocational(con)
    change(con, "suspend", "2022-03-07", suspended_from="2022-03-10", suspended_until="2023-03-10")
    change(con, "resume", "2022-09-01")
    assert holds(con) == [("suspend", "2022-03-10", "2022-09-01", "true")]


def test_a_suspension_without_a_return_lasts_as_long_as_granted(
    con: duckdb.DuckDBPyConnection,
) -> None:
    at_vocational(con)
    change(con, "suspend", "2022-03-07", suspended_until="2022-08-31")
    assert holds(con) == [("suspend", "2022-03-07", "2022-09-01", "true")]


def test_a_suspension_that_the_registry_still_shows_lasts(con: duckdb.DuckDBPyConnection) -> None:
    at_vocational(con, status="suspended")
    change(con, "suspend", "2022-03-07", suspended_until="2022-08-31")
    assert holds(con) == [("suspend", "2022-03-07", None, "true")]


def test_a_student_active_again_on_an_unknown_day_was_held_two_years_at_most(
    con: duckdb.DuckDBPyConnection,
) -> None:
    at_vocational(con)
    change(con, "suspend", "2022-03-07")
    assert holds(con) == [("suspend", "2022-03-07", "2024-03-07", "false")]


def test_a_suspension_ends_with_the_spell(con: duckdb.DuckDBPyConnection) -> None:
    at_vocational(con, status="withdrawn", left_on="2023-01-10")
    change(con, "suspend", "2022-03-07")
    assert holds(con) == [("suspend", "2022-03-07", "2023-01-10", "true")]


def test_a_held_status_without_a_change_is_an_undated_hold(con: duckdb.DuckDBPyConnection) -> None:
    at_vocational(con, status="reserved")
    assert holds(con) == [("reserve", "2021-09-01", None, "false")]


def test_a_suspension_that_was_not_approved_holds_nothing(con: duckdb.DuckDBPyConnection) -> None:
    at_vocational(con)
    change(con, "suspend", "2022-03-07", review_status="不通过")
    assert holds(con) == []


def test_each_return_ends_the_suspension_before_it(con: duckdb.DuckDBPyConnection) -> None:
    at_vocational(con, status="reserved")
    change(con, "suspend", "2021-10-01", suspended_until="2022-02-28")
    change(con, "suspend", "2022-09-01")
    change(con, "resume", "2023-02-01")
    change(con, "reserve", "2023-09-01", reason="应征入伍")
    assert holds(con) == [
        ("reserve", "2023-09-01", None, "true"),
        ("suspend", "2021-10-01", "2022-03-01", "true"),
        ("suspend", "2022-09-01", "2023-02-01", "true"),
    ]


def test_two_holds_from_one_day_are_one(con: duckdb.DuckDBPyConnection) -> None:
    at_vocational(con)
    change(con, "suspend", "2022-03-07", suspended_until="2022-08-31")
    change(con, "stop", "2022-03-07", suspended_until="2022-06-30")
    assert [row[1:] for row in holds(con)] == [("2022-03-07", "2022-09-01", "true")]


def test_holds_of_an_enrolment_do_not_overlap(con: duckdb.DuckDBPyConnection) -> None:
    at_vocational(con, status="suspended")
    change(con, "suspend", "2021-09-01", suspended_until="2022-08-31")
    change(con, "suspend", "2022-03-01", suspended_until="2022-04-30")
    change(con, "resume", "2022-11-01")
    assert holds(con) == [
        ("suspend", "2021-09-01", "2022-03-01", "true"),
        ("suspend", "2022-03-01", "2022-11-01", "true"),
        ("suspend", "2022-11-01", None, "false"),
    ]


@pytest.mark.parametrize(
    ("school_year", "term", "year_and_days"),
    [
        ("2022-2023", "autumn", ("2022-2023", "2022-09-01", "2023-01-31")),
        ("2022-2023", "spring", ("2022-2023", "2023-03-01", "2023-07-15")),
        ("2022—2023学年", "spring", ("2022-2023", "2023-03-01", "2023-07-15")),
        ("２０２２-２０２３", "autumn", ("2022-2023", "2022-09-01", "2023-01-31")),
        ("2022-23", "autumn", ("2022-2023", "2022-09-01", "2023-01-31")),
        ("2022/2023学年", "autumn", ("2022-2023", "2022-09-01", "2023-01-31")),
        ("2022学年", "spring", ("2022-2023", "2023-03-01", "2023-07-15")),
        ("2022", "autumn", ("2022-2023", "2022-09-01", "2023-01-31")),
        ("2022年", "autumn", ("2022-2023", "2022-09-01", "2023-01-31")),
    ],
)
def test_aid_counts_for_the_days_of_its_term(
    con: duckdb.DuckDBPyConnection, school_year: str, term: str, year_and_days: tuple[str, str, str]
) -> None:
    aid(con, school_year=school_year, term=term)
    build(con)
    assert rows_of(con, "aid", "school_year, benefit_from, benefit_to") == [year_and_days]


@pytest.mark.parametrize(
    ("school_year", "term"),
    [("2022", "spring"), ("2022-2024", "autumn"), ("去年", "autumn"), ("22-23", "autumn")],
)
def test_aid_of_no_certain_school_year_is_judged_in_no_term_and_named(
    con: duckdb.DuckDBPyConnection, school_year: str, term: str
) -> None:
    aid(con, school_year=school_year, term=term)
    for _ in range(2):
        build(con)
        assert rows_of(con, "aid", "record_id") == []
        issues = con.execute("select source, column_name from cell_issues").fetchall()
        assert issues == [("aid_payments", "school_year")]


@pytest.mark.parametrize(
    ("bank_result", "is_paid"),
    [(None, "true"), ("成功", "true"), ("失败", "false"), ("退票", "false"), ("未成功", "false")],
)
def test_what_the_bank_sent_back_was_not_paid(
    con: duckdb.DuckDBPyConnection, bank_result: str | None, is_paid: str
) -> None:
    aid(con, bank_result=bank_result)
    build(con)
    assert rows_of(con, "aid", "is_paid") == [(is_paid,)]


def test_a_correction_keeps_its_sign(con: duckdb.DuckDBPyConnection) -> None:
    aid(con, amount=1000)
    aid(con, amount=-1000)
    build(con)
    assert rows_of(con, "aid", "amount, is_paid") == [("-1000.00", "true"), ("1000.00", "true")]


def test_aid_is_drawn_on_the_enrolment_at_its_school_that_covers_the_term(
    con: duckdb.DuckDBPyConnection,
) -> None:
    first = at_vocational(con, status="withdrawn", left_on="2022-03-07", entry_month=202109)
    again = at_vocational(con, entry_month=202209)
    at_vocational(con, school_code=OTHER, entry_month=202209)
    early = aid(con, school_year="2021-2022", term="autumn")
    late = aid(con)
    build(con)
    assert rows_of(con, "aid", "record_id, enrolment_record_id") == sorted(
        [(early, first), (late, again)]
    )


def test_aid_in_the_term_of_a_transfer_stays_with_the_school_that_paid(
    con: duckdb.DuckDBPyConnection,
) -> None:
    left = at_vocational(con, status="transferred", left_on="2022-11-10")
    joined = at_vocational(con, school_code=OTHER)
    change(con, "transfer_out", "2022-11-10", from_school_code=OURS, to_school_code=OTHER)
    here = aid(con)
    there = aid(con, school_code=OTHER)
    build(con)
    assert rows_of(con, "aid", "record_id, enrolment_record_id") == sorted(
        [(here, left), (there, joined)]
    )
    assert spell(con, joined, "started_on") == ("2022-11-10",)


def test_aid_at_a_school_without_an_enrolment_is_drawn_on_none(
    con: duckdb.DuckDBPyConnection,
) -> None:
    at_technical(con)
    aid(con)
    build(con)
    assert rows_of(con, "aid", "enrolment_record_id") == [(None,)]


def test_building_the_core_twice_gives_the_same(con: duckdb.DuckDBPyConnection) -> None:
    at_vocational(con)
    change(con, "suspend", "2022-03-07")
    aid(con)
    tables = ("enrolment", "hold", "aid", "change", "school", "delivered")
    build(con)
    before = [con.execute(f"from core.{table}").fetchall() for table in tables]
    build(con)
    assert [con.execute(f"from core.{table}").fetchall() for table in tables] == before


def test_a_core_that_breaks_its_promise_is_not_kept(con: duckdb.DuckDBPyConnection) -> None:
    at_vocational(con)
    build(con)
    at_vocational(con, "乙", student_no="G2")
    with pytest.raises(BrokenPromiseError, match="person_is_known"):
        build_core(con)
    assert len(rows_of(con, "enrolment", "record_id")) == 1
