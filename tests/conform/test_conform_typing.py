"""Delivered rows are loaded with typed cells or rejected with a reason; none is lost, no value is told."""

from __future__ import annotations

import duckdb
import pytest
from delivered_text import a_warehouse, deliver, type_them

from pipeline.conform.typing import assert_nothing_lost
from pipeline.errors import BrokenPromiseError

PUPIL = {
    "student_no": "G990102200705010027",
    "name": "虚构甲",
    "id_number": "990102200705010027",
    "school_code": "3699000001",
    "entry_month": "202309",
    "status": "在读",
}


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    return a_warehouse()


def pupils(con: duckdb.DuckDBPyConnection, *rows: dict[str, str | None], unread: int = 0) -> None:
    deliver(con, "vocational_students", [PUPIL | row for row in rows], unread=unread)


def one(con: duckdb.DuckDBPyConnection, query: str) -> tuple[object, ...]:
    (row,) = con.execute(query).fetchall()
    return row


def test_a_row_is_loaded_with_typed_cells_and_its_place(con: duckdb.DuckDBPyConnection) -> None:
    pupils(con, {"birth_date": "2007年5月1日", "program_years": "三年", "status": "01"})
    assert type_them(con, "vocational_students") == (1, 0, 0)
    assert one(
        con,
        "select birth_date::varchar, program_years, status, entry_month, source_file, source_row "
        "from vocational_students",
    ) == ("2007-05-01", 3, "active", 202309, "vocational_students/a.xlsx", 2)


def test_an_empty_required_cell_rejects_the_row_and_names_heading_and_remedy(
    con: duckdb.DuckDBPyConnection,
) -> None:
    pupils(con, {"name": None}, {})
    assert type_them(con, "vocational_students") == (1, 1, 0)
    assert one(con, "select column_name, reason, stage, source_row from rejected_rows") == (
        "name",
        "姓名: required but empty; fill it in the exporting system",
        "type",
        2,
    )


def test_an_unreadable_required_cell_rejects_the_row_without_telling_its_value(
    con: duckdb.DuckDBPyConnection,
) -> None:
    pupils(con, {"entry_month": "202313"})
    assert type_them(con, "vocational_students") == (0, 1, 0)
    column, reason = one(con, "select column_name, reason from rejected_rows")
    assert column == "entry_month"
    assert reason == (
        "入学年月: not a month (YYYYMM) in any known style; correct the export, or add the style to schemas"
    )


def test_an_unknown_word_in_a_required_coded_column_rejects_the_row(
    con: duckdb.DuckDBPyConnection,
) -> None:
    pupils(con, {"status": "神秘"})
    assert type_them(con, "vocational_students") == (0, 1, 0)
    (reason,) = one(con, "select reason from rejected_rows")
    assert str(reason).startswith("学籍状态: not in the code list status; ")


def test_a_row_with_several_faults_is_rejected_once_and_says_how_many(
    con: duckdb.DuckDBPyConnection,
) -> None:
    pupils(con, {"name": " ", "status": "神秘", "entry_month": None})
    assert type_them(con, "vocational_students") == (0, 1, 0)
    (reason,) = one(con, "select reason from rejected_rows")
    assert str(reason).endswith("(and 2 more columns)")


@pytest.mark.parametrize(
    ("column", "cell", "complaint"),
    [
        ("birth_date", "2023-02-30", "出生日期: not a date in any known style"),
        ("program_years", "12.5", "学制: not a whole number"),
        ("expected_end", "202613", "预计毕业时间: not a month (YYYYMM) in any known style"),
        ("study_form", "隔空", "学习形式: not in the code list study_form"),
        ("poverty_flag", "也许", "是否脱贫户: neither 是 nor 否"),
        ("guardian_id", "'", "监护人身份证件号: holds nothing but quotation marks"),
    ],
)
def test_an_unreadable_optional_cell_is_left_empty_and_recorded(
    con: duckdb.DuckDBPyConnection, column: str, cell: str, complaint: str
) -> None:
    pupils(con, {column: cell})
    assert type_them(con, "vocational_students") == (1, 0, 1)
    assert one(con, f"select {column} from vocational_students") == (None,)
    assert one(con, "select column_name, issue, source_row from cell_issues") == (
        column,
        f"{complaint}; correct the export, or add the style to schemas; left empty",
        2,
    )


