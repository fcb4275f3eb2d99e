"""Marked workbooks: a delivery as its sender sees it, every fault coloured and explained where it stands."""

from __future__ import annotations

import io
import json
import stat
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
import xlwt
from delivered_files import (
    HEADINGS,
    SOURCE,
    a_warehouse,
    account,
    parquet,
    put,
    saved,
    table,
    taken,
    workbook,
)
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.checking import check_deliveries
from pipeline.errors import UsageError
from pipeline.intake import collect
from pipeline.privacy.audit import verify
from pipeline.workspace import Workspace

RED, YELLOW, ORANGE = "FFFF7C80", "FFFFE699", "FFF8CBAD"
PINK, GREY = "FFFDE9E7", "FFE7E6E6"
VETERAN = ("退役军人", "王一虚", "990102198001010010", "2020-01-31", "退役军人事务局")
NAMELESS = ("退役军人", "", "990102198001010010", "2020-01-31", "退役军人事务局")
UNDATED = ("残疾人", "周五虚", "990102199002020020", "昨天", "残联")
DISABLED = ("残疾人", "李二构", "990102199002020020", "2021-02-28", "残联")
FARMER = ("新型职业农民", "赵三青", "990105197503030032", "2019-03-31", "农业农村局")
ROWS = (VETERAN, NAMELESS, UNDATED, FARMER)


def marked(folder: Path, files: Mapping[str, bytes], settings: str = "") -> dict[str, Path]:
    """Check deliveries and give the marked workbooks by their path below the folder."""
    workspace = Workspace(folder.resolve() / "bureau")
    put(workspace.exports, files)
    (workspace.root / "qingji.toml").write_text(settings, encoding="utf-8")
    out = folder / "marked"
    checked = check_deliveries(workspace, marked=out)
    return {path.relative_to(out).as_posix(): path for path in checked.workbooks}


def the_sheet(folder: Path, name: str, content: bytes) -> Worksheet:
    """Give the first sheet after the findings of the only marked workbook."""
    (path,) = marked(folder, {f"{SOURCE}/{name}": content}).values()
    return openpyxl.load_workbook(path).worksheets[1]


def colour(cell: Cell) -> str:
    return str(cell.fill.fgColor.rgb) if cell.fill.fill_type else ""


def rows_of(sheet: Worksheet) -> list[tuple[object, ...]]:
    return [tuple(cell or "" for cell in row) for row in sheet.iter_rows(values_only=True)]


def xls(*rows: tuple[str, ...]) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("一班")
    for number, row in enumerate(rows):
        for at, cell in enumerate(row):
            sheet.write(number, at, cell)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def page(*rows: tuple[str, ...]) -> bytes:
    lines = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return f"<html><table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table></html>".encode()


def dbf(heading: tuple[str, ...], *rows: tuple[str, ...]) -> bytes:
    """Give a table of dBase III in GBK, each field 30 bytes wide."""
    fields = b"".join(
        struct.pack("<11sc4xB15x", name.encode("gbk")[:10], b"C", 30) for name in heading
    )
    start, width = 32 + len(fields) + 1, 1 + 30 * len(heading)
    head = struct.pack("<4BIHH17xB2x", 3, 124, 4, 15, len(rows), start, width, 0x4D)
    lines = (b" " + b"".join(cell.encode("gbk").ljust(30) for cell in row) for row in rows)
    return head + fields + b"\r" + b"".join(lines) + b"\x1a"


def packed(name: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, content)
    return stream.getvalue()


CONTAINERS = {
    "list.xlsx": workbook(一班=[HEADINGS, *ROWS]),
    "list.csv": table(HEADINGS, *ROWS).encode(),
    "list.txt": table(HEADINGS, *ROWS, separator="\t").encode("gb18030"),
    "list.parquet": parquet(dict(zip(HEADINGS, zip(*ROWS, strict=True), strict=True))),
    "list.xls": xls(HEADINGS, *ROWS),
    "page.xls": page(HEADINGS, *ROWS),
    "list.dbf": dbf(HEADINGS, *ROWS),
    "bundle.zip": packed("内/表.csv", table(HEADINGS, *ROWS).encode()),
    "nested.zip": packed("内.zip", packed("表.xlsx", workbook(一班=[HEADINGS, *ROWS]))),
}


