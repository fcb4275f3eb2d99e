"""What commands take: the workspace, the day."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from pipeline.errors import UsageError
from pipeline.workspace import Workspace

WorkspaceArgument = Annotated[
    Path, typer.Argument(metavar="WORKSPACE", help="folder of the workspace")
]


def existing_workspace(root: Path) -> Workspace:
    """Give the workspace in a folder that exists; raise UsageError if it does not."""
    if not root.is_dir():
        raise UsageError(f"{root}: no such folder; `qingji init {root}` makes a workspace")
    return Workspace(root.resolve())


def parse_day(text: str, option: str) -> date:
    """Read an ISO day from an option; raise UsageError that names the option."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{option} {text}: not a day; write it like 2024-04-15") from error
