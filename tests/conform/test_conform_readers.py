"""Delivered text is read in every style the registries write, and never guessed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.conform.macros import install_macros
from schemas.catalog import code_lists


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
