"""`qingji sample`: an invented city as deliveries, with its truth; and `qingji encode`."""

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("sample")(sample)
    app.command("encode")(encode)


def sample(
    directory: Annotated[
        Path, typer.Argument(metavar="DIR", help="folder to write, a workspace of its own")
    ],
    students: Annotated[
        int, typer.Option("--students", min=200, help="students in upper secondary schools")
    ] = 3000,
    seed: Annotated[int, typer.Option("--seed", help="the same seed writes the same world")] = 1,
    score: Annotated[
        bool, typer.Option("--score", help="run a night on it and print precision and recall")
    ] = False,
) -> None:
    """Write an invented world as deliveries, with its truth; with --score also judge a night on it."""
    from pipeline.sample import render, write_world
    from pipeline.sample import score as judge

    summary = write_world(directory, students=students, seed=seed)
    typer.echo(str(summary))
    if not score:
        typer.echo(
            f"`qingji run {directory}` runs a night on it; `qingji sample … --score` also judges it"
        )
        return
    from pipeline.night import run_plain
    from pipeline.progress import reporter
    from pipeline.settings import load_settings
    from pipeline.workspace import Workspace

    place = Workspace(directory.resolve())
    settings = load_settings(place.root)
    if settings.run.as_of:
        run_plain(place, settings, settings.run.as_of, reporter(), full=False)
    typer.echo(render(judge(directory)))


def encode(
    source: Annotated[
        Path, typer.Argument(metavar="FILE.csv", help="columns named as in the contracts")
    ],
    target: Annotated[Path, typer.Argument(metavar="OUT.csv", help="where the encodings go")],
    key: Annotated[Path, typer.Option("--key", help="file with the shared key, mode 0600")],
) -> None:
    """Encode identity fields with a shared key, so that two ministries can match without exchanging them."""
    from pipeline.privacy.encode import encode_file

    typer.echo(encode_file(source, target, key))
