"""Workbooks, web pages and XML spreadsheets as a test writes them, and the cells that are read from them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter
import xlwt
from delivered_files import HEADINGS, ROWS

from pipeline.intake.open import open_delivery
from pipeline.intake.sheet import Reject, Sheet

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
