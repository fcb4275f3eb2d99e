"""`qingji identity`: the matcher on its own, by its own weights or by a model file for any tables."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.errors import UsageError

app = typer.Typer(help="The identity matcher on its own.", no_args_is_help=True)

Files = Annotated[
    list[Path], typer.Argument(metavar="FILE", help=".csv or .parquet, one input each")
]
ModelOption = Annotated[
    Path | None, typer.Option("--model", help="model file of any tables (see linkage/README.md)")
]


@app.command("score")
def score(
    files: Files,
    model: ModelOption = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "--out", help=".csv or .parquet for the pairs; without --model, none: print"
        ),
    ] = None,
    clusters: Annotated[
        Path | None, typer.Option("--clusters", help=".csv or .parquet: the person of every row")
    ] = None,
    state: Annotated[
        Path | None,
        typer.Option(
            "--state",
            help="folder kept from run to run: person ids, reviews.csv, and what a later run need not compare again",
        ),
    ] = None,
) -> None:
    """Link tables: pairs with probability and reason, and the persons they come to."""
    if model is None:
        if clusters or state or len(files) != 2:
            raise UsageError("score: takes two files FILE_A FILE_B, unless --model names a model")
        from pipeline.matching import score_two

        typer.echo(score_two(files[0], files[1], output))
        return
    from pipeline.linking import Asked, Wanted, score_files

    wanted = Wanted(output, clusters, state)
    typer.echo(score_files(Asked(tuple(files), model), wanted))


@app.command("train")
def train(
    files: Annotated[
        list[Path], typer.Argument(metavar="WORKSPACE", help="or FILES…, with --model")
    ],
    model: ModelOption = None,
    output: Annotated[
        Path, typer.Option("--output", "--out", help="new model file, for review")
    ] = Path("model.json"),
    labelled: Annotated[
        Path | None,
        typer.Option(
            "--labels",
            help="for a WORKSPACE: pairs somebody decided on: record_a, record_b, is_match",
        ),
    ] = None,
) -> None:
    """Estimate the weights anew from a workspace's records, or a model's from files, for review."""
    if model is None:
        from pipeline.matching import train_on

        typer.echo(train_on(_only(files, "train"), output, labelled))
        return
    from pipeline.linking import Asked, train_files

    typer.echo(train_files(Asked(tuple(files), model), output))


@app.command("evaluate")
def evaluate(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="WORKSPACE TRUTH.csv",
            help="TRUTH.csv: source_file, sheet, source_row, true_person; or FILES…, with --model",
        ),
    ],
    model: ModelOption = None,
    truth: Annotated[
        list[Path] | None,
        typer.Option(
            "--truth",
            help="record_id and true_person, a file an input in the same order; or labelled pairs: "
            "record_a, record_b, is_match; none: true_person stands in the files",
        ),
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", help="also by the levels of this field of the model")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "--out", help=".html for all figures and the chart")
    ] = None,
) -> None:
    """Measure persons and probabilities against the truth."""
    if model is None:
        if len(files) != 2:
            raise UsageError("evaluate: takes WORKSPACE TRUTH.csv, unless --model names a model")
        from pipeline.matching import evaluate_on

        typer.echo(evaluate_on(files[0], files[1], output))
        return
    from pipeline.linking import Asked
    from pipeline.measuring import Judges, evaluate_files

    judges = Judges(tuple(truth or ()), by)
    typer.echo(evaluate_files(Asked(tuple(files), model), judges, output))


@app.command("explain")
def explain(
    files: Files,
    model: Annotated[Path, typer.Option("--model", help="model file of the tables")],
    pair: Annotated[
        tuple[str, str], typer.Option("--pair", metavar="ID ID", help="two record ids")
    ],
    values: Annotated[
        bool, typer.Option("--values", help="show the values too; they are personal")
    ] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "--out", help=".html for the drawing")
    ] = None,
) -> None:
    """Explain two rows: field by field, the sum as it grows, and if they are not one person, why."""
    from pipeline.comparing import explain_files
    from pipeline.linking import Asked

    typer.echo(explain_files(Asked(tuple(files), model), pair, output, values=values))


@app.command("splink")
def splink(
    files: Files,
    model: Annotated[Path, typer.Option("--model", help="model file of the tables")],
    output: Annotated[Path, typer.Option("--output", "--out", help="folder for the three files")],
) -> None:
    """Hand a run over to Splink 5: settings, standardised rows and scored pairs."""
    from pipeline.linking import Asked, export_to_splink

    typer.echo(export_to_splink(Asked(tuple(files), model), output))


def _only(files: list[Path], command: str) -> Path:
    if len(files) != 1:
        raise UsageError(f"{command}: takes one WORKSPACE, unless --model names a model")
    return files[0]
