"""`qingji check`: read deliveries against the input contract and report, changing nothing."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.arguments import WorkspaceArgument, existing_workspace
from pipeline.errors import DeliveryError


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("check")(check)


def check(
    workspace: WorkspaceArgument,
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE…]", help="files below exports/; none: all")
    ] = None,
) -> None:
    """Read deliveries against the input contract and report; change nothing."""
    from rich.table import Table

    from pipeline.check import check_deliveries
    from pipeline.progress import wide_console

    reports = check_deliveries(existing_workspace(workspace), files or [])
    if not reports:
        typer.echo("no deliveries yet; put exports into exports/<source>/")
        return
    table = Table("file", "sheet", "rows", "loaded", "rejected", "status", box=None)
    for report in reports:
        counts = (report.rows_read, report.rows_loaded, report.rows_rejected)
        table.add_row(
            report.source_file, report.sheet, *(f"{count:,}" for count in counts), report.status
        )
    console = wide_console()
    console.print(table)
    for report in reports:
        for complaint in report.complaints:
            place = f"{report.source_file} {report.sheet}".rstrip()
            console.print(f"{place}: {complaint}", soft_wrap=True)
    if reports and all(report.status == "refused" for report in reports):
        raise DeliveryError("none of these deliveries can be read")