@pytest.mark.parametrize("name", CONTAINERS)
def test_a_delivery_is_marked_the_same_whatever_container_it_came_in(
    tmp_path: Path, name: str
) -> None:
    sheet = the_sheet(tmp_path, name, CONTAINERS[name])
    assert rows_of(sheet) == [HEADINGS, *ROWS]
    assert [colour(cell) for cell in sheet[2]] == ["", "", "", "", ""]
    assert [colour(cell) for cell in sheet[3]] == [PINK, RED, PINK, PINK, PINK]
    assert [colour(cell) for cell in sheet[4]] == ["", "", "", YELLOW, ""]


def test_a_note_says_what_is_wrong_and_what_to_do(tmp_path: Path) -> None:
    sheet = the_sheet(tmp_path, "list.csv", CONTAINERS["list.csv"])
    note = sheet["B3"].comment
    assert note is not None
    assert note.text.startswith("退回")
    assert "必填项为空" in note.text
    assert sheet["A3"].comment is None


def test_cells_stand_where_the_original_has_them(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet["C2"] = "特殊身份人员名单"
    for number, row in enumerate((HEADINGS, *ROWS, ("合计", "4人"), HEADINGS, DISABLED), start=4):
        for at, cell in enumerate(row, start=3):
            sheet.cell(number, at).value = cell or None
    again = the_sheet(tmp_path, "list.xlsx", saved(book))
    assert again["C2"].value == "特殊身份人员名单"
    assert again["D6"].value is None
    assert colour(again["D6"]) == RED
    assert (again["C9"].value, colour(again["C9"])) == ("合计", GREY)
    assert (again["C10"].value, colour(again["C10"])) == ("类别", GREY)
    assert (again["E11"].value, colour(again["E11"])) == (DISABLED[2], "")


def test_marks_follow_the_columns_of_a_further_heading(tmp_path: Path) -> None:
    other_way = HEADINGS[::-1]
    rows = [HEADINGS, VETERAN, other_way, NAMELESS[::-1], UNDATED[::-1]]
    sheet = the_sheet(tmp_path, "list.xlsx", workbook(一班=rows))
    assert [colour(cell) for cell in sheet[3]] == [GREY] * 5
    assert colour(sheet["D4"]) == RED
    assert colour(sheet["B5"]) == YELLOW


def test_numbers_that_excel_rounded_are_told_of_once_and_marked_each(tmp_path: Path) -> None:
    rounded = [("退役军人", "王一虚", f"99010219800101{n}000", "", "局") for n in range(1, 10)]
    (path,) = marked(
        tmp_path, {f"{SOURCE}/a.xlsx": workbook(一班=[HEADINGS, *rounded, DISABLED])}
    ).values()
    book = openpyxl.load_workbook(path)
    sheet = book["一班"]
    heading = sheet["C1"].comment
    assert heading is not None
    assert heading.text.startswith("整列")
    assert "文本" in heading.text
    assert [colour(sheet.cell(row, 3)) for row in range(2, 12)] == [ORANGE] * 9 + [""]
    told = [row for row in rows_of(book["核查结果"]) if row[3] == "整列"]
    assert [row[2] for row in told] == ["身份证号"] * 2


def test_a_row_that_cannot_be_read_is_red_and_says_why(tmp_path: Path) -> None:
    text = table(HEADINGS, VETERAN).encode() + b"\xff\xfe,1,2\n" + table(DISABLED).encode()
    sheet = the_sheet(tmp_path, "list.csv", text)
    assert colour(sheet["A3"]) == RED
    assert "UTF-8" in str(sheet["A3"].value)
    assert sheet["B4"].value == DISABLED[1]


def test_no_cell_of_a_delivery_becomes_a_formula_or_loses_a_digit(tmp_path: Path) -> None:
    row = ("=1+1", "+SUM(A1)", "990102198001010010", "昨天", "@局")
    sheet = the_sheet(tmp_path, "list.csv", table(HEADINGS, row).encode())
    cells = list(sheet[2])
    assert [(cell.value, cell.data_type) for cell in cells] == [(text, "s") for text in row]
    assert {cell.number_format for cell in cells} == {"@"}


def test_the_first_sheet_sums_up_and_leads_to_every_cell(tmp_path: Path) -> None:
    (path,) = marked(tmp_path, {f"{SOURCE}/a.xlsx": CONTAINERS["list.xlsx"]}).values()
    findings = openpyxl.load_workbook(path)["核查结果"]
    said = rows_of(findings)
    assert ("1", "一班", "可读取", "4", "3", "1", "1", "") in said
    links = {
        cell.value: cell.hyperlink.location for row in findings for cell in row if cell.hyperlink
    }
    assert links == {"B3": "'一班'!B3", "D4": "'一班'!D4"}


def test_the_first_sheet_quotes_no_person(tmp_path: Path) -> None:
    (path,) = marked(tmp_path, {f"{SOURCE}/a.xlsx": CONTAINERS["list.xlsx"]}).values()
    said = str(rows_of(openpyxl.load_workbook(path)["核查结果"]))
    assert not [cell for row in ROWS for cell in row[1:4] if cell and cell in said]


def test_marks_are_in_english_where_the_case_files_are(tmp_path: Path) -> None:
    files = {f"{SOURCE}/a.csv": CONTAINERS["list.csv"]}
    (path,) = marked(tmp_path, files, 'language = "en"\n').values()
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[0] == "Findings"
    note = book.worksheets[1]["B3"].comment
    assert note is not None
    assert "rejected: required but empty" in note.text


def test_only_deliveries_with_findings_are_marked_each_under_its_own_name(tmp_path: Path) -> None:
    files = {
        f"{SOURCE}/a.xlsx": CONTAINERS["list.xlsx"],
        f"{SOURCE}/a.csv": CONTAINERS["list.csv"] + b"\n",
        f"{SOURCE}/north/b.csv": table(HEADINGS, VETERAN).encode(),
        f"{SOURCE}/c.xlsx": b"PK\x03\x04",
    }
    assert sorted(marked(tmp_path, files)) == [
        f"{SOURCE}/a.checked.xlsx",
        f"{SOURCE}/a.xlsx.checked.xlsx",
    ]


def test_a_sheet_that_was_refused_shows_its_first_lines_beside_the_others(tmp_path: Path) -> None:
    lacking = [("类别", "姓名", "备注"), ("退役军人", "王一虚", "")]
    book = workbook(一班=[HEADINGS, *ROWS], 二班=lacking)
    (path,) = marked(tmp_path, {f"{SOURCE}/a.xlsx": book}).values()
    assert rows_of(openpyxl.load_workbook(path)["二班"]) == lacking


def test_marked_workbooks_are_their_owners_alone_and_the_audit_log_knows(tmp_path: Path) -> None:
    (path,) = marked(tmp_path, {f"{SOURCE}/a.csv": CONTAINERS["list.csv"]}).values()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "marked").stat().st_mode) == 0o700
    log = tmp_path / "bureau" / "private" / "audit.log"
    assert verify(log) == 1
    entry = json.loads(log.read_text("utf-8"))
    assert (entry["action"], entry["rows"]) == ("export marked workbooks", 4)


