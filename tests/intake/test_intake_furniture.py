"""What stands around the rows of printed lists is left out and counted; what may be data never is."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from delivered_files import HEADINGS, ROWS
from hypothesis import given
from hypothesis import strategies as st
from sheets_read import Rows, sheet

from pipeline.intake.furniture import is_closing, is_title
from pipeline.intake.headings import recognise
from pipeline.intake.pages import Pages
from pipeline.intake.rows import named_rows
from pipeline.intake.sheet import Block, Line, Reject

SPECIAL = "special_statuses"
FURNITURE = [
    ("合计", "3"),
    ("合 计", None, 25),
    (None, None, "合計", 3),
    ("2023级1班 小计", 25),
    ("2023级1班", "小计", None, 25),
    ("小计:25人",),
    ("共 25 人",),
    ("合计", "大写：壹万贰仟元整", None, "12000"),
    ("制表人：张某", None, "审核人：李某"),
    ("制表人", "张某", "审核人", "李某"),
    ("校长（签字）：", None, "填表人：张某"),
    ("学校（盖章）",),
    ("2024年11月15日",),
    ("联系电话：0432-62000000",),
    ("备注：本表一式两份",),
    ("2、本表由学校填写，一式两份。",),
    ("第 1 页 共 3 页",),
    ("- 1 -",),
    ("以下空白",),
    ("————",),
    ("此页无正文",),
    ("续表",),
    ("青禾市特殊身份名单（续）",),
    ("学校名称：虚构学校", None, "填表日期：2024年11月15日"),
]


@pytest.mark.parametrize("row", FURNITURE, ids=lambda row: str(row[0] or row[2]))
def test_furniture_is_left_out_and_counted(row: tuple[object, ...], tmp_path: Path) -> None:
    seen = sheet((HEADINGS, ROWS[0], row, ROWS[1]), SPECIAL, tmp_path)
    assert (seen.at, seen.rejects) == ([2, 4], [])
    assert "rows left out: 1 " in seen.said


COUNTS = [
    ("残疾人", "小计", 25),
    ("残疾人", "合计", "25人"),
    ("合计", "残疾人", 25),
    ("残疾人", "人数", 25),
    ("本页人数", None, 25),
    ("残疾人", "总人数：", "３名"),
]


@pytest.mark.parametrize("row", COUNTS, ids=str)
def test_a_count_where_a_number_of_identity_belongs_is_nobody(
    row: tuple[object, ...], tmp_path: Path
) -> None:
    seen = sheet((HEADINGS, ROWS[0], row, ROWS[1]), SPECIAL, tmp_path)
    assert (seen.at, seen.rejects) == ([2, 4], [])
    assert "1 total" in seen.said


DATA = [
    ("残疾人", "合计", "990102198001010013"),
    ("残疾人", "李二构", 25),
    ("残疾人", "计人数", 25),
    ("残疾人", "合计", "25号"),
    ("残疾人", "合计", None),
    ("残疾人", "注某", None),
    ("合计", None, "990102198001010013"),
    ("残疾人;李二构;99010219900202002X",),
    (None, "小计某", None, "2020-01-31"),
    ("1.张三",),
    ("退役军人", None, None, None, "合计职业学校"),
]


@pytest.mark.parametrize("row", DATA, ids=str)
def test_what_may_be_data_is_never_left_out(row: tuple[object, ...], tmp_path: Path) -> None:
    assert sheet((HEADINGS, ROWS[0], row), SPECIAL, tmp_path).at == [2, 3]


@pytest.mark.parametrize(
    "row",
    [
        (2024, "3699000001", "青禾", "小计", 100),
        (2024, None, "合计", "普通", 100),
        ("合计", None, None, None, 200),
    ],
)
def test_a_total_in_a_list_of_numbers_is_not_loaded_as_one_more(
    row: tuple[object, ...], tmp_path: Path
) -> None:
    rows = (
        ("年度", "学校标识码", "地区", "计划类别", "计划数"),
        (2024, "3699000001", "青禾", "普通", 100),
        row,
    )
    seen = sheet(rows, "enrollment_plans", tmp_path)
    assert seen.at == [2]
    assert "1 total" in seen.said


def test_rows_with_nothing_but_a_printed_number_are_blank(tmp_path: Path) -> None:
    rows = [("序号", *HEADINGS), (1, *ROWS[0]), *[(number,) for number in range(2, 51)]]
    seen = sheet(rows, SPECIAL, tmp_path)
    assert (seen.at, seen.rejects) == ([2], [])
    assert "49 numbered but empty" in seen.said


def test_a_form_with_a_value_chosen_beforehand_is_no_blank_row(tmp_path: Path) -> None:
    rows = (("序号", *HEADINGS), (1, *ROWS[0]), (2, "残疾人"))
    assert sheet(rows, SPECIAL, tmp_path).at == [2, 3]


def test_a_heading_of_two_rows_may_come_again_on_every_page(tmp_path: Path) -> None:
    upper = ("类别", "姓名", "身份证号", "认定", None)
    lower = (None, None, None, "日期", "部门")
    rows = (("名单",), upper, lower, ROWS[0], ("名单",), upper, lower, ROWS[1])
    seen = sheet(rows, SPECIAL, tmp_path)
    assert seen.column("valid_from") == ["2020-01-31", "2021-02-28"]
    assert seen.column("source_department") == ["退役军人事务局", "残联"]
    assert (seen.at, seen.rejects) == ([4, 8], [])


def test_a_second_table_is_read_in_the_order_of_its_own_columns(tmp_path: Path) -> None:
    rows = (HEADINGS, ROWS[0], (), ("续表",), HEADINGS[::-1], ROWS[1][::-1], ROWS[2][::-1])
    seen = sheet(rows, SPECIAL, tmp_path)
    assert seen.column("name") == ["王一虚", "李二构", "赵三青"]
    assert seen.column("id_number") == [row[2] for row in ROWS]


FOREIGN: list[tuple[Rows, str]] = [
    (
        (
            ("学籍号", "学校标识码", "实习单位", "开始日期", "结束日期"),
            ("G990102200705010027", "3699000001", "青禾", "2024-01-01", "2024-06-01"),
        ),
        "exports/internships/",
    ),
    ((("姓名", "类别", "备注"), ("王某", "残疾人", "x")), "身份证号"),
]


@pytest.mark.parametrize(("foreign", "told"), FOREIGN)
def test_a_table_that_is_not_of_the_source_is_rejected_row_by_row(
    foreign: Rows, told: str, tmp_path: Path
) -> None:
    seen = sheet((HEADINGS, ROWS[0], *foreign, (), HEADINGS, ROWS[1]), SPECIAL, tmp_path)
    assert seen.at == [2, 7]
    assert [row for row, _ in seen.rejects] == [4]
    assert told in seen.rejects[0][1]
    assert "王某" not in seen.rejects[0][1]


def test_a_foreign_table_above_is_rejected_not_passed_over(tmp_path: Path) -> None:
    rows = (("姓名", "类别", "备注"), ("王某", "残疾人", "x"), (), HEADINGS, ROWS[1])
    seen = sheet(rows, SPECIAL, tmp_path)
    assert seen.at == [5]
    assert [row for row, _ in seen.rejects] == [2]


def blocks(rows: Rows, size: int) -> list[Block]:
    return [
        Block(
            pa.array(range(first + 2, first + 2 + len(rows[first : first + size])), pa.int64()),
            tuple(
                pa.array(column, pa.string())
                for column in zip(*rows[first : first + size], strict=True)
            ),
        )
        for first in range(0, len(rows), size)
    ]


@given(
    kinds=st.lists(st.sampled_from(["data", "data", "heading", "total", "blank"]), max_size=40),
    size=st.integers(1, 9),
)
def test_where_pages_and_blocks_end_does_not_matter(kinds: list[str], size: int) -> None:
    laid = {
        "heading": HEADINGS,
        "total": ("合计", "3", None, None, None),
        "blank": (None,) * 5,
    }
    rows = [laid.get(kind, ROWS[place % 3]) for place, kind in enumerate(kinds)]
    fit = recognise([Line(1, HEADINGS)], SPECIAL)
    rejects: list[Reject] = []
    pages = Pages(fit, [Line(1, HEADINGS)], rejects)
    arrived = [
        row["source_row"] for table in pages.tables(blocks(rows, size)) for row in table.to_pylist()
    ]
    assert arrived == [place for place, kind in enumerate(kinds, 2) if kind == "data"]
    assert rejects == []
    left_out = kinds.count("heading") + kinds.count("total")
    assert sum(int(word) for word in pages.remark.split() if word.isdecimal()) == left_out


def test_extra_columns_are_json_whatever_is_in_them() -> None:
    fit = recognise([Line(1, (*HEADINGS, "甲", '乙"', "丙"))], SPECIAL)
    cells = [[None, 'a"b\\', "\n"], ["x", None, None], [None, None, None]]
    columns = tuple(
        pa.array(column, pa.string())
        for column in zip(*((*ROWS[0], *row) for row in cells), strict=True)
    )
    table = named_rows(fit, Block(pa.array([2, 3, 4], pa.int64()), columns))
    assert table["extra"].to_pylist() == [
        '{"乙\\"": "a\\"b\\\\", "丙": "\\n"}',
        '{"甲": "x"}',
        None,
    ]


@given(cells=st.lists(st.text(max_size=30), max_size=6))
def test_any_text_can_be_asked_whether_it_is_furniture(cells: list[str]) -> None:
    assert is_closing(cells) in (True, False)
    assert is_title(cells) in (True, False)
    assert not is_closing([*cells, "990102198001010013"])
