"""Delivered text is read in every style the registries write, and never guessed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.conform.typing import install_macros


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    con = duckdb.connect()
    install_macros(con)
    yield con
    con.close()


def read(con: duckdb.DuckDBPyConnection, reader: str, cell: str | None) -> object:
    ((value,),) = con.execute(f"select {reader}($1::varchar)", [cell]).fetchall()
    return value


FIRST_OF_SEPTEMBER = date(2023, 9, 1)


@pytest.mark.parametrize(
    "cell",
    [
        "2023-09-01",
        "20230901",
        "2023/9/1",
        "2023/09/01",
        "2023.9.1",
        "2023年9月1日",
        "2023 年 9 月 1 日",
        "２０２３年９月１日",
        "２０２３０９０１",
        "2023-09-01 08:30:00",
        "2023/9/1 8:30",
        "2023-09-01T00:00:00",
        "20230901083000",
        "20230901 08:30",
        "45170",
        "45170.5",
        "2023-09",
        "2023年9月",
        "2023.9",
        "202309",
    ],
)
def test_a_day_is_read_in_every_style(con: duckdb.DuckDBPyConnection, cell: str) -> None:
    assert read(con, "read_date", cell) == FIRST_OF_SEPTEMBER


@pytest.mark.parametrize(
    "cell",
    [
        None,
        "",
        "2023-02-30",
        "2023-13-01",
        "2023/2/29",
        "20231301",
        "2023年0月1日",
        "06-01-01",
        "1/9/2023",
        "1900-01-00",
        "1900-01-01",
        "9999-12-31",
        "0023-09-01",
        "2023",
        "202313",
        "61000",
        "待定",
        "2023-09-01-02",
    ],
)
def test_what_is_no_day_is_not_read_as_one(
    con: duckdb.DuckDBPyConnection, cell: str | None
) -> None:
    assert read(con, "read_date", cell) is None


@settings(deadline=None, max_examples=40)
@given(day=st.dates(date(1920, 1, 1), date(2060, 12, 31)))
@pytest.mark.parametrize(
    "style", ["%Y-%m-%d", "%Y%m%d", "%Y年%m月%d日", "%Y/%m/%d", "%Y.%m.%d 00:00"]
)
def test_every_day_comes_back_from_every_style(
    con: duckdb.DuckDBPyConnection, style: str, day: date
) -> None:
    assert read(con, "read_date", day.strftime(style)) == day


@settings(deadline=None, max_examples=40)
@given(text=st.text(max_size=20))
@pytest.mark.parametrize(
    "reader", ["read_date", "read_month", "read_int", "read_money", "read_bool", "read_code"]
)
def test_no_text_breaks_a_reader(con: duckdb.DuckDBPyConnection, reader: str, text: str) -> None:
    read(con, reader, text)


@pytest.mark.parametrize(
    ("cell", "month"),
    [
        ("202309", 202309),
        ("202309.0", 202309),
        ("２０２３０９", 202309),
        ("20239", 202309),
        ("2023.9", 202309),
        ("2023-09", 202309),
        ("2023年9月", 202309),
        ("2023年秋", 202309),
        ("2023秋季", 202309),
        ("2024年春季", 202403),
        ("2023-09-01", 202309),
        ("20230901", 202309),
        ("45170", 202309),
    ],
)
def test_a_month_is_read_in_every_style(
    con: duckdb.DuckDBPyConnection, cell: str, month: int
) -> None:
    assert read(con, "read_month", cell) == month


@pytest.mark.parametrize(
    "cell", [None, "", "202313", "202300", "2023", "2023级", "999912", "000001"]
)
def test_what_is_no_month_is_not_read_as_one(
    con: duckdb.DuckDBPyConnection, cell: str | None
) -> None:
    assert read(con, "read_month", cell) is None


@settings(deadline=None, max_examples=40)
@given(year=st.integers(1950, 2090), month=st.integers(1, 12))
@pytest.mark.parametrize("style", ["{0}{1:02}", "{0}-{1:02}", "{0}年{1}月", "{0}/{1}/15"])
def test_every_month_comes_back_from_every_style(
    con: duckdb.DuckDBPyConnection, style: str, year: int, month: int
) -> None:
    assert read(con, "read_month", style.format(year, month)) == year * 100 + month


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("3", 3),
        ("3.0", 3),
        ("-5", -5),
        ("1,200", 1200),
        ("３", 3),
        ("3年", 3),
        ("三年", 3),
        ("三年制", 3),
        ("二年级", 2),
        ("两年", 2),
        ("40人", 40),
        ("12 课时", 12),
        ("12.5", None),
        ("三四", None),
        ("1e3", None),
        ("99999999999999999999", None),
        ("约3", None),
        ("", None),
        (None, None),
    ],
)
def test_a_whole_number_is_read_or_left(
    con: duckdb.DuckDBPyConnection, cell: str | None, number: int | None
) -> None:
    assert read(con, "read_int", cell) == number


@settings(deadline=None, max_examples=40)
@given(number=st.integers(-(10**15), 10**15))
def test_every_whole_number_comes_back(con: duckdb.DuckDBPyConnection, number: int) -> None:
    assert read(con, "read_int", f"{number:,}") == number


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1000", "1000.00"),
        ("1,000.50", "1000.50"),
        ("￥1000", "1000.00"),
        ("1000元", "1000.00"),
        ("1000.00 元", "1000.00"),
        ("-500", "-500.00"),
        ("－500", "-500.00"),
        ("(500)", "-500.00"),
        ("（1,000.50元）", "-1000.50"),
        ("1.5万元", "15000.00"),
        ("0.333333万", "3333.33"),
        ("1000元整", None),
        ("--500", None),
        ("一千", None),
        ("1.000,50", None),
        ("1E+3", None),
        ("", None),
        (None, None),
    ],
)
def test_an_amount_is_read_or_left(
    con: duckdb.DuckDBPyConnection, cell: str | None, amount: str | None
) -> None:
    assert read(con, "read_money", cell) == (None if amount is None else Decimal(amount))


@settings(deadline=None, max_examples=40)
@given(amount=st.decimals(-(10**9), 10**9, places=2))
@pytest.mark.parametrize("style", ["{0:.2f}", "{0:,.2f}", "￥{0:.2f}", "{0:.2f}元"])
def test_every_amount_comes_back_from_every_style(
    con: duckdb.DuckDBPyConnection, style: str, amount: Decimal
) -> None:
    assert read(con, "read_money", style.format(amount)) == amount


@pytest.mark.parametrize(
    ("cell", "truth"),
    [
        ("是", True),
        ("1", True),
        ("y", True),
        ("Ｙ", True),
        ("√", True),
        ("有", True),
        ("否", False),
        ("0", False),
        ("×", False),
        ("无", False),
        ("也许", None),
        ("2", None),
        ("", None),
        (None, None),
    ],
)
def test_yes_and_no_are_read_or_left(
    con: duckdb.DuckDBPyConnection, cell: str | None, truth: object
) -> None:
    assert read(con, "read_bool", cell) is truth


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
        ("status", "毕业班", None),
    ],
)
def test_a_code_word_is_looked_up_however_it_is_spelt(
    con: duckdb.DuckDBPyConnection, code_list: str, cell: str, value: str | None
) -> None:
    found = con.execute(
        "select value from work.code_variant where list = $1 and variant = read_variant($2)",
        [code_list, cell],
    ).fetchall()
    assert found == ([] if value is None else [(value,)])
