"""What inspectors' work comes back through: reviews taken in, one case explained."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.arguments import WorkspaceArgument, existing_workspace
from pipeline.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("review")(review)
    app.command("explain")(explain)


def review(
    workspace: WorkspaceArgument,
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="reviewed case files (.csv, .xlsx)")
    ],
) -> None:
    """Take in decisions from reviewed case files; the nightly run does the same with reviews/."""
    from pipeline.review import take_in

    place = existing_workspace(workspace)
    for line in take_in(place, load_settings(place.root), files):
        typer.echo(line)


def explain(
    workspace: WorkspaceArgument,
    case_id: Annotated[str, typer.Argument(metavar="CASE_ID")],
) -> None:
    """Explain one case: evidence, match, exceptions tested, history."""
    from pipeline.explain import explain_case

    place = existing_workspace(workspace)
    typer.echo(explain_case(place, load_settings(place.root), case_id))
