"""What a file is decides how it is read, not its name; what cannot be read says why and what to do."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest
import xlsxwriter
import xlwt
from delivered_files import HEADINGS, ROWS, VETERAN, parquet, saved, table, workbook
from openpyxl.chartsheet import Chartsheet
from xlwt.CompoundDoc import XlsDoc

from pipeline.errors import DeliveryError
from pipeline.intake.open import open_delivery
from pipeline.intake.sheet import Reject, Sheet

IDS = tuple(row[2] for row in ROWS)
Rows = list[tuple[object, ...]]


def opened(folder: Path, content: bytes, extension: str = ".xls") -> list[Sheet]:
    path = folder / "delivery.bin"
    path.write_bytes(content)
    return list(open_delivery(path, extension))


def rows_of(sheet: Sheet, heading: int = 0) -> Rows:
    """Give the rows below a heading with their numbers, and the numbers of those rejected."""
    rejects: list[Reject] = []
    rows: Rows = []
    for block in sheet.below(sheet.top[heading], rejects):
        columns = [column.to_pylist() for column in block.columns]
        rows += zip(block.rows.to_pylist(), *columns, strict=True)
    return rows + [(reject.row,) for reject in rejects]


def cells_of(content: bytes, folder: Path, extension: str = ".xls") -> Rows:
    """Give the cells of the only sheet, without row numbers."""
    (sheet,) = opened(folder, content, extension)
    return [row[1:] for row in rows_of(sheet)]


def xls(*rows: Sequence[object], **sheets: Sequence[Sequence[object]]) -> bytes:
    book = xlwt.Workbook()
    for name, lines in ({"名单": rows} | sheets).items():
        sheet = book.add_sheet(name)
        for row, cells in enumerate(lines):
            for column, cell in enumerate(cells):
                sheet.write(row, column, cell)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def page(*rows: Sequence[str], charset: str = "") -> str:
    lines = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in rows
    )
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'
    return f"<html><head>{head if charset else ''}</head><body><table>{lines}</table></body></html>"


def spreadsheet(rows: str, before: str = "", more: str = "") -> str:
    return (
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        f'{before}<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Worksheet ss:Name="名单"><Table>{rows}</Table></Worksheet>{more}</Workbook>'
    )


def xml_row(*cells: str, kind: str = "String") -> str:
    data = "".join(f'<Cell><Data ss:Type="{kind}">{cell}</Data></Cell>' for cell in cells)
    return f"<Row>{data}</Row>"


def package(sheet: str, strings: str = "") -> bytes:
    """Give an .xlsx workbook of one sheet whose XML is on the page."""
    stream, made = io.BytesIO(), io.BytesIO()
    book = xlsxwriter.Workbook(made)
    book.add_worksheet("名单").write(0, 0, "姓名")
    book.close()
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(stream, "w", 8) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = f'<worksheet xmlns="{namespace}">{sheet}</worksheet>'.encode()
            if name == "xl/sharedStrings.xml" and strings:
                content = strings.encode()
            new.writestr(name, content)
    return stream.getvalue()


def inline(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


LIST = [HEADINGS, *ROWS]
XML_LIST = spreadsheet("".join(xml_row(*row) for row in LIST))


@dataclass(frozen=True)
class Misnamed:
    """A list under a name that is not its own, and what its remark says it is."""

    name: str
    extension: str
    content: bytes
    told: str


MISNAMED = [
    Misnamed("a new workbook", ".xls", workbook(名单=LIST), ".xlsx workbook"),
    Misnamed("a new workbook", ".csv", workbook(名单=LIST), ".xlsx workbook"),
    Misnamed("an old workbook", ".xlsx", xls(*LIST), ".xls workbook"),
    Misnamed("a web page", ".xls", page(*LIST).encode(), "web page"),
    Misnamed("a web page", ".xlsx", page(*LIST).encode(), "web page"),
    Misnamed("a web page", ".csv", page(*LIST).encode(), "web page"),
    Misnamed("tabs", ".xls", table(*LIST, separator="\t").encode("gb18030"), "text"),
    Misnamed("UTF-16 with tabs", ".xls", table(*LIST, separator="\t").encode("utf-16"), "text"),
    Misnamed("commas", ".xlsx", table(*LIST).encode(), "text"),
    Misnamed("an XML spreadsheet", ".xls", XML_LIST.encode(), "XML spreadsheet"),
    Misnamed("an XML spreadsheet", ".xml.xls", XML_LIST.encode("utf-8-sig"), "XML spreadsheet"),
    Misnamed(
        "a Parquet file",
        ".csv",
        parquet(dict(zip(HEADINGS, map(list, zip(*ROWS, strict=True)), strict=True))),
        "Parquet",
    ),
]


@pytest.mark.parametrize("case", MISNAMED, ids=lambda case: f"{case.name} named {case.extension}")
def test_a_misnamed_list_is_read_and_says_what_it_is(case: Misnamed, tmp_path: Path) -> None:
    (sheet,) = opened(tmp_path, case.content, case.extension)
    assert [row[1:6] for row in rows_of(sheet)] == list(ROWS)
    assert [row[0] for row in rows_of(sheet)] == [2, 3, 4]
    assert f"is named {case.extension}" in sheet.remark
    assert case.told in sheet.remark


@pytest.mark.parametrize(
    ("extension", "content"),
    [
        (".xlsx", workbook(名单=LIST)),
        (".xlsm", workbook(名单=LIST)),
        (".xls", xls(*LIST)),
        (".et", xls(*LIST)),
        (".txt", table(*LIST).encode()),
    ],
)
def test_a_file_that_is_what_it_is_named_has_no_remark(
    extension: str, content: bytes, tmp_path: Path
) -> None:
    (sheet,) = opened(tmp_path, content, extension)
    assert sheet.remark == ""


def test_a_text_that_begins_like_an_image_or_with_a_less_than_sign_is_a_text(
    tmp_path: Path,
) -> None:
    for first in ("BM", "<5岁", "MZ", "II"):
        (sheet,) = opened(tmp_path, table((first, "姓名"), ("1", "王一虚")).encode(), ".csv")
        assert sheet.top[0].cells == (first, "姓名")


# What cannot be read ------------------------------------------------------------------------------------------


def biff(*records: tuple[int, bytes]) -> bytes:
    content = b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in records)
    stream = io.BytesIO()
    XlsDoc().save(stream, content.ljust(4096, b"\0"))
    return stream.getvalue()


def of_version(version: int) -> tuple[int, bytes]:
    return 0x0809, struct.pack("<HHHHII", version, 5, 0, 0, 0, 0)


def with_stream(name: str) -> bytes:
    """Give a compound file whose only stream is called something else."""
    entry = "Workbook".encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 18)
    renamed = name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 2 * len(name) + 2)
    content = xls(*LIST)
    assert entry in content
    return content.replace(entry, renamed)


def rechained(change: Callable[[bytearray, int], None]) -> bytes:
    content = bytearray(xls(*LIST * 50))
    change(content, 512 * (1 + struct.unpack_from("<I", content, 76)[0]))
    return bytes(content)


def in_circles(content: bytearray, links: int) -> None:
    struct.pack_into("<I", content, links + 4 * 3, 0)


def directory_in_circles(content: bytearray, links: int) -> None:
    directory = struct.unpack_from("<I", content, 48)[0]
    struct.pack_into("<I", content, links + 4 * directory, directory)


def archive(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return stream.getvalue()


LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]>"
DRAWN_IN = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>"
LOGIN = '<html><form><table><tr><td>用户名</td><td><input type="password"></td></tr></table></form></html>'
REFUSED: list[tuple[str, str, bytes, str]] = [
    ("nothing", ".xls", b"", "is empty"),
    ("blanks", ".xlsx", b" \r\n\t" * 50_000, "is empty"),
    ("a byte order mark", ".csv", b"\xef\xbb\xbf\r\n", "is empty"),
    ("zero bytes", ".xls", bytes(200_000), "is empty"),
    ("an encrypted workbook", ".xlsx", with_stream("EncryptedPackage"), "without one"),
    ("a password in BIFF8", ".xls", biff(of_version(0x600), (0x2F, bytes(6))), "without one"),
    ("Excel 95", ".xls", biff(of_version(0x500)), "Excel 95 or older; .* as .xlsx"),
    ("Excel 4", ".xls", b"\x09\x04\x06\x00" + bytes(600) + b"x", "Excel 4 or older"),
    ("Word", ".xls", with_stream("WordDocument"), "a Word document; deliver the table"),
    ("other compound", ".xls", with_stream("Something"), "no workbook"),
    ("new Word", ".xlsx", archive("[Content_Types].xml", "word/document.xml"), "Word document"),
    ("OpenDocument", ".xlsx", archive("mimetype", "content.xml"), "OpenDocument"),
    ("an archive", ".xlsx", archive("名单.csv"), "no workbook; unpack"),
    ("half a package", ".xlsx", workbook(a=LIST)[:3000], "incomplete"),
    ("half a BIFF8", ".xls", xls(*LIST * 500)[:20_000], "incomplete"),
    ("a header of BIFF8", ".xls", xls(*LIST)[:300], "incomplete"),
    ("half a Parquet", ".parquet", parquet({"姓名": ["x"] * 50})[:80], "incomplete Parquet"),
    ("a PDF", ".xls", b"%PDF-1.7 ...", "a PDF; deliver the table itself as .xlsx"),
    ("RTF", ".xls", b"{\\rtf1\\ansi x}", "RTF"),
    ("RAR", ".xlsx", b"Rar!\x1a\x07\x01\0x", "RAR archive; unpack it"),
    ("7z", ".csv", b"7z\xbc\xaf\x27\x1c\0\x04x", "7z archive; unpack it"),
    ("a photograph", ".xls", b"\xff\xd8\xff\xe0x", "an image"),
    ("a bitmap", ".xls", b"BM" + b"\x36\x10\0\0" + bytes(4) + b"\x36\0\0\0\x28\0\0\0x", "an image"),
    ("a program", ".xls", b"MZ\x90\0\x03\0x", "a program"),
    ("a saved mail", ".xls", b"From: <WPS>\r\n x\r\nMIME-Version: 1.0\r\n\r\nx", "web archive"),
    ("nonsense", ".xls", bytes(range(1, 9)) * 40, "is named .xls but is no such file"),
    ("another XML", ".xls", b'<?xml version="1.0"?><rows><row/></rows>', "no spreadsheet"),
    ("a page without table", ".xls", b"<html><body><p>404</p></body></html>", "log-in page"),
    ("a log-in page", ".xls", LOGIN.encode(), "log in and export it again"),
    ("frames", ".xls", b"<html><frameset><frame src=a.htm></frameset></html>", "folder beside it"),
    ("half a page", ".xls", page(*LIST * 50).encode()[:4000], "ends within a row"),
    ("half an XML spreadsheet", ".xls", XML_LIST.encode()[:700], "damaged XML"),
    ("laughs by the billion", ".xls", spreadsheet("", LAUGHS).encode(), "definitions of its own"),
    ("a file drawn in", ".xls", spreadsheet("", DRAWN_IN).encode(), "definitions of its own"),
    ("sectors in circles", ".xls", rechained(in_circles), "incomplete or damaged"),
    ("a directory in circles", ".xls", rechained(directory_in_circles), "incomplete or damaged"),
    (
        "a cell in a column of no sheet",
        ".xls",
        xls(HEADINGS).replace(
            struct.pack("<HHHH", 0xFD, 10, 0, 4), struct.pack("<HHHH", 0xFD, 10, 0, 60_000)
        ),
        "damaged workbook",
    ),
    (
        "a cell at the far corner",
        ".xlsx",
        package(
            '<sheetData><row r="1">' + inline("A1", "姓名") + "</row>"
            '<row r="1048576">' + inline("XFD1048576", "x") + "</row></sheetData>"
        ),
        "far from its table",
    ),
    (
        "a row that no sheet has",
        ".xlsx",
        package(
            "<sheetData><row>"
            + inline("A1", "a")
            + inline("A4294967295", "b")
            + "</row></sheetData>"
        ),
        "far from its table",
    ),
    (
        "strings announced by the billion",
        ".xlsx",
        package("<sheetData/>", '<sst uniqueCount="4294967295"><si><t>a</t></si></sst>'),
        "damaged workbook",
    ),
    (
        "spans beyond measure",
        ".xls",
        page(*LIST).replace("<td>", '<td colspan="9999">').encode(),
        "beyond measure",
    ),
    (
        "a cell in column one billion",
        ".xls",
        spreadsheet('<Row><Cell ss:Index="1000000000"><Data>x</Data></Cell></Row>').encode(),
        "beyond measure",
    ),
]


@pytest.mark.parametrize(
    ("extension", "content", "told"),
    [case[1:] for case in REFUSED],
    ids=[case[0] for case in REFUSED],
)
def test_what_cannot_be_read_says_what_it_is_and_what_to_do(
    extension: str, content: bytes, told: str, tmp_path: Path
) -> None:
    with pytest.raises(DeliveryError, match=told):
        cells_of(content, tmp_path, extension)


# Workbooks ----------------------------------------------------------------------------------------------------


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


# Web pages ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        ("gb2312", "gb18030"),
        ("", "gb18030"),
        ("", "utf-8"),
        ("gb2312", "utf-8"),
        ("utf-8", "utf-8-sig"),
        ("big5", "big5"),
        ("", "utf-16"),
    ],
)
def test_a_page_is_read_in_its_encoding_whatever_it_declares(
    charset: str, encoding: str, tmp_path: Path
) -> None:
    content = page(("姓名",), ("王一木",), charset=charset).encode(encoding)
    assert cells_of(content, tmp_path) == [("王一木",)]


def test_a_broken_byte_costs_its_row_of_the_page(tmp_path: Path) -> None:
    content = page(*LIST).encode("gb18030").replace("李二".encode("gb18030"), b"\xff\xff", 1)
    (sheet,) = opened(tmp_path, content)
    assert [row[0] for row in rows_of(sheet)] == [2, 4, 3]
    assert rows_of(sheet)[-1] == (3,)


def test_a_broken_byte_of_a_page_in_utf_8_costs_its_row(tmp_path: Path) -> None:
    content = page(*LIST).encode().replace("李二".encode(), b"\xe6\x9d", 1)
    (sheet,) = opened(tmp_path, content)
    assert [row[0] for row in rows_of(sheet)] == [2, 4, 3]
    assert sheet.top[0].cells == HEADINGS


def test_cells_of_a_page_are_texts_without_its_blanks_and_scripts(tmp_path: Path) -> None:
    rows = (
        ("A", "B", "C", "D", "E"),
        (
            "990102198001010013",
            "&nbsp;王\n  一虚&nbsp;",
            "一<br>二",
            "<script>alert(1)</script>x<style>y</style>",
            "&lt;a&gt;",
        ),
    )
    content = page(*rows).replace("<td>9", r'<td style="mso-number-format:\@" x:str>9')
    assert cells_of(content.encode(), tmp_path) == [
        ("990102198001010013", "王 一虚", "一\n二", "x", "<a>")
    ]


def test_a_number_that_a_page_cannot_show_is_read_from_behind_it(tmp_path: Path) -> None:
    content = (
        "<table><tr><td>A<td>B<td>C<td>D</tr>"
        '<tr><td x:num="19900000001">1.99E+10</td><td x:num="44562">2022-01-01</td>'
        '<td x:num="12.5">####</td><td x:num>7</td></tr></table>'
    )
    assert cells_of(content.encode(), tmp_path) == [("19900000001", "2022-01-01", "12.5", "7")]


def test_cells_that_span_rows_and_columns_keep_the_others_in_their_columns(tmp_path: Path) -> None:
    content = (
        "<table><tr><th rowspan=2>姓名</th><th colspan=2>监护人</th><th rowspan=2>学校</th></tr>"
        "<tr><th>姓名</th><th>电话</th></tr>"
        "<tr><td>王一虚</td><td>王父</td><td>19900000001</td><td rowspan=2>青禾中学</td></tr>"
        "<tr><td>李二构</td><td>李父</td><td>19900000002</td></tr>"
        "<tr><td>赵三青</td><td colspan=2></td><td>虚构中学</td></tr></table>"
    )
    (sheet,) = opened(tmp_path, content.encode())
    assert [line.cells for line in sheet.top[:2]] == [
        ("姓名", "监护人", "", "学校"),
        ("姓名", "姓名", "电话", "学校"),
    ]
    assert rows_of(sheet, heading=1) == [
        (3, "王一虚", "王父", "19900000001", "青禾中学"),
        (4, "李二构", "李父", "19900000002", "青禾中学"),
        (5, "赵三青", None, None, "虚构中学"),
    ]


def test_tables_that_arrange_others_are_no_sheets(tmp_path: Path) -> None:
    pages = "<tr><td colspan=5><table><tr><td>1</td><td>2</td><td>3</td></tr></table></td></tr>"
    inner = page(*LIST).replace("</table>", f"{pages}</table>")
    content = f"<table><tr><td>菜单</td><td>{inner}</td><td>广告</td></tr></table>"
    (sheet,) = opened(tmp_path, content.encode())
    assert sheet.top[0].cells == HEADINGS
    assert [row[1:] for row in rows_of(sheet)] == list(ROWS)


def test_a_small_table_within_a_cell_is_its_text(tmp_path: Path) -> None:
    content = page(*LIST).replace("<td>王一虚", "<td><table><tr><td>王一虚</td></tr></table>")
    (sheet,) = opened(tmp_path, content.encode())
    assert [row[1:] for row in rows_of(sheet)] == list(ROWS)


def test_every_table_of_a_page_is_a_sheet_and_rows_are_numbered_throughout(tmp_path: Path) -> None:
    one = page(HEADINGS, ROWS[0]).replace("<table>", "<table><caption>一班</caption>")
    sheets = opened(tmp_path, (one + page(HEADINGS, *ROWS[1:])).encode())
    assert [sheet.name for sheet in sheets] == ["一班", "表2"]
    assert [[row[0] for row in rows_of(sheet)] for sheet in sheets] == [[2], [4, 5]]


def test_tags_that_are_never_closed_cost_nothing(tmp_path: Path) -> None:
    rows = "".join("<tr>" + "".join(f"<td>{cell}" for cell in row) for row in LIST)
    assert cells_of(f"<table>{rows}</table>".encode(), tmp_path) == list(ROWS)


def test_a_page_nested_without_end_or_spanned_beyond_its_rows_is_read_in_no_time(
    tmp_path: Path,
) -> None:
    deep = "<div>" * 50_000 + page(*LIST)
    assert cells_of(deep.encode(), tmp_path) == list(ROWS)
    spanned = page(*LIST).replace("<td>农", "<td rowspan=60000>农")
    assert cells_of(spanned.encode(), tmp_path)[-1] == ROWS[-1]


# XML spreadsheets ---------------------------------------------------------------------------------------------


def test_types_and_places_of_an_xml_spreadsheet_are_kept(tmp_path: Path) -> None:
    rows = (
        xml_row("A", "B", "C", "D", "E", "F")
        + '<Row ss:Index="4">'
        + '<Cell><Data ss:Type="Number">990102198001010013</Data></Cell>'
        + '<Cell><Data ss:Type="Number">1.99E+10</Data></Cell>'
        + '<Cell ss:Index="4"><Data ss:Type="DateTime">2006-01-31T00:00:00.000</Data></Cell>'
        + '<Cell><Data ss:Type="Boolean">1</Data></Cell>'
        + '<Cell><Data ss:Type="Error">#N/A</Data></Cell></Row>'
    )
    (sheet,) = opened(tmp_path, spreadsheet(rows).encode())
    assert rows_of(sheet) == [
        (4, "990102198001010013", "19900000000", None, "2006-01-31", "是", None)
    ]


def test_merged_cells_of_an_xml_spreadsheet_hold_for_their_rows(tmp_path: Path) -> None:
    rows = (
        xml_row("学校", "姓名", "班级")
        + '<Row><Cell ss:MergeDown="1"><Data ss:Type="String">青禾中学</Data></Cell>'
        + '<Cell ss:MergeAcross="1"><Data ss:Type="String">王一虚</Data></Cell></Row>'
        + '<Row><Cell ss:Index="2"><Data ss:Type="String">李<B>二</B>构</Data></Cell>'
        + '<Cell><Data ss:Type="String">二班</Data></Cell></Row>'
    )
    assert cells_of(spreadsheet(rows).encode(), tmp_path) == [
        ("青禾中学", "王一虚", None),
        ("青禾中学", "李二构", "二班"),
    ]


def test_every_worksheet_of_an_xml_spreadsheet_is_read_hidden_ones_too(tmp_path: Path) -> None:
    hidden = (
        '<Worksheet ss:Name="旧"><Table><Row><Cell><Data>姓名</Data></Cell></Row></Table>'
        '<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel">'
        "<Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>"
    )
    content = spreadsheet(xml_row("姓名"), more=hidden).encode("gb18030")
    sheets = opened(tmp_path, content.replace(b'"1.0"', b'"1.0" encoding="GB2312"'))
    assert [(sheet.name, "hidden" in sheet.remark) for sheet in sheets] == [
        ("名单", False),
        ("旧", True),
    ]


def test_a_block_of_rows_is_never_narrower_than_its_heading(tmp_path: Path) -> None:
    (sheet,) = opened(tmp_path, page(HEADINGS, ("残疾人",)).encode())
    (block,) = sheet.below(sheet.top[0], [])
    assert len(block.columns) == len(HEADINGS)
    assert block.columns[-1].equals(pa.nulls(1, pa.string()))
