"""The command `qingji`: every command takes the workspace folder first."""

import sys

import typer

from detectors.contract import DetectorError
from pipeline.commands import ask, deliveries, detector, matching, operate, reviewing, sampling
from pipeline.errors import PipelineError, UsageError
from schemas.model import SchemaError

app = typer.Typer(
    name="qingji",
    help="Qingji (清籍) keeps a student registry honest: nightly checks across registries.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for part in (operate, deliveries, reviewing, ask, sampling):
    part.register(app)
app.add_typer(detector.app, name="detectors")
app.add_typer(matching.app, name="identity")


def main() -> None:
    """Run the command; errors that an operator can act on end it with their exit code."""
    try:
        app()
    except PipelineError as error:
        _tell(error, error.exit_code)
    except (SchemaError, DetectorError) as error:
        _tell(error, UsageError.exit_code)


def _tell(error: Exception, exit_code: int) -> None:
    sys.stderr.write(f"qingji: {error}\n")
    raise SystemExit(exit_code) from error
