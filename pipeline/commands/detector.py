"""`qingji detectors`: the catalogue, and writing a new detector."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="The catalogue of detectors, and writing a new one.", no_args_is_help=True)


@app.command("list")
def list_detectors() -> None:
    """List every detector: id, severity, wrong."""
    from detectors.registry import detectors

    for one in detectors().values():
        typer.echo(f"{one.id}  {one.severity}  {one.certainty:<9}  {one.title_zh}  ({one.title})")


@app.command("show")
def show_detector(detector_id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Show one detector: what it flags, on what law, what it excuses, its parameters."""
    from detectors.catalogue import show
    from detectors.registry import detector

    typer.echo(show(detector(detector_id.upper())))


@app.command("new")
def new_detector(
    detector_id: Annotated[str, typer.Argument(metavar="ID")],
    title: Annotated[str, typer.Argument(metavar="TITLE", help="the wrong, as a noun phrase")],
) -> None:
    """Write the two files of a new detector: a working example query and its casebook."""
    from detectors.scaffold import new

    for path in new(detector_id.upper(), title):
        typer.echo(str(path))


@app.command("try")
def try_one(
    detector_id: Annotated[str, typer.Argument(metavar="ID")],
    on: Annotated[
        Path | None, typer.Option("--on", help="a warehouse or registry; none: its casebook")
    ] = None,
    place: Annotated[str, typer.Option("--place", help="division whose policy packs apply")] = "",
) -> None:
    """Run one detector on its casebook, or on a database, and print what it finds."""
    from detectors.trial import try_detector

    typer.echo(str(try_detector(detector_id.upper(), on, place=place)))


@app.command("docs")
def write_docs() -> None:
    """Write the catalogue, detectors/README.md, anew."""
    from detectors.catalogue import write

    typer.echo(str(write()))
