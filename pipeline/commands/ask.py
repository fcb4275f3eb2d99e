"""`qingji sql`: ad hoc questions to the published, masked database."""

from typing import Annotated

import typer

from pipeline.commands.arguments import WorkspaceArgument, existing_workspace


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("sql")(sql)


def sql(
    workspace: WorkspaceArgument,
    query: Annotated[
        str, typer.Argument(metavar="[QUERY]", help="left out: an interactive shell")
    ] = "",
    as_csv: Annotated[bool, typer.Option("--csv", help="print CSV")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON, a row an object")] = False,
) -> None:
    """Query the published database: a table, CSV or JSON; without QUERY an interactive shell."""
    from pipeline.question import Questions, Shape

    shape = Shape.CSV if as_csv else Shape.JSON if as_json else Shape.TABLE
    with Questions(existing_workspace(workspace).registry) as questions:
        if query:
            questions.answer(query, shape)
        else:
            questions.converse(shape)
