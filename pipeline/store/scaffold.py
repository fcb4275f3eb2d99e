"""`qingji init`: an empty workspace with a template for every source."""

from pathlib import Path

import xlsxwriter

from pipeline.workspace import Workspace
from schemas.catalog import sources
from schemas.model import Source


def make_workspace(workspace: Workspace, settings: str) -> int:
    """Make the folders, a template of its headers for every source, and qingji.toml; keep what is there."""
    # Deliveries and reviews name people: nobody outside the bureau's group has a look.
    for folder in (workspace.exports, workspace.reviews):
        folder.mkdir(mode=0o750, parents=True, exist_ok=True)
    for source in sources().values():
        folder = workspace.exports / source.name
        folder.mkdir(parents=True, exist_ok=True)
        # Empty, it counts as no delivery; filled in, it is one like any other.
        template = folder / f"{source.name}.template.xlsx"
        if not template.exists():
            _write_template(template, source)
    workspace.private.mkdir(mode=0o700, exist_ok=True)
    path = workspace.root / "qingji.toml"
    if not path.exists():
        path.write_text(settings, encoding="utf-8")
    return len(sources())


def _write_template(path: Path, source: Source) -> None:
    with xlsxwriter.Workbook(path) as book:
        required = book.add_format(
            {"bold": True, "bg_color": "#FCE4D6", "border": 1, "num_format": "@"}
        )
        optional = book.add_format(
            {"bold": True, "bg_color": "#DDEBF7", "border": 1, "num_format": "@"}
        )
        text = book.add_format({"num_format": "@"})
        sheet = book.add_worksheet(source.title[:31])
        for at, column in enumerate(source.columns):
            sheet.write_string(0, at, column.header, required if column.required else optional)
            # Text, or Excel would round an identity number to fifteen digits.
            sheet.set_column(at, at, max(12, 2 * len(column.header) + 2), text)
        sheet.freeze_panes(1, 0)
        _write_explanations(book, source)


def _write_explanations(book: xlsxwriter.Workbook, source: Source) -> None:
    sheet = book.add_worksheet("填写说明")
    bold = book.add_format({"bold": True})
    for at, heading in enumerate(("列", "是否必填", "类型", "示例", "说明")):
        sheet.write_string(0, at, heading, bold)
    for row, column in enumerate(source.columns, start=1):
        example = "" if column.example is None else str(column.example)
        cells = (
            column.header,
            "必填" if column.required else "",
            column.type,
            example,
            column.comment,
        )
        for at, cell in enumerate(cells):
            sheet.write_string(row, at, cell)
    sheet.set_column(0, 3, 18)
    sheet.set_column(4, 4, 80)
