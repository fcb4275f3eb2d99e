"""Delivered codes, terms and words for nothing are read however they are spelt, and never guessed."""

from __future__ import annotations

import duckdb
import pytest
from asked_reader import read

from schemas.catalog import code_lists


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("3699000001", "3699000001"),
        ("'3699000001", "3699000001"),
        ('="3699000001"', "3699000001"),
        ("3699 0000 01", "3699000001"),
        ("３６９９０００００１", "3699000001"),
        ("　", None),
        ("'", None),
        ("无", None),
        ("—", None),
        ("NULL", None),
    ],
)
def test_a_code_loses_what_only_guards_it(
    con: duckdb.DuckDBPyConnection, cell: str, code: str | None
) -> None:
    assert read(con, "read_code", cell) == code


@pytest.mark.parametrize(
    ("code_list", "cell", "value"),
    [
        ("status", "在读", "active"),
        ("status", "01", "active"),
        ("status", "1", "active"),
        ("status", "注册学籍（在籍）", "active"),
        ("status", " 退 学 ", "withdrawn"),
        ("sex", "Ｍ", "male"),
        ("sex", "m", "male"),
        ("term", "第一学期", "autumn"),
        ("change_type", "31", None),
        ("sex", "1-男", "male"),
        ("sex", "男[1]", "male"),
        ("sex", "2-男", None),
        ("ethnicity", "01.汉族", "01"),
        ("ethnicity", "1.0", "01"),
        ("ethnicity", "10.0", "10"),
        ("ethnicity", "毛难族", "36"),
        ("ethnicity", "漢族", "01"),
        ("status", "畢業", "graduated"),
        ("status", "不在籍【退学】", "withdrawn"),
        ("study_form", "全日制（脱产）", "full_time"),
        ("id_type", "A-护照", "passport"),
        ("term", "2023-2024-1", "autumn"),
        ("term", "2024年春季", "spring"),
        ("status", "毕业班", None),
    ],
)
def test_a_code_word_is_looked_up_however_it_is_spelt(
    con: duckdb.DuckDBPyConnection, code_list: str, cell: str, value: str | None
) -> None:
    found = con.execute(
        "select read_listed(cell, $1) from (select $2 as cell)", [code_list, cell]
    ).fetchall()
    assert found == [(value,)]


def test_no_folded_spelling_stands_for_two_values(con: duckdb.DuckDBPyConnection) -> None:
    spelt = {
        (name, read(con, "read_variant", spelling)): value
        for name, codes in code_lists().items()
        for spelling, value in codes.spellings.items()
    }
    listed = con.execute("select list, variant, value from work.code_variant").fetchall()
    known = {(name, variant): value for name, variant, value in listed}
    assert {key: known.get(key) for key in spelt} == spelt


@pytest.mark.parametrize(
    ("cell", "nothing"),
    [
        ("", True),
        ("无", True),
        ("（空）", True),
        ("/", True),
        ("——", True),
        ("暂无", True),
        ("null", True),
        ("\\N", True),
        ("#N/A", True),
        ("NaN", True),
        ("待补", True),
        ("1900-01-00", True),
        ("9999-12-31 00:00:00", True),
        ("0", False),
        ("无名", False),
        ("#REF!", False),
        ("2023-09-01", False),
    ],
)
def test_what_people_and_programs_write_for_nothing_is_known(
    con: duckdb.DuckDBPyConnection, cell: str, nothing: object
) -> None:
    assert read(con, "says_nothing", cell) is nothing


@pytest.mark.parametrize(
    ("cell", "text"), [("无", "无"), ("/", "/"), ("NULL", None), ("\\N", None), (" 3+2 ", "3+2")]
)
def test_in_free_text_only_programs_say_nothing(
    con: duckdb.DuckDBPyConnection, cell: str, text: str | None
) -> None:
    assert read(con, "read_text", cell) == text


@pytest.mark.parametrize(
    ("cell", "text"),
    [("无", "无"), ("补办中", "补办中"), ("-", None), ("/", None), ("9901 02", "990102")],
)
def test_a_word_in_place_of_an_identity_number_is_kept(
    con: duckdb.DuckDBPyConnection, cell: str, text: str | None
) -> None:
    assert read(con, "read_id", cell) == text


@pytest.mark.parametrize(
    "cell",
    [
        "2023-2024-1",
        "2023-24-1",
        "23-24-1",
        "2023秋",
        "2023年秋季",
        "2023年秋季学期",
        "2023-2024学年第一学期",
        "2023—2024学年度第1学期",
        "2023/2024学年上学期",
        "2023 至 2024 学年 第一学期",
        "2023学年第一学期",
        "202309",
        "2023年9月",
    ],
)
def test_a_term_is_one_however_it_is_spelt(con: duckdb.DuckDBPyConnection, cell: str) -> None:
    assert read(con, "term_written", cell) == "2023-2024-1"


@pytest.mark.parametrize(
    ("cell", "term"),
    [
        ("2024年春季", "2023-2024-2"),
        ("202403", "2023-2024-2"),
        ("2023-2024学年下学期", "2023-2024-2"),
        ("2023-2024", None),
        ("2023", None),
        ("2023-2025-1", None),
        ("2023年上学期", None),
        ("202401", None),
        ("2023-2024-3", None),
        (None, None),
    ],
)
def test_what_names_no_one_term_is_none(
    con: duckdb.DuckDBPyConnection, cell: str | None, term: str | None
) -> None:
    assert read(con, "term_written", cell) == term


@pytest.mark.parametrize(
    ("cell", "years"), [("3", 3.0), ("2.5年", 2.5), ("五年制", 5.0), ("长", None)]
)
def test_years_of_study_are_read_with_their_halves(
    con: duckdb.DuckDBPyConnection, cell: str, years: float | None
) -> None:
    assert read(con, "years_written", cell) == years


def test_a_spring_paid_in_the_year_of_an_autumn_label_is_not_believed(
    con: duckdb.DuckDBPyConnection,
) -> None:
    query = (
        "select school_year_begun('2023年秋季', 'spring'), school_year_begun('2024春', 'spring')"
    )
    assert con.execute(query).fetchall() == [(None, 2023)]
