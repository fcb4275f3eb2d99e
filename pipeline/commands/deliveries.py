"""`qingji check`: read deliveries against the input contract and report, changing nothing."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.arguments import WorkspaceArgument, existing_workspace
from pipeline.errors import DeliveryError

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.checking import Finding, SheetCheck


FilesArgument = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[FILE…]",
        help="files or folders below exports/, or files that lie elsewhere; none: all deliveries",
    ),
]
SourceOption = Annotated[
    str,
    typer.Option(
        "--source",
        metavar="NAME",
        help="what a FILE outside exports/ is, e.g. vocational_students; left out: seen from its headings",
    ),
]
MarkedOption = Annotated[
    Path | None,
    typer.Option(
        "--marked",
        metavar="FOLDER",
        help="write each delivery with findings to FOLDER as <name>.checked.xlsx, the faulty cells coloured and "
        "explained; holds personal data, and is noted in the audit log",
    ),
]
_WHAT = {
    "rejected": "row{} rejected",
    "emptied": "cell{} that cannot be read",
    "damaged": "number{} taken that cannot be right",
}


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("check")(check)


def check(
    workspace: WorkspaceArgument,
    files: FilesArgument = None,
    source: SourceOption = "",
    marked: MarkedOption = None,
) -> None:
    """Read deliveries against the input contract and report; change nothing.

    Prints what each file and sheet would come to, and below it what is wrong, column by column, with the rows to
    look at and the remedy; never what a cell says. Ends with 10 if no delivery could be read.
    """
    from pipeline.checking import check_deliveries
    from pipeline.progress import wide_console

    checked = check_deliveries(
        existing_workspace(workspace), files or [], source=source, marked=marked
    )
    if not checked.sheets:
        typer.echo("no deliveries yet; put exports into exports/<source>/")
        return
    console = wide_console()
    _print_table(console, checked.sheets)
    for sheet in checked.sheets:
        _print_findings(console, sheet)
    for path in checked.workbooks:
        console.print(f"marked: {path}", soft_wrap=True)
    if checked.is_unreadable:
        raise DeliveryError("none of these deliveries can be read")


def _print_table(console: "Console", sheets: "Iterable[SheetCheck]") -> None:
    from rich.table import Table

    table = Table(
        "file", "sheet", "source", "rows", "loaded", "rejected", "left empty", "status", box=None
    )
    for sheet in sheets:
        counts = (sheet.rows_read, sheet.rows_loaded, sheet.rows_rejected, sheet.cells_emptied)
        told = (f"{count:,}" for count in counts)
        table.add_row(sheet.source_file, sheet.sheet, sheet.source, *told, sheet.status)
    console.print(table)


def _print_findings(console: "Console", sheet: "SheetCheck") -> None:
    # Of a sheet that is no table, the status above says enough, unless there is something to do.
    is_worth_saying = sheet.status != "empty" or "; " in sheet.message
    told = [sheet.message] if sheet.message and is_worth_saying else []
    told += map(_told, sheet.findings)
    if told:
        status = "" if sheet.status == "loaded" else f" ({sheet.status})"
        console.print(f"\n{sheet.place}{status}", soft_wrap=True)
    for line in told:
        console.print(f"  {line}", soft_wrap=True)


def _told(finding: "Finding") -> str:
    """Tell a finding in one line: the column, how many rows or cells, where, why, and what to do."""
    from pipeline.checking import told

    column = f"column {finding.heading}: " if finding.heading else ""
    reason = told(finding.reason, "en")
    if not finding.source_rows:
        return f"{column}{reason}"
    many = "" if finding.places == 1 else "s"
    what = _WHAT[finding.kind].format(many)
    return f"{column}{finding.places:,} {what} (row{many} {finding.rows()}): {reason}"
