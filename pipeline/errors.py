"""What may go wrong that an operator can put right, each with the exit code it ends the run with."""

from collections.abc import Mapping
from pathlib import Path
from traceback import extract_tb
from types import MappingProxyType
from typing import ClassVar, Self

_HERE = Path(__file__).parents[1]
_REMEDIES: Mapping[str, str] = MappingProxyType(
    {
        "OutOfMemoryException": "raise memory_limit in qingji.toml, or free memory and disk",
        "MemoryError": "lower memory_limit in qingji.toml, or free memory",
        "IOException": "see whether the disk of the workspace is full or failing",
    }
)
_REPORT_IT = "run again with --full; if it stays, report it with this line"


class PipelineError(Exception):
    """Something an operator can act on; the message names file, row and remedy, never a value."""

    exit_code: ClassVar[int] = 1


class UsageError(PipelineError):
    """The command or the settings ask for something that cannot be done."""

    exit_code = 2


class DeliveryError(PipelineError):
    """A delivered file cannot be read; without any readable delivery there is no night."""

    exit_code = 10


class BrokenPromiseError(PipelineError):
    """The data break a promise that later steps rely on, so the night stops before publishing."""

    exit_code = 11


class DetectorFailure(PipelineError):  # noqa: N818 - the word of the output contract: "a detector failed"
    """A detector broke; the others were published."""

    exit_code = 12


class PublicationError(PipelineError):
    """The new files could not be put in place; the last published ones stay."""

    exit_code = 13


class WorkspaceBusyError(PipelineError):
    """Another run holds the workspace."""

    exit_code = 14


class StepError(PipelineError):
    """A step of the night broke; told without the words of the error, which may quote cells."""

    @classmethod
    def of(cls, title: str, error: Exception) -> Self:
        """Tell which step, which error and where in our code; a traceback would print the error's words."""
        ours = [
            f"{Path(frame.filename).relative_to(_HERE)}:{frame.lineno}"
            for frame in extract_tb(error.__traceback__)
            if Path(frame.filename).is_relative_to(_HERE) and ".venv" not in frame.filename
        ]
        kind = type(error).__name__
        return cls(f"{title}: {kind} ({' > '.join(ours)}); {_REMEDIES.get(kind, _REPORT_IT)}")
