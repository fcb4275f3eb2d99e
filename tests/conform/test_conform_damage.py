"""Damaged identity numbers are listed cell by cell, and a column that was stored as numbers is told as a whole."""

from __future__ import annotations

from datetime import date, timedelta

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from delivered_text import a_warehouse, delivered, type_rows
from hypothesis import given, settings
from hypothesis import strategies as st

from detectors.identity import written
from pipeline.conform.plain_numbers import plain_numbers

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
PUPIL = {
    "student_no": "G1",
    "name": "虚构甲",
    "school_code": "3699000001",
    "entry_month": "202309",
    "status": "在读",
}


def a_number(sequence: int, born_on: date = date(2007, 5, 1)) -> str:
    body = f"990102{born_on:%Y%m%d}{sequence:03d}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


GOOD = a_number(2)
LIST = [a_number(sequence) for sequence in range(1, 61)]


def pupils(*rows: dict[str, str | None]) -> duckdb.DuckDBPyConnection:
    con = a_warehouse()
    type_rows(
        con, "vocational_students", delivered("vocational_students", [PUPIL | row for row in rows])
    )
    return con


def column_issues(con: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    return con.execute("select column_name, kind, cells, of_cells from column_issues").fetchall()


@pytest.mark.parametrize(
    ("written", "number", "damage"),
    [
        (f"{GOOD[:6]} {GOOD[6:14]} {GOOD[14:]}", GOOD, "spelling"),
        (f"身份证号：{GOOD}", GOOD, "spelling"),
        (GOOD.replace("0", "O"), GOOD, "spelling"),
        ("990102670401001", "990102196704010018", "fifteen"),
        ("9.90102E+17", "9.90102E+17", "scientific"),
        (GOOD[:15] + "000", GOOD[:15] + "000", "rounded"),
        (GOOD[:17], GOOD[:17], "short"),
        (GOOD + "1", GOOD + "1", "long"),
        ("补办中", "补办中", "placeholder"),
        ("19900001234", "19900001234", "placeholder"),
        ("999369900000100001", "999369900000100001", "temporary"),
        ("H12345678", "H12345678", "foreign"),
        ("990102********0027", "990102********0027", "masked"),
    ],
)
def test_a_damaged_number_is_listed_with_its_place_and_kept_as_delivered(
    written: str, number: str, damage: str
) -> None:
    con = pupils({"id_number": GOOD}, {"id_number": written})
    assert con.execute(
        "select source_row, column_name, number, damage from identity_cells"
    ).fetchall() == [(3, "id_number", number, damage)]


def test_plain_numbers_a_small_x_and_empty_cells_are_not_listed() -> None:
    with_x = next(number for number in LIST if number.endswith("X"))
    leap = a_number(3, date(2008, 2, 29))
    con = pupils({"id_number": GOOD}, {"id_number": with_x.lower()}, {"id_number": leap})
    assert con.execute("from identity_cells").fetchall() == []


def test_a_column_stored_as_numbers_is_told_as_a_whole_and_x_is_intact() -> None:
    rounded = [number if number.endswith("X") else number[:15] + "000" for number in LIST]
    con = pupils(*({"id_number": number} for number in rounded))
    lost = sum(not number.endswith("X") for number in rounded)
    assert column_issues(con) == [("id_number", "rounded", lost, lost)]
    ((issue,),) = con.execute("select issue from column_issues").fetchall()
    assert "X 结尾的号码完好" in str(issue)
    assert "format the column as text" in str(issue)


def test_a_column_of_binary_numbers_is_told_as_a_whole() -> None:
    stored = [number if number.endswith("X") else str(int(float(number))) for number in LIST]
    con = pupils(*({"id_number": number} for number in stored))
    ((column, kind, *_),) = column_issues(con)
    assert (column, kind) == ("id_number", "rounded")


def test_a_column_in_exponents_is_told_as_a_whole() -> None:
    con = pupils(*({"id_number": "9.90102E+17"} for _ in range(8)))
    assert column_issues(con) == [("id_number", "scientific", 8, 8)]


def test_an_honest_list_with_a_few_numbers_ending_in_zeros_is_not_told() -> None:
    odd = [GOOD[:15] + "000"] * 5
    con = pupils(*({"id_number": number} for number in LIST + odd))
    assert column_issues(con) == []


def test_cards_stored_as_numbers_are_told() -> None:
    con = pupils(*({"id_number": one, "aid_card": "9900001234567890000"} for one in LIST[:9]))
    assert column_issues(con) == [("aid_card", "rounded", 9, 9)]


def test_names_that_became_question_marks_are_told() -> None:
    con = pupils(*({"id_number": one, "name": "??"} for one in LIST[:9]))
    assert column_issues(con) == [("name", "lost_characters", 9, 9)]


def test_birth_dates_counted_from_1904_are_told() -> None:
    shifted = str(date(2007, 5, 1) - timedelta(days=1462))
    con = pupils(*({"id_number": one, "birth_date": shifted} for one in LIST[:9]))
    assert column_issues(con) == [("birth_date", "shifted_days", 9, 9)]


def test_no_issue_of_a_column_tells_a_number() -> None:
    con = pupils(*({"id_number": number[:15] + "000"} for number in LIST))
    assert "990102" not in str(con.execute("select issue from column_issues").fetchall())


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(max_size=20) | st.sampled_from(LIST) | st.none(), max_size=20))
def test_a_number_is_plain_only_if_the_macros_call_it_valid(texts: list[str | None]) -> None:
    con = duckdb.connect()
    written.install(con)
    column = pa.chunked_array([pa.array(texts, pa.string())])
    plain = [text for text, one in zip(texts, plain_numbers(column), strict=True) if one]
    assert set(plain) <= {*LIST, *(number.lower() for number in LIST)}
    assert plain == [text for text in texts if text in LIST and not str(text).endswith("000")]


def test_a_wrong_digit_is_never_plain() -> None:
    wrong = [
        GOOD[:place] + digit + GOOD[place + 1 :]
        for place in range(18)
        for digit in "0123456789"
        if digit != GOOD[place]
    ]
    assert not np.any(plain_numbers(pa.chunked_array([pa.array(wrong)])))
