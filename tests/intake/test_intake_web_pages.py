"""Web pages named .xls: their encoding, their cells, and which of their tables are lists."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from container_files import LIST, cells_of, opened, page, rows_of
from delivered_files import HEADINGS, ROWS


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


def test_a_block_of_rows_is_never_narrower_than_its_heading(tmp_path: Path) -> None:
    (sheet,) = opened(tmp_path, page(HEADINGS, ("残疾人",)).encode())
    (block,) = sheet.below(sheet.top[0], [])
    assert len(block.columns) == len(HEADINGS)
    assert block.columns[-1].equals(pa.nulls(1, pa.string()))
