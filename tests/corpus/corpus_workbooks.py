"""Bad and odd workbooks: old and new, misnamed, locked and cut, and what is called .xls and is none."""

from __future__ import annotations

import datetime as dt

import openpyxl
from bad_delivery import (
    EMPTY,
    HEADINGS,
    LIST,
    PLAIN,
    REFUSED,
    ROWS,
    VETERAN,
    BadDelivery,
    loaded,
    rows_of,
    saved,
    workbook,
)
from made_containers import (
    compound,
    locked_workbook,
    members_changed,
    old_workbook,
    old_workbook_with_error,
    old_workbook_with_password,
    shared_workbook,
    spreadsheet_ml,
    web_page,
)

BOOK = workbook(名单=LIST)
OLD = old_workbook(名单=LIST)
WHOLE = {(2, "name"): "王一虚", (3, "id_number"): "99010219900202002X", (4, "kind"): "新型职业农民"}


def _with_hidden_sheet(state: str) -> bytes:
    book = openpyxl.Workbook()
    for row in LIST:
        book["Sheet"].append(list(row))
    book["Sheet"].sheet_state = state
    book.create_sheet("空白")
    return saved(book)


def _with_hidden_rows() -> bytes:
    book = openpyxl.Workbook()
    sheet = book["Sheet"]
    for row in LIST:
        sheet.append(list(row))
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet.auto_filter.ref = "A1:E4"
    return saved(book)


def _with_chart_sheet() -> bytes:
    book = openpyxl.Workbook()
    for row in LIST:
        book["Sheet"].append(list(row))
    book.create_chartsheet("图表")
    return saved(book)


def _with_dimension(claimed: str) -> bytes:
    changed = ('<dimension ref="A1:E4"', f'<dimension ref="{claimed}"')
    return members_changed(BOOK, {"xl/worksheets/sheet1.xml": changed})


def _with_string(before: str, after: str) -> bytes:
    """Give the list as Excel writes it, with something changed in its list of strings."""
    return members_changed(shared_workbook(*LIST), {"xl/sharedStrings.xml": (before, after)})


def _with_error(place: str) -> bytes:
    """Give the list with an error that Excel shows in place of a value."""
    book = openpyxl.Workbook()
    for row in LIST:
        book["Sheet"].append(list(row))
    book["Sheet"][place] = "#N/A"
    book["Sheet"][place].data_type = "e"
    return saved(book)


def _with_stray_cell(place: str, row: int) -> bytes:
    cell = f'<row r="{row}"><c r="{place}" t="inlineStr"><is><t> </t></is></c></row></sheetData>'
    return members_changed(BOOK, {"xl/worksheets/sheet1.xml": ("</sheetData>", cell)})


