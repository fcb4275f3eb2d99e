"""Delivered numbers, amounts and marks are read in every style, and left alone where they are none."""

from __future__ import annotations

from decimal import Decimal

import duckdb
import pytest
from asked_reader import read
from hypothesis import given, settings
from hypothesis import strategies as st


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
        ("十二", 12),
        ("二十三", 23),
        ("一百二十人", 120),
        ("①", 1),
        ("2023年度", 2023),
        ("12.5", None),
        ("二百五", None),
        ("1 50", None),
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
        ("1000元整", "1000.00"),
        ("--500", None),
        ("一千", "1000.00"),
        ("壹仟元整", "1000.00"),
        ("贰佰零伍元伍角", "205.50"),
        ("壹万贰仟叁佰肆拾伍元陆角柒分", "12345.67"),
        ("人民币：壹万元整", "10000.00"),
        ("1万5千", "15000.00"),
        ("一百五", None),
        ("三四万", None),
        ("1.000,50", None),
        ("1 000", "1000.00"),
        ("1 000,50", None),
        ("１，０００．５０", "1000.50"),
        ("1000.-", "1000.00"),
        ("1000-", "-1000.00"),
        ("红字1000", "-1000.00"),
        ("1000（红字）", "-1000.00"),
        ("(-1000)", None),
        ("RMB 1000", "1000.00"),
        ("1000.00 CNY", "1000.00"),
        ("1000元/学期", None),
        ("1.0E+3", "1000.00"),
        ("1.23E+05", None),
        ("-", None),
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
@pytest.mark.parametrize(
    "style", ["{0:.2f}", "{0:,.2f}", "￥{0:.2f}", "{0:.2f}元", "{0:,.2f} CNY", "RMB{0:.2f}"]
)
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
        ("☑", True),
        ("✔", True),
        ("□", False),
        ("1-是", True),
        ("未盖章", False),
        ("是(低保)", None),
        ("○", None),
        ("空", None),
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
