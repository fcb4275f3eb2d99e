"""What the lines around a table say of all its rows: the unit of its money, its school, never a name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from delivered_files import ROWS
from rolls_on_the_page import A_PUPIL, FUNDS, OF_PUPIL, ROLL, SPECIAL
from sheets_read import Rows, sheet

from pipeline.errors import DeliveryError


@dataclass(frozen=True)
class Funds:
    """Where a sheet says in which unit its money is."""

    name: str
    above: Rows


TEN_THOUSANDS = [
    Funds("in the heading", (("年度", "学校标识码", "拨款学生数", "拨款金额（万元）"),)),
    Funds(
        "in the heading without brackets", (("年度", "学校标识码", "拨款学生数", "拨款金额万元"),)
    ),
    Funds(
        "in a row of units",
        (("年度", "学校标识码", "拨款学生数", "拨款金额"), (None, None, "人", "万元")),
    ),
    Funds(
        "above the table",
        (("生均拨款", None, None, "单位：万元"), ("年度", "学校标识码", "拨款学生数", "拨款金额")),
    ),
    Funds("as fen", (("年度", "学校标识码", "拨款学生数", "拨款金额(分)"),)),
]


@pytest.mark.parametrize("case", TEN_THOUSANDS, ids=lambda case: case.name)
def test_money_in_another_unit_is_never_read_as_yuan(case: Funds, tmp_path: Path) -> None:
    seen = sheet((*case.above, (2024, "3699000001", 100, 12.5)), FUNDS, tmp_path)
    assert (seen.status, seen.rows) == ("refused", [])
    assert "拨款金额 in " in seen.said
    assert "元" in seen.said


def test_a_unit_told_below_the_table_comes_too_late_and_refuses_the_file(tmp_path: Path) -> None:
    rows = (
        ("年度", "学校标识码", "拨款学生数", "拨款金额"),
        (2024, "3699000001", 100, 12.5),
        ("注：金额单位为万元",),
    )
    with pytest.raises(DeliveryError, match="万元"):
        sheet(rows, FUNDS, tmp_path)


def test_a_heading_in_yuan_stands_against_a_title_in_ten_thousands(tmp_path: Path) -> None:
    rows = (
        ("单位：万元",),
        ("年度", "学校标识码", "拨款学生数", "拨款金额（元）", "生均标准"),
        (2024, "3699000001", 100, 125000, 0.3),
    )
    seen = sheet(rows, FUNDS, tmp_path)
    assert seen.column("amount") == ["125000"]
    assert seen.column("standard") == [None]


OF_CLASS = tuple(heading for heading in OF_PUPIL if heading != "学校标识码")


CLASSMATE = tuple(cell for cell in A_PUPIL if cell != "3699000001")


@pytest.mark.parametrize(
    "title",
    [
        ("学校名称：虚构中等职业学校  学校标识码：3699000001  填表日期：2024年11月15日",),
        ("学校标识码：", "3699000001", "填表人：张某"),
    ],
)
def test_a_required_column_may_stand_in_a_line_above_the_table(
    title: tuple[str, ...], tmp_path: Path
) -> None:
    seen = sheet((title, OF_CLASS, CLASSMATE, CLASSMATE), ROLL, tmp_path)
    assert seen.column("school_code") == ["3699000001"] * 2
    assert "学校标识码 taken from the lines around the table" in seen.said


def test_a_required_column_may_stand_below_the_table(tmp_path: Path) -> None:
    rows = (OF_CLASS, *[CLASSMATE] * 40, ("学校标识码：3699000001", None, "填表人：张某"))
    seen = sheet(rows, ROLL, tmp_path)
    assert seen.column("school_code") == ["3699000001"] * 40
    assert seen.rejects == []


def test_two_schools_named_around_one_table_leave_it_in_doubt(tmp_path: Path) -> None:
    rows = (("学校标识码：3699000001",), OF_CLASS, CLASSMATE, ("学校标识码：3699000002",))
    seen = sheet(rows, ROLL, tmp_path)
    assert seen.status == "refused"
    assert "more than one 学校标识码" in seen.said


def test_nobody_s_name_is_taken_from_a_title(tmp_path: Path) -> None:
    seen = sheet((("姓名：张某",), ("类别", "身份证号"), ("残疾人", ROWS[1][2])), SPECIAL, tmp_path)
    assert seen.status == "refused"
    assert "姓名" in seen.said
