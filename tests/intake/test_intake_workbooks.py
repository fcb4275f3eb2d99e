"""Workbooks, old and new: types, merged cells, hidden and huge sheets are what a person sees in them."""

from __future__ import annotations

import io
import re
import struct
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt
from container_files import cells_of, inline, opened, package, rows_of
from delivered_files import HEADINGS, VETERAN, saved, workbook
from openpyxl.chartsheet import Chartsheet


def test_numbers_dates_and_marks_of_an_old_workbook_are_those_of_a_new_one(tmp_path: Path) -> None:
    rows = [
        ["日期", "时刻", "数", "号", "是否"],
        [date(2020, 1, 31), datetime(2020, 1, 31, 8, 30), 0.1 + 0.2, 99010219800101001.0, True],  # noqa: DTZ001
        [date(1900, 3, 1), time(8, 30), -0.0, 19900000001, False],
        [date(1899, 12, 31), time(0, 0), 1e20, 0.25, ""],
    ]
    book = xlwt.Workbook()
    sheet = book.add_sheet("名单")
    styles = {date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm", time: "hh:mm"}
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            style = xlwt.easyxf(num_format_str=styles.get(type(cell), "General"))
            sheet.write(row, column, cell, style)
    stream = io.BytesIO()
    book.save(stream)
    assert cells_of(stream.getvalue(), tmp_path)[:2] == [
        ("2020-01-31", "2020-01-31 08:30:00", "0.3", "99010219800101000", "是"),
        ("1900-03-01", "08:30:00", "0", "19900000001", "否"),
    ]
    rows[3][0] = ""
    assert cells_of(workbook(名单=rows), tmp_path, ".xlsx")[:2] == [
        ("2020-01-31", "2020-01-31 08:30:00", "0.3", "99010219800101000", "是"),
        ("1900-03-01", "08:30:00", "0", "19900000001", "否"),
    ]


def test_times_are_rounded_to_the_second_and_durations_counted_in_hours(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book["Sheet"]
    sheet.append(["时"])
    for value, form in (
        (0.354166, "h:mm"),
        (0.999999, "h:mm"),
        (1.25, "[h]:mm:ss"),
        (43831.354166, "yyyy-m-d h:mm"),
    ):
        sheet.append([value])
        sheet.cell(sheet.max_row, 1).number_format = form
    sheet.append([timedelta(hours=-3)])
    told = [cells[0] for cells in cells_of(saved(book), tmp_path, ".xlsx")]
    assert told[:4] == ["08:30:00", "23:59:59", "30:00:00", "2020-01-01 08:30:00"]


@pytest.mark.parametrize("extension", [".xls", ".xlsx"])
def test_days_counted_from_1904_are_the_days_meant(extension: str, tmp_path: Path) -> None:
    stream = io.BytesIO()
    if extension == ".xls":
        old = xlwt.Workbook()
        old.dates_1904 = True
        old_sheet = old.add_sheet("a")
        old_sheet.write(0, 0, "日期")
        old_sheet.write(1, 0, date(2020, 1, 31), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
        old.save(stream)
    else:
        new = xlsxwriter.Workbook(stream, {"date_1904": True, "in_memory": True})
        sheet = new.add_worksheet()
        sheet.write(0, 0, "日期")
        sheet.write(1, 0, date(2020, 1, 31), new.add_format({"num_format": "yyyy-mm-dd"}))
        new.close()
    assert cells_of(stream.getvalue(), tmp_path, extension) == [("2020-01-31",)]


def test_formulas_give_their_last_value_and_errors_nothing(tmp_path: Path) -> None:
    cells = (
        '<c r="A2" t="str"><f>B2</f><v>王一虚</v></c><c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        '<c r="C2"><f>1+1</f><v>2</v></c><c r="D2" t="b"><v>1</v></c>'
    )
    heading = "".join(inline(f"{column}1", column) for column in "ABCD")
    content = package(f'<sheetData><row r="1">{heading}</row><row r="2">{cells}</row></sheetData>')
    assert cells_of(content, tmp_path, ".xlsx") == [("王一虚", None, "2", "是")]
    (sheet,) = opened(tmp_path, content, ".xlsx")
    assert "Excel errors in B2, read as empty" in sheet.remark


def test_errors_of_an_old_workbook_are_told_by_sheet_and_place(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    for name in ("一", "Zwei", "好"):
        sheet = book.add_sheet(name)
        sheet.write(0, 0, "姓名")
        sheet.write(1, 0, "\x05\x02\x08" if name == "好" else "王一虚")
    book.get_sheet(0).row(1).set_cell_error(27, 0x2A)
    for row in range(1, 6):
        book.get_sheet(1).row(row).set_cell_error(1, 0x07)
    book.get_sheet(2).row(1).set_cell_boolean(1, 1)
    content = saved(book)
    told = [sheet.remark for sheet in opened(tmp_path, content, ".xls")]
    assert told == [
        "Excel errors in AB2, read as empty cells",
        "Excel errors in B2, B3, B4 and 2 more, read as empty cells",
        "",
    ]


def test_a_formula_of_an_old_workbook_that_fails_is_told(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    sheet.write(0, 0, "数")
    sheet.write(1, 0, xlwt.Formula("1+1"))
    content = saved(book)
    (formula,) = re.finditer(rb"\x06\x00.\x00\x01\x00\x00\x00..", content, re.DOTALL)
    at = formula.end()
    worked_out = content[:at] + struct.pack("<d", 2) + content[at + 8 :]
    failed = content[:at] + b"\x02\x00\x07\x00\x00\x00\xff\xff" + content[at + 8 :]
    assert cells_of(worked_out, tmp_path) == [("2",)]
    assert cells_of(failed, tmp_path) == [(None,)]
    assert [one.remark for one in opened(tmp_path, failed, ".xls")] == [
        "Excel errors in A2, read as empty cells"
    ]


def test_rich_text_is_read_whole_and_its_pronunciation_is_not(tmp_path: Path) -> None:
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strings = (
        f'<sst xmlns="{namespace}"><si><t>姓名</t></si><si><r><t>王一</t></r><r><t>虚</t></r></si>'
        '<si><t>李二构</t><rPh sb="0" eb="1"><t>li</t></rPh></si></sst>'
    )
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" t="s"><v>{row - 1}</v></c></row>' for row in (1, 2, 3)
    )
    content = package(f"<sheetData>{rows}</sheetData>", strings)
    assert cells_of(content, tmp_path, ".xlsx") == [("王一虚",), ("李二构",)]


def test_hidden_sheets_are_read_and_said_and_chart_sheets_have_no_rows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name, state in (("一", "hidden"), ("二", "veryHidden"), ("三", "visible")):
        sheet = book.create_sheet(name)
        sheet.append(["姓名"])
        sheet.sheet_state = state
    del book["Sheet"]
    chart: Chartsheet = book.create_chartsheet("图")
    assert chart.title == "图"
    sheets = opened(tmp_path, saved(book), ".xlsx")
    assert [(sheet.name, "hidden" in sheet.remark) for sheet in sheets] == [
        ("一", True),
        ("二", True),
        ("三", False),
        ("图", False),
    ]
    assert (sheets[3].top, sheets[3].remark) == ((), "a chart or macros, no table")


def test_a_full_old_sheet_says_that_rows_may_be_missing(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("名单")
    sheet.write(0, 0, "姓名")
    sheet.write(65_535, 0, "王一虚")
    stream = io.BytesIO()
    book.save(stream)
    (read,) = opened(tmp_path, stream.getvalue())
    assert "65,536 rows" in read.remark
    assert rows_of(read)[-1] == (65_536, "王一虚")


@pytest.mark.parametrize("extension", [".xls", ".xlsx"])
def test_a_school_merged_over_its_pupils_is_said_of_each(extension: str, tmp_path: Path) -> None:
    merged = {(1, 3): "青禾中学", (4, 5): "虚构中学"}
    pupils = ("王一虚", "李二构", "赵三青", "钱四禾", "孙五虚")
    stream = io.BytesIO()
    if extension == ".xls":
        old = xlwt.Workbook()
        old_sheet = old.add_sheet("a")
        for (first, last), school in merged.items():
            old_sheet.write_merge(first, last, 1, 1, school)
        for row, name in enumerate(("姓名", *pupils)):
            old_sheet.write(row, 0, name)
        old_sheet.write(0, 1, "学校")
        old_sheet.write_merge(6, 9, 1, 1, "说明")
        old.save(stream)
    else:
        new = xlsxwriter.Workbook(stream)
        sheet = new.add_worksheet()
        for (first, last), school in merged.items():
            sheet.merge_range(first, 1, last, 1, school)
        sheet.write_column(0, 0, ("姓名", *pupils))
        sheet.write(0, 1, "学校")
        sheet.merge_range(6, 1, 9, 1, "说明")
        new.close()
    schools = ("青禾中学",) * 3 + ("虚构中学",) * 2
    told = cells_of(stream.getvalue(), tmp_path, extension)
    assert told[:5] == list(zip(pupils, schools, strict=True))
    assert told[5] == (None, "说明")
    assert set(told[6:]) <= {(None, None)}


def test_a_sheet_that_claims_to_be_huge_is_as_large_as_its_cells(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{row}">{inline(f"A{row}", str(row))}</row>' for row in range(1, 11))
    content = package(f'<dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData>')
    assert len(cells_of(content, tmp_path, ".xlsx")) == 9


def test_formatted_rows_without_content_are_no_rows(tmp_path: Path) -> None:
    blank = "".join(f'<row r="{row}"><c r="A{row}" s="0"/></row>' for row in range(3, 30_000))
    content = package(
        f'<sheetData><row r="1">{inline("A1", "姓名")}</row>'
        f'<row r="2">{inline("A2", "王一虚")}</row>{blank}</sheetData>'
    )
    assert cells_of(content, tmp_path, ".xlsx") == [("王一虚",)]


def test_a_sheet_too_large_to_hand_over_whole_keeps_its_places(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{row}">{inline(f"C{row}", f"n{row}")}</row>' for row in (3, 4, 5, 99_990)
    )
    wide = f'<row r="99991">{inline("AZ99991", "x")}</row>'
    (sheet,) = opened(tmp_path, package(f"<sheetData>{rows}{wide}</sheetData>"), ".xlsx")
    filled = [(row[0], row[1]) for row in rows_of(sheet) if row[1]]
    assert sheet.top[0].row == 3
    assert filled == [(4, "n4"), (5, "n5"), (99_990, "n99990")]


def test_a_remark_far_to_the_right_of_the_title_makes_no_column(tmp_path: Path) -> None:
    title = ("名单", *[None] * 200, "")
    (sheet,) = opened(tmp_path, workbook(名单=(title, HEADINGS, VETERAN)), ".xlsx")
    assert rows_of(sheet, heading=1) == [(3, *VETERAN)]
