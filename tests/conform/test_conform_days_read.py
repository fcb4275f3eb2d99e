"""Delivered days and months are read in every style the registries write, and never guessed."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest
from asked_reader import read
from hypothesis import given, settings
from hypothesis import strategies as st

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
        "2023年9月1号",
        "2023年9月1日 星期五",
        "2023-9-1（星期五） 上午8:30",
        "2023-9-1 0:00:00",
        "2023/9/1 12:00 AM",
        "2023-09-01T00:00:00+08:00",
        "2023-08-31T16:00:00.000Z",
        "20230901.0",
        "2023 09 01",
        "2023。9。1",
        "2023-\n09-01",
        "二〇二三年九月一日",
        "二○二三年 九月 一日",
        "1-Sep-23",
        "01-SEP-2023 00:00:00",
        "Sep 1, 2023",
        "2023-Sep-01",
        "September 2023",
        "Fri Sep 01 00:00:00 CST 2023",
        "01-9月 -23",
        "9/2023",
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
        "2023-09-0112",
        "01/05/06",
        "99-12-31",
        "1-Sep-35",
        "0000-00-00",
        "2099-12-31",
        "农历二〇二三年九月一日",
        "2023.1",
        "2007-2-29",
        "990102200705010027",
    ],
)
def test_what_is_no_day_is_not_read_as_one(
    con: duckdb.DuckDBPyConnection, cell: str | None
) -> None:
    assert read(con, "read_date", cell) is None


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("13/5/2006", date(2006, 5, 13)),
        ("5/13/2006", date(2006, 5, 13)),
        ("5/5/2006", date(2006, 5, 5)),
        ("2008年2月29日", date(2008, 2, 29)),
        ("二〇〇六年元月", date(2006, 1, 1)),
        ("二零零六年十二月廿三日", date(2006, 12, 23)),
        ("38718", date(2006, 1, 1)),
        ("2005-12-31T15:59:59Z", date(2005, 12, 31)),
        ("2023.10", date(2023, 10, 1)),
        ("１９９９－１２－３１", date(1999, 12, 31)),
    ],
)
def test_a_day_that_can_be_only_one_is_read(
    con: duckdb.DuckDBPyConnection, cell: str, day: date
) -> None:
    assert read(con, "read_date", cell) == day


@settings(deadline=None, max_examples=40)
@given(day=st.dates(date(1920, 1, 1), date(2060, 12, 31)))
@pytest.mark.parametrize(
    "style",
    [
        "%Y-%m-%d",
        "%Y%m%d",
        "%Y年%m月%d日",
        "%Y/%m/%d",
        "%Y.%m.%d 00:00",
        "%Y%m%d093000",
        "%d-%b-%Y",
        "%b %d, %Y",
        "%Y-%b-%d",
        "%Y-%m-%dT00:00:00+08:00",
        "%Y年%m月%d号 星期%w",
    ],
)
def test_every_day_comes_back_from_every_style(
    con: duckdb.DuckDBPyConnection, style: str, day: date
) -> None:
    cell = day.strftime(style.replace("%w", "日一二三四五六"[int(day.strftime("%w"))]))
    assert read(con, "read_date", cell) == day


@settings(deadline=None, max_examples=40)
@given(day=st.dates(date(1920, 1, 1), date(2060, 12, 31)))
def test_every_day_comes_back_from_chinese_numerals(
    con: duckdb.DuckDBPyConnection, day: date
) -> None:
    year = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(day.year))
    cell = f"{year}年{in_words(day.month)}月{in_words(day.day)}日"
    assert read(con, "read_date", cell) == day


def in_words(number: int) -> str:
    tens, ones = divmod(number, 10)
    ten = {0: "", 1: "十"}.get(tens, f"{' 一二三四五六七八九'[tens]}十")
    return ten + (" 一二三四五六七八九"[ones] if ones else "")


@settings(deadline=None, max_examples=40)
@given(number=st.integers(1, 99))
def test_every_number_below_a_hundred_comes_back_from_words(
    con: duckdb.DuckDBPyConnection, number: int
) -> None:
    assert read(con, "read_int", in_words(number)) == number


@settings(deadline=None, max_examples=40)
@given(text=st.text(max_size=20))
@pytest.mark.parametrize(
    "reader",
    [
        "read_date",
        "read_month",
        "read_int",
        "read_money",
        "read_bool",
        "read_code",
        "read_id",
        "read_name",
        "name_remark",
        "read_variant",
        "term_written",
        "says_nothing",
        "id_normalise",
    ],
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
        ("2023年秋季学期", 202309),
        ("秋2023", 202309),
        ("2023级秋季", 202309),
        ("2023年9月份", 202309),
        ("09/2023", 202309),
        ("2023-2024学年第一学期", 202309),
        ("2023-2024-2", 202403),
    ],
)
def test_a_month_is_read_in_every_style(
    con: duckdb.DuckDBPyConnection, cell: str, month: int
) -> None:
    assert read(con, "read_month", cell) == month


@pytest.mark.parametrize(
    "cell",
    [None, "", "202313", "202300", "2023", "2023级", "999912", "000001", "23年9月", "2023.1"],
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