WORKBOOKS = (
    BadDelivery("an .xls of Excel 97", {"a.xls": OLD}, (loaded(3),), ("名单",), WHOLE),
    BadDelivery("an .xlsx named .xls", {"a.xls": BOOK}, (loaded(3),), (), WHOLE),
    BadDelivery("an old .xls named .xlsx", {"a.xlsx": OLD}, (loaded(3),), (), WHOLE),
    BadDelivery("an .xlsx named .csv", {"a.csv": BOOK}, (loaded(3),), ("named .csv",), WHOLE),
    BadDelivery(
        "an .xlsx with a password", {"a.xlsx": locked_workbook()}, (REFUSED,), ("password",)
    ),
    BadDelivery(
        "an .xls with a password",
        {"a.xls": old_workbook_with_password(名单=LIST)},
        (REFUSED,),
        ("password",),
    ),
    BadDelivery(
        "half an .xlsx", {"a.xlsx": BOOK[: len(BOOK) // 2]}, (REFUSED,), ("incomplete|damaged|cut",)
    ),
    BadDelivery(
        "half an .xls", {"a.xls": OLD[: len(OLD) // 2]}, (REFUSED,), ("incomplete|damaged|cut",)
    ),
    BadDelivery(
        "an .xls of zeros after its first bytes", {"a.xls": OLD[:8] + bytes(4088)}, (REFUSED,)
    ),
    BadDelivery(
        "a Word document named .xls", {"a.xls": compound({"WordDocument": b"x" * 5000})}, (REFUSED,)
    ),
    BadDelivery("an empty .xlsx", {"a.xlsx": b""}, (REFUSED,), ("is empty",)),
    BadDelivery(
        "an .xlsx in which no cell is filled", {"a.xlsx": workbook(空=())}, (EMPTY,), ("no cell",)
    ),
    BadDelivery("a PDF named .xlsx", {"a.xlsx": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" * 50}, (REFUSED,)),
    BadDelivery(
        "a picture named .csv",
        {"a.csv": b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(range(256)) * 4},
        (REFUSED,),
    ),
    BadDelivery(
        "an .xlsx that claims to be one cell large",
        {"a.xlsx": _with_dimension("A1")},
        (loaded(3),),
        (),
        WHOLE,
    ),
    BadDelivery(
        "an .xlsx that claims to be as large as a sheet can be",
        {"a.xlsx": _with_dimension("A1:XFD1048576")},
        (loaded(3),),
        (),
        WHOLE,
    ),
    BadDelivery(
        "a list on a hidden sheet",
        {"a.xlsx": _with_hidden_sheet("hidden")},
        (loaded(3), EMPTY),
        ("hidden",),
        WHOLE,
    ),
    BadDelivery(
        "a list on a sheet hidden by a macro",
        {"a.xlsx": _with_hidden_sheet("veryHidden")},
        (loaded(3), EMPTY),
        ("hidden",),
        WHOLE,
    ),
    BadDelivery(
        "rows hidden by a filter, a column hidden by hand",
        {"a.xlsx": _with_hidden_rows()},
        (loaded(3),),
        (),
        WHOLE,
    ),
    BadDelivery(
        "a chart on a sheet of its own",
        {"a.xlsx": _with_chart_sheet()},
        (loaded(3), EMPTY),
        ("图表",),
        WHOLE,
    ),
)

CELLS = (
    BadDelivery(
        "names in rich text",
        {"a.xlsx": shared_workbook(HEADINGS, ("退役军人", ["王", "一虚"], *VETERAN[2:]))},
        (loaded(1),),
        (),
        {(2, "name"): "王一虚"},
    ),
    BadDelivery(
        "a name with its pronunciation above it",
        {
            "a.xlsx": _with_string(
                "王一虚</t>", '王一虚</t><rPh sb="0" eb="3"><t>wang yi xu</t></rPh>'
            )
        },
        (loaded(3),),
        (),
        {(2, "name"): "王一虚"},
    ),
    BadDelivery(
        "a carriage return that Excel has spelt out",
        {"a.xlsx": _with_string("王一虚</t>", "王一虚_x000D_</t>")},
        (loaded(3),),
        (),
        {(2, "name"): "王一虚"},
    ),
    BadDelivery(
        "days in a format of one's own",
        {"a.xlsx": shared_workbook(HEADINGS, (*VETERAN[:3], dt.date(2020, 1, 31), "局"))},
        (loaded(1),),
        (),
        {(2, "valid_from"): dt.date(2020, 1, 31)},
    ),
    BadDelivery(
        "days that an old Mac counts from 1904",
        {
            "a.xlsx": shared_workbook(
                HEADINGS, (*VETERAN[:3], dt.date(2020, 1, 31), "局"), options={"date_1904": True}
            )
        },
        (loaded(1),),
        (),
        {(2, "valid_from"): dt.date(2020, 1, 31)},
    ),
    BadDelivery(
        "a formula that could not be worked out, where a day should be",
        {"a.xlsx": _with_error("D2")},
        (loaded(3),),
        ("Excel errors in D2",),
        {(2, "valid_from"): None},
    ),
    BadDelivery(
        "a formula of an .xls that could not be worked out, where a day should be",
        {"a.xls": old_workbook_with_error(1, 3, 名单=LIST)},
        (loaded(3),),
        ("Excel errors in D2",),
        {(2, "valid_from"): None},
    ),
    BadDelivery(
        "a formula that could not be worked out, where a number of identity should be",
        {"a.xlsx": _with_error("C2")},
        (loaded(2, 1),),
        ("身份证号",),
    ),
    BadDelivery(
        "a stray blank in the last row of the sheet",
        {"a.xlsx": _with_stray_cell("E1048576", 1048576)},
        (loaded(3),),
        (),
        WHOLE,
    ),
    BadDelivery(
        "a stray blank in the last column of the sheet",
        {"a.xlsx": _with_stray_cell("XFD9", 9)},
        (loaded(3),),
        (),
        WHOLE,
    ),
)

PAGES = (
    BadDelivery(
        "an .xls that is a web page in GBK",
        {"a.xls": web_page(LIST).encode("gbk")},
        (loaded(3),),
        (),
        WHOLE,
    ),
    BadDelivery(
        "an .xls that is a web page in UTF-8 and says that it is gb2312",
        {"a.xls": web_page(LIST).encode()},
        (loaded(3),),
        (),
        WHOLE,
    ),
    BadDelivery(
        "a web page whose title spans the table, with no-break spaces in its cells",
        {
            "a.xls": web_page(LIST, "utf-8")
            .replace("<tr>", "<tr><td colspan=5>名单&nbsp;</td></tr><tr>", 1)
            .replace("王一虚", "&nbsp;王一虚&nbsp;")
            .encode()
        },
        (loaded(3),),
        (),
        {(3, "name"): "王一虚", (5, "kind"): "新型职业农民"},
    ),
    BadDelivery(
        "a web page whose rows and cells are never closed",
        {"a.xls": web_page(LIST, "utf-8").replace("</td>", "").replace("</tr>", "").encode()},
        (loaded(3),),
        (),
        WHOLE,
    ),
    BadDelivery(
        "the page that asks for a password, saved as .xls",
        {
            "a.xls": b"<!DOCTYPE html><html><body><form>\xe7\x99\xbb\xe5\xbd\x95</form></body></html>"
        },
        (REFUSED,),
        ("page",),
    ),
    BadDelivery(
        "half a web page",
        {"a.xls": web_page(LIST, "utf-8").encode()[:-70]},
        (REFUSED,),
        ("incomplete",),
    ),
    BadDelivery(
        "an .xls that is an XML spreadsheet",
        {"a.xls": spreadsheet_ml(LIST)},
        (loaded(3),),
        ("名单",),
        WHOLE,
    ),
    BadDelivery(
        "an XML spreadsheet that skips empty cells",
        {"a.xls": spreadsheet_ml((HEADINGS, ("残疾人", "王一虚", ROWS[0][2], None, "残联")))},
        (loaded(1),),
        (),
        {(2, "valid_from"): None, (2, "source_department"): "残联"},
    ),
    BadDelivery(
        "half an XML spreadsheet",
        {"a.xls": spreadsheet_ml(LIST)[:-90]},
        (REFUSED,),
        ("incomplete|damaged|cut",),
    ),
    BadDelivery(
        "an .xls that is text with tabs in GBK",
        {"a.xls": rows_of(*LIST, separator="\t", line_end="\r\n").encode("gbk")},
        (loaded(3),),
        (),
        WHOLE,
    ),
    BadDelivery(
        "an .xls that is text with tabs in UTF-16",
        {"a.xls": rows_of(*LIST, separator="\t").encode("utf-16")},
        (loaded(3),),
        (),
        WHOLE,
    ),
    BadDelivery(
        "an .xls that is text with commas", {"a.xls": PLAIN.encode("gbk")}, (loaded(3),), (), WHOLE
    ),
)

CORPUS = (*WORKBOOKS, *CELLS, *PAGES)
