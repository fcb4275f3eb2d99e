"""Delivered rows are loaded with typed cells or rejected with a reason; none is lost, no value is told."""

from __future__ import annotations

import duckdb
import pytest
from delivered_text import a_warehouse, delivered, type_rows

from pipeline.conform.typing import SheetCount, assert_nothing_lost
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


def pupils(con: duckdb.DuckDBPyConnection, *rows: dict[str, str | None]) -> tuple[int, int, int]:
    """Let pupils arrive; give rows loaded, rows rejected and cells left empty."""
    table = delivered("vocational_students", [PUPIL | row for row in rows])
    (count,) = type_rows(con, "vocational_students", table)
    return count.loaded, count.rejected, count.issues


def one(con: duckdb.DuckDBPyConnection, query: str) -> tuple[object, ...]:
    (row,) = con.execute(query).fetchall()
    return row


def test_a_row_is_loaded_with_typed_cells_and_its_place(con: duckdb.DuckDBPyConnection) -> None:
    assert pupils(con, {"birth_date": "2007年5月1日", "program_years": "三年", "status": "01"}) == (
        1,
        0,
        0,
    )
    assert one(
        con,
        "select birth_date::varchar, program_years, status, entry_month, source_file, source_row "
        "from vocational_students",
    ) == ("2007-05-01", 3, "active", 202309, "vocational_students/a.xlsx", 2)


def test_an_empty_required_cell_rejects_the_row_and_names_heading_and_remedy(
    con: duckdb.DuckDBPyConnection,
) -> None:
    assert pupils(con, {"name": None}, {}) == (1, 1, 0)
    assert one(con, "select column_name, reason, stage, source_row from rejected_rows") == (
        "name",
        "姓名: required but empty; fill it in the exporting system",
        "type",
        2,
    )


def test_an_unreadable_required_cell_rejects_the_row_without_telling_its_value(
    con: duckdb.DuckDBPyConnection,
) -> None:
    assert pupils(con, {"entry_month": "202313"}) == (0, 1, 0)
    column, reason = one(con, "select column_name, reason from rejected_rows")
    assert column == "entry_month"
    assert reason == (
        "入学年月: not a month (YYYYMM) in any known style; correct the export, or add the style to schemas"
    )


def test_an_unknown_word_in_a_required_coded_column_rejects_the_row(
    con: duckdb.DuckDBPyConnection,
) -> None:
    assert pupils(con, {"status": "神秘"}) == (0, 1, 0)
    (reason,) = one(con, "select reason from rejected_rows")
    assert str(reason).startswith("学籍状态: not in the code list status; ")


def test_a_row_with_several_faults_is_rejected_once_and_says_how_many(
    con: duckdb.DuckDBPyConnection,
) -> None:
    assert pupils(con, {"name": None, "status": "神秘", "entry_month": None}) == (0, 1, 0)
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
    assert pupils(con, {column: cell}) == (1, 0, 1)
    assert one(con, f"select {column} from vocational_students") == (None,)
    assert one(con, "select column_name, issue, source_row from cell_issues") == (
        column,
        f"{complaint}; correct the export, or add the style to schemas; left empty",
        2,
    )


def test_a_cell_that_says_there_is_nothing_is_empty_and_no_issue(
    con: duckdb.DuckDBPyConnection,
) -> None:
    assert pupils(con, {"birth_date": "无", "phone": "NULL", "sex": "/"}) == (1, 0, 0)
    assert one(con, "select birth_date, phone, sex from vocational_students") == (None, None, None)


def test_a_required_cell_that_says_there_is_nothing_is_empty(
    con: duckdb.DuckDBPyConnection,
) -> None:
    assert pupils(con, {"name": "暂无"}) == (0, 1, 0)
    (reason,) = one(con, "select reason from rejected_rows")
    assert str(reason).startswith("姓名: required but empty; ")


def test_no_value_of_a_rejected_row_is_told_anywhere(con: duckdb.DuckDBPyConnection) -> None:
    pupils(con, {"birth_date": "虚构乙的生日", "status": "虚构丙"}, {"birth_date": "虚构乙的生日"})
    told = con.execute("select reason from rejected_rows union all select issue from cell_issues")
    assert "虚构" not in str(told.fetchall())


def test_other_cells_at_fault_of_a_rejected_row_are_told_beside_it_and_are_no_issues(
    con: duckdb.DuckDBPyConnection,
) -> None:
    faults = {"name": None, "status": "神秘", "birth_date": "2023-02-30"}
    assert pupils(con, {}, faults) == (1, 1, 0)
    assert one(con, "select column_name from rejected_rows") == ("name",)
    told = con.execute("select source_row, column_name, reason from rejected_cells").fetchall()
    remedy = "; correct the export, or add the style to schemas"
    assert told == [
        (3, "birth_date", f"出生日期: not a date in any known style{remedy}"),
        (3, "status", f"学籍状态: not in the code list status{remedy}"),
    ]
    assert one(con, "select count(*) from cell_issues") == (0,)


def test_what_became_of_the_rows_is_counted_by_file_and_sheet(
    con: duckdb.DuckDBPyConnection,
) -> None:
    rows = [PUPIL, PUPIL | {"name": None}, PUPIL | {"left_on": "哪天"}]
    counts = type_rows(
        con,
        "vocational_students",
        delivered("vocational_students", rows, file="b.xlsx", sheet="二"),
        delivered("vocational_students", rows[1:], file="b.xlsx", sheet="一"),
        delivered("vocational_students", rows[:1]),
    )
    assert counts == [
        SheetCount("vocational_students/a.xlsx", "", 1, 0, 0),
        SheetCount("vocational_students/b.xlsx", "一", 1, 1, 1),
        SheetCount("vocational_students/b.xlsx", "二", 2, 1, 1),
    ]


def test_rows_are_kept_in_the_order_in_which_they_arrive(con: duckdb.DuckDBPyConnection) -> None:
    pupils(con, *({"class_name": f"{number}班"} for number in range(50)))
    classes = con.execute("select class_name from vocational_students").fetchall()
    assert classes == [(f"{number}班",) for number in range(50)]


def test_a_lost_row_stops_the_night_and_names_the_sheet(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        "insert into deliveries by name select 'schools' as source, 'schools/a.xlsx' as source_file, '' as sheet, "
        "3 as rows_read, 2 as rows_loaded, 0 as rows_rejected, 'loaded' as status, '' as message, "
        "date '2024-04-15' as first_loaded_at, 9 as bytes, 9 as modified_ns, 'c' as contract"
    )
    with pytest.raises(BrokenPromiseError, match=r"schools/a.xlsx : 3 rows read, but 2"):
        assert_nothing_lost(con)


def test_no_rows_are_none_loaded_and_none_lost(con: duckdb.DuckDBPyConnection) -> None:
    assert type_rows(con, "vocational_students", delivered("vocational_students", [])) == []


def test_typing_one_source_leaves_the_account_of_another(con: duckdb.DuckDBPyConnection) -> None:
    pupils(con, {"name": None})
    event = {"happened_on": "2022-08-01", "kind": "合并", "old_code": "36"}
    type_rows(con, "school_events", delivered("school_events", [event]))
    assert one(con, "select count(*) from rejected_rows") == (1,)


def test_a_delivered_row_has_the_same_record_id_every_night(
    con: duckdb.DuckDBPyConnection,
) -> None:
    pupils(con, {})
    (first,) = one(con, "select record_id from vocational_students")
    assert (
        first
        == "r" + one(con, "select md5('vocational_students|vocational_students/a.xlsx||2')")[0][:15]
    )  # type: ignore[index]
