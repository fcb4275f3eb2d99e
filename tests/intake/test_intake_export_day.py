"""On which day a list was exported, and what it is called without that."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.intake.export_day import day_named, export_day, list_name


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("学籍20241115.xlsx", date(2024, 11, 15)),
        ("学籍_20241115093000.xlsx", date(2024, 11, 15)),
        ("2024-11-15 学籍.xlsx", date(2024, 11, 15)),
        ("2024年11月5日.xlsx", date(2024, 11, 5)),
        ("2024.9.1-2024.11.15.csv", date(2024, 11, 15)),
        ("20241115/学籍.csv", date(2024, 11, 15)),
        ("b20241201.zip/20241115/学籍.csv", date(2024, 11, 15)),
        ("2023-2024-1.csv", None),
        ("2023-2024学年第1学期.csv", None),
        ("20242025.csv", None),
        ("20240230.csv", None),
        ("202411.csv", None),
        ("3699000001.csv", None),
        ("990102200705010027.csv", None),
    ],
)
def test_a_file_name_tells_the_day_of_export_but_no_school_year(
    name: str, day: date | None
) -> None:
    assert day_named(f"vocational_students/{name}") == day


@pytest.mark.parametrize(
    ("cells", "day"),
    [
        (("导出时间：2024-11-15 09:30",), date(2024, 11, 15)),
        (("制表人:虚构甲", "", "制表日期:", "2024年11月15日"), date(2024, 11, 15)),
        (("(截至2024年9月1日)",), date(2024, 9, 1)),
        (("上报", "2024-11-15"), None),
        (("出生日期", "2007-05-01"), None),
    ],
)
def test_only_a_line_that_speaks_of_the_export_tells_its_day(
    cells: tuple[str, ...], day: date | None
) -> None:
    assert export_day([cells]) == day


@pytest.mark.parametrize(
    "name",
    [
        "招生计划.xlsx",
        "招生计划20241201.xls",
        "招生计划（更正）.csv",
        "招生计划 (2).csv",
        "招生计划_v2 最终版.csv",
        "招生计划 - 副本.csv",
        "招生计划2024年11月15日.csv",
        "招生计划20241115_093000.csv",
    ],
)
def test_a_list_keeps_its_name_through_its_corrections(name: str) -> None:
    assert list_name(f"vocational_students/{name}") == "招生计划"
