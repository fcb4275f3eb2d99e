"""What may go wrong that an operator can put right, each with the exit code it ends the run with."""

from typing import ClassVar


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
    """A step of the night broke; told without the database's words, which quote cells."""
