"""A school that was merged or renamed is the school that carries it on; a split or restored one is itself."""

from __future__ import annotations

import duckdb
import pytest
from registry_rows import (
    OTHER,
    OURS,
    THIRD,
    aid,
    an_empty_core,
    at_vocational,
    build,
    certificate,
    change,
    delivered,
    merged,
    rows_of,
    school,
    spell,
)


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    return an_empty_core()


def current(con: duckdb.DuckDBPyConnection) -> dict[str | None, str | None]:
    build(con)
    return dict(rows_of(con, "school", "school_code, current_school_code"))


def test_a_merged_school_is_carried_on_by_the_other(con: duckdb.DuckDBPyConnection) -> None:
    merged(con, OTHER, OURS, "2022-08-01")
    assert current(con) == {OTHER: OURS, OURS: OURS}
    assert rows_of(con, "school_lineage", "old_code, new_code, happened_on, kind, steps") == [
        (OTHER, OURS, "2022-08-01", "合并", "1")
    ]


def test_two_mergers_in_a_chain_lead_to_the_last_school(con: duckdb.DuckDBPyConnection) -> None:
    merged(con, THIRD, OTHER, "2020-08-01", "更名")
    merged(con, OTHER, OURS, "2022-08-01")
    assert current(con) == {THIRD: OURS, OTHER: OURS, OURS: OURS}
    assert rows_of(con, "school_lineage", "old_code, new_code, happened_on, kind, steps") == [
        (OTHER, OURS, "2022-08-01", "合并", "1"),
        (THIRD, OURS, "2022-08-01", "合并", "2"),
        (THIRD, OTHER, "2020-08-01", "更名", "1"),
    ]


def test_a_name_plate_taken_up_again_does_not_pass_later_schools_on(
    con: duckdb.DuckDBPyConnection,
) -> None:
    merged(con, OTHER, OURS, "2018-08-01")
    school(con, OTHER, valid_from="2019-08-01")
    merged(con, THIRD, OTHER, "2022-08-01")
    assert current(con) == {THIRD: OTHER, OTHER: OTHER, OURS: OURS}


def test_a_restored_school_is_itself_although_its_heir_was_merged_later(
    con: duckdb.DuckDBPyConnection,
) -> None:
    merged(con, THIRD, OTHER, "2018-08-01")
    merged(con, OTHER, OURS, "2022-08-01")
    school(con, THIRD, valid_from="2020-08-01")
    assert current(con) == {THIRD: THIRD, OTHER: OURS, OURS: OURS}


def test_a_split_carries_nothing_on(con: duckdb.DuckDBPyConnection) -> None:
    school(con, OTHER)
    merged(con, OTHER, OURS, "2022-08-01", "分立")
    assert current(con) == {OTHER: OTHER}
    assert rows_of(con, "school_lineage", "old_code") == []


def test_a_school_closed_without_an_heir_stays_itself(con: duckdb.DuckDBPyConnection) -> None:
    school(con, OTHER)
    merged(con, OTHER, None, "2022-08-01", "撤销")
    assert current(con) == {OTHER: OTHER}


def test_a_circle_of_mergers_ends(con: duckdb.DuckDBPyConnection) -> None:
    merged(con, OTHER, OURS, "2020-08-01")
    merged(con, OURS, OTHER, "2022-08-01")
    assert set(current(con)) == {OTHER, OURS}


def test_a_school_that_only_a_registry_knows_is_added_without_a_kind(
    con: duckdb.DuckDBPyConnection,
) -> None:
    school(con, OTHER)
    at_vocational(con, school_name="虚构第一职业中专")
    build(con)
    assert rows_of(con, "school", "school_code, school_name, kind, is_listed") == [
        (OURS, "虚构第一职业中专", None, "false"),
        (OTHER, f"虚构{OTHER}", "vocational", "true"),
    ]


def test_the_newest_line_of_a_listed_school_counts(con: duckdb.DuckDBPyConnection) -> None:
    school(con, OURS, school_name="旧虚构中专", valid_from="2010-09-01")
    school(con, OURS, school_name="新虚构中专", valid_from="2020-09-01")
    build(con)
    assert rows_of(con, "school", "school_name") == [("新虚构中专",)]


def test_an_enrolment_carries_the_code_of_the_successor(con: duckdb.DuckDBPyConnection) -> None:
    merged(con, OTHER, OURS, "2022-08-01")
    one = at_vocational(con, school_code=OTHER)
    build(con)
    assert spell(con, one, "school_code, current_school_code") == (OTHER, OURS)


def test_a_change_at_the_successor_changes_the_enrolment_under_the_old_code(
    con: duckdb.DuckDBPyConnection,
) -> None:
    merged(con, OTHER, OURS, "2022-08-01")
    one = at_vocational(con, school_code=OTHER)
    change(con, "withdraw", "2023-03-07", from_school_code=OURS)
    build(con)
    assert spell(con, one, "ended_on") == ("2023-03-07",)


def test_a_move_into_the_own_successor_ends_only_the_row_of_the_old_code(
    con: duckdb.DuckDBPyConnection,
) -> None:
    merged(con, OTHER, OURS, "2022-08-01")
    old = at_vocational(con, school_code=OTHER)
    new = at_vocational(con)
    change(con, "transfer_out", "2022-08-01", from_school_code=OTHER, to_school_code=OURS)
    build(con)
    assert spell(con, old, "ended_on") == ("2022-08-01",)
    assert spell(con, new, "ended_on") == (None,)


def test_a_move_into_the_own_successor_ends_nothing_where_only_the_new_row_came(
    con: duckdb.DuckDBPyConnection,
) -> None:
    merged(con, OTHER, OURS, "2022-08-01")
    new = at_vocational(con)
    change(con, "transfer_out", "2022-08-01", from_school_code=OTHER, to_school_code=OURS)
    build(con)
    assert spell(con, new, "ended_on") == (None,)


def test_certificate_and_aid_of_the_successor_belong_to_the_old_enrolment(
    con: duckdb.DuckDBPyConnection,
) -> None:
    merged(con, OTHER, OURS, "2022-08-01")
    one = at_vocational(con, school_code=OTHER, entry_month=202009)
    certificate(con, "2023-07-01")
    aid(con)
    build(con)
    assert rows_of(con, "certificate", "enrolment_record_id") == [(one,)]
    assert rows_of(con, "aid", "enrolment_record_id, current_school_code") == [(one, OURS)]


@pytest.mark.parametrize(
    ("file", "rows", "status", "told"),
    [
        ("a.xlsx", 3, "loaded", [("schools", "3")]),
        ("a.xlsx", 0, "loaded", [("schools", "0")]),
        ("schools.template.xlsx", 0, "loaded", []),
        ("schools.template.xlsx", 3, "loaded", [("schools", "3")]),
        ("a.xlsx", 0, "empty", []),
        ("a.xlsx", 0, "refused", []),
    ],
)
def test_a_list_is_delivered_once_its_headings_were_read(
    con: duckdb.DuckDBPyConnection, file: str, rows: int, status: str, told: list[tuple[str, str]]
) -> None:
    delivered(con, "schools", file=file, rows=rows, status=status)
    build(con)
    assert con.execute("select is_delivered('schools')").fetchall() == [(bool(told),)]
    assert rows_of(con, "delivered", "source, rows") == told
