"""`qingji identity`: the matcher on its own."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="The identity matcher on its own.", no_args_is_help=True)


@app.command("score")
def score(
    file_a: Annotated[
        Path,
        typer.Argument(metavar="FILE_A", help=".csv or .parquet, columns as core.person_record"),
    ],
    file_b: Annotated[Path, typer.Argument(metavar="FILE_B")],
    output: Annotated[
        Path | None, typer.Option("--output", help=".csv or .parquet for the pairs; none: print")
    ] = None,
) -> None:
    """Link two tables: pairs with probability and reason."""
    from pipeline.matching import score_two

    typer.echo(score_two(file_a, file_b, output))


@app.command("train")
def train(
    workspace: Annotated[Path, typer.Argument(metavar="WORKSPACE")],
    output: Annotated[Path, typer.Option("--output", help="new model file, for review")] = Path(
        "model.json"
    ),
) -> None:
    """Estimate the weights anew from a workspace's records, for review."""
    from pipeline.matching import train_on

    typer.echo(train_on(workspace, output))


@app.command("evaluate")
def evaluate(
    workspace: Annotated[Path, typer.Argument(metavar="WORKSPACE")],
    truth: Annotated[
        Path,
        typer.Argument(metavar="TRUTH.csv", help="source_file, sheet, source_row, true_person"),
    ],
) -> None:
    """Measure the persons of a workspace against labelled rows."""
    from pipeline.matching import evaluate_on

    typer.echo(evaluate_on(workspace, truth))
