"""The sheet of a template that explains it: each column with its type, an example, and the usual mistakes."""

from datetime import date

import xlsxwriter

from pipeline.store.template_words import kind_of, template_words
from schemas.catalog import code_lists
from schemas.model import Column, Source

NOTES = "填写说明"
_WIDTHS = (24, 10, 14, 40, 24, 56, 56)


def write_notes(book: xlsxwriter.Workbook, source: Source) -> None:
    """Add the sheet: what the list is, how to fill it in, then a line for every column."""
    words = template_words()
    sheet = book.add_worksheet(NOTES)
    title = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format({"bold": True, "bg_color": "#1F4E79", "font_color": "#FFFFFF"})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    for at, width in enumerate(_WIDTHS):
        sheet.set_column(at, at, width)
    sheet.write_string(0, 0, source.title, title)
    lines = [source.comment, *words.advice]
    for row, line in enumerate(lines, start=1):
        sheet.write_string(row, 0, line)
    first = len(lines) + 2
    for at, heading in enumerate(words.headings):
        sheet.write_string(first, at, heading, head)
    for row, column in enumerate(source.columns, start=first + 1):
        for at, cell in enumerate(_told(column)):
            sheet.write_string(row, at, cell, text)


def example_text(column: Column) -> str:
    """Write a column's example as one types it into a sheet: labels for codes, 是 and 否, ISO days."""
    example = column.example
    if isinstance(example, bool):
        return "是" if example else "否"
    if column.code_list is not None:
        return code_lists()[column.code_list].label(str(example))
    if isinstance(example, date):
        return example.isoformat()
    if column.type == "money" and isinstance(example, int | float):
        return f"{example:.2f}"
    return "" if example is None else str(example)


def _told(column: Column) -> tuple[str, ...]:
    words = template_words()
    said = words.kinds[kind_of(column)]
    return (
        column.header,
        words.required if column.required else words.optional,
        said.name,
        _choices(column),
        example_text(column),
        column.comment,
        said.mistakes,
    )


def _choices(column: Column) -> str:
    if column.type == "bool":
        return "是、否"
    if column.code_list is None:
        return ""
    return "、".join(code.label for code in code_lists()[column.code_list].values)
