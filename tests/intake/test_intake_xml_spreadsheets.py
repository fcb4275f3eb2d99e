"""XML spreadsheets (SpreadsheetML): types, places, merged cells and hidden sheets."""

from __future__ import annotations

from pathlib import Path

from container_files import cells_of, opened, rows_of, spreadsheet, xml_row


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
