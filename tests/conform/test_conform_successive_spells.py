"""Several spells of one student: transfers, programmes one after the other, copies of a row."""

from __future__ import annotations

import duckdb
import pytest
from registry_rows import (
    END,
    NUMBER,
    OPEN,
    OTHER,
    OURS,
    an_empty_core,
    at_college,
    at_k12,
    at_technical,
    at_vocational,
    build,
    certificate,
    change,
    rows_of,
    school,
    spell,
)


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    return an_empty_core()


def test_a_plain_transfer_ends_the_first_spell_and_dates_the_second(
    con: duckdb.DuckDBPyConnection,
) -> None:
    left = at_vocational(con, status="transferred")
    joined = at_vocational(con, school_code=OTHER)
    change(con, "transfer_out", "2022-03-07", from_school_code=OURS, to_school_code=OTHER)
    build(con)
    assert spell(con, left, "started_on, ended_on") == ("2021-09-01", "2022-03-07")
    assert spell(con, joined, "started_on, ended_on") == ("2022-03-07", None)


def test_a_transfer_entered_on_both_sides_keeps_both_days(con: duckdb.DuckDBPyConnection) -> None:
    left = at_vocational(con)
    joined = at_vocational(con, school_code=OTHER)
    schools = {"from_school_code": OURS, "to_school_code": OTHER}
    change(con, "transfer_out", "2022-03-17", **schools)
    change(con, "transfer_in", "2022-03-07", **schools)
    build(con)
    assert spell(con, left, "ended_on") == ("2022-03-17",)
    assert spell(con, joined, "started_on") == ("2022-03-07",)


def test_a_transfer_to_another_registry_dates_the_beginning_there(
    con: duckdb.DuckDBPyConnection,
) -> None:
    high = at_k12(con)
    joined = at_vocational(con, student_no="G990102200705010028")
    change(
        con,
        "transfer_out",
        "2022-03-07",
        registry="k12",
        from_school_code="3499000001",
        to_school_code=OURS,
    )
    build(con)
    assert spell(con, high, "ended_on") == ("2022-03-07",)
    assert spell(con, joined, "started_on") == ("2022-03-07",)


def test_who_transferred_away_and_back_was_away_between(con: duckdb.DuckDBPyConnection) -> None:
    home = at_vocational(con)
    abroad = at_vocational(con, school_code=OTHER, status="transferred")
    change(con, "transfer_out", "2022-03-07", from_school_code=OURS, to_school_code=OTHER)
    change(con, "transfer_out", "2022-09-01", from_school_code=OTHER, to_school_code=OURS)
    build(con)
    assert spell(con, home, "started_on, ended_on") == ("2021-09-01", None)
    assert spell(con, abroad, "started_on, ended_on") == ("2022-03-07", "2022-09-01")
    assert rows_of(con, "hold", "record_id, held_from, held_until") == [
        (home, "2022-03-07", "2022-09-01")
    ]


def test_junior_and_high_school_under_one_number_are_two_spells(
    con: duckdb.DuckDBPyConnection,
) -> None:
    junior = at_k12(con, stage="junior", school_code="3199000001", entry_month=201909)
    high = at_k12(con, entry_month=202209)
    change(con, "graduate", "2022-07-01", registry="k12")
    build(con)
    assert spell(con, junior, "ended_on, end_event") == ("2022-07-01", "graduate")
    assert spell(con, high, END) == OPEN


def test_a_graduation_entered_late_ends_the_programme_before(
    con: duckdb.DuckDBPyConnection,
) -> None:
    first = at_technical(con, entry_month=202009)
    second = at_technical(con, entry_month=202309, level="advanced")
    change(con, "graduate", "2023-09-20", registry="technical", student_no="JG0001")
    certificate(con, "2023-10-10", registry="technical", school_code="JG99001")
    build(con)
    assert spell(con, first, "ended_on, end_event") == ("2023-09-20", "graduate")
    assert spell(con, second, END) == OPEN
    assert rows_of(con, "certificate", "enrolment_record_id") == [(first,)]


def test_two_programmes_entered_in_one_month_are_no_copies(con: duckdb.DuckDBPyConnection) -> None:
    at_technical(con, status="graduated")
    at_technical(con, level="advanced")
    build(con)
    assert rows_of(con, "enrolment", "level, copies") == [("advanced", "1"), ("intermediate", "1")]


def test_a_higher_technical_level_from_junior_school_takes_five_years(
    con: duckdb.DuckDBPyConnection,
) -> None:
    one = at_technical(con, level="advanced", entrant_type="junior_fresh")
    other = at_technical(con, "乙", student_no="JG2", level="advanced", entrant_type="high_fresh")
    build(con)
    assert spell(con, one, "expected_end_on") == ("2026-07-15",)
    assert spell(con, other, "expected_end_on") == ("2024-07-15",)


def test_a_five_digit_code_is_the_listed_higher_school(con: duckdb.DuckDBPyConnection) -> None:
    school(con, "4199000001", kind="higher")
    one = at_college(con, school_code="00001")
    certificate(con, "2024-01-10", registry="higher", school_code="00001", entry_month=202109)
    build(con)
    assert spell(con, one, "school_code, school_name, started_on, expected_end_on") == (
        "4199000001",
        "虚构4199000001",
        "2021-09-01",
        "2024-07-01",
    )
    assert rows_of(con, "school", "school_code") == [("4199000001",)]
    assert spell(con, one, "end_basis") == ("certificate",)


def test_copies_of_a_row_are_one_enrolment_and_the_closed_one_is_kept(
    con: duckdb.DuckDBPyConnection,
) -> None:
    at_vocational(con, id_number="99010220070501002x", student_no="G99010220070501002x")
    at_vocational(
        con, id_number="99010220070501002X", status="suspended", student_no="G99010220070501002X"
    )
    closed = at_vocational(
        con,
        id_number="99010220070501002X",
        student_no="G99010220070501002X",
        status="withdrawn",
        left_on="2023-03-01",
    )
    build(con)
    assert rows_of(con, "enrolment", "record_id, copies, ended_on") == [(closed, "3", "2023-03-01")]


def test_numbers_come_in_either_case(con: duckdb.DuckDBPyConnection) -> None:
    one = at_vocational(con, student_no="G99010220070501002X")
    change(con, "withdraw", "2023-03-07", student_no="g99010220070501002x", person=None)
    build(con)
    assert spell(con, one, "ended_on") == ("2023-03-07",)


def test_the_number_that_the_row_lacks_comes_from_the_identity_number(
    con: duckdb.DuckDBPyConnection,
) -> None:
    one = at_vocational(con, id_number="990102200705010027", student_no=NUMBER)
    build(con)
    assert spell(con, one, "born_on, sex") == ("2007-05-01", "female")
