"""Write rows as delivered files, and remember in which row of which file everybody landed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from pipeline.sample.exports.row import Row
from pipeline.sample.styles import Style, formatter, headings, style_of
from schemas import catalog
from schemas.model import Source

_SHEET_ROWS = 2000
_SHEETS = 3
_SAVED_AT = datetime.combine(date(2024, 4, 12), time(9, 30))


@dataclass(frozen=True, slots=True)
class Landed:
    """Where rows landed: file, sheet, the row number of the first, and whom each is truly about."""

    source: str
    source_file: str
    sheet: str
    first_row: int
    people: Sequence[str]


def deliver(exports: Path, source_name: str, rows: Iterator[Row]) -> list[Landed]:
    """Write the rows of a source, a file for each stem; return where they landed."""
    source = catalog.source(source_name)
    folder = exports / source_name
    folder.mkdir(parents=True, exist_ok=True)
    by_stem: dict[str, list[Row]] = {}
    for row in rows:
        by_stem.setdefault(row.stem, []).append(row)
    landed = []
    for stem in sorted(by_stem):
        landed += _write(folder, source, stem, by_stem[stem])
    if not by_stem:
        _write(folder, source, source_name, [])
    return landed


def _write(folder: Path, source: Source, stem: str, rows: list[Row]) -> list[Landed]:
    style = style_of(source.name, stem)
    table = _table(source, style, rows)
    people = [row.person for row in rows]
    if style.container == "xlsx":
        return _write_workbooks(folder, source, stem, (style, table, people))
    path = folder / f"{stem}.{style.container}"
    if style.container == "parquet":
        columns = dict(zip(table[0], zip(*table[1:], strict=True), strict=True))
        pq.write_table(pa.table({name: pa.array(cells) for name, cells in columns.items()}), path)
    else:
        path.write_bytes(
            _text(table, "\t" if style.container == "txt" else ",").encode(style.encoding)
        )
    return [Landed(source.name, f"{source.name}/{path.name}", "", 2, people)]


def _table(source: Source, style: Style, rows: list[Row]) -> list[list[str]]:
    """Format the cells: headings first, only columns that somebody filled or that are required."""
    given = {name for row in rows for name in row.cells}
    columns = [column for column in source.columns if column.name in given or column.required]
    writers = [(column.name, formatter(column, style)) for column in columns]
    lines = [headings(source, columns, style)]
    lines += [[write(row.cells.get(name)) for name, write in writers] for row in rows]
    return lines


def _text(table: list[list[str]], delimiter: str) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n").writerows(table)
    return buffer.getvalue()


def _write_workbooks(
    folder: Path, source: Source, stem: str, content: tuple[Style, list[list[str]], list[str]]
) -> list[Landed]:
    """Write workbooks of at most three sheets of 2,000 rows, as the old system does."""
    style, table, people = content
    landed = []
    room = _SHEET_ROWS * _SHEETS
    for volume, start in enumerate(range(0, max(1, len(people)), room)):
        name = f"{stem}.xlsx" if volume == 0 else f"{stem}_{volume + 1}.xlsx"
        workbook = xlsxwriter.Workbook(
            folder / name, {"in_memory": True, "strings_to_numbers": False}
        )
        workbook.set_properties({"created": _SAVED_AT})
        for part in range(_SHEETS):
            first = start + part * _SHEET_ROWS
            if part and first >= len(people):
                break
            sheet = "学生基本信息" if part == 0 else f"学生基本信息{part + 1}"
            last = min(first + _SHEET_ROWS, len(people))
            lines = [table[0], *table[first + 1 : last + 1]]
            top = _write_sheet(workbook.add_worksheet(sheet), source, style, lines)
            file_name = f"{source.name}/{name}"
            landed.append(Landed(source.name, file_name, sheet, top, people[first:last]))
        workbook.close()
    return landed


def _write_sheet(
    sheet: xlsxwriter.worksheet.Worksheet, source: Source, style: Style, lines: list[list[str]]
) -> int:
    """Write one sheet; return the row number of the first row of data."""
    top = 0
    if style.is_titled:
        sheet.write_string(0, 0, f"青禾市{source.title}（虚构数据）")
        top = 1
    for place, line in enumerate(lines):
        for column, cell in enumerate(line):
            if cell:
                sheet.write_string(top + place, column, cell)
    if style.is_titled:
        bottom = top + len(lines)
        sheet.write_string(bottom, 0, f"合计：{len(lines) - 1}")
        sheet.write_string(bottom + 1, 0, "制表人：虚构    审核人：虚构    （盖章）")
    return top + 2