@pytest.mark.parametrize("folder", ["exports/special_statuses", "reviews", "published/x"])
def test_marked_workbooks_never_lie_where_they_would_be_read_or_published(
    tmp_path: Path, folder: str
) -> None:
    workspace = Workspace(tmp_path)
    put(workspace.exports, {f"{SOURCE}/a.csv": CONTAINERS["list.csv"]})
    with pytest.raises(UsageError, match="only for marked workbooks"):
        check_deliveries(workspace, marked=tmp_path / folder)


def test_a_marked_workbook_that_was_put_right_can_be_delivered(tmp_path: Path) -> None:
    (path,) = marked(tmp_path, {f"{SOURCE}/a.xlsx": CONTAINERS["list.xlsx"]}).values()
    book = openpyxl.load_workbook(path)
    book["一班"]["B3"].value = "钱六虚"
    book["一班"]["D4"].value = "2021-02-28"
    put(tmp_path / "exports", {f"{SOURCE}/a.xlsx": saved(book)})
    con = a_warehouse()
    collect(con, tmp_path / "exports")
    assert account(con) == [
        (f"{SOURCE}/a.xlsx", "一班", "loaded", 4, 0),
        (f"{SOURCE}/a.xlsx", "核查结果", "empty", 0, 0),
    ]
    assert taken(con) == [("王一虚",), ("钱六虚",), ("周五虚",), ("赵三青",)]