def test_no_value_of_a_rejected_row_is_told_anywhere(con: duckdb.DuckDBPyConnection) -> None:
    pupils(con, {"birth_date": "虚构乙的生日", "status": "虚构丙"}, {"birth_date": "虚构乙的生日"})
    type_them(con, "vocational_students")
    told = con.execute("select reason from rejected_rows union all select issue from cell_issues")
    assert "虚构" not in str(told.fetchall())


def test_a_rejected_row_has_no_cell_issues(con: duckdb.DuckDBPyConnection) -> None:
    pupils(con, {"name": None, "birth_date": "2023-02-30"})
    assert type_them(con, "vocational_students") == (0, 1, 0)
    assert one(con, "select count(*) from cell_issues") == (0,)


def test_rows_read_are_rows_loaded_and_rejected_also_where_reading_rejected_some(
    con: duckdb.DuckDBPyConnection,
) -> None:
    pupils(con, {}, {"name": None}, {}, unread=2)
    deliver(con, "vocational_students", [PUPIL], file="b.xlsx")
    type_them(con, "vocational_students")
    assert con.execute(
        "select source_file, rows_read, rows_loaded, rows_rejected from deliveries order by 1"
    ).fetchall() == [
        ("vocational_students/a.xlsx", 5, 2, 3),
        ("vocational_students/b.xlsx", 1, 1, 0),
    ]
    assert_nothing_lost(con)


def test_a_lost_row_stops_the_night_and_names_the_sheet(con: duckdb.DuckDBPyConnection) -> None:
    pupils(con, {}, {})
    type_them(con, "vocational_students")
    con.execute("update deliveries set rows_read = 3")
    with pytest.raises(
        BrokenPromiseError, match=r"vocational_students/a.xlsx : 3 rows read, but 2"
    ):
        assert_nothing_lost(con)


def test_a_heading_without_rows_loads_nothing_and_loses_nothing(
    con: duckdb.DuckDBPyConnection,
) -> None:
    deliver(con, "vocational_students", [])
    assert type_them(con, "vocational_students") == (0, 0, 0)
    assert_nothing_lost(con)


def test_typing_twice_changes_nothing(con: duckdb.DuckDBPyConnection) -> None:
    pupils(con, {"birth_date": "2023-02-30"}, {"status": "神秘"}, {}, unread=1)
    tables = ("vocational_students", "rejected_rows", "cell_issues", "deliveries")
    first = type_them(con, "vocational_students")
    before = [con.execute(f"from {table} order by all").fetchall() for table in tables]
    assert type_them(con, "vocational_students") == first
    assert [con.execute(f"from {table} order by all").fetchall() for table in tables] == before


def test_typing_one_source_leaves_the_account_of_another(con: duckdb.DuckDBPyConnection) -> None:
    pupils(con, {"name": None})
    deliver(con, "school_events", [{"happened_on": "2022-08-01", "kind": "合并", "old_code": "36"}])
    type_them(con, "vocational_students")
    type_them(con, "school_events")
    assert one(con, "select count(*) from rejected_rows") == (1,)


def test_a_delivered_row_has_the_same_record_id_every_night(
    con: duckdb.DuckDBPyConnection,
) -> None:
    pupils(con, {})
    type_them(con, "vocational_students")
    (first,) = one(con, "select record_id from vocational_students")
    assert (
        first
        == "r" + one(con, "select md5('vocational_students|vocational_students/a.xlsx||2')")[0][:15]
    )  # type: ignore[index]
