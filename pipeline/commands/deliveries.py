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
    from rich.console import Console
    from rich.table import Table

    from pipeline.check import check_deliveries

    reports = check_deliveries(existing_workspace(workspace), files or [])
    table = Table("file", "sheet", "source", "rows", "loaded", "rejected", "status", box=None)
    for report in reports:
        table.add_row(
            report.source_file,
            report.sheet,
            report.source,
            str(report.rows_read),
            str(report.rows_loaded),
            str(report.rows_rejected),
            report.status,
        )
    console = Console(highlight=False)
    console.print(table)
    for report in reports:
        for complaint in report.complaints:
            console.print(
                f"{report.source_file} {report.sheet}: {complaint}", markup=False, soft_wrap=True
            )
    if reports and all(report.status == "refused" for report in reports):
        raise DeliveryError("none of these deliveries can be read")
